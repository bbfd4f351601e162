//! Which of two editions of a code set is the earlier one, by what people call them.

/// Whether an edition is earlier than another, as far as their names tell: `2025Q4` before `2026Q1`, `v32.3`
/// before `v32.4`, `2026 July` before `2026 October`. `None` where the names are not of one make.
pub fn is_earlier(edition: &str, other: &str) -> Option<bool> {
    let (edition, other) = (Name::of(edition), Name::of(other));
    let is_told = !edition.numbers.is_empty() && edition.make == other.make;
    is_told.then(|| edition.numbers < other.numbers)
}

/// A name of an edition, taken apart.
#[derive(Debug, Default)]
struct Name {
    /// All but its numbers.
    make: String,
    /// Its numbers, months among them: years before the others, for they may stand behind.
    numbers: Vec<u64>,
}

impl Name {
    fn of(text: &str) -> Name {
        let text = text.to_ascii_lowercase();
        let kind = |sign: char| (sign.is_ascii_digit(), sign.is_ascii_alphabetic());
        let (mut make, mut years, mut numbers) = (String::new(), Vec::new(), Vec::new());
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|sign| kind(sign) != kind(first)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            rest = behind;
            let month = MONTHS.iter().position(|month| {
                word == *month || month.get(..ABBREVIATED).is_some_and(|short| word == short)
            });
            match (word.parse::<u64>(), month) {
                (Ok(year @ 1900..2200), _) if word.len() == 4 => years.push(year),
                (Ok(number), _) => numbers.push(number),
                (Err(_), Some(month)) => numbers.push(month as u64 + 1),
                (Err(_), None) => {
                    make.push_str(word);
                    continue;
                }
            }
            make.push('#');
        }
        years.append(&mut numbers);
        Name { make, numbers: years }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The letters that a short month has.
const ABBREVIATED: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_earlier_editions_by_their_names() {
        for (one, other, expected) in [
            ("2025Q4", "2026Q1", Some(true)),
            ("2026Q1", "2025Q4", Some(false)),
            ("2026Q1", "2026Q1", Some(false)),
            ("v32.3", "v32.4", Some(true)),
            ("v9", "v10", Some(true)),
            ("2026 July", "2026 October", Some(true)),
            ("October 2025", "July 2026", Some(true)),
            ("HCPC2026_JAN_ANWEB.txt", "HCPC2026_OCT_ANWEB.txt", Some(true)),
            ("FY2026", "FY2027", Some(true)),
            ("2026-10-01", "2026-04-01", Some(false)),
            ("2026Q1", "2026 October", None),
            ("ours", "theirs", None),
            ("ours", "ours", None),
        ] {
            assert_eq!(is_earlier(one, other), expected, "{one} {other}");
        }
    }
}
