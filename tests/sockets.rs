//! Interchanges over real sockets: an office connects to the daemon, the daemon to a payer. What
//! the store holds in the end is what it holds when the same comes by directories.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
mod made;

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use bytes::Bytes;
use claimgate::change::{ArrivalId, Verdict};
use claimgate::clock::Zone;
use claimgate::lifecycle::State;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{self, When};

use claimgate::store::WorkFilter;
use daemon::{Daemon, Place, SETTINGS, drop_whole, files, wait};
use made::{Made, interchange, many};

const LISTEN: &str = "[channel]\nkind = \"tcp-listen\"\naddress = \"127.0.0.1:0\"\n";

/// Longer than anything takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_office_is_answered_over_its_connection_after_the_commit() {
    let place = Place::new(LISTEN, "");
    let daemon = place.start();
    let mut office = connect(&daemon);
    office.send(interchange("CEDAR", 1, &many("A", 3)).as_bytes());
    let ta1 = office.receive();
    assert_eq!(kind(&ta1), "TA1");
    // Whoever has the answer can rely on it: the decision is in the store.
    let arrival = place.store().arrival(ArrivalId(1)).expect("read").expect("an arrival");
    assert_eq!(arrival.verdict, Some(Verdict::Taken));
    assert_eq!(place.store().claims_of_arrival(arrival.id).expect("read").len(), 3);
    assert_eq!(kind(&office.receive()), "999");
    let ack = office.receive();
    assert_eq!((kind(&ack), text(&ack).matches("TRN*2*A0000").count()), ("277", 3));
    // The same again gets the same answer.
    office.send(interchange("CEDAR", 1, &many("A", 3)).as_bytes());
    assert_eq!(office.receive(), ta1);
    daemon.stop();
    assert_eq!(claims_in_store(&place).len(), 3);
}

#[test]
fn pipelined_interchanges_are_answered_in_order_even_after_a_half_close() {
    let place = Place::new(LISTEN, "");
    let daemon = place.start();
    let mut office = connect(&daemon);
    let batches: Vec<String> = (1..=5)
        .map(|number| interchange("CEDAR", number, &many(&format!("P{number}"), 2)))
        .collect();
    office.send(batches.concat().as_bytes());
    office.stream.shutdown(Shutdown::Write).expect("half closed");
    let answers = office.receive_all();
    let numbers: Vec<String> = answers
        .iter()
        .filter(|answer| kind(answer) == "TA1")
        .map(|answer| text(answer).split("TA1*").nth(1).expect("a TA1")[..9].to_owned())
        .collect();
    assert_eq!(numbers, ["000000001", "000000002", "000000003", "000000004", "000000005"]);
    assert_eq!(answers.len(), 15);
    daemon.stop();
    assert_eq!(claims_in_store(&place).len(), 10);
}

#[test]
fn garbage_and_a_torn_interchange_do_not_stop_the_others() {
    let place = Place::new(LISTEN, "");
    let daemon = place.start();
    let mut office = connect(&daemon);
    office.send(b"HELO clearinghouse\r\n\x00\xff\r\n");
    office.send(interchange("CEDAR", 1, &many("G", 1)).as_bytes());
    assert_eq!([office.receive(), office.receive(), office.receive()].map(|it| kind(&it)), GOOD);
    let torn = interchange("CEDAR", 2, &many("H", 1));
    office.send(&torn.as_bytes()[..torn.len() - 60]);
    office.stream.shutdown(Shutdown::Write).expect("half closed");
    let answers = office.receive_all();
    assert_eq!(answers.len(), 1);
    assert!(text(&answers[0]).contains("*R*023"), "{}", text(&answers[0]));
    // One that ends in the middle of a byte run, and another that never says a word.
    connect(&daemon).send(b"ISA*00*");
    drop(connect(&daemon));
    let mut again = connect(&daemon);
    again.send(interchange("CEDAR", 3, &many("I", 1)).as_bytes());
    assert_eq!([again.receive(), again.receive(), again.receive()].map(|it| kind(&it)), GOOD);
    daemon.stop();
    assert_eq!(claims_in_store(&place).len(), 2);
}

