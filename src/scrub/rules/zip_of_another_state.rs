use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Located, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-33",
    name: "zip-of-another-state",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:500:IL",
    what: "A ZIP code belongs to another state than the address.",
    why: "one of the two was mistyped; payers that check reject the claim",
    source: "DentalXChange; US Postal Service, three-digit prefixes",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for Located { party, address, state: code, has_state, zip } in &context.addresses {
        // Other rules see to states and ZIP codes that do not exist.
        let Some(zip) = zip else { continue };
        let is_domestic = address.country.is_empty() || address.country.is("US");
        if !is_domestic || !has_state {
            continue;
        }
        let prefix: u16 = zip
            .chars()
            .take(3)
            .filter_map(|digit| digit.to_digit(10))
            .fold(0, |sum, digit| sum * 10 + u16::try_from(digit).unwrap_or_default());
        let block = BLOCKS.get(BLOCKS.partition_point(|(_, last, _)| *last < prefix));
        let Some((_, _, home)) = block.filter(|(first, _, _)| *first <= prefix) else { continue };
        if code == home {
            continue;
        }
        let is_across =
            ACROSS.iter().any(|(across, state)| zip.starts_with(across) && code == state);
        if !is_across && !SHARED.contains(&(prefix, code)) {
            findings.report_as(
                format!("A7:500:{}", party.entity.text()),
                address.zip.place,
                format!("ZIP codes from {prefix:03} on lie in {home}, not in {code}"),
                "correct the ZIP code or the state",
            );
        }
    }
}

/// Places that are served from another state, and islands that share a block.
const SHARED: &[(u16, &str)] = &[
    (63, "NY"),
    (422, "TN"),
    (739, "TX"),
    (834, "WY"),
    (967, "AS"),
    (969, "FM"),
    (969, "MH"),
    (969, "MP"),
    (969, "PW"),
];

/// ZIP codes whose deliveries cross into another state: ZIP code, and that state.
const ACROSS: &[(&str, &str)] = &[
    ("02861", "MA"),
    ("57638", "ND"),
    ("59221", "ND"),
    ("63673", "IL"),
    ("71749", "LA"),
    ("81137", "NM"),
    ("82082", "CO"),
    ("84536", "AZ"),
    ("86044", "UT"),
    ("86515", "NM"),
    ("88063", "TX"),
    ("89421", "OR"),
    ("89439", "CA"),
    ("97635", "CA"),
];

/// First and last three digits, and the state that they belong to; in order.
const BLOCKS: &[(u16, u16, &str)] = &[
    (5, 5, "NY"),
    (6, 7, "PR"),
    (8, 8, "VI"),
    (9, 9, "PR"),
    (10, 27, "MA"),
    (28, 29, "RI"),
    (30, 38, "NH"),
    (39, 49, "ME"),
    (50, 54, "VT"),
    (55, 55, "MA"),
    (56, 59, "VT"),
    (60, 69, "CT"),
    (70, 89, "NJ"),
    (90, 98, "AE"),
    (100, 149, "NY"),
    (150, 196, "PA"),
    (197, 199, "DE"),
    (200, 200, "DC"),
    (201, 201, "VA"),
    (202, 205, "DC"),
    (206, 219, "MD"),
    (220, 246, "VA"),
    (247, 268, "WV"),
    (270, 289, "NC"),
    (290, 299, "SC"),
    (300, 319, "GA"),
    (320, 339, "FL"),
    (340, 340, "AA"),
    (341, 349, "FL"),
    (350, 369, "AL"),
    (370, 385, "TN"),
    (386, 397, "MS"),
    (398, 399, "GA"),
    (400, 427, "KY"),
    (430, 459, "OH"),
    (460, 479, "IN"),
    (480, 499, "MI"),
    (500, 528, "IA"),
    (530, 549, "WI"),
    (550, 567, "MN"),
    (569, 569, "DC"),
    (570, 577, "SD"),
    (580, 588, "ND"),
    (590, 599, "MT"),
    (600, 629, "IL"),
    (630, 658, "MO"),
    (660, 679, "KS"),
    (680, 693, "NE"),
    (700, 714, "LA"),
    (716, 729, "AR"),
    (730, 732, "OK"),
    (733, 733, "TX"),
    (734, 749, "OK"),
    (750, 799, "TX"),
    (800, 816, "CO"),
    (820, 831, "WY"),
    (832, 838, "ID"),
    (840, 847, "UT"),
    (850, 865, "AZ"),
    (870, 884, "NM"),
    (885, 885, "TX"),
    (889, 898, "NV"),
    (900, 961, "CA"),
    (962, 966, "AP"),
    (967, 968, "HI"),
    (969, 969, "GU"),
    (970, 979, "OR"),
    (980, 994, "WA"),
    (995, 999, "AK"),
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BOSTON*MA*02110~", "BOSTON*ME*02110~")]),
    Example::passes(&[("BOSTON*MA*02110~", "FISHERS ISLAND*NY*06390~")]),
    Example::passes(&[("BOSTON*MA*02110~", "NEW PINE CREEK*CA*97635~")]),
    Example::fails(&[("BOSTON*MA*02110~", "SALEM*CA*97301~")]),
    Example::passes(&[("BOSTON*MA*02110~", "TEXHOMA*TX*73960~")]),
    Example::passes(&[("BOSTON*MA*02110~", "PAGO PAGO*AS*96799~")]),
];
