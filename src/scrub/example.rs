//! What a rule finds, shown by claims: each a clean one with a few changes. They are the rule's
//! tests, and what its page shows.

pub mod segments;
pub mod trial;

use x12::value::Day;

use super::Earlier;
use super::earlier::{Operation, Original, ShortText, Standing, Stay, Told, Visit};

/// A claim that breaks a rule, or one near it that does not.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub claim: Clean,
    /// What stands in the clean claim exactly once, and what stands there instead.
    pub changes: &'static [(&'static str, &'static str)],
    /// How often the rule finds fault with it.
    pub finds: usize,
    pub known: Known,
    /// Asked with a few imported codes, which stand in `testdata/codes`.
    pub has_codes: bool,
}

/// The claims that examples are made of. Everything in them is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clean {
    /// A visit with an electrocardiogram: two lines.
    Professional,
    /// Four days in hospital.
    Inpatient,
    /// An emergency visit, on one day.
    Outpatient,
    /// Two weeks of skilled nursing, for Medicare.
    Nursing,
    /// A month of nursing at home, for Medicare.
    HomeHealth,
    /// An examination, a cleaning, and a filling.
    Dental,
}

/// What is known of other claims.
#[derive(Clone, Copy, Debug)]
pub enum Known {
    Nothing,
    /// One that bills the same services for the same patient.
    SameService,
    /// One with the same CLM01 from the same partner.
    SameControlNumber,
    Both,
    /// A visit of the patient: its day, the NPI of whoever saw them, and their taxonomy.
    Visit(&'static str, &'static str, &'static str),
    /// An operation on the patient: its day, its code, the surgeon's NPI and taxonomy.
    Operation(&'static str, &'static str, &'static str, &'static str),
    /// A stay of the patient in the same hospital, from and to.
    Stay(&'static str, &'static str),
    /// What the claim replaces, in words and as rules see it.
    Original(&'static str, Original),
}

impl Known {
    /// In the words of what a rule is given.
    pub fn earlier(self) -> Earlier {
        let claim = || "claim 7".to_owned();
        let known = Earlier::default();
        let double = || Some(Told { claim: claim(), what: None });
        match self {
            Known::Nothing => known,
            Known::SameService => Earlier { same_service: double(), ..known },
            Known::SameControlNumber => Earlier { same_control_number: double(), ..known },
            Known::Both => {
                Earlier { same_service: double(), same_control_number: double(), ..known }
            }
            Known::Visit(day, provider, specialty) => {
                let short = |text: &str| ShortText::new(text.as_bytes());
                let (provider, specialty) = (short(provider), short(specialty));
                let visit = Visit { day: day_of(day), provider, specialty, is_apart: false };
                Earlier { visits: vec![Told { claim: claim(), what: visit }], ..known }
            }
            Known::Operation(day, code, provider, specialty) => {
                let [code, provider, specialty] =
                    [code, provider, specialty].map(|text| ShortText::new(text.as_bytes()));
                let what = Operation { day: day_of(day), code, provider, specialty };
                Earlier { operations: vec![Told { claim: claim(), what }], ..known }
            }
            Known::Stay(from, to) => {
                let stay = Stay { admitted: day_of(from), to: day_of(to), is_over: true };
                Earlier { stays: vec![Told { claim: claim(), what: stay }], ..known }
            }
            Known::Original(_, original) => {
                Earlier { original: Some(Told { claim: claim(), what: original }), ..known }
            }
        }
    }

    /// In words; empty where it is nothing.
    pub fn in_words(self) -> String {
        match self {
            Known::Nothing => String::new(),
            Known::SameService => {
                "another claim bills the same services for the same patient".to_owned()
            }
            Known::SameControlNumber => "another claim has the same CLM01".to_owned(),
            Known::Both => "another claim has the same CLM01 and bills the same".to_owned(),
            Known::Visit(day, provider, specialty) => {
                format!("the patient was seen on {day} by {provider} ({specialty})")
            }
            Known::Operation(day, code, provider, specialty) => {
                format!("{code} was done on the patient on {day} by {provider} ({specialty})")
            }
            Known::Stay(from, to) => {
                format!("the patient was in the same hospital from {from} to {to}")
            }
            Known::Original(words, _) => words.to_owned(),
        }
    }
}

fn day_of(text: &str) -> Day {
    Day::parse_dashed(text).expect("examples name days of the calendar")
}

/// What makes a replacement of the visit.
pub const REPLACEMENT: &[(&str, &str)] =
    &[("11:B:1", "11:B:7"), ("HI*ABK", "REF*F8*9981~\nHI*ABK")];

/// A claim that was paid and that the visit may replace.
pub const PAID: Original = Original {
    standing: Standing::Decided,
    is_known_otherwise: false,
    is_same_number: true,
    is_same_patient: true,
    is_same_provider: true,
    days: None,
    lines: 2,
};

impl Clean {
    /// What is billed, in words.
    pub const fn name(self) -> &'static str {
        match self {
            Clean::Professional => "a visit (837P)",
            Clean::Inpatient => "a stay in hospital (837I)",
            Clean::Outpatient => "an emergency visit (837I)",
            Clean::Nursing => "a stay in a nursing facility (837I)",
            Clean::HomeHealth => "a month of home health (837I)",
            Clean::Dental => "a dental visit (837D)",
        }
    }

    pub const ALL: [Clean; 6] = [
        Clean::Professional,
        Clean::Inpatient,
        Clean::Outpatient,
        Clean::Nursing,
        Clean::HomeHealth,
        Clean::Dental,
    ];

    /// The whole interchange, one segment a line.
    pub const fn text(self) -> &'static str {
        match self {
            Clean::Professional => include_str!("clean/professional.edi"),
            Clean::Inpatient => include_str!("clean/inpatient.edi"),
            Clean::Outpatient => include_str!("clean/outpatient.edi"),
            Clean::Nursing => include_str!("clean/nursing.edi"),
            Clean::HomeHealth => include_str!("clean/home-health.edi"),
            Clean::Dental => include_str!("clean/dental.edi"),
        }
    }
}

