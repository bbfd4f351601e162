//! Names and kinds of a condition, checked against what a claim is known to have.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, SourceInfo, operators};
use x12::value::Day;

use super::super::path::Path;
use super::names::{CLAIM, LINE, ONE, Of, Shape};
use super::tree::{Each, Node, Order, Part, Sum, Unit};
use super::{Lists, Patterns, Wrong};
use crate::limits::{EXPRESSION_DEPTH_MAX, NAME_BYTES_MAX};

/// What conditions may call, with what it gives.
pub const FUNCTIONS: &[(&str, &str)] = &[
    ("has(x)", "whether the claim carries x: a text that is not empty, a number, a day, a party"),
    ("size(x)", "how many characters a text has, or members a list"),
    ("x.startsWith(text)", "also endsWith and contains"),
    ("x.matches('pattern')", "whether the regular expression is found in the text"),
    ("x in list", "whether a list has the member; `lists` of the profile are named alone"),
    ("list.exists(one, condition)", "also all and exists_one"),
    ("list.filter(one, condition)", "the members that the condition holds for"),
    ("list.map(one, value)", "a value of each member"),
    ("sum(list)", "the total of a list of numbers"),
    ("days_between(from, to)", "how many days later `to` is"),
    ("years_between(from, to)", "whole years: an age"),
    ("value('2300 REF*G1 REF02')", "the first value at any place of the guides, as text"),
    ("values('2400 SV1 SV102')", "all values at a place, as texts"),
];

/// What a part of a condition gives.
#[derive(Clone, PartialEq)]
enum Kind {
    Text,
    Number,
    Day,
    Truth,
    Null,
    Thing(&'static Shape),
    List(Box<Kind>),
    /// A list that is written without members.
    EmptyList,
}

impl Kind {
    fn of(of: Of) -> Kind {
        match of {
            Of::Text => Kind::Text,
            Of::Number => Kind::Number,
            Of::Day => Kind::Day,
            Of::Thing(shape) => Kind::Thing(shape),
            Of::Texts => Kind::List(Box::new(Kind::Text)),
            Of::Things(shape) => Kind::List(Box::new(Kind::Thing(shape))),
        }
    }

    fn in_words(&self) -> String {
        match self {
            Kind::Text => "a text".into(),
            Kind::Number => "a number".into(),
            Kind::Day => "a day".into(),
            Kind::Truth => "true or false".into(),
            Kind::Null => "null".into(),
            Kind::Thing(shape) => shape.what.into(),
            Kind::List(_) | Kind::EmptyList => "a list".into(),
        }
    }

    /// Whether what is absent is `null`.
    fn may_be_null(&self) -> bool {
        matches!(self, Kind::Number | Kind::Day | Kind::Thing(_) | Kind::Null)
    }
}

pub(super) struct Checker<'a> {
    source: &'a SourceInfo,
    lists: &'a Lists,
    patterns: &'a mut Patterns,
    locals: Vec<(String, Kind)>,
    depth: usize,
    pub(super) wrong: Vec<Wrong>,
    pub(super) speaks_of_line: bool,
}

type Found = Option<(Node, Kind)>;

