//! Remittance advice remark codes that sharpen a reason. Codes are facts; the words are ours.
//!
//! Codes are here that move a denial to another desk, say which field or paper is wrong, or why a payer took
//! something back. What only informs (an alert of appeal rights, a policy that was applied, a program by which
//! was paid) is left out: the reason's own row decides.

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
    /// Names something that a corrected claim, or what is sent with it, puts right.
    pub is_correctable: bool,
    /// The payer never processed the claim: it is sent anew, not replaced.
    pub wants_new_claim: bool,
    /// There is nothing to appeal against.
    pub forbids_appeal: bool,
}

impl Remark {
    /// Those of its codes that were said, and what they mean: `N20/M15: bundled`.
    pub fn told<'a>(&self, said: impl Iterator<Item = &'a String>) -> String {
        let mut codes: Vec<&str> = Vec::new();
        for code in said.filter(|code| self.codes.contains(&code.as_str())) {
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
        format!("{}: {}", codes.join("/"), self.meaning)
    }
}

/// The row of a code, if it is one that we route by.
pub fn remark(code: &str) -> Option<&'static Remark> {
    REMARKS.iter().find(|row| row.codes.contains(&code))
}

const fn says(codes: &'static [&'static str], meaning: &'static str) -> Remark {
    Remark {
        codes,
        desk: None,
        meaning,
        action: "",
        is_correctable: false,
        wants_new_claim: false,
        forbids_appeal: false,
    }
}

impl Remark {
    /// A corrected claim may be paid.
    const fn fix(self, desk: Desk, action: &'static str) -> Remark {
        Remark { desk: Some(desk), action, is_correctable: true, ..self }
    }

    /// Whether a corrected claim may be paid is left to the reason.
    const fn act(self, desk: Desk, action: &'static str) -> Remark {
        Remark { desk: Some(desk), action, ..self }
    }
}

