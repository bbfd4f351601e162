//! A payer's rules as they stand in its file, each text with its place.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::limits::PAYER_RULES_MAX;

/// The keys of a payer's file that this room reads; its other keys are plain settings.
pub(in crate::settings) const KEYS: &[&str] =
    &["rules", "lists", "required", "forbidden", "pattern", "when_billed", "rule"];

/// The keys of a rule, with the sections that take them and what they say: for the reference.
pub const RULE_KEYS: &[(&str, &str, &str)] = &[
    (
        "at",
        "required, forbidden, pattern, rule",
        "the place: `2300 CLM05-3`, `2310B PRV03`, \
      `2300 REF*G1 REF02`, `2300 PWK`, `2310B`; in a rule, what its findings point at",
    ),
    ("require", "rule", "the condition, in CEL, that must hold"),
    ("matches", "pattern, when_billed", "a regular expression for a value that is there"),
    ("among", "pattern", "the values that it may have"),
    ("procedures", "when_billed", "codes `99213`, blocks `97110-97530`, beginnings `J*`"),
    ("places_of_service", "when_billed", "places, of the line or else the claim; all without it"),
    (
        "needs",
        "when_billed",
        "authorization, ndc, referral, referring-provider or \
      ordering-provider",
    ),
    ("name", "all", "small letters, digits and -; `[rules]`, reports and metrics call it so"),
    ("severity", "all", "reject (the default), hold or warn"),
    ("claims", "all", "some of P, I and D; without it those whose guide has the place"),
    ("when", "all", "a condition, in CEL: of which claims or lines it is asked"),
    ("message", "all", "what is wrong; `rule` must say it, the others know their own words"),
    ("why", "all", "why it matters; that the payer asks for it, without words of its own"),
    ("fix", "all", "what to do"),
    ("status", "all", "what a 277CA says: `A7:164:IL`; A3:247 without it"),
    ("from", "all", "asked of services from this day on, YYYY-MM-DD"),
    ("to", "all", "asked of services until this day"),
    ("pass", "all", "examples that the rule lets pass"),
    ("fail", "all", "examples that it finds fault with"),
];

/// The part of `config/payers/*.toml` that is about claims.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProfileSettings {
    pub rules: BTreeMap<String, Spanned<String>>,
    pub lists: BTreeMap<String, Spanned<Vec<String>>>,
    pub required: Vec<Spanned<RuleSettings>>,
    pub forbidden: Vec<Spanned<RuleSettings>>,
    pub pattern: Vec<Spanned<RuleSettings>>,
    pub when_billed: Vec<Spanned<RuleSettings>>,
    pub rule: Vec<Spanned<RuleSettings>>,
}

impl ProfileSettings {
    /// Rules or lists of which there are too many, with their count and place: before any is read.
    pub(super) fn too_many(&self) -> Vec<(&'static str, usize, Range<usize>)> {
        let sections =
            [&self.required, &self.forbidden, &self.pattern, &self.when_billed, &self.rule];
        let rules: usize = sections.iter().map(|section| section.len()).sum();
        let last = sections.iter().filter_map(|section| section.last()).map(Spanned::span);
        let list = self.lists.values().next().map(Spanned::span);
        let counts = [
            ("rules", rules, last.max_by_key(|span| span.start)),
            ("lists", self.lists.len(), list),
        ];
        let too_many = counts.into_iter().filter(|&(_, count, _)| PAYER_RULES_MAX < count);
        too_many.map(|(what, count, at)| (what, count, at.unwrap_or_default())).collect()
    }
}

/// One rule of any section. Each section takes some of the first seven keys; `Section` says which.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RuleSettings {
    pub at: Option<Spanned<String>>,
    pub require: Option<Spanned<String>>,
    pub matches: Option<Spanned<String>>,
    pub among: Option<Spanned<Vec<String>>>,
    pub procedures: Option<Spanned<Vec<String>>>,
    pub places_of_service: Option<Spanned<Vec<String>>>,
    pub needs: Option<Spanned<String>>,
    pub name: Option<Spanned<String>>,
    pub severity: Option<Spanned<String>>,
    pub claims: Option<Spanned<Vec<String>>>,
    pub when: Option<Spanned<String>>,
    pub message: Option<String>,
    pub why: Option<String>,
    pub fix: Option<String>,
    pub status: Option<Spanned<String>>,
    pub from: Option<Spanned<String>>,
    pub to: Option<Spanned<String>>,
    pub pass: Vec<Spanned<ExampleSettings>>,
    pub fail: Vec<Spanned<ExampleSettings>>,
}

/// A claim with which a rule is tried.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ExampleSettings {
    pub claim: String,
    pub change: BTreeMap<String, String>,
    pub as_of: String,
}

/// A section of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Required,
    Forbidden,
    Pattern,
    WhenBilled,
    Rule,
}

impl Section {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Section::Required => "required",
            Section::Forbidden => "forbidden",
            Section::Pattern => "pattern",
            Section::WhenBilled => "when_billed",
            Section::Rule => "rule",
        }
    }

    /// Which of the keys that not every section takes this one does.
    const fn takes(self) -> &'static [&'static str] {
        match self {
            Section::Required | Section::Forbidden => &["at"],
            Section::Pattern => &["at", "matches", "among"],
            Section::WhenBilled => &["procedures", "places_of_service", "needs", "matches"],
            Section::Rule => &["at", "require"],
        }
    }
}

impl RuleSettings {
    /// Keys that are written and that this section does not take, each with its place.
    pub(super) fn strangers(&self, section: Section) -> Vec<(&'static str, usize)> {
        let text = |key, value: &Option<Spanned<String>>| {
            value.as_ref().map(|value| (key, value.span().start))
        };
        let list = |key, value: &Option<Spanned<Vec<String>>>| {
            value.as_ref().map(|value| (key, value.span().start))
        };
        let written = [
            text("at", &self.at),
            text("require", &self.require),
            text("matches", &self.matches),
            list("among", &self.among),
            list("procedures", &self.procedures),
            list("places_of_service", &self.places_of_service),
            text("needs", &self.needs),
        ];
        written.into_iter().flatten().filter(|(key, _)| !section.takes().contains(key)).collect()
    }
}
