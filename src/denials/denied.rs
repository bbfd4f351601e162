//! A claim that a remittance denied: its desk, its deadline, what happened and what to do.

use x12::fault::Place;
use x12::value::{Day, Money};

use super::Category;
use super::reasons::{Class, group_meaning, is_next_payers_alone, is_next_payers_reason};
use super::remarks::Remark;
use super::route::{Limits, Subject, resend_advice};
use super::ruling::{Appeal, Ruling, remarks_of, ruling};
use super::scenario::{Core, Scenario, core_of};
use super::table::{Asked, Table};
use crate::change::cases::Alike;
use crate::change::{ClaimId, NewWork, Resend};
use crate::code_sets::library::Library;

/// One adjustment of a service, or of a claim, that was not paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The line as we sent it, if it is one and we know it.
    pub line: Option<u32>,
    /// CAS01.
    pub group: String,
    /// The reason code.
    pub reason: String,
    pub amount: Money,
    /// The procedure of the service as it was submitted, without modifiers; empty for a claim.
    pub procedure: String,
    /// Remark codes of the service, or of the claim.
    pub remarks: Vec<String>,
    pub place: Place,
}

/// A claim that a remittance denied, wholly or in part.
#[derive(Clone, Debug)]
pub struct Denial {
    pub parts: Vec<Denied>,
    /// CLP02 is 4: the payer does not know the patient.
    pub is_patient_unknown: bool,
    /// The day of the remittance.
    pub decided_on: Day,
    /// The last day of service.
    pub service_to: Option<Day>,
    /// Who rendered it, or else who billed it, by NPI.
    pub provider: String,
    /// The payer that the one that denied it passed the claim on to; empty where it does not say to whom.
    pub passed_on_to: Option<String>,
    /// Whether the claim names a payer after the one that denied it.
    pub names_next_payer: bool,
    /// Another payer that comes first, as the one that denied it names it (NM1*PR); empty where it names none.
    pub first_payer: String,
}

/// By what a denial is routed.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    pub table: &'a Table,
    /// The payer by its name in the settings; empty when it is not known.
    pub payer: &'a str,
    pub limits: &'a Limits,
    /// Where the tables of CORE 360 are, if they are at hand.
    pub codes: Option<&'a Library>,
}

impl By<'_> {
    /// Where CORE 360 puts a part of a denial.
    pub fn core(&self, part: &Denied) -> Core {
        let asked = self.asked(part);
        let topic = self.table.topic(&asked);
        let none = || Core { scenario: Scenario::of_topic(topic), ..Core::default() };
        self.codes.map_or_else(none, |codes| core_of(codes, &asked, topic))
    }

    fn asked<'p>(&'p self, part: &'p Denied) -> Asked<'p> {
        let Denied { group, reason, remarks, .. } = part;
        Asked { payer: self.payer, group, reason, remarks }
    }
}

/// Work for a claim that was denied; `None` when nothing in it is a denial.
pub fn denied(subject: &Subject, denial: &Denial, by: &By<'_>) -> Option<NewWork> {
    let mut parts: Vec<&Denied> = denial.parts.iter().collect();
    parts.retain(|part| by.table.class(&by.asked(part)) == Class::Denial);
    // What costs most comes first, and leads.
    parts.sort_by_key(|part| std::cmp::Reverse(part.amount.abs()));
    if parts.is_empty() && !denial.is_patient_unknown {
        return None;
    }
    let remarks = remarks_of(parts.iter().flat_map(|part| &part.remarks));
    let asked = match parts.first() {
        Some(leading) => by.asked(leading),
        None => Asked { payer: by.payer, ..Asked::default() },
    };
    let ruling = ruling(by.table, &asked, &remarks, by.limits);

    let mut steps = vec![first_step(denial, &asked, &ruling)];
    steps.extend(goes_on(denial, &parts, &ruling));
    steps.extend(ruling.resend.map(|resend| resend_advice(resend == Resend::Original).to_owned()));
    match ruling.appeal {
        Appeal::MayWin => {
            let days = ruling.limits.appeal_days;
            steps.push(format!("an appeal must leave within {days} days"));
        }
        Appeal::Forbidden => steps.push("no appeal is possible".to_owned()),
        Appeal::Unlikely => {}
    }
    let (deadline, is_too_late) = deadline(denial, &ruling);
    if let Some(passed) = is_too_late {
        steps.push(format!("the payer's limit for such a claim passed on {passed}"));
    }
    let mut what = format!("{}: {}", ruling.topic.name(), described(&parts, &remarks, by));
    if denial.is_patient_unknown {
        what.push_str("; the payer does not know the patient (CLP02 4)");
    }
    if !denial.first_payer.is_empty() {
        what.push_str(&format!(
            "; it names the payer that comes first: {} (NM1*PR)",
            denial.first_payer
        ));
    }
    let mut evidence = evidence(&parts, subject.place);
    if !ruling.by_office.is_empty() {
        evidence.push_str(&format!(", {}", told_by_office(&ruling.by_office)));
    }
    Some(NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::Denied,
        desk: ruling.desk,
        what,
        action: steps.join("; "),
        evidence,
        deadline,
        amount: subject.amount,
        resend: ruling.resend,
        remitted: Some(subject.place),
        lines: Vec::new(),
        clps: Vec::new(),
        alike: alike(parts.first().copied(), denial, by),
    })
}

