//! Streams cut into pieces in every way, and the parser as the plain twin.

use proptest::prelude::*;

use super::*;

const BYTES_MAX: usize = 400;

/// A small interchange with delimiters of its own.
fn interchange(number: u32, separator: char, terminator: &str, line_end: &str) -> String {
    let isa = format!(
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       \
            *260101*1200*^*00501*{number:09}*0*T*:"
    );
    let segments = [isa, "GS*HC*IEA*IEA".into(), "REF*IEA".into(), format!("IEA*1*{number:09}")];
    let end = format!("{terminator}{line_end}");
    segments.join(&end).replace('*', &separator.to_string()) + terminator
}

fn plain(number: u32) -> String {
    interchange(number, '*', "~", "")
}

/// The frames of a stream that comes in these pieces.
fn frames<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Frame> {
    let (mut decoder, mut buffer) = (Interchanges::new(BYTES_MAX), BytesMut::new());
    let mut frames = Vec::new();
    for piece in pieces {
        buffer.extend_from_slice(piece);
        while let Some(frame) = decoder.next_frame(&mut buffer, false) {
            frames.push(frame);
        }
        assert!(buffer.len() <= BYTES_MAX + HEADER_LEN_MAX + piece.len(), "too much is kept");
    }
    while let Some(frame) = decoder.next_frame(&mut buffer, true) {
        frames.push(frame);
    }
    assert!(buffer.is_empty() && decoder.is_between(), "something is left over");
    frames
}

fn whole(text: &str) -> Frame {
    Frame::Interchange(Bytes::copy_from_slice(text.as_bytes()))
}

#[test]
fn finds_interchanges_in_a_stream() {
    let (one, two) = (plain(1), interchange(2, '|', "\n", "\r\n"));
    let stream = format!("\u{feff}\r\n{one}\r\n \0{two}\u{1a}");
    assert_eq!(frames([stream.as_bytes()]), [whole(&one), whole(&two)]);
}

#[test]
fn tells_of_junk_and_goes_on() {
    let one = plain(1);
    let stream = format!("hello ISABELLA {one}\r\nbye");
    assert_eq!(frames([stream.as_bytes()]), [Frame::Junk(15), whole(&one), Frame::Junk(5)]);
}

#[test]
fn tells_of_torn_interchanges() {
    let (one, two) = (plain(1), plain(2));
    let cut = one.split_at(one.len() - 20).0;
    let torn = |text: &str| Frame::Torn(Bytes::copy_from_slice(text.as_bytes()));
    assert_eq!(frames([cut.as_bytes()]), [torn(cut)]);
    // Cut after a segment, so that the next header stands where a segment may.
    let cut = one.split_at(one.len() - 16).0;
    assert_eq!(cut.as_bytes().last(), Some(&b'~'));
    assert_eq!(frames([format!("{cut}{two}").as_bytes()]), [torn(cut), whole(&two)]);
}

#[test]
fn takes_a_trailer_without_terminator_at_the_end() {
    let one = plain(1);
    let cut = one.trim_end_matches('~');
    assert_eq!(frames([cut.as_bytes()]), [whole(cut)]);
}

#[test]
fn leaves_nothing_of_what_is_cut_into_lines() {
    let in_lines = |text: &str, width: usize| {
        let lines: Vec<&[u8]> = text.as_bytes().chunks(width).collect();
        Bytes::from(lines.join(&b"\r\n"[..]))
    };
    let cut = in_lines(&plain(1), 80);
    assert_eq!(frames([&cut[..]]), [Frame::Interchange(cut)]);
    // An IEA that is cut is found by the parser alone, who sees all of the lines.
    let more = "x".repeat(2 * 130 - 1 - plain(1).rfind("IEA").expect("an IEA"));
    let cut = in_lines(&plain(1).replace("REF*", &format!("REF*{more}")), 130);
    assert!(cut.ends_with(b"I\r\nEA*1*000000001~"));
    let stream = [&cut[..], b"\r\n", plain(2).as_bytes()].concat();
    let torn = Bytes::from([&cut[..], b"\r\n"].concat());
    assert_eq!(frames([&stream[..]]), [Frame::Torn(torn.clone()), whole(&plain(2))]);
    let reading = x12::interchange::read(&torn);
    assert!(reading.interchanges[0].trailer().is_some() && reading.strays.is_empty());
}

