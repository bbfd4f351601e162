//! The code sets at hand: those that are built in, and those that the operator has imported.

use std::collections::BTreeMap;
use std::sync::Arc;

use x12::value::Day;

use super::table::draft::Draft;
use super::table::{About, Span, Table};
use super::tabular::{self, Named};
use super::{SetInfo, Standing, shape};

/// What rules ask for codes. An imported set takes the place of the built-in one of its name.
#[derive(Debug, Default)]
pub struct Library {
    imported: BTreeMap<String, Table>,
    /// By the places of the built-in sets: whether an import has taken its place. Rules ask for
    /// dozens of codes a claim.
    replaced: Vec<bool>,
}

impl Library {
    /// What is built in, and nothing else.
    pub fn built_in() -> Arc<Library> {
        Arc::new(Library::default())
    }

    /// What is built in, and these.
    pub fn with(imported: impl IntoIterator<Item = Table>) -> Arc<Library> {
        let imported: BTreeMap<String, Table> =
            imported.into_iter().map(|table| (table.about.set.clone(), table)).collect();
        let is_imported = |info: &SetInfo| imported.contains_key(info.name);
        let replaced = super::SETS.iter().map(is_imported).collect();
        Arc::new(Library { imported, replaced })
    }

    /// Whether a set is at hand.
    pub fn has(&self, set: &str) -> bool {
        self.imported.contains_key(set) || self.info(set).is_some()
    }

    /// What the code of the named set is worth on the day; `None` when the set is not at hand.
    pub fn standing(&self, set: &str, code: &[u8], on: Day) -> Option<Standing> {
        let built_in = super::place_of(set);
        let is_replaced = |place| self.replaced.get(place).copied().unwrap_or_default();
        if let Some((_, info)) = built_in.filter(|&(place, _)| !is_replaced(place)) {
            return Some((info.standing)(code, on));
        }
        match self.imported.get(set) {
            Some(table) if set == "diagnosis" => Some(table.standing_with_headers(code, on)),
            Some(table) => match (table.standing(code, on), self.info(set)) {
                // A list without days says what there is, and not what has ended.
                (Standing::Unknown, Some(info)) if !table.is_dated() => {
                    Some((info.standing)(code, on))
                }
                (Standing::Valid, Some(info)) if !table.is_dated() => {
                    match (info.standing)(code, on) {
                        Standing::Ended(last) => Some(Standing::Ended(last)),
                        _ => Some(Standing::Valid),
                    }
                }
                (standing, _) => Some(standing),
            },
            None => None,
        }
    }

    /// Which publication answers for the named set.
    pub fn edition(&self, set: &str) -> Option<&str> {
        match self.imported.get(set) {
            Some(table) => Some(&table.about.edition),
            None => self.info(set).map(|info| info.edition),
        }
    }

    /// The last day that the named set speaks for, when it says. Codes may come and go after it.
    pub fn last_day(&self, set: &str) -> Option<Day> {
        match self.imported.get(set) {
            Some(table) => table.about.last,
            None => match set {
                "diagnosis" => Some(super::icd10cm::LAST_DAY),
                "inpatient-procedure" => Some(super::icd10pcs::LAST_DAY),
                _ => None,
            },
        }
    }

    /// An imported set.
    pub fn imported(&self, set: &str) -> Option<&Table> {
        self.imported.get(set)
    }

    /// Everything that was imported, by name.
    pub fn all_imported(&self) -> impl Iterator<Item = &Table> {
        self.imported.values()
    }

    /// The edition in force as a table, so that a new one can be laid beside it; `None` where the
    /// set is not at hand, or its built-in codes cannot be told one by one. Of a set that is built in
    /// without its days, codes have those that they are known by today.
    pub fn in_force(&self, set: &str, today: Day) -> Option<Table> {
        if let Some(table) = self.imported.get(set) {
            return Some(table.clone());
        }
        let mut draft = Draft::default();
        draft.last = self.last_day(set);
        let entries: Box<dyn Iterator<Item = (String, Span)>> = match set {
            "diagnosis" => Box::new(super::icd10cm::entries()),
            "inpatient-procedure" => Box::new(super::icd10pcs::entries()),
            _ => Box::new(short_entries(self.info(set)?, today)),
        };
        for (code, span) in entries {
            draft.add(&code, span, 0);
        }
        if draft.is_empty() {
            return None;
        }
        let edition = self.edition(set).unwrap_or_default().to_owned();
        draft.finish(About { set: set.to_owned(), edition, ..About::default() }).ok()
    }

