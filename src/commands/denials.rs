//! `claimgate denials`: how denials are routed, and which row says so.

use std::io::Write;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::store::{Desk, load_without_contracts};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome, count};
use crate::change::Resend;
use crate::corrections::as_payer_takes;
use crate::denials::known::PlbRow;
use crate::denials::reasons::{Class, group_meaning};
use crate::denials::route::Limits;
use crate::denials::ruling::{Appeal, Ruling, remarks_of, ruling};
use crate::denials::scenario::{Core, Scenario, core_of};
use crate::denials::table::{Asked, OfficeRow, RejectionRow, Table};
use crate::settings::denials::FILE;
use crate::settings::names::PayerName;
use crate::settings::plan::{PayerPlan, Plan};
use crate::settings::written::PayerSettings;
use crate::shelf;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate denials explain CO-97 --remark N20\n  \
    claimgate --config config/claimgate.toml denials explain CO-16 --remark N290 --payer acme\n  \
    claimgate --config config/claimgate.toml denials check")]
pub struct DenialsArguments {
    #[command(subcommand)]
    command: DenialsCommand,
}

#[derive(Debug, Subcommand)]
enum DenialsCommand {
    /// Read config/denials.toml as the daemon would, and list its rows.
    #[command(after_help = "Example:\n  claimgate --config config/claimgate.toml denials check")]
    Check {
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// What becomes of an adjustment: its desk, its deadlines, what to do, and which row says so.
    #[command(after_help = "Examples:\n  claimgate denials explain CO-97 --remark N20\n  \
        claimgate denials explain PR-27 --payer acme --format json")]
    Explain {
        /// Group and reason, as CAS01 and CAS02 have them: CO-97.
        #[arg(value_name = "GROUP-REASON", value_parser = parse_reason)]
        reason: (String, String),
        /// A remark code beside it; several times for several.
        #[arg(long = "remark", value_name = "CODE")]
        remarks: Vec<String>,
        /// The payer, by its name in the settings; any without it.
        #[arg(long, value_name = "NAME")]
        payer: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

/// Checks the office's rows, or explains a denial.
pub fn run(
    arguments: &DenialsArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let plan = load_without_contracts(desk)?;
    let codes = shelf::load(desk.data)?;
    match &arguments.command {
        DenialsCommand::Check { format } => check(&plan.denials, *format, out),
        DenialsCommand::Explain { reason: (group, reason), remarks, payer, format } => {
            let known = payer_of(&plan, payer.as_deref())?;
            let limits = limits_of(known);
            let taken = known.map_or(&[][..], |known| known.frequencies.as_slice());
            let payer = payer.as_deref().unwrap_or_default();
            let asked = Asked { payer, group, reason, remarks };
            let table = &plan.denials;
            let core = core_of(&codes, &asked, table.topic(&asked));
            explain(table, &asked, (&limits, core, taken), *format, out)
        }
    }
}

/// What the settings say of a payer, where one is asked about.
fn payer_of<'p>(plan: &'p Plan, payer: Option<&str>) -> Result<Option<&'p PayerPlan>, Failure> {
    let Some(name) = payer else { return Ok(None) };
    let known = PayerName::new(name).and_then(|name| plan.payer(&name));
    let unknown =
        || Failure::Unusable(format!("the settings have no payer {name:?}; see config/payers"));
    known.ok_or_else(unknown).map(Some)
}

/// The days that a payer gives; without one, those that a payer gives who says nothing.
fn limits_of(payer: Option<&PayerPlan>) -> Limits {
    let usual = PayerSettings::default();
    let usual = Limits {
        corrected_days: usual.corrected_claim_limit_days as u32,
        appeal_days: usual.appeal_limit_days as u32,
        overpayment_days: usual.overpayment_days as u32,
        filing_days: usual.filing_limit_days as u32,
    };
    payer.map_or(usual, crate::gateway::receive::limits_of)
}

fn check(table: &Table, format: Format, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let out = &mut Harmless(out);
    for row in table.rows() {
        match format {
            Format::Json => writeln!(out, "{}", row_json(row))?,
            Format::Text => {
                writeln!(out, "{}: {}: {}", row.place, key_told(row), said(row).join(", "))?;
            }
        }
    }
    for row in table.rejections() {
        match format {
            Format::Json => writeln!(out, "{}", rejection_json(row))?,
            Format::Text => writeln!(out, "{}: {}", row.place, rejection_told(row))?,
        }
    }
    for row in table.known() {
        match format {
            Format::Json => writeln!(out, "{}", known_json(row))?,
            Format::Text => writeln!(out, "{}: {}", row.place, known_told(row))?,
        }
    }
    if format == Format::Text {
        let all = table.rows().len() + table.rejections().len() + table.known().len();
        let rows = count(all as u64, "row");
        writeln!(out, "{rows} in {FILE}, nothing wrong with any; those above go first")?;
    }
    Ok(Outcome::Clean)
}

/// `payer acme, 277CA 562 of 85: desk coding`.
fn rejection_told(row: &RejectionRow) -> String {
    let payer = row.payer.as_ref().map_or("any payer".to_owned(), |name| format!("payer {name}"));
    let answer = row.answer.as_deref().unwrap_or("any rejection");
    let code = row.code.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
    let entity = row.entity.as_ref().map(|entity| format!(" of {entity}")).unwrap_or_default();
    let words = [
        ("desk", row.desk.clone()),
        ("filing_days", row.filing_days.map(|days| days.to_string())),
        ("meaning", row.meaning.clone()),
        ("action", row.action.clone()),
    ];
    let said = words.into_iter().filter_map(|(key, value)| Some(format!("{key} {}", value?)));
    let said: Vec<String> = said.collect();
    format!("{payer}, {answer}{code}{entity}: {}", said.join(", "))
}

/// `payer acme, PLB LE of LEVY77 for 1999001013: up to 500.00 until 2027-06-30, a levy of the state`.
fn known_told(row: &PlbRow) -> String {
    let PlbRow { payer, reason, amount_max, until, meaning, .. } = row;
    let reference = row.reference.as_ref().map(|one| format!(" of {one}")).unwrap_or_default();
    let provider = row.provider.as_ref().map(|one| format!(" for {one}")).unwrap_or_default();
    format!(
        "payer {payer}, PLB {reason}{reference}{provider}: up to {amount_max} until {until}, {meaning}"
    )
}

fn known_json(row: &PlbRow) -> Value {
    json!({
        "row": row.place, "payer": row.payer, "provider": row.provider, "plb_reason": row.reason,
        "reference": row.reference, "amount_max_cents": row.amount_max.cents(),
        "until": row.until.to_string(), "meaning": row.meaning,
    })
}

fn rejection_json(row: &RejectionRow) -> Value {
    json!({
        "row": row.place, "payer": row.payer, "answer": row.answer, "code": row.code,
        "entity": row.entity, "desk": row.desk, "filing_days": row.filing_days,
        "meaning": row.meaning, "action": row.action,
    })
}

/// `payer acme, CO-97 with N20`.
fn key_told(row: &OfficeRow) -> String {
    let any = |part: &Option<String>| part.clone().unwrap_or_else(|| "*".to_owned());
    let payer = row.payer.as_ref().map_or("any payer".to_owned(), |name| format!("payer {name}"));
    let remark = row.remark.as_ref().map(|code| format!(" with {code}")).unwrap_or_default();
    format!("{payer}, {}-{}{remark}", any(&row.group), any(&row.reason))
}

/// What a row says, key by key as the file has it.
fn said(row: &OfficeRow) -> Vec<String> {
    let words = [
        ("kind", row.class.map(|class| class_name(class).to_owned())),
        ("category", row.topic.map(|topic| topic.name().to_owned())),
        ("desk", row.desk.clone()),
        ("correctable", row.is_correctable.map(|is| is.to_string())),
        ("appealable", row.is_appealable.map(|is| is.to_string())),
        ("send_as", row.resend.map(|resend| resend.name().to_owned())),
        ("corrected_days", row.corrected_days.map(|days| days.to_string())),
        ("appeal_days", row.appeal_days.map(|days| days.to_string())),
        ("meaning", row.meaning.clone()),
        ("action", row.action.clone()),
    ];
    let said = words.into_iter().filter_map(|(key, value)| Some(format!("{key} {}", value?)));
    said.collect()
}

fn row_json(row: &OfficeRow) -> Value {
    json!({
        "row": row.place, "payer": row.payer, "group": row.group, "reason": row.reason,
        "remark": row.remark, "kind": row.class.map(class_name),
        "category": row.topic.map(crate::denials::reasons::Topic::name), "desk": row.desk,
        "correctable": row.is_correctable, "appealable": row.is_appealable,
        "send_as": row.resend.map(Resend::name), "corrected_days": row.corrected_days,
        "appeal_days": row.appeal_days, "meaning": row.meaning, "action": row.action,
    })
}

const fn class_name(class: Class) -> &'static str {
    match class {
        Class::Denial => "denial",
        Class::Expected => "expected",
        Class::Waiting => "waiting",
    }
}

