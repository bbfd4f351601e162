//! Trouble to work: the desk, the deadline, what happened and what to do, in plain words.

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};

use super::Category;
use super::denied::told_by_office;
use super::discrepancy::{GIVE_BACK, OVERPAYMENT_DAYS};
use super::reasons::Desk;
use super::statuses;
use super::table::{RejectionRow, Returned, Table};
use crate::change::cases::{Alike, NOT_BOOKED, PASSED_ON};
use crate::change::{ArrivalId, ClaimId, NewWork, Resend};
use crate::harmless;

/// How many days a payer gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// For a corrected claim, from the last day of service.
    pub corrected_days: u32,
    /// For an appeal, from the day of the remittance.
    pub appeal_days: u32,
    /// For the first filing of a claim, from the last day of service.
    pub filing_days: u32,
    /// To report and return what was overpaid, from the day on which that was found; 0 for what the law says.
    pub overpayment_days: u32,
}

impl Limits {
    /// The last day for a first filing.
    pub fn filing(&self, service_to: Day) -> Day {
        service_to.plus_days(self.filing_days)
    }

    /// The last day for a corrected claim, as a payer's rule `filing-limit-passed` counts it.
    pub fn correction(&self, service_to: Day) -> Day {
        service_to.plus_days(self.corrected_days)
    }

    /// The last day to report and return an overpayment, by the kind of the plan (CLP06 or SBR09): Medicare and
    /// Medicaid take one that is kept longer for a false claim (42 U.S.C. 1320a-7k(d), 42 CFR 401.305). Of
    /// others the contract says; `None` where nobody told us.
    pub fn giving_back(&self, plan: &str, found_on: Day) -> Option<Day> {
        let days = match self.overpayment_days {
            0 if PUBLIC_PLANS.contains(&plan) => OVERPAYMENT_DAYS,
            0 => return None,
            told => told,
        };
        Some(found_on.plus_days(days))
    }

    /// The last day for an appeal.
    pub fn appeal(&self, decided_on: Day) -> Day {
        decided_on.plus_days(self.appeal_days)
    }
}

/// Medicare's parts A and B, its risk plans, and Medicaid.
const PUBLIC_PLANS: [&str; 4] = ["MA", "MB", "16", "MC"];

/// What an item of the queue is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub claim: Option<ClaimId>,
    pub arrival: ArrivalId,
    /// The money at stake.
    pub amount: Money,
    /// The segment that tells the trouble.
    pub place: Place,
    /// The payer, by its name in the settings; empty when it is not known.
    pub payer: String,
    /// What a person finds the file and the claim by when we cannot name the claim.
    pub names: Phi<String>,
}

/// The file that an item comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The name it came under, which may be a patient's.
    pub file: Phi<&'a str>,
    pub arrival: ArrivalId,
    pub sender: Sender<'a>,
}

/// Who sent a file: offices and payers by their names in the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender<'a> {
    Payer(&'a str),
    Office(&'a str),
    Bank,
    /// Whoever sends by a channel that the settings do not have.
    Channel(&'a str),
}

impl Origin<'_> {
    /// `0412.x12 (arrival 7), payer acme`.
    pub fn told(&self) -> String {
        let ArrivalId(arrival) = self.arrival;
        let sender = match self.sender {
            Sender::Payer(name) => format!("payer {name}"),
            Sender::Office(name) => format!("office {name}"),
            Sender::Bank => "the bank".to_owned(),
            Sender::Channel(name) => format!("channel {name}"),
        };
        format!("{} (arrival {arrival}), {sender}", shown(self.file.expose()))
    }

    /// Work for the operator: what came, and what to do about it.
    fn work(&self, (category, what): (Category, String), action: &str) -> NewWork {
        let payer = match self.sender {
            Sender::Payer(name) => name.to_owned(),
            Sender::Office(_) | Sender::Bank | Sender::Channel(_) => String::new(),
        };
        NewWork {
            claim: None,
            arrival: Some(self.arrival),
            category,
            desk: "operator".to_owned(),
            what,
            action: action.to_owned(),
            evidence: self.told(),
            deadline: None,
            amount: Money::ZERO,
            resend: None,
            remitted: None,
            lines: Vec::new(),
            clps: Vec::new(),
            alike: Alike { payer, ..Alike::default() },
        }
    }
}

/// A value of a payer's file as the queue may show it: what would move a terminal's cursor or turn a line is
/// gone, and so is the rest of what is too long for a number or a name.
pub fn shown(text: &str) -> String {
    let visible = |letter: char| if letter.is_control() { '?' } else { harmless::sign(letter) };
    text.trim().chars().map(visible).take(SHOWN_CHARACTERS_MAX).collect()
}

/// The longest number in the guides has 50 characters; names of files are longer.
const SHOWN_CHARACTERS_MAX: usize = 80;

/// By what a rejection is routed.
#[derive(Clone, Copy, Debug)]
pub struct Returning<'a> {
    pub table: &'a Table,
    /// The payer by its name in the settings.
    pub payer: &'a str,
    pub limits: &'a Limits,
}

