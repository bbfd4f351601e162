use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-20",
    name: "mileage-without-transport",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:454",
    what: "Miles of an ambulance are billed without the transport itself.",
    why: "miles are paid beside a transport alone; the payer denies the line",
    source: "CMS, Claims Processing Manual 100-04 ch. 15",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Miles on land, by plane and by helicopter.
const MILES: &[&str] = &["A0425", "A0435", "A0436"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let has_transport = claim.lines.iter().any(|line| is_transport(line.procedure.code));
    for code in claim.lines.iter().map(|line| line.procedure.code) {
        if code.is_any(MILES) && !has_transport {
            findings.report(
                code.place,
                format!("{} bills miles, and no line the transport", code.text()),
                "bill the transport in the same claim",
            );
        }
    }
}

/// Whether it is of the transports, those of Medicaid among them: vans, taxis, escorts.
fn is_transport(code: Field<'_>) -> bool {
    let is_of_block = matches!(code.bytes(), [b'A', b'0', ..] | [b'T', b'2', b'0', b'0', _])
        || code.is_any(&["S0209", "S9960", "S9961"]);
    is_of_block && !code.is_any(MILES) && !code.is_any(BESIDE_TRANSPORT)
}

/// Miles by other codes, supplies of an ambulance, its waiting, oxygen, and a second attendant.
const BESIDE_TRANSPORT: &[&str] = &[
    "A0380", "A0382", "A0384", "A0390", "A0392", "A0394", "A0396", "A0398", "A0420", "A0422",
    "A0424", "A0888",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV1*HC:93000*40", "SV1*HC:A0425:RH*40"), TRIP, STOPS, BILLER]),
    // Oxygen is no transport.
    Example::fails(&[
        ("SV1*HC:93000*40", "SV1*HC:A0425:RH*40"),
        ("SV1*HC:99213:25*60", "SV1*HC:A0422:RH*60"),
        TRIP,
        STOPS,
        BILLER,
    ]),
    Example::passes(&[
        ("SV1*HC:93000*40", "SV1*HC:A0425:RH*40"),
        ("SV1*HC:99213:25*60", "SV1*HC:A0429:RH*60"),
        TRIP,
        STOPS,
        BILLER,
    ]),
];

const TRIP: (&str, &str) = ("11:B:1*Y*A*Y*Y~", "41:B:1*Y*A*Y*Y~\nCR1****A*DH*1~\nCRC*07*Y*04~");

const STOPS: (&str, &str) = (
    "LX*1~",
    "NM1*PW*2~\nN3*1 ELM ST~\nN4*BOSTON*MA*02110~\nNM1*45*2~\nN3*2 ELM ST~\nN4*BOSTON*MA*02110~\nLX*1~",
);

const BILLER: (&str, &str) = ("PRV*BI*PXC*207Q00000X", "PRV*BI*PXC*3416L0300X");
