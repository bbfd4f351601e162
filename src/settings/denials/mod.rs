//! `config/denials.toml`: what an office says of denials, read and checked into a table.
//!
//! All that is wrong is listed, with line and column; a file with a problem is not used at all.

mod known;
#[cfg(test)]
mod tests;
mod written;

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::path::Path;

use toml::Spanned;
use x12::value::Day;

use super::plan::PayerPlan;
use super::source::Source;
use super::{Problem, layers, tell};
use crate::change::Resend;
use crate::code_sets::{self, Standing};
use crate::denials::answers::ta105_meaning;
use crate::denials::known::PlbRow;
use crate::denials::reasons::{Class, DESKS, Desk, TOPICS, Topic};
use crate::denials::table::{OfficeRow, RejectionRow, Table};
use crate::limits::{DENIAL_ROWS_MAX, NAME_BYTES_MAX, SETTINGS_BYTES_MAX};
use written::{Days, DenialSettings, DenialsSettings, RejectionSettings, Switch, Text};

/// Its name, beside the main file.
pub const FILE: &str = "denials.toml";

/// Reads the file; without one our table stands alone. When anything is added to `problems`, it is
/// not to be used.
pub(super) fn read(path: &Path, payers: &[PayerPlan], problems: &mut Vec<Problem>) -> Table {
    if !path.exists() {
        return Table::default();
    }
    let file = path.display().to_string();
    let text = match layers::read_file(path, SETTINGS_BYTES_MAX) {
        Ok(text) => text,
        Err(why) => {
            tell(problems, &file, "", || why);
            return Table::default();
        }
    };
    let mut source = Source { file: &file, text: &text, problems, reported: 0 };
    let settings: DenialsSettings = match toml::from_str(&text) {
        Ok(settings) => settings,
        Err(error) => {
            let what = format!("none of it is used: {}", error.message());
            source.report(error.span().unwrap_or(0..1), "", &what);
            return Table::default();
        }
    };
    let denial = settings.denial.get(DENIAL_ROWS_MAX).map(|row| (row.span(), "denial"));
    let rejection = settings.rejection.get(DENIAL_ROWS_MAX).map(|row| (row.span(), "rejection"));
    let plb = settings.plb.get(DENIAL_ROWS_MAX).map(|row| (row.span(), "plb"));
    if let Some((span, key)) = denial.or(rejection).or(plb) {
        let what = format!("there are more than {DENIAL_ROWS_MAX} rows; put several into one");
        source.report(span.start..span.start + 1, key, &what);
        return Table::default();
    }
    let mut reader = Reader { source, payers, desks: Vec::new(), newer_codes: Vec::new() };
    reader.take_desks(&settings.desks);
    reader.take_newer_codes(&settings.newer_codes);
    let rows = settings.denial.iter().map(|row| reader.row(row)).collect::<Vec<_>>();
    let keys = rows.iter().map(|row| (row.key(), row.place.as_str()));
    reader.refuse_rivals("denial", settings.denial.iter().map(Spanned::span).zip(keys));
    let rejections: Vec<RejectionRow> =
        settings.rejection.iter().map(|row| reader.rejection(row)).collect();
    let keys = rejections.iter().map(|row| (row.key(), row.place.as_str()));
    reader.refuse_rivals("rejection", settings.rejection.iter().map(Spanned::span).zip(keys));
    let known: Vec<PlbRow> = settings.plb.iter().filter_map(|row| reader.known(row)).collect();
    Table::new(rows).with_rejections(rejections).with_known(known)
}

struct Reader<'a> {
    source: Source<'a>,
    payers: &'a [PayerPlan],
    /// Desks of the office beside ours.
    desks: Vec<String>,
    /// Codes that our lists do not have yet.
    newer_codes: Vec<String>,
}

