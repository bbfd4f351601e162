//! A claim with its payers in another order: the next payer becomes the one that it goes to, and its
//! own payer one of the others, with what it decided.
//!
//! Numbers that one payer gave change places with it: of authorizations and referrals, and of the
//! billing provider. Those of other providers, prices and contracts belong to the payer that
//! the claim went to, and stay behind.

use x12::segment::Segment;
use x12::view::claim::Kind;

use super::adjudicated;
use super::decided::Decided;
use super::written::{Sheet, copied, with};
use crate::change::Resend;
use crate::document::Document;

/// Makes the claim for the payer whose turn is `turn`: a first one, or one in the place of what that payer knows
/// by a number of its own.
pub(super) fn turned(
    document: &Document,
    (turn, replaces): (&str, Option<&str>),
    decided: &[&Decided],
) -> Result<Document, &'static str> {
    let claim: Vec<Segment<'_>> = document.claim_segments().collect();
    let all: Vec<Segment<'_>> = document.segments().collect();
    let cut = document.subscriber.len() + document.billing.len();
    let (above, _) = all.split_at(cut.min(all.len()));
    let subscriber = above.get(document.billing.len()..).unwrap_or_default();
    let patient = all.get(cut..cut + document.patient.len()).unwrap_or_default();
    let parts = Parts::of(&claim);
    let next = parts
        .others
        .iter()
        .find(|other| other.first().is_some_and(|sbr| sbr.text(1) == turn.as_bytes()));
    let Some(next) = next else { return Err("the next payer stands nowhere in the claim") };
    let old = Old {
        kind: document.kind,
        own: Coverage::of(subscriber),
        next: Coverage::of(next),
        patient,
        header: parts.header,
        replaces,
    };
    if decided.iter().flat_map(|one| &one.services).any(|service| service.line.is_none()) {
        return Err("the payer decided on a service that fits no line of the claim");
    }
    let mut sheet = Sheet::new(document.delimiters);
    let billing = document.billing.iter().map(|known| known.text.clone()).collect();
    let own_loop = old.own_loop(&mut sheet, decided);
    let mut claim = old.header(&mut sheet);
    claim.extend(own_loop);
    for other in parts.others.iter().filter(|other| !std::ptr::eq(**other, *next)) {
        claim.extend(other.iter().map(copied));
    }
    let payers = (old.own.payer_id(), old.next.payer_id());
    for line in &parts.lines {
        claim.extend(adjudicated::line(&mut sheet, document.kind, line, payers, decided));
    }
    let subscriber = old.subscriber_level(&mut sheet);
    let patient = old.patient_level(&mut sheet);
    let made = Document {
        kind: document.kind,
        delimiters: document.delimiters,
        billing: sheet.level(billing),
        subscriber: sheet.level(subscriber),
        patient: sheet.level(patient),
        claim: sheet.level(claim),
    };
    match sheet.is_broken {
        true => Err("a value of the remittance holds a delimiter of the claim"),
        false => Ok(made),
    }
}

/// A claim by its parts.
struct Parts<'s, 'a> {
    /// CLM to the last 2310.
    header: &'s [Segment<'a>],
    /// Each 2320 with its 2330.
    others: Vec<&'s [Segment<'a>]>,
    /// Each 2400.
    lines: Vec<&'s [Segment<'a>]>,
}

impl<'s, 'a> Parts<'s, 'a> {
    fn of(claim: &'s [Segment<'a>]) -> Parts<'s, 'a> {
        let opens = |segment: &Segment<'_>| matches!(segment.tag_bytes(), b"SBR" | b"LX");
        let first = claim.iter().position(opens).unwrap_or(claim.len());
        let (header, rest) = claim.split_at(first);
        let mut parts = Parts { header, others: Vec::new(), lines: Vec::new() };
        let mut begin = 0;
        for end in 1..=rest.len() {
            if rest.get(end).is_none_or(opens) {
                let part = rest.get(begin..end).unwrap_or_default();
                match part.first().map(Segment::tag_bytes) {
                    Some(b"SBR") => parts.others.push(part),
                    _ => parts.lines.push(part),
                }
                begin = end;
            }
        }
        parts
    }
}

