//! What is owed, by how long it is, and days in accounts receivable.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use x12::value::{Day, Money};

use super::at_work::{Denied, GoesOn, Standing};
use super::cells::{Cell, Column, Kind, column, text};
use super::denied::left_to_patient;
use super::facts::{DeniedCase, Entry, Life, Remittance};
use super::{Asked, DayOf, Row};
use crate::change::ClaimId;
use crate::change::next::Answer;
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
    "denied, worked on, in the row of the payer that denied it: what a denial took off (CO, OA, PI) or left to the patient (PR), and an item of the queue is about that is open or appealed; or was released and the payer has not decided on the corrected claim, or on one that the office itself sent in its place. Where the payer takes the corrected claim for a copy (18, B13), it stands as long as the item about that is worked on. It ends when the payer pays or takes the denial back, a later payer settles it, or a person resolves it or gives it up",
    "of what was denied only what stands in the ledger counts, so that no amount counts twice: several items about a line count it once; what was taken back, gave way to a later decision or payer, or is set against a credit of the claim does not count, and together it is no more than the items have at risk; what the patient was left (PR) counts while no payer after this one has the claim. What is in suspense is not taken off, and owed by the payer still; a denial of which no posting is known counts for nothing",
    "owed by the next payer, in the row of the one before: what that one left to the patient, or denied as another's to pay, while the claim goes on to a payer that no claim of ours went to: its office bills it, the payer passed it on, or it is not decided yet; until a payer after the first decides under the claim (of what was passed on, the one that has it), or a person says that no other payer is expected (queue give-up); and what a later payer that decided has not decided on (lines left out or taken back, or under review), while its item is open. What is denied so is here once no item is about it; at once where the payer passed the claim on and nobody can correct it (209, 204, 35, 119, 149); and never of a claim that was closed",
    "owed by the patient, in the row of the first payer: what payers left, once none is expected any more; patient, on hold: as long as statements ask nothing, for a part of the charge is not decided on, more is paid and taken off than was charged, or somebody looks at what a payer decided (an item denied, next-payer or overpaid is open, or one of V40, or money for the claim waits in suspense). What the patient paid at the visit (AMT*F5 of the claim) is in no account of the ledger and so is not taken off here; statements take it off",
    "open: claim by claim, all postings to the account and what is denied and worked on; claims that come to nothing are left out, and claims where more was paid than was owed are in credit and not in open",
    "in_ledger: what of open and credit is in the accounts receivable and patient; over all offices the rows of (all), or those of all payers, add up to the balances of both. beside_ledger: what of open, denied and worked on or owed by the next payer, was taken off there when it was denied (account contractual or other-adjustment). Receivables by the ledger, and denied at work beside them, come to the total: in_ledger + beside_ledger = open + credit in each row",
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
    /// What payers after the first have not decided on of what was left to them.
    left_with_later: HashMap<ClaimId, Money>,
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
    /// The first claim of it, which has the charge.
    first: ClaimId,
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
    /// What of it payers after the first have not decided on, though they spoke of the claim.
    left_with_later: Money,
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
    /// The payer before passed the claim on to it.
    is_passed_on: bool,
}

/// What one payer, or the patient, owes of a chain.
#[derive(Clone, Copy, Debug)]
struct Owed<'c> {
    /// In the row of this payer.
    payer: &'c str,
    debtor: Debtor,
    days: i64,
    /// What the ledger has, and what of it was taken off there when it was denied.
    ledger: Money,
    beside: Money,
}

