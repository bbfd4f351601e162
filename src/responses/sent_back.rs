//! What offices sent back to a payer, for the decision on its remittance: what of it the payer told of before, and
//! which items are over when it tells of more.

use std::collections::BTreeSet;

use x12::phi::Phi;
use x12::view::remittance::Remittance;

use crate::change::cases::taken_though_refunded;
use crate::change::refunds::RefundId;
use crate::change::{
    NewPayment, NewProviderAdjustment, ProviderEntry, WorkId, WorkMove, WorkState,
};
use crate::intake::{Intake, Knowledge};
use crate::reconcile;
use crate::reconcile::refunds::{self, Return, SentBack, sets_aside};

/// References under which a payer set something aside, by provider.
pub(super) type SetAside = BTreeSet<(String, Phi<String>)>;

/// What was sent back to a payer for providers, held against what earlier files and earlier remittances of this one
/// say that came.
pub(super) fn refunds_so_far(
    intake: &Intake<'_>,
    payer: &str,
    providers: &[String],
) -> Vec<SentBack> {
    let kept = providers.iter().flat_map(|provider| intake.knowledge.refunds(payer, provider));
    let kept: Vec<SentBack> = kept.collect();
    if kept.is_empty() {
        return kept;
    }
    let entries: Vec<ProviderEntry> = entries_here(intake, payer).collect();
    let told = entries.iter().enumerate().filter_map(|(index, entry)| {
        let here = entries.iter().take(index).filter(|one| sets_aside(one));
        let of = (&entry.payee, &entry.reference);
        let is_set_aside = here.into_iter().any(|one| (&one.payee, &one.reference) == of)
            || is_set_aside(intake.knowledge, payer, entry);
        Return::of_entry(payer, entry, is_set_aside)
    });
    let told: Vec<Return> = told.collect();
    refunds::hold(&kept, &told).0
}

/// References of the returns (72) of a remittance under which its payer set something aside before it.
pub(super) fn set_aside_so_far(
    intake: &Intake<'_>,
    payer: &str,
    remittance: &Remittance<'_>,
) -> SetAside {
    let mut found = set_aside_before(intake.knowledge, payer, remittance);
    let returned = reconcile::returned_under(remittance);
    let here = entries_here(intake, payer).filter(sets_aside);
    let here = here.map(|entry| (entry.payee, entry.reference));
    found.extend(here.filter(|of| returned.contains(of)));
    found
}

/// The same by earlier files.
pub(super) fn set_aside_before(
    knowledge: &dyn Knowledge,
    payer: &str,
    remittance: &Remittance<'_>,
) -> SetAside {
    let mut found = reconcile::returned_under(remittance);
    found.retain(|(payee, reference)| knowledge.is_set_aside((payer, payee), reference.expose()));
    found
}

/// The steps that close items about what was taken though a refund paid it back: the payer tells of the check.
pub(super) fn steps_of_refunds(intake: &Intake<'_>, met: &[RefundId]) -> Vec<WorkMove> {
    let mut steps = intake.knowledge.steps_of_refunds(met, TOLD);
    let rules: Vec<String> = met.iter().map(|id| taken_though_refunded(*id)).collect();
    for (place, item) in intake.change.work.iter().enumerate() {
        if rules.contains(&item.alike.rule) {
            steps.push(WorkMove {
                work: WorkId::of_new(place),
                from: WorkState::Open,
                to: WorkState::Resolved,
                owner: String::new(),
                note: TOLD.to_owned(),
                says: None,
            });
        }
    }
    steps
}

fn is_set_aside(knowledge: &dyn Knowledge, payer: &str, entry: &ProviderEntry) -> bool {
    knowledge.is_set_aside((payer, &entry.payee), entry.reference.expose())
}

/// What earlier remittances of this file say.
fn entries_here<'i>(
    intake: &'i Intake<'_>,
    payer: &'i str,
) -> impl Iterator<Item = ProviderEntry> + 'i {
    let earlier = intake.change.payments.iter().filter(move |one: &&NewPayment| one.payer == payer);
    let entries = earlier.flat_map(|payment| &payment.provider_adjustments);
    entries.map(|entry: &NewProviderAdjustment| {
        let NewProviderAdjustment { payee, reason, reference, amount, .. } = entry.clone();
        ProviderEntry { payee, reason, reference, amount }
    })
}

/// What the history of such an item says.
pub(super) const TOLD: &str = "closed by itself: the payer tells that the check came (PLB 72)";
