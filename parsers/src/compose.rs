//! New transactions, written segment by segment: envelopes that count themselves.
//!
//! What is written is not checked here: read it back and walk it, as with any file.
//!
//! ```
//! use x12::compose::{Composer, Envelope};
//! use x12::delimiters::Delimiters;
//!
//! # use x12::value::Day;
//! # let envelope = Envelope {
//! #     sender_qualifier: "ZZ".to_owned(),
//! #     sender: "CLAIMGATE".to_owned(),
//! #     receiver_qualifier: "ZZ".to_owned(),
//! #     receiver: "WILLOWCLINIC".into(),
//! #     application_sender: "CLAIMGATE".to_owned(),
//! #     application_receiver: "WILLOWCLINIC".into(),
//! #     day: Day::parse(b"20260302").expect("a day"),
//! #     time: "0800".to_owned(),
//! #     control_number: 7,
//! #     wants_ta1: false,
//! #     is_production: false,
//! # };
//! let mut composer = Composer::new(&envelope, Delimiters::OURS);
//! composer.segment("TA1").text("000000003").text("260301").text("0915").text("A").text("000").end();
//! let file = bytes::Bytes::from(composer.finish());
//! assert!(x12::interchange::read(&file).interchanges[0].faults.is_empty());
//! ```

use crate::delimiters::Delimiters;
use crate::fault::Place;
use crate::value::{Day, Money};

/// Who sends an interchange to whom, and under which numbers.
///
/// Names that are too long for the ISA are cut, short ones are padded.
///
/// ```
/// use x12::compose::{Composer, Envelope};
/// use x12::delimiters::Delimiters;
/// use x12::value::Day;
///
/// let envelope = Envelope {
///     sender_qualifier: "ZZ".to_owned(),
///     sender: "CLAIMGATE".to_owned(),
///     receiver_qualifier: "ZZ".to_owned(),
///     receiver: "WILLOWCLINIC".into(),
///     application_sender: "CLAIMGATE".to_owned(),
///     application_receiver: "WILLOWCLINIC".into(),
///     day: Day::parse(b"20260302").expect("a day"),
///     time: "0800".to_owned(),
///     control_number: 7,
///     wants_ta1: false,
///     is_production: false,
/// };
/// let written = Composer::new(&envelope, Delimiters::OURS).finish();
/// assert!(written.starts_with(b"ISA*00*          *00*          *ZZ*CLAIMGATE      *ZZ*WILLOW"));
/// assert!(written.ends_with(b"*260302*0800*^*00501*000000007*0*T*:~IEA*0*000000007~"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// ISA05 and ISA06.
    pub sender_qualifier: String,
    /// ISA06.
    pub sender: String,
    /// ISA07 and ISA08.
    pub receiver_qualifier: String,
    /// ISA08, as bytes: whom we answer may have an id that is not UTF-8, and knows no other.
    pub receiver: Vec<u8>,
    /// GS02.
    pub application_sender: String,
    /// GS03, as bytes for the same reason.
    pub application_receiver: Vec<u8>,
    /// ISA09 and GS04.
    pub day: Day,
    /// HHMM.
    pub time: String,
    /// ISA13; the first group takes the same number, and further ones count on from it.
    pub control_number: u32,
    /// ISA14: whether we ask for a TA1.
    pub wants_ta1: bool,
    /// ISA15: production, or else test.
    pub is_production: bool,
}

/// Writes one interchange.
///
/// It counts segments, sets and groups, and numbers them.
///
/// ```
/// use x12::compose::{Composer, Envelope};
/// use x12::delimiters::Delimiters;
///
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// composer.begin_group(&envelope, "FA", "005010X231A1");
/// composer.begin_set("999", Some("005010X231A1"));
/// assert_eq!(composer.set_number(), "0001");
/// composer.segment("AK1").text("HC").text("4").text("005010X222A1").end();
/// composer.raw(b"AK9*A*0*0*0");
/// composer.end_set();
/// composer.end_group();
/// assert_eq!(composer.altered(), None);
/// let written = composer.finish();
/// assert!(written.ends_with(b"AK9*A*0*0*0~SE*4*0001~GE*1*7~IEA*1*000000007~"));
/// ```
#[derive(Debug)]
pub struct Composer {
    out: Vec<u8>,
    delimiters: Delimiters,
    control_number: u32,
    groups: u32,
    sets: u32,
    set_segments: u32,
    group_number: String,
    set_number: String,
    altered: Option<Place>,
}

