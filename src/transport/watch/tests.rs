//! Inboxes in real directories.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::time::timeout;

use super::super::settle::{Outcome, settle};
use super::*;

const WHOLE: &[u8] = b"ISA*and so on~GE*1*1~IEA*1*000000001~";

struct Office {
    root: TempDir,
    arrivals: mpsc::Receiver<Arrival>,
    sender: mpsc::Sender<Arrival>,
    token: CancellationToken,
}

impl Office {
    fn new() -> Office {
        let root = TempDir::new().expect("a directory");
        for name in ["inbox", ".work"] {
            fs::create_dir(root.path().join(name)).expect("a directory");
        }
        let (sender, arrivals) = mpsc::channel(4);
        Office { root, arrivals, sender, token: CancellationToken::new() }
    }

    fn start(&mut self) -> tokio::task::JoinHandle<()> {
        let base = self.root.path();
        let watch = Watch {
            channel: ChannelName::new("office").expect("a name"),
            directories: Arc::new(ReceivingDirectories {
                inbox: base.join("inbox"),
                work: base.join(".work"),
                done: base.join("done"),
                error: base.join("error"),
            }),
            plan: WatchPlan {
                scan_every: Duration::from_millis(100),
                stable: Duration::from_millis(40),
                torn_timeout: Duration::from_millis(400),
            },
            file_bytes_max: 1_000,
            zone: Zone::UTC,
        };
        tokio::spawn(run(watch, self.sender.clone(), self.token.clone()))
    }

    fn drop(&self, name: &str, bytes: &[u8]) {
        fs::write(self.inbox().join(name), bytes).expect("a file");
    }

    fn inbox(&self) -> PathBuf {
        self.root.path().join("inbox")
    }

    async fn next(&mut self) -> Arrival {
        let next = timeout(Duration::from_secs(5), self.arrivals.recv()).await;
        next.expect("something arrives").expect("the watch runs")
    }

    async fn nothing_for(&mut self, wait: Duration) {
        assert!(timeout(wait, self.arrivals.recv()).await.is_err(), "something arrived");
    }

    /// The one file under a directory of the office whose name ends so.
    fn path_in(&self, place: &str, ending: &str) -> PathBuf {
        let mut places = vec![self.root.path().join(place)];
        while let Some(place) = places.pop() {
            for entry in fs::read_dir(place).into_iter().flatten().flatten() {
                match entry.file_type().expect("a kind").is_dir() {
                    true => places.push(entry.path()),
                    false if entry.file_name().to_string_lossy().ends_with(ending) => {
                        return entry.path();
                    }
                    false => {}
                }
            }
        }
        panic!("no file of {place} ends with {ending}");
    }

    /// The files under a directory of the office.
    fn files(&self, place: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut places = vec![self.root.path().join(place)];
        while let Some(place) = places.pop() {
            for entry in fs::read_dir(place).into_iter().flatten().flatten() {
                let is_directory = entry.file_type().expect("a kind").is_dir();
                match is_directory {
                    true => places.push(entry.path()),
                    false => found.push(entry.file_name().to_string_lossy().into_owned()),
                }
            }
        }
        found.sort();
        found
    }
}

fn bytes(arrival: &Arrival) -> &[u8] {
    match &arrival.content {
        Content::Whole(bytes) => bytes,
        other => panic!("not whole: {other:?}"),
    }
}

#[tokio::test]
async fn takes_a_file_and_settles_it_as_often_as_asked() {
    let mut office = Office::new();
    office.start();
    office.drop("smith.837", WHOLE);
    let arrival = office.next().await;
    assert_eq!(arrival.name, "smith.837");
    assert_eq!(bytes(&arrival), WHOLE);
    assert!(office.files("inbox").is_empty());
    assert_eq!(office.files(".work").len(), 1);
    for _ in 0..2 {
        settle(&arrival, Outcome::Done, &json!({"verdict": "accepted"})).await.expect("settled");
    }
    assert!(office.files(".work").is_empty());
    let done = office.files("done");
    assert_eq!(done.len(), 2, "{done:?}");
    assert_eq!(done[1], format!("{}.meta.json", done[0]));
    assert!(done[0].ends_with("__smith.837"));
    assert!(!format!("{arrival:?}").contains("smith"));
}

