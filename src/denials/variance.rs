//! A payer pays other than its contract says, or goes over to another rate: what to do, and until when.

use x12::value::{Day, Money, Quantity};

use super::Category;
use super::reasons::Desk;
use super::route::{self, Limits, Subject};
use crate::change::cases::{
    Alike, BEYOND_PAID, PAID_AFTER_TAKEN_BACK, PAID_FOR_VOIDED, PART_BEYOND, SETTLED_BY_UNKNOWN,
    STAYS_WITH_LATER,
};
use crate::change::{ClaimId, Compared, NewWork, Resend};
use crate::contracts::learned::{LINES_MIN, RateChange};

/// When it was decided, and until when what was overpaid is to go back, where that is known.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    pub decided_on: Day,
    pub back_by: Option<Day>,
}

/// Who pays whom.
#[derive(Clone, Copy, Debug)]
pub struct Between<'a> {
    /// The payer by its name in the settings; empty when it is not known.
    pub payer: &'a str,
    /// Who rendered it, or else who billed it, by NPI.
    pub provider: &'a str,
}

/// Work for lines of a claim that were paid less than agreed, or for those that were paid more.
pub fn differs(
    subject: &Subject,
    lines: &[&Compared],
    is_under: bool,
    (limits, days): (&Limits, Days),
    between: Between<'_>,
) -> NewWork {
    let sum: Money = lines.iter().map(|line| line.variance.abs()).sum();
    let word = if is_under { "less" } else { "more" };
    let contract = lines.first().map_or("", |line| line.contract.as_str());
    let mut told: Vec<String> = lines.iter().take(LINES_TOLD_MAX).map(|line| of(line)).collect();
    if LINES_TOLD_MAX < lines.len() {
        told.push(format!("and {} more", lines.len() - LINES_TOLD_MAX));
    }
    let until_appeal = days.decided_on.plus_days(limits.appeal_days);
    let of_patients: Money = lines.iter().map(|line| beyond(line)).sum();
    let (category, action, deadline) = if is_under {
        let action = "hold the lines against the contract; ask the payer to pay the difference, and \
                      appeal if it does not";
        (Category::Underpaid, action.to_owned(), Some(until_appeal))
    } else if of_patients.is_zero() {
        (Category::Overpaid, give_back_lines(days.back_by), days.back_by)
    } else {
        let ask = format!(
            "{of_patients} of the patient's share is more than the contract allows: ask the payer to \
             correct it, and ask the patient for what the contract allows alone"
        );
        match of_patients < sum {
            true => {
                let action = format!("{ask}; {}", give_back_lines(days.back_by));
                (Category::Overpaid, action, days.back_by)
            }
            false => (Category::Overpaid, ask, Some(until_appeal)),
        }
    };
    let evidence = lines.iter().take(LINES_TOLD_MAX);
    let evidence = evidence.map(|line| match line.place.segment {
        // It came before.
        0 => format!("{}: arrival {}", place(line), line.arrival.0),
        segment => format!("{}: segment {segment}", place(line)),
    });
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category,
        desk: Desk::Contracts.name().to_owned(),
        what: format!("{sum} {word} than contract {contract} says: {}", told.join("; ")),
        action,
        evidence: format!("{}, contract {contract}", evidence.collect::<Vec<_>>().join(", ")),
        deadline,
        amount: sum,
        resend: None,
        remitted: Some(subject.place),
        lines: lines.iter().map(|line| line.place).collect(),
        clps: Vec::new(),
        alike: Alike {
            payer: between.payer.to_owned(),
            provider: between.provider.to_owned(),
            ..Alike::default()
        },
    }
}

/// The item of a claim that a payer decided on beyond its charge, with what was paid so: an overpayment.
pub fn paid_twice(work: NewWork, paid: Money, back_by: Option<Day>) -> NewWork {
    NewWork {
        category: Category::Overpaid,
        action: format!("{}; {}", work.action, give_back(back_by)),
        deadline: back_by,
        amount: paid,
        ..work
    }
}

/// Work for a claim whose whole charge a payer takes off as beyond its fee schedule.
pub fn nothing_allowed(subject: &Subject, charge: Money, (payer, until): (&str, Day)) -> NewWork {
    let what = format!(
        "nothing is paid: the whole charge of {charge} is taken off as beyond the fee schedule (CO-45), \
         and no contract of ours says so"
    );
    let action = "a schedule that allows nothing has no price for it, or the denial lacks its reason: ask \
                  the payer which, then correct the claim or appeal";
    NewWork {
        category: Category::Underpaid,
        desk: Desk::Contracts.name().to_owned(),
        deadline: Some(until),
        amount: charge,
        alike: Alike { payer: payer.to_owned(), ..Alike::default() },
        remitted: Some(subject.place),
        ..route::unexplained(subject, what, action)
    }
}

