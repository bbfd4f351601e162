//! What remittances come to, added up from their segments by other code than the gateway's.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use claimgate::intake::judge::judge;
use claimgate::reconcile::balance::balance;
use x12::interchange::{Interchange, Set};
use x12::value::Money;
use x12::view::remittance::remittance;

/// What the ledger has to hold.
#[derive(Debug, Default)]
pub struct Truth {
    /// CLM01 of all claims, with their offices.
    pub office_of: BTreeMap<String, String>,
    pub cash: Money,
    pub suspense: Money,
    pub provider_adjustments: Money,
    pub unmatched: usize,
    pub remittances: usize,
    pub claim_payments: usize,
    pub not_posted: usize,
    pub copies: usize,
    pub parts: usize,
    /// By CLM01, what was posted to each account besides the charge.
    claims: BTreeMap<String, BTreeMap<&'static str, Money>>,
    /// What makes a payment the same again.
    seen: BTreeSet<Vec<String>>,
    /// BPR02 of whole remittances and of their copies, by trace and day.
    whole: BTreeMap<(String, String), Vec<Money>>,
    parted: BTreeMap<(String, String), Vec<Money>>,
}

/// One set, segment by segment and element by element.
struct Lines(Vec<Vec<String>>);

impl Lines {
    fn new(interchange: &Interchange, set: &Set) -> Lines {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let lines = interchange.set_segments(set);
        Lines(lines.map(|line| line.elements().map(text).collect()).collect())
    }

    fn of(&self, tag: &str, n: usize) -> String {
        let line = self.0.iter().find(|line| line[0] == tag);
        line.and_then(|line| line.get(n)).cloned().unwrap_or_default()
    }
}

fn money(text: &str) -> Money {
    if text.is_empty() { Money::ZERO } else { Money::parse(text.as_bytes()).expect("an amount") }
}

impl Truth {
    /// A file that the payer sends.
    pub fn take(&mut self, file: &Bytes) {
        for interchange in x12::interchange::read(file).interchanges {
            for set in interchange.groups.iter().flat_map(|group| &group.sets) {
                self.take_remittance(&Lines::new(&interchange, set));
            }
        }
    }

    fn take_remittance(&mut self, lines: &Lines) {
        self.remittances += 1;
        let paid = money(&lines.of("BPR", 2));
        let payee = lines.0.iter().find(|line| line[0] == "N1" && line[1] == "PE").expect("N1*PE");
        let mut identity =
            vec![lines.of("TRN", 2), lines.of("BPR", 16), lines.of("BPR", 2), payee[4].clone()];
        if paid.is_zero() {
            identity.push(format!("{:?}", lines.0));
        }
        let of_claims: Money =
            lines.0.iter().filter(|line| line[0] == "CLP").map(|line| money(&line[4])).sum();
        let plb: Money = lines
            .0
            .iter()
            .filter(|line| line[0] == "PLB")
            .map(|line| line.iter().skip(4).step_by(2).map(|amount| money(amount)).sum::<Money>())
            .sum();
        let adds_up = paid == of_claims - plb;
        if !adds_up || !self.seen.insert(identity) {
            self.not_posted += 1;
            return;
        }
        self.cash += paid;
        self.provider_adjustments += plb;
        let key = (lines.of("TRN", 2), lines.of("BPR", 16));
        self.whole.entry(key).or_default().push(paid);
        let starts: Vec<usize> = (0..lines.0.len()).filter(|&at| lines.0[at][0] == "CLP").collect();
        for (index, &start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(lines.0.len());
            self.take_claim(&lines.0[start..end]);
        }
    }

