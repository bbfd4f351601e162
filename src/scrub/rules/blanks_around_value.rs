use x12::fault::Place;
use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-31",
    name: "blanks-around-value",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:511+A7:481",
    what: "An identifier, a code, a day or a note begins or ends with blanks.",
    why: "most readers leave blanks out; those that compare letter by letter do not find it",
    source: "DentalXChange (TopsOrtho), leading and trailing blanks; X12 RFI 2224",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut told: Vec<Place> = Vec::new();
    let mut look = |field: Field<'_>| {
        // What is not ASCII may be a blank of another kind, which only looks like one.
        let may_be_blank = |at: Option<&u8>| at.is_some_and(|&at| at == b' ' || !at.is_ascii());
        if !may_be_blank(field.bytes().first()) && !may_be_blank(field.bytes().last()) {
            return;
        }
        let text = field.text();
        let trimmed = text.trim();
        if trimmed.len() == text.len() {
            return;
        }
        if !trimmed.is_empty() && !told.contains(&field.place) {
            told.push(field.place);
            findings.repair(
                field,
                trimmed.to_owned(),
                "the value begins or ends with blanks",
                "write it without them",
            );
        }
    };
    look(claim.patient_control_number);
    look(claim.subscriber.group_number);
    for party in &context.parties {
        look(party.id);
        party.taxonomy.into_iter().for_each(&mut look);
        party.references.iter().for_each(|known| look(known.value));
        if let Some(address) = party.address {
            look(address.state);
            look(address.zip);
        }
    }
    claim.references.iter().for_each(|known| look(known.value));
    claim.diagnoses.iter().for_each(|diagnosis| look(diagnosis.code));
    claim.attachments.iter().for_each(|known| look(known.control_number));
    claim.notes.iter().copied().for_each(&mut look);
    for line in &claim.lines {
        line.references.iter().for_each(|known| look(known.value));
        line.attachments.iter().for_each(|known| look(known.control_number));
        line.drug.into_iter().chain(line.notes.iter().copied()).for_each(&mut look);
    }
    context.loose.iter().for_each(|loose| look(loose.field));
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("MI*W1", "MI*W1 ")]),
    Example::fails(&[("XX*1999001021", "XX* 1999001021")]),
    Example::fails(&[("MA*02110~", "MA*02110 ~")]),
    Example::fails(&[("CLM*A1*", "CLM* A1*")]),
    Example::fails(&[("PI*ACME1~", "PI*ACME1\u{a0}~")]),
    Example::fails(&[("PI*ACME1~", "PI*ACME1\u{3000}~")]),
    Example::passes(&[("CLM*A1*", "CLM*\u{c9}1*")]),
    Example::fails(&[("ABF:I10", "ABF:I10 ")]),
    Example::fails(&[("HI*ABK", "NTE*ADD*LEFT ~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "NTE*ADD*THE LEFT ONE~\nHI*ABK")]),
    Example::fails(&[("*472*D8*20261006~\nREF*6R*A1-1", "*472*D8*20261006 ~\nREF*6R*A1-1")]),
    Example::fails(&[("11:B:1", " 11:B:1")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213: 25*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:25*60*UN * 1*")]).times(2),
    Example::fails(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******CI ")]),
    Example::fails(&[("BBR:3E03329:D8", "BBR: 3E03329:D8")]).of(Clean::Inpatient),
];