impl Example {
    /// A claim that the rule finds fault with, once.
    pub const fn fails(changes: &'static [(&'static str, &'static str)]) -> Example {
        Example {
            claim: Clean::Professional,
            changes,
            finds: 1,
            known: Known::Nothing,
            has_codes: false,
        }
    }

    /// A claim that is near, and that the rule lets pass.
    pub const fn passes(changes: &'static [(&'static str, &'static str)]) -> Example {
        Example { finds: 0, ..Example::fails(changes) }
    }

    /// The same with so many findings.
    pub const fn times(self, finds: usize) -> Example {
        Example { finds, ..self }
    }

    /// The same with another clean claim.
    pub const fn of(self, claim: Clean) -> Example {
        Example { claim, ..self }
    }

    /// The same where the operator has imported code sets.
    pub const fn with_codes(self) -> Example {
        Example { has_codes: true, ..self }
    }

    /// The same when other claims are known.
    pub const fn after(self, known: Known) -> Example {
        Example { known, ..self }
    }

    /// The segments in which it differs from the clean claim: those that are gone begin with `-`,
    /// those that came with `+`. The count of segments is left out.
    pub fn differences(&self) -> Vec<String> {
        let (clean, text) = (self.claim.text(), self.text());
        let segments = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.starts_with("SE*"));
            lines.map(str::to_owned).collect()
        };
        let (mut gone, mut came) = (segments(clean), segments(&text));
        came.retain(|line| match gone.iter().position(|known| known == line) {
            Some(at) => {
                gone.remove(at);
                false
            }
            None => true,
        });
        let gone = gone.iter().map(|line| format!("- {line}"));
        gone.chain(came.iter().map(|line| format!("+ {line}"))).collect()
    }

    /// The whole interchange. Its segments are counted anew.
    pub fn text(&self) -> String {
        let text = self.changes.iter().fold(self.claim.text().to_owned(), |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{from} must stand in the claim once");
            text.replace(from, to)
        });
        let (Some(start), Some(end)) = (text.find("\nST*"), text.find("\nSE*")) else {
            return text;
        };
        let Some((before, rest)) = text.split_at_checked(end + "\nSE*".len()) else { return text };
        let segments = before.bytes().skip(start).filter(|&byte| byte == b'~').count() + 1;
        match rest.split_once('*') {
            Some((_, after)) => format!("{before}{segments}*{after}"),
            None => text,
        }
    }
}
