//! The sheets that are known, those with more columns first: the files of the publishers, and the
//! plain ones in which an operator may write any set.
//!
//! Columns of publishers are as their files have them: `MCR_MUE_PractitionerServices` and its two
//! sisters (CMS, 2024 to 2026), `AOC_V2026Q2-MCR.xlsx`, `HCPC2024_JUL_ANWEB.xlsx`, `PPRRVU` (2019 to
//! 2026; its header takes several rows and repeats names, so places are asked too),
//! `npidata_pfile` (NPPES, readme version 2, exhibit 2-1), `product.txt` and `package.txt` of the NDC
//! directory, `nucc_taxonomy_251.csv`. Of the HIPPS master list and of the waived tests, which come as
//! a workbook and as a PDF, no file could be had to read beside this: several names are taken.

use x12::value::Day;

use super::{Row, Sheet, hundredths, letters, number, plain, scaled};
use crate::code_sets::layouts::Refusal;
use crate::code_sets::relative_values::Code;
use crate::code_sets::shape;
use crate::code_sets::table::{NOTHING, Span};

pub(super) static SHEETS: &[Sheet] = &[
    Sheet {
        name: "NCCI pairs, plain",
        sets: &["ncci-ptp", "ncci-ptp-hospital"],
        columns: &["column1code", "modifierindicator", "column2codes"],
        is_plain: true,
        take: pairs,
    },
    Sheet {
        name: "combinations of CORE 360, plain",
        sets: &["core-360"],
        columns: &["scenario", "carc", "rarc", "group"],
        is_plain: true,
        take: combinations,
    },
    Sheet {
        name: "units of NCCI, plain",
        sets: &["ncci-mue"],
        columns: &[
            "code",
            "practitionerunits",
            "practitionermai",
            "outpatientunits",
            "outpatientmai",
            "dmeunits",
            "dmemai",
        ],
        is_plain: true,
        take: units_of_all,
    },
    Sheet {
        name: "units of NCCI for practitioners, csv of CMS",
        sets: &["ncci-mue"],
        columns: &["hcpcscptcode", "practitionerservicesmuevalues", "mueadjudicationindicator"],
        is_plain: false,
        take: |row| units(row, 0),
    },
    Sheet {
        name: "units of NCCI for outpatient hospitals, csv of CMS",
        sets: &["ncci-mue"],
        columns: &[
            "hcpcscptcode",
            "outpatienthospitalservicesmuevalues",
            "mueadjudicationindicator",
        ],
        is_plain: false,
        take: |row| units(row, 2),
    },
    Sheet {
        name: "units of NCCI for suppliers, csv of CMS",
        sets: &["ncci-mue"],
        columns: &["hcpcscptcode", "dmesupplierservicesmuevalues", "mueadjudicationindicator"],
        is_plain: false,
        take: |row| units(row, 4),
    },
    Sheet {
        name: "add-on codes of NCCI, file of CMS",
        sets: &["ncci-addon"],
        columns: &[
            "addoncode",
            "primarycode",
            "aocedittype",
            "aocediteffdt|aocediteffdtjulian",
            "aoceditdeldt|aoceditdeldtjulian",
            "primarycodedeldt|primarycodedeldtjulian",
            "aocdeldt|aocdeldtjulian",
        ],
        is_plain: false,
        take: add_on_dated,
    },
    Sheet {
        name: "add-on codes of NCCI, plain",
        sets: &["ncci-addon"],
        columns: &["addoncode", "primarycode", "type"],
        is_plain: true,
        take: |row| add_on(row, Span::default()),
    },
    Sheet {
        name: "physician fee schedule, plain",
        sets: &["mpfs"],
        columns: &[
            "code",
            "mod",
            "status",
            "workrvu",
            "nonfacpervu",
            "facpervu",
            "mprvu",
            "global",
            "pctc",
            "multproc",
            "bilateral",
            "asstsurg",
            "cosurg",
            "teamsurg",
        ],
        is_plain: true,
        take: fees,
    },
    Sheet {
        name: "physician fee schedule, RVU csv of CMS",
        sets: &["mpfs"],
        columns: &["hcpcs", "mod", "description"],
        is_plain: false,
        take: fees_of_cms,
    },
    Sheet {
        name: "localities of the physician fee schedule, plain",
        sets: &["mpfs-gpci"],
        columns: &["mac", "locality", "gpciwork", "gpcipe", "gpcimp"],
        is_plain: true,
        take: locality,
    },
    Sheet {
        name: "localities of the physician fee schedule, GPCI csv of CMS",
        sets: &["mpfs-gpci"],
        // The factor of work with its floor of 1 is what is paid, in years that have it.
        columns: &[
            "medicareadministrativecontractormac|medicareadminstrativecontractormac|mac",
            "localitynumber|locality",
            "pwgpciwith10floor|pwgpci|pwgpciwithout10floor",
            "pegpci",
            "mpgpci",
        ],
        is_plain: false,
        take: locality,
    },
    Sheet {
        name: "HCPCS workbook of CMS, as text",
        sets: &["hcpcs", "modifier"],
        columns: &["hcpc", "recid", "adddt", "termdt"],
        is_plain: false,
        take: procedure_or_modifier,
    },
    Sheet {
        name: "NPI registry, monthly csv of CMS",
        sets: &["npi"],
        columns: &["npi", "entitytypecode", "npideactivationdate", "npireactivationdate"],
        is_plain: false,
        take: provider,
    },
    Sheet {
        name: "NDC packages, file of the FDA",
        sets: &["ndc"],
        columns: &["ndcpackagecode", "startmarketingdate", "endmarketingdate"],
        is_plain: false,
        take: drug,
    },
    Sheet {
        name: "NDC products, file of the FDA",
        sets: &["ndc"],
        columns: &["productndc", "startmarketingdate", "endmarketingdate"],
        is_plain: false,
        take: drug,
    },
    Sheet {
        name: "HIPPS codes of CMS",
        sets: &["hipps"],
        columns: &[
            "hippscode|code",
            "codeeffectivefromdate|effectivefromdate|effectivefrom|fromdate|efffrom",
            "codeeffectivethroughdate|effectivethroughdate|effectivethrough|throughdate|effto",
        ],
        is_plain: false,
        take: |row| row.dated(),
    },
    Sheet {
        name: "CLIA-waived tests of CMS",
        sets: &["clia-waived"],
        columns: &["cptcodes|cptcode|hcpcscode|code"],
        is_plain: false,
        take: waived,
    },
    Sheet {
        name: "provider taxonomy, plain",
        sets: &["taxonomy"],
        columns: &["code", "lastversionifdropped"],
        is_plain: true,
        take: taxonomy,
    },
    Sheet {
        name: "provider taxonomy, csv of NUCC",
        sets: &["taxonomy"],
        columns: &["code", "grouping", "classification", "specialization"],
        is_plain: false,
        take: |row| row.code(),
    },
    Sheet {
        name: "flags of Medicare's code editor, plain",
        sets: &[
            "diagnosis-adult",
            "diagnosis-child",
            "diagnosis-female",
            "diagnosis-male",
            "diagnosis-manifestation",
            "diagnosis-maternity",
            "diagnosis-never-alone",
            "diagnosis-never-first",
            "diagnosis-newborn",
            "diagnosis-side-unspecified",
            "diagnosis-wrong-procedure",
        ],
        columns: &["code", "efffrom", "effto", "flags"],
        is_plain: true,
        take: flagged,
    },
    Sheet {
        name: "modifiers, plain",
        sets: &["modifier", "cpt-modifier"],
        columns: &["modifier"],
        is_plain: true,
        take: |row| row.code(),
    },
    Sheet {
        name: "MS-DRG, plain",
        sets: &["drg"],
        columns: &["drg", "efffrom", "effto"],
        is_plain: true,
        take: |row| row.dated(),
    },
    Sheet {
        name: "claim status codes, plain",
        sets: &["claim-status"],
        columns: &["code", "status"],
        is_plain: true,
        take: |row| if row.text(1)? == "retired" { row.leave() } else { row.code() },
    },
    Sheet {
        name: "codes with days, plain",
        sets: LISTS,
        columns: &["code", "efffrom", "effto"],
        is_plain: true,
        take: |row| row.dated(),
    },
    Sheet {
        name: "code list of X12, csv",
        sets: LISTS_OF_X12,
        columns: &[
            "code",
            "start|startdate|effectivedate",
            "stop|stopdate|enddate|deactivationdate",
        ],
        is_plain: false,
        take: |row| row.dated(),
    },
    Sheet {
        name: "codes with a first day, plain",
        sets: LISTS,
        columns: &["code", "efffrom"],
        is_plain: true,
        take: |row| {
            let code = row.text(0)?.to_owned();
            let first = row.day(1)?;
            row.add(0, &code, Span { first, ..Span::default() })
        },
    },
    Sheet {
        name: "codes with a last day, plain",
        sets: LISTS,
        columns: &["code", "effto"],
        is_plain: true,
        take: |row| {
            let code = row.text(0)?.to_owned();
            let last = row.day(1)?;
            row.add(0, &code, Span { last, ..Span::default() })
        },
    },
    Sheet {
        name: "codes, plain",
        sets: LISTS,
        columns: &["code"],
        is_plain: true,
        take: |row| if row.is_called_retired() { row.leave() } else { row.code() },
    },
];

