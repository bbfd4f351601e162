//! Each of X12's answers to a request for interpretation that the rules cite, as a small remittance
//! of our own and what becomes of it. Each is a test under its number: `cargo test rfi_2601`. What takes
//! several remittances, or a store, is in `tests/money/answers.rs`.

use std::collections::BTreeMap;

use super::rules::RULES;
use super::tests::{balances, decide_known, in_state, work};
use super::*;
use crate::lifecycle::State;

/// One answer, tried.
struct Row {
    name: &'static str,
    /// BPR's elements.
    payment: &'static str,
    /// From CLP to PLB; claim A1 was sent for 100.00, with lines A1-1 of 60.00 and A1-2 of 40.00.
    body: &'static str,
    /// Rules that are broken, in their order; `V06` and their like never are.
    broken: &'static [&'static str],
    /// What is posted, in cents: cash, receivable, contractual, patient, and suspense.
    posted: [i64; 5],
    /// Items for the queue.
    work: usize,
}

const fn row(
    name: &'static str,
    (payment, body): (&'static str, &'static str),
    broken: &'static [&'static str],
    posted: [i64; 5],
    work: usize,
) -> Row {
    Row { name, payment, body, broken, posted, work }
}

const PAID: [i64; 5] = [6000, -10_000, 4000, 0, 0];

