//! What belongs to no claim of a remittance: posted, and explained or told.

use std::collections::BTreeMap;

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};
use x12::view::remittance::{ProviderAdjustment, Remittance};

use super::{Decider, refunded};
use crate::change::cases::{Alike, GIVEN_TOO_MUCH};
use crate::change::{ClaimId, NewProviderAdjustment, NewWork, ProviderEntry, Word};
use crate::code_sets;
use crate::denials::known::{PlbRow, Surprise};
use crate::denials::printable;
use crate::denials::route::{self, Subject, shown};
use crate::ledger;
use crate::reconcile::findings::Finding;
use crate::reconcile::gifts::{Gifts, Kind, TooMuch};
use crate::reconcile::matching::{Known, KnownClaim};
use crate::reconcile::payee::said_again;
use crate::reconcile::provider::{
    Chain, EXAMINED_MAX, Named, Source, asks_for_explanation, claim_named_by, entry_of,
    explain_other, gives_for_no_reason, is_named_by, is_takeback, returns_of,
};
use crate::reconcile::refunds::{self, Return, SentBack};
use crate::reconcile::rules::rule;
use crate::reconcile::standing::Said;
use crate::reconcile::{Carried, Incoming};

impl Decider<'_> {
    pub(super) fn take_provider_adjustments(
        &mut self,
        remittance: &Remittance<'_>,
        known: &Known<'_>,
    ) {
        let (mut chain, unbooked, sent) = self.chain(remittance);
        let gifts = Gifts::of(remittance, |entry| self.kind_of_gift(entry, remittance, known));
        let mut examined = 0;
        let mut rest = Vec::new();
        for (entry, is_said_again) in said_again(remittance, self.incoming) {
            // V35: a person let the rest of it go on; this waits as a remainder.
            if is_said_again {
                continue;
            }
            self.payment.postings.extend(ledger::provider_adjustment(entry));
            let claim = claim_named_by(entry, (known, &self.payment.claims), self.incoming.payer);
            let kept = entry_of(entry, remittance);
            let mut origin = String::new();
            let asks = is_takeback(entry) || asks_for_explanation(entry, claim, &gifts);
            if asks && examined == EXAMINED_MAX {
                rest.push(entry);
            } else if asks {
                examined += 1;
                let is_reversed = self.is_reversed(entry, claim, remittance);
                let named = Named { payer: self.incoming.payer, claim, is_reversed };
                let source = match is_takeback(entry) {
                    true => chain.explain(entry, &kept.payee, named),
                    false => explain_other(entry, named, (remittance, &gifts)),
                };
                match source {
                    Source::Known(why) => why.clone_into(&mut origin),
                    Source::Unexplained(rest) => match self.known_by_office(entry, &kept, claim) {
                        Some(why) => origin = why,
                        None => match gifts.too_much(entry) {
                            Some(gift) => self.take_gift(entry, claim, gift),
                            None => {
                                let of = (claim, is_reversed);
                                self.take_or_tell_refund(entry, of, rest, &sent);
                            }
                        },
                    },
                }
            }
            if let Some(left) = unbooked.get(&entry.amount.place.offset) {
                self.tell_unbooked(entry, claim, *left);
            }
            let ProviderEntry { payee, reason, reference, amount } = kept;
            self.payment.provider_adjustments.push(NewProviderAdjustment {
                payee,
                reason,
                reference,
                amount,
                claim: claim.map(|claim| claim.id),
                origin,
                place: entry.amount.place,
            });
        }
        self.tell_rest(&rest);
    }

    /// What is carried, less what was sent back for it; what the payer says it got back that nobody booked, by
    /// where it says so; and what was sent back, held against that.
    fn chain(
        &mut self,
        remittance: &Remittance<'_>,
    ) -> (Chain, BTreeMap<usize, Money>, Vec<SentBack>) {
        let told = returns_of(self.incoming, remittance);
        let (places, told): (Vec<Place>, Vec<Return>) = told.into_iter().unzip();
        let sent = self.incoming.refunds;
        let (held, unmet) = refunds::hold(sent, &told);
        let unbooked = places.iter().zip(unmet.returns).filter(|(_, left)| !left.is_zero());
        let unbooked = unbooked.map(|(place, left)| (place.offset, left)).collect();
        let both = sent.iter().zip(&held);
        let met = both.filter(|(before, now)| !before.left.is_zero() && now.left.is_zero());
        self.decision.refunds_met = met.map(|(sent, _)| sent.id).collect();
        let mut open = self.incoming.carried.to_vec();
        open.extend(held.iter().filter_map(refunds::carried));
        (Chain::new(open, &told, remittance), unbooked, held)
    }

    /// An item about what nothing explains: where a refund paid it back, about that.
    fn take_or_tell_refund(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        (claim, is_reversed): (Option<&KnownClaim>, bool),
        rest: Money,
        sent: &[SentBack],
    ) {
        let reference = entry.reference.text();
        let takes = entry.amount.money().unwrap_or_default() > Money::ZERO;
        let paid_back = sent.iter().filter(|one| takes && one.paid_back(&reference, claim));
        let paid_back: Vec<&SentBack> = paid_back.collect();
        let Some(told) = refunded::taken(entry, rest, &paid_back) else {
            self.take_unexplained(entry, (claim, is_reversed), rest);
            return;
        };
        let names = Phi::new(format!("{}, {}", self.names(), self.entry_told(entry)));
        let of = (claim.map(|claim| claim.id), rest, entry.amount.place);
        self.tell_of_entry(of, (told.what, told.action, None), names);
        if let (Some(item), Some(rule)) = (self.decision.change.work.last_mut(), told.rule) {
            item.alike.rule = rule;
        }
    }

    /// An item about a refund that only its payer tells of, so that the books have it.
    fn tell_unbooked(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        claim: Option<&KnownClaim>,
        left: Money,
    ) {
        let of = self.entry_told(entry);
        let subject = Subject {
            claim: claim.map(|claim| claim.id),
            arrival: self.incoming.arrival,
            amount: left,
            place: entry.amount.place,
            payer: self.incoming.payer.to_owned(),
            names: Phi::new(format!("{}, {of}", self.names())),
        };
        self.decision.summary.unexplained += 1;
        self.note_asked(entry.amount.place);
        let whole = -entry.amount.money().unwrap_or_default();
        self.add_work(route::unbooked_refund(&subject, whole));
    }

    /// What kind of gift an entry is, by what is known of its reference and by what the office expects.
    fn kind_of_gift(
        &self,
        entry: &ProviderAdjustment<'_>,
        remittance: &Remittance<'_>,
        known: &Known<'_>,
    ) -> Kind {
        let claim = claim_named_by(entry, (known, &self.payment.claims), self.incoming.payer);
        let own = entry_of(entry, remittance);
        if self.row_of(entry, &own, claim).is_some() {
            return Kind::Expected;
        }
        let is_carried = |one: &Carried| one.reference.expose() == own.reference.expose();
        let is_known = claim.is_some()
            || remittance.claims.iter().any(|payment| is_named_by(entry, payment))
            || self.incoming.carried.iter().any(is_carried);
        match entry.reason.is_any(&["WO", "WU", "FB"]) && own.amount.is_negative() && !is_known {
            true => Kind::Unknown,
            false => Kind::of(entry),
        }
    }

    /// The office's row that knows an entry; takebacks have a chain of their own.
    fn row_of(
        &self,
        entry: &ProviderAdjustment<'_>,
        kept: &ProviderEntry,
        claim: Option<&KnownClaim>,
    ) -> Option<&PlbRow> {
        let surprise = Surprise {
            payer: self.incoming.payer,
            provider: &kept.payee,
            reason: &kept.reason,
            reference: &entry.reference.text(),
            amount: kept.amount,
            paid_on: self.decided_on,
            names_claim: claim.is_some(),
        };
        self.incoming.denials.known_as(&surprise).filter(|_| !is_takeback(entry))
    }

    /// What the office says of an entry that it knows.
    fn known_by_office(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        kept: &ProviderEntry,
        claim: Option<&KnownClaim>,
    ) -> Option<String> {
        let told = self.row_of(entry, kept, claim)?.told();
        let summary = &mut self.decision.summary;
        summary.known += 1;
        summary.known_amount += kept.amount;
        Some(told)
    }

    /// One item for all that nobody looked into.
    fn tell_rest(&mut self, rest: &[&ProviderAdjustment<'_>]) {
        let Some(first) = rest.first() else { return };
        let amounts = rest.iter().map(|entry| entry.amount.money().unwrap_or_default());
        let amount: Money = amounts.map(Money::abs).sum();
        let what = format!(
            "the payer takes back or adjusts more than {EXAMINED_MAX} times in this payment; {} of \
             them, {amount} in all, were posted and nobody looked what they are for",
            rest.len()
        );
        let place = first.amount.place;
        let until = Some(self.limits.appeal(self.decided_on));
        self.tell_of_entry((None, amount, place), (what, WHY, until), Phi::new(self.names()));
    }

    /// Whether the claim that a takeback names was taken back, by this remittance or an earlier one.
    fn is_reversed(
        &self,
        entry: &ProviderAdjustment<'_>,
        claim: Option<&KnownClaim>,
        remittance: &Remittance<'_>,
    ) -> bool {
        let here = remittance.claims.iter().filter(|payment| payment.is_reversal());
        let is_reversal = |said: &Said| said.word == Word::Reversed;
        let payer = self.incoming.payer;
        claim.is_some_and(|claim| claim.said_by(payer).any(is_reversal))
            || here.into_iter().any(|payment| is_named_by(entry, payment))
    }

    fn take_unexplained(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        (claim, is_reversed): (Option<&KnownClaim>, bool),
        rest: Money,
    ) {
        let amount = entry.amount.money().unwrap_or_default();
        let given = amount.is_negative();
        let does = if given { "adds" } else { "takes" };
        let back = if is_takeback(entry) { " back" } else { "" };
        let why = match (entry.reason.bytes(), claim) {
            _ if rest < amount => format!("{rest} of it is more than was left to be taken"),
            (b"FB", _) => {
                "nothing that was carried forward for this payee is left to be met".to_owned()
            }
            _ if gives_for_no_reason(entry) => {
                "no guide has that reason; nobody can tell what the money is for".to_owned()
            }
            (b"L6", _) => "the claims say another interest in AMT*I".to_owned(),
            (_, Some(_)) if is_takeback(entry) && !is_reversed => {
                "names a claim of which it took nothing back: there is no reversal (CLP02 22), and what was paid \
                 stands"
                    .to_owned()
            }
            (_, Some(_)) if is_takeback(entry) => {
                "names a claim of which nothing is left to be taken".to_owned()
            }
            (_, Some(_)) => "names a claim, and nothing says what it is for".to_owned(),
            (_, None) if is_takeback(entry) => {
                "names no claim that we know; it is a denial without a claim".to_owned()
            }
            (_, None) => "names no claim that we know".to_owned(),
        };
        let meaning = code_sets::meaning("provider-adjustment", entry.reason.bytes());
        let meaning = meaning.filter(|_| !is_takeback(entry));
        let meaning = meaning.map_or(String::new(), |meaning| format!(" ({meaning})"));
        let reason = printable(&entry.reason);
        let amount = amount.abs();
        let what = format!("the payer {does} {amount}{back} with PLB {reason}{meaning} and {why}");
        let names = Phi::new(format!("{}, {}", self.names(), self.entry_told(entry)));
        let until_appeal = Some(self.limits.appeal(self.decided_on));
        let (action, until) = match claim.is_some() && is_takeback(entry) && !is_reversed {
            true => (REVERSAL_MISSING, until_appeal),
            false if given => (WHAT_FOR, None),
            false => match withheld(entry.reason.bytes()) {
                Some(action) => (action, None),
                None => (WHY, until_appeal),
            },
        };
        let of = (claim.map(|claim| claim.id), rest, entry.amount.place);
        self.tell_of_entry(of, (what, action, until), names);
    }

    /// V46: an item about money that nobody can mean.
    fn take_gift(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        claim: Option<&KnownClaim>,
        gift: &TooMuch,
    ) {
        let subject = Subject {
            claim: claim.map(|claim| claim.id),
            arrival: self.incoming.arrival,
            amount: gift.given,
            place: entry.amount.place,
            payer: self.incoming.payer.to_owned(),
            names: Phi::new(format!("{}, {}", self.names(), self.entry_told(entry))),
        };
        let what = format!("V46: {}", gift.what);
        if gift.kind == Kind::Unknown {
            let place = entry.amount.place;
            let what = gift.what.clone();
            self.beside.push(Finding { rule: rule(GIVEN_TOO_MUCH), claim: None, place, what });
        }
        let action = match gift.kind {
            Kind::Unknown => UNKNOWN_GIFT,
            Kind::None | Kind::Expected | Kind::Interest | Kind::Of(_) => GIFT,
        };
        self.decision.summary.unexplained += 1;
        let work = route::unexplained(&subject, what, action);
        let alike = Alike { rule: GIVEN_TOO_MUCH.to_owned(), ..work.alike.clone() };
        self.add_work(NewWork { remitted: Some(entry.amount.place), alike, ..work });
    }

    /// `PLB01 1999001013 (office cedar), PLB reference FEE9`.
    fn entry_told(&self, entry: &ProviderAdjustment<'_>) -> String {
        let (of, provider) = match entry.provider.text().trim() {
            "" => ("payee", self.payment.payee.clone()),
            provider => ("PLB01", provider.to_owned()),
        };
        let office = self.incoming.offices.of_entries.get(&provider);
        let office = office.map_or(String::new(), |office| format!(" (office {office})"));
        let (provider, reference) = (shown(&provider), shown(&entry.reference.text()));
        format!("{of} {provider}{office}, PLB reference {reference}")
    }

    fn tell_of_entry(
        &mut self,
        (claim, amount, place): (Option<ClaimId>, Money, Place),
        (what, action, deadline): (String, &str, Option<Day>),
        names: Phi<String>,
    ) {
        let Incoming { arrival, payer, .. } = *self.incoming;
        let subject = Subject { claim, arrival, amount, place, payer: payer.to_owned(), names };
        self.decision.summary.unexplained += 1;
        self.note_asked(place);
        self.add_work(NewWork { deadline, ..route::unexplained(&subject, what, action) });
    }

    /// The next item is about the entry that stands there.
    fn note_asked(&mut self, place: Place) {
        let next = self.decision.change.work.len();
        self.decision.asked.push((place.offset, next));
    }
}

