//! Each of X12's answers to a request for interpretation that speaks of claims, as a small claim and
//! what all rules together find in it. Each is a test under its number: `cargo test rfi_2110`.

use x12::value::Money;

use super::example::trial::{Trial, try_text};
use super::example::{Clean, Example};
use super::rules;

/// One answer, tried: the claim, and the rules that find fault with it in the order of their codes.
type Row = (&'static str, Example, &'static [&'static str]);

const fn like(claim: Clean, changes: &'static [(&'static str, &'static str)]) -> Example {
    Example::passes(changes).of(claim)
}

const OTHER_PAYER: &str = "\
    SBR*P*18*******CI~\n\
    CAS*CO*45*30~\n\
    AMT*D*70~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    LX*1";

/// The claim goes to the second payer, and the first one has decided.
const SECOND: (&str, &str) = ("SBR*P*18*GRP1", "SBR*S*18*GRP1");

const ROWS: &[Row] = &[
    (
        "rfi_396 an amount has no zeros in front, and as few behind the point as it likes",
        like(Clean::Professional, &[("*60*UN*", "*060*UN*"), ("*40*UN*", "*40.00*UN*")]),
        &["CG-BAL-16"],
    ),
    (
        "rfi_1115 what the first payer paid and took off comes to the charge",
        like(Clean::Professional, &[SECOND, ("LX*1", OTHER_PAYER)]),
        &[],
    ),
    (
        "rfi_1115 and nothing else counts: what it says is left to pay does not fill a gap",
        like(
            Clean::Professional,
            &[
                SECOND,
                ("LX*1", OTHER_PAYER),
                ("CAS*CO*45*30~\nAMT*D*70~", "CAS*CO*45*20~\nAMT*D*70~\nAMT*EAF*10~"),
            ],
        ),
        &["CG-BAL-02"],
    ),
    (
        "rfi_1147 group CR, which a remittance no longer has, may still stand in a claim",
        like(
            Clean::Professional,
            &[SECOND, ("LX*1", OTHER_PAYER), ("CAS*CO*45*30~", "CAS*CR*45*30~")],
        ),
        &[],
    ),
    (
        "rfi_1538 a replacement says which claim it replaces",
        like(Clean::Professional, &[("11:B:1", "11:B:7")]),
        &["CG-SIT-08"],
    ),
    ("rfi_1538 so does a void", like(Clean::Dental, &[("11:B:1", "11:B:8")]), &["CG-SIT-08"]),
    (
        "rfi_1538 with the payer's number it is right",
        like(Clean::Professional, &[("11:B:1", "11:B:7"), ("HI*ABK", "REF*F8*9981~\nHI*ABK")]),
        &[],
    ),
    (
        "rfi_1583 a first payer that paid nothing balances like any other",
        like(
            Clean::Professional,
            &[
                SECOND,
                ("LX*1", OTHER_PAYER),
                ("CAS*CO*45*30~\nAMT*D*70~", "CAS*PR*1*100~\nAMT*D*0~"),
            ],
        ),
        &[],
    ),
    (
        "rfi_1583 it is told when it does not",
        like(
            Clean::Professional,
            &[
                SECOND,
                ("LX*1", OTHER_PAYER),
                ("CAS*CO*45*30~\nAMT*D*70~", "CAS*PR*1*90~\nAMT*D*0~"),
            ],
        ),
        &["CG-BAL-02"],
    ),
    (
        "rfi_1583 and so does one that took back more than it paid",
        like(
            Clean::Professional,
            &[
                SECOND,
                ("LX*1", OTHER_PAYER),
                ("CAS*CO*45*30~\nAMT*D*70~", "CAS*CO*45*110~\nAMT*D*-10~"),
            ],
        ),
        &[],
    ),
    (
        "rfi_1866 a procedure on several teeth is one line for each, not a count",
        like(
            Clean::Dental,
            &[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D7140*112****2~\nTOO*JP*8~\nTOO*JP*9")],
        ),
        &["CG-DENT-19"],
    ),
    (
        "rfi_2110 a first claim carries no number of an earlier one",
        like(Clean::Professional, &[("HI*ABK", "REF*F8*9981~\nHI*ABK")]),
        &["CG-SIT-09"],
    ),
    (
        "rfi_2173 a claim that is opened again after the time for filing may name the earlier one",
        like(Clean::Outpatient, &[(":A:1*", ":A:Q*"), ("HI*ABK", "REF*F8*9981~\nHI*ABK")]),
        &[],
    ),
    ("rfi_2173 and need not", like(Clean::Outpatient, &[(":A:1*", ":A:Q*")]), &[]),
    (
        "rfi_2224 blanks in front count, so they are taken for what nobody meant",
        like(Clean::Professional, &[("REF*6R*A1-1", "REF*6R* A1-1")]),
        &["CG-ID-31"],
    ),
    (
        "rfi_2499 a charge is never below zero",
        like(Clean::Professional, &[("*60*UN*", "*-60*UN*"), ("*40*UN*", "*160*UN*")]),
        &["CG-BAL-07"],
    ),
    (
        "rfi_2499 nor is a number of units",
        like(Clean::Professional, &[("*60*UN*1*", "*60*UN*-1*")]),
        &["CG-LINE-01"],
    ),
];

answers! { hold:
    rfi_1115 rfi_1538 rfi_1583 rfi_1866 rfi_2110 rfi_2173 rfi_2224 rfi_2499
}

/// Tries all rows of an answer.
fn hold(name: &str) {
    let mut tried = 0;
    for (row, example, expected) in ROWS {
        if row.split(' ').next() != Some(name) {
            continue;
        }
        tried += 1;
        let Trial { findings, faults, .. } = try_text(rules::ALL, example.text().as_bytes());
        let mut found: Vec<&str> = findings.iter().map(|finding| &*finding.rule.code).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, *expected, "{row}");
        assert!(faults.is_empty(), "{row}: {faults:?}");
    }
    assert!(tried > 0, "no row of {name}");
}

/// What we write has none: the value that mends such an amount, and every amount of ours.
#[test]
fn rfi_396() {
    hold("rfi_396");
    for (written, mended) in [("*060*UN*", "60"), ("*060.00*UN*", "60"), ("*60.500*UN*", "60.5")] {
        let text = Clean::Professional.text().replacen("*60*UN*", written, 1);
        let Trial { findings, .. } = try_text(rules::ALL, text.as_bytes());
        let found = findings.iter().find(|finding| finding.rule.code == "CG-BAL-16");
        let edit = found.and_then(|finding| finding.edit.as_ref()).expect("a mended value");
        assert_eq!((edit.to.expose().as_str(), edit.is_safe), (mended, true), "{written}");
    }
    for (cents, written) in [(4000, "40"), (4050, "40.5"), (4005, "40.05"), (50, "0.5"), (0, "0")] {
        assert_eq!(Money::from_cents(cents).to_wire(), written);
    }
}

/// The groups of a claim are five, and CR is one of them; of a remittance they are four.
#[test]
fn rfi_1147() {
    hold("rfi_1147");
    let changes = &[SECOND, ("LX*1", OTHER_PAYER), ("CAS*CO*45*30~", "CAS*XX*45*30~")];
    let text = like(Clean::Professional, changes).text();
    assert!(!try_text(rules::ALL, text.as_bytes()).faults.is_empty(), "no such group");
}

#[test]
fn every_row_and_every_answer_that_a_rule_cites_is_a_test() {
    let is_test = |name: &str| ANSWERS.contains(&name) || ["rfi_396", "rfi_1147"].contains(&name);
    for (row, ..) in ROWS {
        assert!(row.split(' ').next().is_some_and(is_test), "{row} is no test");
    }
    for rule in rules::ALL {
        let Some((_, cited)) = rule.source.split_once("RFI ") else { continue };
        let cited = cited.split(';').next().unwrap_or_default();
        for number in
            cited.split(|letter: char| !letter.is_ascii_digit()).filter(|it| !it.is_empty())
        {
            let name = format!("rfi_{number}");
            assert!(is_test(&name), "{}: RFI {number} is not tried", rule.code);
        }
    }
}