#[tokio::test]
async fn leaves_a_growing_file_until_it_is_whole() {
    let mut office = Office::new();
    office.start();
    let cut = WHOLE.len() - 12;
    office.drop("a.837", &WHOLE[..cut]);
    office.nothing_for(Duration::from_millis(200)).await;
    office.drop("a.837", WHOLE);
    assert_eq!(bytes(&office.next().await), WHOLE);
}

#[tokio::test]
async fn hands_a_torn_file_over_in_the_end() {
    let mut office = Office::new();
    office.start();
    office.drop("torn.837", b"ISA*00*");
    office.drop("empty.837", b"");
    office.nothing_for(Duration::from_millis(200)).await;
    let lengths = [bytes(&office.next().await).len(), bytes(&office.next().await).len()];
    assert_eq!(lengths.iter().sum::<usize>(), 7);
}

#[tokio::test]
async fn hands_over_what_it_cannot_take_in() {
    let mut office = Office::new();
    office.start();
    let large = [&[b' '; 2_000], WHOLE].concat();
    office.drop("large.837", &large);
    let arrival = office.next().await;
    let Content::TooLarge { bytes, start } = &arrival.content else { panic!("{arrival:?}") };
    assert_eq!((*bytes, start.len()), (large.len() as u64, 200));
    settle(&arrival, Outcome::Error, &json!({})).await.expect("settled");
    assert_eq!(office.files("error").len(), 2);
}

#[tokio::test]
async fn takes_up_what_a_crash_left_in_work() {
    let mut office = Office::new();
    let running = office.start();
    office.drop("a.837", WHOLE);
    let before = office.next().await;
    office.token.cancel();
    running.await.expect("stops");
    // Somebody asked in this moment whether the directory can be written.
    fs::write(office.root.path().join(".work/.claimgate-probe.tmp"), "").expect("a file");
    office.token = CancellationToken::new();
    office.start();
    let again = office.next().await;
    assert_eq!(again.name, "a.837");
    assert_eq!(again.received_at, before.received_at);
    settle(&again, Outcome::Done, &json!({})).await.expect("settled");
    settle(&before, Outcome::Done, &json!({})).await.expect("gone is fine");
    assert_eq!(office.files("done").len(), 2);
}

#[tokio::test]
async fn hands_over_again_what_was_dropped_unsettled() {
    let mut office = Office::new();
    office.start();
    office.drop("a.837", WHOLE);
    let arrival = office.next().await;
    office.nothing_for(Duration::from_millis(300)).await;
    drop(arrival);
    assert_eq!(bytes(&office.next().await), WHOLE);
}

#[tokio::test]
async fn stops_while_nobody_takes_what_it_hands_over() {
    let mut office = Office::new();
    for number in 0..9 {
        office.drop(&format!("{number}.837"), WHOLE);
    }
    let running = office.start();
    office.next().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    office.token.cancel();
    timeout(Duration::from_secs(5), running).await.expect("in time").expect("stops");
    assert_eq!(office.files("inbox").len() + office.files(".work").len(), 9);
}

#[tokio::test]
async fn survives_an_inbox_that_is_removed_and_made_again() {
    let mut office = Office::new();
    office.start();
    office.drop("a.837", WHOLE);
    let _first = office.next().await;
    fs::remove_dir_all(office.inbox()).expect("removed");
    tokio::time::sleep(Duration::from_millis(150)).await;
    fs::create_dir_all(office.inbox()).expect("made again");
    office.drop("b.837", WHOLE);
    assert_eq!(office.next().await.name, "b.837");
}

