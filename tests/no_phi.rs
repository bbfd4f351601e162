//! Marked names and numbers go through the whole daemon, in good, bad and broken files: none is
//! ever in a log, a metric, the name of a file of ours, a note beside a file, or an error.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs;
use std::path::Path;

use bytes::Bytes;
use claimgate::clock::{self, Zone};
use claimgate::lifecycle::State;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{self, When};
use x12::view::claim::Kind;

use daemon::{Daemon, Place, drop_whole, files, wait};
use made::{Made, interchange};

/// Every value of a patient begins so.
const MARK: &str = "ZZPHI";

fn marked(number: &str) -> Made {
    Made {
        number: format!("{MARK}PCN{number}"),
        last_name: format!("{MARK}NAME"),
        first_name: format!("{MARK}FIRST"),
        member: format!("{MARK}{number}"),
        street: format!("1 {MARK}STREET"),
        ..Made::new(number)
    }
}

/// Claims that pass, that are denied, that the payer rejects, that we reject, and doubles.
fn good_file() -> String {
    let mut claims: Vec<Made> = ["1", "2", "3", "4", "5"].into_iter().map(marked).collect();
    claims[1].procedure = "20610".to_owned();
    claims[1].kind = Kind::Institutional;
    claims[2].kind = Kind::Dental;
    claims[2].procedure = "D2330".to_owned();
    claims[2].member = format!("BAD{MARK}3");
    claims[3].procedure = format!("{MARK}PROC");
    claims[4].number = claims[0].number.clone();
    interchange("CEDAR", 1, &claims)
}

/// Marks where they do not belong: in tags, codes, dates, amounts, envelopes, delimiters' places.
fn broken_files() -> Vec<(&'static str, String)> {
    let good = interchange("CEDAR", 2, &[marked("6"), marked("7")]);
    let number = |file: &str, number: u32| file.replace("000000002", &format!("{number:09}"));
    let broken = [
        ("tag.edi", good.replacen("DMG*", "ZZPHITAG*", 1)),
        ("tag3.edi", good.replacen("~\nDMG*D8*19800101*F", "~\nZZP*ZZPHIFREE", 1)),
        ("date.edi", good.replacen("19800101", "ZZPHIBIRTH", 1)),
        ("amount.edi", good.replacen("*100***11", "*ZZPHI100***11", 1)),
        ("code.edi", good.replacen("*F~", "*ZZPHISEX~", 1)),
        ("set.edi", good.replacen("ST*837*0001", "ST*ZZPHI*0001", 1)),
        ("count.edi", good.replacen("SE*", "SE*ZZPHI", 1)),
        ("version.edi", good.replace("005010X222A1", "ZZPHIVERS")),
        ("payer.edi", good.replacen("*PI*ACME1", "*PI*ZZPHIPAYER", 1)),
        ("trailer.edi", good.replace("IEA*1*", "IEA*ZZPHI*")),
        ("torn.edi", good.get(..good.len() - 300).expect("longer").to_owned()),
        ("sender.edi", good.replace("*ZZ*CEDAR          ", "*ZZ*ZZPHISENDER    ")),
    ];
    let broken = broken.into_iter().zip(10..);
    let mut files: Vec<_> =
        broken.map(|((name, file), count)| (name, number(&file, count))).collect();
    files
        .push(("letter.txt", "Dear ZZPHINAME of ZZPHISTREET, your number is ZZPHI123.".to_owned()));
    files
}

/// What a payer may send back that is worse than what it should.
fn broken_answers(good: &[simulated_payer::Answer]) -> Vec<Vec<u8>> {
    let text = |kind: &str| {
        let answer = good.iter().find(|answer| answer.kind == kind).expect("an answer");
        String::from_utf8(answer.bytes.to_vec()).expect("text")
    };
    let (remit, ack, claim_ack) = (text("835"), text("999"), text("277CA"));
    let files = [
        remit.replace("ZZPHIPCN", "ZZPHINOBODY").replace("EFT", "EFU"),
        remit.replace("CLP*ZZPHIPCN1*1*100*80", "CLP*ZZPHIPCN1*1*100*90").replace("EFT", "EFV"),
        remit.replace("CAS*CO*45*", "CAS*ZZPHI*ZZPHICARC*").replace("EFT", "EFW"),
        remit.replace("TRN*1*EFT", "TRN*1*ZZPHITRACE"),
        remit.replace("~SE*", "~PLB*ZZPHI*20261231*WO:ZZPHIPCN9*10~SE*").replace("EFT", "EFX"),
        ack.replace("IK5*A", "IK3*ZZPHITAG*1**8~IK4*1*ZZPHI*7*ZZPHIVALUE~IK5*R*ZZPHI"),
        ack.replace("AK1*HC*", "AK1*HC*ZZPHI"),
        claim_ack.replace("A2:20:PR", "A7:ZZPHISTC:IL"),
        claim_ack.replace("TRN*2*ZZPHIPCN", "TRN*2*ZZPHIOTHER"),
    ];
    let numbered = files.iter().zip(900..).map(|(file, number)| {
        // ISA13 and IEA02 stand together again.
        let old = &file[90..99];
        file.replace(old, &format!("{number:09}")).into_bytes()
    });
    numbered.collect()
}

