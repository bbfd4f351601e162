//! Random scripts for both payers: most of what payers do, in shares and with amounts of their own.

use crate::chance::Chance;

/// Outcomes of which nothing more is asked of the payer: what it says of them waits for a person.
pub const LEFT_ALONE: [&str; 5] = ["unknown", "renamed", "off", "claim-off", "twice"];

/// How its steps are written, with percents of its own.
struct Writer<'c> {
    chance: &'c mut Chance,
    text: String,
}

impl Writer<'_> {
    fn new<'c>(
        id: &str,
        name: &str,
        tax_id: &str,
        sharing: &str,
        chance: &'c mut Chance,
    ) -> Writer<'c> {
        let seed = chance.below(1 << 30);
        let text = format!(
            "seed = {seed}\n[payer]\nid = \"{id}\"\nname = \"{name}\"\ntax_id = \"{tax_id}\"\n\
             sharing = \"{sharing}\"\n"
        );
        Writer { chance, text }
    }

    fn pay(&mut self, more: &str) -> String {
        let (contractual, coinsurance) = (self.chance.below(60), self.chance.below(40));
        let of = format!("contractual = {contractual}, coinsurance = {coinsurance}");
        format!("{{ act = \"pay\", {of}{more} }}")
    }

    fn outcome(&mut self, name: &str, percent: u64, rest: &str) {
        self.text
            .push_str(&format!("[[outcome]]\nname = \"{name}\"\npercent = {percent}\n{rest}\n"));
    }

    fn steps(&mut self, name: &str, percent: u64, steps: &[String]) {
        self.outcome(name, percent, &format!("step = [{}]", steps.join(", ")));
    }
}

fn reverse(after: u64) -> String {
    format!("{{ act = \"reverse\", after = {after} }}")
}

fn deny(reason: &str) -> String {
    format!("{{ act = \"deny\", reason = \"{reason}\" }}")
}

/// The payer that claims go to first. When it speaks of a claim by its own number alone, which it told
/// before, the files are not independent.
pub fn first_payer(sharing: &str, is_independent: bool, chance: &mut Chance) -> String {
    let mut to = Writer::new("ACME", "ACME HEALTH", "512345678", sharing, chance);
    let later = "{ act = \"reverse\", after = 1, recover_after = 2 }".to_owned();
    to.outcome("silent", 2, "silent = true");
    to.outcome("rejected", 2, "reject = { by = \"277CA\" }");
    let steps = [to.pay(", after = 3")];
    to.steps("late", 5, &steps);
    let steps = [to.pay(", claim_number = \"unknown\"")];
    to.steps("unknown", 2, &steps);
    let steps = [to.pay(""), reverse(1), to.pay(", after = 1")];
    to.steps("reversed", 10, &steps);
    let steps = [to.pay(""), reverse(2), to.pay("")];
    to.steps("at-once", 10, &steps);
    if !is_independent {
        let steps = [to.pay(""), reverse(1), to.pay(", after = 1, claim_number = \"zero\"")];
        to.steps("renamed", 10, &steps);
    }
    let steps = [to.pay(""), later, to.pay(", after = 2")];
    to.steps("recovered", 10, &steps);
    let steps = [to.pay(", interest = \"1.27\""), reverse(3)];
    to.steps("taken-for-good", 5, &steps);
    let steps = [to.pay(", interest = \"0.31\", overpay = \"2\"")];
    to.steps("interest", 5, &steps);
    let steps = [to.pay(", split_claim = 2"), reverse(2), to.pay(", split_lines = 3")];
    to.steps("split", 10, &steps);
    let steps = [to.pay(", bundle = \"80053\"")];
    to.steps("bundled", 10, &steps);
    let steps = [to.pay(", recode = \"99212\", line_numbers = false")];
    to.steps("recoded", 5, &steps);
    let steps = [to.pay(", whole = true, deductible = \"30\"")];
    to.steps("whole", 5, &steps);
    let steps = [to.pay(", underpay = \"3.33\", sequestration = 2")];
    to.steps("less", 5, &steps);
    let steps = [to.pay(", off_by = \"5\"")];
    to.steps("off", 3, &steps);
    let steps = [to.pay(", claim_off_by = \"3\"")];
    to.steps("claim-off", 3, &steps);
    let steps = [to.pay(", again = 1")];
    to.steps("twice", 5, &steps);
    let steps = [to.pay(", after = 1, reuses_trace = true")];
    to.steps("same-trace", 5, &steps);
    let steps = [to.pay(", forward_to = \"NEXT HEALTH\"")];
    to.steps("passed-on", 5, &steps);
    to.steps("denied", 10, &[deny("29")]);
    let steps = [deny("16"), reverse(1), to.pay("")];
    to.steps("denied-then-paid", 10, &steps);
    let steps = ["{ act = \"deny\", reason = \"50\", lines = [2] }".to_owned()];
    to.steps("one-line-denied", 10, &steps);
    let steps = [to.pay("")];
    to.steps("paid", 100, &steps);
    to.text
}

