//! What offices are told of payers' answers: a report for each office, of its own claims alone.

use std::collections::BTreeMap;

use x12::phi::Phi;
use x12::value::{Day, Money};

use super::report::{Report, Sum};

/// What an answer says of one claim.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The office that the claim came from.
    pub office: String,
    /// The answer, as a heading names it: `a 277CA`.
    pub answer: String,
    /// CLM01.
    pub number: Phi<String>,
    pub amount: Money,
    pub news: News,
}

/// Good news is counted, bad news is told.
#[derive(Clone, Debug)]
pub enum News {
    Accepted,
    /// What happened, and what becomes of the claim.
    Told(String),
    /// A line as it stands, of a remittance that adds up.
    Line(Phi<String>),
}

/// Notices by office and answer, in the order in which they came.
#[derive(Debug, Default)]
pub struct Notices {
    offices: BTreeMap<String, Vec<(String, Vec<Notice>)>>,
}

impl Notices {
    pub fn add(&mut self, notice: Notice) {
        let answers = self.offices.entry(notice.office.clone()).or_default();
        match answers.last_mut() {
            Some((answer, notices)) if *answer == notice.answer => notices.push(notice),
            _ => answers.push((notice.answer.clone(), vec![notice])),
        }
    }

    /// The offices, each with its report.
    pub fn finish(self, payer: &str, day: Day) -> Vec<(String, String)> {
        let mut reports = Vec::new();
        for (office, answers) in self.offices {
            let mut report = Report::default();
            for (answer, notices) in answers {
                report.line(0, &format!("{payer} answered with {answer} on {day}"));
                tell(&mut report, &notices);
            }
            reports.push((office, report.finish()));
        }
        reports
    }
}

fn tell(report: &mut Report, notices: &[Notice]) {
    let mut accepted = Sum::default();
    for notice in notices {
        match &notice.news {
            News::Told(what) => {
                let (number, amount) = (notice.number.expose(), notice.amount);
                report.line(1, &format!("claim {number} ({amount}): {what}"));
            }
            News::Line(line) => report.line(1, line.expose()),
            News::Accepted => {
                accepted.claims += 1;
                accepted.charge += notice.amount;
            }
        }
    }
    report.tally(1, "accepted", &accepted);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(office: &str, number: &str, news: News) -> Notice {
        Notice {
            office: office.to_owned(),
            answer: "a 277CA".to_owned(),
            number: Phi::new(number.to_owned()),
            amount: Money::from_cents(18500),
            news,
        }
    }

    #[test]
    fn no_office_reads_of_the_claims_of_another() {
        let mut notices = Notices::default();
        notices.add(notice("willow", "W1", News::Accepted));
        notices.add(notice("cedar", "A1", News::Told("rejected".to_owned())));
        notices.add(notice("willow", "W2", News::Told("rejected".to_owned())));
        let day = Day::parse_dashed("2026-11-02").expect("a day");
        let heading = "acme answered with a 277CA on 2026-11-02\n";
        let cedar = format!("{heading}  claim A1 (185.00): rejected\n");
        let willow = format!(
            "{heading}  claim W2 (185.00): rejected\n  \
             accepted       1 claim          185.00\n"
        );
        let expected = [("cedar".to_owned(), cedar), ("willow".to_owned(), willow)];
        assert_eq!(notices.finish("acme", day), expected);
    }

    /// What comes out of a file turns no line of a report around, and makes none of its own.
    #[test]
    fn a_report_shows_signs_for_what_would_steer_it() {
        let mut notices = Notices::default();
        let says = "denied\u{202e}diap\nclaim W2: paid\u{1b}[2J".to_owned();
        notices.add(notice("willow", "W\u{2066}1", News::Told(says.clone())));
        notices.add(notice("willow", "", News::Line(Phi::new(says))));
        let day = Day::parse_dashed("2026-11-02").expect("a day");
        let told = "denied\u{fffd}diap\u{240a}claim W2: paid\u{241b}[2J";
        let text = format!(
            "acme answered with a 277CA on 2026-11-02\n  claim W\u{fffd}1 (185.00): {told}\n  {told}\n"
        );
        assert_eq!(notices.finish("acme", day), [("willow".to_owned(), text)]);
    }
}
