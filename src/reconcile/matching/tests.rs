//! How claims and lines are found, by ever less sure signs.

use super::*;
use crate::change::ArrivalId;
use crate::denials::bundle;
use crate::reconcile::beside::beside;
use crate::reconcile::standing::lines_of;
use crate::reconcile::testing::{known_claim, read_remittances, whole};
use crate::reconcile::told::lines_told;

/// How the only claim payment of `body` is matched: the ids, and what agreed.
fn found(body: &str, claims: &[KnownClaim]) -> (Vec<i64>, String) {
    let mut result = None;
    read_remittances(&whole("I*60*C*CHK", body), |remittance| {
        let parties = Parties::of(remittance, "acme", 0);
        let known = Known::new(claims);
        let payment = remittance.claims.first().expect("a claim payment");
        result = Some(match match_claim(payment, &known, &parties) {
            Match::Sure { claim, by, .. } => (vec![claim.id.0], by),
            Match::Suggested { claims, why } => {
                (claims.iter().map(|id| id.0).collect(), format!("maybe: {why}"))
            }
            Match::Unknown => (Vec::new(), "unknown".to_owned()),
        });
    });
    result.expect("a remittance")
}

fn named(id: i64, number: &str) -> KnownClaim {
    KnownClaim { patient_control_number: Phi::new(number.to_owned()), ..known_claim(id) }
}

#[test]
fn reads_control_numbers_ever_looser() {
    let cases = [
        ("CLP*AB-1*1*100*60**12*P9~", "AB-1", "CLM01"),
        ("CLP*ab-1*1*100*60**12*P9~", "AB-1", "CLM01 but for upper and lower case"),
        ("CLP*77*1*100*60**12*P9~", "0077", "CLM01 but for leading zeros"),
    ];
    for (clp, number, by) in cases {
        assert_eq!(found(clp, &[named(1, number)]), (vec![1], by.to_owned()), "{clp}");
    }
    // The exact number wins over a looser reading of another.
    let both = [named(1, "0077"), named(2, "77")];
    assert_eq!(found("CLP*77*1*100*60**12*P9~", &both), (vec![2], "CLM01".to_owned()));
}

#[test]
fn zero_is_no_number() {
    let claims = [KnownClaim { payer_control_numbers: vec!["0".to_owned()], ..named(1, "0") }];
    assert_eq!(found("CLP*0*1*999*60**12*0~", &claims).1, "unknown");
}

#[test]
fn the_bound_number_comes_first() {
    let bound =
        |id| KnownClaim { payer_control_numbers: vec!["P1".to_owned()], ..named(id, "AB-1") };
    let claims = [named(1, "AB-1"), bound(2)];
    let (ids, by) = found("CLP*AB-1*1*100*60**12*P1~", &claims);
    assert_eq!((ids, by.as_str()), (vec![2], "payer's number and CLM01"));
}

#[test]
fn the_payers_number_does_alone_when_the_rest_agrees() {
    let claim = KnownClaim { payer_control_numbers: vec!["P1".to_owned()], ..named(1, "AB-1") };
    let clp = "CLP*0*1*100*60**12*P1~";
    assert_eq!(found(clp, std::slice::from_ref(&claim)).1, "payer's number");
    let elsewhere = KnownClaim { payer: Some("other".to_owned()), ..claim };
    assert!(found(clp, &[elsewhere]).1.starts_with("maybe: the payer's number"));
}

