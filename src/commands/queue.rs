//! `claimgate queue`: the correction queue.

mod arguments;
mod attach;
mod beyond;
mod bill_next;
mod detach;
mod discrepancy;
mod give_up;
mod goes_on;
mod not_taken;
mod overrides;
mod parts;
mod post;
mod rank;
mod release;
mod standing;
mod tell;
mod whose;
mod write_off;

use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;

use serde_json::json;
use x12::edit::Edit;
use x12::value::Money;

pub use self::arguments::QueueArguments;
use self::arguments::{OrderArgument, QueueCommand};
pub(super) use self::arguments::{parse_money, parse_name, parse_words};
use self::discrepancy::Wrong;
use self::release::Releasing;
use self::standing::Standing;
use self::tell::{
    findings_json, segments_json, work_json, write_header, write_item, write_line, write_segments,
    write_standing,
};
use self::whose::{known_json, write_known};
use self::write_off::{Leaving, set_aside};
use super::store::{Desk, Office, open};
use super::terminal::{Harmless, harmless};
use super::{Failure, Format, Outcome};
use crate::change::cases::{CaseEnd, Ending, SETTLED_BY_UNKNOWN};
use crate::change::next::{NextPayer, Step};
use crate::change::{Change, ClaimId, Move, Resend, WorkId, WorkMove, WorkState};
use crate::corrections::{Refusal, parse_insert, parse_remove, parse_set};
use crate::denials::{CATEGORIES, Category};
use crate::document::Document;
use crate::ledger::LeavesTo;
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::matching::Another;
use crate::store::{self, Claim, Suspended, Work, WorkFilter};

/// Works on the correction queue.
pub fn run(
    arguments: &QueueArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    work_on(arguments, &open(desk)?, out)
}

/// Works on the correction queue of a store that is open.
pub fn work_on(
    arguments: &QueueArguments,
    office: &Office,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let queue = Queue { office };
    let format = arguments.format;
    let ids = match &arguments.command {
        QueueCommand::List { category, desk, all, limit, order } => {
            let limit = limit.unwrap_or(match format {
                Format::Text => LISTED,
                Format::Json => u32::MAX,
            });
            let filter = queue.filter(category.as_deref(), desk.as_deref(), *all, limit)?;
            return queue.list(&filter, *order, format, out);
        }
        QueueCommand::Show { id } => return queue.show(WorkId(*id), format, out),
        QueueCommand::Overrides { rule } => {
            return overrides::tell(office, rule.as_deref(), format, out);
        }
        QueueCommand::Open { claim, what, found, amount, identified, by } => {
            let (claim, by) = (ClaimId(*claim), name_of(by.as_deref())?);
            let (found, amount, on) = ((*found).into(), *amount, *identified);
            let wrong = Wrong { what, found, amount, on };
            if format == Format::Text {
                return queue.open(claim, &wrong, &by, out).map(|_| Outcome::ToActOn);
            }
            let id = queue.open(claim, &wrong, &by, &mut io::sink())?;
            return queue.show(id, format, out);
        }
        QueueCommand::Take { id, .. }
        | QueueCommand::Edit { id, .. }
        | QueueCommand::Attach { id, .. }
        | QueueCommand::Post { id, .. }
        | QueueCommand::Detach { id, .. }
        | QueueCommand::Resolve { id, .. } => std::slice::from_ref(id),
        QueueCommand::WriteOff(wanted) => return queue.write_off(wanted, format, out),
        QueueCommand::GiveUp { claim, reason, by } => {
            let by = name_of(by.as_deref())?;
            return queue.give_up(ClaimId(*claim), (reason, &by), format, out);
        }
        QueueCommand::BillNext { claim, reason, by } => {
            let by = name_of(by.as_deref())?;
            return queue.bill_next(ClaimId(*claim), (reason, &by), format, out);
        }
        QueueCommand::Release { ids, .. } => ids,
    };
    if format == Format::Text {
        return queue.act(&arguments.command, out);
    }
    // What is said in words is in the item too.
    let outcome = queue.act(&arguments.command, &mut io::sink())?;
    for &id in ids {
        queue.show(WorkId(id), format, out)?;
    }
    Ok(outcome)
}

