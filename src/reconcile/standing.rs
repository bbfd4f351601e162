//! Where all that a payer ever said of a claim leaves it: the same end for any order in which its
//! files came.
//!
//! A payer takes back what it decided, then decides anew, often in two files, and the second may
//! come first. So what was said is laid out by the days of payment, each reversal is set against
//! what it takes back, and the last word of what is left decides.

use x12::value::{Day, Money};

use super::denied_lines::{self, decides_on_denied, left_of, settles_lines, without};
pub use super::denied_lines::{lines_of, whole_lines};
use super::matching::KnownLine;
use super::repeated::{denied_since, in_turn, is_of_another_charge};
use super::rolled_up::{call_paid, is_told_of_paid, paid_with};
pub use super::said::Said;
use crate::change::Word;
use crate::denials::reasons;
use crate::ledger::LEFT;

/// What all of it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The last word; `Reversed` when all is taken back, `None` when nothing was said.
    pub word: Option<Word>,
    /// Which reversal takes which back, as places in what was given: the reversal first.
    pub pairs: Vec<(usize, usize)>,
    /// What holds: what was said and not taken back, in order.
    pub left: Vec<usize>,
}

/// Why something that was said is not posted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// V33: the same was said before, and was not taken back.
    Double,
    /// V16: it takes back what did not come, or not as it came; the place of what comes closest.
    Unmet(Option<usize>),
    /// V23: a payer before it paid, or has not decided yet.
    Others,
}

/// V40: less is decided on than was charged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TooLittle {
    pub decided: Money,
    pub charge: Money,
    /// The lines of which nothing is said: they may come in another part of the claim. What was taken back of a
    /// line was said.
    pub left_out: Vec<u32>,
}

/// What all of it leaves, and what of it waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The last word of what is not in doubt.
    pub word: Option<Word>,
    /// For each, in the order given: why it waits.
    pub waits: Vec<Option<Wait>>,
    /// Which reversal takes which back exactly, the reversal first.
    pub pairs: Vec<(usize, usize)>,
    /// What holds of it: what was not taken back, and does not wait; reviews of what was decided last.
    pub holds: Vec<usize>,
    /// The charges of what holds of all that is charged together. A denial of everything gives way to
    /// what was decided after it.
    pub decided: Money,
    /// What is denied of what was decided on otherwise before, and not taken back: it takes nothing off.
    pub denied_since: Money,
}

impl Settled {
    fn is_in_doubt(&self, at: usize) -> bool {
        matches!(self.waits.get(at), Some(Some(Wait::Unmet(_))))
    }

    /// What was paid in the last of several payments that go beyond the charge; nothing of a single one. Where
    /// lines were decided on twice, it is what was paid of just these. `others` is what holds of claims that
    /// are charged together with it.
    pub(super) fn paid_beyond(
        &self,
        said: &[Said],
        others: &[Said],
        (lines, charge): (&[KnownLine], Money),
    ) -> Money {
        let own: Vec<&Said> = self.holds.iter().filter_map(|&at| said.get(at)).collect();
        let (gone, _) = given_way(&own, others, charge);
        let own = own.into_iter().filter(|one| !one.is_review());
        let holds = without(others.iter().chain(own), &gone);
        let is_changed = holds.iter().any(|one| is_of_another_charge(one, &holds, charge));
        let is_by_lines = others.is_empty() && !charge.is_zero() && !is_changed;
        let of_lines = Some(&holds).filter(|_| is_by_lines);
        let of_lines = of_lines.and_then(|holds| lines_twice(holds, lines));
        if let Some((_, paid)) = of_lines.filter(|(twice, _)| self.decided - charge <= *twice) {
            return paid;
        }
        let (mut decided, mut paid) = (self.decided, Money::ZERO);
        let mut paying: Vec<&Said> = holds.iter().filter(|one| one.paid > Money::ZERO).collect();
        let claims = 1 + usize::from(!others.is_empty());
        let turn = |said| in_turn(said, &holds, (claims, charge));
        paying.sort_by(|one, other| turn(one).cmp(&turn(other)));
        // What stands may pay nothing: all is left to the patient.
        let decisions = holds.iter().filter(|one| !is_whole_denial(one));
        let stands = decisions.min_by_key(|one| (turn(one).0, one.paid <= Money::ZERO));
        // Of a claim whose charge was taken off nothing is owed at all.
        let is_paid = !charge.is_zero() && stands.is_some_and(|one| one.paid > Money::ZERO);
        for one in paying.into_iter().skip(usize::from(is_paid)).rev() {
            if decided > charge {
                decided -= one.decided();
                paid += one.paid;
            }
        }
        paid
    }

