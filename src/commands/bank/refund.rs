//! `claimgate bank refund`: what the office sends back to a payer.

use std::collections::BTreeSet;
use std::io::Write;

use clap::Args;
use serde_json::json;
use x12::phi::Phi;
use x12::value::Money;

use super::{Bank, Why};
use crate::change::cases::{NOT_BOOKED, TOO_MUCH};
use crate::change::deposits::BankChange;
use crate::change::refunds::{KeptRefund, Refund, RefundId};
use crate::change::{Change, ClaimId, WorkMove, WorkState};
use crate::commands::queue::{parse_money, parse_words};
use crate::commands::terminal::Harmless;
use crate::commands::{Failure, Format, Outcome};
use crate::denials::Category;
use crate::gateway::family;
use crate::ledger::{self, Account, Debtor, Posting, REFUND};
use crate::reconcile::refunds::{Return, unmet};
use crate::reconcile::too_much::{Followed, follow_postings};
use crate::store::{Claim, Work, WorkFilter};

#[derive(Debug, Args)]
pub struct RefundArguments {
    /// PLB03-2 of what is paid back: of what is carried, as `claimgate ledger` lists it, or of what was given.
    #[arg(long, value_name = "TEXT", required_unless_present = "claim", conflicts_with = "claim")]
    pub(super) reference: Option<String>,
    /// The number of the claim of which too much was paid, where no PLB asks for it.
    #[arg(long, value_name = "NUMBER")]
    claim: Option<i64>,
    /// The payer, where several have the reference, or one after the claim's own is paid back.
    #[arg(long, value_name = "NAME")]
    pub(super) payer: Option<String>,
    /// The provider (PLB01), where several have the reference.
    #[arg(long, value_name = "ID")]
    pub(super) payee: Option<String>,
    /// How much is sent back; all that is open under the reference without it.
    #[arg(long, value_name = "AMOUNT", value_parser = parse_money, required_unless_present = "reference")]
    pub(super) amount: Option<Money>,
    /// The number of the check or the transfer.
    #[arg(long, value_name = "TEXT", value_parser = parse_words)]
    pub(super) number: String,
    #[command(flatten)]
    pub(super) why: Why,
}

/// What is to be written of a refund.
pub(super) struct Booked {
    pub refund: Refund,
    pub postings: Vec<Posting>,
    pub moves: Vec<WorkMove>,
    pub read: Vec<(ClaimId, u64)>,
}

