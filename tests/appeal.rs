//! Packets to appeal with, made of what the demonstration leaves: they name one patient alone, and
//! whatever is changed in them is found.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use claimgate::appeal::check::{AtHand, Checked, NoPacket, Verdict, check};
use claimgate::change::ClaimId;
use claimgate::lifecycle::Event;
use claimgate::store::archive::hash_of;

/// The item of the demonstration that is a denial, and its claim.
const CASE: &str = "4";
const CLAIM: ClaimId = ClaimId(3);

fn claimgate(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimgate"));
    command.arg("--data").arg(data).args(words).output().expect("run")
}

/// The data of the demonstration.
fn demonstrated(folder: &Path) -> std::path::PathBuf {
    let kept = folder.join("demo");
    let words = ["demo", "--once", "--keep", kept.to_str().expect("a path")];
    let told = claimgate(folder, &words);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    kept.join("data")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A page and no files.
struct Page(Vec<u8>);

impl AtHand for Page {
    fn file(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn page(&self, _: &str) -> Option<Vec<u8>> {
        Some(self.0.clone())
    }
}

fn looked_at(document: &[u8], page: &[u8]) -> Option<Vec<Checked>> {
    check(document, &Page(page.to_vec()), &|bytes| hash_of(bytes).0).ok()
}

fn holds(document: &[u8], page: &[u8]) -> bool {
    let checked = looked_at(document, page);
    checked.is_some_and(|all| all.iter().all(|one| one.verdict == Verdict::Holds))
}

#[test]
fn a_packet_proves_its_case_and_names_no_other_patient() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = demonstrated(folder.path());
    let packets = folder.path().join("packets");
    let into = packets.to_str().expect("a path");
    let note = "It was the right knee.\n\nThe record says <so>.";
    let words = ["appeal", CASE, "-o", into, "--note", note, "--by", "ann"];
    let made = claimgate(&data, &words);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    let page = fs::read_to_string(packets.join("appeal-4.html")).expect("the page");
    let document = fs::read_to_string(packets.join("appeal-4.json")).expect("the document");
    for said in
        ["CAROL MOE", "DEMO0003", "CO-4", "right knee", "999 took", "277CA took", "837 sent"]
    {
        assert!(page.contains(said), "the page says nothing of {said}");
    }
    assert!(
        page.contains("&#60;so&#62;") && !page.contains("<script"),
        "what people write is text"
    );
    // The claims beside it in every file are of others.
    for other in ["DEMO0001", "DEMO0002", "DEMO0004", "W10001", "W10002", "W10004"] {
        assert!(!page.contains(other) && !document.contains(other), "{other} is another's");
    }
    is_private(&packets.join("appeal-4.html"));
    is_private(&packets.join("appeal-4.json"));

    // The history keeps who made it and its seal; the claim stays where it was.
    let store = claimgate::store::open(&format!("sqlite:{}", data.join("claimgate.db").display()));
    let history = store.expect("a store").history(CLAIM).expect("read").expect("the claim");
    let step = history.events.last().expect("a step");
    assert_eq!((step.event, step.from), (Event::Appealed, Some(step.to)));
    let value: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    let seal = value["seal"].as_str().expect("a seal");
    assert!(step.note.starts_with("ann: ") && step.note.ends_with(seal), "{}", step.note);
    assert!(claimgate(&data, &["audit"]).status.success(), "everything still agrees");

    let document = packets.join("appeal-4.json");
    let document = document.to_str().expect("a path");
    let archive = data.join("archive");
    let archive = archive.to_str().expect("a path");
    let alone = claimgate(&data, &["appeal", "--check", document]);
    assert_eq!(alone.status.code(), Some(1), "files that are not at hand are not checked");
    assert!(text(&alone).contains("is not at hand"));
    let checked = claimgate(&data, &["appeal", "--check", document, "--raw", archive]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked));
    refuses_what_is_no_file(&packets, document, &data);
    fs::write(packets.join("appeal-4.html"), page.replace("240.00", "241.00")).expect("changed");
    let checked = claimgate(&data, &["appeal", "--check", document, "--raw", archive]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(text(&checked).contains("the page appeal-4.html DIFFERS"), "{}", text(&checked));
}

/// A pipe, or a link to a device or a directory, among the raw files; a pipe in the place of the page.
fn refuses_what_is_no_file(packets: &Path, document: &str, data: &Path) {
    let raw = packets.join("raw");
    let odd = raw.join("odd");
    let shown = raw.to_str().expect("a path");
    for target in [None, Some(Path::new("/dev/zero")), Some(packets)] {
        fs::create_dir(&raw).expect("a directory");
        match target {
            Some(target) => std::os::unix::fs::symlink(target, &odd).expect("a link"),
            None => pipe(&odd),
        }
        let checked = claimgate(data, &["appeal", "--check", document, "--raw", shown]);
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert_eq!(checked.status.code(), Some(2), "{said}");
        assert!(said.contains("odd is neither a file nor a directory"), "{said}");
        fs::remove_dir_all(&raw).expect("removed");
    }
    let (page, aside) = (packets.join("appeal-4.html"), packets.join("aside"));
    fs::rename(&page, &aside).expect("moved");
    pipe(&page);
    let checked = claimgate(data, &["appeal", "--check", document]);
    assert!(text(&checked).contains("the page appeal-4.html is not at hand"), "{}", text(&checked));
    fs::rename(aside, page).expect("moved back");
}

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
    assert!(made.success());
}