/// Asks the office's rows of a rejection, and notes which of them answered.
struct Office<'a> {
    by: Returning<'a>,
    answer: &'a str,
    said: Vec<(&'static str, String)>,
}

impl<'a> Office<'a> {
    /// What the rows say of the first code, with whom it is about, that they say it of.
    fn says<T>(
        &mut self,
        key: &'static str,
        codes: &[(&str, &str)],
        of: impl Fn(&'a RejectionRow) -> Option<T>,
    ) -> Option<T> {
        let Returning { table, payer, .. } = self.by;
        let asked = |&(code, entity)| Returned { payer, answer: self.answer, code, entity };
        let mut found = codes.iter().filter_map(|code| table.said_of_returned(&asked(code), &of));
        let (value, place) = found.next()?;
        if !self.said.iter().any(|(said, by)| *said == key && by == place) {
            self.said.push((key, place.to_owned()));
        }
        Some(value)
    }

    /// Until when the claim may be sent again.
    fn deadline(&mut self, codes: &[(&str, &str)], service_to: Option<Day>) -> Option<Day> {
        let days = self.says("filing_days", codes, |row| row.filing_days);
        let filing_days = days.unwrap_or(self.by.limits.filing_days);
        service_to.map(|day| Limits { filing_days, ..*self.by.limits }.filing(day))
    }

    fn evidence(&self, evidence: String) -> String {
        match self.said.is_empty() {
            true => evidence,
            false => format!("{evidence}, {}", told_by_office(&self.said)),
        }
    }
}

/// Work for a claim whose interchange or set a payer's TA1 or 999 rejected. `answer` is `TA1` or
/// `999`; `codes` are its error codes with their places, and `notes` those of a TA1.
pub fn set_rejected(
    subject: &Subject,
    (answer, codes, notes): (&str, &str, &[String]),
    service_to: Option<Day>,
    by: Returning<'_>,
) -> NewWork {
    let mut asked: Vec<(&str, &str)> = notes.iter().map(|note| (note.as_str(), "")).collect();
    if asked.is_empty() {
        asked.push(("", ""));
    }
    let mut office = Office { by, answer, said: Vec::new() };
    let desk = office.says("desk", &asked, |row| row.desk.clone());
    let meaning = office.says("meaning", &asked, |row| row.meaning.as_deref());
    let meaning = meaning.map(|meaning| format!("; {meaning}")).unwrap_or_default();
    let action = office.says("action", &asked, |row| row.action.clone());
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::SetRejected,
        desk: desk.unwrap_or_else(|| Desk::Billers.name().to_owned()),
        what: format!(
            "the payer's {answer} rejected what the claim was sent in, so the claim was never \
             processed: {codes}{meaning}"
        ),
        action: action.unwrap_or_else(|| {
            "correct what the codes name, then release the claim as it was (CLM05-3 1); if the \
             claim itself is right, ask the payer what its gateway wants"
                .to_owned()
        }),
        deadline: office.deadline(&asked, service_to),
        evidence: office
            .evidence(format!("{answer} {codes}, at segment {}", subject.place.segment)),
        amount: subject.amount,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike::default(),
    }
}

/// The status beside one that needs another.
const SAYS_NO_MORE: &str = "0";

