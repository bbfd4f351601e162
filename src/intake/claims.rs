//! The claims of one accepted set: scrubbed, routed, answered in a 277CA.

use std::io;

use x12::answer::x214::{self, ClaimAnswer, Receipt};
use x12::compose::Composer;
use x12::delimiters::Delimiters;
use x12::edit::Edit;
use x12::fault::Fault;
use x12::guide::row::Tag;
use x12::interchange::{Interchange, Set};
use x12::value::Money;
use x12::view::claim::{Claim, claims};

use crate::change::next::{NextPayer, Step};
use crate::change::{ClaimId, DeliveryKind, EditRecord, FindingRecord, NewClaim, NewWork, Stamp};
use crate::code_sets::library::Library;
use crate::document::place_of;
use crate::intake::advice;
use crate::intake::held;
use crate::intake::judge::{Judged, faults_of};
use crate::intake::likeness::{Likeness, Other, likeness};
use crate::intake::mended::MENDED;
use crate::intake::report::Sum;
use crate::intake::seen::SeenInSet;
use crate::intake::{Intake, Route, Terms, Took};
use crate::lifecycle::Event;
use crate::scrub::earlier::{Told, Whereabouts};
use crate::scrub::mended::Mended;
use crate::scrub::path::Filed;
use crate::scrub::repairs::{is_repair, safe_edits};
use crate::scrub::{self, Earlier, Finding, Severity};

/// How many claims stand in a set, and what they charge; counted from the segments alone.
pub fn count(interchange: &Interchange, set: &Set) -> (u64, Money) {
    const CLM: Tag = Tag::new(b"CLM");
    if interchange.set_header(set).text(1) != b"837" {
        return (0, Money::ZERO);
    }
    let clms = interchange.set_segments(set).filter(|segment| segment.tag() == CLM);
    clms.fold((0, Money::ZERO), |(count, charge), clm| {
        (count + 1, charge + clm.money(2).unwrap_or_default())
    })
}

/// Decides on every claim of a set, and answers for all of them at once.
pub(crate) fn take_set(
    intake: &mut Intake<'_>,
    interchange: &Interchange,
    set: &Set,
    judged: &Judged,
    took: &mut Took<'_>,
) -> io::Result<()> {
    let mut claims = claims(interchange, set, &judged.walked).peekable();
    if claims.peek().is_none() {
        return Ok(());
    }
    let envelope = intake.answer_envelope(interchange);
    let trace = format!("{:09}", envelope.control_number);
    let receipt = receipt(intake.terms, intake.stamp, &trace);
    let mut answers = Vec::new();
    let mut seen = SeenInSet::default();
    let mut tally = SetTally::default();
    for claim in claims {
        let filed = Filed { claim: &claim, interchange, set, walked: &judged.walked };
        // A fault may hide what the claim says: it goes on as it reads with its repairs.
        let alone = judged.mended.read(&filed);
        let mended = alone.as_ref().and_then(Mended::claim);
        let read = mended.as_ref().unwrap_or(&claim);
        let mut verdict = judge_claim(intake, &filed, read, judged, &seen);
        let counts = verdict.event != Event::Refused;
        seen.note(read, claim.place, &verdict.likeness.looks, counts);
        tally.count(read, verdict.event);
        tally.count_mended(&claim, read);
        report(intake, read, &verdict);
        let told = verdict.acknowledgment();
        let (around, within) = alone.as_ref().and_then(Mended::parts).unwrap_or((interchange, set));
        let answer = ClaimAnswer::new(around, within, read, &told, &receipt, Delimiters::OURS);
        answers.push(answer.among(&claim));
        let laid = verdict.laid.take();
        let sent = laid.as_ref().and_then(Mended::claim);
        let new_claim = keep(intake, &filed, sent.as_ref().unwrap_or(read), verdict);
        ask_of_next_payer(intake, &new_claim);
        intake.change.claims.push(new_claim);
        took(&mut intake.change)?;
    }
    intake.seen.note(&seen.finish());
    tally.report(intake);
    let mut composer = Composer::new(&envelope, Delimiters::OURS);
    composer.begin_group(&envelope, x214::GROUP, x214::VERSION);
    let walked = &judged.walked;
    x214::compose_answers(&mut composer, interchange, set, walked, &answers, &receipt);
    composer.end_group();
    intake.deliver(DeliveryKind::ClaimAck, composer.finish().into());
    Ok(())
}