const fn class_told(class: Class) -> &'static str {
    match class {
        Class::Denial => "a denial: an item of the queue",
        Class::Expected => "expected: posted, and nobody needs to look",
        Class::Waiting => "waiting: the payer is not done yet",
    }
}

fn explain(
    table: &Table,
    asked: &Asked<'_>,
    (limits, core, taken): (&Limits, Core, &[String]),
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let remarks = remarks_of(asked.remarks.iter());
    let ruling = ruling(table, asked, &remarks, limits);
    let class = table.class(asked);
    let mut by_office = ruling.by_office.clone();
    let kind = table.said(asked, |row| row.class).map(|(_, place)| ("kind", place.to_owned()));
    let meaning = table.said(asked, |row| row.meaning.as_deref());
    by_office.extend(kind);
    by_office.extend(meaning.map(|(_, place)| ("meaning", place.to_owned())));
    let meaning = table.meaning(asked);
    let Asked { payer, group, reason, .. } = *asked;
    let days = ruling.days();
    let sent = ruling.resend.map(|wanted| as_payer_takes(wanted, taken));
    let Ruling { topic, desk, action, resend, appeal, limits, .. } = ruling;
    if format == Format::Json {
        let by: serde_json::Map<String, Value> =
            by_office.into_iter().map(|(key, place)| (key.to_owned(), json!(place))).collect();
        let object = json!({
            "group": group, "reason": reason, "remarks": asked.remarks, "payer": payer,
            "kind": class_name(class), "meaning": meaning, "bearer": group_meaning(group),
            "category": topic.name(), "desk": desk, "action": action,
            "correctable": resend.is_some(), "send_as": sent.map(Resend::name),
            "appealable": appeal == Appeal::MayWin, "corrected_days": limits.corrected_days,
            "appeal_days": limits.appeal_days,
            "deadline": {"days_from_service": days.0, "days_from_remittance": days.1},
            "by_office": by,
            "core_360": {"scenario": core.scenario.map(Scenario::number),
                "combination": core.combination.name()},
        });
        writeln!(out, "{object}")?;
        return Ok(Outcome::Clean);
    }
    let out = &mut Harmless(out);
    // Each line says whose word it is: ours, or a row's.
    let mut line = |key: &str, word: &str, what: &str| {
        let by = by_office.iter().find(|(said, _)| *said == key);
        let by = by.map_or(String::new(), |(_, place)| format!("  [{place}]"));
        writeln!(out, "  {:<12} {what}{by}", format!("{word}:"))
    };
    line("kind", "kind", class_told(class))?;
    line("meaning", "meaning", &format!("{meaning} ({})", group_meaning(group)))?;
    for remark in &remarks {
        line("", "remark", &remark.told(asked.remarks.iter()))?;
    }
    line("category", "category", topic.name())?;
    line("desk", "desk", &desk)?;
    line("action", "what to do", &action)?;
    line("correctable", "correctable", &correctable(resend, sent))?;
    let appealable = match appeal {
        Appeal::MayWin => "yes",
        Appeal::Unlikely => "no",
        Appeal::Forbidden => "no, the payer says",
    };
    line("appealable", "appealable", appealable)?;
    for (key, word, until) in untils(resend, days) {
        line(key, word, &until)?;
    }
    line("", "CORE 360", &core.told())?;
    if by_office.is_empty() {
        line("", "decided by", "the table that is built in; no row of the office is for it")?;
    }
    Ok(Outcome::Clean)
}