impl Bank<'_> {
    /// Books what was sent back: off what the payer carries, or off what it paid of a claim.
    pub(super) fn refund(
        &self,
        arguments: &RefundArguments,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let mut booked = match (&arguments.reference, arguments.claim) {
            (Some(reference), _) => self.under_reference(reference.trim(), arguments)?,
            (None, claim) => self.of_claim(ClaimId(claim.unwrap_or_default()), arguments)?,
        };
        booked.moves.extend(self.told_of(&booked.refund)?);
        let Booked { refund, postings, moves, read } = booked;
        let items = moves.iter().filter(|step| step.to == WorkState::Resolved).count();
        let refunded = vec![(refund.clone(), postings)];
        let bank = BankChange { refunded, ..BankChange::default() };
        let at = self.office.stamp().now;
        let change = Change { at, bank, read, work_moves: moves, ..Change::default() };
        self.office.store.commit(&change)?;
        let of = Some((refund.payer.as_str(), refund.payee.as_str()));
        if let Some((kept, left)) = self.kept_refunds(of)?.last() {
            self.write_refund((kept.id, &kept.refund), *left, out)?;
        }
        if items > 0 && self.format == Format::Text {
            writeln!(out, "items of the queue that it closes: {items}")?;
        }
        Ok(Outcome::Clean)
    }

    fn of_claim(&self, id: ClaimId, arguments: &RefundArguments) -> Result<Booked, Failure> {
        let store = self.office.store.as_ref();
        let named = self.office.claim(id)?;
        let first = family::first(store, &named)?;
        let own = named.payer.clone().unwrap_or_default();
        let payer = arguments.payer.clone().unwrap_or(own);
        let amount = arguments.amount.unwrap_or_default();
        let postings = store.postings(first.id)?;
        let paid = paid(&postings);
        if amount.is_zero() || paid < amount {
            return Err(Failure::Unusable(format!(
                "{paid} was paid of claim {} and not given back; give an amount above nothing and up to that",
                id.0
            )));
        }
        let debtor = debtor_of(&first, &payer);
        let source = first.place.claim.begins_at();
        let why = arguments.why.told()?;
        let known = self.office.known(named)?;
        let mut overpaid = self.overpaid((id, &first), &payer)?;
        let in_credit = credit(&postings, debtor);
        let of_later = Some(payer.as_str()).filter(|_| debtor == Debtor::Patient);
        let is_twice = !known.told_too_much(of_later).is_empty();
        let others: Vec<Work> =
            overpaid.extract_if(.., |item| is_of_another(item, &payer)).collect();
        if arguments.payer.is_none() && overpaid.is_empty() && in_credit.is_zero() {
            must_be_of(id, &payer, &others)?;
        }
        let by_contract = owed_by_nobody((&overpaid, is_twice), (id, debtor), amount, in_credit)?;
        let parts = (amount, by_contract);
        let postings = ledger::refund_of_claim((first.id, debtor), parts, source);
        let Followed { steps, less, .. } = follow_postings(&known, &postings);
        let refund = Refund {
            payer,
            payee: first.billing_npi.clone(),
            reference: Phi::default(),
            claim: Some(first.id),
            account: Account::Takeback,
            payment: None,
            amount,
            number: arguments.number.clone(),
            why,
            source,
        };
        let note = closing_note(&refund);
        let said = |step: WorkMove| WorkMove { note: note.clone(), ..step };
        let mut moves: Vec<WorkMove> = steps.into_iter().map(said).collect();
        // What was paid twice goes back first, and the rest is what other items tell.
        let mut rest = amount - less;
        for item in overpaid.into_iter().filter(|item| item.amount <= amount) {
            if item.amount <= rest {
                rest -= item.amount;
                moves.push(item.closes(&note));
            }
        }
        Ok(Booked { refund, postings, moves, read: known.read })
    }

    /// What is open of a claim, or of those that were made after it for the payer that is paid back, but for what
    /// was paid twice.
    fn overpaid(&self, (id, first): (ClaimId, &Claim), payer: &str) -> Result<Vec<Work>, Failure> {
        let store = self.office.store.as_ref();
        let mut found = Vec::new();
        let followers = store.followers(first.id)?.into_iter();
        let its = followers.filter(|one| one.payer.as_deref() == Some(payer)).map(|one| one.id);
        let claims: BTreeSet<ClaimId> = its.chain([id]).collect();
        for claim in claims {
            let filter =
                WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
            found.extend(store.work(&filter)?);
        }
        found.retain(|item| item.category == Category::Overpaid && item.alike.rule != TOO_MUCH);
        Ok(found)
    }

    /// Closes the items of returns that a refund was missing for, as far as this one is it.
    fn told_of(&self, refund: &Refund) -> Result<Vec<WorkMove>, Failure> {
        let store = self.office.store.as_ref();
        let of = Some((refund.payer.as_str(), refund.payee.as_str()));
        let kept = store.refunds(of)?.into_iter().map(|kept| kept.refund);
        let refunds: Vec<Refund> = kept.chain([refund.clone()]).collect();
        let told = store.returns(of)?;
        let told = told.iter().filter_map(|kept| {
            let place = (kept.arrival, kept.place.offset);
            Return::of_kept(kept).map(|told| (place, told))
        });
        let (places, returns): (Vec<_>, Vec<Return>) = told.unzip();
        let unmet = unmet(&refunds, &returns).returns;
        let is_met = |item: &Work| {
            let at = item.arrival.zip(item.remitted);
            let mut both = places.iter().zip(&unmet);
            item.alike.rule == NOT_BOOKED
                && both.any(|(place, left)| Some(*place) == at && left.is_zero())
        };
        let category = Some(Category::Unexplained);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let items = store.work(&filter)?.into_iter().filter(is_met);
        let note = format!("booked as sent by check {}; {}", refund.number, refund.why);
        Ok(items.map(|item| item.closes(&note)).collect())
    }

    /// Refunds that stand.
    pub(super) fn refunds(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        for (kept, left) in self.kept_refunds(None)? {
            self.write_refund((kept.id, &kept.refund), left, out)?;
        }
        Ok(Outcome::Clean)
    }

    /// Refunds that stand, each with what no payer told of yet.
    fn kept_refunds(&self, of: Option<(&str, &str)>) -> Result<Vec<(KeptRefund, Money)>, Failure> {
        let store = self.office.store.as_ref();
        let kept = store.refunds(of)?;
        let refunds: Vec<Refund> = kept.iter().map(|kept| kept.refund.clone()).collect();
        let told: Vec<Return> = store.returns(of)?.iter().filter_map(Return::of_kept).collect();
        Ok(kept.into_iter().zip(unmet(&refunds, &told).refunds).collect())
    }

    fn write_refund(
        &self,
        (id, refund): (RefundId, &Refund),
        left: Money,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let Refund { payer, payee, reference, claim, amount, number, why, .. } = refund;
        if self.format == Format::Json {
            let object = json!({
                "kind": "refund", "id": id.0, "payer": payer, "payee": payee,
                "reference": reference.expose(), "claim": claim.map(|claim| claim.0),
                "amount_cents": amount.cents(), "not_told_cents": left.cents(), "number": number,
                "evidence": why,
            });
            writeln!(out, "{object}")?;
            return Ok(());
        }
        let of = match claim {
            Some(claim) => format!("claim {}", claim.0),
            None => format!("PLB reference {}", reference.expose()),
        };
        write!(
            Harmless(out),
            "refund {:>9}  {amount:>14}  {payer} for {payee}, check {number}, of {of} ({why})",
            id.0
        )?;
        match left.is_zero() {
            true => writeln!(out, "; the payer has it (72)")?,
            false => writeln!(out, "; no remittance says yet that {left} of it came")?,
        }
        Ok(())
    }
}