/// Work for what a payer denied as the next one's to pay, and that one takes for settled before it.
pub fn settled_by_nobody(
    subject: &Subject,
    settled: Money,
    (payer, until): (&str, Day),
) -> NewWork {
    let amount = subject.amount;
    let what = format!(
        "nobody pays {amount}: {payer} says that {settled} was settled before it (OA-23), and the payer \
         before it denied {amount} of that as the next payer's to pay"
    );
    let action = "show the remittance of the payer before to the one that calls it settled, and ask it to \
                  decide again, or appeal with both";
    NewWork {
        category: Category::Underpaid,
        deadline: Some(until),
        amount,
        alike: Alike { payer: payer.to_owned(), ..Alike::default() },
        ..route::unexplained(subject, what, action)
    }
}

/// Work for what the payer that was asked first takes for settled by another before it, and none is known.
pub fn settled_by_unknown(subject: &Subject, (payer, until): (&str, Day)) -> NewWork {
    let amount = subject.amount;
    let what = format!(
        "nobody pays {amount}: {payer} decides as a later payer and says that {amount} was settled before it (reason \
         23), but the claim names no payer before it, and no decision of one is here"
    );
    let action = "ask the payer whom it takes for the first. If one is, bill that one, and this one after it with what \
                  the first decided; if none is, have the payer correct its record of other coverage and decide \
                  again as the first, or appeal. No payer after it is billed meanwhile: `claimgate queue resolve` where \
                  it is right that the next one comes after it";
    let rule = SETTLED_BY_UNKNOWN.to_owned();
    NewWork {
        category: Category::Underpaid,
        deadline: Some(until),
        amount,
        alike: Alike { payer: payer.to_owned(), rule, ..Alike::default() },
        ..route::unexplained(subject, what, action)
    }
}

/// Work for what was left to a payer after the first, and that has not decided on: lines that it left out or took
/// back, and what it reviews. The amount is all of it.
pub fn stays_with_later(
    subject: &Subject,
    payer: &str,
    (left_out, reviewed): (&[u32], Money),
) -> NewWork {
    let mut told = Vec::new();
    if !left_out.is_empty() {
        let numbers: Vec<String> = left_out.iter().map(u32::to_string).collect();
        let named = if left_out.len() == 1 { "line" } else { "lines" };
        told.push(format!("no decision of it speaks of {named} {} (V40)", numbers.join(", ")));
    }
    if Money::ZERO < reviewed {
        told.push(format!("{reviewed} is under review"));
    }
    let what = format!(
        "{payer} has not decided on {} of what was left to it: {}; the patient is not asked until then",
        subject.amount,
        told.join(", and ")
    );
    let action = match left_out.is_empty() {
        true => "wait for its decision, with which the item closes by itself; ask where none comes"
            .to_owned(),
        false => format!(
            "ask {payer} for the rest; the item closes by itself when it decides. If it never will, resolve the item, \
             and the patient is asked"
        ),
    };
    let alike =
        Alike { payer: payer.to_owned(), rule: STAYS_WITH_LATER.to_owned(), ..Alike::default() };
    NewWork { alike, ..route::unexplained(subject, what, &action) }
}

/// Work for a claim that a person posted a part of money in suspense to, and that its payer settles without it:
/// more is paid than is owed.
pub fn beyond_attached(subject: &Subject, back_by: Option<Day>) -> NewWork {
    let amount = subject.amount;
    let what = format!("{amount} that was attached before is more than the payer left to be owed");
    let action = BEYOND_ATTACHED;
    let work = route::unexplained(subject, what, action);
    let alike = Alike { rule: PART_BEYOND.to_owned(), ..Alike::default() };
    NewWork { remitted: Some(subject.place), alike, ..paid_twice(work, amount, back_by) }
}

/// Work for a claim payment that does not add up (V02), and was posted as it is: more is paid and taken off than
/// was charged.
pub fn beyond_charge(subject: &Subject, back_by: Option<Day>) -> NewWork {
    let amount = subject.amount;
    let what = format!(
        "{amount} more is paid and taken off than was charged, for the payment does not add up (V02); it stands as \
         a credit"
    );
    let action = format!(
        "ask the payer for a corrected 835, and take this payment off the claim when it comes (`claimgate queue \
         detach`); or send back what is too much, and book it with `claimgate bank refund --claim {} --amount \
         {amount}`, with which the item closes; what the payer does not want back, with `--kept`",
        subject.claim.map_or(0, |claim| claim.0),
    );
    let work = route::unexplained(subject, what, &action);
    let alike = Alike { rule: PART_BEYOND.to_owned(), ..Alike::default() };
    NewWork { remitted: Some(subject.place), alike, ..paid_twice(work, amount, back_by) }
}

