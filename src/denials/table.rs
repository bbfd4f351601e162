//! The table by which denials are routed: ours, with the rows of an office laid over it.

use super::known::{PlbRow, Surprise};
use super::reasons::{Class, Reason, Topic, reason};
use crate::change::Resend;

/// A row of an office's own file. What it does not name it is for whatever stands there; what it does
/// not say is said by a row that names less, or else by our own table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeRow {
    /// The payer, by its name in the settings.
    pub payer: Option<String>,
    /// CAS01.
    pub group: Option<String>,
    /// The reason code, CARC.
    pub reason: Option<String>,
    /// One of the remark codes, RARC.
    pub remark: Option<String>,

    pub class: Option<Class>,
    pub topic: Option<Topic>,
    pub desk: Option<String>,
    pub is_correctable: Option<bool>,
    pub is_appealable: Option<bool>,
    /// How a corrected claim goes out.
    pub resend: Option<Resend>,
    pub corrected_days: Option<u32>,
    pub appeal_days: Option<u32>,
    /// What the payer says by it.
    pub meaning: Option<String>,
    /// What the desk does.
    pub action: Option<String>,
    /// Where it stands: `denials.toml line 12`.
    pub place: String,
}

/// A row of an office's own file about what a payer sent back before it decided: TA1, 999, 277CA.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RejectionRow {
    /// The payer, by its name in the settings.
    pub payer: Option<String>,
    /// `TA1`, `999` or `277CA`.
    pub answer: Option<String>,
    /// TA105, or the claim status code of a 277CA.
    pub code: Option<String>,
    /// Whom the status is about, STC01-3.
    pub entity: Option<String>,

    pub desk: Option<String>,
    /// Days from the last day of service, in place of the payer's own.
    pub filing_days: Option<u32>,
    pub meaning: Option<String>,
    pub action: Option<String>,
    /// Where it stands: `denials.toml line 12`.
    pub place: String,
}

/// A rejection that is looked up; what it does not have is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Returned<'a> {
    pub payer: &'a str,
    pub answer: &'a str,
    pub code: &'a str,
    pub entity: &'a str,
}

impl RejectionRow {
    /// What it is for, in the order in which rows go before each other.
    pub fn key(&self) -> [Option<&str>; 4] {
        [&self.payer, &self.entity, &self.code, &self.answer].map(Option::as_deref)
    }

    fn is_for(&self, asked: &Returned<'_>) -> bool {
        let Returned { payer, answer, code, entity } = *asked;
        let values = [payer, entity, code, answer];
        self.key().iter().zip(values).all(|(wanted, value)| wanted.is_none_or(|it| it == value))
    }
}

/// An adjustment that is looked up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The payer by its name in the settings; empty when it is not known.
    pub payer: &'a str,
    pub group: &'a str,
    pub reason: &'a str,
    pub remarks: &'a [String],
}

impl OfficeRow {
    /// What it is for, in the order in which rows go before each other.
    pub fn key(&self) -> [Option<&str>; 4] {
        [&self.payer, &self.remark, &self.reason, &self.group].map(Option::as_deref)
    }

    fn is_for(&self, asked: &Asked<'_>) -> bool {
        let Asked { payer, group, reason, remarks } = *asked;
        let is = |wanted: &Option<String>, value: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == value)
        };
        let remark = self.remark.as_ref().is_none_or(|wanted| remarks.contains(wanted));
        is(&self.payer, payer) && is(&self.group, group) && is(&self.reason, reason) && remark
    }
}

/// Our table with an office's rows over it; without rows it is ours alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Those that go before others stand first.
    rows: Vec<OfficeRow>,
    rejections: Vec<RejectionRow>,
    known: Vec<PlbRow>,
}

/// Ours alone.
pub static BUILT_IN: Table = Table { rows: Vec::new(), rejections: Vec::new(), known: Vec::new() };

/// A value that an office's row says, and where the row stands.
pub type Said<'t, T> = Option<(T, &'t str)>;

impl Table {
    /// Of two rows the one that names more goes first; of rows that name as much, the one that names
    /// the payer, then the remark, then the reason.
    pub fn new(mut rows: Vec<OfficeRow>) -> Table {
        rows.sort_by_key(|row| rank(row.key()));
        Table { rows, ..Table::default() }
    }

    /// The same with rows for what front ends send back.
    pub fn with_rejections(mut self, mut rejections: Vec<RejectionRow>) -> Table {
        rejections.sort_by_key(|row| rank(row.key()));
        self.rejections = rejections;
        self
    }

    /// The same with rows of what payers take beside their claims.
    pub fn with_known(self, known: Vec<PlbRow>) -> Table {
        Table { known, ..self }
    }

    /// The office's rows of what payers take beside their claims, in the order of the file.
    pub fn known(&self) -> &[PlbRow] {
        &self.known
    }

    /// The first row that knows an entry of a PLB.
    pub fn known_as(&self, entry: &Surprise<'_>) -> Option<&PlbRow> {
        self.known.iter().find(|row| row.is_for(entry))
    }