const LISTS_OF_X12: &[&str] =
    &["claim-adjustment-reason", "claim-status", "claim-status-category", "remark"];

/// Sets that may come as a plain list: all but those whose rows say more than days.
const LISTS: &[&str] = &[
    "adjustment-group",
    "admission-type",
    "claim-adjustment-reason",
    "claim-filing",
    "claim-frequency",
    "claim-status",
    "claim-status-category",
    "clia-waived",
    "condition",
    "cpt-modifier",
    "dental-procedure",
    "diagnosis",
    "drg",
    "hcpcs",
    "hipps",
    "inpatient-procedure",
    "modifier",
    "ndc",
    "npi",
    "occurrence",
    "occurrence-span",
    "patient-status",
    "place-of-service",
    "point-of-origin",
    "procedure",
    "provider-adjustment",
    "remark",
    "remittance-status",
    "revenue",
    "state",
    "taxonomy",
    "value",
];

/// Column 1, the indicator, and all codes of column 2 parted by commas.
fn pairs(row: &mut Row<'_>) -> Result<(), Refusal> {
    let one = row.text(0)?.to_owned();
    let indicator = match row.text(1)? {
        "0" => 0,
        "1" => 1,
        "9" => 9,
        other => {
            return Err(row.refuse(1, format!("'{other}' is no modifier indicator: 0, 1 or 9")));
        }
    };
    let span = Span { facts: vec![indicator], ..Span::default() };
    let others = row.text(2)?.to_owned();
    for other in others.split(',') {
        if other.len() != 5 || one.len() != 5 {
            return Err(row.refuse(2, format!("'{one}' and '{other}' are no two procedures")));
        }
        row.add_pair([&one, other], span.clone())?;
    }
    Ok(())
}

