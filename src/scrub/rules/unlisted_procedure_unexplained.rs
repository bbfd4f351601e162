use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-15",
    name: "unlisted-procedure-unexplained",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:306",
    what: "A code that stands for anything unlisted comes without saying what was done.",
    why: "the payer cannot price what it is not told and rejects the line",
    source: "Tebra; CMS, CEDI front end",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let code = line.procedure.code.bytes();
        // A note also says what it was, and of a drug its own code.
        let is_told = line.procedure.description.text().contains(char::is_alphanumeric)
            || !line.notes.is_empty()
            || !claim.notes.is_empty()
            || (line.drug.is_some() && is_drug(code));
        // Medicare has 90999 for the treatment itself on bills of dialysis (082x to 085x, 088x).
        let is_dialysis = line.procedure.code.is("90999")
            && line.revenue_code.is_some_and(|code| code.bytes().starts_with(b"08"));
        if !is_told && !is_dialysis && is_unlisted(code) {
            findings.report(
                line.procedure.description.place,
                format!(
                    "{} stands for anything unlisted, but its description is empty",
                    line.procedure.code.text()
                ),
                "say in the procedure's seventh part what was done or supplied",
            );
        }
    }
}

/// Whether the code is for a drug, a vaccine, a tracer or their giving: not for a supply or equipment.
fn is_drug(code: &[u8]) -> bool {
    !matches!(code, [b'E' | b'K' | b'L' | b'V', ..])
}

fn is_unlisted(code: &[u8]) -> bool {
    UNLISTED.binary_search_by(|known| known.as_bytes().cmp(code)).is_ok()
}

/// Codes for what has no code of its own, in byte order.
const UNLISTED: &[&str] = &[
    "01999", "15999", "17999", "19499", "20999", "21089", "21299", "21499", "21899", "22899",
    "22999", "23929", "24999", "25999", "26989", "27299", "27599", "27899", "28899", "29799",
    "29999", "30999", "31299", "31599", "31899", "32999", "33999", "36299", "37501", "37799",
    "38129", "38589", "38999", "39499", "39599", "40799", "40899", "41599", "41899", "42299",
    "42699", "42999", "43289", "43499", "43659", "43999", "44238", "44799", "44899", "44979",
    "45399", "45499", "45999", "46999", "47379", "47399", "47579", "47999", "48999", "49329",
    "49659", "49999", "50549", "50949", "51999", "53899", "54699", "55559", "55899", "58578",
    "58579", "58679", "58999", "59897", "59898", "59899", "60659", "60699", "64999", "66999",
    "67299", "67399", "67599", "67999", "68399", "68899", "69399", "69799", "69949", "69979",
    "76496", "76497", "76498", "76499", "76999", "77299", "77399", "77499", "77799", "78099",
    "78199", "78299", "78399", "78499", "78599", "78699", "78799", "78999", "79999", "81099",
    "81479", "81599", "84999", "85999", "86849", "86999", "87999", "88099", "88199", "88299",
    "88399", "88749", "89240", "89398", "90399", "90749", "90899", "90999", "91299", "92499",
    "92700", "93799", "93998", "94799", "95199", "95999", "96379", "96549", "96999", "97039",
    "97139", "97799", "99199", "99429", "99499", "99600", "A0999", "A4421", "A4649", "A9698",
    "A9699", "A9999", "B9998", "B9999", "C9399", "E0769", "E1399", "E1699", "E2599", "J3490",
    "J3590", "J7599", "J7699", "J7799", "J7999", "J8498", "J8499", "J8597", "J8999", "J9999",
    "K0108", "K0812", "K0898", "K0899", "L0999", "L1499", "L2999", "L3649", "L3999", "L5999",
    "L7499", "L8039", "L8499", "L8699", "L9900", "P9099", "Q2039", "Q4050", "Q4051", "Q4082",
    "T1999", "T2047", "T5999", "V2199", "V2499", "V2599", "V2799", "V5298", "V5299",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:E1399:NU*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:E1399:NU::::\u{a0}*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:E1399:NU::::.*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:E1399:NU::::HUMIDIFIER*60*UN*1*")]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:E1399:NU*60*UN*1*"),
        ("REF*6R*A1-1", "REF*6R*A1-1~\nNTE*ADD*HUMIDIFIER"),
    ]),
    // Which package was given says nothing of what was supplied.
    Example::fails(&[
        ("HC:99213:25*60*UN*1*", "HC:E1399:NU*60*UN*1*"),
        ("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****8*ML~"),
    ]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:J3490*60*UN*1*"),
        ("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****8*ML~"),
    ]),
    Example::passes(&[("SV2*0450*HC:99284:25*", "SV2*0821*HC:90999:G6:V7*")]).of(Clean::Outpatient),
    Example::fails(&[("SV2*0450*HC:99284:25*", "SV2*0920*HC:90999*")]).of(Clean::Outpatient),
];
