//! Lines that a payer rolls up in another one, and the prices of a claim with them: what is paid for several lines
//! is priced as what it is paid as, or else as all of them.

use x12::value::{Day, Money, Quantity};
use x12::view::remittance::{ClaimPayment, Remittance, ServicePayment};

use super::Paid;
use crate::contracts::price::{
    BETWEEN_PRICES, Billed, BilledLine, Price, Priced, has_own_rate, price,
};
use crate::denials::bundle::{At, Bundle, EvenSets};
use crate::reconcile::Agreed;
use crate::reconcile::matching::{KnownLine, days_of};
use crate::reconcile::provider::is_by_the_head;

/// What a remittance says beside a claim payment, and tells what that pays for.
#[derive(Debug, Default)]
pub(in crate::reconcile) struct Around<'r> {
    /// It pays by the head (PLB CT or CR), so that nothing is paid for a service.
    pub is_by_the_head: bool,
    claims: &'r [ClaimPayment<'r>],
    bundles: Vec<Bundle>,
}

impl<'r> Around<'r> {
    /// Of a payer without a contract nothing is asked.
    pub fn of(remittance: &'r Remittance<'r>, even: &EvenSets, has_contract: bool) -> Around<'r> {
        let claims = remittance.claims.as_slice();
        let is_by_the_head = is_by_the_head(remittance);
        let bundles = if has_contract { even.bundles(claims) } else { Vec::new() };
        Around { is_by_the_head, claims, bundles }
    }

    fn service(&self, at: At) -> Option<(&'r ClaimPayment<'r>, &'r ServicePayment<'r>)> {
        let claim = self.claims.get(at.claim)?;
        Some((claim, claim.services.get(at.service)?))
    }
}

/// The prices of the lines of a claim.
pub(super) struct Prices<'a> {
    /// The claim as it is priced: a line that is paid for others is what it is paid as.
    pub billed: Billed<'a>,
    pub lines: Vec<LinePrice>,
}

/// What is expected of a line, where it has a price.
#[derive(Clone)]
pub(super) struct LinePrice {
    pub price: Option<Price>,
    pub role: Role,
}

#[derive(Clone)]
pub(super) enum Role {
    /// It stands for itself, or for all that it was paid as.
    Own,
    /// It is paid for lines that are priced one by one.
    Sum,
    /// It is paid with another, under this procedure.
    Part(String),
}

/// A service that is paid for lines of the claim, and perhaps for those of others.
pub(super) struct RolledUp {
    /// The line that it is, if that is of the claim.
    pub paid: Option<usize>,
    /// The lines of the claim that are paid with it.
    pub parts: Vec<usize>,
    /// What it is paid as, with all charges that went into it.
    pub panel: Line,
    /// All that is rolled up in it, as it was billed; none where that is not known.
    pub of: Vec<Line>,
}

/// A line as it is priced.
#[derive(Clone)]
pub(super) struct Line {
    number: u32,
    code: String,
    modifiers: Vec<String>,
    place: String,
    charge: Money,
    units: Option<Quantity>,
    unit: String,
    day: Option<Day>,
}

impl Line {
    fn billed(&self) -> BilledLine<'_> {
        let Line { number, code, modifiers, place, charge, units, unit, day } = self;
        let (number, charge, units, day) = (*number, *charge, *units, *day);
        BilledLine { number, code, modifiers, place, charge, units, unit, day }
    }

    pub fn known(line: &KnownLine) -> Line {
        let billed = super::billed_line(line);
        Line {
            number: billed.number,
            code: billed.code.to_owned(),
            modifiers: billed.modifiers.to_vec(),
            place: billed.place.to_owned(),
            charge: billed.charge,
            units: billed.units,
            unit: billed.unit.to_owned(),
            day: billed.day,
        }
    }

    /// What it is paid as, where that is known, with the charges that are added to it.
    pub fn paid_as(&self, code: Option<(String, Vec<String>)>, added: Money) -> Line {
        let own = || (self.code.clone(), self.modifiers.clone());
        let (code, modifiers) = code.unwrap_or_else(own);
        Line { code, modifiers, charge: self.charge + added, ..self.clone() }
    }

    /// The line of another claim, by what the payer says was billed; nobody else asks for that claim here. Where it does
    /// not say when and where, it is as in the claim beside it.
    fn told(
        (claim, service): (&ClaimPayment<'_>, &ServicePayment<'_>),
        beside: Option<&KnownLine>,
    ) -> Line {
        let procedure = service.submitted.as_ref().unwrap_or(&service.procedure);
        let day = service.service_date().and_then(|date| date.days()).or_else(|| days_of(claim));
        let units = match service.quantity.is_empty() {
            true => Some(Quantity::ONE),
            false => Quantity::parse(service.quantity.bytes()),
        };
        let place = claim.facility_type.text().trim().to_owned();
        let beside_place = || beside.map_or(String::new(), |line| line.place.clone());
        Line {
            number: 0,
            code: procedure.code.text().into_owned(),
            modifiers: procedure.modifiers.iter().map(|one| one.text().into_owned()).collect(),
            place: if place.is_empty() { beside_place() } else { place },
            charge: service.charge.money().unwrap_or_default(),
            units,
            unit: "UN".to_owned(),
            day: day.map(|days| days.from).or_else(|| beside?.day),
        }
    }
}