#[test]
fn tells_claims_of_one_number_apart() {
    let first = named(1, "A");
    let replacement = KnownClaim { frequency: "7".to_owned(), ..named(2, "A") };
    let refused = KnownClaim { state: State::Rejected, ..named(3, "A") };
    let cheaper = KnownClaim { charge: Money::from_cents(4000), ..named(4, "A") };
    let later_day = Day::new(2026, 12, 1);
    let later = KnownClaim { service_from: later_day, service_to: later_day, ..named(5, "A") };
    let clp = "CLP*A*1*100*60**12*P9*11*1~DTM*232*20261006~";
    let by = |other: &KnownClaim| found(clp, &[other.clone(), first.clone()]);
    assert_eq!(by(&replacement), (vec![1], "CLM01, of several by the frequency".to_owned()));
    // Some payers call all that they decide on a first claim (CLP09).
    let mut dearer = KnownClaim { charge: Money::from_cents(12_000), ..replacement.clone() };
    dearer.lines[0] = KnownLine {
        code: "99214".to_owned(),
        charge: Money::from_cents(8_000),
        ..dearer.lines[0].clone()
    };
    let body = "CLP*A*1*120*60**12*P9*11*1~SVC*HC:99214*80*30~SVC*HC:93000*40*30~";
    let told = found(body, &[dearer, first.clone()]);
    assert_eq!(told, (vec![2], "CLM01, of several by charge and services".to_owned()));
    assert_eq!(by(&refused), (vec![1], "CLM01, of several by having been sent".to_owned()));
    assert_eq!(by(&cheaper), (vec![1], "CLM01, of several by the charge".to_owned()));
    assert_eq!(by(&later), (vec![1], "CLM01, of several by the service days".to_owned()));
    let twin = named(6, "A");
    let (ids, why) = by(&twin);
    assert_eq!(ids, [6, 1]);
    assert!(why.starts_with("maybe: several"));
    // Those of another payer are none of them.
    let elsewhere = KnownClaim { payer: Some("other".to_owned()), ..named(7, "A") };
    let all = [elsewhere, twin, first];
    assert_eq!(found("CLP*A*2*100*60**12*P9~", &all).0, [6, 1]);
}

#[test]
fn another_payer_is_a_guess_unless_it_pays_second() {
    let claim = KnownClaim { payer: Some("other".to_owned()), ..named(1, "A") };
    let claims = [claim];
    assert!(found("CLP*A*1*100*60**12*P9~", &claims).1.starts_with("maybe"));
    assert_eq!(found("CLP*A*2*100*60**12*P9~", &claims).1, "CLM01");
}

/// The claim went to another payer, and this one paid it as the second under B1.
#[test]
fn what_a_later_payer_takes_back_is_matched_as_its_payment_was() {
    let said = Said {
        arrival: ArrivalId(1),
        is_posted: true,
        paid_on: None,
        identity: "earlier".to_owned(),
        offset: 0,
        payer_control_number: "B1".to_owned(),
        charge: Money::from_cents(10_000),
        paid: Money::from_cents(1_500),
        adjustments: String::new(),
        whole_lines: Vec::new(),
        lines: None,
        word: Word::Paid,
        status: "2".to_owned(),
        is_let: false,
        claim: None,
    };
    let by = |payer: &str| KnownClaim {
        payer: Some("other".to_owned()),
        later: vec![(payer.to_owned(), said.clone()); 2],
        ..named(1, "A")
    };
    let elsewhere = KnownClaim { later: Vec::new(), ..KnownClaim { id: ClaimId(2), ..by("acme") } };
    for (clp, agrees) in [
        ("CLP*A*22*-100*-15**12*B1~", "payer's number and CLM01"),
        ("CLP*0A*2*100*20**12*B1~", "payer's number and CLM01"),
        ("CLP*A*22*-100*-15**12*B2~", "CLM01"),
        ("CLP*0*22*-100*-15**12*B1~", "payer's number"),
    ] {
        let claims = [elsewhere.clone(), by("acme")];
        assert_eq!(found(clp, &claims), (vec![1], agrees.to_owned()), "{clp}");
    }
    for clp in ["CLP*A*22*-100*-15**12*B1~", "CLP*0*22*-100*-15**12*B1~"] {
        let (_, why) = found(clp, &[by("third")]);
        assert!(why == "unknown" || why.starts_with("maybe: CLM01"), "{why}");
    }
}

/// Payers that build their numbers of CLM01 come to the same ones.
#[test]
fn the_same_number_of_two_payers_is_that_of_whoever_pays() {
    let known = |id| KnownClaim { payer_control_numbers: vec!["P9".to_owned()], ..named(id, "A") };
    let before = KnownClaim { payer: Some("other".to_owned()), ..known(1) };
    let after = KnownClaim { follows: Some(before.id), ..named(2, "A") };
    let ids = |clp: &str, claims: &[KnownClaim]| found(clp, claims).0;
    // The number is known of the payer before alone, and this one pays for the first time.
    assert_eq!(ids("CLP*A*2*100*0**12*P9~", &[before, after]), [2]);
    let own = named(1, "A");
    let next = KnownClaim { payer: Some("other".to_owned()), follows: Some(own.id), ..known(2) };
    assert_eq!(ids("CLP*A*1*100*60**12*P9~", &[own, next]), [1]);
}

