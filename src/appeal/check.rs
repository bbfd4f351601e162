//! Whether a packet still says what it said, by its hashes alone: no store and no network is asked.

use bytes::Bytes;
use serde_json::Value;
use x12::value::Day;

use super::base64::decode;
use super::document::{FORM, KIND, seal_of};
use super::keys::has_key_twice;

/// What a packet calls an interchange that we sent.
pub const SUBMISSION: &str = "837 sent";

/// What came of one thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// `the 837 sent of 2026-11-22`.
    pub what: String,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    /// What it is checked against is not at hand.
    NotAtHand,
    Differs(&'static str),
}

/// Why a text is no packet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPacket {
    #[error("it is no JSON document")]
    NotJson,
    #[error(
        "a key stands twice in it, so that two readers may see two documents; it is not as it was written"
    )]
    KeyTwice,
    #[error("it is no appeal packet: its kind is not {KIND:?}")]
    OtherKind,
    #[error("it is a packet of another form than {FORM}; use the version that wrote it")]
    OtherForm,
}

/// Files that the packet speaks of, as far as they are at hand.
pub trait AtHand {
    /// A file with this SHA-256.
    fn file(&self, sha256: &str) -> Option<Vec<u8>>;
    /// The page of this name.
    fn page(&self, name: &str) -> Option<Vec<u8>>;
}

/// Looks at all that a packet says of files.
pub fn check(
    text: &[u8],
    at_hand: &dyn AtHand,
    hash: &dyn Fn(&[u8]) -> String,
) -> Result<Vec<Checked>, NoPacket> {
    let value: Value = serde_json::from_slice(text).map_err(|_| NoPacket::NotJson)?;
    if has_key_twice(text) {
        return Err(NoPacket::KeyTwice);
    }
    if value["kind"] != KIND {
        return Err(NoPacket::OtherKind);
    }
    if value["form"] != FORM {
        return Err(NoPacket::OtherForm);
    }
    let holds = value["seal"] == seal_of(&value, hash).as_str();
    let mut checked = vec![Checked {
        what: "the document".to_owned(),
        verdict: if holds { Verdict::Holds } else { Verdict::Differs("its seal is another one") },
    }];
    let page = &value["page"];
    let name = said(page, "name");
    let verdict = match at_hand.page(name) {
        None => Verdict::NotAtHand,
        Some(bytes) if hash(&bytes) == said(page, "sha256") => Verdict::Holds,
        Some(_) => Verdict::Differs("its SHA-256 is another one"),
    };
    checked.push(Checked { what: format!("the page {name}"), verdict });
    for file in value["files"].as_array().into_iter().flatten() {
        let what = format!("the {} of {}", said(file, "what"), said(file, "at"));
        checked.push(Checked { what, verdict: of_file(file, at_hand, hash) });
    }
    Ok(checked)
}

fn said<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn of_file(file: &Value, at_hand: &dyn AtHand, hash: &dyn Fn(&[u8]) -> String) -> Verdict {
    let sha256 = said(file, "sha256");
    let bytes = match file["base64"].as_str() {
        Some(text) => match decode(text) {
            Some(bytes) => bytes,
            None => return Verdict::Differs("what is laid into the document cannot be read"),
        },
        None => match at_hand.file(sha256) {
            Some(bytes) => bytes,
            None => return Verdict::NotAtHand,
        },
    };
    if hash(&bytes) != sha256 {
        return Verdict::Differs("its SHA-256 is another one");
    }
    if file["length"] != bytes.len() {
        return Verdict::Differs("its length is another one");
    }
    let stands = file["excerpt"].as_array().into_iter().flatten().all(|excerpt| {
        let text = match excerpt["base64"].as_str() {
            Some(text) => decode(text),
            None => excerpt["text"].as_str().map(|text| text.as_bytes().to_vec()),
        };
        let offset = excerpt["offset"].as_u64().and_then(|offset| usize::try_from(offset).ok());
        let (Some(text), Some(offset)) = (text, offset) else { return false };
        offset.checked_add(text.len()).and_then(|end| bytes.get(offset..end)) == Some(&text[..])
    });
    if !stands {
        return Verdict::Differs("what is cited does not stand in it");
    }
    match said(file, "what") == SUBMISSION && !is_of_its_day(&bytes, said(file, "at")) {
        true => Verdict::Differs("it says of itself (ISA09) that it was made on another day"),
        false => Verdict::Holds,
    }
}

/// Whether what we sent was made on the day that the document says, wherever the clock stood that wrote it.
fn is_of_its_day(bytes: &[u8], at: &str) -> bool {
    let file = Bytes::copy_from_slice(bytes);
    let reading = x12::interchange::read(&file);
    let made = reading.interchanges.first().and_then(|one| Day::parse_short(one.header().text(9)));
    let told = at.get(..10).and_then(Day::parse_dashed);
    made.zip(told).is_some_and(|(made, told)| made.days_since(told).abs() <= 1)
}
