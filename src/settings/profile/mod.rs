//! What a payer's file says of claims, read and checked into a profile.
//!
//! All that is wrong is listed, with file, line and column; a file with a problem is not used at all.

mod billed;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use toml::Spanned;
use x12::answer::x214::statuses;
use x12::value::Day;
use x12::view::claim::Kind;

use super::Problem;
use super::source::Source;
use super::written::ClaimSettings;
use crate::code_sets::claim_status;
use crate::limits::{NAME_BYTES_MAX, PAYER_RULES_MAX};
use crate::scrub::example::Clean;
use crate::scrub::expression::{self, Condition, Lists, NamedList, Patterns};
use crate::scrub::path::Path;
use crate::scrub::profile::{Must, PayerExample, PayerRule, Profile, Switch, Types};
use crate::scrub::{Severity, rules};
pub(super) use written::KEYS;
pub use written::RULE_KEYS;
use written::{ExampleSettings, ProfileSettings, RuleSettings, Section};

/// What plain settings of a payer bear on its profile.
#[derive(Debug)]
pub(super) struct Plain<'a> {
    pub name: &'a str,
    pub repairs: bool,
    pub types: Types,
    pub claims: &'a ClaimSettings,
    pub filing_limit_days: u32,
    pub corrected_claim_limit_days: u32,
}

/// Reads the profile out of a payer's file. When anything is added to `problems`, it is not to be
/// used.
pub(super) fn read(
    file: &str,
    text: &str,
    plain: &Plain<'_>,
    problems: &mut Vec<Problem>,
) -> Profile {
    let mut source = Source { file, text, problems, reported: 0 };
    let mut settings: ProfileSettings = match toml::from_str(text) {
        Ok(settings) => settings,
        Err(error) => {
            source.report(error.span().unwrap_or(0..1), "", error.message());
            ProfileSettings::default()
        }
    };
    for (key, most, at) in settings.too_many() {
        let what = format!("a payer has at most {PAYER_RULES_MAX} {key}; these are {most}");
        source.report(at, key, &what);
        settings = ProfileSettings::default();
    }
    let mut reader = Reader {
        source,
        payer: plain.name,
        lists: Lists::new(),
        lists_version: None,
        patterns: Patterns::of_payer(),
        names: BTreeSet::new(),
    };
    reader.lists(&settings.lists);
    let mut own = Vec::new();
    for (key, written) in billed::shorthands(plain) {
        own.extend(reader.shorthand(key, &written));
    }
    let sections = [
        (Section::Required, &settings.required),
        (Section::Forbidden, &settings.forbidden),
        (Section::Pattern, &settings.pattern),
        (Section::WhenBilled, &settings.when_billed),
        (Section::Rule, &settings.rule),
    ];
    for (section, written) in sections {
        for one in written {
            own.extend(reader.rule(section, one.get_ref(), &one.span()));
        }
    }
    let mut switches = reader.switches(&settings.rules, &mut own);
    // Who wants few lines in a replacement wants those alone that are corrected.
    let lacks_lines = "CG-ORIG-04";
    let is_named = switches.iter().any(|&(code, _)| code == lacks_lines);
    if 0 < plain.claims.replacement_lines_max && !is_named {
        switches.push((lacks_lines, Switch::Off));
    }
    let rules = own.into_iter().map(Arc::new).collect();
    let (payer, types) = (plain.name.to_owned(), plain.types);
    Profile { payer, types, switches, repairs: plain.repairs, rules }
}

/// Reads `reject`, `hold`, `warn` or `off`.
pub(super) fn switch_of(text: &str) -> Option<Switch> {
    Some(match text {
        "off" => Switch::Off,
        "reject" => Switch::As(Severity::Reject),
        "hold" => Switch::As(Severity::Hold),
        "warn" => Switch::As(Severity::Warn),
        _ => return None,
    })
}

struct Reader<'a> {
    source: Source<'a>,
    payer: &'a str,
    lists: Lists,
    /// A digest of them all, made once: lists may be long, and rules many.
    lists_version: Option<String>,
    patterns: Patterns,
    names: BTreeSet<String>,
}

type Text = Option<Spanned<String>>;

