//! Other payers of a claim, and what they did with it: every amount is accounted for.

use x12::guide::row::Loop;
use x12::value::{Day, Money};
use x12::view::claim::Kind;

use crate::chance::Chance;
use crate::codes;
use crate::facts::{Facts, minus};
use crate::tree::{Node, Part, What};

/// A payer beside the claim's own.
#[derive(Clone, Debug)]
pub struct OtherPayer {
    pub id: String,
    pub name: String,
    pub turn: String,
    pub plan: String,
    pub decided: Decided,
    /// The day of its remittance.
    pub on: Day,
    /// What it said of each line: what it paid, and why not more.
    pub lines: Vec<Split>,
    /// The same of the claim as a whole.
    pub whole: Split,
}

/// How far a payer has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    NotYet,
    AsAWhole,
    LineByLine,
    /// It was never asked, because it covers none of this.
    PassedOver,
}

/// What was paid of an amount, and what happened to the rest.
#[derive(Clone, Debug, Default)]
pub struct Split {
    pub paid_cents: i64,
    /// Each a CAS: group, reasons and amounts.
    pub groups: Vec<(String, Vec<(String, i64)>)>,
}

impl Split {
    fn of(cents: i64, place: &str, on: Day, chance: &Chance) -> Split {
        let share =
            |what: &str, of: i64| of * chance.below(&format!("{place} {what}"), 40) as i64 / 100;
        if chance.happens(&format!("{place} denied"), 8) {
            let groups = vec![("CO".to_owned(), vec![("96".to_owned(), cents)])];
            return Split { paid_cents: 0, groups };
        }
        let mut rest = cents;
        let mut groups = Vec::new();
        for (group, reasons) in [("CO", 3), ("PR", 6), ("OA", 1), ("PI", 2), ("CR", 1)] {
            let mut of_group: Vec<(String, i64)> = Vec::new();
            for number in 0..reasons {
                let amount = share(&format!("{group} {number}"), rest);
                if amount > 0 {
                    let at = format!("{place} {group} {number} reason");
                    let reason = codes::pick_of("claim-adjustment-reason", &at, on, chance);
                    if of_group.iter().all(|(known, _)| *known != reason) {
                        of_group.push((reason, amount));
                        rest -= amount;
                    }
                }
            }
            if !of_group.is_empty() {
                groups.push((group.to_owned(), of_group));
            }
        }
        Split { paid_cents: rest, groups }
    }

    /// The CAS segments.
    fn adjustments(&self) -> Vec<Vec<String>> {
        let in_words = |(group, reasons): &(String, Vec<(String, i64)>)| {
            let mut elements = vec!["CAS".to_owned(), group.clone()];
            for (number, (reason, cents)) in reasons.iter().enumerate() {
                elements.extend([reason.clone(), wire(*cents)]);
                // How many units are meant, where it is not all of them.
                let is_part = cents % 7 == 0;
                elements.push(if is_part { "1".to_owned() } else { String::new() });
                if number + 1 == reasons.len() && !is_part {
                    elements.pop();
                }
            }
            elements
        };
        self.groups.iter().map(in_words).collect()
    }

    /// What is left for the patient or for the next payer to pay.
    fn patient_cents(&self) -> i64 {
        let of_patient = self.groups.iter().filter(|(group, _)| group == "PR");
        of_patient.flat_map(|(_, reasons)| reasons).map(|(_, cents)| cents).sum()
    }
}

/// An amount as X12 writes it.
pub fn wire(cents: i64) -> String {
    Money::from_cents(cents).to_wire()
}