impl<'a> Checker<'a> {
    pub(super) fn new(
        source: &'a SourceInfo,
        lists: &'a Lists,
        patterns: &'a mut Patterns,
    ) -> Checker<'a> {
        let (locals, wrong) = (Vec::new(), Vec::new());
        Checker { source, lists, patterns, locals, depth: 0, wrong, speaks_of_line: false }
    }

    /// What must be true or false.
    pub(super) fn truth(&mut self, expression: &IdedExpr) -> Option<Node> {
        self.wanted(expression, &Kind::Truth)
    }

    fn wanted(&mut self, expression: &IdedExpr, wanted: &Kind) -> Option<Node> {
        let (node, kind) = self.check(expression)?;
        if kind == *wanted {
            return Some(node);
        }
        if let (Kind::Day, Kind::Text, Node::Text(text)) = (wanted, &kind, &node) {
            return self.day(expression, text);
        }
        let what = format!("this is {}; {} is wanted here", kind.in_words(), wanted.in_words());
        self.say(expression, what)
    }

    fn say<T>(&mut self, expression: &IdedExpr, what: impl Into<String>) -> Option<T> {
        let at = self.place(expression);
        self.wrong.push(Wrong { at, what: what.into() });
        None
    }

    fn place(&self, expression: &IdedExpr) -> Range<usize> {
        // The parser gives a call the place of its operator, and the end of what it ends with.
        let (start, end) = self.source.offset_for(expression.id).unwrap_or_default();
        let (start, end) = (start as usize, end as usize + 1);
        match &expression.expr {
            // The place of a name in something is that of its point.
            Expr::Select(select) => start + 1..start + 1 + select.field.chars().count(),
            _ => start..end.max(start + 1),
        }
    }

    fn check(&mut self, expression: &IdedExpr) -> Found {
        self.depth += 1;
        let found = if self.depth > 2 * EXPRESSION_DEPTH_MAX {
            self.say(expression, "this nests too deep; say it in several rules")
        } else {
            self.check_inner(expression)
        };
        self.depth -= 1;
        found
    }

    fn check_inner(&mut self, expression: &IdedExpr) -> Found {
        match &expression.expr {
            Expr::Literal(literal) => self.literal(expression, literal),
            Expr::Ident(name) => self.name(expression, name),
            Expr::Select(select) => {
                let (of, kind) = self.check(&select.operand)?;
                let Kind::Thing(shape) = kind else {
                    let what = format!("{} has no names in it", kind.in_words());
                    return self.say(expression, what);
                };
                let Some(name) = shape.find(&select.field) else {
                    let known = shape.names.iter().map(|name| name.name);
                    let what = unknown(&select.field, shape.what, known);
                    return self.say(expression, what);
                };
                Some((Node::Read(Box::new(of), name), Kind::of(name.of)))
            }
            Expr::List(list) => {
                let mut nodes = Vec::new();
                let mut kind = Kind::EmptyList;
                for element in &list.elements {
                    let (node, found) = self.check(element)?;
                    if kind == Kind::EmptyList {
                        kind = Kind::List(Box::new(found));
                    } else if kind != Kind::List(Box::new(found)) {
                        return self.say(element, "the members of a list are all of one kind");
                    }
                    nodes.push(node);
                }
                Some((Node::List(nodes), kind))
            }
            Expr::Call(call) => self.call(expression, call),
            Expr::Comprehension(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => self
                .say(expression, "maps and structures have no use here; conditions ask of a claim"),
        }
    }

    fn literal(&mut self, expression: &IdedExpr, literal: &LiteralValue) -> Found {
        let number =
            |number: Option<i64>| number.map(|number| (Node::Number(number), Kind::Number));
        let found = match literal {
            LiteralValue::Boolean(truth) => Some((Node::Truth(*truth.inner()), Kind::Truth)),
            LiteralValue::String(text) => Some((Node::Text(text.inner().into()), Kind::Text)),
            LiteralValue::Null => Some((Node::Nothing, Kind::Null)),
            LiteralValue::Int(whole) => number(whole.inner().checked_mul(ONE)),
            LiteralValue::UInt(whole) => {
                number(i64::try_from(*whole.inner()).ok().and_then(|whole| whole.checked_mul(ONE)))
            }
            LiteralValue::Double(double) => {
                let parts = double.inner() * ONE as f64;
                let is_exact = (parts - parts.round()).abs() < 1e-6 && parts.abs() < 1e15;
                number(is_exact.then_some(parts.round() as i64))
            }
            LiteralValue::Bytes(_) => None,
        };
        match found {
            Some(found) => Some(found),
            None => {
                self.say(expression, "write a text in quotes, or a number with at most 4 decimals")
            }
        }
    }

    fn name(&mut self, expression: &IdedExpr, name: &str) -> Found {
        if let Some(at) = self.locals.iter().rposition(|(local, _)| local == name) {
            let kind = self.locals.get(at).map(|(_, kind)| kind.clone())?;
            return Some((Node::Local(at), kind));
        }
        if let Some(name) = CLAIM.find(name) {
            return Some((Node::Read(Box::new(Node::TheClaim), name), Kind::of(name.of)));
        }
        match name {
            "claim" => return Some((Node::TheClaim, Kind::Thing(&CLAIM))),
            "line" => {
                self.speaks_of_line = true;
                return Some((Node::TheLine, Kind::Thing(&LINE)));
            }
            "today" => return Some((Node::Today, Kind::Day)),
            _ => {}
        }
        if let Some(list) = self.lists.get(name) {
            return Some((Node::NamedList(Arc::clone(list)), Kind::List(Box::new(Kind::Text))));
        }
        let known = CLAIM.names.iter().map(|name| name.name);
        let known = known.chain(["claim", "line", "today"]);
        let known = known.chain(self.lists.keys().map(String::as_str));
        let what = unknown(name, "a claim", known);
        self.say(expression, what)
    }

    fn call(&mut self, expression: &IdedExpr, call: &CallExpr) -> Found {
        let name = call.func_name.as_str();
        match (&call.target, call.args.as_slice()) {
            (Some(target), [variable, body]) if each_of(name).is_some() => {
                self.each(each_of(name)?, target, variable, body)
            }
            (Some(target), [argument]) if part_of(name).is_some() => {
                let target = self.wanted(target, &Kind::Text);
                let argument = self.wanted(argument, &Kind::Text);
                let node = Node::Part(part_of(name)?, Box::new(target?), Box::new(argument?));
                Some((node, Kind::Truth))
            }
            (Some(target), [pattern]) if name == "matches" => self.matches(target, pattern),
            (Some(target), []) if name == "size" => self.size(target),
            (None, [argument]) if name == "size" => self.size(argument),
            (None, [argument]) if name == "has" => {
                let (node, kind) = self.check(argument)?;
                match kind {
                    Kind::Truth | Kind::Null => {
                        self.say(argument, "this is not something that a claim carries")
                    }
                    _ => Some((Node::IsThere(Box::new(node)), Kind::Truth)),
                }
            }
            (None, [argument]) if name == "sum" => {
                let list = self.wanted(argument, &Kind::List(Box::new(Kind::Number)))?;
                Some((Node::Total(Box::new(list)), Kind::Number))
            }
            (None, [from, to]) if name == "days_between" || name == "years_between" => {
                let (from, to) = (self.wanted(from, &Kind::Day), self.wanted(to, &Kind::Day));
                let unit = if name == "days_between" { Unit::Days } else { Unit::Years };
                Some((Node::Between(unit, Box::new(from?), Box::new(to?)), Kind::Number))
            }
            (None, [place]) if name == "value" || name == "values" => self.value(name, place),
            (None, [condition, yes, no]) if name == operators::CONDITIONAL => {
                let condition = self.truth(condition);
                let (yes, kind) = self.check(yes)?;
                let no = self.wanted(no, &kind);
                Some((Node::If(Box::new(condition?), Box::new(yes), Box::new(no?)), kind))
            }
            (None, [part]) if name == operators::LOGICAL_NOT => {
                Some((Node::Not(Box::new(self.truth(part)?)), Kind::Truth))
            }
            (None, [part]) if name == operators::NEGATE => {
                let part = self.wanted(part, &Kind::Number)?;
                let nought = Box::new(Node::Number(0));
                Some((Node::Calculate(Sum::Minus, nought, Box::new(part)), Kind::Number))
            }
            (None, [left, right]) => self.operator(expression, name, left, right),
            _ => self.say(expression, no_function(name)),
        }
    }

    fn operator(
        &mut self,
        expression: &IdedExpr,
        name: &str,
        left: &IdedExpr,
        right: &IdedExpr,
    ) -> Found {
        match name {
            operators::LOGICAL_AND | operators::LOGICAL_OR => {
                let (left, right) = (self.truth(left), self.truth(right));
                let (left, right) = (Box::new(left?), Box::new(right?));
                let is_and = name == operators::LOGICAL_AND;
                let node = if is_and { Node::And(left, right) } else { Node::Or(left, right) };
                Some((node, Kind::Truth))
            }
            operators::EQUALS | operators::NOT_EQUALS => {
                let (left, right) = self.alike(expression, left, right, true)?;
                let equal = Node::Equal(Box::new(left), Box::new(right));
                let is_not = name == operators::NOT_EQUALS;
                Some((if is_not { Node::Not(Box::new(equal)) } else { equal }, Kind::Truth))
            }
            operators::IN => self.among(expression, left, right),
            _ => {
                if let Some(order) = order_of(name) {
                    let (left, right) = self.alike(expression, left, right, false)?;
                    return Some((Node::Compare(order, left.into(), right.into()), Kind::Truth));
                }
                let sum = match name {
                    operators::ADD => Sum::Plus,
                    operators::SUBSTRACT => Sum::Minus,
                    operators::MULTIPLY => Sum::Times,
                    operators::DIVIDE | operators::MODULO => {
                        let what = "amounts are not divided; multiply the other side";
                        return self.say(expression, what);
                    }
                    _ => return self.say(expression, no_function(name)),
                };
                let left = self.wanted(left, &Kind::Number);
                let right = self.wanted(right, &Kind::Number);
                Some((Node::Calculate(sum, Box::new(left?), Box::new(right?)), Kind::Number))
            }
        }
    }

    /// Two values that are compared, of one kind.
    fn alike(
        &mut self,
        expression: &IdedExpr,
        left: &IdedExpr,
        right: &IdedExpr,
        is_equality: bool,
    ) -> Option<(Node, Node)> {
        let (left_found, right_found) = (self.check(left), self.check(right));
        let ((left_node, left_kind), (right_node, right_kind)) = (left_found?, right_found?);
        match (&left_kind, &right_kind) {
            (Kind::Day, Kind::Text) if let Node::Text(text) = &right_node => {
                return Some((left_node, self.day(right, text)?));
            }
            (Kind::Text, Kind::Day) if let Node::Text(text) = &left_node => {
                return Some((self.day(left, text)?, right_node));
            }
            (kind, Kind::Null) | (Kind::Null, kind) if is_equality && kind.may_be_null() => {
                // A party is there or not; nothing else can be said of two.
                let node = if right_kind == Kind::Null { left_node } else { right_node };
                return Some((Node::IsThere(Box::new(node)), Node::Truth(false)));
            }
            (Kind::Text, Kind::Null) | (Kind::Null, Kind::Text) => {
                return self
                    .say(expression, "a text that the claim does not carry is \"\", not null");
            }
            (left, right) if left == right => {}
            (left, right) => {
                let what = format!(
                    "{} is compared with {}, which is never the same",
                    left.in_words(),
                    right.in_words()
                );
                return self.say(expression, what);
            }
        }
        let is_comparable = match left_kind {
            Kind::Text | Kind::Number | Kind::Day => true,
            Kind::Truth => is_equality,
            Kind::Null | Kind::Thing(_) | Kind::List(_) | Kind::EmptyList => false,
        };
        if is_comparable {
            return Some((left_node, right_node));
        }
        self.say(expression, format!("{} cannot be compared so", left_kind.in_words()))
    }

    fn among(&mut self, expression: &IdedExpr, left: &IdedExpr, right: &IdedExpr) -> Found {
        let (part, list) = (self.check(left), self.check(right));
        let ((part, kind), (list, of)) = (part?, list?);
        match &of {
            Kind::EmptyList => {}
            Kind::List(member) if **member == kind => {}
            _ => {
                let what = format!("{} is looked for in {}", kind.in_words(), of.in_words());
                return self.say(expression, what);
            }
        }
        let known: Option<HashSet<Box<str>>> = match &list {
            Node::NamedList(named) => {
                let node = Node::AmongNamed(Box::new(part), Arc::clone(named));
                return Some((node, Kind::Truth));
            }
            Node::List(nodes) => nodes.iter().map(text_of).collect(),
            _ => None,
        };
        let part = Box::new(part);
        let node = match known {
            Some(texts) => Node::Among(part, texts),
            None => Node::In(part, Box::new(list)),
        };
        Some((node, Kind::Truth))
    }

    fn each(
        &mut self,
        each: Each,
        target: &IdedExpr,
        variable: &IdedExpr,
        body: &IdedExpr,
    ) -> Found {
        let (list, kind) = self.check(target)?;
        let Kind::List(member) = kind else {
            return self.say(target, format!("this is {}, not a list", kind.in_words()));
        };
        let Expr::Ident(name) = &variable.expr else {
            return self.say(variable, "this names the member; write a name such as one");
        };
        self.locals.push((name.clone(), (*member).clone()));
        let found = match each {
            Each::Map => self.check(body),
            Each::Exists | Each::All | Each::ExistsOne | Each::Filter => {
                self.truth(body).map(|node| (node, Kind::Truth))
            }
        };
        self.locals.pop();
        let (body, of) = found?;
        let kind = match each {
            Each::Exists | Each::All | Each::ExistsOne => Kind::Truth,
            Each::Filter => Kind::List(member),
            Each::Map => Kind::List(Box::new(of)),
        };
        Some((Node::Each(each, Box::new(list), Box::new(body)), kind))
    }

    fn matches(&mut self, target: &IdedExpr, pattern: &IdedExpr) -> Found {
        let target = self.wanted(target, &Kind::Text);
        let (node, _) = self.check(pattern)?;
        let Node::Text(text) = node else {
            return self
                .say(pattern, "a pattern is written in quotes, so that it can be checked now");
        };
        match self.patterns.read(&text) {
            Ok(pattern) => Some((Node::Matches(Box::new(target?), Box::new(pattern)), Kind::Truth)),
            Err(what) => self.say(pattern, what),
        }
    }

    fn size(&mut self, part: &IdedExpr) -> Found {
        let (node, kind) = self.check(part)?;
        match kind {
            Kind::Text | Kind::List(_) => Some((Node::Size(Box::new(node)), Kind::Number)),
            kind => self.say(part, format!("{} has no size", kind.in_words())),
        }
    }

    fn value(&mut self, name: &str, place: &IdedExpr) -> Found {
        let (node, _) = self.check(place)?;
        let Node::Text(text) = node else {
            return self.say(place, "a place is written in quotes, such as '2300 CLM05-3'");
        };
        let path = match Path::parse(&text) {
            Ok(path) => path,
            Err(what) => return self.say(place, what),
        };
        if path.element == 0 {
            return self.say(place, "this names no element; add one such as REF02");
        }
        let list = Kind::List(Box::new(Kind::Text));
        Some(match name {
            "values" => (Node::AllAt(Box::new(path)), list),
            _ => (Node::At(Box::new(path)), Kind::Text),
        })
    }

    fn day(&mut self, expression: &IdedExpr, text: &str) -> Option<Node> {
        match Day::parse_dashed(text) {
            Some(day) => Some(Node::Day(day)),
            None => self.say(expression, "this is no day; write one such as \"2026-01-31\""),
        }
    }
}

