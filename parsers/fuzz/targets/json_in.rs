//! Any bytes as a JSON document: reading it ends without a panic, and what it
//! composes without a problem is whole X12 that, told as JSON again, composes the same.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use x12::{interchange, json};

fuzz_target!(|bytes: &[u8]| {
    let composed = json::read::read(bytes);
    // With problems it is what the document says, and no more.
    if composed.bytes.is_empty() || !composed.problems.is_empty() {
        return;
    }
    let reading = interchange::read(&Bytes::from(composed.bytes.clone()));
    // `text` stands as it came, whatever it is, and so may segments that no guide tells.
    let is_all_told = !["\"text\"", "segment", "\\u", "\"$", "unread", "trailer"]
        .iter()
        .any(|raw| bytes.windows(raw.len()).any(|window| window == raw.as_bytes()));
    if is_all_told {
        assert!(reading.strays.is_empty(), "it composed what belongs to no interchange");
        assert!(!reading.interchanges.is_empty(), "it composed no interchange");
        assert!(reading.interchanges.iter().all(|one| one.faults.is_empty()), "a header is wrong");
    }
    let mut document = Vec::new();
    json::write::write(&reading, &mut document).expect("memory takes all");
    let again = json::read::read(&document);
    let unlike = || String::from_utf8_lossy(&again.bytes).replace('~', "~\n");
    assert!(again.bytes == composed.bytes, "composed again it differs:\n{}", unlike());
});