#[tokio::test]
async fn tells_two_files_of_one_name_apart() {
    let mut office = Office::new();
    office.start();
    for number in 0..2 {
        office.drop("daily.837", WHOLE);
        let arrival = office.next().await;
        settle(&arrival, Outcome::Done, &json!({ "number": number })).await.expect("settled");
    }
    assert_eq!(office.files("done").len(), 4);
}

#[test]
fn keeps_names_in_work_short_and_fit() {
    let now = Timestamp::from_micros(1_767_229_261_000_001);
    let long = "é".repeat(120) + ".837";
    let name = new_work_name(OsStr::new(&long), now);
    assert!(name.len() < 200 && name.ends_with("é.837"), "{name}");
    let odd = new_work_name(OsStr::new("a\nb__c"), now);
    let (received_at, name) = parse_work_name(&odd);
    assert_eq!((received_at, name), (Some(now), "a_b__c"));
    assert_eq!(parse_work_name("stranger").1, "stranger");
}

/// A file that is filed away as the gateway does it, and its path in done.
async fn filed(office: &Office, arrival: &Arrival) -> PathBuf {
    let digest = Sha256::digest(bytes(arrival));
    let sha256: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    settle(arrival, Outcome::Done, &json!({"sha256": sha256})).await.expect("settled");
    office.path_in("done", ".835")
}

fn append(path: &Path, bytes: &[u8]) {
    let mut file = File::options().append(true).open(path).expect("a file");
    file.write_all(bytes).expect("written");
}

#[tokio::test]
async fn takes_what_a_writer_adds_to_a_file_that_was_taken() {
    let mut office = Office::new();
    office.start();
    office.drop("a.835", WHOLE);
    let arrival = office.next().await;
    let path = filed(&office, &arrival).await;
    drop(arrival);
    append(&path, b"\r\n");
    office.nothing_for(Duration::from_millis(400)).await;
    let more = b"ISA*of another kind~GE*1*1~IEA*1*000000002~";
    append(&path, &more[..20]);
    append(&path, &more[20..]);
    let rest = office.next().await;
    assert_eq!((rest.name.as_str(), bytes(&rest)), ("a.835", more.as_slice()));
    let note = fs::read_to_string(office.path_in("done", ".835.meta.json")).expect("a note");
    assert!(note.contains("\"grown\"") && note.contains("taken_as"), "{note}");
    office.nothing_for(Duration::from_millis(400)).await;
    // What begins with no interchange is no file alone.
    append(&path, b"ST*835*0001~");
    let whole = office.next().await;
    assert_eq!(bytes(&whole), fs::read(&path).expect("a file"));
}

#[tokio::test]
async fn takes_what_was_written_over_a_file_that_was_taken() {
    let mut office = Office::new();
    office.start();
    office.drop("a.835", WHOLE);
    let arrival = office.next().await;
    let path = filed(&office, &arrival).await;
    let other = b"ISA*and no more~GE*1*1~IEA*1*000000003~";
    fs::write(&path, other).expect("written");
    assert_eq!(bytes(&office.next().await), other);
}

#[tokio::test]
async fn takes_what_was_added_while_nobody_looked() {
    let mut office = Office::new();
    let watching = office.start();
    office.drop("a.835", WHOLE);
    let arrival = office.next().await;
    let path = filed(&office, &arrival).await;
    office.token.cancel();
    watching.await.expect("stopped");
    let more = b"ISA*of another kind~GE*1*1~IEA*1*000000002~";
    append(&path, more);
    for _ in 0..2 {
        office.token = CancellationToken::new();
        let watching = office.start();
        let rest = timeout(Duration::from_millis(900), office.arrivals.recv()).await;
        match rest {
            Ok(rest) => {
                let rest = rest.expect("the watch runs");
                assert_eq!(bytes(&rest), more);
                settle(&rest, Outcome::Done, &json!({})).await.expect("settled");
            }
            // Once is enough.
            Err(_) => assert_eq!(office.files("done").len(), 4),
        }
        office.token.cancel();
        watching.await.expect("stopped");
    }
    assert_eq!(office.files("done").len(), 4);
}
