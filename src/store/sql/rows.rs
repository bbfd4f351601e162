//! Rows, and what they are in our own types.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use x12::delimiters::Delimiters;
use x12::edit::Edit;
use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};
use x12::view::claim::Kind;

use super::values::Value;
use crate::change::cases::{Alike, Ending};
use crate::change::next::Answer;
use crate::change::next::why::{PassedTo, Why};
use crate::change::{
    ArrivalId, Awaits, BatchId, ClaimId, ClaimPlace, ContentHash, DeliveryId, DeliveryKind,
    EditRecord, FindingRecord, Moment, NewClaim, Override, Piece, Resend, Tier, Verdict, Word,
    WorkId, WorkState,
};
use crate::denials::Category;
use crate::denials::scenario::{Combination, Core, Scenario};
use crate::ledger::{Account, Posting};
use crate::lifecycle::{Event, State};
use crate::scrub::Severity;
use crate::scrub::earlier::{Operation, ShortText, Stay, Visit};
use crate::store::sqlite::Row;
use crate::store::{
    Arrival, Claim, ClaimEvent, ClaimPayment, Delivery, Error, KeptNextPayer, KeptOverride,
    KnownInterchange, Past, Result, SaidOfClaim, Submission, Suspended, Work,
};

/// What `arrival` reads.
pub const ARRIVALS: &str = "SELECT id, channel, name, content, bytes_len, received_at, verdict, \
     summary, times FROM arrivals";

/// Reads a row of `ARRIVALS`.
pub fn arrival(row: &mut Row<'_>) -> Result<Arrival> {
    Ok(Arrival {
        id: ArrivalId(row.int()?),
        channel: row.string()?,
        name: row.string()?,
        content: ContentHash(row.string()?),
        len: number(row)?,
        received_at: Moment(row.int()?),
        verdict: match row.maybe_text()? {
            None => None,
            Some(name) => {
                Some(Verdict::named(name).ok_or(Error::Unreadable { what: "a verdict" })?)
            }
        },
        summary: row.string()?,
        times: number(row)?,
    })
}

/// What `interchange` reads.
pub const INTERCHANGES: &str = "SELECT arrival, content, route, control_number FROM interchanges";

/// Reads a row of `INTERCHANGES`.
pub fn interchange(row: &mut Row<'_>) -> Result<KnownInterchange> {
    Ok(KnownInterchange {
        arrival: ArrivalId(row.int()?),
        content: ContentHash(row.string()?),
        route: row.string()?,
        control_number: row.string()?,
    })
}

/// What `claim` reads, to stand after `SELECT`.
pub const CLAIM: &str = "claims.id, claims.arrival, claims.kind, claims.file, claims.delimiters, \
     claims.billing_start, claims.billing_end, claims.billing_number, claims.subscriber_start, \
     claims.subscriber_end, claims.subscriber_number, claims.patient_start, claims.patient_end, \
     claims.patient_number, claims.claim_start, claims.claim_end, claims.claim_number, \
     claims.partner, claims.set_number, claims.batch_reference, claims.batch_type, claims.is_test, claims.patient_control_number, \
     claims.payer_id, claims.payer, claims.billing_npi, claims.charge, claims.frequency, \
     claims.payer_control_number, claims.service_from, claims.service_to, claims.fingerprint, \
     claims.patient, claims.line_count, claims.state, (SELECT list FROM edits WHERE edits.claim = claims.id), arrivals.received_at, claims.changed_at, claims.times_sent, claims.follows, claims.replaces, claims.revision, claims.charge_in_file";

/// Where `CLAIM` is read from.
pub const CLAIM_TABLES: &str = "claims JOIN arrivals ON arrivals.id = claims.arrival";