#[test]
fn whatever_is_changed_in_a_packet_is_found() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = demonstrated(folder.path());
    let into = folder.path().to_str().expect("a path");
    let made = claimgate(&data, &["appeal", CASE, "-o", into, "--whole-files", "--by", "ann"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let page = fs::read(folder.path().join("appeal-4.html")).expect("the page");
    let document = fs::read(folder.path().join("appeal-4.json")).expect("the document");
    assert!(holds(&document, &page), "{:?}", looked_at(&document, &page));
    for at in (0..document.len()).step_by(97) {
        let mut changed = document.clone();
        changed[at] = if changed[at] == b'Q' { b'R' } else { b'Q' };
        assert!(!holds(&changed, &page), "a change at byte {at} is not found");
    }
    for at in (0..page.len()).step_by(997) {
        let mut changed = page.clone();
        changed[at] ^= 1;
        assert!(!holds(&document, &changed), "a change at byte {at} of the page is not found");
    }
    // A reader that takes the first of two keys would see another document, under the same seal.
    let text = String::from_utf8(document.clone()).expect("text");
    for (key, other) in [("charge_cents", "1"), ("case", "9")] {
        let twice =
            text.replacen(&format!("\"{key}\":"), &format!("\"{key}\": {other}, \"{key}\":"), 1);
        assert_ne!(twice, text);
        let checked = check(twice.as_bytes(), &Page(page.clone()), &|bytes| hash_of(bytes).0);
        assert_eq!(checked, Err(NoPacket::KeyTwice));
    }
    // Who seals a changed document anew still cannot change a file: its hash is another one.
    let mut value: serde_json::Value = serde_json::from_slice(&document).expect("JSON");
    let excerpt = &mut value["files"][1]["excerpt"][0]["text"];
    *excerpt = serde_json::Value::from(
        excerpt.as_str().expect("a text").replace("000000001", "000000009"),
    );
    let hash = |bytes: &[u8]| hash_of(bytes).0;
    value["seal"] = serde_json::Value::from(claimgate::appeal::document::seal_of(&value, &hash));
    let checked = looked_at(value.to_string().as_bytes(), &page).expect("a packet");
    assert_eq!(checked[0].verdict, Verdict::Holds);
    assert_eq!(checked[3].verdict, Verdict::Differs("what is cited does not stand in it"));
    // Nor the day on which it went out, for that stands in the file.
    let mut value: serde_json::Value = serde_json::from_slice(&document).expect("JSON");
    assert_eq!(value["files"][1]["what"], claimgate::appeal::check::SUBMISSION);
    value["files"][1]["at"] = serde_json::Value::from("2026-01-02T08:00:00Z");
    value["seal"] = serde_json::Value::from(claimgate::appeal::document::seal_of(&value, &hash));
    let checked = looked_at(value.to_string().as_bytes(), &page).expect("a packet");
    assert!(matches!(checked[3].verdict, Verdict::Differs(why) if why.contains("ISA09")));
}

#[test]
fn refuses_what_nobody_can_appeal() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = demonstrated(folder.path());
    for (case, why) in [("99", "there is no item 99"), ("1", "was never sent")] {
        let told = claimgate(&data, &["appeal", case, "--by", "ann"]);
        assert_eq!(told.status.code(), Some(2));
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(said.contains(why), "{said}");
    }
    // What is to be given back is not asked for, but in words of one's own.
    let claim = CLAIM.0.to_string();
    let words = ["queue", "open", &claim, "--found", "overpaid", "--amount", "10.00", "--what"];
    let opened =
        claimgate(&data, &[&words[..], &["the note supports less", "--by", "ann"]].concat());
    let number: String = text(&opened).chars().filter(char::is_ascii_digit).take(1).collect();
    let into = folder.path().to_str().expect("a path");
    let words = ["appeal", &number, "-o", into, "--by", "ann"];
    let told = claimgate(&data, &words);
    assert_eq!(told.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&told.stderr).contains("what was paid too much"));
    let told = claimgate(&data, &[&words[..], &["--ask", "Please correct the share."]].concat());
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    fs::write(folder.path().join("other.json"), "{\"kind\": \"audit\"}").expect("written");
    for (text, why) in [("{\"kind\": \"audit\"}", "no appeal packet"), ("ISA*", "no JSON")] {
        let path = folder.path().join("other.json");
        fs::write(&path, text).expect("written");
        let told = claimgate(&data, &["appeal", "--check", path.to_str().expect("a path")]);
        assert_eq!(told.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&told.stderr).contains(why));
    }
}

