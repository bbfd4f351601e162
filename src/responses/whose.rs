//! What an item says of a part of an 835 that nobody knew the office of, once a person says whose it is.

use x12::value::Money;

use crate::change::ClaimId;

/// How its item ends while nobody has said so.
pub(super) const NOBODY_KNOWS: &str = "nobody knows whose they are";

/// How it goes on once somebody has.
const NOBODY_KNEW: &str = "nobody knew whose they were when it came";

/// What the item says, when so much is known to be of an office's claim; `None` of any other item.
pub fn known_now(what: &str, amount: Money, (office, claim): (&str, ClaimId)) -> Option<String> {
    let (start, told) = parts(what)?;
    let now = format!("{amount} is {office}'s by now{}", of_claim(claim));
    Some([start, NOBODY_KNEW.to_owned(), told.join(""), format!("; {now}")].concat())
}

/// What it says, when that is taken back; `None` where it says nothing of that claim.
pub fn known_no_more(what: &str, claim: ClaimId) -> Option<String> {
    let (start, mut told) = parts(what)?;
    let before = told.len();
    told.retain(|one| !one.ends_with(&of_claim(claim)));
    if told.len() == before {
        return None;
    }
    let ends = if told.is_empty() { NOBODY_KNOWS } else { NOBODY_KNEW };
    Some([start, ends.to_owned(), told.join("")].concat())
}

fn of_claim(ClaimId(claim): ClaimId) -> String {
    format!(" (claim {claim})")
}

/// What stands before, and what persons said since, each behind its separator.
fn parts(what: &str) -> Option<(String, Vec<String>)> {
    if let Some(start) = what.strip_suffix(NOBODY_KNOWS) {
        return Some((start.to_owned(), Vec::new()));
    }
    let (start, told) = what.split_once(NOBODY_KNEW)?;
    let told = told.split("; ").skip(1).map(|one| format!("; {one}")).collect();
    Some((start.to_owned(), told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_whose_it_is_until_that_is_taken_back() {
        let cents = Money::from_cents;
        let none = format!("for 2 of its claims, 120.00 in all: {NOBODY_KNOWS}");
        let one = known_now(&none, cents(7_000), ("south", ClaimId(8))).expect("it is about that");
        assert_eq!(
            one,
            "for 2 of its claims, 120.00 in all: nobody knew whose they were when it came; 70.00 is \
             south's by now (claim 8)"
        );
        let both = known_now(&one, cents(5_000), ("north", ClaimId(18))).expect("it still is");
        assert!(
            both.ends_with(
                "; 70.00 is south's by now (claim 8); 50.00 is north's by now (claim 18)"
            )
        );
        let left = known_no_more(&both, ClaimId(18)).expect("it was said");
        assert_eq!(left, one);
        assert_eq!(known_no_more(&left, ClaimId(8)), Some(none.clone()));
        assert_eq!(known_no_more(&none, ClaimId(8)), None);
        assert_eq!(known_now("something else", cents(1), ("south", ClaimId(8))), None);
    }
}