/// How a corrected claim goes out: as it should, or as its payer takes it.
fn correctable(wanted: Option<Resend>, sent: Option<Resend>) -> String {
    let Some(sent) = sent else { return "no".to_owned() };
    let (name, frequency) = (sent.name(), sent.frequency());
    let why = match sent {
        _ if wanted == Some(sent) => "",
        Resend::VoidAndNew => "; this payer takes no replacement",
        Resend::Original => {
            "; this payer takes neither a replacement nor a void, and Medicare Part B reopens what it decided on"
        }
        Resend::Replacement | Resend::Void => "",
    };
    format!("yes, as {name} (CLM05-3 {frequency}){why}")
}

/// Until when the claim may be sent again, and an appeal may leave: the key of a row, the word, and the days.
fn untils(
    resend: Option<Resend>,
    (sending, appeal): (Option<u32>, Option<u32>),
) -> Vec<(&'static str, &'static str, String)> {
    let is_filed = resend == Some(Resend::Original);
    let (key, word) = if is_filed { ("", "filing") } else { ("corrected_days", "correction") };
    let mut untils = Vec::new();
    let sending = sending.map(|days| format!("{days} days from the last day of service"));
    untils.extend(sending.map(|until| (key, word, until)));
    let appeal = appeal.map(|days| format!("{days} days from the remittance"));
    untils.extend(appeal.map(|until| ("appeal_days", "appeal", until)));
    let deadline = match untils.len() {
        0 => "none: nothing can be corrected, and no appeal may win",
        1 => "that day",
        _ => "the earlier of the two",
    };
    untils.push(("", "deadline", deadline.to_owned()));
    untils
}

