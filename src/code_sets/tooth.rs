//! Teeth (TOO02, DN201) by the universal system: 1 to 32 and A to T, from the upper right to the
//! lower right, and one that is too many by the tooth beside it: 51 to 82, AS to TS.

/// A tooth of the mouth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tooth {
    pub kind: ToothKind,
    /// A milk tooth.
    pub is_primary: bool,
}

/// Where in the row a tooth stands, and so which surfaces it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToothKind {
    /// An incisor or a canine: it has an edge.
    Front,
    Premolar,
    Molar,
}

/// The tooth of this number or letter; `None` when there is none.
pub fn find(number: &[u8]) -> Option<Tooth> {
    match *number {
        [letter @ b'A'..=b'T'] | [letter @ b'A'..=b'T', b'S'] => Some(primary(letter - b'A')),
        [one @ b'1'..=b'9'] | [b'0', one @ b'1'..=b'9'] => permanent(one - b'0'),
        [ten @ b'1'..=b'9', one @ b'0'..=b'9'] => permanent((ten - b'0') * 10 + (one - b'0')),
        _ => None,
    }
}

fn permanent(number: u8) -> Option<Tooth> {
    let number = match number {
        1..=32 => number,
        51..=82 => number - 50,
        _ => return None,
    };
    // Sixteen teeth in a jaw, and its halves mirror each other.
    let in_jaw = (number - 1) % 16;
    let kind = match in_jaw.min(15 - in_jaw) {
        0..=2 => ToothKind::Molar,
        3 | 4 => ToothKind::Premolar,
        _ => ToothKind::Front,
    };
    Some(Tooth { kind, is_primary: false })
}

/// Milk teeth are ten in a jaw, without premolars.
const fn primary(index: u8) -> Tooth {
    let in_jaw = index % 10;
    let kind = match in_jaw {
        0 | 1 | 8 | 9 => ToothKind::Molar,
        _ => ToothKind::Front,
    };
    Tooth { kind, is_primary: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_teeth_of_both_jaws_and_those_too_many() {
        let kind = |number: &str| find(number.as_bytes()).map(|tooth| tooth.kind);
        for number in
            ["1", "3", "14", "16", "17", "19", "30", "32", "03", "51", "82", "A", "T", "JS"]
        {
            assert_eq!(kind(number), Some(ToothKind::Molar), "{number}");
        }
        for number in ["4", "5", "12", "13", "20", "21", "28", "29", "54"] {
            assert_eq!(kind(number), Some(ToothKind::Premolar), "{number}");
        }
        for number in ["6", "8", "11", "22", "27", "C", "H", "M", "R", "58", "CS"] {
            assert_eq!(kind(number), Some(ToothKind::Front), "{number}");
        }
        for number in ["", "0", "00", "33", "50", "83", "99", "U", "a", "AB", "TT", "003", "30,31"]
        {
            assert_eq!(kind(number), None, "{number}");
        }
        assert!(find(b"A").is_some_and(|tooth| tooth.is_primary));
        assert!(find(b"1").is_some_and(|tooth| !tooth.is_primary));
    }
}