    /// What is decided on, where that is less than was charged and nothing is under review. What is said to be
    /// paid by a decision that is not there is not decided on.
    pub(super) fn too_little(
        &self,
        said: &[Said],
        lines: &[KnownLine],
        charge: Money,
    ) -> Option<TooLittle> {
        let holds: Vec<&Said> = self.holds.iter().filter_map(|&at| said.get(at)).collect();
        let stands = without(holds.iter().copied(), &denied_lines::given_way(&holds));
        let decided = self.decided - stands.iter().map(Said::left_to_another).sum();
        let taken_back = self.pairs.iter().filter_map(|&(_, original)| said.get(original));
        let spoken: Vec<&Said> = holds.iter().copied().chain(taken_back).collect();
        let is_spoken_of = |line: &&KnownLine| {
            let mut of = spoken.iter().flat_map(|one| one.lines.iter().flatten());
            of.any(|one| one.number == line.number)
        };
        let is_reviewed = holds.iter().any(|one| one.reviewed().next().is_some());
        let is_of_whole = holds.iter().any(|one| one.lines.is_none());
        let left_out = lines.iter().filter(|line| !is_of_whole && !is_spoken_of(line));
        let left_out: Vec<u32> = left_out.map(|line| line.number).collect();
        let is_known = is_of_whole || !lines.is_empty();
        let is_it = !holds.is_empty() && decided < charge && is_known && !is_reviewed;
        is_it.then_some(TooLittle { decided, charge, left_out })
    }
}

/// Weighs all that one payer said of a claim, whether it was posted or not: the same end for any order
/// in which it came. What was posted stays posted, for a person may have done it. `others` is what holds
/// of claims that are charged together with it.
pub fn settled(said: &[Said], others: &[Said], charge: Money) -> Settled {
    settled_after(said, &[], others, charge)
}

/// The same where its payer had said something of the service before, under another claim: `before` is what stands of
/// that.
pub fn settled_after(said: &[Said], before: &[Said], others: &[Said], charge: Money) -> Settled {
    if !said.iter().any(Said::waits_for_others) {
        return settled_of_told(said, before, others, charge);
    }
    // What waits for other payers is as good as not said.
    let waits = |at: &usize| said.get(*at).is_some_and(Said::waits_for_others);
    let (waiting, told): (Vec<usize>, Vec<usize>) = (0..said.len()).partition(waits);
    let of_told: Vec<Said> = told.iter().filter_map(|&at| said.get(at).cloned()).collect();
    let found = settled_of_told(&of_told, before, others, charge);
    let place = |at: usize| told.get(at).copied().unwrap_or_default();
    let mut all = vec![None; said.len()];
    for (&at, wait) in told.iter().zip(found.waits) {
        let wait = match wait {
            Some(Wait::Unmet(original)) => Some(Wait::Unmet(original.map(place))),
            Some(Wait::Double | Wait::Others) | None => wait,
        };
        all.get_mut(at).into_iter().for_each(|slot| *slot = wait);
    }
    for at in waiting {
        all.get_mut(at).into_iter().for_each(|slot| *slot = Some(Wait::Others));
    }
    Settled {
        waits: all,
        pairs: found.pairs.iter().map(|&(one, other)| (place(one), place(other))).collect(),
        holds: found.holds.into_iter().map(place).collect(),
        ..found
    }
}

