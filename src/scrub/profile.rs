//! What one payer asks of claims beyond its guide, and what one office wants of findings.
//!
//! A payer's rule is data: a condition for which claims it is asked, what they must be like then,
//! and what is said when they are not. The shorter keys of a payer's file become such rules too, so
//! that there is one way of asking.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use bytes::Bytes;
use x12::fault::Place;
use x12::segment::{Field, Segment};
use x12::value::Day;
use x12::view::claim::{Kind, Line, claims};

use super::example::Clean;
use super::expression::{Budget, Condition, Pattern, Trouble};
use super::path::{Filed, Path};
use super::{Cited, Finding, Severity};

/// What one payer asks.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// What it is called in the settings.
    pub payer: String,
    pub types: Types,
    /// Rules of ours that it wants otherwise, by their code: off, or as hard as this.
    pub switches: Vec<(&'static str, Switch)>,
    /// Whether repairs are laid over its claims.
    pub repairs: bool,
    /// Its own rules.
    pub rules: Vec<Arc<PayerRule>>,
}

/// What becomes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    Off,
    As(Severity),
}

/// What findings of the SNIP types 3 to 7 do; `None` leaves it to each rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types(pub [Option<Switch>; 5]);

/// What one office wants of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeTerms {
    pub types: Types,
    /// Whether repairs are laid over its claims.
    pub repairs: bool,
}

/// One rule of a payer.
#[derive(Debug)]
pub struct PayerRule {
    /// The payer's name and the rule's: `medicare-b/member-number-form`.
    pub code: Arc<str>,
    pub name: Arc<str>,
    /// The key of `[claims]` that it stands for; `None` where the payer's file says it as a rule.
    pub key: Option<&'static str>,
    /// Of what the payer's file says of it.
    pub version: Arc<str>,
    pub severity: Severity,
    /// The claims that it is about.
    pub kinds: Vec<Kind>,
    pub status: String,
    /// What is wrong with a claim that breaks it.
    pub message: String,
    pub why: Arc<str>,
    pub fix: String,
    /// Of which days of service it is asked.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Of which claims, or lines, it is asked; of all without it.
    pub when: Option<Condition>,
    pub must: Must,
    /// What a finding points at; the claim or the line without it.
    pub at: Option<Path>,
    pub examples: Vec<PayerExample>,
}

/// What a claim must be like.
#[derive(Debug)]
pub enum Must {
    Hold(Condition),
    /// In each of its loops that the claim has.
    Carry(Path),
    NotCarry(Path),
    /// A value that is there has this form.
    Match(Path, Pattern),
    /// A value that is there is one of these.
    BeAmong(Path, HashSet<String>),
}

/// A claim with which a payer's rule is tried.
#[derive(Clone, Debug)]
pub struct PayerExample {
    pub claim: Clean,
    /// What stands in the clean claim exactly once, and what stands there instead.
    pub changes: Vec<(String, String)>,
    pub as_of: Day,
    /// Whether the rule lets it pass.
    pub passes: bool,
}

impl Profile {
    /// Makes findings as grave as the payer wants them: by the rule's own name, or else by its type.
    pub fn judge(&self, found: &mut Vec<Finding>) {
        judge(found, self.repairs, |finding| {
            let mut switches = self.switches.iter();
            let named = switches.find(|(code, _)| *code == finding.rule.code);
            named.map(|&(_, switch)| switch).or_else(|| self.types.switch_of(finding))
        });
    }

    /// Asks every rule of the payer that is about claims of this kind. All of them share what a claim
    /// may take; those that it does not suffice for are told as not asked.
    pub fn ask(&self, filed: &Filed<'_>, today: Day, found: &mut Vec<Finding>) {
        let kind = filed.claim.kind;
        let mut budget = Budget::of_claim();
        for rule in self.rules.iter().filter(|rule| rule.kinds.contains(&kind)) {
            rule.ask(filed, today, &mut budget, found);
        }
    }
}

impl OfficeTerms {
    /// Makes findings as grave as the office wants them.
    pub fn judge(&self, found: &mut Vec<Finding>) {
        judge(found, self.repairs, |finding| self.types.switch_of(finding));
    }
}

impl Types {
    /// What a finding does by its type. A repair is no fault, whatever its type.
    fn switch_of(self, finding: &Finding) -> Option<Switch> {
        let index = usize::from(finding.rule.snip).checked_sub(3)?;
        let switch = self.0.get(index).copied().flatten();
        switch.filter(|_| finding.severity != Severity::Repair)
    }
}