/// What to do about a denial by a payer after the one that the claim went to: it goes out to that payer.
pub fn action_of_later(
    action: &str,
    payer: &str,
    (claim, made): (ClaimId, Option<ClaimId>),
) -> String {
    let said = format!("{payer} denied it, and not the payer that the claim went to");
    let sends = sends_to_later(payer, claim, made);
    let advice = [true, false].map(resend_advice);
    match advice.into_iter().find(|advice| action.contains(advice)) {
        Some(advice) => action.replace(advice, &format!("{said}; {sends}")),
        None => format!("{action}; {said}"),
    }
}

/// How it goes there: by a claim that was made for that payer, where there is one.
pub fn sends_to_later(payer: &str, claim: ClaimId, made: Option<ClaimId>) -> String {
    match made {
        Some(ClaimId(made)) => format!(
            "claim {made} was made for {payer}: `claimgate queue open {made}` opens an item by which that is released"
        ),
        None => format!("`claimgate queue bill-next {}` sends it to {payer} once more", claim.0),
    }
}

/// What is done first. What nobody but the next payer can settle waits for it, where it has the claim.
fn first_step(denial: &Denial, asked: &Asked<'_>, ruling: &Ruling) -> String {
    let is_by_office = ruling.by_office.iter().any(|(key, _)| *key == "action");
    let waits =
        ruling.resend.is_none() && is_next_payers_alone(asked.group, asked.reason) && !is_by_office;
    match denial.passed_on_to.as_deref().filter(|_| waits) {
        None => ruling.action.clone(),
        Some("") => "wait for the next payer: the payer passed the claim on by itself".to_owned(),
        Some(to) => format!("wait for {to}: the payer passed the claim on to it by itself"),
    }
}

/// How the claim goes on to its next payer. What nobody can correct goes on by itself.
fn goes_on(denial: &Denial, parts: &[&Denied], ruling: &Ruling) -> Option<String> {
    let mut of_parts = parts.iter().map(|part| is_next_payers_reason(&part.reason));
    let waits = denial.names_next_payer && denial.passed_on_to.is_none();
    (waits && ruling.resend.is_some() && of_parts.any(|is_its| is_its)).then(|| GOES_ON.to_owned())
}

const GOES_ON: &str = "where that is for the next payer that the claim names, `claimgate queue resolve --keep-claim` \
                       sends it on to that one (without --keep-claim the claim is closed)";

/// What it has in common with others: that of the part that leads.
fn alike(leading: Option<&Denied>, denial: &Denial, by: &By<'_>) -> Alike {
    let (payer, provider) = (by.payer.to_owned(), denial.provider.clone());
    let Some(part) = leading else { return Alike { payer, provider, ..Alike::default() } };
    Alike {
        payer,
        group: part.group.clone(),
        reason: part.reason.clone(),
        remarks: Alike::remarks_of(&part.remarks),
        procedure: part.procedure.clone(),
        provider,
        rule: String::new(),
        core: by.core(part),
    }
}

