//! Files that prove something of one claim, and the segments of each that do.

use bytes::Bytes;
use x12::guide;
use x12::interchange::{Group, Interchange, Set, read};
use x12::segment::Segment;
use x12::view::answer::{ClaimAck, Status, claim_acks, implementation_ack, ta1s};
use x12::view::claim::{Claim, claims};
use x12::view::remittance::{Remittance, remittance};
use x12::walk::{Walked, walk};

use super::bill::{Bill, bill};
use super::{Decision, Party};
use crate::convert::statement::{Name, statement};

/// A file, with what of it is about the claim.
#[derive(Clone, Debug)]
pub struct File {
    /// `837 sent`.
    pub what: String,
    /// When it was sent or came, as RFC 3339 has it.
    pub at: String,
    /// ISA13 of the interchange that is about the claim.
    pub control_number: String,
    /// SHA-256 of all of it.
    pub sha256: String,
    pub bytes: Bytes,
    pub excerpt: Vec<Excerpt>,
}

/// A run of bytes of a file: one segment or several that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    pub offset: usize,
    pub bytes: Vec<u8>,
}

/// By what a submission is found in files.
#[derive(Clone, Debug)]
pub struct Sent {
    /// ISA13 and GS06.
    pub control_number: u32,
    /// ST02 and BHT03.
    pub set_number: String,
    pub batch_reference: String,
    /// CLM01.
    pub patient_control_number: String,
}

/// What a file proves of a claim.
#[derive(Debug, Default)]
pub struct Found {
    /// ISA13.
    pub control_number: String,
    /// `999 took set 0001`, each thing that it says.
    pub says: Vec<String>,
    pub excerpt: Vec<Excerpt>,
}

impl Found {
    fn take<'a>(&mut self, file: &[u8], segments: impl IntoIterator<Item = Segment<'a>>) {
        for segment in segments {
            let (offset, end) = (segment.offset(), segment.end());
            let is_taken =
                |known: &Excerpt| known.offset <= offset && end <= known.offset + known.bytes.len();
            if offset < end && end <= file.len() && !self.excerpt.iter().any(is_taken) {
                self.add(file, offset, end);
            }
        }
    }

    /// Segments that follow one another stand together, with the terminators between them.
    fn add(&mut self, file: &[u8], offset: usize, end: usize) {
        let is_form = |byte: &u8| !byte.is_ascii_alphanumeric();
        if let Some(last) = self.excerpt.last_mut() {
            let until = last.offset + last.bytes.len();
            let between = file.get(until..offset).unwrap_or(b"none");
            if between.len() <= TERMINATOR_BYTES_MAX && between.iter().all(is_form) {
                last.bytes = file.get(last.offset..end).unwrap_or_default().to_vec();
                return;
            }
        }
        let bytes = file.get(offset..end).unwrap_or_default().to_vec();
        self.excerpt.push(Excerpt { offset, bytes });
    }

    fn take_headers(&mut self, file: &[u8], of: (&Interchange, &Group, Option<&Set>)) {
        let (interchange, group, set) = of;
        self.control_number = text(interchange.header().text(13));
        self.take(file, [interchange.header(), interchange.group_header(group)]);
        self.take(file, set.map(|set| interchange.set_header(set)));
    }
}

/// A terminator, a return and a new line.
const TERMINATOR_BYTES_MAX: usize = 3;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

fn walked(interchange: &Interchange, group: &Group, set: &Set) -> Option<Walked> {
    let (header, first) = (interchange.group_header(group), interchange.set_header(set));
    let guide = guide::find(&text(header.text(8)), &text(first.text(1)))?;
    Some(walk(interchange, set, guide))
}

/// The segments of the sets with these numbers, ST = 1.
fn numbered<'a>(
    interchange: &'a Interchange,
    set: &'a Set,
    numbers: impl Iterator<Item = u32>,
) -> Vec<Segment<'a>> {
    numbers.filter_map(|number| interchange.set_segment(set, number)).collect()
}

