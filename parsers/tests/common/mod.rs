//! What the tests of this folder share: a file in, its faults out, one a line.

// Each test program uses its own part of this.
#![allow(dead_code)]

pub mod exercise;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use x12::fault::{Fault, Kind};
use x12::guide;
use x12::guide::row::Guide;
use x12::interchange::{Group, Interchange, Reading, Set, read};
use x12::walk::{Walked, walk};

/// The guide that a set names by its own ST03, or else by its group's GS08.
pub fn guide_of(interchange: &Interchange, group: &Group, set: &Set) -> Option<&'static Guide> {
    let st = interchange.set_header(set);
    let gs = interchange.group_header(group);
    let version = if st.text(3).is_empty() { gs.text(8) } else { st.text(3) };
    let version = std::str::from_utf8(version).ok()?;
    guide::find(version, std::str::from_utf8(st.text(1)).ok()?)
}

/// A set, walked; nothing when we do not know its guide.
pub fn walked(interchange: &Interchange, group: &Group, set: &Set) -> Option<Walked> {
    guide_of(interchange, group, set).map(|guide| walk(interchange, set, guide))
}

/// Everything that is wrong in a file, from the outside in, in the order of the file.
pub fn faults_of(reading: &Reading) -> Vec<Fault> {
    let mut faults = Vec::new();
    for interchange in &reading.interchanges {
        faults.extend(&interchange.faults);
        for group in &interchange.groups {
            faults.extend(&group.faults);
            for set in &group.sets {
                faults.extend(&set.faults);
                faults.extend(walked(interchange, group, set).into_iter().flat_map(|w| w.faults));
            }
        }
    }
    faults
}

/// The faults of a file, one a line.
pub fn lines_of(bytes: &[u8]) -> Vec<String> {
    faults_of(&read(&Bytes::copy_from_slice(bytes))).iter().map(line).collect()
}

/// One fault: its name, its code, the loop, the thing, and where it stands.
pub fn line(fault: &Fault) -> String {
    let code = match fault.kind {
        Kind::Interchange(kind) => format!("TA1:{}", kind.ta105()),
        Kind::Group(kind) => format!("AK9:{}", kind.ak905()),
        Kind::Set(kind) => format!("IK5:{}", kind.ik502()),
        Kind::Segment(kind) => format!("IK3:{}", kind.ik304()),
        Kind::Element(kind) => format!("IK4:{}", kind.ik403()),
    };
    let loop_id = if fault.loop_id.is_empty() { "-" } else { fault.loop_id };
    let place = &fault.place;
    // A tag of more than three characters is none.
    let tag = if fault.tag.text().is_empty() { "?".to_owned() } else { fault.tag.text() };
    let thing = match (place.element, place.component) {
        (0, _) => tag,
        (element, 0) => format!("{tag}{element:02}"),
        (element, part) => format!("{tag}{element:02}-{part}"),
    };
    let repeat = if place.repeat == 0 { String::new() } else { format!("#{}", place.repeat) };
    let name = fault.kind.name();
    format!(
        "{name} {code} {loop_id} {thing}{repeat} segment {} byte {}",
        place.segment, place.offset
    )
}

/// Each fault without its byte, to compare files in which the same thing stands elsewhere.
pub fn brief(bytes: &[u8]) -> Vec<String> {
    let lines = lines_of(bytes);
    lines.iter().map(|line| line.split(" byte ").next().unwrap_or_default().to_owned()).collect()
}

/// Where our own test files are.
pub fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata")
}

/// Files that others have published. They stand beside this tree on some machines, never in it.
pub fn published() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: there are no published files on this machine");
    None
}

/// Every file under a folder whose name ends so, in order.
pub fn files_under(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
