//! What an auditor asks of one service: of what its claims come to, what nobody explained.

use std::collections::BTreeMap;

use x12::value::Money;

use crate::change::cases::TOO_MUCH;
use crate::change::{ClaimId, Moment, WorkState};
use crate::denials::Category;
use crate::denials::reasons::{Class, reason};
use crate::denials::table::{Asked, Table};
use crate::ledger::{Account, GIVES_WAY, Posting, taken_off};
use crate::lifecycle::State;
use crate::store::{Claim, Work};

/// The claims of one service, the first one first: those that went out in one another's place, and those for
/// the payers after the first.
#[derive(Debug, Default)]
pub(super) struct Service {
    pub members: Vec<Member>,
    /// Items of the queue about any of them, closed ones too.
    pub items: Vec<Work>,
}

#[derive(Debug)]
pub(super) struct Member {
    pub claim: Claim,
    pub postings: Vec<Posting>,
}

/// What a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    /// All claims of the service.
    pub claims: Vec<ClaimId>,
    pub question: Question,
    pub amount: Money,
    pub sums: Sums,
}

/// What is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Payers paid and took off more than was charged.
    PayerInCredit,
    /// More was settled than payers left to the patient.
    PatientInCredit,
    /// Payers took back more than they paid.
    PaidBack,
    /// More is owed than was charged.
    OwedTwice,
    /// The whole charge is taken off as denied or beyond a fee schedule, and nobody looks or looked at it.
    NothingPaid,
    /// More of what a contract takes off gave way to a later payer than was denied.
    GaveWay,
    /// Payers decided long ago, or the claim is closed, and a part of the charge is owed by nobody who is
    /// expected.
    LeftOpen,
}

/// Every question.
pub const QUESTIONS: [Question; 7] = [
    Question::PayerInCredit,
    Question::PatientInCredit,
    Question::PaidBack,
    Question::OwedTwice,
    Question::NothingPaid,
    Question::GaveWay,
    Question::LeftOpen,
];

impl Question {
    pub const fn name(self) -> &'static str {
        match self {
            Question::PayerInCredit => "payer-in-credit",
            Question::PatientInCredit => "patient-in-credit",
            Question::PaidBack => "paid-back",
            Question::OwedTwice => "owed-twice",
            Question::NothingPaid => "nothing-paid",
            Question::GaveWay => "gave-way",
            Question::LeftOpen => "left-open",
        }
    }

    /// What is so by the amount, and that nobody said why.
    pub const fn meaning(self) -> &'static str {
        match self {
            Question::PayerInCredit => {
                "is settled beyond the charge (account receivable is in credit), and no item tells of it"
            }
            Question::PatientInCredit => {
                "is settled beyond what payers left to the patient, whose account is in credit, and no \
                 item tells of it"
            }
            Question::PaidBack => {
                "was taken back by payers that they had not paid, and no item tells of it"
            }
            Question::OwedTwice => "is owed beyond the charge, and no item tells of it",
            Question::NothingPaid => {
                "was charged and is all taken off by payers: nobody paid, and no item was closed by a \
                 person or is open"
            }
            Question::GaveWay => {
                "of what a contract takes off gave way to a later payer, though nobody had denied it: \
                 the patient may be asked for it, or an overpayment may hide there"
            }
            Question::LeftOpen => {
                "is not decided on, though payers decided on the rest 30 days ago or more, or the claim \
                 is closed; no item is open, and a person closed none"
            }
        }
    }

    /// What somebody is to do about it.
    pub const fn action(self) -> &'static str {
        match self {
            Question::PayerInCredit | Question::PatientInCredit => {
                "hold its remittances together, and find out who paid or took off too much; \
                 `queue open CLAIM --found overpaid` starts the clock to return it"
            }
            Question::PaidBack | Question::OwedTwice => {
                "look for the payment that was taken back and is not posted, or for a reversal that came \
                 twice; `queue open CLAIM` has it worked on"
            }
            Question::NothingPaid | Question::LeftOpen => {
                "ask the payer; `queue open CLAIM --found underpaid` has it worked on, `queue give-up \
                 CLAIM` ends it"
            }
            Question::GaveWay => {
                "hold the remittances of both payers together before the patient is asked; \
                 `queue open CLAIM` has it worked on"
            }
        }
    }
}

/// What the postings of claims come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub charged: Money,
    /// What payers paid, and what of money in suspense persons gave to it.
    pub paid: Money,
    /// What payers owe.
    pub receivable: Money,
    pub patient: Money,
}

impl Sums {
    pub(super) fn add(&mut self, account: Account, amount: Money) {
        match account {
            Account::Charges => self.charged -= amount,
            Account::Cash | Account::Suspense => self.paid += amount,
            Account::Receivable => self.receivable += amount,
            Account::Patient => self.patient += amount,
            Account::Contractual
            | Account::OtherAdjustment
            | Account::WriteOff
            | Account::Bank
            | Account::Unexplained
            | Account::Interest
            | Account::Capitation
            | Account::Forwarded
            | Account::Takeback
            | Account::ProviderAdjustment
            | Account::Returned
            | Account::OtherSystem => {}
        }
    }

