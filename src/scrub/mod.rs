//! Every edit that a claim must pass: one rule, one file, one finding for each place it breaks.

pub mod earlier;
mod editor;
pub mod example;
pub mod expression;
pub mod form;
pub mod kinds;
pub mod loose;
pub mod mended;
pub mod path;
pub mod profile;
pub mod repairs;
pub mod rulebook;
pub mod rules;
pub mod visits;

use std::borrow::Cow;

use x12::fault::Place;
use x12::phi::Phi;
use x12::segment::Field;
use x12::value::{Day, DayRange};
use x12::view::claim::{Claim, Diagnosis};
use x12::view::parts::{Address, Party, Reference};

use crate::code_sets::library::Library;
use crate::code_sets::{Standing, state};
pub use earlier::Earlier;
pub use example::Example;
use kinds::Kinds;
use loose::Loose;
use path::Filed;
pub use rulebook::Rulebook;

/// What the gateway does about a finding, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// An acknowledgment says so: the claim goes back to its office.
    Reject,
    /// Ours alone: the claim waits in the correction queue.
    Hold,
    /// The claim goes out; the finding is recorded.
    Warn,
    /// A safe edit was laid over the claim: its form, never its clinical content.
    Repair,
}

impl Severity {
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Reject => "reject",
            Severity::Hold => "hold",
            Severity::Warn => "warn",
            Severity::Repair => "repair",
        }
    }
}

/// One edit.
#[derive(Debug)]
pub struct Rule {
    /// Stable for ever: `CG-BAL-01`.
    pub code: &'static str,
    /// A readable name for the fault: `claim-total-differs`.
    pub name: &'static str,
    /// The type of edit by the trade's SNIP list: 3 to 7, and 2 for repairs of form.
    pub snip: u8,
    /// The claims that it is about: professional, institutional, dental.
    pub kinds: Kinds,
    pub severity: Severity,
    /// What a 277CA says of it: `category:status[:entity]`, further composites joined with `+`.
    pub status: &'static str,
    /// What is wrong with a claim that breaks it, in a sentence.
    pub what: &'static str,
    /// Why it matters: what the payer does with such a claim.
    pub why: &'static str,
    /// Who publishes it, and under which name.
    pub source: &'static str,
    /// The code sets without which it cannot be asked, by name.
    pub needs: &'static [&'static str],
    /// Claims that break it, and claims near them that do not.
    pub examples: &'static [Example],
    pub check: fn(&Claim<'_>, &Context<'_>, &mut Findings),
}

/// What a rule may know besides the claim.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The day that date-dependent checks use.
    pub today: Day,
    /// The day on which the batch was made; today, where it names none or one to come.
    pub made: Day,
    pub earlier: &'a Earlier,
    /// The code sets at hand.
    pub codes: &'a Library,
    /// First and last day of service of the claim, by which most rules judge.
    pub days: Option<DayRange>,
    /// Everyone whom the claim names, in the order of its segments.
    pub parties: Vec<&'a Party<'a>>,
    /// Their addresses, in the same order.
    pub addresses: Vec<Located<'a>>,
    /// Their names and the words of their addresses that are not in plain capitals.
    pub rough_words: Vec<Field<'a>>,
    /// The references of the claim, of everyone whom it names, and of its lines.
    pub references: Vec<&'a Reference<'a>>,
    /// Its diagnoses, the principal one first, with what the classification says of each.
    pub diagnoses: Vec<Coded<'a>>,
    /// Whether the patient is a dependent of a subscriber whose own claims stand before.
    pub subscriber_has_claims: bool,
    /// Every field of the claim that holds an amount of money.
    pub amounts: Vec<Field<'a>>,
    /// Codes, days and numbers with small letters or blanks.
    pub loose: Vec<Loose<'a>>,
}

/// Someone with an address, and what it says without what is form alone.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    pub party: &'a Party<'a>,
    pub address: Address<'a>,
    /// In capitals.
    pub state: Cow<'a, str>,
    /// Whether it is one of the United States.
    pub has_state: bool,
    /// Its five or nine digits.
    pub zip: Option<Cow<'a, str>>,
}

impl<'a> Located<'a> {
    fn new(party: &'a Party<'a>) -> Option<Located<'a>> {
        let address = party.address?;
        let state = form::capitals(address.state);
        let has_state = state::is_of_the_united_states(state.as_bytes());
        Some(Located { party, address, state, has_state, zip: form::zip(address.zip) })
    }
}

/// A diagnosis, and what the classification says of it.
#[derive(Clone, Debug)]
pub struct Coded<'a> {
    pub diagnosis: &'a Diagnosis<'a>,
    /// In capitals and without its point: case and point are form, which other rules see to.
    pub code: Cow<'a, str>,
    /// What it is worth on the first day of service and on the last; `None` without such a day.
    pub on_first: Option<Standing>,
    pub on_last: Option<Standing>,
}

