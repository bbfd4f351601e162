//! What an answer says again of what was sent: byte for byte, and so that each verdict is found.

use super::{
    CLAIMS, accepted, answer, answer_claims, envelope, faults_of, group_faults, interchange,
    judgements, receipt, segments, ta1, walked,
};
use crate::answer::sender_of;
use crate::answer::x214::{self, ClaimAnswer};
use crate::answer::x231::{self, Echo, SetJudgement};
use crate::compose::{Composer, Envelope};
use crate::delimiters::Delimiters;
use crate::fault::{ElementFault, Fault, Kind};
use crate::guide::row::Tag;
use crate::interchange::{Group, Interchange};
use crate::view::answer::implementation_ack;
use crate::view::claim::claims;

/// `CLAIMS` after each `(from, to)` is replaced, in bytes.
fn changed(changes: &[(&[u8], &[u8])]) -> Interchange {
    let mut bytes = CLAIMS.as_bytes().to_vec();
    for (from, to) in changes {
        let at = bytes.windows(from.len()).position(|window| window == *from);
        let at = at.expect("what is replaced stands in the file");
        bytes.splice(at..at + from.len(), to.iter().copied());
    }
    interchange(&bytes)
}

fn holds(answer: &[u8], text: &[u8]) -> bool {
    answer.windows(text.len()).any(|window| window == text)
}

/// The TA1 for an interchange, sent back to where it came from.
fn answer_sender(answered: &Interchange) -> Vec<u8> {
    let sender = sender_of(answered);
    let envelope = Envelope {
        receiver_qualifier: sender.qualifier,
        receiver: sender.id,
        application_receiver: sender.application,
        ..envelope()
    };
    let mut composer = Composer::new(&envelope, Delimiters::OURS);
    ta1::compose(&mut composer, answered, &answered.faults, &[]);
    composer.begin_group(&envelope, "FA", "005010X231A1");
    composer.end_group();
    composer.finish()
}

#[test]
fn sends_an_answer_to_the_id_that_was_sent() {
    let answered = changed(&[
        (b"*OFFICE         *", b"*CL\xCDNICA        *"),
        (b"GS*HC*OFFICE*", b"GS*HC*CL\xCDNICA*"),
    ]);
    let answer = answer_sender(&answered);
    assert!(holds(&answer, b"*ZZ*CL\xCDNICA        *"), "ISA08");
    assert!(holds(&answer, b"GS*FA*GATEWAY*CL\xCDNICA*"), "GS03");
    assert_eq!(answer.get(105), Some(&b'~'), "the ISA has 106 bytes");
    let answer = answer_sender(&changed(&[(b"*OFFICE         *", b"*   OFFICE      *")]));
    assert!(holds(&answer, b"*ZZ*   OFFICE      *"), "blanks before an id are its own");
    assert_eq!(interchange(&answer).faults, []);
}

#[test]
fn sends_an_answer_to_no_id_that_breaks_it() {
    // Our delimiters may stand in the id of one whose delimiters are others.
    let theirs = CLAIMS.replace('*', "|").replace("|OFFICE         |", "|OFF*CE         |");
    let answer = answer_sender(&interchange(theirs.as_bytes()));
    assert!(holds(&answer, b"*ZZ*OFF CE         *"));
    let answer = answer_sender(&changed(&[(b"*ZZ*OFFICE ", b"*Z9*OFFICE ")]));
    assert!(holds(&answer, b"*ZZ*OFFICE         *"), "a kind of id that nobody knows");
    assert_eq!(interchange(&answer).faults, []);
}

#[test]
fn has_nobody_to_answer_where_the_sender_is_blank() {
    for id in ["               ", ":              ", "\u{1}~             "] {
        let isa06 = format!("*{id}*");
        let answered = changed(&[(b"*OFFICE         *", isa06.as_bytes())]);
        assert!(!answered.faults.is_empty() && !ta1::is_wanted(&answered), "{id:?}");
    }
    assert!(ta1::is_wanted(&changed(&[])));
}

#[test]
fn repeats_values_byte_for_byte() {
    let answered = changed(&[
        (b"CLM*A1*100*", b"CLM*A\xCD\xB0\x07*1\xF30*"),
        (b"CLM*A2*", "CLM*Á2*".as_bytes()),
    ]);
    let (written, _) = answer(&answered, Echo::WrongValues);
    assert!(holds(&written, b"~CTX*CLM01:A\xCD\xB0 ~"), "Latin-1 stays, a control character goes");
    assert!(holds(&written, b"~IK4*2*782*6*1\xF30~"));
    assert_eq!(faults_of(&written), [""; 0]);
    let written = answer_claims(&answered, &[accepted(), accepted()]);
    assert!(holds(&written, b"~TRN*2*A\xCD\xB0 ~"));
    assert!(holds(&written, "~TRN*2*Á2~".as_bytes()));
}

