//! Shorter keys, and the rules that they stand for.

use std::ops::Range;

use toml::Spanned;

use super::written::{RuleSettings, Section};
use super::{Plain, Reader};

/// What a line may need when certain procedures are billed: its word, what must hold, what is said,
/// what to do, and its status.
const NEEDS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "authorization",
        "has(line.authorization)",
        "the service needs the payer's authorization",
        "get the authorization and put its number into REF*G1",
        "A6:252:PR",
    ),
    (
        "ndc",
        "has(line.ndc)",
        "the payer takes this code only with the drug's national code",
        "put the eleven digits of the code into LIN03, behind N4",
        "A6:218",
    ),
    (
        "referral",
        "has(referral_number)",
        "the service needs a referral",
        "put the referral's number into REF*9F",
        "A6:761",
    ),
    (
        "referring-provider",
        "has(referring_provider) || has(line.referring_provider)",
        "the service needs a referring provider",
        "name the referring provider, NM1*DN",
        "A6:562:DN",
    ),
    (
        "ordering-provider",
        "has(line.ordering_provider)",
        "the service needs an ordering provider",
        "name the ordering provider of the line, NM1*DK in 2420E",
        "A6:562:DK",
    ),
];

/// `[[when_billed]]` as the rule that it stands for.
pub(super) fn expand(
    reader: &mut Reader<'_>,
    written: &RuleSettings,
    span: &Range<usize>,
) -> Option<RuleSettings> {
    let (Some(procedures), Some(needs)) = (&written.procedures, &written.needs) else {
        problem(
            reader,
            span.start..span.start + 1,
            "say in `procedures` which codes, and what they need in `needs`",
        );
        return None;
    };
    let mut needed = NEEDS.iter().filter(|(word, ..)| word == needs.get_ref());
    let Some((_, require, message, fix, status)) = needed.next() else {
        let words: Vec<&str> = NEEDS.iter().map(|(word, ..)| *word).collect();
        problem(reader, needs.span(), &format!("write one of {}", words.join(", ")));
        return None;
    };
    let mut when = match codes_condition(procedures.get_ref()) {
        Ok(when) => when,
        Err(what) => {
            problem(reader, procedures.span(), &what);
            return None;
        }
    };
    if let Some(places) = &written.places_of_service {
        when = format!("({when}) && line.place in {}", quoted(places.get_ref()));
    }
    if let Some(more) = &written.when {
        // What the file says itself is checked by itself, so that its carets are right.
        reader.condition(&Some(more.clone()), "when")?;
        when = format!("({when}) && ({})", more.get_ref());
    }
    let mut require = format!("({require})");
    if let Some(form) = &written.matches {
        let Some(field) = field_of(needs.get_ref()) else {
            problem(reader, form.span(), "only an authorization or an ndc has a form here");
            return None;
        };
        require = format!("{require} && {field}.matches({})", quoted_text(form.get_ref()));
    }
    let spanned = |text: String| Some(Spanned::new(span.clone(), text));
    let or = |written: &Option<String>, otherwise: &str| {
        Some(written.clone().unwrap_or_else(|| otherwise.to_owned()))
    };
    Some(RuleSettings {
        when: spanned(when),
        require: spanned(require),
        message: or(&written.message, message),
        fix: or(&written.fix, fix),
        status: written.status.clone().or_else(|| spanned((*status).to_owned())),
        ..written.clone()
    })
}

fn problem(reader: &mut Reader<'_>, at: Range<usize>, what: &str) {
    reader.source.report(at, Section::WhenBilled.name(), what);
}

fn field_of(needs: &str) -> Option<&'static str> {
    match needs {
        "authorization" => Some("line.authorization"),
        "ndc" => Some("line.ndc"),
        "referral" => Some("referral_number"),
        _ => None,
    }
}

