//! What `claimgate queue` is asked.

use clap::{Args, Subcommand, ValueEnum};
use x12::value::{Day, Money};

use crate::change::Resend;
use crate::commands::{Format, parse_day};
use crate::denials::discrepancy::Found;
use crate::ledger::LeavesTo;
use crate::reconcile::matching::Another;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate queue list\n  claimgate queue show 7\n  \
    claimgate queue take 7 --by ann\n  claimgate queue edit 7 --set SV101-3=RT --by ann\n  \
    claimgate queue release 7 --by ann")]
pub struct QueueArguments {
    #[command(subcommand)]
    pub(super) command: QueueCommand,
    /// Words, or the items as JSON, one a line.
    #[arg(long, value_enum, global = true, default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, Subcommand)]
pub(super) enum QueueCommand {
    /// Items that wait for somebody: those first that may bring most and are due soonest.
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
        /// At most so many; 100 where nothing is said, and all as JSON.
        #[arg(long)]
        limit: Option<u32>,
        /// By what they may bring and when they are due, or by the deadline alone, as with --all.
        #[arg(long, value_enum, default_value = "worth")]
        order: OrderArgument,
    },
    /// One item, with its claim's segments.
    #[command(after_help = "Example:\n  claimgate queue show 7")]
    Show {
        /// The item's number.
        id: i64,
    },
    /// Open an item for a claim of which you know that something is wrong.
    #[command(
        after_help = "Example:\n  claimgate queue open 12 --what \"billed twice\" --found overpaid --amount 80.00 --identified 2026-10-06 --by ann"
    )]
    Open {
        /// The claim's number here.
        #[arg(value_parser = parse_claim)]
        claim: i64,
        /// What is wrong; kept in the history.
        #[arg(long, value_name = "TEXT", value_parser = parse_words)]
        what: String,
        /// What it comes to, which decides how soon something must be done.
        #[arg(long, value_enum, default_value = "wrong")]
        found: FoundArgument,
        /// The money at stake; the claim's charge without it.
        #[arg(long, value_name = "AMOUNT", value_parser = parse_money)]
        amount: Option<Money>,
        /// When it was found out, which begins the clock to report and return an overpayment; today
        /// without it.
        #[arg(long, value_name = "DAY", value_parser = parse_day)]
        identified: Option<Day>,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Take an item, so that others see who works on it.
    #[command(after_help = "Example:\n  claimgate queue take 7 --by ann")]
    Take {
        /// The item's number.
        id: i64,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Lay edits over the item's claim and scrub it at once.
    #[command(
        after_help = "Examples:\n  claimgate queue edit 7 --set SV101-3=RT --by ann\n  claimgate queue edit 7 --insert 'REF*G1*A123' --after 53 --by ann"
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
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Let the claim go out again with the next batch.
    #[command(
        after_help = "Examples:\n  claimgate queue release 7 --by ann\n  claimgate queue release 7 8 --as replacement --by ann"
    )]
    Release {
        /// The items' numbers.
        #[arg(required = true)]
        ids: Vec<i64>,
        /// As what; without it as the item says, or else as it was after a front-end rejection or a
        /// hold, and after adjudication as a replacement, or what the payer takes instead.
        #[arg(long = "as", value_enum)]
        resend: Option<ResendArgument>,
        /// Although rules hold it; why, kept in the history and counted by rule.
        #[arg(long, value_name = "REASON", value_parser = parse_words)]
        override_findings: Option<String>,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// How often each rule held claims, and how often people let them pass.
    #[command(
        after_help = "Examples:\n  claimgate queue overrides\n  claimgate queue overrides --rule claim-sent-before"
    )]
    Overrides {
        /// Each override of this rule, by its code or name.
        #[arg(long)]
        rule: Option<String>,
    },
    /// Post money that waits in suspense to the claim that it belongs to, and close its item.
    #[command(
        after_help = "Examples:\n  claimgate queue attach 7 12 --reason \"same patient and day\" --by ann\n  \
        claimgate queue attach 7 13 --amount 12.34 --reason \"two claims under one CLP\" --by ann\n  \
        claimgate queue attach 7 12 --despite patient --reason \"she married\" --by ann"
    )]
    Attach {
        /// The item's number.
        id: i64,
        /// The claim's number here; the item suggests some where it can.
        #[arg(value_parser = parse_claim)]
        claim: i64,
        /// So much of it: money alone, whatever else the payer says. The rest waits on.
        #[arg(long, value_name = "AMOUNT", value_parser = parse_money)]
        amount: Option<Money>,
        /// Although the payment names another patient, payee or payer than the claim; kept in the history.
        #[arg(long, value_enum, value_name = "WHO", value_delimiter = ',')]
        despite: Vec<DespiteArgument>,
        /// Why it is this claim; kept in the history.
        #[arg(long, value_name = "TEXT", value_parser = parse_words)]
        reason: String,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Post what adds up of a remittance that is held as a whole, and close its item. What does not
    /// waits in suspense, with items of its own.
    #[command(
        after_help = "Example:\n  claimgate queue post 7 --reason \"the payer answers for the cent\" --by ann"
    )]
    Post {
        /// The item's number.
        id: i64,
        /// Why it may go on; kept in the history.
        #[arg(long, value_name = "TEXT", value_parser = parse_words)]
        reason: String,
        /// It is another payment than the one that is posted under its number, payer, day and amount.
        #[arg(long)]
        another: bool,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Take money that waits in suspense and is no claim's of ours off it, as when it is sent back, and close
    /// its items.
    #[command(
        after_help = "Examples:\n  claimgate queue write-off 7 --reason \"returned by cheque 881\" --by ann\n  \
        claimgate queue write-off 7 8 9 --to other-system --reason \"posted in the old system\" --by ann\n  \
        claimgate queue write-off --payer acme --until 2026-10-31 --to other-system --reason \"old system\" --by ann"
    )]
    WriteOff(WriteOffArguments),
    /// Take back what `attach` and `write-off` did, in all its parts: claims are as if the money had never
    /// been theirs, it waits again, and its item is open.
    #[command(
        after_help = "Example:\n  claimgate queue detach 7 --reason \"it is the brother's claim\" --by ann"
    )]
    Detach {
        /// The item's number.
        id: i64,
        /// Why; kept in the history.
        #[arg(long, value_name = "TEXT", value_parser = parse_words)]
        reason: String,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Give up what payers still owe for a claim: it is written off, the claim and its items are closed.
    #[command(
        after_help = "Example:\n  claimgate queue give-up 12 --reason \"the payer never answered\" --by ann"
    )]
    GiveUp {
        /// The claim's number here.
        #[arg(value_parser = parse_claim)]
        claim: i64,
        /// Why; kept in the history.
        #[arg(long, value_name = "TEXT", value_parser = parse_words)]
        reason: String,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Bill the next payer of a claim that its own payer said to have passed on, and that never came there or was
    /// denied there.
    #[command(
        after_help = "Example:\n  claimgate queue bill-next 12 --reason \"the supplement has no such claim\" --by ann"
    )]
    BillNext {
        /// The claim's number here.
        #[arg(value_parser = parse_claim)]
        claim: i64,
        /// How you know; kept with what it closes.
        #[arg(long, value_name = "TEXT", value_parser = parse_words)]
        reason: String,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
    /// Close an item without sending the claim again.
    #[command(
        after_help = "Example:\n  claimgate queue resolve 7 --reason \"the denial is right\" --by ann"
    )]
    Resolve {
        /// The item's number.
        id: i64,
        /// Why; kept in the history.
        #[arg(long, value_name = "TEXT", value_parser = parse_words)]
        reason: String,
        /// Leave the claim's state as it is; a held claim keeps its item then.
        #[arg(long)]
        keep_claim: bool,
        /// Who does it, for the history; the system's user without it.
        #[arg(long, value_name = "NAME", value_parser = parse_name)]
        by: Option<String>,
    },
}

