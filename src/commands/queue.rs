//! `claimgate queue`: the correction queue.

mod tell;

use std::io::{self, Write};

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use x12::edit::Edit;

use self::tell::{
    findings_json, segments_json, work_json, write_header, write_item, write_line, write_segments,
    write_standing,
};
use super::store::{Desk, Office, Unrouted, open};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome};
use crate::change::{Change, ClaimId, Move, Resend, WorkId, WorkMove, WorkState};
use crate::corrections::{
    Refusal, Rescrubbed, parse_insert, parse_remove, parse_set, rescrub, resend_edits,
};
use crate::document::{Document, cut};
use crate::gateway::knowledge::similar;
use crate::intake::likeness::{Likeness, likeness};
use crate::lifecycle::{Event, State, advance};
use crate::store::archive::hash_of;
use crate::store::{self, Claim, Work, WorkFilter};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate queue list\n  claimgate queue show 7\n  \
    claimgate queue take 7 --by ann\n  claimgate queue edit 7 --set SV101-3=RT\n  \
    claimgate queue release 7 --by ann")]
pub struct QueueArguments {
    #[command(subcommand)]
    command: QueueCommand,
    /// Words, or the items as JSON, one a line.
    #[arg(long, value_enum, global = true, default_value = "text")]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum QueueCommand {
    /// Items that wait for somebody, the nearest deadline first.
    #[command(after_help = "Example:\n  claimgate queue list --category denied --format json")]
    List {
        /// Only this category, such as denied or held.
        #[arg(long)]
        category: Option<String>,
        /// Only this desk.
        #[arg(long)]
        desk: Option<String>,
        /// Also items that are done with.
        #[arg(long)]
        all: bool,
        /// At most so many.
        #[arg(long, default_value = "100")]
        limit: u32,
    },
    /// One item, with its claim's segments.
    #[command(after_help = "Example:\n  claimgate queue show 7")]
    Show {
        /// The item's number.
        id: i64,
    },
    /// Take an item, so that others see who works on it.
    #[command(after_help = "Example:\n  claimgate queue take 7 --by ann")]
    Take {
        /// The item's number.
        id: i64,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Lay edits over the item's claim and scrub it at once.
    #[command(
        after_help = "Examples:\n  claimgate queue edit 7 --set SV101-3=RT\n  claimgate queue edit 7 --insert 'REF*G1*A123' --after 53"
    )]
    Edit {
        /// The item's number.
        id: i64,
        /// An element's new value: CLM05-3=7, or 17:NM109=W1 with the segment's number.
        #[arg(long = "set", value_name = "ELEMENT=VALUE")]
        sets: Vec<String>,
        /// A segment to add: 'REF*G1*A123'.
        #[arg(long = "insert", value_name = "SEGMENT")]
        inserts: Vec<String>,
        /// After which segment, by its number, to insert.
        #[arg(long, value_name = "NUMBER")]
        after: Option<u32>,
        /// A segment to leave out, by its number.
        #[arg(long = "remove", value_name = "NUMBER")]
        removes: Vec<u32>,
        /// Forget all edits made so far.
        #[arg(long)]
        undo_all: bool,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Let the claim go out again with the next batch.
    #[command(
        after_help = "Examples:\n  claimgate queue release 7 --by ann\n  claimgate queue release 7 8 --as replacement"
    )]
    Release {
        /// The items' numbers.
        #[arg(required = true)]
        ids: Vec<i64>,
        /// As what; without it as the item says, or else as it was after a front-end rejection or a
        /// hold, and as a replacement after adjudication.
        #[arg(long = "as", value_enum)]
        resend: Option<ResendArgument>,
        /// Although findings would hold it; needs a reason.
        #[arg(long, value_name = "REASON")]
        override_findings: Option<String>,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Close an item without sending the claim again.
    #[command(
        after_help = "Example:\n  claimgate queue resolve 7 --reason \"written off\" --by ann"
    )]
    Resolve {
        /// The item's number.
        id: i64,
        /// Why; kept in the history.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Leave the claim's state as it is.
        #[arg(long)]
        keep_claim: bool,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ResendArgument {
    Original,
    Replacement,
    Void,
}

impl From<ResendArgument> for Resend {
    fn from(argument: ResendArgument) -> Resend {
        match argument {
            ResendArgument::Original => Resend::Original,
            ResendArgument::Replacement => Resend::Replacement,
            ResendArgument::Void => Resend::Void,
        }
    }
}

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
        QueueCommand::List { category, desk, all, limit } => {
            let filter = queue.filter(category.as_deref(), desk.as_deref(), *all, *limit)?;
            return queue.list(&filter, format, out);
        }
        QueueCommand::Show { id } => return queue.show(WorkId(*id), format, out),
        QueueCommand::Take { id, .. }
        | QueueCommand::Edit { id, .. }
        | QueueCommand::Resolve { id, .. } => std::slice::from_ref(id),
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
        match command {
            QueueCommand::List { .. } | QueueCommand::Show { .. } => Ok(Outcome::Clean),
            QueueCommand::Take { id, by } => self.take(WorkId(*id), &name_of(by.as_deref()), out),
            QueueCommand::Edit { id, sets, inserts, after, removes, undo_all, by } => {
                let wanted = Wanted { sets, inserts, after: *after, removes, undo_all: *undo_all };
                self.edit(WorkId(*id), &wanted, &name_of(by.as_deref()), out)
            }
            QueueCommand::Release { ids, resend, override_findings, by } => {
                let how = Releasing {
                    resend: resend.map(Resend::from),
                    override_findings: override_findings.as_deref(),
                    by: &name_of(by.as_deref()),
                };
                let mut outcome = Outcome::Clean;
                for id in ids {
                    if self.release(WorkId(*id), &how, out)? == Outcome::ToActOn {
                        outcome = Outcome::ToActOn;
                    }
                }
                Ok(outcome)
            }
            QueueCommand::Resolve { id, reason, keep_claim, by } => {
                self.resolve(WorkId(*id), reason, *keep_claim, &name_of(by.as_deref()), out)
            }
        }
    }
}