/// Codes (`99213`), blocks (`97110-97530`) and beginnings (`J*`) as a condition on a line.
fn codes_condition(written: &[String]) -> Result<String, String> {
    let is_code = |text: &str| {
        !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let code = "line.procedure.procedure";
    let mut alone: Vec<String> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    for text in written {
        let bad =
            || format!("{text:?} is no code, block such as 97110-97530, or beginning such as J*");
        if let Some(start) = text.strip_suffix('*') {
            is_code(start).then_some(()).ok_or_else(bad)?;
            parts.push(format!("{code}.startsWith('{start}')"));
        } else if let Some((first, last)) = text.split_once('-') {
            (is_code(first) && is_code(last) && first <= last).then_some(()).ok_or_else(bad)?;
            parts.push(format!("({code} >= '{first}' && {code} <= '{last}')"));
        } else {
            is_code(text).then_some(()).ok_or_else(bad)?;
            alone.push(text.clone());
        }
    }
    if !alone.is_empty() {
        parts.push(format!("{code} in {}", quoted(&alone)));
    }
    if parts.is_empty() {
        return Err("list at least one code".to_owned());
    }
    Ok(parts.join(" || "))
}

fn quoted(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted_text(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn quoted_text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// The rules that the keys of `[claims]` and the filing limits stand for, each with its key.
pub(super) fn shorthands(plain: &Plain<'_>) -> Vec<(&'static str, RuleSettings)> {
    let claims = plain.claims;
    let mut all = Vec::new();
    let mut add =
        |key, name: &str, at: &str, require: String, status: &str, message: String, fix: &str| {
            let spanned = |text: &str| Some(Spanned::new(0..0, text.to_owned()));
            let rule = RuleSettings {
                name: spanned(name),
                at: (!at.is_empty()).then(|| spanned(at)).flatten(),
                require: spanned(&require),
                status: spanned(status),
                message: Some(message),
                fix: Some(fix.to_owned()),
                ..RuleSettings::default()
            };
            all.push((key, rule));
        };
    if !claims.frequencies.is_empty() {
        let known = quoted(&claims.frequencies);
        add(
            "frequencies",
            "frequency-not-taken",
            "2300 CLM05-3",
            format!("frequency in {known}"),
            "A7:535",
            format!("this payer takes claims of frequency {} only", claims.frequencies.join(", ")),
            "bill it anew, or ask the payer how it wants a correction",
        );
    }
    let at_most = |list: &str, max: u64| format!("size({list}) <= {max}");
    if claims.lines_max > 0 {
        let max = claims.lines_max;
        add(
            "lines_max",
            "too-many-lines",
            "",
            at_most("lines", max),
            "A3:121",
            format!("the claim has more lines than the {max} that this payer takes"),
            "split it into several claims",
        );
    }
    if claims.replacement_lines_max > 0 {
        let max = claims.replacement_lines_max;
        add(
            "replacement_lines_max",
            "too-many-lines-in-replacement",
            "2300 CLM05-3",
            format!("frequency != '7' || {}", at_most("lines", max)),
            "A3:121",
            format!("a replacement for this payer has at most {max} lines"),
            "send a replacement for each line",
        );
    }
    if claims.diagnoses_max > 0 {
        let max = claims.diagnoses_max;
        add(
            "diagnoses_max",
            "too-many-diagnoses",
            "",
            at_most("diagnoses_coded", max),
            "A7:477",
            format!("the claim has more diagnoses than the {max} that this payer takes"),
            "leave out those that no line points at",
        );
    }
    if !claims.patients {
        add(
            "patients",
            "patient-not-subscriber",
            "",
            "patient_is_subscriber == 'Y'".to_owned(),
            "A7:158:QC",
            "with this payer every patient is the subscriber".to_owned(),
            "bill the patient as the subscriber, with the patient's own member number",
        );
    }
    if !claims.zero_charges {
        add(
            "zero_charges",
            "line-charge-zero",
            "2400 LX01",
            "line.charge == null || line.charge != 0".to_owned(),
            "A7:178",
            "this payer takes no lines without a charge".to_owned(),
            "leave the line out, or charge for it",
        );
    }
    if !claims.attachments {
        add(
            "attachments",
            "attachment-not-taken",
            "2300 PWK",
            "size(attachments) == 0".to_owned(),
            "A7:489",
            "this payer takes no attachments to electronic claims".to_owned(),
            "leave PWK out, and ask the payer how it wants documents",
        );
    }
    if !claims.secondary {
        add(
            "secondary",
            "secondary-not-taken",
            "2000B SBR01",
            "size(other_coverages) == 0 && subscriber.payer_responsibility == 'P'".to_owned(),
            "A7:171",
            "this payer takes no electronic claims that another payer has decided first".to_owned(),
            "bill it as this payer wants secondary claims",
        );
    }
    if claims.check_filing_limit {
        let (first, corrected) = (plain.filing_limit_days, plain.corrected_claim_limit_days);
        add(
            "check_filing_limit",
            "filing-limit-passed",
            "",
            format!(
                "delay_reason != '' || service_to == null || days_between(service_to, today) <= \
                 (frequency in ['7', '8'] ? {corrected} : {first})"
            ),
            "A8:718",
            "the payer's limit for filing has passed".to_owned(),
            "give a reason for the delay in CLM20 and the proof of an earlier filing",
        );
    }
    all
}
