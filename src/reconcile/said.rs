//! What a payer said of a claim in one CLP, as it is kept.

use x12::value::{Day, Money};

use super::denied_lines::{SaidOfLine, lines_of, whole_lines};
use super::findings::LATER_PAYER;
use super::matching::KnownLine;
use crate::change::{ArrivalId, Awaits, ClaimId, NewClaimPayment, NewPayment, Word};
use crate::denials::reasons::{self, Class};
use crate::ledger::{LEFT, PENDED, adjustments_in, marked_in};

/// What a payer said of a claim in one CLP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The claim that it is about, where that is known.
    pub claim: Option<ClaimId>,
    /// The arrival that its remittance came in.
    pub arrival: ArrivalId,
    /// Whether it was posted; otherwise it waits for what else is to be said of the claim.
    pub is_posted: bool,
    /// BPR16.
    pub paid_on: Option<Day>,
    /// The identity of its remittance.
    pub identity: String,
    /// Where its CLP stands in the file.
    pub offset: usize,
    /// CLP07.
    pub payer_control_number: String,
    /// CLP03 and CLP04 as they stand; those of a reversal have a minus.
    pub charge: Money,
    pub paid: Money,
    /// Every adjustment, for reading: `CO-45 30.00, line 2 PR-3 10.00`.
    pub adjustments: String,
    /// The lines that it decides on, by their numbers, where it has the whole charge of each; otherwise
    /// none.
    pub whole_lines: Vec<u32>,
    /// The lines that it speaks of, for each service; `None` when it decides on the claim as a whole.
    pub lines: Option<Vec<SaidOfLine>>,
    pub word: Word,
    /// CLP02.
    pub status: String,
    /// V23: the payers before it are known to have paid nothing, and so it waits for nobody.
    pub is_let: bool,
}

impl Said {
    /// What a remittance that is being decided on says in one of its CLPs, of a claim with these lines.
    pub(crate) fn of_claim(
        (payment, told): (&NewPayment, &NewClaimPayment),
        lines: &[KnownLine],
    ) -> Said {
        let whole_lines = whole_lines(&told.lines, told.charge, lines);
        Said { whole_lines, ..Said::of(payment, told) }
    }

    /// The same of a claim whose lines nobody asks for.
    pub(crate) fn of(payment: &NewPayment, told: &NewClaimPayment) -> Said {
        Said {
            claim: told.claim,
            arrival: payment.arrival,
            is_posted: told.waits != Some(Awaits::Word),
            paid_on: payment.paid_on,
            identity: payment.identity.clone(),
            offset: told.place.offset,
            payer_control_number: told.payer_control_number.clone(),
            charge: told.charge,
            paid: told.paid,
            adjustments: told.adjustments.clone(),
            whole_lines: Vec::new(),
            lines: lines_of(&told.lines),
            word: told.word.unwrap_or_else(|| Word::of_waiting(&told.status)),
            status: told.status.clone(),
            is_let: false,
        }
    }

    /// V23: whether it comes from a payer after another, and has what was settled before it in its CO-45.
    pub(super) fn hides_settled(&self) -> bool {
        self.is_after_another() && self.tells_no_settled()
    }

    /// Whether its payer says that it pays after another.
    pub(super) fn is_after_another(&self) -> bool {
        LATER_PAYER.contains(&self.status.as_str())
    }

    /// Whether its payer pays as the first one, after nobody.
    pub(super) fn is_of_first(&self) -> bool {
        self.word == Word::Paid && !self.is_after_another() && !self.tells_settled()
    }

    /// Whether all of it is said to be settled before its payer (23), which pays and denies nothing.
    pub(super) fn is_all_settled(&self) -> bool {
        let mut all = self.adjustments().filter(|(_, _, amount)| !amount.is_zero()).peekable();
        let is_nothing = self.is_after_another() && self.paid.is_zero() && all.peek().is_some();
        is_nothing && all.all(|(_, code, _)| reasons::group_and_reason(code).1 == "23")
    }

    /// Whether it has a CO-45 and does not say what was settled before it, not even that it was nothing.
    pub(super) fn tells_no_settled(&self) -> bool {
        self.has_reason("45") && !self.tells_settled()
    }

    /// Whether it says what was settled before it.
    pub fn tells_settled(&self) -> bool {
        self.has_reason("23")
    }

    /// Whether all that it denies waits for another payer that comes first.
    pub fn asks_for_another(&self) -> bool {
        let codes = self.adjustments().map(|(_, code, _)| reasons::group_and_reason(code).1);
        let mut denied = codes.filter(|reason| reasons::reason(reason).class == Class::Denial);
        denied.all(|reason| reasons::ANOTHER_COMES_FIRST.contains(&reason))
    }

    /// Whether its payer is asked once more by what the first decided: it waits for that. Where the first sends the claim
    /// on by itself, that one has what was decided before it denied.
    pub(super) fn is_asked_anew(&self, first: &[Said], is_passed_on: bool) -> bool {
        let mut decisions = first.iter().filter(|one| one.word != Word::Reversed);
        let is_too_soon = decisions.all(|one| self.paid_on < one.paid_on);
        self.asks_for_another() && (is_too_soon || !is_passed_on)
    }

    fn has_reason(&self, reason: &str) -> bool {
        self.adjustments().any(|(_, code, _)| reasons::group_and_reason(code).1 == reason)
    }

    /// V23: whether it waits for what the payers before it decide.
    pub(super) fn waits_for_others(&self) -> bool {
        !self.is_posted && !self.is_let && self.hides_settled()
    }

    /// Whether it stands in this remittance, at this byte of its file.
    pub(super) fn is_at(&self, identity: &str, offset: usize) -> bool {
        self.offset == offset && self.identity == identity
    }

    /// Whether it decides on nothing: its payer reviews what it tells of.
    pub(super) fn is_review(&self) -> bool {
        self.word == Word::Reviewed
    }

    /// How much of the charge it decides on: neither what the payer still reviews nor what it leaves to
    /// another CLP.
    pub(super) fn decided(&self) -> Money {
        if self.is_review() {
            return Money::ZERO;
        }
        let open: Money = self.reviewed().map(|(_, _, amount)| amount).sum();
        self.charge - open - self.left()
    }

    /// What the payer still reviews: 133, or by an office's row.
    pub(super) fn reviewed(&self) -> impl Iterator<Item = (&str, &str, Money)> {
        let is_open = |code: &str| {
            let (_, reason) = code.split_once('-').unwrap_or_default();
            reasons::reason(reason).class == Class::Waiting
        };
        let open = self.adjustments().filter(move |(_, code, _)| is_open(code));
        open.chain(marked_in(&self.adjustments, PENDED))
    }

    /// What of the charge it leaves to another CLP, and takes nothing off for.
    pub(super) fn left(&self) -> Money {
        self.left_parts().map(|(_, _, amount)| amount).sum()
    }

    /// The same, each adjustment with the number of its line.
    pub fn left_parts(&self) -> impl Iterator<Item = (&str, &str, Money)> {
        marked_in(&self.adjustments, LEFT)
    }

    /// What it says of the charge, and does not decide on: that is still reviewed, or paid elsewhere.
    pub fn open(&self) -> Money {
        self.charge - self.decided() + self.left_to_another()
    }

    /// Each adjustment: the number of its line, if it is one line's, group and reason, and the amount.
    pub fn adjustments(&self) -> impl Iterator<Item = (&str, &str, Money)> {
        adjustments_in(&self.adjustments)
    }
}
