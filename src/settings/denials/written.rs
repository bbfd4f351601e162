//! Rows of denials as an office writes them.

use serde::Deserialize;
use toml::Spanned;

pub(super) type Text = Option<Spanned<String>>;
pub(super) type Switch = Option<Spanned<bool>>;
pub(super) type Days = Option<Spanned<i64>>;

/// `config/denials.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct DenialsSettings {
    pub desks: Vec<Spanned<String>>,
    pub newer_codes: Vec<Spanned<String>>,
    pub denial: Vec<Spanned<DenialSettings>>,
    pub rejection: Vec<Spanned<RejectionSettings>>,
    pub plb: Vec<Spanned<PlbSettings>>,
}

/// `[[denial]]`: which denials it is for, and what it says of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct DenialSettings {
    pub payer: Text,
    pub group: Text,
    pub reason: Text,
    pub remark: Text,

    pub kind: Text,
    pub category: Text,
    pub desk: Text,
    pub correctable: Switch,
    pub appealable: Switch,
    pub send_as: Text,
    pub corrected_days: Days,
    pub appeal_days: Days,
    pub meaning: Text,
    pub action: Text,
}

/// `[[rejection]]`: what a payer's front end sent back it is for, and what it says of that.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RejectionSettings {
    pub payer: Text,
    pub answer: Text,
    pub code: Text,
    pub entity: Text,

    pub desk: Text,
    pub filing_days: Days,
    pub meaning: Text,
    pub action: Text,
}

/// `[[plb]]`: what a payer takes beside its claims, up to what and until when.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PlbSettings {
    pub payer: Text,
    pub provider: Text,
    pub reason: Text,
    pub reference: Text,

    pub amount_max: Text,
    pub until: Text,
    pub meaning: Text,
}
