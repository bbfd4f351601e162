//! How a claim stands now: what would hold it, what a person let pass, where it goes.

use super::Queue;
use crate::change::{ContentHash, WorkWords};
use crate::commands::Failure;
use crate::commands::store::Unrouted;
use crate::corrections::{Rescrubbed, rescrub};
use crate::document::Document;
use crate::gateway::knowledge::similar;
use crate::intake::likeness::{Likeness, likeness};
use crate::scrub::{Finding, Severity};
use crate::store::archive::hash_of;
use crate::store::{Claim, KeptOverride};

/// What stands in the way of a claim as it is now.
pub(super) struct Standing {
    pub found: Rescrubbed,
    pub route: Result<String, Unrouted>,
    holds: Vec<OpenHold>,
    /// What a person let pass, with the claim and the rule as they are now.
    passed: Vec<KeptOverride>,
}

/// A rule that holds the claim, as an override of it is kept.
#[derive(Clone, Debug)]
pub(super) struct OpenHold {
    pub rule: String,
    pub version: String,
    pub content: ContentHash,
}

impl Standing {
    pub(super) fn may_go_out(&self) -> bool {
        !self.found.is_rejected() && self.open_holds().is_empty() && self.route.is_ok()
    }

    /// The rules that hold the claim and that nobody let pass.
    pub(super) fn open_holds(&self) -> Vec<&OpenHold> {
        let is_open = |hold: &&OpenHold| self.passed.iter().all(|kept| kept.made.rule != hold.rule);
        self.holds.iter().filter(is_open).collect()
    }

    /// What an item of the claim says, as long as nothing else happened to it than that it waits.
    pub(super) fn words(&self) -> WorkWords {
        let parted = |text: String| match text.split_once("; ") {
            Some((what, action)) => (what.to_owned(), action.to_owned()),
            None => (text, String::new()),
        };
        let faults = self.found.faults.iter().map(|fault| {
            let (what, action) = parted(fault.to_string());
            (what, action, format!("{} at segment {}", fault.kind.name(), fault.place.segment))
        });
        let counts = |finding: &&Finding| match finding.severity {
            Severity::Reject => true,
            Severity::Hold => self.passed(finding).is_none(),
            Severity::Warn | Severity::Repair => false,
        };
        let findings = self.found.findings.iter().filter(counts).map(|finding| {
            let at = format!("{} at segment {}", finding.rule.code, finding.place.segment);
            (finding.what.to_string(), finding.fix.to_string(), at)
        });
        let unrouted = self.route.as_ref().err().map(|unrouted| {
            let (what, action) = parted(unrouted.to_string());
            (what, action, "2010BB NM109".to_owned())
        });
        let all: Vec<(String, String, String)> = faults.chain(findings).chain(unrouted).collect();
        if all.is_empty() {
            return WorkWords {
                what: Some("nothing holds the claim any more".to_owned()),
                action: Some("release it".to_owned()),
                evidence: Some(String::new()),
                amount: None,
            };
        }
        let joined = |pick: fn(&(String, String, String)) -> &str| {
            let texts: Vec<&str> = all.iter().map(pick).filter(|text| !text.is_empty()).collect();
            texts.join("; ")
        };
        let (what, action) = (joined(|one| &one.0), Some(joined(|one| &one.1)));
        WorkWords { what: Some(what), action, evidence: Some(joined(|one| &one.2)), amount: None }
    }

    /// Who let a finding pass.
    pub(super) fn passed(&self, finding: &Finding) -> Option<&KeptOverride> {
        self.passed.iter().find(|kept| kept.made.rule == *finding.rule.code)
    }
}

impl Queue<'_> {
    /// What stands in the way of a claim, other claims and the settings considered.
    pub(super) fn standing(&self, claim: &Claim, document: &Document) -> Result<Standing, Failure> {
        let today = self.office.stamp().today;
        let (rulebook, partner) = (&self.office.rulebook, &claim.partner);
        let found = rescrub(document, &claim.batch_type, rulebook, partner, today, |view| {
            let likeness = likeness(view, &claim.partner, hash_of);
            let likeness = Likeness { own: Some(claim.id), ..likeness };
            similar(self.office.store.as_ref(), &self.office.plan, &likeness)
                .map(|similar| similar.in_words(&claim.partner))
        })?;
        let holds = found.holds(document, rulebook).into_iter().map(|hold| OpenHold {
            rule: hold.rule,
            version: hold.version,
            content: hash_of(&hold.content),
        });
        let holds: Vec<OpenHold> = holds.collect();
        let mut passed = self.office.store.overrides(Some(claim.id))?;
        passed.retain(|kept| {
            let made = &kept.made;
            holds.iter().any(|hold| {
                hold.rule == made.rule
                    && hold.version == made.version
                    && hold.content == made.content
            })
        });
        let route = self.office.route_of(document, claim.is_test);
        Ok(Standing { found, route, holds, passed })
    }
}
