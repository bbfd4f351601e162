//! The payers of a claim one after another: each decides on what the one before left, whether that one passed the
//! claim on by itself or we sent it there. What goes on is made from what the last of them decided, and the claims
//! that those between had without us are made again on the way.

use std::collections::HashMap;

use x12::value::{Day, Money};

use crate::change::cases::SETTLED_BY_UNKNOWN;
use crate::change::next::Answer;
use crate::change::next::why::Why;
use crate::change::{ArrivalId, ContentHash, Resend, Word};
use crate::clock::Timestamp;
use crate::coordination::{self, Decided, Extent, NAMES_NONE, Outcome, Question};
use crate::corrections;
use crate::denials::Category;
use crate::denials::reasons::SUBROGATED;
use crate::document::Document;
use crate::gateway::knowledge::known::known_claim;
use crate::gateway::{Error, family};
use crate::lifecycle::State;
use crate::reconcile::is_later_payer;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::parted;
use crate::reconcile::standing::{Said, holding, settled_by};
use crate::responses::in_file;
use crate::settings::names::PartnerName;
use crate::settings::plan::Plan;
use crate::store::archive::Archive;
use crate::store::{self, Claim, SaidOfClaim, Store, Work, WorkFilter};

/// A claim of which is asked whether it goes on, with what is looked up about it.
pub struct Chain<'a> {
    pub plan: &'a Plan,
    pub store: &'a dyn Store,
    pub archive: &'a Archive,
    pub today: Day,
    pub claim: &'a Claim,
    /// As it went to its own payer.
    pub document: &'a Document,
    /// Claims that were made for payers after its own, on any of its family, closed ones too.
    pub followers: &'a [Claim],
    /// A person has the payer billed that was passed on to, or denied that.
    pub is_billed_anyway: bool,
}

/// Where the chain ends.
#[derive(Debug)]
pub struct End {
    /// The claim that goes to the next payer, or why none does.
    pub comes: Result<Box<Document>, (Answer, Why)>,
    /// The payers after the last that decided, by NM109.
    pub after: Vec<String>,
    /// The payers after the first that decided without a claim of ours, by their names in the settings.
    pub decided: Vec<String>,
}

/// A payer that decided, with the claim as it has it.
struct Link {
    /// `None` is the claim's own.
    payer: Option<String>,
    document: Document,
    /// Who comes after it, by NM109.
    after: Vec<String>,
    /// What it said, as far as it was posted, and where that stands.
    said: Vec<Said>,
    kept: Vec<SaidOfClaim>,
}

/// What a payer after a claim's own said under it, and stands.
#[derive(Debug)]
pub struct Heard {
    /// By its name in the settings.
    pub payer: String,
    stands: Vec<Said>,
    /// CLM02 of what was passed on.
    charge: Money,
    /// What CLM05-3 may be for it.
    frequencies: Vec<String>,
}

impl Heard {
    /// Whether it decided on what was passed on, and does not wait for those before it.
    fn has_decided(&self) -> bool {
        self.stands.iter().any(|one| match one.word {
            Word::Paid => true,
            Word::Denied => !one.asks_for_another(),
            Word::Reversed | Word::Reviewed => false,
        })
    }

    /// The last of its denials that nothing else that it decided settles.
    pub fn denied(&self) -> Option<&Said> {
        denial_in(&self.stands, self.charge)
    }

    /// Whether it decided on a part of the claim otherwise than by denying it.
    pub fn paid_beside(&self) -> bool {
        self.stands.iter().any(|one| one.word == Word::Paid || Money::ZERO < one.paid)
    }

    /// Its number of what it denied, where it takes a claim in the place of that.
    pub fn replaced(&self) -> Option<&str> {
        let number = self.denied()?.payer_control_number.as_str();
        let taken = corrections::as_payer_takes(Resend::Replacement, &self.frequencies);
        (taken == Resend::Replacement && !number.is_empty()).then_some(number)
    }
}

/// What the payer of this id said already: what the one before sends on by itself may arrive there before that one
/// tells us so.
pub fn heard(plan: &Plan, payer_id: &str, known: &KnownClaim) -> Option<Heard> {
    let payer = plan.route(payer_id)?;
    let frequencies = payer.frequencies.clone();
    let payer = payer.name.to_string();
    let stands = standing_of(&payer, known);
    Some(Heard { payer, stands, charge: known.charge, frequencies })
}

