//! A report as a workbook (XLSX): a sheet of typed cells, and a sheet that says what they mean.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use x12::value::{Day, Money};

use super::cells::{Cell, Column, Kind};
use super::{Report, Row};

/// More rows than that no spreadsheet opens; one of them is the header.
pub const ROWS_MAX: usize = 1_048_575;

/// The longest text that a cell of a spreadsheet takes.
const TEXT_CHARACTERS_MAX: usize = 32_767;

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "a spreadsheet takes {ROWS_MAX} rows, and there are more; write --format csv, or ask for fewer days"
    )]
    TooLong,
    #[error("the workbook could not be made: {0}")]
    Made(#[from] XlsxError),
}

/// What a workbook is made of.
#[derive(Debug)]
pub struct Contents<'a> {
    pub report: Report,
    pub columns: &'a [Column],
    pub rows: &'a [Row],
    /// What was asked for, and on which day: pairs of a word and what it is.
    pub about: &'a [(&'static str, String)],
    pub today: Day,
}

/// The bytes of the workbook; the same contents give the same bytes.
pub fn workbook(contents: &Contents<'_>) -> Result<Vec<u8>, Error> {
    if contents.rows.len() > ROWS_MAX {
        return Err(Error::TooLong);
    }
    let mut book = Workbook::new();
    let title = contents.report.title();
    let made_on = to_excel(contents.today)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made_on));
    fill(book.add_worksheet().set_name(contents.report.name())?, contents)?;
    explain(book.add_worksheet().set_name("definitions")?, contents)?;
    Ok(book.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, contents: &Contents<'_>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let kinds = [Kind::Money, Kind::Day, Kind::Share, Kind::Tenths];
    let formats = kinds.map(|kind| (kind, Format::new().set_num_format(number_format(kind))));
    let format_of = |kind: Kind| formats.iter().find(|(known, _)| *known == kind).map(|it| &it.1);
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(contents.columns) {
        sheet.write_string_with_format(0, at, column.name, &bold)?;
        sheet.set_column_width(at, width(column))?;
        if let Some(format) = format_of(column.kind) {
            sheet.set_column_format(at, format)?;
        }
    }
    for (at, row) in (1_u32..).zip(contents.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            write(sheet, (at, column), cell)?;
        }
    }
    if let Some(last) = contents.columns.len().checked_sub(1) {
        sheet.autofilter(0, 0, contents.rows.len() as u32, last as u16)?;
    }
    Ok(())
}

/// Text is written as text, whatever it begins with, so that no spreadsheet takes it for a formula.
fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => {
            let text: String = text.chars().take(TEXT_CHARACTERS_MAX).collect();
            sheet.write_string(row, column, text)?
        }
        Cell::Count(number) => sheet.write_number(row, column, *number as f64)?,
        Cell::Money(amount) => sheet.write_number(row, column, units(*amount))?,
        Cell::Day(day) => sheet.write_datetime(row, column, to_excel(*day)?)?,
        // A spreadsheet's percent is a share of one.
        Cell::Share(share) => sheet.write_number(row, column, *share as f64 / 10_000.0)?,
        Cell::Tenths(tenths) => sheet.write_number(row, column, *tenths as f64 / 10.0)?,
    };
    Ok(())
}

/// A spreadsheet knows no other numbers than floating ones; cents up to fifteen digits are exact in
/// what it shows.
fn units(amount: Money) -> f64 {
    amount.cents() as f64 / 100.0
}

fn to_excel(day: Day) -> Result<ExcelDateTime, XlsxError> {
    // A spreadsheet's calendar begins in 1900.
    ExcelDateTime::from_ymd(day.year().max(1900), day.month(), day.day())
}

const fn number_format(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "#,##0.00",
        Kind::Day => "yyyy-mm-dd",
        Kind::Share => "0.00%",
        Kind::Tenths => "0.0",
        Kind::Text(_) | Kind::Count => "General",
    }
}

fn width(column: &Column) -> f64 {
    let own = match column.kind {
        Kind::Text(width) => usize::from(width),
        Kind::Count => 8,
        Kind::Money => 14,
        Kind::Day => 11,
        Kind::Share | Kind::Tenths => 8,
    };
    // With room for the button that filters.
    own.max(column.name.len() + 3) as f64
}

fn explain(sheet: &mut Worksheet, contents: &Contents<'_>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    sheet.set_column_width(0, 16)?.set_column_width(1, 110)?;
    sheet.write_string_with_format(0, 0, "report", &bold)?;
    sheet.write_string(0, 1, contents.report.title())?;
    let mut at = 1;
    for (word, told) in contents.about {
        sheet.write_string_with_format(at, 0, *word, &bold)?;
        sheet.write_string_with_format(at, 1, told, &wrapped)?;
        at += 1;
    }
    for definition in contents.report.definitions() {
        sheet.write_string_with_format(at, 0, "definition", &bold)?;
        sheet.write_string_with_format(at, 1, *definition, &wrapped)?;
        at += 1;
    }
    Ok(())
}
