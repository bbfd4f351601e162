//! What a payer decided, as the loops of a claim tell it: 2320 for the claim, 2430 for its lines.

use x12::segment::Segment;
use x12::value::{Money, Quantity};
use x12::view::claim::Kind;

use super::decided::{Adjusted, Decided, Service, left_to_patient};
use super::written::{Sheet, copied, with};

/// CAS and AMT of 2320.
pub(super) fn of_claim(sheet: &mut Sheet, decided: &[&Decided]) -> Vec<Vec<u8>> {
    let adjustments: Vec<Adjusted> =
        decided.iter().flat_map(|one| &one.adjustments).cloned().collect();
    let mut segments = cas(sheet, &adjustments);
    let paid: Money = decided.iter().map(|one| one.paid).sum();
    segments.push(sheet.segment(&["AMT", "D", &paid.to_wire()]));
    if !tells_left_by_line(decided) {
        let left: Money = decided.iter().map(|one| one.left_to_patient()).sum();
        segments.push(sheet.segment(&["AMT", "EAF", &left.to_wire()]));
    }
    segments
}

/// What is left to the patient stands at the lines or at the claim, not at both: at the claim when
/// the payer left something of the claim as a whole.
fn tells_left_by_line(decided: &[&Decided]) -> bool {
    let of_claim = decided.iter().any(|one| !left_to_patient(&one.adjustments).is_zero());
    is_by_line(decided) && !of_claim
}

fn is_by_line(decided: &[&Decided]) -> bool {
    decided.iter().any(|one| !one.services.is_empty())
}

/// MIA and MOA, as far as the guide of the kind has them.
pub(super) fn remarks(sheet: &mut Sheet, kind: Kind, decided: &[&Decided]) -> Vec<Vec<u8>> {
    let mut segments = Vec::new();
    let last = |of: fn(&Decided) -> &Vec<String>| {
        decided.iter().rev().map(|one| of(one)).find(|told| !told.is_empty())
    };
    if let Some(told) = last(|one| &one.inpatient).filter(|_| kind == Kind::Institutional) {
        // MIA02 has no use there.
        let mut told = told.clone();
        if let Some(unused) = told.get_mut(1) {
            unused.clear();
        }
        let elements: Vec<&str> =
            std::iter::once("MIA").chain(told.iter().map(String::as_str)).collect();
        segments.push(sheet.segment(&elements));
    }
    if let Some(told) = last(|one| &one.outpatient) {
        let elements: Vec<&str> =
            std::iter::once("MOA").chain(told.iter().map(String::as_str)).collect();
        segments.push(sheet.segment(&elements));
    }
    segments
}

/// DTP*573 of 2330B, unless the lines tell it.
pub(super) fn day_of_claim(sheet: &mut Sheet, decided: &[&Decided]) -> Option<Vec<u8>> {
    let day = decided.iter().filter_map(|one| one.paid_on).max()?;
    (!is_by_line(decided)).then(|| sheet.segment(&["DTP", "573", "D8", &day.to_wire()]))
}

/// REF*F8: the number under which the payer knows the claim.
pub(super) fn number(sheet: &mut Sheet, decided: &[&Decided]) -> Option<Vec<u8>> {
    let numbers = decided.iter().map(|one| one.payer_control_number.as_str());
    let number = numbers.rev().find(|number| !number.is_empty())?;
    Some(sheet.segment(&["REF", "F8", number]))
}