    pub(super) fn with(mut self, other: &Sums) -> Sums {
        self.charged += other.charged;
        self.paid += other.paid;
        self.receivable += other.receivable;
        self.patient += other.patient;
        self
    }

    /// What was adjusted and given up: both sides of each posting of a claim are the claim's.
    pub fn taken_off(&self) -> Money {
        self.charged - self.paid - self.receivable - self.patient
    }

    /// Whether anything of this may be asked about, before it is looked at closely.
    pub(super) fn is_odd(&self) -> bool {
        self.receivable.is_negative()
            || self.patient.is_negative()
            || self.paid.is_negative()
            || self.charged < self.receivable + self.patient
    }

    /// Whether nobody paid and nobody owes what was charged.
    pub(super) fn is_all_taken_off(&self) -> bool {
        let is_settled = [self.paid, self.receivable, self.patient].into_iter().all(Money::is_zero);
        is_settled && Money::ZERO < self.charged
    }
}

/// Whether the payer that has a claim in this state is done with it.
pub(super) const fn is_decided(state: State) -> bool {
    match state {
        State::Paid | State::Denied | State::Closed | State::Rejected => true,
        State::Held
        | State::Ready
        | State::Batched
        | State::Sent
        | State::Acknowledged
        | State::Accepted
        | State::Returned => false,
    }
}

/// Whether an adjustment wants an item: a denial, or what is beyond a fee schedule; not what is rolled up (97),
/// perhaps in another claim of the patient. Of a payer by its name in the settings.
pub(super) fn wants_item(posting: &Posting, payer: &str, table: &Table) -> bool {
    let Some((group, reason)) = taken_off(posting) else { return false };
    let asked = Asked { payer, group, reason, remarks: &[] };
    let is_by_schedule = group == "CO" && reason == "45";
    is_by_schedule || (reason != "97" && table.class(&asked) == Class::Denial)
}

impl Service {
    /// What of it nobody explained.
    pub(super) fn unexplained(&self, table: &Table, now: Moment) -> Vec<Unexplained> {
        let sums = self.members.iter().fold(Sums::default(), |sums, one| sums.with(&one.sums()));
        let mut found = Vec::new();
        let mut ask = |question, amount: Money| {
            if Money::ZERO < amount {
                let claims = self.members.iter().map(|one| one.claim.id).collect();
                found.push(Unexplained { claims, question, amount, sums });
            }
        };
        if let Some(told) = self.told_of_credit() {
            let owed = self.owed_by_payers();
            let credit: Money = owed.values().map(|one| -(*one).min(Money::ZERO)).sum();
            ask(Question::PayerInCredit, credit - told);
            let told = told - credit.min(told);
            ask(Question::PatientInCredit, self.patients_credit(&sums) - told);
        }
        if !self.items.iter().any(tells_of_credit) {
            ask(Question::PaidBack, -sums.paid);
            let twice = sums.receivable + sums.patient - sums.charged;
            ask(Question::OwedTwice, if sums.charged.is_negative() { Money::ZERO } else { twice });
            ask(Question::GaveWay, self.gave_way() - self.may_give_way());
        }
        let is_known = self.items.iter().any(|item| is_about_money(item) && is_known(item));
        if !is_known && sums.is_all_taken_off() && self.refused(table) == sums.charged {
            ask(Question::NothingPaid, sums.charged);
        }
        let is_asked = self.items.iter().any(|item| item.state.is_open());
        if self.is_left(now) && !is_known && !is_asked {
            let open = self.owed_by_payers().into_values().map(|one| one.max(Money::ZERO)).sum();
            ask(Question::LeftOpen, open);
        }
        found
    }

    /// How much of a credit items tell of, all together; `None` where one of them has no sum of it: what is
    /// decided on twice (V34) is in credit by what it takes off, too, and what its payer has corrected by what
    /// that charges less.
    fn told_of_credit(&self) -> Option<Money> {
        let mut told = Money::ZERO;
        for item in self.items.iter().filter(|item| tells_of_credit(item)) {
            let is_of_a_sum = item.category == Category::Overpaid && item.alike.rule != TOO_MUCH;
            if !is_of_a_sum || item.state == WorkState::Released {
                return None;
            }
            told += item.amount;
        }
        Some(told)
    }

    /// Whether nobody is expected to decide any more: what a payer decides on in parts comes in a few weeks.
    fn is_left(&self, now: Moment) -> bool {
        let is_done = self.members.iter().all(|one| is_decided(one.claim.state));
        let last = self.members.iter().map(|one| one.claim.changed_at.0).max();
        is_done && last.is_some_and(|last| last.saturating_add(PARTS_COME_MICROS) < now.0)
    }

