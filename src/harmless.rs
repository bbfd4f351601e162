//! What comes in is shown to persons without what could steer a terminal, or make a line read as another.

use std::borrow::Cow;

/// Text of one line without what could steer a terminal or a page: control characters become the signs that stand for
/// them, and what turns the direction of writing or cannot be seen becomes a replacement sign.
pub fn text(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(sign).collect())
}

/// A character, or what stands for it.
pub fn sign(character: char) -> char {
    match character {
        '\0'..='\x1F' => {
            char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\x7F' => '\u{2421}',
        // Control characters of the upper half; soft hyphen; what joins, turns or separates
        // without being seen; tags and other selectors of form; what has no meaning of its own.
        '\u{80}'..='\u{9F}'
        | '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => char::REPLACEMENT_CHARACTER,
        character => character,
    }
}

/// The same of several lines, which may end.
pub fn lines(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let kept = |character| if character == '\n' { '\n' } else { sign(character) };
    Cow::Owned(text.chars().map(kept).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_may_end_and_turn_no_way() {
        assert_eq!(lines("A\n\u{202e}B\r\n\u{1b}C"), "A\n\u{fffd}B\u{240d}\n\u{241b}C");
        assert_eq!(lines("Größe\n名"), "Größe\n名");
        assert_eq!(text("A\nB\u{2066}"), "A\u{240a}B\u{fffd}");
    }
}