use Desk::{Authorizations, Billers, Coders, Contracts, Credentials, FrontDesk, Posters, Records};

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
    says(&["MA63", "MA65"], "the principal or admitting diagnosis is missing or wrong")
        .fix(Coders, "correct the principal or admitting diagnosis in HI"),
    says(&["M20", "M51"], "a procedure code is missing or wrong")
        .fix(Coders, "correct the procedure of the line"),
    says(&["M67", "MA66"], "a procedure of the stay is missing or wrong")
        .fix(Coders, "correct the procedure in HI"),
    says(&["M50"], "a revenue code is missing or wrong")
        .fix(Billers, "correct the revenue code of the line"),
    says(&["M52", "M59", "MA06", "MA31"], "dates of service are missing or wrong")
        .fix(Billers, "correct the dates of service"),
    says(&["M78", "N822", "N823"], "a modifier is missing or wrong")
        .fix(Coders, "correct the modifiers of the line"),
    says(&["M53"], "days or units are missing or wrong")
        .fix(Billers, "correct the units of the line"),
    says(&["M77"], "the place of service is missing or wrong")
        .fix(Billers, "correct the place of service in CLM05 or in the line"),
    says(&["M54", "M79"], "the charge is missing or wrong")
        .fix(Billers, "correct the charge of the line, and CLM02"),
    says(&["MA30"], "the type of bill is missing or wrong")
        .fix(Billers, "correct the type of bill in CLM05"),
    says(&["MA40"], "the admission date is missing or wrong")
        .fix(Billers, "correct the admission date"),
    says(
        &["MA21", "MA27", "MA36", "MA61", "N382"],
        "the patient's identifier or name is missing or wrong",
    )
    .fix(FrontDesk, "verify number and name on the card and correct NM1*IL or NM1*QC"),
    says(&["MA38", "MA39", "N329", "N340"], "the patient's birth date or sex is missing or wrong")
        .fix(FrontDesk, "correct birth date and sex in DMG"),
    says(
        &["N264", "N265", "N266", "N267"],
        "the ordering provider's name or number is missing or wrong",
    )
    .fix(Credentials, "correct NM1*DK with the name and NPI that the payer has on file"),
    says(&["N285", "N286", "N287"], "the referring provider's name or number is missing or wrong")
        .fix(Credentials, "correct NM1*DN with the name and NPI that the payer has on file"),
    says(&["N290", "N291"], "the rendering provider's number is missing or wrong")
        .fix(Credentials, "correct the NPI in NM1*82 with the one that the payer has on file"),
    says(&["N289"], "the rendering provider's name is missing or wrong")
        .fix(Credentials, "correct NM1*82 with the name that the payer has on file"),
    says(&["N251", "N284", "N288"], "a provider's taxonomy is missing or wrong")
        .fix(Credentials, "correct PRV with the taxonomy that the payer has on file"),
    says(
        &["MA82", "MA112", "N256", "N257", "N258", "N259"],
        "the billing provider's name or number is missing or wrong",
    )
    .fix(Credentials, "correct NM1*85 with the name and NPI that the payer has on file"),
    says(&["N255"], "the billing provider's taxonomy is missing or wrong")
        .fix(Credentials, "correct PRV*BI with the taxonomy that the payer has on file"),
    says(&["N54"], "the claim does not agree with what was authorized")
        .fix(Authorizations, "compare the claim with the authorization; correct one of the two"),
    says(&["N30", "N130", "N514"], "the plan's terms decide")
        .act(FrontDesk, "read the plan's benefits"),
    says(&["N362"], "more units than the payer takes for one day")
        .fix(Coders, "check the units against the record"),
    says(&["N20", "M15", "M80", "M86"], "bundled with another service, or paid with it")
        .fix(Coders, "if the service stands by itself, add the modifier that says so"),
    says(&["MA04", "N4", "N479", "N480", "N598"], "an earlier payer's remittance is missing")
        .fix(Billers, "bill the earlier payer first; add its amounts and codes to this claim"),
    says(&["N522"], "a duplicate of a claim that came from another payer")
        .act(Billers, "wait for the decision on the claim that was passed on"),
    says(&["MA51", "MA120"], "the laboratory's certificate number is missing or wrong")
        .fix(Credentials, "put the certificate number into REF*X4"),
    says(
        &["M119", "N815", "N816", "N846", "N847", "N848"],
        "the drug code, or its unit and quantity, is missing or wrong",
    )
    .fix(Billers, "put the drug code into LIN, with unit and quantity in CTP"),
    says(PAPERS, "documentation is missing or incomplete").fix(Records, "send the documentation"),
    says(&["N432"], "adjusted after an audit").act(Records, "read the letter of the auditor"),
    // What else of the claim is missing or wrong.
    says(&["M44", "M45", "M46", "M49", "N299", "N300"], "a code of HI is missing or wrong")
        .fix(Billers, "correct condition, occurrence and value codes, and their days, in HI"),
    says(&["M47", "N152"], "the payer's number of the earlier claim is missing or wrong")
        .fix(Billers, "put the payer's number of the claim that is replaced into REF*F8"),
    says(&["M62"], "the authorization's number is missing or wrong")
        .fix(Authorizations, "correct the number in REF*G1"),
    says(
        &["MA41", "MA42", "MA43", "N50"],
        "admission type, source or discharge is missing or wrong",
    )
    .fix(Billers, "correct CL1"),
    says(&["N208", "N471"], "the group or rate code is missing or wrong")
        .fix(Coders, "group the stay anew and correct the code"),
    says(&["N434"], "present on admission is missing or wrong")
        .fix(Coders, "correct it beside each diagnosis in HI"),
    says(&["N37", "N346", "N930"], "tooth, surface or quadrant is missing or wrong")
        .fix(Billers, "correct TOO or SV304"),
    says(&["N203", "N443"], "the time of anesthesia is missing or wrong")
        .fix(Billers, "correct the minutes of the line"),
    says(&["N350", "N850"], "an unlisted service is not described")
        .fix(Coders, "describe it in SV101-7 or NTE"),
    says(&["N305"], "the day of the accident is missing or wrong")
        .fix(FrontDesk, "ask the patient and correct DTP*439"),
    says(&["N307"], "the day on which an earlier payer decided is missing or wrong")
        .fix(Billers, "copy it from the earlier payer's remittance into DTP*573"),
    says(&["N554"], "the mark of family planning is missing or wrong")
        .fix(Billers, "correct SV112"),
    // Of the providers.
    says(&["M68", "MA102"], "a provider's name or number is missing or wrong")
        .fix(Credentials, "compare each provider's name and NPI with what the payer has on file"),
    says(&["MA113", "N209", "N516", "N852"], "tax number and NPI do not belong together")
        .fix(Credentials, "compare the tax number and NPI with what the payer has on file"),
    says(
        &["MA105", "MA114", "N292", "N293", "N294", "N295"],
        "the place of service's provider is wrong",
    )
    .fix(Credentials, "correct NM1*77 with the name and NPI that the payer has on file"),
    says(&["N252", "N253", "N254"], "the attending provider is missing or wrong")
        .fix(Credentials, "correct NM1*71 with the name and NPI that the payer has on file"),
    says(&["N261", "N262", "N263"], "the operating provider is missing or wrong")
        .fix(Credentials, "correct NM1*72 with the name and NPI that the payer has on file"),
    says(&["N296", "N297", "N298"], "the supervising provider is missing or wrong")
        .fix(Credentials, "correct NM1*DQ with the name and NPI that the payer has on file"),
    says(&["N279", "N280", "N281", "N282"], "the pay-to provider is missing or wrong")
        .fix(Credentials, "correct NM1*87"),
    says(&["N550", "N570", "N767", "N831"], "the provider's enrolment is to be renewed or proved")
        .act(Credentials, "renew the enrolment with the payer; then ask it to decide anew"),
    // Of coverage, and of who else pays.
    says(
        &["MA86", "MA87", "MA88", "MA89", "MA92", "N245"],
        "the other coverage is missing or wrong",
    )
    .fix(FrontDesk, "ask the patient for the other card and correct the other subscriber"),
    says(&["N418"], "the claim went to the wrong payer")
        .fix(FrontDesk, "find the right payer and bill it"),
    says(&["N557", "N558", "N559"], "another plan's area").fix(
        Billers,
        "bill the plan where the specimen was taken, or where the orderer or the goods are",
    ),
    says(&["N582"], "the patient has not answered the payer")
        .act(FrontDesk, "ask the patient to answer the payer; then have it decide anew"),
    // Why a payer took back or changed what it had decided.
    says(&["N687"], "taken back: the patient's coverage ended, as was found later")
        .fix(FrontDesk, "verify the coverage on the day of service; bill the plan of that day"),
    says(&["N698"], "taken back: the patient's premium was not paid")
        .act(FrontDesk, "verify the coverage; bill the next plan, or whom the group code allows"),
    says(&["N420", "N696"], "changed later: another payer, or another's liability, comes before")
        .fix(FrontDesk, "find out who pays first; bill it, then this payer with its remittance"),
    says(&["N421", "N688"], "changed later: by what a review found")
        .act(Authorizations, "appeal with the record"),
    says(&["N419", "N689", "N692"], "changed later: another rate")
        .act(Contracts, "compare the new amounts with the contract; appeal if they are below it"),
    says(&["N422", "N423", "N697"], "changed later: a program of the contract")
        .act(Contracts, "compare what was changed with the terms of the program"),
    says(&["N690", "N691"], "decided anew: on an appeal of ours, or of the patient")
        .act(Posters, "compare the new decision with what was asked in the appeal"),
    says(&["N693", "N694"], "taken back: a void or replacement from us").act(
        Billers,
        "find the void or the replacement that went out; if there is none, ask the payer",
    ),
    says(&["N695"], "changed later: the patient's share was wrong")
        .act(Posters, "compare the new share with what the patient was billed"),
];

