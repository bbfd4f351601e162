//! Claim statuses (STC01-2 of the 277CA): what the answer to a claim is about.
//!
//! All numbers are known; words, our own, only for those that rules and answers use.

/// Which publication the table follows.
pub const EDITION: &str = "numbers up to 799, as of 2024";

/// How many codes there are, without retired ones.
pub const CODE_COUNT: usize = NUMBER_MAX as usize + 1 - NOT_IN_USE.len();

/// Whether the code is in use. Codes above those of our edition may be.
pub fn contains(code: &[u8]) -> bool {
    number(code).is_some_and(|number| number <= NUMBER_MAX && !is_in(NOT_IN_USE, number))
}

/// Our own short words; `None` when there is no such code or nothing of ours uses it.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    let number = number(code)?;
    let index = MEANINGS.binary_search_by_key(&number, |(known, _)| *known).ok()?;
    MEANINGS.get(index).map(|(_, meaning)| *meaning)
}

/// Whether the code says nothing unless an entity stands beside it (STC01-3).
pub fn needs_entity(code: &[u8]) -> bool {
    number(code).is_some_and(|number| is_in(NEED_ENTITY, number))
}

/// Whether the code says nothing unless a second status stands beside it (STC10).
pub fn needs_second_status(code: &[u8]) -> bool {
    number(code).is_some_and(|number| is_in(NEED_SECOND_STATUS, number))
}

/// The number as it is published, without leading zeros.
fn number(code: &[u8]) -> Option<u16> {
    let published = matches!(code, [b'0'] | [b'1'..=b'9', ..]);
    published.then(|| str::from_utf8(code).ok()?.parse().ok()).flatten()
}

fn is_in(table: &[u16], number: u16) -> bool {
    table.binary_search(&number).is_ok()
}

/// The highest number of our edition.
const NUMBER_MAX: u16 = 799;

/// Retired or never given out. In order.
static NOT_IN_USE: &[u16] = &[
    4, 5, 7, 8, 9, 10, 11, 13, 14, 22, 28, 36, 43, 48, 58, 62, 63, 67, 68, 69, 70, 71, 74, 75, 76,
    77, 79, 80, 82, 87, 108, 112, 113, 115, 118, 119, 120, 122, 151, 169, 220, 221, 248, 253, 278,
    280, 285, 289, 302, 303, 304, 309, 317, 321, 328, 332, 338, 347, 348, 349, 350, 351, 355, 356,
    357, 358, 359, 361, 362, 367, 368, 369, 370, 371, 372, 373, 376, 377, 378, 379, 381, 392, 393,
    399, 404, 405, 410, 411, 412, 413, 415, 416, 418, 421, 422, 423, 424, 425, 426, 427, 429, 436,
    437, 438, 439, 440, 444, 445, 446, 447, 448, 461, 462, 463, 482, 570, 641, 797,
];

/// In order.
static NEED_ENTITY: &[u16] = &[
    16, 17, 18, 19, 23, 24, 25, 26, 73, 85, 88, 89, 90, 91, 92, 93, 94, 96, 97, 106, 109, 114, 123,
    124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142,
    143, 144, 145, 146, 147, 148, 149, 150, 153, 155, 157, 158, 159, 160, 161, 162, 163, 164, 165,
    166, 167, 168, 170, 173, 174, 175, 176, 182, 183, 252, 387, 395, 403, 466, 467, 470, 480, 487,
    491, 496, 499, 500, 501, 502, 503, 504, 505, 506, 514, 560, 561, 562, 563, 663, 676, 677, 680,
    689, 695, 741, 743, 754, 755, 756, 761, 775,
];

/// In order.
static NEED_SECOND_STATUS: &[u16] =
    &[21, 59, 60, 294, 402, 508, 510, 511, 512, 693, 694, 697, 700, 710, 732, 745, 748];

