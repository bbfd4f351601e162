//! Remittance advice remark codes that sharpen a reason. Codes are facts; the words are ours.

use super::reasons::Desk;

/// One row: codes that are handled alike.
#[derive(Clone, Copy, Debug)]
pub struct Remark {
    pub codes: &'static [&'static str],
    /// Who works on it, when that is not the reason's desk.
    pub desk: Option<Desk>,
    /// What the payer says.
    pub meaning: &'static str,
    /// What to do; empty when the reason's action stands.
    pub action: &'static str,
    /// The payer never processed the claim: it is sent anew, not replaced.
    pub wants_new_claim: bool,
    /// There is nothing to appeal against.
    pub forbids_appeal: bool,
}

/// The row of a code, if it is one that we route by.
pub fn remark(code: &str) -> Option<&'static Remark> {
    REMARKS.iter().find(|row| row.codes.contains(&code))
}

const fn says(codes: &'static [&'static str], meaning: &'static str) -> Remark {
    Remark { codes, desk: None, meaning, action: "", wants_new_claim: false, forbids_appeal: false }
}

impl Remark {
    const fn fix(self, desk: Desk, action: &'static str) -> Remark {
        Remark { desk: Some(desk), action, ..self }
    }
}

use Desk::{Authorizations, Billers, Coders, Credentials, FrontDesk, Records};

/// Every row.
pub static REMARKS: &[Remark] = &[
    Remark {
        wants_new_claim: true,
        forbids_appeal: true,
        ..says(&["MA130"], "the claim could not be processed")
    },
    Remark { forbids_appeal: true, ..says(&["N211"], "this decision cannot be appealed") },
    says(&["M76", "M64", "M81"], "a diagnosis is missing, wrong or not specific")
        .fix(Coders, "correct the diagnosis in HI"),
    says(&["MA63"], "the principal diagnosis is missing or wrong")
        .fix(Coders, "correct the principal diagnosis in HI"),
    says(&["M51", "M20"], "a procedure code is missing or wrong")
        .fix(Coders, "correct the procedure of the line"),
    says(&["M50"], "a revenue code is missing or wrong")
        .fix(Billers, "correct the revenue code of the line"),
    says(&["M52", "MA31"], "dates of service are missing or wrong")
        .fix(Billers, "correct the dates of service"),
    says(&["M53"], "days or units are missing or wrong")
        .fix(Billers, "correct the units of the line"),
    says(&["M77"], "the place of service is missing or wrong")
        .fix(Billers, "correct the place of service in CLM05 or in the line"),
    says(&["M79"], "the charge is missing or wrong").fix(Billers, "correct the charge of the line"),
    says(&["MA30"], "the type of bill is missing or wrong")
        .fix(Billers, "correct the type of bill in CLM05"),
    says(&["MA40"], "the admission date is missing or wrong")
        .fix(Billers, "correct the admission date"),
    says(&["N382", "MA61", "MA27"], "the patient's identifier or name is missing or wrong")
        .fix(FrontDesk, "verify number and name on the card and correct NM1*IL or NM1*QC"),
    says(&["N329"], "the patient's birth date is missing or wrong")
        .fix(FrontDesk, "correct the birth date in DMG"),
    says(&["N264", "N265"], "the ordering provider's name or number is missing or wrong")
        .fix(Credentials, "correct NM1*DK with the name and NPI that the payer has on file"),
    says(&["N285", "N286"], "the referring provider's name or number is missing or wrong")
        .fix(Credentials, "correct NM1*DN with the name and NPI that the payer has on file"),
    says(&["N290"], "the rendering provider's number is missing or wrong")
        .fix(Credentials, "correct the NPI in NM1*82 with the one that the payer has on file"),
    says(&["N256", "N257"], "the billing provider's name or number is missing or wrong")
        .fix(Credentials, "correct NM1*85 with the name and NPI that the payer has on file"),
    says(&["N255"], "the billing provider's taxonomy is missing or wrong")
        .fix(Credentials, "correct PRV*BI with the taxonomy that the payer has on file"),
    says(&["N54"], "the claim does not agree with what was authorized")
        .fix(Authorizations, "compare the claim with the authorization; correct one of the two"),
    says(&["N30", "N130"], "the plan's terms decide").fix(FrontDesk, "read the plan's benefits"),
    says(&["N362"], "more units than the payer takes for one day")
        .fix(Coders, "check the units against the record"),
    says(&["N20", "M15", "M80", "M86"], "bundled with another service, or paid with it")
        .fix(Coders, "if the service stands by itself, add the modifier that says so"),
    says(&["N4", "MA04", "N479", "N598"], "an earlier payer's remittance is missing")
        .fix(Billers, "bill the earlier payer first; add its amounts and codes to this claim"),
    says(&["N522"], "a duplicate of a claim that came from another payer")
        .fix(Billers, "wait for the decision on the claim that was passed on"),
    says(&["MA120"], "the laboratory's certificate number is missing or wrong")
        .fix(Credentials, "put the certificate number into REF*X4"),
    says(&["M119"], "the drug code is missing or wrong")
        .fix(Billers, "put the drug code into LIN, with unit and quantity in CTP"),
    says(&["N705", "N706"], "documentation is missing or incomplete")
        .fix(Records, "send the documentation"),
    says(&["N432"], "adjusted after an audit").fix(Records, "read the letter of the auditor"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_row() {
        let mut codes: Vec<&str> = REMARKS.iter().flat_map(|row| row.codes).copied().collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
