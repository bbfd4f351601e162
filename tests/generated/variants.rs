//! What else a claim may be: a dependent's, a second payer's, a replacement, one after an accident,
//! one of more lines, one among others. Each is decided before the claim grows, and from then on is
//! what the claim says of itself.

use x12::value::{Day, Money};
use x12::view::claim::Kind;

use crate::chance::Chance;
use crate::codes;
use crate::facts::minus;
use crate::parties::{FIRST_NAMES, LAST_NAMES};
use crate::smaller::TODAY;
use crate::tree::{Batch, Node, Part, Segment, What};

/// The same claim, or another of its kind.
pub fn vary(batch: &mut Batch, chance: &Chance) {
    let kind = batch.kind;
    if chance.happens("version", 10) {
        let all = chance.pick("which version", &kind_versions(kind));
        set_in(&mut batch.set, "ST", 3, all);
        let used = batch.gs.rfind('*').map_or(0, |at| at + 1);
        batch.gs.replace_range(used.., all);
    }
    if chance.happens("encounter", 8) {
        let way = chance.pick("encounter way", &["31", "RP"]);
        set_in(&mut batch.set, "BHT", 6, way);
    }
    let mut number = 0;
    each_loop(&mut batch.set, "2000B", &mut |subscriber| {
        number += 1;
        let at = format!("subscriber {number}");
        vary_people(subscriber, kind, &at, chance);
        vary_coverage(subscriber, kind, &at, chance);
        let has_own_terms = claims_of(subscriber).any(has_other_payers);
        let plan = subscriber.find("SBR").map_or("", |sbr| sbr.get(9)).to_owned();
        each_loop(subscriber, "2300", &mut |claim| {
            if !has_own_terms {
                add_lines(claim, kind, &plan, &at, chance);
                charge_anew(claim, &at, chance);
            }
            replace(claim, &plan, &at, chance);
            live_elsewhere(claim, kind, &plan, &at, chance);
            have_accident(claim, kind, &plan, &at, chance);
        });
        make_dependent(subscriber, &plan, &at, chance);
    });
}

fn claims_of(node: &Node) -> impl Iterator<Item = &Node> {
    node.loops().filter(|inner| inner.table.id == "2300")
}

fn has_other_payers(claim: &Node) -> bool {
    claim.loops().any(|inner| inner.table.id == "2320")
}

fn each_loop(node: &mut Node, id: &str, act: &mut impl FnMut(&mut Node)) {
    if node.table.id == id {
        return act(node);
    }
    for inner in node.loops_mut() {
        each_loop(inner, id, act);
    }
}

fn set_in(node: &mut Node, start: &str, position: usize, value: &str) {
    if let Some(segment) = node.segments_mut().find(|segment| segment.starts(start)) {
        segment.set(position, value.to_owned());
    }
}

/// Another payer is the first.
fn vary_coverage(subscriber: &mut Node, kind: Kind, at: &str, chance: &Chance) {
    let is_first = subscriber.find("SBR*P").is_some();
    let is_alone = claims_of(subscriber).all(|claim| !has_other_payers(claim));
    let plan = subscriber.find("SBR").map_or("", |sbr| sbr.get(9)).to_owned();
    let is_medicare = matches!(plan.as_str(), "MA" | "MB");
    let percent = if is_medicare { 70 } else { 40 };
    if !is_first || !is_alone || !chance.happens(&format!("{at} turn"), percent) {
        return;
    }
    let turns = ["S", "S", "S", "T", "A", "B", "C", "D", "E", "F", "G", "H", "U"];
    set_in(subscriber, "SBR", 1, chance.pick(&format!("{at} which turn"), &turns));
    if is_medicare && kind != Kind::Institutional {
        // 12 is for those who are 65 on every day that a claim is made of, 43 for those who are not.
        let born = subscriber.find("DMG").map_or("", |dmg| dmg.get(2)).get(..4).unwrap_or("");
        let of_age = match born {
            "" => "13",
            year if year < "1950" => "12",
            year if "1962" < year => "43",
            _ => "13",
        };
        let why = [of_age, of_age, "13", "14", "15", "16", "41", "42", "47"];
        set_in(subscriber, "SBR", 5, chance.pick(&format!("{at} type"), &why));
    }
}

