//! Which of two editions of a code set is the earlier one, by what people call them.

use x12::value::Day;

/// Whether an edition is earlier than another, as far as their names tell: `2025Q4` before `2026Q1`, `v32.3`
/// before `v32.4`, `2026 July` before `2026 October`. `None` where the names are not of one make.
pub fn is_earlier(edition: &str, other: &str) -> Option<bool> {
    let (edition, other) = (Name::of(edition), Name::of(other));
    let is_told = !edition.numbers.is_empty() && edition.make == other.make;
    is_told.then(|| edition.numbers < other.numbers)
}

/// Says why there can be no edition of this name, as far as names tell: a quarter is of four, a month of the
/// calendar, and no year is beyond this century. Such a name would come after every right one.
pub fn possible(name: &str) -> Result<(), String> {
    let text = name.to_ascii_lowercase();
    let words = words_of(&text);
    let next_to = |index: usize, kinds: &[&str]| {
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        before.is_some_and(|word| kinds.contains(word))
    };
    for (index, word) in words.iter().enumerate() {
        let Ok(number) = word.parse::<u64>() else { continue };
        if next_to(index, &["q"]) && !(1..=4).contains(&number) {
            return Err(format!("there is no quarter {number}; write Q1 to Q4"));
        }
        let is_year = next_to(index, &["fy"]) || word.len() == 4 && index == 0;
        let is_day = word.len() == 8 && Day::parse(word.as_bytes()).is_some();
        if is_year && YEAR_MAX < number || NUMBER_MAX < number && !is_day {
            return Err(format!("{number} is no year or version of an edition"));
        }
    }
    let is_word =
        |word: &str| word.len() >= ABBREVIATED && word.bytes().all(|b| b.is_ascii_alphabetic());
    let is_year = |word: &str| word.len() == 4 && word.parse::<u64>().is_ok();
    match words[..] {
        [year, " ", month] | [month, " ", year]
            if is_year(year) && is_word(month) && month_of(month).is_none() =>
        {
            Err(format!("'{month}' is no month; write it as 2026 October"))
        }
        _ if text.len() == 10 && text.bytes().filter(|&byte| byte == b'-').count() == 2 => {
            let is_dashed = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
            match is_dashed && Day::parse_dashed(&text).is_none() {
                true => Err(format!("{text} is no day of the calendar")),
                false => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

const YEAR_MAX: u64 = 2_099;

/// Versions are smaller by far.
const NUMBER_MAX: u64 = 9_999_999;

/// Runs of digits, of letters, and of what is neither.
fn words_of(text: &str) -> Vec<&str> {
    let kind = |sign: char| (sign.is_ascii_digit(), sign.is_alphabetic());
    let (mut words, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|sign| kind(sign) != kind(first)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        words.push(word);
        rest = behind;
    }
    words
}

/// The place of a month in the year, from 0.
fn month_of(word: &str) -> Option<usize> {
    MONTHS.iter().position(|month| {
        word == *month || month.get(..ABBREVIATED).is_some_and(|short| word == short)
    })
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
        let (mut make, mut years, mut numbers) = (String::new(), Vec::new(), Vec::new());
        for word in words_of(&text) {
            match (word.parse::<u64>(), month_of(word)) {
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

    #[test]
    fn knows_names_that_cannot_be() {
        for name in [
            "2026Q4",
            "2026 October",
            "Oct 2026",
            "FY2027",
            "v32.4",
            "26.1",
            "20261001",
            "2026-10-01",
            "HCPC2026_OCT_ANWEB.txt",
            "without 11",
            "autumn",
        ] {
            assert_eq!(possible(name), Ok(()), "{name}");
        }
        for name in [
            "2026Q9",
            "2026Q0",
            "Q5 2026",
            "FY9999",
            "9999 October",
            "2026 Oktober",
            "99999999.99999",
            "2026-13-01",
            "2100Q1",
        ] {
            assert!(possible(name).is_err(), "{name}");
        }
    }
}
