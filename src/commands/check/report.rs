//! What was found as a page that an office can read and print. It stands alone, and runs nothing.

use std::borrow::Cow;
use std::io::{self, Write};

use askama::Template;
use x12::segment::Segment;

use super::tally::{OfProvider, OfRule, Tally};
use crate::commands::snippet::shown;
use crate::commands::terminal::{Harmless, harmless};
use crate::inspect::{Note, Summary};
use crate::scrub::Severity;

/// Findings that stand on the page one by one. A page of more is read by nobody; the counts by
/// rule and provider are of all.
const LISTED_MAX: usize = 5_000;

/// Gathers what the page shows.
#[derive(Debug, Default)]
pub struct Report {
    listed: Vec<Listed>,
    untold: u64,
    /// Code sets that are not at hand, each with the rules that could not be asked.
    pub not_checked: Vec<String>,
}

/// A finding on the page.
#[derive(Debug)]
struct Listed {
    file: String,
    claim: String,
    place: String,
    severity: Severity,
    code: Cow<'static, str>,
    name: Cow<'static, str>,
    what: Cow<'static, str>,
    why: Cow<'static, str>,
    fix: Cow<'static, str>,
    answer: String,
    /// The segment as it stands in the file, or that behind which something is missing.
    segment: String,
    repair: Option<Repair>,
    /// The code sets that judged, with their editions: `icd10cm 2026`.
    judged_by: Vec<String>,
}

/// What a repair makes of a value, or would.
#[derive(Debug)]
struct Repair {
    from: String,
    to: String,
    is_made: bool,
}

#[derive(Template)]
#[template(path = "check.html")]
struct Page<'a> {
    summary: &'a Summary,
    files: usize,
    rules: Vec<&'a OfRule>,
    providers: Vec<&'a OfProvider>,
    listed: &'a [Listed],
    untold: u64,
    not_checked: &'a [String],
    as_of: String,
}

impl Report {
    pub fn note(&mut self, file: &str, note: &Note, segment: Option<&Segment<'_>>) {
        if LISTED_MAX <= self.listed.len() {
            self.untold += 1;
            return;
        }
        self.listed.push(Listed {
            file: file.to_owned(),
            claim: note.address.claim.clone().unwrap_or_default(),
            place: place_of(note),
            severity: note.severity,
            code: note.code.clone(),
            name: note.name.clone(),
            what: note.what.clone(),
            why: note.why.clone(),
            fix: note.fix.clone(),
            answer: super::answer_of(note),
            segment: segment.map(text_of).unwrap_or_default(),
            repair: note.edit.as_ref().map(|edit| Repair {
                from: harmless(edit.from.expose()).into_owned(),
                to: harmless(edit.to.expose()).into_owned(),
                is_made: edit.is_safe,
            }),
            judged_by: note.tables.iter().map(|(set, of)| format!("{set}: {of}")).collect(),
        });
    }

    pub fn write(
        &self,
        (summary, files): (&Summary, usize),
        tally: &Tally,
        as_of: String,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let page = Page {
            summary,
            files,
            rules: tally.rules(),
            providers: tally.providers(),
            listed: &self.listed,
            untold: self.untold,
            not_checked: &self.not_checked,
            as_of,
        };
        let text = page.render().expect("texts and numbers can be written to memory");
        Harmless(out).write_all(text.as_bytes())
    }
}

/// `2400 SV101-2, segment 23, byte 911`; `2400 LIN, after segment 31, byte 1102` of what is missing.
fn place_of(note: &Note) -> String {
    let place = &note.place;
    let mut words = format!("{} {}", note.loop_id, place.name_in(&note.segment));
    if place.segment > 0 {
        let side = note.missing.map_or(String::new(), |side| format!("{} ", side.in_words()));
        words.push_str(&format!(", {side}segment {}", place.segment));
    }
    format!("{}, byte {}", words.trim(), place.offset)
}

/// A segment as text, and of a long one its beginning.
fn text_of(segment: &Segment<'_>) -> String {
    let len = segment.bytes().len();
    let text = shown(segment, 0..len.min(SEGMENT_BYTES_MAX)).text;
    if len > SEGMENT_BYTES_MAX { format!("{text}…") } else { text }
}

/// No more of a segment stands on the page.
const SEGMENT_BYTES_MAX: usize = 400;