/// Reads the columns of `CLAIM`.
pub fn claim(row: &mut Row<'_>) -> Result<Claim> {
    let claim = Claim {
        id: ClaimId(row.int()?),
        arrival: ArrivalId(row.int()?),
        place: ClaimPlace {
            kind: Kind::of_letter(row.text()?)
                .ok_or(Error::Unreadable { what: "the kind of a claim" })?,
            file: ContentHash(row.string()?),
            delimiters: delimiters(row.bytes()?)?,
            billing: piece(row)?,
            subscriber: piece(row)?,
            patient: piece(row)?,
            claim: piece(row)?,
        },
        partner: row.string()?,
        set_number: row.string()?,
        batch_reference: row.string()?,
        batch_type: row.string()?,
        is_test: row.int()? != 0,
        patient_control_number: Phi::new(row.string()?),
        payer_id: row.string()?,
        payer: row.maybe_text()?.map(str::to_owned),
        billing_npi: row.string()?,
        charge: money(row)?,
        charge_in_file: Money::ZERO,
        frequency: row.string()?,
        payer_control_number: row.string()?,
        service_from: maybe_day(row)?,
        service_to: maybe_day(row)?,
        fingerprint: row.string()?,
        patient: row.string()?,
        line_count: number(row)?,
        state: state(row)?,
        edits: row.maybe_text()?.map_or(Ok(Vec::new()), edits)?,
        received_at: Moment(row.int()?),
        changed_at: Moment(row.int()?),
        times_sent: number(row)?,
        follows: row.maybe_int()?.map(ClaimId),
        replaces: row.maybe_int()?.map(ClaimId),
        revision: number(row)?,
    };
    let charge_in_file = row.maybe_int()?.map_or(claim.charge, Money::from_cents);
    Ok(Claim { charge_in_file, ..claim })
}

fn piece(row: &mut Row<'_>) -> Result<Piece> {
    Ok(Piece { start: number(row)?, end: number(row)?, first_number: number(row)? })
}

/// Reads the event, its states, and what is known of it.
pub fn claim_event(row: &mut Row<'_>) -> Result<ClaimEvent> {
    Ok(ClaimEvent {
        at: Moment(row.int()?),
        event: Event::named(row.text()?)
            .ok_or(Error::Unreadable { what: "an event of a claim" })?,
        from: match row.maybe_text()? {
            None => None,
            Some(name) => Some(state_named(name)?),
        },
        to: state(row)?,
        note: row.string()?,
        arrival: row.maybe_int()?.map(ArrivalId),
    })
}

/// Reads a finding.
pub fn finding(row: &mut Row<'_>) -> Result<FindingRecord> {
    Ok(FindingRecord {
        code: row.string()?,
        severity: severity_named(row.text()?)?,
        place: place(row)?,
        what: row.string()?,
        fix: row.string()?,
        status: row.string()?,
        tables: tables(row.text()?)?,
        edit: edit(row.text()?)?,
    })
}

/// The editions of code sets as text; blank where there are none.
pub fn tables_text(tables: &[(String, String)]) -> String {
    if tables.is_empty() {
        return String::new();
    }
    serde_json::to_string(tables).expect("text can always be written as JSON")
}

fn tables(text: &str) -> Result<Vec<(String, String)>> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(|_| Error::Unreadable { what: "editions of code sets" })
}

/// The change of a value that a finding has, as it is kept.
#[derive(Serialize, Deserialize)]
struct FindingEditRow {
    element: String,
    from: String,
    to: String,
    is_made: bool,
}

/// The change of a value as text; blank where there is none.
pub fn edit_text(edit: Option<&EditRecord>) -> String {
    let Some(EditRecord { element, from, to, is_made }) = edit else { return String::new() };
    let (from, to) = (from.expose().clone(), to.expose().clone());
    let row = FindingEditRow { element: element.clone(), from, to, is_made: *is_made };
    serde_json::to_string(&row).expect("text can always be written as JSON")
}

fn edit(text: &str) -> Result<Option<EditRecord>> {
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = |_| Error::Unreadable { what: "the edit of a finding" };
    let FindingEditRow { element, from, to, is_made } =
        serde_json::from_str(text).map_err(unreadable)?;
    Ok(Some(EditRecord { element, from: Phi::new(from), to: Phi::new(to), is_made }))
}

/// What `submission` reads, to stand after `SELECT`.
pub const SUBMISSION: &str = "batches.id, batches.payer, batches.control_number, \
     batch_claims.set_number, batch_claims.batch_reference, batch_claims.frequency, \
     batches.created_at, EXISTS (SELECT 1 FROM deliveries WHERE deliveries.batch = batches.id \
     AND deliveries.delivered_at IS NOT NULL)";

