//! A cycle: which claims are due, what each payment holds, and what payees owe.

use std::collections::BTreeMap;

use x12::value::Money;

use super::bank::transfer;
use super::decide::{Decided, decide};
use super::filed::{Payee, Sender};
use super::script::{Act, Manner, OwnAdjustment, Script, Sharing};
use super::{Account, Recovery, State};

/// The remittances of one interchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub to: Sender,
    pub payments: Vec<Payment>,
    /// How often it is sent again.
    pub again: u32,
}

/// One 835.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// TRN02.
    pub trace: String,
    pub payee: Payee,
    /// BPR02.
    pub amount: Money,
    /// Claims under their headings: those of a provider each.
    pub headings: Vec<Heading>,
    pub adjustments: Vec<Entry>,
    /// Whether a TS3 says what a heading holds.
    pub is_shared: bool,
}

/// The claims of one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub payee: Payee,
    pub claims: Vec<Decided>,
}

/// An entry of a PLB. A positive amount lowers the payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// PLB01.
    pub provider: String,
    pub reason: String,
    pub reference: String,
    pub amount: Money,
}

/// More claims than the guide advises in one remittance go into several.
const CLAIMS_PER_PAYMENT_MAX: usize = 10_000;

/// What is due by now, in files; the cycle is over then.
pub fn turn(script: &Script, state: &mut State) -> Vec<File> {
    let mut batches = Batches::default();
    for index in 0..state.claims.len() {
        step_on(script, state, index, &mut batches);
    }
    let mut files = Vec::new();
    for ((_, manner), batch) in batches.by_sender {
        let Batch { to, headings } = batch;
        let mut payments = Vec::new();
        for (headings, is_shared) in parted(headings, script.sharing) {
            payments.push(pay(script, state, &manner, headings, is_shared));
        }
        let again = manner.again;
        match script.sharing {
            Sharing::File => files.push(File { to, payments, again }),
            Sharing::Payee | Sharing::Payment => {
                let alone = |payment| File { to: to.clone(), payments: vec![payment], again };
                files.extend(payments.into_iter().map(alone));
            }
        }
    }
    state.cycle += 1;
    files
}

/// What is to be paid, by whom it goes to and how odd it is.
#[derive(Default)]
struct Batches {
    by_sender: BTreeMap<(String, Manner), Batch>,
}

struct Batch {
    to: Sender,
    /// In the order in which payees came.
    headings: Vec<(Heading, Vec<Entry>)>,
}

impl Batches {
    fn push(
        &mut self,
        to: &Sender,
        payee: &Payee,
        manner: &Manner,
        said: Vec<Decided>,
        entries: Vec<Entry>,
    ) {
        let key = (to.id.clone(), manner.clone());
        let new = || Batch { to: to.clone(), headings: Vec::new() };
        let batch = self.by_sender.entry(key).or_insert_with(new);
        let at = batch.headings.iter().position(|(heading, _)| heading.payee.id() == payee.id());
        let at = at.unwrap_or_else(|| {
            batch.headings.push((Heading { payee: payee.clone(), claims: Vec::new() }, Vec::new()));
            batch.headings.len() - 1
        });
        if let Some((heading, own)) = batch.headings.get_mut(at) {
            heading.claims.extend(said);
            own.extend(entries);
        }
    }
}

/// Takes the steps of a claim that are due.
fn step_on(script: &Script, state: &mut State, index: usize, batches: &mut Batches) {
    let cycle = state.cycle;
    loop {
        let Some(held) = state.claims.get_mut(index) else { return };
        let Some(outcome) = script.outcome(&held.outcome) else { return };
        let Some(step) = outcome.steps.get(held.next_step) else { return };
        if cycle < held.due {
            return;
        }
        held.next_step += 1;
        held.due = cycle + outcome.steps.get(held.next_step).map_or(0, |next| next.after);
        let (to, payee) = (held.claim.sender.clone(), held.claim.payee.clone());
        let is_void = held.claim.is_void();
        let mut said = Vec::new();
        if let Some(earlier) = held.replaces.take() {
            said.extend(withdrawn(state, earlier));
        }
        let Some(held) = state.claims.get_mut(index) else { return };
        let mut entries = Vec::new();
        match step.act {
            _ if is_void => held.next_step = outcome.steps.len(),
            Act::Pay | Act::Deny => {
                let decided = decide(&held.claim, step);
                held.standing.extend(decided.clone());
                said.extend(decided);
            }
            Act::Reverse => {
                let taken: Vec<Decided> = held.standing.drain(..).map(|it| it.reversed()).collect();
                if step.recover_after > 0 {
                    let account = state.accounts.entry(payee.id().to_owned()).or_default();
                    let due = cycle + step.recover_after;
                    entries.extend(
                        taken.iter().filter_map(|one| recover_later(one, &payee, due, account)),
                    );
                }
                said.extend(taken);
            }
        }
        if !said.is_empty() {
            batches.push(&to, &payee, &step.manner, said, entries);
        }
    }
}

