//! Writes what one office may see of a set.

use std::collections::BTreeSet;

use x12::delimiters::Delimiters;
use x12::segment::Segment;
use x12::value::Money;

/// What is of one owner in a set.
pub(super) struct Own<'a> {
    pub amount: Money,
    /// Of each claim, whether it is the owner's.
    pub claims: Vec<bool>,
    /// Of each entry of a PLB.
    pub entries: Vec<Piece>,
    /// Headings with claims of another owner, from 1.
    pub parted_headings: BTreeSet<usize>,
    /// A PLB of our own behind the others: its elements.
    pub offset: Option<&'a [Vec<u8>]>,
}

/// What an owner has of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    Nothing,
    /// So much of it, without its reference: that may be about others, too.
    Part(Money),
    Whole,
}

pub(super) struct Scissors<'a> {
    delimiters: Delimiters,
    own: Own<'a>,
    number: usize,
    next_claim: usize,
    next_entry: usize,
    /// Segments of a heading that are written with its first claim.
    heading: Vec<u8>,
    heading_segments: usize,
    is_ours: bool,
    segments: usize,
    pub out: Vec<u8>,
}

impl<'a> Scissors<'a> {
    pub fn new(delimiters: Delimiters, own: Own<'a>) -> Scissors<'a> {
        Scissors {
            delimiters,
            own,
            number: 0,
            next_claim: 0,
            next_entry: 0,
            heading: Vec::new(),
            heading_segments: 0,
            is_ours: true,
            segments: 0,
            out: Vec::new(),
        }
    }

    pub fn take(&mut self, segment: &Segment<'_>) {
        match segment.tag_bytes() {
            b"BPR" => {
                let elements = self.money(segment);
                self.write(&elements);
            }
            b"LX" => {
                self.number += 1;
                self.heading.clear();
                self.heading_segments = 1;
                self.heading.extend_from_slice(segment.bytes());
                self.heading.push(self.delimiters.segment);
                self.is_ours = false;
            }
            // Sums of claims that another office has a part of.
            b"TS2" | b"TS3" if self.own.parted_headings.contains(&self.number) => {}
            b"TS2" | b"TS3" => {
                self.heading_segments += 1;
                self.heading.extend_from_slice(segment.bytes());
                self.heading.push(self.delimiters.segment);
            }
            b"CLP" => {
                self.is_ours = self.own.claims.get(self.next_claim).copied().unwrap_or(false);
                self.next_claim += 1;
                if self.is_ours {
                    self.segments += std::mem::take(&mut self.heading_segments);
                    self.out.append(&mut self.heading);
                    self.copy(segment);
                }
            }
            b"PLB" => self.take_adjustments(segment),
            b"SE" => {
                if let Some(offset) = self.own.offset {
                    self.write(offset);
                }
                let count = (self.segments + 1).to_string();
                self.write(&[b"SE".to_vec(), count.into_bytes(), segment.text(2).to_vec()]);
            }
            _ if self.is_ours => self.copy(segment),
            _ => {}
        }
    }

    /// BPR with another amount; what pays nothing says so.
    fn money(&self, bpr: &Segment<'_>) -> Vec<Vec<u8>> {
        let amount = self.own.amount;
        let mut elements: Vec<Vec<u8>> = bpr.elements().map(<[u8]>::to_vec).collect();
        let mut put = |n: usize, text: &[u8]| {
            if let Some(element) = elements.get_mut(n) {
                *element = text.to_vec();
            }
        };
        put(2, amount.to_wire().as_bytes());
        if amount.is_zero() {
            put(1, b"H");
            put(4, b"NON");
            (5..=15).for_each(|n| put(n, b""));
        }
        elements
    }

    fn take_adjustments(&mut self, plb: &Segment<'_>) {
        let mut kept = vec![plb.tag_bytes().to_vec(), plb.text(1).to_vec(), plb.text(2).to_vec()];
        for n in [3, 5, 7, 9, 11, 13] {
            if plb.text(n).is_empty() {
                continue;
            }
            match self.own.entries.get(self.next_entry).copied().unwrap_or(Piece::Nothing) {
                Piece::Nothing => {}
                Piece::Part(amount) => {
                    let mut parts = plb.text(n).split(|&byte| byte == self.delimiters.component);
                    let reason = parts.next().unwrap_or_default().to_vec();
                    kept.extend([reason, amount.to_wire().into_bytes()]);
                }
                Piece::Whole => kept.extend([plb.text(n).to_vec(), plb.text(n + 1).to_vec()]),
            }
            self.next_entry += 1;
        }
        if kept.len() > 3 {
            self.write(&kept);
        }
    }

    fn copy(&mut self, segment: &Segment<'_>) {
        self.segments += 1;
        self.out.extend_from_slice(segment.bytes());
        self.out.push(self.delimiters.segment);
    }

    fn write(&mut self, elements: &[Vec<u8>]) {
        self.segments += 1;
        self.out.extend(elements.join(&self.delimiters.element));
        self.out.push(self.delimiters.segment);
    }
}