/// Reads the columns of `SUBMISSION`.
pub fn submission(row: &mut Row<'_>) -> Result<Submission> {
    Ok(Submission {
        batch: BatchId(row.int()?),
        payer: row.string()?,
        control_number: number(row)?,
        set_number: row.string()?,
        batch_reference: row.string()?,
        frequency: row.string()?,
        at: Moment(row.int()?),
        is_delivered: row.int()? != 0,
    })
}

/// Reads what a remittance said of a claim.
pub fn claim_payment(row: &mut Row<'_>) -> Result<ClaimPayment> {
    Ok(ClaimPayment {
        arrival: ArrivalId(row.int()?),
        payer: row.string()?,
        trace: row.string()?,
        paid_on: maybe_day(row)?,
        offset: number(row)?,
        tier: Tier::named(row.text()?).ok_or(Error::Unreadable { what: "how sure a match is" })?,
        matched_by: row.string()?,
        lines: row.string()?,
        word: word(row)?,
        suspended: money(row)?,
        status: row.string()?,
        charge: money(row)?,
        paid: money(row)?,
        patient_responsibility: money(row)?,
        payer_control_number: row.string()?,
        adjustments: row.string()?,
        identity: row.string()?,
        amount: money(row)?,
    })
}

/// Reads what was posted of a claim payment.
pub fn word(row: &mut Row<'_>) -> Result<Option<Word>> {
    match row.text()? {
        "" => Ok(None),
        name => Word::named(name).map(Some).ok_or(Error::Unreadable { what: "a payer's word" }),
    }
}

pub fn maybe_offset(row: &mut Row<'_>) -> Result<Option<usize>> {
    let offset = row.maybe_int()?.map(usize::try_from).transpose();
    offset.map_err(|_| Error::Unreadable { what: "a byte before the first" })
}

/// Reads money that waits.
pub fn suspended(row: &mut Row<'_>) -> Result<Suspended> {
    Ok(Suspended {
        arrival: ArrivalId(row.int()?),
        place: place(row)?,
        payer: row.string()?,
        identity: row.string()?,
        trace: row.string()?,
        paid_on: maybe_day(row)?,
        claim: row.maybe_int()?.map(ClaimId),
        matched_by: row.string()?,
        status: row.string()?,
        charge: money(row)?,
        amount: money(row)?,
    })
}

/// How it is kept what a claim payment waits for.
pub const fn awaited(waits: Option<Awaits>) -> i64 {
    match waits {
        None => 0,
        Some(Awaits::Word) => 1,
        Some(Awaits::Person) => 2,
    }
}

/// Reads what a payer said of a claim, and which payer.
pub fn said(row: &mut Row<'_>) -> Result<SaidOfClaim> {
    let mut said = SaidOfClaim {
        arrival: ArrivalId(row.int()?),
        payer: row.string()?,
        identity: row.string()?,
        paid_on: maybe_day(row)?,
        offset: number(row)?,
        status: row.string()?,
        payer_control_number: row.string()?,
        charge: money(row)?,
        paid: money(row)?,
        adjustments: row.string()?,
        lines: row.string()?,
        word: Word::Paid,
        is_posted: true,
    };
    let (word, waits) = (word(row)?, row.int()? == awaited(Some(Awaits::Word)));
    said.is_posted = !waits;
    said.word = match word {
        None if waits => Word::of_waiting(&said.status),
        word => word.ok_or(Error::Unreadable { what: "a payer's word" })?,
    };
    Ok(said)
}

/// What `next_payer` reads.
pub const NEXT_PAYERS: &str = "SELECT claim, asked, is_due, never_came, answer, note, decided_by, passed_to, is_to_unnamed, at FROM next_payers";

/// Reads a row of `NEXT_PAYERS`.
pub fn next_payer(row: &mut Row<'_>) -> Result<KeptNextPayer> {
    Ok(KeptNextPayer {
        claim: ClaimId(row.int()?),
        asked: number(row)?,
        is_due: row.int()? != 0,
        never_came: row.int()? != 0,
        answer: answer(row)?,
        why: why(row)?,
        at: Moment(row.int()?),
    })
}

/// Reads why an answer about a next payer is as it is.
fn why(row: &mut Row<'_>) -> Result<Why> {
    let (note, decided_by, name) = (row.string()?, maybe_text(row)?, maybe_text(row)?);
    let is_unnamed = row.int()? != 0;
    Ok(Why { note, decided_by, passed_to: name.map(|name| PassedTo { name, is_unnamed }) })
}

