//! Double-entry postings of what payers pay, adjust and take back.

use std::collections::BTreeMap;

use x12::fault::Place;
use x12::segment::Field;
use x12::value::Money;
use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, ProviderAdjustment};

use crate::change::ClaimId;
use crate::denials::reasons::{Class, group_and_reason, reason};
use crate::denials::{bundle, printable};

mod given_up;

pub use given_up::GivenUp;

/// An account of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What payers owe for claims that were sent.
    Receivable,
    /// What was charged for claims that were sent.
    Charges,
    /// Money that payers paid, as BPR02 says, until a bank shows it.
    Cash,
    /// Money that a bank shows.
    Bank,
    /// Money that a bank shows and no remittance explains yet.
    Unexplained,
    /// CO: what the contract takes off.
    Contractual,
    /// PR: what the patient owes, and what a payer paid to the patient (100).
    Patient,
    /// OA and PI, and whatever else a payer adjusts.
    OtherAdjustment,
    /// PLB L6, 51 and L3: interest and penalties, which are no part of what a claim is worth.
    Interest,
    /// PLB CT and CR: what is paid for patients and not for services.
    Capitation,
    /// PLB FB: what a payer carried from one payment to the next.
    Forwarded,
    /// PLB WO, WU and 72: what a payer takes back, or got back by cheque, apart from its claims.
    Takeback,
    /// PLB: whatever else belongs to no claim of the remittance.
    ProviderAdjustment,
    /// Money for claims that we do not know.
    Suspense,
    /// Money that a person sent back to its payer, out of suspense or as a refund: it is in cash, and left the
    /// house.
    Returned,
    /// Money for claims that another system has on its books, out of suspense: it is in cash, and was earned there.
    OtherSystem,
    /// What a person gave up.
    WriteOff,
}

/// Every account.
pub const ACCOUNTS: [Account; 17] = [
    Account::Receivable,
    Account::Charges,
    Account::Cash,
    Account::Bank,
    Account::Unexplained,
    Account::Contractual,
    Account::Patient,
    Account::OtherAdjustment,
    Account::Interest,
    Account::Capitation,
    Account::Forwarded,
    Account::Takeback,
    Account::ProviderAdjustment,
    Account::Suspense,
    Account::Returned,
    Account::OtherSystem,
    Account::WriteOff,
];

impl Account {
    pub const fn name(self) -> &'static str {
        match self {
            Account::Receivable => "receivable",
            Account::Charges => "charges",
            Account::Cash => "cash",
            Account::Bank => "bank",
            Account::Unexplained => "unexplained-deposit",
            Account::Contractual => "contractual",
            Account::Patient => "patient",
            Account::OtherAdjustment => "other-adjustment",
            Account::Interest => "interest",
            Account::Capitation => "capitation",
            Account::Forwarded => "forwarded",
            Account::Takeback => "takeback",
            Account::ProviderAdjustment => "provider-adjustment",
            Account::Suspense => "suspense",
            Account::Returned => "returned",
            Account::OtherSystem => "other-system",
            Account::WriteOff => "write-off",
        }
    }

    /// The account of that name.
    pub fn named(name: &str) -> Option<Account> {
        ACCOUNTS.into_iter().find(|account| account.name() == name)
    }
}

/// One side of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub account: Account,
    pub claim: Option<ClaimId>,
    /// The line that it pays: its number, LX01; empty for the whole claim.
    pub line: String,
    /// A debit is positive, a credit negative.
    pub amount: Money,
    /// Why: `paid`, `CO-45`, `WO`.
    pub reason: String,
    /// The segment of the remittance that says so.
    pub source: Place,
}

impl Posting {
    /// CAS01 and CAS02 of an adjustment; `None` of all other reasons, of which `write-off` has a hyphen too.
    pub fn group_and_reason(&self) -> Option<(&str, &str)> {
        self.reason.split_once('-').filter(|(group, _)| group.len() == 2)
    }
}

