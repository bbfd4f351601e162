//! What offices get of payments of several offices, by examples and at random.

use bytes::Bytes;
use proptest::prelude::*;
use x12::view::remittance::remittance;

use super::*;
use crate::intake::judge::judge;
use crate::reconcile::balance::{Balance, balance};
use crate::reconcile::testing::whole;

/// What is known beside the segments: the office of each claim that is known, providers and numbers
/// of earlier claims with their offices.
#[derive(Clone, Copy, Debug)]
struct World<'a> {
    matched: &'a [&'a str],
    providers: &'a [(&'a str, &'a str)],
    earlier: &'a [(&'a str, &'a str)],
}

/// The parts of a payment by their owners, `-` for what nobody knows the office of; each adds up.
fn cut(
    payment: &str,
    body: &str,
    world: World<'_>,
) -> Result<BTreeMap<String, (Share, Balance)>, String> {
    let file = Bytes::from(whole(payment, body));
    let reading = x12::interchange::read(&file);
    let interchange = &reading.interchanges[0];
    let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
    let judged = judge(interchange, group, set);
    let remittance = remittance(interchange, set, &judged.walked);
    let of = |list: &[(&str, &str)], id: &str| {
        let found = list.iter().filter(|(known, _)| *known == id);
        found.map(|(_, office)| (*office).to_owned()).collect::<Vec<_>>()
    };
    let of_provider = |id: &str| of(world.providers, id).pop();
    let of_number = |number: &str| of(world.earlier, number).into_iter().collect();
    let matched = world.matched.iter();
    let matched = matched.map(|office| (!office.is_empty()).then(|| (*office).to_owned()));
    let offices =
        Offices { matched: matched.collect(), of_provider: &of_provider, of_number: &of_number };
    let owners = Owners::of(interchange, set, &remittance, &offices);
    let payee = payee_office(&remittance, &offices);
    let shares = shares(interchange, set, &remittance, &owners, &payee)?;
    let mut told = BTreeMap::new();
    for (owner, share) in shares {
        let file = Bytes::from(interchange_of(interchange, &[(0, &share)]));
        let balance = balance_of(&file, share.amount);
        told.insert(owner.unwrap_or_else(|| "-".to_owned()), (share, balance));
    }
    Ok(told)
}

fn balance_of(file: &Bytes, amount: Money) -> Balance {
    let reading = x12::interchange::read(file);
    let interchange = &reading.interchanges[0];
    assert!(interchange.faults.is_empty(), "{:?}", interchange.faults);
    let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
    let judged = judge(interchange, group, set);
    assert!(!judged.verdict.is_rejected(), "{:?} {:?}", set.faults, judged.faults);
    assert!(group.faults.is_empty() && set.faults.is_empty(), "{:?}", set.faults);
    let remittance = remittance(interchange, set, &judged.walked);
    assert_eq!(remittance.amount.money(), Some(amount));
    let found = balance(&remittance);
    assert!(found.adds_up(), "{:?}", found.findings);
    found
}

/// What stands between N1*PE and SE: all but the heading of the set.
fn body_of(share: &Share) -> String {
    let text = String::from_utf8_lossy(&share.bytes).into_owned();
    let (_, rest) = text.split_once("1999001013~").expect("a payee");
    rest.split_once("SE*").expect("a trailer").0.to_owned()
}

fn told(
    payment: &str,
    body: &str,
    world: World<'_>,
) -> Result<Vec<(String, String, String)>, String> {
    let parts = cut(payment, body, world)?;
    let told = parts
        .iter()
        .map(|(owner, (share, _))| (owner.clone(), share.amount.to_wire(), body_of(share)));
    Ok(told.collect())
}

const ONE: &str = "CLP*A*1*100*60*40*12*PCN1~CAS*PR*1*40~NM1*QC*1*ROE*JANE~";
const OTHER: &str = "CLP*B*1*50*50**12*PCN2~NM1*QC*1*VOE*VERA~";
const BOTH: World<'_> =
    World { matched: &["cedar", "willow"], providers: &[("1999001013", "cedar")], earlier: &[] };

fn check(payment: &str, body: &str, world: World<'_>, expected: &[(&str, &str, String)]) {
    let found = told(payment, body, world);
    let expected = expected
        .iter()
        .map(|(owner, amount, text)| ((*owner).to_owned(), (*amount).to_owned(), text.clone()));
    assert_eq!(found, Ok(expected.collect()), "{body}");
}

fn plb(entries: &str) -> String {
    format!("PLB*1999001013*20261231*{entries}~")
}

