//! A name, an address or a number of the office holds a character that files use as a
//! separator.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-15",
    name: "reserved-character-in-name",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:511+A7:481",
    why: "a payer's reader may split the value there, and the rest of the claim moves",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let mut fields = vec![claim.patient_control_number, claim.subscriber.group_name];
    for party in claim.parties() {
        fields.extend([party.last_name, party.first_name]);
        if let Some(address) = party.address {
            fields.extend([address.line, address.second_line, address.city]);
        }
    }
    for field in fields {
        if field.bytes().iter().any(|byte| b"*>^`~|".contains(byte)) {
            findings.report(
                field.place,
                "the value holds one of * > ^ ` ~ |",
                "write the value without it",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_reserved_character_in_name() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("ROE*JANE", "ROE*JA>NE")]).len(), 1);
        assert_eq!(findings(&RULE, &[("N3*1 ELM ST", "N3*1 ELM ST `B")]).len(), 1);
        assert_eq!(findings(&RULE, &[("ROE*JANE", "O'BRIEN-SMITH*JANE")]).len(), 0);
    }
}
