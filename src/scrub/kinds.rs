//! The sets of claims that rules are about.

use x12::view::claim::Kind;

/// Some of the kinds of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    list: &'static [Kind],
    /// A bit for each: every rule is asked for every claim whether it is about it.
    bits: u8,
}

impl Kinds {
    const fn of(list: &'static [Kind]) -> Kinds {
        let (mut bits, mut at) = (0, 0);
        while at < list.len() {
            bits |= 1 << list[at] as u8;
            at += 1;
        }
        Kinds { list, bits }
    }

    pub const fn has(self, kind: Kind) -> bool {
        self.bits & (1 << kind as u8) != 0
    }

    /// In the order of `Kind::ALL`.
    pub const fn list(self) -> &'static [Kind] {
        self.list
    }
}

/// Whatever is billed.
pub const EVERY_KIND: Kinds = Kinds::of(&Kind::ALL);

/// 837P alone.
pub const PROFESSIONAL: Kinds = Kinds::of(&[Kind::Professional]);

/// 837I alone.
pub const INSTITUTIONAL: Kinds = Kinds::of(&[Kind::Institutional]);

/// 837P and 837I: what hospitals and doctors share and dentists do not.
pub const PROFESSIONAL_OR_INSTITUTIONAL: Kinds =
    Kinds::of(&[Kind::Professional, Kind::Institutional]);

/// 837P and 837D: what individual practices share and institutions do not.
pub const PROFESSIONAL_OR_DENTAL: Kinds = Kinds::of(&[Kind::Professional, Kind::Dental]);

/// 837D alone.
pub const DENTAL: Kinds = Kinds::of(&[Kind::Dental]);
