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

use std::collections::BTreeSet;

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};
use x12::view::remittance::{ClaimPayment, ProviderAdjustment, Remittance};

use super::gifts::Gifts;
use super::matching::{Known, KnownClaim};
use super::refunds::{Return, sets_aside};
use super::told::kept;
use super::{Carried, Incoming};
use crate::change::{NewClaimPayment, ProviderEntry};
use crate::code_sets;
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
    /// What the office paid back by cheque (72).
    returned: Vec<Cheque>,
}

/// What a payer says that it got back.
#[derive(Debug)]
struct Cheque {
    payee: String,
    reference: String,
    amount: Money,
    /// It pays what is set aside or taken under its own reference, and nothing else.
    is_of_its_own: bool,
}

/// What a remittance says that its payer got back by check (72), each with where it says so.
pub(super) fn returns_of(
    incoming: &Incoming<'_>,
    remittance: &Remittance<'_>,
) -> Vec<(Place, Return)> {
    let all: Vec<ProviderEntry> =
        remittance.provider_adjustments.iter().map(|entry| entry_of(entry, remittance)).collect();
    let places = remittance.provider_adjustments.iter().map(|entry| entry.amount.place);
    let told = places.zip(&all).filter_map(|(place, entry)| {
        let of = (&entry.payee, &entry.reference);
        let here = all.iter().filter(|one| sets_aside(one));
        let is_set_aside =
            incoming.set_aside.contains(&(entry.payee.clone(), entry.reference.clone()))
                || here.into_iter().any(|one| (&one.payee, &one.reference) == of);
        Some((place, Return::of_entry(incoming.payer, entry, is_set_aside)?))
    });
    told.collect()
}

/// The references of its returns, by provider.
pub fn returned_under(remittance: &Remittance<'_>) -> BTreeSet<(String, Phi<String>)> {
    let entries = remittance.provider_adjustments.iter();
    let returned = entries.filter(|entry| {
        entry.reason.is("72") && entry.amount.money().unwrap_or_default().is_negative()
    });
    let of = returned.map(|entry| entry_of(entry, remittance));
    of.map(|entry| (entry.payee, entry.reference)).collect()
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
    /// The payer that takes back, by its name in the settings.
    pub payer: &'n str,
    pub claim: Option<&'n KnownClaim>,
    /// Whether its payer took something back of it, by this remittance or by an earlier one.
    pub is_reversed: bool,
}