#[test]
fn another_payee_needs_days_and_charge() {
    let claim = KnownClaim { billing_npi: "1999001021".to_owned(), ..named(1, "A") };
    let alike = "CLP*A*1*100*60**12*P9~NM1*QC*1*ROE*****MI*W2~DTM*232*20261006~";
    assert_eq!(found(alike, std::slice::from_ref(&claim)).1, "CLM01");
    let unlike = alike.replace("*100*", "*90*");
    assert!(found(&unlike, &[claim]).1.starts_with("maybe: CLM01 agrees, but the payee"));
}

/// By number, or else by name; whatever else agrees. Another's name under one number is a relative's.
#[test]
fn another_patient_is_a_guess() {
    let name = |last: &str, first: &str| [last, first].map(|name| Phi::new(name.to_owned()));
    let claim = KnownClaim {
        member_ids: vec![Phi::new("W1".to_owned())],
        names: vec![name("O'ROE-SMITHSON", "JANE"), name("ROE", "MARY")],
        ..named(1, "A")
    };
    let of = |person: &str| {
        let clp = format!("CLP*A*1*100*60**12*P9~NM1*QC*1*{person}~DTM*232*20261006~");
        found(&clp, std::slice::from_ref(&claim)).1
    };
    for same in [
        "OTHER*JANE****MI*W1",
        "ROE*MARYANN****MI*W1",
        "*****MI*0w1",
        "ROE*M****MI*Z9",
        "OROE*JANE****MI*Z9~NM1*74*1******C*W1",
        "OROESMITH*JANE",
        "ROE",
        "",
    ] {
        assert_eq!(of(same), "CLM01", "{same}");
    }
    for other in [
        "SMITH*BOB****MI*Z9",
        "ROE*JANE****MI*Z9",
        "SMITH*BOB",
        "OTHER*****MI*Z9",
        "ROE*DORA****MI*W1",
        "OTHER*NAME****MI*W1",
        "OTHER*****MI*W1",
    ] {
        assert_eq!(of(other), "maybe: CLM01 agrees, but the patient does not", "{other}");
    }
}

/// Some offices give all claims of a patient one number: another visit is told by its day, unless the payer gave the
/// claim a number of its own before.
#[test]
fn another_visit_is_a_guess() {
    let of = |claim: KnownClaim, clp: &str| found(clp, &[claim]).1;
    let clp = |status: &str, number: &str, days: &str| {
        format!("CLP*A*{status}*100*60**12*{number}~{days}SVC*HC:99213:25*60*36~")
    };
    let line = |day: &str| format!("{}DTM*472*{day}~", clp("1", "P9", ""));
    let with = |number: &str| KnownClaim {
        payer_control_numbers: vec![number.to_owned()],
        ..named(1, "A")
    };
    let moved = || {
        let before = |line: &KnownLine| LineBefore {
            number: line.number,
            charge: line.charge,
            day: Day::new(2026, 8, 1),
            now: Some(line.number),
        };
        let lines_before = named(1, "A").lines.iter().map(before).collect();
        KnownClaim { lines_before, ..named(1, "A") }
    };
    let (own, other) = ("DTM*232*20261006~", "DTM*232*20260801~DTM*233*20260802~");
    let another = "maybe: CLM01 agrees, but no day of service does: it may be another visit under that number";
    for (claim, clp, by) in [
        (named(1, "A"), clp("1", "P9", own), "CLM01"),
        (named(1, "A"), clp("1", "P9", ""), "CLM01"),
        (named(1, "A"), line("20261006"), "CLM01"),
        (named(1, "A"), clp("1", "P9", other), another),
        (named(1, "A"), line("20251006"), another),
        (named(1, "A"), clp("22", "P9", other), another),
        (KnownClaim { service_from: None, ..named(1, "A") }, clp("1", "P9", other), "CLM01"),
        // The payer knows the claim by that number; one that is the office's own tells nothing.
        (with("P9"), clp("1", "P9", other), "payer's number and CLM01"),
        (with("A"), clp("1", "A", other), another),
        (with("A"), clp("1", "A", own), "payer's number and CLM01"),
        // A person corrected the day since.
        (moved(), clp("1", "P9", other), "CLM01"),
    ] {
        assert_eq!(of(claim, &clp), by, "{clp}");
    }
    // Of two visits under one number the day tells, whatever else is alike.
    let later = Day::new(2026, 11, 2);
    let second = KnownClaim { service_from: later, service_to: later, ..named(2, "A") };
    let (ids, by) = found(&clp("1", "P9", "DTM*232*20261102~"), &[named(1, "A"), second]);
    assert_eq!((ids, by.as_str()), (vec![2], "CLM01, of several by the service days"));
}