impl Reader<'_> {
    fn lists(&mut self, written: &BTreeMap<String, Spanned<Vec<String>>>) {
        for (name, list) in written {
            let is_name = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
                && expression::names::CLAIM.find(name).is_none()
                && !["claim", "line", "today"].contains(&name.as_str());
            if !is_name {
                let what = format!(
                    "{name:?} cannot name a list; write small letters and _, and no name that a \
                     claim has"
                );
                self.source.report(list.span(), &format!("lists.{name}"), &what);
            }
            let list = NamedList::new(list.get_ref().clone());
            self.lists.insert(name.clone(), Arc::new(list));
        }
        let mut digest = Sha256::new();
        for (name, list) in &self.lists {
            digest.update(format!("{name} {}\0", list.texts().len()));
            for text in list.texts() {
                digest.update(text);
                digest.update([0]);
            }
        }
        self.lists_version = (!self.lists.is_empty()).then(|| short_digest(digest));
    }

    /// A rule that a shorter key stands for. Such are ours: they have no place in the file.
    fn shorthand(&mut self, key: &'static str, written: &RuleSettings) -> Option<PayerRule> {
        let at = self.source.text.find(key).unwrap_or_default();
        let rule = self.rule(Section::Rule, written, &(at..at + key.len()))?;
        Some(PayerRule { key: Some(key), ..rule })
    }

    fn rule(
        &mut self,
        section: Section,
        written: &RuleSettings,
        span: &Range<usize>,
    ) -> Option<PayerRule> {
        if self.source.is_full() {
            return None;
        }
        let before = self.source.reported;
        let key = section.name();
        for (stranger, at) in written.strangers(section) {
            let what = format!("[[{key}]] takes no {stranger}, so it would do nothing; remove it");
            self.source.report(at..at + 1, key, &what);
        }
        let expanded = match section {
            Section::WhenBilled => billed::expand(self, written, span)?,
            Section::Required | Section::Forbidden | Section::Pattern | Section::Rule => {
                written.clone()
            }
        };
        let name = self.name(section, &expanded, span);
        let at = self.path(&expanded.at);
        let must = self.must(section, &expanded, at.as_ref(), span);
        let when = self.condition(&expanded.when, "when");
        let kinds = self.kinds(expanded.claims.as_ref(), at.as_ref());
        let severity = self.severity(&expanded.severity);
        let status = self.status(&expanded.status);
        let (from, to) = (self.day(&expanded.from), self.day(&expanded.to));
        if let (Some(first), Some(last), Some(written)) = (from, to, &expanded.to)
            && last < first
        {
            let what = "`to` is before `from`, so the rule would never be asked";
            self.source.report(written.span(), key, what);
        }
        let examples = self.examples(&expanded);
        let (message, fix) = words(section, &expanded, at.as_ref());
        if message.trim().is_empty() {
            let what = "say in `message` what is wrong with a claim that breaks it";
            self.source.report(first_line(self.source.text, span), key, what);
        }
        if before < self.source.reported {
            return None;
        }
        let version = self.version(section, &expanded);
        let why = expanded.why.unwrap_or_else(|| format!("payer {} asks for it", self.payer));
        Some(PayerRule {
            code: format!("{}/{name}", self.payer).into(),
            name: name.into(),
            key: None,
            version: version.into(),
            severity,
            kinds,
            status,
            message,
            why: why.into(),
            fix,
            from,
            to,
            when,
            must: must?,
            at,
            examples,
        })
    }

    /// A digest of what decides whether a claim breaks the rule. Its words may be put better, and it may
    /// move in its file, without its becoming another.
    fn version(&self, section: Section, written: &RuleSettings) -> String {
        let mut digest = Sha256::new();
        let mut add = |text: &str| {
            digest.update(text);
            // No value that can be written holds this.
            digest.update([0]);
        };
        add(section.name());
        let texts = [&written.at, &written.require, &written.matches, &written.when];
        for text in texts.into_iter().chain([&written.from, &written.to]) {
            add(text.as_ref().map_or("", |text| text.get_ref()));
        }
        for list in [&written.among, &written.claims].into_iter().flatten() {
            list.get_ref().iter().for_each(|one| add(one));
            add("");
        }
        if let Some(lists) = &self.lists_version {
            add(lists);
        }
        format!("{} {}", self.payer, short_digest(digest))
    }

    fn name(&mut self, section: Section, written: &RuleSettings, span: &Range<usize>) -> String {
        let key = section.name();
        let Some(name) = &written.name else {
            let what = "give it a `name`, by which it is switched and found again";
            self.source.report(first_line(self.source.text, span), key, what);
            return String::new();
        };
        let text = name.get_ref().clone();
        let is_name = !text.is_empty()
            && text.len() <= NAME_BYTES_MAX
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !is_name {
            let what = "a rule's name is small letters, digits and -, at most 40 of them";
            self.source.report(name.span(), key, what);
        } else if rules::ALL.iter().any(|rule| rule.name == text) {
            let what = "a rule of ours is called so; [rules] makes that one harder or softer";
            self.source.report(name.span(), key, what);
        } else if !self.names.insert(text.clone()) {
            self.source.report(name.span(), key, "another rule of this payer is called so");
        }
        text
    }

    fn path(&mut self, written: &Text) -> Option<Path> {
        let written = written.as_ref()?;
        let path = Path::parse(written.get_ref());
        path.map_err(|what| self.source.report(written.span(), "at", &what)).ok()
    }

    fn must(
        &mut self,
        section: Section,
        written: &RuleSettings,
        at: Option<&Path>,
        span: &Range<usize>,
    ) -> Option<Must> {
        let key = section.name();
        if matches!(section, Section::Rule | Section::WhenBilled) {
            if written.require.is_none() {
                let what = "say in `require` what must hold";
                self.source.report(first_line(self.source.text, span), key, what);
            }
            return self.condition(&written.require, "require").map(Must::Hold);
        }
        let Some(path) = at else {
            if written.at.is_none() {
                let what = "say in `at` which element, such as 2310B PRV03";
                self.source.report(first_line(self.source.text, span), key, what);
            }
            return None;
        };
        let path = path.clone();
        match section {
            Section::Required => Some(Must::Carry(path)),
            Section::Forbidden => Some(Must::NotCarry(path)),
            Section::Pattern | Section::Rule | Section::WhenBilled => {
                match (&written.matches, &written.among) {
                    (Some(form), None) => match self.patterns.read(form.get_ref()) {
                        Ok(pattern) => Some(Must::Match(path, pattern)),
                        Err(what) => {
                            self.source.report(form.span(), "matches", &what);
                            None
                        }
                    },
                    (None, Some(known)) => {
                        Some(Must::BeAmong(path, known.get_ref().iter().cloned().collect()))
                    }
                    (_, _) => {
                        let what = "write either `matches` or `among`";
                        self.source.report(first_line(self.source.text, span), key, what);
                        None
                    }
                }
            }
        }
    }

    fn condition(&mut self, written: &Text, key: &str) -> Option<Condition> {
        let written = written.as_ref()?;
        match Condition::compile(written.get_ref(), &self.lists, &mut self.patterns) {
            Ok(condition) => Some(condition),
            Err(wrong) => {
                for one in wrong {
                    let at = self.source.within(&written.span(), &one.at);
                    self.source.report(at, key, &one.what);
                }
                None
            }
        }
    }

    fn kinds(&mut self, written: Option<&Spanned<Vec<String>>>, at: Option<&Path>) -> Vec<Kind> {
        let able = at.map_or(Kind::ALL.to_vec(), |path| path.kinds.clone());
        let Some(written) = written else { return able };
        let mut kinds = Vec::new();
        for letter in written.get_ref() {
            match Kind::of_letter(letter).filter(|kind| able.contains(kind)) {
                Some(kind) => kinds.push(kind),
                None => {
                    let able: Vec<&str> = able.iter().map(|kind| kind.letter()).collect();
                    let what =
                        format!("{letter:?} has no use here; write some of {}", able.join(", "));
                    self.source.report(written.span(), "claims", &what);
                }
            }
        }
        kinds
    }

    fn severity(&mut self, written: &Text) -> Severity {
        let Some(written) = written else { return Severity::Reject };
        match switch_of(written.get_ref()) {
            Some(Switch::As(severity)) => severity,
            Some(Switch::Off) | None => {
                let what = "write reject, hold or warn";
                self.source.report(written.span(), "severity", what);
                Severity::Reject
            }
        }
    }

    /// What a 277CA says, held against what it may say.
    fn status(&mut self, written: &Text) -> String {
        let Some(written) = written else { return "A3:247".to_owned() };
        if let Err(what) = check_status(written.get_ref()) {
            self.source.report(written.span(), "status", &what);
        }
        written.get_ref().clone()
    }

    fn day(&mut self, written: &Text) -> Option<Day> {
        let written = written.as_ref()?;
        let day = Day::parse_dashed(written.get_ref());
        if day.is_none() {
            self.source.report(
                written.span(),
                "",
                "this is no day; write one such as \"2026-01-31\"",
            );
        }
        day
    }

    fn examples(&mut self, written: &RuleSettings) -> Vec<PayerExample> {
        let pass = written.pass.iter().map(|one| (one, true));
        let fail = written.fail.iter().map(|one| (one, false));
        pass.chain(fail).filter_map(|(one, passes)| self.example(one, passes)).collect()
    }

    fn example(
        &mut self,
        written: &Spanned<ExampleSettings>,
        passes: bool,
    ) -> Option<PayerExample> {
        let ExampleSettings { claim, change, as_of } = written.get_ref();
        let clean = match claim.as_str() {
            "" | "professional" => Some(Clean::Professional),
            "inpatient" => Some(Clean::Inpatient),
            "outpatient" => Some(Clean::Outpatient),
            "dental" => Some(Clean::Dental),
            _ => None,
        };
        let day = if as_of.is_empty() { Day::new(2026, 11, 1) } else { Day::parse_dashed(as_of) };
        let (Some(claim), Some(as_of)) = (clean, day) else {
            let what =
                "`claim` is professional, inpatient, outpatient or dental, and `as_of` a day";
            self.source.report(written.span(), "", what);
            return None;
        };
        let changes = change.iter().map(|(from, to)| (from.clone(), to.clone())).collect();
        Some(PayerExample { claim, changes, as_of, passes })
    }

    /// What `[rules]` says of rules of ours, and of the payer's own.
    fn switches(
        &mut self,
        written: &BTreeMap<String, Spanned<String>>,
        own: &mut Vec<PayerRule>,
    ) -> Vec<(&'static str, Switch)> {
        let mut switches = Vec::new();
        for (wanted, how) in written {
            let key = format!("rules.{wanted}");
            let Some(switch) = switch_of(how.get_ref()) else {
                let what = "write off, warn, hold or reject";
                self.source.report(how.span(), &key, what);
                continue;
            };
            let mut ours = rules::ALL.iter();
            if let Some(rule) = ours.find(|rule| rule.code == wanted || rule.name == wanted) {
                if switches.iter().any(|(code, _)| *code == rule.code) {
                    let what = "this rule is switched twice, by its code and by its name";
                    self.source.report(how.span(), &key, what);
                }
                switches.push((rule.code, switch));
                continue;
            }
            let Some(index) = own.iter().position(|rule| *rule.name == **wanted) else {
                let is_likely = wanted.len() <= NAME_BYTES_MAX && !self.source.is_full();
                let known = rules::ALL.iter().map(|rule| rule.name).filter(|_| is_likely);
                let near = known.map(|known| (expression::distance(wanted, known), known)).min();
                let near = near.filter(|&(distance, _)| distance <= 1 + wanted.len() / 4);
                let near = near.map(|(_, near)| format!("did you mean {near}? "));
                let near = near.unwrap_or_default();
                let what =
                    format!("there is no such rule; {near}`claimgate rules list` names them all");
                self.source.report(how.span(), &key, &what);
                continue;
            };
            match (switch, own.get_mut(index)) {
                (Switch::As(severity), Some(rule)) => rule.severity = severity,
                (Switch::Off, _) | (_, None) => {
                    own.remove(index);
                }
            }
        }
        switches
    }
}

