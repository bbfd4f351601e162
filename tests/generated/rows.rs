//! Which rows of a guide have room for more in a claim that says what it says.

use x12::guide::row::{Loop, Slot};
use x12::view::claim::Kind;

use crate::facts::Facts;
use crate::tree::Node;

/// What may be added to a row.
pub enum Room {
    /// So many in all, each as chance will have it.
    For(u32),
    /// One, that the claim cannot do without.
    Needed,
    /// One for each of the other payers.
    Payers,
}

const NONE: Room = Room::For(0);
const ONE: Room = Room::For(1);

/// Room for loops in `node`. Levels, claims and lines are never added: they are what a claim starts
/// with.
pub fn room_of_loop(facts: &Facts, node: &Node, table: &'static Loop) -> Room {
    match (facts.kind, table.id) {
        (_, "2000A" | "2000B" | "2000C" | "2300" | "2400") => NONE,
        (_, "2320" | "2430") => Room::Payers,
        // Where a ride began and ended.
        (Kind::Professional, "2310E" | "2310F" | "2420G" | "2420H") if !facts.is_ambulance => NONE,
        // Who referred is named at the claim, and at a line only if somebody else did there.
        (Kind::Professional, "2420F") | (Kind::Institutional, "2420D") if !facts.has_referring => {
            NONE
        }
        (Kind::Professional | Kind::Dental, "2310A") | (Kind::Professional, "2420F") => {
            Room::For(2)
        }
        (Kind::Professional, "2420B") if node.find("PS1").is_some() => Room::Needed,
        (Kind::Professional, "2420B") => NONE,
        // A drug that is billed by itself says which it is.
        (Kind::Professional, "2410") if facts.line().code.starts_with('J') => Room::Needed,
        (_, "2410") if !facts.line().is_drug() => NONE,
        (_, "2440") if !facts.line().is_equipment() => NONE,
        (Kind::Institutional, "2310B" | "2310C" | "2420A" | "2420B") if !facts.is_inpatient => NONE,
        _ => ONE,
    }
}

/// Room for segments in `node`.
pub fn room_of_segment(facts: &Facts, node: &Node, slot: &'static Slot) -> Room {
    let tag = slot.tag.text();
    let key = slot.keys[0].codes.first().copied().unwrap_or_default();
    let is_patient =
        node.table.id == "2010CA" || (node.table.id == "2010BA" && facts.patient_is_subscriber);
    match (facts.kind, node.table.id, tag.as_str(), key) {
        (_, "HEADER", ..)
        | (_, _, "HL" | "SBR" | "LX" | "SV1" | "SV2" | "SV3" | "CLM" | "CL1", _) => NONE,
        (_, _, "N3" | "DMG", _) if is_patient => Room::Needed,
        // A street and a city come together.
        (_, _, "N4", _) => {
            if node.find("N3").is_some() {
                Room::Needed
            } else {
                NONE
            }
        }
        // An insurer of work injuries goes by the number of the case.
        (_, _, "REF", "Y4") if is_patient && facts.plan == "WC" => Room::Needed,
        (_, "2000B", "PAT", _) if !facts.patient_is_subscriber => NONE,
        (_, "2300", ..) => room_in_claim(facts, node, &tag, key),
        (_, "2400", ..) => room_in_line(facts, node, &tag, key),
        // Told with what the payer decided.
        (_, "2330B", "DTP", _) | (_, "2320" | "2430", "CAS" | "AMT", _) => NONE,
        (_, "2320", "MIA" | "MOA", _) if node.find("AMT*D").is_none() => NONE,
        (_, "2440", "FRM", _) => Room::For(5),
        (_, _, "REF", _) => {
            let apt = slot.keys[0].codes.iter().filter(|code| is_apt(facts, node, code)).count();
            Room::For(3.min(apt as u32))
        }
        (_, _, "PER", _) => Room::For(2),
        _ => ONE,
    }
}

