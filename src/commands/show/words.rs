//! Our own words for codes of the guides, by the number of their data element. Code sets that
//! change with the calendar are in the room `code_sets`, codes of acknowledgments in `denials`.

use crate::denials::answers;

/// What a code of a data element means; `None` when we have no words for it.
pub fn meaning(data: u16, code: &[u8]) -> Option<&'static str> {
    if let Some(meaning) = answers::meaning_of(data) {
        return meaning(std::str::from_utf8(code).ok()?);
    }
    let (_, words) = WORDS.iter().find(|(numbers, _)| numbers.contains(&data))?;
    let (_, meaning) = words.iter().find(|(known, _)| known.as_bytes() == code)?;
    Some(meaning)
}

/// Codes and their words.
type Words = &'static [(&'static str, &'static str)];

/// Data elements and their codes.
static WORDS: &[(&[u16], Words)] = &[
    (&[66], IDENTIFIERS),
    (&[98], PARTS),
    (&[128], REFERENCES),
    (&[235], PROCEDURE_LISTS),
    (
        &[305],
        &[
            ("C", "payment with the remittance"),
            ("D", "make the payment only"),
            ("H", "notice only"),
            ("I", "remittance only, paid elsewhere"),
            ("P", "prenotification"),
            ("U", "payment and remittance apart"),
            ("X", "handling by agreement"),
        ],
    ),
    (&[306], &[("U", "rejected"), ("WQ", "accepted")]),
    (&[353], &[("00", "original"), ("18", "sent again"), ("08", "status")]),
    (&[355], UNITS),
    (&[374], DATES),
    (&[478], &[("C", "credit"), ("D", "debit")]),
    (&[479], GROUPS),
    (&[522], AMOUNTS),
    (&[569], &[("DA", "checking account"), ("SG", "savings account")]),
    (
        &[591],
        &[
            ("ACH", "automated clearing house"),
            ("BOP", "by the bank's choice"),
            ("CHK", "check"),
            ("FWT", "wire transfer"),
            ("NON", "no payment"),
        ],
    ),
    (
        &[640],
        &[
            ("31", "subrogation"),
            ("CH", "claims for payment"),
            ("RP", "encounters for reporting"),
            ("TH", "acknowledgment of receipt"),
        ],
    ),
    (
        &[715, 717],
        &[
            ("A", "accepted"),
            ("E", "accepted, with errors noted"),
            ("M", "rejected: authentication failed"),
            ("P", "accepted in part"),
            ("R", "rejected"),
            ("W", "rejected: assurance failed"),
            ("X", "rejected: cannot be decrypted"),
        ],
    ),
    (&[736], &[("0", "nothing below"), ("1", "levels below")]),
    (
        &[735],
        &[
            ("19", "provider"),
            ("20", "information source"),
            ("21", "information receiver"),
            ("22", "subscriber"),
            ("23", "dependent"),
            ("PT", "patient"),
        ],
    ),
    (&[1065], &[("1", "person"), ("2", "organization")]),
    (&[1068], &[("F", "female"), ("M", "male"), ("U", "unknown")]),
    (&[1069], RELATIONSHIPS),
    (&[1073], &[("N", "no"), ("W", "does not apply"), ("Y", "yes")]),
    (&[1138], &[("P", "primary"), ("S", "secondary"), ("T", "tertiary"), ("U", "unknown")]),
    (
        &[1317],
        &[
            ("A", "nearest facility"),
            ("B", "benefit of a preferred physician"),
            ("C", "nearness to the family"),
            ("D", "care of a specialist"),
            ("E", "to rehabilitation"),
        ],
    ),
    (&[1322], &[("I", "initial"), ("R", "renewed"), ("S", "revised")]),
    (&[1351], &[("P", "signed by the provider for the patient")]),
    (
        &[1359],
        &[
            ("A", "assignment taken"),
            ("B", "assignment for laboratory services only"),
            ("C", "assignment not taken"),
        ],
    ),
    (&[1362], &[("AA", "auto accident"), ("EM", "employment"), ("OA", "other accident")]),
    (&[1363], &[("I", "informed consent"), ("Y", "patient has signed")]),
];

