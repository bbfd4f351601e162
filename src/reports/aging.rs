//! What is owed, by how long it is, and days in accounts receivable.

use std::collections::{BTreeMap, HashMap};

use x12::value::{Day, Money};

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::{Entry, Life};
use super::{Asked, DayOf, Row};
use crate::change::ClaimId;
use crate::ledger::Account;
use crate::lifecycle::State;
use crate::statement::{Link, waits_for};

pub const COLUMNS: &[Column] = &[
    text("payer", 16),
    text("owed_by", 10),
    column("claims", Kind::Count),
    column("days_0_30", Kind::Money),
    column("days_31_60", Kind::Money),
    column("days_61_90", Kind::Money),
    column("days_91_120", Kind::Money),
    column("days_over_120", Kind::Money),
    column("open", Kind::Money),
    column("credit", Kind::Money),
    column("charged_in_90_days", Kind::Money),
    column("days_in_receivables", Kind::Tenths),
];

pub const MEAN: &[&str] = &[
    "one row for each payer that claims are routed to and whoever owes; `(all)` is all payers together. A claim and those that were made of it for the payers after the first count as one",
    "owed by the payer: what of a charge it has not decided on (account receivable), and what the payers before it left to the patient (account patient) or denied as another's to pay, while it is expected to decide",
    "owed by the next payer, in the row of the one before: what that one left to the patient, while the claim goes on to a payer that no claim of ours went to: its office bills it, the payer passed it on, or it is not decided yet; until a payer after the first decides under the claim, or a person says that no other payer is expected (queue give-up)",
    "owed by the patient, in the row of the first payer: what payers left, once none is expected any more. What the patient paid at the visit (AMT*F5 of the claim) is in no account of the ledger and so is not taken off here; statements take it off",
    "open: claim by claim, all postings to the account; claims that come to nothing are left out, and claims where more was paid than was owed are in credit and not in open",
    "age of what a payer owes: days from the day on which the claim first went out to it, to the day of the report; of the rest: from the last day of payment that moved it to the patient",
    "charged_in_90_days: charges of claims that first went out on the day of the report or in the 89 days before it; a claim for a next payer charges nothing anew, and a predetermination or one whose void was taken nothing at all",
    "days_in_receivables: open, divided by charged_in_90_days / 90; credits do not lower it; it is told of payers alone",
];

/// How far back charges are averaged for days in receivables.
const AVERAGED_DAYS: i64 = 90;

/// The last day of each age.
const AGES_DAYS: [i64; 4] = [30, 60, 90, 120];

/// What is open so far.
#[derive(Debug, Default)]
pub struct Receivables {
    charged: HashMap<ClaimId, Money>,
    payer_owes: HashMap<ClaimId, Money>,
    patient_owes: HashMap<ClaimId, (Money, Option<Day>)>,
    /// The first claims of those that follow others.
    firsts: HashMap<ClaimId, ClaimId>,
    /// What payers left of claims, each under the first of its claims.
    shares: BTreeMap<ClaimId, Share>,
    rows: BTreeMap<(String, Debtor), Sum>,
}

/// Who owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Debtor {
    Payer,
    NextPayer,
    Patient,
}

impl Debtor {
    const fn name(self) -> &'static str {
        match self {
            Debtor::Payer => "payer",
            Debtor::NextPayer => "next payer",
            Debtor::Patient => "patient",
        }
    }
}

/// What payers left to the patient of a claim and of those that follow it.
#[derive(Debug)]
struct Share {
    amount: Money,
    /// The last day of payment that moved it.
    since: Option<Day>,
    office: String,
    /// The first payer, and the day on which the claim went out to it.
    payer: String,
    sent: Day,
    /// What that one has still to decide on.
    undecided: Money,
    /// Who is expected to decide on it first, and since when.
    expected: Option<(Debtor, String, Option<Day>)>,
}

#[derive(Clone, Debug, Default)]
struct Sum {
    claims: u64,
    ages: [Money; AGES_DAYS.len() + 1],
    credit: Money,
    charged: Money,
}