/// By payer, and who owes.
#[derive(Clone, Debug, Default)]
struct Rows(BTreeMap<String, BTreeMap<Debtor, Sum>>);

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

    /// Takes what a payer after the first has not decided on of what was left to it.
    pub fn take_left_with_later(&mut self, claim: ClaimId, amount: Money) {
        *self.left_with_later.entry(claim).or_default() += amount;
    }

    /// Takes what payers after the first leave to the patient in a remittance: one may deny it so. All
    /// remittances come after the items, and before the first claim.
    pub fn take_later(&mut self, remittance: &Remittance) {
        left_to_patient(remittance).for_each(|entry| self.denied.take(&entry));
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
            | Account::OtherSystem
            | Account::WriteOff
            | Account::Bank
            | Account::Unexplained => {}
        }
    }

    /// Takes a claim, when it is asked for. They come in the order in which they were made.
    pub fn take_life(&mut self, life: &Life, asked: &Asked, (today, day_of): (Day, DayOf<'_>)) {
        let sent = life.first_sent_at().map(day_of);
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
            for payer in [life.payer.as_str(), ALL] {
                self.rows.sum(payer, Debtor::Payer).charged += charged;
            }
        }
        let undecided = self.payer_owes.get(&life.claim).copied().unwrap_or_default();
        let is_decided = self.patient_owes.contains_key(&life.claim) || self.denied.has(life.claim);
        // What a payer paid of a claim that did not go out by us is a credit since it came.
        let since = sent.unwrap_or_else(|| day_of(life.received_at));
        if is_decided {
            self.begin_chain(life, since, sent);
        } else if is_asked {
            let (payer, days) = (life.payer.as_str(), today.days_since(since));
            let (debtor, ledger, beside) = (Debtor::Payer, undecided, Money::ZERO);
            self.rows.add(&[Owed { payer, debtor, days, ledger, beside }]);
        }
    }

    fn begin_chain(&mut self, life: &Life, since: Day, sent: Option<Day>) {
        let mut chain = Chain {
            first: life.claim,
            office: life.office.clone(),
            payer: life.payer.clone(),
            sent: since,
            undecided: Money::ZERO,
            left: Money::ZERO,
            since: None,
            asked: Vec::new(),
            is_looked_at: false,
            left_with_later: Money::ZERO,
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
        chain.left_with_later += self.left_with_later.get(&life.claim).copied().unwrap_or_default();
        if !self.denied.has(life.claim) {
            return;
        }
        let standing = Standing {
            is_with_payer: life.first_sent_at().is_some() && is_with_payer(life.state),
            is_closed: life.state == State::Closed,
        };
        let (claim, payer) = (life.claim, life.payer.clone());
        chain.accounts.push(AccountOf { claim, payer, sent, standing });
    }

    /// The rows, once all claims are taken.
    pub fn rows(&self, asked: &Asked, today: Day) -> Vec<Row> {
        let mut rows = self.rows.clone();
        let mut owed = Vec::new();
        for chain in self.chains.values().filter(|chain| asked.is_office(&chain.office)) {
            self.owed_of(chain, today, &mut owed);
            owed.retain(|one| asked.is_payer(one.payer));
            rows.add(&owed);
            owed.clear();
        }
        rows.told()
    }

    /// All that is owed of a chain.
    fn owed_of<'c>(&'c self, chain: &'c Chain, today: Day, owed: &mut Vec<Owed<'c>>) {
        let since = chain.since.unwrap_or(chain.sent);
        let holds = |(claim, _): &&(ClaimId, Waits)| !chain.replaced.contains(claim);
        let waits = chain.waits.iter().find(holds);
        for (payer, sent, asked) in &chain.asked {
            let (debtor, days) = (Debtor::Payer, today.days_since(*sent));
            owed.push(Owed { payer, debtor, days, ledger: *asked, beside: Money::ZERO });
        }
        let is_open = !chain.undecided.is_zero() || !chain.asked.is_empty();
        let is_on_hold = chain.is_looked_at || is_open || !chain.left_with_later.is_zero();
        let (payer, debtor, days) = match waits {
            Some((claim, waits)) if self.is_left_by(*claim, waits, chain) => {
                (chain.payer.as_str(), Debtor::PatientLater, today.days_since(since))
            }
            Some((_, waits)) => {
                let since = waits.since.unwrap_or(since);
                (waits.payer.as_str(), waits.debtor, today.days_since(since))
            }
            None if is_on_hold => {
                (chain.payer.as_str(), Debtor::PatientLater, today.days_since(since))
            }
            None => (chain.payer.as_str(), Debtor::Patient, today.days_since(since)),
        };
        let mut left = chain.left;
        // Whoever has the claim owes what was left to the patient.
        let may_take = match debtor {
            Debtor::PatientLater | Debtor::Patient => true,
            Debtor::NextPayer => !waits.is_some_and(|(_, waits)| waits.is_passed_on),
            Debtor::Payer | Debtor::Denied => false,
        };
        let may_take = if may_take { left.max(Money::ZERO) } else { Money::ZERO };
        let of_next = self.take_denied(chain, (waits, may_take), today, owed);
        left -= owed.iter().filter(|one| one.debtor == Debtor::Denied).map(|one| one.ledger).sum();
        let is_first = debtor == Debtor::Payer && payer == chain.payer;
        let rest = if is_first { left } else { Money::ZERO };
        owed.push(Owed {
            payer: &chain.payer,
            debtor: Debtor::Payer,
            days: today.days_since(chain.sent),
            ledger: chain.undecided + rest,
            beside: Money::ZERO,
        });
        let mut ledger = left - rest;
        if debtor == Debtor::PatientLater {
            let (debtor, payer) = (Debtor::NextPayer, chain.payer.as_str());
            let with_later = chain.left_with_later.min(ledger).max(Money::ZERO);
            ledger -= with_later;
            owed.push(Owed { payer, debtor, days, ledger: with_later, beside: Money::ZERO });
        }
        owed.push(Owed { payer, debtor, days, ledger, beside: of_next });
    }

    /// Whether what the patient was left is the word of the very payer that is to decide: the first one, which has
    /// the claim once more, corrected. It asks nothing of it by that.
    fn is_left_by(&self, claim: ClaimId, waits: &Waits, chain: &Chain) -> bool {
        let account = self.accounts.get(&claim).copied().unwrap_or(claim);
        account == chain.first && waits.debtor == Debtor::Payer && Money::ZERO < chain.left
    }

    /// What payers denied of a chain and is worked on; gives what they denied that the next payer owes. It
    /// is no more than was taken off and stands, less what is in credit, and of what was left to the patient
    /// no more than `patients`.
    fn take_denied<'c>(
        &'c self,
        chain: &'c Chain,
        (waits, mut patients): (Option<&(ClaimId, Waits)>, Money),
        today: Day,
        owed: &mut Vec<Owed<'c>>,
    ) -> Money {
        let accounts = chain.accounts.iter();
        let stands: Money = accounts.map(|own| self.denied.standing(own.claim)).sum();
        let credit = chain.undecided.min(Money::ZERO) + chain.left.min(Money::ZERO);
        let mut beside = (stands + credit).max(Money::ZERO);
        let mut of_next = Money::ZERO;
        for own in &chain.accounts {
            let goes_on = self.goes_on(own.claim, waits);
            let days = today.days_since(own.sent);
            for (payer, part) in self.denied.at_work(own.claim, own.standing, goes_on) {
                let payer = if payer.is_empty() { own.payer.as_str() } else { payer };
                let (taken, left) = (part.beside.min(beside), part.patients.min(patients));
                beside -= taken;
                patients -= left;
                let debtor = Debtor::Denied;
                owed.push(Owed { payer, debtor, days, ledger: left, beside: taken });
            }
            of_next += self.denied.owed_by_next(own.claim, own.standing, goes_on);
        }
        of_next.min(beside)
    }

    /// Whether the payer after the one that denied something of an account is waited for.
    fn goes_on(&self, account: ClaimId, waits: Option<&(ClaimId, Waits)>) -> GoesOn {
        let own = waits.filter(|(claim, waits)| {
            let of = self.accounts.get(claim).copied().unwrap_or(*claim);
            of == account && waits.debtor == Debtor::NextPayer
        });
        match own {
            Some((_, waits)) if waits.is_passed_on => GoesOn::PassedOn,
            Some(_) => GoesOn::ToCome,
            None => GoesOn::No,
        }
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
    let by = life.decided_by.as_ref().unwrap_or(&life.payer);
    let link = Link {
        payer: by,
        state: life.state,
        was_sent: life.first_sent_at().is_some(),
        // Who works on a denial owes nothing.
        open: None,
        left_with: None,
        denied_by: None,
        next_payer: life.asks_next_payer.then_some("the next payer"),
        answer: life.answer,
        // What that one decided is answered already.
        has_later_word: life.has_later_word && life.decided_by.is_none(),
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
    let is_passed_on = debtor == Debtor::NextPayer && life.answer == Some(Answer::PassedOn);
    let payer = if debtor == Debtor::NextPayer { by } else { &life.payer };
    Some(Waits { debtor, payer: payer.clone(), since, is_passed_on })
}

/// In place of a payer; sorts before every name.
const ALL: &str = "(all)";

impl Rows {
    /// Adds what is owed of one claim, to the rows of payers and to those of all of them. It counts once
    /// in each.
    fn add(&mut self, owed: &[Owed<'_>]) {
        let mut counted: Vec<Debtor> = Vec::new();
        for (at, first) in owed.iter().enumerate() {
            let is_same = |one: &&Owed<'_>| (one.payer, one.debtor) == (first.payer, first.debtor);
            if owed[..at].iter().any(|one| is_same(&one)) {
                continue;
            }
            let parts = || owed[at..].iter().filter(is_same);
            let net: Money = parts().map(|one| one.ledger + one.beside).sum();
            let claims = u64::from(Money::ZERO < net);
            self.sum(first.payer, first.debtor).add(parts(), claims);
            let is_new = !counted.contains(&first.debtor);
            if claims > 0 && is_new {
                counted.push(first.debtor);
            }
            self.sum(ALL, first.debtor).add(parts(), if is_new { claims } else { 0 });
        }
    }

    fn sum(&mut self, payer: &str, debtor: Debtor) -> &mut Sum {
        if !self.0.contains_key(payer) {
            self.0.insert(payer.to_owned(), BTreeMap::new());
        }
        let of_payer = self.0.get_mut(payer).expect("it was put there");
        of_payer.entry(debtor).or_default()
    }

    fn told(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (payer, sums) in &self.0 {
            let denied = sums.get(&Debtor::Denied).map(Sum::open).unwrap_or_default();
            let told = sums.iter().filter(|(_, sum)| !sum.is_blank());
            rows.extend(told.map(|(debtor, sum)| sum.row(payer, *debtor, denied)));
        }
        rows
    }
}

impl Sum {
    /// Adds what one claim owes here, in parts of different age.
    fn add<'o>(&mut self, parts: impl Iterator<Item = &'o Owed<'o>> + Clone, claims: u64) {
        self.claims += claims;
        let mut net = Money::ZERO;
        for part in parts.clone() {
            self.ledger += part.ledger;
            self.beside += part.beside;
            net += part.ledger + part.beside;
        }
        self.credit += net.min(Money::ZERO);
        for part in parts {
            let aged = (part.ledger + part.beside).min(net);
            if Money::ZERO < aged {
                let age = AGES_DAYS.iter().take_while(|&&last| last < part.days).count();
                self.ages[age] += aged;
                net -= aged;
            }
        }
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
