//! What scripts make the payer say.

use bytes::Bytes;
use claimgate::intake::judge::judge;
use claimgate::reconcile::balance::balance;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{Answer, State, When, answer, remit, take};
use x12::interchange::Interchange;
use x12::value::Money;
use x12::view::remittance::{Remittance, remittance};

use crate::made::{self, Made};

fn when() -> When {
    When { today: made::days_ago(0), time: "0930".to_owned() }
}

fn script(steps: &str) -> Script {
    let text = format!("[[outcome]]\nname = \"all\"\nstep = [{steps}]");
    Script::read(&text).expect("a script")
}

/// Claims of all kinds: those of institutions have two lines.
fn claims(count: usize) -> Bytes {
    let mut claims = made::many("S", count);
    for (claim, kind) in claims.iter_mut().zip(x12::view::claim::Kind::ALL.into_iter().cycle()) {
        claim.kind = kind;
        if kind == x12::view::claim::Kind::Dental {
            claim.procedure = "D2391".to_owned();
        }
    }
    made::interchange("CEDAR", 1, &claims).into()
}

/// All that the payer says of some claims, over cycles.
fn said(script: &Script, file: &Bytes, cycles: u32) -> Vec<Answer> {
    let mut state = State::default();
    let mut answers = take(script, &mut state, file, &when());
    for _ in 0..cycles {
        answers.extend(remit(script, &mut state, &when()));
    }
    answers
}

/// Reads an answer back as we would read a payer's, and shows each remittance in it.
fn read(answer: &Answer, mut look: impl FnMut(&Interchange, &Remittance<'_>)) {
    let reading = x12::interchange::read(&answer.bytes);
    let text = String::from_utf8_lossy(&answer.bytes).replace('~', "~\n");
    for interchange in &reading.interchanges {
        assert!(interchange.faults.is_empty(), "{:?}\n{text}", interchange.faults);
        for group in &interchange.groups {
            assert!(group.faults.is_empty(), "{:?}\n{text}", group.faults);
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                assert!(judged.guide.is_some(), "{} has no guide", answer.kind);
                assert!(judged.faults.is_empty(), "{:?}\n{text}", judged.faults);
                if answer.kind == "835" {
                    look(interchange, &remittance(interchange, set, &judged.walked));
                }
            }
        }
    }
}

fn cents(field: &x12::segment::Field<'_>) -> i64 {
    field.money().expect("an amount").cents()
}

/// BPR02 of each remittance, in cents; `CLP02 CLP04` of its claims; its PLB entries.
type Told = (i64, Vec<(String, i64)>, Vec<(String, i64)>);

fn told(answers: &[Answer]) -> Vec<Told> {
    let mut all = Vec::new();
    for answer in answers {
        read(answer, |_, remittance| {
            let claims = remittance.claims.iter();
            let claims = claims.map(|claim| (claim.status.text().into_owned(), cents(&claim.paid)));
            let entries = remittance.provider_adjustments.iter();
            let entries = entries.map(|one| (one.reason.text().into_owned(), cents(&one.amount)));
            all.push((cents(&remittance.amount), claims.collect(), entries.collect()));
        });
    }
    all
}

fn pairs(list: &[(&str, i64)]) -> Vec<(String, i64)> {
    list.iter().map(|&(name, amount)| (name.to_owned(), amount)).collect()
}

