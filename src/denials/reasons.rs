//! Claim adjustment reason codes: what each means to the office, and who does what about it.
//!
//! The codes are facts; every word beside them is ours. Every code in effect has a row (`rows`); what has
//! none is newer than our list or ended, and is a denial that billing reads in the payer's own list.

mod rows;

use rows::REASONS;

/// What an adjustment reason is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    Appeal,
    Authorization,
    Benefit,
    Billing,
    Bundled,
    Coding,
    Compliance,
    Contract,
    Documentation,
    Duplicate,
    Eligibility,
    MissingInformation,
    Necessity,
    NotCovered,
    OtherPayer,
    PatientShare,
    Payment,
    Pending,
    ProviderData,
    TimelyFiling,
    Unknown,
}

/// Every topic.
pub const TOPICS: [Topic; 21] = [
    Topic::Appeal,
    Topic::Authorization,
    Topic::Benefit,
    Topic::Billing,
    Topic::Bundled,
    Topic::Coding,
    Topic::Compliance,
    Topic::Contract,
    Topic::Documentation,
    Topic::Duplicate,
    Topic::Eligibility,
    Topic::MissingInformation,
    Topic::Necessity,
    Topic::NotCovered,
    Topic::OtherPayer,
    Topic::PatientShare,
    Topic::Payment,
    Topic::Pending,
    Topic::ProviderData,
    Topic::TimelyFiling,
    Topic::Unknown,
];

impl Topic {
    /// The word for it in the queue.
    pub const fn name(self) -> &'static str {
        match self {
            Topic::Appeal => "appeal",
            Topic::Authorization => "authorization",
            Topic::Benefit => "benefit",
            Topic::Billing => "billing",
            Topic::Bundled => "bundled",
            Topic::Coding => "coding",
            Topic::Compliance => "compliance",
            Topic::Contract => "contract",
            Topic::Documentation => "documentation",
            Topic::Duplicate => "duplicate",
            Topic::Eligibility => "eligibility",
            Topic::MissingInformation => "missing information",
            Topic::Necessity => "medical necessity",
            Topic::NotCovered => "not covered",
            Topic::OtherPayer => "other payer",
            Topic::PatientShare => "patient share",
            Topic::Payment => "payment",
            Topic::Pending => "pending",
            Topic::ProviderData => "provider data",
            Topic::TimelyFiling => "timely filing",
            Topic::Unknown => "unknown reason",
        }
    }
}

/// Who works on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Desk {
    Authorizations,
    Billers,
    Clinicians,
    Coders,
    Contracts,
    Credentials,
    FrontDesk,
    Officers,
    Posters,
    Records,
}

/// Every desk.
pub const DESKS: [Desk; 10] = [
    Desk::Authorizations,
    Desk::Billers,
    Desk::Clinicians,
    Desk::Coders,
    Desk::Contracts,
    Desk::Credentials,
    Desk::FrontDesk,
    Desk::Officers,
    Desk::Posters,
    Desk::Records,
];

impl Desk {
    /// The desk as the queue names it.
    pub const fn name(self) -> &'static str {
        match self {
            Desk::Authorizations => "authorizations",
            Desk::Billers => "billing",
            Desk::Clinicians => "clinicians",
            Desk::Coders => "coding",
            Desk::Contracts => "contracts",
            Desk::Credentials => "credentialing",
            Desk::FrontDesk => "registration",
            Desk::Officers => "compliance",
            Desk::Posters => "posting",
            Desk::Records => "records",
        }
    }
}

/// Whether an adjustment is a denial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Part of any payment: post it, nobody needs to look.
    Expected,
    /// The payer, or another one, is not done yet.
    Waiting,
    /// Somebody should do something about it.
    Denial,
}

/// One row: codes that are handled alike.
#[derive(Clone, Copy, Debug)]
pub struct Reason {
    pub codes: &'static [&'static str],
    pub class: Class,
    pub topic: Topic,
    pub desk: Desk,
    /// What the payer says.
    pub meaning: &'static str,
    /// What the desk does.
    pub action: &'static str,
    /// Whether a corrected claim may be paid.
    pub is_correctable: bool,
    /// Whether an appeal may win.
    pub is_appealable: bool,
}

/// The row of a code; a row of its own for what we do not know.
pub fn reason(code: &str) -> &'static Reason {
    REASONS.iter().find(|row| row.codes.contains(&code)).unwrap_or(&UNKNOWN)
}

/// The two parts of `CO-16`; without a hyphen all of it is the group.
pub fn group_and_reason(code: &str) -> (&str, &str) {
    code.split_once('-').unwrap_or((code, ""))
}

/// Reasons that a payer denies by what it decided before: an exact duplicate, and paid.
pub const OF_COPIES: &[&str] = &["18", "B13"];

/// Whether what is taken off may be the next payer's to pay: coverage that ended or is exhausted, a plan that
/// leaves it out, and whatever another payer comes first for or is responsible for. What is left to the patient
/// is not taken off.
pub fn may_be_next_payers(group: &str, code: &str) -> bool {
    group != "PR" && is_next_payers_reason(code)
}

