//! `claimgate appeal`: a packet to have a claim decided on again, and the check of one.

mod chain;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use x12::value::{Day, Money};

use super::output::Output;
use super::queue::name_of;
use super::store::{Desk, Office, open};
use super::terminal::Harmless;
use super::{Failure, Outcome};
use crate::appeal::bill::{Bill, Insurance};
use crate::appeal::check::{self, AtHand, Verdict};
use crate::appeal::document::{Printed, Sealed, document};
use crate::appeal::page::page;
use crate::appeal::{Decision, Filed, Grounds, Packet, Party, Underpaid, taken_of};
use crate::change::{Change, Compared, Moment, Move, Word, WorkId, WorkState};
use crate::clock::Timestamp;
use crate::contracts::price::BETWEEN_PRICES;
use crate::convert::statement::Name;
use crate::denials::Category;
use crate::denials::denied::told_by_office;
use crate::denials::ruling::{Appeal, Ruling};
use crate::gateway::receive::limits_of;
use crate::lifecycle::{Event, State, advance};
use crate::settings::names::PayerName;
use crate::settings::plan::PayerPlan;
use crate::store::archive::hash_of;
use crate::store::{ClaimPayment, History, Work};

use chain::{Chain, Link, Said, before, told};

#[derive(Debug, Args)]
#[command(
    after_help = "The packet is a page to print and a JSON document with the SHA-256 of every file that it \
        speaks of, both\nwritten for their owner alone (mode 0600): they name the patient. They hold what \
        concerns the claim, and nothing\nof others; --whole-files lays the files themselves into the \
        document, with the claims of others in them.\n\nExamples:\n  claimgate appeal 7 -o packets \
        --note-file reasons.txt --by ann\n  claimgate appeal --check packets/appeal-7.json --raw \
        /var/lib/claimgate/archive"
)]
pub struct AppealArguments {
    /// The number of the item in the queue.
    #[arg(required_unless_present = "check")]
    case: Option<i64>,
    /// Where to write the packet; it is made when it is not there.
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    output: PathBuf,
    /// Why the payer should decide otherwise, in your words.
    #[arg(long, value_name = "TEXT", conflicts_with = "note_file")]
    note: Option<String>,
    /// The same from a text file; an empty line begins a paragraph.
    #[arg(long, value_name = "FILE")]
    note_file: Option<PathBuf>,
    /// What is asked, instead of a decision anew and the amount at stake.
    #[arg(long, value_name = "TEXT")]
    ask: Option<String>,
    /// Lay the files themselves into the document, with all that they say of others.
    #[arg(long)]
    whole_files: bool,
    /// Who does it, for the history; the system's user without it.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Check this packet instead of making one; no store is needed.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["case", "note", "note_file", "ask", "whole_files", "by"])]
    check: Option<PathBuf>,
    /// Where the files are that a packet speaks of, under any names; an archive will do.
    #[arg(long, value_name = "DIR", requires = "check")]
    raw: Option<PathBuf>,
}

/// Makes a packet, or checks one.
pub fn run(
    arguments: &AppealArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    match (&arguments.check, arguments.case) {
        (Some(path), _) => check_packet(path, arguments.raw.as_deref(), &mut Harmless(out)),
        (None, Some(case)) => make(arguments, WorkId(case), &open(desk)?, out),
        (None, None) => Err(Failure::Unusable("name an item of the queue, or --check".to_owned())),
    }
}

