//! What the facts of a table are called, and how each is told.

use super::relative_values::Code;
use super::table::{NOTHING, Span};

/// How a fact is kept.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Number,
    /// An amount in hundredths.
    Hundredths,
    Thousandths,
    TenThousandths,
    /// Up to four letters or digits.
    Letters,
    /// Five letters or digits.
    Code,
}

/// The facts of a span by their names; those that are blank are left out.
pub fn told(set: &str, span: &Span) -> Vec<(String, String)> {
    let named = FACTS.iter().find(|(sets, _)| sets.contains(&set)).map_or(NONE, |(_, facts)| facts);
    let facts = span.facts.iter().enumerate().filter(|&(_, &fact)| fact != NOTHING);
    facts
        .map(|(place, &fact)| match named.get(place) {
            Some(&(name, kind)) => (name.to_owned(), kind.told(fact)),
            None => (format!("fact {}", place + 1), fact.to_string()),
        })
        .collect()
}

impl Kind {
    fn told(self, fact: u32) -> String {
        match self {
            Kind::Number => fact.to_string(),
            Kind::Hundredths => format!("{}.{:02}", fact / 100, fact % 100),
            Kind::Thousandths => format!("{}.{:03}", fact / 1_000, fact % 1_000),
            Kind::TenThousandths => format!("{}.{:04}", fact / 10_000, fact % 10_000),
            Kind::Code => Code::of_fact(fact).to_string(),
            Kind::Letters => {
                let bytes = fact.to_be_bytes();
                bytes.iter().filter(|&&byte| byte != 0).map(|&byte| char::from(byte)).collect()
            }
        }
    }
}

type Facts = &'static [(&'static str, Kind)];

const NONE: &Facts = &(&[] as Facts);

/// In the order in which the layouts of each set keep them.
const FACTS: &[(&[&str], Facts)] = &[
    (
        &["mpfs"],
        &[
            ("status", Kind::Letters),
            ("work RVU", Kind::Hundredths),
            ("office expense RVU", Kind::Hundredths),
            ("facility expense RVU", Kind::Hundredths),
            ("malpractice RVU", Kind::Hundredths),
            ("global days", Kind::Letters),
            ("professional and technical part", Kind::Letters),
            ("several procedures", Kind::Letters),
            ("both sides", Kind::Letters),
            ("assistant", Kind::Letters),
            ("two surgeons", Kind::Letters),
            ("team", Kind::Letters),
            ("conversion factor", Kind::TenThousandths),
            ("base endoscopy", Kind::Code),
        ],
    ),
    (
        &["mpfs-gpci"],
        &[
            ("work factor", Kind::Thousandths),
            ("expense factor", Kind::Thousandths),
            ("malpractice factor", Kind::Thousandths),
        ],
    ),
    (
        &["ncci-mue"],
        &[
            ("practitioner units", Kind::Number),
            ("practitioner adjudication indicator", Kind::Number),
            ("outpatient units", Kind::Number),
            ("outpatient adjudication indicator", Kind::Number),
            ("supplier units", Kind::Number),
            ("supplier adjudication indicator", Kind::Number),
        ],
    ),
    (&["ncci-ptp", "ncci-ptp-hospital"], &[("modifier indicator", Kind::Number)]),
    (&["ncci-addon"], &[("type", Kind::Number)]),
    (&["clia-waived"], &[("QW asked for", Kind::Number)]),
    (&["npi"], &[("entity type", Kind::Number)]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_each_fact_by_its_name_and_kind() {
        let letters = |text: &str| text.bytes().fold(0, |fact, byte| fact << 8 | u32::from(byte));
        for (set, facts, expected) in [
            ("mpfs", vec![letters("A"), 17, NOTHING], "status A, work RVU 0.17"),
            ("mpfs", vec![letters("XX"), 2405], "status XX, work RVU 24.05"),
            ("ncci-mue", vec![3, 3], "practitioner units 3, practitioner adjudication indicator 3"),
            ("ncci-ptp", vec![0], "modifier indicator 0"),
            ("ncci-addon", vec![1], "type 1"),
            ("hcpcs", vec![7], "fact 1 7"),
        ] {
            let told = told(set, &Span { facts, ..Span::default() });
            let told: Vec<String> =
                told.into_iter().map(|(name, what)| format!("{name} {what}")).collect();
            assert_eq!(told.join(", "), expected);
        }
    }
}
