//! An 835 that pays several offices, cut up: each gets its own claims, its own part of what belongs
//! to no claim, and a payment that adds up again.
//!
//! The segments stay as they came. Only BPR, the counts, and a PLB with entries of several offices
//! are written anew; the summaries of a heading (TS2, TS3) are left out where its claims are parted.

use std::collections::{BTreeMap, BTreeSet};

use x12::delimiters::Delimiters;
use x12::interchange::{Interchange, Set};
use x12::segment::Segment;
use x12::value::Money;
use x12::view::remittance::{ProviderAdjustment, Remittance};

use crate::reconcile::is_named_by;

/// A part of a transaction set, from its ST to its SE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Share {
    pub amount: Money,
    pub bytes: Vec<u8>,
}

/// Who bills through which office alone: an NPI or a tax id, as the settings have it.
pub(super) type OfficeOf<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The office of each claim, as far as anybody knows. `matched` are those of the claims that we
/// know; the others are found by the provider of their heading, and by the payee where no other
/// office has a claim in the remittance.
pub(super) fn owners(
    interchange: &Interchange,
    set: &Set,
    remittance: &Remittance<'_>,
    matched: Vec<Option<String>>,
    office_of: OfficeOf<'_>,
) -> Vec<Option<String>> {
    let payee = remittance.payee.as_ref().and_then(|payee| {
        let tax_id = payee.reference("TJ").and_then(|id| office_of(&id.text()));
        office_of(&payee.id.text()).or(tax_id)
    });
    let payee = payee.filter(|office| matched.iter().flatten().all(|other| other == office));
    let of_heading = headings(interchange, set);
    let found = matched.into_iter().enumerate().map(|(claim, office)| {
        let heading = || of_heading.get(claim).and_then(|(_, provider)| office_of(provider));
        office.or_else(heading).or_else(|| payee.clone())
    });
    found.collect()
}

/// The heading of each claim: which it is, from 1, and its TS301; empty where it has none.
fn headings(interchange: &Interchange, set: &Set) -> Vec<(usize, String)> {
    let (mut found, mut number, mut provider) = (Vec::new(), 0, String::new());
    for segment in interchange.set_segments(set) {
        match segment.tag_bytes() {
            b"LX" => {
                number += 1;
                provider.clear();
            }
            b"TS3" => provider = segment.field(1).text().into_owned(),
            b"CLP" => found.push((number, provider.clone())),
            _ => {}
        }
    }
    found
}

/// The share of each office, or why there is none. `owners` has one for each claim.
pub(super) fn shares(
    interchange: &Interchange,
    set: &Set,
    remittance: &Remittance<'_>,
    owners: &[Option<String>],
    office_of: OfficeOf<'_>,
) -> Result<BTreeMap<String, Share>, String> {
    let unknown = owners.iter().filter(|owner| owner.is_none()).count();
    if unknown > 0 {
        return Err(format!(
            "{unknown} of its claims are none that we know, and may be another office's"
        ));
    }
    let owners: Vec<&str> = owners.iter().flatten().map(String::as_str).collect();
    let of_heading = headings(interchange, set);
    let entries = entry_owners(&of_heading, remittance, &owners, office_of)?;
    let mut amounts: BTreeMap<&str, Money> = BTreeMap::new();
    for (owner, claim) in owners.iter().zip(&remittance.claims) {
        *amounts.entry(owner).or_default() += claim.paid.money().unwrap_or_default();
    }
    for (owner, entry) in entries.iter().zip(&remittance.provider_adjustments) {
        *amounts.entry(owner).or_default() -= entry.amount.money().unwrap_or_default();
    }
    let whole: Money = amounts.values().copied().sum();
    if remittance.amount.money() != Some(whole) {
        return Err("it pays several offices and does not add up".to_owned());
    }
    if amounts.values().any(|amount| amount.is_negative()) {
        return Err("an office owes more in it than it is paid, which another office's money met"
            .to_owned());
    }
    let parted = |(office, amount): (&str, Money)| {
        let entries: Vec<bool> = entries.iter().map(|owner| owner == office).collect();
        let claims: Vec<bool> = owners.iter().map(|&owner| owner == office).collect();
        let others = of_heading.iter().zip(&claims).filter(|(_, is_ours)| !**is_ours);
        let parted_headings = others.map(|((number, _), _)| *number).collect();
        let delimiters = interchange.delimiters();
        let mut scissors = Scissors::new(delimiters, &claims, &entries, parted_headings);
        for segment in interchange.set_segments(set) {
            scissors.take(&segment, amount);
        }
        (office.to_owned(), Share { amount, bytes: scissors.out })
    };
    Ok(amounts.into_iter().map(parted).collect())
}

