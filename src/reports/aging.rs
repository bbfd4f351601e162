//! What is owed, by how long it is, and days in accounts receivable.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use x12::value::{Day, Money};

use super::at_work::{AtWork, Denied, Standing};
use super::cells::{Cell, Column, Kind, column, text};
use super::facts::{DeniedCase, Entry, Life};
use super::{Asked, DayOf, Row};
use crate::change::ClaimId;
use crate::denials::table::Table;
use crate::ledger::Account;
use crate::lifecycle::State;
use crate::statement::{Link, waits_for};

pub const COLUMNS: &[Column] = &[
    text("payer", 16),
    text("owed_by", 18),
    column("claims", Kind::Count),
    column("days_0_30", Kind::Money),
    column("days_31_60", Kind::Money),
    column("days_61_90", Kind::Money),
    column("days_91_120", Kind::Money),
    column("days_over_120", Kind::Money),
    column("open", Kind::Money),
    column("credit", Kind::Money),
    column("in_ledger", Kind::Money),
    column("beside_ledger", Kind::Money),
    column("charged_in_90_days", Kind::Money),
    column("days_in_receivables", Kind::Tenths),
    column("days_without_denied", Kind::Tenths),
];

pub const MEAN: &[&str] = &[
    "one row for each payer that claims are routed to and whoever owes; `(all)` is all payers together. A claim and those that were made of it for the payers after the first, or went out in its place, count as one",
    "owed by the payer: what of a charge it has not decided on (account receivable), and what the payers before it left to the patient (account patient) or denied as another's to pay, while it is expected to decide",
    "denied, worked on, in the row of the payer that denied it: what a denial took off (CO, OA, PI) or left to the patient (PR), and an item of the queue is about that is open or appealed; or was released and the payer has not decided on the corrected claim, or on one that the office itself sent in its place. It ends when the payer pays or takes the denial back, a later payer settles it, or a person resolves it or gives it up",
    "of what was denied only what stands in the ledger counts, so that no amount counts twice: several items about a line count it once; what was taken back, gave way to a later decision or payer, or is set against a credit of the claim does not count, and together it is no more than the items have at risk. What is in suspense is not taken off, and owed by the payer still; a denial of which no posting is known counts for nothing",
    "owed by the next payer, in the row of the one before: what that one left to the patient, while the claim goes on to a payer that no claim of ours went to: its office bills it, the payer passed it on, or it is not decided yet; until a payer after the first decides under the claim, or a person says that no other payer is expected (queue give-up)",
    "owed by the patient, in the row of the first payer: what payers left, once none is expected any more; patient, on hold: as long as statements ask nothing, for a part of the charge is not decided on, or somebody looks at what a payer decided (an item denied, next-payer or overpaid is open, or money for the claim waits in suspense). What the patient paid at the visit (AMT*F5 of the claim) is in no account of the ledger and so is not taken off here; statements take it off",
    "open: claim by claim, all postings to the account and what is denied and worked on; claims that come to nothing are left out, and claims where more was paid than was owed are in credit and not in open",
    "in_ledger: what of open and credit is in the accounts receivable and patient; over all offices the rows of (all), or those of all payers, add up to the balances of both. beside_ledger: what of open was taken off there when it was denied (account contractual or other-adjustment). Receivables by the ledger, and denied at work beside them, come to the total: in_ledger + beside_ledger = open + credit in each row",
    "age of what a payer owes or denied: days from the day on which the claim first went out to it, to the day of the report; a denial does not make it young again. Of the rest: from the last day of payment that moved it to the patient",
    "charged_in_90_days: charges of claims that first went out on the day of the report or in the 89 days before it; a claim for a next payer charges nothing anew, and a predetermination or one whose void was taken nothing at all",
    "days_in_receivables: what the payer owes and what it denied and is worked on, open of both rows, divided by charged_in_90_days / 90, as the trade counts it; days_without_denied: the same of what the payer owes alone. Credits do not lower them; they are told of payers alone",
];

/// CLM05-3 of a claim that takes another one back.
const VOID: &str = "8";

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
    denied: Denied,
    /// Claims of which somebody looks at what payers decided.
    looked_at: HashSet<ClaimId>,
    /// The first claims of those that follow others or went out in their place.
    roots: HashMap<ClaimId, ClaimId>,
    /// The accounts of claims that went out in the place of others.
    accounts: HashMap<ClaimId, ClaimId>,
    /// Claims that payers decided on, each with those that come after it.
    chains: BTreeMap<ClaimId, Chain>,
    rows: Rows,
}

