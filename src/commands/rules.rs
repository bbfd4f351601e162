//! `claimgate rules`.

use std::io::Write;

use clap::{Args, Subcommand};
use serde_json::json;

use super::{Failure, Format, Outcome};
use crate::scrub::Rule;
use crate::scrub::rules::ALL;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate rules list\n  claimgate rules show CG-BAL-01\n  \
    claimgate rules show claim-total-differs")]
pub struct RulesArguments {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// Every rule, a line each.
    #[command(after_help = "Example:\n  claimgate rules list --format json")]
    List {
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// One rule, by code or name.
    #[command(after_help = "Example:\n  claimgate rules show claim-total-differs")]
    Show {
        /// Its code or its name.
        rule: String,
    },
}

/// Prints the rule reference.
pub fn run(arguments: &RulesArguments, out: &mut dyn Write) -> Result<Outcome, Failure> {
    match &arguments.command {
        RulesCommand::List { format } => {
            for rule in ALL {
                match format {
                    Format::Text => writeln!(
                        out,
                        "{:<12} {:<7} type {}  {:<7}  {}",
                        rule.code,
                        rule.severity.name(),
                        rule.snip,
                        rule.letters(),
                        rule.name
                    )?,
                    Format::Json => writeln!(out, "{}", rule_json(rule))?,
                }
            }
        }
        RulesCommand::Show { rule: wanted } => {
            let rule = ALL.iter().find(|rule| rule.code == wanted || rule.name == wanted);
            let Some(rule) = rule else {
                return Err(Failure::Unusable(format!(
                    "there is no rule '{wanted}'; `claimgate rules list` names them all"
                )));
            };
            writeln!(out, "{} {}", rule.code, rule.name)?;
            writeln!(out, "severity: {}", rule.severity.name())?;
            writeln!(out, "SNIP type: {}", rule.snip)?;
            writeln!(out, "claims: {}", rule.letters())?;
            writeln!(out, "277CA status: {}", rule.status)?;
            writeln!(out, "what is wrong: {}", rule.what)?;
            writeln!(out, "why it matters: {}", rule.why)?;
        }
    }
    Ok(Outcome::Clean)
}

fn rule_json(rule: &Rule) -> serde_json::Value {
    json!({
        "code": rule.code, "rule": rule.name, "severity": rule.severity.name(),
        "snip": rule.snip, "claims": rule.kinds.iter().map(|kind| kind.letter()).collect::<Vec<_>>(),
        "stc": rule.status, "what": rule.what, "why": rule.why,
    })
}
