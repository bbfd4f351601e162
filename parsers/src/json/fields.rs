//! One segment as JSON: which elements are keys, which say themselves, which are lists.
//!
//! An element with one possible value is implied: it is always there, or it is there when its
//! partner is. A format and the date behind it are one date. Elements that the table counts ("first
//! modifier", "second modifier") are a list. A composite is an object, and what has but one value
//! left is that value.

use crate::guide::row::{Codes, Content, Data, Element, Loop, Slot, Tag, Usage};
use crate::guide::segments::{Relation, base};

use super::names::{plural, snake, turn};
use super::problem::X12Place;

/// A segment and the keys that tell it.
#[derive(Debug)]
pub(super) struct SegmentShape {
    /// The loop that it stands in.
    pub table: &'static Loop,
    /// Whether its elements are keys of the loop's object.
    pub is_hoisted: bool,
    pub slot: &'static Slot,
    pub fields: Vec<Field>,
    pub fixed: Vec<Fixed>,
}

/// A key and what stands there.
#[derive(Debug)]
pub(super) struct Field {
    pub key: String,
    /// The element or the part, from 1; of a list, the first.
    pub position: u8,
    pub is_required: bool,
    pub told: Told,
}

/// What a key tells.
#[derive(Debug)]
pub(super) enum Told {
    /// One value.
    Value(Value),
    /// A date, and before it the format that it is written in.
    Date { format: Value, value: Value },
    /// A composite.
    Composite { fields: Vec<Field>, fixed: Vec<Fixed> },
    /// What the table counts: the fields of each turn.
    List(Vec<Vec<Field>>),
    /// An element that may repeat.
    Repeats { of: Box<Field>, repeat_max: u16 },
}

/// One element or part with a value of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub position: u8,
    pub element: &'static Element,
    pub data: Data,
    /// What may stand there, the row's own qualifier being narrower than the element's codes.
    pub codes: Codes,
}

/// A value that need not be told.
#[derive(Debug)]
pub(super) struct Fixed {
    pub position: u8,
    pub text: FixedText,
    /// Only when one of these is there; always when there are none.
    pub beside: Vec<u8>,
}

#[derive(Debug)]
pub(super) enum FixedText {
    Code(&'static str),
    Parts(Vec<Fixed>),
}

/// How a segment or a composite stands in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing is left to tell but that it is there: `true`.
    Mark,
    /// One value.
    Plain,
    Object,
}

pub(super) fn form_of(fields: &[Field]) -> Form {
    match fields.len() {
        0 => Form::Mark,
        1 => Form::Plain,
        _ => Form::Object,
    }
}

/// How an element is named in the object that it stands in.
type Naming<'a> = &'a dyn Fn(&Element) -> String;

/// Where in a segment's JSON an element stands.
#[derive(Debug, Default)]
pub(super) struct Spot {
    /// What follows the path of the segment's object.
    pub path: String,
    /// The element, if it has a key.
    pub value: Option<Value>,
}

impl SegmentShape {
    /// Where an element or a part stands, in the object of the segment or of its loop.
    pub fn spot_of(&self, element: u8, component: u8, repeat: u16) -> Spot {
        let form = if self.is_hoisted { Form::Object } else { self.form() };
        spot_in(&self.fields, form, [element, component], repeat).unwrap_or_default()
    }

    pub fn new(
        table: &'static Loop,
        slot: &'static Slot,
        is_hoisted: bool,
        name_of: Naming<'_>,
    ) -> SegmentShape {
        let paired = |position: u8| paired_with(slot.tag, position);
        let around = Around { slot, element: 0, paired: &paired };
        let (fields, fixed) = around.fields_of(slot.elements, name_of);
        SegmentShape { table, is_hoisted, slot, fields, fixed }
    }

    pub const fn place(&self) -> X12Place {
        X12Place { loop_id: self.table.id, tag: self.slot.tag, element: 0, component: 0 }
    }

    pub fn form(&self) -> Form {
        form_of(&self.fields)
    }
}

fn spot_in(fields: &[Field], form: Form, [first, second]: [u8; 2], repeat: u16) -> Option<Spot> {
    fields.iter().find_map(|field| {
        let spot = spot_of_field(field, [first, second], repeat)?;
        let key = if form == Form::Object { format!(".{}", field.key) } else { String::new() };
        Some(Spot { path: key + &spot.path, ..spot })
    })
}

