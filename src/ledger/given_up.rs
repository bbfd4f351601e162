//! What a claim comes to by its postings: what is owed, by whom, and what persons gave up or sent back of it.

use x12::fault::Place;
use x12::value::Money;

use super::{
    Account, DECIDED_LATE, Debtor, Posting, VOID, WRITTEN_OFF, between, charged, ends_credit,
};
use crate::change::ClaimId;

/// What was given up of a claim, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GivenUp {
    /// What is charged by now, and what was when it was given up.
    charged: Money,
    charged_then: Money,
    /// What payers owe by now.
    owed: Money,
    given_up: Money,
    decided_late: Money,
    /// What was charged and is so no more, as a payer took the void of it.
    voided: Money,
    /// What the patient owes by now.
    of_patient: Money,
    /// What payers paid, and what of money in suspense persons gave to it.
    paid: Money,
    /// What was sent back to payers and is owed again, by payers or by the patient, with what they do not want back.
    refunded: Money,
    refunded_of_patient: Money,
}

impl GivenUp {
    /// Takes note of what was posted of the claim, in the order in which it was.
    pub fn add<'p>(&mut self, postings: impl IntoIterator<Item = &'p Posting>) {
        for made in postings {
            if made.account == Account::Receivable {
                self.owed += made.amount;
                let of_charge = charged(made).unwrap_or_default();
                self.charged += of_charge;
                self.voided -= if made.reason == VOID { of_charge } else { Money::ZERO };
                self.refunded += if ends_credit(made) { made.amount } else { Money::ZERO };
            } else if made.account == Account::WriteOff && made.reason == WRITTEN_OFF {
                self.given_up += made.amount;
                self.charged_then = self.charged;
            } else if made.account == Account::WriteOff && made.reason == DECIDED_LATE {
                self.decided_late -= made.amount;
            } else if made.account == Account::Patient {
                self.of_patient += made.amount;
                self.refunded_of_patient +=
                    if ends_credit(made) { made.amount } else { Money::ZERO };
            } else if matches!(made.account, Account::Cash | Account::Suspense) {
                self.paid += made.amount;
            }
        }
    }

    /// The same with what was posted after it.
    pub fn with(&self, later: &GivenUp) -> GivenUp {
        GivenUp {
            charged: self.charged + later.charged,
            charged_then: self.charged_then + later.charged_then,
            owed: self.owed + later.owed,
            given_up: self.given_up + later.given_up,
            decided_late: self.decided_late + later.decided_late,
            voided: self.voided + later.voided,
            of_patient: self.of_patient + later.of_patient,
            paid: self.paid + later.paid,
            refunded: self.refunded + later.refunded,
            refunded_of_patient: self.refunded_of_patient + later.refunded_of_patient,
        }
    }

    /// What was paid beyond what is owed by now; `untouched` is the charge of a claim of which no posting was read.
    /// `None` where it is not known what was charged.
    pub fn credit(&self, debtor: Debtor, untouched: Option<Money>) -> Option<Money> {
        let charge = if self.is_known() { Money::ZERO } else { untouched? };
        let owed = match debtor {
            Debtor::Payer => self.owed + charge,
            Debtor::Patient => self.of_patient,
        };
        Some((-owed).max(Money::ZERO))
    }

    /// What was sent back to payers, and is owed again or was a credit; and what they do not want back.
    pub const fn sent_back(&self, debtor: Debtor) -> Money {
        match debtor {
            Debtor::Payer => self.refunded,
            Debtor::Patient => self.refunded_of_patient,
        }
    }

    /// What of it no payer that the claim went to decided on: it stays written off, whatever the order in
    /// which they decide. What was charged since is owed.
    pub fn left(&self) -> Money {
        let charged_since = (self.charged - self.charged_then).max(Money::ZERO);
        let open = self.owed + self.given_up - self.decided_late - charged_since;
        open.min(self.given_up).max(Money::ZERO)
    }

    /// What payers were paid beyond what they owe by now.
    pub fn beyond_owed(&self) -> Money {
        (-self.owed).max(Money::ZERO)
    }

    /// How much more payers took back than they had paid, or is owed than was charged.
    pub fn taken_back_beyond(&self) -> Money {
        let is_charged = !self.charged.is_negative();
        let owed =
            if is_charged { self.owed + self.of_patient - self.charged } else { Money::ZERO };
        owed.max(-self.paid).max(Money::ZERO)
    }

    /// What was sent back to payers, or they do not want back, and makes up for no credit.
    pub fn refunded_beyond(&self) -> Money {
        let beyond = |refunded: Money, owed: Money| refunded.min(owed).max(Money::ZERO);
        beyond(self.refunded, self.owed) + beyond(self.refunded_of_patient, self.of_patient)
    }

    /// Whether anything was sent back, or stays with the office.
    pub fn is_refunded(&self) -> bool {
        !self.refunded.is_zero() || !self.refunded_of_patient.is_zero()
    }

    /// Whether nothing is taken back beyond what was paid, by payers or by refunds.
    pub fn is_in_order(&self) -> bool {
        self.taken_back_beyond().is_zero() && self.refunded_beyond().is_zero()
    }

    /// How much less is paid than before.
    pub fn paid_less_than(&self, before: &GivenUp) -> Money {
        (before.paid - self.paid).max(Money::ZERO)
    }

    /// Whether it is known what was charged for it, and so what was paid.
    pub fn is_known(&self) -> bool {
        !self.charged.is_zero() || !self.voided.is_zero()
    }

    /// Whether nothing is charged any more, as a payer took its void.
    pub fn is_charged_no_more(&self) -> bool {
        Money::ZERO < self.voided && self.charged.is_zero()
    }

    /// Whether what was given up is all that nobody decided on.
    pub fn is_all_that_is_open(&self) -> bool {
        self.left() > Money::ZERO && self.owed.is_zero()
    }

    /// What has to be posted by now: what is decided on after all is written off no longer, and is so again
    /// when that is taken back.
    pub fn settle(&mut self, claim: ClaimId, source: Place) -> Vec<Posting> {
        let late = self.given_up - self.left() - self.decided_late;
        let sides = (Account::Receivable, Account::WriteOff);
        let mut postings = between(sides, late, DECIDED_LATE, source);
        // The account first, and then who owed what it settles.
        postings.reverse();
        for posting in &mut postings {
            posting.claim = Some(claim);
        }
        self.add(&postings);
        postings
    }
}
