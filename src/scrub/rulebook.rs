//! Which rules hold for which payer, and how hard.

use std::collections::HashMap;
use std::sync::Arc;

use x12::edit::Edit;
use x12::value::Day;
use x12::view::claim::Claim;

use super::path::Filed;
use super::profile::{OfficeTerms, PayerRule, Profile};
use super::{
    BUILT_IN_VERSION, Cited, Context, Earlier, Finding, Rule, Severity, repairs, rules, scrub,
};
use crate::code_sets::library::Library;

/// Everything that claims are scrubbed with.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Of everything in it: two rulebooks of one version find the same.
    pub version: Arc<str>,
    pub rules: Vec<&'static Rule>,
    pub codes: Arc<Library>,
    /// What payers ask, by the payer ids of claims that go to them, in capitals.
    pub payers: HashMap<String, Arc<Profile>>,
    /// The payer that all claims are taken for, whatever they say.
    pub only_payer: Option<Arc<Profile>>,
    /// What offices want, by their names.
    pub offices: HashMap<String, OfficeTerms>,
    /// Names of offices by their ISA06, where it is one office's alone: whose claims they are of which
    /// nobody says who brought them.
    pub senders: HashMap<String, String>,
    /// The office that all claims are taken for, whoever sent them.
    pub only_office: Option<String>,
}

impl Rulebook {
    /// All rules, with the code sets that are built in, and no payer's own.
    pub fn built_in() -> Rulebook {
        Rulebook::with(Library::built_in())
    }

    /// All rules, with these code sets, and no payer's own.
    pub fn with(codes: Arc<Library>) -> Rulebook {
        Rulebook {
            version: BUILT_IN_VERSION.into(),
            rules: rules::ALL.to_vec(),
            codes,
            payers: HashMap::new(),
            only_payer: None,
            offices: HashMap::new(),
            senders: HashMap::new(),
            only_office: None,
        }
    }

    /// Rules that cannot be asked, each with a set that is not at hand.
    pub fn not_checked(&self) -> Vec<(&'static Rule, &'static str)> {
        let mut missing = Vec::new();
        for &rule in &self.rules {
            missing.extend(self.codes.lacks(rule.needs).into_iter().map(|set| (rule, set)));
        }
        missing
    }

    /// What is wrong with a claim of this office, in the order of its segments: repairs of form, and
    /// what is wrong once they are laid over it. `past` tells what other claims say of one: it is asked
    /// for the claim as it came, and anew with each repair that may make it look like others.
    pub fn scrub(
        &self,
        filed: &Filed<'_>,
        office: &str,
        today: Day,
        mut past: impl FnMut(&Claim<'_>) -> Earlier,
    ) -> Vec<Finding> {
        repairs::lay(filed, |filed| self.judge(filed, office, today, &past(filed.claim)))
    }

    /// The repairs alone that may be laid over a claim of this office without asking, one for each value.
    pub fn repairs(&self, filed: &Filed<'_>, office: &str, today: Day) -> Vec<Edit> {
        let mends = |rule: &&&Rule| rule.severity == Severity::Repair;
        let rules: Vec<&'static Rule> = self.rules.iter().filter(mends).copied().collect();
        let earlier = Earlier::default();
        repairs::safe_edits(&repairs::lay(filed, |filed| {
            let context = Context::of(filed, today, &earlier, &self.codes);
            let found = scrub(filed.claim, &context, &rules);
            self.weigh(filed, office, self.profile_of(filed), found)
        }))
    }

    /// What is wrong with a claim as it stands.
    fn judge(
        &self,
        filed: &Filed<'_>,
        office: &str,
        today: Day,
        earlier: &Earlier,
    ) -> Vec<Finding> {
        let context = Context::of(filed, today, earlier, &self.codes);
        let mut found = scrub(filed.claim, &context, &self.rules);
        let profile = self.profile_of(filed);
        if let Some(profile) = profile {
            profile.ask(filed, today, &mut found);
        }
        self.weigh(filed, office, profile, found)
    }

    /// What was found, as grave as the office and the payer want it.
    fn weigh(
        &self,
        filed: &Filed<'_>,
        office: &str,
        profile: Option<&Profile>,
        mut found: Vec<Finding>,
    ) -> Vec<Finding> {
        if let Some(terms) = self.terms_of(filed, office) {
            terms.judge(&mut found);
        }
        if let Some(profile) = profile {
            profile.judge(&mut found);
            found.sort_by_key(|finding| finding.place);
        }
        repairs::hold_what_does_not_fit(filed, &mut found);
        found
    }

    /// Which form of a rule judged, and with which editions of the code sets that it asks.
    pub fn version_of(&self, rule: &Cited) -> String {
        let mut version = rule.version.to_string();
        for (set, edition) in self.codes.editions(rule.needs) {
            version.push_str(&format!(", {set} {edition}"));
        }
        version
    }

    /// Keeps these rules alone, by code or name, beside those that mend: they decide what the others
    /// see. Gives the first that there is none of.
    pub fn keep_only(&mut self, wanted: &[String]) -> Result<(), String> {
        let is_wanted =
            |code: &str, name: &str| wanted.iter().any(|one| one == code || one == name);
        let keep = |profile: &Arc<Profile>| {
            let mut kept = Profile::clone(profile);
            kept.rules.retain(|rule| is_wanted(&rule.code, &rule.name));
            Arc::new(kept)
        };
        self.rules
            .retain(|rule| is_wanted(rule.code, rule.name) || rule.severity == Severity::Repair);
        self.only_payer = self.only_payer.as_ref().map(keep);
        self.payers.values_mut().for_each(|profile| *profile = keep(profile));
        let own = self.payers.values().chain(&self.only_payer).flat_map(|profile| &profile.rules);
        let own: Vec<&PayerRule> = own.map(Arc::as_ref).collect();
        let is_known = |one: &&String| {
            self.rules.iter().any(|rule| rule.code == **one || rule.name == **one)
                || own.iter().any(|rule| *rule.code == ***one || *rule.name == ***one)
        };
        wanted.iter().find(|one| !is_known(one)).map_or(Ok(()), |unknown| Err(unknown.clone()))
    }

    /// What the office of this name wants; of one that the settings do not know, what ISA06 tells.
    fn terms_of(&self, filed: &Filed<'_>, office: &str) -> Option<&OfficeTerms> {
        if let Some(only) = &self.only_office {
            return self.offices.get(only);
        }
        self.offices.get(office).or_else(|| {
            let sender = String::from_utf8_lossy(filed.interchange.header().text(6));
            self.offices.get(self.senders.get(sender.trim())?)
        })
    }

    fn profile_of(&self, filed: &Filed<'_>) -> Option<&Profile> {
        if let Some(profile) = &self.only_payer {
            return Some(profile);
        }
        if self.payers.is_empty() {
            return None;
        }
        let id = filed.claim.payer.as_ref()?.id.text();
        self.payers.get(&id.trim().to_ascii_uppercase()).map(Arc::as_ref)
    }
}
