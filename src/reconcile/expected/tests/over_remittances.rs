//! A bundle of which the parts come in several remittances.

use super::*;

const TOP: &str =
    "SVC*HC:80050*60*{paid}**1*HC:99213:25~CAS*OA*94*-40~CAS*CO*45*{off}~REF*6R*A1-1~";
const PART: &str = "SVC*HC:93000*40*0**1~CAS*CO*97*40~REF*6R*A1-2~";

/// A CLP of the line that is paid for both, and one of the other.
fn bundle_in_two(paid: i64) -> [(String, i64); 2] {
    let top = TOP.replace("{paid}", &paid.to_string()).replace("{off}", &(100 - paid).to_string());
    [
        (format!("CLP*A1*1*60*{paid}**12*P1~{top}"), paid),
        (format!("CLP*A1*1*40*0**12*P2~{PART}"), 0),
    ]
}

/// What a CLP takes back.
fn back((clp, paid): &(String, i64)) -> (String, i64) {
    let mut words: Vec<String> = Vec::new();
    for segment in clp.split_terminator('~') {
        let mut elements: Vec<String> = segment.split('*').map(str::to_owned).collect();
        let amounts: &[usize] = match elements[0].as_str() {
            "CLP" => &[3, 4],
            "SVC" => &[2, 3],
            "CAS" => &[3],
            _ => &[],
        };
        for &at in amounts {
            let amount = &elements[at];
            let minus = amount.strip_prefix('-').map(str::to_owned);
            elements[at] = match amount.as_str() {
                "0" => "0".to_owned(),
                _ => minus.unwrap_or_else(|| format!("-{amount}")),
            };
        }
        if elements[0] == "CLP" {
            elements[2] = "22".to_owned();
        }
        words.push(elements.join("*") + "~");
    }
    (words.concat(), -paid)
}

/// What the last of several remittances comes to, each on a day of its own.
fn last_of(all: &[&(String, i64)]) -> Decision {
    let told: Vec<(u8, String, String)> = (10..)
        .zip(all)
        .map(|(day, (body, paid))| {
            let plb = match *paid {
                paid if paid < 0 => format!("PLB*1999999984*20261231*FB:F{day}*{paid}~"),
                _ => String::new(),
            };
            let amount = format!("I*{}*C*CHK", (*paid).max(0));
            (day, amount, format!("{body}{plb}"))
        })
        .collect();
    let (last, before) = told.split_last().expect("a remittance");
    let before: Vec<Told<'_>> =
        before.iter().map(|(day, amount, body)| (*day, &**amount, &**body)).collect();
    let amount = last.1.trim_start_matches("I*").trim_end_matches("*C*CHK");
    let mut claim = said(&before);
    // By itself a reversal would wait for what it takes back.
    claim.earlier.iter_mut().for_each(|one| one.is_posted = true);
    decided_of(&claim, amount, &last.2)
}

/// So is a bundle of which the parts come in several remittances.
#[test]
fn a_bundle_over_remittances_is_compared_once_all_of_it_is_there() {
    for (paid, expected) in
        [(70, "0.00 as-expected"), (60, "-10.00 underpaid"), (78, "8.00 overpaid")]
    {
        let parts = bundle_in_two(paid);
        let lines = [format!("1: {expected}"), "2: 0.00 bundled".to_owned()];
        for order in [[0, 1], [1, 0]] {
            let [first, second] = order.map(|at| &parts[at]);
            let alone = last_of(&[first]);
            assert_eq!(told(&alone), [""; 0], "{first:?}");
            let mut items = alone.change.work.iter().map(|item| item.category);
            assert!(
                items.all(|one| !matches!(one, Category::Underpaid | Category::Overpaid)),
                "{first:?}"
            );
            let both = last_of(&[first, second]);
            let mut found = told(&both);
            found.sort();
            assert_eq!(found, lines, "{order:?}");
            let of_contract: Vec<_> = both
                .change
                .work
                .iter()
                .filter(|item| item.category != Category::Denied)
                .map(|item| (item.category, item.lines.len(), item.arrival))
                .collect();
            let own = both.change.compared.iter().find(|line| line.line == "1").expect("a row");
            let expected = match expected.split_once(' ').expect("a class").1 {
                "underpaid" => vec![(Category::Underpaid, 1, Some(own.arrival))],
                "overpaid" => vec![(Category::Overpaid, 1, Some(own.arrival))],
                _ => vec![],
            };
            assert_eq!(of_contract, expected, "{order:?}");
            // Paid anew, and with that the same again.
            let again = bundle_in_two(65);
            let anew = last_of(&[first, second, &back(&parts[0]), &again[0]]);
            assert_eq!(told(&anew), ["1: -5.00 underpaid"]);
        }
    }
    // What is paid once more waits until what it takes the place of is taken back.
    let [[top, part], [anew, _]] = [70, 65].map(bundle_in_two);
    let anew = (anew.0.replace("*P1~", "*P3~"), 65);
    let whole = (format!("{}{}", top.0, part.0), 70);
    assert_eq!(told(&last_of(&[&whole, &anew])), [""; 0]);
    assert_eq!(told(&last_of(&[&whole, &anew, &back(&top)])), ["1: -5.00 underpaid"]);
    // What is not paid for is taken back before the line comes that is paid for both.
    let again = (part.0.replace("*P2~", "*P4~"), 0);
    let lines = ["1: 0.00 as-expected", "2: 0.00 bundled"];
    let mut found = told(&last_of(&[&part, &back(&part), &again, &top]));
    found.sort();
    assert_eq!(found, lines);
    assert_eq!(told(&last_of(&[&part, &back(&part), &top])), [""; 0]);
    // What it is paid as is not known to the contract: all of its lines are.
    let [top, part] = bundle_in_two(60);
    let top = (top.0.replace("80050", "80061"), top.1);
    for order in [[&top, &part], [&part, &top]] {
        let mut found = told(&last_of(&order));
        found.sort();
        assert_eq!(found, ["1: -20.00 underpaid", "2: 0.00 bundled"]);
    }
}

