//! Numbers that follow one another through a set, and the levels that they name.

use std::collections::HashMap;

use super::{CLM, Findings, HL, LX};
use crate::fault::told::Told;
use crate::fault::{ElementFault, Fault, Kind as FaultKind};
use crate::guide::row::{Codes, Guide, Tag};
use crate::guide::standard::is_standard;

/// A level, HL.
#[derive(Debug)]
struct Level {
    /// HL01.
    number: u32,
    /// What stands there in its place, if it is no number: levels below name this one by it.
    name: Option<Vec<u8>>,
    /// Whether HL04 says that levels follow below, and the fault that it is if it is not so; only
    /// where the guide leaves it to the sender, and until it is known.
    below: Option<(bool, Fault)>,
}

/// Numbers that must follow one another through a set: HL01 in all of it, LX01 within a claim.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    counts_lines: bool,
    /// The loops of levels stand side by side: the base standard does not say which kind of level
    /// may hang under which.
    is_flat: bool,
    /// The levels that are open, outermost first.
    levels: Vec<Level>,
    /// Where each number that came stood, or stands, among the open levels; only of flat ones.
    seen: HashMap<u32, usize>,
    last_level: u32,
    last_line: u32,
}

impl Level {
    /// Whether an HL02 names this level.
    fn is_named(&self, parent: &[u8]) -> bool {
        number(parent) == Some(self.number) || self.name.as_deref() == Some(parent)
    }
}

impl Sequence {
    pub(super) fn new(guide: &Guide) -> Sequence {
        let counts_lines = guide.set == "837";
        Sequence { counts_lines, is_flat: is_standard(guide), ..Sequence::default() }
    }

    /// Which of the open levels an HL02 names, the outermost being 0.
    pub(super) fn level_named(&self, parent: &[u8]) -> Option<usize> {
        self.levels.iter().position(|level| level.is_named(parent))
    }

    /// Counts on as if the head of a loop, which is missing, had been there.
    pub(super) fn assume(&mut self, head: Tag, level: usize, told: &mut Told) {
        match head {
            // Nobody knows under which level it should hang.
            HL if self.is_flat => {}
            HL => {
                let number = self.last_level.saturating_add(1);
                self.open_level(Level { number, name: None, below: None }, level, told);
            }
            LX => self.last_line = self.last_line.saturating_add(1),
            CLM => self.last_line = 0,
            _ => {}
        }
    }

    /// Takes back what was assumed of a head: it came after all.
    pub(super) fn forget(&mut self, head: Tag, level: usize) {
        match head {
            HL if self.is_flat => {}
            HL => {
                self.levels.truncate(level.saturating_sub(1));
                self.last_level = self.last_level.saturating_sub(1);
            }
            LX => self.last_line = self.last_line.saturating_sub(1),
            _ => {}
        }
    }

    /// What the open levels say of levels below is not held against them.
    pub(super) fn forget_levels_below(&mut self) {
        // Of flat levels nothing is held against them, and they may be many.
        if !self.is_flat {
            self.levels.iter_mut().for_each(|level| level.below = None);
        }
    }

    /// The set ends, and no level follows.
    pub(super) fn finish(&mut self, told: &mut Told) {
        self.close_levels(0, told);
    }

    pub(super) fn check(&mut self, findings: &mut Findings<'_, '_>, level: usize) {
        match findings.slot.tag {
            HL if self.is_flat => self.check_level_by_base(findings),
            HL => self.check_level(findings, level),
            LX if self.counts_lines => {
                let next = self.last_line.saturating_add(1);
                let number = number(findings.segment.text(1));
                if number != Some(next) {
                    findings.report_sequence(1);
                }
                self.last_line = number.unwrap_or(next);
            }
            CLM => self.last_line = 0,
            _ => {}
        }
    }

