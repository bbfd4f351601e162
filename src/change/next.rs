//! The question whether a claim goes on to its next payer: asked when its own payer speaks,
//! answered by whoever looks at all that it said.

pub mod why;

use super::ClaimId;
use why::Why;

/// The channel of claims that the gateway makes itself, for next payers. No name of the settings is like it.
pub const OWN_CHANNEL: &str = "(next payers)";

/// A step of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPayer {
    pub claim: ClaimId,
    pub step: Step,
}

/// A step of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Its payer spoke anew, or a person decided, so that the answer is due again.
    Asked,
    /// A person has the next payer billed although the one before passed the claim on by itself, for it never came there
    /// or was denied there, so that the answer is due again.
    NeverCame,
    /// The change fails when it was asked anew since it was asked so often.
    Answered { asked: u32, answer: Answer, why: Why },
}

/// Whether the next payer is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// A claim was made for it.
    Billed,
    /// The payer passed the claim on by itself, and the one that it went to has not decided.
    PassedOn,
    /// Nothing is left for anybody to pay.
    NothingLeft,
    /// Its office bills the payers that come after the first.
    Office,
    /// What the payer decided may still change, or is not all there.
    Waits,
    /// A person has to look.
    Person,
}

/// Every answer.
pub const ANSWERS: [Answer; 6] = [
    Answer::Billed,
    Answer::PassedOn,
    Answer::NothingLeft,
    Answer::Office,
    Answer::Waits,
    Answer::Person,
];

impl Answer {
    /// Whether a person may have the next payer billed nevertheless: the one before passed the claim on, or the one that
    /// has it by that denied it.
    pub const fn may_be_billed_anyway(self) -> bool {
        match self {
            Answer::PassedOn | Answer::NothingLeft | Answer::Waits | Answer::Person => true,
            Answer::Billed | Answer::Office => false,
        }
    }

    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Answer::Billed => "billed",
            Answer::PassedOn => "passed-on",
            Answer::NothingLeft => "nothing-left",
            Answer::Office => "office",
            Answer::Waits => "waits",
            Answer::Person => "person",
        }
    }

    /// The answer of that name.
    pub fn named(name: &str) -> Option<Answer> {
        ANSWERS.into_iter().find(|answer| answer.name() == name)
    }
}
