//! A clean claim for the tests of rules, and what a rule finds after a change of its text.

use bytes::Bytes;
use x12::fault::Fault;
use x12::value::Day;

use super::{Context, Earlier, Finding, Rule, scrub};

/// A clean professional claim with two lines, one segment a line. Everything in it is made up.
pub const CLEAN: &str = "\
ISA*00*          *00*          *ZZ*OFFICE         *ZZ*GATEWAY        *261028*0930*^*00501*000000001*0*T*:~
GS*HC*OFFICE*GATEWAY*20261028*0930*1*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*B1*20261028*0930*CH~
NM1*41*2*CEDAR BILLING*****46*CEDAR~
PER*IC*ANN LOW*TE*6175550142~
NM1*40*2*GATEWAY*****46*GATEWAY~
HL*1**20*1~
PRV*BI*PXC*207Q00000X~
NM1*85*2*CEDAR CLINIC*****XX*1999001013~
N3*12 MAIN ST~
N4*BOSTON*MA*021103202~
REF*EI*043219876~
HL*2*1*22*0~
SBR*P*18*GRP1******CI~
NM1*IL*1*ROE*JANE****MI*W1~
N3*1 ELM ST~
N4*BOSTON*MA*02110~
DMG*D8*19800101*F~
NM1*PR*2*ACME HEALTH*****PI*ACME1~
CLM*A1*100***11:B:1*Y*A*Y*Y~
HI*ABK:E119*ABF:I10~
NM1*82*1*POE*SAM****XX*1999001021~
PRV*PE*PXC*207Q00000X~
LX*1~
SV1*HC:99213:25*60*UN*1***1:2~
DTP*472*D8*20261006~
REF*6R*A1-1~
LX*2~
SV1*HC:93000*40*UN*1***2~
DTP*472*D8*20261006~
REF*6R*A1-2~
SE*31*0001~
GE*1*1~
IEA*1*000000001~
";

/// What `rule` finds in the clean claim after each `(from, to)` is replaced; every `from` must
/// stand in the text exactly once.
pub fn findings(rule: &'static Rule, changes: &[(&str, &str)]) -> Vec<Finding> {
    findings_in(rule, &changed(changes))
}

fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(CLEAN.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from} must stand in the claim once");
        text.replace(from, to)
    })
}

/// What `rule` finds in the clean claim with changes, when the store knows of earlier claims.
pub fn findings_after(
    rule: &'static Rule,
    earlier: &Earlier,
    changes: &[(&str, &str)],
) -> Vec<Finding> {
    let context = Context { earlier: earlier.clone(), ..Context::new(today()) };
    scrub_file(&[rule], changed(changes).as_bytes(), &context).0
}

/// What `rule` finds in a file, when the store knows of earlier claims.
pub fn findings_in_after(rule: &'static Rule, earlier: &Earlier, text: &str) -> Vec<Finding> {
    let context = Context { earlier: earlier.clone(), ..Context::new(today()) };
    scrub_file(&[rule], text.as_bytes(), &context).0
}

/// The day of these tests.
fn today() -> Day {
    Day::new(2026, 11, 1).expect("a day of the calendar")
}

/// What `rule` finds in all claims of a file, on 1 November 2026.
pub fn findings_in(rule: &'static Rule, text: &str) -> Vec<Finding> {
    findings_of(&[rule], text.as_bytes()).0
}

/// What `rules` find in all claims of a file, on 1 November 2026, and the faults that
/// its guide finds.
pub fn findings_of(rules: &[&'static Rule], file: &[u8]) -> (Vec<Finding>, Vec<Fault>) {
    scrub_file(rules, file, &Context::new(today()))
}

fn scrub_file(
    rules: &[&'static Rule],
    file: &[u8],
    context: &Context,
) -> (Vec<Finding>, Vec<Fault>) {
    let reading = x12::interchange::read(&Bytes::copy_from_slice(file));
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for interchange in &reading.interchanges {
        faults.extend(&interchange.faults);
        faults.extend(interchange.groups.iter().flat_map(|group| &group.faults));
        faults.extend(
            interchange.groups.iter().flat_map(|group| &group.sets).flat_map(|set| &set.faults),
        );
        let sets = interchange.groups.iter().flat_map(|group| {
            let version = interchange.group_header(group).text(8);
            group.sets.iter().map(move |set| (String::from_utf8_lossy(version), set))
        });
        for (version, set) in sets {
            let guide = x12::guide::find(&version, "837").expect("a guide of claims");
            let walked = x12::walk::walk(interchange, set, guide);
            for claim in x12::view::claim::claims(interchange, set, &walked) {
                found.extend(scrub(&claim, context, rules));
            }
            faults.extend(walked.faults);
        }
    }
    (found, faults)
}