/// The last day on which something may still be done, if anything may, and the day on which it was too late to
/// send the claim again, if it was when the payer decided.
fn deadline(denial: &Denial, ruling: &Ruling) -> (Option<Day>, Option<Day>) {
    let (sending, appeal) = ruling.days();
    let sending = denial.service_to.zip(sending).map(|(day, days)| day.plus_days(days));
    let passed = sending.filter(|&day| day < denial.decided_on);
    // Of a claim whose days are not known something may be done as long as an appeal may leave.
    let is_unknown = ruling.resend.is_some() && sending.is_none();
    let appeal = appeal.or(is_unknown.then_some(ruling.limits.appeal_days));
    let appeal = appeal.map(|days| denial.decided_on.plus_days(days));
    let sending = match ruling.appeal {
        Appeal::MayWin => sending.filter(|_| passed.is_none()),
        Appeal::Unlikely | Appeal::Forbidden => sending,
    };
    (sending.into_iter().chain(appeal).min(), passed)
}

/// `desk and action by denials.toml line 12`.
pub fn told_by_office(said: &[(&'static str, String)]) -> String {
    let mut places: Vec<&str> = said.iter().map(|(_, place)| place.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    let of = |place: &str| -> Vec<&str> {
        said.iter().filter(|(_, by)| by == place).map(|(key, _)| *key).collect()
    };
    let told = places.iter().map(|place| format!("{} by {place}", of(place).join(", ")));
    told.collect::<Vec<_>>().join("; ")
}

/// Codes told in full; the rest of a long claim stands in the remittance.
const PARTS_TOLD_MAX: usize = 8;

fn described(parts: &[&Denied], remarks: &[&'static Remark], by: &By<'_>) -> String {
    let mut told: Vec<String> = Vec::new();
    for part in parts.iter().take(PARTS_TOLD_MAX) {
        let of = part.line.map(|line| format!(" of line {line}")).unwrap_or_default();
        let Denied { group, reason: code, amount, .. } = part;
        let (meaning, bearer) =
            (by.table.meaning(&by.asked(part)).to_owned(), group_meaning(group));
        told.push(format!("{amount}{of} denied with {group}-{code}, {meaning} ({bearer})"));
    }
    if parts.len() > PARTS_TOLD_MAX {
        told.push(format!("and {} more", parts.len() - PARTS_TOLD_MAX));
    }
    if parts.is_empty() {
        told.push("the claim is denied".to_owned());
    }
    for remark in remarks {
        told.push(remark.told(parts.iter().flat_map(|part| &part.remarks)));
    }
    told.join("; ")
}

fn evidence(parts: &[&Denied], place: Place) -> String {
    let mut told = vec![format!("CLP at segment {}", place.segment)];
    for part in parts.iter().take(PARTS_TOLD_MAX) {
        let Denied { group, reason, amount, place, remarks, .. } = part;
        let mut text = format!("{group}-{reason} {amount} at segment {}", place.segment);
        if !remarks.is_empty() {
            text.push_str(&format!(" with {}", remarks.join(" ")));
        }
        told.push(text);
    }
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::table::{BUILT_IN, OfficeRow};
    use super::super::testing::{LIMITS, day, subject};
    use super::*;

    const OURS: By<'static> = By { table: &BUILT_IN, payer: "acme", limits: &LIMITS, codes: None };

    fn part(group: &str, reason: &str, cents: i64, remarks: &[&str]) -> Denied {
        Denied {
            line: Some(2),
            group: group.to_owned(),
            reason: reason.to_owned(),
            amount: Money::from_cents(cents),
            procedure: "99213".to_owned(),
            remarks: remarks.iter().map(|&remark| remark.to_owned()).collect(),
            place: Place::default(),
        }
    }

    fn denial(parts: Vec<Denied>) -> Denial {
        Denial {
            parts,
            is_patient_unknown: false,
            decided_on: day("2026-10-30"),
            service_to: Some(day("2026-10-06")),
            provider: "1234567893".to_owned(),
            passed_on_to: None,
            names_next_payer: false,
            first_payer: String::new(),
        }
    }

    fn work(parts: Vec<Denied>) -> Option<NewWork> {
        denied(&subject(), &denial(parts), &OURS)
    }

    #[test]
    fn what_is_expected_is_no_work() {
        assert!(work(vec![part("CO", "45", 4000, &[]), part("PR", "1", 1000, &[])]).is_none());
        assert!(work(Vec::new()).is_none());
    }

    #[test]
    fn names_code_meaning_and_resending() {
        let work = work(vec![part("CO", "4", 4000, &[])]).expect("work");
        assert_eq!(work.desk, "coding");
        assert!(
            work.what.contains("40.00 of line 2 denied with CO-4, a modifier"),
            "{}",
            work.what
        );
        assert!(work.action.contains("replacement (CLM05-3 7"), "{}", work.action);
        assert_eq!(work.resend, Some(Resend::Replacement));
        assert_eq!(work.deadline, Some(day("2026-12-29")));
    }

    #[test]
    fn counts_what_is_sent_again_from_the_service_and_appeals_from_the_decision() {
        // Corrected within so many days, CO and the reason, its remarks: until when, and whether that was
        // over when the payer decided.
        let cases: [(u32, &str, &[&str], &str, bool); 6] = [
            (90, "4", &[], "2026-12-29", false),
            (60, "4", &[], "2026-12-05", false),
            (20, "4", &[], "2026-10-26", true),
            // An appeal may still be won.
            (20, "197", &[], "2026-12-29", true),
            // Nothing can be corrected.
            (20, "29", &[], "2026-12-29", false),
            // Filed for the first time, and no appeal is possible.
            (20, "16", &["MA130"], "2027-10-06", false),
        ];
        for (corrected_days, reason, remarks, until, is_too_late) in cases {
            let limits = Limits { corrected_days, ..LIMITS };
            let by = By { limits: &limits, ..OURS };
            let parts = denial(vec![part("CO", reason, 4000, remarks)]);
            let work = denied(&subject(), &parts, &by).expect("work");
            assert_eq!(work.deadline, Some(day(until)), "{reason} {corrected_days}");
            assert_eq!(work.action.contains("passed on"), is_too_late, "{}", work.action);
        }
    }

    #[test]
    fn what_can_be_neither_corrected_nor_appealed_has_no_deadline() {
        let hopeless = |is_appealable| OfficeRow {
            reason: Some("197".to_owned()),
            is_correctable: Some(false),
            is_appealable: Some(is_appealable),
            ..OfficeRow::default()
        };
        for (is_appealable, until) in [(false, None), (true, Some(day("2026-12-29")))] {
            let table = Table::new(vec![hopeless(is_appealable)]);
            let by = By { table: &table, ..OURS };
            let parts = denial(vec![part("CO", "197", 4000, &[])]);
            let work = denied(&subject(), &parts, &by).expect("work");
            assert_eq!(work.deadline, until);
        }
    }

    #[test]
    fn the_largest_amount_leads() {
        let parts = vec![part("CO", "4", 100, &[]), part("CO", "197", 4000, &[])];
        assert_eq!(work(parts).expect("work").desk, "authorizations");
    }

    #[test]
    fn remarks_sharpen_desk_and_action() {
        // What says which field is wrong goes before what only says who acts.
        for remarks in [&["N290"][..], &["N130", "N290"]] {
            let work = work(vec![part("CO", "16", 4000, remarks)]).expect("work");
            assert_eq!(work.desk, "credentialing");
            assert!(work.action.starts_with("correct the NPI in NM1*82"), "{}", work.action);
        }
        // Who has to act is all that it says: whether a claim can be corrected is for the reason to say.
        let late = work(vec![part("CO", "29", 4000, &["N688"])]).expect("work");
        assert_eq!((late.desk.as_str(), late.resend), ("authorizations", None));
    }

    #[test]
    fn what_cannot_be_appealed_is_not_told_to_be() {
        let of = |reason: &str, remarks: &[&str]| {
            work(vec![part("CO", reason, 4000, remarks)]).expect("work").action
        };
        assert!(of("29", &[]).starts_with("appeal with the acknowledgments"));
        let left = "write it off, or bill the patient where the group code allows it; no appeal is possible";
        assert_eq!(of("29", &["N211"]), left);
        // What else may be done stays.
        let left = of("11", &["N211"]);
        assert!(left.starts_with("check the") && left.matches("appeal").count() == 1, "{left}");
    }

    #[test]
    fn an_unprocessable_claim_is_sent_anew() {
        let work = work(vec![part("CO", "16", 4000, &["MA130", "M77"])]).expect("work");
        assert!(work.action.contains("new claim (CLM05-3 1)"), "{}", work.action);
        assert_eq!(work.resend, Some(Resend::Original));
        assert!(work.action.contains("no appeal is possible"), "{}", work.action);
        assert_eq!(work.deadline, Some(day("2027-10-06")));
    }

    #[test]
    fn what_was_passed_on_is_not_billed_once_more() {
        let action = |group, reason, to: Option<&str>| {
            let parts = vec![part(group, reason, 4000, &[])];
            let denial = Denial { passed_on_to: to.map(str::to_owned), ..denial(parts) };
            denied(&subject(), &denial, &OURS).expect("work").action
        };
        assert!(action("OA", "209", None).starts_with("bill the next payer"));
        for (to, waits) in [
            ("BETA PLAN", "wait for BETA PLAN: the payer passed the claim on to it by itself"),
            ("", "wait for the next payer: the payer passed the claim on by itself"),
        ] {
            assert_eq!(action("OA", "209", Some(to)), waits);
            // What may be corrected, what is the patient's, and what stays with its payer.
            for (group, reason) in [("CO", "27"), ("PR", "204"), ("CO", "50"), ("OA", "215")] {
                let as_ever = action(group, reason, None);
                assert_eq!(action(group, reason, Some(to)), as_ever, "{group}-{reason}");
            }
        }
    }

    #[test]
    fn what_may_be_the_next_payers_says_how_it_goes_on() {
        let parts = |codes: &[(&str, &str)]| -> Vec<Denied> {
            codes.iter().map(|(group, reason)| part(group, reason, 4000, &[])).collect()
        };
        let named = |parts| Denial { names_next_payer: true, ..denial(parts) };
        for (codes, says) in [
            (&[("CO", "27")][..], true),
            (&[("OA", "109")], true),
            (&[("CO", "50"), ("CO", "22")], true),
            (&[("PR", "27")], true),
            // What is its payer's alone, and what goes on by itself.
            (&[("CO", "50")], false),
            (&[("OA", "209")], false),
        ] {
            let action = |denial: &Denial| denied(&subject(), denial, &OURS).expect("work").action;
            assert_eq!(action(&named(parts(codes))).contains(GOES_ON), says, "{codes:?}");
            let to = Some("BETA PLAN".to_owned());
            let passed_on = Denial { passed_on_to: to, ..named(parts(codes)) };
            for other in [denial(parts(codes)), passed_on] {
                assert!(!action(&other).contains(GOES_ON), "{codes:?}");
            }
        }
    }

    #[test]
    fn a_code_that_we_do_not_know_is_billings() {
        let work = work(vec![part("CO", "999", 4000, &[])]).expect("work");
        assert_eq!(work.desk, "billing");
        assert!(work.what.contains("not in our list"), "{}", work.what);
    }

    #[test]
    fn an_unknown_patient_goes_to_registration() {
        let denial = Denial { is_patient_unknown: true, ..denial(Vec::new()) };
        let work = denied(&subject(), &denial, &OURS).expect("work");
        assert_eq!(work.desk, "registration");
        assert!(work.action.contains("replacement"), "{}", work.action);
    }

    #[test]
    fn rows_of_the_office_go_before_ours_and_are_told() {
        let row = OfficeRow {
            payer: Some("acme".to_owned()),
            reason: Some("97".to_owned()),
            desk: Some("night shift".to_owned()),
            action: Some("call the payer".to_owned()),
            is_correctable: Some(false),
            appeal_days: Some(30),
            meaning: Some("bundled, as this payer has it".to_owned()),
            place: "denials.toml line 4".to_owned(),
            ..OfficeRow::default()
        };
        let table = Table::new(vec![row]);
        let by = By { table: &table, ..OURS };
        let parts = || denial(vec![part("CO", "97", 4000, &[])]);
        let work = denied(&subject(), &parts(), &by).expect("work");
        assert_eq!((work.desk.as_str(), work.resend), ("night shift", None));
        assert_eq!(work.action, "call the payer; an appeal must leave within 30 days");
        assert_eq!(work.deadline, Some(day("2026-11-29")));
        assert!(work.what.contains("CO-97, bundled, as this payer has it"), "{}", work.what);
        let told = "desk, action, correctable, appeal_days by denials.toml line 4";
        assert!(work.evidence.ends_with(told), "{}", work.evidence);
        let other = By { payer: "other", ..by };
        assert_eq!(denied(&subject(), &parts(), &other).expect("work").desk, "coding");
    }

    #[test]
    fn an_office_says_what_is_a_denial() {
        let row = |reason: &str, class| OfficeRow {
            reason: Some(reason.to_owned()),
            class: Some(class),
            ..OfficeRow::default()
        };
        let table = Table::new(vec![row("24", Class::Denial), row("97", Class::Expected)]);
        let by = By { table: &table, ..OURS };
        let of = |reason| denied(&subject(), &denial(vec![part("CO", reason, 4000, &[])]), &by);
        assert!(of("24").is_some() && of("97").is_none());
    }
}