    /// What is owed by each payer, by the first of the claims that went to it in one another's place.
    fn owed_by_payers(&self) -> BTreeMap<ClaimId, Money> {
        let mut first: BTreeMap<ClaimId, ClaimId> = BTreeMap::new();
        let mut owed: BTreeMap<ClaimId, Money> = BTreeMap::new();
        for one in &self.members {
            let before = one.claim.replaces.and_then(|before| first.get(&before).copied());
            let root = before.unwrap_or(one.claim.id);
            first.insert(one.claim.id, root);
            *owed.entry(root).or_default() += one.sums().receivable;
        }
        owed
    }

    /// What was settled beyond what was left to the patient. A later payer may have paid before the first one
    /// decided.
    fn patients_credit(&self, sums: &Sums) -> Money {
        let is_own = |one: &&Member| one.claim.follows.is_none();
        let is_expected =
            self.members.iter().filter(is_own).any(|one| !is_decided(one.claim.state));
        let owed = self.members.first().map_or(Money::ZERO, |first| {
            let owed = self.owed_by_payers();
            owed.get(&first.claim.id).copied().unwrap_or_default().max(Money::ZERO)
        });
        -sums.patient - if is_expected { owed } else { Money::ZERO }
    }

    /// What is taken off by adjustments that want an item.
    fn refused(&self, table: &Table) -> Money {
        let of = |one: &Member| -> Money {
            let payer = one.claim.payer.as_deref().unwrap_or_default();
            let refused = one.postings.iter().filter(|made| wants_item(made, payer, table));
            refused.map(|made| made.amount).sum()
        };
        let gave_way = self.gave_way();
        self.members.iter().map(of).sum::<Money>() - gave_way
    }

    /// What of contracts and other adjustments gave way to a later payer; with a minus what that one takes off
    /// without telling it from what was settled before it.
    fn gave_way(&self) -> Money {
        let all = self.members.iter().flat_map(|one| &one.postings);
        let is_it = |made: &&Posting| {
            let is_off = matches!(made.account, Account::Contractual | Account::OtherAdjustment);
            is_off && made.reason == GIVES_WAY
        };
        -all.filter(is_it).map(|made| made.amount).sum::<Money>()
    }

    /// What was denied, and what later payers took off themselves. By our own table, as the gateway does it.
    fn may_give_way(&self) -> Money {
        let mut sum = Money::ZERO;
        for pair in self.members.iter().flat_map(|one| one.postings.chunks(2)) {
            let [one, other] = pair else { continue };
            let Some((_, code)) = taken_off(one) else { continue };
            // What a line has of others that are rolled up in it is not taken off.
            let is_of_later = other.account == Account::Patient && code != "94";
            if is_of_later || reason(code).class == Class::Denial {
                sum += one.amount;
            }
        }
        sum
    }
}

impl Member {
    fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for made in &self.postings {
            sums.add(made.account, made.amount);
        }
        sums
    }
}

/// Whether an item says that something was paid or decided that nobody owes: as long as it is open or its
/// correction is with the payer, and for good when a person closed it.
fn tells_of_credit(item: &Work) -> bool {
    let is_of_kind = match item.category {
        Category::Overpaid
        | Category::Discrepancy
        | Category::Unexplained
        | Category::Unmatched
        | Category::OutOfBalance => true,
        Category::Held
        | Category::Unrouted
        | Category::SetRejected
        | Category::ClaimRejected
        | Category::Denied
        | Category::Kept
        | Category::Underpaid
        | Category::RateChanged
        | Category::Deposit
        | Category::NextPayer
        | Category::Corrected => false,
    };
    is_of_kind && is_known(item)
}

/// Whether somebody is to look, or did.
fn is_known(item: &Work) -> bool {
    match item.state {
        WorkState::Open | WorkState::Taken | WorkState::Released => true,
        WorkState::Resolved => is_closed_by_person(item),
    }
}

/// Whoever closes an item is its owner; what closes by itself says so.
fn is_closed_by_person(item: &Work) -> bool {
    !item.owner.is_empty() && !BY_ITSELF.iter().any(|start| item.note.starts_with(start))
}

/// In how many days a payer decides on what it left of a claim.
const PARTS_COME_MICROS: i64 = 30 * 24 * 3_600_000_000;

/// How the notes of items begin that nobody closed.
const BY_ITSELF: [&str; 2] = ["closed by itself", "the payer took back"];

/// Whether an item is about what a payer decided.
fn is_about_money(item: &Work) -> bool {
    match item.category {
        Category::Denied
        | Category::Underpaid
        | Category::Overpaid
        | Category::Discrepancy
        | Category::Unexplained
        | Category::Unmatched
        | Category::OutOfBalance
        | Category::NextPayer => true,
        Category::Held
        | Category::Unrouted
        | Category::SetRejected
        | Category::ClaimRejected
        | Category::Kept
        | Category::RateChanged
        | Category::Deposit
        | Category::Corrected => false,
    }
}