#[test]
fn each_office_gets_its_claims_and_its_adjustments() {
    let entries = plb("WO:PCN1*10*L6:PCN2*-3*CT:CAPITATION*-7");
    let expected = [
        ("cedar", "57", format!("LX*1~{ONE}{}", plb("WO:PCN1*10*CT:CAPITATION*-7"))),
        ("willow", "53", format!("LX*1~{OTHER}{}", plb("L6:PCN2*-3"))),
    ];
    check("I*110*C*CHK", &format!("{ONE}{OTHER}{entries}"), BOTH, &expected);
}

#[test]
fn a_heading_tells_the_provider_and_goes_with_its_claims() {
    let first = "TS3*1999001013*11*20261231*1*100~";
    let second = "LX*2~TS3*1999001047*11*20261231*1*50~";
    let own = "PLB*1999001047*20261231*CT:X*-7~";
    let world =
        World { matched: &["cedar", ""], providers: &[("1999001047", "willow")], earlier: &[] };
    let expected = [
        ("cedar", "60", format!("LX*1~{first}{ONE}")),
        ("willow", "57", format!("{second}{OTHER}{own}")),
    ];
    check("I*117*C*CHK", &format!("{first}{ONE}{second}{OTHER}{own}"), world, &expected);
}

#[test]
fn an_adjustment_goes_with_the_earlier_claim_that_it_names() {
    let world =
        World { earlier: &[("BIR9", "willow"), ("OLD1", "cedar"), ("OLD1", "willow")], ..BOTH };
    let cases = [
        // PLB01 is the payee's, the claim another office's.
        ("WO:BIR9 20261006 P9", "60", "37"),
        // Two claims of one number: the provider decides.
        ("WO:OLD1", "47", "50"),
        ("WO:NOBODYS", "47", "50"),
        // A levy has a number of its own.
        ("LE:BIR9", "47", "50"),
    ];
    for (entry, cedar, willow) in cases {
        let body = format!("{ONE}{OTHER}{}", plb(&format!("{entry}*13")));
        let found = told("I*97*C*CHK", &body, world).expect("parts");
        let amounts: Vec<&str> = found.iter().map(|(_, amount, _)| amount.as_str()).collect();
        assert_eq!(amounts, [cedar, willow], "{entry}");
    }
}

#[test]
fn a_provider_of_another_office_alone_gets_a_part() {
    let world = World {
        matched: &["cedar"],
        providers: &[("1999001013", "cedar"), ("1999001047", "willow")],
        earlier: &[],
    };
    let taken = "PLB*1999001047*20261231*WO:X*20~";
    let expected = [
        ("cedar", "40", format!("LX*1~{ONE}{}", plb("OB:T1001*20"))),
        ("willow", "0", format!("{taken}{}", plb("OB:T1001*-20"))),
    ];
    check("I*40*C*CHK", &format!("{ONE}{taken}"), world, &expected);
}

#[test]
fn what_an_office_owes_more_than_it_is_paid_is_an_offset() {
    let owes = "CLP*B*22*-50*-50**12*PCN2~NM1*QC*1*VOE*VERA~";
    let expected = [
        ("cedar", "10", format!("LX*1~{ONE}{}", plb("OB:T1001*50"))),
        ("willow", "0", format!("LX*1~{owes}{}", plb("OB:T1001*-50"))),
    ];
    check("I*10*C*CHK", &format!("{ONE}{owes}"), BOTH, &expected);
    // The payee's office first, then who is paid most.
    let three = World { matched: &["birch", "willow", "cedar", "oak"], ..BOTH };
    let last = "CLP*D*22*-100*-100**12*PCN4~NM1*QC*1*DOE*DAN~";
    let body = format!("{ONE}{OTHER}{}{last}", ONE.replace("A*1*100*60*40", "C*1*50*10*40"));
    let found = told("I*20*C*CHK", &body, three).expect("parts");
    let amounts: Vec<(&str, &str)> =
        found.iter().map(|(owner, amount, _)| (owner.as_str(), amount.as_str())).collect();
    assert_eq!(amounts, [("birch", "0"), ("cedar", "0"), ("oak", "0"), ("willow", "20")]);
}

