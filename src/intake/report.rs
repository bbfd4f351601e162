//! The report that lies beside the acknowledgments: what became of a file, in words.

use x12::fault::Fault;
use x12::value::Money;
use x12::view::claim::Claim;

use crate::change::FindingRecord;
use crate::harmless;

/// Claims, and what they charge together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    pub claims: u64,
    pub charge: Money,
    /// Charges that are no amounts of whole cents, and so not in it.
    pub unsummed: u64,
}

/// Builds a report line by line.
#[derive(Debug, Default)]
pub struct Report {
    text: String,
    /// Nobody reads it, so that nothing is written.
    is_unread: bool,
}

impl Report {
    /// A report that is written only if somebody reads it.
    pub const fn for_reader(has_reader: bool) -> Report {
        Report { text: String::new(), is_unread: !has_reader }
    }

    /// A line, indented by so many steps. What an office or a payer wrote steers no terminal, turns no line around
    /// and begins none.
    pub fn line(&mut self, depth: usize, text: &str) {
        if self.is_unread {
            return;
        }
        for _ in 0..depth {
            self.text.push_str("  ");
        }
        self.text.push_str(&harmless::text(text));
        self.text.push('\n');
    }

    /// A fault of the envelope or the guide.
    pub fn fault(&mut self, depth: usize, fault: &Fault) {
        let mut place = format!("byte {}", fault.place.offset);
        if fault.place.segment > 0 {
            place += &format!(", segment {}", fault.place.segment);
        }
        if !fault.loop_id.is_empty() {
            place += &format!(", loop {}", fault.loop_id);
        }
        self.line(depth, &format!("{}: {place}: {fault}", fault.kind.name()));
    }

    /// A claim that is not simply accepted.
    pub fn claim(&mut self, depth: usize, claim: &Claim<'_>, verdict: &str) {
        let number = claim.patient_control_number.text();
        // The charge as it was sent, also one that is not reckoned with.
        let charge = claim.total_charge.decimal().map(|charge| charge.to_string());
        let charge = charge.unwrap_or_else(|| "no charge that can be read".to_owned());
        self.line(depth, &format!("claim {number} ({charge}): {verdict}"));
    }

    /// A finding of scrubbing.
    pub fn finding(&mut self, depth: usize, finding: &FindingRecord) {
        let FindingRecord { code, severity, place, what, fix, edit, .. } = finding;
        let severity = severity.name();
        let place = format!("byte {}, segment {}", place.offset, place.segment);
        let remedy = match edit {
            None => fix.clone(),
            Some(edit) if edit.is_made => format!("mended: {}", edit.in_words()),
            Some(edit) => format!("{fix}: {}", edit.in_words()),
        };
        self.line(depth, &format!("{code} {severity}: {place}: {what}; {remedy}"));
    }

    /// Counts and charges of a set. Charges that are no amounts of whole cents are in no sum, and it says
    /// so.
    pub fn tally(&mut self, depth: usize, label: &str, sum: &Sum) {
        let Sum { claims, charge, unsummed } = *sum;
        if claims == 0 {
            return;
        }
        let noun = if claims == 1 { "claim" } else { "claims" };
        let left_out = match unsummed {
            0 => String::new(),
            1 => ", without a charge that is no amount of whole cents".to_owned(),
            many => format!(", without {many} charges that are no amounts of whole cents"),
        };
        self.line(depth, &format!("{label:<9} {claims:>6} {noun:<6} {charge:>14}{left_out}"));
    }

    /// The finished text.
    pub fn finish(self) -> String {
        self.text
    }
}
