//! What becomes of a price beside others of its day.
//!
//! Procedures are ranked, endoscopies of one family are paid without the base that they have in common,
//! and of tests, images and therapy a part is paid whole once a day. The rules are those of the
//! indicators of Medicare's fee schedule, as the record layout of its RVU file has them, and of its
//! Claims Processing Manual: chapter 12, section 40.6 (operations, endoscopies) and chapter 5, section
//! 10.7 (therapy). Each amount that is reduced is rounded to whole cents (chapter 12, section 40.6, C).

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use x12::value::{Day, Money, Quantity};

use super::medicare;
use super::price::{
    Billed, BilledLine, Change, Draft, Factor, FactorKind, Part, Unpriced, base, indicators, rate,
    reduction,
};
use super::share::Share;
use super::terms::{Book, By, Contract, SeveralBy};
use crate::code_sets::library::Library;
use crate::code_sets::relative_values::Code;

/// What becomes of a line beside others of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reduction {
    None,
    /// By its place among the procedures of the day.
    Ranked,
    /// The same, by the shares before 1995.
    RankedAsBefore1995,
    /// As one of a family of endoscopies, with the base of all of them, which the imported file may
    /// not name.
    Endoscopy(Option<Code>),
    /// Some part of it is paid whole once a day.
    Part(Kind),
}

/// Services of which a part is paid whole once a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Imaging,
    Therapy,
    Heart,
    Eye,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Imaging, Kind::Therapy, Kind::Heart, Kind::Eye];

    /// The parts that are reduced on a day, and what is left of each.
    fn rules(self, day: Day) -> Result<Vec<(Part, Share)>, String> {
        let on = (day.year(), day.month());
        let since = |year, month| (year, month) <= on;
        let technical = |percent| (Part::Technical, Share::of_percent(percent));
        let professional = |percent| (Part::Professional, Share::of_percent(percent));
        Ok(match self {
            Kind::Imaging if since(2017, 1) => vec![technical(50), professional(95)],
            Kind::Imaging if since(2012, 1) => vec![technical(50), professional(75)],
            Kind::Imaging if since(2011, 1) => vec![technical(50)],
            Kind::Imaging => {
                return Err("how images were reduced before 2011 is not reckoned".to_owned());
            }
            Kind::Therapy if since(2013, 4) => vec![(Part::Expense, Share::of_percent(50))],
            Kind::Therapy => {
                return Err("how therapy was reduced before April 2013 is not reckoned".to_owned());
            }
            Kind::Heart if since(2013, 1) => vec![technical(75)],
            Kind::Eye if since(2013, 1) => vec![technical(80)],
            Kind::Heart | Kind::Eye => Vec::new(),
        })
    }
}

/// Tests of the heart whose technical part has codes of its own (kind of parts 4): what they are paid
/// for is the sum of those and of the professional one, as the values of the RVU file show.
const TECHNICAL_CODES: [(&str, &[&str]); 8] = [
    ("93000", &["93005"]),
    ("93015", &["93017"]),
    ("93040", &["93041"]),
    ("93224", &["93225", "93226"]),
    ("93241", &["93242", "93243"]),
    ("93245", &["93246", "93247"]),
    ("93268", &["93270", "93271"]),
    ("93784", &["93786", "93788"]),
];

/// The shares of indicator 1; what comes behind them Medicare prices by report.
const BEFORE_1995: [Share; 5] = [
    Share::WHOLE,
    Share::of_percent(50),
    Share::of_percent(25),
    Share::of_percent(25),
    Share::of_percent(25),
];