/// Group and reason of an adjustment that is taken off; none of what is added to another line, nor of the
/// patient's part.
pub fn taken_off(posting: &Posting) -> Option<(&str, &str)> {
    let (group, reason) = posting.group_and_reason()?;
    let is_it = match posting.account {
        Account::Contractual => true,
        // What the contract takes off stands there only when it is added to another line.
        Account::OtherAdjustment => group != "CO",
        Account::Receivable
        | Account::Charges
        | Account::Cash
        | Account::Bank
        | Account::Unexplained
        | Account::Patient
        | Account::Interest
        | Account::Capitation
        | Account::Forwarded
        | Account::Takeback
        | Account::ProviderAdjustment
        | Account::Suspense
        | Account::Returned
        | Account::OtherSystem
        | Account::WriteOff => false,
    };
    is_it.then_some((group, reason))
}

impl Account {
    /// Where an adjustment goes, by its group and reason: CAS01 and CAS02.
    pub fn of_adjustment(group: &str, reason: &str) -> Account {
        match group {
            // The patient has what the payer paid, whatever the group says.
            _ if reason == PAID_TO_PATIENT => Account::Patient,
            "CO" => Account::Contractual,
            "PR" => Account::Patient,
            // CR left the guide with version 5010; some payers still send it.
            _ => Account::OtherAdjustment,
        }
    }

    /// Where money goes that belongs to no claim of a remittance, by its reason: PLB03-1.
    pub fn of_provider_adjustment(reason: &Field<'_>) -> Account {
        Account::of_plb(reason.bytes())
    }

    /// The same by PLB03-1 as it is kept.
    pub fn of_plb(reason: &[u8]) -> Account {
        match reason {
            b"L6" | b"L3" | b"51" => Account::Interest,
            b"CT" | b"CR" => Account::Capitation,
            b"FB" => Account::Forwarded,
            b"WO" | b"WU" | b"72" => Account::Takeback,
            _ => Account::ProviderAdjustment,
        }
    }
}

/// What a claim is worth, when it is first sent: the payer owes what was charged. With a minus what
/// is charged no more.
pub fn charge(claim: ClaimId, amount: Money, source: Place) -> [Posting; 2] {
    let side = |account, amount| Posting {
        account,
        claim: Some(claim),
        line: String::new(),
        amount,
        reason: CHARGE.to_owned(),
        source,
    };
    [side(Account::Receivable, amount), side(Account::Charges, -amount)]
}

/// A claim that was voided: nothing is owed for it, as if it had never been sent.
pub fn voided(claim: ClaimId, amount: Money, source: Place) -> [Posting; 2] {
    charge(claim, -amount, source).map(|side| Posting { reason: VOID.to_owned(), ..side })
}

/// What a posting says that was charged, or is charged no more; `None` of all others.
pub fn charged(posting: &Posting) -> Option<Money> {
    let is_charge = matches!(posting.reason.as_str(), CHARGE | VOID);
    (posting.account == Account::Receivable && is_charge).then_some(posting.amount)
}

/// Whether a posting takes off the charge of a claim whose void the payer took.
pub fn is_void(posting: &Posting) -> bool {
    charged(posting).is_some() && posting.reason == VOID
}

/// CAS: the payer paid the patient, the insured or whoever is responsible.
pub const PAID_TO_PATIENT: &str = "100";

/// The reason of what was paid.
const PAID: &str = "paid";
/// The reason of what was charged.
const CHARGE: &str = "charge";
/// The reason of what is charged no more.
const VOID: &str = "void";

/// The adjustments of a text for reading (`CO-45 30.00, line 2 PR-3 10.00`): the number of the line of each, if
/// it is one line's, group and reason, and the amount.
pub fn adjustments_in(text: &str) -> impl Iterator<Item = (&str, &str, Money)> {
    let is_other =
        |part: &&str| ["remarks ", PENDED, LEFT].iter().any(|mark| part.starts_with(mark));
    text.split(", ").filter(move |part| !is_other(part)).filter_map(adjustment_in)
}

fn adjustment_in(part: &str) -> Option<(&str, &str, Money)> {
    let mut words = part.rsplit(' ');
    let (amount, code) = (words.next()?, words.next()?);
    let line = words.next().filter(|_| part.starts_with("line ")).unwrap_or_default();
    Some((line, code, Money::parse(amount.as_bytes())?))
}

/// What such a text says of an adjustment that takes nothing off, for an office's row calls it open.
pub const PENDED: &str = "pended ";

/// What it says of one that takes nothing off, for another CLP of the claim decides on that.
pub const LEFT: &str = "left ";