/// Whether a reason may make it the next payer's, whoever bears what it takes off.
pub fn is_next_payers_reason(code: &str) -> bool {
    OF_NEXT_PAYERS.contains(&code)
}

/// Whether nobody else than the next payer can settle what is taken off: no correction and no third party.
pub fn is_next_payers_alone(group: &str, code: &str) -> bool {
    may_be_next_payers(group, code) && !reason(code).is_correctable && code != SUBROGATED
}

/// Reasons by which a payer says that another one comes first: an accident's insurer, or coordination of benefits.
pub const ANOTHER_COMES_FIRST: &[&str] = &["19", "20", "21", "22"];

/// The reason of what a third party pays.
pub const SUBROGATED: &str = "215";

const OF_NEXT_PAYERS: &[&str] = &[
    "19", "20", "21", "22", "26", "27", "31", "32", "33", "34", "35", "109", "119", "149", "166",
    "177", "178", "179", "180", "200", "204", "209", "215", "254", "258", "270", "280",
];

/// What a group code says of who bears an adjustment.
pub fn group_meaning(group: &str) -> &'static str {
    match group {
        "CO" => "under the contract; the patient may not be billed",
        "PR" => "the patient's share",
        "OA" => "neither the contract's nor the patient's",
        "PI" => "the payer's own reduction; the patient may not be billed",
        "CR" => "a correction, as it was written before version 5010",
        _ => "of no known group",
    }
}

static UNKNOWN: Reason =
    denied(&[], Topic::Unknown, Desk::Billers, "a reason that is not in our list")
        .fix("read the code in the payer's list, then correct the claim or appeal")
        .appeal();

const fn denied(
    codes: &'static [&'static str],
    topic: Topic,
    desk: Desk,
    meaning: &'static str,
) -> Reason {
    Reason {
        codes,
        class: Class::Denial,
        topic,
        desk,
        meaning,
        action: "",
        is_correctable: false,
        is_appealable: false,
    }
}

const fn expected(codes: &'static [&'static str], topic: Topic, meaning: &'static str) -> Reason {
    let row = denied(codes, topic, Desk::Posters, meaning);
    Reason { class: Class::Expected, action: "post it", ..row }
}

const fn waiting(codes: &'static [&'static str], meaning: &'static str) -> Reason {
    let row = denied(codes, Topic::Pending, Desk::Billers, meaning);
    Reason { class: Class::Waiting, action: "wait for the next answer", ..row }
}

impl Reason {
    /// A corrected claim may be paid.
    const fn fix(self, action: &'static str) -> Reason {
        Reason { action, is_correctable: true, ..self }
    }

    /// A corrected claim would be denied again.
    const fn act(self, action: &'static str) -> Reason {
        Reason { action, ..self }
    }

    /// An appeal may win.
    const fn appeal(self) -> Reason {
        Reason { is_appealable: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code_sets::carc;

    #[test]
    fn every_code_has_one_row() {
        let mut codes: Vec<&str> = REASONS.iter().flat_map(|row| row.codes).copied().collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn every_row_says_what_it_is_and_what_to_do() {
        for row in REASONS {
            assert!(!row.meaning.is_empty() && !row.action.is_empty(), "{:?}", row.codes);
            assert!(!row.meaning.ends_with('.') && !row.action.ends_with('.'), "{:?}", row.codes);
        }
    }

    #[test]
    fn what_contracts_and_patients_bear_is_no_denial() {
        let contract = ["24", "44", "45", "69", "94", "118", "131", "137", "161", "235", "245"];
        let accident = ["253", "P5", "P12", "P18", "P22", "P23", "P24", "P29", "W1", "Y3"];
        let patient = ["1", "2", "3", "23", "66", "122", "187", "201", "241", "247", "248", "P3"];
        for code in contract.iter().chain(&accident).chain(&patient) {
            assert_eq!(reason(code).class, Class::Expected, "{code}");
        }
        for code in ["133", "143", "257", "291", "B11", "P8", "P10", "P11"] {
            assert_eq!(reason(code).class, Class::Waiting, "{code}");
        }
        for code in ["16", "29", "50", "97", "197", "B7", "B8", "P2", "P13", "P14", "P27", "Z99"] {
            assert_eq!(reason(code).class, Class::Denial, "{code}");
        }
    }

    /// A code without a row makes a denial of what may be a plain payment.
    #[test]
    fn every_code_in_effect_has_a_row() {
        let today = x12::value::Day::new(2026, 11, 1).expect("a day of the calendar");
        let codes: Vec<&str> = carc::in_effect(today).collect();
        assert!(codes.len() > 290, "{} codes", codes.len());
        let without = |code: &&&str| reason(code).topic == Topic::Unknown;
        let without: Vec<&&str> = codes.iter().filter(without).collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn every_row_is_of_codes_that_there_are() {
        let codes = REASONS.iter().flat_map(|row| row.codes);
        let unknown: Vec<&&str> =
            codes.filter(|code| carc::meaning(code.as_bytes()).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