fn text_of(node: &Node) -> Option<Box<str>> {
    match node {
        Node::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn each_of(name: &str) -> Option<Each> {
    Some(match name {
        operators::EXISTS => Each::Exists,
        operators::ALL => Each::All,
        operators::EXISTS_ONE => Each::ExistsOne,
        operators::FILTER => Each::Filter,
        operators::MAP => Each::Map,
        _ => return None,
    })
}

fn part_of(name: &str) -> Option<Part> {
    Some(match name {
        "startsWith" => Part::Starts,
        "endsWith" => Part::Ends,
        "contains" => Part::Contains,
        _ => return None,
    })
}

fn order_of(name: &str) -> Option<Order> {
    Some(match name {
        operators::LESS => Order::Less,
        operators::LESS_EQUALS => Order::LessOrEqual,
        operators::GREATER => Order::Greater,
        operators::GREATER_EQUALS => Order::GreaterOrEqual,
        _ => return None,
    })
}

fn no_function(name: &str) -> String {
    format!("there is no {name} here with these arguments; docs/payers.md lists what there is")
}

/// Says that there is no such name, and which one may be meant.
fn unknown<'n>(name: &str, of: &str, known: impl Iterator<Item = &'n str>) -> String {
    let is_short = name.len() <= NAME_BYTES_MAX;
    let near = known.filter(|_| is_short).map(|known| (distance(name, known), known)).min();
    match near {
        Some((distance, near)) if distance <= 1 + name.len() / 4 => {
            format!("{of} has no {name}; did you mean {near}?")
        }
        _ => format!("{of} has no {name}; docs/payers.md lists the names"),
    }
}

/// How many letters differ.
///
/// Takes a time that grows with both lengths: not for names that nobody can have meant.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, known) in other.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or_default();
            let next = (diagonal + usize::from(letter != *known)).min(above + 1).min(left + 1);
            diagonal = above;
            if let Some(cell) = row.get_mut(j) {
                *cell = left;
            }
            left = next;
        }
        if let Some(cell) = row.last_mut() {
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
