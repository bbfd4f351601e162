//! The dozen words that guide tables are written in.
//!
//! A table is plain `static` data: loops hold rows, rows hold elements. A position that a table
//! leaves out is "not used". `R` and `S` are the guide's own letters for required and situational.
//!
//! A caller reads tables, to say what a guide demands at a place or to name what stands there.
//!
//! ```
//! use x12::guide::find;
//! use x12::guide::row::{Content, Row};
//!
//! let guide = find("005010X222A1", "837").expect("the professional claim");
//! for row in guide.table.rows {
//!     match row {
//!         Row::Segment(slot) => println!("{:?} {}", slot.tag, slot.name),
//!         Row::Inner(table) => println!("loop {} {}", table.id, table.name),
//!     }
//! }
//! ```

/// Whether the guide demands a thing or only allows it.
///
/// ```
/// use x12::guide::row::Usage;
/// # use x12::guide::row::{Loop, Row, Slot};
/// # fn slot_in(table: &Loop, loop_id: &str, tag: &str) -> Option<Slot> {
/// #     table.rows.iter().find_map(|row| match row {
/// #         Row::Segment(slot) if table.id == loop_id && slot.tag.text() == tag => Some(*slot),
/// #         Row::Segment(_) => None,
/// #         Row::Inner(inner) => slot_in(inner, loop_id, tag),
/// #     })
/// # }
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let claim = slot_in(&guide.table, "2300", "CLM").expect("CLM");
/// let usage_of = |position| {
///     claim.elements.iter().find(|known| known.position == position).map(|known| known.usage)
/// };
/// assert_eq!(usage_of(1), Some(Usage::Required));
/// assert_eq!(usage_of(20), Some(Usage::Situational));
/// assert_eq!(usage_of(3), None, "not used");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// R: it must be there.
    Required,
    /// S: its condition is a rule's business, not the table's.
    Situational,
}

/// Required.
pub(crate) const R: Usage = Usage::Required;
/// Situational: its condition is a rule's business, not the table's.
pub(crate) const S: Usage = Usage::Situational;

/// No bound on the number of repeats (the guides write `>1`).
///
/// ```
/// use x12::guide::row::UNBOUNDED;
///
/// let times = |count: u32| match count {
///     UNBOUNDED => "any number of times".to_owned(),
///     count => format!("{count} times"),
/// };
/// assert_eq!(times(50), "50 times");
/// assert_eq!(times(u32::MAX), "any number of times");
/// ```
pub const UNBOUNDED: u32 = u32::MAX;

/// A segment's tag, two or three characters packed into one number so that comparing is cheap.
/// Tags of two characters come before tags of three.
///
/// ```
/// use x12::guide::row::Tag;
///
/// let clm = Tag::new(b"CLM");
/// assert_eq!(clm.text(), "CLM");
/// assert_eq!(format!("{clm:?}"), "CLM");
/// assert!(clm.is(Tag::new(b"CLM")) && Tag::new(b"HL") < clm);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(u32);

impl Tag {
    /// Packs a tag; anything longer than three bytes gives a tag that equals no table's.
    pub const fn new(text: &[u8]) -> Tag {
        match text {
            [a] => Tag(*a as u32),
            [a, b] => Tag((*a as u32) << 8 | *b as u32),
            [a, b, c] => Tag((*a as u32) << 16 | (*b as u32) << 8 | *c as u32),
            _ => Tag(0),
        }
    }

    /// The packed number.
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// Whether two tags are the same; what `==` says, where tables are made.
    pub const fn is(self, other: Tag) -> bool {
        self.0 == other.0
    }

    /// The tag as text.
    pub fn text(self) -> String {
        let bytes = self.0.to_be_bytes();
        bytes.iter().filter(|&&byte| byte != 0).map(|&byte| char::from(byte)).collect()
    }
}

impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

/// The form of a data element's value in the base standard.
///
/// ```
/// use x12::guide::row::{Content, Kind};
/// # use x12::guide::row::{Loop, Row, Slot};
/// # fn slot_in(table: &Loop, loop_id: &str, tag: &str) -> Option<Slot> {
/// #     table.rows.iter().find_map(|row| match row {
/// #         Row::Segment(slot) if table.id == loop_id && slot.tag.text() == tag => Some(*slot),
/// #         Row::Segment(_) => None,
/// #         Row::Inner(inner) => slot_in(inner, loop_id, tag),
/// #     })
/// # }
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let claim = slot_in(&guide.table, "2300", "CLM").expect("CLM");
/// let charge = claim.elements.iter().find(|known| known.position == 2).expect("CLM02");
/// assert!(matches!(charge.content, Content::Simple(data) if data.kind == Kind::R));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    AN,
    /// A code from a list.
    ID,
    /// A date: `CCYYMMDD` or `YYMMDD`.
    DT,
    /// A time: `HHMM`, `HHMMSS` or with hundredths.
    TM,
    /// A whole number.
    N0,
    /// A number with an optional decimal point.
    R,
}