#[test]
fn interest_goes_with_the_claims_that_it_is_for() {
    let (one, other) = (format!("{ONE}AMT*I*2~"), format!("{OTHER}AMT*I*3~"));
    let cases = [
        ("L6:INTEREST*-5", [("cedar", "62", "L6*-2"), ("willow", "53", "L6*-3")]),
        ("L6:PCN2*-1*L6*-4", [("cedar", "62", "L6*-2"), ("willow", "53", "L6:PCN2*-1*L6*-2")]),
        ("L6:PCN1*-2*L6:PCN2*-3", [("cedar", "62", "L6:PCN1*-2"), ("willow", "53", "L6:PCN2*-3")]),
    ];
    for (entries, expected) in cases {
        let [cedar, willow] = expected;
        let text = |claim: &str, entries| format!("LX*1~{claim}{}", plb(entries));
        let expected =
            [(cedar.0, cedar.1, text(&one, cedar.2)), (willow.0, willow.1, text(&other, willow.2))];
        check("I*115*C*CHK", &format!("{one}{other}{}", plb(entries)), BOTH, &expected);
    }
    // More than the claims say: nobody knows whose the rest is.
    let found = told("I*117*C*CHK", &format!("{one}{other}{}", plb("L6:X*-7")), BOTH);
    let found = found.expect("parts");
    assert_eq!(found[0], ("-".to_owned(), "7".to_owned(), plb("L6:X*-7")));
    // One office alone has interest: all of it is that one's.
    let found = told("I*115*C*CHK", &format!("{ONE}{other}{}", plb("L6:X*-3*CT:C*-2")), BOTH);
    assert_eq!(found.expect("parts")[1].2, format!("LX*1~{other}{}", plb("L6:X*-3")));
}

#[test]
fn an_unknown_claim_goes_by_its_providers_and_else_waits_alone() {
    let providers = [("1999001021", "willow"), ("1999001047", "cedar"), ("1999001013", "cedar")];
    let rendering = "NM1*82*1*POE*SAM****XX*1999001021~";
    let line = "SVC*HC:99213*50*50~REF*HPI*1999001021~";
    let cases = [
        (["cedar", ""], String::new(), "cedar 110"),
        (["cedar", ""], rendering.to_owned(), "cedar 60, willow 50"),
        (["cedar", ""], line.to_owned(), "cedar 60, willow 50"),
        (["cedar", ""], format!("{rendering}{}", line.replace("1021", "1047")), "- 50, cedar 60"),
        (["willow", ""], String::new(), "- 50, willow 60"),
        (["willow", ""], rendering.to_owned(), "willow 110"),
        (["", ""], String::new(), "cedar 110"),
        (["", ""], rendering.to_owned(), "- 60, willow 50"),
    ];
    for (matched, tail, expected) in cases {
        let world = World { matched: &matched, providers: &providers, earlier: &[] };
        let found = told("I*110*C*CHK", &format!("{ONE}{OTHER}{tail}"), world).expect("parts");
        let amounts: Vec<String> =
            found.iter().map(|(owner, amount, _)| format!("{owner} {amount}")).collect();
        assert_eq!(amounts.join(", "), expected, "{matched:?} {tail}");
    }
}

#[test]
fn a_number_of_two_offices_waits_and_so_does_what_does_not_add_up() {
    let nobody = World { providers: &[], ..BOTH };
    for entry in ["CT:X*-7", "CT:PCN1 PCN2*-7"] {
        let body = format!("{ONE}{OTHER}{}", plb(entry));
        let expected = [
            ("-", "7", plb(entry)),
            ("cedar", "60", format!("LX*1~{ONE}")),
            ("willow", "50", format!("LX*1~{OTHER}")),
        ];
        check("I*117*C*CHK", &body, nobody, &expected);
    }
    let found = told("I*99*C*CHK", &format!("{ONE}{OTHER}"), BOTH).expect_err("no parts");
    assert!(found.contains("does not add up"), "{found}");
}

/// A claim of a made payment: whose it is, what is paid of it in cents, and its interest.
type Made = (usize, i64, i64);

const OFFICES: [&str; 4] = ["", "cedar", "willow", "birch"];

/// How its segments name the patients of each.
const MARKS: [&str; 4] = ["NOBODYS", "CEDARS", "WILLOWS", "BIRCHS"];

const IDS: [(&str, &str); 2] = [("1999001013", "cedar"), ("1999001047", "willow")];

/// The claims as segments, each in one heading, and what they come to.
fn composed(claims: &[Made]) -> (String, i64) {
    let wire = |cents: i64| Money::from_cents(cents).to_wire();
    let mut text = String::new();
    for (index, &(owner, cents, interest)) in claims.iter().enumerate() {
        let (status, mark) = (if cents < 0 { "22" } else { "1" }, MARKS[owner]);
        let amount = wire(cents);
        text += &format!("CLP*{mark}{index}*{status}*{amount}*{amount}**12*{mark}P{index}~");
        text += &format!("NM1*QC*1*{mark}*ANN****MI*{mark}M{index}~");
        if interest != 0 {
            text += &format!("AMT*I*{}~", wire(interest));
        }
    }
    (text, claims.iter().map(|&(_, cents, _)| cents).sum())
}

