//! What Medicare's physician fee schedule pays for a procedure at a place.

use x12::value::{Day, Money};

use super::share::{Share, rounded};
use super::terms::Medicare;
use crate::code_sets::library::Library;
use crate::code_sets::place_of_service::is_facility;
use crate::code_sets::relative_values::{Locality, RelativeValues};

/// The row of the schedule that prices a line, with the factors that it is multiplied by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    values: RelativeValues,
    /// The modifier whose own row it is; empty without one.
    pub modifier: String,
    /// As the contract has it; empty without one.
    number: String,
    locality: Locality,
    in_facility: bool,
    /// In ten-thousandths.
    conversion_factor: u32,
}

/// The row by which Medicare prices a line, or why it has no price.
pub fn find(
    asked: &Medicare,
    (code, modifiers, place): (&str, &[String], &str),
    day: Day,
    codes: &Library,
) -> Result<Row, String> {
    if codes.imported("mpfs").is_none() {
        return Err(NOT_IMPORTED.to_owned());
    }
    let own_row = |modifier: &&String| codes.relative_values(code, modifier, day).is_some();
    let modifier = modifiers.iter().find(own_row).cloned().unwrap_or_default();
    let Some(values) = codes.relative_values(code, &modifier, day) else {
        return Err(format!("Medicare's fee schedule does not have {code} on {day}"));
    };
    let Some(conversion_factor) = asked.conversion_factor.or(values.conversion_factor) else {
        return Err("the imported fee schedule names no conversion factor; write \
                    conversion_factor into the contract"
            .to_owned());
    };
    let locality = match asked.locality.as_str() {
        "" => Locality::NATIONAL,
        number => codes.locality(number, day).ok_or_else(|| {
            format!(
                "no factors of locality {number} are at hand for {day}; `claimgate codes import \
                 mpfs-gpci FILE` takes them in"
            )
        })?,
    };
    let in_facility = is_facility(place.as_bytes()).unwrap_or(false);
    let number = asked.locality.clone();
    let row = Row { values, modifier, number, locality, in_facility, conversion_factor };
    if !row.amount(Share::WHOLE).is_zero() {
        return Ok(row);
    }
    Err(match row.values.status {
        PRICED_BY_CONTRACTORS => {
            format!("Medicare's contractors price {code} themselves (status C)")
        }
        _ => format!("Medicare's fee schedule has no price for {code}"),
    })
}

/// The status of procedures that have no relative values: each contractor sets its price.
const PRICED_BY_CONTRACTORS: u8 = b'C';

const NOT_IMPORTED: &str = "Medicare's fee schedule is not imported; `claimgate codes import mpfs \
                            FILE` takes it in";

impl Row {
    /// Each value times the factor of the place, added up, times the conversion factor; rounded once.
    /// Of the practice expense only a share is counted where it is not paid whole.
    pub fn amount(&self, of_expense: Share) -> Money {
        let Row { values, locality, .. } = self;
        let whole = Share::WHOLE.millionths();
        let parts = [
            (values.work, locality.work, whole),
            (self.expense(), locality.expense, of_expense.millionths()),
            (values.malpractice, locality.malpractice, whole),
        ];
        // Hundredths times thousandths times ten-thousandths of a dollar: ten million make a cent.
        let product = |(value, factor, share): (u32, u32, u64)| {
            i128::from(value) * i128::from(factor) * i128::from(share)
        };
        let sum: i128 = parts.into_iter().map(product).sum();
        rounded(sum * i128::from(self.conversion_factor), 10_000_000 * i128::from(whole))
    }

    /// The relative value of the practice expense at the place, in hundredths.
    pub fn expense(&self) -> u32 {
        let RelativeValues { facility_expense, office_expense, .. } = self.values;
        if self.in_facility { facility_expense } else { office_expense }
    }

    /// How its price is come by.
    pub fn told(&self) -> String {
        let at = match self.number.as_str() {
            "" => "without a locality".to_owned(),
            number => format!("in locality {number}"),
        };
        let kind = if self.in_facility { "facility" } else { "office" };
        let factor = self.conversion_factor;
        let factor = format!("{}.{:04}", factor / 10_000, factor % 10_000);
        let since = self.values.since.map_or(String::new(), |day| format!(" of {day}"));
        let amount = self.amount(Share::WHOLE);
        format!("Medicare {kind} price{since} {at}, conversion factor {factor}: {amount}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The July 2024 file of CMS has 1.30, 1.33, 0.56 and 0.10 for 99213, and 33.2875.
    #[test]
    fn reckons_as_the_published_schedule_does() {
        let values = RelativeValues {
            work: 130,
            office_expense: 133,
            facility_expense: 56,
            malpractice: 10,
            ..RelativeValues::default()
        };
        let cents = |locality, in_facility, of_expense| {
            let (modifier, number) = (String::new(), String::new());
            let row =
                Row { values, modifier, number, locality, in_facility, conversion_factor: 332_875 };
            row.amount(Share::of_percent(of_expense)).cents()
        };
        // 2.73 and 1.96 times 33.2875.
        assert_eq!(cents(Locality::NATIONAL, false, 100), 9087);
        assert_eq!(cents(Locality::NATIONAL, true, 100), 6524);
        // (1.30 × 1.088 + 1.33 × 1.419 + 0.10 × 0.445) × 33.2875, and with the half of 1.33.
        let dear = Locality { work: 1_088, expense: 1_419, malpractice: 445 };
        assert_eq!(cents(dear, false, 100), 11139);
        assert_eq!(cents(dear, false, 50), 7997);
    }
}