/// A data element of the base standard: its number, form and length.
///
/// ```
/// use x12::guide::row::{Content, Data};
/// # use x12::guide::row::{Loop, Row, Slot};
/// # fn slot_in(table: &Loop, loop_id: &str, tag: &str) -> Option<Slot> {
/// #     table.rows.iter().find_map(|row| match row {
/// #         Row::Segment(slot) if table.id == loop_id && slot.tag.text() == tag => Some(*slot),
/// #         Row::Segment(_) => None,
/// #         Row::Inner(inner) => slot_in(inner, loop_id, tag),
/// #     })
/// # }
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let claim = slot_in(&guide.table, "2300", "CLM").expect("CLM");
/// let Content::Simple(Data { number, len_min, len_max, .. }) = claim.elements[0].content else {
///     panic!("CLM01 is one value");
/// };
/// // Claim number; the guide is stricter than the standard.
/// assert_eq!((number, len_min, len_max), (1028, 1, 38));
/// assert_eq!(claim.elements[0].guide_len_max, 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// Its number in the dictionary of X12: 782 for an amount.
    pub number: u16,
    /// The form of its value.
    pub kind: Kind,
    /// The fewest characters; of numbers, digits.
    pub len_min: u16,
    /// The most characters; of numbers, digits.
    pub len_max: u16,
}

/// Names a data element of the base standard.
pub(crate) const fn data(number: u16, kind: Kind, len_min: u16, len_max: u16) -> Data {
    Data { number, kind, len_min, len_max }
}

/// Which values the guide lets stand in an element.
///
/// ```
/// use x12::guide::row::{Codes, Content};
/// # use x12::guide::row::{Loop, Row, Slot};
/// # fn slot_in(table: &Loop, loop_id: &str, tag: &str) -> Option<Slot> {
/// #     table.rows.iter().find_map(|row| match row {
/// #         Row::Segment(slot) if table.id == loop_id && slot.tag.text() == tag => Some(*slot),
/// #         Row::Segment(_) => None,
/// #         Row::Inner(inner) => slot_in(inner, loop_id, tag),
/// #     })
/// # }
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let claim = slot_in(&guide.table, "2300", "CLM").expect("CLM");
/// let place = claim.elements.iter().find(|known| known.position == 5).expect("CLM05");
/// let Content::Composite(parts) = place.content else { panic!("CLM05 has parts") };
/// assert!(matches!(parts[0].codes, Codes::Set("place-of-service")));
/// assert!(matches!(parts[1].codes, Codes::Listed(&["B"])));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Codes {
    /// Whatever the element's form allows.
    Any,
    /// One of these.
    Listed(&'static [&'static str]),
    /// One of a published code set that changes with the calendar; looked up outside the guide.
    Set(&'static str),
}

/// What stands at a position: one value, or a composite of parts.
///
/// ```
/// use x12::guide::row::Content;
/// # use x12::guide::row::{Loop, Row, Slot};
/// # fn slot_in(table: &Loop, loop_id: &str, tag: &str) -> Option<Slot> {
/// #     table.rows.iter().find_map(|row| match row {
/// #         Row::Segment(slot) if table.id == loop_id && slot.tag.text() == tag => Some(*slot),
/// #         Row::Segment(_) => None,
/// #         Row::Inner(inner) => slot_in(inner, loop_id, tag),
/// #     })
/// # }
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let claim = slot_in(&guide.table, "2300", "CLM").expect("CLM");
/// let composites = claim.elements.iter().filter_map(|element| match element.content {
///     Content::Simple(_) => None,
///     Content::Composite(parts) => Some((element.position, parts.len())),
/// });
/// // Where the service was given; what caused it.
/// assert_eq!(composites.collect::<Vec<_>>(), [(5, 3), (11, 4)]);
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// One value.
    Simple(Data),
    /// Parts, in their order.
    Composite(&'static [Element]),
}

