//! Every published file, and every file of ours, whatever is wrong with it: it is read without a
//! panic, loses no byte, leaves as it came when nothing is edited, and our answers to it are sound.
//! The published files stand beside this tree on some machines, never in it.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::panic::catch_unwind;
use std::path::PathBuf;

use bytes::Bytes;
use common::exercise::{assert_answers_are_sound, exercise};
use common::{files_under, published, testdata};

fn files() -> Vec<PathBuf> {
    let mut files = files_under(&testdata(), ".edi");
    files.extend(published().into_iter().flat_map(|folder| files_under(&folder, "")));
    files
}

#[test]
fn every_file_is_read_answered_and_written_as_it_came() {
    let files = files();
    let mut wrong = Vec::new();
    for path in &files {
        let bytes = Bytes::from(std::fs::read(path).expect("a file"));
        let all = || assert_answers_are_sound(&exercise(&bytes));
        if let Err(trouble) = catch_unwind(all) {
            let said = trouble.downcast_ref::<String>().cloned().unwrap_or_default();
            wrong.push(format!("{}: {said}", path.display()));
        }
    }
    println!("{} files were read", files.len());
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
