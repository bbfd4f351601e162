//! What the payer is told to do: its name, and the outcomes of claims in the order in which they
//! are tried. A script is text (TOML); what is wrong with it is said with line and reason.

pub mod deposits;

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use x12::value::Money;

use super::filed::Filed;
use crate::code_sets::{carc, provider_adjustment, remark, remittance_status};

use deposits::{Bank, WrittenBank, WrittenDeposit};

/// A script that was read and can be followed.
#[derive(Clone, Debug)]
pub struct Script {
    pub payer: Payer,
    /// The first that fits a claim is what becomes of it.
    pub outcomes: Vec<Outcome>,
    /// Money that belongs to no claim.
    pub adjustments: Vec<OwnAdjustment>,
    pub seed: u64,
    pub sharing: Sharing,
    /// Who shows the payer's transfers; `None` for nobody.
    pub bank: Option<Bank>,
}

/// Who the payer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    pub name: String,
    /// Its id in envelopes, with the qualifier ZZ.
    pub id: String,
    /// Its nine digits; TRN03 has them with a 1 before.
    pub tax_id: String,
    /// BPR04 of what pays something: CHK or ACH.
    pub pays_by: String,
}

/// What pays several payees of one sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// An interchange for each payee.
    Payee,
    /// One interchange, with a transaction set for each payee.
    File,
    /// One payment to the first payee, for the claims of all.
    Payment,
}

/// What becomes of some claims.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub name: String,
    fits: Fits,
    pub front: Front,
    /// What remittances say of the claim, one after the other; nothing for what is rejected.
    pub steps: Vec<Step>,
}

/// Which claims an outcome is for. What is empty fits all.
#[derive(Clone, Debug, Default)]
struct Fits {
    member: String,
    claim: String,
    procedure: String,
    without_modifiers: Vec<String>,
    lines_min: usize,
    /// Of a hundred claims that fit, so many.
    percent: u64,
}

/// What the front end says of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Front {
    /// Taken, with this status in the 277CA.
    Accepts(String),
    /// Neither 277CA nor remittance speaks of it.
    Silent,
    /// The whole interchange comes back: TA105.
    RejectsInterchange(String),
    /// The whole set comes back, for this claim.
    RejectsSet,
    RejectsClaim {
        /// `A7:164:IL`.
        status: String,
        note: Option<String>,
    },
}

/// What a remittance says of a claim.
#[derive(Clone, Debug)]
pub struct Step {
    pub act: Act,
    /// So many cycles after the step before it, or after the claim came.
    pub after: u32,
    /// CLP02; what the claim's rank says when it is empty.
    pub status: String,
    /// Of the charge, in percent: CO-45.
    pub contractual: u32,
    /// Of the charge, in percent: PR-2.
    pub coinsurance: u32,
    /// Of what would be paid, in percent: CO-253.
    pub sequestration: u32,
    pub deductible: Money,
    pub copay: Money,
    /// More is paid on the first line that is paid, and less is written off; or less and more.
    pub overpay: Money,
    /// AMT*I of the claim and PLB*L6.
    pub interest: Money,
    /// What is not paid, and why.
    pub group: String,
    pub reason: String,
    pub remarks: Vec<String>,
    /// The lines that are denied, by LX01; all when it is empty.
    pub lines: Vec<u32>,
    /// One CLM comes back as so many CLPs.
    pub split_claim: usize,
    /// Each line comes back as so many SVCs.
    pub split_lines: usize,
    /// All lines are paid as this procedure, on the first of them.
    pub bundle: String,
    /// Each line is paid as this procedure.
    pub recode: String,
    /// No SVC at all: the claim is settled as a whole.
    pub is_whole: bool,
    pub has_line_numbers: bool,
    pub number: Returned,
    /// Whether a later payer says what was paid before (OA-23).
    pub tells_prior: bool,
    /// NM1*TT: the payer that the claim goes on to.
    pub forward_to: String,
    /// A reversal is taken from payments so many cycles later; 0 takes it from this one.
    pub recover_after: u32,
    pub manner: Manner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Pay,
    Deny,
    /// Takes back what stands.
    Reverse,
}

/// How CLM01 comes back in CLP01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    Same,
    /// Without its last character.
    Cut,
    /// As `0`.
    Zero,
    /// As a number that nobody sent; CLP07 too.
    Unknown,
}

/// How a remittance is odd. Claims whose remittance is odd in the same way share it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Manner {
    /// TRN02 of the remittance before it.
    pub reuses_trace: bool,
    /// BPR02 is so much too high.
    pub off_by: Money,
    /// CLP04 of the claim, and BPR02 with it, is so much too high.
    pub claim_off_by: Money,
    /// How often it is sent again.
    pub again: u32,
}

