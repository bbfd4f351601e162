//! `claimgate statement`: what a patient owes.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use x12::value::Money;
use x12::view::claim::Claim as View;
use x12::view::claim::dental::Dental;

use super::output::Output;
use super::store::{Desk, Office, open};
use super::{Failure, Outcome, claim, complain};
use crate::change::next::Answer;
use crate::change::{ClaimId, Word};
use crate::coordination;
use crate::corrections;
use crate::gateway::family;
use crate::ledger;
use crate::lifecycle::State;
use crate::reconcile::is_later_payer;
use crate::statement::{
    self, Addressee, Bill, Link, Open, Posted, Statement, Waiting, page, table,
};
use crate::store::{Claim, ClaimPayment, History, Work};

#[derive(Debug, Args)]
#[command(
    after_help = "A patient is named by a claim, so that no name stands in the history of a terminal. The \
                  statement holds all of the patient's claims from the same office that no payer is expected \
                  for any more; the others are told, and nothing is asked for them. A patient is known by the \
                  billing provider and the insured's number, birth date and first name: claims under another insurance, or with the \
                  first name written otherwise, are another patient's, and need a statement of their own.\n\nExamples:\n  \
                  claimgate statement 12 -o statement.html\n  \
                  claimgate statement HFM26100101 --format csv"
)]
pub struct StatementArguments {
    /// A claim of the patient: its number here, or its patient control number (CLM01).
    patient: String,
    /// It is the claim's number here, though another patient's claim has it as CLM01.
    #[arg(long)]
    ours: bool,
    #[arg(long, value_enum, default_value = "html")]
    format: StatementFormat,
    /// Where to write it; without it to the terminal.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatementFormat {
    Html,
    Csv,
}

/// Claims of one patient that are looked at.
const CLAIMS_MAX: u32 = 2_000;

/// Writes a patient's statement.
pub fn run(
    arguments: &StatementArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let office = open(desk)?;
    let ours = match arguments.ours {
        true => claim::find_ours(&office, &arguments.patient)?,
        false => None,
    };
    let made = match ours {
        Some(claim) => statement_of(&office, &[claim])?,
        None => statement_for(&office, &arguments.patient)?,
    };
    for one in &made.waiting {
        complain(&format!("claim {}: {}; nothing is asked for it", one.claim.0, one.why));
    }
    if made.bills.is_empty() {
        complain(&"no claim of the patient is due, so there is no statement");
        return Ok(Outcome::ToActOn);
    }
    let mut output = Output::new(arguments.output.as_deref(), out)?;
    output.write_all(&written(&made, arguments.format)?)?;
    output.finish()?;
    Ok(Outcome::from_findings(!made.waiting.is_empty()))
}

/// A statement as a page or as a table.
pub fn written(statement: &Statement, format: StatementFormat) -> Result<Vec<u8>, Failure> {
    match format {
        StatementFormat::Html => Ok(page::page(statement).into_bytes()),
        StatementFormat::Csv => {
            let failed = |error: &dyn std::fmt::Display| {
                Failure::World(format!("the table could not be made: {error}"))
            };
            let mut rows = csv::Writer::from_writer(Vec::new());
            rows.write_record(table::COLUMNS).map_err(|error| failed(&error))?;
            for row in table::rows(statement) {
                rows.write_record(row).map_err(|error| failed(&error))?;
            }
            rows.into_inner().map_err(|error| failed(&error))
        }
    }
}

/// The statement of the patient of a claim, by its number here or its CLM01.
pub fn statement_for(office: &Office, patient: &str) -> Result<Statement, Failure> {
    statement_of(office, &claim::find(office, patient)?)
}

fn statement_of(office: &Office, claims: &[ClaimId]) -> Result<Statement, Failure> {
    let firsts = firsts(office, claims)?;
    let mut made = Statement { made_on: Some(office.stamp().today), ..Statement::default() };
    for first in firsts {
        let claim = last(office, &first)?;
        let Ok(document) = office.document(&claim, &claim.edits) else { continue };
        let today = office.stamp().today;
        let taken =
            corrections::look(&document, today, |view| take(office, &first, view, &mut made));
        taken.transpose()?;
    }
    Ok(made)
}