/// What the office says of the reason holds: until when, in which words, and whether it may win.
#[test]
fn a_packet_goes_by_the_offices_own_rows() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = demonstrated(folder.path());
    let config = data.parent().expect("its place").join("config/claimgate.toml");
    let config = config.to_str().expect("a path");
    let into = folder.path().to_str().expect("a path");
    let made =
        || claimgate(&data, &["--config", config, "appeal", CASE, "-o", into, "--by", "ann"]);
    let value = || -> serde_json::Value {
        let document = fs::read(folder.path().join("appeal-4.json")).expect("the document");
        serde_json::from_slice(&document).expect("JSON")
    };
    let plain = made();
    assert!(plain.status.success(), "{}", String::from_utf8_lossy(&plain.stderr));
    assert!(!text(&plain).contains("denials.toml"), "{}", text(&plain));
    let usual = value();

    let rows = "[[denial]]\npayer = \"acme\"\nreason = \"4\"\nappealable = false\n\
                appeal_days = 33\nmeaning = \"a modifier that its own manual wants\"\n\
                action = \"call its provider desk\"\n";
    fs::write(Path::new(config).with_file_name("denials.toml"), rows).expect("written");
    let ruled = made();
    assert!(ruled.status.success(), "{}", String::from_utf8_lossy(&ruled.stderr));
    let told = text(&ruled);
    assert!(told.contains("not likely to win; what may be done: call its provider desk"), "{told}");
    assert!(told.contains("action, appealable, appeal_days by denials.toml line 1"), "{told}");
    let page = fs::read_to_string(folder.path().join("appeal-4.html")).expect("the page");
    assert!(page.contains("a modifier that its own manual wants"));
    let day = |value: &serde_json::Value, of: &str| {
        let text = value[of].as_str().or_else(|| value["decision"][of].as_str());
        x12::value::Day::parse_dashed(text.expect("a day")).expect("a day")
    };
    let (usual_days, days) = (
        day(&usual, "deadline").days_since(day(&usual, "paid_on")),
        day(&value(), "deadline").days_since(day(&value(), "paid_on")),
    );
    assert!(usual_days != 33 && days == 33, "{usual_days} {days}");

    // What the office expects is no denial, and asks for nothing.
    fs::write(
        Path::new(config).with_file_name("denials.toml"),
        "[[denial]]\nreason = \"4\"\nkind = \"expected\"\n",
    )
    .expect("written");
    assert!(made().status.success());
    assert_eq!(value()["decision"]["denied"].as_array().map(Vec::len), Some(0));
}

#[cfg(unix)]
fn is_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{}", path.display());
}
