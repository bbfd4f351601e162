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
            let are_codes = is_code(first) && is_code(last);
            let is_block = are_codes && form_of(first) == form_of(last) && first <= last;
            is_block.then_some(()).ok_or_else(bad)?;
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

/// Where the letters of a code stand: those of a block are of one kind.
fn form_of(code: &str) -> Vec<bool> {
    code.bytes().map(|byte| byte.is_ascii_digit()).collect()
}

fn quoted(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted_text(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn quoted_text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A key of `[claims]`, and the rule that it stands for.
struct Shorthand {
    key: &'static str,
    name: &'static str,
    at: &'static str,
    status: &'static str,
    fix: &'static str,
    /// What must hold, and what is said when it does not; nothing while the key asks nothing.
    asks: fn(&Plain<'_>) -> Option<(String, String)>,
}

/// The rules that the keys of `[claims]` and the filing limits stand for, each with its key.
pub(super) fn shorthands(plain: &Plain<'_>) -> Vec<(&'static str, RuleSettings)> {
    let spanned = |text: &str| Some(Spanned::new(0..0, text.to_owned()));
    let asked = SHORTHANDS.iter().filter_map(|short| {
        let (require, message) = (short.asks)(plain)?;
        let rule = RuleSettings {
            name: spanned(short.name),
            at: (!short.at.is_empty()).then(|| spanned(short.at)).flatten(),
            require: spanned(&require),
            status: spanned(short.status),
            message: Some(message),
            fix: Some(short.fix.to_owned()),
            ..RuleSettings::default()
        };
        Some((short.key, rule))
    });
    asked.collect()
}

/// Nothing of a payer that takes them all.
fn unless(takes: bool, require: &str, message: &str) -> Option<(String, String)> {
    (!takes).then(|| (require.to_owned(), message.to_owned()))
}

const SHORTHANDS: &[Shorthand] = &[
    Shorthand {
        key: "frequencies",
        name: "frequency-not-taken",
        at: "2300 CLM05-3",
        status: "A7:535",
        fix: "bill it anew, or ask the payer how it wants a correction",
        asks: |plain| {
            let known = &plain.claims.frequencies;
            let told = known.join(", ");
            let require = format!("frequency in {}", quoted(known));
            (!known.is_empty())
                .then(|| (require, format!("this payer takes claims of frequency {told} only")))
        },
    },
    Shorthand {
        key: "lines_max",
        name: "too-many-lines",
        at: "",
        status: "A3:121",
        fix: "split it into several claims",
        asks: |plain| {
            let max = plain.claims.lines_max;
            let message = format!("the claim has more lines than the {max} that this payer takes");
            (max > 0).then(|| (format!("size(lines) <= {max}"), message))
        },
    },
    Shorthand {
        key: "replacement_lines_max",
        name: "too-many-lines-in-replacement",
        at: "2300 CLM05-3",
        status: "A3:121",
        fix: "send a replacement for each line",
        asks: |plain| {
            let max = plain.claims.replacement_lines_max;
            let require = format!("frequency != '7' || size(lines) <= {max}");
            let message = format!("a replacement for this payer has {max} lines at most");
            (max > 0).then_some((require, message))
        },
    },
    Shorthand {
        key: "diagnoses_max",
        name: "too-many-diagnoses",
        at: "",
        status: "A7:477",
        fix: "leave out those that no line points at",
        asks: |plain| {
            let max = plain.claims.diagnoses_max;
            let message =
                format!("the claim has more diagnoses than the {max} that this payer takes");
            (max > 0).then(|| (format!("size(diagnoses_coded) <= {max}"), message))
        },
    },
    Shorthand {
        key: "patients",
        name: "patient-not-subscriber",
        at: "",
        status: "A7:158:QC",
        fix: "bill the patient as the subscriber, with the patient's own member number",
        asks: |plain| {
            let message = "with this payer every patient is the subscriber";
            unless(plain.claims.patients, "patient_is_subscriber == 'Y'", message)
        },
    },
    Shorthand {
        key: "zero_charges",
        name: "line-charge-zero",
        at: "2400 LX01",
        status: "A7:178",
        fix: "leave the line out, or charge for it",
        asks: |plain| {
            let require = "line.charge == null || line.charge != 0";
            let message = "this payer takes no lines without a charge";
            unless(plain.claims.zero_charges, require, message)
        },
    },
    Shorthand {
        key: "attachments",
        name: "attachment-not-taken",
        at: "2300 PWK",
        status: "A7:489",
        fix: "leave PWK out, and ask the payer how it wants documents",
        asks: |plain| {
            let message = "this payer takes no attachments to electronic claims";
            unless(plain.claims.attachments, "size(attachments) == 0", message)
        },
    },
    Shorthand {
        key: "secondary",
        name: "secondary-not-taken",
        at: "2000B SBR01",
        status: "A7:171",
        fix: "bill it as this payer wants secondary claims",
        asks: |plain| {
            let require = "subscriber.payer_responsibility == 'P'";
            let message =
                "this payer takes no electronic claims that another payer has decided first";
            unless(plain.claims.secondary, require, message)
        },
    },
    Shorthand {
        key: "check_filing_limit",
        name: "filing-limit-passed",
        at: "",
        status: "A8:718",
        fix: "give a reason for the delay in CLM20 and the proof of an earlier filing",
        asks: |plain| {
            let (first, corrected) = (plain.filing_limit_days, plain.corrected_claim_limit_days);
            let require = format!(
                "delay_reason != '' || service_to == null || days_between(service_to, today) <= \
                 (frequency in ['7', '8'] ? {corrected} : {first})"
            );
            let message = "the payer's limit for filing has passed".to_owned();
            plain.claims.check_filing_limit.then_some((require, message))
        },
    },
];