impl Chain {
    /// What lowers nothing is carried forward, wherever in the remittance it stands. `told` is what its payer says
    /// in it that it got back.
    pub(super) fn new(open: Vec<Carried>, told: &[Return], remittance: &Remittance<'_>) -> Chain {
        let entries = &remittance.provider_adjustments;
        let cheque = |told: &Return| {
            let reference = told.reference.expose().trim().to_owned();
            let is_taken = |entry: &ProviderAdjustment<'_>| {
                is_takeback(entry) && entry.reference.text().trim() == reference
            };
            let is_of_its_own = told.is_set_aside || entries.iter().any(is_taken);
            Cheque { payee: told.payee.clone(), reference, amount: told.amount, is_of_its_own }
        };
        let mut chain = Chain { open, returned: told.iter().map(cheque).collect() };
        for entry in entries {
            let amount = entry.amount.money().unwrap_or_default();
            if amount.is_negative() && !entry.reason.is("72") {
                chain.add(entry, &provider_of(entry, remittance), amount);
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
        let of_claim = named
            .claim
            .and_then(|claim| sum(&|one| names_claim(one.reference.expose(), claim, named.payer)));
        // A takeback names what it is for; only what is carried forward has no name of its own.
        let all = sum(&|_| true);
        let any = all.filter(|_| account == Account::Forwarded);
        let covers = |open: Option<Money>| open.is_some_and(|open| amount <= open);
        let origin = if covers(same) {
            Source::Known("carried forward under this reference")
        } else if covers(of_claim) {
            Source::Known("carried forward for the claim that it names")
        } else if covers(any) {
            Source::Known("carried forward for this payee")
        } else if self.takes_returned((provider, reference.trim()), amount) {
            Source::Known("paid back by cheque (72)")
        } else if of_claim.or(same).is_none() && named.is_reversed && covers(all) {
            // The reversal alone took the money at once: what was never set aside is taken twice.
            Source::Known("set aside under another reference, for a claim that was taken back")
        } else {
            let open = [same, of_claim, any].into_iter().flatten().max().unwrap_or_default();
            Source::Unexplained(if open > Money::ZERO { amount - open } else { amount })
        };
        self.add(entry, provider, amount);
        origin
    }

    /// Takes a cheque of that amount, the one under its reference first; gives whether there is one.
    fn takes_returned(&mut self, (provider, reference): (&str, &str), amount: Money) -> bool {
        let is_its = |one: &Cheque| one.payee == provider && one.amount == amount;
        let mut cheques = self.returned.iter();
        let own = cheques.position(|one| is_its(one) && one.reference == reference);
        let any = || self.returned.iter().position(|one| is_its(one) && !one.is_of_its_own);
        let found = own.or_else(any);
        found.map(|at| self.returned.remove(at)).is_some()
    }

    fn add(&mut self, entry: &ProviderAdjustment<'_>, provider: &str, amount: Money) {
        let reference = kept(&entry.reference.text());
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

/// Whether an entry that is no takeback asks what it is for: it takes money, says `CS` of no claim, gives for a
/// reason that no guide has, or gives too much.
pub(super) fn asks_for_explanation(
    entry: &ProviderAdjustment<'_>,
    claim: Option<&KnownClaim>,
    gifts: &Gifts,
) -> bool {
    let amount = entry.amount.money().unwrap_or_default();
    amount > Money::ZERO
        || (entry.reason.is("CS") && !amount.is_zero() && claim.is_none())
        || gives_for_no_reason(entry)
        || gifts.too_much(entry).is_some()
}

/// Whether an entry gives money for a reason that no guide has.
pub(super) fn gives_for_no_reason(entry: &ProviderAdjustment<'_>) -> bool {
    let gives = entry.amount.money().unwrap_or_default().is_negative();
    gives && code_sets::meaning("provider-adjustment", entry.reason.bytes()).is_none()
}

/// What all entries with the reason, the reference and the provider of one come to.
pub(super) fn net_of(entry: &ProviderAdjustment<'_>, remittance: &Remittance<'_>) -> Money {
    let (reference, provider) = (entry.reference.text(), provider_of(entry, remittance));
    let same = remittance.provider_adjustments.iter().filter(|one| {
        one.reason.bytes() == entry.reason.bytes()
            && one.reference.text().trim() == reference.trim()
            && provider_of(one, remittance) == provider
    });
    same.map(|one| one.amount.money().unwrap_or_default()).sum()
}

/// What explains an entry that is no takeback.
pub(super) fn explain_other(
    entry: &ProviderAdjustment<'_>,
    named: Named<'_>,
    (remittance, gifts): (&Remittance<'_>, &Gifts),
) -> Source {
    let amount = entry.amount.money().unwrap_or_default();
    let interest = super::findings::interest(remittance);
    if net_of(entry, remittance).is_zero() {
        Source::Known("given and taken by the same payment")
    } else if let Some(too_much) = gifts.too_much(entry) {
        Source::Unexplained(too_much.given)
    } else if entry.reason.is("L6") && interest.paid == interest.of_claims {
        Source::Known("the interest of the claims")
    } else if entry.reason.is("CS") && named.is_reversed {
        Source::Known("names a claim that was taken back")
    } else {
        Source::Unexplained(amount.abs())
    }
}

/// Whether a remittance pays by the head, capitation (CT) or its adjustment (CR): then nothing is paid for a
/// service, and a fee schedule may say so.
pub(super) fn is_by_the_head(remittance: &Remittance<'_>) -> bool {
    let mut entries = remittance.provider_adjustments.iter();
    entries.any(|entry| entry.reason.is_any(&["CT", "CR"]))
}

/// Whom an entry is about: PLB01, or who is paid where it is blank.
pub(super) fn provider_of(entry: &ProviderAdjustment<'_>, remittance: &Remittance<'_>) -> String {
    match entry.provider.text().trim() {
        "" => super::payee(remittance),
        provider => provider.to_owned(),
    }
}

/// An entry as it is kept.
pub(super) fn entry_of(
    entry: &ProviderAdjustment<'_>,
    remittance: &Remittance<'_>,
) -> ProviderEntry {
    ProviderEntry {
        payee: provider_of(entry, remittance),
        reason: printable(&entry.reason),
        reference: kept(&entry.reference.text()),
        amount: entry.amount.money().unwrap_or_default(),
    }
}

/// The claim that PLB03-2 names, of this payer's. Payers write CLM01, their own number or both into it,
/// with days before or after them. When it may be several, it is none. `told` is what its remittance says of claims,
/// by numbers that may be new.
pub(super) fn claim_named_by<'k>(
    entry: &ProviderAdjustment<'_>,
    (known, told): (&Known<'k>, &[NewClaimPayment]),
    payer: &str,
) -> Option<&'k KnownClaim> {
    let reference = entry.reference.text();
    let names = names_in(&reference);
    let here = told.iter().filter(|told| {
        let is_named = names.contains(&told.payer_control_number.as_str());
        told.word.is_some() && is_named && !told.payer_control_number.is_empty()
    });
    let here = here.filter_map(|told| known.with_id(told.claim?));
    let called = names.iter().flat_map(|name| claims_called(name, known, payer));
    let named: Vec<&KnownClaim> = called.chain(here).collect();
    let first = named.first()?;
    let is_one = named.iter().all(|claim| claim.account == first.account);
    is_one.then_some(*first)
}

/// The claims that this payer may call by a number, CLM01 or its own.
pub fn claims_called<'k>(number: &str, known: &Known<'k>, payer: &str) -> Vec<&'k KnownClaim> {
    let mut claims = known.with_number(payer, number);
    claims.retain(|claim| {
        let own = claim.payer.as_deref().unwrap_or_default();
        [own, payer].contains(&"")
            || own == payer
            || claim.later.iter().any(|(later, _)| later == payer)
    });
    claims
}

/// Whether PLB03-2 names this claim, by CLP07 or CLP01.
pub(super) fn is_named_by(entry: &ProviderAdjustment<'_>, claim: &ClaimPayment<'_>) -> bool {
    let reference = entry.reference.text();
    let names = names_in(&reference);
    let numbers = [claim.payer_control_number, claim.patient_control_number];
    numbers.iter().any(|number| names.contains(&number.text().trim()))
}

/// Whether a reference of a payer has a number of a claim.
pub(super) fn names_claim(reference: &str, claim: &KnownClaim, payer: &str) -> bool {
    let names = names_in(reference);
    let own = claim.payer_control_numbers.iter().map(|number| number.trim());
    let mut numbers = own.chain(claim.numbers_of_later(payer));
    names.contains(&claim.patient_control_number.expose().trim())
        || numbers.any(|number| names.contains(&number))
}

/// The numbers that PLB03-2 may name a claim by, each whole: the reference itself, its words, and what
/// stands before and after a day within them. `A1 20261006 P1001`, `ACCT920261006P1001`.
pub fn names_in(reference: &str) -> Vec<&str> {
    let reference = reference.trim();
    let words = reference.split([' ', '/', ',', ';', '|']).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take(WORDS_MAX).collect();
    let has_day = words.iter().any(|word| is_day(word));
    let mut names = vec![reference];
    for word in words {
        // A short word is a number by chance, unless a day beside it says that a claim is meant.
        if word.len() >= WORD_CHARACTERS_MIN || has_day {
            names.push(word);
        }
        let [before, after] = around_a_day(word);
        names.extend([before, after].into_iter().filter(|part| !part.is_empty()));
    }
    // A day that stands beside other words is no number.
    let alone = names.len() <= 2;
    names.retain(|name| !name.is_empty() && (alone || !is_day(name)));
    names.dedup();
    names
}

/// What stands before and after the only day that a word holds; nothing when it holds none, or may hold
/// several.
fn around_a_day(word: &str) -> [&str; 2] {
    let mut found = [""; 2];
    let starts = 0..=word.len().saturating_sub(DAY_CHARACTERS);
    let is_there = |&start: &usize| {
        word.get(start..start + DAY_CHARACTERS).is_some_and(is_day) && word.len() > DAY_CHARACTERS
    };
    let mut days = starts.filter(is_there);
    if let (Some(start), None) = (days.next(), days.next()) {
        let (before, rest) = word.split_at(start);
        found = [before, rest.get(DAY_CHARACTERS..).unwrap_or_default()];
    }
    found
}

/// CCYYMMDD of a day on which a claim may have been served.
fn is_day(text: &str) -> bool {
    let is_recent = text.starts_with("19") || text.starts_with("20");
    text.len() == DAY_CHARACTERS && is_recent && Day::parse(text.as_bytes()).is_some()
}

const DAY_CHARACTERS: usize = 8;

/// PLB03-2 has fifty characters.
const WORDS_MAX: usize = 8;

/// A shorter word is no number of a claim by itself.
const WORD_CHARACTERS_MIN: usize = 4;

/// No payer takes so much back in one remittance: of the rest one item tells.
pub(super) const EXAMINED_MAX: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_numbers_that_stand_whole_in_it() {
        let cases: [(&str, &[&str]); 11] = [
            ("P1001", &["P1001"]),
            (" A1 ", &["A1"]),
            ("A1 20261006 P1001", &["A1", "P1001"]),
            ("ACCT9 20261006 XUNK9", &["ACCT9", "XUNK9"]),
            ("A1/P1001", &["A1/P1001", "P1001"]),
            ("20260101P1001", &["20260101P1001", "P1001"]),
            ("ACCT920261006P1001", &["ACCT920261006P1001", "ACCT9", "P1001"]),
            ("20261006", &["20261006"]),
            // It may hold two days, and so says nothing of either.
            ("120201120201006", &["120201120201006"]),
            ("INV 12", &["INV 12"]),
            ("", &[]),
        ];
        for (reference, expected) in cases {
            let found = names_in(reference);
            for name in expected {
                assert!(found.contains(name), "{reference}: {found:?}");
            }
            for other in ["1006", "12", "2026", "20261006"] {
                let is_expected = expected.contains(&other);
                assert_eq!(found.contains(&other), is_expected, "{reference}: {found:?}");
            }
        }
    }
}
