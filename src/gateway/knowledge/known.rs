//! Claims as remittances may speak of them: what is kept of each, and what is read off its file.

use bytes::Bytes;
use x12::edit::Edit;
use x12::phi::Phi;
use x12::value::Day;
use x12::view::claim::dental::Dental;
use x12::view::claim::{Kind, Line, claims};

use crate::change::cases::Undecided;
use crate::change::refunds::KeptRefund;
use crate::change::{ClaimId, ContentHash};
use crate::coordination;
use crate::cores::{self, Step};
use crate::document::{self, Document};
use crate::gateway::family::{self, VOID};
use crate::intake::judge::judge;
use crate::lifecycle::State;
use crate::outbound::{self, Outgoing};
use crate::reconcile;
use crate::reconcile::matching::{Family, KnownClaim, KnownLine, Relative, Void};
use crate::reconcile::parted;
use crate::reconcile::standing::{Said, lines_of, whole_lines};
use crate::reconcile::taken_back::LineBefore;
use crate::reconcile::turns::{Books, Member, Turns};
use crate::store::{self, Claim, SaidOfClaim};

/// Claims that are read as one file: enough that its envelope costs next to nothing, and few enough
/// that all processors have work.
const READ_AT_ONCE_MAX: usize = 250;

/// Claims, each with what payers said of it and the bytes of its file.
type Kept = (Claim, Vec<SaidOfClaim>, Option<Bytes>);

/// Claims that a remittance may speak of, in the order in which they are given. `file` finds the
/// bytes that a claim stands in.
pub(super) fn known_claims(
    kept: Vec<(Claim, Vec<SaidOfClaim>)>,
    file: &dyn Fn(&ContentHash) -> Option<Bytes>,
) -> Vec<KnownClaim> {
    let workers = if kept.len() <= READ_AT_ONCE_MAX { 1 } else { cores::count() };
    let mut known = Vec::with_capacity(kept.len());
    let mut left = kept.into_iter().map(|(claim, said)| {
        let bytes = file(&claim.place.file);
        (claim, said, bytes)
    });
    let some = std::iter::from_fn(|| {
        let some: Vec<Kept> = left.by_ref().take(READ_AT_ONCE_MAX).collect();
        (!some.is_empty()).then_some(Step::Work(some))
    });
    cores::in_order(some, workers, known_of, |some| known.extend(some));
    known
}

/// Claims, each with what payers said of it.
pub(super) fn with_said(
    store: &dyn store::Store,
    claims: Vec<Claim>,
) -> store::Result<Vec<(Claim, Vec<SaidOfClaim>)>> {
    let with_said = |claim: Claim| store.said(claim.id).map(|said| (claim, said));
    claims.into_iter().map(with_said).collect()
}

/// A claim as a remittance may speak of it, for a person who names it. `unedited` is it without a person's edits.
pub fn known_claim(
    store: &dyn store::Store,
    claim: Claim,
    (document, unedited): (&Document, Option<&Document>),
) -> store::Result<KnownClaim> {
    let said = store.said(claim.id)?;
    let later = store.replacements(&[claim.id])?;
    let kin = Kin::of(store, (&claim, &said), later)?;
    let mut read = read_alone(document);
    if let Some(unedited) = unedited {
        read.lines_before =
            lines_before((unedited, &read_alone(unedited).lines), (document, &read.lines));
    }
    let mut known = known(claim, said, read);
    kin.add_to(&mut known);
    let mut is_followed = !store.followers(known.id)?.is_empty();
    for other in known.family.iter().flat_map(|family| &family.others) {
        is_followed |= !store.followers(other.id)?.is_empty();
    }
    add_turns(store, &mut known, is_followed)?;
    known.worked_on = worked_on(store, &known.turns)?;
    known.refunds = refunds_of(store, &known)?;
    Ok(known)
}