impl Queue<'_> {
    /// Changes something.
    fn act(&self, command: &QueueCommand, out: &mut dyn Write) -> Result<Outcome, Failure> {
        if let QueueCommand::Attach { .. }
        | QueueCommand::Post { .. }
        | QueueCommand::Detach { .. } = command
        {
            self.office.must_have_contracts()?;
        }
        match command {
            QueueCommand::List { .. }
            | QueueCommand::Show { .. }
            | QueueCommand::Open { .. }
            | QueueCommand::GiveUp { .. }
            | QueueCommand::BillNext { .. }
            | QueueCommand::WriteOff(_)
            | QueueCommand::Overrides { .. } => Ok(Outcome::Clean),
            QueueCommand::Take { id, by } => self.take(WorkId(*id), &name_of(by.as_deref())?, out),
            QueueCommand::Edit { id, sets, inserts, after, removes, undo_all, by } => {
                let wanted = Wanted { sets, inserts, after: *after, removes, undo_all: *undo_all };
                self.edit(WorkId(*id), &wanted, &name_of(by.as_deref())?, out)
            }
            QueueCommand::Release { ids, resend, override_findings, by } => {
                let how = Releasing {
                    resend: resend.map(Resend::from),
                    override_findings: override_findings.as_deref(),
                    by: &name_of(by.as_deref())?,
                };
                let mut outcome = Outcome::Clean;
                for id in ids {
                    if self.release(WorkId(*id), &how, out)? == Outcome::ToActOn {
                        outcome = Outcome::ToActOn;
                    }
                }
                Ok(outcome)
            }
            QueueCommand::Attach { id, claim, amount, despite, reason, by } => {
                let despite: Vec<Another> = despite.iter().copied().map(Another::from).collect();
                let to = (ClaimId(*claim), *amount, despite.as_slice());
                self.attach(WorkId(*id), to, (reason, &name_of(by.as_deref())?), out)
            }
            QueueCommand::Post { id, reason, another, by } => {
                self.post(WorkId(*id), (reason, &name_of(by.as_deref())?), *another, out)
            }
            QueueCommand::Detach { id, reason, by } => {
                self.detach(WorkId(*id), (reason, &name_of(by.as_deref())?), out)
            }
            QueueCommand::Resolve { id, reason, keep_claim, by } => {
                self.resolve(WorkId(*id), reason, *keep_claim, &name_of(by.as_deref())?, out)
            }
        }
    }
}

/// Who works: the name given, or the system's. What nobody did is no decision.
pub(super) fn name_of(by: Option<&str>) -> Result<String, Failure> {
    let name = by.map(str::to_owned).or_else(name_of_system);
    // What nobody can see in it would make two of one name.
    let is_readable =
        |name: &String| name.contains(char::is_alphanumeric) && harmless(name) == **name;
    name.filter(is_readable).ok_or_else(|| {
        let why =
            "nobody can read from the system or from --by who you are; name yourself with --by";
        Failure::Unusable(why.to_owned())
    })
}

/// The name of whoever runs the command: a container and cron set no variable for it.
fn name_of_system() -> Option<String> {
    let named = ["USER", "LOGNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    let mut named = named.filter(|name| !name.trim().is_empty());
    named.next().or_else(|| {
        let id = std::fs::metadata("/proc/self").ok()?.uid().to_string();
        let accounts = std::fs::read_to_string("/etc/passwd").ok()?;
        name_of_account(&id, &accounts)
    })
}

/// The name of the account of this number, in the form of passwd(5).
fn name_of_account(id: &str, accounts: &str) -> Option<String> {
    let fields = |line: &str| -> Vec<String> { line.split(':').map(str::to_owned).collect() };
    let mut accounts = accounts.lines().map(fields);
    let found = accounts.find(|fields| fields.get(2).is_some_and(|own| own == id))?;
    found.into_iter().next()
}

/// The edits that were asked for, still in words.
struct Wanted<'a> {
    sets: &'a [String],
    inserts: &'a [String],
    after: Option<u32>,
    removes: &'a [u32],
    undo_all: bool,
}

impl Wanted<'_> {
    const fn is_nothing(&self) -> bool {
        !self.undo_all && self.sets.is_empty() && self.inserts.is_empty() && self.removes.is_empty()
    }
}

struct Queue<'a> {
    office: &'a Office,
}

/// Items that a list shows on a terminal where nobody says how many.
const LISTED: u32 = 100;