    fn check_level(&mut self, findings: &mut Findings<'_, '_>, level: usize) {
        let next = self.last_level.saturating_add(1);
        let said = findings.segment.text(1);
        let named = number(said);
        let follows = named == Some(next);
        if !follows {
            findings.report_sequence(1);
        }
        // What is misnumbered is believed from here on, so that one slip is one fault.
        let number = named.unwrap_or(next);
        let name = (named.is_none() && !said.is_empty()).then(|| said.to_vec());
        let below = findings.says_below();
        self.open_level(Level { number, name, below }, level, findings.told);
        // A claim goes to the level that it stands under, so that HL02 has to say the same.
        let above = self.levels.iter().rev().nth(1);
        let parent = findings.segment.text(2);
        let is_above = above.is_some_and(|above| above.is_named(parent));
        if follows && !parent.is_empty() && !is_above {
            findings.report_sequence(2);
        }
    }

    /// In the base standard an HL01 is any number that is new. Levels come from the top down and
    /// from left to right, so that HL02 names one that is open. What is no number is not compared.
    fn check_level_by_base(&mut self, findings: &mut Findings<'_, '_>) {
        let parent = findings.segment.text(2);
        let above = number(parent).and_then(|above| {
            let &at = self.seen.get(&above)?;
            self.levels.get(at).filter(|level| level.number == above)?;
            Some(at)
        });
        let at = match above {
            Some(above) => above + 1,
            None if parent.is_empty() => 0,
            None => {
                if number(parent).is_some() {
                    findings.report_sequence(2);
                }
                // It may hang under any of those that are open.
                self.levels.len()
            }
        };
        let named = number(findings.segment.text(1));
        if named.is_some_and(|named| self.seen.insert(named, at).is_some()) {
            findings.report_sequence(1);
        }
        let number = named.unwrap_or(u32::MAX);
        // That HL04 is not so is let pass, as X12 itself does in its examples.
        self.open_level(Level { number, name: None, below: None }, at + 1, findings.told);
    }

    /// Opens a level inside the `level - 1` that stay open.
    fn open_level(&mut self, opened: Level, level: usize, told: &mut Told) {
        self.close_levels(level.saturating_sub(1), told);
        if let Some((false, fault)) = self.levels.last_mut().and_then(|above| above.below.take()) {
            told.push(fault);
        }
        self.last_level = opened.number;
        self.levels.push(opened);
    }

    /// Closes all levels but the outermost so many.
    fn close_levels(&mut self, kept: usize, told: &mut Told) {
        for level in self.levels.drain(kept.min(self.levels.len())..) {
            if let Some((true, fault)) = level.below {
                told.push(fault);
            }
        }
    }
}

impl Findings<'_, '_> {
    /// What HL04 says, where the guide has codes for both.
    fn says_below(&self) -> Option<(bool, Fault)> {
        const LEVELS_BELOW: u8 = 4;
        let element = self.slot.elements.iter().find(|one| one.position == LEVELS_BELOW)?;
        let says = match (element.codes, self.segment.text(LEVELS_BELOW.into())) {
            (Codes::Listed([_, _]), b"0") => false,
            (Codes::Listed([_, _]), b"1") => true,
            _ => return None,
        };
        let fault = Fault {
            kind: FaultKind::Element(ElementFault::LevelsBelowDiffer),
            place: self.segment.place(LEVELS_BELOW.into(), 0),
            loop_id: self.table.id,
            tag: self.slot.tag,
            name: element.name,
        };
        Some((says, fault))
    }

    fn report_sequence(&mut self, position: u8) {
        let named = self.slot.elements.iter().find(|element| element.position == position);
        let faults = &self.told.faults[self.known.min(self.told.faults.len())..];
        let is_told = faults.iter().any(|fault| fault.place.element == position);
        // A position that the row does not use has been faulted for that, and so has a wrong form.
        if let Some(element) = named.filter(|_| !is_told) {
            self.report(ElementFault::NumberOutOfSequence, element, 0, 0);
        }
    }
}

/// A number that counts: digits alone.
fn number(text: &[u8]) -> Option<u32> {
    let digits = text.iter().all(u8::is_ascii_digit).then_some(text)?;
    std::str::from_utf8(digits).ok()?.parse().ok().filter(|&number| number < u32::MAX)
}