/// ST02 of two sets, and AK202 of both.
const SET_NUMBERS: &[([&str; 2], [&str; 2])] = &[
    (["0001", "0002"], ["0001", "0002"]),
    (["0001", "0001"], ["0001", "0001"]),
    (["A-1/x", "123456789"], ["A-1/x", "123456789"]),
    (["001", "0002"], ["0001", "0002"]),
    (["001", "0001"], ["999999999", "0001"]),
    (["0001", "001"], ["0001", "999999999"]),
    (["1", "01"], ["0001", "999999999"]),
    (["", "0000"], ["999999999", "0000"]),
    (["", ""], ["0000", "999999999"]),
    (["1234567891", "1234567892"], ["123456789", "999999999"]),
    (["1234567891", "999999999"], ["123456789", "999999999"]),
    (["999999999", "001"], ["999999999", "0001"]),
];

#[test]
fn tells_sets_apart() {
    let (head, rest) = CLAIMS.split_once("ST*").expect("a set");
    let (set, tail) = rest.split_once("GE*1*").expect("a group");
    for (sent, told) in SET_NUMBERS {
        let sets = sent.map(|number| format!("ST*{set}").replace("*0001", &format!("*{number}")));
        let text = format!("{head}{}GE*2*{tail}", sets.concat());
        let (written, _) = answer(&interchange(text.as_bytes()), Echo::WrongValues);
        let text = String::from_utf8_lossy(&written);
        let found = text.split('~').filter_map(|segment| segment.strip_prefix("AK2*837*"));
        let found: Vec<_> = found.filter_map(|rest| rest.split('*').next()).collect();
        assert_eq!(found, told, "{sent:?}");
        assert_eq!(faults_of(&written), [""; 0], "{sent:?}");
    }
}

/// One character of GS, ST, SE or GE after the other is another one, or gone.
#[test]
fn reads_back_every_answer_to_a_faulty_envelope() {
    let is_envelope = |text: &str| {
        ["GS*", "ST*", "SE*", "GE*"].iter().any(|tag| text.trim_start().starts_with(tag))
    };
    let mut begin = 0;
    for segment in CLAIMS.split_inclusive('~') {
        let end = begin + segment.len();
        let places = (begin..end).filter(|_| is_envelope(segment));
        for at in places {
            for byte in [&b""[..], b"Q", b"q", b"7", b" ", b"\x07", b"\xCD", b"*", b"~", b":", b"^"]
            {
                let mut bytes = CLAIMS.as_bytes().to_vec();
                bytes.splice(at..=at, byte.iter().copied());
                let read = crate::interchange::read(&bytes::Bytes::from(bytes));
                for answered in read.interchanges.iter().filter(|one| !one.groups.is_empty()) {
                    let (written, _) = answer(answered, Echo::WrongValues);
                    let shown = || String::from_utf8_lossy(&written).replace('~', "~\n");
                    let faults = faults_of(&written);
                    assert_eq!(faults, [""; 0], "{byte:?} at {at}: {}", shown());
                }
            }
        }
        begin = end;
    }
}

#[test]
fn takes_no_group_without_sets() {
    let (head, rest) = CLAIMS.split_once("ST*").expect("a set");
    let (_, tail) = rest.split_once("GE*1*").expect("a group");
    for (count, verdict) in [("0", "AK9*R*0*0*0*5~"), ("1", "AK9*R*1*0*0*5~")] {
        let answered = interchange(format!("{head}GE*{count}*{tail}").as_bytes());
        let (written, verdicts) = answer(&answered, Echo::WrongValues);
        assert!(holds(&written, verdict.as_bytes()), "{}", String::from_utf8_lossy(&written));
        assert_eq!(verdicts.first().map(|one| one.code()), Some("R"));
        assert_eq!(faults_of(&written), [""; 0]);
    }
    let sets = Vec::new();
    let verdict = crate::answer::x231::GroupVerdict { announced: 0, sets, is_group_faulty: false };
    assert_eq!((verdict.code(), verdict.accepted()), ("R", 0));
}

#[test]
fn reads_back_what_it_says_of_a_group_that_nobody_knows() {
    let (written, _) = answer(&changed(&[(b"GS*HC*", b"GS*QQ*")]), Echo::WrongValues);
    assert!(holds(&written, b"~AK1*QQ*"));
    assert_eq!(faults_of(&written), [""; 0]);
}

