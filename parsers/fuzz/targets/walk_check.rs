//! Any segments, laid against every guide in turn: the first byte chooses the guide, and the rest is
//! put between the ST and the SE of a sound envelope, so that all of it reaches the walker.

#![no_main]

#[path = "../../tests/common/mod.rs"]
mod common;

use bytes::Bytes;
use common::exercise::{assert_answers_are_sound, exercise};
use libfuzzer_sys::fuzz_target;
use x12::guide;

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, body)) = bytes.split_first() else { return };
    let guide = guide::ALL[usize::from(first) % guide::ALL.len()];
    // What ends a set or begins an interchange is for the target `read`.
    let body = String::from_utf8_lossy(body).replace("ISA", "IS");
    let (group, set, id) = (guide.group, guide.set, guide.id);
    let count = 2 + body.matches('~').count();
    let text = format!(
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~\
         GS*{group}*AA*BB*20260101*1200*1*X*{id}~ST*{set}*0001*{id}~{body}SE*{count}*0001~\
         GE*1*1~IEA*1*000000001~"
    );
    assert_answers_are_sound(&exercise(&Bytes::from(text)));
});