/// One position of a segment, or one part of a composite.
///
/// ```
/// use x12::guide::row::Element;
/// # use x12::guide::row::{Loop, Row, Slot};
/// # fn slot_in(table: &Loop, loop_id: &str, tag: &str) -> Option<Slot> {
/// #     table.rows.iter().find_map(|row| match row {
/// #         Row::Segment(slot) if table.id == loop_id && slot.tag.text() == tag => Some(*slot),
/// #         Row::Segment(_) => None,
/// #         Row::Inner(inner) => slot_in(inner, loop_id, tag),
/// #     })
/// # }
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let claim = slot_in(&guide.table, "2300", "CLM").expect("CLM");
/// let Element { position, name, repeat_max, .. } = claim.elements[1];
/// assert_eq!((position, name, repeat_max), (2, "total charge", 1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// From 1, as the guide counts.
    pub position: u8,
    /// Whether it must be there.
    pub usage: Usage,
    /// A value, or parts.
    pub content: Content,
    /// What it is, in our words.
    pub name: &'static str,
    /// Which values may stand there.
    pub codes: Codes,
    /// How many repetitions the guide allows here; 1 for most.
    pub repeat_max: u16,
    /// The guide's own length limit, where it is tighter than the base standard's; 0 for none.
    pub guide_len_max: u16,
}

/// An element that holds one value.
pub(crate) const fn el(position: u8, usage: Usage, data: Data, name: &'static str) -> Element {
    Element {
        position,
        usage,
        content: Content::Simple(data),
        name,
        codes: Codes::Any,
        repeat_max: 1,
        guide_len_max: 0,
    }
}

/// An element that holds a composite.
pub(crate) const fn group(
    position: u8,
    usage: Usage,
    name: &'static str,
    parts: &'static [Element],
) -> Element {
    Element {
        position,
        usage,
        content: Content::Composite(parts),
        name,
        codes: Codes::Any,
        repeat_max: 1,
        guide_len_max: 0,
    }
}

impl Element {
    /// Only these values.
    pub(crate) const fn codes(mut self, codes: &'static [&'static str]) -> Element {
        self.codes = Codes::Listed(codes);
        self
    }

    /// Only values of the named code set.
    #[allow(clippy::wrong_self_convention, reason = "tables read: an element, from a set")]
    pub(crate) const fn from_set(mut self, name: &'static str) -> Element {
        self.codes = Codes::Set(name);
        self
    }

    /// Up to this many repetitions.
    pub(crate) const fn repeats(mut self, repeat_max: u16) -> Element {
        self.repeat_max = repeat_max;
        self
    }

    /// The guide allows fewer characters than the base standard.
    pub(crate) const fn at_most(mut self, guide_len_max: u16) -> Element {
        self.guide_len_max = guide_len_max;
        self
    }
}

/// A qualifier that tells rows of the same tag apart: where it stands and what it may be.
///
/// ```
/// use x12::guide::row::Key;
/// # use x12::guide::row::{Loop, Row, Slot};
/// # fn slot_in(table: &Loop, loop_id: &str, tag: &str) -> Option<Slot> {
/// #     table.rows.iter().find_map(|row| match row {
/// #         Row::Segment(slot) if table.id == loop_id && slot.tag.text() == tag => Some(*slot),
/// #         Row::Segment(_) => None,
/// #         Row::Inner(inner) => slot_in(inner, loop_id, tag),
/// #     })
/// # }
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// // NM1 of the billing provider is the NM1 whose NM101 is 85.
/// let provider = slot_in(&guide.table, "2010AA", "NM1").expect("NM1");
/// let Key { position, component, codes } = provider.keys[0];
/// assert_eq!((position, component, codes), (1, 0, ["85"].as_slice()));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// From 1, as the guide counts.
    pub position: u8,
    /// The part of the composite, from 1; 0 when the element is not a composite.
    pub component: u8,
    /// What may stand there.
    pub codes: &'static [&'static str],
}

/// A key that every segment has: the row needs none.
pub(crate) const NO_KEY: Key = Key { position: 0, component: 0, codes: &[] };

/// A segment in its place in a loop.
///
/// ```
/// use x12::guide::row::{Slot, Usage};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// // Each segment of a walked set has its slot: what it is called, and whether it had to come.
/// let Slot { tag, name, usage, use_max, .. } = walked.placed[1].slot;
/// assert_eq!((tag.text().as_str(), *name), ("BHT", "purpose and date of the file"));
/// assert_eq!((*usage, *use_max), (Usage::Required, 1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The segment.
    pub tag: Tag,
    /// All of these must fit for a segment to belong here; unused ones are `NO_KEY`.
    pub keys: [Key; 2],
    /// Whether it must be there.
    pub usage: Usage,
    /// How often it may stand there, one behind the other; [`UNBOUNDED`] for no bound.
    pub use_max: u32,
    /// What it is, in our words.
    pub name: &'static str,
    /// Its elements, those that are not used left out.
    pub elements: &'static [Element],
}