/// A scenario, a reason, and the remarks and groups that it may stand with: several parted by commas,
/// none for whatever stands there. It is kept as pairs of scenario, group and reason with the remark.
fn combinations(row: &mut Row<'_>) -> Result<(), Refusal> {
    let scenario = row.text(0)?.to_owned();
    if !matches!(scenario.as_str(), "1" | "2" | "3" | "4") {
        return Err(row.refuse(0, format!("'{scenario}' is no scenario: 1, 2, 3 or 4")));
    }
    let reason = row.text(1)?.to_owned();
    let parts = |text: &str| text.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>();
    if !shape::fits("claim-adjustment-reason", &reason) {
        return Err(row.refuse(1, shape::told("claim-adjustment-reason", &reason)));
    }
    let (remarks, groups) = (parts(row.text(2)?), parts(row.text(3)?));
    let is_strange = |one: &&String| !one.is_empty() && !shape::fits("remark", one);
    if let Some(strange) = remarks.iter().find(is_strange) {
        return Err(row.refuse(2, shape::told("remark", strange)));
    }
    if groups.iter().any(|group| !matches!(group.as_str(), "" | "CO" | "PR" | "OA" | "PI" | "CR")) {
        return Err(row.refuse(3, "a group is CO, PR, OA, PI or CR"));
    }
    for group in &groups {
        for remark in &remarks {
            row.add_pair([&format!("{scenario}{group}{reason}"), remark], Span::default())?;
        }
    }
    Ok(())
}

