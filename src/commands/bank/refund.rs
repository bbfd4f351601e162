//! `claimgate bank refund`: what the office sends back to a payer.

use std::collections::BTreeSet;
use std::io::Write;

use clap::Args;
use serde_json::json;
use x12::phi::Phi;
use x12::value::Money;

use super::returned::{is_of_return, returns_of, says_anew, unbooked};
use super::{Bank, Why};
use crate::change::cases::{NOT_BOOKED, TAKEN_BACK, TOO_MUCH};
use crate::change::deposits::BankChange;
use crate::change::refunds::{KeptRefund, Refund, RefundId};
use crate::change::{Change, ClaimId, Draw, Resend, WorkMove, WorkState};
use crate::clock::Timestamp;
use crate::commands::queue::{parse_money, parse_words};
use crate::commands::terminal::Harmless;
use crate::commands::{Failure, Format, Outcome};
use crate::denials::Category;
use crate::gateway::family;
use crate::ledger::{self, Account, Debtor, KEPT, Posting, REFUND};
use crate::reconcile::refunds::{SentBack, unmet};
use crate::reconcile::too_much::{Followed, follow_postings};
use crate::store::{Claim, SaidOfClaim, Work, WorkFilter};

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
    #[arg(long, value_name = "TEXT", value_parser = parse_words, required_unless_present = "kept")]
    pub(super) number: Option<String>,
    /// Nothing is sent back: the payer does not want what is in credit of the claim, and it stays with the office.
    #[arg(long, conflicts_with_all = ["number", "reference"], requires = "claim")]
    kept: bool,
    /// It is another check than the one that is booked with its number, of the same amount and for the same.
    #[arg(long)]
    pub(super) another: bool,
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
        let draws = vec![self.draw_refund()?];
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
        let change = Change { at, bank, draws, read, work_moves: moves, ..Change::default() };
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

    /// What is decided on refunds holds only while no other one is booked or taken back: persons may say the same at
    /// one moment.
    pub(super) fn draw_refund(&self) -> Result<Draw, Failure> {
        Ok(Draw::one(REFUNDS, self.office.store.next_number(REFUNDS)?))
    }

    fn of_claim(&self, id: ClaimId, arguments: &RefundArguments) -> Result<Booked, Failure> {
        let named = self.office.claim(id)?;
        let own = named.payer.clone().unwrap_or_default();
        let payer = arguments.payer.as_deref().unwrap_or(&own);
        let (claim, first) = self.paid_by(named, payer)?;
        let refund = refund_of(&first, payer, arguments)?;
        self.must_be_new(&refund, arguments)?;
        let amount = refund.amount;
        let postings = self.office.store.postings(first.id)?;
        let paid = paid(&postings);
        if amount.is_zero() || paid < amount {
            return Err(Failure::Unusable(format!(
                "{paid} was paid of claim {} and not given back; give an amount above nothing and up to that",
                claim.id.0
            )));
        }
        let debtor = debtor_of(&first, payer);
        let in_credit = credit(&postings, debtor);
        if refund.is_kept() {
            must_be_in_credit(id, amount, in_credit)?;
        }
        let items = self.items((&claim, &first), payer)?;
        let known = self.office.known(claim)?;
        let of_later = Some(payer).filter(|_| debtor == Debtor::Patient);
        let is_twice = !known.told_too_much(of_later).is_empty();
        let (others, overpaid): (Vec<Work>, Vec<Work>) = items
            .iter()
            .filter(|item| item.category == Category::Overpaid && item.alike.rule != TOO_MUCH)
            .cloned()
            .partition(|item| is_of_another(item, payer));
        if arguments.payer.is_none() && overpaid.is_empty() && in_credit.is_zero() {
            must_be_of(id, payer, &others)?;
        }
        let by_contract = owed_by_nobody((&overpaid, is_twice), (id, debtor), amount, in_credit)?;
        let postings = postings_of(&refund, (first.id, debtor), (amount, by_contract));
        let Followed { steps, less, .. } = follow_postings(&known, &postings);
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
        if paid == amount {
            let needless = items.iter().filter(|item| asks_for_void(item));
            moves.extend(needless.map(|item| item.closes(&note)));
        }
        Ok(Booked { refund, postings, moves, read: known.read })
    }

    /// The claim on whose account stands what a payer paid, and the first of those that went out in its place: the one
    /// that was made for that payer and that it paid, where it said nothing of the named one itself.
    fn paid_by(&self, named: Claim, payer: &str) -> Result<(Claim, Claim), Failure> {
        let store = self.office.store.as_ref();
        let first = family::first(store, &named)?;
        let speaks = |said: &SaidOfClaim| said.payer == payer;
        if named.payer.as_deref() != Some(payer) && !store.said(first.id)?.iter().any(speaks) {
            for made in store.followers(first.id)? {
                let is_its = made.payer.as_deref() == Some(payer) && made.replaces.is_none();
                if is_its && store.postings(made.id)?.iter().any(ledger::is_paid) {
                    return Ok((made.clone(), made));
                }
            }
        }
        Ok((named, first))
    }

    /// Refuses a check that is booked already: whoever sends the command again does not know that it was done.
    pub(super) fn must_be_new(
        &self,
        refund: &Refund,
        arguments: &RefundArguments,
    ) -> Result<(), Failure> {
        let of = Some((refund.payer.as_str(), refund.payee.as_str()));
        let kept = self.office.store.refunds(of)?;
        let is_booked = |kept: &&KeptRefund| kept.refund.is_same_check(refund);
        let Some(booked) = kept.iter().find(is_booked).filter(|_| !arguments.another) else {
            return Ok(());
        };
        let KeptRefund { id, at, refund: Refund { payer, amount, why, .. } } = booked;
        let booked_at = Timestamp::from_micros(at.0);
        let (what, other) = match refund.is_kept() {
            true => (format!("{amount} of {payer} is kept of it already"), "more"),
            false => {
                let check = refund.by();
                (
                    format!("{check} of {amount} to {payer} is booked for this already"),
                    "another check",
                )
            }
        };
        Err(Failure::Unusable(format!(
            "{what}: refund {} of {} ({why}); where this is {other}, say --another",
            id.0,
            booked_at.day_and_time(&self.office.plan.zone)
        )))
    }

    /// What is open of a claim, or of those that were made after it for the payer that is paid back; and of those
    /// before it what names that payer.
    fn items(&self, (claim, first): (&Claim, &Claim), payer: &str) -> Result<Vec<Work>, Failure> {
        let store = self.office.store.as_ref();
        let open_of = |claim: ClaimId| {
            let filter =
                WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
            store.work(&filter)
        };
        let followers = store.followers(first.id)?.into_iter();
        let its = followers.filter(|one| one.payer.as_deref() == Some(payer)).map(|one| one.id);
        let claims: BTreeSet<ClaimId> = its.chain([claim.id]).collect();
        let mut found = Vec::new();
        for claim in claims {
            found.extend(open_of(claim)?);
        }
        for before in self.before(first)? {
            let of_before = open_of(before)?.into_iter();
            found.extend(of_before.filter(|item| item.alike.payer == payer));
        }
        Ok(found)
    }

    /// The claim of the payer before, and what went out in its place.
    pub(super) fn before(&self, claim: &Claim) -> Result<Vec<ClaimId>, Failure> {
        let store = self.office.store.as_ref();
        let before = claim.follows.map(|before| store.claim(before)).transpose()?.flatten();
        let Some(before) = before else { return Ok(Vec::new()) };
        let all = family::all(store, family::first(store, &before)?)?;
        Ok(all.into_iter().map(|claim| claim.id).collect())
    }

    /// Closes the items of returns that a refund was missing for, as far as this one is it; what of one is left, its
    /// item says.
    fn told_of(&self, refund: &Refund) -> Result<Vec<WorkMove>, Failure> {
        let store = self.office.store.as_ref();
        let of = Some((refund.payer.as_str(), refund.payee.as_str()));
        let at = self.office.stamp().now;
        let booked = KeptRefund { id: RefundId(0), at, refund: refund.clone() };
        let kept = store.refunds(of)?.into_iter().chain([booked]);
        let sent: Vec<SentBack> = kept.map(SentBack::of).collect();
        let (told, returns) = returns_of(&store.returns(of)?);
        let unmet = unmet(&sent, &returns).returns;
        let category = Some(Category::Unexplained);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let mut items = store.work(&filter)?;
        items.retain(|item| item.alike.rule == NOT_BOOKED);
        let note = format!("booked as sent by check {}; {}", refund.number, refund.why);
        let mut moves = Vec::new();
        for (told, left) in told.iter().zip(unmet) {
            let Some(item) = items.iter().find(|item| is_of_return(item, told)) else { continue };
            if left.is_zero() {
                moves.push(item.closes(&note));
            } else if left < item.amount {
                moves.push(says_anew(item, &unbooked(told, left), &note));
            }
        }
        Ok(moves)
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
        let sent: Vec<SentBack> = kept.iter().cloned().map(SentBack::of).collect();
        let (_, returns) = returns_of(&store.returns(of)?);
        Ok(kept.into_iter().zip(unmet(&sent, &returns).refunds).collect())
    }

    fn write_refund(
        &self,
        (id, refund): (RefundId, &Refund),
        left: Money,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let Refund { payer, payee, reference, claim, amount, number, why, .. } = refund;
        let is_kept = refund.is_kept();
        if self.format == Format::Json {
            let object = json!({
                "kind": "refund", "id": id.0, "payer": payer, "payee": payee,
                "reference": reference.expose(), "claim": claim.map(|claim| claim.0),
                "amount_cents": amount.cents(), "not_told_cents": left.cents(), "number": number,
                "is_kept": is_kept, "evidence": why,
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
            "refund {:>9}  {amount:>14}  {payer} for {payee}, {}, of {of} ({why})",
            id.0,
            refund.by()
        )?;
        match left.is_zero() {
            true if is_kept => writeln!(out)?,
            true => writeln!(out, "; the payer has it (72)")?,
            false => writeln!(out, "; no remittance says yet that {left} of it came")?,
        }
        Ok(())
    }
}

/// Counts refunds that are booked or taken back.
const REFUNDS: &str = "refunds";

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

/// What is kept is a credit.
fn must_be_in_credit(claim: ClaimId, amount: Money, in_credit: Money) -> Result<(), Failure> {
    if amount <= in_credit {
        return Ok(());
    }
    Err(Failure::Unusable(format!(
        "{in_credit} of claim {} is in credit, and no more can be kept of it; where an item says that more was paid \
         than the contract owes, close that with `claimgate queue resolve`",
        claim.0
    )))
}

/// The postings of a refund of a claim: so much in all, and so much of it that is owed by nobody; with a minus those
/// that take it back.
pub(super) fn postings_of(
    refund: &Refund,
    of: (ClaimId, Debtor),
    (amount, by_contract): (Money, Money),
) -> Vec<Posting> {
    match refund.is_kept() {
        true => ledger::keep(of, amount, refund.source),
        false => ledger::refund_of_claim(of, (amount, by_contract), refund.source),
    }
}

/// What the items say that a refund of what was paid of a claim closes.
pub(super) fn closing_note(refund: &Refund) -> String {
    let Refund { amount, number, why, .. } = refund;
    match refund.is_kept() {
        true => format!("{amount} is kept; {why}"),
        false => format!("{amount} sent back by check {number}; {why}"),
    }
}

/// What was paid of a claim and not given back.
pub(super) fn paid(postings: &[Posting]) -> Money {
    let is_money = |made: &&Posting| {
        matches!(made.account, Account::Cash | Account::Suspense | Account::Returned)
            || made.account == Account::WriteOff && made.reason == KEPT
    };
    postings.iter().filter(is_money).map(|made| made.amount).sum()
}

/// A check for what was paid of a claim.
fn refund_of(first: &Claim, payer: &str, arguments: &RefundArguments) -> Result<Refund, Failure> {
    Ok(Refund {
        payer: payer.to_owned(),
        payee: first.billing_npi.clone(),
        reference: Phi::default(),
        claim: Some(first.id),
        account: if arguments.kept { Account::WriteOff } else { Account::Takeback },
        payment: None,
        amount: arguments.amount.unwrap_or_default(),
        number: arguments.number.clone().unwrap_or_default(),
        why: arguments.why.told()?,
        source: first.place.claim.begins_at(),
    })
}

/// Whether it asks for a claim to be voided that was sent on what the payer before took back: with that its payer
/// would take its money back.
fn asks_for_void(item: &Work) -> bool {
    let is_it = item.alike.rule == TAKEN_BACK || item.resend == Some(Resend::Void);
    item.category == Category::NextPayer && is_it
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
