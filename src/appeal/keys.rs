//! Whether a JSON text says a key of one object twice: a reader that takes the first of two sees another
//! document than one that takes the last.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Whether a text that is JSON has a key twice in one object.
pub(super) fn has_key_twice(text: &[u8]) -> bool {
    // What is no JSON at all is told by its reader; only we say `Data`.
    serde_json::from_slice::<OnceEach>(text).is_err_and(|error| error.is_data())
}

/// A value in which no key stands twice; nothing of it is kept.
struct OnceEach;

impl<'de> Deserialize<'de> for OnceEach {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OnceEach, D::Error> {
        deserializer.deserialize_any(Looker)
    }
}

struct Looker;

impl<'de> Visitor<'de> for Looker {
    type Value = OnceEach;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OnceEach, A::Error> {
        let mut keys = HashSet::new();
        while let Some((key, OnceEach)) = map.next_entry::<String, OnceEach>()? {
            if !keys.insert(key) {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(OnceEach)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OnceEach, A::Error> {
        while list.next_element::<OnceEach>()?.is_some() {}
        Ok(OnceEach)
    }

    fn visit_unit<E>(self) -> Result<OnceEach, E> {
        Ok(OnceEach)
    }

    fn visit_bool<E>(self, _: bool) -> Result<OnceEach, E> {
        Ok(OnceEach)
    }

    fn visit_i64<E>(self, _: i64) -> Result<OnceEach, E> {
        Ok(OnceEach)
    }

    fn visit_u64<E>(self, _: u64) -> Result<OnceEach, E> {
        Ok(OnceEach)
    }

    fn visit_f64<E>(self, _: f64) -> Result<OnceEach, E> {
        Ok(OnceEach)
    }

    fn visit_str<E>(self, _: &str) -> Result<OnceEach, E> {
        Ok(OnceEach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_key_that_stands_twice_however_deep() {
        let twice = [
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": [{"b": {"c": null, "d": -1.5, "c": "x"}}]}"#,
            r#"{"a": 1, "\u0061": true}"#,
        ];
        for text in twice {
            assert!(has_key_twice(text.as_bytes()), "{text}");
        }
        for text in [r#"{"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}"#, "{", "1", "[]", "{\"a\"}"] {
            assert!(!has_key_twice(text.as_bytes()), "{text}");
        }
    }
}
