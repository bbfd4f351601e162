//! The steps that conditions may take: each of them, and all that are asked of one claim.

use super::Trouble;
use crate::limits::{CLAIM_STEPS_MAX, EXPRESSION_STEPS_MAX};

/// Steps that are left to the rules of one payer for one claim.
#[derive(Debug)]
pub struct Budget {
    left: usize,
}

impl Budget {
    /// That of a claim of which nothing was asked yet.
    pub const fn of_claim() -> Budget {
        Budget { left: CLAIM_STEPS_MAX }
    }

    /// Takes steps out of it; none are left when they do not suffice.
    pub fn take(&mut self, count: usize) -> Result<(), Trouble> {
        let left = self.left.checked_sub(count);
        self.left = left.unwrap_or_default();
        left.map(drop).ok_or(Trouble::TooManyStepsForClaim)
    }

    pub(super) fn of_condition(&self) -> Steps {
        Steps { left: EXPRESSION_STEPS_MAX.min(self.left), of_claim: self.left }
    }

    /// What a condition left over is what there is for the next.
    pub(super) fn settle(&mut self, steps: Steps) {
        let given = EXPRESSION_STEPS_MAX.min(steps.of_claim);
        self.left = steps.of_claim - (given - steps.left);
    }
}

/// Steps that are left to one condition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    left: usize,
    /// What the claim had when the condition began.
    of_claim: usize,
}

impl Steps {
    pub(super) fn take(&mut self, count: usize) -> Result<(), Trouble> {
        let left = self.left.checked_sub(count);
        self.left = left.unwrap_or_default();
        left.map(drop).ok_or(if self.of_claim < EXPRESSION_STEPS_MAX {
            Trouble::TooManyStepsForClaim
        } else {
            Trouble::TooManySteps
        })
    }
}