/// Who owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Debtor {
    Payer,
    /// A payer that denied it, and somebody works on that.
    Denied,
    NextPayer,
    /// The patient, once all is decided on and nobody looks any more at what payers decided.
    PatientLater,
    Patient,
}

impl Debtor {
    const fn name(self) -> &'static str {
        match self {
            Debtor::Payer => "payer",
            Debtor::Denied => "denied, worked on",
            Debtor::NextPayer => "next payer",
            Debtor::PatientLater => "patient, on hold",
            Debtor::Patient => "patient",
        }
    }
}

/// A claim with those that follow it or went out in its place.
#[derive(Debug)]
struct Chain {
    office: String,
    /// The first payer, and the day on which the claim went out to it.
    payer: String,
    sent: Day,
    /// What that one has still to decide on.
    undecided: Money,
    /// What payers left to the patient, and the last day of payment that moved it.
    left: Money,
    since: Option<Day>,
    /// What payers after the first are asked for that the one before denied, each with the day on which the
    /// claim went out to it.
    asked: Vec<(String, Day, Money)>,
    is_looked_at: bool,
    /// Each claim of which something was denied, or gave way.
    accounts: Vec<AccountOf>,
    /// Payers that are expected to decide, each with the claim that they have.
    waits: Vec<(ClaimId, Waits)>,
    /// Claims that another one took the place of.
    replaced: Vec<ClaimId>,
}

#[derive(Debug)]
struct AccountOf {
    claim: ClaimId,
    payer: String,
    sent: Day,
    standing: Standing,
}

/// Who is expected to decide, and since when it has the claim.
#[derive(Clone, Debug)]
struct Waits {
    debtor: Debtor,
    payer: String,
    since: Option<Day>,
}

#[derive(Clone, Debug, Default)]
struct Rows(BTreeMap<(String, Debtor), Sum>);

#[derive(Clone, Debug, Default)]
struct Sum {
    claims: u64,
    ages: [Money; AGES_DAYS.len() + 1],
    credit: Money,
    ledger: Money,
    beside: Money,
    charged: Money,
}

impl Receivables {
    pub fn new(table: &Arc<Table>) -> Receivables {
        Receivables { denied: Denied::new(table), ..Receivables::default() }
    }

    /// Takes an item about a denial. All items come before the first posting.
    pub fn take_case(&mut self, case: &DeniedCase) {
        self.denied.take_case(case);
        if let Some(claim) = case.claim.filter(|_| case.state.is_open()) {
            self.looked_at.insert(claim);
        }
    }

    /// Takes a claim of which somebody looks at what payers decided, or that money waits for.
    pub fn take_looked_at(&mut self, claim: ClaimId) {
        self.looked_at.insert(claim);
    }

