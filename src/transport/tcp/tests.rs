//! Real sockets on this machine.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;

use super::super::Content;
use super::*;

const PATIENCE: Duration = Duration::from_secs(10);

fn limits_for_tests() -> LimitsPlan {
    LimitsPlan {
        file_bytes_max: 100_000,
        interchange_bytes_max: 4_000,
        claims_per_set_max: 5_000,
        connections_max: 2,
        connection_idle: Duration::from_millis(300),
    }
}

fn channel() -> ChannelName {
    ChannelName::new("partner").expect("a name")
}

fn interchange(number: u32) -> String {
    format!(
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*\
         00501*{number:09}*0*T*:~TA1*000000001*260101*1200*A*000~IEA*0*{number:09}~"
    )
}

/// Answers every arrival with its length in brackets, after looking at it.
fn gateway(mut arrivals: mpsc::Receiver<Arrival>) -> JoinHandle<Vec<Content>> {
    tokio::spawn(async move {
        let mut seen = Vec::new();
        while let Some(mut arrival) = arrivals.recv().await {
            let length = match &arrival.content {
                Content::Whole(bytes) => bytes.len(),
                Content::TooLarge { start, .. } => start.len(),
                Content::Unreadable { .. } => 0,
            };
            seen.push(arrival.content.clone());
            let parts = [Bytes::from(format!("[{length}")), Bytes::from("]")];
            arrival.answer(parts.into());
        }
        seen
    })
}

struct Server {
    address: SocketAddr,
    token: CancellationToken,
    running: JoinHandle<()>,
}

async fn serve(arrivals: mpsc::Sender<Arrival>) -> Server {
    let any_port = "127.0.0.1:0".parse().expect("an address");
    let bound = Listening::bind(channel(), any_port, limits_for_tests()).await;
    let listening = bound.expect("a free port");
    let (address, token) = (listening.address, CancellationToken::new());
    let running = tokio::spawn(listen(listening, arrivals, token.clone()));
    Server { address, token, running }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    async fn stop(self) {
        self.token.cancel();
        timeout(PATIENCE, self.running).await.expect("in time").expect("no panic");
    }
}

async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let read = timeout(PATIENCE, stream.read_to_string(&mut text)).await;
    read.expect("in time").expect("replies");
    text
}

#[tokio::test]
async fn answers_in_order_what_comes_in_pieces_and_after_half_close() {
    let (sender, receiver) = mpsc::channel(2);
    let gateway = gateway(receiver);
    let server = serve(sender).await;
    let mut stream = server.connect().await;
    let one = interchange(1);
    let both = format!("junk{one}\r\n{one}{}", one.split_at(150).0);
    for piece in both.as_bytes().chunks(50) {
        stream.write_all(piece).await.expect("sent");
        tokio::task::yield_now().await;
    }
    stream.shutdown().await.expect("half closed");
    let length = one.len();
    assert_eq!(read_to_end(&mut stream).await, format!("[{length}][{length}][150]"));
    server.stop().await;
    assert_eq!(gateway.await.expect("no panic").len(), 3);
}

#[tokio::test]
async fn answers_five_hundred_that_come_at_once() {
    let (sender, receiver) = mpsc::channel(2);
    let gateway = gateway(receiver);
    let server = serve(sender).await;
    let mut stream = server.connect().await;
    let all: String = (0..500).map(interchange).collect();
    let (mut reader, mut writer) = stream.split();
    let mut replies = String::new();
    let send = async {
        writer.write_all(all.as_bytes()).await.expect("sent");
        writer.shutdown().await.expect("half closed");
    };
    let (_, read) = tokio::join!(send, reader.read_to_string(&mut replies));
    read.expect("replies");
    assert_eq!(replies, format!("[{}]", interchange(1).len()).repeat(500));
    server.stop().await;
    assert_eq!(gateway.await.expect("no panic").len(), 500);
}

#[tokio::test]
async fn hands_over_the_start_of_what_is_too_long_and_goes_on() {
    let (sender, receiver) = mpsc::channel(2);
    let gateway = gateway(receiver);
    let server = serve(sender).await;
    let mut stream = server.connect().await;
    let long = interchange(1).replace("TA1*", &format!("TA1*{}", "x".repeat(9_000)));
    let sent = stream.write_all(format!("{long}{}", interchange(2)).as_bytes()).await;
    sent.expect("sent");
    stream.shutdown().await.expect("half closed");
    assert_eq!(read_to_end(&mut stream).await, format!("[200][{}]", interchange(2).len()));
    server.stop().await;
    let seen = gateway.await.expect("no panic");
    assert!(matches!(seen[0], Content::TooLarge { bytes: 4_001, .. }));
}

