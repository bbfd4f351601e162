//! How codes of HCPCS look: a letter and four digits. Which there are, and when, is a list that an
//! operator imports.

/// The letters of the chapters that there are. Those with D are dental, and a list of their own; W
/// to Z were the local codes, which ended in 2003.
const CHAPTERS: &[u8] = b"ABCEGHJKLMPQRSTUV";

/// Whether a code has the form of one of HCPCS, and is not dental.
pub fn is_shaped(code: &[u8]) -> bool {
    matches!(code, [b'A'..=b'C' | b'E'..=b'Z', digits @ ..]
        if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit))
}

/// Whether a code of that form may be one at all: its chapter is, and none begins with 0000.
pub fn may_be(code: &[u8]) -> bool {
    matches!(code, [chapter, digits @ ..] if CHAPTERS.contains(chapter) && digits != b"0000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_codes_that_may_be_from_those_that_may_not() {
        for (code, shaped, may) in [
            ("J9271", true, true),
            ("J0000", true, false),
            ("W1234", true, false),
            ("D0120", false, false),
            ("99213", false, false),
            ("A99", false, true),
        ] {
            assert_eq!(
                (is_shaped(code.as_bytes()), may_be(code.as_bytes())),
                (shaped, may),
                "{code}"
            );
        }
    }
}