const ROWS: &[Row] = &[
    row(
        "rfi_2601 adjustments alone make up the difference of charge and payment; AMT does not",
        ("I*60*C*CHK", "CLP*A1*1*100*60**12*P1~CAS*CO*45*39~AMT*AU*61~"),
        &["V02"],
        [6000, 0, 0, 0, -6000],
        1,
    ),
    row(
        "rfi_1115 amounts in AMT and QTY, of claim and line, enter no balance",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~AMT*AU*88~QTY*CA*3~SVC*HC:99213:25*100*60**1~CAS*CO*45*40~\
             REF*6R*A1-1~AMT*B6*77~",
        ),
        &[],
        PAID,
        0,
    ),
    row(
        "rfi_680 CLP05 is what group PR says, of claim and lines",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60*40*12*P1~CAS*PR*1*15~SVC*HC:99213:25*100*75**1~CAS*PR*2*25~REF*6R*A1-1~",
        ),
        &[],
        [6000, -10_000, 0, 4000, 0],
        0,
    ),
    row(
        "rfi_2548 a CLP05 that differs from PR is told, and the patient is billed by PR",
        ("I*60*C*CHK", "CLP*A1*1*100*60*25*12*P1~CAS*PR*1*40~"),
        &["V05"],
        [6000, -10_000, 0, 4000, 0],
        0,
    ),
    row(
        "rfi_1756 a payment is never negative: nothing of it is posted",
        ("I*-60*C*CHK", "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~"),
        &["V07"],
        [0; 5],
        1,
    ),
    row(
        "rfi_758 what is owed is carried forward by FB, and the payment is zero",
        ("H*0*C*NON", "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~PLB*1999001013*20261231*FB:C1*-60~"),
        &["V16"],
        [0, 0, 0, 0, 6000],
        1,
    ),
    row(
        "rfi_352 a payment of nothing by cheque is a payer's fault, and is taken",
        ("I*0*C*CHK", "CLP*A1*1*100*0*100*12*P1~CAS*PR*1*100~"),
        &["V08"],
        [0, -10_000, 0, 10_000, 0],
        0,
    ),
    row(
        "rfi_1147 group CR is gone: it is told, posted as other, and never the patient's",
        ("I*60*C*CHK", "CLP*A1*1*100*60**12*P1~CAS*CR*45*40~"),
        &["V12"],
        [6000, -10_000, 0, 0, 0],
        0,
    ),
    row(
        "rfi_213 one reason stands once with its group in one place",
        ("I*60*C*CHK", "CLP*A1*1*100*60**12*P1~CAS*CO*45*30**45*10~"),
        &["V15"],
        PAID,
        0,
    ),
    row(
        "rfi_1324 an amount of PLB is not zero",
        ("I*60*C*CHK", "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~PLB*1999001013*20261231*CS:X*0~"),
        &["V17"],
        PAID,
        0,
    ),
    row(
        "rfi_2123 interest of the claims is paid once, by L6, and to its own account",
        (
            "I*61.5*C*CHK",
            "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~AMT*I*1.5~PLB*1999001013*20261231*L6:X*-1.5~",
        ),
        &[],
        [6150, -10_000, 4000, 0, 0],
        0,
    ),
    row(
        "rfi_2123 interest that comes to nothing over all claims has no L6",
        (
            "I*120*C*CHK",
            "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~AMT*I*1.5~\
             CLP*A2*1*100*60**12*P2~CAS*CO*45*40~AMT*I*-1.5~",
        ),
        &[],
        [12_000, -20_000, 8000, 0, 0],
        0,
    ),
    row(
        "rfi_2123 an L6 beside it is told",
        (
            "I*121.5*C*CHK",
            "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~AMT*I*1.5~\
             CLP*A2*1*100*60**12*P2~CAS*CO*45*40~AMT*I*-1.5~PLB*1999001013*20261231*L6:X*-1.5~",
        ),
        &["V18"],
        [12_150, -20_000, 8000, 0, 0],
        0,
    ),
    row(
        "rfi_2184 a minus in PLB raises the payment; interest with a plus is taken back",
        (
            "I*61.5*C*CHK",
            "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~AMT*I*1.5~PLB*1999001013*20261231*L6:X*1.5~",
        ),
        &["V01", "V18"],
        [0; 5],
        1,
    ),
    row(
        "rfi_2202 AMT*I without an L6 in the same remittance is told",
        ("I*60*C*CHK", "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~AMT*I*1.5~"),
        &["V18"],
        PAID,
        0,
    ),
    row(
        "rfi_2320 another procedure was paid, and SVC06 has what was sent",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~SVC*HC:99212*60*40**1*HC:99213:25~CAS*CO*45*20~REF*6R*A1-1~\
             SVC*HC:93000*40*20**1~CAS*CO*45*20~REF*6R*A1-2~",
        ),
        &[],
        PAID,
        0,
    ),
    row(
        "rfi_2320 without SVC06 it is told",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~SVC*HC:99212*60*40**1~CAS*CO*45*20~REF*6R*A1-1~\
             SVC*HC:93000*40*20**1~CAS*CO*45*20~REF*6R*A1-2~",
        ),
        &["V20"],
        PAID,
        0,
    ),
    row(
        "rfi_2320 the line that the others are rolled up in has OA-94 with their charges",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~SVC*HC:99213:25*60*60**1~CAS*OA*94*-40~CAS*CO*45*40~REF*6R*A1-1~\
             SVC*HC:93000*40*0**1~CAS*CO*97*40~LQ*HE*M15~REF*6R*A1-2~",
        ),
        &[],
        [6000, -10_000, 4000, 0, 0],
        0,
    ),
    row(
        "rfi_2320 an OA-94 that is not the charges of the others is told",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~SVC*HC:99213:25*60*60**1~CAS*OA*94*-30~CAS*CO*45*30~REF*6R*A1-1~\
             SVC*HC:93000*40*0**1~CAS*CO*97*40~LQ*HE*M15~REF*6R*A1-2~",
        ),
        &["V21"],
        [6000, -10_000, 7000, 0, 0],
        1,
    ),
    row(
        "rfi_2009 laboratories: lines of one claim are rolled up in a line of another",
        (
            "I*150*C*CHK",
            "CLP*A1*1*100*150**12*P1~SVC*HC:99213:25*60*110**1~CAS*OA*94*-100~CAS*CO*45*50~\
             REF*6R*A1-1~SVC*HC:93000*40*40**1~REF*6R*A1-2~\
             CLP*A2*1*100*0**12*P2~SVC*HC:99213:25*60*0**1~CAS*CO*97*60~LQ*HE*M15~REF*6R*A2-1~\
             SVC*HC:93000*40*0**1~CAS*CO*97*40~LQ*HE*M15~REF*6R*A2-2~",
        ),
        &[],
        [15_000, -20_000, 15_000, 0, 0],
        0,
    ),
    row(
        "rfi_1684 a line that was sent with a number comes back under it",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~SVC*HC:99213:25*60*40**1~CAS*CO*45*20~\
             SVC*HC:93000*40*20**1~CAS*CO*45*20~REF*6R*A1-2~",
        ),
        &["V22"],
        PAID,
        0,
    ),
    row(
        "rfi_2224 a line that is split comes back as several under one number",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~SVC*HC:99213:25*50*30**1~CAS*CO*45*20~REF*6R*A1-1~\
             SVC*HC:99213:25*10*10**1~REF*6R*1~SVC*HC:93000*40*20**1~CAS*CO*45*20~REF*6R*A1-2~",
        ),
        &[],
        PAID,
        0,
    ),
    row(
        "rfi_1696 a second payer without OA-23 takes the first payment off again: it is held",
        ("I*10*C*CHK", "CLP*A1*2*100*10**12*P1~CAS*CO*45*90~"),
        &["V23"],
        [1000, 0, 0, 0, -1000],
        1,
    ),
    row(
        "rfi_2194 with OA-23 it is posted",
        ("I*10*C*CHK", "CLP*A1*2*100*10**12*P1~CAS*OA*23*60~CAS*CO*45*30~"),
        &[],
        [1000, -10_000, 3000, 0, 0],
        // The claim names no payer before it.
        1,
    ),
    row(
        "rfi_366 a code for what has none says that SVC06 has the service",
        (
            "I*60*C*CHK",
            "CLP*A1*1*100*60**12*P1~SVC*HC:99199*60*40**1*HC:99213:25~CAS*CO*45*20~REF*6R*A1-1~\
             SVC*HC:99199*40*20**1~CAS*CO*45*20~REF*6R*A1-2~",
        ),
        &["V20"],
        PAID,
        0,
    ),
    row(
        "rfi_1423 CLP02 1 says how it was processed: nothing paid is no denial by that",
        ("H*0*C*NON", "CLP*A1*1*100*0*60*12*P1~CAS*CO*45*40~CAS*PR*1*60~"),
        &[],
        [0, -10_000, 4000, 6000, 0],
        0,
    ),
    row(
        "rfi_207 a denial has the status that it was processed as; its reasons tell",
        ("H*0*C*NON", "CLP*A1*1*100*0**12*P1~CAS*CO*29*100~"),
        &[],
        [0, -10_000, 10_000, 0, 0],
        1,
    ),
    row(
        "rfi_1079 CLP02 4 is for patients that are not known; with a reason, the reason tells",
        ("H*0*C*NON", "CLP*A1*4*100*0**12*P1~CAS*CO*50*100~"),
        &[],
        [0, -10_000, 10_000, 0, 0],
        1,
    ),
    row(
        "rfi_1374 a takeback that waits: WO with a minus beside the reversal",
        ("H*0*C*NON", "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~PLB*1999001013*20261231*WO:P1*-60~"),
        &["V16"],
        [0, 0, 0, 0, 6000],
        1,
    ),
];