#[test]
fn skips_the_rest_of_what_is_too_long() {
    let (one, two) = (plain(1), plain(2));
    let long = one.replace("REF*IEA~", &format!("REF*{}~REF*IEA~", "x".repeat(3 * BYTES_MAX)));
    let frames = frames([format!("{long}{two}").as_bytes()]);
    assert!(
        matches!(&frames[0], Frame::TooLong(start) if one.as_bytes().starts_with(&start[..120]))
    );
    assert_eq!(frames[1..], [whole(&two)]);
}

#[test]
fn gives_the_same_frames_wherever_the_stream_is_cut() {
    let (one, two, three) = (plain(1), interchange(2, '|', "!", "\n"), plain(3));
    let torn = one.split_at(one.len() - 16).0;
    let long = three.replace("REF*IEA~", &format!("REF*{}~", "IEA*".repeat(BYTES_MAX)));
    let stream = format!("junk{one}\r\n{torn}{two}IS{long}I\n{three}IEA*1~ISA*");
    let expected = frames([stream.as_bytes()]);
    assert_eq!(expected.len(), 9, "{expected:?}");
    for at in 0..stream.len() {
        let (left, right) = stream.as_bytes().split_at(at);
        assert_eq!(frames([left, right]), expected, "cut at {at}");
    }
    for size in [1, 2, 3, 7, 64, 200] {
        assert_eq!(frames(stream.as_bytes().chunks(size)), expected, "pieces of {size}");
    }
}

#[test]
fn looks_at_each_byte_once() {
    // A segment that never ends, in small pieces: were the scan to start over, this would take
    // minutes.
    let mut decoder = Interchanges::new(64 << 20);
    let mut buffer = BytesMut::from(&plain(1).as_bytes()[..106]);
    for _ in 0..200_000 {
        buffer.extend_from_slice(&[b'x'; 100]);
        assert!(decoder.next_frame(&mut buffer, false).is_none());
    }
}

/// Pieces of streams: whole, odd, torn and long interchanges, and junk.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        (1..9_u32).prop_map(|number| plain(number).into_bytes()),
        (1..9_u32).prop_map(|number| interchange(number, '|', "\r", "\n").into_bytes()),
        (1..9_u32, 0..140_usize)
            .prop_map(|(number, kept)| { plain(number).into_bytes()[..kept].to_vec() }),
        (0..600_usize).prop_map(|more| plain(1).replace("REF*IEA", &"y".repeat(more)).into_bytes()),
        Just(b"IEA*1*000000001~".to_vec()),
        prop::collection::vec(prop::sample::select(b"ISAE*~|\r\n x\0".to_vec()), 0..30),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Lines may be of one width by chance: then the parser takes the line end behind the last one for what
/// cuts them, and not for text of an interchange that is torn.
fn without_end(interchange: Bytes) -> Bytes {
    interchange.slice(..interchange.trim_ascii_end().len())
}

proptest! {
    #[test]
    fn any_pieces_give_the_same_frames(
        stream in stream(),
        sizes in prop::collection::vec(1..300_usize, 1..40),
    ) {
        let expected = frames([stream.as_slice()]);
        let mut rest = stream.as_slice();
        let mut pieces = Vec::new();
        for size in sizes {
            let (piece, after) = rest.split_at(size.min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        prop_assert_eq!(frames(pieces), expected);
    }

    #[test]
    fn finds_what_the_parser_finds(stream in stream()) {
        let mut decoder = Interchanges::new(1 << 20);
        let mut buffer = BytesMut::from(stream.as_slice());
        let (mut found, mut junk) = (Vec::new(), 0);
        while let Some(frame) = decoder.next_frame(&mut buffer, true) {
            match frame {
                Frame::Interchange(bytes) | Frame::Torn(bytes) => found.push(without_end(bytes)),
                Frame::Junk(count) => junk += count,
                Frame::TooLong(_) => prop_assert!(false, "nothing is so long"),
            }
        }
        let text = stream.escape_ascii().to_string();
        let line_ends = stream.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
        let reading = x12::interchange::read(&Bytes::from(stream));
        let expected = reading.interchanges.iter().map(|one| without_end(one.bytes()));
        let expected: Vec<Bytes> = expected.collect();
        prop_assert_eq!(found, expected, "{}", text);
        let strays = reading.strays.iter().map(|stray| stray.len()).sum::<usize>();
        // The parser leaves out the ends of lines of one width, which a socket does not look for.
        prop_assert!((strays..=strays + line_ends).contains(&junk), "{} {}: {}", junk, strays, text);
    }

    #[test]
    fn never_panics(stream in prop::collection::vec(any::<u8>(), 0..2_000), size in 1..100_usize) {
        frames(stream.chunks(size));
    }
}
