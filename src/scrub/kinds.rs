//! The sets of claims that rules are about.

use x12::view::claim::Kind;

/// Whatever is billed.
pub const EVERY_KIND: &[Kind] = &Kind::ALL;

/// 837P alone.
pub const PROFESSIONAL: &[Kind] = &[Kind::Professional];

/// 837I alone.
pub const INSTITUTIONAL: &[Kind] = &[Kind::Institutional];

/// 837P and 837I: what hospitals and doctors share and dentists do not.
pub const PROFESSIONAL_OR_INSTITUTIONAL: &[Kind] = &[Kind::Professional, Kind::Institutional];

/// 837P and 837D: what individual practices share and institutions do not.
pub const PROFESSIONAL_OR_DENTAL: &[Kind] = &[Kind::Professional, Kind::Dental];

/// 837D alone.
pub const DENTAL: &[Kind] = &[Kind::Dental];
