//! A condition, checked: what is left to do for each claim.

use std::collections::HashSet;
use std::sync::Arc;

use x12::value::Day;

use super::super::path::Path;
use super::names::Name;
use super::{NamedList, Pattern};

/// One step of a condition. The kinds of its parts were checked.
#[derive(Debug)]
pub(super) enum Node {
    Text(Box<str>),
    Number(i64),
    Day(Day),
    Truth(bool),
    Nothing,
    /// A variable of `exists` and its kin, counted from the outermost.
    Local(usize),
    TheClaim,
    TheLine,
    Today,
    Read(Box<Node>, &'static Name),
    /// The first value at a place, or all of them.
    At(Box<Path>),
    AllAt(Box<Path>),
    List(Vec<Node>),
    NamedList(Arc<NamedList>),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    Compare(Order, Box<Node>, Box<Node>),
    Equal(Box<Node>, Box<Node>),
    IsThere(Box<Node>),
    In(Box<Node>, Box<Node>),
    /// Among texts that are known when the rule is loaded.
    Among(Box<Node>, HashSet<Box<str>>),
    AmongNamed(Box<Node>, Arc<NamedList>),
    Calculate(Sum, Box<Node>, Box<Node>),
    Total(Box<Node>),
    Size(Box<Node>),
    Part(Part, Box<Node>, Box<Node>),
    Matches(Box<Node>, Box<Pattern>),
    Each(Each, Box<Node>, Box<Node>),
    Between(Unit, Box<Node>, Box<Node>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Sum {
    Plus,
    Minus,
    Times,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Starts,
    Ends,
    Contains,
}

/// What is asked of each member of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Each {
    Exists,
    All,
    ExistsOne,
    Filter,
    Map,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Days,
    Years,
}