/// The segment with this number, and what follows it until one of these.
fn run<'a>(
    interchange: &'a Interchange,
    set: &'a Set,
    (first, ends): (u32, &[&[u8]]),
) -> Vec<Segment<'a>> {
    let mut rest = interchange.set_segments(set).skip_while(|segment| segment.number() < first);
    let mut found: Vec<Segment<'a>> = rest.next().into_iter().collect();
    found.extend(rest.take_while(|segment| !ends.contains(&segment.tag_bytes())));
    found
}

/// ISA13 of the interchange that holds this byte of a file.
pub fn control_number_at(file: &Bytes, offset: usize) -> String {
    let interchanges = read(file).interchanges;
    let before = interchanges.iter().take_while(|one| one.header().offset() <= offset);
    before.last().map_or(String::new(), |found| text(found.header().text(13)))
}

/// The claim in an 837 that we sent, and how it reads.
pub fn in_submission(file: &Bytes, sent: &Sent) -> (Found, Option<Bill>) {
    let mut found = Found::default();
    let mut laid_out = None;
    for interchange in &read(file).interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                if interchange.set_header(set).text(2) != sent.set_number.as_bytes() {
                    continue;
                }
                found.take_headers(file, (interchange, group, Some(set)));
                let Some(walked) = walked(interchange, group, set) else { continue };
                let is_it = |claim: &Claim<'_>| {
                    claim.patient_control_number.is(&sent.patient_control_number)
                };
                let mut all = claims(interchange, set, &walked).filter(is_it);
                // Of two under one number nobody can say which it is, and one may be another's.
                if let (Some(claim), None) = (all.next(), all.next()) {
                    let extent = &claim.extent;
                    let pieces =
                        [&extent.billing, &extent.subscriber, &extent.patient, &extent.claim];
                    for numbers in pieces {
                        found.take(file, numbered(interchange, set, numbers.clone()));
                    }
                    laid_out = Some(bill(&claim));
                }
            }
        }
    }
    (found, laid_out)
}

/// What a TA1, a 999 or a 277CA says of submissions; nothing when it speaks of others alone.
pub fn in_answer(file: &Bytes, sent: &[Sent]) -> Option<Found> {
    let mut found = Found::default();
    for interchange in &read(file).interchanges {
        take_ta1s(&mut found, file, interchange, sent);
        for group in &interchange.groups {
            for set in &group.sets {
                match interchange.set_header(set).text(1) {
                    b"999" | b"997" => take_999(&mut found, file, (interchange, group, set), sent),
                    b"277" => take_277(&mut found, file, (interchange, group, set), sent),
                    _ => {}
                }
            }
        }
    }
    (!found.says.is_empty()).then_some(found)
}

fn take_ta1s(found: &mut Found, file: &Bytes, interchange: &Interchange, sent: &[Sent]) {
    for ta1 in ta1s(interchange) {
        let number = ta1.control_number.text().trim().parse::<u32>().ok();
        if !sent.iter().any(|one| Some(one.control_number) == number) {
            continue;
        }
        let did = if ta1.is_accepted() { "took" } else { "rejected" };
        let (number, verdict) = (ta1.control_number.text(), ta1.verdict.text());
        found.says.push(format!("TA1 {did} interchange {number} (TA104 {verdict})"));
        found.control_number = text(interchange.header().text(13));
        found.take(file, [interchange.header()]);
        let own = interchange.ta1s().filter(|one| one.text(1) == ta1.control_number.bytes());
        found.take(file, own);
    }
}

/// Of a 999 its headers, AK1, AK2 and IK5 of our set, and AK9: what stands between may name others.
fn take_999(
    found: &mut Found,
    file: &Bytes,
    (interchange, group, set): (&Interchange, &Group, &Set),
    sent: &[Sent],
) {
    let ack = implementation_ack(interchange, set);
    let number = ack.control_number.text().trim().parse::<u32>().ok();
    for one in sent.iter().filter(|one| Some(one.control_number) == number) {
        found.take_headers(file, (interchange, group, Some(set)));
        let of_set = ack.sets.iter().find(|known| known.control_number.is(&one.set_number));
        let group_verdict = ack.verdict.text();
        found.says.push(match of_set {
            Some(set) => {
                let did = if set.is_rejected() { "rejected" } else { "took" };
                let verdict = set.verdict.text();
                let number = &one.set_number;
                format!("999 {did} set {number} (IK501 {verdict}, AK901 {group_verdict})")
            }
            None => {
                let did = if ack.is_rejected() { "rejected" } else { "took" };
                format!("999 {did} group {} as a whole (AK901 {group_verdict})", one.control_number)
            }
        });
        let mut is_ours = false;
        for segment in interchange.set_segments(set) {
            let wanted = match segment.tag_bytes() {
                b"AK1" | b"AK9" => true,
                b"AK2" => {
                    is_ours = segment.text(2) == one.set_number.as_bytes();
                    is_ours
                }
                b"IK5" | b"AK5" => is_ours,
                _ => false,
            };
            found.take(file, wanted.then_some(segment));
        }
    }
}