/// Work for a claim that a payer's 277CA rejected. `statuses` are composites of STC in the form
/// `category:status[:entity]`, joined with `+`.
pub fn claim_rejected(
    subject: &Subject,
    statuses: &str,
    service_to: Option<Day>,
    by: Returning<'_>,
) -> NewWork {
    let mut told = Vec::new();
    let mut steps: Vec<String> = Vec::new();
    let mut desk = None;
    let mut asked = Vec::new();
    let mut office = Office { by, answer: "277CA", said: Vec::new() };
    for composite in statuses.split('+').filter(|composite| !composite.is_empty()) {
        let mut parts = composite.split(':');
        let mut part = || parts.next().unwrap_or_default();
        let (category, code, entity) = (part(), part(), part());
        let of = statuses::entity_name(entity).map(|name| format!(" of {name}"));
        let of = of.unwrap_or_default();
        let known = statuses::status(code);
        let meaning = known.map_or("a status that is not in our list", |status| status.meaning);
        let own = [(code, entity)];
        let meaning = office.says("meaning", &own, |row| row.meaning.as_deref()).unwrap_or(meaning);
        let category = statuses::category_meaning(category);
        told.push(format!("{composite}: {category}; {meaning}{of}"));
        let action = office.says("action", &own, |row| row.action.clone());
        let action = action.or(known
            .filter(|_| code != SAYS_NO_MORE)
            .map(|status| format!("{}{of}", status.action)));
        steps.extend(action.filter(|step| !steps.contains(step)));
        // 21 and 122 only say that another code follows, and 0 that none does.
        if let Some(status) = known.filter(|_| !matches!(code, SAYS_NO_MORE | "21" | "122")) {
            desk.get_or_insert(status.desk);
        }
        asked.push((code, entity));
    }
    if steps.is_empty() {
        let silent = asked.iter().find(|(code, _)| *code == SAYS_NO_MORE);
        let silent = silent.and_then(|(code, _)| statuses::status(code));
        let unknown = "read the status in the payer's list and correct the claim";
        steps.push(silent.map_or(unknown, |status| status.action).to_owned());
    }
    steps.push("release it as it was (CLM05-3 1), for the payer never processed it".to_owned());
    let desk = desk.unwrap_or(Desk::Billers).name();
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::ClaimRejected,
        desk: office.says("desk", &asked, |row| row.desk.clone()).unwrap_or(desk.to_owned()),
        what: format!("the payer's 277CA rejected the claim: {}", told.join("; ")),
        action: steps.join("; "),
        deadline: office.deadline(&asked, service_to),
        evidence: office.evidence(format!("STC {statuses} at segment {}", subject.place.segment)),
        amount: subject.amount,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike::default(),
    }
}

pub(super) fn resend_advice(wants_new_claim: bool) -> &'static str {
    if wants_new_claim {
        "release it as a new claim (CLM05-3 1), for the payer never processed this one"
    } else {
        REPLACE
    }
}

const REPLACE: &str = "release it as a replacement (CLM05-3 7 with the payer's number in REF*F8)";

/// What an item says to do, when the claim goes out in another way than was said, for its payer takes no
/// replacements.
pub fn action_as_taken(action: &str, taken: Resend) -> String {
    let instead = match taken {
        Resend::VoidAndNew => {
            "release it: a void goes out (CLM05-3 8 with the payer's number in REF*F8), and once the payer \
             has taken that a new claim, for this payer takes no replacements"
        }
        Resend::Original => {
            "release it as a new claim (CLM05-3 1), for this payer takes no replacements"
        }
        Resend::Replacement | Resend::Void => return action.to_owned(),
    };
    action.replace(REPLACE, instead)
}

/// What an item says to do, when the claim's payer is Medicare Part B and takes first claims alone.
pub fn action_as_reopened(action: &str, item: i64) -> String {
    let reopen =
        "have the contractor reopen the claim (clerical errors, by its portal or telephone)";
    let why = "Medicare Part B takes no replacement and no void";
    if action.contains(GIVE_BACK) {
        let instead = format!(
            "{reopen}, or send the money back with its form for overpayments, which `claimgate bank refund` books: {why}"
        );
        return action.replace(GIVE_BACK, &instead);
    }
    let instead = format!("{reopen}, or appeal (`claimgate appeal {item}`): {why}");
    match action.contains(REPLACE) {
        true => action.replace(REPLACE, &instead),
        false => format!("{action}; {instead}"),
    }
}