/// So much of a digest as tells apart the forms that one thing had.
pub(super) fn short_digest(digest: Sha256) -> String {
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// What a finding says when the file does not.
fn words(section: Section, written: &RuleSettings, at: Option<&Path>) -> (String, String) {
    let place = at.map(Path::written).unwrap_or_default();
    let (message, fix) = match section {
        Section::Required => (format!("{place} is missing"), format!("add {place}")),
        Section::Forbidden => {
            (format!("{place} is not taken by this payer"), format!("leave {place} out"))
        }
        Section::Pattern => (
            format!("{place} has another form than this payer gives it"),
            format!("look {place} up again"),
        ),
        Section::WhenBilled | Section::Rule => {
            (String::new(), "correct the claim and send it again".to_owned())
        }
    };
    (written.message.clone().unwrap_or(message), written.fix.clone().unwrap_or(fix))
}

/// The line on which a rule begins, for what it lacks.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let rest = text.get(span.start..).unwrap_or_default();
    span.start..span.start + rest.lines().next().map_or(1, str::len).max(1)
}

/// `category:status[:entity]`, further composites joined with `+`.
fn check_status(text: &str) -> Result<(), String> {
    let mut needs_companion = true;
    for composite in text.split('+') {
        let parts: Vec<&str> = composite.split(':').collect();
        let (category, status, entity) = match *parts {
            [category, status] => (category, status, None),
            [category, status, entity] => (category, status, Some(entity)),
            _ => return Err(format!("{composite:?} is no status; write one such as A7:164:IL")),
        };
        if !matches!(category, "A3" | "A6" | "A7" | "A8") {
            return Err(format!("{category:?} rejects no claim; write A3, A6, A7 or A8"));
        }
        let bytes = status.as_bytes();
        if !claim_status::contains(bytes) {
            return Err(format!("{status:?} is no claim status code"));
        }
        if statuses::needs_entity(bytes) != entity.is_some() {
            return Err(format!(
                "status {status} {}; write it so",
                if entity.is_some() { "takes no entity" } else { "needs an entity, such as 85" }
            ));
        }
        needs_companion &= statuses::needs_companion(bytes);
    }
    if needs_companion {
        return Err("this status says too little alone; join a further one with +".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