fn denial_in(stands: &[Said], charge: Money) -> Option<&Said> {
    let all: Vec<&Said> = stands.iter().collect();
    let mut denials = all.iter().copied().filter(|one| one.word == Word::Denied);
    denials.rfind(|one| settled_by(one, &all, charge).is_none())
}

/// What stands of what a payer after a claim's own said under it.
fn standing_of(payer: &str, known: &KnownClaim) -> Vec<Said> {
    let said: Vec<Said> = known.said_by_later(payer).cloned().collect();
    let stands = holding(&said, known.charge).filter(|one| one.word != Word::Reversed);
    stands.cloned().collect()
}

impl Chain<'_> {
    /// Follows the payers that decided, and asks the last whether the claim goes on from it.
    pub fn end(&self) -> Result<End, Error> {
        let known = known_claim(self.store, self.claim.clone(), (self.document, None))?;
        if let Some(why) = self.is_billed_by_office(&known) {
            let comes = Err((Answer::Office, why));
            return Ok(End { comes, after: Vec::new(), decided: Vec::new() });
        }
        let said = self.store.said(self.claim.id)?;
        let mut links = vec![self.link((&known, &said), None, self.document.clone())];
        let mut outcome = self.weigh(&known, &links, false)?;
        while let Some((payer, document)) = self.went_on(&known, &links, &mut outcome) {
            links.push(self.link((&known, &said), Some(payer), document));
            outcome = self.weigh(&known, &links, false)?;
        }
        if self.is_billed_anyway {
            self.bill_anyway(&known, &mut links, &mut outcome)?;
        }
        let after = links.last().map(|last| last.after.clone()).unwrap_or_default();
        let decided = links.iter().filter_map(|link| link.payer.clone()).collect();
        let comes = self.told((&known, &said), &links, outcome)?;
        Ok(End { comes, after, decided })
    }

    fn is_billed_by_office(&self, known: &KnownClaim) -> Option<Why> {
        let office = PartnerName::new(&self.claim.partner);
        let office = office.and_then(|name| self.plan.office(&name));
        let bills_itself = office.is_some_and(|office| !office.bills_next_payers);
        (bills_itself && known.names_next_payer)
            .then(|| Why::said("its office bills the payers that come after the first"))
    }

    /// `all` is what was said of the claim by anybody.
    fn link(
        &self,
        (known, all): (&KnownClaim, &[SaidOfClaim]),
        payer: Option<String>,
        document: Document,
    ) -> Link {
        let own = self.claim.payer.as_deref();
        let is_its = |one: &&SaidOfClaim| {
            let later = is_later_payer(&one.payer, own, &one.status).then_some(&one.payer);
            one.is_posted && later == payer.as_ref()
        };
        let kept = all.iter().filter(is_its).cloned().collect();
        let mut said: Vec<Said> = match &payer {
            None => known.earlier.clone(),
            Some(payer) => known.said_by_later(payer).cloned().collect(),
        };
        said.retain(|one| one.is_posted);
        if payer.is_some() {
            parted::part(&mut said);
        }
        let after = corrections::look(&document, self.today, coordination::payers_after);
        let after = after.unwrap_or_default().into_iter().map(|(_, id)| id).collect();
        Link { payer, document, after, said, kept }
    }

    /// What the last of them leaves to the payer after it, by all that it decided.
    fn weigh(
        &self,
        known: &KnownClaim,
        links: &[Link],
        is_billed_anyway: bool,
    ) -> Result<Outcome, Error> {
        let unread = |why: &str| Outcome::None(Answer::Person, Why::said(why));
        let Some(link) = links.last() else { return Ok(unread("no payer decided")) };
        let next = link.after.first().and_then(|id| heard(self.plan, id, known));
        let is_sent = next.as_ref().is_some_and(|next| self.is_sent_to(&next.payer));
        let is_billed_anyway = is_billed_anyway || self.is_billed_anyway && is_sent;
        let replaces = next.as_ref().filter(|_| is_billed_anyway).and_then(Heard::replaced);
        let denials = self.open_denials(link, known)?;
        // What somebody may still mend; what a third party pays, somebody looks for first.
        let is_looked_at = |item: &Work| item.resend.is_some() || item.alike.reason == SUBROGATED;
        let question = Question {
            document: &link.document,
            charge: known.charge,
            said: &link.said,
            decided: &self.decided(known, link)?,
            is_to_be_corrected: denials.iter().any(is_looked_at),
            is_denial_open: !denials.is_empty(),
            is_billed_anyway,
            replaces,
            is_closed: self.claim.state == State::Closed,
        };
        let outcome = corrections::look(&link.document, self.today, |view| {
            coordination::decide(&question, view)
        });
        Ok(outcome.unwrap_or_else(|| unread("the claim cannot be read again")))
    }

    /// The payer after the last of them, where that has what this one left without a claim of ours, and decided; and
    /// the claim as it has it.
    fn went_on(
        &self,
        known: &KnownClaim,
        links: &[Link],
        outcome: &mut Outcome,
    ) -> Option<(String, Document)> {
        let after = &links.last()?.after;
        let next = heard(self.plan, after.first()?, known)?;
        match outcome {
            Outcome::Bill(made) if next.has_decided() && !self.is_sent_to(&next.payer) => {
                Some((next.payer, (**made).clone()))
            }
            Outcome::PassedOn(made, _) if !next.stands.is_empty() => match made {
                Ok(made) => Some((next.payer, (**made).clone())),
                Err(why) if after.len() > 1 => {
                    *outcome = Outcome::None(Answer::Person, Why::said(*why));
                    None
                }
                Err(_) => {
                    let why = Why::said(NAMES_NONE).as_decided_by(&next.payer);
                    *outcome = Outcome::None(Answer::NothingLeft, why);
                    None
                }
            },
            Outcome::Bill(_) | Outcome::PassedOn(..) | Outcome::None(..) => None,
        }
    }

    /// Whether a claim of ours, or of its office, is with a payer. What a payer decides while one of ours still waits
    /// for its batch it decides on what came to it without us.
    fn is_sent_to(&self, payer: &str) -> bool {
        let mut open = self.followers.iter().filter(|one| is_with_payer(one) && !never_left(one));
        open.any(|one| one.payer.as_deref() == Some(payer))
    }

    /// What a person had billed goes to the payer that has it by another's word alone, or to the one that denied it.
    fn bill_anyway(
        &self,
        known: &KnownClaim,
        links: &mut Vec<Link>,
        outcome: &mut Outcome,
    ) -> Result<(), Error> {
        let last = links.last().and_then(|last| last.payer.as_deref());
        let denied =
            last.is_some_and(|payer| denial_in(&standing_of(payer, known), known.charge).is_some());
        let from = match outcome {
            Outcome::Bill(_) => return Ok(()),
            Outcome::PassedOn(..) => links.len(),
            Outcome::None(..) if denied => links.len() - 1,
            Outcome::None(..) => return Ok(()),
        };
        let after = links.get(from - 1).map(|link| link.after.as_slice()).unwrap_or_default();
        let beyond = names(self.plan, after.get(1..).unwrap_or_default());
        let is_beyond =
            |one: &Claim| one.payer.as_ref().is_some_and(|payer| beyond.contains(payer));
        // It was one of those that was to be billed then.
        if !self.followers.iter().any(is_beyond) {
            links.truncate(from);
            *outcome = self.weigh(known, links, true)?;
        }
        Ok(())
    }

    /// What comes of it, in the words that are kept.
    fn told(
        &self,
        said: (&KnownClaim, &[SaidOfClaim]),
        links: &[Link],
        outcome: Outcome,
    ) -> Result<Result<Box<Document>, (Answer, Why)>, Error> {
        let by = links.last().and_then(|last| last.payer.as_deref());
        let is_last = links.last().is_none_or(|last| last.after.is_empty());
        let (answer, why) = match outcome {
            Outcome::Bill(made) => {
                return Ok(match self.is_held_back(links)? {
                    Some((answer, why)) => Err((answer, Why::said(why))),
                    None => Ok(made),
                });
            }
            Outcome::PassedOn(_, to) => return self.told_of_unnamed(said, links, to).map(Err),
            // Another payer may have it that the claim does not name, and pass it on.
            Outcome::None(Answer::NothingLeft, why) if by.is_none() && is_last => {
                let told = self.told_of_unnamed(said, links, <[String; 2]>::default())?;
                let is_passed_on = told.0 == Answer::PassedOn && told.1.decided_by.is_some();
                if is_passed_on { told } else { (Answer::NothingLeft, why) }
            }
            Outcome::None(answer, why) => match by {
                None => (answer, why),
                // Nobody is left that anything could go to.
                Some(by) if is_last => {
                    (Answer::NothingLeft, Why::said(NAMES_NONE).as_decided_by(by))
                }
                Some(by) => (answer, why.as_decided_by(by)),
            },
        };
        Ok(Err((answer, why)))
    }

    /// Who is waited for where the last of them passed the claim on: the one that it names, unless that is none that
    /// the claim names, and decided; then whoever that one passed it on to.
    fn told_of_unnamed(
        &self,
        (known, said): (&KnownClaim, &[SaidOfClaim]),
        links: &[Link],
        to: [String; 2],
    ) -> Result<(Answer, Why), Error> {
        let after = links.last().map(|last| last.after.as_slice()).unwrap_or_default();
        let next = names(self.plan, after);
        let mut named = next.clone();
        named.extend(links.iter().filter_map(|link| link.payer.clone()));
        let mut unnamed: Vec<&str> = known.later.iter().map(|(payer, _)| payer.as_str()).collect();
        unnamed.sort_unstable();
        unnamed.dedup();
        unnamed.retain(|one| !named.iter().any(|named| named == one));
        unnamed.retain(|one| !standing_of(one, known).is_empty());
        let (mut by, mut to) = (links.last().and_then(|last| last.payer.clone()), to);
        loop {
            let told = names(self.plan, &to[1..]).into_iter().next();
            let is_other = told.as_ref().is_some_and(|told| !named.contains(told));
            let expected = told.or(next.first().cloned());
            let is_it = |one: &&str| expected.as_ref().is_none_or(|expected| expected == one);
            let Some(at) = unnamed.iter().position(is_it) else {
                let passed_on = match is_other && !next.is_empty() && !to[0].is_empty() {
                    true => Why::passed_on_to_unnamed(by.as_deref(), &to[0]),
                    false => Why::passed_on(by.as_deref(), &to[0]),
                };
                return Ok((Answer::PassedOn, passed_on));
            };
            let payer = unnamed.remove(at);
            let link = self.link((known, said), Some(payer.to_owned()), self.document.clone());
            let decided = self.decided(known, &link)?;
            let Some(one) = decided.into_iter().flatten().rfind(|one| one.is_passed_on) else {
                let is_left = Money::ZERO < known.turns.left_to_next(known.charge);
                let is_anothers = is_left && !next.is_empty();
                let answer = if is_anothers { Answer::Person } else { Answer::NothingLeft };
                // Nothing but this tells how it is called.
                let passed_on = Why::passed_on(by.as_deref(), &to[0]);
                return Ok((answer, passed_on.as_decided_by(payer)));
            };
            (by, to) = (Some(payer.to_owned()), one.passed_to);
        }
    }

    /// Why nothing is made for the next payer, though its turn has come.
    fn is_held_back(&self, links: &[Link]) -> Result<Option<(Answer, &'static str)>, Error> {
        if self.is_order_asked()? {
            let why = "whether another payer comes before its own is asked by an item of the queue";
            return Ok(Some((Answer::Waits, why)));
        }
        let why = "the payer that comes next decided already, in the place of the first";
        Ok(self.next_has_decided(links).map(|answer| (answer, why)))
    }

    /// What comes of it that the next payer is the one that decided, for the first passed the claim on as
    /// none of its own; `None` where it is not.
    fn next_has_decided(&self, links: &[Link]) -> Option<Answer> {
        let decided = self.claim.payer.as_deref();
        let is_it = |payer_id: &str| {
            let payer = self.plan.route(payer_id);
            payer.is_some_and(|payer| decided == Some(payer.name.to_string().as_str()))
        };
        let later = links.first().map(|own| own.after.as_slice()).unwrap_or_default();
        let is_next = later.first().is_some_and(|id| is_it(id));
        let answer = if later.len() > 1 { Answer::Person } else { Answer::NothingLeft };
        (is_next && !is_it(&self.claim.payer_id)).then_some(answer)
    }

    /// What stands in the CLPs that hold, read from the archive.
    fn decided(&self, known: &KnownClaim, link: &Link) -> Result<Vec<Option<Decided>>, Error> {
        let mut decided = vec![None; link.said.len()];
        let Extent::Whole(places) = coordination::extent(&link.said, known.charge) else {
            return Ok(decided);
        };
        let mut files: HashMap<ArrivalId, (ContentHash, Day)> = HashMap::new();
        for place in places {
            let (Some(one), Some(slot)) = (link.kept.get(place), decided.get_mut(place)) else {
                continue;
            };
            let (content, came_on) = match files.get(&one.arrival) {
                Some(known) => known.clone(),
                None => match self.store.arrival(one.arrival)? {
                    Some(arrival) => {
                        let came = Timestamp::from_micros(arrival.received_at.0);
                        (arrival.content, came.day(&self.plan.zone))
                    }
                    None => continue,
                },
            };
            files.insert(one.arrival, (content.clone(), came_on));
            let bytes = self.archive.get(&content)?;
            *slot = decided_at(&bytes, known, one.offset);
            if let Some(decided) = slot {
                // Payers announce payments of days to come; they had decided when they did.
                decided.paid_on = decided.paid_on.map(|day| day.min(came_on));
            }
        }
        Ok(decided)
    }

    /// Whether its payer takes a part for settled before it, nobody knows by whom, and no other was sent the claim.
    fn is_order_asked(&self) -> Result<bool, Error> {
        let is_sent = |one: &Claim| one.times_sent > 0 && is_with_payer(one);
        let open = self.open_work(None)?;
        let is_asked = open.iter().any(|item| item.alike.rule == SETTLED_BY_UNKNOWN);
        Ok(is_asked && !self.followers.iter().any(is_sent))
    }

    /// What a payer denied, and somebody works on.
    fn open_denials(&self, link: &Link, known: &KnownClaim) -> Result<Vec<Work>, Error> {
        let mut denials = self.open_work(Some(Category::Denied))?;
        let is_later = |by: &str| known.later.iter().any(|(name, _)| name == by);
        denials.retain(|item| match &link.payer {
            Some(payer) => item.denied_by() == Some(payer),
            None => !item.denied_by().is_some_and(is_later),
        });
        Ok(denials)
    }

    fn open_work(&self, category: Option<Category>) -> Result<Vec<Work>, Error> {
        let claim = Some(self.claim.id);
        let filter = WorkFilter { open_only: true, category, claim, ..WorkFilter::default() };
        Ok(self.store.work(&filter)?)
    }
}