/// Another kind of plan, a sex that is not known, a name and an address of another form.
fn vary_people(subscriber: &mut Node, kind: Kind, at: &str, chance: &Chance) {
    let plan = subscriber.find("SBR").map_or("", |sbr| sbr.get(9)).to_owned();
    if matches!(plan.as_str(), "MA" | "MB" | "MC" | "16") {
        return;
    }
    let is_at_work = |claim: &Node| claim.find("CLM").is_some_and(|clm| clm.get(11).contains("EM"));
    let is_of_work = claims_of(subscriber).any(is_at_work);
    // Who bills the insurer of a car for an accident in traffic says more of it.
    let is_of_traffic =
        |claim: &Node| claim.segments().any(|one| one.starts("HI") && one.text().contains(":V"));
    let is_of_traffic = claims_of(subscriber).any(is_of_traffic);
    // Injuries at work have a scene of their own, which tells their case and day.
    if plan == "CI" && !is_of_work && chance.happens(&format!("{at} plan"), 40) {
        let plans = [
            "11", "12", "13", "14", "15", "16", "17", "AM", "BL", "CH", "DS", "FI", "HM", "LM",
            "OF", "TV", "VA", "ZZ",
        ];
        let other = chance.pick(&format!("{at} which plan"), &plans);
        if other != "AM" || !is_of_traffic {
            set_in(subscriber, "SBR", 9, other);
        }
    }
    // What Medicare asks of doctors and hospitals, it does not ask of dentists.
    if kind == Kind::Dental && chance.happens(&format!("{at} Medicare"), 20) {
        set_in(subscriber, "SBR", 9, chance.pick(&format!("{at} part"), &["MA", "MB"]));
        for person in subscriber.loops_mut().filter(|inner| inner.table.id == "2010BA") {
            set_in(person, "NM1", 9, "1AC2DE3FG45");
        }
    }
    if chance.happens(&format!("{at} no group"), 20) {
        set_in(subscriber, "SBR", 3, "");
        set_in(subscriber, "SBR", 4, "");
    }
    for person in subscriber.loops_mut() {
        if person.table.id == "2010BA" && chance.happens(&format!("{at} sex"), 10) {
            set_in(person, "DMG", 3, "U");
        }
    }
}

/// Clears parties of their names and addresses, so that others grow there.
pub fn renew(set: &mut Node, chance: &Chance) {
    for id in ["1000A", "2010AA", "2010BA", "2010BB", "2010CA", "2310E", "2310F"] {
        let mut number = 0;
        each_loop(set, id, &mut |party| {
            number += 1;
            // Who has a number of the payer may have no other, and Medicare has its own.
            let is_plain = !party.segments().any(|one| one.starts("REF") && !one.starts("REF*EI"));
            // Who bills for himself goes on to.
            let is_plain = is_plain && party.find("NM1*85*1").is_none();
            if is_plain && chance.happens(&format!("{id} {number} anew"), 30) {
                party.parts.retain(|part| match &part.what {
                    What::Segment(one) => !matches!(one.get(0), "NM1" | "N3" | "N4" | "PER"),
                    What::Loop(_) => true,
                });
            }
        });
    }
}

fn kind_versions(kind: Kind) -> Vec<&'static str> {
    let guide = x12::guide::find(kind.version(), "837").expect("a guide of claims");
    guide.also.iter().filter(|version| version.starts_with("005010")).copied().collect()
}

