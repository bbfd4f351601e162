//! TRN in the text of a bank: what CORE rule 370 has payers put into the addenda of a CCD+.

/// A TRN as the bank repeats it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trn {
    /// TRN02.
    pub trace: String,
    /// TRN03; empty when it is not there.
    pub payer_id: String,
}

/// What the rule has payers name their entries.
const DESCRIPTION: &str = "HCCLAIMPMT";

/// Whether a text says that the money pays claims.
pub(super) fn says_claims(text: &str) -> bool {
    text.to_ascii_uppercase().contains(DESCRIPTION)
}

/// The TRN in one of several texts: the first that has its TRN03 too, or else the first at all.
/// Banks break the text over lines, so that it is looked for in each by itself and in all as one.
pub(super) fn find(texts: &[String]) -> Option<Trn> {
    let joined = texts.concat();
    let found: Vec<Trn> =
        texts.iter().map(String::as_str).chain([joined.as_str()]).filter_map(find_in).collect();
    let whole = found.iter().find(|trn| trn.is_whole());
    whole.or_else(|| found.first()).cloned()
}

impl Trn {
    /// TRN03 is a digit and a tax id.
    fn is_whole(&self) -> bool {
        self.payer_id.len() == 10 && self.payer_id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }
}

/// Elements are kept apart by what stands behind `TRN`: banks change the characters. They end
/// with a segment terminator, a blank or the text.
fn find_in(text: &str) -> Option<Trn> {
    let upper = text.to_ascii_uppercase();
    let mut from = 0;
    while let Some(at) = upper.get(from..)?.find("TRN") {
        let start = from + at + 3;
        from = start;
        let rest = text.get(start..)?;
        let mut letters = rest.chars();
        let Some(separator) = letters.next().filter(|found| is_separator(*found)) else { continue };
        let mut elements = letters.as_str().split(separator);
        if elements.next().map(str::trim) != Some("1") {
            continue;
        }
        let mut element = || elements.next().map(until_end);
        let Some((trace, ends)) = element().filter(|(trace, _)| !trace.is_empty()) else {
            continue;
        };
        let payer_id = if ends { String::new() } else { element().unwrap_or_default().0 };
        return Some(Trn { trace, payer_id });
    }
    None
}

fn is_separator(letter: char) -> bool {
    letter.is_ascii_punctuation() && !matches!(letter, '~' | '\\')
}

/// An element up to what ends its segment, and whether something did.
fn until_end(element: &str) -> (String, bool) {
    let end = element.find(|letter: char| matches!(letter, '~' | '\\') || letter.is_control());
    let kept = end.map_or(element, |end| element.get(..end).unwrap_or_default());
    let word = kept.trim();
    // The longest element of TRN has fifty characters; what is longer is no number.
    (word.split_whitespace().next().unwrap_or_default().chars().take(50).collect(), end.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str]) -> Option<(String, String)> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        find(&texts).map(|trn| (trn.trace, trn.payer_id))
    }

    #[test]
    fn finds_the_trn_as_banks_write_it() {
        for (texts, trace, payer_id) in [
            (&["TRN*1*12345*1512345678*999999999~"][..], "12345", "1512345678"),
            (&["TRN*1*12345*1512345678\\"], "12345", "1512345678"),
            (&["TRN*1*12345~"], "12345", ""),
            (&["ACME HCCLAIMPMT TRN*1*A-1 B*1512345678~ CLINIC"], "A-1", "1512345678"),
            (&["trn|1|12345|1512345678"], "12345", "1512345678"),
            // Broken over two lines, and with a word that begins like it before.
            (&["RETRN OF TRN*1*123", "45*1512345678~"], "12345", "1512345678"),
            (&["TRN*1*12345", "OTHER TEXT"], "12345", ""),
            (&["TRN*2*9*9~TRN*1*12345*1512345678~"], "12345", "1512345678"),
        ] {
            assert_eq!(found(texts), Some((trace.into(), payer_id.into())), "{texts:?}");
        }
        for texts in [&[""][..], &["TRN"], &["TRN*1"], &["TRN*1*"], &["TRN*1*~"], &["RETRNED"]] {
            assert_eq!(found(texts), None, "{texts:?}");
        }
    }
}