/// The same of claim A1 after it was paid 60.00 and 40.00 were taken off.
const AFTER_PAYMENT: &[Row] = &[
    row(
        "rfi_1429 a reversal has all amounts with the other sign, and all adjustments",
        ("H*0*C*NON", "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~PLB*1999001013*20261231*FB:C1*-60~"),
        &[],
        [0, 10_000, -4000, 0, 0],
        1,
    ),
    row(
        "rfi_2442 a reversal without the adjustments of its original is told, and held",
        ("H*0*C*NON", "CLP*A1*22*-100*-60**12*P1~PLB*1999001013*20261231*FB:C1*-60~"),
        &["V02"],
        [0, 0, 0, 0, 6000],
        1,
    ),
    row(
        "rfi_1147 a reversal under another group than its original is told, and waits",
        ("H*0*C*NON", "CLP*A1*22*-100*-60**12*P1~CAS*CR*45*-40~PLB*1999001013*20261231*FB:C1*-60~"),
        &["V12", "V16"],
        [0, 0, 0, 0, 6000],
        1,
    ),
    row(
        "rfi_227 the reversal and its correction, whichever comes first in the file",
        (
            "I*20*C*CHK",
            "CLP*A1*1*100*80**12*P1~CAS*CO*45*20~CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~",
        ),
        &[],
        [2000, 0, -2000, 0, 0],
        0,
    ),
    row(
        "rfi_791 the reversal alone: its correction comes in a later file",
        ("H*0*C*NON", "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~PLB*1999001013*20261231*WO:P1*-60~"),
        &[],
        [0, 10_000, -4000, 0, 0],
        1,
    ),
];