impl Receivables {
    /// Takes a posting. All postings come before the first claim.
    pub fn take(&mut self, entry: &Entry) {
        let posting = &entry.posting;
        let Some(claim) = posting.claim else { return };
        match posting.account {
            Account::Receivable => *self.payer_owes.entry(claim).or_default() += posting.amount,
            Account::Patient => {
                let (amount, since) = self.patient_owes.entry(claim).or_default();
                *amount += posting.amount;
                *since = entry.paid_on.max(*since);
            }
            // Claims that went out in one another's place are charged once, under the first of them.
            Account::Charges => *self.charged.entry(claim).or_default() -= posting.amount,
            Account::Cash
            | Account::Contractual
            | Account::OtherAdjustment
            | Account::Interest
            | Account::Capitation
            | Account::Forwarded
            | Account::Takeback
            | Account::ProviderAdjustment
            | Account::Suspense
            | Account::Returned
            | Account::WriteOff
            | Account::Bank
            | Account::Unexplained => {}
        }
    }

    /// Takes a claim, when it is asked for.
    pub fn take_life(&mut self, life: &Life, asked: &Asked, (today, day_of): (Day, DayOf<'_>)) {
        let sent = life.first_sent_at.map(day_of);
        let is_asked = asked.is_payer(&life.payer) && asked.is_office(&life.office);
        if let Some(before) = life.follows {
            return self.take_follower((life, is_asked), before, (sent, today));
        }
        let Some(sent) = sent else { return };
        if is_asked && today.days_since(sent) < AVERAGED_DAYS {
            let charged = self.charged.get(&life.claim).copied().unwrap_or_default();
            self.of_payer(&life.payer, Debtor::Payer, |sum| sum.charged += charged);
        }
        let undecided = self.payer_owes.get(&life.claim).copied().unwrap_or_default();
        if let Some(&(amount, since)) = self.patient_owes.get(&life.claim) {
            let share = Share {
                amount,
                since,
                office: life.office.clone(),
                payer: life.payer.clone(),
                sent,
                undecided,
                expected: expected(life, Some(sent)),
            };
            self.shares.insert(life.claim, share);
        } else if is_asked {
            let days = today.days_since(sent);
            self.of_payer(&life.payer, Debtor::Payer, |sum| sum.add(undecided, days));
        }
    }

    /// Claims come in the order in which they were made, so the one before was taken.
    fn take_follower(
        &mut self,
        (life, is_asked): (&Life, bool),
        before: ClaimId,
        (sent, today): (Option<Day>, Day),
    ) {
        let first = self.firsts.get(&before).copied().unwrap_or(before);
        self.firsts.insert(life.claim, first);
        let owed = self.payer_owes.get(&life.claim).copied().unwrap_or_default();
        if let Some(sent) = sent.filter(|_| is_asked && !owed.is_zero()) {
            let days = today.days_since(sent);
            self.of_payer(&life.payer, Debtor::Payer, |sum| sum.add(owed, days));
        }
        let Some(share) = self.shares.get_mut(&first) else { return };
        if let Some(&(amount, since)) = self.patient_owes.get(&life.claim) {
            share.amount += amount;
            share.since = share.since.max(since);
        }
        share.expected = share.expected.take().or_else(|| expected(life, sent));
    }

    /// The rows, once all claims are taken.
    pub fn rows(&self, asked: &Asked, today: Day) -> Vec<Row> {
        let mut all = Receivables { rows: self.rows.clone(), ..Receivables::default() };
        for share in self.shares.values().filter(|share| asked.is_office(&share.office)) {
            let since = share.since.unwrap_or(share.sent);
            let patient = || (Debtor::Patient, share.payer.clone(), Some(since));
            let (debtor, payer, from) = share.expected.clone().unwrap_or_else(patient);
            let is_first = debtor == Debtor::Payer && payer == share.payer;
            let rest = if is_first { share.amount } else { Money::ZERO };
            if asked.is_payer(&share.payer) {
                let days = today.days_since(share.sent);
                let undecided = share.undecided + rest;
                all.of_payer(&share.payer, Debtor::Payer, |sum| sum.add(undecided, days));
            }
            if asked.is_payer(&payer) && !is_first {
                let days = today.days_since(from.unwrap_or(since));
                all.of_payer(&payer, debtor, |sum| sum.add(share.amount, days));
            }
        }
        all.rows.iter().map(|((payer, debtor), sum)| sum.row(payer, *debtor)).collect()
    }

    /// Adds to the row of a payer, and to that of all of them.
    fn of_payer(&mut self, payer: &str, debtor: Debtor, add: impl Fn(&mut Sum)) {
        for payer in [payer, ALL] {
            add(self.rows.entry((payer.to_owned(), debtor)).or_default());
        }
    }
}

/// Who is expected to decide on what is left of a claim, and since when it has it.
fn expected(life: &Life, sent: Option<Day>) -> Option<(Debtor, String, Option<Day>)> {
    let link = Link {
        payer: &life.payer,
        state: life.state,
        was_sent: life.first_sent_at.is_some(),
        // Who works on a denial owes nothing.
        open: None,
        next_payer: life.asks_next_payer.then_some("the next payer"),
        answer: life.answer,
        has_later_word: life.has_later_word,
    };
    waits_for(&link)?;
    let debtor = match life.state {
        State::Paid | State::Denied | State::Rejected | State::Closed => Debtor::NextPayer,
        State::Held
        | State::Ready
        | State::Batched
        | State::Sent
        | State::Acknowledged
        | State::Accepted
        | State::Returned => Debtor::Payer,
    };
    Some((debtor, life.payer.clone(), sent.filter(|_| debtor == Debtor::Payer)))
}

/// In place of a payer; sorts before every name.
const ALL: &str = "(all)";

impl Sum {
    fn add(&mut self, amount: Money, age_days: i64) {
        if amount.is_zero() {
            return;
        }
        if amount.is_negative() {
            return self.credit += amount;
        }
        self.claims += 1;
        let age = AGES_DAYS.iter().take_while(|&&last| last < age_days).count();
        self.ages[age] += amount;
    }