fn spot_of_field(field: &Field, [first, second]: [u8; 2], repeat: u16) -> Option<Spot> {
    match &field.told {
        Told::Value(value) | Told::Date { value, .. } if value.position == first => {
            Some(Spot { path: String::new(), value: Some(*value) })
        }
        Told::Date { format, .. } if format.position == first => {
            Some(Spot { path: String::new(), value: Some(*format) })
        }
        Told::Value(_) | Told::Date { .. } => None,
        Told::Composite { fields, .. } if field.position == first => {
            let form = form_of(fields);
            Some(spot_in(fields, form, [second, 0], 0).unwrap_or_default())
        }
        Told::Composite { .. } => None,
        Told::List(turns) => turns.iter().enumerate().find_map(|(index, turn)| {
            let spot = spot_in(turn, form_of(turn), [first, second], repeat)?;
            Some(Spot { path: format!("[{index}]{}", spot.path), ..spot })
        }),
        Told::Repeats { of, .. } => {
            let spot = spot_of_field(of, [first, second], 0)?;
            let index = repeat.saturating_sub(1);
            Some(Spot { path: format!("[{index}]{}", spot.path), ..spot })
        }
    }
}

/// Elements that are there when this one is.
fn paired_with(tag: Tag, position: u8) -> Vec<u8> {
    let notes = base(tag).map_or(&[][..], |base| base.notes);
    let pairs = notes
        .iter()
        .filter(|note| note.relation == Relation::Paired && note.positions.contains(&position));
    pairs.flat_map(|note| note.positions).copied().filter(|&other| other != position).collect()
}

/// Where elements stand: in the segment itself, or in a composite of it.
struct Around<'a> {
    slot: &'static Slot,
    /// The composite; 0 for the segment itself.
    element: u8,
    paired: &'a dyn Fn(u8) -> Vec<u8>,
}

const DATE_FORM: u16 = 1250;
const DATE_VALUE: u16 = 1251;

impl Around<'_> {
    fn fields_of(
        &self,
        elements: &'static [Element],
        name_of: Naming<'_>,
    ) -> (Vec<Field>, Vec<Fixed>) {
        let mut fields = Vec::new();
        let mut fixed = Vec::new();
        let mut names = Vec::new();
        let mut at = 0;
        while let Some(element) = elements.get(at) {
            at += 1;
            if let Some(value) = elements.get(at)
                && is_of(element, DATE_FORM)
                && is_of(value, DATE_VALUE)
            {
                at += 1;
                fields.push(self.date(element, value));
                names.push(name_of(value));
                continue;
            }
            match self.fixed_in(element, elements) {
                Some(said) => fixed.push(said),
                None => {
                    fields.push(self.field(element));
                    names.push(name_of(element));
                }
            }
        }
        let originals: Vec<String> = fields.iter().map(|field| field.key.clone()).collect();
        for (index, name) in names.iter().enumerate() {
            // A name that was shortened to another's keeps all its words.
            let is_own = names.iter().filter(|other| *other == name).count() == 1;
            fields[index].key = if is_own { name.clone() } else { originals[index].clone() };
        }
        let mut fields = fold(fields);
        for field in &mut fields {
            field.key = snake(&field.key);
        }
        (fields, fixed)
    }

    /// The value of an element, if the row lets one alone stand there.
    fn only_code(&self, element: &Element) -> Option<&'static str> {
        match self.codes_of(element) {
            Codes::Listed(&[code]) => Some(code),
            Codes::Any | Codes::Listed(_) | Codes::Set(_) => None,
        }
    }

    fn codes_of(&self, element: &Element) -> Codes {
        let (position, component) = match self.element {
            0 => (element.position, 0),
            composite => (composite, element.position),
        };
        let is_here =
            |key: &&crate::guide::row::Key| key.position == position && key.component == component;
        let key = self.slot.keys.iter().find(is_here);
        key.map_or(element.codes, |key| Codes::Listed(key.codes))
    }

    fn fixed_in(&self, element: &'static Element, all: &'static [Element]) -> Option<Fixed> {
        let position = element.position;
        let is_required = element.usage == Usage::Required;
        if let Content::Composite(parts) = element.content {
            let (fields, fixed) = self.parts_of(position, parts);
            let is_fixed = fields.is_empty() && is_required;
            let text = FixedText::Parts(fixed);
            return is_fixed.then_some(Fixed { position, text, beside: Vec::new() });
        }
        let text = FixedText::Code(self.only_code(element)?);
        if is_required {
            return Some(Fixed { position, text, beside: Vec::new() });
        }
        let paired = (self.paired)(position);
        let tells =
            |other: &&Element| paired.contains(&other.position) && self.only_code(other).is_none();
        let beside: Vec<u8> = all.iter().filter(tells).map(|other| other.position).collect();
        (!beside.is_empty()).then_some(Fixed { position, text, beside })
    }

    fn parts_of(&self, position: u8, parts: &'static [Element]) -> (Vec<Field>, Vec<Fixed>) {
        // The standard's notes on composites are not in our tables.
        let paired = |_| Vec::new();
        Around { slot: self.slot, element: position, paired: &paired }
            .fields_of(parts, &|part| part.name.to_owned())
    }

    fn field(&self, element: &'static Element) -> Field {
        let told = match element.content {
            Content::Simple(_) => Told::Value(self.value(element)),
            Content::Composite(parts) => {
                let (fields, fixed) = self.parts_of(element.position, parts);
                Told::Composite { fields, fixed }
            }
        };
        let field = Field {
            key: element.name.to_owned(),
            position: element.position,
            is_required: element.usage == Usage::Required,
            told,
        };
        if element.repeat_max == 1 {
            return field;
        }
        let key = plural(&field.key);
        let (position, is_required) = (field.position, field.is_required);
        let told = Told::Repeats { of: Box::new(field), repeat_max: element.repeat_max };
        Field { key, position, is_required, told }
    }

    fn date(&self, format: &'static Element, value: &'static Element) -> Field {
        let told = Told::Date { format: self.value(format), value: self.value(value) };
        let is_required = value.usage == Usage::Required;
        Field { key: value.name.to_owned(), position: format.position, is_required, told }
    }

    fn value(&self, element: &'static Element) -> Value {
        let Content::Simple(data) = element.content else {
            unreachable!("a composite holds plain parts, and a date and its format are plain")
        };
        Value { position: element.position, element, data, codes: self.codes_of(element) }
    }
}