/// What no remittance by itself can show: `tests/money/answers.rs`.
const ELSEWHERE: &[u16] = &[654, 1082, 1708, 1776, 1847];

answers! { hold:
    rfi_207 rfi_213 rfi_227 rfi_352 rfi_366 rfi_680 rfi_758 rfi_791 rfi_1079 rfi_1115 rfi_1147 rfi_1324
    rfi_1374 rfi_1423 rfi_1429 rfi_1684 rfi_1696 rfi_1756 rfi_2009 rfi_2123 rfi_2184 rfi_2194 rfi_2202
    rfi_2224 rfi_2320 rfi_2442 rfi_2548 rfi_2601
}

/// Tries all rows of an answer.
fn hold(name: &str) {
    let paid = {
        let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";
        let known = KnownClaim { earlier: said_by(body), ..in_state(1, State::Paid) };
        vec![known, super::testing::known_claim(2)]
    };
    let fresh: Vec<KnownClaim> = (1..=2).map(super::testing::known_claim).collect();
    let mut tried = 0;
    for (rows, known) in [(ROWS, &fresh), (AFTER_PAYMENT, &paid)] {
        for row in rows.iter().filter(|row| row.name.split(' ').next() == Some(name)) {
            row.hold(known);
            tried += 1;
        }
    }
    assert!(tried > 0, "no row of {name}");
}

impl Row {
    fn hold(&self, known: &[KnownClaim]) {
        let decision = decide_known((self.payment, self.body), known);
        let payment = &decision.change.payments[0];
        let broken: Vec<&str> = payment.broken.iter().map(|one| one.rule.as_str()).collect();
        assert_eq!(broken, self.broken, "{}: {:?}", self.name, payment.broken);
        let sums: BTreeMap<Account, i64> = balances(&payment.postings);
        let of = |account| sums.get(&account).copied().unwrap_or_default();
        let posted = [
            of(Account::Cash),
            of(Account::Receivable),
            of(Account::Contractual),
            of(Account::Patient),
            of(Account::Suspense),
        ];
        assert_eq!(posted, self.posted, "{}: {sums:?}", self.name);
        assert_eq!(work(&decision).len(), self.work, "{}: {:?}", self.name, work(&decision));
    }
}

/// What was said of claim A1 by an earlier remittance.
pub(super) fn said_by(body: &str) -> Vec<standing::Said> {
    let decision = decide_known(("I*60*C*CHK", body), &[super::testing::known_claim(1)]);
    let payment = &decision.change.payments[0];
    let told = &payment.claims[0];
    assert!(told.word.is_some() && told.waits.is_none(), "it was posted");
    vec![standing::Said {
        arrival: ArrivalId(0),
        paid_on: x12::value::Day::new(2026, 10, 20),
        identity: "earlier".to_owned(),
        offset: 0,
        whole_lines: Vec::new(),
        ..standing::Said::of(payment, told)
    }]
}

#[test]
fn every_row_and_every_answer_that_a_rule_cites_is_a_test() {
    let rows = ROWS.iter().chain(AFTER_PAYMENT);
    for row in rows {
        let name = row.name.split(' ').next().unwrap_or_default();
        assert!(ANSWERS.contains(&name), "{name} is no test");
    }
    for rfi in RULES.iter().flat_map(|rule| rule.rfis) {
        let is_test = ANSWERS.contains(&format!("rfi_{rfi}").as_str());
        assert!(is_test || *rfi == 1883 || ELSEWHERE.contains(rfi), "RFI {rfi} is not tried");
    }
}

