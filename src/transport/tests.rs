//! The channels of a plan, started together.

use std::fs;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::settle::{Outcome, settle};
use super::*;
use crate::settings::written::Settings;

const WHOLE: &str = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*\
    1200*^*00501*000000001*0*T*:~IEA*0*000000001~";
const PATIENCE: Duration = Duration::from_secs(10);

/// A plan with an office that drops, an office that connects, and a payer with an outbox.
fn plan(root: &TempDir) -> Plan {
    let config = root.path().join("config");
    let files = [
        ("claimgate.toml", "[watch]\nstable_ms = 10\nscan_seconds = 1\n"),
        ("partners/drops.toml", ""),
        ("partners/calls.toml", "channel = { kind = \"tcp-listen\", address = \"127.0.0.1:0\" }\n"),
        ("payers/blue.toml", "payer_ids = [\"12345\"]\nisa_id = \"BLUE\"\ngs_id = \"BLUE\"\n"),
    ];
    for (name, text) in files {
        let path = config.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, text).expect("a file");
    }
    let main = config.join("claimgate.toml");
    Settings::load(Some(&main), &root.path().join("data")).expect("a plan")
}

fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).expect("a name")
}

#[tokio::test]
async fn carries_in_and_out() {
    let root = TempDir::new().expect("a directory");
    let (sender, mut receiver) = arrivals();
    let token = CancellationToken::new();
    let transport = start(&plan(&root), sender, &token).await.expect("started");
    assert!(transport.troubles().is_empty());

    let office = root.path().join("data/offices/drops");
    fs::write(office.join("inbox/a.837"), WHOLE).expect("a file");
    let arrival = timeout(PATIENCE, receiver.recv()).await.expect("in time").expect("an arrival");
    assert_eq!(arrival.channel, channel("drops"));
    assert!(!arrival.wants_answer());
    settle(&arrival, Outcome::Done, &serde_json::json!({})).await.expect("settled");

    let (_, address) = transport.listening()[0];
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(WHOLE.as_bytes()).await.expect("sent");
    let mut arrival =
        timeout(PATIENCE, receiver.recv()).await.expect("in time").expect("an arrival");
    assert!(arrival.answer(vec![Bytes::from("TA1")]));
    let mut reply = [0; 3];
    stream.read_exact(&mut reply).await.expect("a reply");

    for (name, folder, place) in [
        ("drops", Folder::Acks, "offices/drops/acks/1"),
        ("calls", Folder::Remits, "offices/calls/remits/1"),
        ("blue", Folder::Outbox, "payers/blue/outbox/1"),
    ] {
        let sent = transport.send(&channel(name), folder, "1", Bytes::from("X")).await;
        sent.expect("sent");
        assert!(root.path().join("data").join(place).is_file(), "{place}");
    }
    let wrong = transport.send(&channel("blue"), Folder::Acks, "1", Bytes::new()).await;
    assert!(matches!(wrong, Err(Error::NoSuchFolder { .. })));

    fs::remove_dir_all(office.join("acks")).expect("removed");
    assert_eq!(transport.troubles().len(), 1);
    token.cancel();
    timeout(PATIENCE, transport.stopped()).await.expect("in time");
}

#[tokio::test]
async fn lists_every_channel_that_cannot_start() {
    let root = TempDir::new().expect("a directory");
    let data = root.path().join("data");
    fs::create_dir_all(data.join("offices/drops")).expect("a directory");
    fs::write(data.join("offices/drops/inbox"), "a file").expect("a file");
    fs::write(data.join("payers"), "a file").expect("a file");
    let (sender, _receiver) = arrivals();
    let started = start(&plan(&root), sender, &CancellationToken::new()).await;
    let errors = started.expect_err("files stand in the way");
    let text: Vec<String> = errors.iter().map(Error::to_string).collect();
    assert!(text.iter().any(|line| line.contains("drops/inbox")), "{text:?}");
    assert!(text.iter().any(|line| line.contains("blue/outbox")), "{text:?}");
    assert!(text.iter().all(|line| line.contains("move it away")), "{text:?}");
}