/// The office of each entry of a PLB: that of the claim which it names, or of its provider.
fn entry_owners(
    of_heading: &[(usize, String)],
    remittance: &Remittance<'_>,
    owners: &[&str],
    office_of: OfficeOf<'_>,
) -> Result<Vec<String>, String> {
    let only = |mut offices: Vec<&str>| {
        offices.sort_unstable();
        offices.dedup();
        match offices.as_slice() {
            [office] => Some((*office).to_owned()),
            _ => None,
        }
    };
    let owner_of = |entry: &ProviderAdjustment<'_>| {
        let claims = remittance.claims.iter().zip(owners);
        let named = claims.filter(|(claim, _)| is_named_by(entry, claim));
        let provider = entry.provider.text();
        let under = of_heading.iter().zip(owners).filter(|((_, id), _)| *id == provider);
        only(named.map(|(_, &owner)| owner).collect())
            .or_else(|| office_of(&provider))
            .or_else(|| only(under.map(|(_, &owner)| owner).collect()))
            .or_else(|| only(owners.to_vec()))
    };
    let found = remittance.provider_adjustments.iter().map(|entry| {
        owner_of(entry).ok_or_else(|| {
            let reason = crate::denials::printable(&entry.reason);
            format!("nobody knows which office its PLB {reason} is for")
        })
    });
    found.collect()
}

/// Writes what one office may see of a set.
struct Scissors<'a> {
    delimiters: Delimiters,
    /// Of each claim and of each entry of a PLB, whether it is the office's.
    claims: &'a [bool],
    entries: &'a [bool],
    /// Headings with claims of another office, from 1.
    parted_headings: BTreeSet<usize>,
    number: usize,
    next_claim: usize,
    next_entry: usize,
    /// Segments of a heading that are written with its first claim.
    heading: Vec<u8>,
    heading_segments: usize,
    is_ours: bool,
    segments: usize,
    out: Vec<u8>,
}