/// What the store has of a claim besides what was said of it, and of those in whose place it went out
/// or that went out in its.
#[derive(Default)]
pub(super) struct Kin {
    /// The first of them; `None` when it is the claim itself.
    first: Option<Claim>,
    is_replaced: bool,
    void: Option<Void>,
    books: Books,
    undecided: Vec<Undecided>,
    family: Option<Family>,
    /// The others of them, as they were read.
    read: Vec<(ClaimId, u64)>,
    /// Whether it was asked if it goes on to a next payer.
    is_asked_on: bool,
}

impl Kin {
    /// `later` went out in its place.
    pub(super) fn of(
        store: &dyn store::Store,
        (claim, said): (&Claim, &[SaidOfClaim]),
        later: Vec<Claim>,
    ) -> store::Result<Kin> {
        let first = match claim.replaces {
            Some(_) => Some(family::first(store, claim)?),
            None => None,
        };
        let mut read = Vec::new();
        let family = match first.is_some() || !later.is_empty() {
            true => Some(family_of(store, (claim, first.as_ref()), &mut read)?),
            false => None,
        };
        let (is_replaced, void) = family::successors(store, claim, later)?;
        // What is open and nobody spoke of was not given up, and has no money, but for what persons attached.
        let mut books = Books::default();
        let account = first.as_ref().map_or(claim.id, |first| first.id);
        let is_touched = claim.state == State::Closed || !said.is_empty() || family.is_some();
        if is_touched || store.is_attached_to(account)? {
            books.add_stored(&store.postings(account)?);
        } else {
            books.untouched = Some(claim.charge);
        }
        // What was never paid or denied may have been taken for a predetermination.
        let undecided = store.undecided(claim.id)?;
        let is_asked_on = !said.is_empty() && store.next_payer(claim.id)?.is_some();
        Ok(Kin { first, is_replaced, void, books, undecided, family, read, is_asked_on })
    }

    pub(super) fn add_to(self, known: &mut KnownClaim) {
        if let Some(first) = self.first {
            known.account = first.id;
            known.follows = first.follows;
        }
        known.is_asked_on = self.is_asked_on;
        known.is_replaced = self.is_replaced;
        known.void = self.void;
        known.books = self.books;
        known.undecided = self.undecided;
        known.family = self.family;
        known.read.extend(self.read);
    }
}

/// The family of a claim, each with what its own payer said of it.
fn family_of(
    store: &dyn store::Store,
    (claim, first): (&Claim, Option<&Claim>),
    read: &mut Vec<(ClaimId, u64)>,
) -> store::Result<Family> {
    let all = family::all(store, first.unwrap_or(claim).clone())?;
    let sent = all.iter().rev().filter(|one| one.times_sent > 0 && one.frequency != VOID);
    let charge = sent.map(|one| one.charge).next().unwrap_or(claim.charge);
    let mut others = Vec::new();
    for other in all.into_iter().filter(|other| other.id != claim.id) {
        read.push((other.id, other.revision));
        let (said, _) = by_payer((other.id, store.said(other.id)?), other.payer.as_deref(), &[]);
        let undecided = store.undecided(other.id)?;
        others.push(Relative { id: other.id, payer: other.payer, said, undecided });
    }
    Ok(Family { charge, others })
}

/// What a claim's own payer said of it, and what later ones did.
fn by_payer(
    (claim, said): (ClaimId, Vec<SaidOfClaim>),
    own: Option<&str>,
    lines: &[KnownLine],
) -> (Vec<Said>, Vec<(String, Said)>) {
    let is_later = |one: &SaidOfClaim| reconcile::is_later_payer(&one.payer, own, &one.status);
    let (later, earlier): (Vec<_>, Vec<_>) = said.into_iter().partition(is_later);
    let mut earlier: Vec<Said> =
        earlier.into_iter().map(|one| said_of(claim, one, lines)).collect();
    parted::part(&mut earlier);
    let later = later.into_iter().map(|one| (one.payer.clone(), said_of(claim, one, lines)));
    (earlier, later.collect())
}