#[test]
fn reads_back_what_it_says_of_a_set_that_nobody_knows() {
    let (written, _) = answer(&changed(&[(b"ST*837*", b"ST*83X*")]), Echo::WrongValues);
    assert!(holds(&written, b"~AK2*83X*0001*"));
    assert_eq!(faults_of(&written), [""; 0]);
}

/// Sets of a group that are taken, taken with errors and rejected, side by side, under every fault
/// that a group may have of its own: IK5, AK9 and each other never contradict.
#[test]
fn a_group_and_its_sets_say_the_same() {
    let set = CLAIMS.find("ST*").and_then(|at| CLAIMS.get(at..CLAIMS.find("GE*")?));
    let set = set.expect("a set");
    let second = set.replace("*0001*", "*0002*").replace("*0001~", "*0002~");
    let faults = [
        ("", ""),
        ("GE*2*21", "GE*3*21"),
        ("GE*2*21", "GE*2*9"),
        ("GE*2*21", "GE*3*9"),
        ("GE*2*21~\n", ""),
        ("*X*005010X222A1~", "*X*005010X999A9~"),
    ];
    let wrong = |answered: &Interchange, group: &Group| {
        let changed = answered.set_header(&group.sets[0]).place(1, 0);
        let kind = Kind::Element(ElementFault::CodeInvalid);
        vec![Fault { kind, place: changed, loop_id: "", tag: Tag::new(b"ST"), name: "" }]
    };
    for (from, to) in faults {
        let text = CLAIMS.replace("GE*1*21", "GE*2*21").replace(set, &format!("{set}{second}"));
        assert!(text.contains(from));
        let answered = interchange(text.replace(from, to).as_bytes());
        let group = &answered.groups[0];
        let of_group = group_faults(&answered, group);
        for pattern in 0..9 {
            let judgement = |which: usize| SetJudgement {
                faults: if which == 0 { Vec::new() } else { wrong(&answered, group) },
                is_tolerated: which == 1,
            };
            let sets = [pattern % 3, pattern / 3].map(judgement);
            let mut composer = Composer::new(&envelope(), Delimiters::OURS);
            let (echo, envelope) = (Echo::WrongValues, envelope());
            let numbered = (group, &b"21"[..]);
            x231::compose(&mut composer, &envelope, &answered, numbered, &of_group, &sets, echo);
            let written = String::from_utf8(composer.finish()).expect("text");
            let told = |tag: &str| -> Vec<Vec<String>> {
                let split = |segment: &str| segment.split('*').map(str::to_owned).collect();
                written.split('~').filter(|segment| segment.starts_with(tag)).map(split).collect()
            };
            let verdicts: Vec<String> =
                told("IK5*").into_iter().map(|ik5| ik5[1].clone()).collect();
            let [ak9] = &told("AK9*")[..] else { panic!("one AK9: {written}") };
            let taken = verdicts.iter().filter(|verdict| *verdict != "R").count();
            let expected = match taken {
                0 => "R",
                1 => "P",
                _ if verdicts.iter().any(|verdict| verdict == "E") => "E",
                _ => "A",
            };
            assert_eq!((&*ak9[1], &*ak9[3]), (expected, "2"), "{written}");
            assert_eq!(ak9[4], taken.to_string(), "{written}");
            assert_eq!(of_group.is_empty(), ak9.len() == 5, "{written}");
            assert!(of_group.is_empty() || taken == 0, "{written}");
            let faulty = sets.iter().filter(|set| !set.faults.is_empty()).count();
            // A version that nobody knows is wrong in each set.
            let is_of_each = to.contains("005010X999A9");
            let all_told = if of_group.is_empty() || is_of_each { 2 } else { faulty };
            assert_eq!(verdicts.len(), all_told, "{written}");
            let of_version =
                told("IK5*").iter().filter(|ik5| ik5.iter().any(|code| code == "I6")).count();
            assert_eq!(of_version, if is_of_each { 2 } else { 0 }, "{written}");
        }
    }
}

