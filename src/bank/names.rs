//! What a bank calls a payer in the text of an entry: no field of BAI2 has it.

use super::plain;

/// The name of the payer in the lines of a text, as far as the first line that has one goes on; empty where none
/// does. A bank labels it, or begins with it.
pub(super) fn payer(texts: &[String]) -> String {
    let labelled = texts.iter().find_map(|text| labelled(text));
    let first = || texts.iter().map(|text| name(text)).find(|name| !name.is_empty());
    plain(labelled.or_else(first).unwrap_or_default().as_bytes())
}

/// What stands behind a label of the payer's name.
fn labelled(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let behind = |label: &&str| {
        let at = upper.find(*label)?;
        let before = upper.get(..at)?.chars().next_back();
        let is_word = before.is_none_or(|letter| !letter.is_ascii_alphanumeric());
        text.get(at + label.len()..).filter(|_| is_word)
    };
    LABELS.iter().find_map(behind).map(name).filter(|name| !name.is_empty())
}

/// The words of a name, up to what is none: a label, a number, or what the payment is.
fn name(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut is_labelled = false;
    for word in text.split_whitespace() {
        let upper = word.to_ascii_uppercase();
        is_labelled = word.contains([':', '=']);
        if words.is_empty() && BEFORE.contains(&upper.as_str()) {
            continue;
        }
        let is_number = DIGITS_MIN <= word.chars().filter(char::is_ascii_digit).count();
        if is_labelled || is_number || BEHIND.iter().any(|behind| upper.starts_with(behind)) {
            break;
        }
        words.push(word);
    }
    while is_labelled && words.last().is_some_and(|word| of_label(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Whether a word before a label is a part of it.
fn of_label(word: &str) -> bool {
    OF_LABELS.contains(&word.to_ascii_uppercase().as_str())
}

/// What banks write before the name of who pays.
const LABELS: [&str; 10] = [
    "ORIG CO NAME:",
    "ORIGINATOR NAME:",
    "COMPANY NAME:",
    "PAYER NAME:",
    "CO NAME:",
    "ORIGINATOR:",
    "SENDER:",
    "PAYER:",
    "ORIG:",
    "ORG=",
];

/// What an entry is, before the name.
const BEFORE: [&str; 13] = [
    "ACH",
    "CCD",
    "CR",
    "CREDIT",
    "CTX",
    "DEPOSIT",
    "EFT",
    "FROM",
    "HCCLAIMPMT",
    "INCOMING",
    "PREAUTHORIZED",
    "RECEIVED",
    "WIRE",
];

/// What stands behind the name.
const BEHIND: [&str; 5] = ["HCCLAIMPMT", "TRN*", "TRN|", "CCD", "CTX"];

/// Words of labels that have several: `ORIG ID:`, `CO ENTRY DESCR:`.
const OF_LABELS: [&str; 10] =
    ["CO", "COMPANY", "DESC", "ENTRY", "IND", "ORIG", "ORIGINATOR", "PAYMENT", "PMT", "RECEIVER"];

/// A number, and no `1199 FUND`.
const DIGITS_MIN: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payer_is_called_what_stands_at_its_label_or_first() {
        for (texts, name) in [
            (&["ACME HEALTH HCCLAIMPMT"][..], "ACME HEALTH"),
            (&["ACME HEALTH", "HCCLAIMPMT TRN*1*1*1512345678~"], "ACME HEALTH"),
            (&["ACH CREDIT ACME HEALTH 1512345678"], "ACME HEALTH"),
            (&["", "HCCLAIMPMT ACME HEALTH CCD"], "ACME HEALTH"),
            (&["ACME HEALTH DES:HCCLAIMPMT ID:77 INDN:CLINIC CO ID:1512345678"], "ACME HEALTH"),
            (
                &["TRACE NO 77", "ORIG CO NAME:ACME HEALTH ORIG ID:1512345678 CO ENTRY DESCR:HC"],
                "ACME HEALTH",
            ),
            (&["FED 77 ORG=ACME HEALTH OBI=CLAIMS"], "ACME HEALTH"),
            (&["1199 SEIU FUND HCCLAIMPMT"], "1199 SEIU FUND"),
            (&["TRN*1*77*1512345678~"], ""),
            (&["DEPOSIT"], ""),
            (&[][..], ""),
        ] {
            let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
            assert_eq!(payer(&texts), name, "{texts:?}");
        }
    }
}
