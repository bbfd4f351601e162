//! A payer for the demonstration, for tests and for `simulate-payer`: it reads our 837, answers with
//! TA1, 999 and 277CA, and pays, denies, reverses and takes back over cycles of 835, as a script
//! tells it; and the bank that shows its transfers. The same script, state, files and days give the
//! same bytes.
//!
//! Whatever is odd in what it sends is told to be so in the script; the rest reads back without a
//! fault and adds up.

pub mod bank;
pub mod cycle;
pub mod decide;
pub mod filed;
mod front;
pub mod script;
mod write;

use std::collections::BTreeMap;

use bytes::Bytes;
use x12::compose::Envelope;
use x12::value::{Day, Money};

use bank::{BankFile, Till};
use decide::Decided;
use filed::{Filed, Sender};
use script::{Payer, Script};

/// An answer, and what kind it is.
#[derive(Debug)]
pub struct Answer {
    /// ISA13.
    pub number: u32,
    /// `TA1`, `999`, `277CA`, `835`.
    pub kind: &'static str,
    pub bytes: Bytes,
}

impl Answer {
    /// What its file is called. Names follow the order in which the payer spoke.
    pub fn file_name(&self) -> String {
        format!("{:06}_{}.x12", self.number, self.kind)
    }
}

/// When the payer speaks.
#[derive(Clone, Debug)]
pub struct When {
    pub today: Day,
    /// HHMM.
    pub time: String,
}

/// What the payer remembers from one file, and one cycle, to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How many cycles of remittances there were.
    pub cycle: u32,
    /// ISA13 of the last answer.
    pub number: u32,
    /// TRN02 of the last remittance.
    pub trace: String,
    /// In the order in which they came.
    pub claims: Vec<Held>,
    /// What payees owe, by their id.
    pub accounts: BTreeMap<String, Account>,
    /// What of its money the bank has yet to show.
    pub till: Till,
}

/// A claim that the payer took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub claim: Filed,
    /// The outcome that the script gives it.
    pub outcome: String,
    /// The index of its next step.
    pub next_step: usize,
    /// The cycle in which that is due.
    pub due: u32,
    /// The index in `State::claims` of the claim that it takes the place of, until it has.
    pub replaces: Option<usize>,
    /// What was decided and not reversed.
    pub standing: Vec<Decided>,
}

/// What a payee owes the payer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// A balance below nothing that was carried forward (PLB*FB), and the trace that names it.
    pub forwarded: Money,
    pub forwarded_by: String,
    pub recoveries: Vec<Recovery>,
}

/// What is taken back later (PLB*WO).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The cycle.
    pub due: u32,
    pub amount: Money,
    /// CLP07 of what was reversed.
    pub reference: String,
}

impl State {
    /// Whether anything is still to be said of a claim, or shown of a payment.
    pub fn waits(&self, script: &Script) -> bool {
        let steps = |held: &Held| script.outcome(&held.outcome).map_or(0, |it| it.steps.len());
        let is_coming = script.bank.is_some() && !self.till.coming.is_empty();
        is_coming || self.claims.iter().any(|held| held.next_step < steps(held))
    }
}

/// Answers a file at once: acknowledgments, and a cycle of remittances.
pub fn answer(script: &Script, state: &mut State, file: &Bytes, when: &When) -> Vec<Answer> {
    let mut answers = take(script, state, file, when);
    answers.extend(remit(script, state, when));
    answers
}

/// Acknowledges a file, and keeps the claims that it takes.
pub fn take(script: &Script, state: &mut State, file: &Bytes, when: &When) -> Vec<Answer> {
    let reading = x12::interchange::read(file);
    let mut desk = Desk { script, state, when, answers: Vec::new() };
    for interchange in &reading.interchanges {
        desk.answer_interchange(interchange);
    }
    desk.answers
}

/// A cycle of remittances: whatever is due by now.
pub fn remit(script: &Script, state: &mut State, when: &When) -> Vec<Answer> {
    let payments = cycle::turn(script, state);
    let mut desk = Desk { script, state, when, answers: Vec::new() };
    for file in &payments {
        desk.write_remittances(file);
    }
    desk.answers
}

/// What the bank of the payees shows of the payments so far and has not shown before; asked after a
/// cycle.
pub fn statement(script: &Script, state: &mut State, when: &When) -> Option<BankFile> {
    bank::statement(script, state, when)
}

/// Where answers are written, and numbered.
struct Desk<'a> {
    script: &'a Script,
    state: &'a mut State,
    when: &'a When,
    answers: Vec<Answer>,
}

impl Desk<'_> {
    fn payer(&self) -> &Payer {
        &self.script.payer
    }

    fn envelope(&mut self, to: &Sender) -> Envelope {
        self.state.number += 1;
        let Payer { id, .. } = &self.script.payer;
        Envelope {
            sender_qualifier: "ZZ".to_owned(),
            sender: id.clone(),
            receiver_qualifier: to.qualifier.clone(),
            receiver: to.id.clone().into_bytes(),
            application_sender: id.clone(),
            application_receiver: to.id.clone().into_bytes(),
            day: self.when.today,
            time: self.when.time.clone(),
            control_number: self.state.number,
            wants_ta1: false,
            is_production: to.is_production,
        }
    }

    fn push(&mut self, kind: &'static str, bytes: Vec<u8>) {
        self.answers.push(Answer { number: self.state.number, kind, bytes: bytes.into() });
    }
}