#[test]
fn trace_numbers_are_told_when_reused() {
    let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";
    let text = super::testing::whole("I*60*C*CHK", body);
    let known = [super::testing::known_claim(1)];
    let mut broken = Vec::new();
    super::testing::read_remittances(&text, |remittance| {
        let incoming = Incoming { is_trace_used: true, ..super::tests::incoming(remittance) };
        let decision =
            decide(remittance, &known, &incoming, &super::tests::LIMITS, &super::tests::stamp());
        assert!(decision.summary.is_posted);
        broken.extend(decision.change.payments[0].broken.iter().map(|one| one.rule.clone()));
    });
    assert_eq!(broken, ["V09"]);
}

/// Why something was taken back has remark codes, and no place in PER*CX: such text decides nothing, and
/// the codes decide nothing of the money, but who works on what is denied after that.
#[test]
fn rfi_1883() {
    let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";
    let plain = super::testing::whole("I*60*C*CHK", body);
    let notice = plain.replace("PER*BL*", "PER*CX*PAYMENT SUSPENDED CALL US**~PER*BL*");
    assert_ne!(plain, notice);
    let known = [super::testing::known_claim(1)];
    let sums = |text: &str| -> Vec<BTreeMap<Account, i64>> {
        let decisions = super::tests::decide_text(text, &known);
        decisions.iter().map(|made| balances(&made.change.payments[0].postings)).collect()
    };
    assert_eq!(sums(&plain), sums(&notice));

    let paid = [KnownClaim { earlier: said_by(body), ..in_state(1, State::Paid) }];
    let plb = "PLB*1999001013*20261231*WO:P1*-60~";
    let taken_back = |remark: &str| {
        let body = format!("CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~{remark}{plb}");
        decide_known(("H*0*C*NON", &body), &paid)
    };
    let without = taken_back("");
    for remark in ["N419", "N423", "N687", "N689", "N698"] {
        let with = taken_back(&format!("MOA***{remark}~"));
        let (with, without) = (&with.change, &without.change);
        assert_eq!(balances(&with.payments[0].postings), balances(&without.payments[0].postings));
        let items = (with.work.len(), without.work.len());
        assert!(with.payments[0].broken.is_empty() && items == (1, 1), "{remark}");
    }
    for (remark, desk) in [("N687", "registration"), ("N688", "authorizations"), ("", "billing")] {
        let remark = if remark.is_empty() { String::new() } else { format!("MOA***{remark}~") };
        let body = format!("CLP*A1*1*100*0**12*P1~CAS*CO*29*100~{remark}");
        let denied = decide_known(("H*0*C*NON", &body), &known);
        assert_eq!(denied.change.work[0].desk, desk, "{remark}");
    }
}

/// V25: whoever was never billed for is somebody else.
#[test]
fn money_for_somebody_else_is_not_posted() {
    let text = super::testing::whole("I*60*C*CHK", "CLP*Z9*1*100*60**12*P9~CAS*CO*45*40~");
    super::testing::read_remittances(&text, |remittance| {
        let incoming = Incoming { payee: Payee::Stranger, ..super::tests::incoming(remittance) };
        let decision =
            decide(remittance, &[], &incoming, &super::tests::LIMITS, &super::tests::stamp());
        assert!(!decision.summary.is_posted);
        assert!(decision.change.payments[0].postings.is_empty());
        assert_eq!(decision.change.work.len(), 1);
    });
}

/// V25, though CLM01, charge and day are those of a claim of ours: the payee's tax number tells, or
/// the provider that it is paid for.
#[test]
fn money_for_somebody_else_is_not_posted_to_our_claim() {
    let known =
        KnownClaim { billing_tax_id: "04-3219876".to_owned(), ..super::testing::known_claim(1) };
    let clp = "CLP*A1*1*100*60**12*P9~CAS*CO*45*40~DTM*232*20261006~";
    let own = "N1*PE*CEDAR CLINIC*XX*1999001013~";
    for (payee, heading, is_posted) in [
        ("N1*PE*OTHER*XX*1234567893~", "", false),
        ("N1*PE*OTHER*XX*1234567893~REF*TJ*111111111~", "", false),
        ("N1*PE*OTHER*FI*111111111~", "", false),
        ("N1*PE*OTHER*XX*1234567893~REF*TJ*043219876~", "", true),
        ("N1*PE*OTHER*FI*043219876~", "", true),
        ("N1*PE*OTHER*XX*1234567893~", "TS3*1999001013*11*20261231*1*100~", true),
    ] {
        let text = super::testing::whole("I*60*C*CHK", &format!("{heading}{clp}"));
        super::testing::read_remittances(&text.replace(own, payee), |remittance| {
            let has_npi = payee.contains("*XX*");
            let payee_of = if has_npi { Payee::Stranger } else { Payee::Unsaid };
            let incoming = Incoming { payee: payee_of, ..super::tests::incoming(remittance) };
            let (limits, stamp) = (&super::tests::LIMITS, &super::tests::stamp());
            let decision =
                decide(remittance, std::slice::from_ref(&known), &incoming, limits, stamp);
            assert_eq!(decision.summary.is_posted, is_posted, "{payee}");
            let is_told = decision.change.payments[0].broken.iter().any(|one| one.rule == "V25");
            assert_eq!(is_told, !is_posted, "{payee}");
        });
    }
}

