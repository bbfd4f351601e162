//! Any bytes: reading ends without a panic, loses no byte, points inside the file, and our answers
//! to it are sound.

#![no_main]

#[path = "../../tests/common/mod.rs"]
mod common;

use bytes::Bytes;
use common::exercise::{assert_answers_are_sound, exercise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert_answers_are_sound(&exercise(&Bytes::copy_from_slice(bytes)));
});