/// Adds all who spoke of a claim, and of those before and after it, in their order; nobody to a claim
/// that one payer alone decides on. `is_followed` where an office itself billed the payer after it.
pub(super) fn add_turns(
    store: &dyn store::Store,
    known: &mut KnownClaim,
    is_followed: bool,
) -> store::Result<()> {
    let is_alone = !known.names_next_payer && known.follows.is_none() && !is_followed;
    if is_alone && known.later.is_empty() {
        return Ok(());
    }
    let (turns, read) = turns_of(store, known.id)?;
    known.turns = turns;
    known.read.extend(read);
    Ok(())
}

/// All who spoke of a claim, and of those before and after it, in their order; and what all this was read of.
pub fn turns_of(
    store: &dyn store::Store,
    claim: ClaimId,
) -> store::Result<(Turns, Vec<(ClaimId, u64)>)> {
    let (mut turns, mut read) = (Turns::default(), Vec::new());
    let Some(mut first) = store.claim(claim)? else { return Ok((turns, read)) };
    while let Some(before) = first.replaces.or(first.follows) {
        let Some(earlier) = store.claim(before)? else { break };
        first = earlier;
    }
    let mut left = vec![(first, true)];
    while let Some((one, is_first)) = left.pop() {
        // What is said of it is read after it.
        read.push((one.id, one.revision));
        let is_open = one.times_sent > 0 && one.state != State::Closed;
        let member = Member { claim: one.id, payer: one.payer, is_first, is_open };
        for said in store.said(one.id)? {
            let payer = member.speaker(&said.payer, &said.status).map(str::to_owned);
            turns.add(payer.as_deref(), said_of(one.id, said, &[]));
        }
        turns.books.add_stored(&store.postings(one.id)?);
        turns.claims.push(member);
        left.extend(store.followers(one.id)?.into_iter().rev().map(|next| (next, false)));
        let replacements = store.replacements(&[one.id])?;
        left.extend(replacements.into_iter().rev().map(|next| (next, is_first)));
    }
    Ok((turns, read))
}

/// Refunds of a claim's service.
pub(super) fn refunds_of(
    store: &dyn store::Store,
    known: &KnownClaim,
) -> store::Result<Vec<KeptRefund>> {
    let mut refunds = Vec::new();
    if known.comes_to().is_refunded() {
        let mut claims = known.accounts();
        claims.insert(known.id);
        for claim in claims {
            refunds.extend(store.refunds_of(claim)?);
        }
        refunds.sort_unstable_by_key(|kept| kept.id);
    }
    Ok(refunds)
}

/// What payers denied or paid beyond what was left in these turns, and is still being worked.
pub(super) fn worked_on(store: &dyn store::Store, turns: &Turns) -> store::Result<Vec<Undecided>> {
    let mut cases = Vec::new();
    for member in &turns.claims {
        cases.extend(store.undecided(member.claim)?);
    }
    cases.retain(|case| turns.is_worked_on(case));
    Ok(cases)
}

fn said_of(claim: ClaimId, one: SaidOfClaim, lines: &[KnownLine]) -> Said {
    Said {
        claim: Some(claim),
        whole_lines: whole_lines(&one.lines, one.charge, lines),
        lines: lines_of(&one.lines),
        paid_on: one.paid_on,
        identity: one.identity,
        offset: one.offset,
        payer_control_number: one.payer_control_number,
        charge: one.charge,
        paid: one.paid,
        adjustments: one.adjustments,
        word: one.word,
        status: one.status,
        is_let: false,
        arrival: one.arrival,
        is_posted: one.is_posted,
    }
}