/// The adjustments of such a text that take nothing off and have this mark, as those that do.
pub fn marked_in<'t>(
    text: &'t str,
    mark: &'static str,
) -> impl Iterator<Item = (&'t str, &'t str, Money)> {
    text.split(", ").filter_map(move |part| adjustment_in(part.strip_prefix(mark)?))
}

/// Who owed what a claim payment settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Debtor {
    /// The payer that the claim went to.
    Payer,
    /// The patient, by an earlier payer's decision: a later payer pays the patient's share.
    Patient,
}

impl Debtor {
    /// Where stands what they owe.
    pub const fn account(self) -> Account {
        match self {
            Debtor::Payer => Account::Receivable,
            Debtor::Patient => Account::Patient,
        }
    }

    /// A later payer repeats what the earlier ones settled (reason 23), which is posted already. What
    /// a payer still reviews (133) is owed until it has decided.
    fn settles(self, code: &str) -> bool {
        let is_open = reason(code).class == Class::Waiting;
        !is_open && (self == Debtor::Payer || code != "23")
    }
}

/// Whether an adjustment takes nothing off, for its payer has not decided on it.
type IsPended<'a> = &'a dyn Fn(&Adjustment<'_>) -> bool;

/// A claim payment for a claim that we know. `lines` has LX01 for each of its services, as far as
/// it is known. A reversal has all its amounts with a minus, so it undoes what it reverses.
pub fn claim_payment(
    (payment, is_pended): (&ClaimPayment<'_>, IsPended<'_>),
    claim: ClaimId,
    lines: &[Option<u32>],
    debtor: Debtor,
) -> Vec<Posting> {
    let mut postings = Vec::new();
    let is_settled = bundle::is_settled(payment);
    let mut left = payment.paid.money().unwrap_or_default();
    for (index, service) in payment.services.iter().enumerate() {
        let line = lines.get(index).copied().flatten();
        let paid = service.paid.money().unwrap_or_default();
        left -= paid;
        let rolled_up = is_settled.then(|| service.charge.money()).flatten();
        let entry = Entry { claim, debtor, line, rolled_up, source: service.paid.place };
        entry.post(paid, (&service.adjustments, is_pended), &mut postings);
    }
    // What the claim pays or adjusts beyond its services. Adjustments of the claim as a whole
    // lower what its services were paid, so this cash may be negative.
    let entry = Entry { claim, debtor, line: None, rolled_up: None, source: payment.paid.place };
    entry.post(left, (&payment.adjustments, is_pended), &mut postings);
    postings
}

/// So much was taken off to each account, or is so no more.
pub type TakenOff = BTreeMap<Account, Money>;

/// What payers took off and is taken off no longer, as it was more than was left: the later payer's
/// postings take it from the patient's account.
pub fn gives_way(claim: ClaimId, given: &TakenOff, source: Place) -> Vec<Posting> {
    let mut postings = Vec::new();
    for (account, amount) in given {
        let sides = between((Account::Patient, *account), *amount, GIVES_WAY, source);
        // The account first, and then who owed what it settles.
        postings.extend(sides.into_iter().rev());
    }
    for posting in &mut postings {
        posting.claim = Some(claim);
    }
    postings
}

/// How much of what was taken off gave way by these postings.
pub fn given_way<'p>(postings: impl IntoIterator<Item = &'p Posting>) -> TakenOff {
    let mut given = TakenOff::new();
    let is_its = |made: &&Posting| made.account != Account::Patient && made.reason == GIVES_WAY;
    for made in postings.into_iter().filter(is_its) {
        *given.entry(made.account).or_default() -= made.amount;
    }
    given
}

/// Why what was taken off is so no more.
pub const GIVES_WAY: &str = "gives way";

/// What a payer denied and another is asked for: it owes that, until it decides. With a minus what it is asked
/// for no more.
pub fn asked_of_next(claim: ClaimId, asked: &TakenOff, source: Place) -> Vec<Posting> {
    let mut postings = Vec::new();
    for (account, amount) in asked {
        let sides = between((Account::Receivable, *account), *amount, NEXT_PAYER, source);
        postings.extend(sides.into_iter().rev());
    }
    for posting in &mut postings {
        posting.claim = Some(claim);
    }
    postings
}