fn settled_of_told(said: &[Said], before: &[Said], others: &[Said], charge: Money) -> Settled {
    let first = standing(said);
    let mut settled = Settled { waits: vec![None; said.len()], ..Settled::default() };
    for (at, one) in said.iter().enumerate() {
        if one.word != Word::Reversed {
            continue;
        }
        let original = first.pairs.iter().find(|(reversal, _)| *reversal == at);
        let original = original.map(|&(_, original)| original);
        let is_met = original.and_then(|at| said.get(at)).is_some_and(|it| is_exact(one, it));
        match original {
            Some(original) if is_met || one.is_posted => settled.pairs.push((at, original)),
            Some(_) | None if one.is_posted => {}
            Some(_) | None => {
                if let Some(wait) = settled.waits.get_mut(at) {
                    *wait = Some(Wait::Unmet(original));
                }
            }
        }
    }
    // A reversal in doubt takes nothing back.
    let certain: Vec<usize> = (0..said.len()).filter(|&at| !settled.is_in_doubt(at)).collect();
    let of_certain: Vec<Said> = certain.iter().filter_map(|&at| said.get(at).cloned()).collect();
    let end = if of_certain.len() == said.len() { first } else { standing(&of_certain) };
    settled.word = end.word;
    let left: Vec<usize> = end.left.iter().filter_map(|&at| certain.get(at).copied()).collect();
    find_doubles((said, &left), (before, others), charge, &mut settled);
    settled.holds.extend(reviews(said));
    let own = settled.holds.iter().filter_map(|&at| said.get(at));
    let own: Vec<&Said> = own.collect();
    let (gone, of_lines) = given_way(&own, others, charge);
    let sum = |said: &mut dyn Iterator<Item = &Said>| -> Money { said.map(Said::decided).sum() };
    settled.decided = sum(&mut own.iter().copied().chain(others)) - sum(&mut gone.iter());
    if !gone.is_empty() {
        let all: Vec<&Said> = own.into_iter().chain(others).collect();
        settled.denied_since = denied_since(&all, gone.split_at(of_lines), charge);
    }
    // What gave way has no word any more, but where all of it did.
    let stays = left.iter().filter_map(|&at| left_of(said.get(at)?, &gone));
    let mut stays: Vec<Said> = stays.collect();
    if stays.len() > 1 {
        call_paid(&mut stays);
    }
    let all: Vec<usize> = (0..stays.len()).collect();
    settled.word = last_word(&stays, &all).or(settled.word);
    settled
}

/// What holds of all that a payer decided on a claim, and was posted.
pub fn holding(said: &[Said], charge: Money) -> impl Iterator<Item = &Said> {
    let holds = settled(said, &[], charge).holds.into_iter();
    let holds = holds.filter_map(|at| said.get(at));
    holds.filter(|one| one.is_posted && !one.is_review())
}

/// What the payer reviews and did not take back, in order.
fn reviews(said: &[Said]) -> Vec<usize> {
    let is_review = |at: &usize| said.get(*at).is_some_and(Said::is_review);
    let mut all: Vec<usize> = (0..said.len()).filter(is_review).collect();
    all.sort_by_key(|&at| said.get(at).map(in_order));
    let is_back = |at: &usize| said.get(*at).is_some_and(|one| one.charge.is_negative());
    let (back, mut left): (Vec<usize>, Vec<usize>) = all.into_iter().partition(is_back);
    for reversal in back.into_iter().filter_map(|at| said.get(at)) {
        let is_it = |at: &usize| said.get(*at).is_some_and(|one| is_exact(reversal, one));
        if let Some(found) = left.iter().rposition(is_it) {
            left.remove(found);
        }
    }
    left
}

/// Parts of a claim may be alike, but do not come to more than its charge.
fn find_doubles(
    (said, left): (&[Said], &[usize]),
    (told_before, others): (&[Said], &[Said]),
    charge: Money,
    settled: &mut Settled,
) {
    let own = left.iter().filter_map(|&at| said.get(at));
    let all: Money = own.chain(told_before).chain(others).map(Said::decided).sum();
    // Of several that are alike one is posted: the one that is already, or else the first.
    let mut order = left.to_vec();
    order.sort_by_key(|&at| said.get(at).is_some_and(|one| !one.is_posted));
    for (index, &at) in order.iter().enumerate() {
        let Some(one) = said.get(at) else { continue };
        let before = order.iter().take(index).filter_map(|&other| said.get(other));
        let mut before = before.chain(told_before).chain(others);
        // Parts of a claim may be alike, but not the whole of a line.
        let is_told_again = |other: &Said| all > charge || has_same_lines(one, other);
        if !one.is_posted
            && before.any(|other| is_told_again(other) && is_double(one, other))
            && let Some(wait) = settled.waits.get_mut(at)
        {
            *wait = Some(Wait::Double);
        }
    }
    settled.holds = left.to_vec();
    settled.holds.retain(|&at| settled.waits.get(at) == Some(&None));
}