/// Offices number their claims alike, and a payer may give back their number as its own.
#[test]
fn both_numbers_name_nobody_elses_claim() {
    let claim = |id, member: &str| KnownClaim {
        member_ids: vec![Phi::new(member.to_owned())],
        ..named(id, "1001")
    };
    let decided = KnownClaim { payer_control_numbers: vec!["1001".to_owned()], ..claim(1, "W1") };
    let clp = "CLP*1001*1*100*60**12*1001~NM1*QC*1******MI*W2~DTM*232*20261006~";
    let (ids, by) = found(clp, &[decided.clone(), claim(2, "W2")]);
    assert_eq!((ids, by.as_str()), (vec![2], "CLM01, of several by the member"));
    let alone = found(clp, std::slice::from_ref(&decided)).1;
    assert_eq!(alone, "maybe: CLM01 agrees, but the patient does not");
    // The number of the payer, and a payee who is another in all else.
    let other = KnownClaim { billing_npi: "1999001021".to_owned(), ..decided };
    let clp = clp.replace("W2", "W1").replace("*100*", "*90*");
    assert!(found(&clp, &[other]).1.starts_with("maybe: CLM01 agrees, but the payee"));
}

#[test]
fn services_that_nobody_billed_are_a_guess() {
    let of = |services: &str| {
        let clp = format!("CLP*A*1*100*60**12*P9~DTM*232*20261006~{services}");
        found(&clp, &[named(1, "A")]).1
    };
    for known in [
        "",
        "SVC*HC:99213*1*1~",
        "SVC*HC:99285*9*9~REF*6R*A1-2~",
        "SVC*HC:99285*9*9*1**HC:93000~",
        "SVC*HC:99199*9*9~",
        // Another procedure was paid in place of one that was billed.
        "SVC*HC:99212*60*30~DTM*472*20261006~",
        "SVC*HC:99285*9*9~SVC*HC:93000*1*1~",
    ] {
        assert_eq!(of(known), "CLM01", "{known}");
    }
    for other in ["SVC*HC:99285*100*60~", "SVC*HC:99212*60*30~DTM*472*20261007~"] {
        let why = "maybe: CLM01 agrees, but none of the services was billed";
        assert_eq!(of(other), why, "{other}");
    }
}

#[test]
fn a_heading_names_the_payee_of_its_claims() {
    let claim = KnownClaim { billing_npi: "1999001021".to_owned(), ..named(1, "A") };
    let clp = "CLP*A*1*90*60**12*P9~";
    let found = |heading: &str| found(&format!("{heading}{clp}"), std::slice::from_ref(&claim)).1;
    assert_eq!(found("TS3*1999001021*11*20261231*1*90~"), "CLM01");
    assert!(found("TS3*1999001047*11*20261231*1*90~").starts_with("maybe"));
    assert!(found("").starts_with("maybe"));
}

#[test]
fn never_goes_by_the_amount_alone() {
    let claims = [named(1, "A")];
    assert_eq!(found("CLP*Z*1*100*60**12*P9~", &claims).1, "unknown");
    let service = "SVC*HC:99213:25*60*36**1~DTM*472*20261006~SVC*HC:93000*40*24**1~";
    let alike = format!("CLP*Z*1*100*60**12*P9~{service}");
    assert!(found(&alike, &claims).1.starts_with("maybe: payer, service days"));
}