    /// Takes a posting. All postings come before the first claim.
    pub fn take(&mut self, entry: &Entry) {
        self.denied.take(entry);
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

    /// Takes a claim, when it is asked for. They come in the order in which they were made.
    pub fn take_life(&mut self, life: &Life, asked: &Asked, (today, day_of): (Day, DayOf<'_>)) {
        let sent = life.first_sent_at.map(day_of);
        if let Some(before) = life.replaces.or(life.follows) {
            let root = self.roots.get(&before).copied().unwrap_or(before);
            // Of one that nobody decided on, what belongs to others is told by itself.
            if self.chains.contains_key(&root) {
                self.roots.insert(life.claim, root);
                return self.take_member(root, life, sent);
            }
        }
        let is_asked = asked.is_payer(&life.payer) && asked.is_office(&life.office);
        let charged = self.charged.get(&life.claim).copied().unwrap_or_default();
        let is_averaged = sent.is_some_and(|sent| today.days_since(sent) < AVERAGED_DAYS);
        if is_asked && is_averaged && !charged.is_zero() {
            self.rows.add_to(&life.payer, Debtor::Payer, |sum| sum.charged += charged);
        }
        let undecided = self.payer_owes.get(&life.claim).copied().unwrap_or_default();
        let is_decided = self.patient_owes.contains_key(&life.claim) || self.denied.has(life.claim);
        // What a payer paid of a claim that did not go out by us is a credit since it came.
        let since = sent.unwrap_or_else(|| day_of(life.received_at));
        if is_decided {
            self.begin_chain(life, since, sent);
        } else if is_asked {
            let days = today.days_since(since);
            self.rows.add_to(&life.payer, Debtor::Payer, |sum| sum.add(undecided, days));
        }
    }

    fn begin_chain(&mut self, life: &Life, since: Day, sent: Option<Day>) {
        let mut chain = Chain {
            office: life.office.clone(),
            payer: life.payer.clone(),
            sent: since,
            undecided: Money::ZERO,
            left: Money::ZERO,
            since: None,
            asked: Vec::new(),
            is_looked_at: false,
            accounts: Vec::new(),
            waits: Vec::new(),
            replaced: Vec::new(),
        };
        self.add_account(&mut chain, life, since);
        chain.waits.extend(expected(life, sent).map(|waits| (life.claim, waits)));
        self.chains.insert(life.claim, chain);
    }

    /// A claim that follows another one, or went out in its place.
    fn take_member(&mut self, root: ClaimId, life: &Life, sent: Option<Day>) {
        let Some(mut chain) = self.chains.remove(&root) else { return };
        let since = sent.unwrap_or(chain.sent);
        self.add_account(&mut chain, life, since);
        if let Some(before) = life.replaces {
            let account = self.accounts.get(&before).copied().unwrap_or(before);
            self.accounts.insert(life.claim, account);
            // What the payer's front end sent back was never processed.
            if sent.is_some() && life.state != State::Returned && life.frequency != VOID {
                chain.replaced.push(before);
                let own = chain.accounts.iter_mut().find(|own| own.claim == account);
                if let Some(own) = own.filter(|_| is_with_payer(life.state)) {
                    own.standing.is_with_payer = true;
                }
            }
        }
        chain.waits.extend(expected(life, sent).map(|waits| (life.claim, waits)));
        self.chains.insert(root, chain);
    }

    fn add_account(&self, chain: &mut Chain, life: &Life, sent: Day) {
        if let Some(&(amount, since)) = self.patient_owes.get(&life.claim) {
            chain.left += amount;
            chain.since = chain.since.max(since);
        }
        let owed = self.payer_owes.get(&life.claim).copied().unwrap_or_default();
        match life.follows {
            Some(_) if owed.is_zero() => {}
            Some(_) => chain.asked.push((life.payer.clone(), sent, owed)),
            None => chain.undecided += owed,
        }
        chain.is_looked_at |= self.looked_at.contains(&life.claim);
        if !self.denied.has(life.claim) {
            return;
        }
        let standing = Standing {
            is_with_payer: life.first_sent_at.is_some() && is_with_payer(life.state),
            is_closed: life.state == State::Closed,
        };
        let (claim, payer) = (life.claim, life.payer.clone());
        chain.accounts.push(AccountOf { claim, payer, sent, standing });
    }

    /// The rows, once all claims are taken.
    pub fn rows(&self, asked: &Asked, today: Day) -> Vec<Row> {
        let mut rows = self.rows.clone();
        for chain in self.chains.values().filter(|chain| asked.is_office(&chain.office)) {
            self.add_chain(chain, asked, today, &mut rows);
        }
        rows.told()
    }

    fn add_chain(&self, chain: &Chain, asked: &Asked, today: Day, rows: &mut Rows) {
        let since = chain.since.unwrap_or(chain.sent);
        let holds = |(claim, _): &&(ClaimId, Waits)| !chain.replaced.contains(claim);
        let waits = chain.waits.iter().find(holds).map(|(_, waits)| waits.clone());
        let is_open = Money::ZERO < chain.undecided || !chain.asked.is_empty();
        let is_on_hold = chain.is_looked_at || is_open;
        for (payer, sent, owed) in chain.asked.iter().filter(|(payer, ..)| asked.is_payer(payer)) {
            let days = today.days_since(*sent);
            rows.add_to(payer, Debtor::Payer, |sum| sum.add(*owed, days));
        }
        let waits = waits.unwrap_or_else(|| Waits {
            debtor: if is_on_hold { Debtor::PatientLater } else { Debtor::Patient },
            payer: chain.payer.clone(),
            since: Some(since),
        });
        let mut left = chain.left;
        let is_patients = matches!(waits.debtor, Debtor::PatientLater | Debtor::Patient);
        let may_take = if is_patients { left.max(Money::ZERO) } else { Money::ZERO };
        for (payer, days, part) in self.worked_on(chain, may_take, today) {
            left -= part.patients;
            if asked.is_payer(payer) {
                rows.add_to(payer, Debtor::Denied, |sum| sum.add_denied(part, days));
            }
        }
        let is_first = waits.debtor == Debtor::Payer && waits.payer == chain.payer;
        let rest = if is_first { left } else { Money::ZERO };
        if asked.is_payer(&chain.payer) {
            let days = today.days_since(chain.sent);
            let undecided = chain.undecided + rest;
            rows.add_to(&chain.payer, Debtor::Payer, |sum| sum.add(undecided, days));
        }
        if asked.is_payer(&waits.payer) && !is_first {
            let days = today.days_since(waits.since.unwrap_or(since));
            rows.add_to(&waits.payer, waits.debtor, |sum| sum.add(left, days));
        }
    }

    /// What payers denied of a chain and is worked on: of each the payer, the days since it has the claim,
    /// and how much. It is no more than was taken off and stands, less what is in credit, and of what was
    /// left to the patient no more than is left.
    fn worked_on<'c>(
        &'c self,
        chain: &'c Chain,
        mut patients: Money,
        today: Day,
    ) -> Vec<(&'c str, i64, AtWork)> {
        let accounts = chain.accounts.iter();
        let stands: Money = accounts.map(|own| self.denied.standing(own.claim)).sum();
        let credit = chain.undecided.min(Money::ZERO) + chain.left.min(Money::ZERO);
        let mut beside = (stands + credit).max(Money::ZERO);
        let mut found = Vec::new();
        for own in &chain.accounts {
            for (payer, part) in self.denied.at_work(own.claim, own.standing) {
                let payer = if payer.is_empty() { own.payer.as_str() } else { payer };
                let part = AtWork {
                    beside: part.beside.min(beside),
                    patients: part.patients.min(patients),
                };
                beside -= part.beside;
                patients -= part.patients;
                found.push((payer, today.days_since(own.sent), part));
            }
        }
        found
    }
}

/// Whether a claim that went out is with its payer, or on its way there once more.
const fn is_with_payer(state: State) -> bool {
    match state {
        State::Ready
        | State::Batched
        | State::Sent
        | State::Acknowledged
        | State::Accepted
        | State::Returned => true,
        State::Rejected | State::Held | State::Paid | State::Denied | State::Closed => false,
    }
}

/// Who is expected to decide on what is left of a claim, and since when it has it.
fn expected(life: &Life, sent: Option<Day>) -> Option<Waits> {
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
    let since = sent.filter(|_| debtor == Debtor::Payer);
    Some(Waits { debtor, payer: life.payer.clone(), since })
}

/// In place of a payer; sorts before every name.
const ALL: &str = "(all)";

impl Rows {
    /// Adds to the row of a payer, and to that of all of them.
    fn add_to(&mut self, payer: &str, debtor: Debtor, add: impl Fn(&mut Sum)) {
        for payer in [payer, ALL] {
            add(self.0.entry((payer.to_owned(), debtor)).or_default());
        }
    }