/// What was charged for lines beyond the first time that each was decided on, and what was paid of them then;
/// `None` where what was said of the claim as a whole hides it.
fn lines_twice(holds: &[Said], lines: &[KnownLine]) -> Option<(Money, Money)> {
    let (mut charged, mut paid) = (Money::ZERO, Money::ZERO);
    for line in lines {
        let of_line = holds.iter().filter(|one| !one.is_by_lines() || one.speaks_of(line.number));
        let paid_each = of_line.map(|one| one.paid_of(line)).collect::<Option<Vec<Money>>>()?;
        charged += paid_each.iter().skip(1).map(|_| line.charge).sum::<Money>();
        let mut paying = paid_each.into_iter().filter(|paid| *paid > Money::ZERO);
        paid += paying.by_ref().skip(1).sum::<Money>();
    }
    Some((charged, paid))
}

/// Denials that something was decided after, though nothing took them back: lines that were decided on anew,
/// each as a denial of its own, and of denials of everything so many, the first ones, as go beyond the
/// charge. Parts of a claim that were each decided once all stand. What was denied as a second copy gives
/// way to what was decided of the first, whichever came last; what was said to be settled by another one to what its payer
/// decided as the first. So many of them, the first ones, gave way to what was decided on the same lines.
fn given_way(own: &[&Said], others: &[Said], charge: Money) -> (Vec<Said>, usize) {
    let mut gone = denied_lines::given_way(own);
    let of_lines = gone.len();
    let left = without(own.iter().copied().filter(|one| !one.is_review()), &gone);
    let mut all: Vec<&Said> = left.iter().chain(others).collect();
    // What is paid on the same day is the later word.
    all.sort_by_key(|one| (one.paid_on, !is_whole_denial(one), in_order(one)));
    let mut decided: Money = all.iter().map(|one| one.decided()).sum();
    let mut go = |one: &Said| {
        let goes = charge < decided;
        if goes {
            decided -= one.decided();
            gone.push(one.clone());
        }
        goes
    };
    let alone: Vec<&Said> = all.iter().copied().filter(|one| is_alone(one, &all)).collect();
    let is_first = all.iter().any(|one| one.is_of_first());
    let is_copy = |one: &Said| is_of_copy(one) || is_first && one.is_all_settled();
    all.retain(|one| !(alone.contains(one) || is_copy(one) && go(one)));
    // Of denials alone the last one stands.
    let is_denied = all.iter().all(|one| is_whole_denial(one));
    let may_go = all.len().saturating_sub(usize::from(is_denied));
    for one in all.into_iter().take(may_go).filter(|one| is_whole_denial(one)) {
        go(one);
    }
    (gone, of_lines)
}

/// Whether nothing else is said of the lines that a denial speaks of: it is no double of what was decided on others.
fn is_alone(denial: &Said, all: &[&Said]) -> bool {
    let lines: Vec<u32> = denial.lines.iter().flatten().map(|line| line.number).collect();
    let mut others = all.iter().filter(|one| !one.is_at(&denial.identity, denial.offset));
    let speaks_of_others =
        |one: &Said| one.is_by_lines() && !lines.iter().any(|&number| one.speaks_of(number));
    let is_told = is_whole_denial(denial) && denial.is_by_lines() && !lines.is_empty();
    is_told && others.all(|one| speaks_of_others(one))
}

/// Whether everything is denied because it was decided before: an exact duplicate (18), or paid (B13).
pub fn is_of_copy(said: &Said) -> bool {
    let mut reasons = said.adjustments().filter(|(_, _, amount)| !amount.is_zero()).peekable();
    let is_it = |code: &str| reasons::OF_COPIES.contains(&reasons::group_and_reason(code).1);
    is_whole_denial(said) && reasons.peek().is_some() && reasons.all(|(_, code, _)| is_it(code))
}

pub(super) fn is_whole_denial(said: &Said) -> bool {
    said.word == Word::Denied && said.paid.is_zero()
}