/// How much of what was denied another payer is asked for, by these postings of one claim.
pub fn next_is_asked<'p>(postings: impl IntoIterator<Item = &'p Posting>) -> TakenOff {
    let mut asked = TakenOff::new();
    let is_its = |made: &&Posting| made.account != Account::Receivable && made.reason == NEXT_PAYER;
    for made in postings.into_iter().filter(is_its) {
        *asked.entry(made.account).or_default() -= made.amount;
    }
    asked
}

/// Another payer is asked no more for what it was asked by these postings of a claim.
pub fn asked_no_more(claim: ClaimId, postings: &[Posting], source: Place) -> Vec<Posting> {
    let asked = next_is_asked(postings).into_iter();
    asked_of_next(claim, &asked.map(|(account, amount)| (account, -amount)).collect(), source)
}

/// Why what a payer denied is owed by another.
pub const NEXT_PAYER: &str = "next payer";

/// What an adjustment takes off, by the number of its line and its group and reason, `CO-16`; with a minus
/// what it takes off no longer.
pub fn adjusts(
    (line, code, amount): (&str, &str, Money),
    (claim, debtor): (ClaimId, Debtor),
    source: Place,
) -> Vec<Posting> {
    let mut postings = Vec::new();
    let (group, reason) = group_and_reason(code);
    if debtor.settles(reason) {
        let entry = Entry { claim, debtor, line: line.parse().ok(), rolled_up: None, source };
        let account = Account::of_adjustment(group, reason);
        entry.post_one(account, amount, code.to_owned(), source, &mut postings);
    }
    postings
}

/// Money for a claim that we do not know or may not post to.
pub fn suspense(payment: &ClaimPayment<'_>) -> Vec<Posting> {
    let paid = payment.paid.money().unwrap_or_default();
    pair(Account::Suspense, paid, PAID, payment.paid.place)
}

/// Money of a remittance that is neither its claims' nor its PLB's.
pub fn remainder(amount: Money, source: Place) -> Vec<Posting> {
    pair(Account::Suspense, amount, REMAINDER, source)
}

/// The reason of money that is neither a claim's nor a PLB's.
pub const REMAINDER: &str = "remainder";

/// Money that belongs to no claim of a remittance. A positive amount lowers the payment.
pub fn provider_adjustment(entry: &ProviderAdjustment<'_>) -> Vec<Posting> {
    let amount = entry.amount.money().unwrap_or_default();
    let account = Account::of_provider_adjustment(&entry.reason);
    pair(account, -amount, &printable(&entry.reason), entry.amount.place)
}

/// A claim payment whose money waited in suspense, posted to the claim that a person named.
pub fn out_of_suspense(mut postings: Vec<Posting>) -> Vec<Posting> {
    for posting in postings.iter_mut().filter(|posting| posting.account == Account::Cash) {
        posting.account = Account::Suspense;
    }
    postings
}

/// A claim payment whose money waited in suspense for another one, posted as if that had come first.
pub fn instead_of_suspense(payment: &ClaimPayment<'_>, postings: Vec<Posting>) -> Vec<Posting> {
    let undone = suspense(payment).into_iter();
    let undone = undone.map(|posting| Posting { amount: -posting.amount, ..posting });
    undone.chain(postings).collect()
}

/// What a claim payment posted by itself is posted back, at the segments that it came from. What gave way
/// or was voided with it stands at its CLP under other reasons, and is weighed anew.
pub fn taken_back(postings: &[Posting], clp: Place) -> Vec<Posting> {
    let mut sums: Vec<Posting> = Vec::new();
    for posting in postings {
        if posting.source.segment == clp.segment && posting.reason != PAID {
            continue;
        }
        let is_same =
            |sum: &&mut Posting| Posting { amount: posting.amount, ..(**sum).clone() } == *posting;
        match sums.iter_mut().find(is_same) {
            Some(sum) => sum.amount += posting.amount,
            None => sums.push(posting.clone()),
        }
    }
    sums.retain(|sum| !sum.amount.is_zero());
    sums.into_iter().map(|sum| Posting { amount: -sum.amount, ..sum }).collect()
}

/// A part of money in suspense for a claim: money alone, for nothing is said of what it pays.
pub fn part((claim, debtor): (ClaimId, Debtor), amount: Money, source: Place) -> Vec<Posting> {
    let mut postings = between((Account::Suspense, debtor.account()), amount, PAID, source);
    for posting in &mut postings {
        posting.claim = Some(claim);
    }
    postings
}

