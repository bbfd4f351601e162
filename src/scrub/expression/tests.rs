//! Conditions that are asked of the clean claims, and conditions that are refused.

use bytes::Bytes;
use x12::value::Day;

use super::*;
use crate::scrub::example::Clean;
use crate::scrub::example::trial::walked;

fn day() -> Day {
    Day::new(2026, 11, 1).expect("a day")
}

/// Asks a condition of a clean claim: of the claim, or of its first line.
fn ask(text: &str, claim: Clean) -> Result<bool, Trouble> {
    ask_with(&mut Budget::of_claim(), text, claim)
}

fn ask_with(budget: &mut Budget, text: &str, claim: Clean) -> Result<bool, Trouble> {
    let condition =
        Condition::compile(text, &lists(), &mut Patterns::of_payer()).unwrap_or_else(|wrong| {
            panic!("{text}: {wrong:?}");
        });
    let mut answer = None;
    let reading = x12::interchange::read(&Bytes::from_static(claim.text().as_bytes()));
    let interchange = reading.interchanges.first().expect("one interchange");
    let group = interchange.groups.first().expect("one group");
    let set = group.sets.first().expect("one set");
    let version = String::from_utf8_lossy(interchange.group_header(group).text(8)).into_owned();
    let walked = walked(interchange, set, &version).expect("a guide of claims");
    for claim in x12::view::claim::claims(interchange, set, &walked) {
        let filed = Filed { claim: &claim, interchange, set, walked: &walked };
        answer = Some(condition.holds(&filed, claim.lines.first(), day(), budget));
    }
    answer.expect("a claim")
}

fn lists() -> Lists {
    let telehealth = NamedList::new(vec!["99441".to_owned(), "99213".to_owned()]);
    let many = NamedList::new((0..40_000).map(|code| code.to_string()).collect());
    let named = [("telehealth", telehealth), ("many", many)];
    named.map(|(name, list)| (name.to_owned(), Arc::new(list))).into()
}

#[test]
fn asks_of_a_claim_by_its_names() {
    for (text, expected) in [
        ("total_charge == 100", true),
        ("total_charge > 99.99 && total_charge < 100.01", true),
        ("sum(lines.map(one, one.charge)) == total_charge", true),
        ("where_the_care_was_given.place_of_service in ['11', '22']", true),
        ("frequency == '7'", false),
        (
            "lines.exists(one, one.procedure.procedure == '99213' && '25' in one.procedure.modifiers)",
            true,
        ),
        ("lines.all(one, one.units == 1)", true),
        ("lines.exists_one(one, one.procedure.procedure in telehealth)", true),
        ("lines.filter(one, one.charge > 50).size() == 1", true),
        ("has(referring_provider)", false),
        ("referring_provider == null", true),
        ("referring_provider.npi == ''", true),
        ("rendering_provider != null && rendering_provider.specialty == '207Q00000X'", true),
        ("subscriber.member_number.matches('^W[0-9]+$')", true),
        ("payer.identifier.startsWith('ACME')", true),
        ("principal_diagnosis.diagnosis == 'E119' && size(other_diagnoses) == 1", true),
        ("service_from >= '2026-10-01' && service_to <= today", true),
        ("days_between(service_to, today) == 26", true),
        ("years_between(patient.date_of_birth, service_from) == 46", true),
        ("admission_date > '2000-01-01'", false),
        ("admission_date == null", true),
        ("value('2310B PRV03') == '207Q00000X'", true),
        ("value('2300 REF*G1 REF02') == ''", true),
        ("values('2400 SV1 SV102').exists(one, one == '60')", true),
        ("line.charge == 60 ? line.place == '11' : false", true),
        ("value('2400 SV1 SV102') == '60'", true),
        ("-total_charge * 2 + 200 == 0", true),
        ("kind == 'P' && !(patient_is_subscriber == 'N')", true),
    ] {
        assert_eq!(ask(text, Clean::Professional), Ok(expected), "{text}");
    }
    assert_eq!(
        ask("type_of_bill.facility_type == '13' && line.revenue_code == '0450'", Clean::Outpatient),
        Ok(true)
    );
    assert_eq!(ask("kind == 'D' && lines.size() == 3", Clean::Dental), Ok(true));
}

