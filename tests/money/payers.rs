//! What payers do with claims over their files, and what offices send of them once more.

use proptest::prelude::*;
use x12::value::Money;

use crate::made::{self, Made};

pub const CLAIMS: usize = 4;
pub const CHARGE: i64 = 10_000;
/// Remittances of the first payer; one of the second follows them.
pub const CYCLES: usize = 3;

/// What a payer does with a claim over its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Paid {
        paid: i64,
        share: i64,
    },
    Denied,
    /// Paid, and taken back in a later file.
    TakenBack {
        paid: i64,
    },
    /// Paid, taken back in one file and decided anew in another.
    Corrected {
        first: i64,
        then: i64,
    },
    /// Paid under a number that nobody knows.
    Unknown {
        paid: i64,
    },
    /// Paid, and its amounts do not add up.
    Unequal {
        paid: i64,
    },
    /// Paid; its office sends another in its place, and the payer decides on that.
    Replaced {
        first: i64,
        then: i64,
    },
    /// Paid, and taken back by its office.
    Voided {
        paid: i64,
    },
    /// Paid, and what is left to the patient is billed by its office to a second payer.
    Second {
        paid: i64,
        share: i64,
        then: i64,
    },
}

pub fn fate() -> impl Strategy<Value = Fate> {
    let cents = || 0..CHARGE;
    prop_oneof![
        (cents(), 0_i64..100)
            .prop_map(|(paid, part)| { Fate::Paid { paid, share: (CHARGE - paid) * part / 100 } }),
        Just(Fate::Denied),
        (1..CHARGE).prop_map(|paid| Fate::TakenBack { paid }),
        (cents(), cents()).prop_map(|(first, then)| Fate::Corrected { first, then }),
        (1..CHARGE).prop_map(|paid| Fate::Unknown { paid }),
        (1..CHARGE - 1).prop_map(|paid| Fate::Unequal { paid }),
        (cents(), cents()).prop_map(|(first, then)| Fate::Replaced { first, then }),
        cents().prop_map(|paid| Fate::Voided { paid }),
        (1..CHARGE - 1, 1..100_i64, 0..=100_i64).prop_map(|(paid, part, then)| {
            let share = ((CHARGE - paid) * part / 100).max(1);
            Fate::Second { paid, share, then: share * then / 100 }
        }),
    ]
}

/// One remittance of a file of its own.
#[derive(Clone, Debug, Default)]
pub struct Remitted {
    pub claims: String,
    paid: i64,
    /// Entries of a PLB, with what they come to.
    pub entries: Vec<(String, i64)>,
    /// Of the second payer.
    pub is_second: bool,
    /// How far BPR02 is off.
    pub off_by: i64,
}

impl Remitted {
    pub fn add(&mut self, number: &str, status: &str, paid: i64, adjustments: &[(&str, i64)]) {
        self.add_as(&format!("P{number}"), number, status, paid, adjustments);
    }

    /// The same under a number of the payer's, CLP07.
    pub fn add_as(
        &mut self,
        payer_number: &str,
        number: &str,
        status: &str,
        paid: i64,
        adjustments: &[(&str, i64)],
    ) {
        let sign = if status == "22" { -1 } else { 1 };
        let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
        let charge = wire(CHARGE);
        let (day, paid_wire) = (made::days_ago(20).to_wire(), wire(paid));
        self.claims.push_str(&format!(
            "CLP*{number}*{status}*{charge}*{paid_wire}**12*{payer_number}~\
             NM1*QC*1*ROE*JANE****MI*W{number}~SVC*HC:99213*{charge}*{paid_wire}**1~\
             DTM*472*{day}~"
        ));
        for (code, cents) in adjustments.iter().filter(|(_, cents)| *cents != 0) {
            self.claims.push_str(&format!("CAS*{code}*{}~", wire(*cents)));
        }
        self.claims.push_str(&format!("REF*6R*{number}L1~"));
        self.paid += sign * paid;
    }

    /// What would make the payment negative is carried forward.
    pub fn finish(&mut self, cycle: usize) {
        let taken: i64 = self.entries.iter().map(|(_, cents)| cents).sum();
        if self.paid - taken < 0 {
            self.entries.push((format!("FB:F{cycle}"), self.paid - taken));
        }
    }

    pub fn amount(&self) -> i64 {
        self.off_by + self.paid - self.entries.iter().map(|(_, cents)| cents).sum::<i64>()
    }

    /// The file; `variant` changes bytes that do not make it another payment.
    pub fn text(&self, cycle: usize, control_number: usize, variant: &str) -> String {
        let amount = self.amount();
        let wire = |cents: i64| Money::from_cents(cents).to_wire();
        let handling = if amount == 0 { "H*0*C*NON" } else { "I" };
        let payment = match amount {
            0 => handling.to_owned(),
            amount => format!("I*{}*C*CHK", wire(amount)),
        };
        let day = made::days_ago(10 - cycle as i64).to_wire();
        let (sender, name, tax_id) = match self.is_second {
            true => ("BEACON", "BEACON PLAN", "598765432"),
            false => ("ACME", "ACME HEALTH", "512345678"),
        };
        let today = made::days_ago(0).to_wire();
        let plb: String = self
            .entries
            .iter()
            .map(|(code, cents)| format!("PLB*1999001013*20261231*{code}*{}~", wire(*cents)))
            .collect();
        let body = format!(
            "BPR*{payment}************{day}~TRN*1*T{cycle}*1{tax_id}~DTM*405*{day}~\
             N1*PR*{name}{variant}~N3*1 PAYER WAY~N4*BOSTON*MA*02110~\
             PER*BL*ACME CLAIMS*TE*6175550199~N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~{}{plb}",
            self.claims
        );
        let segments = body.matches('~').count() + 2;
        format!(
            "ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*CLAIMGATE      *{}*0000*^*00501*\
             {control_number:09}*0*T*:~GS*HP*{sender}*CLAIMGATE*{today}*0000*{control_number}*X*\
             005010X221A1~ST*835*0001~{body}SE*{segments}*0001~GE*1*{control_number}~\
             IEA*1*{control_number:09}~",
            &today[2..]
        )
    }
}