/// Which money leaves suspense, and for where.
#[derive(Debug, Args)]
pub(super) struct WriteOffArguments {
    /// The items' numbers.
    #[arg(required_unless_present_any = ["trace", "payer"], conflicts_with_all = ["trace", "payer", "until"])]
    pub ids: Vec<i64>,
    /// Where it goes: back to its payer, or to the books of another system that has the claim.
    #[arg(long, value_enum, default_value = "returned")]
    pub to: LeavesToArgument,
    /// All money of claims that nobody knows in the remittance of this number (TRN02).
    #[arg(long, value_name = "NUMBER")]
    pub trace: Option<String>,
    /// All money of claims that nobody knows of this payer, by its name in the settings.
    #[arg(long, value_name = "NAME")]
    pub payer: Option<String>,
    /// With --payer or --trace: only what was paid up to this day.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub until: Option<Day>,
    /// So much of it; the rest waits on.
    #[arg(long, value_name = "AMOUNT", value_parser = parse_money)]
    pub amount: Option<Money>,
    /// Why; kept in the history.
    #[arg(long, value_name = "TEXT", value_parser = parse_words)]
    pub reason: String,
    /// Who does it, for the history; the system's user without it.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    pub by: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LeavesToArgument {
    /// It went back to its payer, or is nobody's.
    Returned,
    /// Another system has the claim on its books: the one before this, or a payer's portal.
    OtherSystem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OrderArgument {
    Worth,
    Deadline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DespiteArgument {
    /// Its name or the member's number is another.
    Patient,
    /// Another provider is paid than the one that billed.
    Payee,
    /// The claim went to another payer.
    Payer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ResendArgument {
    /// A first claim (CLM05-3 1).
    Original,
    /// In place of the claim that the payer has (7).
    Replacement,
    /// To take back the claim that the payer has (8).
    Void,
    /// A void now; an item waits for the day on which the claim can be sent anew.
    VoidAndNew,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FoundArgument {
    /// It says what is not so.
    Wrong,
    /// The payer paid what it does not owe.
    Overpaid,
    /// The payer paid less than it owes.
    Underpaid,
}

impl From<FoundArgument> for Found {
    fn from(argument: FoundArgument) -> Found {
        match argument {
            FoundArgument::Wrong => Found::Wrong,
            FoundArgument::Overpaid => Found::Overpaid,
            FoundArgument::Underpaid => Found::Underpaid,
        }
    }
}

impl From<LeavesToArgument> for LeavesTo {
    fn from(argument: LeavesToArgument) -> LeavesTo {
        match argument {
            LeavesToArgument::Returned => LeavesTo::Returned,
            LeavesToArgument::OtherSystem => LeavesTo::OtherSystem,
        }
    }
}

impl From<DespiteArgument> for Another {
    fn from(argument: DespiteArgument) -> Another {
        match argument {
            DespiteArgument::Patient => Another::Patient,
            DespiteArgument::Payee => Another::Payee,
            DespiteArgument::Payer => Another::Payer,
        }
    }
}

impl From<ResendArgument> for Resend {
    fn from(argument: ResendArgument) -> Resend {
        match argument {
            ResendArgument::Original => Resend::Original,
            ResendArgument::Replacement => Resend::Replacement,
            ResendArgument::Void => Resend::Void,
            ResendArgument::VoidAndNew => Resend::VoidAndNew,
        }
    }
}

/// Reads an amount as people write it, for clap.
pub(in crate::commands) fn parse_money(text: &str) -> Result<Money, String> {
    let amount = Money::parse(text.as_bytes()).filter(|amount| !amount.is_negative());
    amount.ok_or_else(|| "write an amount as 80.00".to_owned())
}

/// Reads the number that a claim has here, for clap.
fn parse_claim(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| {
        "it is not the number that a claim has here, which `claimgate claim` tells of a CLM01"
            .to_owned()
    })
}

/// Reads words of a person that are kept in the history, for clap.
pub(in crate::commands) fn parse_words(text: &str) -> Result<String, String> {
    let words = text.trim();
    // Blanks of all kinds, and signs that nobody sees, are no words.
    if !words.contains(char::is_alphanumeric) {
        return Err("it is kept in the history, so say it in words".to_owned());
    }
    // A line end would begin what looks like another entry of the history.
    if words.contains(|sign: char| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}')) {
        return Err("it holds a line end or another sign that cannot be printed".to_owned());
    }
    if WORDS_SIGNS_MAX < words.chars().count() {
        return Err(format!("say it in up to {WORDS_SIGNS_MAX} signs"));
    }
    Ok(words.to_owned())
}

/// Reads who does it, for clap.
pub(in crate::commands) fn parse_name(text: &str) -> Result<String, String> {
    let name = parse_words(text)?;
    match name.chars().count() <= NAME_SIGNS_MAX {
        true => Ok(name),
        false => Err(format!("give a name of up to {NAME_SIGNS_MAX} signs")),
    }
}

const WORDS_SIGNS_MAX: usize = 1_000;
const NAME_SIGNS_MAX: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_no_words_that_nobody_sees() {
        for said in ["ann", " billed twice ", "Ö", "7"] {
            assert_eq!(parse_words(said).as_deref(), Ok(said.trim()));
        }
        for said in ["", "  ", "\u{a0}\u{200b}", "\u{200b}", "--", "\u{2060}."] {
            assert!(parse_words(said).is_err(), "{said:?}");
        }
        for forged in ["ok\nitem 9: claim 1 is ready", "\u{1b}[31mann", "a\rb", "a\u{2028}b"] {
            assert!(parse_words(forged).is_err(), "{forged:?}");
        }
    }

    #[test]
    fn takes_no_words_without_end() {
        for (len, is_name, are_words) in
            [(80, true, true), (81, false, true), (1_001, false, false)]
        {
            let said = "ö".repeat(len);
            assert_eq!(
                (parse_name(&said).is_ok(), parse_words(&said).is_ok()),
                (is_name, are_words)
            );
        }
    }
}