/// Reads a text that is empty where there is none.
pub fn maybe_text(row: &mut Row<'_>) -> Result<Option<String>> {
    Ok(Some(row.string()?).filter(|text| !text.is_empty()))
}

/// Reads whether a next payer is billed.
pub fn answer(row: &mut Row<'_>) -> Result<Option<Answer>> {
    match row.text()? {
        "" => Ok(None),
        name => Answer::named(name).map(Some).ok_or(Error::Unreadable { what: "an answer" }),
    }
}

/// Reads one side of an entry of the ledger.
pub fn posting(row: &mut Row<'_>) -> Result<Posting> {
    Ok(Posting {
        account: account(row)?,
        claim: row.maybe_int()?.map(ClaimId),
        line: row.string()?,
        amount: money(row)?,
        reason: row.string()?,
        source: place(row)?,
    })
}

/// What `kept_override` reads.
pub const OVERRIDES: &str =
    "SELECT at, claim, rule, version, content, made_by, reason FROM overrides";

/// Reads a row of `OVERRIDES`.
pub fn kept_override(row: &mut Row<'_>) -> Result<KeptOverride> {
    Ok(KeptOverride {
        at: Moment(row.int()?),
        made: Override {
            claim: ClaimId(row.int()?),
            rule: row.string()?,
            version: row.string()?,
            content: ContentHash(row.string()?),
            by: row.string()?,
            reason: row.string()?,
        },
    })
}

/// What `work` reads.
pub const WORK: &str = "SELECT id, claim, arrival, category, desk, what, action, evidence, \
     deadline, amount, resend, remitted, state, owner, note, opened_at, changed_at, payer, \
     adjustment_group, reason, remarks, procedure, provider, rule, scenario, combination, ending, \
     recovered FROM work";

/// What `alike` reads.
pub const ALIKE: &str = "payer, adjustment_group, reason, remarks, procedure, provider, rule, \
     scenario, combination, ending, recovered";

/// What an item has in common with others, and how the work on it ended.
pub fn alike(row: &mut Row<'_>) -> Result<(Alike, Option<Ending>, Money)> {
    let alike = Alike {
        payer: row.string()?,
        group: row.string()?,
        reason: row.string()?,
        remarks: row.string()?,
        procedure: row.string()?,
        provider: row.string()?,
        rule: row.string()?,
        core: Core {
            scenario: u8::try_from(row.int()?).ok().and_then(Scenario::numbered),
            combination: Combination::named(row.text()?)
                .ok_or(Error::Unreadable { what: "a combination of codes" })?,
        },
    };
    Ok((alike, maybe_ending(row)?, money(row)?))
}

/// How the work on an item ended; blank while it goes on.
pub fn maybe_ending(row: &mut Row<'_>) -> Result<Option<Ending>> {
    match row.text()? {
        "" => Ok(None),
        name => {
            let ending = Ending::named(name);
            ending.map(Some).ok_or(Error::Unreadable { what: "how an item ended" })
        }
    }
}

/// Reads a row of `WORK`.
pub fn work(row: &mut Row<'_>) -> Result<Work> {
    let mut work = Work {
        id: WorkId(row.int()?),
        claim: row.maybe_int()?.map(ClaimId),
        arrival: row.maybe_int()?.map(ArrivalId),
        category: category(row)?,
        desk: row.string()?,
        what: row.string()?,
        action: row.string()?,
        evidence: row.string()?,
        deadline: maybe_day(row)?,
        amount: money(row)?,
        resend: match row.maybe_text()? {
            None => None,
            Some(name) => {
                Some(Resend::named(name).ok_or(Error::Unreadable { what: "a way to send again" })?)
            }
        },
        remitted: maybe_offset(row)?,
        state: WorkState::named(row.text()?)
            .ok_or(Error::Unreadable { what: "a state of work" })?,
        owner: row.string()?,
        note: row.string()?,
        opened_at: Moment(row.int()?),
        changed_at: Moment(row.int()?),
        alike: Alike::default(),
        ending: None,
        recovered: Money::ZERO,
    };
    (work.alike, work.ending, work.recovered) = alike(row)?;
    Ok(work)
}