impl Queue<'_> {
    fn filter(
        &self,
        category: Option<&str>,
        desk: Option<&str>,
        all: bool,
        limit: u32,
    ) -> Result<WorkFilter, Failure> {
        let category = match category {
            None => None,
            Some(name) => Some(Category::named(name).ok_or_else(|| {
                let known: Vec<&str> = CATEGORIES.iter().map(|known| known.name()).collect();
                Failure::Unusable(format!(
                    "there is no category '{name}'; there are {}",
                    known.join(", ")
                ))
            })?),
        };
        let desk = desk.unwrap_or_default().to_owned();
        Ok(WorkFilter { open_only: !all, category, desk, claim: None, limit })
    }

    fn list(
        &self,
        filter: &WorkFilter,
        order: OrderArgument,
        format: Format,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        // One more than is shown tells whether that is all.
        let limit = filter.limit as usize;
        let asked = WorkFilter { limit: filter.limit.saturating_add(1), ..filter.clone() };
        let store = self.office.store.as_ref();
        let mut items = match order {
            // What is done with has no place.
            OrderArgument::Worth if filter.open_only => {
                rank::ranked(store, &asked, self.office.stamp().today)?
            }
            OrderArgument::Worth | OrderArgument::Deadline => store.work(&asked)?,
        };
        let is_cut = limit < items.len();
        items.truncate(limit);
        if format == Format::Text && !items.is_empty() {
            write_header(out)?;
        }
        for item in &items {
            let claim = match item.claim {
                Some(id) => self.office.store.claim(id)?,
                None => None,
            };
            match format {
                Format::Json => {
                    let mut item = item.clone();
                    let resent = claim.as_ref().filter(|_| item.resend.is_some());
                    // What is no longer in the archive is told as it was opened.
                    if let Some(claim) = resent
                        && let Ok(document) = self.office.document(claim, &claim.edits)
                    {
                        self.say_as_taken(&mut item, (claim, &document))?;
                    }
                    writeln!(out, "{}", work_json(&item, claim.as_ref()))?;
                }
                Format::Text => {
                    let now = (self.office.now, self.office.stamp().today);
                    write_line(item, claim.as_ref(), now, &mut Harmless(out))?;
                }
            }
        }
        if format == Format::Text {
            let noun = if items.len() == 1 { "item" } else { "items" };
            let more = if is_cut { " of more; --limit shows the others" } else { "" };
            writeln!(out, "{} {noun}{more}", items.len())?;
        }
        let open = items.iter().any(|item| item.state.is_open());
        Ok(Outcome::from_findings(open))
    }

    fn item(&self, id: WorkId) -> Result<Work, Failure> {
        self.office.store.work_item(id)?.ok_or_else(|| {
            Failure::Unusable(format!(
                "there is no item {}; `claimgate queue list` shows what there is",
                id.0
            ))
        })
    }

    /// The claim of an item, and its segments with the edits so far.
    fn claim_of(&self, item: &Work) -> Result<(Claim, Document), Failure> {
        let none = || {
            Failure::Unusable(format!(
                "item {} is about no claim of ours; `claimgate queue resolve` closes it",
                item.id.0
            ))
        };
        let claim = self.office.store.claim(item.claim.ok_or_else(none)?)?.ok_or_else(none)?;
        let document = self.office.document(&claim, &claim.edits)?;
        Ok((claim, document))
    }

    fn show(&self, id: WorkId, format: Format, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let mut item = self.item(id)?;
        let claim = match item.claim {
            Some(_) => Some(self.claim_of(&item)?),
            None => None,
        };
        if let Some((claim, document)) = &claim {
            self.say_as_taken(&mut item, (claim, document))?;
        }
        let beside = rank::beside(self.office.store.as_ref(), &item, self.office.stamp().today)?;
        let known = self.known_since(&item)?;
        if format == Format::Json {
            let mut object = work_json(&item, claim.as_ref().map(|(claim, _)| claim));
            if !known.is_empty() {
                object["known_since"] = known_json(&known);
            }
            if let (Some(own), Some(more)) =
                (object.as_object_mut(), rank::beside_json(&item, &beside).as_object())
            {
                own.extend(more.clone());
            }
            if let Some((claim, document)) = &claim {
                object["segments"] = segments_json(document);
                let standing = self.standing(claim, document)?;
                object["findings"] = findings_json(&standing);
                object["unrouted"] = json!(standing.route.err().map(|why| why.to_string()));
            }
            writeln!(out, "{object}")?;
            return Ok(Outcome::from_findings(item.state.is_open()));
        }
        let out = &mut Harmless(out);
        write_item(&item, self.office.now, out)?;
        write_known(&known, out)?;
        let routed = claim.as_ref().and_then(|(claim, _)| claim.payer.as_deref());
        if let Some(by) = item.denied_by().filter(|by| routed.is_some() && routed != Some(by)) {
            writeln!(out, "  denied by:     {by}")?;
        }
        rank::write_beside(&item, &beside, out)?;
        if let Some((claim, document)) = &claim {
            writeln!(
                out,
                "claim {} ({}), patient control number {}, {}, {}",
                claim.id.0,
                claim.state.name(),
                claim.patient_control_number.expose(),
                claim.payer.as_deref().unwrap_or("no payer"),
                claim.charge
            )?;
            write_segments(document, out)?;
            write_standing(&self.standing(claim, document)?, out)?;
        }
        Ok(Outcome::from_findings(item.state.is_open()))
    }

    fn take(&self, id: WorkId, by: &str, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        must_be_open(&item)?;
        tell_owner(&item, by, out)?;
        let change = Change {
            at: self.office.stamp().now,
            work_moves: vec![step(&item, WorkState::Taken, by, "")],
            ..Change::default()
        };
        self.office.store.commit(&change)?;
        writeln!(out, "item {} is taken by {by}", id.0)?;
        Ok(Outcome::Clean)
    }

    fn edit(
        &self,
        id: WorkId,
        wanted: &Wanted<'_>,
        by: &str,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        must_be_open(&item)?;
        if wanted.is_nothing() {
            return Err(Failure::Unusable(format!(
                "no edit was asked for, and item {} is as it was; give --set, --insert, --remove \
                 or --undo-all",
                id.0
            )));
        }
        let (claim, _) = self.claim_of(&item)?;
        let (edits, told) = self.lay(wanted, &claim)?;
        let document = self.office.document(&claim, &edits)?;
        let Some(to) = advance(claim.state, Event::Edited) else {
            return Err(Failure::Unusable(format!(
                "claim {} is {}, and cannot be edited now",
                claim.id.0,
                claim.state.name()
            )));
        };
        let standing = self.standing(&claim, &document)?;
        let change = Change {
            at: self.office.stamp().now,
            work_moves: self.moves_of_edit(&item, &claim, by, &standing)?,
            edits: vec![(claim.id, edits)],
            control_numbers: vec![(claim.id, document.patient_control_number())],
            moves: vec![claim_move(&claim, Event::Edited, to, &format!("{by}: {told}"))],
            ..Change::default()
        };
        self.office.store.commit(&change)?;
        tell_owner(&item, by, out)?;
        write_segments(&document, out)?;
        write_standing(&standing, &mut Harmless(out))?;
        Ok(Outcome::from_findings(!standing.may_go_out()))
    }

    /// The edited item is taken. Items that say why the claim waits say what is so now; what a payer did
    /// stays as it happened.
    fn moves_of_edit(
        &self,
        item: &Work,
        claim: &Claim,
        by: &str,
        standing: &Standing,
    ) -> Result<Vec<WorkMove>, Failure> {
        let filter = WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
        let mut moves = Vec::new();
        for other in self.office.store.work(&filter)? {
            let waits = matches!(other.category, Category::Held | Category::Unrouted);
            let mut step = match other.id == item.id {
                true => step(&other, WorkState::Taken, by, &other.note),
                false if waits => other.step(other.state, &other.note),
                false => continue,
            };
            step.says = waits.then(|| standing.words());
            moves.push(step);
        }
        Ok(moves)
    }

    /// All edits that a claim has from now on, and the new ones in words.
    fn lay(&self, wanted: &Wanted<'_>, claim: &Claim) -> Result<(Vec<Edit>, String), Failure> {
        let mut told = Vec::new();
        let mut edits = claim.edits.clone();
        if wanted.undo_all {
            edits.clear();
            told.push("all earlier edits undone".to_owned());
        }
        let document = self.office.document(claim, &edits)?;
        for set in wanted.sets {
            let edit = parse_set(set, &document)?;
            told.push(format!("{set}{}", was(&edit, &document)));
            replace_same(&mut edits, edit);
        }
        for insert in wanted.inserts {
            let edit = parse_insert(insert, wanted.after, &document)?;
            if let Edit::Insert { after, .. } = &edit {
                told.push(format!("+{insert} after {after}"));
            }
            edits.push(edit);
        }
        for &segment in wanted.removes {
            let edit = parse_remove(segment, &document)?;
            told.push(format!("-{segment}{}", was(&edit, &document)));
            edits.push(edit);
        }
        Ok((edits, told.join(", ")))
    }

    fn resolve(
        &self,
        id: WorkId,
        reason: &str,
        keep_claim: bool,
        by: &str,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        must_be_open(&item)?;
        let waiting = self.money_of(&item)?;
        must_not_lose_money(&item, waiting.as_ref())?;
        if keep_claim {
            self.must_not_be_lost(&item)?;
        }
        let leaving = Leaving { to: LeavesTo::Returned, reason, by };
        let mut change = Change {
            at: self.office.stamp().now,
            work_moves: vec![step(&item, WorkState::Resolved, by, &noted(&item, by, reason))],
            released: waiting.iter().map(|waiting| set_aside(waiting, leaving)).collect(),
            ..Change::default()
        };
        if let Some(claim) = item.claim.filter(|_| !keep_claim) {
            let closed = self.close_claim(claim, by, reason)?;
            if closed.is_some() {
                change.postings = self.asked_no_more(claim)?;
            }
            change.moves.extend(closed);
        }
        change.case_ends.extend(given_up(&item).filter(|_| !keep_claim));
        // What nobody corrects any more may go on to the next payer.
        if let Some(claim) = item.claim
            && (item.category == Category::Denied || item.alike.rule == SETTLED_BY_UNKNOWN)
            && self.office.store.next_payer(claim)?.is_some()
        {
            change.next_payers.push(NextPayer { claim, step: Step::Asked });
        }
        let is_asked = !change.next_payers.is_empty();
        self.office.store.commit(&change)?;
        tell_owner(&item, by, out)?;
        writeln!(out, "item {} is resolved", id.0)?;
        if let Some(claim) = item.claim.filter(|_| item.category == Category::Denied && keep_claim)
        {
            self.tell_whether_it_goes_on(claim, is_asked, out)?;
        }
        Ok(Outcome::Clean)
    }

    /// A claim that is held has an item, for without one nobody would ever look at it again.
    fn must_not_be_lost(&self, item: &Work) -> Result<(), Failure> {
        let Some(id) = item.claim else { return Ok(()) };
        let held = self.office.store.claim(id)?.is_some_and(|claim| claim.state == State::Held);
        let filter = WorkFilter { open_only: true, claim: Some(id), ..WorkFilter::default() };
        if held && self.office.store.work(&filter)?.len() == 1 {
            return Err(Failure::Unusable(format!(
                "claim {} is held and item {} is all that speaks of it; release it, or close both \
                 without --keep-claim",
                id.0, item.id.0
            )));
        }
        Ok(())
    }

    /// The open items of a claim that close with it: those by which something waits stay as they are,
    /// and are told.
    fn closed_with_claim(&self, id: ClaimId, out: &mut dyn Write) -> Result<Vec<Work>, Failure> {
        let filter = WorkFilter { open_only: true, claim: Some(id), ..WorkFilter::default() };
        let mut closed = Vec::new();
        for item in self.office.store.work(&filter)? {
            match self.money_of(&item)? {
                None => closed.push(item),
                Some(waiting) if waiting.amount.is_zero() => {
                    writeln!(out, "item {} stays open, for what it is about waits", item.id.0)?;
                }
                Some(waiting) => writeln!(
                    out,
                    "item {} stays open, for {} waits in suspense by it",
                    item.id.0, waiting.amount
                )?,
            }
        }
        Ok(closed)
    }

    /// A claim whose last open item is resolved is done with.
    fn close_claim(&self, id: ClaimId, by: &str, reason: &str) -> Result<Option<Move>, Failure> {
        let Some(claim) = self.office.store.claim(id)? else { return Ok(None) };
        let filter = WorkFilter { open_only: true, claim: Some(id), ..WorkFilter::default() };
        let waits = matches!(claim.state, State::Held | State::Returned | State::Denied);
        if !waits || self.office.store.work(&filter)?.len() > 1 {
            return Ok(None);
        }
        let to = advance(claim.state, Event::Closed);
        Ok(to.map(|to| claim_move(&claim, Event::Closed, to, &format!("{by}: {reason}"))))
    }
}

