//! Something is wrong with a claim that went out: what to do, and until when.

use x12::value::{Day, Money};

use super::Category;
use super::reasons::Desk;
use super::route::Limits;
use crate::change::cases::Alike;
use crate::change::{ClaimId, NewWork, Resend};

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It says what is not so.
    Wrong,
    /// The payer paid what it does not owe.
    Overpaid,
    /// The payer paid less than it owes.
    Underpaid,
}

impl Found {
    const fn category(self) -> Category {
        match self {
            Found::Wrong => Category::Discrepancy,
            Found::Overpaid => Category::Overpaid,
            Found::Underpaid => Category::Underpaid,
        }
    }
}

/// What is known of the claim.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub claim: ClaimId,
    pub amount: Money,
    pub was_sent: bool,
    /// The last day of service.
    pub service_to: Option<Day>,
    /// The day of the last remittance.
    pub decided_on: Option<Day>,
    /// Of which kind its plan is, SBR09.
    pub plan: &'a str,
}

/// Work for a claim of which a person says what is wrong, and on which day it was found out.
pub fn work(
    subject: &Subject<'_>,
    found: Found,
    what: &str,
    limits: Option<&Limits>,
    found_on: Day,
) -> NewWork {
    let correct = match found {
        Found::Wrong => "correct it and release it",
        Found::Overpaid => GIVE_BACK,
        Found::Underpaid => {
            "ask the payer to decide again; correct and replace the claim if it asked for too little"
        }
    };
    let deadline = deadline(subject, found, limits, found_on);
    // Whose clock is the law's, and not a contract's.
    let is_public = deadline.is_some() && limits.is_none_or(|limits| limits.overpayment_days == 0);
    NewWork {
        claim: Some(subject.claim),
        arrival: None,
        category: found.category(),
        desk: Desk::Billers.name().to_owned(),
        what: what.to_owned(),
        action: match found {
            Found::Overpaid if is_public => format!("{correct}; {KEPT}; {PREVENT}"),
            Found::Overpaid | Found::Wrong | Found::Underpaid => format!("{correct}; {PREVENT}"),
        },
        evidence: match found {
            Found::Overpaid if is_public => format!("identified on {found_on}; {CLOCK}"),
            Found::Overpaid => format!("identified on {found_on}"),
            Found::Wrong | Found::Underpaid => String::new(),
        },
        deadline,
        amount: subject.amount,
        resend: subject.was_sent.then_some(Resend::Replacement),
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike::default(),
    }
}

/// Work that is left when a claim goes out as a void: it is to be sent anew.
pub fn after_void(subject: &Subject<'_>, by: &str, limits: Option<&Limits>) -> NewWork {
    NewWork {
        claim: Some(subject.claim),
        arrival: None,
        category: Category::Discrepancy,
        desk: Desk::Billers.name().to_owned(),
        what: format!("the claim went out as a void, to be sent anew ({by})"),
        action:
            "wait until the payer has taken the void (277CA), correct the claim, then release it \
                 as a new one (CLM05-3 1)"
                .to_owned(),
        evidence: String::new(),
        deadline: limits.and_then(|limits| subject.service_to.map(|day| limits.filing(day))),
        amount: subject.amount,
        resend: Some(Resend::Original),
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike::default(),
    }
}

/// How the payer gets what it paid beyond what it owes.
pub(super) const GIVE_BACK: &str =
    "replace it or void it, so that the payer takes back what it does not owe";

/// Since 2025 an overpayment is identified when it is knowingly received or kept (31 U.S.C.
/// 3729(b)(1)(A)); before, it had to be quantified too.
const CLOCK: &str = "report and return within 60 days (42 CFR 401.305(b)), or by the day of a cost \
    report that it belongs to; the days stand still for 180 at most while related overpayments are \
    looked for in good faith";

const KEPT: &str = "who was paid by Medicare or Medicaid has to report and return it within 60 days of knowing \
    of it, and keeps it beyond that at the risk of a false claim";

const PREVENT: &str = "a rule in the payer's file holds later claims of the kind, and `claimgate \
    rules look-back` lists earlier ones";

/// Medicare takes an overpayment that is not reported and returned in time for a false claim (42 CFR
/// 401.305).
pub const OVERPAYMENT_DAYS: u32 = 60;

fn deadline(
    subject: &Subject<'_>,
    found: Found,
    limits: Option<&Limits>,
    found_on: Day,
) -> Option<Day> {
    let decided_on = subject.decided_on;
    match found {
        Found::Overpaid => limits.copied().unwrap_or_default().giving_back(subject.plan, found_on),
        Found::Underpaid => limits.map(|limits| limits.appeal(decided_on.unwrap_or(found_on))),
        Found::Wrong => {
            let (limits, service_to) = (limits?, subject.service_to?);
            // What went out is corrected; what never did is filed for the first time.
            let is_correction = subject.was_sent || decided_on.is_some();
            let last = if is_correction { Limits::correction } else { Limits::filing };
            Some(last(limits, service_to))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_deadline_from_where_its_payer_does() {
        let day = |text: &str| Day::parse_dashed(text).expect("a day");
        let limits =
            Limits { corrected_days: 100, appeal_days: 30, filing_days: 365, overpayment_days: 0 };
        let paid = Subject {
            claim: ClaimId(1),
            amount: Money::from_cents(100),
            was_sent: true,
            service_to: Some(day("2026-10-06")),
            decided_on: Some(day("2026-11-01")),
            plan: "MB",
        };
        let sent = Subject { decided_on: None, ..paid };
        let waits = Subject { was_sent: false, ..sent };
        let cases = [
            (paid, Found::Overpaid, "2027-01-19"),
            (Subject { plan: "MC", ..paid }, Found::Overpaid, "2027-01-19"),
            (paid, Found::Underpaid, "2026-12-01"),
            (paid, Found::Wrong, "2027-01-14"),
            (sent, Found::Wrong, "2027-01-14"),
            (waits, Found::Wrong, "2027-10-06"),
        ];
        for (subject, found, deadline) in cases {
            let work = work(&subject, found, "what is wrong", Some(&limits), day("2026-11-20"));
            assert_eq!(work.deadline, Some(day(deadline)), "{found:?}");
            assert_eq!(work.resend, subject.was_sent.then_some(Resend::Replacement));
        }
        // Of others the contract says, where somebody wrote it down.
        let commercial = Subject { plan: "CI", ..paid };
        for (overpayment_days, deadline) in [(0, None), (30, Some(day("2026-12-20")))] {
            let limits = Limits { overpayment_days, ..limits };
            let found_on = day("2026-11-20");
            let item = work(&commercial, Found::Overpaid, "what is wrong", Some(&limits), found_on);
            assert_eq!(item.deadline, deadline);
            assert!(
                !item.action.contains("Medicare") && !item.evidence.contains("CFR"),
                "{item:?}"
            );
        }
    }
}