/// What to do with money that was attached beyond what is owed.
pub const BEYOND_ATTACHED: &str = "find out whose it is: `claimgate queue detach` takes it off the claim, or it is to be given back";

/// Work for a claim of which more was taken back than was paid for it, by a takeback that a person attached.
pub fn beyond_paid(subject: &Subject) -> NewWork {
    let amount = subject.amount;
    let what = format!(
        "{amount} more was taken back of the claim than was paid for it: a takeback, or a part of one, was attached \
         to it before"
    );
    let action = "find out of which claim it is: `claimgate queue detach` takes it off this one; or attach the \
                  payment that it takes back, and the item closes by itself";
    let alike = Alike { rule: BEYOND_PAID.to_owned(), ..Alike::default() };
    NewWork { alike, ..route::unexplained(subject, what, action) }
}

/// Work for a payer after the first that paid for a claim which was voided.
pub fn paid_for_voided(subject: &Subject, payer: &str, back_by: Option<Day>) -> NewWork {
    let amount = subject.amount;
    let what =
        format!("the claim is voided, and {payer} paid {amount} for it; it stands as a credit");
    let booked = booked_as_of((subject.claim, payer), amount);
    let action = format!(
        "tell the payer that the claim was voided, and give the money back or have it taken back, with which the \
         item closes by itself; {booked}"
    );
    let alike =
        Alike { payer: payer.to_owned(), rule: PAID_FOR_VOIDED.to_owned(), ..Alike::default() };
    let work = route::unexplained(subject, what, &action);
    NewWork { alike, ..paid_twice(work, amount, back_by) }
}

/// Work for a payer after the first that paid of what the first had left, where that one took back all that it
/// decided.
pub fn paid_after_taken_back(subject: &Subject, payer: &str, back_by: Option<Day>) -> NewWork {
    let amount = subject.amount;
    let what = format!(
        "{payer} paid {amount} of what the payer before it had left, and that one took back all that it decided; it \
         stands as a credit"
    );
    let booked = booked_as_of((subject.claim, payer), amount);
    let action = format!(
        "wait for what the payer before decides anew, with which the item closes by itself; where it does not, tell \
         {payer}, and have that take its money back and decide anew; {booked}"
    );
    let rule = PAID_AFTER_TAKEN_BACK.to_owned();
    let alike = Alike { payer: payer.to_owned(), rule, ..Alike::default() };
    let work = route::unexplained(subject, what, &action);
    NewWork { alike, ..paid_twice(work, amount, back_by) }
}

/// Work for a payer after the first that paid more than those before it left.
pub fn beyond_left(
    subject: &Subject,
    (payer, paid): (&str, Money),
    back_by: Option<Day>,
) -> NewWork {
    let amount = subject.amount;
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::Overpaid,
        desk: Desk::Billers.name().to_owned(),
        what: format!(
            "{payer} paid {paid}, {amount} more than the payers before it left; it stands as a credit"
        ),
        action: format!(
            "hold the remittances of both payers together, and find out which of them comes first; tell the one \
             that paid too much; {}; {}",
            give_back(back_by),
            booked_as_of((subject.claim, payer), amount)
        ),
        evidence: subject.names.expose().clone(),
        deadline: back_by,
        amount,
        resend: None,
        remitted: Some(subject.place),
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike { payer: payer.to_owned(), ..Alike::default() },
    }
}

/// Work for a payer after the first that paid as the first one, where the one that was asked first decided as after
/// another: nobody knows yet that it paid too much.
pub fn paid_as_first(subject: &Subject, (payer, paid): (&str, Money), until: Day) -> NewWork {
    let amount = subject.amount;
    let what = format!(
        "{payer} paid {paid} as the first payer, and the one that the claim went to decided as after another (reason \
         23): by that {amount} is more than was left to {payer}, and stands as a credit"
    );
    let action = format!(
        "give nothing back yet: ask both payers which of them comes first. Where {payer} does, send the other one what \
         it decided, and have that one decide anew; where it does not, have the other one decide again as the first. \
         Once one of them takes back what it decided, what is too much by then is told anew"
    );
    NewWork {
        category: Category::Overpaid,
        deadline: Some(until),
        remitted: Some(subject.place),
        alike: Alike { payer: payer.to_owned(), ..Alike::default() },
        ..route::unexplained(subject, what, &action)
    }
}

/// Work for a claim of which the payer took back all that it paid, and decided nothing anew.
pub fn taken_back(subject: &Subject, payer: &str, limits: &Limits, decided_on: Day) -> NewWork {
    let amount = subject.amount;
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::Underpaid,
        desk: Desk::Billers.name().to_owned(),
        what: format!("the payer took back {amount}, all that it paid, and decided nothing anew"),
        action:
            "ask the payer why and whether it decides anew; appeal in time if it was right to pay"
                .to_owned(),
        evidence: subject.names.expose().clone(),
        deadline: Some(limits.appeal(decided_on)),
        amount,
        resend: None,
        remitted: Some(subject.place),
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike { payer: payer.to_owned(), ..Alike::default() },
    }
}