/// What settles a denial, of all that holds of the payer's words: a payment that decides anew on what was denied,
/// or what is paid by all of them where the denial is on the books no longer, or the line that it is rolled up in.
pub fn settled_by<'s>(denial: &Said, holds: &[&'s Said], charge: Money) -> Option<&'s Said> {
    let others = || holds.iter().copied().filter(|one| !one.is_at(&denial.identity, denial.offset));
    let by_itself = others().find(|one| settles(one, denial, holds, charge));
    let by_payments = by_itself.or_else(|| {
        let paying = others().filter(|one| Money::ZERO < one.paid);
        let last = paying.max_by_key(|one| in_order(one))?;
        gives_way_to_payments(denial, holds, charge).then_some(last)
    });
    by_payments.or_else(|| paid_with(denial, holds))
}

/// Whether a payment decides anew on what was denied: on the same lines, or on more than is charged beside
/// it; or before, where a second copy was denied. Parts of a claim that were each decided once settle nothing of each other.
/// `holds` is all that holds of the payer's words: of several lines that were denied each may have another.
fn settles(payment: &Said, denial: &Said, holds: &[&Said], charge: Money) -> bool {
    settles_lines(payment, denial, holds).unwrap_or_else(|| {
        let is_beyond = charge < payment.decided() + denial.decided();
        let is_later = denial.paid_on <= payment.paid_on || is_of_copy(denial);
        let is_anew = is_beyond || has_same_lines(payment, denial);
        payment.word == Word::Paid
            && is_later
            && is_anew
            && decides_on_denied(payment, denial, holds, is_beyond)
    })
}

/// Whether a denial of everything is on the books no longer because of what is paid.
fn gives_way_to_payments(denial: &Said, holds: &[&Said], charge: Money) -> bool {
    // Whether a second copy stands is asked of what it is a copy of.
    if !is_whole_denial(denial) || is_of_copy(denial) {
        return false;
    }
    let stands = |all: &[&Said]| {
        let left = left_of(denial, &given_way(all, &[], charge).0);
        left.is_some_and(|left| left.word == Word::Denied)
    };
    let unpaid: Vec<&Said> = holds.iter().filter(|one| one.paid <= Money::ZERO).copied().collect();
    !stands(holds) && stands(&unpaid)
}

/// Denials that gave way, of all that was posted of a claim and of those that are charged together with
/// it: what they took off is taken off no longer.
pub fn overruled(posted: &[Said], others: &[Said], charge: Money) -> Vec<Said> {
    let holds = settled(posted, others, charge).holds;
    let own: Vec<&Said> = holds.into_iter().filter_map(|at| posted.get(at)).collect();
    given_way(&own, others, charge).0
}

fn has_same_lines(one: &Said, other: &Said) -> bool {
    !one.whole_lines.is_empty() && one.whole_lines == other.whole_lines
}

/// Whether two say the same of a claim, under the same number of the payer. What pays nothing and denies
/// nothing says so under any number.
pub fn is_double(one: &Said, other: &Said) -> bool {
    let decides_nothing = |said: &Said| said.paid.is_zero() && said.word == Word::Paid;
    let is_same_number = one.payer_control_number.trim() == other.payer_control_number.trim();
    (is_same_number || (decides_nothing(one) && decides_nothing(other)))
        && (one.charge, one.paid) == (other.charge, other.paid)
        && {
            let (one, other) = adjusted(&one.adjustments, &other.adjustments);
            one == other
        }
}

/// The sum of all that was said of one claim by one payer.
pub fn standing(said: &[Said]) -> Standing {
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|&at| said.get(at).map(in_order));
    order.retain(|&at| said.get(at).is_some_and(|one| !one.is_review()));
    let mut left: Vec<usize> = order.clone();
    let mut reversals: Vec<usize> = order;
    left.retain(|&at| said.get(at).is_some_and(|one| one.word != Word::Reversed));
    reversals.retain(|&at| said.get(at).is_some_and(|one| one.word == Word::Reversed));
    let any_is_reversed = !reversals.is_empty();
    let mut pairs = Vec::new();
    // What is posted has taken back what it takes, and leaves nothing of it to another. What a reversal
    // repeats to the last adjustment is what it takes back, before what it may take back.
    for (is_posted, must_be_exact) in [(true, true), (true, false), (false, true), (false, false)] {
        for takes_back in WAYS {
            reversals.retain(|&at| {
                let Some(reversal) = said.get(at).filter(|one| one.is_posted == is_posted) else {
                    return true;
                };
                let is_it = |original: &Said| {
                    takes_back(reversal, original)
                        && (!must_be_exact || is_exact(reversal, original))
                };
                let found = left.iter().rposition(|&other| said.get(other).is_some_and(is_it));
                if let Some(found) = found {
                    pairs.push((at, left.remove(found)));
                }
                found.is_none()
            });
        }
    }
    let word = last_word(said, &left).or(any_is_reversed.then_some(Word::Reversed));
    Standing { word, pairs, left }
}