/// All of the claim is decided on, and what is added to the one is rolled up nowhere, or the other way round.
#[test]
fn what_waits_for_others_is_compared_alone_where_they_do_not_come() {
    let [top, part] = bundle_in_two(60);
    let other =
        ("CLP*A1*1*40*30**12*P3~SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~".to_owned(), 30);
    let first =
        ("CLP*A1*1*60*50**12*P3~SVC*HC:99213:25*60*50**1~CAS*CO*45*10~REF*6R*A1-1~".to_owned(), 50);
    for (waits, rest, expected) in [
        (&top, &other, ["1: -10.00 underpaid", "2: 0.00 as-expected"]),
        (&part, &first, ["1: 0.00 as-expected", "2: -30.00 bundled"]),
    ] {
        for order in [[waits, rest], [rest, waits]] {
            let both = last_of(&order);
            let mut found = told(&both);
            found.retain(|line| !line.starts_with(if waits.0 == top.0 { "2" } else { "1" }));
            let own = expected[usize::from(waits.0 != top.0)];
            assert_eq!(found, [own], "{order:?}");
            // It is compared once, whatever is taken back and paid again beside it.
            let again = last_of(&[order[0], order[1], &back(rest), rest]);
            assert!(!told(&again).contains(&own.to_owned()), "{:?}", told(&again));
        }
    }
}

/// What was rolled up is taken back and paid by itself: the line that was paid for it stands for itself.
#[test]
fn a_bundle_that_is_broken_up_is_compared_line_by_line() {
    let other =
        ("CLP*A1*1*40*30**12*P3~SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~".to_owned(), 30);
    for paid in [70, 65] {
        let [top, part] = bundle_in_two(paid);
        let whole = (format!("{}{}", top.0, part.0), paid);
        let taken_back = back(&part);
        let own = format!("1: {}.00 overpaid", paid - 50);
        for order in [
            vec![&whole, &taken_back, &other],
            vec![&top, &part, &taken_back, &other],
            vec![&part, &top, &taken_back, &other],
            // The reversal comes last; what is denied gives way without one.
            vec![&whole, &other, &taken_back],
            vec![&top, &part, &other],
            vec![&part, &top, &other],
        ] {
            let broken = last_of(&order);
            let found = told(&broken);
            assert!(found.contains(&own), "{order:?}: {found:?}");
            let items: Vec<_> = broken
                .change
                .work
                .iter()
                .filter(|item| item.category == Category::Overpaid)
                .map(|item| (item.amount.to_string(), item.lines.len()))
                .collect();
            assert_eq!(items, [(format!("{}.00", paid - 50), 1)], "{order:?}");
            let row = broken.change.compared.iter().find(|one| one.line == "1").expect("a row");
            assert!(row.words.contains("was decided on by itself since"), "{}", row.words);
        }
        // Once more rolled up it is a bundle as before.
        let anew = (part.0.replace("*P2~", "*P4~"), 0);
        let found = last_of(&[&whole, &taken_back, &anew]);
        assert_eq!(told(&found), ["2: 0.00 bundled"]);
    }
}
