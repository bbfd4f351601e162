//! A contract as the operator writes it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub(super) type Text = Option<Spanned<String>>;
pub(super) type Texts = Option<Spanned<Vec<Spanned<String>>>>;
/// An amount, a percent or a day: it is read as it stands, with quotes or without.
pub(super) type Number = Option<Spanned<toml::Value>>;

/// `config/contracts/*.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ContractSettings {
    pub payer: Text,
    pub plans: Texts,
    pub providers: Texts,
    pub from: Number,
    pub to: Number,
    pub lesser_of_charge: Option<bool>,
    pub tolerance: Number,
    pub rate: Vec<Spanned<RateSettings>>,
    pub several_procedures: Option<Spanned<SeveralSettings>>,
    pub bilateral: Option<Spanned<BilateralSettings>>,
    pub modifiers: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    pub sequestration: Option<Spanned<SequestrationSettings>>,
}

/// `[[rate]]`: one of `schedule`, `amount` and `percent_of`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RateSettings {
    pub name: Text,
    pub codes: Texts,
    pub modifiers: Texts,
    pub places_of_service: Texts,
    pub schedule: Text,
    pub amount: Number,
    pub percent_of: Text,
    pub percent: Number,
    pub locality: Text,
    pub conversion_factor: Number,
}

/// `[several_procedures]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SeveralSettings {
    pub percents: Option<Spanned<Vec<Spanned<toml::Value>>>>,
    pub by: Text,
    pub indicators: Option<Spanned<Vec<Spanned<i64>>>>,
    pub codes: Texts,
    pub except: Texts,
}

/// `[bilateral]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BilateralSettings {
    pub percent: Number,
    pub by: Text,
}

/// `[sequestration]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SequestrationSettings {
    pub percent: Number,
}
