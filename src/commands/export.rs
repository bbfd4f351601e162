//! `claimgate export`: reports as CSV or as a workbook.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use x12::phi::Phi;
use x12::value::Day;

use super::output::Output;
use super::store::{Desk, Office, open};
use super::{Failure, Outcome, count, parse_day};
use crate::change::{ClaimId, Moment, WorkId};
use crate::clock::{Timestamp, Zone};
use crate::denials::Category;
use crate::reports::acceptance::{Acceptance, Cleanness};
use crate::reports::aging::Receivables;
use crate::reports::cells::Column;
use crate::reports::combinations::Combinations;
use crate::reports::denied::Denials;
use crate::reports::expected::{self, Underpayments};
use crate::reports::facts::{Case, DeniedCase, Entry, Expected, Life, Open, Remittance};
use crate::reports::rules::Scorecard;
use crate::reports::workbook::{self, Contents, workbook};
use crate::reports::{Asked, DayOf, REPORTS, Report, Row, carried, csv, money};
use crate::settings::names::PayerName;
use crate::store::{Store, Work, WorkFilter};

#[derive(Debug, Args)]
#[command(
    after_help = "Reports may name patients. A file is written for its owner alone (mode 0600), and \
        columns that name claims to\noffices and payers are left out unless --with-numbers asks for \
        them. What each figure means stands on the second\nsheet of a workbook and in \
        docs/reports.md.\n\nExamples:\n  claimgate export denials -o denials.csv --from 2026-01-01\n  \
        claimgate export aging --format xlsx -o aging.xlsx\n  \
        claimgate export scorecard --payer acme --format xlsx -o acme.xlsx"
)]
pub struct ExportArguments {
    /// Which report.
    #[arg(value_enum)]
    report: Report,
    /// CSV (UTF-8, commas), or a workbook with typed cells.
    #[arg(long, value_enum, default_value = "csv")]
    format: Target,
    /// From this day on; docs/reports.md says which day of each report is meant.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    from: Option<Day>,
    /// Until this day, which is in it.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    to: Option<Day>,
    /// Of postings: --from and --to are days of booking, so that what they give never changes once the last of
    /// them is over.
    #[arg(long)]
    booked: bool,
    /// Only this office, by its name in the settings.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// Only this payer, by its name in the settings.
    #[arg(long, value_name = "NAME")]
    payer: Option<String>,
    /// With what may name a patient: patient control numbers, references, what people wrote.
    #[arg(long)]
    with_numbers: bool,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    Csv,
    Xlsx,
}

impl ValueEnum for Report {
    fn value_variants<'a>() -> &'a [Report] {
        &REPORTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.title()))
    }
}

/// So many rows are read at once.
const PAGE: u32 = 10_000;

/// Writes a report.
pub fn run(
    arguments: &ExportArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let office = open(desk)?;
    let asked = asked(arguments, &office)?;
    let report = arguments.report;
    let columns = report.columns(asked.with_numbers);
    let path = arguments.output.as_path();
    let mut sink = match arguments.format {
        Target::Csv => Sink::csv(path, &columns)?,
        Target::Xlsx => Sink::Workbook(Vec::new()),
    };
    let (zone, today) = (&office.plan.zone, office.stamp().today);
    let store = office.store.as_ref();
    each_row(store, (report, &asked), (zone, today), &mut |row| sink.add(row))?;
    let rows = match sink {
        Sink::Csv(file, rows) => {
            file.finish()?;
            rows
        }
        Sink::Workbook(rows) => {
            let about = about(report, &asked, &office);
            let contents =
                Contents { report, columns: &columns, rows: &rows, about: &about, today };
            let bytes = workbook(&contents)?;
            let mut file = Output::private(path)?;
            file.write_all(&bytes)?;
            file.finish()?;
            rows.len() as u64
        }
    };
    writeln!(out, "{}: {} in {}", report.name(), count(rows, "row"), path.display())?;
    Ok(Outcome::Clean)
}

/// What is asked for; a name that nobody has is a slip, not an empty report.
fn asked(arguments: &ExportArguments, office: &Office) -> Result<Asked, Failure> {
    let ExportArguments { from, to, booked, office: wanted, payer, with_numbers, .. } = arguments;
    if *booked && arguments.report != Report::Postings {
        return Err(Failure::Unusable("--booked is for postings alone".to_owned()));
    }
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Failure::Unusable(format!("--to {to} is before --from {from}")));
    }
    let report = arguments.report;
    if !report.has_days() && (from.is_some() || to.is_some()) {
        return Err(Failure::Unusable(format!(
            "{} takes no --from and --to: it tells what is open now, and not what was on an earlier day; write it on \
             the day that you close, and keep it",
            report.name()
        )));
    }
    if report == Report::Carried && wanted.is_some() {
        let why = "carried takes no --office: a PLB names a provider, not an office";
        return Err(Failure::Unusable(why.to_owned()));
    }
    let plan = &office.plan;
    if let Some(name) = wanted
        && !plan.offices.iter().any(|known| known.name.to_string() == *name)
    {
        return Err(Failure::Unusable(format!("the settings have no office {name:?}")));
    }
    if let Some(name) = payer
        && PayerName::new(name).and_then(|name| plan.payer(&name)).is_none()
    {
        return Err(Failure::Unusable(format!("the settings have no payer {name:?}")));
    }
    Ok(Asked {
        from: *from,
        to: *to,
        by_booking: *booked,
        office: wanted.clone(),
        payer: payer.clone(),
        with_numbers: *with_numbers,
        denials: Arc::clone(&plan.denials),
    })
}

