//! HI: diagnoses, procedures, occurrences, values and conditions.

use x12::value::Day;
use x12::view::claim::Kind;

use crate::codes;
use crate::facts::minus;
use crate::smaller::TODAY;
use crate::values::{Ask, Say};

/// One code of an HI segment, with its list and what goes with it.
pub fn information(ask: &Ask<'_>, position: usize) -> Say {
    // The first has been given its list already, which the others follow.
    let first = ask.segment.part(1, 1).to_owned();
    if position > 1 && ask.get_before(position).is_empty() {
        return Say::No;
    }
    let list = match (first.as_str(), position) {
        (known, 1) => known.to_owned(),
        ("ABK", _) if ask.facts.kind == Kind::Institutional => return Say::No,
        ("ABK", _) => "ABF".to_owned(),
        ("BK", _) => "BF".to_owned(),
        ("BP", _) => "BO".to_owned(),
        (known, _) => known.to_owned(),
    };
    match coded(ask, &list) {
        Some(value) if position == 1 => Say::Must(value),
        Some(value) => Say::May(value),
        None => Say::No,
    }
}

fn coded(ask: &Ask<'_>, list: &str) -> Option<String> {
    let Ask { facts, chance, place, .. } = *ask;
    let of_list = ask.around.segments().chain([ask.segment]).filter(|one| one.starts("HI"));
    let here: Vec<String> =
        of_list.flat_map(|hi| (1..=12).map(|at| hi.part(at, 2).to_owned())).collect();
    let pick = |set: &str| {
        let fits = |code: &str| !here.iter().any(|known| known == code) && is_apt(set, code);
        codes::pick_among(set, place, facts.days.to, chance, fits)
    };
    let mut taken = facts.coded.clone();
    taken.extend(here.iter().cloned());
    match list {
        "TQ" => {
            let mut tried = (1..9).map(|number| format!("{number}11000"));
            tried.find(|code| !here.contains(code)).map(|code| format!("TQ:{code}"))
        }
        "ABF" | "BF" | "ABJ" | "BJ" | "APR" | "PR" | "ABK" | "BK" => {
            let list = if codes::is_of_icd9(facts.days) { of_icd9(list) } else { of_icd10(list) };
            let code = codes::diagnosis(facts, place, &taken, chance)?;
            let is_asked = matches!(list, "ABF" | "ABK") && facts.place == "11";
            let told = present(ask, is_asked && facts.kind == Kind::Institutional);
            Some(format!("{list}:{code}{told}"))
        }
        "ABN" | "BN" => {
            let list = if codes::is_of_icd9(facts.days) { "BN" } else { "ABN" };
            let told = present(ask, facts.place == "11" && chance.happens(place, 50));
            let cause = codes::external_cause(facts, place, &taken, chance);
            Some(format!("{list}:{cause}{told}"))
        }
        "DR" => Some(format!("DR:{}", pick("drg")?)),
        "BBR" | "BR" | "CAH" | "BBQ" | "BQ" => {
            let is_other = list == "BBQ" || list == "BQ";
            if codes::is_of_icd9(facts.days) {
                let list = if is_other { "BQ" } else { "BR" };
                let code = codes::of_icd9(place, &here, chance);
                return Some(format!("{list}:{code}:D8:{}", facts.days.from.to_wire()));
            }
            if !is_other && chance.happens(&format!("{place} of alternative medicine"), 10) {
                return Some(format!("CAH:AAABA:D8:{}", facts.days.from.to_wire()));
            }
            let list = if is_other { "BBQ" } else { "BBR" };
            // An operation names who operated.
            let surgery = if facts.has_operating { "" } else { " but surgery" };
            let code = pick(&format!("inpatient-procedure{surgery}"))?;
            Some(format!("{list}:{code}:D8:{}", facts.days.from.to_wire()))
        }
        "BI" => {
            let code = pick("occurrence-span")?;
            let first = minus(facts.days.from, 20);
            Some(format!("BI:{code}:RD8:{}-{}", first.to_wire(), first.plus_days(4).to_wire()))
        }
        "BH" => {
            let days = chance.below(place, 300) as i64;
            let day: Day = minus(facts.days.from, days);
            Some(format!("BH:{}:D8:{}", pick("occurrence")?, day.to_wire()))
        }
        "BE" => Some(format!("BE:{}:::{}", pick("value")?, 1 + chance.below(place, 900))),
        "BG" => Some(format!("BG:{}", pick("condition")?)),
        "TC" => Some(format!("TC:{}", chance.pick(place, &["A01", "B02", "C03"]))),
        "BP" | "BO" => {
            let all = ["33414", "33415", "27447", "47562"];
            let free: Vec<&str> =
                all.into_iter().filter(|code| !here.iter().any(|known| known == code)).collect();
            (!free.is_empty()).then(|| format!("{list}:{}", chance.pick(place, &free)))
        }
        _ => None,
    }
}

/// Whether it was there when the patient came.
fn present(ask: &Ask<'_>, is_told: bool) -> String {
    match is_told {
        true => format!(":::::::{}", ask.chance.pick(ask.place, &["Y", "Y", "N", "U", "W"])),
        false => String::new(),
    }
}

fn of_icd9(list: &str) -> &str {
    match list {
        "ABF" => "BF",
        "ABJ" => "BJ",
        "APR" => "PR",
        "ABK" => "BK",
        other => other,
    }
}

fn of_icd10(list: &str) -> &str {
    match list {
        "BF" => "ABF",
        "BJ" => "ABJ",
        "PR" => "APR",
        "BK" => "ABK",
        other => other,
    }
}

/// Whether a code says nothing that the claim would have to say elsewhere too.
fn is_apt(set: &str, code: &str) -> bool {
    match set {
        // Days of the stay and numbers of areas; the others are amounts that nothing else speaks of.
        "value" => !matches!(code, "61" | "80" | "81" | "82" | "83" | "G8"),
        // What the Medicare Code Editor has words about.
        "inpatient-procedure" | "inpatient-procedure but surgery" => {
            let sets = ["covered-at-times", "not-covered", "of-days"];
            let is_in = |set: &str| codes::is_valid(&format!("procedure-{set}"), code, TODAY);
            !sets.into_iter().any(is_in)
        }
        _ => true,
    }
}