/// Work for a claim that one payer passed on to another, by their names, when that one does not answer.
/// `amount` is what the first left to the patient, or denied as another payer's to pay.
pub fn passed_on_and_unheard(
    (claim, amount): (ClaimId, Money),
    (payer, to): (&str, &str),
    days: i64,
) -> NewWork {
    let ClaimId(id) = claim;
    NewWork {
        claim: Some(claim),
        arrival: None,
        category: Category::NextPayer,
        desk: Desk::Billers.name().to_owned(),
        what: format!(
            "{payer} passed the claim on to {to} by itself, and in {days} days nobody decided on it"
        ),
        action: format!(
            "ask {to} for its remittance; where the claim never came there, `claimgate queue bill-next {id}` bills \
             it; where nobody else pays, `claimgate queue give-up {id}`, and the patient is asked"
        ),
        evidence: String::new(),
        deadline: None,
        amount,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike { rule: PASSED_ON.to_owned(), ..Alike::default() },
    }
}

/// Work for money, or a decision, about a claim that we cannot name; or of which the number is that of one that was
/// never sent.
pub fn unmatched(
    subject: &Subject,
    why: &str,
    (suggested, is_unsent): (&[ClaimId], bool),
) -> NewWork {
    let ids: Vec<String> = suggested.iter().map(|claim| claim.0.to_string()).collect();
    let (maybe, action) = if ids.is_empty() {
        (
            String::new(),
            "find the claim by patient and day, then `claimgate queue attach`; where another system billed it, \
             `claimgate queue write-off --to other-system`; or return the money to the payer and `claimgate queue \
             write-off`",
        )
    } else {
        (
            format!("; perhaps claim {}", ids.join(", ")),
            "compare the suggested claims with the remittance, then `claimgate queue attach`",
        )
    };
    let first = if is_unsent { UNSENT } else { "" };
    NewWork {
        claim: None,
        arrival: Some(subject.arrival),
        category: Category::Unmatched,
        desk: Desk::Posters.name().to_owned(),
        what: format!("a remittance speaks of a claim that cannot be named: {why}{maybe}"),
        action: format!("{first}{action}"),
        evidence: named(subject, "CLP at segment"),
        deadline: None,
        amount: subject.amount,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: of_payer(subject),
    }
}

const UNSENT: &str = "if it is the claim that was never sent, find out by what way the payer got it: what another \
                      system billed is in its books (`claimgate queue write-off --to other-system`), and the claim here \
                      is to be closed, or it is billed twice; if not, ";

/// All that an item about money has in common with others.
fn of_payer(subject: &Subject) -> Alike {
    Alike { payer: subject.payer.clone(), ..Alike::default() }
}

/// Reasons told in full; the `remit` command prints all differences.
const REASONS_TOLD_MAX: usize = 5;

fn first_of(reasons: &[String]) -> String {
    let told = reasons.iter().take(REASONS_TOLD_MAX).map(String::as_str);
    let told = told.collect::<Vec<&str>>().join("; ");
    let rest = reasons.len().saturating_sub(REASONS_TOLD_MAX);
    if rest > 0 { format!("{told}; and {rest} more") } else { told }
}
/// What names the file and the claim, and the place in it.
fn named(subject: &Subject, place: &str) -> String {
    format!("{}; {place} {}", subject.names.expose(), subject.place.segment)
}

/// Work for a remittance, or a claim of it, that does not add up. `differences` say how.
pub fn out_of_balance(subject: &Subject, differences: &[String]) -> NewWork {
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::OutOfBalance,
        desk: Desk::Posters.name().to_owned(),
        what: first_of(differences),
        action:
            "print all sums with claimgate remit; ask the payer for a corrected 835; `claimgate \
                 queue attach` posts it as it is, `claimgate queue write-off` when it goes back"
                .to_owned(),
        evidence: named(subject, "segment"),
        deadline: None,
        amount: subject.amount,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: of_payer(subject),
    }
}

/// Work for a remittance that is held as a whole. A person may let it go on.
pub fn held_as_a_whole(subject: &Subject, differences: &[String]) -> NewWork {
    let action = "print all sums with claimgate remit; ask the payer for a corrected 835; or \
                  `claimgate queue post` posts the claims that add up, and the rest waits"
        .to_owned();
    NewWork { action, ..out_of_balance(subject, differences) }
}

