//! The canonical form of every file: written again it stays as it is, and it says the same.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use bytes::Bytes;
use common::{files_under, published, testdata};
use x12::interchange::{Interchange, read};
use x12::write::canonical;

/// The values of all segments but counts, without the empty ones at their ends.
fn values(interchange: &Interchange) -> Vec<Vec<Vec<u8>>> {
    let delimiters = interchange.delimiters();
    let mut all = Vec::new();
    for segment in interchange.all_segments().skip(1) {
        let mut elements: Vec<Vec<u8>> = Vec::new();
        for element in segment.elements() {
            let mut element: Vec<u8> = element
                .iter()
                .map(|&byte| match byte {
                    _ if byte == delimiters.component => b':',
                    _ if Some(byte) == delimiters.repetition => b'^',
                    _ => byte,
                })
                .collect();
            while element.last() == Some(&b':') {
                element.pop();
            }
            elements.push(element);
        }
        if [&b"SE"[..], b"GE", b"IEA"].contains(&segment.tag_bytes()) && elements.len() > 1 {
            elements[1].clear();
        }
        while elements.last().is_some_and(Vec::is_empty) {
            elements.pop();
        }
        all.extend((!elements.is_empty()).then_some(elements));
    }
    all
}

#[test]
fn the_canonical_form_of_every_file_stays_as_it_is() {
    let mut files = files_under(&testdata(), ".edi");
    files.extend(published().into_iter().flat_map(|folder| files_under(&folder, "")));
    let (mut written, mut refused) = (0, 0);
    for path in files {
        let bytes = Bytes::from(std::fs::read(&path).expect("a file"));
        for interchange in read(&bytes).interchanges {
            let Ok(out) = canonical::write(&interchange) else {
                refused += 1;
                continue;
            };
            let again = read(&Bytes::from(out.clone()));
            let shown = path.display();
            // A header that is wrong may be none once its values are padded.
            let is_whole = interchange.faults.is_empty();
            let first = again.interchanges.first();
            assert!(!is_whole || first.is_some(), "{shown}: cannot be read again");
            let Some(first) = first else { continue };
            assert!(canonical::write(first) == Ok(out), "{shown}: differs when written again");
            assert!(
                !is_whole || values(first) == values(&interchange),
                "{shown}: says other things"
            );
            written += 1;
        }
    }
    println!("{written} interchanges were written, {refused} refused");
    assert!(written > 20, "the test files are not there");
}

#[test]
fn refuses_data_that_would_delimit_and_says_where() {
    let isa = "ISA|00|          |00|          |ZZ|SENDER         |ZZ|RECEIVER       |260101|1200|^|00501|000000001|0|T|>\n";
    let file = format!(
        "{isa}GS|HC|AA|BB|20260101|1200|1|X|005010X222A1\nST|837|0001\nNTE|ADD|A~B\nSE|3|0001\n\
         GE|1|1\nIEA|1|000000001\n"
    );
    let reading = read(&Bytes::from(file.clone()));
    let refused = canonical::write(&reading.interchanges[0]).expect_err("a tilde is data here");
    assert_eq!(refused.place.element, 2);
    assert_eq!(refused.place.offset, file.find("A~B").expect("the value"));
}
