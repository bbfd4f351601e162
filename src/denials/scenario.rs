//! CAQH CORE 360: in which of four business scenarios a denial is, and whether its group, reason and
//! remark stand together in the code combination tables of that rule.
//!
//! The tables are published under terms of their own, so that none is built in: `claimgate codes import
//! core-360` reads one. Without it the scenario is read off what the reason is about.

use super::reasons::Topic;
use super::table::Asked;
use crate::code_sets::library::Library;

/// A business scenario of CORE 360.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scenario {
    /// Documentation is missing, incomplete or wrong.
    Documentation,
    /// Data of the claim is missing, incomplete or wrong.
    ClaimData,
    /// The plan does not cover the service.
    NotCovered,
    /// The benefit is not paid by itself.
    NotSeparate,
}

/// Every scenario, in the order of their numbers.
pub const SCENARIOS: [Scenario; 4] =
    [Scenario::Documentation, Scenario::ClaimData, Scenario::NotCovered, Scenario::NotSeparate];

impl Scenario {
    /// 1 to 4, as the rule numbers them.
    pub const fn number(self) -> u8 {
        match self {
            Scenario::Documentation => 1,
            Scenario::ClaimData => 2,
            Scenario::NotCovered => 3,
            Scenario::NotSeparate => 4,
        }
    }

    /// The scenario of that number.
    pub fn numbered(number: u8) -> Option<Scenario> {
        SCENARIOS.into_iter().find(|scenario| scenario.number() == number)
    }

    /// What it says.
    pub const fn name(self) -> &'static str {
        match self {
            Scenario::Documentation => "more documentation is wanted",
            Scenario::ClaimData => "data of the claim is missing or wrong",
            Scenario::NotCovered => "the plan does not cover the service",
            Scenario::NotSeparate => "the benefit is not paid by itself",
        }
    }

    /// By our reading of what a reason is about; `None` when it is plainly none of the four.
    pub const fn of_topic(topic: Topic) -> Option<Scenario> {
        match topic {
            Topic::Documentation => Some(Scenario::Documentation),
            Topic::Billing | Topic::Coding | Topic::MissingInformation | Topic::ProviderData => {
                Some(Scenario::ClaimData)
            }
            Topic::Benefit | Topic::NotCovered => Some(Scenario::NotCovered),
            Topic::Bundled => Some(Scenario::NotSeparate),
            Topic::Appeal
            | Topic::Authorization
            | Topic::Compliance
            | Topic::Contract
            | Topic::Duplicate
            | Topic::Eligibility
            | Topic::Necessity
            | Topic::OtherPayer
            | Topic::PatientShare
            | Topic::Payment
            | Topic::Pending
            | Topic::TimelyFiling
            | Topic::Unknown => None,
        }
    }
}

/// Whether group, reason and remark stand together in the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Combination {
    /// No tables were imported.
    #[default]
    NotChecked,
    /// The tables do not have the reason, so that they say nothing of it.
    NotGoverned,
    Listed,
    /// The tables have the reason, and not with this group and these remarks.
    Outside,
}

/// Every standing of a combination.
pub const COMBINATIONS: [Combination; 4] =
    [Combination::NotChecked, Combination::NotGoverned, Combination::Listed, Combination::Outside];

impl Combination {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Combination::NotChecked => "not checked",
            Combination::NotGoverned => "not governed",
            Combination::Listed => "listed",
            Combination::Outside => "outside",
        }
    }

    /// The standing of that name.
    pub fn named(name: &str) -> Option<Combination> {
        COMBINATIONS.into_iter().find(|one| one.name() == name)
    }
}

/// Where CORE 360 puts a denial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Core {
    pub scenario: Option<Scenario>,
    pub combination: Combination,
}