/// What `delivery` reads.
pub const DELIVERIES: &str = "SELECT id, channel, kind, name, arrival, batch, attempts, \
     created_at, last_failure, bytes FROM deliveries";

/// Reads a row of `DELIVERIES`.
pub fn delivery(row: &mut Row<'_>) -> Result<Delivery> {
    Ok(Delivery {
        id: DeliveryId(row.int()?),
        channel: row.string()?,
        kind: DeliveryKind::named(row.text()?)
            .ok_or(Error::Unreadable { what: "a kind of delivery" })?,
        name: row.string()?,
        arrival: row.maybe_int()?.map(ArrivalId),
        batch: row.maybe_int()?.map(BatchId),
        attempts: number(row)?,
        created_at: Moment(row.int()?),
        last_failure: row.string()?,
        bytes: Bytes::copy_from_slice(row.bytes()?),
    })
}

/// Reads a number that is smaller than what a column can hold.
pub fn number<T: TryFrom<i64>>(row: &mut Row<'_>) -> Result<T> {
    let unreadable = Error::Unreadable { what: "a number outside its range" };
    T::try_from(row.int()?).map_err(|_| unreadable)
}

/// Reads an amount.
pub fn money(row: &mut Row<'_>) -> Result<Money> {
    row.int().map(Money::from_cents)
}

/// Reads a state.
pub fn state(row: &mut Row<'_>) -> Result<State> {
    state_named(row.text()?)
}

fn state_named(name: &str) -> Result<State> {
    State::named(name).ok_or(Error::Unreadable { what: "a state of a claim" })
}

/// Reads an account.
pub fn account(row: &mut Row<'_>) -> Result<Account> {
    Account::named(row.text()?).ok_or(Error::Unreadable { what: "an account" })
}

/// Reads a category.
pub fn category(row: &mut Row<'_>) -> Result<Category> {
    Category::named(row.text()?).ok_or(Error::Unreadable { what: "a category of work" })
}

pub fn maybe_day(row: &mut Row<'_>) -> Result<Option<Day>> {
    let Some(text) = row.maybe_text()? else { return Ok(None) };
    match Day::parse_dashed(text) {
        Some(day) => Ok(Some(day)),
        None => Err(Error::Unreadable { what: "a day that is none" }),
    }
}

/// Reads a day that is there.
pub fn day(row: &mut Row<'_>) -> Result<Day> {
    maybe_day(row)?.ok_or(Error::Unreadable { what: "no day" })
}

/// The columns of a place.
pub const PLACE: &str = "place_offset, place_segment, place_element, place_component, place_repeat";

pub fn place(row: &mut Row<'_>) -> Result<Place> {
    Ok(Place {
        offset: number(row)?,
        segment: number(row)?,
        element: number(row)?,
        component: number(row)?,
        repeat: number(row)?,
    })
}

/// A byte of a file as a column.
pub fn offset(offset: usize) -> i64 {
    i64::try_from(offset).expect("no file comes near 2^63 bytes")
}

/// A place as columns.
pub fn place_columns(place: Place) -> [(&'static str, Value<'static>); 5] {
    [
        ("place_offset", offset(place.offset).into()),
        ("place_segment", place.segment.into()),
        ("place_element", u32::from(place.element).into()),
        ("place_component", u32::from(place.component).into()),
        ("place_repeat", u32::from(place.repeat).into()),
    ]
}

/// Delimiters as bytes: element, component, segment, and repetition if there is one.
pub fn delimiter_bytes(delimiters: Delimiters) -> Vec<u8> {
    let mut bytes = vec![delimiters.element, delimiters.component, delimiters.segment];
    bytes.extend(delimiters.repetition);
    bytes
}

fn delimiters(bytes: &[u8]) -> Result<Delimiters> {
    let (element, component, segment, repetition) = match *bytes {
        [element, component, segment] => (element, component, segment, None),
        [element, component, segment, repetition] => {
            (element, component, segment, Some(repetition))
        }
        _ => return Err(Error::Unreadable { what: "delimiters" }),
    };
    Ok(Delimiters { element, component, repetition, segment })
}

fn severity_named(name: &str) -> Result<Severity> {
    [Severity::Reject, Severity::Hold, Severity::Warn, Severity::Repair]
        .into_iter()
        .find(|severity| severity.name() == name)
        .ok_or(Error::Unreadable { what: "a severity" })
}