/// A coverage: 2000B with 2010BA and 2010BB, or 2320 with 2330.
struct Coverage<'s, 'a> {
    /// SBR and what follows it.
    terms: &'s [Segment<'a>],
    /// NM1*IL and what follows it.
    insured: &'s [Segment<'a>],
    /// NM1*PR and what follows it.
    payer: &'s [Segment<'a>],
    /// Providers by the numbers that this payer gave them.
    providers: &'s [Segment<'a>],
}

impl<'s, 'a> Coverage<'s, 'a> {
    fn of(segments: &'s [Segment<'a>]) -> Coverage<'s, 'a> {
        let is_name = |segment: &Segment<'_>| segment.tag_bytes() == b"NM1";
        let named = |entity: &[u8]| {
            segments.iter().position(|segment| is_name(segment) && segment.text(1) == entity)
        };
        let begins = segments.iter().position(|segment| segment.tag_bytes() == b"SBR");
        let insured = named(b"IL").unwrap_or(segments.len());
        let payer = named(b"PR").unwrap_or(segments.len()).max(insured);
        let after = segments.iter().skip(payer + 1).position(is_name);
        let providers = after.map_or(segments.len(), |after| payer + 1 + after);
        let range = |from: usize, to: usize| segments.get(from..to).unwrap_or_default();
        Coverage {
            terms: range(begins.unwrap_or_default(), insured),
            insured: range(insured, payer),
            payer: range(payer, providers),
            providers: range(providers, segments.len()),
        }
    }

    /// An element of SBR.
    fn sbr(&self, element: usize) -> &'a [u8] {
        let sbr = self.terms.first().filter(|first| first.tag_bytes() == b"SBR");
        sbr.map_or(&b""[..], |sbr| sbr.text(element))
    }

    /// An element of OI.
    fn oi(&self, element: usize) -> &'a [u8] {
        let oi = self.terms.iter().find(|segment| segment.tag_bytes() == b"OI");
        oi.map_or(&b""[..], |oi| oi.text(element))
    }

    /// NM109 of the payer.
    fn payer_id(&self) -> &'a [u8] {
        self.payer.first().map_or(&b""[..], |nm1| nm1.text(9))
    }

    /// SBR of another loop: its turn, whether the insured is the patient, and the plan.
    fn sbr_with(&self, sheet: &Sheet, relationship: &[u8]) -> Vec<u8> {
        let mut elements = vec![b"SBR".to_vec(), self.sbr(1).to_vec(), relationship.to_vec()];
        elements.extend((3..=5).map(|element| self.sbr(element).to_vec()));
        elements.extend([Vec::new(), Vec::new(), Vec::new(), self.sbr(9).to_vec()]);
        sheet.join(elements)
    }
}

/// Segments of these tags.
fn tagged<'a>(segments: &[Segment<'a>], tags: &[&[u8]]) -> Vec<Segment<'a>> {
    segments.iter().filter(|segment| tags.contains(&segment.tag_bytes())).copied().collect()
}

/// REF segments of these qualifiers.
fn references<'a>(segments: &[Segment<'a>], qualifiers: &[&[u8]]) -> Vec<Segment<'a>> {
    let mut found = tagged(segments, &[b"REF"]);
    found.retain(|reference| qualifiers.contains(&reference.text(1)));
    found
}

/// What identifies a payer beside its number.
const OF_PAYER: [&[u8]; 4] = [b"2U", b"EI", b"FY", b"NF"];

/// Authorizations, referrals and predeterminations, in the order of the guide.
const OF_AUTHORIZATION: [&[u8]; 3] = [b"G1", b"9F", b"G3"];

/// Numbers that a payer gives to providers.
const OF_PROVIDER: [&[u8]; 2] = [b"G2", b"LU"];

/// What of 2300 only the payer knows that the claim went to: its number of an earlier claim, and the
/// numbers of who priced it.
const OF_CLAIM: [&[u8]; 3] = [b"F8", b"9A", b"9C"];

/// The claim as it went to its own payer.
struct Old<'s, 'a> {
    kind: Kind,
    own: Coverage<'s, 'a>,
    next: Coverage<'s, 'a>,
    /// 2000C; empty when the subscriber is the patient.
    patient: &'s [Segment<'a>],
    header: &'s [Segment<'a>],
    /// The next payer's number of what the claim goes out in the place of.
    replaces: Option<&'s str>,
}

