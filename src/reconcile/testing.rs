//! Remittances for tests: composed from a few segments, or read from the corpus if it is there.
//! Everything composed here is made up.

use std::path::Path;

use bytes::Bytes;
use x12::phi::Phi;
use x12::value::{Day, Money, Quantity};
use x12::view::remittance::{Remittance, remittance};

use super::matching::{KnownClaim, KnownLine};
use super::turns::{Books, Turns};
use crate::change::ClaimId;
use crate::lifecycle::State;

/// A claim of 100.00 that was accepted: CLM01 is `A` and its id, two lines of 60.00 and 40.00.
pub fn known_claim(id: i64) -> KnownClaim {
    let day = Day::new(2026, 10, 6);
    let line = |number, code: &str, modifiers: &[&str], cents| KnownLine {
        number,
        control_number: format!("A{id}-{number}"),
        code: code.to_owned(),
        revenue_code: String::new(),
        modifiers: modifiers.iter().map(|&modifier| modifier.to_owned()).collect(),
        place: "11".to_owned(),
        charge: Money::from_cents(cents),
        unit: "UN".to_owned(),
        quantity: Some(Quantity::ONE),
        day,
    };
    KnownClaim {
        id: ClaimId(id),
        account: ClaimId(id),
        is_replaced: false,
        void: None,
        books: Books::default(),
        partner: "cedar".to_owned(),
        state: State::Accepted,
        follows: None,
        names_next_payer: false,
        payers_before: Vec::new(),
        is_predetermination: false,
        is_asked_on: false,
        patient_control_number: Phi::new(format!("A{id}")),
        member_ids: Vec::new(),
        names: Vec::new(),
        payer: Some("acme".to_owned()),
        payer_control_numbers: Vec::new(),
        original_number: String::new(),
        charge: Money::from_cents(10_000),
        frequency: "1".to_owned(),
        service_from: day,
        service_to: day,
        billing_npi: "1999001013".to_owned(),
        billing_tax_id: String::new(),
        plans: Vec::new(),
        lines: vec![line(1, "99213", &["25"], 6000), line(2, "93000", &[], 4000)],
        lines_before: Vec::new(),
        earlier: Vec::new(),
        later: Vec::new(),
        family: None,
        undecided: Vec::new(),
        worked_on: Vec::new(),
        refunds: Vec::new(),
        turns: Turns::default(),
        read: vec![(ClaimId(id), 7)],
    }
}

/// A whole 835 around BPR's elements (`I*60*C*CHK`) and the segments from CLP to PLB.
pub fn whole(payment: &str, body: &str) -> String {
    let separators = "*".repeat(16_usize.saturating_sub(payment.matches('*').count() + 1));
    format!(
        "ISA*00*          *00*          *ZZ*ACME           *ZZ*GATEWAY        *261028*0930*^*00501*000000007*0*T*:~\
         GS*HP*ACME*GATEWAY*20261028*0930*7*X*005010X221A1~\
         ST*835*0001~\
         BPR*{payment}{separators}20261030~\
         TRN*1*T1001*1512345678~\
         N1*PR*ACME HEALTH~\
         N3*1 PAYER WAY~\
         N4*BOSTON*MA*02110~\
         PER*BL*ACME CLAIMS*TE*6175550199~\
         N1*PE*CEDAR CLINIC*XX*1999001013~\
         LX*1~\
         {body}\
         SE*1*0001~GE*1*7~IEA*1*000000007~"
    )
}

/// Hands each remittance of a file to `look`.
pub fn read_remittances(text: &str, mut look: impl FnMut(&Remittance<'_>)) {
    let reading = x12::interchange::read(&Bytes::copy_from_slice(text.as_bytes()));
    let guide = x12::guide::find("005010X221A1", "835").expect("the remittance guide");
    for interchange in &reading.interchanges {
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            if interchange.set_header(set).text(1) == b"835" {
                let walked = x12::walk::walk(interchange, set, guide);
                look(&remittance(interchange, set, &walked));
            }
        }
    }
}

/// Files of the corpus beside the project, by name; none, said aloud, when it is not there.
pub fn corpus_files(folder: &str, wanted: fn(&str) -> bool) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(folder);
    if !root.is_dir() {
        println!("skipped: no corpus at {}", root.display());
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder of the corpus") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("a readable file of the corpus");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if wanted(&text) {
                found.push((path.display().to_string(), text));
            }
        }
    }
    found.sort();
    found
}