impl Reader<'_> {
    fn take_desks(&mut self, written: &[Spanned<String>]) {
        for desk in written {
            let is_name = is_words(desk.get_ref(), NAME_BYTES_MAX);
            if is_name {
                self.desks.push(desk.get_ref().clone());
            } else {
                let what = format!("a desk has a name of up to {NAME_BYTES_MAX} letters");
                self.source.report(desk.span(), "desks", &what);
            }
        }
    }

    fn take_newer_codes(&mut self, written: &[Spanned<String>]) {
        for code in written {
            if is_code(code.get_ref()) {
                self.newer_codes.push(code.get_ref().clone());
            } else {
                let what = "a code has up to five capital letters and digits";
                self.source.report(code.span(), "newer_codes", what);
            }
        }
    }

    fn row(&mut self, written: &Spanned<DenialSettings>) -> OfficeRow {
        let (settings, span) = (written.get_ref(), written.span());
        let row = OfficeRow {
            payer: self.payer(&settings.payer),
            group: self.group(&settings.group),
            reason: self.code(&settings.reason, "reason", "claim-adjustment-reason"),
            remark: self.code(&settings.remark, "remark", "remark"),
            class: self.named(&settings.kind, "kind", class_of, CLASSES),
            topic: self.topic(&settings.category),
            desk: self.desk(&settings.desk),
            is_correctable: switch(&settings.correctable),
            is_appealable: switch(&settings.appealable),
            resend: self.named(&settings.send_as, "send_as", resend_of, RESENDS),
            corrected_days: self.days(&settings.corrected_days, "corrected_days"),
            appeal_days: self.days(&settings.appeal_days, "appeal_days"),
            meaning: self.words(&settings.meaning, "meaning"),
            action: self.words(&settings.action, "action"),
            place: self.place(span.start),
        };
        let start = span.start..span.start + 1;
        if says_nothing(settings) {
            let what = "this row says nothing of the denials that it names; give it a desk, an \
                        action or another value, or remove it";
            self.source.report(start, "denial", what);
        } else if let (Some(written), Some(false)) = (&settings.send_as, row.is_correctable) {
            let what = "what is not correctable is not sent again; remove one of the two";
            self.source.report(written.span(), "send_as", what);
        }
        row
    }

    fn place(&self, start: usize) -> String {
        let before = self.source.text.get(..start).unwrap_or_default();
        format!("{FILE} line {}", 1 + before.matches('\n').count())
    }

    fn rejection(&mut self, written: &Spanned<RejectionSettings>) -> RejectionRow {
        let (settings, span) = (written.get_ref(), written.span());
        let answer = |name: &str| ANSWERS.contains(&name).then(|| name.to_owned());
        let row = RejectionRow {
            payer: self.payer(&settings.payer),
            answer: self.named(&settings.answer, "answer", answer, &ANSWERS),
            code: self.returned_code(settings),
            entity: settings.entity.as_ref().map(|entity| entity.get_ref().clone()),
            desk: self.desk(&settings.desk),
            filing_days: self.days(&settings.filing_days, "filing_days"),
            meaning: self.words(&settings.meaning, "meaning"),
            action: self.words(&settings.action, "action"),
            place: self.place(span.start),
        };
        let is_277ca = row.answer.as_deref() == Some("277CA");
        if let Some(entity) = settings.entity.as_ref().filter(|_| !is_277ca) {
            let what =
                "a 277CA alone says whom it is about; write answer = \"277CA\", or leave it out";
            self.source.report(entity.span(), "entity", what);
        }
        let says_nothing =
            [&settings.desk, &settings.meaning, &settings.action].iter().all(|text| text.is_none())
                && settings.filing_days.is_none();
        if says_nothing {
            let what = "this row says nothing of the rejections that it names; give it a desk, an \
                        action or another value, or remove it";
            self.source.report(span.start..span.start + 1, "rejection", what);
        }
        row
    }

    /// A code of a TA1 or a 277CA; a 999 has codes of several kinds under the same numbers.
    fn returned_code(&mut self, settings: &RejectionSettings) -> Option<String> {
        let written = settings.code.as_ref()?;
        let answer = settings.answer.as_ref().map(|answer| answer.get_ref().as_str());
        let code = written.get_ref();
        let is_known = match answer {
            Some("277CA") => return self.code(&settings.code, "code", "claim-status"),
            Some("TA1") => ta105_meaning(code).is_some() || self.newer_codes.contains(code),
            Some(_) | None => {
                let what = "a code says something in a TA1 or a 277CA; name one of them in `answer`, \
                            or leave the code out";
                self.source.report(written.span(), "code", what);
                true
            }
        };
        if !is_known {
            let what = "a TA1 has no such code, so the row would never hold; correct it";
            self.source.report(written.span(), "code", what);
        }
        Some(code.clone())
    }

    /// Nobody could say which of two rows for the same holds.
    fn refuse_rivals<'r>(
        &mut self,
        of: &str,
        rows: impl Iterator<Item = (Range<usize>, ([Option<&'r str>; 4], &'r str))>,
    ) {
        let mut seen: BTreeMap<[Option<&str>; 4], &str> = BTreeMap::new();
        for (span, (key, place)) in rows {
            match seen.get(&key) {
                None => {
                    seen.insert(key, place);
                }
                Some(place) => {
                    let what = format!("{place} is for the same {of}s; make one row of the two");
                    self.source.report(span.start..span.start + 1, of, &what);
                }
            }
        }
    }

    fn payer(&mut self, written: &Text) -> Option<String> {
        Some(self.source.payer(written.as_ref()?, self.payers))
    }

    fn group(&mut self, written: &Text) -> Option<String> {
        let written = written.as_ref()?;
        if !GROUPS.contains(&written.get_ref().as_str()) {
            let what = format!("this is no group code (CAS01); write {}", GROUPS.join(", "));
            self.source.report(written.span(), "group", &what);
        }
        Some(written.get_ref().clone())
    }

    fn code(&mut self, written: &Text, key: &str, set: &str) -> Option<String> {
        let written = written.as_ref()?;
        let code = written.get_ref();
        let standing = code_sets::standing(set, code.as_bytes(), SOME_DAY);
        let is_known = standing != Some(Standing::Unknown) || self.newer_codes.contains(code);
        if !is_known {
            let what = "the list that is built in has no such code, so the row would never hold; \
                        correct it, or name it in `newer_codes` if it is newer than the list";
            self.source.report(written.span(), key, what);
        }
        Some(code.clone())
    }

    fn topic(&mut self, written: &Text) -> Option<Topic> {
        let known: Vec<&str> = TOPICS.iter().map(|topic| topic.name()).collect();
        let named = |name: &str| TOPICS.into_iter().find(|topic| topic.name() == name);
        self.named(written, "category", named, &known)
    }

    fn desk(&mut self, written: &Text) -> Option<String> {
        let written = written.as_ref()?;
        let name = written.get_ref();
        let known: Vec<&str> = DESKS.into_iter().map(Desk::name).collect();
        if !known.contains(&name.as_str()) && !self.desks.contains(name) {
            let what = format!(
                "there is no such desk; write one of {}, or name your own in `desks`",
                known.join(", ")
            );
            self.source.report(written.span(), "desk", &what);
        }
        Some(name.clone())
    }

    fn named<T>(
        &mut self,
        written: &Text,
        key: &str,
        of: impl Fn(&str) -> Option<T>,
        known: &[&str],
    ) -> Option<T> {
        let written = written.as_ref()?;
        let value = of(written.get_ref());
        if value.is_none() {
            let what = format!("write one of {}", known.join(", "));
            self.source.report(written.span(), key, &what);
        }
        value
    }

    fn days(&mut self, written: &Days, key: &str) -> Option<u32> {
        let written = written.as_ref()?;
        let days = u32::try_from(*written.get_ref()).ok().filter(|days| DAYS.contains(days));
        if days.is_none() {
            let what = format!("write days from {} to {}", DAYS.start(), DAYS.end());
            self.source.report(written.span(), key, &what);
        }
        days
    }

    fn words(&mut self, written: &Text, key: &str) -> Option<String> {
        let written = written.as_ref()?;
        if !is_words(written.get_ref(), WORDS_BYTES_MAX) {
            let what = format!("say it in one line of up to {WORDS_BYTES_MAX} letters");
            self.source.report(written.span(), key, &what);
        }
        Some(written.get_ref().trim().to_owned())
    }
}