/// The last claim that went out in the place of one and is decided on; without any the claim itself.
pub fn last_decided(family: &[Claim], asked: Claim) -> Claim {
    let takes_its_place = |one: &&Claim| {
        one.id > asked.id && one.frequency != family::VOID && one.state.is_adjudicated()
    };
    family.iter().rfind(takes_its_place).cloned().unwrap_or(asked)
}

/// The claims that were made for payers after the first on any of a family, closed ones too, and whether a person has
/// the next payer billed.
pub fn made_for_others(store: &dyn Store, family: &[Claim]) -> store::Result<(Vec<Claim>, bool)> {
    let (mut made, mut is_billed_anyway) = (Vec::new(), false);
    for one in family {
        made.extend(store.followers(one.id)?);
        is_billed_anyway |= store.next_payer(one.id)?.is_some_and(|next| next.never_came);
    }
    Ok((made, is_billed_anyway))
}

/// The payers of these ids, as far as they are in the settings.
pub fn names(plan: &Plan, payer_ids: &[String]) -> Vec<String> {
    let found = payer_ids.iter().filter_map(|id| plan.route(id));
    found.map(|payer| payer.name.to_string()).collect()
}

/// Whether a claim that was made is neither withdrawn nor given up, and not rejected.
pub fn is_with_payer(made: &Claim) -> bool {
    !matches!(made.state, State::Closed | State::Rejected)
}

/// Whether a claim waits to go out for the first time.
pub fn never_left(made: &Claim) -> bool {
    made.times_sent == 0 && matches!(made.state, State::Held | State::Ready)
}

/// What stands in the CLP at a byte of a file.
fn decided_at(bytes: &bytes::Bytes, known: &KnownClaim, offset: usize) -> Option<Decided> {
    in_file::find(bytes, |one| coordination::decided(one.at, &one.remittance, offset, known))
}