/// Reduces what stands beside others of a claim: by contract and day.
pub(super) fn reduce(
    drafts: &mut [Result<Draft<'_>, Unpriced>],
    book: &Book,
    billed: &Billed<'_>,
    codes: &Library,
) {
    let mut days: BTreeMap<(&str, Day), (&Contract, Vec<usize>)> = BTreeMap::new();
    for (at, line) in billed.lines.iter().enumerate() {
        let contract = line.day.and_then(|day| Some((day, book.contract(&billed.party, day)?)));
        let Some((day, contract)) = contract else { continue };
        if contract.several.is_some() {
            let of_day = days.entry((&contract.name, day)).or_insert((contract, Vec::new()));
            of_day.1.push(at);
        }
    }
    for ((_, day), (contract, lines)) in days {
        let mut of_day = OfDay { contract, day, codes, billed, drafts, lines: Vec::new() };
        of_day.lines = lines.iter().map(|&at| (at, of_day.reduction(at))).collect();
        of_day.rank();
        for kind in Kind::ALL {
            of_day.reduce_parts(kind);
        }
    }
}

/// The lines of a claim that one contract prices on one day.
struct OfDay<'d, 'b, 'l> {
    contract: &'d Contract,
    day: Day,
    codes: &'d Library,
    billed: &'d Billed<'l>,
    drafts: &'d mut [Result<Draft<'b>, Unpriced>],
    lines: Vec<(usize, Reduction)>,
}

/// Lines by the base that they have in common.
type Families = BTreeMap<Code, Vec<usize>>;

/// A line of which a part is paid whole once a day.
struct Item {
    at: usize,
    /// By what the dearest is found.
    value: (i64, Money),
    /// What a unit is paid less when it is not the one that is paid whole.
    less: Money,
}

