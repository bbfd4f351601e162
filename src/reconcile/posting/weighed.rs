//! What each payer said of a claim, weighed beside all else that it said: what is told twice waits, and so
//! does what takes back a payment that did not come.

use std::collections::BTreeSet;

use x12::fault::Place;
use x12::value::Money;

use super::{Decider, Judged, in_words, over, word_of};
use crate::change::cases::Undecided;
use crate::change::{Awaits, ClaimId, NewWork, Word, WorkState};
use crate::denials::{Category, printable, route};
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::cases;
use crate::reconcile::denied_lines::{self, without};
use crate::reconcile::matching::{Known, KnownClaim, Relative};
use crate::reconcile::standing::{
    Said, Settled, Standing, Wait, holding, is_exact, lines_of, settled_after, standing,
    whole_lines,
};
use crate::reconcile::told::{adjustments_told, lines_told};
use crate::reconcile::turns::Turns;
use crate::reconcile::{Unblocked, beside, parted};

/// A claim, and who speaks of it: a payer by its name in the settings, where it is not the claim's own.
pub(super) type Speech = (ClaimId, Option<String>);

impl Decider<'_> {
    /// What a payer decided is weighed beside all else that it said of the claim.
    pub(super) fn take_decided(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let speech = self.speech(judged, claim);
        if self.said_so_far(claim, &speech).len() >= SAID_MAX {
            return self.hold_beyond(judged, claim);
        }
        let own = self.note_said(judged, claim, false);
        let settled = self.weigh(claim, &speech);
        self.free(claim, &speech, (&settled, Some(own)));
        match settled.waits.get(own).copied().flatten() {
            Some(wait) => self.wait(judged, claim, (own, wait)),
            None => {
                self.let_go.insert(judged.ordinal);
                self.post(judged, claim);
            }
        }
    }

    /// V38: so much was said of the claim that a person has to look before more of it is posted.
    fn hold_beyond(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        self.suspend(judged);
        let found = beside::too_often((judged.ordinal, judged.payment), SAID_MAX);
        let (what, action) = in_words(std::iter::once(&found));
        self.puzzle_over_money(judged, claim.id, what, action);
        self.beside.push(found);
    }

    pub(super) fn speech(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Speech {
        let is_later = self.is_of_later_payer(judged, claim);
        (claim.id, is_later.then(|| self.incoming.payer.to_owned()))
    }

    /// What one payer said of a claim by now.
    pub(super) fn said_so_far(&mut self, claim: &KnownClaim, speech: &Speech) -> &mut Vec<Said> {
        let before = || match &speech.1 {
            None => claim.earlier.clone(),
            Some(payer) => claim.said_by_later(payer).cloned().collect(),
        };
        self.said.entry(speech.clone()).or_insert_with(before)
    }

    pub(super) fn weigh(&mut self, claim: &KnownClaim, speech: &Speech) -> Settled {
        let (others, charge) = self.said_beside(claim, speech);
        if self.said_so_far(claim, speech).iter().any(Said::waits_for_others) {
            let turns = self.turns_by_now(claim);
            let said = self.said_so_far(claim, speech).iter_mut();
            turns.let_go(after_others(claim, speech.1.as_ref()), said, claim.charged());
        }
        let before = self.said_before(claim, speech);
        settled_after(self.said_so_far(claim, speech), &before, &others, charge)
    }

    /// What stands of what a payer said of what was passed on to it, before a claim was made for it: the same once more
    /// decides nothing of that claim.
    fn said_before(&mut self, claim: &KnownClaim, speech: &Speech) -> Vec<Said> {
        if claim.follows.is_none() || speech.1.is_some() {
            return Vec::new();
        }
        let said = self.said_so_far(claim, speech).clone();
        let before = self.said_under_another(claim, speech, &said);
        standing_before(before, &said, claim.charge)
    }

    /// What holds of claims that are charged together with it, and that charge.
    pub(super) fn said_beside(&self, claim: &KnownClaim, speech: &Speech) -> (Vec<Said>, Money) {
        beside_it(claim, speech.1.is_none(), |other| self.said_of_relative(other).clone())
    }

    pub(super) fn said_of_relative<'s>(&'s self, other: &'s Relative) -> &'s Vec<Said> {
        self.said.get(&(other.id, None)).unwrap_or(&other.said)
    }

    /// Takes note of what waits no longer, but for what is being decided on.
    fn free(
        &mut self,
        claim: &KnownClaim,
        speech: &Speech,
        (settled, own): (&Settled, Option<usize>),
    ) {
        let is_free = |at: usize| settled.waits.get(at) == Some(&None);
        let payer = speech.1.as_ref().or(claim.payer.as_ref());
        let payer = payer.map_or(self.incoming.payer, String::as_str).to_owned();
        let mut freed = Vec::new();
        for (at, one) in self.said_so_far(claim, speech).iter_mut().enumerate() {
            if Some(at) != own && !one.is_posted && is_free(at) {
                one.is_posted = true;
                freed.push(Unblocked {
                    claim: claim.clone(),
                    payer: payer.clone(),
                    arrival: one.arrival,
                    identity: one.identity.clone(),
                    offset: one.offset,
                });
            }
        }
        self.decision.unblocked.extend(freed);
    }

    /// What is said of one claim of a family may free what waits of another.
    pub(super) fn free_relatives(&mut self, known: &Known<'_>) {
        let spoken_of: Vec<ClaimId> = self
            .said
            .keys()
            .filter(|(_, later)| later.is_none())
            .map(|(claim, _)| *claim)
            .collect();
        let families =
            spoken_of.into_iter().filter_map(|claim| known.with_id(claim)?.family.as_ref());
        let others: Vec<ClaimId> =
            families.flat_map(|family| &family.others).map(|other| other.id).collect();
        for claim in others.into_iter().filter_map(|other| known.with_id(other)) {
            self.free_of_own_payer(claim);
        }
    }

    /// What was said here of a payer before may let go what waits for it (V23).
    pub(super) fn free_of_others(&mut self, known: &Known<'_>) {
        for claim in known.claims() {
            for speech in speeches_waiting_for_others(claim) {
                let settled = self.weigh(claim, &speech);
                self.free(claim, &speech, (&settled, None));
            }
        }
    }

    fn free_of_own_payer(&mut self, claim: &KnownClaim) {
        let speech = (claim.id, None);
        let settled = self.weigh(claim, &speech);
        self.free(claim, &speech, (&settled, None));
    }

    /// What waits no longer, each with its claim as it stands when those before it are posted.
    pub(super) fn unblocked_now(&mut self) -> Vec<Unblocked> {
        let mut unblocked = std::mem::take(&mut self.decision.unblocked);
        let places: Vec<(String, usize)> =
            unblocked.iter().map(|one| (one.identity.clone(), one.offset)).collect();
        for (index, one) in unblocked.iter_mut().enumerate() {
            let claim = &mut one.claim;
            if let Some(void) = claim.void.as_mut().filter(|_| self.voided.contains(&claim.account))
            {
                void.charged = Money::ZERO;
            }
            let is_it = |said: &&Said| said.is_at(&one.identity, one.offset);
            let mut freed = None;
            let mut payers = vec![None, Some(self.incoming.payer), Some(&*one.payer)];
            payers.dedup();
            for later in payers {
                let speech = (claim.id, later.map(str::to_owned));
                let Some(said) = self.said.get(&speech) else { continue };
                match later {
                    None => claim.earlier.clone_from(said),
                    Some(payer) => {
                        claim.later.retain(|(name, _)| name != payer);
                        let named = |said: &Said| (payer.to_owned(), said.clone());
                        claim.later.extend(said.iter().map(named));
                    }
                }
                let by = after_others(claim, speech.1.as_ref()).map(str::to_owned);
                freed = freed.or_else(|| Some((by, said.iter().find(is_it)?)));
            }
            let others = claim.family.iter_mut().flat_map(|family| &mut family.others);
            for other in others {
                if let Some(said) = self.said.get(&(other.id, None)) {
                    other.said.clone_from(said);
                }
            }
            mark_to_come(claim, places.get(index..).unwrap_or_default());
            let root = claim.turns.root().unwrap_or(claim.id);
            let is_told = self.turns.contains_key(&root);
            if !is_told && !claim.turns.is_empty() {
                claim.turns = self.turns_by_now(claim);
            }
            if let (Some(turns), Some((by, said))) = (self.turns.get_mut(&root), freed) {
                claim.turns.clone_from(turns);
                // What came here and waited is in nobody's turn yet.
                turns.add(by.as_deref(), Said { is_posted: true, ..said.clone() });
            }
        }
        unblocked
    }

    /// Its money waits until what else is said of the claim explains it, or a person does.
    fn wait(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, (own, wait): (usize, Wait)) {
        let of = (judged.ordinal, judged.payment);
        let speech = self.speech(judged, claim);
        let said = self.said_so_far(claim, &speech).clone();
        let found = match (wait, said.get(own)) {
            (Wait::Unmet(original), Some(own)) => {
                beside::reversal(of, own, original.and_then(|at| said.get(at)))
            }
            (Wait::Double, _) | (Wait::Unmet(_), None) => vec![beside::double(of)],
            // It is among what the balance found.
            (Wait::Others, _) => Vec::new(),
        };
        self.suspend(judged);
        self.note_taken_back(judged, claim);
        if let Some(told) = self.payment.claims.get_mut(judged.ordinal - 1) {
            told.waits = Some(Awaits::Word);
        }
        self.decision.summary.unexplained += 1;
        let (what, action) = match wait {
            Wait::Others => in_words(self.balance.holding_claim(judged.ordinal)),
            Wait::Double | Wait::Unmet(_) => in_words(found.iter()),
        };
        let work = route::unexplained(&self.subject(judged, Some(claim.id)), what, action);
        self.add_work(NewWork { remitted: Some(judged.payment.place), ..work });
        self.beside.extend(found);
    }

    /// Adds to what was said of a claim; gives its place there.
    pub(super) fn note_said(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        is_posted: bool,
    ) -> usize {
        let mut new = self.said_by(judged, is_posted);
        new.whole_lines = whole_lines(&lines_told(&judged.lines), new.charge, &claim.lines);
        let speech = self.speech(judged, claim);
        let said = self.said_so_far(claim, &speech);
        // What waited, or is posted after it was weighed, is there already.
        parted::put(said, new)
    }

    pub(super) fn said_by(&self, judged: &Judged<'_, '_>, is_posted: bool) -> Said {
        Said {
            claim: judged.claim().map(|claim| claim.id),
            arrival: self.incoming.arrival,
            is_posted,
            paid_on: self.payment.paid_on,
            identity: self.payment.identity.clone(),
            offset: judged.payment.place.offset,
            payer_control_number: judged.payment.payer_control_number.text().trim().to_owned(),
            charge: judged.payment.charge.money().unwrap_or_default(),
            paid: judged.paid(),
            adjustments: adjustments_told(judged),
            whole_lines: Vec::new(),
            lines: lines_of(&lines_told(&judged.lines)),
            word: self.word_at(judged),
            status: printable(&judged.payment.status),
            is_let: false,
        }
    }

    /// What a claim payment comes to, or will when it is posted.
    fn word_at(&self, judged: &Judged<'_, '_>) -> Word {
        let noted = self.payment.claims.get(judged.ordinal - 1).and_then(|told| told.word);
        noted.unwrap_or_else(|| word_of(&judged.outcome))
    }

    /// Takes a claim to where all that was said of it leaves it.
    pub(super) fn say(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        word: Word,
    ) -> Stands {
        let own = self.note_said(judged, claim, true);
        let speech = self.speech(judged, claim);
        let settled = self.weigh(claim, &speech);
        let said = self.said_so_far(claim, &speech);
        let taken_back_by = settled.pairs.iter().find(|(_, original)| *original == own);
        let is_taken_back = taken_back_by.is_some();
        let taken_back_by = taken_back_by.and_then(|&(reversal, _)| said.get(reversal));
        let mut holds = settled.holds.iter().filter_map(|&at| said.get(at));
        // Of several that a reversal takes back as well as another, one stands.
        let alike_left = taken_back_by.and_then(|by| holds.find(|other| is_exact(by, other)));
        let alike_left = alike_left.cloned();
        let posted: Vec<Said> = said.iter().filter(|one| one.is_posted).cloned().collect();
        let left = standing(&posted);
        let takes_back = settled.pairs.iter().any(|(reversal, _)| *reversal == own);
        let own = said.get(own).cloned();
        self.note_beyond(judged, claim, &settled);
        // Nobody corrects what was taken back before it came.
        let stands = alike_left.filter(|other| !self.is_told(claim, other));
        let opened = self.decision.change.work.len();
        let mut is_refused = false;
        if !is_taken_back || stands.is_some() {
            self.take_denied_parts(judged, claim, false);
            self.place_at(opened, stands);
            is_refused = own.as_ref().is_some_and(|own| self.is_refused(judged, claim, own));
        }
        if is_refused {
            self.tell_correction_refused(opened);
        }
        self.close_over(claim, word, (&posted, &left));
        if let Some(own) = own {
            self.follow_own((claim, &speech), &own, (opened, is_refused), takes_back);
        }
        match settled.word {
            Some(Word::Paid | Word::Denied) => self.close_decided_anew(claim, &posted),
            Some(Word::Reversed) => self.note_taken_back(judged, claim),
            Some(Word::Reviewed) | None => {}
        }
        let event = match settled.word {
            Some(Word::Paid) => Event::Paid,
            Some(Word::Denied) => Event::Denied,
            Some(Word::Reversed | Word::Reviewed) | None => Event::Reversed,
        };
        let is_over = event == Event::Reversed && over::is_over(claim);
        let event = if is_over { over::event_of(claim, self.state(claim)) } else { event };
        let is_own = event == event_of(word);
        let stands = Stands { is_last: is_own && !is_taken_back };
        if is_over && self.state(claim) == State::Closed {
            // What was given up, and is voided after all, is charged no more either.
            self.end(judged.payment.paid.place, claim);
            return Stands { is_last: false };
        }
        // What came late, and does not have the last word, changes nothing.
        if is_own || advance(self.state(claim), event) != Some(self.state(claim)) {
            self.advance(judged, claim, event);
        }
        if is_over {
            self.end(judged.payment.paid.place, claim);
        }
        stands
    }

    /// Closes items about what does not stand any more. The work on a denial that went on by this remittance does not
    /// go on after all when that takes the denial back too.
    fn close_over(
        &mut self,
        claim: &KnownClaim,
        word: Word,
        (said, standing): (&[Said], &Standing),
    ) {
        self.close_taken_back(&over::items(&claim.undecided, said, standing), word);
        for case in claim.undecided.iter().filter(|case| self.returned.contains(&case.work)) {
            let mut left = standing.left.iter().filter_map(|&at| said.get(at));
            if left.any(|one| one.word == Word::Denied && cases::is_about(case, one)) {
                continue;
            }
            let change = &mut self.decision.change;
            change.case_returns.retain(|work| *work != case.work);
            change.work_moves.retain(|step| step.work != case.work || step.to != WorkState::Open);
        }
        let change = &self.decision.change;
        self.returned.retain(|work| change.case_returns.contains(work));
    }

    /// Whether an item is open about a denial.
    fn is_told(&self, claim: &KnownClaim, denial: &Said) -> bool {
        let here = &self.decision.change.work;
        let is_its = |item: &NewWork| {
            let offset = item.remitted.map(|place| place.offset);
            (item.category, item.claim) == (Category::Denied, Some(claim.id))
                && (item.arrival, offset) == (Some(denial.arrival), Some(denial.offset))
        };
        let is_open = |case: &Undecided| {
            let is_open = case.is_open() && !self.closed.contains(&case.work);
            case.category == Category::Denied && is_open && cases::is_about(case, denial)
        };
        claim.undecided.iter().any(is_open) || here.iter().any(is_its)
    }

    /// Puts the item that was opened here at the denial that stands and says the same.
    fn place_at(&mut self, opened: usize, stands: Option<Said>) {
        let item = self.decision.change.work.get_mut(opened);
        if let (Some(item), Some(Said { arrival, offset, .. })) = (item, stands) {
            item.arrival = Some(arrival);
            item.remitted = Some(Place { offset, ..Place::default() });
        }
    }
}