/// In order.
static MEANINGS: &[(u16, &str)] = &[
    (0, "No further status available electronically"),
    (1, "Look at the remittance"),
    (3, "Decided; payment is on its way"),
    (15, "Payer changed a procedure code"),
    (16, "Passed on"),
    (17, "Passed on by a third party"),
    (18, "Received; status returned is not valid"),
    (19, "Received"),
    (20, "Taken in for a decision"),
    (21, "Something is missing or invalid"),
    (23, "Sent back"),
    (24, "Not enrolled to send electronically"),
    (25, "Not enrolled"),
    (26, "Not found"),
    (27, "Policy was canceled"),
    (29, "Name does not belong to the policy number"),
    (33, "Subscriber and member number not found"),
    (35, "Claim not found"),
    (41, "Payer handles it by hand"),
    (54, "Same as a claim or line already decided"),
    (65, "Paid"),
    (72, "Payment is split"),
    (78, "Same as a claim or line still waiting"),
    (85, "Not the first payer"),
    (86, "Diagnosis does not fit the sex"),
    (88, "Not covered on the days of service"),
    (91, "Not enrolled on the days of service"),
    (96, "No contract"),
    (97, "Patient is not covered there"),
    (109, "Not entitled"),
    (110, "Price is needed"),
    (116, "Wrong payer"),
    (121, "More service lines than the payer takes"),
    (123, "More information is needed"),
    (124, "Name, address, telephone or identifier"),
    (125, "Name"),
    (126, "Address"),
    (127, "Telephone, fax or mail"),
    (128, "Tax number"),
    (133, "Old physician number (UPIN)"),
    (142, "License"),
    (143, "State license"),
    (145, "Specialty (taxonomy)"),
    (148, "Social security number"),
    (149, "Employer number"),
    (153, "Identifier"),
    (156, "Relationship of the patient to the subscriber"),
    (157, "Sex"),
    (158, "Day of birth"),
    (159, "Day of death"),
    (163, "Group or policy number"),
    (164, "Member number"),
    (171, "Other insurance of the patient"),
    (178, "Charge"),
    (187, "Day of service"),
    (188, "Statement days"),
    (189, "Day of admission"),
    (190, "Day of discharge"),
    (191, "Last menstrual period"),
    (194, "Days of the stay"),
    (218, "National drug code"),
    (219, "Prescription number"),
    (228, "Type of bill"),
    (229, "Source of admission"),
    (230, "Hour of admission"),
    (231, "Type of admission"),
    (232, "Admitting diagnosis"),
    (233, "Hour of discharge"),
    (234, "Patient status at discharge"),
    (242, "Teeth or surfaces"),
    (244, "Tooth"),
    (245, "Quadrant of the mouth"),
    (247, "See the service lines"),
    (249, "Place of service"),
    (251, "Anesthesia minutes"),
    (252, "Authorization number"),
    (254, "First diagnosis"),
    (255, "Diagnosis"),
    (256, "Diagnosis related group"),
    (258, "Days or units"),
    (259, "How often the service is given"),
    (273, "Weight"),
    (286, "Remittance of the other payer"),
    (287, "Reason why the service is needed"),
    (294, "Supporting papers"),
    (297, "Medical notes"),
    (306, "Description of the service"),
    (337, "Ambulance certification"),
    (387, "Day last seen"),
    (395, "Day of certification"),
    (400, "Amounts do not add up"),
    (402, "Amount must be more than zero"),
    (453, "Modifier"),
    (454, "Procedure"),
    (455, "Revenue code"),
    (456, "Covered days"),
    (457, "Days not covered"),
    (460, "Condition code"),
    (464, "Claim number of the payer"),
    (465, "First procedure of the stay"),
    (466, "Signature"),
    (467, "Day of the signature"),
    (469, "Charge for a purchased service"),
    (474, "Procedure does not fit the sex"),
    (475, "Procedure does not fit the age"),
    (476, "Units of service"),
    (477, "Diagnosis pointer"),
    (478, "Claim number of the sender"),
    (479, "Identifier of the other payer"),
    (480, "Kind of coverage (filing indicator)"),
    (481, "Format of the claim"),
    (486, "Day of the first procedure"),
    (488, "Diagnosis for the service"),
    (489, "Number of the attachment"),
    (490, "Other procedures of the stay"),
    (495, "Use the new claim number of the payer"),
    (496, "Sender may not send for this provider"),
    (500, "ZIP code"),
    (501, "State or province"),
    (502, "City"),
    (503, "Street"),
    (504, "Last name"),
    (505, "First name"),
    (507, "HCPCS code"),
    (508, "ICD-9 code"),
    (509, "External cause of injury"),
    (510, "Day is in the future"),
    (511, "Character is not allowed"),
    (512, "Length does not fit the receiver"),
    (513, "HIPPS rate code"),
    (514, "Middle name"),
    (516, "Day of the other payer's decision"),
    (519, "Adjusted amount"),
    (520, "Adjusted quantity"),
    (521, "Adjustment reason"),
    (523, "Anesthesia units"),
    (526, "Line that was bundled or split"),
    (535, "Claim frequency"),
    (544, "Laboratory certificate (CLIA) number"),
    (550, "Coordination of benefits code"),
    (555, "Reason of the delay"),
    (560, "Further identifier"),
    (561, "Name of the contact"),
    (562, "National provider identifier (NPI)"),
    (564, "EPSDT indicator"),
    (578, "Kind of insurance"),
    (584, "Control number of the line"),
    (586, "Note of the line"),
    (596, "Charge not covered"),
    (605, "Months of orthodontic treatment"),
    (629, "Claim number of the property and casualty payer"),
    (633, "Kind of accident"),
    (634, "Remark"),
    (639, "Amount that the patient owes"),
    (643, "Amount paid for the line"),
    (659, "Unit of measure"),
    (663, "Name of the group"),
    (672, "Amounts of the other payer do not add up"),
    (673, "Reason for the visit"),
    (680, "Country"),
    (684, "Fault in the file; see the 999"),
    (688, "Present on admission indicator"),
    (693, "Amount must not be negative"),
    (694, "Amount must not be zero"),
    (695, "Part of the country"),
    (696, "Adjustment group"),
    (697, "Too many digits after the point"),
    (698, "Kind of form"),
    (700, "ICD-10 code"),
    (701, "Day of first treatment"),
    (704, "Note of the claim"),
    (710, "Decision of the other payer on the line"),
    (718, "Filed after the deadline"),
    (720, "Day of an occurrence"),
    (722, "Days of an occurrence span"),
    (724, "Dose of the drug"),
    (726, "Amount of a value code"),
    (727, "Day of the accident"),
    (732, "Does not follow the billing rules"),
    (736, "A service that it depends on is missing"),
    (737, "Dental procedure"),
    (741, "Must be a person"),
    (742, "Rank of the payer"),
    (743, "Enrollment or credentials"),
    (745, "Kind of identifier"),
    (746, "Same as a submission already received"),
    (748, "Corrected data"),
    (749, "Day of the injury or illness"),
    (750, "State of the auto accident"),
    (754, "Suffix of the name"),
    (755, "Main identifier"),
    (757, "Day last seen"),
    (761, "Referral number"),
    (771, "Too early; wait for the crossover"),
    (772, "Diagnosis is not specific enough"),
    (773, "Days of two calendar years on one claim"),
    (775, "Person or organization"),
    (780, "Lifetime maximum used up"),
    (784, "Electronic visit verification does not match"),
    (785, "Consent form"),
    (787, "Send a new claim, not a replacement"),
    (795, "Too early; the earlier payer has not decided"),
    (796, "Procedure was not in effect on that day"),
    (799, "Send a replacement, not a new claim"),
];