/// The patient is somebody else.
fn make_dependent(subscriber: &mut Node, plan: &str, at: &str, chance: &Chance) {
    let is_own = subscriber.find("SBR").is_some_and(|sbr| sbr.get(2) == "18");
    let is_medicare = matches!(plan, "MA" | "MB");
    let has_details = subscriber.find("PAT").is_some();
    if !is_own || is_medicare || has_details || !chance.happens(&format!("{at} dependent"), 25) {
        return;
    }
    let Some((row, table)) = subscriber.inner("2000C") else { return };
    let mut patient = Node { table, parts: Vec::new() };
    let Some((name_row, name_table)) = patient.inner("2010CA") else { return };
    set_in(subscriber, "SBR", 2, "");
    let relationship =
        chance.pick(&format!("{at} to"), &["01", "19", "20", "21", "39", "40", "53", "G8"]);
    put(&mut patient, &["HL", "0", "0", "23", "0"]);
    put(&mut patient, &["PAT", relationship]);
    let mut name = Node { table: name_table, parts: Vec::new() };
    let last = chance.pick(&format!("{at} last name"), &LAST_NAMES);
    let first = chance.pick(&format!("{at} first name"), &FIRST_NAMES);
    put(&mut name, &["NM1", "QC", "1", last, first]);
    let person = subscriber.loops().find(|inner| inner.table.id == "2010BA");
    for start in ["N3", "N4", "DMG"] {
        let Some(known) = person.and_then(|person| person.find(start)) else { return };
        let elements: Vec<&str> = known.elements.iter().map(String::as_str).collect();
        put(&mut name, &elements);
    }
    // Who is born on another day is somebody else, whatever the name.
    if let Some(person) = subscriber.loops_mut().find(|inner| inner.table.id == "2010BA")
        && let Some(birth) = person.find("DMG").and_then(|it| Day::parse(it.get(2).as_bytes()))
    {
        set_in(person, "DMG", 2, &minus(birth, 1).to_wire());
    }
    patient.insert(Part { row: name_row, what: What::Loop(name) });
    let Some((claim_row, _)) = patient.inner("2300") else { return };
    let is_claim =
        |part: &Part| matches!(&part.what, What::Loop(inner) if inner.table.id == "2300");
    let (claims, rest) = std::mem::take(&mut subscriber.parts).into_iter().partition(is_claim);
    subscriber.parts = rest;
    let claims: Vec<Part> = claims;
    for claim in claims {
        patient.insert(Part { row: claim_row, ..claim });
    }
    subscriber.insert(Part { row, what: What::Loop(patient) });
}

/// It replaces or voids an earlier one.
fn replace(claim: &mut Node, plan: &str, at: &str, chance: &Chance) {
    let Some(clm) = claim.find("CLM") else { return };
    let place = clm.get(5).to_owned();
    let is_original = place.ends_with(":1") && claim.find("REF*F8").is_none();
    if !is_original || plan == "MB" || !chance.happens(&format!("{at} replaces"), 15) {
        return;
    }
    let frequency = chance.pick(&format!("{at} frequency"), &["7", "8"]);
    let place = format!("{}{frequency}", place.trim_end_matches('1'));
    set_in(claim, "CLM", 5, &place);
    put(claim, &["REF", "F8", "PAYERCLAIM1"]);
}

/// Where the care was given, and where the patient came from and went, are others.
fn live_elsewhere(claim: &mut Node, kind: Kind, plan: &str, at: &str, chance: &Chance) {
    let place = claim.find("CLM").map_or("", |clm| clm.get(5)).to_owned();
    let day = first_day(claim).unwrap_or(TODAY);
    let of_set = |set: &str| codes::pick_of(set, &format!("{at} {set}"), day, chance);
    if kind != Kind::Institutional && place == "11:B:1" && chance.happens(&format!("{at} at"), 20) {
        // Hospitals, laboratories and rides have more to say.
        let has_more = ["21", "22", "23", "24", "31", "41", "42", "51", "61", "81"];
        let other = of_set("place-of-service");
        if !has_more.contains(&other.as_str()) {
            set_in(claim, "CLM", 5, &format!("{other}:B:1"));
        }
    }
    // What a claim says of the patient's death or birth it says elsewhere too.
    let is_plain = claim.find("CL1*1*1*01").is_some() && !matches!(plan, "MA" | "MB");
    if kind == Kind::Institutional && is_plain && chance.happens(&format!("{at} stay"), 50) {
        let admission = chance.pick(&format!("{at} admission"), &["1", "2", "3", "5", "9"]);
        let status = of_set("patient-status");
        set_in(claim, "CL1", 1, admission);
        set_in(claim, "CL1", 2, &of_set("point-of-origin"));
        // Only hospices say where somebody died.
        if !matches!(status.as_str(), "30" | "40" | "41" | "42") {
            set_in(claim, "CL1", 3, &status);
        }
    }
}