/// What an office gets for good claims when it asks for a TA1.
const GOOD: [&str; 3] = ["TA1", "999", "277"];

#[test]
fn a_payer_gets_and_answers_over_the_connection_that_we_made_and_after_it_broke() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let dial = format!(
        "[channel]\nkind = \"tcp-dial\"\naddress = \"{}\"\n",
        listener.local_addr().expect("an address")
    );
    let place = Place::new(LISTEN, &dial);
    let daemon = place.start();
    let mut office = connect(&daemon);
    office.send(interchange("CEDAR", 1, &many("A", 2)).as_bytes());
    let mut payer = accept(&listener);
    let batch = payer.receive();
    assert_eq!(text(&batch).matches("~CLM*").count(), 2);
    let mut payer_state = simulated_payer::State::default();
    payer.send(&answers_of(&batch, &mut payer_state));
    wait("the claims to be paid", || count(&place, State::Paid) == 2);

    drop(payer);
    office.send(interchange("CEDAR", 2, &many("B", 3)).as_bytes());
    let mut payer = accept(&listener);
    let batch = payer.receive();
    assert_eq!(text(&batch).matches("~CLM*").count(), 3);
    payer.send(&answers_of(&batch, &mut payer_state));
    wait("the other claims to be paid", || count(&place, State::Paid) == 5);
    daemon.stop();
    assert!(place.command(&["audit"]).status.success());
}

#[test]
fn an_interchange_that_is_too_large_is_rejected_in_its_turn() {
    let place = Place::new(LISTEN, "");
    let limit = format!("{SETTINGS}\n[limits]\ninterchange_bytes_max = 4096\n");
    place.write("config/claimgate.toml", &limit);
    let daemon = place.start();
    let mut office = connect(&daemon);
    let large = interchange("CEDAR", 1, &many("L", 50));
    assert!(large.len() > 4_096);
    office.send((large + &interchange("CEDAR", 2, &many("M", 1))).as_bytes());
    let rejection = office.receive();
    assert!(text(&rejection).contains("TA1*000000001*"), "{}", text(&rejection));
    assert!(text(&rejection).contains("*R*024~"), "{}", text(&rejection));
    assert_eq!([office.receive(), office.receive(), office.receive()].map(|it| kind(&it)), GOOD);
    daemon.stop();
    let items = place.store().work(&WorkFilter { limit: 10, ..WorkFilter::default() });
    let items = items.expect("read");
    assert_eq!(items.len(), 1);
    assert!(items[0].what.contains("limits.interchange_bytes_max"), "{}", items[0].what);
    assert!(place.command(&["audit"]).status.success());
}

#[test]
fn sockets_and_directories_lead_to_the_same() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let dial = format!(
        "[channel]\nkind = \"tcp-dial\"\naddress = \"{}\"\n",
        listener.local_addr().expect("an address")
    );
    let claims = mixed_claims();
    let over_sockets = Place::new(LISTEN, &dial);
    let daemon = over_sockets.start();
    let mut office = connect(&daemon);
    office.send(interchange("CEDAR", 1, &claims).as_bytes());
    let mut payer = accept(&listener);
    let batch = payer.receive();
    payer.send(&answers_of(&batch, &mut simulated_payer::State::default()));
    wait("a payment", || count(&over_sockets, State::Paid) > 0);
    daemon.stop();

    let by_directories = Place::new("", "");
    let daemon = by_directories.start();
    by_directories.drop_claims("one.edi", interchange("CEDAR", 1, &claims).as_bytes());
    wait("the claims to leave", || !files(&by_directories.payer("outbox")).is_empty());
    let dropped = &files(&by_directories.payer("outbox"))[0];
    let dropped = Bytes::from(std::fs::read(dropped).expect("read"));
    let answers = answers_of(&dropped, &mut simulated_payer::State::default());
    drop_whole(&by_directories.payer("inbox"), "answers.x12", &answers);
    wait("a payment", || count(&by_directories, State::Paid) > 0);
    daemon.stop();

    assert_eq!(claims_in_store(&over_sockets), claims_in_store(&by_directories));
    assert_eq!(
        over_sockets.store().balances().expect("read"),
        by_directories.store().balances().expect("read")
    );
    let body = |batch: &Bytes| text(batch).split("~HL*1**20*1~").nth(1).map(str::to_owned);
    assert_eq!(body(&batch), body(&dropped));
}