/// Who works: the name given, or the system's.
fn name_of(by: Option<&str>) -> String {
    by.map(str::to_owned)
        .or_else(|| std::env::var("USER").ok())
        .unwrap_or_else(|| "somebody".to_owned())
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

struct Releasing<'a> {
    resend: Option<Resend>,
    override_findings: Option<&'a str>,
    by: &'a str,
}

/// What stands in the way of a claim as it is now.
struct Standing {
    found: Rescrubbed,
    route: Result<String, Unrouted>,
}

impl Standing {
    fn may_go_out(&self) -> bool {
        self.found.is_clean() && self.route.is_ok()
    }
}

struct Queue<'a> {
    office: &'a Office,
}

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
            Some(name) => Some(crate::denials::Category::named(name).ok_or_else(|| {
                let known: Vec<&str> =
                    crate::denials::CATEGORIES.iter().map(|known| known.name()).collect();
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
        format: Format,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let items = self.office.store.work(filter)?;
        if format == Format::Text && !items.is_empty() {
            write_header(out)?;
        }
        for item in &items {
            let claim = match item.claim {
                Some(id) => self.office.store.claim(id)?,
                None => None,
            };
            match format {
                Format::Json => writeln!(out, "{}", work_json(item, claim.as_ref()))?,
                Format::Text => write_line(item, claim.as_ref(), &mut Harmless(out))?,
            }
        }
        if format == Format::Text {
            let noun = if items.len() == 1 { "item" } else { "items" };
            writeln!(out, "{} {noun}", items.len())?;
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
        let document = self.document(&claim, &claim.edits)?;
        Ok((claim, document))
    }

    fn document(&self, claim: &Claim, edits: &[Edit]) -> Result<Document, Failure> {
        let file = self.office.archive.get(&claim.place.file)?;
        cut(&claim.place, &file, edits).map_err(|error| Failure::Unusable(error.to_string()))
    }

    fn show(&self, id: WorkId, format: Format, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        let claim = match item.claim {
            Some(_) => Some(self.claim_of(&item)?),
            None => None,
        };
        if format == Format::Json {
            let mut object = work_json(&item, claim.as_ref().map(|(claim, _)| claim));
            if let Some((claim, document)) = &claim {
                object["segments"] = segments_json(document);
                let standing = self.standing(claim, document)?;
                object["findings"] = findings_json(&standing.found);
                object["unrouted"] = json!(standing.route.err().map(|why| why.to_string()));
            }
            writeln!(out, "{object}")?;
            return Ok(Outcome::from_findings(item.state.is_open()));
        }
        let out = &mut Harmless(out);
        write_item(&item, out)?;
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

    /// What stands in the way of a claim, other claims and the settings considered.
    fn standing(&self, claim: &Claim, document: &Document) -> Result<Standing, Failure> {
        let today = self.office.stamp().today;
        let (rulebook, partner) = (&self.office.rulebook, &claim.partner);
        let found = rescrub(document, &claim.batch_type, rulebook, partner, today, |view| {
            let likeness = likeness(view, &claim.partner, hash_of);
            let likeness = Likeness { own: Some(claim.id), ..likeness };
            similar(self.office.store.as_ref(), &likeness)
                .map(|similar| similar.in_words(&claim.partner))
        })?;
        Ok(Standing { found, route: self.office.route_of(document, claim.is_test) })
    }

    fn take(&self, id: WorkId, by: &str, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        must_be_open(&item)?;
        if item.state == WorkState::Taken && item.owner != by {
            writeln!(out, "item {} was taken by {}; it is yours now", id.0, item.owner)?;
        }
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
        let document = self.document(&claim, &edits)?;
        let Some(to) = advance(claim.state, Event::Edited) else {
            return Err(Failure::Unusable(format!(
                "claim {} is {}, and cannot be edited now",
                claim.id.0,
                claim.state.name()
            )));
        };
        let change = Change {
            at: self.office.stamp().now,
            edits: vec![(claim.id, edits)],
            control_numbers: vec![(claim.id, document.patient_control_number())],
            moves: vec![claim_move(&claim, Event::Edited, to, &format!("{by}: {told}"))],
            work_moves: vec![step(&item, WorkState::Taken, by, &item.note)],
            ..Change::default()
        };
        self.office.store.commit(&change)?;
        write_segments(&document, out)?;
        let standing = self.standing(&claim, &document)?;
        write_standing(&standing, &mut Harmless(out))?;
        Ok(Outcome::from_findings(!standing.may_go_out()))
    }

    /// All edits that a claim has from now on, and the new ones in words.
    fn lay(&self, wanted: &Wanted<'_>, claim: &Claim) -> Result<(Vec<Edit>, String), Failure> {
        let mut told = Vec::new();
        let mut edits = claim.edits.clone();
        if wanted.undo_all {
            edits.clear();
            told.push("all earlier edits undone".to_owned());
        }
        let document = self.document(claim, &edits)?;
        for set in wanted.sets {
            replace_same(&mut edits, parse_set(set, &document)?);
            told.push(set.clone());
        }
        for insert in wanted.inserts {
            let edit = parse_insert(insert, wanted.after, &document)?;
            if let Edit::Insert { after, .. } = &edit {
                told.push(format!("+{insert} after {after}"));
            }
            edits.push(edit);
        }
        for &segment in wanted.removes {
            edits.push(parse_remove(segment, &document)?);
            told.push(format!("-{segment}"));
        }
        Ok((edits, told.join(", ")))
    }

    fn release(
        &self,
        id: WorkId,
        how: &Releasing<'_>,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        must_be_open(&item)?;
        let (claim, document) = self.claim_of(&item)?;
        let Some(to) = advance(claim.state, Event::Released) else {
            return Err(Failure::Unusable(format!(
                "claim {} is {}, and cannot be released; `claimgate queue resolve` closes the item",
                claim.id.0,
                claim.state.name()
            )));
        };
        let resend = how.resend.or(item.resend).or_else(|| default_resend(&claim));
        let mut edits = claim.edits.clone();
        if let Some(resend) = resend {
            for edit in resend_edits(resend, &document, &claim.payer_control_number)? {
                replace_same(&mut edits, edit);
            }
        }
        let document = self.document(&claim, &edits)?;
        let standing = self.standing(&claim, &document)?;
        let found = &standing.found;
        if !found.faults.is_empty() || (!found.is_clean() && how.override_findings.is_none()) {
            write_standing(&standing, &mut Harmless(out))?;
            writeln!(
                out,
                "item {} was not released: the claim would come back; correct it, or give \
                 --override-findings and a reason if only holds are left",
                id.0
            )?;
            return Ok(Outcome::ToActOn);
        }
        let payer = match standing.route {
            Ok(payer) => payer,
            Err(unrouted) => {
                writeln!(out, "item {} was not released: {unrouted}", id.0)?;
                return Ok(Outcome::ToActOn);
            }
        };
        let note = match how.override_findings {
            Some(reason) => format!("{} in spite of findings: {reason}", how.by),
            None => how.by.to_owned(),
        };
        let change = Change {
            at: self.office.stamp().now,
            edits: vec![(claim.id, edits)],
            moves: vec![claim_move(&claim, Event::Released, to, &note)],
            routes: vec![(claim.id, payer)],
            work_moves: self.closing_moves(&item, &claim, how.by)?,
            ..Change::default()
        };
        self.office.store.commit(&change)?;
        writeln!(
            out,
            "item {}: claim {} is ready and goes out with the next batch (CLM05-3 {})",
            id.0,
            claim.id.0,
            document.frequency()
        )?;
        Ok(Outcome::Clean)
    }

    /// The item, and every other open one of the same claim: one release answers them all.
    fn closing_moves(
        &self,
        item: &Work,
        claim: &Claim,
        by: &str,
    ) -> Result<Vec<WorkMove>, Failure> {
        let filter = WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
        let others = self.office.store.work(&filter)?;
        let mut moves = vec![step(item, WorkState::Released, by, "released")];
        for other in others.iter().filter(|other| other.id != item.id) {
            moves.push(step(other, WorkState::Released, by, "released with another item"));
        }
        Ok(moves)
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
        let mut change = Change {
            at: self.office.stamp().now,
            work_moves: vec![step(&item, WorkState::Resolved, by, reason)],
            ..Change::default()
        };
        if let Some(claim) = item.claim.filter(|_| !keep_claim) {
            change.moves.extend(self.close_claim(claim, by, reason)?);
        }
        self.office.store.commit(&change)?;
        writeln!(out, "item {} is resolved", id.0)?;
        Ok(Outcome::Clean)
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

/// What a claim goes out as when neither a person nor the item says: a claim that the payer decided on is replaced.
fn default_resend(claim: &Claim) -> Option<Resend> {
    if claim.state.is_adjudicated() {
        return Some(Resend::Replacement);
    }
    // A claim that its office sent as a replacement or a void stays one.
    None
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

fn step(item: &Work, to: WorkState, by: &str, note: &str) -> WorkMove {
    WorkMove { work: item.id, from: item.state, to, owner: by.to_owned(), note: note.to_owned() }
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
