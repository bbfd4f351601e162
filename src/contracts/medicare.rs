//! What Medicare's physician fee schedule pays for a procedure at a place.

use x12::value::{Day, Money};

use super::share::rounded;
use super::terms::Medicare;
use crate::code_sets::library::Library;
use crate::code_sets::place_of_service::is_facility;
use crate::code_sets::relative_values::{Locality, RelativeValues};

/// A price of the schedule, and how it is come by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MedicarePrice {
    pub amount: Money,
    /// The modifier whose own row it is; empty without one.
    pub modifier: String,
    pub words: String,
}

/// What Medicare pays, or why that cannot be told.
pub fn price(
    asked: &Medicare,
    (code, modifiers, place): (&str, &[String], &str),
    day: Day,
    codes: &Library,
) -> Result<MedicarePrice, String> {
    if codes.imported("mpfs").is_none() {
        return Err(NOT_IMPORTED.to_owned());
    }
    let own_row = |modifier: &&String| codes.relative_values(code, modifier, day).is_some();
    let modifier = modifiers.iter().find(own_row).cloned().unwrap_or_default();
    let Some(values) = codes.relative_values(code, &modifier, day) else {
        return Err(format!("Medicare's fee schedule does not have {code} on {day}"));
    };
    let Some(factor) = asked.conversion_factor.or(values.conversion_factor) else {
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
    let amount = amount(&values, locality, in_facility, factor);
    if amount.is_zero() {
        return Err(format!("Medicare's fee schedule has no price for {code}"));
    }
    let at = match asked.locality.as_str() {
        "" => "without a locality".to_owned(),
        number => format!("in locality {number}"),
    };
    let kind = if in_facility { "facility" } else { "office" };
    let factor = format!("{}.{:04}", factor / 10_000, factor % 10_000);
    let since = values.since.map_or(String::new(), |day| format!(" of {day}"));
    let words = format!("Medicare {kind} price{since} {at}, conversion factor {factor}: {amount}");
    Ok(MedicarePrice { amount, modifier, words })
}

const NOT_IMPORTED: &str = "Medicare's fee schedule is not imported; `claimgate codes import mpfs \
                            FILE` takes it in";

/// Each value times the factor of the place, added up, times the conversion factor; rounded once.
fn amount(
    values: &RelativeValues,
    locality: Locality,
    in_facility: bool,
    conversion_factor: u32,
) -> Money {
    let expense = if in_facility { values.facility_expense } else { values.office_expense };
    let parts = [
        (values.work, locality.work),
        (expense, locality.expense),
        (values.malpractice, locality.malpractice),
    ];
    // Hundredths times thousandths times ten-thousandths of a dollar: ten million make a cent.
    let sum: i128 = parts.into_iter().map(|(one, by)| i128::from(one) * i128::from(by)).sum();
    rounded(sum * i128::from(conversion_factor), 10_000_000)
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
            conversion_factor: None,
            several: b'0',
            both_sides: b'0',
            since: None,
        };
        let cents = |locality, in_facility| amount(&values, locality, in_facility, 332_875).cents();
        // 2.73 and 1.96 times 33.2875.
        assert_eq!(cents(Locality::NATIONAL, false), 9087);
        assert_eq!(cents(Locality::NATIONAL, true), 6524);
        // (1.30 × 1.088 + 1.33 × 1.419 + 0.10 × 0.445) × 33.2875.
        let dear = Locality { work: 1_088, expense: 1_419, malpractice: 445 };
        assert_eq!(cents(dear, false), 11139);
    }
}