pub(super) const fn event_of(word: Word) -> Event {
    match word {
        Word::Paid => Event::Paid,
        Word::Denied => Event::Denied,
        Word::Reversed | Word::Reviewed => Event::Reversed,
    }
}

/// How a word of a payer stands among all that it said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    /// Whether it has the last word.
    pub is_last: bool,
}

/// What waits no longer is posted one after another, each by its remittance and the byte of its CLP.
fn mark_to_come(claim: &mut KnownClaim, to_come: &[(String, usize)]) {
    let relatives = claim.family.iter_mut().flat_map(|family| &mut family.others);
    let of_relatives = relatives.flat_map(|other| &mut other.said);
    let later = claim.later.iter_mut().map(|(_, said)| said);
    for said in claim.earlier.iter_mut().chain(later).chain(of_relatives) {
        said.is_posted &= !to_come.iter().any(|(identity, offset)| said.is_at(identity, *offset));
    }
}

/// What is weighed beside what a payer said of a claim, and the charge that all of it may come to. Each
/// payer has the whole of the charge before it; of a family its own payer alone is known.
pub(in crate::reconcile) fn beside_it(
    claim: &KnownClaim,
    is_own: bool,
    said_of: impl Fn(&Relative) -> Vec<Said>,
) -> (Vec<Said>, Money) {
    let Some(family) = claim.family.as_ref().filter(|_| is_own) else {
        return (Vec::new(), claim.charge);
    };
    let mut others = Vec::new();
    for other in &family.others {
        let said = said_of(other);
        let holds: Vec<&Said> = holding(&said, family.charge).collect();
        // Their lines have numbers of their own.
        let gone = denied_lines::given_way(&holds);
        others.extend(without(holds, &gone));
    }
    (others, family.charge)
}