#[test]
fn marked_names_and_numbers_never_leave_the_store_and_the_answers() {
    let place = Place::new("", "");
    let daemon = place.start();
    place.drop_claims("good.edi", good_file().as_bytes());
    // An office may name its file after the patient; our messages may not.
    place.drop_claims("ZZPHINAME.edi", interchange("CEDAR", 50, &[marked("8")]).as_bytes());
    for (name, file) in broken_files() {
        place.drop_claims(name, file.as_bytes());
    }
    // All of them: what leaves later would never be answered.
    wait("the office to be read", || is_read(&place.office("")));
    let waits = || count(&place, State::Ready) + count(&place, State::Batched);
    wait("the claims to leave", || waits() == 0);
    assert!(count(&place, State::Sent) >= 4, "{:?}", place.store().totals());
    answer_everything(&place);
    wait("the answers", || count(&place, State::Denied) > 0 && count(&place, State::Returned) > 0);
    wait("the inboxes to be empty", || is_read(&place.office("")) && is_read(&place.payer("")));
    // The same again, under a name that is a patient.
    place.drop_claims("ZZPHINAME.edi", good_file().as_bytes());
    wait("the repeat", || is_read(&place.office("")));
    work_on_queue(&place);
    wait("what was released", || count(&place, State::Ready) == 0);

    assert_clean("the metrics", &metrics(&daemon));
    daemon.stop();
    assert_clean("the log", &place.log());
    assert!(place.log().contains("DEBUG"), "the log is not as wordy as it can be");
    look_through(&place.data());
}

/// The payer answers every file in its outbox, rightly and wrongly.
fn answer_everything(place: &Place) {
    let script = Script::plain("ACME", "ACME");
    let mut payer = simulated_payer::State::default();
    let when = When { today: clock::today(&Zone::UTC), time: "0000".to_owned() };
    for (index, file) in files(&place.payer("outbox")).iter().enumerate() {
        if !file.to_string_lossy().ends_with("_837.x12") {
            continue;
        }
        let batch = Bytes::from(fs::read(file).expect("read"));
        let answers = simulated_payer::answer(&script, &mut payer, &batch, &when);
        if index == 0 {
            for (index, bytes) in broken_answers(&answers).iter().enumerate() {
                drop_whole(&place.payer("inbox"), &format!("broken{index}.x12"), bytes);
            }
        }
        for answer in &answers {
            let name = format!("{index}{}.x12", answer.kind);
            drop_whole(&place.payer("inbox"), &name, &answer.bytes);
        }
    }
}

/// Everything that a person does in the queue, right and wrong. What goes to stderr is clean.
fn work_on_queue(place: &Place) {
    let store = place.store();
    let items = store.work(&claimgate::store::WorkFilter::default()).expect("read");
    assert!(items.len() > 5, "only {} items", items.len());
    for item in items {
        let id = item.id.0.to_string();
        for words in [
            vec!["queue", "show", &id],
            vec!["queue", "take", &id, "--by", "ann"],
            vec!["queue", "edit", &id, "--set", "SV101-3=RT", "--by", "ann"],
            vec!["queue", "edit", &id, "--set", "NM109=X", "--by", "ann"],
            vec!["queue", "edit", &id, "--remove", "9999", "--by", "ann"],
            vec!["queue", "release", &id, "--by", "ann"],
            vec!["queue", "resolve", &id, "--reason", "DONE", "--by", "ann"],
        ] {
            let output = place.command(&words);
            assert_clean(&words.join(" "), &String::from_utf8_lossy(&output.stderr));
        }
    }
    for words in [["claim", "999999"], ["queue", "list"]] {
        let output = place.command(&words);
        assert_clean(&words.join(" "), &String::from_utf8_lossy(&output.stderr));
    }
}

fn metrics(daemon: &Daemon<'_>) -> String {
    let page = daemon.page("/metrics");
    assert!(page.contains("claimgate_"), "{page}");
    page + &daemon.page("/readyz") + &daemon.page("/") + &daemon.page("/nothing")
}

fn assert_clean(what: &str, text: &str) {
    if let Some(line) = text.lines().find(|line| line.contains(MARK)) {
        panic!("{what} tells of a patient: {line}");
    }
}

/// Names of files are clean, except for what an office named itself; notes are altogether.
fn look_through(directory: &Path) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            look_through(&path);
            continue;
        }
        assert!(!name.contains(MARK) || name.contains("ZZPHINAME.edi"), "{name}");
        if name.ends_with(".meta.json") {
            assert_clean(&name, &fs::read_to_string(&path).expect("read"));
        }
    }
}

/// Whether everything that was dropped there has been taken up and judged.
fn is_read(partner: &Path) -> bool {
    ["inbox", ".work"].iter().all(|folder| files(&partner.join(folder)).is_empty())
}

fn count(place: &Place, state: State) -> u64 {
    let totals = place.store().totals().expect("read");
    totals.iter().filter(|total| total.state == state).map(|total| total.claims).sum()
}