    /// The office's rows for rejections, those that go before others first.
    pub fn rejections(&self) -> &[RejectionRow] {
        &self.rejections
    }

    /// The first row that is for a rejection and says what is asked of it.
    pub fn said_of_returned<'t, T>(
        &'t self,
        asked: &Returned<'_>,
        of: impl Fn(&'t RejectionRow) -> Option<T>,
    ) -> Said<'t, T> {
        let mut rows = self.rejections.iter().filter(|row| row.is_for(asked));
        rows.find_map(|row| Some((of(row)?, row.place.as_str())))
    }

    /// The office's rows, those that go before others first.
    pub fn rows(&self) -> &[OfficeRow] {
        &self.rows
    }

    /// The first row that is for an adjustment and says what is asked of it.
    pub fn said<'t, T>(
        &'t self,
        asked: &Asked<'_>,
        of: impl Fn(&'t OfficeRow) -> Option<T>,
    ) -> Said<'t, T> {
        let mut rows = self.rows.iter().filter(|row| row.is_for(asked));
        rows.find_map(|row| Some((of(row)?, row.place.as_str())))
    }

    /// Whether an adjustment is a denial.
    pub fn class(&self, asked: &Asked<'_>) -> Class {
        self.said(asked, |row| row.class).map_or(reason(asked.reason).class, |(class, _)| class)
    }

    /// What it is about.
    pub fn topic(&self, asked: &Asked<'_>) -> Topic {
        self.said(asked, |row| row.topic).map_or(reason(asked.reason).topic, |(topic, _)| topic)
    }

    /// What the payer says by it.
    pub fn meaning(&self, asked: &Asked<'_>) -> &str {
        let said = self.said(asked, |row| row.meaning.as_deref());
        said.map_or(reason(asked.reason).meaning, |(meaning, _)| meaning)
    }

    /// Our own row, of what no office says.
    pub fn own(&self, asked: &Asked<'_>) -> &'static Reason {
        reason(asked.reason)
    }
}

/// Who names more goes first, and of those who name as much, who names what stands first.
fn rank(key: [Option<&str>; 4]) -> std::cmp::Reverse<(usize, [bool; 4])> {
    let named = key.map(|part| part.is_some());
    let count = named.iter().filter(|is_named| **is_named).count();
    std::cmp::Reverse((count, named))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: [&str; 4], place: &str) -> OfficeRow {
        let [payer, group, reason, remark] =
            key.map(|part| (!part.is_empty()).then(|| part.to_owned()));
        let place = place.to_owned();
        let desk = Some(place.clone());
        OfficeRow { payer, group, reason, remark, desk, place, ..OfficeRow::default() }
    }

    #[test]
    fn the_row_that_names_most_goes_first() {
        let table = Table::new(vec![
            row(["", "", "", ""], "any"),
            row(["", "", "97", ""], "reason"),
            row(["", "CO", "", ""], "group"),
            row(["acme", "", "", ""], "payer"),
            row(["", "", "97", "N20"], "reason and remark"),
            row(["acme", "", "97", ""], "payer and reason"),
            row(["acme", "CO", "97", "N20"], "all"),
        ]);
        let cases = [
            (["acme", "CO", "97", "N20"], "all"),
            (["acme", "PR", "97", "N20"], "payer and reason"),
            (["other", "CO", "97", "N20"], "reason and remark"),
            (["other", "CO", "97", ""], "reason"),
            (["acme", "CO", "16", ""], "payer"),
            (["other", "CO", "16", "N20"], "group"),
            (["other", "PR", "16", ""], "any"),
            (["", "", "", ""], "any"),
        ];
        for ([payer, group, reason, remark], expected) in cases {
            let remarks = [remark.to_owned()];
            let asked = Asked { payer, group, reason, remarks: &remarks };
            let said = table.said(&asked, |row| row.desk.as_deref());
            assert_eq!(said, Some((expected, expected)), "{payer} {group}-{reason} {remark}");
        }
    }

    #[test]
    fn what_a_row_does_not_say_the_next_one_says() {
        let named = OfficeRow {
            desk: None,
            class: Some(Class::Denial),
            ..row(["acme", "", "24", ""], "a")
        };
        let any = OfficeRow { topic: Some(Topic::Payment), ..row(["acme", "", "", ""], "b") };
        let table = Table::new(vec![any, named]);
        let asked = Asked { payer: "acme", group: "CO", reason: "24", remarks: &[] };
        assert_eq!(table.class(&asked), Class::Denial);
        assert_eq!(table.topic(&asked), Topic::Payment);
        assert_eq!(table.said(&asked, |row| row.desk.as_deref()), Some(("b", "b")));
        assert_eq!(table.meaning(&asked), "covered by a capitation agreement");
        let other = Asked { payer: "other", ..asked };
        assert_eq!(table.class(&other), Class::Expected);
        assert_eq!(BUILT_IN.class(&asked), Class::Expected);
    }
}