/// A line with what the payer decided on it. Numbers that one payer gave change places with it.
pub(super) fn line(
    sheet: &mut Sheet,
    kind: Kind,
    line: &[Segment<'_>],
    (own, next): (&[u8], &[u8]),
    decided: &[&Decided],
) -> Vec<Vec<u8>> {
    let number = line.first().and_then(|lx| std::str::from_utf8(lx.text(1)).ok()?.parse().ok());
    let mut told = Vec::new();
    let by_line = tells_left_by_line(decided);
    for one in decided {
        let services = one.services.iter().filter(|known| number.is_some() && known.line == number);
        let services: Vec<&Service> = services.collect();
        for service in &services {
            let bundled_with = one.bundled_with(service).or_else(|| {
                // Parts of a line under other codes: it was taken apart.
                let is_taken_apart = services.len() > 1 && service.is_recoded;
                number.filter(|_| is_taken_apart)
            });
            told.push(svd(sheet, kind, line, (own, service), bundled_with));
            told.extend(cas(sheet, &service.adjustments));
            if let Some(day) = one.paid_on {
                told.push(sheet.segment(&["DTP", "573", "D8", &day.to_wire()]));
            }
            if by_line {
                let left = service.left_to_patient();
                told.push(sheet.segment(&["AMT", "EAF", &left.to_wire()]));
            }
        }
    }
    let mut segments = Vec::with_capacity(line.len() + told.len());
    let mut told = Some(told);
    for segment in line {
        match segment.tag_bytes() {
            // Forms stand behind the decisions of payers.
            b"LQ" => segments.extend(told.take().unwrap_or_default()),
            b"HCP" | b"CN1" => continue,
            b"REF" if matches!(segment.text(1), b"9B" | b"9D") => continue,
            _ => {}
        }
        segments.push(handed_over(sheet, segment, (own, next)));
    }
    segments.extend(told.unwrap_or_default());
    segments
}

/// A number of a line that one payer gave: REF04 names the payer, unless it is the one that the
/// claim goes to.
fn handed_over(sheet: &mut Sheet, segment: &Segment<'_>, (own, next): (&[u8], &[u8])) -> Vec<u8> {
    let is_given =
        segment.tag_bytes() == b"REF" && matches!(segment.text(1), b"G1" | b"9F" | b"G2" | b"LU");
    if !is_given {
        return copied(segment);
    }
    match (segment.part(4, 1), segment.part(4, 2)) {
        (b"", _) => {
            let own = String::from_utf8_lossy(own).into_owned();
            let payer = sheet.composite(&["2U", &own]);
            with(sheet, segment, &[(4, payer)])
        }
        (b"2U", payer) if payer == next => with(sheet, segment, &[(4, Vec::new())]),
        _ => copied(segment),
    }
}

/// Lists of procedures that SVD03 may name.
const fn lists(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Professional => &["ER", "HC", "IV", "WK"],
        Kind::Institutional => &["ER", "HC", "HP", "IV", "WK"],
        Kind::Dental => &["AD", "ER"],
    }
}

/// SVD: who decided, what it paid, for which procedure and how many units.
fn svd(
    sheet: &mut Sheet,
    kind: Kind,
    line: &[Segment<'_>],
    (payer, service): (&[u8], &Service),
    bundled_with: Option<u32>,
) -> Vec<u8> {
    let (billed, quantity, revenue_code) = billed_on(kind, line);
    let list = service.procedure.first().map(String::as_str).unwrap_or_default();
    let procedure = if lists(kind).contains(&list) {
        let parts: Vec<&str> = service.procedure.iter().map(String::as_str).collect();
        sheet.composite(&parts)
    } else if kind == Kind::Institutional {
        // A revenue code alone.
        Vec::new()
    } else {
        billed.to_vec()
    };
    let revenue_code = match kind {
        Kind::Institutional if service.revenue_code.is_empty() => revenue_code.to_vec(),
        Kind::Institutional => sheet.text(&service.revenue_code),
        Kind::Professional | Kind::Dental => Vec::new(),
    };
    // One unit unless it says so; of what was denied, those that were billed.
    let units = match service.units {
        None => b"1".to_vec(),
        Some(units) if units.thousandths() > 0 => sheet.text(&units.to_wire()),
        Some(_) if Quantity::parse(quantity).is_some() => quantity.to_vec(),
        Some(_) => b"1".to_vec(),
    };
    let bundled_with = bundled_with.map(|line| line.to_string()).unwrap_or_default();
    let paid = sheet.text(&service.paid.to_wire());
    sheet.join(vec![
        b"SVD".to_vec(),
        payer.to_vec(),
        paid,
        procedure,
        revenue_code,
        units,
        bundled_with.into_bytes(),
    ])
}

/// The procedure, the units and the revenue code that a line bills.
fn billed_on<'a>(kind: Kind, line: &[Segment<'a>]) -> (&'a [u8], &'a [u8], &'a [u8]) {
    let (tag, procedure, quantity): (&[u8], usize, usize) = match kind {
        Kind::Professional => (b"SV1", 1, 4),
        Kind::Institutional => (b"SV2", 2, 5),
        Kind::Dental => (b"SV3", 1, 6),
    };
    let service = line.iter().find(|segment| segment.tag_bytes() == tag);
    service.map_or((b"", b"", b""), |service| {
        (service.text(procedure), service.text(quantity), service.text(1))
    })
}

/// CAS segments: each has one group and up to six reasons.
fn cas(sheet: &mut Sheet, adjustments: &[Adjusted]) -> Vec<Vec<u8>> {
    let mut groups: Vec<&str> = Vec::new();
    for one in adjustments {
        if !groups.contains(&one.group.as_str()) {
            groups.push(&one.group);
        }
    }
    let mut segments = Vec::new();
    for group in groups {
        let of_group: Vec<&Adjusted> =
            adjustments.iter().filter(|one| one.group == group).collect();
        for six in of_group.chunks(REASONS_PER_CAS) {
            let mut elements = vec!["CAS".to_owned(), group.to_owned()];
            for one in six {
                elements.extend([one.reason.clone(), one.amount.to_wire(), one.quantity.clone()]);
            }
            let elements: Vec<&str> = elements.iter().map(String::as_str).collect();
            segments.push(sheet.segment(&elements));
        }
    }
    segments
}

const REASONS_PER_CAS: usize = 6;
