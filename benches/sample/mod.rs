//! Files to measure with: any number of clean professional claims. Everything in them is made up.

use std::fmt::Write;

use bytes::Bytes;
use claimgate::clock::{self, Timestamp, Zone};
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{State, When, answer};
use x12::value::Day;

/// Claims in each transaction set, as most offices send them.
pub const CLAIMS_PER_SET: u32 = 1_000;

/// How a file of claims is to be.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// ISA13, and part of every CLM01 and member number, so that no two files are alike.
    pub number: u32,
    pub claims: u32,
    /// Claims go to so many payers in turn: `ACME1`, `ACME2` …
    pub payers: u32,
    /// One claim in so many charges what its lines do not; 0 for none.
    pub spoiled_every: u32,
}

/// Clean claims of one payer.
pub fn clean(claims: u32) -> Bytes {
    file(&Batch { number: 1, claims, payers: 1, spoiled_every: 0 })
}

/// The file that `BENCH_FILE` names, or else clean claims.
pub fn named_or_clean(claims: u32) -> Bytes {
    match std::env::var_os("BENCH_FILE") {
        Some(path) => std::fs::read(path).expect("BENCH_FILE can be read").into(),
        None => clean(claims),
    }
}

/// Remittances that pay so many claims, one interchange behind the other: each pays a set.
pub fn remittances(claims: u32) -> Bytes {
    let script = Script::plain("ACME HEALTH", "ACMEHEALTH");
    let when = When { today: today(), time: "0930".to_owned() };
    let answers = answer(&script, &mut State::default(), &clean(claims), &when);
    let paid = answers.into_iter().filter(|answer| answer.kind == "835");
    paid.flat_map(|answer| answer.bytes).collect()
}

/// The day on which the files are made.
pub fn today() -> Day {
    clock::today(&Zone::UTC)
}

/// Writes a file. One provider bills for all claims of a set.
pub fn file(batch: &Batch) -> Bytes {
    let day = today().to_wire();
    let short = day.get(2..).expect("a day on the wire has eight digits");
    let number = batch.number;
    let mut text = format!(
        "ISA*00*          *00*          *ZZ*CEDAR          *ZZ*CLAIMGATE      \
         *{short}*0930*^*00501*{number:09}*1*T*:~\
         GS*HC*CEDAR*CLAIMGATE*{day}*0930*{number}*X*005010X222A1~"
    );
    let mut sets = 0;
    let mut first = 0;
    while first < batch.claims {
        sets += 1;
        let last = (first + CLAIMS_PER_SET).min(batch.claims);
        write_set(&mut text, batch, sets, first..last);
        first = last;
    }
    write!(text, "GE*{sets}*{number}~IEA*1*{number:09}~").expect("a String takes all");
    text.into()
}

fn write_set(text: &mut String, batch: &Batch, set: u32, claims: std::ops::Range<u32>) {
    let day = today().to_wire();
    let mut body = format!(
        "ST*837*{set:04}*005010X222A1~\
         BHT*0019*00*BATCH{set}*{day}*0930*CH~\
         NM1*41*2*CEDAR BILLING*****46*CEDAR~\
         PER*IC*ANN LOW*TE*6175550142~\
         NM1*40*2*CLAIMGATE*****46*CLAIMGATE~\
         HL*1**20*1~\
         PRV*BI*PXC*207Q00000X~\
         NM1*85*2*CEDAR CLINIC*****XX*1999001013~\
         N3*12 MAIN ST~\
         N4*BOSTON*MA*021103202~\
         REF*EI*043219876~"
    );
    for (index, claim) in claims.enumerate() {
        write_claim(&mut body, batch, index + 2, claim);
    }
    let segments = body.matches('~').count() + 1;
    text.push_str(&body);
    write!(text, "SE*{segments}*{set:04}~").expect("a String takes all");
}

/// A visit and an electrocardiogram of three weeks ago.
fn write_claim(text: &mut String, batch: &Batch, level: usize, claim: u32) {
    const DAYS_AGO_MICROS: i64 = 21 * 86_400 * 1_000_000;
    let service = Timestamp::from_micros(clock::now().micros() - DAYS_AGO_MICROS);
    let service = service.day(&Zone::UTC).to_wire();
    let name = format!("B{:03}C{claim:07}", batch.number);
    let payer = claim % batch.payers + 1;
    let is_spoiled = batch.spoiled_every > 0 && claim.is_multiple_of(batch.spoiled_every);
    let charge = if is_spoiled { 105 } else { 100 };
    write!(
        text,
        "HL*{level}*1*22*0~\
         SBR*P*18*GRP1******CI~\
         NM1*IL*1*ROE*JANE****MI*{name}~\
         N3*1 ELM ST~\
         N4*BOSTON*MA*021101111~\
         DMG*D8*19800101*F~\
         NM1*PR*2*ACME HEALTH*****PI*ACME{payer}~\
         CLM*{name}*{charge}***11:B:1*Y*A*Y*Y~\
         HI*ABK:E119*ABF:I10~\
         NM1*82*1*POE*SAM****XX*1999001021~\
         PRV*PE*PXC*207Q00000X~\
         LX*1~\
         SV1*HC:99213:25*60*UN*1***1:2~\
         DTP*472*D8*{service}~\
         REF*6R*{name}-1~\
         LX*2~\
         SV1*HC:93000*40*UN*1***2~\
         DTP*472*D8*{service}~\
         REF*6R*{name}-2~"
    )
    .expect("a String takes all");
}