impl<'a> Old<'_, 'a> {
    /// Whether the next payer insures the patient by the patient's own name.
    fn is_insured_by_next(&self) -> bool {
        self.next.sbr(2) == b"18"
    }

    /// The name of who was treated, and what follows it.
    fn person(&self) -> &[Segment<'a>] {
        let name = self.patient.iter().position(|segment| segment.tag_bytes() == b"NM1");
        match name {
            Some(name) => self.patient.get(name..).unwrap_or_default(),
            None => self.own.insured,
        }
    }

    /// PAT of who was treated.
    fn pat(&self) -> Option<Segment<'a>> {
        let segments = if self.patient.is_empty() { self.own.terms } else { self.patient };
        segments.iter().find(|segment| segment.tag_bytes() == b"PAT").copied()
    }

    /// The person treated stands to the own payer's insured like this: SBR02 of 2320.
    fn own_relationship(&self) -> &'a [u8] {
        match self.patient.is_empty() {
            true => b"18",
            false => self.pat().map_or(&b"21"[..], |pat| pat.text(1)),
        }
    }

    /// 2000B with 2010BA and 2010BB for the next payer.
    fn subscriber_level(&self, sheet: &mut Sheet) -> Vec<Vec<u8>> {
        let is_patient = self.is_insured_by_next();
        let relationship: &[u8] = if is_patient { b"18" } else { b"" };
        let mut level = vec![self.next.sbr_with(sheet, relationship)];
        // Only the professional guide has it here, and only there the subscriber had one.
        if is_patient && self.kind == Kind::Professional {
            level.extend(self.pat().and_then(|pat| pat_of(sheet, &pat, b"")));
        }
        let insured = self.next.insured;
        level.extend(insured.first().map(copied));
        let home = if is_patient { self.person() } else { insured };
        level.extend(tagged(home, &[b"N3", b"N4"]).iter().map(copied));
        if is_patient {
            level.extend(tagged(self.person(), &[b"DMG"]).iter().map(copied));
        }
        level.extend(references(insured, &[b"SY"]).iter().map(copied));
        level.extend(self.next.payer.first().map(copied));
        level.extend(tagged(self.next.payer, &[b"N3", b"N4"]).iter().map(copied));
        level.extend(references(self.next.payer, &OF_PAYER).iter().map(copied));
        let billing = self.next.providers.iter().skip_while(|segment| segment.text(1) != b"85");
        let numbers = billing.skip(1).take_while(|segment| segment.tag_bytes() == b"REF");
        level.extend(numbers.map(copied));
        level
    }

    /// 2000C with 2010CA, when the next payer insures somebody else.
    fn patient_level(&self, sheet: &mut Sheet) -> Vec<Vec<u8>> {
        if self.is_insured_by_next() {
            return Vec::new();
        }
        let relationship = self.next.sbr(2);
        let pat = self.pat().and_then(|pat| pat_of(sheet, &pat, relationship));
        let pat = pat.unwrap_or_else(|| sheet.join(vec![b"PAT".to_vec(), relationship.to_vec()]));
        let person = self.person();
        let mut level = vec![pat];
        level.extend(person.first().map(|name| {
            let text = |element: usize| name.text(element).to_vec();
            let mut elements = vec![b"NM1".to_vec(), b"QC".to_vec(), b"1".to_vec()];
            elements.extend((3..=7).map(text));
            sheet.join(elements)
        }));
        level.extend(tagged(person, &[b"N3", b"N4", b"DMG"]).iter().map(copied));
        level
    }

    /// CLM to the last 2310, for the next payer.
    fn header(&self, sheet: &mut Sheet) -> Vec<Vec<u8>> {
        let mut header = Vec::new();
        let numbers = references(self.next.payer, &OF_AUTHORIZATION);
        let mut numbers: Vec<Vec<u8>> = numbers.iter().map(copied).collect();
        numbers.extend(self.replaces.map(|number| sheet.segment(&["REF", "F8", number])));
        let mut numbers = Some(numbers);
        for segment in self.header {
            let stays_behind = match segment.tag_bytes() {
                b"REF" => [&OF_CLAIM[..], &OF_AUTHORIZATION[..], &OF_PROVIDER[..]]
                    .concat()
                    .contains(&segment.text(1)),
                b"HCP" | b"CN1" => true,
                _ => false,
            };
            // They stand where the references do, which may be nowhere yet.
            if !matches!(
                segment.tag_bytes(),
                b"CLM" | b"DTP" | b"CL1" | b"DN1" | b"DN2" | b"PWK" | b"CN1" | b"AMT"
            ) {
                header.extend(numbers.take().unwrap_or_default());
            }
            match segment.tag_bytes() {
                b"CLM" => header.push(self.clm(sheet, segment)),
                _ if stays_behind => {}
                _ => header.push(copied(segment)),
            }
        }
        header.extend(numbers.unwrap_or_default());
        header
    }

    /// CLM of a first claim or of a replacement, under the terms of the next coverage.
    fn clm(&self, sheet: &mut Sheet, clm: &Segment<'_>) -> Vec<u8> {
        let frequency = match (self.kind, clm.part(5, 3)) {
            _ if self.replaces.is_some() => Resend::Replacement.frequency().as_bytes(),
            // The third digit of a type of bill says more than "first" or "again".
            (Kind::Institutional, digit) if !matches!(digit, b"" | b"7" | b"8") => digit,
            _ => b"1",
        };
        let parts = [clm.part(5, 1), clm.part(5, 2), frequency];
        let parts = parts.map(|part| String::from_utf8_lossy(part).into_owned());
        let mut changed = vec![(5, sheet.composite(&parts.each_ref().map(String::as_str)))];
        for (element, term) in [(8, self.next.oi(3)), (9, self.next.oi(6)), (10, self.next.oi(4))] {
            let is_wanted = element != 10 || self.kind == Kind::Professional;
            if is_wanted && (!term.is_empty() || element == 10) {
                changed.push((element, term.to_vec()));
            }
        }
        with(sheet, clm, &changed)
    }

    /// 2320 with 2330 for the own payer, with what it decided.
    fn own_loop(&self, sheet: &mut Sheet, decided: &[&Decided]) -> Vec<Vec<u8>> {
        let mut own = vec![self.own.sbr_with(sheet, self.own_relationship())];
        own.extend(adjudicated::of_claim(sheet, decided));
        let clm = self.header.first();
        let term = |element| clm.map_or(Vec::new(), |clm| clm.text(element).to_vec());
        let signature = if self.kind == Kind::Professional { term(10) } else { Vec::new() };
        own.push(sheet.join(vec![
            b"OI".to_vec(),
            Vec::new(),
            Vec::new(),
            term(8),
            signature,
            Vec::new(),
            term(9),
        ]));
        own.extend(adjudicated::remarks(sheet, self.kind, decided));
        own.extend(self.own.insured.first().map(copied));
        own.extend(tagged(self.own.insured, &[b"N3", b"N4"]).iter().map(copied));
        own.extend(references(self.own.insured, &[b"SY"]).iter().map(copied));
        own.extend(self.own.payer.first().map(copied));
        own.extend(tagged(self.own.payer, &[b"N3", b"N4"]).iter().map(copied));
        own.extend(adjudicated::day_of_claim(sheet, decided));
        let own_numbers = references(self.own.payer, &OF_PAYER);
        own.extend(own_numbers.iter().take(2).map(copied));
        // Those of the claim stand before its providers.
        let ends = self.header.iter().position(|segment| segment.tag_bytes() == b"NM1");
        let of_claim = self.header.get(..ends.unwrap_or(self.header.len())).unwrap_or_default();
        for qualifier in OF_AUTHORIZATION {
            own.extend(references(of_claim, &[qualifier]).iter().map(copied));
        }
        own.extend(adjudicated::number(sheet, decided));
        let numbers = references(self.own.payer, &OF_PROVIDER);
        if !numbers.is_empty() {
            own.push(sheet.segment(&["NM1", "85", "2"]));
            own.extend(numbers.iter().map(copied));
        }
        own
    }
}

/// PAT with what it says of the person and another relationship; nothing when it says nothing.
fn pat_of(sheet: &Sheet, pat: &Segment<'_>, relationship: &[u8]) -> Option<Vec<u8>> {
    let mut elements = vec![b"PAT".to_vec(), relationship.to_vec(), vec![], vec![], vec![]];
    elements.extend((5..=9).map(|element| pat.text(element).to_vec()));
    let says = elements.iter().skip(1).any(|element| !element.is_empty());
    says.then(|| sheet.join(elements))
}