/// Work for a remittance whose payer, by its name (N1*PR) and number (TRN03), is not the one of the channel.
pub fn held_as_anothers(
    subject: &Subject,
    differences: &[String],
    (name, number): (&str, &str),
) -> NewWork {
    let (name, number) = (shown(name), shown(number));
    let action = format!(
        "find out whether {name} is the payer of this channel or another one: put the TRN03 {number} among the \
         `payer_ids` of the payer that it is, then `claimgate queue post` posts it as that one's; without that as \
         the channel's"
    );
    let evidence = format!("N1*PR {name}, TRN03 {number}; {}", named(subject, "segment"));
    NewWork { action, evidence, ..out_of_balance(subject, differences) }
}

/// Work for what came and was not read: its claims, answers or payments are missing.
pub fn refused(origin: &Origin<'_>, reasons: &[String]) -> NewWork {
    let what = format!("what came was not read: {}", first_of(reasons));
    let action = "find what it was in the sender's error directory; have it sent again as it should be, for until \
                  then its claims, answers or payments are missing";
    origin.work((Category::Unexplained, what), action)
}

/// Work for a file of which nothing could be looked at, or for one of a bank with anything wrong in it.
pub fn unusable(origin: &Origin<'_>, why: &str) -> NewWork {
    let action = "mend what is said, and drop the file again";
    origin.work((Category::Unexplained, why.to_owned()), action)
}

/// Work for sets that were answered and kept: whoever sent them waits for more than a 999.
pub fn kept(origin: &Origin<'_>, sets: &str) -> NewWork {
    let what =
        format!("{sets} came, were accepted with a 999 and kept; nothing here works on them");
    let action = "find the file in the sender's done directory and bring it where it belongs, or list the set in \
                  unsupported_sets, so that its sender is told that it is not taken";
    origin.work((Category::Kept, what), action)
}

/// Work for an answer that fits nothing we know, or that cannot happen.
pub fn unexplained(subject: &Subject, what: String, action: &str) -> NewWork {
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::Unexplained,
        desk: Desk::Billers.name().to_owned(),
        what,
        action: action.to_owned(),
        evidence: named(subject, "segment"),
        deadline: None,
        amount: subject.amount,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: of_payer(subject),
    }
}

/// A payer says that it got a refund, and none is booked. Booked, the item closes by itself.
pub fn unbooked_refund(subject: &Subject, whole: Money) -> NewWork {
    let left = subject.amount;
    let of_it = if left < whole { format!(" for {left} of it") } else { String::new() };
    let what = format!(
        "the payer says that it got {whole} back by check (PLB 72), and no refund is booked{of_it}"
    );
    let action = "book what was sent with `claimgate bank refund`; if nothing was, ask the payer what it got";
    let alike = Alike { rule: NOT_BOOKED.to_owned(), ..of_payer(subject) };
    let desk = Desk::Posters.name().to_owned();
    NewWork { desk, remitted: Some(subject.place), alike, ..unexplained(subject, what, action) }
}

#[cfg(test)]
mod tests {
    use super::super::table::BUILT_IN;
    use super::super::testing::{LIMITS, day, subject};
    use super::*;

    const OURS: Returning<'static> = Returning { table: &BUILT_IN, payer: "acme", limits: &LIMITS };

    #[test]
    fn what_was_not_read_names_its_file_and_whoever_sent_it() {
        for (sender, told, payer) in [
            (Sender::Payer("acme"), "torn.835 (arrival 7), payer acme", "acme"),
            (Sender::Office("cedar"), "torn.835 (arrival 7), office cedar", ""),
            (Sender::Bank, "torn.835 (arrival 7), the bank", ""),
            (Sender::Channel("old"), "torn.835 (arrival 7), channel old", ""),
        ] {
            let origin = Origin { file: Phi::new("torn.835"), arrival: ArrivalId(7), sender };
            let why = "the file ends before its IEA";
            for work in [
                refused(&origin, &[why.to_owned()]),
                unusable(&origin, why),
                kept(&origin, "transaction sets (270: 1)"),
            ] {
                assert_eq!((work.evidence.as_str(), work.alike.payer.as_str()), (told, payer));
            }
        }
    }

    #[test]
    fn what_to_do_and_how_it_goes_out_are_one() {
        let action = format!("correct it; {}", resend_advice(false));
        assert_eq!(action_as_taken(&action, Resend::Replacement), action);
        for (taken, word) in [(Resend::VoidAndNew, "CLM05-3 8"), (Resend::Original, "CLM05-3 1")] {
            let told = action_as_taken(&action, taken);
            assert!(told.starts_with("correct it; release it"), "{told}");
            assert!(told.contains(word) && !told.contains("CLM05-3 7"), "{told}");
        }
    }