/// Visits, operations and stay of a claim as they are kept.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct HistoryRow {
    /// The day, the provider, the specialty, and whether it stands apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    visits: Vec<(String, String, String, bool)>,
    /// The day, the code, the provider and the specialty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    operations: Vec<(String, String, String, String)>,
    /// Admitted, until, and whether it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    stay: Option<(String, String, bool)>,
}

/// Visits, operations and stay as text; empty where there are none.
pub fn history_text(claim: &NewClaim) -> String {
    let NewClaim { visits, operations, stay, .. } = claim;
    if visits.is_empty() && operations.is_empty() && stay.is_none() {
        return String::new();
    }
    let visits = visits.iter().map(|visit| {
        let (provider, specialty) = (visit.provider.to_string(), visit.specialty.to_string());
        (visit.day.to_wire(), provider, specialty, visit.is_apart)
    });
    let operations = operations.iter().map(|operation| {
        let Operation { day, code, provider, specialty } = operation;
        (day.to_wire(), code.to_string(), provider.to_string(), specialty.to_string())
    });
    let stay = stay.map(|stay| (stay.admitted.to_wire(), stay.to.to_wire(), stay.is_over));
    let row = HistoryRow { visits: visits.collect(), operations: operations.collect(), stay };
    serde_json::to_string(&row).expect("text can always be written as JSON")
}

/// Reads what a claim says of a patient's past.
pub fn past(row: &mut Row<'_>) -> Result<Past> {
    let (claim, partner) = (ClaimId(row.int()?), row.string()?);
    let patient_control_number = Phi::new(row.string()?);
    let (state, times_sent) = (state(row)?, number(row)?);
    let unreadable = || Error::Unreadable { what: "a patient's past" };
    let day = |text: &str| Day::parse(text.as_bytes()).ok_or_else(unreadable);
    let history: HistoryRow = serde_json::from_str(row.text()?).map_err(|_| unreadable())?;
    let mut visits = Vec::new();
    let short = |text: &str| ShortText::new(text.as_bytes());
    for (on, provider, specialty, is_apart) in history.visits {
        let (provider, specialty) = (short(&provider), short(&specialty));
        visits.push(Visit { day: day(&on)?, provider, specialty, is_apart });
    }
    let mut operations = Vec::new();
    for (on, code, provider, specialty) in history.operations {
        let [code, provider, specialty] =
            [code, provider, specialty].map(|text| ShortText::new(text.as_bytes()));
        operations.push(Operation { day: day(&on)?, code, provider, specialty });
    }
    let stay = match history.stay {
        Some((admitted, to, is_over)) => {
            Some(Stay { admitted: day(&admitted)?, to: day(&to)?, is_over })
        }
        None => None,
    };
    Ok(Past { claim, partner, patient_control_number, state, times_sent, visits, operations, stay })
}

/// An edit as it is kept: the store's own, so that the edit itself may change.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum EditRow {
    Set { segment: u32, element: u8, component: u8, value: String },
    Insert { after: u32, elements: Vec<Vec<String>> },
    Remove { segment: u32 },
}

/// A list of edits as text.
pub fn edits_text(edits: &[Edit]) -> String {
    let rows: Vec<EditRow> = edits.iter().cloned().map(to_row).collect();
    serde_json::to_string(&rows).expect("numbers and text can always be written as JSON")
}

fn to_row(edit: Edit) -> EditRow {
    match edit {
        Edit::Set { segment, element, component, value } => {
            EditRow::Set { segment, element, component, value }
        }
        Edit::Insert { after, elements } => EditRow::Insert { after, elements },
        Edit::Remove { segment } => EditRow::Remove { segment },
    }
}

fn edits(text: &str) -> Result<Vec<Edit>> {
    let rows: Vec<EditRow> =
        serde_json::from_str(text).map_err(|_| Error::Unreadable { what: "a list of edits" })?;
    let edit = |row| match row {
        EditRow::Set { segment, element, component, value } => {
            Edit::Set { segment, element, component, value }
        }
        EditRow::Insert { after, elements } => Edit::Insert { after, elements },
        EditRow::Remove { segment } => Edit::Remove { segment },
    };
    Ok(rows.into_iter().map(edit).collect())
}