/// What a workbook says of itself.
fn about(report: Report, asked: &Asked, office: &Office) -> Vec<(&'static str, String)> {
    vec![
        ("asked for", asked.in_words()),
        ("days", report.days().to_owned()),
        ("written on", office.stamp().today.to_string()),
        ("written by", format!("claimgate {}", env!("CARGO_PKG_VERSION"))),
    ]
}

/// Where rows go: to a file at once, or into a workbook that is made of all of them.
enum Sink {
    Csv(Output<'static>, u64),
    Workbook(Vec<Row>),
}

impl Sink {
    fn csv(path: &Path, columns: &[Column]) -> Result<Sink, Failure> {
        let mut file = Output::private(path)?;
        file.write_all(&csv::header(columns))?;
        Ok(Sink::Csv(file, 0))
    }

    fn add(&mut self, row: Row) -> Result<(), Failure> {
        match self {
            Sink::Workbook(all) => {
                all.push(row);
                // No more are kept than it takes to say that there are too many.
                if all.len() > workbook::ROWS_MAX {
                    return Err(workbook::Error::TooLong.into());
                }
            }
            Sink::Csv(file, written) => {
                file.write_all(&csv::row(&row))?;
                *written += 1;
            }
        }
        Ok(())
    }
}

/// Gives each row of a report to `add`, as things stand on this day in this zone.
pub fn each_row(
    store: &dyn Store,
    (report, asked): (Report, &Asked),
    (zone, today): (&Zone, Day),
    add: &mut dyn FnMut(Row) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let day_of = |moment: Moment| Timestamp::from_micros(moment.0).day(zone);
    let rows = match report {
        Report::Payments => {
            return each_remittance(store, &mut |remittance| {
                money::payment(remittance, asked).map_or(Ok(()), &mut *add)
            });
        }
        Report::Postings => {
            return each_entry(store, &mut |entry| {
                money::posting(entry, asked, &day_of).map_or(Ok(()), &mut *add)
            });
        }
        Report::Denials => denials(store, asked)?,
        Report::Aging => aging(store, asked, (today, &day_of))?,
        Report::Acceptance => {
            let mut passes = Acceptance::default();
            each_life(store, &mut |life| passes.take(life, asked, &day_of))?;
            passes.rows()
        }
        Report::CleanClaims => {
            let mut came = Cleanness::default();
            each_life(store, &mut |life| came.take(life, asked, &day_of))?;
            came.rows()
        }
        Report::Underpayments => {
            let mut found = Underpayments::of(cases(store)?);
            each_expected(store, &mut |line| {
                found.take(line, asked, &day_of);
                Ok(())
            })?;
            found.rows(asked, &day_of)
        }
        Report::Expected => {
            return each_expected(store, &mut |line| {
                expected::expected(line, asked).map_or(Ok(()), &mut *add)
            });
        }
        Report::Carried => {
            let open = all_carried(store)?;
            open.iter().filter_map(|open| carried::row(open, asked)).collect()
        }
        Report::Scorecard => {
            let mut card = Scorecard::default();
            each_remittance(store, &mut |remittance| {
                card.take(remittance, asked);
                Ok(())
            })?;
            card.rows()
        }
        Report::Combinations => {
            let mut found = Combinations::default();
            each_denied(store, &mut |case| found.take(case, asked, &day_of))?;
            found.rows()
        }
    };
    rows.into_iter().try_for_each(add)
}

fn denials(store: &dyn Store, asked: &Asked) -> Result<Vec<Row>, Failure> {
    let mut denials = Denials::default();
    each_denied(store, &mut |case| denials.take_case(case))?;
    each_remittance(store, &mut |remittance| {
        denials.take_later(remittance, asked);
        Ok(())
    })?;
    each_entry(store, &mut |entry| {
        denials.take(entry, asked);
        Ok(())
    })?;
    Ok(denials.rows(asked))
}

fn aging(
    store: &dyn Store,
    asked: &Asked,
    (today, day_of): (Day, DayOf<'_>),
) -> Result<Vec<Row>, Failure> {
    let mut open = Receivables::new(&asked.denials);
    each_denied(store, &mut |case| open.take_case(case))?;
    looked_at(store, &mut |claim| open.take_looked_at(claim))?;
    let of_later = WorkFilter {
        open_only: true,
        category: Some(Category::Unexplained),
        ..WorkFilter::default()
    };
    for item in store.work(&of_later)?.into_iter().filter(|item| item.left_with().is_some()) {
        item.claim.into_iter().for_each(|claim| open.take_left_with_later(claim, item.amount));
    }
    each_remittance(store, &mut |remittance| {
        open.take_later(remittance);
        Ok(())
    })?;
    each_entry(store, &mut |entry| {
        open.take(entry);
        Ok(())
    })?;
    each_life(store, &mut |life| open.take_life(life, asked, (today, day_of)))?;
    Ok(open.rows(asked, today))
}

/// Claims of which somebody looks at what payers decided, for another reason than a denial, and those that
/// money waits for: statements ask nothing of their patients.
fn looked_at(store: &dyn Store, each: &mut dyn FnMut(ClaimId)) -> Result<(), Failure> {
    for category in [Category::NextPayer, Category::Overpaid, Category::Unexplained] {
        let filter =
            WorkFilter { open_only: true, category: Some(category), ..WorkFilter::default() };
        let items = store.work(&filter)?.into_iter().filter(Work::comes_before_patient);
        items.filter_map(|item| item.claim).for_each(&mut *each);
    }
    let waiting = store.suspended()?.into_iter().filter(|waits| !waits.amount.is_zero());
    waiting.filter_map(|waits| waits.claim).for_each(each);
    Ok(())
}

fn each_remittance(
    store: &dyn Store,
    each: &mut dyn FnMut(&Remittance) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = 0;
    loop {
        let page = store.remittances(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for remittance in &page {
            each(remittance)?;
        }
    }
}

fn each_entry(
    store: &dyn Store,
    each: &mut dyn FnMut(&Entry) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = 0;
    loop {
        let page = store.entries(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for entry in &page {
            each(entry)?;
        }
    }
}

fn each_expected(
    store: &dyn Store,
    each: &mut dyn FnMut(&Expected) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = 0;
    loop {
        let page = store.expected(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for line in &page {
            each(line)?;
        }
    }
}

fn each_life(store: &dyn Store, each: &mut dyn FnMut(&Life)) -> Result<(), Failure> {
    let mut after = ClaimId(0);
    loop {
        let page = store.lives(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.claim;
        page.iter().for_each(&mut *each);
    }
}

fn each_denied(store: &dyn Store, each: &mut dyn FnMut(&DeniedCase)) -> Result<(), Failure> {
    let mut after = WorkId(0);
    loop {
        let page = store.denied(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.item;
        page.iter().for_each(&mut *each);
    }
}

/// Items about money that was paid other than agreed.
fn cases(store: &dyn Store) -> Result<Vec<Case>, Failure> {
    let mut items: Vec<Work> = Vec::new();
    for category in [Category::Underpaid, Category::Overpaid, Category::RateChanged] {
        let filter = WorkFilter { category: Some(category), ..WorkFilter::default() };
        items.extend(store.work(&filter)?);
    }
    let mut cases = Vec::new();
    for item in items {
        let claim = match item.claim {
            Some(id) => store.claim(id)?,
            None => None,
        };
        let of = claim.as_ref();
        cases.push(Case {
            item: item.id,
            category: item.category.name(),
            state: item.state.name(),
            opened_at: item.opened_at,
            deadline: item.deadline,
            amount: item.amount,
            what: Phi::new(item.what),
            claim: item.claim,
            office: of.map(|claim| claim.partner.clone()).unwrap_or_default(),
            payer: of.and_then(|claim| claim.payer.clone()).unwrap_or(item.alike.payer),
            provider: of.map(|claim| claim.billing_npi.clone()).unwrap_or_default(),
            control_number: of
                .map(|claim| claim.patient_control_number.clone())
                .unwrap_or_default(),
        });
    }
    Ok(cases)
}

/// What payers carry, and what was sent back to them, as far as it is open.
pub fn all_carried(store: &dyn Store) -> Result<Vec<Open>, Failure> {
    let open = store.all_carried()?.into_iter().map(|one| Open {
        payer: one.payer,
        payee: one.payee,
        reason: one.reason,
        reference: one.reference,
        amount: one.amount,
    });
    let open: Vec<Open> = open.collect();
    let told = store.returns(None)?;
    let mut taken = Vec::new();
    for one in open.iter().filter(|one| carried::is_taken(one)) {
        let of = (one.payer.as_str(), one.payee.as_str());
        if told.iter().any(|kept| (kept.payer.as_str(), kept.entry.payee.as_str()) == of) {
            taken.extend(store.said_under(of, one.reference.expose())?);
        }
    }
    Ok(carried::open(open, &store.refunds(None)?, (&told, &taken)))
}

impl From<workbook::Error> for Failure {
    fn from(error: workbook::Error) -> Failure {
        match error {
            workbook::Error::TooLong => Failure::Unusable(error.to_string()),
            workbook::Error::Made(_) => Failure::World(error.to_string()),
        }
    }
}