fn units_of_all(row: &mut Row<'_>) -> Result<(), Refusal> {
    let code = row.text(0)?.to_owned();
    let facts = (1..=6).map(|column| row.number(column)).collect::<Result<_, _>>()?;
    row.add(0, &code, Span { facts, ..Span::default() })
}

/// Units and what they are counted by; the words behind the number are left.
fn units(row: &mut Row<'_>, before: usize) -> Result<(), Refusal> {
    let code = row.text(0)?.to_owned();
    let units = row.number(1)?;
    let indicator = match row.text(2)?.as_bytes() {
        [digit @ b'1'..=b'3', ..] => u32::from(digit - b'0'),
        _ => return Err(row.refuse(2, "no adjudication indicator: 1, 2 or 3, and words")),
    };
    let mut facts = vec![NOTHING; 6];
    for (place, fact) in facts.iter_mut().skip(before).zip([units, indicator]) {
        *place = fact;
    }
    row.add(0, &code, Span { facts, ..Span::default() })
}

fn add_on_dated(row: &mut Row<'_>) -> Result<(), Refusal> {
    let first = row.day(3)?;
    let last = [row.day(4)?, row.day(5)?, row.day(6)?].into_iter().flatten().min();
    // One that was deleted before its first day was never in effect.
    if last.is_some_and(|last| first.is_some_and(|first| last < first)) {
        return Ok(());
    }
    add_on(row, Span { first, last, facts: Vec::new() })
}

/// Record 3 begins a procedure and 7 a modifier; 4 and 8 are more of a description.
fn procedure_or_modifier(row: &mut Row<'_>) -> Result<(), Refusal> {
    let set = match row.text(1)? {
        "3" => "hcpcs",
        "7" => "modifier",
        "4" | "8" => return Ok(()),
        other => {
            let why =
                format!("'{other}' is no kind of record: 3 or 4 for a code, 7 or 8 for a modifier");
            return Err(row.refuse(1, why));
        }
    };
    if set != row.set {
        return Ok(());
    }
    let code = row.text(0)?.to_owned();
    let (first, last) = (row.day(2)?, row.day(3)?);
    row.add(0, &code, Span { first, last, facts: Vec::new() })
}

/// A blank primary, or CCCCC, leaves it to the contractor.
fn add_on(row: &mut Row<'_>, span: Span) -> Result<(), Refusal> {
    let code = row.text(0)?.to_owned();
    let primary = row.text(1)?.replace("CCCCC", "");
    let kind = match row.text(2)? {
        "1" | "I" => 1,
        "2" | "II" => 2,
        "3" | "III" => 3,
        other => return Err(row.refuse(2, format!("'{other}' is no type: 1, 2 or 3"))),
    };
    if code.len() != 5 || !(primary.is_empty() || primary.len() == 5) {
        return Err(row.refuse(0, format!("'{code}' and '{primary}' are no two procedures")));
    }
    row.add_pair([&code, &primary], Span { facts: vec![kind], ..span })
}

fn fees(row: &mut Row<'_>) -> Result<(), Refusal> {
    let code = format!("{}{}", row.text(0)?, row.text(1)?);
    let mut facts = vec![row.letters(2)?];
    for column in 3..=6 {
        facts.push(row.hundredths(column)?);
    }
    let days = row.text(GLOBAL)?;
    if !is_global(days) {
        return Err(row.refuse(GLOBAL, no_global(days)));
    }
    for column in GLOBAL..=13 {
        facts.push(row.letters(column)?);
    }
    // Older plain files have no such column.
    if let Some(place) = row.names.iter().position(|name| plain(name) == "endobase") {
        facts.extend([NOTHING, base_endoscopy(row, place)?]);
    }
    row.add(0, &code, Span { first: row.starts, last: None, facts })
}