/// Reads `CO-97`, for clap.
fn parse_reason(text: &str) -> Result<(String, String), String> {
    let text = text.to_ascii_uppercase();
    let is_code = |code: &str, max: usize| {
        (1..=max).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    match text.split_once('-') {
        Some((group, reason)) if is_code(group, 2) && is_code(reason, 5) => {
            Ok((group.to_owned(), reason.to_owned()))
        }
        _ => Err("write group and reason as CO-97".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a denial by a row of the office.
    fn told(row: OfficeRow, reason: &str) -> String {
        told_of(row, reason, &[])
    }

    /// The same of a payer that takes these frequencies.
    fn told_of(row: OfficeRow, reason: &str, taken: &[&str]) -> String {
        let taken: Vec<String> = taken.iter().map(|&one| one.to_owned()).collect();
        let table = Table::new(vec![OfficeRow { reason: Some(reason.to_owned()), ..row }]);
        let asked = Asked { payer: "acme", group: "CO", reason, remarks: &[] };
        let limits =
            Limits { corrected_days: 120, appeal_days: 180, overpayment_days: 60, filing_days: 90 };
        let mut out = Vec::new();
        let by = (&limits, Core::default(), taken.as_slice());
        explain(&table, &asked, by, Format::Text, &mut out).expect("told");
        String::from_utf8(out).expect("a text")
    }

    #[test]
    fn how_it_goes_out_is_told_as_its_payer_takes_it() {
        for (reason, taken, says) in [
            ("11", &[][..], "yes, as replacement (CLM05-3 7)\n"),
            ("11", &["1", "7", "8"], "yes, as replacement (CLM05-3 7)\n"),
            (
                "11",
                &["1", "8"],
                "yes, as void-and-new (CLM05-3 8); this payer takes no replacement\n",
            ),
            (
                "11",
                &["1"],
                "yes, as original (CLM05-3 1); this payer takes neither a replacement nor",
            ),
            ("29", &["1"], "correctable: no\n"),
        ] {
            let told = told_of(OfficeRow::default(), reason, taken);
            assert!(told.contains(says), "{taken:?}: {told}");
        }
    }

    #[test]
    fn the_deadline_is_told_as_the_item_has_it() {
        let as_new = OfficeRow {
            is_correctable: Some(true),
            resend: Some(Resend::Original),
            ..OfficeRow::default()
        };
        let hopeless = OfficeRow {
            is_correctable: Some(false),
            is_appealable: Some(false),
            ..OfficeRow::default()
        };
        for (row, reason, said, unsaid) in [
            (as_new, "29", "filing:      90 days from the last day of service", "120 days"),
            (hopeless, "197", "deadline:    none: nothing can be corrected", "days from"),
            (
                OfficeRow::default(),
                "4",
                "correction:  120 days from the last day of service",
                "90 days",
            ),
            (OfficeRow::default(), "4", "deadline:    the earlier of the two", "none: nothing"),
        ] {
            let told = told(row, reason);
            assert!(told.contains(said) && !told.contains(unsaid), "{told}");
        }
    }
}