fn is_of(element: &Element, number: u16) -> bool {
    matches!(element.content, Content::Simple(data) if data.number == number)
}

/// Elements that the table counts, with the same noun.
struct Family {
    noun: String,
    /// The first turn, 1 or 2, and the fields of that turn and the next ones.
    first: usize,
    members: Vec<usize>,
}

/// Makes lists of what the table counts; keys are names still.
fn fold(fields: Vec<Field>) -> Vec<Field> {
    let families = families_of(&fields);
    let mut slots: Vec<Option<Field>> = fields.into_iter().map(Some).collect();
    let mut lists: Vec<(usize, Field)> = Vec::new();
    let mut taken = vec![false; families.len()];
    for (index, family) in families.iter().enumerate() {
        if taken[index] {
            continue;
        }
        // What is counted in step with it makes objects of the turns.
        let mut columns = vec![family];
        for (other, is_taken) in families.iter().zip(&mut taken).skip(index + 1) {
            if is_in_step(family, other) {
                columns.push(other);
                *is_taken = true;
            }
        }
        let mut turns = Vec::with_capacity(family.members.len());
        for turn in 0..family.members.len() {
            let of_turn = columns.iter().filter_map(|column| {
                let field = slots.get_mut(*column.members.get(turn)?)?.take()?;
                Some(Field { key: snake(&column.noun), ..field })
            });
            turns.push(of_turn.collect::<Vec<Field>>());
        }
        let name = plural(&family.noun);
        let name = if family.first == 1 { name } else { format!("other {name}") };
        let first = turns.first().and_then(|turn| turn.first());
        let (position, is_required) =
            first.map_or((0, false), |field| (field.position, field.is_required));
        let at = family.members.first().copied().unwrap_or_default();
        let told = Told::List(turns);
        lists.push((at, Field { key: name, position, is_required, told }));
    }
    for (at, list) in lists {
        slots[at] = Some(list);
    }
    slots.into_iter().flatten().collect()
}

fn families_of(fields: &[Field]) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let Some((number, noun)) = turn(&field.key) else { continue };
        let known = families.iter_mut().find(|family| family.noun == noun);
        match known {
            Some(family) if number == family.first + family.members.len() => {
                family.members.push(index);
            }
            Some(_) => {}
            None if number == 1 || number == 2 => {
                families.push(Family {
                    noun: noun.to_owned(),
                    first: number,
                    members: vec![index],
                });
            }
            None => {}
        }
    }
    families.retain(|family| 1 < family.members.len());
    families
}

/// Whether each member of the second stands between two members of the first.
fn is_in_step(first: &Family, second: &Family) -> bool {
    let is_same = first.first == second.first && first.members.len() == second.members.len();
    let is_between = |turn: usize| {
        let next = first.members.get(turn + 1).copied().unwrap_or(usize::MAX);
        second.members.get(turn).is_some_and(|&at| first.members[turn] < at && at < next)
    };
    is_same && (0..first.members.len()).all(is_between)
}