/// The payer that pays what the first one left.
pub fn next_payer(chance: &mut Chance) -> String {
    let mut to = Writer::new("BEACON", "BEACON PLAN", "598765432", "payee", chance);
    to.outcome("silent", 5, "silent = true");
    to.steps("nothing", 15, &["{ act = \"pay\", coinsurance = 100, contractual = 0 }".to_owned()]);
    let steps = [to.pay(", tells_prior = false")];
    to.steps("hidden", 10, &steps);
    let steps = [to.pay(""), reverse(1), to.pay("")];
    to.steps("reversed", 10, &steps);
    to.steps("denied", 10, &[deny("50")]);
    let steps = [to.pay(", whole = true")];
    to.steps("whole", 10, &steps);
    let steps = [to.pay("")];
    to.steps("paid", 100, &steps);
    to.text
}

/// What payers deny with, and adjust: group and reason.
const DENIALS: [(&str, &str); 14] = [
    ("CO", "16"),
    ("CO", "29"),
    ("CO", "50"),
    ("CO", "197"),
    ("CO", "252"),
    ("CO", "22"),
    ("CO", "97"),
    ("CO", "45"),
    ("OA", "209"),
    ("OA", "109"),
    ("OA", "18"),
    ("PI", "16"),
    ("PR", "27"),
    ("PR", "96"),
];

/// Both payers, which decide whatever they like: they pay and deny, the claim or a line, with a reversal in
/// between or without.
pub fn wild(sharing: &str, chance: &mut Chance) -> (String, String) {
    let mut first = Writer::new("ACME", "ACME HEALTH", "512345678", sharing, chance);
    first.wild_outcomes();
    let first = first.text;
    let mut next = Writer::new("BEACON", "BEACON PLAN", "598765432", "payee", chance);
    next.wild_outcomes();
    (first, next.text)
}

impl Writer<'_> {
    fn wild_outcomes(&mut self) {
        const OUTCOMES: u64 = 12;
        for number in 0..OUTCOMES {
            let steps = 1 + self.chance.below(4);
            let steps: Vec<String> = (0..steps).map(|at| self.wild_step(at == 0)).collect();
            self.steps(&format!("wild-{number}"), 100 / (OUTCOMES - number), &steps);
        }
    }

    fn wild_step(&mut self, is_first: bool) -> String {
        let after = format!(", after = {}", self.chance.below(2));
        let reverses = if is_first { 0 } else { 3 };
        match self.chance.below(7 + reverses) {
            0..=2 => self.pay(&after),
            3 => {
                let more =
                    ["bundle = \"80053\"", "whole = true", "overpay = \"5\"", "split_lines = 2"];
                let more = more[self.chance.index(more.len())];
                self.pay(&format!(", {more}{after}"))
            }
            4..=6 => {
                let (group, reason) = DENIALS[self.chance.index(DENIALS.len())];
                let lines = ["", ", lines = [1]", ", lines = [2]"][self.chance.index(3)];
                let of = format!("group = \"{group}\", reason = \"{reason}\"");
                format!("{{ act = \"deny\", {of}{lines}{after} }}")
            }
            _ => reverse(self.chance.below(2)),
        }
    }
}