impl<'a> Scissors<'a> {
    fn new(
        delimiters: Delimiters,
        claims: &'a [bool],
        entries: &'a [bool],
        parted_headings: BTreeSet<usize>,
    ) -> Scissors<'a> {
        Scissors {
            delimiters,
            claims,
            entries,
            parted_headings,
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

    fn take(&mut self, segment: &Segment<'_>, amount: Money) {
        match segment.tag_bytes() {
            b"BPR" => {
                let elements = self.money(segment, amount);
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
            b"TS2" | b"TS3" if self.parted_headings.contains(&self.number) => {}
            b"TS2" | b"TS3" => {
                self.heading_segments += 1;
                self.heading.extend_from_slice(segment.bytes());
                self.heading.push(self.delimiters.segment);
            }
            b"CLP" => {
                self.is_ours = self.claims.get(self.next_claim).copied().unwrap_or(false);
                self.next_claim += 1;
                if self.is_ours {
                    self.segments += std::mem::take(&mut self.heading_segments);
                    self.out.append(&mut self.heading);
                    self.copy(segment);
                }
            }
            b"PLB" => self.take_adjustments(segment),
            b"SE" => {
                let count = (self.segments + 1).to_string();
                self.write(&[b"SE".to_vec(), count.into_bytes(), segment.text(2).to_vec()]);
            }
            _ if self.is_ours => self.copy(segment),
            _ => {}
        }
    }

    /// BPR with another amount; what pays nothing says so.
    fn money(&self, bpr: &Segment<'_>, amount: Money) -> Vec<Vec<u8>> {
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
            if self.entries.get(self.next_entry).copied().unwrap_or(false) {
                kept.extend([plb.text(n).to_vec(), plb.text(n + 1).to_vec()]);
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

/// Shares of one office in the sets of an interchange, by their place among the groups, as an
/// interchange of its own under the same numbers.
pub(super) fn interchange_of(interchange: &Interchange, shares: &[(usize, &Share)]) -> Vec<u8> {
    let Delimiters { element, segment, .. } = interchange.delimiters();
    let mut out = Vec::new();
    let mut write = |bytes: &[u8]| {
        out.extend_from_slice(bytes);
        out.push(segment);
    };
    let trailer = |tag: &str, count: usize, number: &[u8]| {
        [tag.as_bytes(), count.to_string().as_bytes(), number].join(&element)
    };
    write(interchange.header().bytes());
    let mut groups = 0;
    for (index, group) in interchange.groups.iter().enumerate() {
        let own: Vec<&Share> =
            shares.iter().filter(|(of, _)| *of == index).map(|&(_, share)| share).collect();
        if own.is_empty() {
            continue;
        }
        groups += 1;
        let gs = interchange.group_header(group);
        write(gs.bytes());
        for share in &own {
            // Its last terminator is written here.
            write(share.bytes.strip_suffix(&[segment]).unwrap_or(&share.bytes));
        }
        write(&trailer("GE", own.len(), gs.text(6)));
    }
    write(&trailer("IEA", groups, interchange.header().text(13)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::judge::judge;
    use crate::reconcile::balance::balance;
    use crate::reconcile::testing::whole;
    use x12::view::remittance::remittance;

    /// Each office with its amount and its segments from LX on, or why there are none.
    fn parted(
        payment: &str,
        body: &str,
        matched: &[&str],
        providers: &[(&str, &str)],
    ) -> Result<Vec<(String, String)>, String> {
        let file = bytes::Bytes::from(whole(payment, body));
        let reading = x12::interchange::read(&file);
        let interchange = &reading.interchanges[0];
        let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
        let judged = judge(interchange, group, set);
        let remittance = remittance(interchange, set, &judged.walked);
        let office_of = |id: &str| {
            let found = providers.iter().find(|(known, _)| *known == id);
            found.map(|(_, office)| (*office).to_owned())
        };
        let known = |office: &&str| (!office.is_empty()).then(|| (*office).to_owned());
        let matched = matched.iter().map(known).collect();
        let owners = owners(interchange, set, &remittance, matched, &office_of);
        let shares = shares(interchange, set, &remittance, &owners, &office_of)?;
        let mut told = Vec::new();
        for (office, share) in shares {
            let file = bytes::Bytes::from(interchange_of(interchange, &[(0, &share)]));
            assert_adds_up(&file, share.amount);
            let text = String::from_utf8_lossy(&share.bytes).into_owned();
            let (_, rest) = text.split_once("~LX").expect("a heading");
            let (rest, _) = rest.split_once("SE*").expect("a trailer");
            told.push((office, format!("LX{rest}")));
        }
        Ok(told)
    }

    fn assert_adds_up(file: &bytes::Bytes, amount: Money) {
        let reading = x12::interchange::read(file);
        let interchange = &reading.interchanges[0];
        assert!(interchange.faults.is_empty(), "{:?}", interchange.faults);
        let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
        assert!(group.faults.is_empty() && set.faults.is_empty(), "{:?}", set.faults);
        let judged = judge(interchange, group, set);
        let remittance = remittance(interchange, set, &judged.walked);
        assert_eq!(remittance.amount.money(), Some(amount));
        assert!(balance(&remittance).adds_up(), "{:?}", balance(&remittance).findings);
    }

    const ONE: &str = "CLP*A*1*100*60*40*12*PCN1~CAS*PR*1*40~";
    const OTHER: &str = "CLP*B*1*50*50**12*PCN2~";

    fn told(list: &[(&str, String)]) -> Vec<(String, String)> {
        list.iter().map(|(office, text)| ((*office).to_owned(), text.clone())).collect()
    }

    #[test]
    fn each_office_gets_its_claims_and_its_adjustments() {
        let body =
            format!("{ONE}{OTHER}PLB*1999001013*20261231*WO:PCN1*10*L6:PCN2*-3*CT:CAPITATION*-7~");
        let providers = [("1999001013", "cedar")];
        let found = parted("I*110*C*CHK", &body, &["cedar", "willow"], &providers);
        let plb = "PLB*1999001013*20261231*";
        let expected = [
            ("cedar", format!("LX*1~{ONE}{plb}WO:PCN1*10*CT:CAPITATION*-7~")),
            ("willow", format!("LX*1~{OTHER}{plb}L6:PCN2*-3~")),
        ];
        assert_eq!(found, Ok(told(&expected)));
    }

    #[test]
    fn a_heading_tells_the_provider_and_goes_with_its_claims() {
        let first = "TS3*1999001013*11*20261231*1*100~";
        let second = "LX*2~TS3*1999001047*11*20261231*1*50~";
        let body = format!("{first}{ONE}{second}{OTHER}PLB*1999001047*20261231*CT:X*-7~");
        let providers = [("1999001047", "willow")];
        let found = parted("I*117*C*CHK", &body, &["cedar", ""], &providers);
        let expected = [
            ("cedar", format!("LX*1~{first}{ONE}")),
            ("willow", format!("{second}{OTHER}PLB*1999001047*20261231*CT:X*-7~")),
        ];
        assert_eq!(found, Ok(told(&expected)));
    }

    #[test]
    fn what_pays_an_office_nothing_says_so() {
        let body = format!("{ONE}CLP*B*1*50*0*50*12*PCN2~CAS*PR*1*50~");
        let found = parted("I*60*C*CHK", &body, &["cedar", "willow"], &[]).expect("shares");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn what_nobody_can_part_stays_whole() {
        let owes = format!("{ONE}CLP*B*22*-50*-50**12*PCN2~");
        let own = |entry: &str| format!("{ONE}{OTHER}PLB*1999001013*20261231*{entry}~");
        let cases = [
            ("I*110*C*CHK", format!("{ONE}{OTHER}"), ["cedar", ""], "none that we know"),
            ("I*10*C*CHK", owes, ["cedar", "willow"], "owes more"),
            ("I*117*C*CHK", own("CT:X*-7"), ["cedar", "willow"], "nobody knows"),
            ("I*117*C*CHK", own("CT:PCN1 PCN2*-7"), ["cedar", "willow"], "nobody knows"),
            ("I*99*C*CHK", format!("{ONE}{OTHER}"), ["cedar", "willow"], "does not add up"),
        ];
        for (payment, body, matched, why) in cases {
            let found = parted(payment, &body, &matched, &[]).expect_err("no shares");
            assert!(found.contains(why), "{body}: {found}");
        }
    }
}