fn known_of(kept: Vec<Kept>) -> Vec<KnownClaim> {
    let documents: Vec<Option<Document>> =
        kept.iter().map(|one| document_of(one, &one.0.edits)).collect();
    // What a payer takes back it calls as it was sent, and not as a person corrected it since.
    let unedited = |one: &Kept| match one.0.edits.is_empty() {
        true => None,
        false => document_of(one, &[]),
    };
    let unedited: Vec<Option<Document>> = kept.iter().map(unedited).collect();
    let read = read_all(&documents).into_iter().zip(read_all(&unedited));
    let documents = documents.iter().zip(&unedited);
    kept.into_iter()
        .zip(read.zip(documents))
        .map(|((claim, said, _), ((mut read, before), documents))| {
            if let (Some(document), Some(unedited)) = documents {
                read.lines_before =
                    lines_before((unedited, &before.lines), (document, &read.lines));
            }
            read.names.extend(before.names);
            read.member_ids.extend(before.member_ids);
            known(claim, said, read)
        })
        .collect()
}

/// The lines of a claim as it first came, each with its number by now; none where no line was edited. A line is the
/// same that begins with the same segment.
fn lines_before(
    (unedited, lines): (&Document, &[KnownLine]),
    (document, lines_now): (&Document, &[KnownLine]),
) -> Vec<LineBefore> {
    let starts = |document: &Document| -> Vec<u32> {
        let segments = document.segments().filter(|segment| segment.tag_bytes() == b"LX");
        segments.map(|segment| segment.number()).collect()
    };
    let (before, now) = (starts(unedited), starts(document));
    let is_known = before.len() == lines.len() && now.len() == lines_now.len();
    if lines == lines_now || !is_known {
        return Vec::new();
    }
    let number_now = |start: &u32| {
        let at = now.iter().position(|other| other == start)?;
        lines_now.get(at).map(|line| line.number)
    };
    let line_before = |(line, start): (&KnownLine, &u32)| LineBefore {
        number: line.number,
        charge: line.charge,
        day: line.day,
        now: number_now(start),
    };
    lines.iter().zip(&before).map(line_before).collect()
}

fn document_of((claim, _, file): &Kept, edits: &[Edit]) -> Option<Document> {
    document::cut(&claim.place, file.as_ref()?, edits).ok()
}

fn known(claim: Claim, said: Vec<SaidOfClaim>, read: Read) -> KnownClaim {
    let Read {
        lines,
        lines_before,
        member_ids,
        names,
        billing_tax_id,
        plans,
        names_next_payer,
        payers_before,
        ..
    } = read;
    let is_predetermination = read.is_predetermination;
    // Until the payer gave it one of its own, a replacement has the number of what it replaces.
    let original_number = claim.replaces.map_or(String::new(), |_| read.original_number);
    let (earlier, later) = by_payer((claim.id, said), claim.payer.as_deref(), &lines);
    let numbers = [claim.payer_control_number]
        .into_iter()
        .filter(|one| !one.is_empty() && *one != original_number);
    KnownClaim {
        id: claim.id,
        account: claim.id,
        is_replaced: false,
        void: None,
        books: Books::default(),
        partner: claim.partner,
        state: claim.state,
        follows: claim.follows,
        names_next_payer,
        payers_before,
        is_predetermination,
        is_asked_on: false,
        patient_control_number: claim.patient_control_number,
        member_ids,
        names,
        payer: claim.payer,
        payer_control_numbers: numbers.collect(),
        original_number,
        charge: claim.charge,
        frequency: claim.frequency,
        service_from: claim.service_from,
        service_to: claim.service_to,
        billing_npi: claim.billing_npi,
        billing_tax_id,
        plans,
        lines,
        lines_before,
        earlier,
        later,
        family: None,
        undecided: Vec::new(),
        worked_on: Vec::new(),
        refunds: Vec::new(),
        turns: Turns::default(),
        read: vec![(claim.id, claim.revision)],
    }
}

