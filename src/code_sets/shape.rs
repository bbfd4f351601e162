//! What the codes of each set look like, so that the file of another set is not taken for it.

/// Whether a code could be one of the set. A set that is not listed takes any.
pub fn fits(set: &str, code: &str) -> bool {
    shapes_of(set).is_none_or(|shapes| shapes.iter().any(|shape| is_of(shape, code)))
}

/// Why a code that does not fit is refused.
pub fn told(set: &str, code: &str) -> String {
    let shapes = shapes_of(set).unwrap_or_default().join(" or ");
    let code = code.escape_default();
    format!(
        "'{code}' is no code of {set}, which look like {shapes} (# a digit, @ a letter, * either): \
         is this the file of another set?"
    )
}

fn is_of(shape: &str, code: &str) -> bool {
    let fits = |(sign, byte): (u8, u8)| match sign {
        b'#' => byte.is_ascii_digit(),
        b'@' => byte.is_ascii_uppercase(),
        b'*' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        literal => literal == byte,
    };
    shape.len() == code.len() && shape.bytes().zip(code.bytes()).all(fits)
}

/// Codes that every list of the set has, of sets that share their shape with others and are not built in.
pub fn anchors(set: &str) -> &'static [&'static str] {
    match set {
        "cpt-modifier" => &["25", "59"],
        "modifier" => &["LT", "QW"],
        _ => &[],
    }
}

/// Every code that has a shape of the set, of shapes that are not too many.
pub fn all(set: &str) -> impl Iterator<Item = String> {
    let shapes = shapes_of(set).unwrap_or_default().iter();
    shapes.flat_map(|shape| if count_of(shape) <= ASKED_MAX { all_of(shape) } else { Vec::new() })
}

/// More are too many to ask for each.
const ASKED_MAX: u64 = 50_000;

fn count_of(shape: &str) -> u64 {
    let signs = |sign: u8| match sign {
        b'#' => 10,
        b'@' => 26,
        b'*' => 36,
        _literal => 1,
    };
    shape.bytes().map(signs).product()
}

fn all_of(shape: &str) -> Vec<String> {
    shape.chars().fold(vec![String::new()], |starts, sign| {
        let signs: Vec<char> = match sign {
            '#' => ('0'..='9').collect(),
            '@' => ('A'..='Z').collect(),
            '*' => ('0'..='9').chain('A'..='Z').collect(),
            literal => vec![literal],
        };
        starts
            .iter()
            .flat_map(|start| signs.iter().map(move |sign| format!("{start}{sign}")))
            .collect()
    })
}

/// In shapes `#` is a digit, `@` a letter, `*` either, and any other sign itself.
fn shapes_of(set: &str) -> Option<&'static [&'static str]> {
    if set.starts_with("diagnosis") {
        return Some(DIAGNOSES);
    }
    SHAPES.iter().find(|(sets, _)| sets.contains(&set)).map(|(_, shapes)| *shapes)
}

/// The third is a letter in C4A, M1A and others, the second in those of 2027.
const DIAGNOSES: &[&str] = &["@**", "@***", "@****", "@*****", "@******"];

/// What CPT and HCPCS have together.
const PROCEDURES: &[&str] = &["#####", "####@", "@####"];

type Shapes = (&'static [&'static str], &'static [&'static str]);