/// What is to be sent: records, reports, certificates, pictures.
const PAPERS: &[&str] = &[
    "M23", "M29", "M30", "M31", "M60", "M127", "M130", "M135", "M141", "M19", "N102", "N146",
    "N178", "N205", "N221", "N222", "N223", "N224", "N225", "N227", "N228", "N231", "N232", "N233",
    "N234", "N236", "N237", "N238", "N240", "N242", "N244", "N26", "N29", "N3", "N354", "N391",
    "N392", "N393", "N394", "N395", "N396", "N398", "N399", "N40", "N401", "N402", "N42", "N439",
    "N440", "N445", "N446", "N451", "N452", "N453", "N454", "N455", "N456", "N457", "N458", "N459",
    "N460", "N461", "N462", "N463", "N464", "N465", "N466", "N467", "N468", "N473", "N474", "N477",
    "N478", "N481", "N482", "N483", "N484", "N485", "N486", "N487", "N488", "N493", "N494", "N495",
    "N496", "N497", "N498", "N499", "N500", "N501", "N502", "N503", "N504", "N555", "N556", "N667",
    "N668", "N678", "N679", "N682", "N683", "N705", "N706", "N707", "N708", "N709", "N710", "N711",
    "N712", "N713", "N714", "N715", "N716", "N717", "N718", "N729", "N730", "N731", "N735", "N736",
    "N737", "N738", "N739", "N745", "N746", "N749", "N750", "N768", "N785", "N791", "N792", "N899",
    "N900", "N901", "N927", "N928", "N929", "N931", "N932", "N933", "N934", "N940",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code_sets;

    #[test]
    fn every_code_has_one_row() {
        let mut codes: Vec<&str> = REMARKS.iter().flat_map(|row| row.codes).copied().collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
    #[test]
    fn every_row_is_of_codes_that_there_are() {
        let codes = REMARKS.iter().flat_map(|row| row.codes);
        let unknown: Vec<&&str> =
            codes.filter(|code| code_sets::remark::meaning(code.as_bytes()).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn why_a_payer_took_something_back_moves_the_work() {
        for (codes, desk) in [
            (&["N420", "N687", "N696", "N698"][..], FrontDesk),
            (&["N421", "N688"], Authorizations),
            (&["N419", "N422", "N423", "N689", "N692", "N697"], Contracts),
            (&["N690", "N691", "N695"], Posters),
            (&["N693", "N694"], Billers),
        ] {
            for code in codes {
                assert_eq!(remark(code).and_then(|row| row.desk), Some(desk), "{code}");
            }
        }
        assert!(remark("N552").is_none(), "it only informs");
    }
}
