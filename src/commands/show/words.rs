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
    (&[673], COUNTED),
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
    (&[755], DOCUMENTS),
    (&[756], WAYS),
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
    (&[1073], &[("N", "no"), ("U", "unknown"), ("W", "does not apply"), ("Y", "yes")]),
    (&[1136], &[("E1", "spectacle lenses"), ("E2", "contact lenses"), ("E3", "spectacle frames")]),
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
    (&[1321], CONDITIONS),
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
    (&[1368], &[("E", "to be extracted"), ("M", "missing")]),
    (&[1383], &[("PB", "asked for")]),
    (&[1514], DELAYS),
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

const CONDITIONS: Words = &[
    ("01", "admitted to a hospital"),
    ("04", "moved by stretcher"),
    ("05", "unconscious or in shock"),
    ("06", "an emergency"),
    ("07", "had to be restrained"),
    ("08", "bled visibly"),
    ("09", "needed an ambulance"),
    ("12", "confined to bed or chair"),
    ("38", "the physician's certification is with the supplier"),
    ("AV", "offered, and the patient refused"),
    ("L1", "sight has changed enough"),
    ("L2", "lost or stolen"),
    ("L3", "broken"),
    ("L4", "the patient wants another"),
    ("L5", "medical reason"),
    ("NU", "not used"),
    ("S2", "under treatment"),
    ("ST", "new services asked for"),
    ("ZV", "replacement"),
];

const COUNTED: Words = &[
    ("90", "accepted"),
    ("AA", "not accepted"),
    ("CA", "covered"),
    ("CD", "under coinsurance"),
    ("FL", "units"),
    ("LA", "lifetime reserve"),
    ("LE", "lifetime reserve, estimated"),
    ("NE", "not covered, estimated"),
    ("NR", "blood not replaced"),
    ("OU", "outlier days"),
    ("PS", "prescriptions"),
    ("PT", "patients"),
    ("QA", "approved"),
    ("QC", "disapproved"),
    ("VS", "visits"),
    ("ZK", "federal mandate, first category"),
    ("ZL", "federal mandate, second category"),
    ("ZM", "federal mandate, third category"),
    ("ZN", "federal mandate, fourth category"),
    ("ZO", "federal mandate, fifth category"),
];

const DELAYS: Words = &[
    ("1", "proof of coverage unknown or out of reach"),
    ("2", "a lawsuit"),
    ("3", "an authorization came late"),
    ("4", "the provider was certified late"),
    ("5", "billing forms came late"),
    ("6", "an appliance made to measure came late"),
    ("7", "somebody else's processing took long"),
    ("8", "coverage was decided late"),
    ("9", "a first claim in time was rejected for another reason"),
    ("10", "prior approval took long"),
    ("11", "another reason"),
    ("15", "a natural disaster"),
];

const DOCUMENTS: Words = &[
    ("03", "why treatment went beyond guidelines"),
    ("04", "drugs given"),
    ("05", "diagnosis under treatment"),
    ("06", "first assessment"),
    ("07", "functional goals"),
    ("08", "plan of treatment"),
    ("09", "progress report"),
    ("10", "continued treatment"),
    ("11", "chemical analysis"),
    ("13", "certified test report"),
    ("15", "reasons for admission"),
    ("21", "recovery plan"),
    ("A3", "allergies"),
    ("A4", "autopsy report"),
    ("AM", "ambulance certification"),
    ("AS", "admission summary"),
    ("B2", "prescription"),
    ("B3", "physician's order"),
    ("B4", "referral"),
    ("BR", "benchmark results"),
    ("BS", "baseline"),
    ("BT", "blanket test results"),
    ("CB", "reasons for chiropractic"),
    ("CK", "consent"),
    ("CT", "certification"),
    ("D2", "drug profile"),
    ("DA", "dental models"),
    ("DB", "prescription of equipment"),
    ("DG", "diagnostic report"),
    ("DJ", "monitoring at discharge"),
    ("DS", "discharge summary"),
    ("EB", "another payer's explanation of benefits"),
    ("HC", "health certificate"),
    ("HR", "clinic records"),
    ("I5", "immunizations"),
    ("IR", "a state's school immunizations"),
    ("LA", "laboratory results"),
    ("M1", "medical record"),
    ("MT", "models"),
    ("NN", "nursing notes"),
    ("OB", "operative note"),
    ("OC", "oxygen content, averaged"),
    ("OD", "orders and treatments"),
    ("OE", "physical examination"),
    ("OX", "oxygen certification"),
    ("OZ", "support for the claim"),
    ("P4", "pathology report"),
    ("P5", "medical history"),
    ("P6", "periodontal charts"),
    ("PE", "parenteral or enteral certification"),
    ("PN", "physical therapy notes"),
    ("PO", "certification of prosthetics or orthotics"),
    ("PQ", "paramedical results"),
    ("PY", "physician's report"),
    ("PZ", "physical therapy certification"),
    ("RB", "x-ray films"),
    ("RR", "radiology reports"),
    ("RT", "tests and their analysis"),
    ("RX", "oxygen content, averaged, renewable"),
    ("SG", "symptoms"),
    ("V5", "notice of death"),
    ("XP", "photographs"),
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

const WAYS: Words = &[
    ("AA", "at the provider, on request"),
    ("AB", "sent to the payer before"),
    ("AD", "in this claim"),
    ("AF", "in a note of this claim"),
    ("AG", "none is needed"),
    ("BM", "by mail"),
    ("EL", "electronically"),
    ("EM", "by e-mail"),
    ("FT", "as a file"),
    ("FX", "by fax"),
    ("NS", "not told"),
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
