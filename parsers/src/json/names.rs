//! The tables' names as keys: snake case, plurals for what may repeat, and no word that says again
//! what the object around it has said.

/// A name as a key: small letters, digits and underscores.
pub(super) fn snake(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut was_small = false;
    for letter in name.chars() {
        // Some write `totalCharge`.
        if was_small && letter.is_ascii_uppercase() {
            key.push('_');
        }
        was_small = letter.is_ascii_lowercase();
        match letter {
            'a'..='z' | '0'..='9' => key.push(letter),
            'A'..='Z' => key.push(letter.to_ascii_lowercase()),
            // "the payer's bank" is one word less.
            '\'' => {}
            _ if key.is_empty() || key.ends_with('_') => {}
            _ => key.push('_'),
        }
    }
    key.trim_end_matches('_').to_owned()
}

/// Words behind which a name goes on to say more of its noun: "text for a regulator".
const MORE_WORDS: [&str; 10] =
    ["of", "for", "by", "in", "from", "to", "on", "with", "the", "until"];

/// Words that cannot begin a name when what stood before them is dropped.
const BOUND_WORDS: [&str; 9] =
    ["and", "applies", "apply", "demanded", "given", "is", "or", "under", "without"];

/// The noun of a name in the plural.
pub(super) fn plural(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    // "what made the segment wrong" has no noun to put in the plural.
    if words.first().is_some_and(|&first| ["what", "whose", "why"].contains(&first)) {
        return name.to_owned();
    }
    let is_more = |&word: &&str| MORE_WORDS.contains(&word);
    let noun_end = words.iter().skip(1).position(is_more).map(|at| at + 1);
    let (noun, more) = words.split_at(noun_end.unwrap_or(words.len()));
    let mut words: Vec<String> = noun.iter().map(|&word| word.to_owned()).collect();
    if let Some(last) = words.last_mut() {
        *last = plural_word(last);
    }
    words.extend(more.iter().map(|&word| word.to_owned()));
    words.join(" ")
}

fn plural_word(word: &str) -> String {
    let stem = |ending: &str| word.strip_suffix(ending);
    let ends_in_vowel_y = ["ay", "ey", "oy", "uy"].iter().any(|ending| word.ends_with(ending));
    if word == "tooth" {
        "teeth".to_owned()
    } else if let Some(stem) = stem("sis") {
        format!("{stem}ses")
    } else if word.ends_with("ss") || word.ends_with('x') || word.ends_with("status") {
        format!("{word}es")
    } else if word.ends_with('s') || word == "equipment" {
        word.to_owned()
    } else if let Some(stem) = stem("y")
        && !ends_in_vowel_y
    {
        format!("{stem}ies")
    } else {
        format!("{word}s")
    }
}

/// A name without what the object around it says already: any end of one of these names.
///
/// In "service facility", "facility number" is "number" and "service facility contact" is
/// "contact".
pub(super) fn within<'a>(name: &'a str, around: &[&str]) -> &'a str {
    let shorter = around.iter().flat_map(|outer| ends_of(outer)).filter_map(|end| {
        let rest = name.strip_prefix(end)?.strip_prefix(' ')?;
        let first = rest.split(' ').next()?;
        let is_bound = MORE_WORDS.contains(&first) || BOUND_WORDS.contains(&first);
        (!is_bound).then_some(rest)
    });
    shorter.min_by_key(|rest| rest.len()).unwrap_or(name)
}

/// The whole name, and what is left of it without its first word, its first two words …
fn ends_of(name: &str) -> impl Iterator<Item = &str> {
    let starts = name.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).map(move |start| &name[start..])
}

/// The turn that a name speaks of, and what it counts: "third modifier", "diagnosis 7".
pub(super) fn turn(name: &str) -> Option<(usize, &str)> {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    if let Some((word, noun)) = name.split_once(' ')
        && let Some(at) = ORDINALS.iter().position(|&ordinal| ordinal == word)
    {
        return Some((at + 1, noun));
    }
    let (noun, number) = name.rsplit_once(' ')?;
    Some((number.parse().ok()?, noun))
}

/// The known word that is most like one that is not known; none when nothing is like it.
pub(super) fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const LEN_MAX: usize = 64;
    if unknown.len() > LEN_MAX {
        return None;
    }
    let unknown = snake(unknown);
    let near = |known: &&str| distance(&unknown, known);
    // Part of a name stands for the name; else a slip of a few letters may be meant.
    let is_part = |known: &str| {
        2 < known.len().min(unknown.len()) && (known.contains(&unknown) || unknown.contains(known))
    };
    let best = known.min_by_key(|known| (!is_part(known), near(known)))?;
    (is_part(best) || near(&best) <= 2.max(unknown.len() / 3)).then_some(best)
}

/// How many letters must change to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_keys_of_names() {
        for (name, key) in [
            ("pay-to address", "pay_to_address"),
            ("disability, from and to", "disability_from_and_to"),
            ("payee's bank", "payees_bank"),
            ("last x-ray", "last_x_ray"),
        ] {
            assert_eq!(snake(name), key);
        }
    }

    #[test]
    fn makes_plurals_of_nouns() {
        for (one, many) in [
            ("diagnosis", "diagnoses"),
            ("text for a regulator", "texts for a regulator"),
            ("way to reach", "ways to reach"),
            ("payment policy", "payment policies"),
            ("claim adjustments", "claim adjustments"),
            ("status", "statuses"),
            ("pay-to address", "pay-to addresses"),
        ] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn drops_what_was_said() {
        for (name, around, short) in [
            ("service facility contact", "service facility", "contact"),
            ("facility number", "service facility", "number"),
            ("claim from and to", "claim", "claim from and to"),
            ("patient", "patient", "patient"),
            ("payer the claim went on to", "payer", "payer the claim went on to"),
        ] {
            assert_eq!(within(name, &[around]), short);
        }
    }

    #[test]
    fn knows_turns() {
        assert_eq!(turn("third modifier"), Some((3, "modifier")));
        assert_eq!(turn("diagnosis 12"), Some((12, "diagnosis")));
        assert_eq!(turn("street, second line"), None);
    }

    #[test]
    fn suggests_what_is_alike() {
        let known = ["total_charge", "patient_control_number", "street"];
        let near = |unknown| nearest(unknown, known.into_iter());
        assert_eq!(near("totalCharge"), Some("total_charge"));
        assert_eq!(near("charge"), Some("total_charge"));
        assert_eq!(near("steret"), Some("street"));
        assert_eq!(near("color_of_the_roof"), None);
    }
}