    /// Of these sets, those that are not at hand.
    pub fn lacks<'a>(&self, sets: &[&'a str]) -> Vec<&'a str> {
        sets.iter().copied().filter(|set| !self.has(set)).collect()
    }

    /// Of these sets, each with the edition that answers for it.
    pub fn editions<'a>(&self, sets: &[&'a str]) -> Vec<(&'a str, String)> {
        let edition = |set: &'a str| self.edition(set).map(|edition| (set, edition.to_owned()));
        sets.iter().filter_map(|set| edition(set)).collect()
    }

    /// The sets for which another edition answers than in an earlier library, or the same with other
    /// content, each with this one's.
    pub fn other_than<'a>(&'a self, earlier: &'a Library) -> Vec<(&'a str, &'a str)> {
        let mut sets: Vec<&str> =
            self.imported.keys().chain(earlier.imported.keys()).map(String::as_str).collect();
        sets.sort_unstable();
        sets.dedup();
        let differs = |set: &&str| self.imported(set) != earlier.imported(set);
        let own = |set: &'a str| (set, self.edition(set).unwrap_or("none"));
        sets.into_iter().filter(differs).map(own).collect()
    }

    /// What the notes of a set name beside a diagnosis, such as what it excludes; nothing when the
    /// set has no notes. They are built in alone: no publisher has them as a table.
    pub fn notes<'a>(
        &self,
        set: &str,
        code: &'a [u8],
        on: Day,
    ) -> impl Iterator<Item = Named> + use<'a> {
        tabular::notes(set).into_iter().flat_map(move |notes| notes.of(code, on))
    }

    /// The pairs of procedures that NCCI lets nobody bill together, for a kind of claim.
    pub fn bundles(&self, set: &str) -> Option<Bundles<'_>> {
        self.imported.get(set).map(Bundles)
    }

    /// Combinations of group, reason and remark that are published for scenarios.
    pub fn combinations(&self, set: &str) -> Option<Combinations<'_>> {
        self.imported.get(set).map(Combinations)
    }

    /// The most units of a procedure on a day that payers believe.
    pub fn unit_limit(&self, code: &[u8], on: Day, by: Biller) -> Option<UnitLimit> {
        let span = self.imported.get("ncci-mue")?.span(code, on)?;
        // 0 says that Medicare pays it in no way; others do, and it is no matter of units.
        let limit = |place: usize| {
            let units = span.fact(place).filter(|&units| units > 0)?;
            Some(UnitLimit { units, is_by_line: span.fact(place + 1)? == 1 })
        };
        match by {
            Biller::Hospital => limit(2),
            Biller::Supplier => limit(4),
            // Suppliers bill on the same form; whoever may bill more is believed.
            Biller::Practitioner => {
                [limit(0), limit(4)].into_iter().flatten().max_by_key(|one| one.units)
            }
        }
    }

    /// Whether a procedure is one that may only follow others, and which.
    pub fn add_on(&self, code: &[u8], on: Day) -> Option<AddOn<'_>> {
        let table = self.imported.get("ncci-addon")?;
        let member = table.member(code)?;
        let is_listed =
            |span: &Span| span.holds_on(on) && span.fact(0) == Some(ADD_ON_WITH_LISTED_PRIMARIES);
        let mut pairs = table.pairs_of(member);
        pairs.any(|(_, spans)| spans.iter().any(is_listed)).then_some(AddOn { table, member, on })
    }

    /// What Medicare's fee schedule says of a procedure; `None` when it does not have it.
    pub fn fee(&self, code: &[u8], on: Day) -> Option<Fee> {
        let span = self.imported.get("mpfs")?.span(code, on)?;
        let said = |place| {
            let letter = span.fact(place).and_then(|fact| u8::try_from(fact).ok());
            letter.unwrap_or(Fee::NOTHING)
        };
        Some(Fee {
            status: said(0),
            parts: said(6),
            days_after: span.fact(5).and_then(days_of_letters),
            both_sides: said(8),
            assistant: said(9),
            two_surgeons: said(10),
            team: said(11),
        })
    }

    /// Whether the fee schedule has a row of its own for a procedure with this modifier.
    pub fn has_fee_of_part(&self, code: &[u8], modifier: &[u8]) -> bool {
        let table = self.imported.get("mpfs");
        table.is_some_and(|table| !table.spans(&[code, modifier].concat()).is_empty())
    }

    /// Whether the registry has a number for a person (1) or an organization (2).
    pub fn provider_kind(&self, npi: &[u8], on: Day) -> Option<u32> {
        self.imported.get("npi")?.span(npi, on)?.fact(0)
    }

    fn info(&self, set: &str) -> Option<&'static SetInfo> {
        super::named(set)
    }
}