/// The bundles that lines of a claim are in.
pub(super) fn rolled_up(paid: &Paid<'_, '_>) -> Vec<RolledUp> {
    let index = |at: At| {
        let found = paid.lines.iter().find(|found| found.service == at.service)?;
        let is_its = |one: &&KnownLine| Some(one.number) == found.line;
        let services = paid.lines.iter().filter(|other| other.line == found.line);
        let alone = services.count() == 1 && at.claim == paid.at;
        paid.claim.lines.iter().filter(|_| alone).position(|line| is_its(&line))
    };
    let line = |at: At| match at.claim == paid.at {
        true => index(at).and_then(|index| paid.claim.lines.get(index)).map(Line::known),
        false => {
            let told = paid.around.service(at)?;
            Some(Line::told(told, paid.claim.lines.first()))
        }
    };
    let of_bundle = |bundle: &Bundle| {
        let (_, service) = paid.around.service(bundle.paid)?;
        let as_billed = line(bundle.paid)?;
        let mut of: Vec<Line> = bundle.parts.iter().filter_map(|&at| line(at)).collect();
        let is_known = bundle.is_even && of.len() == bundle.parts.len();
        of.insert(0, as_billed.clone());
        let modifiers = service.procedure.modifiers.iter().map(|one| one.text().into_owned());
        let code = (service.procedure.code.text().into_owned(), modifiers.collect());
        let panel = as_billed.paid_as(Some(code), bundle.added);
        Some(RolledUp {
            paid: index(bundle.paid),
            parts: bundle.parts.iter().filter_map(|&at| index(at)).collect(),
            panel,
            of: if is_known { of } else { Vec::new() },
        })
    };
    let bundles = paid.around.bundles.iter();
    let found = bundles.filter_map(of_bundle);
    found.filter(|one| one.paid.is_some() || !one.parts.is_empty()).collect()
}

impl RolledUp {
    /// What it comes to, and whether that is the price of what it is paid as. `whole` is that beside all other lines.
    fn price(
        &self,
        whole: Option<Price>,
        billed: &Billed<'_>,
        agreed: Agreed<'_>,
    ) -> Option<LinePrice> {
        let Agreed { book, codes } = agreed;
        let party = billed.party;
        let own = LinePrice { price: whole, role: Role::Own };
        if own.price.is_some() && has_own_rate(book, &party, &self.panel.billed()) {
            return Some(own);
        }
        let lines = self.of.iter().map(Line::billed).collect();
        let each = price(book, &Billed { party, lines }, codes);
        match summed(each.iter().map(|one| one.price.as_ref().ok())) {
            Some(sum) => Some(LinePrice { price: Some(sum), role: Role::Sum }),
            None => Some(own).filter(|own| own.price.is_some()),
        }
    }
}

impl<'a> Prices<'a> {
    pub fn of(billed: Billed<'a>, rolled_up: &'a [RolledUp], agreed: Agreed<'_>) -> Prices<'a> {
        let Agreed { book, codes } = agreed;
        let priced = |billed: &Billed<'_>| -> Vec<LinePrice> {
            let own = |one: Priced| LinePrice { price: one.price.ok(), role: Role::Own };
            price(book, billed, codes).into_iter().map(own).collect()
        };
        if rolled_up.is_empty() {
            return Prices { lines: priced(&billed), billed };
        }
        let apart = priced(&billed);
        let mut together = billed.clone();
        for one in rolled_up {
            if let Some(line) = one.paid.and_then(|at| together.lines.get_mut(at)) {
                *line = one.panel.billed();
            }
            for &at in &one.parts {
                // It is no service of its day.
                together.lines.get_mut(at).into_iter().for_each(|line| line.day = None);
            }
        }
        let mut lines = priced(&together);
        for one in rolled_up {
            let whole = match one.paid {
                Some(at) => lines.get(at).and_then(|line| line.price.clone()),
                None => {
                    let alone = Billed { party: billed.party, lines: vec![one.panel.billed()] };
                    priced(&alone).pop().and_then(|line| line.price)
                }
            };
            let found = one.price(whole, &billed, agreed);
            for &at in &one.parts {
                let (Some(line), Some(apart)) = (lines.get_mut(at), apart.get(at)) else {
                    continue;
                };
                *line = apart.clone();
                if found.is_some() {
                    line.role = Role::Part(one.panel.code.clone());
                    if let Some(price) = &mut line.price {
                        price.allowed = Money::ZERO;
                    }
                }
            }
            if let Some(line) = one.paid.and_then(|at| lines.get_mut(at)) {
                *line = found.unwrap_or(LinePrice { price: None, role: Role::Own });
            }
        }
        Prices { lines, billed: together }
    }
}

/// What several lines come to together, when all have a price by one contract.
pub(super) fn summed<'p>(prices: impl Iterator<Item = Option<&'p Price>>) -> Option<Price> {
    let prices: Vec<&Price> = prices.collect::<Option<Vec<&Price>>>()?;
    let (first, rest) = prices.split_first()?;
    let is_same = |other: &&&Price| {
        other.contract == first.contract && other.sequestration == first.sequestration
    };
    if !rest.iter().all(|other| is_same(&other)) {
        return None;
    }
    let mut price = (*first).clone();
    for other in rest {
        price.allowed += other.allowed;
        price.tolerance += other.tolerance;
        price.words = format!("{}{BETWEEN_PRICES}{}", price.words, other.words);
    }
    Some(price)
}