/// Where the plain file has the days after an operation.
const GLOBAL: usize = 7;

/// Days after an operation, or letters that stand for none; blank where nothing is said.
fn is_global(text: &str) -> bool {
    matches!(text, "" | "000" | "010" | "090" | "MMM" | "XXX" | "YYY" | "ZZZ")
}

fn no_global(text: &str) -> String {
    format!("'{text}' is no global period: 000, 010, 090, MMM, XXX, YYY or ZZZ")
}

/// The header of CMS repeats its names: columns go by their places, and must bear their names there.
fn fees_of_cms(row: &mut Row<'_>) -> Result<(), Refusal> {
    let code = format!("{}{}", row.text(0)?, row.text(1)?);
    let mut facts = Vec::new();
    type Fact = fn(&str) -> Option<u32>;
    const FACTS: [(usize, &str, Fact); 12] = [
        (3, "CODE", letters),
        (5, "RVU", hundredths),
        (6, "PE RVU", hundredths),
        (8, "PE RVU", hundredths),
        (10, "RVU", hundredths),
        (14, "DAYS", letters),
        (13, "IND", letters),
        (18, "PROC", letters),
        (19, "SURG", letters),
        (20, "SURG", letters),
        (21, "SURG", letters),
        (22, "SURG", letters),
    ];
    for (place, name, fact) in FACTS {
        let found = row.names.get(place).map_or("", String::as_str);
        let text = row.text_at(place)?;
        let why = || format!("'{text}' is neither an indicator nor an amount");
        let column = format!("column {}", place + 1);
        if found != name {
            let why = format!("'{}' stands here, and the layout has {name}", found.escape_debug());
            return Err(Refusal::new(row.line, &column, why));
        }
        if name == "DAYS" && !is_global(text) {
            return Err(Refusal::new(row.line, &column, no_global(text)));
        }
        facts.push(fact(text).ok_or_else(|| Refusal::new(row.line, &column, why()))?);
    }
    facts.push(conversion_factor(row)?);
    facts.push(match row.names.get(BASE).map(String::as_str) {
        Some("BASE") => base_endoscopy(row, BASE)?,
        _ => NOTHING,
    });
    row.add(0, &code, Span { first: row.starts, last: None, facts })
}

/// Where the file of CMS has the endoscopy that others have built in.
const BASE: usize = 23;

fn base_endoscopy(row: &Row<'_>, place: usize) -> Result<u32, Refusal> {
    let text = row.text_at(place)?;
    if text.is_empty() {
        return Ok(NOTHING);
    }
    let column = format!("column {}, base endoscopy", place + 1);
    let why = || format!("'{text}' is no procedure code");
    Code::parse(text).map(Code::fact).ok_or_else(|| Refusal::new(row.line, &column, why()))
}

/// In ten-thousandths; the column is the only one of its name.
fn conversion_factor(row: &Row<'_>) -> Result<u32, Refusal> {
    let Some(place) = row.names.iter().position(|name| name == "FACTOR") else {
        return Ok(NOTHING);
    };
    let text = row.text_at(place)?;
    let why = || format!("'{text}' is no conversion factor");
    let column = format!("column {}, FACTOR", place + 1);
    scaled(text, 10_000.0).ok_or_else(|| Refusal::new(row.line, &column, why()))
}

/// The numbers of contractor and locality, and its factors in thousandths.
fn locality(row: &mut Row<'_>) -> Result<(), Refusal> {
    let (contractor, number) = (row.text(0)?.to_owned(), row.text(1)?.to_owned());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // Below the localities stand words about them.
    if !is_number(&contractor) || !is_number(&number) {
        return row.leave();
    }
    let mut facts = Vec::new();
    for column in 2..=4 {
        let text = row.text(column)?;
        let fact = scaled(text, 1_000.0).filter(|&fact| fact != NOTHING);
        facts.push(fact.ok_or_else(|| row.refuse(column, format!("'{text}' is no factor")))?);
    }
    // Programs of tables take zeros off.
    let code = format!("{contractor:0>5}{number:0>2}");
    row.add(0, &code, Span { first: row.starts, last: None, facts })
}