    #[test]
    fn medicare_is_told_of_no_replacement_and_no_void() {
        let why = "Medicare Part B takes no replacement and no void";
        for (action, then) in [
            (format!("correct it; {REPLACE}"), "or appeal (`claimgate appeal 7`)"),
            (format!("{GIVE_BACK}; a rule holds others"), "or send the money back"),
        ] {
            let told = action_as_reopened(&action, 7);
            assert!(told.contains("have the contractor reopen") && told.contains(then), "{told}");
            assert!(!told.contains(GIVE_BACK) && !told.contains(REPLACE), "{told}");
            assert_eq!(told.matches("void").count(), why.matches("void").count(), "{told}");
        }
    }

    #[test]
    fn front_end_rejections_are_sent_again_as_they_were() {
        let from = Some(day("2026-10-06"));
        let work = claim_rejected(&subject(), "A7:562:85+A7:21", from, OURS);
        assert_eq!(work.desk, "credentialing");
        assert!(work.what.contains("the NPI of the billing provider"), "{}", work.what);
        assert!(work.action.contains("(CLM05-3 1)"), "{}", work.action);
        assert_eq!(work.deadline, Some(day("2027-10-06")));
        // 0 says no more than what stands beside it.
        for (statuses, step) in [
            ("A3:21:PR+A3:0", "correct what the other codes name of the payer; release"),
            ("A7:164:IL+A3:0", "correct NM109 of the subscriber; release"),
            ("A3:0", "ask the payer what is wrong; release"),
        ] {
            let work = claim_rejected(&subject(), statuses, from, OURS);
            assert!(
                work.what
                    .ends_with("A3:0: returned without being processed; the payer says no more")
            );
            assert!(work.action.contains(step), "{}", work.action);
        }
        let work = set_rejected(&subject(), ("999", "IK5 R 5", &[]), from, OURS);
        assert_eq!(work.category, Category::SetRejected);
        assert!(claim_rejected(&subject(), "", None, OURS).action.contains("payer's list"));
    }

    #[test]
    fn rows_of_the_office_go_before_ours_in_rejections_too() {
        let from = Some(day("2026-10-06"));
        let row = |answer: &str, code: Option<&str>| RejectionRow {
            payer: Some("acme".to_owned()),
            answer: Some(answer.to_owned()),
            code: code.map(str::to_owned),
            desk: Some("night shift".to_owned()),
            filing_days: Some(30),
            meaning: Some("as this payer has it".to_owned()),
            action: Some(format!("call about the {answer}")),
            place: format!("denials.toml line {}", answer.len()),
            ..RejectionRow::default()
        };
        let rows = vec![row("277CA", Some("562")), row("TA1", Some("025")), row("999", None)];
        let table = Table::default().with_rejections(rows);
        let by = Returning { table: &table, ..OURS };
        let work = claim_rejected(&subject(), "A7:21+A7:562:85", from, by);
        assert_eq!((work.desk.as_str(), work.deadline), ("night shift", Some(day("2026-11-05"))));
        assert!(
            work.what.contains("A7:562:85: rejected: information is wrong; as this payer has it")
        );
        assert!(work.action.contains("; call about the 277CA; release"), "{}", work.action);
        let told = ", meaning, action, desk, filing_days by denials.toml line 5";
        assert!(work.evidence.ends_with(told), "{}", work.evidence);
        assert!(claim_rejected(&subject(), "A7:33", from, by).evidence.ends_with("segment 0"));

        let notes = ["025".to_owned()];
        let work = set_rejected(&subject(), ("TA1", "note 025", &notes), from, by);
        assert_eq!(
            (work.desk.as_str(), work.action.as_str()),
            ("night shift", "call about the TA1")
        );
        let other = ["024".to_owned()];
        let work = set_rejected(&subject(), ("TA1", "note 024", &other), from, by);
        assert_eq!(work.desk, "billing");
        let work = set_rejected(&subject(), ("999", "IK5 R 5", &[]), from, by);
        assert!(work.what.ends_with("IK5 R 5; as this payer has it"), "{}", work.what);
        let elsewhere = Returning { payer: "other", ..by };
        let work = set_rejected(&subject(), ("999", "IK5 R 5", &[]), from, elsewhere);
        assert_eq!(work.deadline, Some(day("2027-10-06")));
    }
}