/// What was decided on parts of a CLP's money is posted back: `suspense` is what was posted to that
/// account of it, and `others` the other sides of what claims got.
pub fn together_again(suspense: &[Posting], others: &[Posting], clp: Place) -> Vec<Posting> {
    let taken_out = |posting: &&Posting| posting.claim.is_some();
    let given: Vec<Posting> = suspense.iter().filter(taken_out).chain(others).cloned().collect();
    let mut postings = taken_back(&given, clp);
    for to in [LeavesTo::Returned, LeavesTo::OtherSystem] {
        let left = suspense.iter().filter(|posting| posting.reason == to.reason());
        let left: Money = left.map(|posting| posting.amount).sum();
        postings.extend(write_off(-left, to, clp));
    }
    postings
}

/// What waits on the account of suspense again, as when it came.
pub fn suspended_again(amount: Money, source: Place) -> Vec<Posting> {
    pair(Account::Suspense, amount, PAID, source)
}

/// Where money in suspense goes that is no claim's of ours. Neither is a loss, so that what was given up can be
/// told from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeavesTo {
    /// A person gave it back outside of the gateway, or it is nobody's.
    Returned,
    /// Another system has its claim: the one that the office had before, or a payer's portal.
    OtherSystem,
}

impl LeavesTo {
    /// The account that has it then.
    pub const fn account(self) -> Account {
        match self {
            LeavesTo::Returned => Account::Returned,
            LeavesTo::OtherSystem => Account::OtherSystem,
        }
    }

    /// The reason of its postings.
    pub const fn reason(self) -> &'static str {
        match self {
            LeavesTo::Returned => WRITTEN_OFF,
            LeavesTo::OtherSystem => "other system",
        }
    }
}

/// Money in suspense that leaves it, and is no claim's of ours.
pub fn write_off(suspended: Money, to: LeavesTo, source: Place) -> Vec<Posting> {
    between((Account::Suspense, to.account()), suspended, to.reason(), source)
}

/// Money that a person sent back to a payer, for what that takes back by its PLB, or gave by it; with a minus it
/// was not sent after all. It is in cash, and left the house.
pub fn refund(of: Account, amount: Money, source: Place) -> Vec<Posting> {
    between((of, Account::Returned), amount, REFUND, source)
}

/// The same of what was paid of a claim and was too much: so much of it is owed by nobody, for the contract
/// takes it off, and the rest is owed again.
pub fn refund_of_claim(
    (claim, debtor): (ClaimId, Debtor),
    (amount, by_contract): (Money, Money),
    source: Place,
) -> Vec<Posting> {
    let mut postings = Vec::new();
    for (account, part) in
        [(debtor.account(), amount - by_contract), (Account::Contractual, by_contract)]
    {
        postings.extend(between((account, Account::Returned), part, REFUND, source));
    }
    of_claim(claim, postings)
}

/// Money of a claim in credit that its payer does not want back; with a minus it is not kept after all. No money
/// leaves the house: what was paid too much makes up for what is given up elsewhere.
pub fn keep((claim, debtor): (ClaimId, Debtor), amount: Money, source: Place) -> Vec<Posting> {
    of_claim(claim, between((Account::WriteOff, debtor.account()), -amount, KEPT, source))
}

fn of_claim(claim: ClaimId, mut postings: Vec<Posting>) -> Vec<Posting> {
    for posting in &mut postings {
        posting.claim = Some(claim);
    }
    postings
}

/// The reason of what was sent back to a payer.
pub const REFUND: &str = "refund";

/// The reason of what was paid too much, and its payer does not want back.
pub const KEPT: &str = "kept";

/// Whether a person says by it that what was paid of a claim is a credit no more.
fn ends_credit(posting: &Posting) -> bool {
    matches!(posting.reason.as_str(), REFUND | KEPT)
}

/// What payers owe of a claim and a person gave up.
pub fn give_up(claim: ClaimId, owed: Money, source: Place) -> Vec<Posting> {
    let mut postings = between((Account::WriteOff, Account::Receivable), owed, WRITTEN_OFF, source);
    for posting in &mut postings {
        posting.claim = Some(claim);
    }
    postings
}

/// The reason of what was given up.
pub const WRITTEN_OFF: &str = "write-off";