/// Makes the packet of an item.
pub fn make(
    arguments: &AppealArguments,
    case: WorkId,
    office: &Office,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let by = name_of(arguments.by.as_deref())?;
    let (item, history) = case_of(office, case)?;
    let claim = &history.claim;
    let Some(to) = advance(claim.state, Event::Appealed) else {
        let state = claim.state.name();
        let text = format!("claim {} is {state}: no payer decided on it", claim.id.0);
        return Err(Failure::Unusable(text));
    };
    // Nobody writes to a payer to be paid what that one paid too much.
    if item.category == Category::Overpaid && arguments.ask.is_none() {
        let text = format!(
            "item {} is about what was paid too much, not about what is missing; where the payer is to \
             correct something, say what it is asked with --ask",
            case.0
        );
        return Err(Failure::Unusable(text));
    }
    let gathering = Gathering { office, item: &item, history: &history };
    let (packet, ruling) = gathering.packet(arguments, &by)?;
    fs::create_dir_all(&arguments.output).map_err(|error| {
        Failure::World(format!("{} could not be made: {error}", arguments.output.display()))
    })?;
    let hash = |bytes: &[u8]| hash_of(bytes).0;
    let (page_name, document_name) =
        (format!("appeal-{}.html", case.0), format!("appeal-{}.json", case.0));
    let text = page(&packet);
    let printed = Printed { name: &page_name, sha256: &hash(text.as_bytes()) };
    let Sealed { text: sealed, seal } = document(&packet, printed, arguments.whole_files, &hash);
    let mut page_file = Output::private(&arguments.output.join(&page_name))?;
    page_file.write_all(text.as_bytes())?;
    let mut document_file = Output::private(&arguments.output.join(&document_name))?;
    document_file.write_all(sealed.as_bytes())?;
    let note = format!("{by}: packet of item {}, seal {seal}", case.0);
    let step = Move {
        claim: claim.id,
        event: Event::Appealed,
        from: claim.state,
        to,
        note,
        arrival: None,
    };
    let change = Change { at: office.stamp().now, moves: vec![step], ..Change::default() };
    // What stands in no history has no packet: both files get their names after it.
    office.store.commit(&change)?;
    page_file.finish()?;
    document_file.finish()?;
    for name in [&page_name, &document_name] {
        writeln!(out, "{}", arguments.output.join(name).display())?;
    }
    writeln!(out, "{} files prove it; seal {seal}", packet.files.len())?;
    if matches!(item.state, WorkState::Resolved) {
        writeln!(out, "item {} is closed: look whether there is still anything to ask", case.0)?;
    }
    if packet.arguments.is_empty() {
        writeln!(out, "it gives no reasons yet: write them on the page, or give --note")?;
    }
    if let Some(ruling) = ruling {
        tell_ruling(&ruling, packet.today, packet.deadline, out)?;
    }
    Ok(Outcome::Clean)
}

/// What our table and the office's rows say of the appeal.
fn tell_ruling(
    ruling: &Ruling,
    today: Day,
    deadline: Option<Day>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match ruling.appeal {
        Appeal::MayWin => {}
        Appeal::Unlikely => {
            writeln!(out, "an appeal is not likely to win; what may be done: {}", ruling.action)?;
        }
        Appeal::Forbidden => {
            writeln!(out, "the payer says that no appeal is possible: {}", ruling.action)?;
        }
    }
    if let Some(passed) = deadline.filter(|day| *day < today) {
        writeln!(out, "the last day to appeal was {passed}; say why it comes later")?;
    }
    if !ruling.by_office.is_empty() {
        writeln!(out, "{}", told_by_office(&ruling.by_office))?;
    }
    Ok(())
}

/// The item, and the claim that it is about.
fn case_of(office: &Office, case: WorkId) -> Result<(Work, History), Failure> {
    let none = || {
        let text =
            format!("there is no item {}; `claimgate queue list` shows what there is", case.0);
        Failure::Unusable(text)
    };
    let item = office.store.work_item(case)?.ok_or_else(none)?;
    let no_claim = || {
        Failure::Unusable(format!(
            "item {} is about no claim of ours: there is nothing to appeal",
            case.0
        ))
    };
    let claim = item.claim.ok_or_else(no_claim)?;
    let history = office.store.history(claim)?.ok_or_else(no_claim)?;
    if history.submissions.is_empty() {
        let text = format!("claim {} was never sent: there is nothing to appeal", claim.0);
        return Err(Failure::Unusable(text));
    }
    Ok((item, history))
}

/// All that is brought together for a packet.
struct Gathering<'a> {
    office: &'a Office,
    item: &'a Work,
    history: &'a History,
}