/// What waits of a claim, and has nothing to wait for any more.
pub(in crate::reconcile) fn free(claim: &KnownClaim) -> Vec<Unblocked> {
    let mut free = Vec::new();
    let turns = Turns::of(claim);
    let mut take = |payer: Option<&String>, said: &[Said], beside: (Vec<Said>, Money)| {
        let (others, charge) = beside;
        let mut said = said.to_vec();
        turns.let_go(after_others(claim, payer), said.iter_mut(), claim.charged());
        let own = after_others(claim, payer).filter(|_| payer.is_none());
        let before = own.map(|own| said_elsewhere(claim, turns.said_by(Some(own)), &said));
        let before = standing_before(before.unwrap_or_default(), &said, charge);
        let waits = settled_after(&said, &before, &others, charge).waits;
        let freed = said.iter().zip(waits).filter(|(one, wait)| !one.is_posted && wait.is_none());
        free.extend(freed.map(|(one, _)| Unblocked {
            claim: claim.clone(),
            payer: payer.or(claim.payer.as_ref()).cloned().unwrap_or_default(),
            arrival: one.arrival,
            identity: one.identity.clone(),
            offset: one.offset,
        }));
    };
    take(None, &claim.earlier, beside_it(claim, true, |other| other.said.clone()));
    let payers: BTreeSet<&String> = claim.later.iter().map(|(payer, _)| payer).collect();
    for payer in payers {
        let said: Vec<Said> = claim.said_by_later(payer).cloned().collect();
        take(Some(payer), &said, beside_it(claim, false, |_| Vec::new()));
    }
    free
}

