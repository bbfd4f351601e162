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
    "one row for each payer and office; sent: claims that first went out to the payer within the days asked for; one that was then sent to another payer counts for each of them, with what came until it was sent again; claims that the gateway made for the next payer are left out, for no office wrote them",
    "what came after the claim was sent a second time to the same payer counts for nothing here",
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
    "one row for each office and payer, the one that the claim first went out to or, where it never did, is routed to; received: claims whose file came in within the days asked for, but those of sets and files that were rejected as a whole, and those that the gateway made itself for the next payer",
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
        if life.is_made_here {
            return;
        }
        let mut payers: Vec<&String> = Vec::new();
        for (index, (payer, sent)) in life.sendings.iter().enumerate() {
            if payers.contains(&payer) {
                continue;
            }
            payers.push(payer);
            let is_asked = asked.is_within(Some(day_of(*sent)))
                && asked.is_payer(payer)
                && asked.is_office(&life.office);
            if is_asked {
                let key = [payer.clone(), life.office.clone()];
                self.rows.entry(key).or_default().take(&pass(life, index));
            }
        }
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

/// What happened from a batch until the next one.
fn pass(life: &Life, batch: usize) -> Vec<Event> {
    let events = life.events.iter().map(|(event, _)| *event);
    let mut passes: Vec<Vec<Event>> = Vec::new();
    for event in events {
        if event == Event::Batched {
            passes.push(Vec::new());
        } else if let Some(pass) = passes.last_mut() {
            pass.push(event);
        }
    }
    passes.into_iter().nth(batch).unwrap_or_default()
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
        let is_asked = !life.is_made_here
            && asked.is_within(Some(day_of(life.received_at)))
            && asked.is_payer(life.first_payer())
            && asked.is_office(&life.office);
        if !is_asked {
            return;
        }
        let key = [life.office.clone(), life.first_payer().to_owned()];
        let came = self.rows.entry(key).or_default();
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
    use x12::value::{Day, Money};

    use super::*;
    use crate::change::{ClaimId, Moment};
    use crate::lifecycle::State;
    use crate::reports::cells::Cell;

    /// The second payer's front end rejected it, and acme paid it. What the gateway made of it counts for nobody.
    #[test]
    fn each_payer_counts_what_it_got_and_answered() {
        use Event::{Batched, ClaimAccepted, ClaimRejected, Edited, HeldBack, Paid, Released};

        let events = [
            HeldBack,
            Released,
            Batched,
            ClaimRejected,
            Edited,
            Released,
            Batched,
            ClaimAccepted,
            Paid,
        ];
        let life = Life {
            claim: ClaimId(1),
            follows: None,
            replaces: None,
            frequency: "1".to_owned(),
            asks_next_payer: false,
            answer: None,
            decided_by: None,
            has_later_word: false,
            is_made_here: false,
            office: "cedar".to_owned(),
            payer: "acme".to_owned(),
            provider: String::new(),
            charge: Money::ZERO,
            state: State::Paid,
            received_at: Moment(0),
            sendings: vec![("supp".to_owned(), Moment(1)), ("acme".to_owned(), Moment(2))],
            is_mended: false,
            events: events.map(|event| (event, Moment(0))).to_vec(),
        };
        let day = Day::new(2026, 11, 2).expect("a day");
        let (mut acceptance, mut clean) = (Acceptance::default(), Cleanness::default());
        acceptance.take(&life, &Asked::default(), &|_| day);
        clean.take(&life, &Asked::default(), &|_| day);
        let made = Life { is_made_here: true, ..life };
        acceptance.take(&made, &Asked::default(), &|_| day);
        clean.take(&made, &Asked::default(), &|_| day);
        let counts = |row: &Row| -> Vec<u64> {
            let count = |cell: &Cell| match cell {
                Cell::Count(count) => Some(*count),
                _ => None,
            };
            row.iter().filter_map(count).collect()
        };
        let rows = acceptance.rows();
        // Sent, answered, accepted, decided, paid.
        assert_eq!(rows.iter().map(counts).collect::<Vec<_>>(), [[1, 1, 1, 1, 1], [1, 1, 0, 0, 0]]);
        assert!(matches!(&clean.rows()[0][1], Cell::Text(payer) if payer == "supp"));
    }

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