#[test]
fn whatever_is_said_reads_back_and_adds_up() {
    let steps = [
        r#"{ act = "pay" }"#,
        r#"{ act = "pay", contractual = 0, coinsurance = 0 }"#,
        r#"{ act = "pay", contractual = 33, coinsurance = 7, sequestration = 2 }"#,
        r#"{ act = "pay", deductible = "25", copay = "15.37" }"#,
        r#"{ act = "pay", deductible = "5000" }"#,
        r#"{ act = "pay", overpay = "3.33", interest = "1.27" }"#,
        r#"{ act = "pay", underpay = "3.33" }"#,
        r#"{ act = "pay", split_claim = 2 }"#,
        r#"{ act = "pay", split_lines = 3 }"#,
        r#"{ act = "pay", bundle = "80053" }"#,
        r#"{ act = "pay", recode = "99212", line_numbers = false }"#,
        r#"{ act = "pay", whole = true }"#,
        r#"{ act = "pay", claim_number = "cut" }"#,
        r#"{ act = "pay", claim_number = "zero" }"#,
        r#"{ act = "pay", claim_number = "unknown" }"#,
        r#"{ act = "pay", forward_to = "NEXT HEALTH" }"#,
        r#"{ act = "deny", reason = "50", remarks = ["N115"] }"#,
        r#"{ act = "deny", reason = "16", remarks = ["M51"], whole = true, status = "4" }"#,
        r#"{ act = "deny", group = "PR", reason = "27", lines = [1] }"#,
        r#"{ act = "pay" }, { act = "reverse" }, { act = "pay", contractual = 50 }"#,
        r#"{ act = "pay", interest = "2" }, { act = "reverse", after = 1 }"#,
        r#"{ act = "pay" }, { act = "reverse", after = 1, recover_after = 1 }, { act = "pay", after = 2 }"#,
        r#"{ act = "pay", split_claim = 2 }, { act = "reverse", after = 1 }"#,
        r#"{ act = "pay", again = 2, reuses_trace = true }"#,
    ];
    let file = claims(7);
    for step in steps {
        println!("{step}");
        let answers = said(&script(step), &file, 5);
        let mut remittances = 0;
        for answer in &answers {
            read(answer, |_, remittance| {
                remittances += 1;
                let balance = balance(remittance);
                let wrong: Vec<String> = balance.differences().map(|it| it.message()).collect();
                assert!(balance.adds_up(), "{step}: {wrong:?} {:?}", balance.findings);
            });
        }
        assert!(remittances > 0, "{step} made no remittance");
    }
}

#[test]
fn what_the_script_puts_out_of_balance_is() {
    for (key, rule) in [("off_by", "V01"), ("claim_off_by", "V02")] {
        let step = format!("{{ act = \"pay\", {key} = \"5\" }}");
        let mut wrong = Vec::new();
        for answer in said(&script(&step), &claims(1), 1) {
            read(&answer, |_, remittance| {
                let balance = balance(remittance);
                wrong.extend(balance.blocking().map(|it| (it.rule, it.difference().to_wire())));
            });
        }
        assert_eq!(wrong.first(), Some(&(rule, "5".to_owned())), "{key}: {wrong:?}");
    }
}

#[test]
fn what_is_taken_back_and_paid_again_goes_over_several_payments() {
    let one = Bytes::from(made::interchange("CEDAR", 1, &[Made::new("A")]));
    let steps = r#"{ act = "pay" }, { act = "reverse", after = 1 }, { act = "pay", after = 1, contractual = 0 }"#;
    // Nothing can be paid with the reversal: it is carried forward, and met by the next payment.
    let expected = [
        (8000, pairs(&[("1", 8000)]), vec![]),
        (0, pairs(&[("22", -8000)]), pairs(&[("FB", -8000)])),
        (1000, pairs(&[("1", 9000)]), pairs(&[("FB", 8000)])),
    ];
    assert_eq!(told(&said(&script(steps), &one, 4)), expected);

    let steps = r#"{ act = "pay" }, { act = "reverse", after = 1, recover_after = 1 },
        { act = "pay", after = 1, interest = "2" }"#;
    let expected = [
        (8000, pairs(&[("1", 8000)]), vec![]),
        (0, pairs(&[("22", -8000)]), pairs(&[("WO", -8000)])),
        (200, pairs(&[("1", 8000)]), pairs(&[("L6", -200), ("WO", 8000)])),
    ];
    assert_eq!(told(&said(&script(&steps.replace('\n', " ")), &one, 4)), expected);
}