/// By number before name, and by the whole name before an initial.
#[test]
fn suggests_claims_of_the_patient_first() {
    let of = |id: i64, first: &str| KnownClaim {
        member_ids: vec![Phi::new(format!("W{id}"))],
        names: vec![["ROE", first].map(|name| Phi::new(name.to_owned()))],
        ..named(id, &format!("N{id}"))
    };
    // One that was billed otherwise comes last of the same.
    let other = KnownClaim { lines: vec![known_claim(6).lines.remove(0)], ..of(2, "JACK") };
    let other = KnownClaim { id: ClaimId(6), ..other };
    let claims = [other, of(5, "JILL"), of(4, "JANE"), of(3, "MARY"), of(2, "JOAN"), of(1, "JANE")];
    let service = "SVC*HC:99213:25*60*36**1~DTM*472*20261006~SVC*HC:93000*40*24**1~";
    let rest = "payer, service days, charge and services agree, but no number does";
    for (patient, ids, why) in [
        ("ROE*JANE****MI*W2", vec![2, 6], "the member's number, payer, service days and charge"),
        ("ROE*JANE****MI*Z9", vec![4, 1], "the patient's name, payer"),
        ("ROE*JANE", vec![4, 1], "the patient's name, payer"),
        ("ROE*M", vec![3], "the patient's last name and initial, payer"),
        ("ROE*J", vec![5, 4, 2, 1], "the patient's last name and initial, payer"),
        ("", vec![5, 4, 3, 2, 1], rest),
    ] {
        let person =
            if patient.is_empty() { String::new() } else { format!("NM1*QC*1*{patient}~") };
        let (found, told) = found(&format!("CLP*Z*1*100*60**12*P9~{person}{service}"), &claims);
        assert_eq!(found, ids, "{patient}");
        assert!(told.starts_with(&format!("maybe: {why}")), "{told}");
    }
    assert_eq!(
        found(&format!("CLP*Z*1*100*60**12*P9~NM1*QC*1*DOE*M~{service}"), &claims).1,
        "unknown"
    );
}

/// However many known claims have the charge and the day, the patient's own is found among them.
#[test]
fn suggests_the_patients_claim_among_very_many() {
    let of = |id: i64, last: &str| KnownClaim {
        member_ids: vec![Phi::new(format!("W{id}"))],
        names: vec![[last, "JANE"].map(|name| Phi::new(name.to_owned()))],
        ..named(id, &format!("N{id}"))
    };
    let mut claims: Vec<KnownClaim> = (2..5_000).map(|id| of(id, "ROE")).collect();
    claims.push(of(1, "ÉTÉ DÜRER"));
    let service = "SVC*HC:99213:25*60*36**1~DTM*472*20261006~SVC*HC:93000*40*24**1~";
    for (patient, id) in [
        ("ÉTÉ DÜRER*JANE", 1),
        ("ÉTÉ DÜ*J", 1),
        ("ÉTÉDÜRER", 1),
        ("DOE*ANN****MI*W4321", 4321),
        ("ÉTÉ DÜRER*KIM****MI*W17", 17),
    ] {
        let body = format!("CLP*Z*1*100*60**12*P9~NM1*QC*1*{patient}~{service}");
        assert_eq!(found(&body, &claims).0, [id], "{patient}");
    }
}

#[test]
fn suggests_claims_whose_number_was_cut() {
    let claims = [named(1, "OFFICE12345678")];
    let (ids, why) = found("CLP*OFFICE1234*1*100*60**12*P9~", &claims);
    assert_eq!((ids, why.as_str()), (vec![1], "maybe: CLP01 is the beginning of CLM01"));
}

fn lines(body: &str, claim: &KnownClaim) -> Vec<(Option<u32>, &'static str)> {
    let mut found = Vec::new();
    let body = format!("CLP*A*1*100*60**12*P9~{body}");
    read_remittances(&whole("I*60*C*CHK", &body), |remittance| {
        let matches = match_lines(&remittance.claims[0], (claim, ""));
        found = matches.iter().map(|line| (line.line, line.by)).collect();
    });
    found
}

