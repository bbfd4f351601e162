//! Work for a claim that was sent to a next payer, when the payer before decides anew.

use x12::value::{Day, Money};

use super::Category;
use super::reasons::Desk;
use super::route::{Limits, resend_advice};
use crate::change::cases::{Alike, TAKEN_BACK};
use crate::change::{ClaimId, NewWork, Resend};

/// A claim that went to a payer on the word of the payer before.
#[derive(Clone, Copy, Debug)]
pub struct Follow<'a> {
    pub claim: ClaimId,
    /// The claim of the payer before.
    pub before: ClaimId,
    pub now: Now<'a>,
    /// What was left to its payer as it was sent, and as it should be by now, as far as it is known.
    pub left: [Option<Money>; 2],
    pub charge: Money,
    /// The last day of service.
    pub service_to: Option<Day>,
    pub limits: Limits,
}

/// How it stands with what the payer before decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now<'a> {
    /// It decided anew, and that is laid over the claim already.
    Laid(Again),
    /// It decided anew, and nobody but a person can say so in the claim.
    Unlaid,
    /// It took back what it had decided.
    TakenBack,
    /// It took back a part, and so much stands of what it left.
    TakenBackInPart(Money),
    /// It decided anew, and nothing would be sent on that, as told.
    NotBilled(&'a str),
}

/// How a claim goes out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    Original,
    Replacement,
    /// As a replacement, once its own payer has answered and so told its number.
    ReplacementInTime,
}

/// Work for a claim that was sent, and says of the payer before what is so no more.
pub fn follows_no_more(follow: &Follow<'_>) -> NewWork {
    let rule = match follow.now {
        Now::TakenBack | Now::TakenBackInPart(_) => TAKEN_BACK,
        Now::Laid(_) | Now::Unlaid | Now::NotBilled(_) => "",
    };
    let [was, is] = follow.left;
    let before = follow.before.0;
    let (what, action, resend) = words(follow);
    NewWork {
        claim: Some(follow.claim),
        arrival: None,
        category: Category::NextPayer,
        desk: Desk::Billers.name().to_owned(),
        what,
        action,
        evidence: format!("claim {before}"),
        deadline: follow.service_to.map(|day| match resend {
            Some(Resend::Original) => follow.limits.filing(day),
            Some(Resend::Replacement | Resend::Void | Resend::VoidAndNew) | None => {
                follow.limits.correction(day)
            }
        }),
        amount: was.max(is).filter(|left| !left.is_zero()).unwrap_or(follow.charge),
        resend,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike { rule: rule.to_owned(), ..Alike::default() },
    }
}

/// What happened, what to do, and as what the claim goes out.
fn words(follow: &Follow<'_>) -> (String, String, Option<Resend>) {
    let before = follow.before.0;
    let [was, is] = follow.left;
    let left = match (was, is) {
        (Some(was), Some(is)) if was == is => {
            format!(
                ": {is} is left to its payer as before, and this one tells otherwise what was paid and taken off"
            )
        }
        (Some(was), Some(is)) => format!(": {was} was left to its payer, and {is} is now"),
        (Some(was), None) => format!(", with {was} left to its payer"),
        (None, _) => String::new(),
    };
    let anew = format!("the payer of claim {before} decided anew after this one was sent{left}");
    let is_alike = was.is_some() && was == is;
    let or_not = if is_alike {
        "; resolve this where its payer decides rightly on what was sent"
    } else {
        ""
    };
    let laid = |then: &str| format!("what it decided is laid over the claim; {then}{or_not}");
    match follow.now {
        Now::Laid(Again::Original) => {
            let action = laid(&format!("look at it, and {}", resend_advice(true)));
            (anew, action, Some(Resend::Original))
        }
        Now::Laid(Again::Replacement) => {
            let action = laid(&format!("look at it, and {}", resend_advice(false)));
            (anew, action, Some(Resend::Replacement))
        }
        Now::Laid(Again::ReplacementInTime) => {
            let action = laid(&format!(
                "wait for the first answer of the claim's own payer; then look at it, and {}",
                resend_advice(false)
            ));
            (anew, action, Some(Resend::Replacement))
        }
        Now::Unlaid => {
            let action = "compare the claim with what was decided, and correct it; once its own payer has \
                          answered, release it as a replacement (CLM05-3 7)";
            (anew, action.to_owned(), None)
        }
        Now::TakenBack => {
            let what =
                format!("what claim {before} was paid is so no more, and this one was sent on it");
            let action = format!(
                "wait for the decision that takes its place; when none comes, void the claim (CLM05-3 8){OR_REFUND}"
            );
            (what, action, None)
        }
        Now::TakenBackInPart(stands) => {
            let what = format!(
                "a part of what claim {before} was paid is so no more, and this one was sent on it; {stands} of what \
                 was left to its payer stands"
            );
            let action = "wait for the decision that takes its place; when none comes, correct the claim to what \
                          stands, and release it as a replacement (CLM05-3 7)";
            (what, action.to_owned(), None)
        }
        Now::NotBilled(why) => {
            let action = format!(
                "void the claim (CLM05-3 8), or resolve this when its payer may keep what it decided{OR_REFUND}"
            );
            (format!("{anew}: {why}"), action, Some(Resend::Void))
        }
    }
}

/// With a void the payer takes back what it paid, so that no check is to be sent beside it.
const OR_REFUND: &str = "; where all that its payer paid goes back by check instead, this closes with `claimgate bank refund`";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_as_much_as_before_says_so_and_may_be_resolved() {
        let told = |was: i64, is: i64| {
            let left = [was, is].map(|cents| Some(Money::from_cents(cents)));
            let work = follows_no_more(&Follow {
                claim: ClaimId(2),
                before: ClaimId(1),
                now: Now::Laid(Again::Replacement),
                left,
                charge: Money::from_cents(20_000),
                service_to: None,
                limits: Limits::default(),
            });
            (work.what, work.action)
        };
        let (what, action) = told(3_000, 3_000);
        assert!(what.contains("30.00 is left to its payer as before"), "{what}");
        assert!(action.ends_with("resolve this where its payer decides rightly on what was sent"));
        let (what, action) = told(3_000, 2_000);
        assert!(what.ends_with("30.00 was left to its payer, and 20.00 is now"), "{what}");
        assert!(!action.contains("resolve"), "{action}");
    }
}