fn room_in_claim(facts: &Facts, node: &Node, tag: &str, key: &str) -> Room {
    let is_inpatient = facts.is_inpatient;
    let is_stay = is_inpatient && facts.place != "12";
    let has_procedure = ["HI*BBR", "HI*BR", "HI*CAH"].iter().any(|it| node.find(it).is_some());
    match (facts.kind, tag, key) {
        // Told by the claim itself, or by its scene.
        (_, "DTP", "439" | "472" | "434" | "096" | "435") => NONE,
        (_, "REF", "F8") => NONE,
        (_, "DTP", "484") if facts.sex != "F" => NONE,
        (Kind::Dental, "DTP", "452") if !facts.is_orthodontic => NONE,
        (Kind::Dental, "DN1", _) if !facts.is_orthodontic => NONE,
        (Kind::Dental, "REF", "G3") if facts.is_predetermination => NONE,
        (_, "CR1", _) => NONE,
        (_, "CRC", "ZZ") => {
            if facts.is_screening {
                Room::Needed
            } else {
                NONE
            }
        }
        (_, "CRC", "07") if !facts.is_ambulance => NONE,
        (_, "CRC", "07" | "E1") => Room::For(3),
        (_, "PWK" | "K3", _) => Room::For(3),
        (Kind::Institutional, "NTE", _) => Room::For(3),
        (Kind::Dental, "NTE", _) => Room::For(3),
        (Kind::Dental, "DN2", _) => Room::For(4),
        (Kind::Professional, "DTP", "090") => Room::For(2),
        (Kind::Institutional, "REF", "LX") => Room::For(2),
        (Kind::Institutional, "HI", "ABJ") if !is_stay => NONE,
        (Kind::Institutional, "HI", "APR") if is_inpatient => NONE,
        (Kind::Institutional, "HI", "DR") if !is_stay => NONE,
        (Kind::Institutional, "HI", "BBR") if !is_stay => NONE,
        (Kind::Institutional, "HI", "BBQ") if !has_procedure => NONE,
        (Kind::Institutional, "HI", "ABF" | "BBQ" | "BI" | "BH" | "BE" | "BG" | "TC") => {
            Room::For(2)
        }
        _ => ONE,
    }
}

fn room_in_line(facts: &Facts, node: &Node, tag: &str, key: &str) -> Room {
    let is_replacement = node.find("SV3").is_some_and(|service| service.get(5) == "R");
    let line = facts.line();
    match (facts.kind, tag, key) {
        (_, "DTP", "472") => NONE,
        (Kind::Professional, "SV5" | "CR3", _) if !line.is_equipment() => NONE,
        (Kind::Professional, "PWK", "CT") if !line.is_equipment() => NONE,
        (Kind::Professional, "CRC", "09") if !line.is_equipment() => NONE,
        (Kind::Professional, "DTP", "607" | "463" | "461") if !line.is_equipment() => NONE,
        (Kind::Professional, "CR1" | "QTY", _) if key != "FL" && !facts.is_ambulance => NONE,
        (Kind::Professional, "CRC", "07") if !facts.is_ambulance => NONE,
        (Kind::Professional, "DTP", "738") => Room::For(2),
        (Kind::Professional, "CRC", "07") => Room::For(3),
        (_, "PWK" | "K3", _) => Room::For(3),
        (Kind::Professional, "MEA", _) => Room::For(3),
        (_, "REF", "G1" | "9F" | "G3") => {
            // The first is this payer's, the others are other payers'.
            Room::For(1 + facts.others.len().min(4) as u32)
        }
        (Kind::Dental, "TOO", _) => NONE,
        (Kind::Dental, "DTP", "452") if !facts.is_orthodontic => NONE,
        (Kind::Dental, "DTP", "196" | "198") if facts.is_predetermination => NONE,
        (Kind::Dental, "DTP", "446") if !facts.is_orthodontic => NONE,
        (Kind::Dental, "DTP", "139") if !is_replacement => NONE,
        _ => ONE,
    }
}

/// Whether a row's qualifier may be this.
pub fn is_apt(facts: &Facts, node: &Node, code: &str) -> bool {
    // Dental payers take no place of a dentist who has an NPI.
    !(facts.kind == Kind::Dental && code == "LU" && node.find("NM1*82").is_some())
}