/// What a claim says by now: the last that went out in its place, unless the payer sent it back.
fn last(office: &Office, first: &Claim) -> Result<Claim, Failure> {
    let mut all = family::all(office.store.as_ref(), first.clone())?;
    let says = |claim: &Claim| claim.frequency != "8" && claim.state != State::Returned;
    all.retain(|claim| claim.id == first.id || says(claim));
    Ok(all.pop().unwrap_or_else(|| first.clone()))
}

/// The claims of the patient of these that follow no other, as far as one office sent them.
fn firsts(office: &Office, claims: &[ClaimId]) -> Result<Vec<Claim>, Failure> {
    let mut named: Vec<Claim> = Vec::new();
    for &id in claims {
        let Some(mut found) = office.store.claim(id)? else { continue };
        while let Some(before) = found.replaces.or(found.follows) {
            let Some(earlier) = office.store.claim(before)? else { break };
            found = earlier;
        }
        if found.state != State::Rejected && !named.iter().any(|known| known.id == found.id) {
            named.push(found);
        }
    }
    let whose = |claim: &Claim| (claim.partner.clone(), claim.patient.clone());
    let Some(one) = named.first() else {
        return Err(Failure::Unusable("the claim was rejected; nobody owes for it".to_owned()));
    };
    let is_one = named.iter().all(|other| whose(other) == whose(one));
    if !is_one {
        let ids: Vec<String> = named.iter().map(|claim| claim.id.0.to_string()).collect();
        return Err(Failure::Unusable(format!(
            "claims of several patients have that number; name one of claims {}, with --ours where that is a CLM01 too",
            ids.join(", ")
        )));
    }
    // Of claims of before the upgrade that brought patients, nothing tells whose they are.
    if one.patient.is_empty() {
        return Ok(named);
    }
    let mut all = office.store.claims_of_patient(&one.patient, CLAIMS_MAX)?;
    all.retain(|claim| {
        claim.partner == one.partner && claim.follows.is_none() && claim.replaces.is_none()
    });
    Ok(all)
}

/// Adds the bill of a claim, or who is expected for it.
fn take(
    office: &Office,
    first: &Claim,
    view: &View<'_>,
    made: &mut Statement,
) -> Result<(), Failure> {
    let is_withdrawn = first.state == State::Closed && first.times_sent == 0;
    let is_predetermination = view.dental.as_ref().is_some_and(Dental::is_predetermination);
    if is_withdrawn || is_predetermination {
        return Ok(());
    }
    if made.patient == Addressee::default() {
        made.patient = view.person().map(statement::addressee).unwrap_or_default();
        made.provider = statement::addressee(&view.billing);
    }
    let chain = chain(office, first)?;
    if is_voided(&chain) {
        return Ok(());
    }
    let mut whys = Vec::new();
    let mut posted = Vec::new();
    let names = chain.iter().map(|history| names(office, history));
    let names = names.collect::<Result<Vec<Names>, Failure>>()?;
    for (history, names) in chain.iter().zip(&names) {
        if !is_replaced(history, &chain) {
            whys.extend(statement::waits_for(&link(history, names)));
        }
        posted.push(Posted {
            payer: &names.payer,
            later_payer: if history.claim.follows.is_some() { &names.payer } else { &names.next },
            postings: &history.postings,
        });
    }
    let mut bill = statement::bill(view, &posted);
    bill.take_not_paid(not_paid(&chain, &posted));
    if whys.is_empty() && !bill.undecided().is_zero() {
        whys.push(format!("{} of the charge is not decided on", bill.undecided()));
    }
    if whys.is_empty() && bill.owed().is_negative() {
        whys.push(format!("payers paid {} more than was left to the patient", bill.owed().abs()));
    }
    match whys.first() {
        Some(why) => {
            let (number, from, why) = (bill.number, bill.from, why.clone());
            made.waiting.push(Waiting { claim: first.id, number, from, why });
        }
        None if asks_for_nothing(&bill) => {}
        None => made.bills.push(bill),
    }
    Ok(())
}

