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
    /// By CLM01, what the first payer said, and what the next one did.
    claims: BTreeMap<String, Said>,
    later: BTreeMap<String, Said>,
    /// CLM01 of claims whose office takes them back, and of those that the payer took back since.
    pub voids: BTreeSet<String>,
    pub voided: BTreeSet<String>,
    /// What makes a payment the same again.
    seen: BTreeSet<Identity>,
    /// BPR02 of whole remittances and of their copies, by payer, trace and day.
    whole: BTreeMap<[String; 3], Vec<Money>>,
    parted: BTreeMap<[String; 3], Vec<Money>>,
    /// How many claims of nobody's they have, and how many of them are in copies.
    nobodys: BTreeMap<[String; 3], [usize; 2]>,
}

/// TRN02 and TRN03, BPR16 and BPR02, the payee; of a payment of nothing, all of its segments.
pub type Identity = Vec<String>;

/// A remittance as a whole.
pub struct Payment {
    pub identity: Identity,
    pub amount: Money,
    pub adds_up: bool,
    provider_adjustments: Money,
}

/// What one payer said of a claim, all of it together.
#[derive(Debug, Default)]
struct Said {
    charge: Money,
    /// By account, what is posted of it. OA-23 of a later payer is not: it is settled already.
    accounts: BTreeMap<&'static str, Money>,
    /// OA-23.
    settled_before: Money,
    /// What the scripts deny with, all of it under CO.
    denied: Money,
    /// BPR16 of its last decision, and whether something that it had decided was taken back.
    decided_on: String,
    is_anew: bool,
    /// The CLPs and CASs of it, for reading when something is wrong.
    told: Vec<String>,
}

/// The reasons by which the scripts deny.
const DENIALS: [&str; 3] = ["16", "29", "50"];

impl Said {
    /// What a first payer took off this charge that decided on all of it and paid nothing.
    fn taken_off(&self, charge: Money) -> Option<Money> {
        let of = |account: &str| self.accounts.get(account).copied().unwrap_or_default();
        let pays_nothing = self.charge == charge && of("cash").is_zero();
        pays_nothing.then(|| charge - of("patient"))
    }

    /// What the next payer takes as left beyond what the first one left to the patient: what that denied was
    /// not taken off after all, and of the rest the next one takes nothing off itself. While no decision of the
    /// first one stands, nothing is left to the next one yet.
    fn gives_way(first: &Said, later: &Said) -> Money {
        if later.charge.is_zero() {
            return Money::ZERO;
        }
        let left = first.accounts.get("patient").copied().unwrap_or_default();
        let beyond = (later.charge - later.settled_before - left).max(Money::ZERO);
        // What the first one decides anew does not bow to what was decided on its old word.
        let is_old = first.is_anew && later.decided_on < first.decided_on;
        let denied = if is_old { Money::ZERO } else { first.denied };
        let is_taken_off = |account: &str| !matches!(account, "patient" | "cash");
        let taken_off = later.accounts.iter().filter(|(account, _)| is_taken_off(account));
        let taken_off: Money = taken_off.map(|(_, amount)| *amount).sum();
        beyond.min(denied + taken_off)
    }
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

/// The remittances of a file.
pub fn payments(file: &Bytes) -> Vec<Payment> {
    let mut payments = Vec::new();
    each_remittance(file, |lines| payments.push(lines.payment()));
    payments
}

fn each_remittance(file: &Bytes, mut look: impl FnMut(&Lines)) {
    for interchange in x12::interchange::read(file).interchanges {
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            if interchange.set_header(set).text(1) == b"835" {
                look(&Lines::new(&interchange, set));
            }
        }
    }
}