impl Composer {
    /// Begins an interchange with its ISA.
    pub fn new(envelope: &Envelope, delimiters: Delimiters) -> Composer {
        let mut composer = Composer {
            out: Vec::with_capacity(1024),
            delimiters,
            control_number: envelope.control_number,
            groups: 0,
            sets: 0,
            set_segments: 0,
            group_number: String::new(),
            set_number: String::new(),
            altered: None,
        };
        // The ISA is as wide in bytes as the standard says, whatever the bytes stand for.
        let fixed = |text: &[u8], width: usize| {
            let mut value = delimiters.said(text);
            value.resize(width, b' ');
            value
        };
        let day = envelope.day.to_wire();
        let isa = [
            b"00".to_vec(),
            fixed(b"", 10),
            b"00".to_vec(),
            fixed(b"", 10),
            fixed(envelope.sender_qualifier.as_bytes(), 2),
            fixed(envelope.sender.as_bytes(), 15),
            fixed(envelope.receiver_qualifier.as_bytes(), 2),
            fixed(&envelope.receiver, 15),
            day.bytes().skip(2).collect(),
            envelope.time.clone().into_bytes(),
            vec![delimiters.repetition.unwrap_or(b'U')],
            b"00501".to_vec(),
            format!("{:09}", envelope.control_number).into_bytes(),
            u8::from(envelope.wants_ta1).to_string().into_bytes(),
            if envelope.is_production { b"P" } else { b"T" }.to_vec(),
        ];
        composer.out.extend_from_slice(b"ISA");
        for value in isa {
            composer.out.push(delimiters.element);
            composer.out.extend(value);
        }
        composer.out.extend([delimiters.element, delimiters.component, delimiters.segment]);
        composer
    }

    /// Segments of a set that is written elsewhere: to be [appended](Composer::append).
    pub(crate) const fn apart(delimiters: Delimiters) -> Composer {
        Composer {
            out: Vec::new(),
            delimiters,
            control_number: 0,
            groups: 0,
            sets: 0,
            set_segments: 0,
            group_number: String::new(),
            set_number: String::new(),
            altered: None,
        }
    }

    /// The bytes that were written apart, and of how many segments.
    pub(crate) fn into_segments(self) -> (Vec<u8>, u32) {
        (self.out, self.set_segments)
    }

    /// Takes segments that were written apart, with the same delimiters.
    pub(crate) fn append(&mut self, segments: &[u8], count: u32) {
        self.set_segments += count;
        self.out.extend_from_slice(segments);
    }

    /// Begins the functional group: GS01 and GS08, the rest from the envelope.
    pub fn begin_group(&mut self, envelope: &Envelope, group: &str, version: &str) {
        self.group_number = group_number(envelope.control_number, self.groups);
        self.groups += 1;
        self.sets = 0;
        let number = self.group_number.clone();
        self.segment("GS")
            .text(group)
            .text(&envelope.application_sender)
            .bytes(&envelope.application_receiver)
            .text(&envelope.day.to_wire())
            .text(&envelope.time)
            .text(&number)
            .text("X")
            .text(version)
            .end();
    }

    /// Begins a transaction set; its number counts up in the group.
    pub fn begin_set(&mut self, set: &str, version: Option<&str>) {
        self.sets += 1;
        self.set_segments = 0;
        self.set_number = format!("{:04}", self.sets);
        let number = self.set_number.clone();
        self.segment("ST").text(set).text(&number).text(version.unwrap_or_default()).end();
    }

    /// The characters that this interchange is written with.
    pub(crate) const fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// What goes out of a value.
    pub(crate) fn said(&self, text: &[u8]) -> Vec<u8> {
        self.delimiters.said(text)
    }

    /// The number of the set that is being written, ST02.
    pub fn set_number(&self) -> &str {
        &self.set_number
    }

    /// Where a value first held a delimiter or a control character, and was written with blanks for
    /// them: in which segment of its set, ST = 1, and in which element. An answer goes out whatever
    /// the file held that it repeats; who composes data of their own looks here before they send it.
    pub const fn altered(&self) -> Option<Place> {
        self.altered
    }

