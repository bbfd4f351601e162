//! How many claims go through at the first attempt: past our own scrubbing, past the payer's front
//! end, and to a payment.

use std::collections::BTreeMap;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::Life;
use super::{Asked, DayOf, Row};
use crate::lifecycle::Event;

pub const ACCEPTANCE: &[Column] = &[
    text("payer", 16),
    text("office", 16),
    column("sent", Kind::Count),
    column("answered", Kind::Count),
    column("accepted", Kind::Count),
    column("acceptance_rate", Kind::Share),
    column("decided", Kind::Count),
    column("paid", Kind::Count),
    column("payment_rate", Kind::Share),
];

pub const ACCEPTANCE_MEANS: &[&str] = &[
    "one row for each payer and office; sent: claims that first went out within the days asked for",
    "what came after the claim was sent a second time counts for nothing here",
    "answered: claims that the payer accepted (277CA), rejected (TA1, 999, 277CA) or decided on (835); a 999 that took the set is no answer yet",
    "accepted: answered claims that neither a TA1, a 999 nor a 277CA rejected; acceptance_rate: accepted of answered, in percent",
    "decided: claims that a remittance decided on; paid: those whose first decision was a payment without any denial; payment_rate: paid of decided, in percent",
];

pub const CLEAN: &[Column] = &[
    text("office", 16),
    text("payer", 16),
    column("received", Kind::Count),
    column("clean", Kind::Count),
    column("mended", Kind::Count),
    column("held", Kind::Count),
    column("rejected", Kind::Count),
    column("clean_rate", Kind::Share),
];

pub const CLEAN_MEANS: &[&str] = &[
    "one row for each office and payer; received: claims whose file came in within the days asked for, but those of sets and files that were rejected as a whole",
    "clean: claims that no rule held or rejected when they came, so that nobody had to touch them; mended: those of the clean ones that had a repair of form",
    "held, rejected: claims that waited for a person, and claims that were refused",
    "clean_rate: clean of received, in percent",
];

/// Claims that went out, so far, by payer and office.
#[derive(Debug, Default)]
pub struct Acceptance {
    rows: BTreeMap<[String; 2], Passes>,
}

#[derive(Debug, Default)]
struct Passes {
    sent: u64,
    answered: u64,
    accepted: u64,
    decided: u64,
    paid: u64,
}

impl Acceptance {
    /// Takes a claim, when it is asked for.
    pub fn take(&mut self, life: &Life, asked: &Asked, day_of: DayOf<'_>) {
        let Some(sent) = life.first_sent_at.map(day_of) else { return };
        let is_asked = asked.is_within(Some(sent))
            && asked.is_payer(&life.payer)
            && asked.is_office(&life.office);
        if !is_asked {
            return;
        }
        let key = [life.payer.clone(), life.office.clone()];
        self.rows.entry(key).or_default().take(&first_pass(life));
    }

    pub fn rows(&self) -> Vec<Row> {
        let row = |([payer, office], passes): (&[String; 2], &Passes)| {
            vec![
                Cell::text(payer),
                Cell::text(office),
                Cell::Count(passes.sent),
                Cell::Count(passes.answered),
                Cell::Count(passes.accepted),
                Cell::share(passes.accepted, passes.answered),
                Cell::Count(passes.decided),
                Cell::Count(passes.paid),
                Cell::share(passes.paid, passes.decided),
            ]
        };
        self.rows.iter().map(row).collect()
    }
}

impl Passes {
    fn take(&mut self, events: &[Event]) {
        self.sent += 1;
        let is_rejected =
            events.iter().any(|event| matches!(event, Event::SetRejected | Event::ClaimRejected));
        let decision = events.iter().find(|event| matches!(event, Event::Paid | Event::Denied));
        let is_accepted =
            !is_rejected && (decision.is_some() || events.contains(&Event::ClaimAccepted));
        self.answered += u64::from(is_rejected || is_accepted);
        self.accepted += u64::from(is_accepted);
        self.decided += u64::from(decision.is_some());
        self.paid += u64::from(decision == Some(&Event::Paid));
    }
}

/// What happened from the first batch until the second.
fn first_pass(life: &Life) -> Vec<Event> {
    let events = life.events.iter().map(|(event, _)| *event);
    let after = events.skip_while(|event| *event != Event::Batched).skip(1);
    after.take_while(|event| *event != Event::Batched).collect()
}

/// Claims that came, so far, by office and payer.
#[derive(Debug, Default)]
pub struct Cleanness {
    rows: BTreeMap<[String; 2], Came>,
}

#[derive(Debug, Default)]
struct Came {
    clean: u64,
    mended: u64,
    held: u64,
    rejected: u64,
}

impl Cleanness {
    /// Takes a claim, when it is asked for.
    pub fn take(&mut self, life: &Life, asked: &Asked, day_of: DayOf<'_>) {
        let is_asked = asked.is_within(Some(day_of(life.received_at)))
            && asked.is_payer(&life.payer)
            && asked.is_office(&life.office);
        if !is_asked {
            return;
        }
        let came = self.rows.entry([life.office.clone(), life.payer.clone()]).or_default();
        match life.events.first().map(|(event, _)| *event) {
            Some(Event::Refused) => came.rejected += 1,
            Some(Event::HeldBack) => came.held += 1,
            _ => {
                came.clean += 1;
                came.mended += u64::from(life.is_mended);
            }
        }
    }

    pub fn rows(&self) -> Vec<Row> {
        let row = |([office, payer], came): (&[String; 2], &Came)| {
            let received = came.clean + came.held + came.rejected;
            vec![
                Cell::text(office),
                Cell::text(payer),
                Cell::Count(received),
                Cell::Count(came.clean),
                Cell::Count(came.mended),
                Cell::Count(came.held),
                Cell::Count(came.rejected),
                Cell::share(came.clean, received),
            ]
        };
        self.rows.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_first_attempt_alone() {
        use Event::*;

        // Sent, answered, accepted, decided, paid.
        let cases: [(&[Event], [u64; 5]); 7] = [
            (&[Delivered], [1, 0, 0, 0, 0]),
            (&[Delivered, SetAccepted], [1, 0, 0, 0, 0]),
            (&[Delivered, SetAccepted, ClaimAccepted], [1, 1, 1, 0, 0]),
            (&[Delivered, ClaimAccepted, Paid], [1, 1, 1, 1, 1]),
            (&[Paid, Reversed, Denied], [1, 1, 1, 1, 1]),
            (&[Delivered, Denied, Edited, Released, Batched, Paid], [1, 1, 1, 1, 0]),
            (&[SetRejected, Released, Batched, ClaimAccepted, Paid], [1, 1, 0, 0, 0]),
        ];
        for (events, expected) in cases {
            let mut passes = Passes::default();
            let until = events.iter().take_while(|event| **event != Batched);
            passes.take(&until.copied().collect::<Vec<_>>());
            let Passes { sent, answered, accepted, decided, paid } = passes;
            assert_eq!([sent, answered, accepted, decided, paid], expected, "{events:?}");
        }
    }
}