#[test]
fn no_two_groups_are_answered_under_one_number_for_their_form() {
    let (head, rest) = CLAIMS.split_once("GS*").expect("a group");
    let (group, tail) = rest.split_once("IEA*1").expect("its end");
    let numbers = ["7A", "A7", "7", "B7", "x", "77"];
    let groups: Vec<String> = numbers
        .iter()
        .map(|number| {
            let group = group.replace("*21*X*", &format!("*{number}*X*"));
            format!("GS*{}", group.replace("GE*1*21", &format!("GE*1*{number}")))
        })
        .collect();
    let text = format!("{head}{}IEA*{}{tail}", groups.concat(), numbers.len());
    let answered = interchange(text.as_bytes());
    let told: Vec<String> = x231::group_numbers(&answered)
        .into_iter()
        .map(|number| String::from_utf8(number).expect("digits"))
        .collect();
    // As sent where it can be; of the others the first of those digits, and then what none has.
    assert_eq!(told, ["999999999", "999999998", "7", "999999997", "0", "77"]);
    let (written, _) = super::answer(&answered, Echo::WrongValues);
    let written = String::from_utf8(written).expect("text");
    for number in told {
        assert_eq!(written.matches(&format!("AK1*HC*{number}*")).count(), 1, "{written}");
    }
}

/// Faults of a set that is taken all the same are noted as ever, and the verdict says so.
#[test]
fn notes_the_faults_of_a_set_that_is_taken() {
    let answered = changed(&[(b"D8*20180101*M~", b"D8*2018-01-01*MALE~")]);
    let group = &answered.groups[0];
    let mut answers = Vec::new();
    for is_tolerated in [false, true] {
        let mut sets = judgements(&answered, group);
        sets[0].is_tolerated = is_tolerated;
        let mut composer = Composer::new(&envelope(), Delimiters::OURS);
        let (envelope, numbered, echo) = (envelope(), (group, &b"21"[..]), Echo::WrongValues);
        x231::compose(&mut composer, &envelope, &answered, numbered, &[], &sets, echo);
        let written = composer.finish();
        assert_eq!(faults_of(&written), [""; 0]);
        let read = interchange(&written);
        let ack = implementation_ack(&read, &read.groups[0].sets[0]);
        assert_eq!(x231::rules::breaches(&ack), []);
        answers.push(segments(&written));
    }
    let verdicts = ["IK5*R*5", "AK9*R*1*1*0"].map(str::to_owned);
    let [rejected, taken] = &answers[..] else { panic!("two answers") };
    let noted = ["IK3*DMG*20*2010CA*8", "IK4*2*1251*8*2018-01-01", "IK4*3*1068*5*MALE"];
    for text in noted {
        assert!(taken.iter().any(|segment| segment == text), "{text} in {taken:?}");
    }
    // They differ in nothing else.
    let mut expected = rejected.clone();
    for segment in expected.iter_mut().filter(|segment| verdicts.contains(segment)) {
        *segment = segment.replace("*R*1*1*0", "*E*1*1*1").replace("*R*5", "*E*5");
    }
    assert_eq!(&expected, taken);
}

/// A claim that is answered as it reads mended stands under the levels that it came in.
#[test]
fn answers_a_mended_claim_where_it_came() {
    let came = interchange(CLAIMS.as_bytes());
    let group = &came.groups[0];
    let set = &group.sets[0];
    let walked_as_came = walked(&came, group, set).expect("a guide");
    // The same file with two segments more before its levels.
    let per = b"PER*IC*ANN LOW*TE*6175550142~\n".as_slice();
    let mended = changed(&[(per, &per.repeat(2)), (b"CLM*A1*100*", b"CLM*A1*120*")]);
    let set_mended = &mended.groups[0].sets[0];
    let walked_mended = walked(&mended, &mended.groups[0], set_mended).expect("a guide");
    let of_mended: Vec<_> = claims(&mended, set_mended, &walked_mended).collect();
    let answers: Vec<ClaimAnswer> = claims(&came, set, &walked_as_came)
        .enumerate()
        .map(|(which, claim)| {
            let (verdict, to) = (accepted(), Delimiters::OURS);
            let answer = |interchange, set, claim| {
                ClaimAnswer::new(interchange, set, claim, &verdict, &receipt(), to)
            };
            match which {
                0 => answer(&mended, set_mended, &of_mended[0]).among(&claim),
                _ => answer(&came, set, &claim),
            }
        })
        .collect();
    let mut composer = Composer::new(&envelope(), Delimiters::OURS);
    composer.begin_group(&envelope(), x214::GROUP, x214::VERSION);
    x214::compose_answers(&mut composer, &came, set, &walked_as_came, &answers, &receipt());
    composer.end_group();
    let written = segments(&composer.finish());
    let count = |start: &str| written.iter().filter(|segment| segment.starts_with(start)).count();
    // Both claims are of one provider and one person.
    assert_eq!((count("HL*"), count("NM1*85*"), count("NM1*QC*")), (4, 1, 1), "{written:?}");
    assert!(written.iter().any(|segment| segment.starts_with("AMT*YU*195.5")), "{written:?}");
}