/// The reason of what was given up and a payer decided on after all: it is written off no longer.
pub const DECIDED_LATE: &str = "decided late";

/// How much of what was given up postings end.
pub fn written_off_no_longer(postings: &[Posting]) -> Money {
    let is_it = |made: &&Posting| made.account == Account::WriteOff && made.reason == DECIDED_LATE;
    postings.iter().filter(is_it).map(|made| -made.amount).sum()
}

/// Money that a bank shows: what it pays is not said yet.
pub fn deposit(amount: Money, source: Place) -> Vec<Posting> {
    between((Account::Bank, Account::Unexplained), amount, "deposit", source)
}

/// A deposit, or a part of it, that is the money of a remittance: it is no longer on its way.
pub fn deposited(amount: Money, source: Place) -> Vec<Posting> {
    between((Account::Unexplained, Account::Cash), amount, DEPOSITED, source)
}

/// The reason of cash that a bank showed.
const DEPOSITED: &str = "deposited";

/// Money of a remittance that no bank showed, and a person gave up; with a minus what is waited for again.
pub fn never_came(amount: Money, source: Place) -> Vec<Posting> {
    between((Account::WriteOff, Account::Cash), amount, WRITTEN_OFF, source)
}

/// Cash that a remittance says it pays. What became of it, at a bank or by a person's word, is none.
pub fn is_paid(posting: &Posting) -> bool {
    posting.account == Account::Cash && posting.reason != DEPOSITED && !is_given_up(posting)
}

/// Cash that a person gave up, or no longer gives up.
pub fn is_given_up(posting: &Posting) -> bool {
    posting.account == Account::Cash && posting.reason == WRITTEN_OFF
}

/// From the second account to the first.
fn between(
    (to, from): (Account, Account),
    amount: Money,
    reason: &str,
    source: Place,
) -> Vec<Posting> {
    let side = |account, amount| Posting {
        account,
        claim: None,
        line: String::new(),
        amount,
        reason: reason.to_owned(),
        source,
    };
    if amount.is_zero() { Vec::new() } else { vec![side(to, amount), side(from, -amount)] }
}

/// Cash against another account; nothing when there is no cash.
fn pair(against: Account, cash: Money, reason: &str, source: Place) -> Vec<Posting> {
    between((Account::Cash, against), cash, reason, source)
}

/// One claim or one line of it in a remittance.
struct Entry {
    claim: ClaimId,
    debtor: Debtor,
    line: Option<u32>,
    /// What CO-97 takes off the line and OA-94 adds to another: it moves charges, and takes nothing.
    rolled_up: Option<Money>,
    source: Place,
}

impl Entry {
    /// Each amount comes off what is owed by itself, so that every posting has a counterpart
    /// with the same reason and source.
    fn post(
        &self,
        paid: Money,
        (adjustments, is_pended): (&[Adjustment<'_>], IsPended<'_>),
        postings: &mut Vec<Posting>,
    ) {
        self.post_one(Account::Cash, paid, PAID.to_owned(), self.source, postings);
        let settles = |found: &&Adjustment<'_>| {
            self.debtor.settles(&found.reason.text()) && !is_pended(found)
        };
        for adjustment in adjustments.iter().filter(settles) {
            let group = printable(&adjustment.group);
            let reason = format!("{group}-{}", printable(&adjustment.reason));
            let is_moved = adjustment.reason.is("97") && self.rolled_up == Some(adjustment.money());
            let account = match is_moved {
                true => Account::OtherAdjustment,
                false => {
                    Account::of_adjustment(&adjustment.group.text(), &adjustment.reason.text())
                }
            };
            let place = adjustment.amount.place;
            self.post_one(account, adjustment.money(), reason, place, postings);
        }
    }

    fn post_one(
        &self,
        account: Account,
        amount: Money,
        reason: String,
        source: Place,
        postings: &mut Vec<Posting>,
    ) {
        // What stays with the patient moves nothing.
        if amount.is_zero() || account == self.debtor.account() {
            return;
        }
        let line = self.line.map(|number| number.to_string()).unwrap_or_default();
        for (account, amount) in [(account, amount), (self.debtor.account(), -amount)] {
            postings.push(Posting {
                account,
                claim: Some(self.claim),
                line: line.clone(),
                amount,
                reason: reason.clone(),
                source,
            });
        }
    }
}