/// What of a payer's words was said of another claim of the service than this one and its family, and is posted.
fn said_elsewhere(claim: &KnownClaim, turn: &[Said], said: &[Said]) -> Vec<Said> {
    let family = claim.family.iter().flat_map(|family| &family.others);
    let here: Vec<&Said> = said.iter().chain(family.flat_map(|other| &other.said)).collect();
    let is_here = |one: &Said| here.iter().any(|own| own.is_at(&one.identity, one.offset));
    turn.iter().filter(|one| one.is_posted && !is_here(one)).cloned().collect()
}

/// What stands of what was said before, by that and by what is posted since.
fn standing_before(before: Vec<Said>, said: &[Said], charge: Money) -> Vec<Said> {
    if before.is_empty() {
        return before;
    }
    let posted = said.iter().filter(|one| one.is_posted).cloned();
    let all: Vec<Said> = before.iter().cloned().chain(posted).collect();
    let is_before = |one: &&Said| before.iter().any(|it| it.is_at(&one.identity, one.offset));
    holding(&all, charge).filter(is_before).cloned().collect()
}

/// Who speaks of a claim, where another payer decides before: by its name in the settings.
fn after_others<'c>(claim: &'c KnownClaim, later: Option<&'c String>) -> Option<&'c str> {
    let own = claim.payer.as_ref().filter(|_| claim.follows.is_some());
    later.or(own).map(String::as_str)
}

/// Who said something of a claim that waits for the payers before it, or for what its payer had said of another claim.
fn speeches_waiting_for_others(claim: &KnownClaim) -> BTreeSet<Speech> {
    let own = claim.earlier.iter().map(|said| (None, said));
    let later = claim.later.iter().map(|(payer, said)| (Some(payer), said));
    // What its payer said before the claim was made for it may be taken back.
    let waiting = own.chain(later).filter(|(payer, said)| {
        let is_made = payer.is_none() && claim.follows.is_some();
        said.waits_for_others() || is_made && !said.is_posted
    });
    waiting.map(|(payer, _)| (claim.id, payer.cloned())).collect()
}

/// What is said of one claim by hundreds of CLPs is no claim's history, and weighing it takes ever longer.
/// Nothing that was posted is forgotten: what comes after waits.
pub(super) const SAID_MAX: usize = 100;
