//! What payers take beside their claims and an office knows of: levies, loans, withholdings.

use x12::value::{Day, Money};

/// A row of an office's own file: which entries of a PLB are no surprise, up to which amount and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlbRow {
    /// The payer, by its name in the settings.
    pub payer: String,
    /// PLB01: whom it is about; whomever without it.
    pub provider: Option<String>,
    /// PLB03-1.
    pub reason: String,
    /// PLB03-2; without it whatever names no claim.
    pub reference: Option<String>,
    /// No entry is above that.
    pub amount_max: Money,
    /// The last day of a payment.
    pub until: Day,
    /// What it is for.
    pub meaning: String,
    /// Where it stands: `denials.toml line 12`.
    pub place: String,
}

/// An entry of a PLB that nothing explains.
#[derive(Clone, Copy, Debug)]
pub struct Surprise<'a> {
    /// The payer by its name in the settings.
    pub payer: &'a str,
    pub provider: &'a str,
    pub reason: &'a str,
    pub reference: &'a str,
    pub amount: Money,
    /// The day of the payment.
    pub paid_on: Day,
    /// Whether its reference names a claim of ours.
    pub names_claim: bool,
}

impl PlbRow {
    /// Whether it is for an entry.
    pub fn is_for(&self, entry: &Surprise<'_>) -> bool {
        let is_reference = match &self.reference {
            Some(reference) => reference == entry.reference.trim(),
            None => !entry.names_claim,
        };
        let is_provider = self.provider.as_ref().is_none_or(|one| one == entry.provider);
        self.payer == entry.payer
            && self.reason == entry.reason
            && is_provider
            && is_reference
            && entry.amount.abs() <= self.amount_max
            && entry.paid_on <= self.until
    }

    /// What explains an entry that it is for.
    pub fn told(&self) -> String {
        format!("known until {} by {}: {}", self.until, self.place, self.meaning)
    }
}
