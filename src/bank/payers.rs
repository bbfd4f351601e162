//! Whose money a deposit is by what the bank calls its payer. Banks cut names off and shorten them, so
//! a name that nobody is known by says nothing.

use std::collections::BTreeSet;

use super::payer_key;
use crate::change::deposits::{Awaited, Deposit};

/// Who is known where a deposit is held against remittances: the payers of the settings, and those of
/// all remittances under its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Payers<'k> {
    settings: &'k [String],
    /// Name in the settings, N1*PR, TRN03.
    remitted: BTreeSet<[&'k str; 3]>,
}

impl<'k> Payers<'k> {
    /// Those of the settings alone.
    pub fn of_settings(settings: &'k [String]) -> Payers<'k> {
        Payers { settings, remitted: BTreeSet::new() }
    }

    pub fn add(&mut self, payment: &'k Awaited) {
        self.remitted.insert([&payment.payer, &payment.payer_name, &payment.payer_id]);
    }

    /// Whether the bank's name is plainly that of another payer than a remittance's.
    pub fn is_another(&self, deposit: &Deposit, payment: &Awaited) -> bool {
        let bank = deposit.payer_name.as_str();
        if letters(bank).len() < NAME_LETTERS_MIN || is_named(deposit, payment) {
            return false;
        }
        let own = words(&payment.payer_name);
        let is_plain = |name: &str| {
            let others = words(name);
            // "BLUE CROSS NJ" is not plainly "Blue", where it may be "Horizon Blue Cross".
            let beyond = own.difference(&others).any(|word| words(bank).contains(word));
            !others.is_empty() && is_plainly(bank, name) && !beyond
        };
        self.settings.iter().any(|name| is_plain(name))
            || self.remitted.iter().any(|&[payer, name, id]| {
                !is_same_company(payment, payer, id) && (is_plain(name) || is_plain(payer))
            })
    }
}

/// One company may write its name in several ways.
fn is_same_company(payment: &Awaited, payer: &str, id: &str) -> bool {
    let (own, other) = (payer_key(&payment.payer_id), payer_key(id));
    if own.is_empty() || other.is_empty() { payment.payer == payer } else { own == other }
}

/// By its id, or by what the bank calls it.
pub(super) fn is_same_payer(deposit: &Deposit, payment: &Awaited) -> bool {
    let (bank, payer) = (payer_key(&deposit.payer_id), payer_key(&payment.payer_id));
    !bank.is_empty() && bank == payer || is_named(deposit, payment)
}

/// Whether no id speaks against it.
pub(super) fn may_be_same_payer(deposit: &Deposit, payment: &Awaited) -> bool {
    let (bank, payer) = (payer_key(&deposit.payer_id), payer_key(&payment.payer_id));
    bank.is_empty() || payer.is_empty() || bank == payer
}

/// Whether the bank's name begins as one of the payer's does: the names of companies are cut off at 16
/// characters.
fn is_named(deposit: &Deposit, payment: &Awaited) -> bool {
    let bank = letters(&deposit.payer_name);
    [&payment.payer_name, &payment.payer].into_iter().map(|name| letters(name)).any(|name| {
        let shorter = bank.len().min(name.len());
        NAME_LETTERS_MIN <= shorter && bank.get(..shorter) == name.get(..shorter)
    })
}

/// Whether one name is the other, or the first words of it, or all that is left of it where it was cut
/// off: "Medica" is not Medicare.
fn is_plainly(bank: &str, name: &str) -> bool {
    let (one, other) = (letters(bank), letters(name));
    let shorter = one.len().min(other.len());
    if shorter < NAME_LETTERS_MIN || one.get(..shorter) != other.get(..shorter) {
        return false;
    }
    let is_cut_off = one.len() == shorter && COMPANY_NAME_LEN <= bank.trim().len();
    let longer = if one.len() == shorter { name } else { bank };
    let mut end = 0;
    let mut ends = longer.split(is_between).map(|word| {
        end += word.len();
        end
    });
    is_cut_off || ends.any(|end| end == shorter)
}

/// Fewer letters are no name.
const NAME_LETTERS_MIN: usize = 4;

/// What a NACHA file has room for.
const COMPANY_NAME_LEN: usize = 16;

fn is_between(letter: char) -> bool {
    !letter.is_ascii_alphanumeric()
}

fn letters(name: &str) -> String {
    name.split(is_between).collect::<String>().to_ascii_uppercase()
}

/// The words that tell payers apart.
fn words(name: &str) -> BTreeSet<String> {
    let words = name.split(is_between).filter(|word| NAME_LETTERS_MIN <= word.len());
    let words = words.map(str::to_ascii_uppercase);
    words.filter(|word| !COMMON_WORDS.contains(&word.as_str())).collect()
}

/// What half of all payers are called.
const COMMON_WORDS: [&str; 24] = [
    "ADMINISTRATORS",
    "AMERICA",
    "AMERICAN",
    "ASSURANCE",
    "BENEFIT",
    "BENEFITS",
    "CARE",
    "CLAIM",
    "CLAIMS",
    "COMMUNITY",
    "COMPANY",
    "GROUP",
    "HEALTH",
    "HEALTHCARE",
    "INSURANCE",
    "LIFE",
    "MEDICAL",
    "MUTUAL",
    "NATIONAL",
    "PAYMENT",
    "PLAN",
    "PLANS",
    "SERVICES",
    "STATE",
];

#[cfg(test)]
mod tests {
    use x12::fault::Place;
    use x12::value::{Day, Money};