impl<'a> Context<'a> {
    /// Looks up once what rules ask of a claim over and over.
    pub fn of(
        filed: &Filed<'a>,
        today: Day,
        earlier: &'a Earlier,
        codes: &'a Library,
    ) -> Context<'a> {
        let claim = filed.claim;
        let days = claim.service_days();
        let coded = |diagnosis: &'a Diagnosis<'a>| {
            let code = form::diagnosis(diagnosis.code);
            let standing = |on| codes.standing("diagnosis", code.as_bytes(), on);
            let on_last = days.and_then(|days| standing(days.to));
            let on_first = match days {
                Some(days) if days.from != days.to => standing(days.from),
                Some(_) | None => on_last,
            };
            Coded { diagnosis, code, on_first, on_last }
        };
        let mut parties = Vec::with_capacity(USUAL_PARTIES);
        parties.extend(claim.parties());
        let mut addresses = Vec::with_capacity(USUAL_PARTIES);
        addresses.extend(parties.iter().filter_map(|party| Located::new(party)));
        let words = parties.iter().flat_map(|party| words_of(party));
        let rough_words = words.filter(|word| !form::is_plain_words(word.bytes())).collect();
        let mut references = Vec::with_capacity(USUAL_REFERENCES);
        references.extend(claim.references_everywhere());
        let diagnoses = claim.all_diagnoses().map(coded).collect();
        let amounts = claim.amounts_everywhere();
        let loose = loose::values(filed);
        let made = claim.batch_date.day().unwrap_or(today).min(today);
        Context {
            today,
            made,
            earlier,
            codes,
            days,
            parties,
            addresses,
            rough_words,
            references,
            diagnoses,
            subscriber_has_claims: filed.subscriber_has_claims(),
            amounts,
            loose,
        }
    }
}

/// The names of a party and the words of its address.
fn words_of<'a>(party: &Party<'a>) -> impl Iterator<Item = Field<'a>> {
    let of_address = party.address.map(|address| [address.line, address.second_line, address.city]);
    [party.last_name, party.first_name].into_iter().chain(of_address.into_iter().flatten())
}

/// Few claims name more people and organizations.
const USUAL_PARTIES: usize = 12;

/// Nor have more references.
const USUAL_REFERENCES: usize = 16;

/// What a finding says of the rule that it is of: one of ours, or a payer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    pub code: Cow<'static, str>,
    pub name: Cow<'static, str>,
    pub snip: u8,
    pub why: Cow<'static, str>,
    /// Which form of the rule it is: rules are changed, and what was said by the old one is past.
    pub version: Cow<'static, str>,
    /// The code sets that judge it, by name.
    pub needs: &'static [&'static str],
}

/// The version of the rules that are built in: they change with the program alone.
pub const BUILT_IN_VERSION: &str = concat!("claimgate ", env!("CARGO_PKG_VERSION"));

/// A place where a claim breaks a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: Cited,
    pub severity: Severity,
    pub place: Place,
    /// The segment that should stand after `place`, when what is wrong is that it is missing.
    pub missing: Option<Cow<'static, str>>,
    /// What is wrong, without the patient's name or member number. Only a double is told by the
    /// CLM01 of the other claim, by which its office finds it.
    pub what: Cow<'static, str>,
    /// What to do about it.
    pub fix: Cow<'static, str>,
    /// What a 277CA says of it, in the notation of `Rule::status`.
    pub status: Cow<'static, str>,
    /// The value that would be right, when the rule can tell.
    pub edit: Option<Suggestion>,
}

/// A change of one value that a rule proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Only form is touched, so it may be applied without asking.
    pub is_safe: bool,
    pub from: Phi<String>,
    pub to: Phi<String>,
}

/// Collects what rules find, one rule after another.
#[derive(Debug)]
pub struct Findings {
    rule: &'static Rule,
    found: Vec<Finding>,
}

impl Findings {
    /// Reports a place, with the rule's own status code.
    pub fn report(
        &mut self,
        place: Place,
        what: impl Into<Cow<'static, str>>,
        fix: impl Into<Cow<'static, str>>,
    ) {
        let status = self.rule.status;
        self.report_as(status, place, what, fix);
    }

    /// Reports a place with a status code of its own, such as one that names the entity.
    pub fn report_as(
        &mut self,
        status: impl Into<Cow<'static, str>>,
        place: Place,
        what: impl Into<Cow<'static, str>>,
        fix: impl Into<Cow<'static, str>>,
    ) {
        self.found.push(Finding {
            rule: self.rule.cited(),
            severity: self.rule.severity,
            place,
            missing: None,
            what: what.into(),
            fix: fix.into(),
            status: status.into(),
            edit: None,
        });
    }