/// Who sends the claim for the next payer itself has answered whether the one before goes on.
fn ask_of_next_payer(intake: &mut Intake<'_>, new: &NewClaim) {
    let by_office = new.follows.filter(|_| intake.source.follows.is_none());
    if let Some(claim) = by_office.filter(|_| new.event != Event::Refused) {
        intake.change.next_payers.push(NextPayer { claim, step: Step::Asked });
    }
}

fn receipt<'a>(terms: &'a Terms, stamp: &'a Stamp, trace: &'a str) -> Receipt<'a> {
    Receipt {
        trace,
        received: stamp.today,
        processed: stamp.today,
        time: &stamp.time,
        source_name: &terms.identity.name,
        source_id: &terms.identity.id,
    }
}

/// What becomes of one claim.
struct ClaimVerdict {
    event: Event,
    findings: Vec<FindingRecord>,
    edits: Vec<Edit>,
    /// The claim with them.
    laid: Option<Mended>,
    payer: Option<String>,
    likeness: Likeness,
    work: Option<NewWork>,
    /// The segment of each LX with its number, to tell which findings lie in which line.
    lines: Vec<(u32, u32)>,
}

fn judge_claim(
    intake: &Intake<'_>,
    filed: &Filed<'_>,
    read: &Claim<'_>,
    judged: &Judged,
    seen: &SeenInSet,
) -> ClaimVerdict {
    let partner = &intake.terms.partner;
    let mut likeness = Likeness::default();
    let found = intake.rulebook.scrub(filed, partner, intake.stamp.today, |claim| {
        likeness = Likeness {
            follows: intake.source.follows,
            instead_of: intake.source.instead_of.clone(),
            ..self::likeness(claim, partner, |text| intake.knowledge.hash(text))
        };
        let (earlier, before) = earlier_claims(intake, claim, &likeness, seen);
        likeness.follows = likeness.follows.or(before);
        earlier
    });
    let breaks_guide = judged.breaks_guide(filed.claim);
    let gravest = if breaks_guide { Some(Severity::Reject) } else { scrub::gravest(&found) };
    // What is rejected goes back as it came, and its office writes it anew.
    let is_mended = gravest != Some(Severity::Reject);
    let mut findings = record_faults(filed, judged, is_mended);
    let edits = if is_mended { safe_edits(&found) } else { Vec::new() };
    let laid = if edits.is_empty() { None } else { Mended::new(filed, &edits) };
    let sent = laid.as_ref().and_then(Mended::claim);
    let read = sent.as_ref().unwrap_or(read);
    findings.extend(found.iter().map(|finding| {
        let is_made = is_mended && is_repair(finding);
        record_finding(finding, is_made, filed, &intake.rulebook.codes)
    }));
    let payer_id = read.payer.as_ref().map(|payer| payer.id.text().into_owned());
    let route = payer_id.as_deref().and_then(|id| intake.knowledge.route(id));
    let may_go = |route: &Route| !(intake.is_test && route.is_production);
    let payer = route.as_ref().filter(|route| may_go(route)).map(|route| route.payer.clone());
    let (event, work) = match gravest {
        // What we made ourselves has no office that could send it anew.
        Some(Severity::Reject) if intake.source.follows.is_some() => {
            (Event::HeldBack, Some(held::by_rules(read, &findings, route.as_ref())))
        }
        Some(Severity::Reject) => (Event::Refused, None),
        Some(Severity::Hold) => {
            (Event::HeldBack, Some(held::by_rules(read, &findings, route.as_ref())))
        }
        Some(Severity::Warn | Severity::Repair) | None if payer.is_none() => {
            (Event::HeldBack, Some(held::unrouted(read, payer_id.as_deref(), route.as_ref())))
        }
        Some(Severity::Warn | Severity::Repair) | None => (Event::Passed, None),
    };
    let lines = filed
        .claim
        .lines
        .iter()
        .map(|line| (line.place.segment, line.number.text().parse().unwrap_or_default()));
    let lines = lines.collect();
    ClaimVerdict { event, findings, edits, laid, payer, likeness, work, lines }
}

