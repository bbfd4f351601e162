//! Whether a payer is still expected for a claim: then nothing of it is asked of the patient.

use crate::change::next::Answer;
use crate::lifecycle::State;

/// A claim of a chain, as far as it says who is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The payer that it went to, or the one after it that decided last without a claim of ours.
    pub payer: &'a str,
    pub state: State,
    pub was_sent: bool,
    /// What a person has to settle first.
    pub open: Option<Open>,
    /// The payer that decided on a part of what was left to it, and is expected to decide on the rest.
    pub left_with: Option<&'a str>,
    /// Who denied what that is about, where another payer did than its own.
    pub denied_by: Option<&'a str>,
    /// The payer that it names after its own, and that did not speak under this claim.
    pub next_payer: Option<&'a str>,
    /// Whether that one is billed; nothing when its own payer never spoke, or it was not asked.
    pub answer: Option<Answer>,
    /// Whether all payers after its own spoke under this claim.
    pub has_later_word: bool,
}

/// What a person has to settle before anything is asked of the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// A denial of the claim is in the queue, or what it was sent on is so no more.
    Denial,
    /// Money for it waits in suspense.
    Suspense,
}

/// Who is expected, or what is to be done first; nothing when the payers are done with it.
pub fn waits_for(link: &Link<'_>) -> Option<String> {
    let Link { payer, .. } = link;
    match link.state {
        State::Rejected => return None,
        State::Closed if !link.was_sent => return None,
        State::Held
        | State::Ready
        | State::Batched
        | State::Sent
        | State::Acknowledged
        | State::Accepted
        | State::Returned => return Some(format!("{payer} is expected to decide")),
        State::Paid | State::Denied | State::Closed => {}
    }
    match link.open {
        Some(Open::Suspense) => return Some(format!("money of {payer} waits to be posted")),
        Some(Open::Denial) => {
            let by = link.denied_by.unwrap_or(payer);
            return Some(format!("somebody looks at what {by} decided"));
        }
        None => {}
    }
    if let Some(payer) = link.left_with {
        return Some(format!("{payer} is expected to decide on the rest"));
    }
    let next = link.next_payer?;
    match link.answer {
        // What was closed goes nowhere any more.
        None | Some(Answer::Waits) if link.state == State::Closed => None,
        None if link.has_later_word => Some(format!(
            "{next} has decided, and the gateway looks next whether anything is billed to it"
        )),
        None => Some(format!("it is to be decided whether {next} is billed")),
        Some(Answer::Waits) => Some(format!("{payer} is expected to decide once more")),
        // However it came to know of the claim, it decided.
        Some(Answer::Office | Answer::Person) if link.has_later_word => None,
        Some(Answer::Office) => Some(format!("its office bills {next}")),
        Some(Answer::Person) => Some(format!("a person is to bill {next}")),
        Some(Answer::PassedOn) => {
            Some(format!("{next} is expected to decide; {payer} passed the claim on"))
        }
        // What was made for it is a claim of its own.
        Some(Answer::Billed | Answer::NothingLeft) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patient_is_asked_for_nothing_while_a_payer_is_expected() {
        let done = Link {
            payer: "acme",
            state: State::Paid,
            was_sent: true,
            open: None,
            left_with: None,
            denied_by: None,
            next_payer: Some("BEACON PLAN"),
            answer: Some(Answer::Billed),
            has_later_word: false,
        };
        assert_eq!(waits_for(&done), None);
        assert_eq!(waits_for(&Link { next_payer: None, answer: None, ..done.clone() }), None);
        let expected: [Link<'_>; 10] = [
            Link { left_with: Some("beacon"), ..done.clone() },
            Link { answer: Some(Answer::Office), ..done.clone() },
            Link { state: State::Sent, ..done.clone() },
            Link { state: State::Held, was_sent: false, ..done.clone() },
            Link { open: Some(Open::Denial), ..done.clone() },
            Link { open: Some(Open::Suspense), ..done.clone() },
            Link { answer: None, ..done.clone() },
            Link { answer: Some(Answer::Waits), ..done.clone() },
            Link { answer: Some(Answer::Person), ..done.clone() },
            Link { answer: Some(Answer::PassedOn), ..done.clone() },
        ];
        for link in expected {
            assert!(waits_for(&link).is_some(), "{link:?}");
        }
        let spoken = |answer| Link { answer: Some(answer), has_later_word: true, ..done.clone() };
        let over: [Link<'_>; 5] = [
            spoken(Answer::Office),
            spoken(Answer::Person),
            Link { state: State::Closed, was_sent: false, ..done.clone() },
            Link { state: State::Closed, answer: Some(Answer::Waits), ..done.clone() },
            Link { state: State::Closed, answer: None, ..done.clone() },
        ];
        for link in over {
            assert_eq!(waits_for(&link), None, "{link:?}");
        }
        // That is asked anew with every word.
        assert!(waits_for(&spoken(Answer::PassedOn)).is_some());
        let asked_anew = Link { answer: None, ..spoken(Answer::PassedOn) };
        let why = waits_for(&asked_anew).expect("the gateway looks next");
        assert!(why.starts_with("BEACON PLAN has decided"), "{why}");
    }
}