/// What is read off a claim.
#[derive(Debug, Default, PartialEq, Eq)]
struct Read {
    lines: Vec<KnownLine>,
    /// None where it was not edited.
    lines_before: Vec<LineBefore>,
    /// Numbers of the subscriber and the patient.
    member_ids: Vec<Phi<String>>,
    /// Last and first names of the same.
    names: Vec<[Phi<String>; 2]>,
    billing_tax_id: String,
    plans: Vec<String>,
    names_next_payer: bool,
    payers_before: Vec<String>,
    is_predetermination: bool,
    /// REF*F8.
    original_number: String,
}

/// What is read off each claim, in their order; nothing off those that could not be cut out.
fn read_all(documents: &[Option<Document>]) -> Vec<Read> {
    let mut read: Vec<Read> = documents.iter().map(|_| Read::default()).collect();
    for kind in Kind::ALL {
        let of_kind = |(index, document): (usize, &Option<Document>)| {
            let document = document.as_ref().filter(|document| document.kind == kind)?;
            Some(Outgoing { key: index, batch_type: "CH".to_owned(), document: document.clone() })
        };
        let claims: Vec<Outgoing<usize>> =
            documents.iter().enumerate().filter_map(of_kind).collect();
        for (index, found) in read_together(kind, claims, documents) {
            if let Some(place) = read.get_mut(index) {
                *place = found;
            }
        }
    }
    read
}

/// Reads claims of one kind as one file. Where they are not all found again under their numbers,
/// what is wrong with one hides another, and each is read by itself.
fn read_together(
    kind: Kind,
    claims: Vec<Outgoing<usize>>,
    documents: &[Option<Document>],
) -> Vec<(usize, Read)> {
    let keys: Vec<usize> = claims.iter().map(|claim| claim.key).collect();
    let document = |index: usize| documents.get(index).and_then(Option::as_ref);
    let written = outbound::again(kind, claims, SOME_DAY);
    let found = read_file(written.bytes);
    let numbers = written.carried.iter().map(|carried| {
        document(carried.key).map(|document| document.patient_control_number().into_inner())
    });
    if written.carried.len() == keys.len()
        && numbers.eq(found.iter().map(|(number, _)| Some(number.clone())))
    {
        let found = found.into_iter().map(|(_, read)| read);
        return written.carried.into_iter().map(|carried| carried.key).zip(found).collect();
    }
    let alone = |index| Some((index, read_alone(document(index)?)));
    keys.into_iter().filter_map(alone).collect()
}

fn read_alone(document: &Document) -> Read {
    let mut all = Read::default();
    for (_, read) in read_file(outbound::alone(document, "CH", SOME_DAY)) {
        all.names.extend(read.names);
        all.billing_tax_id = read.billing_tax_id;
        all.lines.extend(read.lines);
        all.member_ids.extend(read.member_ids);
        all.plans.extend(read.plans);
        all.names_next_payer |= read.names_next_payer;
        all.payers_before.extend(read.payers_before);
        all.is_predetermination |= read.is_predetermination;
        all.original_number = read.original_number;
    }
    all
}

/// The day that files are written under to be read again; what is read does not depend on it.
const SOME_DAY: Day = match Day::new(2000, 1, 1) {
    Some(day) => day,
    None => panic!("the first day of 2000"),
};

/// The claims of a file in their order, each under its CLM01.
fn read_file(bytes: Vec<u8>) -> Vec<(String, Read)> {
    let reading = x12::interchange::read(&Bytes::from(bytes));
    let mut found = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                let claims = claims(interchange, set, &judged.walked);
                found.extend(
                    claims.map(|claim| {
                        (claim.patient_control_number.text().into_owned(), read(&claim))
                    }),
                );
            }
        }
    }
    found
}

