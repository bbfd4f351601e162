//! Claim status codes, by which a payer's 277CA rejects. Codes are facts; the words are ours.

use super::reasons::Desk;
use Desk::{Billers, Coders, Credentials, FrontDesk};

/// What a 277CA says about one status code.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    pub code: &'static str,
    pub desk: Desk,
    /// What is wrong.
    pub meaning: &'static str,
    /// What to do.
    pub action: &'static str,
}

/// The row of a status code, if we know it.
pub fn status(code: &str) -> Option<&'static Status> {
    STATUSES.iter().find(|row| row.code == code)
}

/// What a category code says of the claim.
pub fn category_meaning(category: &str) -> &'static str {
    match category {
        "A0" => "passed on to another entity",
        "A1" => "received",
        "A2" => "accepted for adjudication",
        "A3" => "returned without being processed",
        "A4" => "not found",
        "A5" => "split and accepted",
        "A6" => "rejected: information is missing",
        "A7" => "rejected: information is wrong",
        "A8" => "rejected: fields contradict each other",
        _ => "a category that is not in our list",
    }
}

/// Whom an entity code means.
pub fn entity_name(entity: &str) -> Option<&'static str> {
    Some(match entity {
        "40" => "the receiver",
        "41" => "the submitter",
        "71" => "the attending provider",
        "72" => "the operating provider",
        "77" => "the service location",
        "82" => "the rendering provider",
        "85" => "the billing provider",
        "87" => "the pay-to provider",
        "DK" => "the ordering provider",
        "DN" => "the referring provider",
        "DQ" => "the supervising provider",
        "GB" => "the other insured",
        "IL" => "the subscriber",
        "PR" => "the payer",
        "QC" => "the patient",
        _ => return None,
    })
}

const fn row(
    code: &'static str,
    desk: Desk,
    meaning: &'static str,
    action: &'static str,
) -> Status {
    Status { code, desk, meaning, action }
}

/// Every row, in the order of codes.
pub static STATUSES: &[Status] = &[
    row("0", Billers, "the payer says no more", "ask the payer what is wrong"),
    row("21", Billers, "information is missing or wrong", "correct what the other codes name"),
    row("24", Credentials, "not enrolled for electronic claims", "enrol with the payer first"),
    row("25", Credentials, "not approved by the payer", "check the enrolment with the payer"),
    row("26", Credentials, "not found by the payer", "check the number against the enrolment"),
    row("33", FrontDesk, "subscriber and number not found", "verify number and name on the card"),
    row("54", Billers, "duplicate of a processed claim", "look for the first claim's remittance"),
    row("78", Billers, "duplicate of a waiting claim", "wait for the first claim's remittance"),
    row("88", FrontDesk, "not eligible on the days of service", "verify the coverage"),
    row("97", FrontDesk, "no eligibility found for the patient", "verify the coverage"),
    row(
        "116",
        Billers,
        "sent to the wrong payer",
        "find the right payer and route the claim there",
    ),
    row("122", Billers, "data is missing or wrong", "correct what the other codes name"),
    row("125", FrontDesk, "the name", "correct the name"),
    row("126", FrontDesk, "the address", "correct the address"),
    row("128", Credentials, "the tax number", "correct the tax number"),
    row("145", Credentials, "the taxonomy", "correct the taxonomy in PRV"),
    row("153", Credentials, "the identifier", "correct the identifier"),
    row("156", FrontDesk, "the relationship to the subscriber", "correct SBR02 or PAT01"),
    row("157", FrontDesk, "the sex", "correct DMG03"),
    row("158", FrontDesk, "the birth date", "correct DMG02"),
    row("164", FrontDesk, "the member number", "verify the number on the card and correct NM109"),
    row("178", Billers, "the charges", "check CLM02 against the sum of the lines"),
    row("187", Billers, "the dates of service", "correct the dates of service"),
    row("188", Billers, "the statement dates", "correct the statement dates"),
    row("189", Billers, "the admission date", "correct the admission date"),
    row("228", Billers, "the type of bill", "correct CLM05"),
    row("249", Billers, "the place of service", "correct the place of service"),
    row("254", Coders, "the principal diagnosis", "correct the principal diagnosis in HI"),
    row("255", Coders, "a diagnosis", "correct the diagnosis in HI"),
    row("286", Billers, "the other payer's remittance", "add the other payer's amounts and codes"),
    row("400", Billers, "the claim does not add up", "check its amounts against its lines"),
    row("402", Billers, "an amount must be above nothing", "correct the amount"),
    row("453", Coders, "a modifier", "correct the modifiers of the line"),
    row("454", Coders, "a procedure", "correct the procedure of the line"),
    row("455", Coders, "a revenue code", "correct the revenue code of the line"),
    row("464", Billers, "the payer's claim number", "put the payer's number into REF*F8"),
    row("476", Billers, "the units", "correct the units of the line"),
    row("481", Billers, "the form of the claim", "ask the payer what it cannot read"),
    row(
        "496",
        Credentials,
        "the submitter may not send for it",
        "enrol the provider with the payer",
    ),
    row("500", FrontDesk, "the postal code", "correct N403"),
    row("507", Coders, "a HCPCS code", "correct the procedure of the line"),
    row("562", Credentials, "the NPI", "correct the NPI with the one that the payer has on file"),
    row("746", Billers, "a duplicate submission", "look for the first claim's answer"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order() {
        let numbers: Vec<u32> = STATUSES.iter().filter_map(|row| row.code.parse().ok()).collect();
        assert_eq!(numbers.len(), STATUSES.len());
        assert!(numbers.is_sorted_by(|one, next| one < next));
    }
}