#[test]
fn refuses_with_the_place_and_the_reason() {
    for (text, at, what) in [
        ("total_chrage > 5", 0, "did you mean total_charge?"),
        ("lines.exists(one, one.chrge > 5)", 22, "did you mean charge?"),
        ("total_charge > 'x'", 13, "a number is compared with a text"),
        ("frequency == 7", 10, "a text is compared with a number"),
        ("service_from > '2026-13-01'", 15, "this is no day"),
        ("frequency == null", 10, "is \"\", not null"),
        ("total_charge", 0, "true or false is wanted"),
        ("frequency.matches('(')", 18, "this is no pattern"),
        ("frequency.matches(kind)", 18, "written in quotes"),
        ("value('2300 CLM99') == ''", 6, "no such element"),
        ("value('2399 CLM05') == ''", 6, "no guide of claims has a loop"),
        ("total_charge / 2 > 5", 13, "amounts are not divided"),
        ("fetch('http://x') == ''", 5, "there is no fetch"),
        ("total_charge >", 14, "this is not CEL"),
        ("{'a': 1} == {}", 0, "maps and structures"),
    ] {
        let wrong = Condition::compile(text, &lists(), &mut Patterns::of_payer()).expect_err(text);
        assert!(wrong[0].what.contains(what), "{text}: {wrong:?}");
        assert!(wrong[0].at.start.abs_diff(at) <= 1, "{text}: {wrong:?} is not at {at}");
    }
}

#[test]
fn bounds_what_is_read_and_what_is_asked() {
    let long = format!("kind == '{}'", "x".repeat(5_000));
    assert!(Condition::compile(&long, &lists(), &mut Patterns::of_payer()).is_err());
    let deep = format!("{}true{}", "(".repeat(2_000), ")".repeat(2_000));
    assert!(Condition::compile(&deep, &lists(), &mut Patterns::of_payer()).is_err());
    let deep = format!("{}true", "!".repeat(3_000));
    let _either = Condition::compile(&deep, &lists(), &mut Patterns::of_payer());
    let wide = format!("1{} > 0", " + 1".repeat(900));
    assert!(Condition::compile(&wide, &lists(), &mut Patterns::of_payer()).is_err());
    let codes = |count: usize| format!("['{}']", vec!["x"; count].join("','"));
    let nested = format!(
        "{0}.exists(a, {0}.exists(b, {0}.exists(c, {0}.exists(d, a + b == c))))",
        codes(60)
    );
    assert!(
        Condition::compile(&nested, &lists(), &mut Patterns::of_payer()).is_err(),
        "texts are not added"
    );
    let nested = nested.replace("a + b == c", "a == '' && b == c && d == ''");
    assert_eq!(ask(&nested, Clean::Professional), Err(Trouble::TooManySteps));
    assert_eq!(ask("1000000000 * 1000000000 > 5", Clean::Professional), Err(Trouble::TooLarge));
}

#[test]
fn a_list_costs_as_much_as_is_made_of_it() {
    let ten = |one: &str| format!("[{}]", [one; 10].join(","));
    let doubled = (0..8).fold("[1]".to_owned(), |list, _| format!("{list}.map(a,{})", ten("a")));
    let flat = format!("[1].map(a, {0}.map(b, {0}.map(c, {0}.map(d, {0}.map(e, {0})))))", ten("1"));
    let text = "x".repeat(3_300);
    for (text, expected) in [
        (format!("size({doubled}) == 1"), Ok(true)),
        (format!("size({flat}) == 1"), Err(Trouble::TooManySteps)),
        ("'1' in many && '39999' in many".to_owned(), Ok(true)),
        ("size(many) == 40000".to_owned(), Ok(true)),
        ("size(many) + size(many) > 0".to_owned(), Err(Trouble::TooManySteps)),
        ("'x' in many.map(a, a)".to_owned(), Err(Trouble::TooManySteps)),
        (format!("{0}.all(a, {0}.all(b, {0}.all(c, '{text}' != kind)))", ten("1")), TOO_LONG),
    ] {
        assert_eq!(ask(&text, Clean::Professional), expected, "{text}");
    }
}

const TOO_LONG: Result<bool, Trouble> = Err(Trouble::TooManySteps);

#[test]
fn conditions_of_one_claim_share_what_it_may_take() {
    let mut budget = Budget::of_claim();
    budget.take(crate::limits::CLAIM_STEPS_MAX - 200_000).expect("a claim may take as many");
    let costly = "size(many) == 40000";
    let asked = (0..10).map(|_| ask_with(&mut budget, costly, Clean::Professional));
    let answered = asked.take_while(|answer| *answer == Ok(true)).count();
    assert_eq!(answered, 4);
    for text in [costly, "true"] {
        let answer = ask_with(&mut budget, text, Clean::Professional);
        assert_eq!(answer, Err(Trouble::TooManyStepsForClaim), "{text}");
    }
}