const SHAPES: &[Shapes] = &[
    (&["adjustment-group", "state"], &["@@"]),
    (&["admission-type"], &["#"]),
    (&["claim-adjustment-reason"], &["#", "##", "###", "@#", "@##", "@###"]),
    (&["claim-filing", "condition"], &["**"]),
    (&["occurrence", "occurrence-span", "provider-adjustment", "value"], &["**"]),
    (&["claim-frequency"], &["*"]),
    (&["claim-status"], &["#", "##", "###", "####"]),
    (&["claim-status-category"], &["@#", "@@", "@##", "@#@"]),
    // Tests of the laboratory, those of one maker, and those that Medicare named.
    (&["clia-waived"], &["8####", "####U", "G####", "U####"]),
    // A scenario with a reason, between them perhaps the group; and remarks.
    (
        &["core-360"],
        &[
            "##", "###", "####", "#@#", "#@##", "#@###", "#@@#", "#@@##", "#@@###", "#@@@#",
            "#@@@##", "#@@@###", "M#", "M##", "M###", "MA#", "MA##", "MA###", "N#", "N##", "N###",
            "N####",
        ],
    ),
    (&["cpt-modifier"], &["##", "#@", "@#"]),
    (&["ncci-addon", "ncci-mue", "ncci-ptp", "ncci-ptp-hospital"], PROCEDURES),
    (&["dental-procedure"], &["D####"]),
    (&["drg"], &["###"]),
    (&["hcpcs"], &["@####"]),
    // Nursing and home health have letters first or second, and rehabilitation A to D before digits;
    // procedures have neither.
    (&["hipps"], &["@@***", "#@***", "A####", "B####", "C####", "D####"]),
    (&["inpatient-procedure"], &["*******"]),
    (&["modifier"], &["@*"]),
    // With the modifier of a part behind it.
    (&["mpfs"], &["#####", "####@", "@####", "#####**", "####@**", "@####**"]),
    // A contractor of Medicare, and its locality.
    (&["mpfs-gpci"], &["#######"]),
    // A product has no package behind it.
    (&["ndc"], &["#########", "###########"]),
    (&["npi"], &["##########"]),
    (&["patient-status", "place-of-service"], &["##"]),
    (&["point-of-origin"], &["1", "2", "3", "4", "5", "6", "7", "8", "9", "@"]),
    (&["procedure"], &["#####", "####@"]),
    (&["remark"], &["M#", "M##", "M###", "MA#", "MA##", "MA###", "N#", "N##", "N###", "N####"]),
    (&["remittance-status"], &["#", "##"]),
    (&["revenue"], &["####"]),
    (&["taxonomy"], &["*********X"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code_sets::layouts;

    #[test]
    fn every_set_that_a_file_can_hold_has_a_shape() {
        for set in layouts::sets() {
            assert!(shapes_of(set).is_some(), "{set}");
        }
    }

    #[test]
    fn tells_the_codes_of_one_set_from_those_of_another() {
        for (set, own, others) in [
            ("place-of-service", "11", ["0016070", "A000", "1", "1A"]),
            ("hcpcs", "A0021", ["A000", "99213", "0016070", "A00210"]),
            ("diagnosis", "E119", ["0016070", "99213", "E1", "E1191234"]),
            ("diagnosis-male", "C4A0", ["A0", "0016070", "11", "00"]),
            ("inpatient-procedure", "0016070", ["A000", "A0021", "11", "001607"]),
            ("ndc", "00002757001", ["A0021", "0002-7570", "0000275700", "11"]),
            ("hipps", "KAXD1", ["99213", "0001F", "J0120", "KAXD"]),
            ("hipps", "1AA11", ["0001U", "E1399", "1AA1", "A000"]),
            ("clia-waived", "0240U", ["99213", "0001F", "J0120", "A000"]),
            ("modifier", "QW", ["25", "1P", "QWX", "Q"]),
            ("cpt-modifier", "1P", ["QW", "LT", "1", "259"]),
            ("point-of-origin", "F", ["0", "11", "1A", "a"]),
            ("procedure", "0001F", ["A0021", "E119", "D0120", "9921"]),
            ("dental-procedure", "D0120", ["A0021", "99213", "D012", "D01201"]),
            ("taxonomy", "207Q00000X", ["207Q000000", "A0021", "207Q00000", "1999001013"]),
            ("npi", "1999001013", ["207Q00000X", "199900101", "A0021", "11"]),
        ] {
            assert!(fits(set, own), "{own} of {set}");
            for other in others {
                assert!(!fits(set, other), "{other} of {set}");
            }
        }
    }
}