impl Core {
    /// Where it puts a denial, in words.
    pub fn told(&self) -> String {
        let scenario = self.scenario.map_or("none of the four scenarios".to_owned(), |scenario| {
            format!("scenario {}, {}", scenario.number(), scenario.name())
        });
        let (scenario, read) = (&scenario, "by what the reason is about");
        match self.combination {
            Combination::NotChecked => format!(
                "{scenario}, {read}; the combination is not checked (`claimgate codes import {SET} \
                 FILE`)"
            ),
            Combination::NotGoverned => {
                format!("{scenario}, {read}; the tables do not have the reason")
            }
            Combination::Listed => format!("{scenario}; the combination is in its table"),
            Combination::Outside => {
                format!("{scenario}; the combination is in no table: the payer breaks the rule")
            }
        }
    }

    /// 1 to 4, or 0 for none.
    pub fn number(&self) -> u32 {
        self.scenario.map_or(0, |scenario| u32::from(scenario.number()))
    }
}

/// The set that tables are imported under.
pub const SET: &str = "core-360";

/// Where CORE 360 puts a denial: by the tables where they have its combination, and else by what its
/// reason is about.
pub fn core_of(codes: &Library, asked: &Asked<'_>, topic: Topic) -> Core {
    let read = Scenario::of_topic(topic);
    let Some(tables) = codes.combinations(SET) else {
        return Core { scenario: read, combination: Combination::NotChecked };
    };
    let Asked { group, reason, remarks, .. } = *asked;
    // Some reasons stand in the tables without a remark, and then any or none may be beside them.
    let mut remarks = remarks.iter().map(String::as_str).chain([""]);
    if let Some(number) = remarks.find_map(|remark| tables.find(group, reason, remark)) {
        return Core { scenario: Scenario::numbered(number), combination: Combination::Listed };
    }
    match tables.scenario_of(reason) {
        Some(number) => {
            let scenario = Scenario::numbered(number);
            Core { scenario, combination: Combination::Outside }
        }
        None => Core { scenario: read, combination: Combination::NotGoverned },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code_sets::layouts::{Wanted, read};
    use crate::code_sets::table::About;
    use crate::code_sets::table::draft::Draft;

    const TABLE: &str = "scenario\tcarc\trarc\tgroup\n4\t97\tN20\tCO\n4\tB10\t\tCO\n";

    fn core(codes: &Library, code: &str, remarks: &[&str]) -> Core {
        let (group, reason) = code.split_once('-').expect("a group and a reason");
        let remarks: Vec<String> = remarks.iter().map(|&one| one.to_owned()).collect();
        let asked = Asked { payer: "acme", group, reason, remarks: &remarks };
        core_of(codes, &asked, crate::denials::reasons::reason(reason).topic)
    }

    #[test]
    fn without_tables_the_scenario_is_read_off_the_reason() {
        let codes = Library::built_in();
        for (code, scenario) in [
            ("CO-252", Some(Scenario::Documentation)),
            ("CO-16", Some(Scenario::ClaimData)),
            ("PR-204", Some(Scenario::NotCovered)),
            ("CO-97", Some(Scenario::NotSeparate)),
            ("CO-29", None),
        ] {
            let found = core(&codes, code, &[]);
            assert_eq!((found.scenario, found.combination), (scenario, Combination::NotChecked));
        }
    }

    #[test]
    fn tables_say_which_combinations_they_have() {
        let mut draft = Draft::default();
        let wanted = Wanted { set: SET, starts: None };
        read(&wanted, TABLE.as_bytes(), &mut draft).expect("a table");
        let about = About { set: SET.to_owned(), ..About::default() };
        let codes = Library::with([draft.finish(about).expect("a table")]);
        for (code, remarks, combination) in [
            ("CO-97", &["N20"][..], Combination::Listed),
            ("CO-97", &["MA130", "N20"], Combination::Listed),
            ("CO-97", &["M76"], Combination::Outside),
            ("CO-97", &[], Combination::Outside),
            ("PR-97", &["N20"], Combination::Outside),
            ("CO-B10", &[], Combination::Listed),
            ("CO-B10", &["M76"], Combination::Listed),
            ("CO-16", &["M76"], Combination::NotGoverned),
        ] {
            assert_eq!(core(&codes, code, remarks).combination, combination, "{code} {remarks:?}");
        }
    }
}