/// It follows an accident.
fn have_accident(claim: &mut Node, kind: Kind, plan: &str, at: &str, chance: &Chance) {
    let has_causes = claim.find("CLM").is_some_and(|clm| !clm.get(11).is_empty());
    let is_told = claim.find("DTP*439").is_some();
    if kind == Kind::Institutional
        || has_causes
        || is_told
        || !chance.happens(&format!("{at} accident"), 15)
    {
        return;
    }
    let Some(day) = first_day(claim) else { return };
    let causes = ["AA:::MA", "AA::::MX", "OA", "EM", "AA:EM::IL:US", "OA:EM", "EM:OA", "EM:AA::TX"];
    let cause = chance.pick(&format!("{at} cause"), &causes);
    set_in(claim, "CLM", 11, cause);
    let is_dated = cause.contains("AA") || cause.contains("OA") || plan == "WC";
    if is_dated {
        put(claim, &["DTP", "439", "D8", &day.to_wire()]);
    }
}

/// The earliest day of its DTP segments.
fn first_day(claim: &Node) -> Option<Day> {
    let dates = claim.loops().chain([claim]).flat_map(Node::segments);
    let days = dates
        .filter(|one| one.starts("DTP*472"))
        .filter_map(|one| Day::parse(one.get(3).as_bytes().get(..8).unwrap_or_default()));
    days.min()
}

/// More services of the first line's days.
fn add_lines(claim: &mut Node, kind: Kind, plan: &str, at: &str, chance: &Chance) {
    if !chance.happens(&format!("{at} lines"), 35) {
        return;
    }
    let services: &[&str] = match kind {
        Kind::Professional => &PROFESSIONAL,
        Kind::Institutional => &INSTITUTIONAL,
        Kind::Dental => &DENTAL,
    };
    let known: Vec<&Node> = claim.loops().filter(|inner| inner.table.id == "2400").collect();
    let Some(first) = known.first() else { return };
    let (table, count) = (first.table, known.len());
    let day = first.find("DTP*472").and_then(|_| first_day(claim)).map(Day::to_wire);
    let is_billed = |service: &str| {
        let code = code_of(service);
        code.len() > 1
            && known.iter().flat_map(|line| line.segments()).any(|one| code_of(&one.text()) == code)
    };
    // As many as a claim may have, once in a while.
    let most = if kind == Kind::Institutional { 999 } else { 50 };
    let is_long = chance.happens(&format!("{at} all lines"), 4);
    let wanted = if is_long { most - count } else { 1 + chance.below(&format!("{at} more"), 4) };
    // The lines of a stay need no procedure.
    let is_stay = claim.find("CLM").is_some_and(|clm| clm.get(5).starts_with("11:A"));
    let start = chance.below(&format!("{at} first line"), services.len());
    let mut lines: Vec<Node> = Vec::new();
    for number in 0..most {
        let at_line = format!("{at} line {number}");
        let service = services[(start + number) % services.len()];
        // What has no procedure may stand in any number of lines.
        let is_repeated =
            services.len() <= number && (kind != Kind::Institutional || !service.contains("**"));
        // Medicare asks who ordered a picture.
        let is_ordered = plan == "MB" && service.starts_with("SV1*HC:7");
        if lines.len() == wanted || is_billed(service) || is_repeated || is_ordered {
            continue;
        }
        let department = department(&at_line, chance);
        let service = if is_stay { department.as_str() } else { service };
        let mut line = Node { table, parts: Vec::new() };
        put(&mut line, &["LX", &(count + lines.len() + 1).to_string()]);
        for segment in service.split('~') {
            let elements: Vec<&str> = segment.split('*').collect();
            put(&mut line, &elements);
        }
        fill_tooth(&mut line, &at_line, chance);
        // Of two supplies at one price one would be a double.
        if let Some((segment, position)) = charge_of(&mut line) {
            let charge = Money::parse(segment.get(position).as_bytes()).unwrap_or_default();
            let charge = Money::from_cents(charge.cents() + number as i64);
            segment.set(position, charge.to_wire());
        }
        if let Some(day) = &day {
            put(&mut line, &["DTP", "472", "D8", day]);
        }
        lines.push(line);
    }
    let Some((row, _)) = claim.inner("2400") else { return };
    for line in lines {
        claim.insert(Part { row, what: What::Loop(line) });
    }
    sum_up(claim);
}