/// Forwarded balances and takebacks over several files: each plus needs its minus.
#[test]
fn chains_of_forwarded_balances_are_met_or_told() {
    let carried = |account, reference: &str, cents| Carried {
        payee: "1999001013".to_owned(),
        account,
        reference: Phi::new(reference.to_owned()),
        amount: x12::value::Money::from_cents(cents),
    };
    let other =
        Carried { payee: "1999001302".to_owned(), ..carried(Account::Forwarded, "C1", -1000) };
    // What is told to be taken without a reason, in cents.
    let cases: [(&str, Vec<Carried>, i64); 14] = [
        ("FB:C1*10", vec![carried(Account::Forwarded, "C1", -1000)], 0),
        // It is another provider's, whoever is paid for both.
        ("FB:C1*10", vec![other], 1000),
        // Payers seldom repeat the reference of a balance that they carried.
        ("FB:C2*10", vec![carried(Account::Forwarded, "C1", -1000)], 0),
        ("FB:C1*10", vec![carried(Account::Forwarded, "C1", -900)], 100),
        ("FB:C1*10", Vec::new(), 1000),
        ("WO:X9*10", vec![carried(Account::Takeback, "X9", -1000)], 0),
        ("WO:X9*10", vec![carried(Account::Takeback, "X9", -600)], 400),
        ("WO:X8*10", vec![carried(Account::Takeback, "X9", -1000)], 1000),
        // The office sent a cheque: the takeback is met by it.
        ("WO:X7*10*72:X7*-10", Vec::new(), 0),
        // It names a claim that was paid and never taken back, or of which nothing is left to take.
        ("WO:20261001P1001*10", Vec::new(), 1000),
        ("WO:A1 20261006 P1001*10", Vec::new(), 1000),
        ("WO:A1*10", vec![carried(Account::Takeback, "P1001", 0)], 1000),
        // The reference has the claim's other number too.
        ("WO:A1 20261006 P1001*10", vec![carried(Account::Takeback, "P1001", -1000)], 0),
        ("WO:A1*10", vec![carried(Account::Takeback, "A1 20261006 P1001", -1000)], 0),
    ];
    for (entry, carried, unexplained) in cases {
        let taken = if entry.contains("72:") { "60" } else { "50" };
        let body =
            format!("CLP*A1*1*100*60**12*P1001~CAS*CO*45*40~PLB*1999001013*20261231*{entry}~");
        let text = super::testing::whole(&format!("I*{taken}*C*CHK"), &body);
        super::testing::read_remittances(&text, |remittance| {
            let incoming = Incoming { carried: &carried, ..super::tests::incoming(remittance) };
            let number = "P1001".to_owned();
            let known = super::testing::known_claim(1);
            let known = [KnownClaim { payer_control_numbers: vec![number], ..known }];
            let (limits, stamp) = (super::tests::LIMITS, super::tests::stamp());
            let decision = decide(remittance, &known, &incoming, &limits, &stamp);
            assert!(decision.summary.is_posted, "{entry}");
            let items = decision.change.work.iter();
            let items = items.filter(|item| item.alike.rule != crate::change::cases::NOT_BOOKED);
            let told: i64 = items.map(|item| item.amount.cents()).sum();
            assert_eq!(told, unexplained, "{entry}: {:?}", decision.change.work);
        });
    }
}