    use super::*;
    use crate::change::ArrivalId;
    use crate::change::deposits::Way;

    fn deposit(payer_name: &str) -> Deposit {
        Deposit {
            arrival: ArrivalId(1),
            identity: String::new(),
            day: Day::new(2026, 11, 2).expect("a day"),
            amount: Money::from_cents(1),
            way: Way::Ach,
            trace: "1".to_owned(),
            payer_id: String::new(),
            payer_name: payer_name.to_owned(),
            bank_reference: String::new(),
            is_claim_payment: true,
            place: Place::default(),
        }
    }

    fn payment(payer: &str, payer_name: &str, payer_id: &str) -> Awaited {
        Awaited {
            arrival: ArrivalId(1),
            identity: String::new(),
            payer: payer.to_owned(),
            payer_id: payer_id.to_owned(),
            payer_name: payer_name.to_owned(),
            way: Way::Ach,
            trace: "1".to_owned(),
            paid_on: None,
            amount: Money::from_cents(1),
            stated: Money::from_cents(1),
            written_off: Money::ZERO,
        }
    }

    #[test]
    fn a_name_speaks_against_a_remittance_only_where_it_is_plainly_anothers() {
        let settings = ["acme", "beta", "blue", "health"].map(str::to_owned);
        let others = [
            payment("hub", "GAMMA MUTUAL", "1333333333"),
            payment("hub", "DELTA CARE", "1512345678"),
        ];
        let mut payers = Payers::of_settings(&settings);
        for other in &others {
            payers.add(other);
        }
        let own = payment("acme", "ACME HEALTH", "1512345678");
        for (bank, awaited, expected) in [
            ("BETA HEALTH", &own, true),
            ("GAMMA MUTUAL INS", &own, true),
            // What its own company is called, by TRN03.
            ("DELTA CARE", &own, false),
            ("ACME HLTH", &own, false),
            ("BTA HLTH", &own, false),
            ("HEALTH PARTNERS", &own, false),
            ("ABC CLEARING", &own, false),
            ("", &own, false),
            ("BLUE CROSS NJ", &own, true),
            ("BLUE CROSS NJ", &payment("horizon", "HORIZON BLUE CROSS", ""), false),
        ] {
            assert_eq!(payers.is_another(&deposit(bank), awaited), expected, "{bank}");
        }
    }

    #[test]
    fn a_name_is_plainly_anothers_by_whole_words_or_where_it_was_cut_off() {
        for (bank, name, expected) in [
            ("BETA HEALTH", "beta", true),
            ("BETA HEALTH", "Beta Health Plan, Inc.", true),
            ("UNITED HEALTHCAR", "United Healthcare of Ohio", true),
            ("BETA-HEALTH", "BETAHEALTH", true),
            ("MEDICARE PART B", "Medica", false),
            ("MEDICA", "Medicare", false),
            ("BETA HLTH", "Beta Health", false),
            ("UHC", "UHC", false),
            ("", "", false),
        ] {
            assert_eq!(is_plainly(bank, name), expected, "{bank} and {name}");
        }
    }
}
