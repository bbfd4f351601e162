//! A condition asked of a claim, its steps counted.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use x12::value::Day;
use x12::view::claim::Line;

use super::super::path::Filed;
use super::Trouble;
use super::names::{ONE, Thing, Value};
use super::steps::Steps;
use super::tree::{Each, Node, Order, Part, Sum, Unit};

pub(super) struct Run<'c> {
    filed: &'c Filed<'c>,
    line: Option<&'c Line<'c>>,
    today: Day,
    locals: Vec<Value<'c>>,
    steps: Steps,
}

type Answer<T> = Result<T, Trouble>;

impl<'c> Run<'c> {
    pub(super) fn new(
        filed: &'c Filed<'c>,
        line: Option<&'c Line<'c>>,
        today: Day,
        steps: Steps,
    ) -> Run<'c> {
        Run { filed, line, today, locals: Vec::new(), steps }
    }

    pub(super) fn steps(&self) -> Steps {
        self.steps
    }

    pub(super) fn truth(&mut self, node: &'c Node) -> Answer<bool> {
        Ok(matches!(self.value(node)?, Value::Truth(true)))
    }

    /// A value costs a step, a long text some more; those who make a list pay for each member.
    fn value(&mut self, node: &'c Node) -> Answer<Value<'c>> {
        self.steps.take(1)?;
        let value = self.value_inner(node)?;
        self.steps.take(length(&value))?;
        Ok(value)
    }

    fn value_inner(&mut self, node: &'c Node) -> Answer<Value<'c>> {
        Ok(match node {
            Node::Text(text) => Value::Text(Cow::Borrowed(text)),
            Node::Number(number) => Value::Number(*number),
            Node::Day(day) => Value::Day(*day),
            Node::Truth(truth) => Value::Truth(*truth),
            Node::Nothing => Value::Nothing,
            Node::Local(at) => self.locals.get(*at).cloned().unwrap_or(Value::Nothing),
            Node::TheClaim => Value::Thing(Thing::Claim(self.filed.claim)),
            Node::TheLine => self
                .line
                .map_or(Value::Nothing, |line| Value::Thing(Thing::Line(self.filed.claim, line))),
            Node::Today => Value::Day(self.today),
            Node::Read(of, name) => match self.value(of)? {
                Value::Thing(thing) => self.made(name.read(thing))?,
                _ => name.nothing(),
            },
            Node::At(path) => {
                self.steps.take(path.steps(self.filed, self.line))?;
                let first = path.fields(self.filed, self.line).next();
                Value::Text(first.map_or(Cow::Borrowed(""), |field| field.text()))
            }
            Node::AllAt(path) => {
                self.steps.take(path.steps(self.filed, self.line))?;
                let fields = path.fields(self.filed, self.line);
                self.made(Value::List(fields.map(|field| Value::Text(field.text())).collect()))?
            }
            Node::List(parts) => {
                let values: Answer<Rc<[Value<'c>]>> =
                    parts.iter().map(|part| self.value(part)).collect();
                Value::List(values?)
            }
            Node::NamedList(list) => {
                let texts = list.texts();
                self.steps.take(texts.len())?;
                Value::List(texts.iter().map(|text| Value::Text(Cow::Borrowed(text))).collect())
            }
            Node::If(condition, yes, no) => {
                if self.truth(condition)? {
                    self.value(yes)?
                } else {
                    self.value(no)?
                }
            }
            Node::Calculate(sum, left, right) => match (self.value(left)?, self.value(right)?) {
                (Value::Number(left), Value::Number(right)) => calculate(*sum, left, right)?,
                (_, _) => Value::Nothing,
            },
            Node::Total(list) => self.total(list)?,
            Node::Size(part) => self.size(part)?,
            Node::Each(each, list, body) => self.each(*each, list, body)?,
            Node::Between(unit, from, to) => self.between(*unit, from, to)?,
            Node::Not(_)
            | Node::And(_, _)
            | Node::Or(_, _)
            | Node::Compare(_, _, _)
            | Node::Equal(_, _)
            | Node::IsThere(_)
            | Node::In(_, _)
            | Node::Among(_, _)
            | Node::AmongNamed(_, _)
            | Node::Part(_, _, _)
            | Node::Matches(_, _) => Value::Truth(self.judge(node)?),
        })
    }

    /// What is true or false of its parts.
    fn judge(&mut self, node: &'c Node) -> Answer<bool> {
        Ok(match node {
            Node::Not(part) => !self.truth(part)?,
            Node::And(left, right) => self.truth(left)? && self.truth(right)?,
            Node::Or(left, right) => self.truth(left)? || self.truth(right)?,
            Node::Compare(order, left, right) => self.compare(*order, left, right)?,
            Node::Equal(left, right) => is_equal(&self.value(left)?, &self.value(right)?),
            Node::IsThere(part) => is_there(&self.value(part)?),
            Node::In(part, list) => {
                let (part, list) = (self.value(part)?, self.members(list)?);
                for member in list.iter() {
                    self.steps.take(length(member))?;
                    if is_equal(&part, member) {
                        return Ok(true);
                    }
                }
                false
            }
            Node::Among(part, texts) => {
                matches!(self.value(part)?, Value::Text(text) if texts.contains(&*text))
            }
            Node::AmongNamed(part, list) => {
                matches!(self.value(part)?, Value::Text(text) if list.has(&text))
            }
            Node::Part(part, text, of) => match (self.value(text)?, self.value(of)?) {
                (Value::Text(text), Value::Text(of)) => match part {
                    Part::Starts => text.starts_with(&*of),
                    Part::Ends => text.ends_with(&*of),
                    Part::Contains => text.contains(&*of),
                },
                (_, _) => false,
            },
            Node::Matches(text, pattern) => match self.value(text)? {
                Value::Text(text) => {
                    self.steps.take(pattern.steps(&text))?;
                    pattern.is_match(&text)
                }
                _ => false,
            },
            other => matches!(self.value(other)?, Value::Truth(true)),
        })
    }

    fn total(&mut self, list: &'c Node) -> Answer<Value<'c>> {
        let mut total = 0i64;
        for member in self.members(list)?.iter() {
            if let Value::Number(number) = *member {
                total = total.checked_add(number).ok_or(Trouble::TooLarge)?;
            }
        }
        Ok(Value::Number(total))
    }

    fn size(&mut self, part: &'c Node) -> Answer<Value<'c>> {
        let count = match self.value(part)? {
            Value::Text(text) => text.chars().count(),
            Value::List(list) => list.len(),
            _ => 0,
        };
        let count = i64::try_from(count).ok().and_then(|count| count.checked_mul(ONE));
        count.map(Value::Number).ok_or(Trouble::TooLarge)
    }

    fn between(&mut self, unit: Unit, from: &'c Node, to: &'c Node) -> Answer<Value<'c>> {
        let (Value::Day(from), Value::Day(to)) = (self.value(from)?, self.value(to)?) else {
            return Ok(Value::Nothing);
        };
        let count = match unit {
            Unit::Days => to.days_since(from),
            Unit::Years => i64::from(to.years_since(from)),
        };
        count.checked_mul(ONE).map(Value::Number).ok_or(Trouble::TooLarge)
    }

    /// A list that was just made costs as many steps as it has members.
    fn made(&mut self, value: Value<'c>) -> Answer<Value<'c>> {
        if let Value::List(list) = &value {
            self.steps.take(list.len())?;
            list.iter().try_for_each(|member| self.steps.take(length(member)))?;
        }
        Ok(value)
    }

    fn members(&mut self, node: &'c Node) -> Answer<Rc<[Value<'c>]>> {
        match self.value(node)? {
            Value::List(list) => {
                self.steps.take(list.len())?;
                Ok(list)
            }
            _ => Ok(Rc::from([])),
        }
    }

    /// What is absent is neither more nor less than anything.
    fn compare(&mut self, order: Order, left: &'c Node, right: &'c Node) -> Answer<bool> {
        let found = match (self.value(left)?, self.value(right)?) {
            (Value::Number(left), Value::Number(right)) => Some(left.cmp(&right)),
            (Value::Day(left), Value::Day(right)) => Some(left.cmp(&right)),
            (Value::Text(left), Value::Text(right)) => Some(left.cmp(&right)),
            (_, _) => None,
        };
        Ok(found.is_some_and(|found| match order {
            Order::Less => found == Ordering::Less,
            Order::LessOrEqual => found != Ordering::Greater,
            Order::Greater => found == Ordering::Greater,
            Order::GreaterOrEqual => found != Ordering::Less,
        }))
    }

    fn each(&mut self, each: Each, list: &'c Node, body: &'c Node) -> Answer<Value<'c>> {
        let members = self.members(list)?;
        let mut kept = Vec::new();
        let mut count = 0u32;
        for member in members.iter() {
            self.steps.take(length(member))?;
            self.locals.push(member.clone());
            let found = self.value(body);
            self.locals.pop();
            let found = found?;
            let holds = matches!(found, Value::Truth(true));
            match each {
                Each::Exists if holds => return Ok(Value::Truth(true)),
                Each::All if !holds => return Ok(Value::Truth(false)),
                Each::Exists | Each::All => {}
                Each::ExistsOne => count += u32::from(holds),
                Each::Filter if holds => kept.push(member.clone()),
                Each::Filter => {}
                Each::Map => kept.push(found),
            }
        }
        Ok(match each {
            Each::Exists => Value::Truth(false),
            Each::All => Value::Truth(true),
            Each::ExistsOne => Value::Truth(count == 1),
            Each::Filter | Each::Map => Value::List(kept.into()),
        })
    }
}

fn calculate<'c>(sum: Sum, left: i64, right: i64) -> Answer<Value<'c>> {
    let found = match sum {
        Sum::Plus => left.checked_add(right),
        Sum::Minus => left.checked_sub(right),
        // Cut to ten-thousandths: nobody bills a hundredth of a cent.
        Sum::Times => i64::try_from(i128::from(left) * i128::from(right) / i128::from(ONE)).ok(),
    };
    found.map(Value::Number).ok_or(Trouble::TooLarge)
}

/// Further steps that a text costs whoever copies it or looks at it.
fn length(value: &Value<'_>) -> usize {
    match value {
        Value::Text(text) => text.len() / BYTES_PER_STEP,
        Value::Nothing
        | Value::Number(_)
        | Value::Day(_)
        | Value::Truth(_)
        | Value::Thing(_)
        | Value::List(_) => 0,
    }
}

const BYTES_PER_STEP: usize = 64;

fn is_equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::Nothing, Value::Nothing) => true,
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => left == right,
        (Value::Day(left), Value::Day(right)) => left == right,
        (Value::Truth(left), Value::Truth(right)) => left == right,
        (_, _) => false,
    }
}

fn is_there(value: &Value<'_>) -> bool {
    match value {
        Value::Nothing => false,
        Value::Text(text) => !text.is_empty(),
        Value::List(list) => !list.is_empty(),
        Value::Number(_) | Value::Day(_) | Value::Truth(_) | Value::Thing(_) => true,
    }
}
