//! The answers that generated batches get: everything is accepted.

use std::fs;

use claimgate::commands::store::Desk;
use claimgate::commands::{Arguments, Command, ack};
use clap::Parser;

use crate::tree::Batch;

/// Batches that are to be answered together, as one file.
#[derive(Default)]
pub struct Answers {
    file: String,
    batches: usize,
}

/// One batch in so many is answered.
const ONE_IN: u64 = 9;

impl Answers {
    pub fn add(&mut self, batch: &Batch, seed: u64) {
        if seed.is_multiple_of(ONE_IN) {
            self.batches += 1;
            self.file.push_str(&batch.numbered(self.batches));
        }
    }

    /// Answers all batches: a TA1, a 999 and a 277CA for each, and nothing is turned away.
    pub fn assert_all_is_accepted(&self) {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), &self.file).expect("written");
        let path = file.path().to_str().expect("a plain name");
        for (kind, verdicts) in
            [("ta1", &["TA1"][..]), ("999", &["AK9", "IK5"]), ("277ca", &["STC"])]
        {
            let answers = answered(kind, path);
            let count = answers.matches(&format!("{}*", verdicts[0])).count();
            assert!(self.batches <= count, "{count} answers {kind} to {} batches", self.batches);
            let segments = answers.split('~').map(str::trim);
            let bad: Vec<&str> = segments
                .filter(|segment| verdicts.iter().any(|tag| segment.starts_with(tag)))
                .filter(|segment| !is_accepting(segment))
                .collect();
            assert!(bad.is_empty(), "{kind}: {bad:?}");
        }
    }
}

/// Whether a verdict says that all is accepted.
fn is_accepting(segment: &str) -> bool {
    let element = |at: usize| segment.split('*').nth(at).unwrap_or_default();
    match element(0) {
        "TA1" => (element(4), element(5)) == ("A", "000"),
        "AK9" | "IK5" => element(1) == "A",
        _ => element(1).starts_with("A1:") || element(1).starts_with("A2:"),
    }
}

fn answered(kind: &str, path: &str) -> String {
    let words = ["claimgate", "ack", "--kind", kind, "--as-of", "2026-11-01", path];
    let arguments = Arguments::try_parse_from(words).expect("a command");
    let desk = Desk { config: None, data: &arguments.data };
    let Command::Ack(own) = &arguments.command else { panic!("it is ack") };
    let mut out = Vec::new();
    ack::run(own, &desk, &mut out).expect("answers");
    String::from_utf8(out).expect("text")
}