/// Half a cent up, as contracts have it: two percent of 29.25, 29.45 and 29.50.
#[test]
fn percents_are_rounded_as_contracts_round_them() {
    let step = r#"{ act = "pay", contractual = 0, coinsurance = 0, sequestration = 2 }"#;
    for (charge, paid) in [("29.25", 2_866), ("29.45", 2_886), ("29.5", 2_891)] {
        let text = made::interchange("CEDAR", 1, &[Made::new("A")]);
        let text = text.replace("*100*", &format!("*{charge}*"));
        let told = told(&said(&script(step), &text.into(), 1));
        assert_eq!(told, [(paid, pairs(&[("1", paid)]), vec![])], "{charge}");
    }
}

#[test]
fn a_replacement_takes_back_what_stands_and_a_void_does_that_alone() {
    let first = made::interchange("CEDAR", 1, &[Made::new("A")]);
    let again = |frequency: &str, number: &str| {
        let text = first.replace("*11:B:1*", &format!("*11:B:{frequency}*"));
        let text = text.replace("HI*ABK", &format!("REF*F8*{number}~\nHI*ABK"));
        let segments = text.matches("~\n").count() - 4;
        let (before, _) = text.split_once("SE*").expect("its trailer");
        Bytes::from(format!("{before}SE*{segments}*0001~\nGE*1*1~\nIEA*1*000000001~\n"))
    };
    let script = script(r#"{ act = "pay" }, { act = "reverse", after = 3 }"#);
    let mut state = State::default();
    let mut answers = answer(&script, &mut state, &first.clone().into(), &when());
    answers.extend(answer(&script, &mut state, &again("7", "PCNA1"), &when()));
    answers.extend(answer(&script, &mut state, &again("8", "PCNA7"), &when()));
    let expected = [
        (8000, pairs(&[("1", 8000)]), vec![]),
        (0, pairs(&[("22", -8000), ("1", 8000)]), vec![]),
        (0, pairs(&[("22", -8000)]), pairs(&[("FB", -8000)])),
    ];
    assert_eq!(told(&answers), expected);
    assert!(!state.waits(&script), "what is replaced says nothing more");
}

/// A claim of 100.00 for a later payer (SBR01), after those whose turn, CAS and AMT*D are given.
fn for_later_payer(responsibility: &str, earlier: &[(&str, &str, &str)]) -> Bytes {
    let first = made::interchange("CEDAR", 1, &[Made::new("A")]);
    let others: String = earlier
        .iter()
        .map(|(turn, adjustments, paid)| {
            format!(
                "SBR*{turn}*18*GRP1******CI~\n{adjustments}AMT*D*{paid}~\nOI***Y***Y~\n\
                 NM1*IL*1*ROE*JANE****MI*X1~\nNM1*PR*2*HEALTH {turn}*****PI*HEALTH{turn}~\n\
                 DTP*573*D8*20260201~\n"
            )
        })
        .collect();
    let text = first.replace("SBR*P*", &format!("SBR*{responsibility}*"));
    let text = text.replacen("LX*1", &format!("{others}LX*1"), 1);
    let segments = text.matches("~\n").count() - 4;
    let (before, _) = text.split_once("SE*").expect("its trailer");
    format!("{before}SE*{segments}*0001~\nGE*1*1~\nIEA*1*000000001~\n").into()
}

#[test]
fn a_later_payer_says_what_was_paid_before_unless_it_is_told_not_to() {
    let file = for_later_payer("S", &[("P", "CAS*CO*45*10~\nCAS*PR*2*20~\n", "70")]);
    for (tells, reason) in [(true, "23"), (false, "45")] {
        let step = format!("{{ act = \"pay\", coinsurance = 0, tells_prior = {tells} }}");
        let answers = said(&script(&step), &file, 1);
        let remit = answers.iter().find(|answer| answer.kind == "835").expect("an 835");
        read(remit, |_, remittance| {
            let claim = &remittance.claims[0];
            assert!(claim.status.is("2") && claim.paid.is("20"));
            let one = claim.all_adjustments().next().expect("a CAS");
            assert!(one.reason.is(reason) && one.money() == Money::from_cents(8000));
        });
    }
}

#[test]
fn a_third_payer_counts_what_the_first_settled_once() {
    let first = ("P", "CAS*CO*45*10~\nCAS*PR*2*20~\n", "70");
    let second = ("S", "CAS*OA*23*80~\nCAS*PR*2*5~\n", "15");
    let file = for_later_payer("T", &[first, second]);
    let answers = said(&script(r#"{ act = "pay", coinsurance = 2 }"#), &file, 1);
    let remit = answers.iter().find(|answer| answer.kind == "835").expect("an 835");
    read(remit, |_, remittance| {
        let claim = &remittance.claims[0];
        assert!(claim.status.is("3") && claim.paid.is("3"), "{:?}", claim.paid);
        let settled: Vec<_> = claim
            .all_adjustments()
            .filter(|one| one.reason.is("23"))
            .map(|one| one.money())
            .collect();
        assert_eq!(settled, [Money::from_cents(9500)]);
    });
}

#[test]
fn the_front_end_rejects_or_is_silent_as_it_is_told() {
    let cases = [
        (r#"reject = { by = "TA1", note = "023" }"#, vec!["TA1"], "*R*023"),
        (r#"reject = { by = "999" }"#, vec!["TA1", "999"], "AK9*R*"),
        (
            r#"reject = { by = "277CA", status = "A7:164:IL" }"#,
            vec!["TA1", "999", "277CA"],
            "A7:164:IL",
        ),
        ("silent = true", vec!["TA1", "999"], "AK9*A*"),
    ];
    for (front, kinds, mark) in cases {
        let text = format!("[[outcome]]\nname = \"all\"\n{front}");
        let script = Script::read(&text).expect("a script");
        let one = made::interchange("CEDAR", 1, &[Made::new("A")]).into();
        let answers = said(&script, &one, 3);
        let came: Vec<&str> = answers.iter().map(|answer| answer.kind).collect();
        assert_eq!(came, kinds, "{front}");
        let last = answers.last().expect("an answer");
        assert!(String::from_utf8_lossy(&last.bytes).contains(mark), "{front}");
        for answer in &answers {
            read(answer, |_, _| {});
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let text = |seed: u32| {
        format!(
            "seed = {seed}\n[[outcome]]\nname = \"some\"\npercent = 50\n\
             step = [{{ act = \"deny\", reason = \"29\" }}]\n\
             [[outcome]]\nname = \"rest\"\nstep = [{{ act = \"pay\" }}]"
        )
    };
    let file = claims(60);
    let bytes = |seed| {
        let script = Script::read(&text(seed)).expect("a script");
        said(&script, &file, 1).into_iter().map(|answer| answer.bytes).collect::<Vec<_>>()
    };
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[test]
fn payees_are_paid_apart_in_one_file_or_in_one_payment() {
    let one = made::interchange("CEDAR", 1, &[Made::new("A")]);
    let other =
        made::interchange("CEDAR", 2, &[Made::new("B")]).replace("1999001013", "1999001039");
    let cases = [
        ("payee", 2, vec![8000, 8000]),
        ("file", 1, vec![8000, 8000]),
        ("payment", 1, vec![16000]),
    ];
    for (sharing, files, amounts) in cases {
        let text = format!(
            "[payer]\nsharing = \"{sharing}\"\n[[outcome]]\nname = \"a\"\nstep = [{{ act = \"pay\" }}]"
        );
        let script = Script::read(&text).expect("a script");
        let mut state = State::default();
        for file in [&one, &other] {
            take(&script, &mut state, &file.clone().into(), &when());
        }
        let answers = remit(&script, &mut state, &when());
        assert_eq!(answers.len(), files, "{sharing}");
        let came: Vec<i64> = told(&answers).into_iter().map(|(amount, ..)| amount).collect();
        assert_eq!(came, amounts, "{sharing}");
    }
}

#[test]
fn what_is_wrong_with_a_script_is_said_with_its_line() {
    let step = |step: &str| format!("[[outcome]]\nname = \"a\"\nstep = [\n  {{ {step} }},\n]");
    let ach = |rest: &str| format!("[payer]\npays_by = \"ACH\"\n{rest}");
    let cases = [
        ("seed = \"x\"".to_owned(), 1, "invalid type"),
        ("\n[payer]\ntax_id = \"12\"".to_owned(), 3, "nine digits"),
        ("\n[payer]\nsharing = \"all\"".to_owned(), 3, "payee, file or payment"),
        ("[[outcome]]\nname = \"a\"".to_owned(), 1, "has steps"),
        ("[[outcome]]\nname = \"a\"\nreject = { by = \"fax\" }".to_owned(), 1, "TA1, 999 or 277CA"),
        ("[[outcome]]\nname = \"a\"\ncolour = 3".to_owned(), 3, "colour"),
        (step("act = \"bounce\""), 4, "pay, deny or reverse"),
        (step("act = \"deny\", reason = \"XYZ\""), 4, "no adjustment reason"),
        (step("act = \"pay\", reason = \"50\""), 4, "only what is denied"),
        (step("act = \"pay\", contractual = 80, coinsurance = 30"), 4, "100 percent"),
        (step("act = \"pay\", copay = \"ten\""), 4, "copay is an amount"),
        (step("act = \"deny\", reason = \"50\", remarks = [\"Q1\"]"), 4, "no remark code"),
        (step("act = \"pay\", status = \"99\""), 4, "none of CLP02"),
        (step("act = \"reverse\""), 1, "first step could reverse"),
        ("\n[bank]\nform = \"nacha\"".to_owned(), 2, "has to be ACH"),
        (ach("[bank]\nform = \"any\""), 3, "nacha, bai2 or csv"),
        (ach("[[deposit]]\ntrace = \"mine\""), 3, "own, before, unknown or none"),
        (ach("[[deposit]]\noff_by = \"five\""), 3, "off_by is an amount"),
        (ach("[[deposit]]\npercent = 101"), 3, "100 at most"),
        ("\n[[adjustment]]\nreason = \"ZZ\"\namount = \"1\"".to_owned(), 2, "none of PLB03-1"),
    ];
    for (text, line, what) in cases {
        let problems = Script::read(&text).expect_err("it is wrong");
        let found = problems.iter().any(|one| one.line == line && one.what.contains(what));
        assert!(found, "{text}\nline {line} {what}: {problems:?}");
    }
}

#[test]
fn the_example_of_the_manual_is_a_script() {
    let manual = include_str!("../../docs/simulator.md");
    let (_, rest) = manual.split_once("```toml\n").expect("an example");
    let (text, _) = rest.split_once("```").expect("its end");
    let script = Script::read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut members = vec!["W", "BAD", "REV", "WO"].into_iter().cycle();
    let mut claims = made::many("M", 40);
    for claim in &mut claims {
        claim.member = format!("{}{}", members.next().expect("a cycle"), claim.number);
    }
    let file = made::interchange("CEDAR", 1, &claims).into();
    let answers = said(&script, &file, 6);
    let all = told(&answers);
    let reasons: Vec<&str> =
        all.iter().flat_map(|(.., entries)| entries).map(|(reason, _)| reason.as_str()).collect();
    for reason in ["L6", "WO", "CT"] {
        assert!(reasons.contains(&reason), "no {reason}: {reasons:?}");
    }
    for answer in &answers {
        read(answer, |_, remittance| assert!(balance(remittance).is_clean()));
    }
}