/// Of a 277CA its headers and what stands under the claim's own TRN, with its patient.
fn take_277(
    found: &mut Found,
    file: &Bytes,
    (interchange, group, set): (&Interchange, &Group, &Set),
    sent: &[Sent],
) {
    let Some(walked) = walked(interchange, group, set) else { return };
    let acks = claim_acks(interchange, set, &walked);
    let is_ours = |ack: &&ClaimAck<'_>| {
        sent.iter().any(|one| {
            let batch = ack.batch.text();
            ack.patient_control_number.is(&one.patient_control_number)
                && (batch.trim().is_empty() || batch == one.batch_reference.as_str())
        })
    };
    for ack in acks.claims.iter().filter(is_ours) {
        found.take_headers(file, (interchange, group, Some(set)));
        let did = if ack.is_rejected() { "rejected" } else { "took" };
        let statuses: Vec<String> = ack.statuses.iter().map(told).collect();
        let known = ack.payer_control_number();
        let known = known.map(|number| format!("; the payer's number {}", number.text()));
        found.says.push(format!(
            "277CA {did} the claim ({}){}",
            statuses.join(", "),
            known.unwrap_or_default()
        ));
        let bht = interchange.set_segments(set).find(|segment| segment.tag_bytes() == b"BHT");
        found.take(file, bht);
        let is_level = |number: &u32| {
            let segment = interchange.set_segment(set, *number);
            segment.is_some_and(|segment| segment.tag_bytes() == b"HL")
        };
        // The patient's level begins before the TRN and ends at the next one, or at another TRN.
        let at = ack.place.segment;
        let first = (1..=at).rev().find(is_level).unwrap_or(at);
        let before = (first..at).take_while(|number| {
            let segment = interchange.set_segment(set, *number);
            segment.is_some_and(|segment| matches!(segment.tag_bytes(), b"HL" | b"NM1"))
        });
        found.take(file, numbered(interchange, set, before));
        found.take(file, run(interchange, set, (at, &[b"HL", b"TRN", b"SE"])));
    }
}

/// `A1:19:PR`.
fn told(status: &Status<'_>) -> String {
    let parts = [&status.category, &status.code, &status.entity].map(|part| part.text());
    parts.join(":").trim_end_matches(':').to_owned()
}

/// What a remittance says of a claim, by the byte of its CLP, and how it reads.
pub fn in_remittance(file: &Bytes, offset: usize) -> (Found, Option<(Decision, Party)>) {
    let mut found = Found::default();
    let mut laid_out = None;
    for interchange in &read(file).interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                if interchange.set_header(set).text(1) != b"835" {
                    continue;
                }
                let Some(walked) = walked(interchange, group, set) else { continue };
                let said = remittance(interchange, set, &walked);
                let at = said.claims.iter().position(|claim| claim.place.offset == offset);
                let Some(at) = at else { continue };
                found.take_headers(file, (interchange, group, Some(set)));
                take_835(&mut found, file, (interchange, set), said.claims[at].place.segment);
                let claim = &said.claims[at];
                let (trace, status) = (said.trace.text(), claim.status.text());
                let paid = claim.paid.text();
                found.says.push(format!(
                    "835 {trace} decided on the claim (CLP02 {status}, paid {paid})"
                ));
                laid_out = Some(decision(&said, at));
            }
        }
    }
    (found, laid_out)
}