/// The word of the last of these, which stand in order.
fn last_word(said: &[Said], left: &[usize]) -> Option<Word> {
    let last = left.last().and_then(|&at| said.get(at))?;
    // Of the parts of one remittance a denied one has the last word.
    let same = left.iter().filter_map(|&at| said.get(at));
    let mut same = same.filter(|one| one.identity == last.identity);
    Some(if same.any(|one| one.word == Word::Denied) { Word::Denied } else { Word::Paid })
}

/// Whether a reversal takes back exactly what a payment said: charge, money and every adjustment.
pub fn is_exact(reversal: &Said, original: &Said) -> bool {
    let (one, mut other) = adjusted(&reversal.adjustments, &original.adjustments);
    for part in &mut other {
        *part = negated(part);
    }
    other.sort();
    has_opposite_money(reversal, original) && one == other
}

/// Each adjustment of both, in an order of its own.
fn adjusted(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
    // What came under no number of ours was told before its lines were known: `service 1 CO-45 30.00`.
    let is_without_lines = |text: &str| text.split(", ").any(|part| part.starts_with("service "));
    let has_lines = !is_without_lines(one) && !is_without_lines(other);
    let parts = |text: &str| {
        // Remarks say why, and a reversal has its own. What is left to another CLP was once posted.
        let parts = text.split(", ").map(|part| part.strip_prefix(LEFT).unwrap_or(part));
        let is_told = |part: &str| part.starts_with("remarks ") || is_told_of_paid(part);
        let parts = parts.filter(|part| !part.is_empty() && !is_told(part));
        let of_claim = |part: &str| {
            let mut words = part.rsplitn(3, ' ');
            let (amount, code) = (words.next().unwrap_or_default(), words.next());
            code.map_or_else(|| amount.to_owned(), |code| format!("{code} {amount}"))
        };
        let told = |part: &str| if has_lines { part.to_owned() } else { of_claim(part) };
        let mut parts: Vec<String> = parts.map(told).collect();
        parts.sort();
        parts
    };
    (parts(one), parts(other))
}

/// `CO-45 30.00` as `CO-45 -30.00`, and back.
fn negated(part: &str) -> String {
    match part.rsplit_once(' ') {
        Some((_, "0.00")) => part.to_owned(),
        Some((of, amount)) => match amount.strip_prefix('-') {
            Some(amount) => format!("{of} {amount}"),
            None => format!("{of} -{amount}"),
        },
        None => part.to_owned(),
    }
}

type Takes = fn(&Said, &Said) -> bool;

/// How a reversal is known to belong to a payment, the surest first. What stands behind it in its own
/// remittance is its correction.
const WAYS: [Takes; 5] = [
    |reversal, original| {
        is_before(reversal, original)
            && has_same_number(reversal, original)
            && has_opposite_money(reversal, original)
    },
    |reversal, original| is_before(reversal, original) && has_opposite_money(reversal, original),
    |reversal, original| {
        reversal.paid_on == original.paid_on
            && reversal.identity != original.identity
            && has_opposite_money(reversal, original)
    },
    // A remittance may take back what it paid before: a void came, or the payer thought again.
    |reversal, original| {
        reversal.identity == original.identity
            && original.offset < reversal.offset
            && has_same_number(reversal, original)
            && has_opposite_money(reversal, original)
    },
    |reversal, original| is_before(reversal, original) && has_same_number(reversal, original),
];

fn is_before(reversal: &Said, original: &Said) -> bool {
    original.paid_on < reversal.paid_on
}

pub(super) fn has_same_number(reversal: &Said, original: &Said) -> bool {
    let number = original.payer_control_number.trim();
    !number.is_empty() && number == reversal.payer_control_number.trim()
}

fn has_opposite_money(reversal: &Said, original: &Said) -> bool {
    reversal.charge == -original.charge && reversal.paid == -original.paid
}