impl<'b, 'l> OfDay<'_, 'b, 'l> {
    /// Of a line without a price, what would become of it: others may depend on it.
    fn reduction(&self, at: usize) -> Reduction {
        let by_codes = |by: &SeveralBy| matches!(by, SeveralBy::Codes { .. });
        let is_by_codes = self.contract.several.as_ref().is_none_or(|one| by_codes(&one.by));
        match (self.drafts.get(at), self.billed.lines.get(at)) {
            (Some(Ok(draft)), _) => draft.reduction,
            (Some(Err(Unpriced::Why { .. })), Some(line)) if !is_by_codes => {
                let when = (self.day, self.codes);
                reduction(self.contract, line, when).unwrap_or(Reduction::None)
            }
            _ => Reduction::None,
        }
    }

    fn line(&self, at: usize) -> &BilledLine<'l> {
        self.billed.lines.get(at).expect("its place is one of the lines")
    }

    fn draft(&self, at: usize) -> Option<&Draft<'b>> {
        self.drafts.get(at)?.as_ref().ok()
    }

    fn draft_mut(&mut self, at: usize) -> Option<&mut Draft<'b>> {
        self.drafts.get_mut(at)?.as_mut().ok()
    }

    fn fee(&self, at: usize) -> Money {
        self.draft(at).map_or(Money::ZERO, |draft| draft.price.fee)
    }

    fn units(&self, at: usize) -> Quantity {
        self.draft(at).map_or(Quantity::ONE, |draft| draft.price.units)
    }

    /// Of equals the one with the higher charge goes first (chapter 12, section 40.6, C). What follows
    /// keeps the sum the same in whatever order the lines stand.
    fn rest_of_order(&self, at: usize) -> (Reverse<(Money, Money)>, &'l str, &'l [String]) {
        let line = self.line(at);
        (Reverse((self.fee(at), line.charge)), line.code, line.modifiers)
    }

    /// Takes the prices of lines that depend on what nobody knows.
    fn lose(&mut self, lines: &[usize], why: &str) {
        for &at in lines {
            let contract = self.contract.name.clone();
            if let Some(draft @ Ok(_)) = self.drafts.get_mut(at) {
                *draft = Err(Unpriced::Why { contract, why: why.to_owned() });
            }
        }
    }

    /// Whether all have a price. Where one has none the others have none either, since nobody knows
    /// which is the dearest.
    fn all_are_priced(&mut self, lines: &[usize]) -> bool {
        let Some(&lost) = lines.iter().find(|&&at| self.draft(at).is_none()) else { return true };
        let line = self.line(lost);
        let why = format!(
            "it is reduced beside line {} of the same day ({}), which has no price",
            line.number, line.code
        );
        self.lose(lines, &why);
        false
    }

    /// The dearest procedure of the day is paid whole, the next by its share, and so on. A family of
    /// endoscopies is one procedure.
    fn rank(&mut self) {
        let Some((families, alone)) = self.procedures() else { return };
        let all: Vec<usize> = families.values().flatten().chain(&alone).copied().collect();
        if 1 < all.len() && !self.all_are_priced(&all) {
            return;
        }
        for (base, members) in &families {
            self.reduce_family(*base, members);
        }
        let mut procedures: Vec<Vec<usize>> = families.into_values().collect();
        procedures.extend(alone.into_iter().map(|at| vec![at]));
        if 1 < procedures.len() && !self.all_are_priced(&all) {
            return;
        }
        // Equal prices keep the order of their lines.
        procedures.sort_by_cached_key(|lines| {
            let fee: Money = lines.iter().map(|&at| self.fee(at)).sum();
            let charge: Money = lines.iter().map(|&at| self.line(at).charge).sum();
            let mut names: Vec<_> = lines.iter().map(|&at| self.rest_of_order(at)).collect();
            names.sort();
            (Reverse((fee, charge)), names, lines.first().copied())
        });
        for (place, lines) in procedures.iter().enumerate() {
            for &at in lines {
                self.take_rank(at, place + 1);
            }
        }
    }

    /// The families of endoscopies, by their bases, and the procedures beside them. A base itself is
    /// of its family, though its own indicator is 2. `None` where nobody can tell.
    fn procedures(&mut self) -> Option<(Families, Vec<usize>)> {
        let mut families = Families::new();
        let (mut alone, mut nameless) = (Vec::new(), Vec::new());
        for &(at, reduction) in &self.lines {
            match reduction {
                Reduction::None | Reduction::Part(_) => {}
                Reduction::Ranked | Reduction::RankedAsBefore1995 => alone.push(at),
                Reduction::Endoscopy(Some(base)) => families.entry(base).or_default().push(at),
                Reduction::Endoscopy(None) => nameless.push(at),
            }
        }
        alone.retain(|&at| {
            let family = Code::parse(self.line(at).code).and_then(|code| families.get_mut(&code));
            family.map(|members| members.push(at)).is_none()
        });
        let others = families.values().map(Vec::len).sum::<usize>() + alone.len();
        if !nameless.is_empty() && 1 < nameless.len() + others {
            let all: Vec<usize> =
                nameless.iter().chain(families.values().flatten()).chain(&alone).copied().collect();
            self.lose(&all, NO_BASES);
            return None;
        }
        alone.extend(nameless);
        Some((families, alone))
    }

    /// The dearest endoscopy of a family is paid whole, of the others what they are above the base.
    fn reduce_family(&mut self, base: Code, members: &[usize]) {
        let code = base.to_string();
        if members.iter().any(|&at| self.units(at) != Quantity::ONE) {
            self.lose(members, "how several units of one endoscopy are paid nobody publishes");
            return;
        }
        let mut members = members.to_vec();
        members.sort_by_cached_key(|&at| (self.rest_of_order(at), at));
        for (place, &at) in members.iter().enumerate().filter(|_| 1 < members.len()) {
            let less = match self.base_price(&code, at) {
                Ok(less) => less,
                Err(_) if place == 0 => continue,
                Err(why) => {
                    self.lose(
                        &[at],
                        &format!("of its base endoscopy {code} nothing is known: {why}"),
                    );
                    continue;
                }
            };
            let Some(Draft { price, .. }) = self.draft_mut(at) else { continue };
            // Both sides are one amount before anything is taken from it.
            let behind =
                price.factors.iter().take_while(|factor| factor.is_of_both_sides()).count();
            let change = Change::Less { each: less, but: Quantity::default() };
            let factor = Factor { kind: FactorKind::Base(code.clone()), change };
            if 0 < place {
                price.put(behind, factor);
            } else {
                price.note_if_reduced(behind, factor);
            }
        }
    }

    /// What the base of an endoscopy is paid, where it was done.
    fn base_price(&self, code: &str, at: usize) -> Result<Money, String> {
        let line = BilledLine { code, units: Some(Quantity::ONE), ..*self.line(at) };
        self.unit_price(&line).map(|(price, _)| price)
    }

    /// What the contract pays for a unit of another code or part, with the modifier whose row it is.
    fn unit_price(&self, line: &BilledLine<'_>) -> Result<(Money, String), String> {
        let rate = rate(self.contract, line)?;
        if matches!(rate.by, By::Charge) {
            return Err(format!("{} is paid by its charge", line.code));
        }
        let found = base(self.contract, rate, line, (self.day, self.codes))?;
        Ok((found.unit, found.spent))
    }

    fn take_rank(&mut self, at: usize, rank: usize) {
        let Some(several) = &self.contract.several else { return };
        let Some(Draft { price, reduction, .. }) = self.draft_mut(at) else { return };
        let (shares, is_old) = match reduction {
            Reduction::RankedAsBefore1995 => (&BEFORE_1995[..], true),
            Reduction::None | Reduction::Ranked | Reduction::Endoscopy(_) | Reduction::Part(_) => {
                (&several.shares[..], false)
            }
        };
        let share = match shares.get(rank - 1) {
            Some(share) => *share,
            None if is_old => {
                self.lose(&[at], "Medicare prices the sixth procedure of a day by report");
                return;
            }
            None => shares.last().copied().unwrap_or(Share::WHOLE),
        };
        price.ranks = shares.to_vec();
        price.add(Factor::times(FactorKind::Rank(rank), share));
    }

    /// Of each part the dearest of the day is paid whole, one unit of it; all else by its share.
    fn reduce_parts(&mut self, kind: Kind) {
        let own = self.lines.iter().filter(|(_, reduction)| *reduction == Reduction::Part(kind));
        let lines: Vec<usize> = own.map(|&(at, _)| at).collect();
        if self.units_of(lines.iter().copied()) <= Quantity::ONE || !self.all_are_priced(&lines) {
            return;
        }
        let found = kind.rules(self.day).and_then(|rules| {
            let items = |&(part, share): &(Part, Share)| {
                Ok((part, share, self.items(&lines, part, share)?))
            };
            rules.iter().map(items).collect::<Result<Vec<_>, String>>()
        });
        match found {
            Ok(parts) => {
                for (behind, (part, share, items)) in parts.into_iter().enumerate() {
                    self.reduce_part(behind, (part, share), items);
                }
            }
            Err(why) => self.lose(&lines, &why),
        }
    }

    fn units_of(&self, lines: impl Iterator<Item = usize>) -> Quantity {
        Quantity::from_thousandths(lines.map(|at| self.units(at).thousandths()).sum())
    }

    /// The lines that have a part, with what is taken from a unit of it.
    fn items(&self, lines: &[usize], part: Part, share: Share) -> Result<Vec<Item>, String> {
        let mut items = Vec::new();
        for &at in lines {
            let found = match part {
                Part::Technical | Part::Professional => self.part(at, part, share)?,
                Part::Expense => Some(self.expense(at, share)?),
            };
            items.extend(found);
        }
        Ok(items)
    }

    /// A line as it is ranked by one of its parts; `None` when it has no such part.
    fn part(&self, at: usize, part: Part, share: Share) -> Result<Option<Item>, String> {
        let (line, Some(draft)) = (self.line(at), self.draft(at)) else { return Ok(None) };
        let is_billed = |modifier: &str| line.modifiers.iter().any(|one| one == modifier);
        let (own, other, alone, others_alone) = match part {
            Part::Technical | Part::Expense => ("TC", "26", b'3', b'2'),
            Part::Professional => ("26", "TC", b'2', b'3'),
        };
        let parts = indicators(line, (self.day, self.codes))?.parts;
        let unit = if is_billed(own) {
            draft.price.unit
        } else if is_billed(other) || parts == others_alone {
            return Ok(None);
        } else if parts == alone {
            draft.price.unit
        } else {
            self.priced_apart(line, (part, own))?
        };
        let both = draft.price.factors.iter().take_while(|factor| factor.is_of_both_sides());
        let value = both.fold(unit, |amount, factor| factor.change.of(amount, Quantity::ONE));
        let value = (value.cents(), draft.price.unit);
        Ok(Some(Item { at, value, less: unit - share.of(unit) }))
    }

    /// What a unit of one part of a line is paid: by the row of its own, or by the codes that the part has.
    fn priced_apart(
        &self,
        line: &BilledLine<'_>,
        (part, own): (Part, &str),
    ) -> Result<Money, String> {
        let listed = TECHNICAL_CODES.iter().find(|(code, _)| *code == line.code);
        if let (Part::Technical, Some((_, codes))) = (part, listed) {
            let prices = codes.iter().map(|&code| self.unit_price(&BilledLine { code, ..*line }));
            return prices.map(|found| found.map(|(price, _)| price)).sum();
        }
        let modifiers = [&[own.to_owned()], line.modifiers].concat();
        let (price, row) = self.unit_price(&BilledLine { modifiers: &modifiers, ..*line })?;
        if row != own {
            let code = line.code;
            return Err(format!("there is no row for the {} ({own}) of {code}", part.told()));
        }
        Ok(price)
    }

    /// A line as therapy is ranked: by the relative value of its practice expense. A unit is paid less
    /// by what its price is lower when the expense is counted by its share.
    fn expense(&self, at: usize, share: Share) -> Result<Item, String> {
        let line = self.line(at);
        let rate = self.draft(at).map(|draft| draft.rate);
        let Some((rate, By::Medicare(asked))) = rate.map(|rate| (rate, &rate.by)) else {
            return Err(format!(
                "what of {} is practice expense is known of Medicare's own prices alone",
                line.code
            ));
        };
        let asked_of = (line.code, line.modifiers, line.place);
        let row = medicare::find(asked, asked_of, self.day, self.codes)?;
        let (unit, lowered) = (row.amount(Share::WHOLE), row.amount(share));
        let less = rate.share.of(unit) - rate.share.of(lowered);
        Ok(Item { at, value: (i64::from(row.expense()), unit), less })
    }

    fn reduce_part(&mut self, behind: usize, (part, share): (Part, Share), mut items: Vec<Item>) {
        if self.units_of(items.iter().map(|item| item.at)) <= Quantity::ONE {
            return;
        }
        items
            .sort_by_cached_key(|item| (Reverse(item.value), self.rest_of_order(item.at), item.at));
        for (place, item) in items.iter().enumerate() {
            let Some(Draft { price, .. }) = self.draft_mut(item.at) else { continue };
            let of_part = |but| {
                let change = Change::Less { each: item.less, but };
                Factor { kind: FactorKind::Part(part, share), change }
            };
            let behind = behind.min(price.factors.len());
            let but = if place == 0 { Quantity::ONE } else { Quantity::default() };
            if place == 0 {
                price.note_if_reduced(behind, of_part(Quantity::default()));
            }
            if but < price.units {
                price.put(behind, of_part(but));
            }
            // Nobody pays half of a whole therapy; half of it is one unit of two.
            if part != Part::Expense {
                price.ranks.push(share);
            }
        }
    }
}

const NO_BASES: &str = "the imported fee schedule does not say what base its endoscopies have; \
                        `claimgate codes import mpfs FILE` takes it in from the RVU file";