/// The payment, its parties, and the claim: neither its neighbours nor PLB.
fn take_835(found: &mut Found, file: &Bytes, (interchange, set): (&Interchange, &Set), clp: u32) {
    let before = interchange
        .set_segments(set)
        .take_while(|segment| !matches!(segment.tag_bytes(), b"LX" | b"CLP" | b"PLB"));
    found.take(file, before);
    found.take(file, run(interchange, set, (clp, &[b"CLP", b"LX", b"PLB", b"SE"])));
}

fn decision(said: &Remittance<'_>, at: usize) -> (Decision, Party) {
    let mut whole = statement(said);
    let Name { name, address, .. } = &whole.payer;
    let party = Party { name: name.clone(), address: address.clone() };
    let claim = whole.claims.swap_remove(at);
    let decision =
        Decision { trace: whole.trace, paid_on: whole.paid_on, payer: whole.payer, claim };
    (decision, party)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(control_number: u32) -> Sent {
        let [set_number, batch_reference, patient_control_number] =
            ["0001", "B1", "A1"].map(str::to_owned);
        Sent { control_number, set_number, batch_reference, patient_control_number }
    }

    fn interchange(body: &str) -> Bytes {
        Bytes::from(format!(
            "ISA*00*          *00*          *ZZ*ACME           *ZZ*CLAIMGATE      *260302*1200*^*00501*\
             000000077*0*P*:~{body}IEA*1*000000077~"
        ))
    }

    fn cited(found: &Found) -> String {
        let texts =
            found.excerpt.iter().map(|one| String::from_utf8_lossy(&one.bytes).into_owned());
        texts.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn finds_the_ta1_of_a_submission_alone() {
        let file = interchange("TA1*000000001*260302*1200*A*000~TA1*000000002*260302*1200*R*006~");
        let found = in_answer(&file, &[sent(2)]).expect("an answer");
        assert_eq!(found.says, ["TA1 rejected interchange 000000002 (TA104 R)"]);
        assert_eq!(found.control_number, "000000077");
        assert!(cited(&found).ends_with("|TA1*000000002*260302*1200*R*006"), "{}", cited(&found));
        assert!(in_answer(&file, &[sent(3)]).is_none());
    }

    #[test]
    fn cites_of_a_999_neither_other_sets_nor_what_names_other_claims() {
        let file = interchange(
            "GS*FA*ACME*CLAIMGATE*20260302*1200*7*X*005010X231A1~ST*999*0001*005010X231A1~\
             AK1*HC*2*005010X222A1~AK2*837*0001*005010X222A1~IK3*CLM*22**8~CTX*CLM01:OTHER~IK5*E*5~\
             AK2*837*0002*005010X222A1~IK5*A~AK9*P*2*2*1~SE*9*0001~GE*1*7~",
        );
        let found = in_answer(&file, &[sent(2)]).expect("an answer");
        assert_eq!(found.says, ["999 took set 0001 (IK501 E, AK901 P)"]);
        let cited = cited(&found);
        assert!(!cited.contains("OTHER") && !cited.contains("*0002*"), "{cited}");
        for part in ["AK2*837*0001*005010X222A1", "IK5*E*5", "AK9*P*2*2*1"] {
            assert!(cited.contains(part), "{part} of {cited}");
        }
    }

    #[test]
    fn every_excerpt_stands_where_it_says() {
        let file = interchange(
            "GS*FA*ACME*CLAIMGATE*20260302*1200*7*X*005010X231A1~\r\nST*999*0001*005010X231A1~\r\n\
             AK1*HC*2*005010X222A1~\r\nAK2*837*0001*005010X222A1~\r\nIK5*A~\r\nAK9*A*1*1*1~\r\n\
             SE*6*0001~\r\nGE*1*7~\r\n",
        );
        let found = in_answer(&file, &[sent(2)]).expect("an answer");
        for Excerpt { offset, bytes } in &found.excerpt {
            assert_eq!(file.get(*offset..offset + bytes.len()), Some(&bytes[..]));
        }
        // Lines are no gaps: what follows one another stands together.
        assert_eq!(found.excerpt.len(), 1, "{}", cited(&found));
    }
}
