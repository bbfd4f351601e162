//! Which of several deposits is the money of which of several remittances, where all agree but for
//! their days: by their places in a group, which are in an order of its own.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A deposit and a remittance that agree.
type Edge = (usize, usize);

/// What is decided, the nearest first.
#[derive(Debug, Default)]
pub(super) struct Nearest {
    /// Remittance to deposit.
    pub pairs: BTreeMap<usize, usize>,
    paired_deposits: BTreeSet<usize>,
    pub doubtful_deposits: BTreeSet<usize>,
    /// Remittances one of which has its money already: what is as near to one of them is as doubtful.
    doubtful_payments: BTreeSet<usize>,
}

impl Nearest {
    /// Decides on deposits and remittances that are all as far from one another, after those that are
    /// nearer.
    pub fn look_at(&mut self, edges: Vec<Edge>) {
        let open = edges.into_iter().filter(|edge| self.is_open(*edge)).collect();
        for mut linked in linked(open) {
            // What can be the money of one remittance alone is.
            while let Some(edge) = self.only_one(&linked) {
                self.add(edge);
                linked.retain(|edge| self.is_open(*edge));
            }
            for rest in self::linked(linked) {
                self.decide(&rest);
            }
        }
    }

    fn decide(&mut self, linked: &[Edge]) {
        let matched = matched(linked);
        let payments: BTreeSet<usize> = linked.iter().map(|(_, payment)| *payment).collect();
        let is_doubtful = !self.doubtful_payments.is_disjoint(&payments);
        if is_doubtful || matched.len() < payments.len() {
            // More remittances than deposits: a person tells which.
            self.doubtful_deposits.extend(linked.iter().map(|(deposit, _)| *deposit));
            self.doubtful_payments.extend(payments);
            return;
        }
        for (payment, deposit) in matched {
            self.add((deposit, payment));
        }
    }

    fn is_open(&self, (deposit, payment): Edge) -> bool {
        !self.paired_deposits.contains(&deposit)
            && !self.doubtful_deposits.contains(&deposit)
            && !self.pairs.contains_key(&payment)
    }

    fn add(&mut self, (deposit, payment): Edge) {
        self.paired_deposits.insert(deposit);
        self.pairs.insert(payment, deposit);
    }

    /// The first deposit with one remittance, which is not doubtful.
    fn only_one(&self, open: &[Edge]) -> Option<Edge> {
        let mut remittances: BTreeMap<usize, usize> = BTreeMap::new();
        for (deposit, _) in open {
            *remittances.entry(*deposit).or_default() += 1;
        }
        let is_sure = |(deposit, payment): &&Edge| {
            remittances.get(deposit) == Some(&1) && !self.doubtful_payments.contains(payment)
        };
        open.iter().find(is_sure).copied()
    }
}

/// Edges apart that have neither a deposit nor a remittance in common, even over others.
fn linked(edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    let mut of_deposit: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    let mut of_payment: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for edge in &edges {
        of_deposit.entry(edge.0).or_default().push(*edge);
        of_payment.entry(edge.1).or_default().push(*edge);
    }
    let mut seen: BTreeSet<Edge> = BTreeSet::new();
    let mut found = Vec::new();
    for first in edges {
        let (mut linked, mut waiting) = (Vec::new(), vec![first]);
        while let Some(edge) = waiting.pop() {
            if seen.insert(edge) {
                linked.push(edge);
                // Each side is followed once.
                waiting.extend(of_deposit.remove(&edge.0).unwrap_or_default());
                waiting.extend(of_payment.remove(&edge.1).unwrap_or_default());
            }
        }
        if !linked.is_empty() {
            linked.sort_unstable();
            found.push(linked);
        }
    }
    found
}

/// Remittance to deposit, so that as many remittances as can be have one: each in turn takes the first
/// that is free, or one whose remittance finds another.
fn matched(edges: &[Edge]) -> BTreeMap<usize, usize> {
    let mut deposits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (deposit, payment) in edges {
        deposits.entry(*payment).or_default().push(*deposit);
    }
    let mut holders: BTreeMap<usize, usize> = BTreeMap::new();
    for payment in deposits.keys() {
        find_for(*payment, &deposits, &mut holders);
    }
    holders.into_iter().map(|(deposit, payment)| (payment, deposit)).collect()
}

/// Looks for a free deposit along those that could be exchanged, without recursion: there may be
/// thousands.
fn find_for(
    payment: usize,
    deposits: &BTreeMap<usize, Vec<usize>>,
    holders: &mut BTreeMap<usize, usize>,
) {
    let none = Vec::new();
    // Deposit to the remittance that asks for it.
    let mut asked_by: BTreeMap<usize, usize> = BTreeMap::new();
    let mut asking = VecDeque::from([payment]);
    while let Some(asks) = asking.pop_front() {
        for deposit in deposits.get(&asks).unwrap_or(&none) {
            if asked_by.contains_key(deposit) {
                continue;
            }
            asked_by.insert(*deposit, asks);
            if let Some(holder) = holders.get(deposit) {
                asking.push_back(*holder);
                continue;
            }
            // Each on the way back takes the one that it asked for.
            let mut free = *deposit;
            while let Some(taker) = asked_by.get(&free) {
                let had = holders.iter().find(|(_, holder)| *holder == taker).map(|(had, _)| *had);
                holders.insert(free, *taker);
                let Some(had) = had else { return };
                free = had;
            }
            return;
        }
    }
}
