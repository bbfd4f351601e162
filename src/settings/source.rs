//! The text of a file of settings, and where in it something is wrong.

use std::ops::Range;

use toml::Spanned;

use super::plan::PayerPlan;
use super::{Problem, tell};
use crate::limits::PROBLEMS_MAX;

pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub problems: &'a mut Vec<Problem>,
    /// How many were reported, told or not.
    pub reported: usize,
}

impl Source<'_> {
    /// Reports bytes of the file, with their line and a caret below.
    pub(super) fn report(&mut self, at: Range<usize>, key: &str, what: &str) {
        self.reported += 1;
        if self.is_full() {
            return;
        }
        tell(self.problems, self.file, key, || located(self.text, at, what));
    }

    /// Whether so much was reported that no more is told.
    pub(super) fn is_full(&self) -> bool {
        PROBLEMS_MAX + 1 < self.reported
    }

    /// The payer's name that is written, reported when no payer of the settings has it.
    pub(super) fn payer(&mut self, written: &Spanned<String>, payers: &[PayerPlan]) -> String {
        let name = written.get_ref();
        let known: Vec<&str> = payers.iter().map(|payer| payer.name.as_str()).collect();
        if !known.contains(&name.as_str()) {
            let known = known.join(", ");
            let what =
                format!("no payer of config/payers is called so; write one of them ({known})");
            self.report(written.span(), "payer", &what);
        }
        name.clone()
    }

    /// The bytes of the file that characters of a text value stand in. `span` is the value with its
    /// quotes.
    pub(super) fn within(&self, span: &Range<usize>, characters: &Range<usize>) -> Range<usize> {
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let places = places_of(raw);
        let end = places.last().copied().unwrap_or_default();
        let place = |at: usize| span.start + places.get(at).copied().unwrap_or(end);
        let start = place(characters.start);
        start..place(characters.end).max(start + 1)
    }
}

/// What is wrong with bytes of a text, with their line and a caret below. Of a long line that is
/// shown which is around them.
pub(super) fn located(text: &str, at: Range<usize>, what: &str) -> String {
    let start = at.start.min(text.len());
    let before = text.get(..start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let number = before.matches('\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    let marked = text.get(start..at.end.min(text.len())).unwrap_or_default();
    let marked = marked.lines().next().unwrap_or_default().chars().count().max(1);
    let is_long = line.chars().count() > SHOWN_MAX;
    let from = if is_long { (column - 1).saturating_sub(SHOWN_MAX / 3) } else { 0 };
    let shown: String = line.chars().skip(from).take(SHOWN_MAX).collect();
    let blanks = column - 1 - from;
    let marked = marked.min(SHOWN_MAX.saturating_sub(blanks)).max(1);
    let margin = " ".repeat(number.to_string().len());
    let caret = format!("{}{}", " ".repeat(blanks), "^".repeat(marked));
    format!(
        "line {number}, column {column}: {what}\n{margin} |\n{number} | {shown}\n{margin} | {caret}"
    )
}

/// So many characters of a line are shown.
const SHOWN_MAX: usize = 120;

/// Where each character of a TOML text stands in it as it is written, and where it ends.
fn places_of(raw: &str) -> Vec<usize> {
    let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| raw.starts_with(quotes));
    let Some(quotes) = quotes else { return vec![0] };
    let has_escapes = quotes.starts_with('"');
    let end = raw.len().saturating_sub(quotes.len());
    let mut at = quotes.len();
    // The line end behind the quotes of a text of several lines is not part of it.
    if quotes.len() == 3 {
        let rest = raw.get(at..).unwrap_or_default();
        at += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    }
    let mut places = Vec::new();
    while at < end {
        let rest = raw.get(at..end).unwrap_or_default();
        let Some(letter) = rest.chars().next() else { break };
        if has_escapes && letter == '\\' {
            let next = rest.chars().nth(1);
            let len = match next {
                Some('u') => 6,
                Some('U') => 10,
                // A line that goes on: neither its end nor the blanks before the next count.
                Some('\n' | '\r') => {
                    at += rest.len() - rest.get(1..).unwrap_or_default().trim_start().len();
                    continue;
                }
                Some(_) | None => 2,
            };
            places.push(at);
            at += len;
        } else {
            places.push(at);
            at += letter.len_utf8();
        }
    }
    places.push(end);
    places
}