/// Deactivated from a day on, and perhaps active again from a later one.
fn provider(row: &mut Row<'_>) -> Result<(), Refusal> {
    let npi = row.text(0)?.to_owned();
    if npi.len() != 10 || !npi.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(row.refuse(0, "no NPI of ten digits"));
    }
    let facts = vec![number(row.text(1)?).unwrap_or(NOTHING)];
    let (deactivated, active_again) = (row.day(2)?, row.day(3)?);
    let again = active_again.filter(|&again| Some(again) > deactivated);
    if deactivated.is_some() {
        if again.is_some() {
            row.add(0, &npi, Span { first: again, last: None, facts: facts.clone() })?;
        }
        return row.add(0, &npi, Span { first: None, last: deactivated, facts });
    }
    row.add(0, &npi, Span { facts, ..Span::default() })
}

/// Ten digits with hyphens become eleven: 5-4-2, or 5-4 for a product.
fn drug(row: &mut Row<'_>) -> Result<(), Refusal> {
    let text = row.text(0)?;
    let mut code = String::new();
    for (part, width) in text.split('-').zip([5, 4, 2]) {
        code.push_str(&format!("{part:0>width$}"));
    }
    let is_whole = matches!(code.len(), 9 | 11) && code.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole {
        return Err(row.refuse(0, format!("'{text}' is no NDC with hyphens")));
    }
    let (first, last) = (row.day(1)?, row.day(2)?);
    row.add(0, &code, Span { first, last, facts: Vec::new() })
}

/// One code or several in a cell, with QW where it is asked for.
fn waived(row: &mut Row<'_>) -> Result<(), Refusal> {
    let text = row.text(0)?.to_ascii_uppercase();
    let mut found = false;
    for word in text.split(|sign: char| !sign.is_ascii_alphanumeric()) {
        let code = word.strip_suffix("QW").unwrap_or(word);
        if code.len() == 5 && code.bytes().filter(u8::is_ascii_digit).count() >= 4 {
            let needs = u32::from(text.contains(&format!("{code}QW")) || text.contains("QW"));
            row.add(0, code, Span { facts: vec![needs], ..Span::default() })?;
            found = true;
        }
    }
    if found { Ok(()) } else { Err(row.refuse(0, format!("no procedure in '{text}'"))) }
}

/// Versions are numbered by year: .0 holds from April, .1 from October.
fn taxonomy(row: &mut Row<'_>) -> Result<(), Refusal> {
    let code = row.text(0)?.to_owned();
    let last = match row.text(1)?.split_once('.') {
        None => None,
        Some((year, half)) => {
            let year: u16 = year.parse().map_err(|_| row.refuse(1, "no version"))?;
            match half {
                "0" => Day::new(2000 + year, 9, 30),
                _ => Day::new(2001 + year, 3, 31),
            }
        }
    };
    row.add(0, &code, Span { last, ..Span::default() })
}

/// Codes that have the flag of the set.
fn flagged(row: &mut Row<'_>) -> Result<(), Refusal> {
    let wanted = match row.set {
        "diagnosis-adult" => "adult",
        "diagnosis-child" => "pediatric",
        "diagnosis-female" => "female",
        "diagnosis-male" => "male",
        "diagnosis-manifestation" => "manifestation",
        "diagnosis-maternity" => "maternity",
        "diagnosis-never-alone" => "reqsdx",
        "diagnosis-never-first" => "unacceptable",
        "diagnosis-newborn" => "newborn",
        "diagnosis-side-unspecified" => "unspecified",
        _ => "wrngproc",
    };
    if row.text(3)?.split(',').any(|flag| flag == wanted) { row.dated() } else { row.leave() }
}
