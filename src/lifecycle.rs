//! The states of a claim and the events that move it: one table.
//!
//! Payers do send the impossible (a payment for a claim that they rejected, a rejection after a
//! payment), so an event that a state does not know moves nothing and becomes work for a person.

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Refused in our own acknowledgment; its office sends it anew.
    Rejected,
    /// Waits in the correction queue for a person.
    Held,
    /// Waits for its payer's next batch.
    Ready,
    /// In a batch that is on its way out.
    Batched,
    /// Delivered to the payer.
    Sent,
    /// The payer's 999 took its transaction set.
    Acknowledged,
    /// The payer's 277CA took the claim.
    Accepted,
    /// The payer's front end sent it back: TA1, 999 or 277CA.
    Returned,
    /// Paid, with nothing left to correct.
    Paid,
    /// Adjudicated with something denied; a person decides.
    Denied,
    /// Done with: by a person's decision, by a void, or because a predetermination was answered.
    Closed,
}

/// Every state, in the order of a claim's life.
pub const STATES: [State; 11] = [
    State::Rejected,
    State::Held,
    State::Ready,
    State::Batched,
    State::Sent,
    State::Acknowledged,
    State::Accepted,
    State::Returned,
    State::Paid,
    State::Denied,
    State::Closed,
];

impl State {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            State::Rejected => "rejected",
            State::Held => "held",
            State::Ready => "ready",
            State::Batched => "batched",
            State::Sent => "sent",
            State::Acknowledged => "acknowledged",
            State::Accepted => "accepted",
            State::Returned => "returned",
            State::Paid => "paid",
            State::Denied => "denied",
            State::Closed => "closed",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<State> {
        STATES.into_iter().find(|state| state.name() == name)
    }

    /// Whether the payer has decided on the claim, so that a correction is a replacement.
    pub const fn is_adjudicated(self) -> bool {
        matches!(self, State::Paid | State::Denied)
    }
}

/// What happens to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// It came in a file, and scrubbing refused it.
    Refused,
    /// It came in a file, and scrubbing held it.
    HeldBack,
    /// It came in a file, clean.
    Passed,
    /// A person laid an edit over it.
    Edited,
    /// A person released it.
    Released,
    /// It went into a batch.
    Batched,
    /// Its batch was delivered.
    Delivered,
    /// The payer's TA1 or 999 took its interchange or set.
    SetAccepted,
    /// The payer's TA1 or 999 rejected its interchange or set.
    SetRejected,
    /// The payer's 277CA took it.
    ClaimAccepted,
    /// The payer's 277CA rejected it.
    ClaimRejected,
    /// A remittance paid or settled it in full.
    Paid,
    /// A remittance denied it, or a line of it.
    Denied,
    /// A remittance took an earlier payment back.
    Reversed,
    /// A remittance took back all that was paid of it, as its void asked.
    Voided,
    /// A remittance said that it is not its payer's, and whose it is.
    PassedOn,
    /// A remittance said what would be paid of a predetermination, which asked for no more.
    Estimated,
    /// A person closed it.
    Closed,
    /// A packet was made to appeal against what the payer decided.
    Appealed,
    /// A person took back that a payment was this claim's.
    Detached,
    /// A person says that what its payer passed on never came to the next one.
    NeverCame,
    /// A person has the next payer billed with what that one denied.
    BilledAgain,
}

/// Every event.
pub const EVENTS: [Event; 22] = [
    Event::Refused,
    Event::HeldBack,
    Event::Passed,
    Event::Edited,
    Event::Released,
    Event::Batched,
    Event::Delivered,
    Event::SetAccepted,
    Event::SetRejected,
    Event::ClaimAccepted,
    Event::ClaimRejected,
    Event::Paid,
    Event::Denied,
    Event::Reversed,
    Event::Voided,
    Event::PassedOn,
    Event::Estimated,
    Event::Closed,
    Event::Appealed,
    Event::Detached,
    Event::NeverCame,
    Event::BilledAgain,
];

impl Event {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Event::Refused => "refused",
            Event::HeldBack => "held-back",
            Event::Passed => "passed",
            Event::Edited => "edited",
            Event::Released => "released",
            Event::Batched => "batched",
            Event::Delivered => "delivered",
            Event::SetAccepted => "set-accepted",
            Event::SetRejected => "set-rejected",
            Event::ClaimAccepted => "claim-accepted",
            Event::ClaimRejected => "claim-rejected",
            Event::Paid => "paid",
            Event::Denied => "denied",
            Event::Reversed => "reversed",
            Event::Voided => "voided",
            Event::PassedOn => "passed-on",
            Event::Estimated => "estimated",
            Event::Closed => "closed",
            Event::Appealed => "appealed",
            Event::Detached => "detached",
            Event::NeverCame => "never-came",
            Event::BilledAgain => "billed-again",
        }
    }

    /// The event of that name.
    pub fn named(name: &str) -> Option<Event> {
        EVENTS.into_iter().find(|event| event.name() == name)
    }
}