/// A PLB entry of the payer's own.
#[derive(Clone, Debug)]
pub struct OwnAdjustment {
    /// The first cycle is 0.
    pub cycle: u32,
    /// The payee's NPI or tax id; everybody when it is empty.
    pub payee: String,
    pub reason: String,
    pub reference: String,
    /// A positive amount lowers the payment.
    pub amount: Money,
}

/// What is wrong with a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl Script {
    /// Reads a script, or says all that is wrong with it.
    pub fn read(text: &str) -> Result<Script, Vec<Problem>> {
        let mut reader = Reader { text, problems: Vec::new() };
        let script = match toml::from_str::<Written>(text) {
            Ok(written) => reader.script(&written),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                reader.report(&at, error.message());
                return Err(reader.problems);
            }
        };
        if reader.problems.is_empty() { Ok(script) } else { Err(reader.problems) }
    }

    /// What the payer of the demonstration does, under another name.
    pub fn plain(name: &str, id: &str) -> Script {
        let script = Script::read(include_str!("plain.toml")).expect("our own script is sound");
        let payer = Payer { name: name.to_owned(), id: id.to_owned(), ..script.payer };
        Script { payer, ..script }
    }

    /// What becomes of a claim; `None` when no outcome is for it.
    pub fn outcome_of(&self, claim: &Filed) -> Option<&Outcome> {
        let chosen = |(index, outcome): &(usize, &Outcome)| {
            let drawn = chance(self.seed, &claim.number, *index as u64) % 100;
            outcome.fits.takes(claim) && drawn < outcome.fits.percent
        };
        self.outcomes.iter().enumerate().find(chosen).map(|(_, outcome)| outcome)
    }

    /// The outcome of that name.
    pub fn outcome(&self, name: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.name == name)
    }
}

impl Fits {
    fn takes(&self, claim: &Filed) -> bool {
        let has_procedure = || {
            let mut lines = claim.lines.iter();
            lines.any(|line| {
                let modifiers = &line.procedure.modifiers;
                line.procedure.code == self.procedure
                    && !self.without_modifiers.iter().any(|code| modifiers.contains(code))
            })
        };
        claim.member.starts_with(&self.member)
            && claim.number.starts_with(&self.claim)
            && self.lines_min <= claim.lines.len()
            && (self.procedure.is_empty() || has_procedure())
    }
}