#[test]
fn finds_lines_by_the_surest_sign() {
    let claim = known_claim(1);
    let cases = [
        ("SVC*HC:00000*60*0~REF*6R*A1-1~", Some(1), "line control number"),
        ("SVC*HC:00000*60*0~REF*6R*2~", Some(2), "line number"),
        ("SVC*HC:99213:25*60*0~DTM*472*20261006~", Some(1), "procedure, modifiers, day and charge"),
        ("SVC*HC:93000:59*40*0~", Some(2), "procedure and charge"),
        ("SVC*HC:99213*11*0~", Some(1), "procedure"),
        ("SVC*HC:99199*60*0***HC:99213:25~", Some(1), "procedure, modifiers, day and charge"),
        ("SVC*HC:00000*60*0~", None, "nothing"),
    ];
    for (service, line, by) in cases {
        assert_eq!(lines(service, &claim), [(line, by)], "{service}");
    }
}

/// What of a line is decided on, and whether nothing of it is paid and it is denied.
#[test]
fn tells_which_lines_are_denied() {
    let parts = |services: &str| {
        let mut found = Vec::new();
        let body = format!("CLP*A*1*100*0**12*P9~{services}");
        read_remittances(&whole("H*0*C*NON", &body), |remittance| {
            let claim = &remittance.claims[0];
            let mut lines = match_lines(claim, (&known_claim(1), ""));
            if bundle::is_settled(claim) {
                lines_of_bundled(&mut lines, claim);
            }
            // As it is kept.
            let told = lines_of(&lines_told(&lines)).expect("services");
            assert!(lines.iter().zip(&told).all(|(line, told)| line.part == told.part));
            found = told.iter().map(|line| line.part).collect::<Vec<_>>();
        });
        found
    };
    let one = |paid: &str, cas: &str| parts(&format!("SVC*HC:99213*60*{paid}~{cas}REF*6R*A1-1~"));
    for (paid, cas, part) in [
        ("0", "CAS*CO*16*60~", LinePart::Denied),
        ("0", "CAS*CO*97*60~", LinePart::Denied),
        ("0", "CAS*PR*27*60~", LinePart::Denied),
        ("0", "CAS*CO*45*10~CAS*PR*1*20**204*30~", LinePart::Denied),
        ("0", "CAS*CO*18*60~", LinePart::Copy),
        ("0", "CAS*OA*B13*60~", LinePart::Copy),
        ("0", "CAS*CO*45*20~CAS*OA*B13*40~", LinePart::Copy),
        // Another CLP may decide on the rest.
        ("20", "CAS*CO*45*10~CAS*OA*B13*30~", LinePart::CopyInPart),
        ("0", "CAS*PR*1*30~CAS*CO*18*30~", LinePart::CopyInPart),
        ("0", "CAS*CO*50*30~CAS*OA*B13*30~", LinePart::DeniedBesideCopy),
        ("0", "CAS*CO*29*10~CAS*PR*1*20~CAS*CO*18*30~", LinePart::DeniedBesideCopy),
        // What the patient owes of what is covered, and what is paid in part.
        ("0", "CAS*CO*45*20~CAS*PR*1*40~", LinePart::Whole),
        ("20", "CAS*CO*45*10~CAS*PR*3*30~", LinePart::Whole),
        ("20", "CAS*CO*45*10~CAS*PR*204*30~", LinePart::Whole),
        ("0", "CAS*OA*133*60~", LinePart::Whole),
    ] {
        assert_eq!(one(paid, cas), [part], "{cas}");
    }
    let part = |cas: &str| parts(&format!("SVC*HC:99213*20*0~CAS*{cas}*20~REF*6R*A1-1~"));
    assert_eq!(part("CO*16"), [LinePart::SomeDenied]);
    assert_eq!(part("CO*45"), [LinePart::Some]);
    assert_eq!(part("CO*18"), [LinePart::Some]);
    // In two services: a part of it is denied beside one that is paid, or all of it.
    let two = |paid: &str, of_first: &str| {
        parts(&format!(
            "SVC*HC:99213*20*{paid}~CAS*{of_first}~REF*6R*A1-1~\
             SVC*HC:99213*40*0~CAS*CO*50*40~REF*6R*A1-1~"
        ))
    };
    assert_eq!(two("10", "CO*45*10"), [LinePart::Whole; 2]);
    assert_eq!(two("0", "PR*1*20"), [LinePart::Whole; 2]);
    assert_eq!(two("0", "CO*16*20"), [LinePart::Denied; 2]);
    // What is rolled up in another line is paid with it, where that has its charge.
    let bundled = "SVC*HC:99213*60*70~CAS*OA*94*-40~CAS*CO*45*30~REF*6R*A1-1~\
                   SVC*HC:93000*40*0~CAS*CO*97*40~REF*6R*A1-2~";
    assert_eq!(parts(bundled), [LinePart::Whole, LinePart::Whole]);
    let alone = bundled.replace("CAS*OA*94*-40~CAS*CO*45*30~", "");
    assert_eq!(parts(&alone), [LinePart::Whole, LinePart::Denied]);
}