/// What payers after the first took off, each by the name under which statements tell of it.
fn not_paid<'a>(
    chain: &'a [History],
    posted: &'a [Posted<'_>],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    chain.iter().zip(posted).flat_map(|(history, posted)| {
        let own = history.claim.payer.as_deref();
        let is_later = move |one: &&ClaimPayment| {
            let is_other = is_later_payer(&one.payer, own, &one.status);
            one.word.is_some() && (history.claim.follows.is_some() || is_other)
        };
        let later = history.payments.iter().filter(is_later);
        later.map(|one| {
            let named = Some(posted.later_payer).filter(|name| !name.is_empty());
            (named.unwrap_or(&one.payer), one.adjustments.as_str())
        })
    })
}

/// Whether the patient neither owes nor paid anything.
fn asks_for_nothing(bill: &Bill) -> bool {
    bill.owed().is_zero() && bill.paid_at_visit.is_zero()
}

/// Whether all that was charged was taken back again.
fn is_voided(chain: &[History]) -> bool {
    let postings = chain.iter().flat_map(|history| &history.postings);
    let mut charges = postings.filter_map(ledger::charged).peekable();
    charges.peek().is_some() && charges.sum::<Money>().is_zero()
}

/// Whether another claim of the chain went out in the place of one, and is expected to be decided
/// on instead.
fn is_replaced(history: &History, chain: &[History]) -> bool {
    chain.iter().map(|other| &other.claim).any(|other| {
        let is_taken = other.times_sent > 0 && other.state != State::Returned;
        other.replaces == Some(history.claim.id) && is_taken && other.frequency != "8"
    })
}

/// A claim with those that follow it or went out in its place, in their order.
fn chain(office: &Office, first: &Claim) -> Result<Vec<History>, Failure> {
    let mut chain = Vec::new();
    let mut seen: HashSet<ClaimId> = HashSet::new();
    let mut left = vec![first.id];
    while let Some(id) = left.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(history) = office.store.history(id)? else { continue };
        let mut later = office.store.followers(id)?;
        later.extend(office.store.replacements(&[id])?);
        left.extend(later.into_iter().rev().map(|claim| claim.id));
        chain.push(history);
    }
    Ok(chain)
}

/// The payers of a claim.
struct Names {
    /// As the claim calls them, for the patient.
    payer: String,
    next: String,
    /// As the settings call them, for whoever reads why a claim waits.
    own_name: String,
    /// Those after it, in their turns.
    later_names: Vec<String>,
    /// The one that it was passed on to, or may have been, by its payer.
    passed_to: Option<String>,
    /// Whether that is none that it names, though it names another.
    is_to_unnamed: bool,
    /// The one after its own that decided last without a claim of ours, where that is answered.
    decided_by: Option<String>,
    /// Whether a next one is billed, when that was asked and answered.
    answer: Option<Answer>,
}

fn names(office: &Office, history: &History) -> Result<Names, Failure> {
    let claim = &history.claim;
    let next = office.store.next_payer(claim.id)?;
    let named = next.as_ref().and_then(|next| next.why.passed_to()).map(str::to_owned);
    let is_to_unnamed = next.as_ref().is_some_and(|next| next.why.is_to_unnamed());
    let passed_to = next.as_ref().map(|_| named.clone().unwrap_or("the next payer".to_owned()));
    let next = next.filter(|next| !next.is_due);
    let decided_by = next.as_ref().and_then(|next| next.why.decided_by.clone());
    let answer = next.and_then(|next| next.answer);
    let ours = || claim.payer.clone().unwrap_or_else(|| "its payer".to_owned());
    let none = || Names {
        payer: ours(),
        next: String::new(),
        own_name: ours(),
        later_names: Vec::new(),
        passed_to: passed_to.clone(),
        is_to_unnamed,
        decided_by: decided_by.clone(),
        answer,
    };
    let Ok(document) = office.document(claim, &claim.edits) else { return Ok(none()) };
    let read = corrections::look(&document, office.stamp().today, |view| {
        // What its payer passed on as none of its own is another's than the claim says.
        let own = office.plan.route(&claim.payer_id).map(|payer| payer.name.to_string());
        let payer = view.payer.as_ref().filter(|_| own == claim.payer);
        let payer = payer.map(|payer| payer.last_name.text().into_owned());
        let later = coordination::payers_after(view);
        let next_called = later.first().and_then(|(turn, _)| {
            let other = view.other_payers.iter().find(|other| other.responsibility.is(turn))?;
            other.payer.as_ref().map(|payer| payer.last_name.text().into_owned())
        });
        Names {
            payer: payer.filter(|name| !name.is_empty()).unwrap_or_else(ours),
            next: next_called.or(named.clone()).or(decided_by.clone()).unwrap_or_default(),
            own_name: ours(),
            later_names: later.iter().map(|(_, id)| called(office, id)).collect(),
            passed_to: passed_to.clone(),
            is_to_unnamed,
            decided_by: decided_by.clone(),
            answer,
        }
    });
    Ok(read.unwrap_or_else(none))
}