impl Lines {
    fn payment(&self) -> Payment {
        let amount = money(&self.of("BPR", 2));
        let payee = self.0.iter().find(|line| line[0] == "N1" && line[1] == "PE").expect("N1*PE");
        let mut identity = self.key().to_vec();
        identity.extend([self.of("BPR", 2), payee[4].clone()]);
        if amount.is_zero() {
            identity.push(format!("{:?}", self.0));
        }
        let of_claims: Money =
            self.0.iter().filter(|line| line[0] == "CLP").map(|line| money(&line[4])).sum();
        let entries = self.0.iter().filter(|line| line[0] == "PLB");
        let provider_adjustments: Money = entries
            .map(|line| line.iter().skip(4).step_by(2).map(|amount| money(amount)).sum::<Money>())
            .sum();
        let adds_up = amount == of_claims - provider_adjustments;
        Payment { identity, amount, adds_up, provider_adjustments }
    }

    /// How many of its claims are nobody's.
    fn nobodys(&self) -> usize {
        let claims = self.0.iter().filter(|line| line[0] == "CLP");
        claims.filter(|clp| clp[1].starts_with("NOBODY-")).count()
    }

    /// The payer, the trace number and the day.
    fn key(&self) -> [String; 3] {
        [self.of("TRN", 3), self.of("TRN", 2), self.of("BPR", 16)]
    }
}

impl Truth {
    /// A file that a payer sends.
    pub fn take(&mut self, file: &Bytes) {
        each_remittance(file, |lines| self.take_remittance(lines));
    }

    fn take_remittance(&mut self, lines: &Lines) {
        self.remittances += 1;
        let Payment { identity, amount, adds_up, provider_adjustments } = lines.payment();
        if !adds_up || !self.seen.insert(identity) {
            self.not_posted += 1;
            return;
        }
        self.cash += amount;
        self.provider_adjustments += provider_adjustments;
        self.whole.entry(lines.key()).or_default().push(amount);
        self.nobodys.entry(lines.key()).or_default()[0] += lines.nobodys();
        let starts: Vec<usize> = (0..lines.0.len()).filter(|&at| lines.0[at][0] == "CLP").collect();
        let is_later = lines.of("N1", 2) == "BEACON PLAN";
        for (index, &start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(lines.0.len());
            self.take_claim(&lines.0[start..end], is_later, &lines.of("BPR", 16));
        }
    }

