//! The real program in a directory of its own, for tests that start and kill it.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use claimgate::store::{self, Store};

/// Longer than anything takes on a slow machine; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(120);

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The settings of most tests: quick, and on ports that the system chooses.
pub const SETTINGS: &str = "\
[log]\nlevel = \"debug\"\n\n\
[web]\naddress = \"127.0.0.1:0\"\n\n\
[watch]\nscan_seconds = 1\nstable_ms = 100\ntorn_timeout_seconds = 1\n";

/// Where a daemon lives; it may be started again and again.
#[derive(Debug)]
pub struct Place {
    pub root: tempfile::TempDir,
}

impl Place {
    /// An office `cedar` and a payer `acme`, with what a test adds to the settings of each.
    pub fn new(office: &str, payer: &str) -> Place {
        let place = Place { root: tempfile::tempdir().expect("a directory") };
        place.write("config/claimgate.toml", SETTINGS);
        place.write("config/partners/cedar.toml", &format!("isa_id = \"CEDAR\"\n{office}"));
        let payer = format!(
            "payer_ids = [\"ACME1\"]\nisa_id = \"ACME\"\n{payer}\n[batch]\nevery_seconds = 1\n"
        );
        place.write("config/payers/acme.toml", &payer);
        place
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.root.path().join(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    pub fn office(&self, folder: &str) -> PathBuf {
        self.data().join("offices/cedar").join(folder)
    }

    pub fn payer(&self, folder: &str) -> PathBuf {
        self.data().join("payers/acme").join(folder)
    }

    /// Everything that the daemon ever logged here.
    pub fn log(&self) -> String {
        fs::read_to_string(self.root.path().join("log")).unwrap_or_default()
    }

    /// The program with these words, on the data of this place.
    pub fn command(&self, words: &[&str]) -> Output {
        let mut command = self.program();
        command.args(words).output().expect("run")
    }

    /// The program on the data of this place, to be given its words.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claimgate"));
        command.arg("--config").arg(self.root.path().join("config/claimgate.toml"));
        command.arg("--data").arg(self.data());
        command
    }

    /// Starts the daemon and waits until it serves.
    pub fn start(&self) -> Daemon<'_> {
        let path = self.root.path().join("log");
        let log = OpenOptions::new().create(true).append(true).open(&path).expect("a log");
        let begin = log.metadata().expect("a log").len() as usize;
        let mut daemon = self.start_logging_to(log);
        daemon.begin = begin;
        wait("the start", || daemon.is_up());
        daemon
    }

    /// Starts the daemon with its log somewhere else, where nobody can see when it serves.
    pub fn start_logging_to(&self, log: File) -> Daemon<'_> {
        let out = File::create(self.root.path().join("out")).expect("a file");
        let mut program = self.program();
        program.arg("serve").stdin(Stdio::null()).stdout(out).stderr(log);
        let child = program.spawn().expect("started");
        Daemon { place: self, child, begin: 0 }
    }

    /// The store, beside a daemon that may be running.
    pub fn store(&self) -> Arc<dyn Store> {
        let path = self.data().join("claimgate.db");
        store::open(&format!("sqlite:{}", path.display())).expect("the store")
    }

    /// Drops a file into the office's inbox, whole or not at all.
    pub fn drop_claims(&self, name: &str, bytes: &[u8]) {
        drop_whole(&self.office("inbox"), name, bytes);
    }
}

/// A daemon that runs; killed when it is dropped.
#[derive(Debug)]
pub struct Daemon<'a> {
    place: &'a Place,
    child: Child,
    /// Where its own lines begin in the log.
    begin: usize,
}

impl Daemon<'_> {
    fn is_up(&mut self) -> bool {
        if let Some(status) = self.child.try_wait().expect("a process") {
            panic!("the daemon ended with {status}:\n{}", self.place.log());
        }
        self.own_log().contains("claimgate started")
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn own_log(&self) -> String {
        self.place.log().split_off(self.begin)
    }

    /// The address on the line of the log that says `words`, once it does.
    pub fn address(&self, words: &str) -> SocketAddr {
        let mut line = None;
        wait(words, || {
            let log = self.own_log();
            line = log.lines().find(|line| line.contains(words)).map(str::to_owned);
            line.is_some()
        });
        let line = line.expect("waited for");
        let address = line.split("address=").nth(1).expect("an address");
        let end = address.find(|sign: char| !(sign.is_ascii_digit() || ".:".contains(sign)));
        address[..end.unwrap_or(address.len())].parse().expect("an address")
    }

    /// What a page of the daemon holds.
    pub fn page(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address("web page")).expect("connected");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("asked");
        let mut page = String::new();
        stream.read_to_string(&mut page).expect("answered");
        page
    }

    /// Kill -9.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// SIGTERM, and wait for the end.
    pub fn stop(mut self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().expect("told");
        assert!(told.success());
        let status = self.child.wait().expect("gone");
        assert!(status.success(), "the daemon ended with {status}:\n{}", self.place.log());
    }
}

impl Drop for Daemon<'_> {
    fn drop(&mut self) {
        // After `kill` and `stop` there is nobody left to kill.
        if let Ok(None) = self.child.try_wait() {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

/// Waits until something is so.
pub fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited for {what} in vain");
        std::thread::sleep(LOOK_EVERY);
    }
}

/// The finished files of a directory, in order.
pub fn files(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|path| path.is_file() && path.extension().is_none_or(|kind| kind != "tmp"));
    files.sort();
    files
}

/// Those whose names end so.
pub fn files_of(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = files(directory);
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files
}

/// A file that is there whole or not at all.
pub fn drop_whole(directory: &Path, name: &str, bytes: &[u8]) {
    let draft = directory.join(format!("{name}.tmp"));
    fs::write(&draft, bytes).expect("written");
    fs::rename(draft, directory.join(name)).expect("renamed");
}