/// A line of any department of a hospital; days of rooms and rates are none.
fn department(at: &str, chance: &Chance) -> String {
    let is_apt = |code: &str| !matches!(code.get(..3), Some("000" | "002")) && "0219" < code;
    let code = codes::pick_among("revenue", at, TODAY, chance, is_apt);
    let amount = Money::from_cents(100 + chance.below(at, 90_000) as i64).to_wire();
    format!("SV2*{}**{amount}*UN*1", code.expect("a department"))
}

/// Other surfaces of a tooth that was filled, as many as before.
fn fill_tooth(line: &mut Node, at: &str, chance: &Chance) {
    let Some(tooth) = line.segments_mut().find(|segment| segment.starts("TOO")) else { return };
    let count = tooth.get(3).split(':').filter(|surface| !surface.is_empty()).count();
    let is_front = matches!(tooth.get(2), "8" | "9");
    let mut free = vec!["B", "D", "F", "L", "M", if is_front { "I" } else { "O" }];
    let mut surfaces = Vec::new();
    for number in 0..count {
        let one = chance.below(&format!("{at} surface {number}"), free.len());
        surfaces.push(free.remove(one));
    }
    if count > 0 {
        tooth.set(3, surfaces.join(":"));
    }
}

/// Other charges for the same services.
fn charge_anew(claim: &mut Node, at: &str, chance: &Chance) {
    if !chance.happens(&format!("{at} charges"), 40) {
        return;
    }
    let mut number = 0;
    for line in claim.loops_mut().filter(|inner| inner.table.id == "2400") {
        number += 1;
        let Some((segment, position)) = charge_of(line) else { continue };
        let is_free = Money::parse(segment.get(position).as_bytes()).is_none_or(Money::is_zero);
        // What is not covered is no more than what is charged.
        if !is_free && segment.get(7).is_empty() {
            let cents = 100 + chance.below(&format!("{at} charge {number}"), 5_000_000);
            segment.set(position, Money::from_cents(cents as i64).to_wire());
        }
    }
    sum_up(claim);
}

fn charge_of(line: &mut Node) -> Option<(&mut Segment, usize)> {
    line.segments_mut().find_map(|segment| {
        let position = match segment.get(0) {
            "SV1" | "SV3" => 2,
            "SV2" => 3,
            _ => return None,
        };
        Some((segment, position))
    })
}

fn sum_up(claim: &mut Node) {
    let mut total = Money::ZERO;
    for line in claim.loops_mut().filter(|inner| inner.table.id == "2400") {
        let charge = charge_of(line)
            .and_then(|(segment, position)| Money::parse(segment.get(position).as_bytes()));
        total += charge.unwrap_or_default();
    }
    set_in(claim, "CLM", 2, &total.to_wire());
}

/// Puts a segment into the row that is its own.
fn put(node: &mut Node, elements: &[&str]) {
    node.put(elements.iter().map(|&element| element.to_owned()).collect());
}

/// The procedure of a line's service: `HC:99213`.
fn code_of(service: &str) -> Vec<&str> {
    let position = if service.starts_with("SV2") { 2 } else { 1 };
    let procedure = service.split('*').nth(position).unwrap_or_default();
    procedure.split(':').take(2).collect()
}

