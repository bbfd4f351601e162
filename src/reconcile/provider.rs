//! What belongs to no claim of a remittance: balances carried forward and takebacks, over several
//! files.
//!
//! A payer that takes back more than it pays carries the rest forward: FB with a minus now, FB with
//! a plus in a later payment. One that waits before it takes back does the same with WO; when the
//! office sends a cheque, 72 with a minus stands beside the WO with a plus. So each plus must have its
//! minus somewhere, or a 72 beside it, or name a claim that was taken back. What has none of these is a
//! denial without a claim, and a person hears of it.
//!
//! All of it belongs to the provider that PLB01 names, whoever is paid for it.

use x12::value::Money;
use x12::view::remittance::{ClaimPayment, ProviderAdjustment, Remittance};

use super::Carried;
use super::matching::{Known, KnownClaim};
use crate::denials::printable;
use crate::ledger::Account;

/// Whether an entry takes money for something that happened before.
pub(super) fn is_takeback(entry: &ProviderAdjustment<'_>) -> bool {
    let lowers = entry.amount.money().unwrap_or_default() > Money::ZERO;
    lowers && entry.reason.is_any(&["WO", "WU", "FB"])
}

/// What was carried for the providers of a remittance so far, by earlier ones and by this one.
#[derive(Debug)]
pub(super) struct Chain {
    open: Vec<Carried>,
    /// What the office paid back by cheque (72), by provider.
    returned: Vec<(String, Money)>,
}

/// What a takeback is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Known, in words.
    Known(&'static str),
    /// So much of it is for nothing that is known.
    Unexplained(Money),
}

/// The claim that a takeback names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'n> {
    pub claim: Option<&'n KnownClaim>,
    /// Whether its payer took something back of it, by this remittance or by an earlier one.
    pub is_reversed: bool,
}

impl Chain {
    /// `entries` are those of the remittance. What lowers nothing is carried forward, wherever in it it
    /// stands.
    pub(super) fn new(carried: &[Carried], remittance: &Remittance<'_>) -> Chain {
        let mut chain = Chain { open: carried.to_vec(), returned: Vec::new() };
        for entry in &remittance.provider_adjustments {
            let amount = entry.amount.money().unwrap_or_default();
            let provider = provider_of(entry, remittance);
            if amount.is_negative() && entry.reason.is("72") {
                chain.returned.push((provider, -amount));
            } else if amount.is_negative() {
                chain.add(entry, &provider, amount);
            }
        }
        chain
    }

    /// What explains a takeback; takes it off what is open.
    pub(super) fn explain(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        provider: &str,
        named: Named<'_>,
    ) -> Source {
        let amount = entry.amount.money().unwrap_or_default();
        let reference = entry.reference.text();
        let account = Account::of_provider_adjustment(&entry.reason);
        let own = self.open.iter().filter(|one| one.account == account && one.payee == provider);
        let own: Vec<&Carried> = own.collect();
        let sum = |is_it: &dyn Fn(&Carried) -> bool| {
            let of: Vec<&&Carried> = own.iter().filter(|one| is_it(one)).collect();
            let open: Money = of.iter().map(|one| one.amount).sum();
            (!of.is_empty()).then_some(-open)
        };
        let same = sum(&|one| one.reference.expose() == reference.trim());
        let of_claim =
            named.claim.and_then(|claim| sum(&|one| names_claim(one.reference.expose(), claim)));
        // A takeback names what it is for; only what is carried forward has no name of its own.
        let any = sum(&|_| true).filter(|_| account == Account::Forwarded);
        let covers = |open: Option<Money>| open.is_some_and(|open| amount <= open);
        let origin = if covers(same) {
            Source::Known("carried forward under this reference")
        } else if covers(of_claim) {
            Source::Known("carried forward for the claim that it names")
        } else if covers(any) {
            Source::Known("carried forward for this payee")
        } else if self.takes_returned(provider, amount) {
            Source::Known("paid back by cheque (72)")
        } else if of_claim.or(same).is_none() && named.is_reversed {
            Source::Known("names a claim that was taken back")
        } else {
            let open = [same, of_claim, any].into_iter().flatten().max().unwrap_or_default();
            Source::Unexplained(if open > Money::ZERO { amount - open } else { amount })
        };
        self.add(entry, provider, amount);
        origin
    }

    /// Takes a cheque of that amount; gives whether there is one.
    fn takes_returned(&mut self, provider: &str, amount: Money) -> bool {
        let same = |(of, returned): &(String, Money)| of == provider && *returned == amount;
        let found = self.returned.iter().position(same);
        found.map(|at| self.returned.remove(at)).is_some()
    }

    fn add(&mut self, entry: &ProviderAdjustment<'_>, provider: &str, amount: Money) {
        let reference = super::told::kept(&entry.reference.text());
        let Some(new) = Carried::of_entry(&printable(&entry.reason), provider, &reference, amount)
        else {
            return;
        };
        let same = |one: &&mut Carried| {
            one.account == new.account && one.payee == new.payee && one.reference == new.reference
        };
        match self.open.iter_mut().find(same) {
            Some(one) => one.amount += amount,
            None => self.open.push(new),
        }
    }
}

/// Whom an entry is about: PLB01, or who is paid where it is blank.
pub(super) fn provider_of(entry: &ProviderAdjustment<'_>, remittance: &Remittance<'_>) -> String {
    match entry.provider.text().trim() {
        "" => super::payee(remittance),
        provider => provider.to_owned(),
    }
}

/// The claim that PLB03-2 names. Payers write CLM01, their own number or both into it, with days
/// before or after them.
pub(super) fn claim_named_by<'k>(
    entry: &ProviderAdjustment<'_>,
    known: &Known<'k>,
) -> Option<&'k KnownClaim> {
    let reference = entry.reference.text();
    known.with_number(|number| is_named(&reference, number))
}

/// Whether PLB03-2 names this claim, by CLP07 or CLP01.
pub fn is_named_by(entry: &ProviderAdjustment<'_>, claim: &ClaimPayment<'_>) -> bool {
    let reference = entry.reference.text();
    [claim.payer_control_number, claim.patient_control_number]
        .iter()
        .any(|number| is_named(&reference, &number.text()))
}

fn names_claim(reference: &str, claim: &KnownClaim) -> bool {
    let own = claim.patient_control_number.expose();
    is_named(reference, own)
        || claim.payer_control_numbers.iter().any(|number| is_named(reference, number))
}

fn is_named(reference: &str, number: &str) -> bool {
    let number = number.trim();
    let is_long = number.len() >= NAMED_NUMBER_CHARACTERS_MIN && reference.contains(number);
    is_long || words_of(reference).any(|word| word == number)
}

/// PLB03-2 may hold several numbers: `A1 20261006 P1001`.
pub(super) fn words_of(reference: &str) -> impl Iterator<Item = &str> {
    let words = reference.split([' ', '/', ',', ';', '|']).filter(|word| !word.is_empty());
    words.take(WORDS_MAX)
}

/// PLB03-2 has fifty characters.
const WORDS_MAX: usize = 8;

/// A shorter number stands in any longer one by chance.
const NAMED_NUMBER_CHARACTERS_MIN: usize = 4;

/// Each is compared with every claim, and no payer lists so many: the rest is posted unexamined.
pub(super) const TAKEBACKS_EXAMINED_MAX: usize = 500;