/// A payer that mixes up its line numbers is not followed against both procedure and charge.
#[test]
fn a_number_of_another_line_gives_way_to_procedure_and_charge() {
    let claim = known_claim(1);
    let swapped = "SVC*HC:99213:25*60*0~REF*6R*A1-2~SVC*HC:93000*40*0~REF*6R*A1-1~";
    let by = "procedure and charge, against its line number";
    assert_eq!(lines(swapped, &claim), [(Some(1), by), (Some(2), by)]);
    let by_number = "line control number";
    for (services, expected) in [
        // Another procedure or another charge alone is what payers change.
        ("SVC*HC:99213:25*40*0~REF*6R*A1-2~", vec![(Some(2), by_number)]),
        ("SVC*HC:93000*60*0~REF*6R*A1-2~", vec![(Some(2), by_number)]),
        // A line that is rightly named is not taken twice.
        (
            "SVC*HC:99213:25*60*0~REF*6R*A1-1~SVC*HC:99213:25*60*0~REF*6R*A1-2~",
            vec![(Some(1), by_number), (Some(2), by_number)],
        ),
    ] {
        assert_eq!(lines(services, &claim), expected, "{services}");
    }
    let mut found = Vec::new();
    let body = format!("CLP*A*1*100*60**12*P9~{swapped}");
    read_remittances(&whole("I*60*C*CHK", &body), |remittance| {
        let payment = &remittance.claims[0];
        found = beside((1, payment), &claim, &match_lines(payment, (&claim, "")));
    });
    assert_eq!(found.iter().map(|one| one.rule.id).collect::<Vec<_>>(), ["V22", "V22"]);
}

#[test]
fn finds_lines_by_revenue_code() {
    let mut claim = known_claim(1);
    claim.lines[0].revenue_code = "0450".to_owned();
    claim.lines[1].code = String::new();
    claim.lines[1].revenue_code = "0250".to_owned();
    let cases = [
        ("SVC*NU:0250*40*0~", Some(2), "procedure, modifiers, day and charge"),
        ("SVC*NU:250*40*0~", Some(2), "procedure, modifiers, day and charge"),
        ("SVC*NU:0450*60*0~", Some(1), "procedure, modifiers, day and charge"),
        ("SVC*HC:99213:25*60*0*0450~", Some(1), "procedure, modifiers, day and charge"),
        ("SVC*NU:0300*40*0~", None, "nothing"),
        ("SVC*HC:0250*40*0~", None, "nothing"),
    ];
    for (service, line, by) in cases {
        assert_eq!(lines(service, &claim), [(line, by)], "{service}");
    }
}

#[test]
fn takes_lines_once_but_lets_splits_share_one() {
    let claim = known_claim(1);
    let split = "SVC*HC:99213:25*30*0~REF*6R*A1-1~SVC*HC:99213:25*30*0~REF*6R*A1-1~";
    let found: Vec<Option<u32>> = lines(split, &claim).into_iter().map(|at| at.0).collect();
    assert_eq!(found, [Some(1), Some(1)]);
    let mut twins = known_claim(1);
    twins.lines[1] = KnownLine { number: 2, ..twins.lines[0].clone() };
    let both = "SVC*HC:99213:25*60*0~SVC*HC:99213:25*60*0~";
    let found: Vec<Option<u32>> = lines(both, &twins).into_iter().map(|at| at.0).collect();
    assert_eq!(found, [Some(1), Some(2)]);
}