/// Work for a claim of which the payer took back all that it paid, as a person had said that it should.
pub fn given_back(subject: &Subject) -> NewWork {
    let amount = subject.amount;
    let what = format!("the payer took back {amount}, which was overpaid; it decided nothing anew");
    let action = "what was charged is open again: send the claim as it should have been, where \
                  that is not done yet, or `claimgate queue give-up` it";
    NewWork {
        category: Category::Discrepancy,
        desk: Desk::Billers.name().to_owned(),
        resend: Some(Resend::Replacement),
        ..route::unexplained(subject, what, action)
    }
}

fn give_back_lines(by: Option<Day>) -> String {
    format!(
        "hold the lines against the contract; tell the payer of what it does not owe; {}",
        give_back(by)
    )
}

/// What becomes of money that a payer does not owe.
fn give_back(by: Option<Day>) -> String {
    match by {
        Some(day) => format!(
            "report it and give it back by {day} (Medicare and Medicaid: within 60 days of its being found)"
        ),
        None => "give it back as its contract says".to_owned(),
    }
}

/// The command that books what is sent back to a payer after the first.
fn booked_as_of((claim, payer): (Option<ClaimId>, &str), amount: Money) -> String {
    let claim = claim.map_or(0, |claim| claim.0);
    format!(
        "`claimgate bank refund --claim {claim} --payer {payer} --amount {amount}` books a check that is sent"
    )
}

/// What a patient bears of a line beyond its price, for it is no payment of the payer's.
fn beyond(line: &Compared) -> Money {
    (line.variance - (line.paid - line.expected)).max(Money::ZERO)
}

/// Lines told in full; `claimgate claim` prints them all.
const LINES_TOLD_MAX: usize = 8;

fn place(line: &Compared) -> String {
    if line.line.is_empty() { "the claim".to_owned() } else { format!("line {}", line.line) }
}

fn of(line: &Compared) -> String {
    let Compared { paid, patient, expected, class, words, code, .. } = line;
    let share =
        if patient.is_zero() { String::new() } else { format!(" beside {patient} of the patient") };
    let what = format!("{} {code}", place(line));
    format!(
        "{}: {paid} paid{share}, {expected} expected, {} ({words})",
        what.trim_end(),
        class.name()
    )
}

/// Work for a payer that went over to other rates, all of one remittance in one item.
pub fn rates_changed(subject: &Subject, changes: &[RateChange]) -> NewWork {
    let mut told: Vec<String> = changes.iter().take(CHANGES_TOLD_MAX).map(change).collect();
    if CHANGES_TOLD_MAX < changes.len() {
        told.push(format!(
            "and {} more, see `claimgate contracts rates`",
            changes.len() - CHANGES_TOLD_MAX
        ));
    }
    let payer = changes.first().map(|change| change.key.payer.clone()).unwrap_or_default();
    NewWork {
        claim: None,
        arrival: Some(subject.arrival),
        category: Category::RateChanged,
        desk: Desk::Contracts.name().to_owned(),
        what: format!("the payer goes by other rates than before: {}", told.join("; ")),
        action: format!(
            "look for a notice of the payer or a new contract; if there is none, ask why; each rate \
             was seen on {LINES_MIN} lines or more"
        ),
        evidence: subject.names.expose().clone(),
        deadline: None,
        amount: changes.iter().map(RateChange::at_stake).sum(),
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike { payer, ..Alike::default() },
    }
}

/// Changes told in full: a new year's schedule changes them all.
const CHANGES_TOLD_MAX: usize = 10;

fn change(change: &RateChange) -> String {
    let RateChange { key, was, is, since, odd } = change;
    let modifiers: String = key.modifiers.split_whitespace().map(|one| format!("-{one}")).collect();
    let place =
        if key.place.is_empty() { String::new() } else { format!(" at place {}", key.place) };
    let stake = match is.units_thousandths {
        ..=0 => "what a contract prices has items of its own".to_owned(),
        units => {
            let units = Quantity::from_thousandths(units).to_wire();
            format!("{} over {units} units", change.at_stake())
        }
    };
    let until = was.days.keys().rfind(|day| *day <= since).unwrap_or(since);
    let odd = match odd {
        0 => String::new(),
        1 => ", but for 1 line on the other side".to_owned(),
        odd => format!(", but for {odd} lines on the other side"),
    };
    format!(
        "{}{modifiers}{place} from {} ({} lines, services until {until}) to {} ({} lines, services since {since}\
         {odd}; {stake})",
        key.code, was.amount, was.times, is.amount, is.times
    )
}
