//! Care is billed before it was given.

use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::{Context, Findings, Rule, Severity};

pub static RULE: Rule = Rule {
    code: "CG-DATE-02",
    name: "service-in-the-future",
    snip: 4,
    severity: Severity::Reject,
    status: "A7:510+A7:187",
    why: "payers reject services that are dated after the claim was made",
    check,
};

fn check(claim: &Claim<'_>, context: &Context, findings: &mut Findings) {
    let made = claim.batch_date.day().unwrap_or(context.today).min(context.today);
    for line in &claim.lines {
        let Some(date) = find_date(&line.dates, "472") else { continue };
        let Some(days) = date.days() else { continue };
        // Rented equipment (E, K) and supplies (A, B) are billed ahead for a span of days.
        let is_ahead = matches!(line.procedure.code.bytes(), [b'A' | b'B' | b'E' | b'K', ..]);
        let last = if is_ahead { days.from } else { days.to };
        if made < last {
            findings.report(
                date.value.place,
                format!("service on {last}, in a claim made on {made}"),
                "correct the date, or send the claim after the service",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_service_in_the_future() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(
            findings(
                &RULE,
                &[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20261028~\nREF*6R*A1-1")]
            )
            .len(),
            0
        );
        assert_eq!(
            findings(
                &RULE,
                &[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20261029~\nREF*6R*A1-1")]
            )
            .len(),
            1
        );
        assert_eq!(
            findings(
                &RULE,
                &[(
                    "DTP*472*D8*20261006~\nREF*6R*A1-1",
                    "DTP*472*RD8*20261001-20261030~\nREF*6R*A1-1"
                )]
            )
            .len(),
            1
        );
        assert_eq!(
            findings(
                &RULE,
                &[
                    (
                        "DTP*472*D8*20261006~\nREF*6R*A1-1",
                        "DTP*472*RD8*20261001-20261030~\nREF*6R*A1-1"
                    ),
                    ("HC:99213:25*60*UN*1*", "HC:E0601:RR*60*UN*1*")
                ]
            )
            .len(),
            0
        );
    }
}
