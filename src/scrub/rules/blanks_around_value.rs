use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-31",
    name: "blanks-around-value",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:511+A7:481",
    what: "An identifier, a code or a note begins or ends with blanks.",
    why: "payers compare it letter by letter and do not find it",
    source: "DentalXChange (TopsOrtho), leading and trailing blanks; X12 RFI 2224",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let mut fields = vec![claim.patient_control_number, claim.subscriber.group_number];
    for party in claim.parties() {
        fields.push(party.id);
        fields.extend(party.references.iter().map(|known| known.value));
        if let Some(address) = party.address {
            fields.extend([address.state, address.zip]);
        }
    }
    fields.extend(claim.references.iter().map(|known| known.value));
    fields.extend(claim.diagnoses.iter().map(|diagnosis| diagnosis.code));
    fields.extend(claim.attachments.iter().map(|known| known.control_number));
    fields.extend(&claim.notes);
    for line in &claim.lines {
        fields.extend(line.references.iter().map(|known| known.value));
        fields.extend(line.attachments.iter().map(|known| known.control_number));
        fields.extend(line.drug);
        fields.extend(&line.notes);
    }
    for field in fields {
        let text = field.text();
        let trimmed = text.trim_matches(' ');
        if !trimmed.is_empty() && trimmed.len() < text.len() {
            findings.repair(
                field,
                trimmed.to_owned(),
                "the value begins or ends with blanks",
                "write it without them",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("MI*W1", "MI*W1 ")]),
    Example::fails(&[("CLM*A1*", "CLM* A1*")]),
    Example::fails(&[("ABF:I10", "ABF:I10 ")]),
    Example::fails(&[("HI*ABK", "NTE*ADD*LEFT ~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "NTE*ADD*THE LEFT ONE~\nHI*ABK")]),
];
