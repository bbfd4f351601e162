use std::collections::BTreeSet;

use x12::view::claim::Claim;

use crate::code_sets::dental_procedure::{self, Site};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-08",
    name: "tooth-surfaces-differ-from-procedure",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A8:240+A8:737",
    what: "A procedure is for so many surfaces, and another number of them is named.",
    why: "the number of surfaces sets the price; payers reject or recode the line",
    source: "ADA, Code on Dental Procedures and Nomenclature",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let code = line.procedure.code;
        let Some(Site::Surfaces(least, most)) = dental_procedure::site(code.bytes()) else {
            continue;
        };
        for tooth in line.dental.iter().flat_map(|dental| &dental.teeth) {
            let named: BTreeSet<&[u8]> =
                tooth.surfaces.iter().map(|surface| surface.bytes()).collect();
            // Until 2023 D2335 was also for fewer surfaces and the edge of the tooth.
            let is_edge = code.is("D2335") && named.contains(&b"I"[..]);
            let allowed = usize::from(least)..=usize::from(most);
            if named.is_empty() || allowed.contains(&named.len()) || is_edge {
                continue;
            }
            let count = if least == most { least.to_string() } else { format!("{least} or more") };
            findings.report(
                tooth.surface.place,
                format!("{} is for {count} surfaces, but {} are named", code.text(), named.len()),
                "name the surfaces that were treated, or bill the code for as many",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("TOO*JP*8*M", "TOO*JP*8*M:I")]).of(Clean::Dental),
    Example::fails(&[("AD:D2330", "AD:D2331")]).of(Clean::Dental),
    Example::fails(&[("AD:D2330", "AD:D2335"), ("TOO*JP*8*M", "TOO*JP*8*M:D")]).of(Clean::Dental),
    Example::fails(&[("AD:D2330", "AD:D2331"), ("TOO*JP*8*M", "TOO*JP*8*M:M")]).of(Clean::Dental),
    Example::passes(&[("AD:D2330", "AD:D2335"), ("TOO*JP*8*M", "TOO*JP*8*M:I")]).of(Clean::Dental),
    Example::passes(&[("AD:D2330", "AD:D2394"), ("TOO*JP*8*M", "TOO*JP*30*M:O:D:B:L")])
        .of(Clean::Dental),
];