impl Gathering<'_> {
    fn packet(
        &self,
        arguments: &AppealArguments,
        by: &str,
    ) -> Result<(Packet, Option<Ruling>), Failure> {
        let (claim, stamp) = (&self.history.claim, self.office.stamp());
        let mut chain = Chain::default();
        let earlier = before(self.office, claim)?;
        let (before, made_from) = self.take_before(&earlier, &mut chain)?;
        let own = self.link();
        own.take_arrival(&mut chain, &made_from)?;
        let payment = self.payment();
        let bill = own.take_submissions(&mut chain, payment.map(|payment| payment.arrival))?;
        own.take_answers(&mut chain)?;
        let mut said = own.take_remittances(&mut chain)?;
        let about = payment.map(|payment| (payment.arrival, payment.offset));
        let is_it = |one: &Said<'_>| about == Some((one.payment.arrival, one.payment.offset));
        let decided = said.iter().position(is_it).and_then(|at| said.swap_remove(at).laid_out);
        let (decision, remitter) = decided.unzip();
        let Grounds { objections, ruling } = self.grounds(decision.as_ref());
        let by_payer = self.decider().map(limits_of);
        let by_table = ruling.as_ref().filter(|_| by_payer.is_some()).map(|ruling| ruling.limits);
        let deadline = match (payment.and_then(|payment| payment.paid_on), by_table.or(by_payer)) {
            (Some(day), Some(limits)) => Some(limits.appeal(day)),
            _ => self.item.deadline,
        };
        let named = bill.as_ref().map(|bill| bill.payer.name.clone());
        let fallback = Party { name: named.unwrap_or_default(), address: Vec::new() };
        let underpaid = self.underpaid();
        let is_decided = decision.is_some();
        let asks = arguments.ask.clone().unwrap_or_else(|| self.asks(is_decided, &underpaid));
        let known = payment.map(|payment| payment.payer_control_number.clone());
        let packet = Packet {
            case: self.item.id.0,
            claim: claim.id.0,
            today: stamp.today,
            made_at: told(stamp.now),
            made_by: by.to_owned(),
            member: bill.as_ref().map(|bill| self.member(bill)).unwrap_or_default(),
            payer: remitter.filter(|party| !party.name.is_empty()).unwrap_or(fallback),
            payer_control_number: known
                .filter(|number| !number.is_empty())
                .unwrap_or_else(|| claim.payer_control_number.clone()),
            charge: claim.charge,
            deadline,
            asks,
            arguments: paragraphs(arguments)?,
            bill,
            decision,
            underpaid,
            objections,
            filed: self.filed(self.history, &before),
            filed_before: earlier.last().and_then(|first| self.filed_before(first)),
            before,
            steps: chain.in_order(),
            files: chain.files,
        };
        Ok((packet, ruling))
    }

    fn link(&self) -> Link<'_> {
        Link { office: self.office, history: self.history, is_before: false }
    }

    /// What happened to the claims that this one was made from, the first of them first; gives what was decided of
    /// them, laid out, and in words what this one was made from.
    fn take_before(
        &self,
        earlier: &[History],
        chain: &mut Chain,
    ) -> Result<(Vec<Decision>, String), Failure> {
        let (mut decided, mut from) = (Vec::new(), String::new());
        let later = earlier.iter().map(|history| &history.claim).take(earlier.len().max(1) - 1);
        let later: Vec<_> = [&self.history.claim].into_iter().chain(later).collect();
        for (history, next) in earlier.iter().zip(later).rev() {
            let link = Link { office: self.office, history, is_before: true };
            link.take_arrival(chain, &from)?;
            link.take_submissions(chain, None)?;
            link.take_answers(chain)?;
            let said = link.take_remittances(chain)?;
            // What was decided before it took something back, it decided anew.
            let mut known: Vec<_> =
                said.into_iter().filter(|one| one.at <= next.received_at).collect();
            let is_back = |one: &Said<'_>| one.payment.word == Some(Word::Reversed);
            known.drain(..known.iter().rposition(is_back).map_or(0, |at| at + 1));
            let decides =
                |one: &Said<'_>| matches!(one.payment.word, Some(Word::Paid | Word::Denied));
            let known = known.into_iter().filter(decides);
            let known: Vec<Decision> = known.filter_map(|one| Some(one.laid_out?.0)).collect();
            from = made_from(&known);
            decided.extend(known);
        }
        Ok((decided, from))
    }

    /// When a claim was filed. What the payer sent back was not.
    fn filed(&self, history: &History, before: &[Decision]) -> Option<Filed> {
        let claim = &history.claim;
        let last_day = claim.service_to.or(claim.service_from)?;
        let zone = &self.office.plan.zone;
        let after = |at: Moment| Timestamp::from_micros(at.0).day(zone).days_since(last_day);
        let sent: Vec<Moment> = history.submissions.iter().map(|sent| sent.at).collect();
        let is_back = |event: &Event| matches!(event, Event::SetRejected | Event::ClaimRejected);
        let events = history.events.iter().filter(|one| is_back(&one.event));
        let sent_back: Vec<Moment> = events.map(|one| one.at).collect();
        Some(Filed {
            first: after(*sent.first()?),
            taken: taken_of(&sent, &sent_back).map(after),
            limit: self.decider().map(|payer| limits_of(payer).filing_days),
            is_after_another: !before.is_empty(),
        })
    }

    /// The same of the first of the claims that it was made from.
    fn filed_before(&self, first: &History) -> Option<Filed> {
        Some(Filed { limit: None, ..self.filed(first, &[])? })
    }

    /// What was denied, by our table and the office's rows for whoever decided.
    fn grounds(&self, decision: Option<&Decision>) -> Grounds {
        let name = self.payment().map_or("", |payment| payment.payer.as_str());
        let limits = self.decider().map(limits_of).unwrap_or_default();
        decision.map_or_else(Grounds::default, |decision| {
            decision.grounds(&self.office.plan.denials, name, &limits)
        })
    }

    /// What contracts say of the decision that an underpayment is about.
    fn underpaid(&self) -> Vec<Underpaid> {
        if self.item.category != Category::Underpaid {
            return Vec::new();
        }
        let of_decision = self.payment().map(|payment| payment.arrival);
        let lines = self.history.compared.iter();
        lines.filter(|line| Some(line.arrival) == of_decision).filter_map(underpaid).collect()
    }

    fn asks(&self, is_decided: bool, underpaid: &[Underpaid]) -> String {
        let amount = self.item.amount;
        if !is_decided {
            let asked = match self.history.claim.state == State::Returned {
                true => "take in the claim, which was sent back, as filed on the day it was sent",
                false => "decide on the claim, which was sent and not answered by a remittance",
            };
            return format!("Please {asked}.");
        }
        if self.item.category == Category::Underpaid {
            let short: Money = underpaid.iter().map(|line| line.short).sum();
            return match short.is_zero() {
                true => {
                    format!("Please decide on the claim again and pay what is missing: {amount}.")
                }
                false => format!(
                    "Please decide on the claim again and pay what our contract says: {short}."
                ),
            };
        }
        format!("Please decide on the claim again and pay what was denied: {amount}.")
    }

    /// The payer that decided, or else the one that the claim went to.
    fn decider(&self) -> Option<&PayerPlan> {
        let name = self.payment().and_then(|payment| PayerName::new(&payment.payer));
        let known = name.and_then(|name| self.office.plan.payer(&name));
        let own = PayerName::new(self.history.claim.payer.as_deref().unwrap_or_default());
        known.or_else(|| self.office.plan.payer(&own?))
    }

    /// The insured by the number of the payer that decided: of one after the first it stands with the other
    /// coverage of the claim.
    fn member(&self, bill: &Bill) -> Name {
        let payer = self.payment().map_or("", |payment| payment.payer.as_str());
        let is_other = !payer.is_empty() && self.history.claim.payer.as_deref() != Some(payer);
        let is_it = |other: &&Insurance| {
            let route = self.office.plan.route(&other.payer.number);
            route.is_some_and(|route| route.name.as_str() == payer)
        };
        let other = bill.others.iter().find(is_it).filter(|_| is_other);
        other.map_or(&bill.subscriber, |other| &other.subscriber).clone()
    }

    /// The decision that the case is about: that of its own file, or else the last one.
    fn payment(&self) -> Option<&ClaimPayment> {
        let payments = &self.history.payments;
        let own = |payment: &&ClaimPayment| Some(payment.arrival) == self.item.arrival;
        payments.iter().rev().find(own).or_else(|| payments.last())
    }
}

