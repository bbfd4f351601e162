//! A contract, checked: for whom it holds, and by what it pays.

use std::collections::BTreeMap;
use std::sync::Arc;

use x12::value::{Day, Money};

use super::schedule::Schedule;
use super::share::Share;

/// All contracts, in the order of their files.
#[derive(Clone, Debug, Default)]
pub struct Book {
    contracts: Vec<Contract>,
}

/// What one payer pays for which claims.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The file, without its directory.
    pub file: String,
    /// What it is called: the file's name without its ending.
    pub name: String,
    /// The payer, by its name in the settings.
    pub payer: String,
    /// Group numbers (SBR03) or filing indicators (SBR09) of claims; empty for all.
    pub plans: Vec<String>,
    /// NPIs of billing providers; empty for all.
    pub providers: Vec<String>,
    /// First and last day of service.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// The first that takes a line prices it.
    pub rates: Vec<Rate>,
    /// Never more than what was charged.
    pub is_lesser_of: bool,
    /// A difference up to this is none.
    pub tolerance: Money,
    pub several: Option<Several>,
    /// What both sides of a procedure (modifier 50) come to.
    pub bilateral: Option<Bilateral>,
    /// What other modifiers leave of a price.
    pub modifiers: BTreeMap<String, Share>,
    /// What is held back of what would be paid (reason 253).
    pub sequestration: Option<Share>,
}

/// How some lines are priced.
#[derive(Clone, Debug)]
pub struct Rate {
    /// In the words of its file, or its place in it.
    pub name: String,
    pub codes: Codes,
    /// The line has all of these.
    pub modifiers: Vec<String>,
    /// Places of service; empty for all.
    pub places: Vec<String>,
    pub by: By,
    pub share: Share,
}

/// What a rate is a part of.
#[derive(Clone, Debug)]
pub enum By {
    /// The line's own charge.
    Charge,
    /// The row of a fee schedule.
    Schedule(Arc<Schedule>),
    /// The same for all.
    Amount(Money),
    /// Medicare's fee schedule, as it was imported.
    Medicare(Medicare),
}

/// How Medicare's fee schedule is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Medicare {
    /// Contractor and locality, as `mpfs-gpci` has them; empty for factors of 1.
    pub locality: String,
    /// In ten-thousandths; what the imported file says without it.
    pub conversion_factor: Option<u32>,
}

/// What is left of the dearest procedure of a day, of the next, and so on; the last for the rest.
#[derive(Clone, Debug)]
pub struct Several {
    pub shares: Vec<Share>,
    pub by: SeveralBy,
}

/// Which procedures are reduced beside others.
#[derive(Clone, Debug)]
pub enum SeveralBy {
    Codes {
        codes: Codes,
        except: Codes,
    },
    /// As Medicare's fee schedule says: by these of its indicators, or by all when none is listed.
    Medicare {
        indicators: Vec<u8>,
    },
}

/// What both sides come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilateral {
    pub share: Share,
    /// By the indicator of Medicare's fee schedule: 1 is this share, 3 pays each side, others pay
    /// nothing more.
    pub by_medicare: bool,
}

/// Codes, blocks of codes and beginnings of codes; none at all takes every code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes(pub Vec<CodeRange>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeRange {
    /// One code, or from the first to the last.
    Block {
        first: String,
        last: String,
    },
    Beginning(String),
}

impl Codes {
    /// Whether a code is among them. `if_none` is the answer when nothing is listed.
    pub fn take(&self, code: &str, if_none: bool) -> bool {
        let takes = |range: &CodeRange| match range {
            CodeRange::Block { first, last } => {
                first.len() == code.len() && first.as_str() <= code && code <= last.as_str()
            }
            CodeRange::Beginning(start) => code.starts_with(start.as_str()),
        };
        if self.0.is_empty() { if_none } else { self.0.iter().any(takes) }
    }
}

impl CodeRange {
    /// Reads `99213`, `97110-97530` or `J*`.
    pub fn parse(text: &str) -> Option<CodeRange> {
        let is_code = |text: &str| {
            let is_plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
            (1..=5).contains(&text.len()) && text.bytes().all(is_plain)
        };
        if let Some(start) = text.strip_suffix('*') {
            return is_code(start).then(|| CodeRange::Beginning(start.to_owned()));
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let is_block =
            is_code(first) && is_code(last) && first <= last && first.len() == last.len();
        is_block.then(|| CodeRange::Block { first: first.to_owned(), last: last.to_owned() })
    }
}

/// A claim, as far as a contract is chosen by it.
#[derive(Clone, Copy, Debug)]
pub struct Party<'a> {
    pub payer: &'a str,
    /// The narrower first: the group number, then the filing indicator.
    pub plans: &'a [String],
    pub provider: &'a str,
}

impl Contract {
    pub fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    fn is_for(&self, party: &Party<'_>) -> bool {
        self.payer == party.payer
            && (self.plans.is_empty() || self.plans.iter().any(|one| party.plans.contains(one)))
            && (self.providers.is_empty() || self.providers.iter().any(|one| one == party.provider))
    }

    /// The same for all plans and providers.
    pub(super) fn for_anybody(&self) -> Contract {
        Contract { plans: Vec::new(), providers: Vec::new(), ..self.clone() }
    }

    /// The more it says of whom it is for, the sooner it holds. A plan that the claim names first, its group
    /// number, is narrower than one that it names next, its filing indicator.
    fn precedence_for(&self, party: &Party<'_>) -> (usize, bool) {
        let plan = party.plans.iter().position(|plan| self.plans.contains(plan));
        (plan.unwrap_or(usize::MAX), self.providers.is_empty())
    }

    /// The same, of whatever claim.
    fn precedence(&self) -> (bool, bool) {
        (self.plans.is_empty(), self.providers.is_empty())
    }
}

impl Book {
    pub fn new(contracts: Vec<Contract>) -> Book {
        Book { contracts }
    }

    pub fn contracts(&self) -> &[Contract] {
        &self.contracts
    }

    /// Whether there is any with a payer.
    pub fn is_with(&self, payer: &str) -> bool {
        self.contracts.iter().any(|contract| contract.payer == payer)
    }

    /// The contract of a claim's line: of several the one that says most of whom it is for.
    pub fn contract(&self, party: &Party<'_>, day: Day) -> Option<&Contract> {
        let own = self.contracts.iter().filter(|one| one.is_for(party) && one.holds_on(day));
        own.min_by_key(|one| one.precedence_for(party))
    }

    /// Two contracts of which nothing says which of them holds, with their places in the book.
    pub fn rivals(&self) -> Vec<(usize, usize)> {
        let mut rivals = Vec::new();
        for (at, one) in self.contracts.iter().enumerate() {
            for (earlier, other) in self.contracts.iter().enumerate().take(at) {
                let meet = |own: &[String], others: &[String]| {
                    own.is_empty() || own.iter().any(|text| others.contains(text))
                };
                let is_rival = one.payer == other.payer
                    && one.precedence() == other.precedence()
                    && meet(&one.plans, &other.plans)
                    && meet(&one.providers, &other.providers)
                    && do_overlap((one.from, one.to), (other.from, other.to));
                if is_rival {
                    rivals.push((earlier, at));
                }
            }
        }
        rivals
    }
}

type Days = (Option<Day>, Option<Day>);

fn do_overlap(one: Days, other: Days) -> bool {
    let ends_before =
        |one: Days, other: Days| matches!((one.1, other.0), (Some(to), Some(from)) if to < from);
    !ends_before(one, other) && !ends_before(other, one)
}