fn record_finding(
    finding: &Finding,
    is_made: bool,
    filed: &Filed<'_>,
    codes: &Library,
) -> FindingRecord {
    let tables = codes.editions(finding.rule.needs).into_iter();
    let segment = filed.interchange.set_segment(filed.set, finding.place.segment);
    let tag = segment.map_or(String::new(), |segment| segment.tag().text());
    let edit = finding.edit.as_ref().map(|edit| EditRecord {
        element: finding.place.name_in(&tag),
        from: edit.from.clone(),
        to: edit.to.clone(),
        is_made,
    });
    FindingRecord {
        code: finding.rule.code.to_string(),
        severity: finding.severity,
        place: finding.place,
        what: finding.what.to_string(),
        fix: finding.fix.to_string(),
        status: finding.status.to_string(),
        tables: tables.map(|(set, edition)| (set.to_owned(), edition)).collect(),
        edit,
    }
}

/// The faults of the guide that one claim has to answer for, its set being accepted with errors, and
/// those that its repairs mend.
fn record_faults(filed: &Filed<'_>, judged: &Judged, is_mended: bool) -> Vec<FindingRecord> {
    let claim = filed.claim;
    let breaks_guide = judged.breaks_guide(claim);
    if !breaks_guide && !judged.mended.holds(claim.place.segment) {
        return Vec::new();
    }
    let record = |fault: &Fault| {
        let record = record_fault(filed, fault);
        if breaks_guide {
            return record;
        }
        let fix = if is_mended { MENDED.to_owned() } else { record.fix };
        FindingRecord { severity: Severity::Repair, fix, ..record }
    };
    let faults: Vec<FindingRecord> = faults_of(&judged.faults, claim).map(record).collect();
    if breaks_guide && faults.is_empty() {
        return vec![record_untold(claim)];
    }
    faults
}

fn record_fault(filed: &Filed<'_>, fault: &Fault) -> FindingRecord {
    let what = fault.to_string();
    let (what, fix) = what.split_once("; ").unwrap_or((what.as_str(), fault.kind.fix()));
    let segment = filed.interchange.set_segment(filed.set, fault.place.segment);
    let value = segment.map_or(&b""[..], |segment| segment.value_at(&fault.place));
    // A kind's own advice may be told more closely by its fault.
    let told = advice::fix(fault, value);
    let fix = if told == fault.kind.fix() { fix } else { told };
    FindingRecord {
        code: fault.kind.name().to_owned(),
        severity: Severity::Reject,
        place: fault.place,
        what: what.to_owned(),
        fix: fix.to_owned(),
        // The claim is rejected out of a set that the 999 accepted with errors.
        status: "A7:684".to_owned(),
        tables: Vec::new(),
        edit: None,
    }
}

/// Its faults lie behind so many others of its set that they are not told one by one.
fn record_untold(claim: &Claim<'_>) -> FindingRecord {
    FindingRecord {
        code: "faults-untold".to_owned(),
        severity: Severity::Reject,
        place: claim.place,
        what: "the claim breaks its guide; its set has too many faults to tell them all".to_owned(),
        fix: "mend those that are told, and send it again".to_owned(),
        status: "A7:684".to_owned(),
        tables: Vec::new(),
        edit: None,
    }
}

/// Claims that this one resembles, in this arrival or among what the store has; and the one that it
/// follows, when its office itself bills the payer after the first.
fn earlier_claims(
    intake: &Intake<'_>,
    claim: &Claim<'_>,
    likeness: &Likeness,
    seen: &SeenInSet,
) -> (Earlier, Option<ClaimId>) {
    let similar = intake.knowledge.similar(likeness);
    let kept = similar.in_words(&likeness.partner);
    let here = seen.earlier(claim, &likeness.looks, &intake.seen);
    // A claim that goes out says more than one of this file, which may be held as its double.
    let goes_out = |other: &Option<Other>| other.as_ref().is_some_and(Other::goes_out);
    let foremost =
        |kept: Option<Told<Whereabouts>>, here: Option<Told<Whereabouts>>, goes_out: bool| {
            if goes_out { kept.or(here) } else { here.or(kept) }
        };
    let earlier = Earlier {
        same_service: foremost(
            kept.same_service,
            here.same_service,
            goes_out(&similar.same_service),
        ),
        same_control_number: foremost(
            kept.same_control_number,
            here.same_control_number,
            goes_out(&similar.same_control_number),
        ),
        visits: kept.visits.into_iter().chain(here.visits).collect(),
        operations: kept.operations.into_iter().chain(here.operations).collect(),
        stays: kept.stays,
        original: kept.original,
    };
    (earlier, similar.follows)
}