fn read(claim: &x12::view::claim::Claim<'_>) -> Read {
    let people = [claim.subscriber.party.as_ref(), claim.person()];
    let ids = people.into_iter().flatten().map(|person| person.id);
    let names = people.into_iter().flatten().map(|person| {
        [person.last_name, person.first_name].map(|name| Phi::new(name.text().into_owned()))
    });
    let original = claim.reference("F8");
    let tax_id = claim.billing.reference("EI").or_else(|| claim.billing.reference("SY"));
    let subscriber = &claim.subscriber;
    let plans = [subscriber.group_number, subscriber.filing_indicator];
    let plans = plans.into_iter().filter(|plan| !plan.is_empty());
    Read {
        lines: claim.lines.iter().map(|line| known_line(claim, line)).collect(),
        lines_before: Vec::new(),
        names: names.collect(),
        billing_tax_id: tax_id.map_or(String::new(), |id| id.text().into_owned()),
        member_ids: ids.map(|id| Phi::new(id.text().into_owned())).collect(),
        plans: plans.map(|plan| plan.text().trim().to_ascii_uppercase()).collect(),
        names_next_payer: coordination::next_payer(claim).is_some(),
        payers_before: coordination::payers_before(claim),
        is_predetermination: claim.dental.as_ref().is_some_and(Dental::is_predetermination),
        original_number: original.map_or(String::new(), |number| number.text().trim().to_owned()),
    }
}

fn known_line(claim: &x12::view::claim::Claim<'_>, line: &Line<'_>) -> KnownLine {
    let modifiers = line.procedure.modifiers.iter();
    KnownLine {
        number: line.number.text().parse().unwrap_or_default(),
        control_number: line
            .reference("6R")
            .map_or(String::new(), |number| number.text().into_owned()),
        code: line.procedure.code.text().into_owned(),
        revenue_code: line.revenue_code.map_or(String::new(), |code| code.text().into_owned()),
        modifiers: modifiers.map(|modifier| modifier.text().into_owned()).collect(),
        place: claim.place_of(line).text().into_owned(),
        charge: line.charge.money().unwrap_or_default(),
        unit: line.unit.text().into_owned(),
        quantity: line.units(),
        day: claim.days_of(line).map(|days| days.from),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Every claim of the test files of the three kinds, cut out of its file.
    fn documents() -> Vec<Option<Document>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
        let mut documents = Vec::new();
        for folder in ["professional", "institutional", "dental"] {
            let folder = std::fs::read_dir(root.join(folder)).expect("a folder of test files");
            let paths = folder.map(|entry| entry.expect("an entry").path());
            for path in paths.filter(|path| path.extension().is_some_and(|end| end == "edi")) {
                let file = Bytes::from(std::fs::read(path).expect("a test file"));
                for interchange in &x12::interchange::read(&file).interchanges {
                    for group in &interchange.groups {
                        for set in &group.sets {
                            let judged = judge(interchange, group, set);
                            documents.extend(claims(interchange, set, &judged.walked).map(
                                |claim| {
                                    let hash = ContentHash(String::new());
                                    let place = document::place_of(interchange, set, &claim, hash);
                                    document::cut(&place, &file, &[]).ok()
                                },
                            ));
                        }
                    }
                }
            }
        }
        documents
    }

    #[test]
    fn reads_of_many_claims_what_it_reads_of_each() {
        let mut documents = documents();
        assert!(documents.len() > 15 && documents.iter().all(Option::is_some));
        let alone = |documents: &[Option<Document>]| -> Vec<Read> {
            let read = |document: &Option<Document>| document.as_ref().map(read_alone);
            documents.iter().map(|document| read(document).unwrap_or_default()).collect()
        };
        assert_eq!(read_all(&documents), alone(&documents));
        assert!(read_all(&documents).iter().all(|read| !read.lines.is_empty()));
        // What no longer begins with its CLM is not found, and takes nothing of its neighbours.
        for broken in (0..documents.len()).step_by(3) {
            documents[broken].as_mut().expect("a claim").claim.remove(0);
        }
        documents.push(None);
        assert_eq!(read_all(&documents), alone(&documents));
    }
}
