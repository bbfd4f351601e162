use x12::view::claim::Claim;

use crate::code_sets::tooth;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-05",
    name: "tooth-unknown",
    snip: 5,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A7:244",
    what: "A tooth is named that no mouth has, or several in one place.",
    why: "payers follow each tooth through the years and reject a number that is none",
    source: "ADA, universal tooth numbers; DentalXChange (TopsOrtho), tooth number too long",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_claim = claim.dental.iter().flat_map(|dental| &dental.tooth_statuses);
    let of_lines = claim.lines.iter().filter_map(|line| line.dental.as_ref());
    let of_lines = of_lines.flat_map(|line| &line.teeth);
    let numbers = of_claim.map(|status| status.tooth).chain(of_lines.map(|tooth| tooth.number));
    for number in numbers {
        if number.is_empty() || tooth::find(number.bytes()).is_some() {
            continue;
        }
        let (what, fix) = if number.bytes().len() > 2 {
            ("the tooth is more than two characters long", "give each tooth a TOO of its own")
        } else {
            ("there is no such tooth", "use 1 to 32, A to T, 51 to 82 or AS to TS, in capitals")
        };
        findings.report(number.place, what, fix);
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("TOO*JP*8*M", "TOO*JP*33*M")]).of(Clean::Dental),
    Example::fails(&[("TOO*JP*8*M", "TOO*JP*8,9*M")]).of(Clean::Dental),
    Example::fails(&[("TOO*JP*8*M", "TOO*JP*c*M")]).of(Clean::Dental),
    Example::fails(&[("DTP*472*D8*20260223~", "DTP*472*D8*20260223~\nDN2*0*M****JP~")])
        .of(Clean::Dental),
    Example::passes(&[("TOO*JP*8*M", "TOO*JP*C*M")]).of(Clean::Dental),
    Example::passes(&[("TOO*JP*8*M", "TOO*JP*58*M")]).of(Clean::Dental),
    Example::passes(&[("TOO*JP*8*M", "TOO*JP*CS*M")]).of(Clean::Dental),
];