/// By the day of payment; within a day by what does not depend on when a file came.
pub(super) fn in_order(one: &Said) -> (Option<Day>, &str, usize) {
    (one.paid_on, &one.identity, one.offset)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::change::ArrivalId;

    #[test]
    fn a_denial_gives_way_to_what_was_decided_whichever_came_last() {
        let charge = Money::from_cents(10_000);
        let paid = said(5, "P1", 6_000, Word::Paid);
        let copy = |day, codes: &str| Said {
            adjustments: codes.to_owned(),
            ..said(day, &format!("C{day}"), 0, Word::Denied)
        };
        // What is no copy is told where it came last.
        for (denied, since) in [
            (copy(9, "line 1 OA-18 60.00, line 2 CO-B13 40.00, remarks N522"), 0),
            (copy(2, "CO-18 100.00"), 0),
            (copy(9, "CO-18 60.00, CO-16 40.00"), 10_000),
            (copy(2, "CO-18 60.00, CO-16 40.00"), 0),
        ] {
            let all = [denied.clone(), paid.clone()];
            let found = settled(&all, &[], charge);
            assert_eq!((found.decided, found.word), (charge, Some(Word::Paid)), "{denied:?}");
            assert_eq!(found.denied_since, Money::from_cents(since), "{denied:?}");
            assert_eq!(overruled(&all, &[], charge), std::slice::from_ref(&denied));
            // Of a claim that went out in the place of what was paid.
            let beside = settled(std::slice::from_ref(&denied), &all[1..], charge);
            assert_eq!(beside.decided, charge);
            // Once the first decision is taken back, the denial is all that was decided.
            let back = said(10, "P1", 6_000, Word::Reversed);
            let all = [denied, paid.clone(), back];
            assert_eq!(settled(&all, &[], charge).word, Some(Word::Denied));
        }
        let twice = [copy(2, "CO-18 100.00"), copy(9, "OA-18 100.00")];
        assert_eq!(settled(&twice, &[], charge).decided, charge);
    }

    #[test]
    fn a_reversal_takes_back_what_it_repeats_and_not_what_was_said_before() {
        let denied = |day, identity: &str, code: &str| Said {
            identity: identity.to_owned(),
            adjustments: code.to_owned(),
            ..said(day, "P1", 0, Word::Denied)
        };
        let before = denied(4, "A", "line 1 CO-29 100.00");
        let same_day = denied(5, "B", "line 1 CO-50 100.00");
        let back = Said {
            identity: "C".to_owned(),
            adjustments: "line 1 CO-50 -100.00".to_owned(),
            ..said(5, "P1", 0, Word::Reversed)
        };
        let settled = settled(&[before, same_day, back], &[], Money::from_cents(10_000));
        assert_eq!(settled.pairs, [(2, 1)]);
        assert_eq!(settled.holds, [0]);
    }

    fn said(day: u8, number: &str, paid: i64, word: Word) -> Said {
        let sign = if word == Word::Reversed { -1 } else { 1 };
        Said {
            arrival: ArrivalId(i64::from(day)),
            is_posted: true,
            paid_on: Day::new(2026, 10, day),
            identity: format!("{day}"),
            offset: 0,
            payer_control_number: number.to_owned(),
            charge: Money::from_cents(sign * 10_000),
            paid: Money::from_cents(sign * paid),
            adjustments: format!("CO-45 {}", Money::from_cents(sign * (10_000 - paid))),
            whole_lines: Vec::new(),
            lines: None,
            word,
            status: "1".to_owned(),
            is_let: false,
            claim: None,
        }
    }

    #[test]
    fn tells_the_last_word() {
        use Word::{Denied, Paid, Reversed};
        let cases: [(&[Said], Option<Word>); 8] = [
            (&[], None),
            (&[said(1, "P1", 60, Paid)], Some(Paid)),
            (&[said(1, "P1", 60, Paid), said(2, "P1", 60, Reversed)], Some(Reversed)),
            (
                &[said(1, "P1", 0, Denied), said(2, "P1", 0, Reversed), said(2, "P2", 60, Paid)],
                Some(Paid),
            ),
            // The reversal came, its payment did not yet.
            (&[said(2, "P1", 60, Reversed)], Some(Reversed)),
            // Decided again without a reversal.
            (&[said(1, "P1", 0, Denied), said(2, "P1", 60, Paid)], Some(Paid)),
            // Two parts of a split claim in one remittance.
            (&[said(1, "P1", 0, Denied), said(1, "P2", 60, Paid)], Some(Denied)),
            // What is taken back is another payment than the last.
            (
                &[said(1, "P1", 60, Paid), said(2, "P2", 0, Denied), said(3, "P2", 0, Reversed)],
                Some(Paid),
            ),
        ];
        for (said, expected) in cases {
            assert_eq!(standing(said).word, expected, "{said:?}");
        }
    }

    #[test]
    fn a_reversal_is_exact_or_not() {
        let original = said(1, "P1", 60, Word::Paid);
        let reversal = said(2, "P1", 60, Word::Reversed);
        assert!(is_exact(&reversal, &original));
        let other = Said { adjustments: "OA-45 -99.40".to_owned(), ..reversal.clone() };
        assert!(!is_exact(&other, &original));
        // Told before its lines were known.
        let with = |said: &Said, adjustments: &str| Said {
            adjustments: adjustments.to_owned(),
            ..said.clone()
        };
        let early = with(&original, "service 1 CO-45 49.40, service 2 CO-45 50.00");
        assert!(is_exact(&with(&reversal, "line 2 CO-45 -50.00, line 1 CO-45 -49.40"), &early));
        assert!(!is_exact(&with(&reversal, "line 1 CO-45 -50.00, line 1 CO-45 -49.00"), &early));
        let known = with(&original, "line 1 CO-45 49.40, line 2 CO-45 50.00");
        assert!(!is_exact(&with(&reversal, "line 2 CO-45 -49.40, line 1 CO-45 -50.00"), &known));
        let part = Said { paid: Money::from_cents(-30), ..reversal };
        assert!(!is_exact(&part, &original));
        assert_eq!(standing(&[original, part]).word, Some(Word::Reversed));
    }

    #[test]
    fn a_remittance_takes_back_what_it_said_before_and_not_what_it_says_after() {
        let first = said(1, "P1", 60, Word::Paid);
        let all: Vec<Said> = [(60, Word::Reversed), (40, Word::Paid), (40, Word::Reversed)]
            .into_iter()
            .zip(1..)
            .map(|((paid, word), offset)| Said { offset, ..said(2, "P1", paid, word) })
            .collect();
        let mut voided = vec![first.clone()];
        voided.extend(all.clone());
        assert_eq!(standing(&voided).word, Some(Word::Reversed));
        assert_eq!(settled(&voided, &[], Money::from_cents(10_000)).waits, [None; 4]);
        // The same again: the correction stands, whether what it corrects is known yet or not.
        let [back, again] = [Word::Reversed, Word::Paid].map(|word| said(2, "P1", 60, word));
        let corrected = vec![back, Said { offset: 1, ..again }];
        assert_eq!(standing(&corrected).word, Some(Word::Paid));
        let both = [vec![first], corrected].concat();
        assert_eq!(standing(&both).left, [2]);
    }

    /// The first one came on the day of the payment, the second one a day later.
    #[test]
    fn what_was_taken_back_is_not_taken_back_again() {
        let paid = said(1, "P1", 60, Word::Paid);
        let back = Said { identity: "back".to_owned(), ..said(1, "P1", 60, Word::Reversed) };
        let again = Said { is_posted: false, ..said(2, "P1", 60, Word::Reversed) };
        let waits = settled(&[paid, back, again], &[], Money::from_cents(10_000)).waits;
        assert_eq!(waits, [None, None, Some(Wait::Unmet(None))]);
    }

    proptest! {
        #[test]
        fn the_order_of_files_makes_no_difference(
            days in prop::collection::vec((1_u8..9, 0_i64..4, 0_usize..3), 0..9),
            seed in any::<u64>(),
        ) {
            let words = [Word::Paid, Word::Denied, Word::Reversed];
            let all: Vec<Said> = days
                .iter()
                .enumerate()
                .map(|(at, &(day, paid, word))| Said {
                    offset: at,
                    ..said(day, &format!("P{paid}"), paid, words[word])
                })
                .collect();
            let mut shuffled = all.clone();
            let mut chance = seed;
            for at in (1..shuffled.len()).rev() {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                shuffled.swap(at, (chance >> 33) as usize % (at + 1));
            }
            prop_assert_eq!(standing(&all).word, standing(&shuffled).word);
        }
    }
}