#[test]
fn what_a_person_names_is_held_against_who_is_paid() {
    let name = |last: &str, first: &str| [last, first].map(|name| Phi::new(name.to_owned()));
    let of = |last: &str, first: &str, member: &str| KnownClaim {
        names: vec![name(last, first)],
        member_ids: vec![Phi::new(member.to_owned())],
        billing_npi: "1999001013".to_owned(),
        ..known_claim(1)
    };
    let claim = of("ROE-SMITH", "JANE ANN", "W1");
    // Last name, first name and number of the payment, and what differs.
    let cases = [
        ("ROE-SMITH*JANE****MI*W1", ""),
        // What is not told cannot differ, nor what is cut.
        ("ROE SMI*J", ""),
        ("ROE-SMITH", ""),
        ("*****MI*W1", ""),
        // Who married.
        ("DOE*JANE****MI*W1", ""),
        ("DOE*JANE****MI*W2", "NM103 NM109"),
        ("DOE*JANE", "NM103"),
        // Her brother, under the number of both.
        ("ROE-SMITH*JOHN****MI*W1", "NM103"),
        ("ROE-SMITH*J****MI*W2", "NM109"),
        ("POE*ANN****MI*W2", "NM103 NM109"),
        ("*****MI*W2", "NM109"),
        // Payers put numbers of their own in place of ours, on the same day.
        ("ROE-SMITH*JANE****MI*W2", "NM109"),
        ("ROE-SMITH*JANE****MI*W2~DTM*232*20261006", ""),
    ];
    let differing = |clp: &str, claim: &KnownClaim, payer: &str| {
        let mut told = Vec::new();
        read_remittances(&whole("I*60*C*CHK", clp), |remittance| {
            let offset = remittance.claims.first().expect("a claim payment").place.offset;
            let found = differences(remittance, offset, claim, payer).expect("the CLP");
            told.extend(found.iter().map(|one| {
                let fields = ["NM103", "NM109", "NPI", "tax", "payer ("];
                fields.into_iter().find(|field| one.what.contains(field)).expect("a field")
            }));
            assert!(differences(remittance, offset + 1, claim, payer).is_none());
            let rest = remittance.amount.place.offset;
            let of_rest = differences(remittance, rest, claim, payer).expect("BPR02");
            assert!(of_rest.iter().all(|one| one.of != Another::Patient));
        });
        told.join(" ")
    };
    for (patient, expected) in cases {
        let clp = format!("CLP*X*1*100*60**12*P9~NM1*QC*1*{patient}~");
        assert_eq!(differing(&clp, &claim, "acme"), expected, "{patient}");
    }
    // The subscriber stands for the patient where nobody else is named.
    let child =
        KnownClaim { names: vec![name("ROE", "JANE"), name("ROE", "TIM")], ..claim.clone() };
    let of_mother = "CLP*X*1*100*60**12*P9~NM1*QC*1*ROE*JANE****MI*W1~";
    assert_eq!(differing(of_mother, &child, "acme"), "NM103");
    let of_child = "CLP*X*1*100*60**12*P9~NM1*QC*1*ROE*TIM~NM1*IL*1*ROE*JANE****MI*W1~";
    assert_eq!(differing(of_child, &child, "acme"), "");
    let of_nobody = "CLP*X*1*100*60**12*P9~";
    assert_eq!(differing(of_nobody, &claim, "acme"), "");
    let other_office = KnownClaim { billing_npi: "1999001302".to_owned(), ..claim.clone() };
    assert_eq!(differing(of_nobody, &other_office, "acme"), "NPI");
    let no_number = KnownClaim { billing_npi: String::new(), ..claim.clone() };
    assert_eq!(differing(of_nobody, &no_number, "acme"), "");
    assert_eq!(differing(of_nobody, &claim, "beacon"), "payer (");
    // Whoever pays as second is another payer, and may take back what nobody knew it paid.
    assert_eq!(differing("CLP*X*2*100*60**12*P9~", &claim, "beacon"), "");
    let goes_on = KnownClaim { names_next_payer: true, ..claim };
    assert_eq!(differing("CLP*X*22*-100*-60**12*P9~", &goes_on, "beacon"), "");
}