    /// Begins a segment.
    pub fn segment(&mut self, tag: &str) -> SegmentComposer<'_> {
        self.set_segments += 1;
        self.out.extend_from_slice(tag.as_bytes());
        SegmentComposer { composer: self, element: 0 }
    }

    /// Takes a segment that is written already, in this interchange's delimiters.
    pub fn raw(&mut self, segment: &[u8]) {
        self.set_segments += 1;
        self.out.extend_from_slice(segment);
        self.out.push(self.delimiters.segment);
    }

    /// Closes the transaction set with its count.
    pub fn end_set(&mut self) {
        let (count, number) = (self.set_segments + 1, self.set_number.clone());
        self.segment("SE").text(&count.to_string()).text(&number).end();
    }

    /// Closes the functional group.
    pub fn end_group(&mut self) {
        let (count, number) = (self.sets, self.group_number.clone());
        self.segment("GE").text(&count.to_string()).text(&number).end();
    }

    /// Closes the interchange and gives its bytes.
    pub fn finish(mut self) -> Vec<u8> {
        let (groups, number) = (self.groups, format!("{:09}", self.control_number));
        self.segment("IEA").text(&groups.to_string()).text(&number).end();
        self.out
    }
}

/// GS06 of a group that has `before` groups before it: apart from theirs, and never 0.
fn group_number(control_number: u32, before: u32) -> String {
    const GROUP_NUMBER_MAX: u32 = 999_999_999;
    let number = (control_number.max(1) - 1).saturating_add(before);
    (number % GROUP_NUMBER_MAX + 1).to_string()
}

/// Writes the elements of one segment.
///
/// Elements come one after another; [`SegmentComposer::skip`] leaves some empty, and
/// [`SegmentComposer::end`] drops those that are empty at the end.
///
/// ```
/// use x12::compose::{Composer, Envelope, SegmentComposer};
/// use x12::delimiters::Delimiters;
/// use x12::value::Money;
///
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// composer.begin_set("837", None);
/// let claim: SegmentComposer = composer.segment("CLM");
/// claim
///     .text("A*1")
///     .money(Money::from_cents(12_050))
///     .skip(2)
///     .parts(&["11", "B", "1", ""])
///     .bytes(b"Y")
///     .skip(3)
///     .end();
/// // A delimiter cannot be said as data.
/// let altered = composer.altered().expect("a value that was altered");
/// assert_eq!((altered.segment, altered.element), (2, 1));
/// let written = composer.finish();
/// assert!(written.windows(30).any(|text| text == b"~CLM*A 1*120.5***11:B:1*Y~IEA*"));
/// ```
#[derive(Debug)]
pub struct SegmentComposer<'a> {
    composer: &'a mut Composer,
    /// The one that was written last.
    element: u8,
}

impl SegmentComposer<'_> {
    /// The next element. A delimiter inside the text cannot be said and becomes a blank, which
    /// [`Composer::altered`] tells.
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// The next element, as bytes.
    pub fn bytes(mut self, text: &[u8]) -> Self {
        self.begin_element();
        self.push(text);
        self
    }

    /// The next element, an amount.
    pub fn money(self, amount: Money) -> Self {
        self.text(&amount.to_wire())
    }

    /// The next element, a composite; trailing blank parts are left out.
    pub fn parts<T: AsRef<[u8]>>(mut self, parts: &[T]) -> Self {
        let is_said = |part: &T| !part.as_ref().is_empty();
        let used = parts.iter().rposition(is_said).map_or(0, |last| last + 1);
        self.begin_element();
        for (index, part) in parts.iter().take(used).enumerate() {
            if index > 0 {
                self.composer.out.push(self.composer.delimiters.component);
            }
            self.push(part.as_ref());
        }
        self
    }

    /// Leaves `count` elements empty.
    pub fn skip(mut self, count: usize) -> Self {
        for _ in 0..count {
            self = self.bytes(b"");
        }
        self
    }

    /// Ends the segment; trailing empty elements are left out.
    pub fn end(self) {
        let Composer { out, delimiters, .. } = self.composer;
        while out.last() == Some(&delimiters.element) {
            out.pop();
        }
        out.push(delimiters.segment);
    }

    fn begin_element(&mut self) {
        self.composer.out.push(self.composer.delimiters.element);
        self.element = self.element.saturating_add(1);
    }

    fn push(&mut self, text: &[u8]) {
        let mut said = self.composer.delimiters.said(text);
        if said != text && self.composer.altered.is_none() {
            self.composer.altered = Some(Place {
                offset: self.composer.out.len(),
                segment: self.composer.set_segments,
                element: self.element,
                ..Place::default()
            });
        }
        // Blanks alone are no value, and what was to be said is one.
        let is_blank = said.iter().all(|&byte| byte == b' ');
        if let Some(first) = said.first_mut().filter(|_| is_blank) {
            *first = b'?';
        }
        self.composer.out.extend(said);
    }
}