/// Money in suspense has an item, for without one no command reaches it.
fn must_not_lose_money(item: &Work, waiting: Option<&Suspended>) -> Result<(), Failure> {
    match waiting.filter(|waiting| !waiting.amount.is_zero()) {
        None => Ok(()),
        Some(waiting) => Err(Failure::Unusable(format!(
            "{} waits in suspense by item {}; `claimgate queue attach` posts it to its claim, and \
             `claimgate queue write-off` takes it off the books",
            waiting.amount, item.id.0
        ))),
    }
}

/// What stands where an edit is laid, for the history.
fn was(edit: &Edit, document: &Document) -> String {
    let text = match edit {
        Edit::Set { segment, element, component, .. } => {
            document.value(*segment, *element, *component)
        }
        Edit::Remove { segment } => document.value(*segment, 0, 0),
        Edit::Insert { .. } => return String::new(),
    };
    if text.is_empty() { " (was empty)".to_owned() } else { format!(" (was {text})") }
}

/// A later edit of the same element takes the place of an earlier one.
fn replace_same(edits: &mut Vec<Edit>, edit: Edit) {
    if let Edit::Set { segment, element, component, .. } = &edit {
        edits.retain(|known| {
            !matches!(known, Edit::Set { segment: s, element: e, component: c, .. }
                if s == segment && e == element && c == component)
        });
    }
    if !edits.contains(&edit) {
        edits.push(edit);
    }
}

