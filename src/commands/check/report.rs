//! What was found as a page that an office can read and print. It stands alone, and runs nothing.

use std::borrow::Cow;
use std::io::{self, Write};

use askama::Template;

use super::tally::{OfProvider, OfRule, Tally};
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
    /// Rules that could not be asked, each with the code set that is not at hand.
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
    not_checked: String,
    as_of: String,
}

impl Report {
    pub fn note(&mut self, file: &str, note: &Note) {
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
            not_checked: self.not_checked.join(", "),
            as_of,
        };
        let text = page.render().expect("texts and numbers can be written to memory");
        out.write_all(text.as_bytes())
    }
}

/// `2400 SV101-2, segment 23, byte 911`.
fn place_of(note: &Note) -> String {
    let place = &note.place;
    let mut words = format!("{} {}", note.loop_id, place.name_in(&note.segment));
    if place.segment > 0 {
        words.push_str(&format!(", segment {}", place.segment));
    }
    format!("{}, byte {}", words.trim(), place.offset)
}