/// A number that looks random and is the same for the same seed, claim or payment, and place in the script (FNV-1a, with
/// the end of SplitMix64).
pub(super) fn chance(seed: u64, number: &str, outcome: u64) -> u64 {
    let mut mixed = 0xCBF2_9CE4_8422_2325 ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for byte in number.bytes().chain(outcome.to_le_bytes()) {
        mixed = (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    seed: u64,
    payer: WrittenPayer,
    outcome: Vec<Spanned<WrittenOutcome>>,
    adjustment: Vec<Spanned<WrittenAdjustment>>,
    bank: Option<Spanned<WrittenBank>>,
    deposit: Vec<Spanned<WrittenDeposit>>,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenPayer {
    name: String,
    id: String,
    tax_id: Option<Spanned<String>>,
    pays_by: Option<Spanned<String>>,
    sharing: Option<Spanned<String>>,
}

impl Default for WrittenPayer {
    fn default() -> WrittenPayer {
        let (name, id) = ("ACME HEALTH".to_owned(), "ACMEHEALTH".to_owned());
        WrittenPayer { name, id, tax_id: None, pays_by: None, sharing: None }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenOutcome {
    name: String,
    member: String,
    claim: String,
    procedure: String,
    without_modifiers: Vec<String>,
    lines_min: usize,
    percent: Option<u64>,
    status: Option<String>,
    reject: Option<WrittenRejection>,
    silent: bool,
    step: Vec<Spanned<WrittenStep>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenRejection {
    by: String,
    status: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenStep {
    act: String,
    after: u32,
    status: String,
    contractual: Option<u32>,
    coinsurance: Option<u32>,
    sequestration: u32,
    deductible: Option<String>,
    copay: Option<String>,
    overpay: Option<String>,
    underpay: Option<String>,
    interest: Option<String>,
    group: Option<String>,
    reason: String,
    remarks: Vec<String>,
    lines: Vec<u32>,
    split_claim: Option<usize>,
    split_lines: Option<usize>,
    bundle: String,
    recode: String,
    whole: bool,
    line_numbers: Option<bool>,
    claim_number: Option<String>,
    tells_prior: Option<bool>,
    forward_to: String,
    recover_after: u32,
    reuses_trace: bool,
    off_by: Option<String>,
    claim_off_by: Option<String>,
    again: u32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenAdjustment {
    cycle: u32,
    payee: String,
    reason: String,
    reference: String,
    amount: Option<String>,
}

struct Reader<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn report(&mut self, at: &Range<usize>, what: &str) {
        let before = self.text.get(..at.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        self.problems.push(Problem { line, what: what.to_owned() });
    }

    fn script(&mut self, written: &Written) -> Script {
        let mut script = Script {
            payer: self.payer(&written.payer),
            outcomes: Vec::new(),
            adjustments: Vec::new(),
            seed: written.seed,
            sharing: self.sharing(written.payer.sharing.as_ref()),
            bank: self.bank(written),
        };
        for one in &written.outcome {
            let outcome = self.outcome(one);
            if script.outcome(&outcome.name).is_some() {
                self.report(&one.span(), "another outcome has this name; give each its own");
            }
            script.outcomes.push(outcome);
        }
        for one in &written.adjustment {
            let adjustment = self.own_adjustment(one);
            script.adjustments.push(adjustment);
        }
        script
    }

    fn payer(&mut self, written: &WrittenPayer) -> Payer {
        let text = |value: &Option<Spanned<String>>, other: &str| match value {
            Some(value) => value.get_ref().clone(),
            None => other.to_owned(),
        };
        let tax_id = text(&written.tax_id, "999999999");
        let is_tax_id = tax_id.len() == 9 && tax_id.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(at) = written.tax_id.as_ref().filter(|_| !is_tax_id) {
            self.report(&at.span(), "payer.tax_id has nine digits");
        }
        let pays_by = text(&written.pays_by, "CHK");
        if let Some(at) = written.pays_by.as_ref().filter(|_| !["CHK", "ACH"].contains(&&*pays_by))
        {
            self.report(&at.span(), "payer.pays_by is CHK or ACH");
        }
        Payer { name: written.name.clone(), id: written.id.clone(), tax_id, pays_by }
    }

    fn sharing(&mut self, written: Option<&Spanned<String>>) -> Sharing {
        let Some(written) = written else { return Sharing::Payee };
        match written.get_ref().as_str() {
            "payee" => Sharing::Payee,
            "file" => Sharing::File,
            "payment" => Sharing::Payment,
            _ => {
                self.report(&written.span(), "payer.sharing is payee, file or payment");
                Sharing::Payee
            }
        }
    }

    fn outcome(&mut self, written: &Spanned<WrittenOutcome>) -> Outcome {
        let (at, one) = (written.span(), written.get_ref());
        if one.name.is_empty() {
            self.report(&at, "an outcome needs a name, by which the payer remembers it");
        }
        let percent = one.percent.unwrap_or(100);
        if 100 < percent {
            self.report(&at, "percent is 100 at most");
        }
        if !one.without_modifiers.is_empty() && one.procedure.is_empty() {
            self.report(&at, "without_modifiers needs the procedure that lacks them");
        }
        let front = self.front(&at, one);
        let takes = matches!(front, Front::Accepts(_));
        if takes == one.step.is_empty() {
            let what = match takes {
                true => "an outcome has steps, or is silent, or rejects",
                false => "what is rejected or met with silence has no steps",
            };
            self.report(&at, what);
        }
        let steps: Vec<Step> = one.step.iter().map(|step| self.step(step)).collect();
        if steps.first().is_some_and(|step| step.act == Act::Reverse) {
            self.report(&at, "nothing stands that a first step could reverse");
        }
        let fits = Fits {
            member: one.member.clone(),
            claim: one.claim.clone(),
            procedure: one.procedure.clone(),
            without_modifiers: one.without_modifiers.clone(),
            lines_min: one.lines_min,
            percent,
        };
        Outcome { name: one.name.clone(), fits, front, steps }
    }

    fn front(&mut self, at: &Range<usize>, one: &WrittenOutcome) -> Front {
        let status = one.status.clone().unwrap_or_else(|| "A2:20:PR".to_owned());
        let Some(rejection) = &one.reject else {
            return if one.silent { Front::Silent } else { Front::Accepts(status) };
        };
        let note = rejection.note.clone();
        match rejection.by.as_str() {
            "TA1" => {
                let note = note.unwrap_or_else(|| "024".to_owned());
                if note.len() != 3 || !note.bytes().all(|byte| byte.is_ascii_digit()) {
                    self.report(at, "the note of a TA1 has three digits");
                }
                Front::RejectsInterchange(note)
            }
            "999" => Front::RejectsSet,
            "277CA" => {
                let status = rejection.status.clone().unwrap_or_else(|| "A7:21".to_owned());
                Front::RejectsClaim { status, note }
            }
            _ => {
                self.report(at, "reject.by is TA1, 999 or 277CA");
                Front::RejectsSet
            }
        }
    }

    fn step(&mut self, written: &Spanned<WrittenStep>) -> Step {
        let (at, one) = (&written.span(), written.get_ref());
        let act = match one.act.as_str() {
            "pay" => Act::Pay,
            "deny" => Act::Deny,
            "reverse" => Act::Reverse,
            _ => {
                self.report(at, "act is pay, deny or reverse");
                Act::Pay
            }
        };
        let number = match one.claim_number.as_deref() {
            None | Some("same") => Returned::Same,
            Some("cut") => Returned::Cut,
            Some("zero") => Returned::Zero,
            Some("unknown") => Returned::Unknown,
            Some(_) => {
                self.report(at, "claim_number is same, cut, zero or unknown");
                Returned::Same
            }
        };
        let (contractual, coinsurance) =
            (one.contractual.unwrap_or(10), one.coinsurance.unwrap_or(10));
        if 100 < contractual.saturating_add(coinsurance) || 100 < one.sequestration {
            self.report(at, "contractual and coinsurance are 100 percent at most together");
        }
        self.check_codes(at, one, act);
        let manner = Manner {
            reuses_trace: one.reuses_trace,
            off_by: self.money(at, "off_by", one.off_by.as_ref()),
            claim_off_by: self.money(at, "claim_off_by", one.claim_off_by.as_ref()),
            again: one.again,
        };
        let overpay = self.money(at, "overpay", one.overpay.as_ref());
        Step {
            act,
            after: one.after,
            status: one.status.clone(),
            contractual,
            coinsurance,
            sequestration: one.sequestration,
            deductible: self.money(at, "deductible", one.deductible.as_ref()),
            copay: self.money(at, "copay", one.copay.as_ref()),
            overpay: overpay - self.money(at, "underpay", one.underpay.as_ref()),
            interest: self.money(at, "interest", one.interest.as_ref()),
            group: one.group.clone().unwrap_or_else(|| "CO".to_owned()),
            reason: one.reason.clone(),
            remarks: one.remarks.clone(),
            lines: one.lines.clone(),
            split_claim: one.split_claim.unwrap_or(1).max(1),
            split_lines: one.split_lines.unwrap_or(1).max(1),
            bundle: one.bundle.clone(),
            recode: one.recode.clone(),
            is_whole: one.whole,
            has_line_numbers: one.line_numbers.unwrap_or(true),
            number,
            tells_prior: one.tells_prior.unwrap_or(true),
            forward_to: one.forward_to.clone(),
            recover_after: one.recover_after,
            manner,
        }
    }

    fn check_codes(&mut self, at: &Range<usize>, one: &WrittenStep, act: Act) {
        let group = one.group.as_deref().unwrap_or("CO");
        if !["CO", "OA", "PI", "PR"].contains(&group) {
            self.report(at, "group is CO, OA, PI or PR");
        }
        if act == Act::Deny && carc::meaning(one.reason.as_bytes()).is_none() {
            let what = format!("reason {:?} is no adjustment reason (CARC)", one.reason);
            self.report(at, &what);
        }
        if act != Act::Deny && !one.reason.is_empty() {
            self.report(at, "only what is denied has a reason");
        }
        for code in &one.remarks {
            if remark::meaning(code.as_bytes()).is_none() {
                self.report(at, &format!("{code:?} is no remark code (RARC)"));
            }
        }
        if !one.status.is_empty() && remittance_status::meaning(one.status.as_bytes()).is_none() {
            self.report(at, &format!("status {:?} is none of CLP02", one.status));
        }
    }

    fn own_adjustment(&mut self, written: &Spanned<WrittenAdjustment>) -> OwnAdjustment {
        let (at, one) = (&written.span(), written.get_ref());
        if provider_adjustment::meaning(one.reason.as_bytes()).is_none() {
            self.report(at, &format!("reason {:?} is none of PLB03-1", one.reason));
        }
        let amount = self.money(at, "amount", one.amount.as_ref());
        if amount.is_zero() {
            self.report(at, "an adjustment needs an amount other than nothing");
        }
        let WrittenAdjustment { cycle, payee, reason, reference, amount: _ } = one;
        let (payee, reason, reference) = (payee.clone(), reason.clone(), reference.clone());
        OwnAdjustment { cycle: *cycle, payee, reason, reference, amount }
    }

    fn money(&mut self, at: &Range<usize>, key: &str, text: Option<&String>) -> Money {
        let Some(text) = text else { return Money::ZERO };
        let Some(amount) = Money::parse(text.as_bytes()) else {
            self.report(at, &format!("{key} is an amount in quotes, such as \"12.50\""));
            return Money::ZERO;
        };
        amount
    }
}
