//! What a file came to, counted.

use x12::view::claim::Kind;

/// What a file came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub interchanges: u64,
    pub transactions: u64,
    pub claims: u64,
    pub clean: u64,
    pub rejected: u64,
    pub held: u64,
    pub repaired: u64,
    pub findings: u64,
    /// Findings that reject or hold.
    pub to_act_on: u64,
    pub stray_bytes: u64,
    /// Whether claims of each kind were scrubbed, in the order of `Kind::ALL`.
    pub has_kind: [bool; 3],
}

impl Summary {
    /// Whether claims of one of these kinds were scrubbed.
    pub fn has_any(&self, kinds: &[Kind]) -> bool {
        let known = Kind::ALL.iter().zip(self.has_kind);
        known.into_iter().any(|(kind, is_there)| is_there && kinds.contains(kind))
    }

    /// Notes that a claim of this kind was scrubbed.
    pub(super) fn note_kind(&mut self, kind: Kind) {
        for (known, is_there) in Kind::ALL.iter().zip(&mut self.has_kind) {
            *is_there |= *known == kind;
        }
    }

    /// The same when nothing of it can be taken, because an envelope around it is wrong.
    pub(super) fn turned_away(self) -> Summary {
        Summary { clean: 0, rejected: self.claims, held: 0, repaired: 0, ..self }
    }

    /// Both together.
    pub fn plus(self, other: Summary) -> Summary {
        Summary {
            interchanges: self.interchanges + other.interchanges,
            transactions: self.transactions + other.transactions,
            claims: self.claims + other.claims,
            clean: self.clean + other.clean,
            rejected: self.rejected + other.rejected,
            held: self.held + other.held,
            repaired: self.repaired + other.repaired,
            findings: self.findings + other.findings,
            to_act_on: self.to_act_on + other.to_act_on,
            stray_bytes: self.stray_bytes + other.stray_bytes,
            has_kind: std::array::from_fn(|at| self.has_kind[at] || other.has_kind[at]),
        }
    }
}
