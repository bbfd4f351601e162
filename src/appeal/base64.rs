//! Bytes as text (RFC 4648, section 4).

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

/// The bytes of a text; `None` when it is none of ours.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let signs = text.as_bytes();
    for (index, chunk) in signs.chunks(4).enumerate() {
        let is_last = (index + 1) * 4 == signs.len();
        let filled = chunk.iter().rposition(|&sign| sign != b'=').map_or(0, |at| at + 1);
        if filled < 2 || (filled < 4 && !is_last) {
            return None;
        }
        let mut bits = 0;
        for &sign in &chunk[..filled] {
            bits = bits << 6 | SIGNS.iter().position(|&known| known == sign)? as u32;
        }
        bits <<= 6 * (4 - filled);
        let whole = [bits >> 16, bits >> 8, bits].map(|bits| bits as u8);
        bytes.extend(&whole[..filled - 1]);
    }
    // One text for each list of bytes: what is left over in the last sign is nothing.
    (encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_as_the_standard_does() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)), Some(all));
        for text in ["Z", "Zg=", "Zh==", "Z===", "====", "Zg==Zg==", "Zm9*", "Zm 9"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