impl ClaimVerdict {
    /// What the 277CA says of the claim.
    fn acknowledgment(&self) -> x214::ClaimVerdict {
        let is_accepted = self.event != Event::Refused;
        if is_accepted {
            let note = (self.event == Event::HeldBack)
                .then(|| "HELD FOR CORRECTION BEFORE IT IS SENT TO THE PAYER".to_owned());
            return x214::ClaimVerdict {
                is_accepted,
                status: vec!["A1:19:PR".to_owned()],
                lines: Vec::new(),
                trace: String::new(),
                note,
            };
        }
        let rejecting = self.findings.iter().filter(|one| one.severity == Severity::Reject);
        let mut status: Vec<String> = Vec::new();
        let mut lines: Vec<x214::LineVerdict> = Vec::new();
        let mut reasons: Vec<(&str, String)> = Vec::new();
        for finding in rejecting {
            let line = self.lines.iter().rfind(|&&(lx, _)| lx <= finding.place.segment);
            reasons.push((&finding.code, reason_told(finding, line.map(|&(_, number)| number))));
            let statuses = match line {
                None => &mut status,
                Some(&(_, number)) => statuses_of_line(&mut lines, number),
            };
            // What one finding says belongs together; said once is enough.
            if !statuses.contains(&finding.status) {
                statuses.push(finding.status.clone());
            }
        }
        if status.is_empty() {
            // The lines carry the reason.
            status.push("A3:247".to_owned());
        }
        x214::ClaimVerdict {
            is_accepted,
            status,
            lines,
            trace: String::new(),
            note: Some(note_of(&reasons)),
        }
    }
}

/// What a finding says, in the letters that every receiver takes. The messages of rules and of
/// faults hold codes, amounts and days, but nothing that names a patient.
fn reason_told(finding: &FindingRecord, line: Option<u32>) -> String {
    let line = line.filter(|_| !finding.what.contains("line "));
    let line = line.map(|number| format!(" (line {number})")).unwrap_or_default();
    // A colon parts the components of what we write.
    let what = finding.what.replace(": ", " - ");
    format!("{} {what}{line}", finding.code).to_ascii_uppercase()
}

/// STC12: the rule of each reason with its words, as far as there is room beside the rules of all.
fn note_of(reasons: &[(&str, String)]) -> String {
    let codes: usize = reasons.iter().map(|(code, _)| code.len() + BETWEEN.len()).sum();
    let mut room = NOTE_LEN_MAX.saturating_sub(codes);
    let mut told: Vec<&str> = Vec::new();
    for (code, reason) in reasons {
        let words = reason.len() - code.len();
        let said = if words <= room { reason.as_str() } else { code };
        if !told.contains(&said) {
            room = room.saturating_sub(said.len() - code.len());
            told.push(said);
        }
    }
    told.join(BETWEEN)
}

/// How much STC12 holds.
const NOTE_LEN_MAX: usize = 264;

/// What stands between the reasons in STC12.
const BETWEEN: &str = "; ";

fn statuses_of_line(lines: &mut Vec<x214::LineVerdict>, number: u32) -> &mut Vec<String> {
    let index = lines.iter().position(|line| line.number == number).unwrap_or_else(|| {
        lines.push(x214::LineVerdict { number, status: Vec::new() });
        lines.len() - 1
    });
    &mut lines[index].status
}

fn keep(
    intake: &Intake<'_>,
    filed: &Filed<'_>,
    claim: &Claim<'_>,
    verdict: ClaimVerdict,
) -> NewClaim {
    let Filed { claim: came, interchange, set, .. } = *filed;
    let owned = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let days = claim.service_days();
    NewClaim {
        arrival: intake.source.arrival,
        place: place_of(interchange, set, came, intake.source.content.clone()),
        follows: verdict.likeness.follows,
        partner: intake.terms.partner.clone(),
        set_number: owned(interchange.set_header(set).text(2)),
        batch_reference: owned(claim.batch.bytes()),
        batch_type: owned(claim.batch_type.bytes()),
        is_test: intake.is_test,
        patient_control_number: verdict.likeness.patient_control_number,
        payer_id: claim.payer.as_ref().map_or(String::new(), |payer| owned(payer.id.bytes())),
        payer: verdict.payer,
        billing_npi: owned(claim.billing.id.bytes()),
        charge: claim.charge(),
        frequency: owned(claim.frequency.bytes()),
        payer_control_number: claim.reference("F8").map_or(String::new(), |f8| owned(f8.bytes())),
        service_from: days.map(|days| days.from),
        service_to: days.map(|days| days.to),
        fingerprint: verdict.likeness.looks.fingerprint,
        patient: verdict.likeness.patient,
        line_count: claim.lines.len() as u32,
        visits: verdict.likeness.looks.visits,
        operations: verdict.likeness.looks.operations,
        stay: verdict.likeness.stay,
        event: verdict.event,
        findings: verdict.findings,
        edits: verdict.edits,
        work: verdict.work,
    }
}

