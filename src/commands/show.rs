//! `claimgate show`.

mod meaning;
mod page;
mod words;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use x12::value::Day;

use super::ahead::{all_was_read, open_ahead};
use super::store::{Desk, load_without_contracts};
use super::terminal::{Colour, Look};
use super::{Failure, Outcome, day_or_today, not_x12, parse_day};
use crate::inspect::{Options, inspect};
use crate::shelf;
use page::{Chosen, Page};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate show batch.edi | less\n  \
    claimgate show --only-findings batch.edi\n  \
    claimgate show --claim A1 --color always batch.edi | less -R")]
pub struct ShowArguments {
    /// The file to lay out.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The day that date-dependent checks use; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    as_of: Option<Day>,
    /// Only segments that something is wrong with, and the loops that they stand in.
    #[arg(long)]
    only_findings: bool,
    /// Only the claim with this number (CLM01, CLP01, TRN02), and whom it is under.
    #[arg(long, value_name = "NUMBER")]
    claim: Option<String>,
    /// Whether to write in colour; `auto` does on a terminal.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Colour,
    /// Where sentences break; the width of the terminal without it.
    #[arg(long, value_name = "COLUMNS")]
    width: Option<u16>,
}

/// Lays a file out: loops indented, segments and elements named, findings in place.
pub fn run(
    arguments: &ShowArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let (mut file, len) = open_ahead(&arguments.file)?;
    let rulebook = load_without_contracts(desk)?.rulebook(shelf::load(desk.data)?);
    let today = day_or_today(arguments.as_of);
    let options = Options { today, rulebook: &rulebook, only: &[] };
    let look = Look::of(arguments.color, arguments.width);
    let chosen =
        Chosen { only_findings: arguments.only_findings, claim: arguments.claim.as_deref() };
    let mut page = Page::new(look, chosen, out);
    let summary = inspect(&mut file, &options, &mut page)?;
    let has_chosen = page.finish(&summary)?;
    all_was_read(&file, &arguments.file)?;
    if summary.interchanges == 0 {
        return Err(not_x12(&arguments.file, len));
    }
    match &arguments.claim {
        Some(claim) if !has_chosen => Err(Failure::Unusable(format!(
            "{} holds no claim '{claim}'; give CLM01 or CLP01 as it stands in the file",
            arguments.file.display()
        ))),
        _ => Ok(Outcome::from_findings(summary.to_act_on > 0)),
    }
}