/// `, from what ACME HEALTH (835 T1 of 2026-11-20) decided`.
fn made_from(before: &[Decision]) -> String {
    let mut told: Vec<String> = before.iter().map(Decision::named).collect();
    told.dedup();
    if told.is_empty() {
        String::new()
    } else {
        format!(", from what {} decided", told.join(" and "))
    }
}

/// What of a comparison a payer is to be told; `None` of what it kept.
fn underpaid(line: &Compared) -> Option<Underpaid> {
    let is_short = line.class.is_case() && line.variance.is_negative();
    let of = match line.line.as_str() {
        "" => "the claim".to_owned(),
        number => format!("line {number}"),
    };
    is_short.then(|| Underpaid {
        of,
        procedure: line.code.clone(),
        contract: line.contract.clone(),
        words: for_payer(&line.words),
        allowed: line.allowed,
        patient: line.patient,
        expected: line.expected,
        paid: line.paid,
        short: -line.variance,
    })
}

/// How a price is come by, for the payer: without the names of our files, and without what we make of a
/// difference.
fn for_payer(words: &str) -> String {
    let prices = words.split_once("; ").map_or(words, |(prices, _)| prices);
    let of_line = |price: &str| {
        for (file, source) in [(".csv: ", "the fee schedule"), (".toml: ", "the contract")] {
            let Some((before, after)) = price.split_once(file) else { continue };
            let code = before.rsplit_once(", ").map_or(before, |(code, _)| code);
            return format!("{code}, {source}: {after}");
        }
        price.to_owned()
    };
    let prices: Vec<String> = prices.split(BETWEEN_PRICES).map(of_line).collect();
    prices.join(BETWEEN_PRICES)
}