    fn take_claim(&mut self, lines: &[Vec<String>]) {
        self.claim_payments += 1;
        let (clp, paid) = (&lines[0], money(&lines[0][4]));
        let mut accounts: BTreeMap<&'static str, Money> = BTreeMap::from([("cash", paid)]);
        for cas in lines.iter().filter(|line| line[0] == "CAS") {
            let account = match cas[1].as_str() {
                // What is rolled up in another line is added there (OA-94).
                "CO" if cas[2] == "97" => "other-adjustment",
                "CO" => "contractual",
                "PR" => "patient",
                _ => "other-adjustment",
            };
            let amounts = cas.iter().skip(3).step_by(3).map(|amount| money(amount));
            *accounts.entry(account).or_default() += amounts.sum();
        }
        let settled: Money = accounts.values().copied().sum();
        if clp[1].starts_with("NOBODY-") {
            self.unmatched += 1;
            self.suspense += paid;
        } else if settled == money(&clp[3]) {
            let number = self.claim_of(&clp[7]);
            let posted = self.claims.entry(number).or_default();
            for (account, amount) in accounts {
                *posted.entry(account).or_default() += amount;
            }
        } else {
            self.suspense += paid;
        }
    }

    /// The payer makes its number of ours: `PCN`, CLM01, CLM05-3, and the part of a split.
    fn claim_of(&self, payer_number: &str) -> String {
        let number = payer_number.strip_prefix("PCN").expect("the payer's number");
        let number = number.split_once('S').map_or(number, |(number, _)| number);
        let number = number.get(..number.len() - 1).expect("a frequency").to_owned();
        assert!(self.office_of.contains_key(&number), "{number} was never sent");
        number
    }

    /// What an office gets: its own claims alone, in remittances that add up.
    pub fn take_copy(&mut self, office: &str, file: &Bytes) {
        self.copies += 1;
        let reading = x12::interchange::read(file);
        for interchange in &reading.interchanges {
            assert!(interchange.faults.is_empty(), "{:?}", interchange.faults);
            for group in &interchange.groups {
                for set in &group.sets {
                    let judged = judge(interchange, group, set);
                    assert!(judged.faults.is_empty(), "{:?}", judged.faults);
                    let remittance = remittance(interchange, set, &judged.walked);
                    let lines = Lines::new(interchange, set);
                    for clp in lines.0.iter().filter(|line| line[0] == "CLP") {
                        if !clp[1].starts_with("NOBODY-") {
                            let number = self.claim_of(&clp[7]);
                            assert_eq!(self.office_of[&number], office, "another office's claim");
                        }
                    }
                    let key = (lines.of("TRN", 2), lines.of("BPR", 16));
                    let paid = money(&lines.of("BPR", 2));
                    let is_part = self.whole.get(&key).is_some_and(|whole| !whole.contains(&paid));
                    self.parts += usize::from(is_part);
                    if is_part {
                        self.parted.entry(key).or_default().push(paid);
                    }
                    let blocks = balance(&remittance).blocking().any(|it| it.claim.is_none());
                    assert!(!blocks || !is_part, "a part does not add up");
                }
            }
        }
    }

    /// The parts of a payment come to the whole.
    pub fn check_parts(&self) {
        for (key, parts) in &self.parted {
            // Where a number was given to several payments, not all of them were parted.
            let mut wholes = vec![Money::ZERO];
            for &whole in self.whole.get(key).into_iter().flatten() {
                wholes.extend(wholes.clone().into_iter().map(|other| other + whole));
            }
            let sum: Money = parts.iter().copied().sum();
            assert!(wholes.contains(&sum), "the parts of a payment come to {sum}: {wholes:?}");
        }
    }

    pub fn check_claim(
        &self,
        number: &str,
        charge: Money,
        accounts: &BTreeMap<&str, Money>,
        cycle: u32,
    ) {
        let none = BTreeMap::new();
        let posted = self.claims.get(number).unwrap_or(&none);
        let settled: Money = posted.values().copied().sum();
        let mut expected: BTreeMap<&str, Money> =
            posted.iter().map(|(account, amount)| (*account, *amount)).collect();
        expected.insert("charges", -charge);
        expected.insert("receivable", charge - settled);
        expected.retain(|_, amount| !amount.is_zero());
        let mut found = accounts.clone();
        found.retain(|_, amount| !amount.is_zero());
        assert_eq!(found, expected, "cycle {cycle}: claim {number}");
    }
}