const GIFT: &str = "hold it against the deposit and ask the payer what it is for; what was given by mistake goes back \
     (`claimgate bank refund --reference`, with the reference that is named below), what is expected a [[plb]] of \
     denials.toml says";

const UNKNOWN_GIFT: &str = "hold it against the deposit and ask the payer what it is for and when it takes it again; what was \
     given by mistake goes back (`claimgate bank refund --reference`, with the reference that is named below)";

const WHY: &str = "ask the payer for which claim and why; appeal if nothing was overpaid";

/// What to do where the payer keeps money for somebody else, for which no claim and no appeal is of use.
fn withheld(reason: &[u8]) -> Option<&'static str> {
    match reason {
        b"IR" => Some(
            "ask the payer why it withholds tax, and give it the office's tax number (form W-9) where it has none or \
             another; what is right to be withheld a [[plb]] of denials.toml says",
        ),
        b"LE" | b"SL" => Some(
            "ask the payer for the order that it takes this by, and for whom; what is right to be taken a [[plb]] of \
             denials.toml says",
        ),
        _ => None,
    }
}

/// What to do where money is given.
const WHAT_FOR: &str = "ask the payer what it is for, and hold it until that is known; what was given by mistake goes back \
     (`claimgate bank refund --reference`, with the reference that is named below)";

/// What to do where money is taken back for a claim that was paid and is not reversed.
const REVERSAL_MISSING: &str = "ask the payer why it takes this back, and for the reversal of the claim (CLP02 22), without which the claim \
     stays paid here; appeal if nothing was overpaid";
