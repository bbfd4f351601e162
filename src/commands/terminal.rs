//! What a terminal can take: colour or none, how wide, and no character that would steer it.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

use crate::harmless::{lines, sign};

/// Text without what could steer a terminal.
pub use crate::harmless::text as harmless;

/// When to write in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

/// How a page is to look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub is_coloured: bool,
    /// Where our own sentences break. The text of a file never does.
    pub width: usize,
}

impl Look {
    /// What suits the standard output, as far as the person did not choose.
    pub fn of(colour: Colour, width: Option<u16>) -> Look {
        let is_terminal = std::io::stdout().is_terminal();
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let is_coloured = match colour {
            Colour::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb,
            Colour::Always => true,
            Colour::Never => false,
        };
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        let columns = width.or_else(|| columns().filter(|_| is_terminal));
        let width = columns.map_or(WIDTH_DEFAULT, |columns: u16| usize::from(columns));
        Look { is_coloured, width: width.max(WIDTH_MIN) }
    }

    /// Text in a colour, when there is colour. The text is ours or has been made harmless.
    pub fn paint<'a>(&self, style: &str, text: &'a str) -> Cow<'a, str> {
        if self.is_coloured && !text.is_empty() {
            Cow::Owned(format!("\x1b[{style}m{text}\x1b[0m"))
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// Where lines break when nobody says how wide the paper is.
const WIDTH_DEFAULT: usize = 110;

/// Narrower, and a word a line would remain.
const WIDTH_MIN: usize = 40;

/// The parameters of a terminal's colours.
pub const BOLD: &str = "1";
pub const DIM: &str = "2";
pub const ARROW: &str = "1;94";
pub const LOOP: &str = "1;36";
pub const NAME: &str = "36";
pub const MEANING: &str = "32";

/// Writes text on, without what could steer a terminal. Lines may end.
pub struct Harmless<'a>(pub &'a mut dyn Write);

impl Write for Harmless<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(lines(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl std::fmt::Debug for Harmless<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Harmless")
    }
}

/// A file's bytes as they are shown, and where each stands in what is shown.
#[derive(Debug)]
pub struct Shown {
    pub text: String,
    /// Where each byte's character begins; empty when text and bytes are the same.
    starts: Vec<usize>,
}

impl Shown {
    /// Bytes as harmless text; those that are no text become replacement signs.
    pub fn new(bytes: &[u8]) -> Shown {
        if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            return Shown { text, starts: Vec::new() };
        }
        let mut shown = Shown { text: String::new(), starts: Vec::with_capacity(bytes.len()) };
        for chunk in bytes.utf8_chunks() {
            for character in chunk.valid().chars() {
                shown.push(sign(character), character.len_utf8());
            }
            if !chunk.invalid().is_empty() {
                shown.push(char::REPLACEMENT_CHARACTER, chunk.invalid().len());
            }
        }
        shown
    }

    fn push(&mut self, character: char, bytes: usize) {
        self.starts.extend(std::iter::repeat_n(self.text.len(), bytes));
        self.text.push(character);
    }

    /// Where the byte at `offset` is shown; the end for what lies behind.
    pub fn at(&self, offset: usize) -> usize {
        let at =
            if self.starts.is_empty() { Some(offset) } else { self.starts.get(offset).copied() };
        at.unwrap_or(self.text.len()).min(self.text.len())
    }
}

/// Breaks a sentence between words, so that no line is longer than `width` unless one word is.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let len = word.chars().count();
        if used > 0 && used + 1 + len > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += len;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_left() {
        for steering in
            ["\x1b[2J", "\x07", "\r", "\n", "\t", "\u{9b}31m", "\u{202e}", "\u{7f}", "\u{feff}"]
        {
            let shown = Shown::new(format!("A{steering}B").as_bytes()).text;
            assert_eq!(shown, harmless(&format!("A{steering}B")));
            let is_plain = |c: char| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(&c);
            assert!(shown.chars().all(is_plain), "{}", shown.escape_debug());
        }
        assert_eq!(harmless("\x1b[0m"), "\u{241b}[0m");
        assert_eq!(harmless("Größe ¥ 名"), "Größe ¥ 名");
    }

    #[test]
    fn bytes_are_found_again_in_what_is_shown() {
        let shown = Shown::new(b"A*\x1b\xff\xc3\xa9*B");
        assert_eq!(shown.text, "A*\u{241b}\u{fffd}é*B");
        let found: Vec<&str> =
            [2, 3, 4, 7].into_iter().filter_map(|at| shown.text.get(shown.at(at)..)).collect();
        assert_eq!(found, ["\u{241b}\u{fffd}é*B", "\u{fffd}é*B", "é*B", "B"]);
        assert_eq!(shown.at(100), shown.text.len());
    }

    #[test]
    fn sentences_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("incomprehensible", 7), ["incomprehensible"]);
        assert_eq!(wrap("", 7), [""]);
    }
}