/// What stands of a claim that another one replaces is taken back, and nothing follows.
fn withdrawn(state: &mut State, index: usize) -> Vec<Decided> {
    let Some(held) = state.claims.get_mut(index) else { return Vec::new() };
    held.next_step = usize::MAX;
    held.standing.drain(..).map(|decided| decided.reversed()).collect()
}

/// The money of a reversal stays with the payee until a later payment.
fn recover_later(
    reversal: &Decided,
    payee: &Payee,
    due: u32,
    account: &mut Account,
) -> Option<Entry> {
    let amount = -reversal.paid;
    if amount <= Money::ZERO {
        return None;
    }
    let reference = reversal.payer_number.clone();
    account.recoveries.push(Recovery { due, amount, reference: reference.clone() });
    let provider = payee.id().to_owned();
    Some(Entry { provider, reason: "WO".to_owned(), reference, amount: -amount })
}

type Headed = (Heading, Vec<Entry>);

/// The headings of each payment, and whether it is for several payees.
fn parted(headings: Vec<Headed>, sharing: Sharing) -> Vec<(Vec<Headed>, bool)> {
    if sharing == Sharing::Payment {
        let is_shared = headings.len() > 1;
        return vec![(headings, is_shared)];
    }
    let mut parts = Vec::new();
    for (Heading { payee, claims }, mut entries) in headings {
        let mut claims = claims.into_iter().peekable();
        while claims.peek().is_some() {
            let some: Vec<Decided> = claims.by_ref().take(CLAIMS_PER_PAYMENT_MAX).collect();
            let heading = Heading { payee: payee.clone(), claims: some };
            parts.push((vec![(heading, std::mem::take(&mut entries))], false));
        }
    }
    parts
}

fn pay(
    script: &Script,
    state: &mut State,
    manner: &Manner,
    headed: Vec<Headed>,
    is_shared: bool,
) -> Payment {
    let trace = match manner.reuses_trace && !state.trace.is_empty() {
        true => state.trace.clone(),
        false => next_trace(state),
    };
    state.trace.clone_from(&trace);
    let (headings, entries): (Vec<Heading>, Vec<Vec<Entry>>) = headed.into_iter().unzip();
    let mut adjustments: Vec<Entry> = entries.into_iter().flatten().collect();
    for heading in &headings {
        let of_interest = heading.claims.iter().filter(|claim| !claim.interest.is_zero());
        let provider = heading.payee.id();
        adjustments.extend(of_interest.map(|claim| Entry {
            provider: provider.to_owned(),
            reason: "L6".to_owned(),
            reference: claim.payer_number.clone(),
            amount: -claim.interest,
        }));
        adjustments.extend(owed(script, state, provider));
    }
    let claims = headings.iter().flat_map(|heading| &heading.claims);
    let paid: Money = claims.map(|claim| claim.paid).sum();
    let mut amount = paid - adjustments.iter().map(|entry| entry.amount).sum();
    let payee = headings.first().map(|heading| heading.payee.clone()).expect("a heading each");
    if amount.is_negative() {
        let account = state.accounts.entry(payee.id().to_owned()).or_default();
        account.forwarded = -amount;
        account.forwarded_by.clone_from(&trace);
        let (provider, reason) = (payee.id().to_owned(), "FB".to_owned());
        adjustments.push(Entry { provider, reason, reference: trace.clone(), amount });
        amount = Money::ZERO;
    }
    let amount = amount + manner.off_by;
    let payment = Payment { trace, payee, amount, headings, adjustments, is_shared };
    transfer(script, state, &payment);
    payment
}

fn next_trace(state: &State) -> String {
    let last = state.trace.strip_prefix("EFT").and_then(|digits| digits.parse::<u32>().ok());
    format!("EFT{:09}", last.unwrap_or_default() + 1)
}

/// What a payment to a payee takes back of earlier ones, and what the script adds to it.
fn owed(script: &Script, state: &mut State, payee: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut push = |reason: &str, reference: String, amount: Money| {
        let (provider, reason) = (payee.to_owned(), reason.to_owned());
        entries.push(Entry { provider, reason, reference, amount });
    };
    if let Some(account) = state.accounts.get_mut(payee) {
        let Account { forwarded, forwarded_by, recoveries } = account;
        if !forwarded.is_zero() {
            push("FB", std::mem::take(forwarded_by), std::mem::take(forwarded));
        }
        for due in recoveries.extract_if(.., |recovery| recovery.due <= state.cycle) {
            push("WO", due.reference, due.amount);
        }
    }
    let is_due = |own: &&OwnAdjustment| {
        own.cycle == state.cycle && (own.payee.is_empty() || own.payee == payee)
    };
    for own in script.adjustments.iter().filter(is_due) {
        push(&own.reason, own.reference.clone(), own.amount);
    }
    entries
}