    fn row(&self, payer: &str, debtor: Debtor) -> Row {
        let open: Money = self.ages.iter().copied().sum();
        let mut row = vec![Cell::text(payer), Cell::text(debtor.name()), Cell::Count(self.claims)];
        row.extend(self.ages.map(Cell::Money));
        row.extend([Cell::Money(open), Cell::Money(self.credit)]);
        row.extend(match debtor {
            Debtor::Payer => [Cell::Money(self.charged), days_in(open, self.charged)],
            Debtor::NextPayer | Debtor::Patient => [Cell::Empty, Cell::Empty],
        });
        row
    }
}

/// Rounded to the nearest tenth of a day: it is told, never added up.
fn days_in(open: Money, charged: Money) -> Cell {
    let (open, charged) = (i128::from(open.cents()), i128::from(charged.cents()));
    if charged <= 0 {
        return Cell::Empty;
    }
    let tenths = (open * i128::from(AVERAGED_DAYS) * 10 + charged / 2) / charged;
    Cell::Tenths(i64::try_from(tenths).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;
    use x12::phi::Phi;

    use super::*;
    use crate::change::Moment;
    use crate::change::next::Answer;
    use crate::ledger::Posting;

    fn day(day: u8) -> Day {
        Day::new(2026, 11, day).expect("a day")
    }

    fn life(id: i64, payer: &str, state: State) -> Life {
        Life {
            claim: ClaimId(id),
            follows: None,
            asks_next_payer: false,
            answer: None,
            has_later_word: false,
            office: "cedar".to_owned(),
            payer: payer.to_owned(),
            provider: String::new(),
            charge: Money::from_cents(10_000),
            state,
            received_at: Moment(0),
            first_sent_at: Some(Moment(0)),
            is_mended: false,
            events: Vec::new(),
        }
    }

    fn entry(id: i64, account: Account, cents: i64) -> Entry {
        let posting = Posting {
            account,
            claim: Some(ClaimId(id)),
            line: String::new(),
            amount: Money::from_cents(cents),
            reason: String::new(),
            source: Place::default(),
        };
        Entry {
            id: 0,
            payment: None,
            arrival: None,
            payer: String::new(),
            trace: String::new(),
            paid_on: Some(day(15)),
            charged_at: None,
            office: String::new(),
            provider: String::new(),
            control_number: Phi::default(),
            posting,
        }
    }

    /// Payer, debtor, open and credit, charges and tenths of days.
    fn told(entries: &[Entry], lives: &[Life]) -> Vec<String> {
        let mut open = Receivables::default();
        for entry in entries {
            open.take(entry);
        }
        let asked = Asked::default();
        for life in lives {
            open.take_life(life, &asked, (day(20), &|_| day(10)));
        }
        let rows = open.rows(&asked, day(20)).into_iter();
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Money(amount) => amount.to_string(),
            Cell::Tenths(tenths) => tenths.to_string(),
            _ => "-".to_owned(),
        };
        rows.map(|row| [0, 1, 8, 9, 10, 11].map(|at| text(&row[at])).join(" ")).collect()
    }

    #[test]
    fn a_claim_that_goes_on_is_one_and_its_patient_owes_last() {
        // Two claims of 100.00. Of the first acme leaves 20.00 to the patient.
        let charged = |id| entry(id, Account::Charges, -10_000);
        let owed = [entry(1, Account::Patient, 2_000), entry(2, Account::Receivable, 10_000)];
        let acme = [owed, [charged(1), charged(2)]].concat();
        let first = |answer| Life { asks_next_payer: true, answer, ..life(1, "acme", State::Paid) };
        let second = life(2, "acme", State::Sent);
        let third = |state| Life { follows: Some(ClaimId(1)), ..life(3, "beta", state) };
        let acme_owes = "acme payer 100.00 0.00 200.00 450";
        for answer in [None, Some(Answer::Office), Some(Answer::PassedOn)] {
            let told = told(&acme, &[first(answer), second.clone()]);
            assert_eq!(told[2..], [acme_owes, "acme next payer 20.00 0.00 - -"], "{answer:?}");
        }
        // The next payer decided under the first claim, for its office billed it beyond the gateway.
        for answer in [Answer::Office, Answer::Person, Answer::PassedOn] {
            let decided = Life { has_later_word: true, ..first(Some(answer)) };
            let told = told(&acme, &[decided, second.clone()]);
            assert_eq!(told[2..], [acme_owes, "acme patient 20.00 0.00 - -"], "{answer:?}");
        }
        let billed = first(Some(Answer::Billed));
        let lives = [billed.clone(), second.clone(), third(State::Sent)];
        let expected =
            ["(all) payer 120.00 0.00 200.00 540", acme_owes, "beta payer 20.00 0.00 0.00 -"];
        assert_eq!(told(&acme, &lives), expected);
        // Beta pays 15.00 of it.
        let both = [&acme[..], &[entry(3, Account::Patient, -1_500)]].concat();
        let lives = [billed, second, third(State::Paid)];
        let expected = [
            "(all) payer 100.00 0.00 200.00 450",
            "(all) patient 5.00 0.00 - -",
            acme_owes,
            "acme patient 5.00 0.00 - -",
        ];
        assert_eq!(told(&both, &lives), expected);
    }

    #[test]
    fn puts_each_day_into_its_age() {
        let age_of = |days: i64| {
            let mut sum = Sum::default();
            sum.add(Money::from_cents(1), days);
            sum.ages.iter().position(|amount| !amount.is_zero())
        };
        let ages = [-1, 0, 30, 31, 60, 61, 90, 91, 120, 121, 999].map(age_of);
        let expected = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4].map(Some);
        assert_eq!(ages, expected);
    }

    #[test]
    fn divides_what_is_open_by_what_is_charged_in_a_day() {
        let cents = Money::from_cents;
        assert_eq!(days_in(cents(10_000), cents(0)), Cell::Empty);
        // 9,000.00 in ninety days is 100.00 a day.
        assert_eq!(days_in(cents(450_000), cents(900_000)), Cell::Tenths(450));
        assert_eq!(days_in(cents(100), cents(900_000)), Cell::Tenths(0));
        assert_eq!(days_in(cents(500), cents(900_000)), Cell::Tenths(1));
    }
}