const ANSWERS: [&str; 3] = ["TA1", "999", "277CA"];

/// CAS01. CR ended with version 4010, and some payers still write it.
const GROUPS: [&str; 5] = ["CO", "PR", "OA", "PI", "CR"];

/// Codes count whether they have ended or not: payers use those too.
const SOME_DAY: Day = match Day::new(2026, 1, 1) {
    Some(day) => day,
    None => panic!("the first day of 2026"),
};

const DAYS: RangeInclusive<u32> = 1..=3_650;

/// What is told in one line of the queue.
const WORDS_BYTES_MAX: usize = 400;

const CLASSES: &[&str] = &["denial", "expected", "waiting"];

fn class_of(name: &str) -> Option<Class> {
    Some(match name {
        "denial" => Class::Denial,
        "expected" => Class::Expected,
        "waiting" => Class::Waiting,
        _ => return None,
    })
}

const RESENDS: &[&str] = &["original", "replacement"];

fn resend_of(name: &str) -> Option<Resend> {
    Resend::named(name).filter(|resend| RESENDS.contains(&resend.name()))
}

fn switch(written: &Switch) -> Option<bool> {
    written.as_ref().map(|written| *written.get_ref())
}

fn is_words(text: &str, bytes_max: usize) -> bool {
    !text.trim().is_empty() && text.len() <= bytes_max && !text.contains(char::is_control)
}

fn is_code(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (1..=5).contains(&text.len()) && text.bytes().all(is_sign)
}

/// Whether a row has keys alone.
fn says_nothing(row: &DenialSettings) -> bool {
    let texts = [&row.kind, &row.category, &row.desk, &row.send_as, &row.meaning, &row.action];
    let switches = [&row.correctable, &row.appealable];
    let days = [&row.corrected_days, &row.appeal_days];
    texts.iter().all(|text| text.is_none())
        && switches.iter().all(|switch| switch.is_none())
        && days.iter().all(|days| days.is_none())
}