fn judge(found: &mut Vec<Finding>, repairs: bool, switch_of: impl Fn(&Finding) -> Option<Switch>) {
    found.retain_mut(|finding| match switch_of(finding) {
        Some(Switch::Off) => false,
        Some(Switch::As(severity)) => {
            finding.weigh(severity);
            true
        }
        None => true,
    });
    if !repairs {
        found.iter_mut().for_each(Finding::leave_as_is);
    }
}

impl PayerRule {
    /// Asks this rule alone.
    pub fn ask(
        &self,
        filed: &Filed<'_>,
        today: Day,
        budget: &mut Budget,
        found: &mut Vec<Finding>,
    ) {
        let day = filed.claim.service_days().map_or(today, |days| days.from);
        if self.from.is_some_and(|from| day < from) || self.to.is_some_and(|to| to < day) {
            return;
        }
        let mut asking = Asking { rule: self, filed, today, line: None, budget, found };
        let lines = filed.claim.lines.iter().map(Some);
        let asked = if self.is_of_line() { lines.collect() } else { vec![None] };
        for line in asked {
            asking.line = line;
            match asking.ask() {
                Ok(()) => {}
                // What is told once of a claim is not told again of each of its lines.
                Err(Trouble::TooManyStepsForClaim) => {
                    asking.line = None;
                    return asking.report_trouble(Trouble::TooManyStepsForClaim);
                }
                Err(trouble) => asking.report_trouble(trouble),
            }
        }
    }

    /// Whether it is asked of each line.
    pub fn is_of_line(&self) -> bool {
        let speaks_of_line = |condition: &Condition| condition.is_of_line;
        self.when.as_ref().is_some_and(speaks_of_line)
            || self.at.as_ref().is_some_and(Path::is_of_line)
            || match &self.must {
                Must::Hold(condition) => condition.is_of_line,
                Must::Carry(path)
                | Must::NotCarry(path)
                | Must::Match(path, _)
                | Must::BeAmong(path, _) => path.is_of_line(),
            }
    }

    /// Tries an example; says what is wrong when it does not end as it should.
    pub fn try_example(&self, example: &PayerExample) -> Result<(), String> {
        let text = example.text()?;
        let reading = x12::interchange::read(&Bytes::from(text));
        let (mut found, mut count) = (Vec::new(), 0);
        for interchange in &reading.interchanges {
            for group in &interchange.groups {
                let is_claims =
                    |set: &&x12::interchange::Set| interchange.set_header(set).text(1) == b"837";
                for set in group.sets.iter().filter(is_claims) {
                    let version = interchange.group_header(group).text(8);
                    let version = String::from_utf8_lossy(version);
                    let Some(guide) = x12::guide::find(&version, "837") else { continue };
                    let walked = x12::walk::walk(interchange, set, guide);
                    for claim in claims(interchange, set, &walked) {
                        let filed = Filed { claim: &claim, interchange, set, walked: &walked };
                        count += 1;
                        if self.kinds.contains(&claim.kind) {
                            let mut budget = Budget::of_claim();
                            self.ask(&filed, example.as_of, &mut budget, &mut found);
                        }
                    }
                }
            }
        }
        match (example.passes, found.first()) {
            _ if count == 0 => Err("with its changes it is no claim any more".to_owned()),
            (true, Some(finding)) => {
                let segment = finding.place.segment;
                Err(format!("it should pass, but at segment {segment}: {}", finding.what))
            }
            (false, None) => Err("it should fail, but the rule finds nothing".to_owned()),
            (true, None) | (false, Some(_)) => Ok(()),
        }
    }

    fn cited(&self) -> Cited {
        Cited {
            code: Cow::Owned(self.code.to_string()),
            name: Cow::Owned(self.name.to_string()),
            snip: 7,
            why: Cow::Owned(self.why.to_string()),
            version: Cow::Owned(self.version.to_string()),
            needs: &[],
        }
    }
}

impl PayerExample {
    /// The whole interchange.
    pub fn text(&self) -> Result<String, String> {
        let mut text = self.claim.text().to_owned();
        for (from, to) in &self.changes {
            let count = text.matches(from.as_str()).count();
            if count != 1 {
                return Err(format!(
                    "{from:?} stands {count} times in the clean claim and must stand once; \
                     write more of what is around it"
                ));
            }
            text = text.replace(from, to);
        }
        Ok(text)
    }
}