/// Services that go with any other.
const PROFESSIONAL: [&str; 46] = [
    "SV1*HC:J1885*40*UN*2***1",
    "SV1*HC:J3490:::::KETOROLAC*11*UN*1***1",
    "SV1*HC:20553:GA:GC:KX:XS*70*UN*1***1",
    "SV1*WK:AAABA*12*UN*1***1",
    "SV1*IV:A01*12*UN*1***1",
    "SV1*ER:L0017*12*UN*1***1",
    "SV1*HC:36415*12*UN*1***1",
    "SV1*HC:71046:26*80.5*UN*1***1",
    "SV1*HC:73610*95*UN*1***1",
    "SV1*HC:94010*60*UN*1***1",
    "SV1*HC:96372*35*UN*2***1",
    "SV1*HC:97010:GP*20*UN*1***1",
    "SV1*HC:97750:GP*70*UN*4***1",
    "SV1*HC:99406*25*UN*1***1",
    "SV1*HC:G0108*55*UN*1***1",
    "SV1*HC:11042*200*UN*1***1",
    "SV1*HC:20610:50*180*UN*1***1",
    "SV1*HC:0001A*40*UN*1***1",
    "SV1*HC:3044F*.01*UN*1***1",
    "SV1*HC:99499:::::OTHER VISIT*33*UN*1***1",
    "SV1*HC:92557*66*UN*1***1",
    "SV1*HC:92014*110*UN*1***1",
    "SV1*HC:93306*700*UN*1***1",
    "SV1*HC:99497*86*UN*1***1",
    "SV1*HC:99291*400*UN*1***1",
    "SV1*HC:29881*2100*UN*1***1",
    "SV1*HC:12001*160*UN*1***1",
    "SV1*HC:17000*80*UN*1***1",
    "SV1*HC:11721*45*UN*1***1",
    "SV1*HC:76705*140*UN*1***1",
    "SV1*HC:77080*120*UN*1***1",
    "SV1*HC:95004*5*UN*40***1",
    "SV1*HC:95810*900*UN*1***1",
    "SV1*HC:62323*520*UN*1***1",
    "SV1*HC:64483*480*UN*1***1",
    "SV1*HC:66984*1900*UN*1***1",
    "SV1*HC:69210*70*UN*1***1",
    "SV1*HC:51798*40*UN*1***1",
    "SV1*HC:31231*260*UN*1***1",
    "SV1*HC:43239*800*UN*1***1",
    "SV1*HC:45378:33*950*UN*1***1",
    "SV1*HC:96413*310*UN*1***1",
    "SV1*HC:99152*75*UN*1***1",
    "SV1*HC:G2012*15*UN*1***1",
    "SV1*HC:99072*5*UN*1***1",
    "SV1*HC:V2020*65*UN*1***1",
];

const INSTITUTIONAL: [&str; 17] = [
    "SV2*0636*HC:J1885*40*UN*2",
    "SV2*0361*HC:20553:GA:GC:KX:XS*70*UN*1",
    "SV2*0519*WK:AAABA*12*UN*1",
    "SV2*0519*IV:A01*12*UN*1",
    "SV2*0519*ER:L0017*12*UN*1",
    "SV2*0301*HC:80053*90*UN*1",
    "SV2*0305*HC:85025*45*UN*1",
    "SV2*0270**18.25*UN*3",
    "SV2*0258**60*UN*2",
    "SV2*0730*HC:93005*150*UN*1",
    "SV2*0352*HC:74176*2200*UN*1",
    "SV2*0410*HC:94640*75*UN*2",
    "SV2*0420*HC:97110:GP*140*UN*2",
    "SV2*0710**800*UN*1",
    "SV2*0272**44.4*UN*7",
    "SV2*0306*HC:87040*80*UN*2",
    "SV2*0921*HC:93970*640*UN*1",
];

const DENTAL: [&str; 18] = [
    "SV3*AD:D2391*88~TOO*JP*3*B",
    "SV3*AD:D2392*99~TOO*JP*14*D:B",
    "SV3*AD:D2393*111~TOO*JP*19*M:L:O",
    "SV3*AD:D2394*133~TOO*JP*30*M:O:D:B:L",
    "SV3*AD:D2335*99~TOO*JP*8*M:I:D:F",
    "SV3*AD:D2335*99~TOO*JP*9*M:I:D:F:L",
    "SV3*AD:D2331*77~TOO*JP*8*F:I",
    "SV3*AD:D2332*77~TOO*JP*9*L:F:M",
    "SV3*AD:D9999:LT:RT:76:77:ADJUSTED*77**10:20:30:40:01",
    "SV3*AD:D7140*90~TOO*JP*T",
    "SV3*AD:D0220*30",
    "SV3*AD:D0274*68",
    "SV3*AD:D0330*130",
    "SV3*AD:D1206*45",
    "SV3*AD:D9110*90",
    "SV3*AD:D9230*60",
    "SV3*AD:D0140*75",
    "SV3*AD:D4910*140",
];