fn paragraphs(arguments: &AppealArguments) -> Result<Vec<String>, Failure> {
    let text = match (&arguments.note, &arguments.note_file) {
        (Some(note), _) => note.clone(),
        (None, Some(path)) => fs::read_to_string(path).map_err(|error| {
            Failure::Unusable(format!("{} cannot be read: {error}", path.display()))
        })?,
        (None, None) => String::new(),
    };
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(|one| one.trim().to_owned());
    Ok(paragraphs.filter(|one| !one.is_empty()).collect())
}

/// Files in a directory by their hash, and the page beside the document.
struct Nearby {
    folder: PathBuf,
    files: BTreeMap<String, PathBuf>,
}

impl AtHand for Nearby {
    fn file(&self, sha256: &str) -> Option<Vec<u8>> {
        fs::read(self.files.get(sha256)?).ok()
    }

    fn page(&self, name: &str) -> Option<Vec<u8>> {
        // A name that leads elsewhere is none of ours.
        let is_plain = Path::new(name).file_name().is_some_and(|file| file == name);
        let path = self.folder.join(name);
        // A pipe in its place would keep us waiting.
        let is_file = fs::metadata(&path).is_ok_and(|found| found.is_file());
        if is_plain && is_file { fs::read(path).ok() } else { None }
    }
}

fn check_packet(path: &Path, raw: Option<&Path>, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let shown = path.display();
    let cannot = |error: &dyn std::fmt::Display| Failure::Unusable(format!("{shown}: {error}"));
    let text = fs::read(path).map_err(|error| cannot(&error))?;
    let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
    let mut files = BTreeMap::new();
    if let Some(raw) = raw {
        hash_files(raw, &mut files)?;
    }
    let nearby = Nearby { folder, files };
    let checked = check::check(&text, &nearby, &|bytes| hash_of(bytes).0);
    let checked = checked.map_err(|error| cannot(&error))?;
    for one in &checked {
        let verdict = match &one.verdict {
            Verdict::Holds => "holds".to_owned(),
            Verdict::NotAtHand => "is not at hand, so it was not checked".to_owned(),
            Verdict::Differs(how) => format!("DIFFERS: {how}"),
        };
        writeln!(out, "{} {verdict}", one.what)?;
    }
    let is_whole = checked.iter().all(|one| one.verdict == Verdict::Holds);
    Ok(Outcome::from_findings(!is_whole))
}

/// The files under a directory, by their SHA-256. Those of an archive are named by it, and are
/// hashed when they are looked at.
fn hash_files(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<(), Failure> {
    let unread = |error| Failure::Unusable(format!("{} cannot be read: {error}", folder.display()));
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let path = entry.path();
        if entry.file_type().map_err(unread)?.is_dir() {
            hash_files(&path, files)?;
            continue;
        }
        // A pipe or a device never ends, and a link to a directory may lead around in circles.
        if !fs::metadata(&path).is_ok_and(|found| found.is_file()) {
            return Err(Failure::Unusable(format!(
                "{} is neither a file nor a directory; take it out of what --raw names",
                path.display()
            )));
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_hash = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let hash = if is_hash { name } else { hash_of(&fs::read(&path).map_err(unread)?).0 };
        files.insert(hash, path);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_payer_reads_each_price_without_our_files() {
        let words = "99213, row 3 of acme.csv: 95.00 x 100 % + 36415, draw of acme.toml: 3.11 x 100 %; paid for several \
                     lines; the payer's reasons: CO-45 9.00";
        let told = "99213, the fee schedule: 95.00 x 100 % + 36415, the contract: 3.11 x 100 %";
        assert_eq!(super::for_payer(words), told);
    }
}