#[tokio::test]
async fn closes_what_is_idle_and_refuses_too_many() {
    let (sender, receiver) = mpsc::channel(2);
    let gateway = gateway(receiver);
    let server = serve(sender).await;
    let (mut one, mut two) = (server.connect().await, server.connect().await);
    let mut three = server.connect().await;
    assert_eq!(read_to_end(&mut three).await, "");
    one.write_all(&interchange(1).as_bytes()[..120]).await.expect("sent");
    assert_eq!(read_to_end(&mut one).await, "[120]", "torn, for it does not go on");
    assert_eq!(read_to_end(&mut two).await, "");
    drop((one, two));
    let mut four = server.connect().await;
    four.write_all(interchange(1).as_bytes()).await.expect("sent");
    assert!(read_to_end(&mut four).await.starts_with('['));
    server.stop().await;
    assert_eq!(gateway.await.expect("no panic").len(), 2);
}

#[tokio::test]
async fn answers_what_it_has_in_hand_before_it_stops() {
    let (sender, mut arrivals) = mpsc::channel(2);
    let server = serve(sender).await;
    let mut stream = server.connect().await;
    stream.write_all(interchange(1).as_bytes()).await.expect("sent");
    let mut arrival = arrivals.recv().await.expect("an arrival");
    server.token.cancel();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(arrival.answer(vec![Bytes::from("late")]));
    assert_eq!(read_to_end(&mut stream).await, "late");
    server.stop().await;
}

#[tokio::test]
async fn closes_when_the_gateway_cannot_answer() {
    let (sender, mut arrivals) = mpsc::channel(2);
    let server = serve(sender).await;
    let mut stream = server.connect().await;
    stream.write_all(interchange(1).as_bytes()).await.expect("sent");
    drop(arrivals.recv().await.expect("an arrival"));
    assert_eq!(read_to_end(&mut stream).await, "");
    server.stop().await;
}

#[tokio::test]
async fn says_which_port_is_taken() {
    let (sender, _arrivals) = mpsc::channel(2);
    let server = serve(sender).await;
    let error = Listening::bind(channel(), server.address, limits_for_tests()).await;
    let text = error.expect_err("taken").to_string();
    assert!(
        text.contains(&server.address.to_string()) && text.contains("choose another"),
        "{text}"
    );
    server.stop().await;
}

#[tokio::test]
async fn sends_receives_and_connects_again() {
    let any_port = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = any_port.local_addr().expect("an address");
    let (sender, receiver) = mpsc::channel(2);
    let gateway = gateway(receiver);
    let (queue, outgoing) = mpsc::channel(2);
    let token = CancellationToken::new();
    let dialling = Dialling {
        channel: channel(),
        address: address.to_string(),
        limits: limits_for_tests(),
        outgoing,
    };
    let running = tokio::spawn(dial(dialling, sender, token.clone()));
    for round in 0..2 {
        let accepted = timeout(PATIENCE, any_port.accept()).await.expect("in time");
        let (mut payer, _) = accepted.expect("a connection");
        let claim = format!("claims {round}");
        send(&queue, Bytes::from(claim.clone())).await.expect("sent");
        let mut received = vec![0; claim.len()];
        payer.read_exact(&mut received).await.expect("claims");
        assert_eq!(received, claim.as_bytes());
        payer.write_all(interchange(1).as_bytes()).await.expect("answered");
        payer.shutdown().await.expect("half closed");
        assert_eq!(read_to_end(&mut payer).await, format!("[{}]", interchange(1).len()));
    }
    drop(any_port);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let refused = timeout(PATIENCE, send(&queue, Bytes::from("nobody listens"))).await;
    assert!(matches!(refused.expect("in time"), Err(Error::NotConnected { .. })));
    token.cancel();
    timeout(PATIENCE, running).await.expect("in time").expect("no panic");
    assert!(matches!(send(&queue, Bytes::new()).await, Err(Error::Stopping)));
    assert_eq!(gateway.await.expect("no panic").len(), 2);
}

#[test]
fn waits_longer_after_each_failure_up_to_a_bound() {
    assert_eq!(delay(0, 0), Duration::from_millis(500));
    assert_eq!(delay(1, 0), Duration::from_secs(1));
    assert_eq!(delay(u32::MAX, 0), Duration::from_secs(60));
    for chance in [1, u64::MAX] {
        assert!((45_000..=60_000).contains(&delay(20, chance).as_millis()));
    }
}