const IDENTIFIERS: Words = &[
    ("24", "employer number"),
    ("34", "social security number"),
    ("46", "trading partner number"),
    ("FI", "tax number"),
    ("II", "health identifier"),
    ("MI", "member number"),
    ("MR", "Medicaid number"),
    ("PI", "payer number"),
    ("SV", "provider number"),
    ("XV", "plan number"),
    ("XX", "NPI"),
];

const PARTS: Words = &[
    ("36", "employer"),
    ("40", "receiver"),
    ("41", "submitter"),
    ("77", "service facility"),
    ("82", "rendering provider"),
    ("85", "billing provider"),
    ("87", "pay-to provider"),
    ("AY", "clearinghouse"),
    ("DK", "ordering provider"),
    ("DN", "referring provider"),
    ("DQ", "supervising provider"),
    ("IL", "subscriber"),
    ("P3", "primary care provider"),
    ("PE", "payee"),
    ("PR", "payer"),
    ("QC", "patient"),
];

const REFERENCES: Words = &[
    ("0B", "state license number"),
    ("1G", "UPIN"),
    ("1L", "group number"),
    ("4N", "special payment reference"),
    ("6R", "line control number"),
    ("9F", "referral number"),
    ("D9", "clearinghouse's number"),
    ("EI", "employer number"),
    ("EA", "medical record number"),
    ("F8", "payer's claim number"),
    ("G1", "prior authorization number"),
    ("G2", "provider number"),
    ("LU", "location number"),
    ("SY", "social security number"),
    ("TJ", "tax number"),
    ("X4", "laboratory number"),
];

const DATES: Words = &[
    ("009", "processed"),
    ("036", "coverage ended"),
    ("050", "received"),
    ("150", "service from"),
    ("151", "service to"),
    ("232", "claim from"),
    ("233", "claim to"),
    ("405", "production"),
    ("431", "onset"),
    ("434", "statement"),
    ("435", "admission"),
    ("439", "accident"),
    ("472", "service"),
    ("573", "paid by the other payer"),
];

const AMOUNTS: Words = &[
    ("A8", "not covered"),
    ("AU", "covered"),
    ("B6", "allowed"),
    ("D", "paid by the payer"),
    ("D8", "discount"),
    ("EAF", "remaining patient liability"),
    ("F3", "patient's share"),
    ("F5", "paid by the patient"),
    ("I", "interest"),
    ("KH", "late filing reduction"),
    ("T", "tax"),
    ("T2", "claim total before taxes"),
    ("YU", "accepted"),
    ("YY", "rejected"),
];

const PROCEDURE_LISTS: Words = &[
    ("AD", "dental procedure"),
    ("ER", "jurisdiction's procedure"),
    ("HC", "procedure"),
    ("HP", "rate code"),
    ("IV", "home infusion product"),
    ("N4", "drug"),
    ("NU", "revenue code"),
    ("WK", "alternative procedure"),
];

const UNITS: Words = &[
    ("01", "pounds"),
    ("DA", "days"),
    ("DH", "miles"),
    ("F2", "international units"),
    ("GR", "grams"),
    ("LB", "pounds"),
    ("ME", "milligrams"),
    ("MJ", "minutes"),
    ("ML", "milliliters"),
    ("MO", "months"),
    ("UN", "units"),
];

const GROUPS: Words = &[
    ("BE", "enrollments"),
    ("FA", "acknowledgments of syntax"),
    ("HB", "answers on eligibility"),
    ("HC", "claims"),
    ("HI", "reviews of services"),
    ("HN", "claim status notices"),
    ("HP", "payments of claims"),
    ("HR", "questions on claim status"),
    ("HS", "questions on eligibility"),
    ("RA", "premium payments"),
];

const RELATIONSHIPS: Words = &[
    ("01", "spouse"),
    ("18", "self"),
    ("19", "child"),
    ("20", "employee"),
    ("21", "unknown"),
    ("39", "organ donor"),
    ("40", "cadaver donor"),
    ("53", "life partner"),
    ("G8", "other"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_meaning() {
        let mut seen = Vec::new();
        for (numbers, words) in WORDS {
            for number in *numbers {
                for (code, words) in *words {
                    assert!(!seen.contains(&(number, code)), "{number} {code} stands twice");
                    assert!(!words.is_empty());
                    seen.push((number, code));
                }
            }
        }
        assert_eq!(meaning(1069, b"18"), Some("self"));
        assert_eq!(meaning(1069, b"99"), None);
        assert_eq!(meaning(1, b"18"), None);
    }
}