impl Remitted {
    /// What the bank shows of it, if it pays anything: a table of one line.
    pub fn deposit(&self, cycle: usize) -> Option<String> {
        let amount = Money::from_cents(self.amount());
        let day = made::days_ago(9 - cycle as i64);
        let table = format!("date,amount,check number\n{day},{amount},T{cycle}\n");
        (!self.claims.is_empty() && !amount.is_zero()).then_some(table)
    }
}

/// The files of three cycles, payments, takebacks and corrections, and that of the second payer.
pub fn files(fates: &[Fate], interest: i64) -> Vec<Remitted> {
    let mut cycles = vec![Remitted::default(); CYCLES + 1];
    cycles[CYCLES].is_second = true;
    for (index, fate) in fates.iter().enumerate() {
        let number = format!("M{:05}", index + 1);
        let pay = |cycle: &mut Remitted, number: &str, paid: i64, share: i64| {
            cycle.add(number, "1", paid, &[("CO*45", CHARGE - paid - share), ("PR*1", share)]);
        };
        match *fate {
            Fate::Paid { paid, share } => pay(&mut cycles[0], &number, paid, share),
            Fate::Denied => cycles[0].add(&number, "1", 0, &[("CO*50", CHARGE)]),
            Fate::TakenBack { paid } => {
                pay(&mut cycles[0], &number, paid, 0);
                cycles[1].add(&number, "22", paid, &[("CO*45", CHARGE - paid)]);
            }
            Fate::Corrected { first, then } => {
                pay(&mut cycles[0], &number, first, 0);
                cycles[1].add(&number, "22", first, &[("CO*45", CHARGE - first)]);
                // The payer waits with the money, and takes it with the correction.
                if first > 0 {
                    cycles[1].entries.push((format!("WO:P{number}"), -first));
                    cycles[2].entries.push((format!("WO:P{number}"), first));
                }
                pay(&mut cycles[2], &number, then, 0);
            }
            Fate::Unknown { paid } => pay(&mut cycles[0], "NOBODY", paid, 0),
            Fate::Unequal { paid } => {
                cycles[0].add(&number, "1", paid, &[("CO*45", CHARGE - paid - 1)]);
            }
            Fate::Replaced { first, then } => {
                pay(&mut cycles[0], &number, first, 0);
                cycles[2].add(&number, "22", first, &[("CO*45", CHARGE - first)]);
                let anew = [("CO*45", CHARGE - then)];
                cycles[2].add_as(&format!("R{number}"), &number, "1", then, &anew);
            }
            Fate::Voided { paid } => {
                pay(&mut cycles[0], &number, paid, 0);
                cycles[1].add(&number, "22", paid, &[("CO*45", CHARGE - paid)]);
            }
            Fate::Second { paid, share, then } => {
                pay(&mut cycles[0], &number, paid, share);
                // The second payer gives its claims the same numbers.
                let left = [("OA*23", CHARGE - share), ("PR*2", share - then)];
                cycles[CYCLES].add(&number, "2", then, &left);
            }
        }
    }
    if interest > 0 {
        cycles[0].entries.push(("L6:I1".to_owned(), -interest));
    }
    for (index, cycle) in cycles.iter_mut().enumerate() {
        cycle.finish(index + 1);
    }
    cycles
}

/// What offices send for a claim after it went out first: a replacement, a void, a claim for the second
/// payer.
pub fn office_file(fate: &Fate, number: &str, control_number: u32) -> Option<String> {
    let made = Made::new(number);
    let original = format!("P{number}");
    let anew = |frequency| Made { frequency, original: original.clone(), ..made.clone() };
    let claim = match fate {
        Fate::Replaced { .. } => anew("7"),
        Fate::Voided { .. } => anew("8"),
        Fate::Second { .. } => made,
        Fate::Paid { .. }
        | Fate::Denied
        | Fate::TakenBack { .. }
        | Fate::Corrected { .. }
        | Fate::Unknown { .. }
        | Fate::Unequal { .. } => return None,
    };
    let text = made::interchange("CEDAR", control_number, &[claim]);
    let Fate::Second { paid, share, .. } = *fate else { return Some(text) };
    let wire = |cents: i64| Money::from_cents(cents).to_wire();
    let off = CHARGE - paid - share;
    let written_off = if off > 0 { format!("CAS*CO*45*{}~\n", wire(off)) } else { String::new() };
    let before = format!(
        "SBR*P*18*GRP2******CI~\n{written_off}CAS*PR*1*{}~\nAMT*D*{}~\nOI***Y***Y~\n\
         NM1*IL*1*ROE*JANE****MI*W{number}~\nNM1*PR*2*ACME HEALTH*****PI*ACME1~\n\
         DTP*573*D8*{}~\nLX*1",
        wire(share),
        wire(paid),
        made::days_ago(9).to_wire()
    );
    let text = text.replace("SBR*P*18", "SBR*S*18");
    let text = text.replace("*ACME HEALTH*****PI*ACME1", "*BEACON PLAN*****PI*BEACON1");
    let text = text.replace("LX*1", &before);
    let (start, _) = text.split_once("SE*").expect("a trailer");
    let segments = start.matches("~\n").count() - 1;
    Some(format!("{start}SE*{segments}*0001~\nGE*1*1~\nIEA*1*{control_number:09}~\n"))
}