fn must_be_open(item: &Work) -> Result<(), Failure> {
    if item.state.is_open() {
        return Ok(());
    }
    let text = format!("item {} is {} already", item.id.0, item.state.name());
    Err(Failure::Unusable(text))
}

/// Whether another one took the item.
fn is_of_another(item: &Work, by: &str) -> bool {
    item.state == WorkState::Taken && item.owner != by
}

/// Says whose item it was, before somebody else works on it.
fn tell_owner(item: &Work, by: &str, out: &mut dyn Write) -> Result<(), Failure> {
    if is_of_another(item, by) {
        writeln!(out, "item {} was taken by {}; it is yours now", item.id.0, item.owner)?;
    }
    Ok(())
}

/// What an item that is done with says, and who had taken it when it was another.
fn noted(item: &Work, by: &str, note: &str) -> String {
    if is_of_another(item, by) {
        format!("{note} (it was taken by {})", item.owner)
    } else {
        note.to_owned()
    }
}

/// The end of the work on an item about what a payer denied or paid too little, as a person gives it up.
fn given_up(item: &Work) -> Option<CaseEnd> {
    let is_case = matches!(item.category, Category::Denied | Category::Underpaid);
    let end = CaseEnd { work: item.id, ending: Ending::GivenUp, recovered: Money::ZERO };
    (is_case && item.ending.is_none()).then_some(end)
}

/// A step of an item that leaves it with whoever made it.
fn step(item: &Work, to: WorkState, by: &str, note: &str) -> WorkMove {
    WorkMove { owner: by.to_owned(), ..item.step(to, note) }
}

fn claim_move(claim: &Claim, event: Event, to: State, note: &str) -> Move {
    let note = note.to_owned();
    Move { claim: claim.id, event, from: claim.state, to, note, arrival: None }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::Unusable(refusal.to_string())
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Failure {
        Failure::World(error.to_string())
    }
}

impl From<store::archive::Error> for Failure {
    fn from(error: store::archive::Error) -> Failure {
        Failure::World(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::name_of_account;

    #[test]
    fn the_account_of_a_process_is_found_by_its_number() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000:Ann Low:/home/ann:/bin/sh\n";
        assert_eq!(name_of_account("0", accounts).as_deref(), Some("root"));
        assert_eq!(name_of_account("1000", accounts).as_deref(), Some("ann"));
        assert_eq!(name_of_account("10", accounts), None);
    }
}