/// The other payers that a claim may have: those before its own have decided, those behind it have
/// not.
pub fn others(facts: &Facts, place: &str, chance: &Chance) -> Vec<OtherPayer> {
    const TURNS: [&str; 11] = ["P", "S", "T", "A", "B", "C", "D", "E", "F", "G", "H"];
    if facts.turn == "U" {
        // Nobody knows who pays first.
        let at = format!("{place} payer U");
        let is_there = chance.happens(&at, 50);
        return is_there
            .then(|| OtherPayer::new(facts, "U", false, &at, chance))
            .into_iter()
            .collect();
    }
    let Some(own) = TURNS.iter().position(|turn| *turn == facts.turn) else { return Vec::new() };
    let mut others = Vec::new();
    for (number, turn) in TURNS.iter().enumerate() {
        let at = format!("{place} payer {turn}");
        let is_needed = number < own;
        if number == own || !(is_needed || chance.fills(&at)) {
            continue;
        }
        if number > own + 1 && others.len() < number - 1 {
            // Turns are not left out.
            continue;
        }
        others.push(OtherPayer::new(facts, turn, is_needed, &at, chance));
    }
    others
}

impl OtherPayer {
    fn new(facts: &Facts, turn: &str, is_before: bool, at: &str, chance: &Chance) -> OtherPayer {
        const AFTER: [Decided; 2] = [Decided::NotYet, Decided::PassedOver];
        const BEFORE: [Decided; 3] = [Decided::AsAWhole, Decided::LineByLine, Decided::PassedOver];
        let way = |all: &[Decided]| all[chance.below(&format!("{at} decided"), all.len())];
        let decided = if is_before { way(&BEFORE) } else { way(&AFTER) };
        // Between the service and this claim.
        let span = facts.made.days_since(facts.days.to).max(0);
        let on = minus(facts.made, (chance.below(&format!("{at} on"), 30) as i64).min(span));
        let lines: Vec<Split> = facts
            .lines
            .iter()
            .enumerate()
            .map(|(number, line)| Split::of(line.cents, &format!("{at} line {number}"), on, chance))
            .collect();
        let whole = match decided {
            Decided::LineByLine => {
                Split { paid_cents: lines.iter().map(|line| line.paid_cents).sum(), groups: vec![] }
            }
            Decided::AsAWhole | Decided::NotYet | Decided::PassedOver => {
                Split::of(facts.total_cents, at, on, chance)
            }
        };
        let plan = chance.pick(&format!("{at} plan"), &PLANS);
        let id = format!("OTHER{turn}");
        OtherPayer {
            name: format!("OTHER PLAN {turn}"),
            id,
            turn: turn.to_owned(),
            plan: plan.to_owned(),
            decided,
            on,
            lines,
            whole,
        }
    }

    /// Its loop 2320, or a loop 2430 of a line, as far as it is for the payer to say. `None` where it
    /// says nothing.
    pub fn begun(
        &self,
        table: &'static Loop,
        facts: &Facts,
        at: &str,
        chance: &Chance,
    ) -> Option<Node> {
        let mut node = Node { table, parts: Vec::new() };
        if table.id == "2430" {
            if self.decided != Decided::LineByLine {
                return None;
            }
            for elements in self.of_line(facts, at, chance) {
                node.put(elements);
            }
            return Some(node);
        }
        node.put(self.coverage(facts, at, chance));
        for elements in self.amounts(facts, at, chance) {
            node.put(elements);
        }
        let (row, inner) = node.inner("2330B")?;
        let mut payer = Node { table: inner, parts: Vec::new() };
        let kind = chance.pick(&format!("{at} number"), &["PI", "XV"]);
        let name = ["NM1", "PR", "2", &self.name, "", "", "", "", kind, &self.id];
        payer.put(name.map(str::to_owned).to_vec());
        if self.decided == Decided::AsAWhole {
            payer.put(["DTP", "573", "D8", &self.on.to_wire()].map(str::to_owned).to_vec());
        }
        node.insert(Part { row, what: What::Loop(payer) });
        Some(node)
    }