fn report(intake: &mut Intake<'_>, claim: &Claim<'_>, verdict: &ClaimVerdict) {
    let held_for = verdict.work.as_ref().map(|work| work.what.clone()).unwrap_or_default();
    let words = match verdict.event {
        Event::Refused => "rejected; correct it and send it anew",
        Event::HeldBack => "held in the correction queue",
        // Its office did not send it, and reads of it here.
        _ if intake.source.follows.is_some() => "made for the next payer",
        _ if verdict.findings.is_empty() => return,
        _ => "accepted, with remarks",
    };
    intake.report.claim(3, claim, words);
    if verdict.findings.is_empty() && !held_for.is_empty() {
        intake.report.line(4, &held_for);
    }
    for finding in &verdict.findings {
        intake.report.finding(4, finding);
    }
}

#[derive(Default)]
struct SetTally {
    ready: Sum,
    held: Sum,
    rejected: Sum,
    charges_mended: u64,
    charge_mended: Money,
}

impl SetTally {
    fn count(&mut self, claim: &Claim<'_>, event: Event) {
        let sum = match event {
            Event::Refused => &mut self.rejected,
            Event::HeldBack => &mut self.held,
            _ => &mut self.ready,
        };
        sum.claims += 1;
        match claim.total_charge.money() {
            Some(charge) => sum.charge += charge,
            None => sum.unsummed += 1,
        }
    }

    /// Takes note of a charge that can be summed only as it was mended.
    fn count_mended(&mut self, came: &Claim<'_>, read: &Claim<'_>) {
        if came.total_charge.money().is_none()
            && let Some(charge) = read.total_charge.money()
        {
            self.charges_mended += 1;
            self.charge_mended += charge;
        }
    }

    fn report(&self, intake: &mut Intake<'_>) {
        intake.tally.charges_mended += self.charges_mended;
        intake.tally.charge_mended += self.charge_mended;
        let parts = [("ready", self.ready), ("held", self.held), ("rejected", self.rejected)];
        for (label, sum) in parts {
            intake.report.tally(3, label, &sum);
            intake.tally.claims += sum.claims;
            intake.tally.charge += sum.charge;
        }
        intake.tally.ready += self.ready.claims;
        intake.tally.held += self.held.claims;
        intake.tally.rejected += self.rejected.claims;
    }
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;

    use super::*;

    fn told(findings: &[(&'static str, &str)]) -> String {
        let mut reasons = Vec::new();
        for &(code, what) in findings {
            let finding = FindingRecord {
                code: code.to_owned(),
                severity: Severity::Reject,
                place: Place::default(),
                what: what.to_owned(),
                fix: String::new(),
                status: String::new(),
                tables: Vec::new(),
                edit: None,
            };
            reasons.push((code, reason_told(&finding, Some(2))));
        }
        note_of(&reasons)
    }

    #[test]
    fn tells_each_rule_and_its_words_while_there_is_room() {
        assert_eq!(told(&[("CG-A-01", "N403 is empty")]), "CG-A-01 N403 IS EMPTY (LINE 2)");
        let twice = [("CG-A-01", "line 1 has 0 units"), ("CG-A-01", "line 1 has 0 units")];
        assert_eq!(told(&twice), "CG-A-01 LINE 1 HAS 0 UNITS");
        let long = "x".repeat(120);
        let all = told(&[("CG-A-01", &long), ("CG-A-02", &long), ("CG-A-03", "line 1: short")]);
        let expected =
            format!("CG-A-01 {} (LINE 2); CG-A-02; CG-A-03 LINE 1 - SHORT", "X".repeat(120));
        assert_eq!(all, expected);
        let many: Vec<(&str, &str)> =
            vec![("CG-A-01", &long), ("CG-A-02", &long), ("CG-A-03", &long)];
        assert!(told(&many).len() <= NOTE_LEN_MAX);
    }
}