/// Paid, denied, rejected by the payer, rejected by us, and a second of the same number.
fn mixed_claims() -> Vec<Made> {
    let mut claims = many("M", 5);
    claims[1].procedure = "20610".to_owned();
    claims[2].member = "BAD1".to_owned();
    claims[3].procedure = "9921".to_owned();
    claims[4].number = claims[0].number.clone();
    claims
}

/// An end of a connection, as the office or the payer has it.
struct End {
    stream: TcpStream,
    read: Vec<u8>,
}

fn connect(daemon: &Daemon<'_>) -> End {
    End::new(TcpStream::connect(daemon.address("listening")).expect("connected"))
}

/// The next connection of the daemon.
fn accept(listener: &TcpListener) -> End {
    listener.set_nonblocking(true).expect("set");
    let began = Instant::now();
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false).expect("set");
                return End::new(stream);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                assert!(began.elapsed() < PATIENCE, "the daemon does not connect");
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

impl End {
    fn new(stream: TcpStream) -> End {
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        End { stream, read: Vec::new() }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("sent");
    }

    /// The next whole interchange.
    fn receive(&mut self) -> Bytes {
        loop {
            if let Some(next) = self.cut() {
                return next;
            }
            let mut buffer = [0; 4_096];
            let count = self.stream.read(&mut buffer).expect("something to read");
            assert!(count > 0, "the connection ended after {} bytes", self.read.len());
            self.read.extend_from_slice(&buffer[..count]);
        }
    }

    /// Everything until the other end closes.
    fn receive_all(&mut self) -> Vec<Bytes> {
        self.stream.read_to_end(&mut self.read).expect("read");
        let all = std::iter::from_fn(|| self.cut()).collect();
        assert!(self.read.is_empty(), "a torn answer");
        all
    }

    /// A whole interchange off the front; ours end with `~` and have no blanks between them.
    fn cut(&mut self) -> Option<Bytes> {
        let at = self.read.windows(5).position(|window| window == b"~IEA*")?;
        let end = at + 2 + self.read[at + 1..].iter().position(|&byte| byte == b'~')?;
        Some(self.read.drain(..end).collect())
    }
}

/// All that a simulated payer answers, in one piece.
fn answers_of(batch: &Bytes, payer: &mut simulated_payer::State) -> Vec<u8> {
    let script = Script::plain("ACME", "ACME");
    let today = claimgate::clock::today(&Zone::UTC);
    let when = When { today, time: "0000".to_owned() };
    let answers = simulated_payer::answer(&script, payer, batch, &when);
    answers.iter().flat_map(|answer| answer.bytes.to_vec()).collect()
}

fn text(bytes: &Bytes) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// TA1, or ST01 of the first set.
fn kind(bytes: &Bytes) -> &'static str {
    let kinds = [("~TA1*", "TA1"), ("~ST*999*", "999"), ("~ST*277*", "277"), ("~ST*837*", "837")];
    let found = kinds.iter().find(|(mark, _)| text(bytes).contains(mark));
    found.expect("an interchange of a known kind").1
}

fn count(place: &Place, state: State) -> u64 {
    let totals = place.store().totals().expect("read");
    totals.iter().filter(|total| total.state == state).map(|total| total.claims).sum()
}

/// Claims and their states, by CLM01.
fn claims_in_store(place: &Place) -> BTreeMap<String, Vec<State>> {
    let store = place.store();
    let mut claims: BTreeMap<String, Vec<State>> = BTreeMap::new();
    for arrival in store.arrivals(None, u32::MAX).expect("read") {
        for claim in store.claims_of_arrival(arrival.id).expect("read") {
            let number = claim.patient_control_number.into_inner();
            claims.entry(number).or_default().push(claim.state);
        }
    }
    claims
}
