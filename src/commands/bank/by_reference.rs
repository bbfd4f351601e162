//! What a refund pays back under a reference (PLB03-2): what a payer carries, or what it gave beside its claims.

use x12::phi::Phi;
use x12::value::Money;

use super::Bank;
use super::refund::{Booked, RefundArguments, closing_note};
use crate::change::WorkMove;
use crate::change::cases::GIVEN_TOO_MUCH;
use crate::change::refunds::{KeptEntry, Refund};
use crate::commands::Failure;
use crate::commands::export::all_carried;
use crate::denials::Category;
use crate::ledger::{self, Account};
use crate::store::{Work, WorkFilter};

/// What is open under a reference, for one payer and one provider.
#[derive(Clone)]
struct Owed {
    payer: String,
    payee: String,
    /// `Takeback` of what is carried, or that on which a gift stands.
    account: Account,
    open: Money,
}

impl Bank<'_> {
    pub(super) fn under_reference(
        &self,
        reference: &str,
        arguments: &RefundArguments,
    ) -> Result<Booked, Failure> {
        let Owed { payer, payee, account, open } = self.open_under(reference, arguments)?;
        let amount = arguments.amount.unwrap_or(open);
        if amount.is_zero() || open < amount {
            return Err(Failure::Unusable(format!(
                "{open} is open under this reference; give an amount above nothing and up to that"
            )));
        }
        let said = self.said_under(reference, (&payer, &payee), account)?;
        let lent = said.iter().rev().find(|kept| kept.entry.amount.is_negative());
        let gone = || Failure::Unusable("no PLB gives anything under this reference".to_owned());
        let KeptEntry { payment, place, .. } = lent.ok_or_else(gone)?;
        let refund = Refund {
            payer,
            payee,
            reference: Phi::new(reference.to_owned()),
            claim: None,
            account,
            payment: Some(*payment),
            amount,
            number: arguments.number.clone().unwrap_or_default(),
            why: arguments.why.told()?,
            source: *place,
        };
        self.must_be_new(&refund, arguments)?;
        let moves = self.gifts_given_back(&refund, &said)?;
        let postings = ledger::refund(account, amount, *place);
        Ok(Booked { refund, postings, moves, read: Vec::new() })
    }

    /// What the PLBs of a payer say of a provider under a reference, of one account.
    fn said_under(
        &self,
        reference: &str,
        (payer, payee): (&str, &str),
        account: Account,
    ) -> Result<Vec<KeptEntry>, Failure> {
        let store = &self.office.store;
        if account == Account::Takeback {
            return Ok(store.said_under((payer, payee), reference)?);
        }
        let mut given = store.given_under(reference)?;
        given.retain(|kept| {
            let is_its = (kept.payer.as_str(), kept.entry.payee.as_str()) == (payer, payee);
            is_its && Account::of_plb(kept.entry.reason.as_bytes()) == account
        });
        Ok(given)
    }

    /// Whose it is, and how much the payer is owed or gave under a reference.
    fn open_under(&self, reference: &str, arguments: &RefundArguments) -> Result<Owed, Failure> {
        let is_asked = |asked: &Option<String>, own: &str| {
            asked.as_ref().is_none_or(|asked| asked.trim() == own)
        };
        let mut owed = self.carried_under(reference)?;
        owed.extend(self.given_under(reference)?);
        owed.retain(|one| {
            let of = is_asked(&arguments.payer, &one.payer);
            of && is_asked(&arguments.payee, &one.payee) && Money::ZERO < one.open
        });
        // What is carried is asked for; what was given may stay.
        if let [first, others @ ..] = owed.as_slice() {
            let is_its = |one: &Owed| (&one.payer, &one.payee) == (&first.payer, &first.payee);
            if others.iter().all(is_its) {
                return Ok(first.clone());
            }
        }
        if owed.is_empty() {
            return Err(Failure::Unusable(
                "no payer is owed anything under this reference, or gave anything; `claimgate ledger` lists what is \
                 carried, and --claim pays back what was paid of a claim"
                    .to_owned(),
            ));
        }
        let told = owed.iter().map(|one| format!("{} {} to {}", one.open, one.payer, one.payee));
        let told: Vec<String> = told.collect();
        Err(Failure::Unusable(format!(
            "several have this reference ({}); say which with --payer and --payee",
            told.join(", ")
        )))
    }

    fn carried_under(&self, reference: &str) -> Result<Vec<Owed>, Failure> {
        let mut owed = Vec::new();
        for one in all_carried(self.office.store.as_ref())? {
            if one.reference.expose().trim() == reference {
                add(&mut owed, (one.payer, one.payee), Account::Takeback, -one.amount);
            }
        }
        Ok(owed)
    }

    /// What was given, less what was sent back of it.
    fn given_under(&self, reference: &str) -> Result<Vec<Owed>, Failure> {
        let store = &self.office.store;
        let mut owed = Vec::new();
        for kept in store.given_under(reference)? {
            let account = Account::of_plb(kept.entry.reason.as_bytes());
            add(&mut owed, (kept.payer, kept.entry.payee), account, -kept.entry.amount);
        }
        for one in &mut owed {
            let sent = store.refunds(Some((&one.payer, &one.payee)))?.into_iter();
            let sent = sent.map(|kept| kept.refund).filter(|refund| {
                let is_its = refund.claim.is_none() && refund.account == one.account;
                is_its && refund.reference.expose() == reference
            });
            one.open -= sent.map(|refund| refund.amount).sum::<Money>();
        }
        Ok(owed)
    }

    /// Closes items of V46 of which all was sent back: by what was sent back of their remittance.
    fn gifts_given_back(
        &self,
        refund: &Refund,
        said: &[KeptEntry],
    ) -> Result<Vec<WorkMove>, Failure> {
        let store = self.office.store.as_ref();
        let arrival =
            said.iter().find(|kept| Some(kept.payment) == refund.payment).map(|kept| kept.arrival);
        let before = store.refunds(Some((&refund.payer, &refund.payee)))?.into_iter();
        let of_it = before.map(|kept| kept.refund).filter(|one| {
            (one.payment, one.account) == (refund.payment, refund.account) && one.claim.is_none()
        });
        let sent: Money = refund.amount + of_it.map(|one| one.amount).sum::<Money>();
        let category = Some(Category::Unexplained);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let mut items = store.work(&filter)?;
        items.retain(|item| item.alike.rule == GIVEN_TOO_MUCH && item.arrival == arrival);
        let all: Money = items.iter().map(|item| item.amount).sum();
        let is_done = |item: &Work| {
            let mut entries = said.iter().filter(|kept| Some(kept.arrival) == arrival);
            let is_its = entries.any(|kept| Some(kept.place.offset) == item.remitted);
            let enough = if is_its { item.amount } else { all };
            enough <= sent
        };
        let note = closing_note(refund);
        Ok(items.into_iter().filter(is_done).map(|item| item.closes(&note)).collect())
    }
}

fn add(owed: &mut Vec<Owed>, (payer, payee): (String, String), account: Account, open: Money) {
    let is_its =
        |one: &&mut Owed| (&one.payer, &one.payee, one.account) == (&payer, &payee, account);
    match owed.iter_mut().find(is_its) {
        Some(one) => one.open += open,
        None => owed.push(Owed { payer, payee, account, open }),
    }
}
