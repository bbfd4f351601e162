//! Claims made up for tests that need many, or marked ones. Nothing in them is anybody's.

use claimgate::clock::{self, Timestamp, Zone};
use x12::value::Day;
use x12::view::claim::Kind;

const DAY_MICROS: i64 = 86_400_000_000;

/// The day so many days ago.
pub fn days_ago(days: i64) -> Day {
    Timestamp::from_micros(clock::now().micros() - days * DAY_MICROS).day(&Zone::UTC)
}

/// One claim: who it is for, and its number.
#[derive(Clone, Debug)]
pub struct Made {
    pub kind: Kind,
    /// CLM01.
    pub number: String,
    pub last_name: String,
    pub first_name: String,
    pub member: String,
    pub street: String,
    /// SV101-2, SV202-2 or SV301-2.
    pub procedure: String,
    /// CLM05-3, and REF*F8 when it is not empty.
    pub frequency: &'static str,
    pub original: String,
    /// Whether the payer BEACON1 pays after ACME1.
    pub has_next_payer: bool,
}

impl Made {
    /// A claim like many others, under a number of its own.
    pub fn new(number: &str) -> Made {
        Made {
            kind: Kind::Professional,
            number: number.to_owned(),
            last_name: "ROE".to_owned(),
            first_name: "JANE".to_owned(),
            // Members differ, or the same service twice would be held.
            member: format!("W{number}"),
            street: "1 ELM ST".to_owned(),
            procedure: "99213".to_owned(),
            frequency: "1",
            original: String::new(),
            has_next_payer: false,
        }
    }
}

/// Claims under `prefix` and a number each.
pub fn many(prefix: &str, count: usize) -> Vec<Made> {
    (1..=count).map(|number| Made::new(&format!("{prefix}{number:05}"))).collect()
}

/// An interchange of claims for the payer id ACME1, clean under every rule today: a group for each
/// kind of claim, in sets of at most 5000.
pub fn interchange(sender: &str, control_number: u32, claims: &[Made]) -> String {
    let (today, service) = (days_ago(0).to_wire(), days_ago(20).to_wire());
    let short = &today[2..];
    let mut text = format!(
        "ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*CLAIMGATE      *{short}*0000*^*00501*\
         {control_number:09}*1*T*:~\n"
    );
    let mut groups = 0;
    for kind in Kind::ALL {
        let of_kind: Vec<&Made> = claims.iter().filter(|claim| claim.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        groups += 1;
        let version = kind.version();
        text.push_str(&format!("GS*HC*{sender}*CLAIMGATE*{today}*0000*{groups}*X*{version}~\n"));
        let sets = of_kind.chunks(5_000);
        let count = sets.len();
        for (index, set) in sets.enumerate() {
            text.push_str(&write_set(index + 1, version, set, &today, &service));
        }
        text.push_str(&format!("GE*{count}*{groups}~\n"));
    }
    text.push_str(&format!("IEA*{groups}*{control_number:09}~\n"));
    text
}

fn write_set(number: usize, version: &str, claims: &[&Made], today: &str, service: &str) -> String {
    let mut set = format!(
        "ST*837*{number:04}*{version}~\n\
         BHT*0019*00*B{number}*{today}*0000*CH~\n\
         NM1*41*2*CEDAR BILLING*****46*CEDAR~\n\
         PER*IC*ANN LOW*TE*6175550142~\n\
         NM1*40*2*CLAIMGATE*****46*CLAIMGATE~\n\
         HL*1**20*1~\n\
         PRV*BI*PXC*207Q00000X~\n\
         NM1*85*2*CEDAR CLINIC*****XX*1999001013~\n\
         N3*12 MAIN ST~\n\
         N4*BOSTON*MA*021103202~\n\
         REF*EI*043219876~\n"
    );
    for (index, claim) in claims.iter().enumerate() {
        let Made { last_name, first_name, member, street, .. } = claim;
        let level = index + 2;
        set.push_str(&format!(
            "HL*{level}*1*22*0~\n\
             SBR*P*18*GRP1******CI~\n\
             NM1*IL*1*{last_name}*{first_name}****MI*{member}~\n\
             N3*{street}~\n\
             N4*BOSTON*MA*021101111~\n\
             DMG*D8*19800101*F~\n\
             NM1*PR*2*ACME HEALTH*****PI*ACME1~\n\
             {}",
            body(claim, service)
        ));
    }
    let segments = set.matches("~\n").count() + 1;
    set.push_str(&format!("SE*{segments}*{number:04}~\n"));
    set
}

/// A claim from its CLM on.
fn body(claim: &Made, service: &str) -> String {
    let Made { number, procedure, frequency, .. } = claim;
    let original = match claim.original.as_str() {
        "" => String::new(),
        original => format!("REF*F8*{original}~\n"),
    };
    let next_payer = next_payer(claim);
    match claim.kind {
        Kind::Professional => format!(
            "CLM*{number}*100***11:B:{frequency}*Y*A*Y*Y~\n\
             {original}\
             HI*ABK:E119~\n\
             NM1*82*1*POE*SAM****XX*1999001021~\n\
             PRV*PE*PXC*207Q00000X~\n\
             {next_payer}\
             LX*1~\n\
             SV1*HC:{procedure}*100*UN*1***1~\n\
             DTP*472*D8*{service}~\n\
             REF*6R*{number}L1~\n"
        ),
        Kind::Institutional => format!(
            "CLM*{number}*100***13:A:{frequency}**A*Y*Y~\n\
             DTP*434*RD8*{service}-{service}~\n\
             CL1*2*1*01~\n\
             {original}\
             HI*ABK:E119~\n\
             NM1*71*1*POE*SAM****XX*1999001021~\n\
             {next_payer}\
             LX*1~\n\
             SV2*0510*HC:{procedure}*60*UN*1~\n\
             DTP*472*D8*{service}~\n\
             LX*2~\n\
             SV2*0250**40*UN*3~\n\
             DTP*472*D8*{service}~\n"
        ),
        Kind::Dental => format!(
            "CLM*{number}*100***11:B:{frequency}*Y*A*Y*Y~\n\
             DTP*472*D8*{service}~\n\
             {original}\
             NM1*82*1*POE*SAM****XX*1999001021~\n\
             PRV*PE*PXC*1223G0001X~\n\
             {next_payer}\
             LX*1~\n\
             SV3*AD:{procedure}*100~\n\
             TOO*JP*8*M~\n\
             REF*6R*{number}L1~\n"
        ),
    }
}

/// 2320 of the payer that pays next.
fn next_payer(claim: &Made) -> String {
    let Made { last_name, first_name, member, .. } = claim;
    match claim.has_next_payer {
        false => String::new(),
        true => format!(
            "SBR*S*18*GRP2******CI~\n\
             OI***Y***Y~\n\
             NM1*IL*1*{last_name}*{first_name}****MI*{member}~\n\
             NM1*PR*2*BEACON PLAN*****PI*BEACON1~\n"
        ),
    }
}