/// The codes of a built-in set, found by asking for each that could be one.
fn short_entries(info: &SetInfo, today: Day) -> impl Iterator<Item = (String, Span)> {
    let candidates: Box<dyn Iterator<Item = String>> = match info.name {
        name if name.starts_with("diagnosis-") => {
            Box::new(super::icd10cm::entries().map(|(code, _)| code))
        }
        name => Box::new(shape::all(name)),
    };
    candidates.filter_map(move |code| {
        let span = match (info.standing)(code.as_bytes(), today) {
            Standing::Valid => Span::default(),
            Standing::NotYet(first) => Span { first: Some(first), ..Span::default() },
            Standing::Ended(last) => Span { last: Some(last), ..Span::default() },
            Standing::Header | Standing::Unknown => return None,
        };
        Some((code, span))
    })
}

/// Type 1 of NCCI: the primaries are listed. Of types 2 and 3 the contractor decides.
const ADD_ON_WITH_LISTED_PRIMARIES: u32 = 1;

/// Who bills units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Biller {
    Practitioner,
    Hospital,
    /// Of equipment and supplies.
    Supplier,
}

/// A bound of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitLimit {
    pub units: u32,
    /// It holds for each line; otherwise for all lines of a day together.
    pub is_by_line: bool,
}

/// What Medicare's fee schedule says of a procedure: each a letter or digit of its own columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fee {
    /// A is paid by the schedule, N not covered, I not known to Medicare, B and P always part of
    /// something else, T where nothing else is paid.
    pub status: u8,
    /// 1 has a professional and a technical part, 5 is given by the staff of an office.
    pub parts: u8,
    /// Days after an operation whose visits its price holds; `None` for what is no operation.
    pub days_after: Option<u32>,
    /// 1 and 3 may be given on both sides, 0 and 2 are not paid for that.
    pub both_sides: u8,
    /// 0 with a reason, 1 never, 2 always.
    pub assistant: u8,
    /// 0 never, 1 with a reason, 2 always.
    pub two_surgeons: u8,
    /// The same.
    pub team: u8,
}

/// `010` and `090`, as the importer packs letters; others are no days.
fn days_of_letters(packed: u32) -> Option<u32> {
    let letters = packed.to_be_bytes();
    std::str::from_utf8(letters.get(1..)?).ok()?.parse().ok()
}

impl Fee {
    /// In place of what the schedule leaves blank.
    const NOTHING: u8 = b' ';
}

/// Pairs of procedures of which only the first is paid.
#[derive(Clone, Copy, Debug)]
pub struct Bundles<'a>(&'a Table);

pub use super::table::Member;

impl Bundles<'_> {
    /// A procedure, looked up once; `None` when no pair has it.
    pub fn member(self, code: &[u8]) -> Option<Member> {
        self.0.member(code)
    }

    /// Whether the second is part of the first on the day; then, whether a modifier may part them.
    pub fn parted_by_modifier(self, first: Member, second: Member, on: Day) -> Option<bool> {
        let span = self.0.pair(first, second).iter().find(|span| span.holds_on(on))?;
        // 9 says that the pair is no longer judged.
        match span.fact(0) {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        }
    }
}

/// A procedure that may only follow others.
#[derive(Clone, Copy, Debug)]
pub struct AddOn<'a> {
    table: &'a Table,
    member: Member,
    on: Day,
}

impl AddOn<'_> {
    /// Whether it may follow this one.
    pub fn follows(self, primary: &[u8]) -> bool {
        let Some(primary) = self.table.member(primary) else { return false };
        self.table.pair(self.member, primary).iter().any(|span| span.holds_on(self.on))
    }
}

/// Combinations of group, reason and remark, by the scenarios that they are for. In the table a pair is
/// a scenario with group and reason (`4CO97`), and the remark.
#[derive(Clone, Copy, Debug)]
pub struct Combinations<'a>(&'a Table);

impl Combinations<'_> {
    /// The scenario that lists a combination; with a blank remark, one that wants none.
    pub fn find(self, group: &str, reason: &str, remark: &str) -> Option<u8> {
        (1..=SCENARIO_MAX).find(|scenario| {
            // Rows without a group are for every group.
            [group, ""].iter().any(|group| {
                let first = self.0.member(format!("{scenario}{group}{reason}").as_bytes());
                let second = self.0.member(remark.as_bytes());
                first.zip(second).is_some_and(|(first, second)| {
                    let is_row = |(listed, _): (Member, &[Span])| listed == second;
                    self.0.pairs_of(first).any(is_row)
                })
            })
        })
    }

    /// The first scenario that lists a reason with whatever group and remark.
    pub fn scenario_of(self, reason: &str) -> Option<u8> {
        let groups = ["", "CO", "PR", "OA", "PI", "CR"];
        (1..=SCENARIO_MAX).find(|scenario| {
            let mut keys = groups.iter().map(|group| format!("{scenario}{group}{reason}"));
            keys.any(|key| self.0.member(key.as_bytes()).is_some())
        })
    }
}

/// CORE 360 has four.
const SCENARIO_MAX: u8 = 4;