struct Asking<'a, 'f> {
    rule: &'a PayerRule,
    filed: &'a Filed<'a>,
    today: Day,
    line: Option<&'a Line<'a>>,
    budget: &'f mut Budget,
    found: &'f mut Vec<Finding>,
}

impl<'a> Asking<'a, '_> {
    fn ask(&mut self) -> Result<(), Trouble> {
        let rule = self.rule;
        if let Some(when) = &rule.when
            && !self.holds(when)?
        {
            return Ok(());
        }
        match &rule.must {
            Must::Hold(condition) => {
                if !self.holds(condition)? {
                    self.report(self.place(), None);
                }
            }
            Must::Carry(path) => {
                self.look_up(path)?;
                self.carry(path);
            }
            Must::NotCarry(path) => {
                self.look_up(path)?;
                self.each(path, |_| false);
            }
            Must::Match(path, form) => {
                self.look_up(path)?;
                let fields = path.fields(self.filed, self.line);
                self.budget.take(fields.map(|field| form.steps(&field.text())).sum())?;
                self.each(path, |field| form.is_match(&field.text()));
            }
            Must::BeAmong(path, known) => {
                self.look_up(path)?;
                self.each(path, |field| known.contains(&*field.text()));
            }
        }
        Ok(())
    }

    fn holds(&mut self, condition: &Condition) -> Result<bool, Trouble> {
        condition.holds(self.filed, self.line, self.today, self.budget)
    }

    /// What looking up a place takes.
    fn look_up(&mut self, path: &Path) -> Result<(), Trouble> {
        self.budget.take(1 + path.steps(self.filed, self.line))
    }

    /// Reports each value at `path` that is there and not right.
    fn each(&mut self, path: &Path, is_right: impl Fn(&Field<'_>) -> bool) {
        let fields: Vec<Field<'a>> = path.fields(self.filed, self.line).collect();
        for field in fields.iter().filter(|field| !field.is_empty() && !is_right(field)) {
            self.report(field.place, None);
        }
    }

    /// Reports each loop without what it must carry.
    fn carry(&mut self, path: &Path) {
        let segments: Vec<Segment<'a>> = path.segments(self.filed, self.line).collect();
        let openings: Vec<Segment<'a>> = path.openings(self.filed, self.line).collect();
        let Some(tag) = path.tag() else {
            if segments.is_empty() {
                self.report(self.whole(), Some("NM1".to_owned()));
            }
            return;
        };
        for (index, opening) in openings.iter().enumerate() {
            let next = openings.get(index + 1).map_or(u32::MAX, Segment::number);
            let mut own = segments
                .iter()
                .filter(|segment| (opening.number()..next).contains(&segment.number()))
                .peekable();
            if own.peek().is_none() {
                self.report(opening.place(0, 0), Some(tag.text()));
            }
            for segment in own {
                let field = path.field(segment);
                if field.is_empty() {
                    self.report(field.place, None);
                }
            }
        }
    }

    /// The line, or the claim.
    fn whole(&self) -> Place {
        self.line.map_or(self.filed.claim.place, |line| line.place)
    }

    /// What the rule points at.
    fn place(&self) -> Place {
        let at = self.rule.at.as_ref();
        let field = at.and_then(|path| path.fields(self.filed, self.line).next());
        field.map_or_else(|| self.whole(), |field| field.place)
    }

    fn report(&mut self, place: Place, missing: Option<String>) {
        let rule = self.rule;
        self.found.push(Finding {
            rule: rule.cited(),
            severity: rule.severity,
            place,
            missing: missing.map(Cow::Owned),
            what: rule.message.clone().into(),
            fix: rule.fix.clone().into(),
            status: rule.status.clone().into(),
            edit: None,
        });
    }

    /// A rule without an answer is no pass: somebody looks at the claim, and at the rule.
    fn report_trouble(&mut self, trouble: Trouble) {
        self.report(self.whole(), None);
        if let Some(last) = self.found.last_mut() {
            last.severity = Severity::Hold;
            last.what = Cow::Owned(format!(
                "rule {} of the payer could not be asked: {}",
                self.rule.name,
                trouble.in_words()
            ));
            last.fix = "look at what it asks yourself, and make its condition simpler".into();
        }
    }
}