    fn told(&self) -> Vec<Row> {
        let denied = |payer: &str| {
            let row = self.0.get(&(payer.to_owned(), Debtor::Denied));
            row.map(Sum::open).unwrap_or_default()
        };
        let row = |((payer, debtor), sum): (&(String, Debtor), &Sum)| {
            sum.row(payer, *debtor, denied(payer))
        };
        self.0.iter().filter(|(_, sum)| !sum.is_blank()).map(row).collect()
    }
}

impl Sum {
    /// What the ledger has.
    fn add(&mut self, amount: Money, age_days: i64) {
        self.ledger += amount;
        self.add_aged(amount, age_days);
    }

    fn add_denied(&mut self, part: AtWork, age_days: i64) {
        self.ledger += part.patients;
        self.beside += part.beside;
        self.add_aged(part.patients + part.beside, age_days);
    }

    fn add_aged(&mut self, amount: Money, age_days: i64) {
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

    fn is_blank(&self) -> bool {
        self.claims == 0 && self.credit.is_zero() && self.charged.is_zero()
    }

    fn open(&self) -> Money {
        self.ages.iter().copied().sum()
    }

    /// `denied` is what the payer denied and is worked on.
    fn row(&self, payer: &str, debtor: Debtor, denied: Money) -> Row {
        let open = self.open();
        let mut row = vec![Cell::text(payer), Cell::text(debtor.name()), Cell::Count(self.claims)];
        row.extend(self.ages.map(Cell::Money));
        row.extend([open, self.credit, self.ledger, self.beside].map(Cell::Money));
        row.extend(match debtor {
            Debtor::Payer => [
                Cell::Money(self.charged),
                days_in(open + denied, self.charged),
                days_in(open, self.charged),
            ],
            Debtor::Denied | Debtor::NextPayer | Debtor::PatientLater | Debtor::Patient => {
                [Cell::Empty, Cell::Empty, Cell::Empty]
            }
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
