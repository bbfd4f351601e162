//! Regular expressions of a payer: each of bounded size, and all of them together.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use crate::limits::{PATTERN_BYTES_MAX, PAYER_PATTERNS_BYTES_MAX};

/// A regular expression that was read.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    steps_per_byte: usize,
}

impl Pattern {
    /// Whether it is found in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// What looking for it in a text takes.
    pub fn steps(&self, text: &str) -> usize {
        text.len() * self.steps_per_byte
    }
}

/// What the patterns of one payer may still take. One that is written again costs nothing.
#[derive(Debug)]
pub struct Patterns {
    left: usize,
    known: HashMap<String, Pattern>,
}

impl Patterns {
    /// Those of a payer of which none was read yet.
    pub fn of_payer() -> Patterns {
        Patterns { left: PAYER_PATTERNS_BYTES_MAX, known: HashMap::new() }
    }

    /// Reads one; or says what is wrong with it.
    pub fn read(&mut self, text: &str) -> Result<Pattern, String> {
        if let Some(known) = self.known.get(text) {
            return Ok(known.clone());
        }
        // Nothing tells how large one will be, and one that does not fit takes as long as one that does.
        for (bytes, steps_per_byte) in SIZES {
            let left = self.left.checked_sub(bytes);
            self.left = left.unwrap_or_default();
            if left.is_none() {
                let what = "the payer's patterns are too large together; write them shorter, with \
                            [0-9] for \\d and [A-Z0-9] for \\w";
                return Err(what.to_owned());
            }
            match RegexBuilder::new(text).size_limit(bytes).build() {
                Ok(regex) => {
                    let pattern = Pattern { regex, steps_per_byte };
                    self.known.insert(text.to_owned(), pattern.clone());
                    return Ok(pattern);
                }
                Err(regex::Error::CompiledTooBig(_)) => {}
                Err(error) => {
                    let words = error.to_string();
                    let last = words.lines().last().unwrap_or_default();
                    let last = last.trim_start_matches("error: ");
                    return Err(format!("this is no pattern: {last}"));
                }
            }
        }
        Err("this pattern is too large; write it shorter, with [0-9] for \\d and [A-Z0-9] for \\w"
            .to_owned())
    }
}

/// The sizes that are tried, each with the steps that a byte of text then takes: a small pattern runs over it
/// once, a large one may be in hundreds of states at each byte.
const SIZES: [(usize, usize); 3] = [(1 << 12, 1), (1 << 16, 2), (PATTERN_BYTES_MAX, 64)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_bounded_together() {
        let mut patterns = Patterns { left: 4 << 20, ..Patterns::of_payer() };
        let forms = ["^[A-Z]{3}[0-9]{9}$", r"^\d{11}$", "^J"];
        for form in forms.iter().cycle().take(30_000) {
            assert!(patterns.read(form).is_ok_and(|pattern| !pattern.is_match("x")), "{form}");
        }
        for (form, what) in
            [("(", "this is no pattern: "), (r"\w{60}", "this pattern is too large")]
        {
            let found = patterns.read(form).map(|_| ());
            assert!(found.is_err_and(|found| found.contains(what)), "{form}");
        }
        let mut read =
            (0..).take_while(|number| patterns.read(&format!(r"\w{{5}}{number}")).is_ok());
        let count = read.by_ref().count();
        assert!((5..100).contains(&count), "{count}");
        assert!(patterns.read("^A").is_err_and(|what| what.contains("too large together")));
        assert!(patterns.read("^J").is_ok(), "it is known");
    }

    #[test]
    fn a_large_pattern_takes_more_steps() {
        let steps =
            |form: &str| Patterns::of_payer().read(form).map(|pattern| pattern.steps("0123456789"));
        assert_eq!(steps("^[0-9]{9}$"), Ok(10));
        assert_eq!(steps(r"^\d{9}$"), Ok(20));
        assert_eq!(steps("[ab][abc]{2000}d"), Ok(640));
    }
}
