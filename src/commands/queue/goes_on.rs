//! What becomes of a claim whose denial was resolved and that is kept.

use std::io::Write;

use x12::value::Money;

use super::Queue;
use crate::change::ClaimId;
use crate::change::next::Answer;
use crate::commands::Failure;
use crate::denials::Category;
use crate::gateway::knowledge::known::turns_of;
use crate::store::{Work, WorkFilter};

impl Queue<'_> {
    /// What becomes of a claim that was denied and is kept.
    pub(super) fn tell_whether_it_goes_on(
        &self,
        claim: ClaimId,
        is_asked: bool,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let number = claim.0;
        let filter = WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
        let is_open = |item: &Work| item.category == Category::Denied && item.resend.is_some();
        let store = self.office.store.as_ref();
        let others = store.work(&filter)?;
        let charge = store.claim(claim)?.map_or(Money::ZERO, |claim| claim.charge);
        let next = store.next_payer(claim)?;
        // A claim that was asked about anew has its last answer still.
        let is_passed_on = next.as_ref().is_some_and(|next| next.answer == Some(Answer::PassedOn));
        let left = turns_of(store, claim)?.0.left_to_next(charge);
        match others.iter().find(|item| is_open(item)) {
            _ if !is_asked => writeln!(
                out,
                "claim {number} names no payer after its own, and so goes nowhere by itself"
            )?,
            _ if left <= Money::ZERO => writeln!(
                out,
                "no claim is made for a next payer: nothing of claim {number} was left to the patient, \
                 or denied with a reason that makes it another payer's"
            )?,
            Some(item) => {
                writeln!(out, "claim {number} goes on to its next payer after item {}", item.id.0)?;
            }
            None if is_passed_on => {
                let to = next.as_ref().and_then(|next| next.why.passed_to());
                let to = to.unwrap_or("the next payer");
                writeln!(
                    out,
                    "no claim is made for a next payer: the payer itself passed claim {number} on to {to}, \
                     with {left}; wait for its remittance"
                )?;
            }
            None => writeln!(
                out,
                "claim {number} goes on to its next payer with {left}, unless its office bills that one \
                 itself; `claimgate claim {number}` tells"
            )?,
        }
        Ok(())
    }
}