    fn take_claim(&mut self, lines: &[Vec<String>], is_later: bool, day: &str) {
        self.claim_payments += 1;
        let (clp, paid) = (&lines[0], money(&lines[0][4]));
        let (charge, mut settled) = (money(&clp[3]), paid);
        let mut accounts: BTreeMap<&'static str, Money> = BTreeMap::from([("cash", paid)]);
        let (mut settled_before, mut denied, mut hides) = (Money::ZERO, Money::ZERO, false);
        for cas in lines.iter().filter(|line| line[0] == "CAS") {
            let amounts = cas.iter().skip(3).step_by(3).map(|amount| money(amount));
            let amount: Money = amounts.sum();
            settled += amount;
            let account = match (cas[1].as_str(), cas[2].as_str()) {
                ("OA", "23") if is_later => {
                    settled_before += amount;
                    continue;
                }
                // What is rolled up in another line is added there (OA-94).
                ("CO", "97") => "other-adjustment",
                ("CO", reason) => {
                    denied += if DENIALS.contains(&reason) { amount } else { Money::ZERO };
                    hides |= is_later && reason == "45";
                    "contractual"
                }
                ("PR", _) => "patient",
                _ => "other-adjustment",
            };
            *accounts.entry(account).or_default() += amount;
        }
        if clp[1].starts_with("NOBODY-") {
            self.unmatched += 1;
            self.suspense += paid;
            return;
        }
        let number = self.claim_of(&clp[7]);
        let is_reversal = clp[2] == "22";
        // V23: what the payer before settled is hidden in CO-45. It waits, but where that one paid nothing.
        let is_hidden = hides && settled_before.is_zero();
        let taken_off = self.claims.get(&number).and_then(|first| first.taken_off(charge));
        match (is_hidden, taken_off) {
            (false, _) if settled == charge => {}
            (true, Some(taken_off)) if settled == charge => {
                let contractual = accounts.entry("contractual").or_default();
                settled_before = taken_off.min(*contractual);
                *contractual -= settled_before;
            }
            (_, _) => {
                self.suspense += paid;
                return;
            }
        }
        if is_reversal && !is_later && self.voids.contains(&number) {
            self.voided.insert(number.clone());
        }
        let of_payer = if is_later { &mut self.later } else { &mut self.claims };
        let said = of_payer.entry(number).or_default();
        said.charge += charge;
        said.settled_before += settled_before;
        said.denied += denied;
        said.is_anew |= is_reversal;
        if !is_reversal {
            said.decided_on = day.to_owned().max(std::mem::take(&mut said.decided_on));
        }
        let told = lines.iter().filter(|line| matches!(line[0].as_str(), "CLP" | "CAS"));
        said.told.push(told.map(|line| line.join("*")).collect::<Vec<_>>().join("~"));
        for (account, amount) in accounts {
            *said.accounts.entry(account).or_default() += amount;
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
                    let key = lines.key();
                    self.nobodys.entry(key.clone()).or_default()[1] += lines.nobodys();
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

    /// The parts of a payment come to the whole, less what nobody knows the office of.
    pub fn check_parts(&self) {
        for (key, parts) in &self.parted {
            // Where a number was given to several payments, not all of them were parted.
            let mut wholes = vec![Money::ZERO];
            for &whole in self.whole.get(key).into_iter().flatten() {
                wholes.extend(wholes.clone().into_iter().map(|other| other + whole));
            }
            let sum: Money = parts.iter().copied().sum();
            let [told, given] = self.nobodys.get(key).copied().unwrap_or_default();
            if told > given {
                assert!(
                    wholes.iter().any(|&whole| sum <= whole),
                    "the parts come to {sum}: {wholes:?}"
                );
                continue;
            }
            assert!(wholes.contains(&sum), "the parts of a payment come to {sum}: {wholes:?}");
        }
    }

    /// Whether a decision of the first payer stands, and of the next one.
    pub fn decided(&self, number: &str) -> [bool; 2] {
        [&self.claims, &self.later]
            .map(|of_payer| of_payer.get(number).is_some_and(|said| !said.charge.is_zero()))
    }

    /// Whether the accounts of all claims under a CLM01 hold what payers said of them.
    pub fn check_claim(
        &self,
        number: &str,
        charge: Money,
        accounts: &BTreeMap<&str, Money>,
        cycle: u32,
    ) {
        let none = Said::default();
        let first = self.claims.get(number).unwrap_or(&none);
        let later = self.later.get(number).unwrap_or(&none);
        let charge = if self.voided.contains(number) { Money::ZERO } else { charge };
        let settled: Money = first.accounts.values().copied().sum();
        let mut expected: BTreeMap<&str, Money> =
            BTreeMap::from([("charges", -charge), ("receivable", charge - settled)]);
        for (account, amount) in &first.accounts {
            *expected.entry(account).or_default() += *amount;
        }
        // The next payer settles what the first one left to the patient.
        for (account, amount) in later.accounts.iter().filter(|(account, _)| **account != "patient")
        {
            *expected.entry(account).or_default() += *amount;
            *expected.entry("patient").or_default() += -*amount;
        }
        let gives_way = Said::gives_way(first, later);
        *expected.entry("patient").or_default() += gives_way;
        *expected.entry("contractual").or_default() += -gives_way;
        expected.retain(|_, amount| !amount.is_zero());
        let mut found = accounts.clone();
        found.retain(|_, amount| !amount.is_zero());
        let told = [&first.told, &later.told];
        assert_eq!(found, expected, "cycle {cycle}: claim {number}, of which was said {told:#?}");
    }
}