    /// Reports a segment that should stand after the one at `place`, with the rule's own status
    /// code.
    pub fn report_missing(
        &mut self,
        segment: &'static str,
        place: Place,
        what: impl Into<Cow<'static, str>>,
        fix: impl Into<Cow<'static, str>>,
    ) {
        // What is not there has no elements, whatever the one before it has.
        self.report(Place { element: 0, component: 0, repeat: 0, ..place }, what, fix);
        if let Some(last) = self.found.last_mut() {
            last.missing = Some(Cow::Borrowed(segment));
        }
    }

    /// Reports a value whose form alone is wrong, with the value that would be right: never none,
    /// for that would be more than its form.
    pub fn repair(&mut self, field: Field<'_>, to: String, what: &'static str, fix: &'static str) {
        self.report(field.place, what, fix);
        self.suggest_form(field, to);
    }

    /// Adds to what was reported last the value in its right form, unless that is none.
    pub fn suggest_form(&mut self, field: Field<'_>, to: String) {
        if to.is_empty() {
            return;
        }
        self.suggest(Suggestion {
            is_safe: true,
            from: Phi::new(field.text().into_owned()),
            to: Phi::new(to),
        });
    }

    /// Adds the right value to what was reported last.
    pub fn suggest(&mut self, suggestion: Suggestion) {
        if let Some(last) = self.found.last_mut() {
            last.edit = Some(suggestion);
        }
    }
}

impl Finding {
    /// Makes it as grave as somebody wants it. What is no repair any more is not laid over the
    /// claim.
    fn weigh(&mut self, severity: Severity) {
        if severity != Severity::Repair {
            self.leave_as_is();
        }
        self.severity = severity;
    }

    /// Leaves the value to a person: what would be mended is told, and holds the claim that would come
    /// back with it.
    fn leave_as_is(&mut self) {
        if let Some(edit) = &mut self.edit {
            edit.is_safe = false;
        }
        if self.severity == Severity::Repair {
            self.severity = repairs::unrepaired(&self.rule.name);
        }
    }
}

impl Rule {
    const fn cited(&self) -> Cited {
        Cited {
            code: Cow::Borrowed(self.code),
            name: Cow::Borrowed(self.name),
            snip: self.snip,
            why: Cow::Borrowed(self.why),
            version: Cow::Borrowed(BUILT_IN_VERSION),
            needs: self.needs,
        }
    }

    /// How grave it is where repairs are off; `None` where it repairs nothing.
    pub fn unrepaired(&self) -> Option<Severity> {
        (self.severity == Severity::Repair).then(|| repairs::unrepaired(self.name))
    }

    /// The letters of the claims that it is about, as in `P, I`.
    pub fn letters(&self) -> String {
        let letters: Vec<&str> = self.kinds.list().iter().map(|kind| kind.letter()).collect();
        letters.join(", ")
    }
}

/// Runs every rule that is about claims of its kind over a claim. Rules do not see each other and
/// none stops another. Findings come in the order of the claim's segments.
pub fn scrub(claim: &Claim<'_>, context: &Context<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    let Some(&rule) = rules.first() else { return Vec::new() };
    let mut findings = Findings { rule, found: Vec::new() };
    for &rule in rules.iter().filter(|rule| rule.kinds.has(claim.kind)) {
        findings.rule = rule;
        (rule.check)(claim, context, &mut findings);
    }
    let mut found = findings.found;
    found.sort_by_key(|finding| finding.place);
    found
}

/// The gravest severity among findings; `None` when the claim is clean.
pub fn gravest(findings: &[Finding]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).min()
}

/// Dependencies of the guide that a scrub rule tells of a claim, by its name: the rule knows the
/// status that a 277CA wants, and a payer may have it otherwise. One fault is told once.
pub const TOLD_BY_RULES: [(&str, &str); 10] = [
    ("patient-beside-subscriber", "subscriber-with-patient"),
    ("patient-level", "patient-missing"),
    ("subscriber-address", "patient-address-missing"),
    ("subscriber-city", "patient-address-missing"),
    ("subscriber-birth-date", "patient-birth-date-missing"),
    ("original-claim-number", "original-claim-number-missing"),
    ("attachment-number", "attachment-number-missing"),
    ("line-attachment-number", "attachment-number-missing"),
    ("accident-state", "accident-state-missing"),
    ("accident-date", "accident-date-missing"),
];

#[cfg(test)]
mod rfi;
#[cfg(test)]
mod tests;