fn called(office: &Office, payer_id: &str) -> String {
    match office.plan.route(payer_id) {
        Some(payer) => payer.name.to_string(),
        None => "the next payer".to_owned(),
    }
}

/// Whether a payer after its own is expected to decide under a claim that its own is done with.
pub(super) fn waits_for_next(office: &Office, claim: ClaimId) -> Result<bool, Failure> {
    let Some(history) = office.store.history(claim)? else { return Ok(false) };
    let names = names(office, &history)?;
    let is_asked = matches!(names.answer, Some(Answer::PassedOn | Answer::Office | Answer::Person));
    let link = Link { open: None, left_with: None, ..link(&history, &names) };
    let is_done = matches!(link.state, State::Paid | State::Denied | State::Closed);
    Ok(is_asked && is_done && statement::waits_for(&link).is_some())
}

/// The payers after its own that decided under a claim, and did not take all of it back.
fn later_words(history: &History) -> Vec<&str> {
    let own = history.claim.payer.as_deref();
    let mut stands: BTreeMap<&str, i64> = BTreeMap::new();
    for payment in &history.payments {
        let is_later = is_later_payer(&payment.payer, own, &payment.status);
        let Some(word) = payment.word.filter(|_| is_later) else { continue };
        *stands.entry(&payment.payer).or_default() += if word == Word::Reversed { -1 } else { 1 };
    }
    stands.into_iter().filter(|(_, stands)| *stands > 0).map(|(payer, _)| payer).collect()
}

fn link<'a>(history: &'a History, names: &'a Names) -> Link<'a> {
    let claim = &history.claim;
    let later_words = later_words(history);
    let waits = history.payments.iter().any(|one| !one.suspended.is_zero());
    let mut open = history.work.iter().filter(|item| item.state.is_open());
    let is_looked_at = open.any(Work::comes_before_patient);
    let open = match (waits, is_looked_at) {
        (true, _) => Some(Open::Suspense),
        (false, true) => Some(Open::Denial),
        (false, false) => None,
    };
    let mut open_items = history.work.iter().filter(|item| item.state.is_open());
    let left_with = open_items.clone().find_map(Work::left_with);
    let denied_by = open_items.by_ref().filter_map(|item| item.payer(None));
    let own = claim.payer.as_deref();
    let is_unheard = |name: &&String| !later_words.contains(&name.as_str());
    // Whom it was passed on to need not be named.
    let passed_to = names.passed_to.as_ref();
    let is_passed_on = names.answer == Some(Answer::PassedOn);
    let unnamed = passed_to.filter(|_| is_passed_on && names.is_to_unnamed);
    let last = names.later_names.last().filter(|_| !is_passed_on);
    let is_undecided = !matches!(claim.state, State::Paid | State::Denied | State::Closed);
    Link {
        payer: names.decided_by.as_ref().filter(|_| !is_undecided).unwrap_or(&names.own_name),
        state: claim.state,
        was_sent: claim.times_sent > 0,
        open,
        left_with,
        denied_by: denied_by.into_iter().find(|by| Some(*by) != own),
        next_payer: unnamed
            .or(names.later_names.iter().find(is_unheard))
            .or(last)
            .or(passed_to)
            .map(String::as_str),
        answer: names.answer,
        has_later_word: !later_words.is_empty() && later_words.len() >= names.later_names.len(),
    }
}
