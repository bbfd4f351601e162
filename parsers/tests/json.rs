//! Files to JSON and back: the same segments; documents from hand: every fault by its place.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use common::{files_under, testdata};
use x12::delimiters::Delimiters;
use x12::interchange::{Reading, read};
use x12::json::read::read as compose;
use x12::json::write::{Notice, write};

/// What a file says: its segments, without separators at their ends.
fn said(reading: &Reading) -> Vec<Vec<u8>> {
    let all = reading.interchanges.iter();
    all.flat_map(|interchange| {
        let delimiters = interchange.delimiters();
        interchange.all_segments().map(move |segment| trimmed(segment.bytes(), delimiters))
    })
    .collect()
}

fn trimmed(segment: &[u8], delimiters: Delimiters) -> Vec<u8> {
    if segment.starts_with(b"ISA") {
        let texts = segment.split(|&byte| byte == delimiters.element);
        return texts.map(<[u8]>::trim_ascii_end).collect::<Vec<_>>().join(&delimiters.element);
    }
    let mut out: Vec<u8> = Vec::new();
    for &byte in segment {
        if byte == delimiters.element {
            while out.last() == Some(&delimiters.component) {
                out.pop();
            }
        }
        out.push(byte);
    }
    let is_separator = |byte: &u8| *byte == delimiters.element || *byte == delimiters.component;
    while out.last().is_some_and(is_separator) {
        out.pop();
    }
    out
}

/// Takes a file there and back. Gives the notices that there were, or what went wrong.
fn there_and_back(bytes: &[u8]) -> Result<Vec<Notice>, String> {
    let reading = read(&Bytes::copy_from_slice(bytes));
    let mut document = Vec::new();
    let notices = write(&reading, &mut document).map_err(|error| error.to_string())?;
    let composed = compose(&document);
    if composed.bytes.is_empty() && !reading.interchanges.is_empty() {
        return Err(format!("unwritable: {:#?}", composed.problems.first()));
    }
    let back = read(&Bytes::from(composed.bytes));
    let (came, went) = (said(&reading), said(&back));
    match came.iter().zip(&went).position(|(came, went)| came != went) {
        Some(at) => {
            let [came, went] = [&came[at], &went[at]].map(|text| String::from_utf8_lossy(text));
            Err(format!("segment {at}: {came} became {went}"))
        }
        None if came.len() != went.len() => Err(format!("{} became {}", came.len(), went.len())),
        None => Ok(notices),
    }
}

#[test]
fn every_file_of_ours_comes_back() {
    let mut wrong = Vec::new();
    for path in files_under(&testdata(), ".edi") {
        let bytes = std::fs::read(&path).expect("a test file");
        let is_right = !path.to_string_lossy().contains("broken");
        match there_and_back(&bytes) {
            Ok(notices) if is_right && !notices.is_empty() => {
                wrong.push(format!("{}: {notices:?}", path.display()));
            }
            Ok(_) => {}
            Err(what) => wrong.push(format!("{}: {what}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: there are no published files on this machine");
    None
}

#[test]
fn every_published_file_comes_back() {
    let Some(folder) = corpus() else { return };
    let list = std::fs::read_to_string(folder.join("CONSENSUS.tsv")).expect("a list of files");
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut told = 0;
    for row in list.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [path, transactions, _, consensus, ..] = columns[..] else { continue };
        let Ok(bytes) = std::fs::read(folder.join(path)) else { continue };
        let is_ours = x12::guide::ALL.iter().any(|guide| transactions.contains(guide.id));
        count += 1;
        match there_and_back(&bytes) {
            Ok(notices) if notices.is_empty() => told += 1,
            Ok(notices) if is_ours && consensus == "both-accept" => {
                wrong.push(format!("{path}: {notices:?}"));
            }
            Ok(_) => {}
            Err(what) => wrong.push(format!("{path}: {what}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{count} published files came back, {told} of them in the trade's words alone");
}