    /// SBR.
    fn coverage(&self, facts: &Facts, at: &str, chance: &Chance) -> Vec<String> {
        let relationship = if facts.patient_is_subscriber {
            chance.pick(&format!("{at} relationship"), &["18", "18", "01", "19", "G8"])
        } else {
            const OTHERS: [&str; 8] = ["01", "19", "20", "21", "39", "40", "53", "G8"];
            chance.pick(&format!("{at} relationship"), &OTHERS)
        };
        let mut elements = vec!["SBR".to_owned(), self.turn.clone(), relationship.to_owned()];
        elements.resize(10, String::new());
        match chance.below(&format!("{at} group"), 3) {
            0 => elements[3] = "GRP77".to_owned(),
            1 => elements[4] = "GRAY SHIPYARD".to_owned(),
            _ => {}
        }
        let is_medicare = matches!(self.plan.as_str(), "MA" | "MB");
        if is_medicare && self.turn != "P" && facts.kind != Kind::Institutional {
            const WHY: [&str; 9] = ["12", "13", "14", "15", "16", "41", "42", "43", "47"];
            elements[5] = chance.pick(&format!("{at} insurance type"), &WHY).to_owned();
        }
        elements[9] = self.plan.clone();
        elements
    }

    /// The CAS and AMT of the claim as a whole, in the order of the guide's rows.
    fn amounts(&self, facts: &Facts, at: &str, chance: &Chance) -> Vec<Vec<String>> {
        let amount =
            |which: &str, cents: i64| vec!["AMT".to_owned(), which.to_owned(), wire(cents)];
        let mut segments = Vec::new();
        match self.decided {
            Decided::NotYet => {}
            Decided::PassedOver => segments.push(amount("A8", facts.total_cents)),
            Decided::AsAWhole => {
                segments.extend(self.whole.adjustments());
                segments.push(amount("D", self.whole.paid_cents));
                if chance.fills(&format!("{at} liability")) {
                    segments.push(amount("EAF", self.whole.patient_cents()));
                }
            }
            Decided::LineByLine => segments.push(amount("D", self.whole.paid_cents)),
        }
        segments
    }

    /// What it did with a line: a loop 2430 by its segments.
    fn of_line(&self, facts: &Facts, at: &str, chance: &Chance) -> Vec<Vec<String>> {
        let number = facts.line.get().saturating_sub(1);
        let (Some(split), line) = (self.lines.get(number), facts.line()) else { return vec![] };
        let mut paid = vec!["SVD".to_owned(), self.id.clone(), wire(split.paid_cents)];
        let is_told = chance.happens(&format!("{at} told"), 10);
        paid.push(line.procedure.clone());
        if is_told && !line.code.is_empty() {
            let mut parts: Vec<&str> = line.procedure.split(':').collect();
            parts.resize(6, "");
            parts.push("AS ORDERED");
            paid[3] = parts.join(":");
        }
        if facts.kind == Kind::Dental && chance.happens(&format!("{at} local"), 5) {
            // A payer of work injuries has codes of its own.
            paid[3] = "ER:L0017".to_owned();
        }
        if facts.kind == Kind::Institutional {
            if line.code.is_empty() {
                paid[3].clear();
            }
            paid.push(line.revenue.clone());
        } else {
            paid.push(String::new());
        }
        paid.push(if line.units.is_empty() { "1".to_owned() } else { line.units.clone() });
        if chance.happens(&format!("{at} bundled"), 5) {
            paid.push((chance.below(&format!("{at} into"), facts.lines.len()) + 1).to_string());
        }
        let mut segments = vec![paid];
        segments.extend(split.adjustments());
        segments.push(["DTP", "573", "D8", &self.on.to_wire()].map(str::to_owned).to_vec());
        if chance.fills(&format!("{at} liability")) {
            segments.push(vec!["AMT".to_owned(), "EAF".to_owned(), wire(split.patient_cents())]);
        }
        segments
    }
}

const PLANS: [&str; 23] = [
    "11", "12", "13", "14", "15", "16", "17", "AM", "BL", "CH", "CI", "DS", "FI", "HM", "LM", "MA",
    "MB", "MC", "OF", "TV", "VA", "WC", "ZZ",
];