/// How much of a refund its payer does not owe again. What a contract or a person finds is more than is due, and
/// makes no credit. What was paid twice is a credit, and beyond that nothing goes back for it.
fn owed_by_nobody(
    (overpaid, is_twice): (&[Work], bool),
    (claim, debtor): (ClaimId, Debtor),
    amount: Money,
    in_credit: Money,
) -> Result<Money, Failure> {
    let beyond_credit = (amount - in_credit).max(Money::ZERO);
    let found = overpaid.iter().filter(|item| item.alike.rule.is_empty());
    let found: Money = found.map(|item| item.amount).sum();
    if is_twice && found < beyond_credit {
        return Err(Failure::Unusable(format!(
            "{in_credit} of claim {} is in credit, and no item says that more was too much; send that back, or \
             close its item first (`claimgate queue resolve`)",
            claim.0
        )));
    }
    Ok(match debtor {
        Debtor::Payer => beyond_credit.min(found),
        Debtor::Patient => Money::ZERO,
    })
}

/// What the items say that a refund of what was paid of a claim closes.
pub(super) fn closing_note(refund: &Refund) -> String {
    let Refund { amount, number, why, .. } = refund;
    format!("{amount} sent back by check {number}; {why}")
}

/// What was paid of a claim and not given back.
pub(super) fn paid(postings: &[Posting]) -> Money {
    let is_money = |made: &&Posting| {
        matches!(made.account, Account::Cash | Account::Suspense | Account::Returned)
    };
    postings.iter().filter(is_money).map(|made| made.amount).sum()
}

/// Whether it names somebody else who paid too much.
fn is_of_another(item: &Work, payer: &str) -> bool {
    !item.alike.payer.is_empty() && item.alike.payer != payer
}

/// Nothing that the claim's own payer paid is too much, so that it may be another one's that is to go back.
fn must_be_of(id: ClaimId, payer: &str, others: &[Work]) -> Result<(), Failure> {
    let Some(item) = others.first() else { return Ok(()) };
    let (work, other) = (item.id.0, &item.alike.payer);
    Err(Failure::Unusable(format!(
        "nothing that {payer} paid of claim {id} is in credit, and item {work} says that {other} paid too much: \
         `claimgate bank refund --claim {id} --payer {other}`; with `--payer {payer}` it goes to {payer}",
        id = id.0
    )))
}

/// What was paid of a claim beyond what is owed.
fn credit(postings: &[Posting], debtor: Debtor) -> Money {
    let owed = postings.iter().filter(|made| made.account == debtor.account());
    let owed: Money = owed.map(|made| made.amount).sum();
    (-owed).max(Money::ZERO)
}

/// What of refunds of a claim nobody owes again.
pub(super) fn by_contract(postings: &[Posting]) -> Money {
    let is_it = |made: &&Posting| made.account == Account::Contractual && made.reason == REFUND;
    postings.iter().filter(is_it).map(|made| made.amount).sum()
}

/// Who owes again what is sent back: a payer after the first paid the patient's share.
pub(super) fn debtor_of(first: &Claim, payer: &str) -> Debtor {
    let is_own = first.payer.as_deref() == Some(payer) && first.follows.is_none();
    if is_own { Debtor::Payer } else { Debtor::Patient }
}
