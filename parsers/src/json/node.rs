//! A JSON value, with everything that the text said: the order of keys, and keys that stand twice.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value. Text is borrowed where it can be.
#[derive(Clone, PartialEq, Eq)]
pub enum Node<'a> {
    Null,
    Bool(bool),
    /// A number as it is written; no value of X12 is one.
    Number(String),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Pairs<'a>),
}

/// Keys and values in the order of the text.
pub type Pairs<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

impl fmt::Debug for Node<'_> {
    // A value may name a patient; only its kind is for messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl<'a> Node<'a> {
    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Node<'a> {
        Node::Text(text.into())
    }

    /// A whole number.
    pub fn number(number: u32) -> Node<'a> {
        Node::Number(number.to_string())
    }

    /// What it is, for messages.
    pub const fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "true or false",
            Node::Number(_) => "a number",
            Node::Text(_) => "a text",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }

    /// Reads JSON. The place of what is wrong is a line and a column; the text is not repeated.
    pub fn parse(text: &'a [u8]) -> Result<Node<'a>, String> {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        serde_json::from_slice(text).map_err(|error| {
            let reason = error.to_string();
            let what = match error.classify() {
                serde_json::error::Category::Eof => "the text ends too early",
                // JSON it is, but past what any document of ours needs.
                serde_json::error::Category::Syntax if reason.starts_with("recursion limit") => {
                    "more objects and lists stand in one another than are read"
                }
                serde_json::error::Category::Syntax
                    if reason.starts_with("number out of range") =>
                {
                    "this number is larger than is read"
                }
                serde_json::error::Category::Syntax
                | serde_json::error::Category::Data
                | serde_json::error::Category::Io => "the text is no JSON",
            };
            format!("{what}, line {} column {}", error.line(), error.column())
        })
    }

    /// Writes it for reading: two blanks for a level, and what fits on a line on one line.
    pub fn write(&self, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Node::Null => out.write_all(b"null"),
            Node::Bool(value) => write!(out, "{value}"),
            Node::Number(digits) => out.write_all(digits.as_bytes()),
            Node::Text(text) => write_text(text, out),
            Node::List(items) => {
                let is_short = self.fits(LINE_MAX.saturating_sub(indent * 2));
                write_all(items, ("[", "]"), is_short, indent, out, |item, out| {
                    item.write(indent + 1, out)
                })
            }
            Node::Object(pairs) => {
                let is_short = self.fits(LINE_MAX.saturating_sub(indent * 2));
                write_all(pairs, ("{", "}"), is_short, indent, out, |(key, value), out| {
                    write_text(key, out)?;
                    out.write_all(b": ")?;
                    value.write(indent + 1, out)
                })
            }
        }
    }

    /// Whether it takes no more than so many characters on one line.
    fn fits(&self, width: usize) -> bool {
        self.width_left(width).is_some()
    }

    /// What is left of a line once this stands on it; `None` when it does not fit. It stops as
    /// soon as that is known, so that asking costs no more than a line.
    fn width_left(&self, width: usize) -> Option<usize> {
        match self {
            Node::Null | Node::Bool(_) => width.checked_sub(5),
            Node::Number(digits) => width.checked_sub(digits.len()),
            Node::Text(text) => width.checked_sub(text.len() + 2),
            Node::List(items) => items.iter().try_fold(width.checked_sub(2)?, |left, item| {
                item.width_left(left)?.checked_sub(2)
            }),
            Node::Object(pairs) => {
                pairs.iter().try_fold(width.checked_sub(2)?, |left, (key, value)| {
                    value.width_left(left.checked_sub(key.len() + 4)?)?.checked_sub(2)
                })
            }
        }
    }
}

/// A line that is read without turning one's head.
const LINE_MAX: usize = 100;

fn write_all<T>(
    items: &[T],
    (open, close): (&str, &str),
    is_short: bool,
    indent: usize,
    out: &mut dyn Write,
    write: impl Fn(&T, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(open.as_bytes())?;
    for (index, item) in items.iter().enumerate() {
        match (is_short, index) {
            (true, 0) => {}
            (true, _) => out.write_all(b", ")?,
            (false, 0) => new_line(indent + 1, out)?,
            (false, _) => {
                out.write_all(b",")?;
                new_line(indent + 1, out)?;
            }
        }
        write(item, out)?;
    }
    if !is_short && !items.is_empty() {
        new_line(indent, out)?;
    }
    out.write_all(close.as_bytes())
}

/// Begins a line at a level.
pub fn new_line(indent: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\n{:width$}", "", width = indent * 2)
}

/// Writes a text with its quotes.
pub fn write_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node<'a>, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Node<'de>, Node<'de>>()? {
            if let Node::Text(key) = key {
                pairs.push((key, value));
            }
        }
        Ok(Node::Object(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        let node = Node::parse(text.as_bytes()).expect("JSON");
        node.write(0, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("JSON is text")
    }

    #[test]
    fn keeps_the_order_of_keys_and_keys_that_stand_twice() {
        let text = r#"{"b": "x\"y", "a": [true, null], "b": {}}"#;
        assert_eq!(written(text), text);
    }

    #[test]
    fn breaks_what_is_longer_than_a_line() {
        let long = "x".repeat(98);
        assert_eq!(written(&format!("[\"{long}\"]")), format!("[\n  \"{long}\"\n]"));
    }

    #[test]
    fn refuses_what_is_no_json_or_nests_without_end() {
        for text in ["", "{", "{\"a\" 1}", "[1,]", "\u{1}", &"[".repeat(100_000)] {
            assert!(Node::parse(text.as_bytes()).is_err());
        }
        let nested = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for (text, reason) in [
            ("{\"name\": }", "the text is no JSON, line 1 column 10"),
            (
                &nested,
                "more objects and lists stand in one another than are read, line 1 column 128",
            ),
            ("[1e400]", "this number is larger than is read, line 1 column 6"),
        ] {
            assert_eq!(Node::parse(text.as_bytes()).expect_err("no document"), reason);
        }
    }
}