/// One line of a loop's table: a segment, or a loop inside it.
///
/// ```
/// use x12::guide::find;
/// use x12::guide::row::{Content, Row};
///
/// let guide = find("005010X222A1", "837").expect("the professional claim");
/// for row in guide.table.rows {
///     match row {
///         Row::Segment(slot) => println!("{:?} {}", slot.tag, slot.name),
///         Row::Inner(table) => println!("loop {} {}", table.id, table.name),
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Row {
    /// A segment.
    Segment(Slot),
    /// A loop inside this one.
    Inner(&'static Loop),
}

/// A segment that its tag alone tells apart.
pub(crate) const fn seg(
    tag: &'static str,
    usage: Usage,
    use_max: u32,
    name: &'static str,
    elements: &'static [Element],
) -> Row {
    Row::Segment(Slot {
        tag: Tag::new(tag.as_bytes()),
        keys: [NO_KEY, NO_KEY],
        usage,
        use_max,
        name,
        elements,
    })
}

/// A segment that the qualifier at `position` tells apart from others with its tag.
pub(crate) const fn keyed(
    tag: &'static str,
    position: u8,
    codes: &'static [&'static str],
    usage: Usage,
    use_max: u32,
    name: &'static str,
    elements: &'static [Element],
) -> Row {
    Row::Segment(Slot {
        tag: Tag::new(tag.as_bytes()),
        keys: [Key { position, component: 0, codes }, NO_KEY],
        usage,
        use_max,
        name,
        elements,
    })
}

impl Row {
    /// A second qualifier that must fit too.
    pub(crate) const fn and(mut self, position: u8, codes: &'static [&'static str]) -> Row {
        if let Row::Segment(slot) = &mut self {
            slot.keys[1] = Key { position, component: 0, codes };
        }
        self
    }

    /// The first qualifier stands in this part of its composite, not in a plain element.
    pub(crate) const fn in_component(mut self, component: u8) -> Row {
        if let Row::Segment(slot) = &mut self {
            slot.keys[0].component = component;
        }
        self
    }
}

/// A loop inside this one.
pub(crate) const fn inner(table: &'static Loop) -> Row {
    Row::Inner(table)
}

/// A loop: rows in the guide's order. Its first row is the segment that opens it.
///
/// Neighbouring rows with the same tag, and neighbouring loops that open with the same tag, are
/// one position of the base standard: they may come in any order.
///
/// ```
/// use x12::guide::row::Loop;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// let clm = walked.placed.iter().find(|placed| placed.slot.tag.text() == "CLM").expect("a claim");
/// let table: &Loop = clm.table;
/// assert_eq!((table.id, table.name), ("2300", "claim"));
/// assert_eq!(table.head().tag.text(), "CLM");
/// ```
#[derive(Debug)]
pub struct Loop {
    /// As the guide calls it: `2010AA`.
    pub id: &'static str,
    /// Whether it must be there.
    pub usage: Usage,
    /// How often it may stand there, one run behind the other; [`UNBOUNDED`] for no bound.
    pub repeat_max: u32,
    /// What it is, in our words.
    pub name: &'static str,
    /// Segments and loops, in the guide's order.
    pub rows: &'static [Row],
}

impl Loop {
    /// The segment that opens the loop.
    pub const fn head(&self) -> &Slot {
        match &self.rows[0] {
            Row::Segment(slot) => slot,
            Row::Inner(table) => table.head(),
        }
    }
}

/// An implementation guide: which transaction set, under which names, and its table.
///
/// ```
/// use x12::guide::row::Guide;
///
/// let guide: &Guide = x12::guide::find("005010X221A1", "835").expect("the remittance");
/// assert_eq!((guide.set, guide.group, guide.name), ("835", "HP", "remittance advice"));
/// assert_eq!(guide.table.head().tag.text(), "ST");
/// ```
#[derive(Debug)]
pub struct Guide {
    /// The version that we write: `005010X222A1`.
    pub id: &'static str,
    /// Spellings of the same guide that partners send.
    pub also: &'static [&'static str],
    /// The transaction set, ST01.
    pub set: &'static str,
    /// The functional group, GS01.
    pub group: &'static str,
    /// What it is, in our words.
    pub name: &'static str,
    /// Everything from ST to SE.
    pub table: Loop,
}