/// The state that a claim begins in, by the event of its intake.
pub const fn begin(event: Event) -> Option<State> {
    match event {
        Event::Refused => Some(State::Rejected),
        Event::HeldBack => Some(State::Held),
        Event::Passed => Some(State::Ready),
        _ => None,
    }
}

/// Where an event takes a claim; `None` when it cannot happen in that state.
pub const fn advance(state: State, event: Event) -> Option<State> {
    use Event as E;
    use State as S;
    Some(match (state, event) {
        // A person at work.
        (S::Held | S::Returned | S::Denied | S::Paid | S::Accepted, E::Edited) => state,
        // What was found wrong with a claim that the payer has is put right by another one.
        (S::Held | S::Returned | S::Denied | S::Paid | S::Accepted, E::Released) => S::Ready,
        // One that is ready is withdrawn before it leaves.
        (S::Held | S::Ready | S::Returned | S::Denied | S::Paid, E::Closed) => S::Closed,
        // Or given up, or over, while the payer is silent.
        (S::Sent | S::Acknowledged | S::Accepted, E::Closed) => S::Closed,
        // What is still owed for one that was closed is given up.
        (S::Closed, E::Closed) => state,
        // The claim waits for the payer as it is.
        (S::Returned | S::Accepted | S::Paid | S::Denied | S::Closed, E::Appealed) => state,
        (
            S::Sent | S::Acknowledged | S::Accepted | S::Returned | S::Paid | S::Denied,
            E::NeverCame | E::BilledAgain,
        ) => state,
        (S::Held | S::Ready | S::Batched | S::Closed, E::NeverCame | E::BilledAgain) => state,
        // A claim that no route takes any more goes to a person, or one that a person calls back.
        (S::Ready, E::HeldBack) => S::Held,
        // On its way out.
        (S::Ready, E::Batched) => S::Batched,
        (S::Batched, E::Delivered) => S::Sent,
        // Answers may overtake the note that the batch was delivered, and one another.
        (S::Batched | S::Sent | S::Acknowledged, E::SetAccepted) => S::Acknowledged,
        (S::Accepted | S::Paid | S::Denied, E::SetAccepted | E::Delivered) => state,
        (S::Acknowledged | S::Returned, E::Delivered) => state,
        (S::Closed, E::SetAccepted | E::ClaimAccepted | E::Delivered) => state,
        (S::Batched | S::Sent | S::Acknowledged, E::SetRejected) => S::Returned,
        (S::Batched | S::Sent | S::Acknowledged | S::Accepted, E::ClaimAccepted) => S::Accepted,
        (S::Batched | S::Sent | S::Acknowledged | S::Accepted, E::ClaimRejected) => S::Returned,
        (S::Returned, E::ClaimRejected | E::SetRejected) => S::Returned,
        // Some payers pay without ever sending a 277CA, and adjudicate again unasked.
        (
            S::Batched | S::Sent | S::Acknowledged | S::Accepted | S::Paid | S::Denied | S::Closed,
            E::Paid,
        ) => S::Paid,
        (
            S::Batched | S::Sent | S::Acknowledged | S::Accepted | S::Paid | S::Denied | S::Closed,
            E::Denied,
        ) => S::Denied,
        (S::Paid | S::Denied | S::Closed, E::Reversed) => S::Accepted,
        // What was said of it was said of another claim; what else was said follows.
        (S::Paid | S::Denied | S::Closed, E::Detached) => S::Accepted,
        (
            S::Held | S::Ready | S::Batched | S::Sent | S::Acknowledged | S::Accepted | S::Returned,
            E::Detached,
        ) => state,
        // The void went out, and the payer did as it asked.
        (S::Batched | S::Sent | S::Acknowledged | S::Accepted | S::Paid | S::Denied, E::Voided) => {
            S::Closed
        }
        // Another payer is to decide on it.
        (S::Batched | S::Sent | S::Acknowledged | S::Accepted, E::PassedOn) => state,
        // What a predetermination asks is answered, whatever was said of it before.
        (
            S::Batched | S::Sent | S::Acknowledged | S::Accepted | S::Denied | S::Closed,
            E::Estimated,
        ) => S::Closed,
        // The reversal of what a replacement on its way replaces: the decision is still to come.
        (S::Batched | S::Sent | S::Acknowledged | S::Accepted, E::Reversed) => state,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_event_is_found_by_its_name() {
        for state in STATES {
            assert_eq!(State::named(state.name()), Some(state));
        }
        for event in EVENTS {
            assert_eq!(Event::named(event.name()), Some(event));
        }
    }

    #[test]
    fn tells_the_story_of_a_denial_that_is_corrected() {
        let events = [
            Event::Batched,
            Event::Delivered,
            Event::SetAccepted,
            Event::ClaimAccepted,
            Event::Denied,
            Event::Edited,
            Event::Released,
            Event::Batched,
            Event::Delivered,
            Event::Paid,
        ];
        let begun = begin(Event::Passed).expect("a clean claim begins as ready");
        let end = events.into_iter().try_fold(begun, advance);
        assert_eq!(end, Some(State::Paid));
    }

    #[test]
    fn a_refused_claim_stays_refused() {
        assert!(EVENTS.into_iter().all(|event| advance(State::Rejected, event).is_none()));
    }
}