/// An entry of a PLB of the kind, with its reference, about the owner's claim.
fn entry(kind: usize, owner: usize) -> String {
    let mark = MARKS[owner];
    match kind {
        0 => format!("WO:{mark}0"),
        1 => format!("WO:{mark}EARLIER"),
        2 => format!("WO:{mark}EARLIER 20261006 {mark}P1"),
        3 => "FB:LAST".to_owned(),
        4 => "CS".to_owned(),
        _ => "CT:MONTH".to_owned(),
    }
}

proptest! {
    #[test]
    fn parts_balance_come_to_the_whole_and_show_no_others_patients(
        claims in prop::collection::vec((0..4_usize, -9_000..20_000_i64, 0..300_i64), 0..7),
        entries in prop::collection::vec((0..6_usize, 0..4_usize, 0..3_usize, -5_000..5_000_i64), 0..6),
        is_interest_right: bool,
    ) {
        let (text, mut paid) = composed(&claims);
        let interest: i64 = claims.iter().map(|&(_, _, interest)| interest).sum();
        let interest = interest + if is_interest_right { 0 } else { 100 };
        let mut all: Vec<(&str, String, i64)> = entries
            .iter()
            .filter(|(.., cents)| *cents != 0)
            .map(|&(kind, owner, provider, cents)| {
                // A number that is no claim's names none.
                let is_here = claims.first().is_some_and(|&(first, ..)| first == owner);
                let kind = if kind == 0 && !is_here { 1 } else { kind };
                let provider = ["1999001013", "1999001047", "1999009999"][provider];
                (provider, entry(kind, owner), cents)
            })
            .collect();
        all.push(("1999001013", "L6:INTEREST".to_owned(), -interest));
        paid -= all.iter().map(|(.., cents)| cents).sum::<i64>();
        if paid < 0 {
            all.push(("1999001013", "FB:NEXT".to_owned(), paid));
            paid = 0;
        }
        all.retain(|(.., cents)| *cents != 0);
        let wire = |cents: i64| Money::from_cents(cents).to_wire();
        let plbs: String = all
            .iter()
            .map(|(provider, of, cents)| format!("PLB*{provider}*20261231*{of}*{}~", wire(*cents)))
            .collect();
        let matched: Vec<&str> = claims.iter().map(|&(owner, ..)| OFFICES[owner]).collect();
        let earlier: Vec<(String, &str)> = (1..4)
            .map(|owner| (format!("{}EARLIER", MARKS[owner]), OFFICES[owner]))
            .collect();
        let earlier: Vec<(&str, &str)> =
            earlier.iter().map(|(number, office)| (number.as_str(), *office)).collect();
        let world = World { matched: &matched, providers: &IDS, earlier: &earlier };
        let payment = if paid == 0 { "H*0*C*NON".to_owned() } else { format!("I*{}*C*CHK", wire(paid)) };
        let parts = cut(&payment, &format!("{text}{plbs}"), world).expect("parts");

        let amounts: Money = parts.values().map(|(share, _)| share.amount).sum();
        prop_assert_eq!(amounts, Money::from_cents(paid));
        let offsets: Money = parts.values().map(|(share, _)| share.offset).sum();
        prop_assert_eq!(offsets, Money::ZERO);
        let bodies: BTreeMap<&str, String> =
            parts.iter().map(|(owner, (share, _))| (owner.as_str(), body_of(share))).collect();
        let claims_told: usize = bodies.values().map(|body| body.matches("CLP*").count()).sum();
        prop_assert_eq!(claims_told, claims.len());
        // Whose claims nobody knows, the payee's office has where no other has a claim.
        let is_payees = matched.iter().all(|office| ["", "cedar"].contains(office));
        for (owner, body) in &bodies {
            for (office, mark) in OFFICES.iter().zip(MARKS) {
                let is_own = office == owner
                    || office.is_empty() && (*owner == "-" || is_payees && *owner == "cedar");
                // A number of nobody's claim names nothing: its provider has it.
                let body = if office.is_empty() {
                    body.split("PLB*").next().unwrap_or_default()
                } else {
                    body
                };
                prop_assert!(is_own || *owner == "-" || !body.contains(mark), "{}: {}", owner, body);
            }
        }
        if is_interest_right {
            for (_, balance) in parts.values() {
                prop_assert!(balance.findings.iter().all(|finding| finding.rule.id != "V18"));
            }
        }
    }
}
