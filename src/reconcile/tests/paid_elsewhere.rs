//! V45: another office of ours is paid than the one that sent the claim.

use super::*;
use crate::change::cases::PAID_ELSEWHERE;
use crate::reconcile::offices::OurOffices;

const CEDAR: &str = "1999001013";
const BIRCH: &str = "1999001088";
const ELM: &str = "1999001070";
const STRANGER: &str = "1999001096";

/// Claims of cedar (A1 and A3) and of birch (A2), each with the numbers of its own.
fn claims() -> Vec<KnownClaim> {
    let of = |id, partner: &str, npi: &str, tax_id: &str| {
        let (partner, billing_npi) = (partner.to_owned(), npi.to_owned());
        KnownClaim { partner, billing_npi, billing_tax_id: tax_id.to_owned(), ..known_claim(id) }
    };
    let cedar = |id| of(id, "cedar", CEDAR, "04-3219876");
    vec![cedar(1), of(2, "birch", BIRCH, "043219971"), cedar(3)]
}

fn offices(names: &[&str]) -> OurOffices {
    let all = [
        ("cedar", [CEDAR, "043219876"]),
        ("birch", [BIRCH, "043219971"]),
        ("elm", [ELM, "043219970"]),
    ];
    let named = all.into_iter().filter(|(office, _)| names.contains(office));
    let providers = named.map(|(office, own)| (office.to_owned(), own.map(str::to_owned).to_vec()));
    OurOffices { providers: providers.collect(), ..OurOffices::default() }
}

/// A claim payment of 60.00, with 40.00 taken off.
fn paid(number: &str) -> String {
    format!("CLP*{number}*1*100*60**12*P{number}~CAS*CO*45*40~DTM*232*20261006~")
}

/// What is decided where N1*PE has these elements and what follows, and the body these segments.
fn decided(
    (payee, body): (&str, &str),
    known: &[KnownClaim],
    offices: &OurOffices,
) -> (Vec<NewWork>, NewPayment) {
    let amount = 60 * body.matches("CLP*").count();
    let text = whole(&format!("I*{amount}*C*CHK"), body);
    let text = text.replace("N1*PE*CEDAR CLINIC*XX*1999001013~", &format!("N1*PE*{payee}"));
    let mut decisions = Vec::new();
    read_remittances(&text, |remittance| {
        let incoming = Incoming { offices, ..incoming(remittance) };
        decisions.push(decide(remittance, known, &incoming, &LIMITS, &stamp()));
    });
    let Decision { mut change, .. } = decisions.remove(0);
    let payment = change.payments.remove(0);
    change.work.retain(|item| item.alike.rule == PAID_ELSEWHERE);
    (change.work, payment)
}

#[test]
fn a_claim_paid_to_another_office_is_posted_and_told() {
    let both = offices(&["cedar", "birch"]);
    let body = paid("A1") + &paid("A3");
    let payee = format!("BIRCH CLINIC*XX*{BIRCH}~REF*TJ*043219971~");
    let (items, payment) = decided((&payee, &body), &claims(), &both);
    assert_eq!(items.len(), 1, "{items:?}");
    let item = &items[0];
    assert_eq!(item.what, "the payer pays office birch 120.00 for 2 claims of office cedar");
    assert_eq!((item.amount, item.claim, item.remitted), (Money::from_cents(12_000), None, None));
    assert_eq!((item.desk.as_str(), item.alike.payer.as_str()), ("posting", "acme"));
    for named in ["N1*PE 1999001088", "claim 1 of cedar (CLP01 A1) 60.00", "claim 3 of cedar"] {
        assert!(item.evidence.contains(named), "{}", item.evidence);
    }
    // One for several offices, of which none is paid.
    let body = paid("A1") + &paid("A2");
    let all = offices(&["cedar", "birch", "elm"]);
    let (items, _) = decided((&format!("ELM*XX*{ELM}~"), &body), &claims(), &all);
    let what = items.iter().map(|item| item.what.as_str()).collect::<Vec<_>>();
    let expected = "the payer pays office elm 60.00 for 1 claim of office birch and 60.00 for 1 claim of office cedar";
    assert_eq!(what, [expected]);
    // It is the claims' money all the same.
    let words: Vec<Option<Word>> = payment.claims.iter().map(|told| told.word).collect();
    assert_eq!(words, [Some(Word::Paid), Some(Word::Paid)]);
    let times = payment.broken.iter().map(|broken| (broken.rule.as_str(), broken.times));
    assert_eq!(times.collect::<Vec<_>>(), [(PAID_ELSEWHERE, 2)]);
}

#[test]
fn who_may_be_paid_for_a_claim_is_not_asked() {
    let both = offices(&["cedar", "birch"]);
    let with_tax_id = |tax_id: &str| format!("BIRCH CLINIC*XX*{BIRCH}~REF*TJ*{tax_id}~");
    let birch = with_tax_id("043219971");
    let of_one_house =
        |claim: KnownClaim| KnownClaim { billing_tax_id: "043219971".to_owned(), ..claim };
    let one_house: Vec<KnownClaim> = claims().into_iter().map(of_one_house).collect();
    let by_birch = |claim: KnownClaim| KnownClaim { billing_npi: BIRCH.to_owned(), ..claim };
    let billed_for_birch: Vec<KnownClaim> = claims().into_iter().map(by_birch).collect();
    let headed = format!("TS3*{CEDAR}*11*20261231*1*100~{}", paid("A1"));
    let denied = "CLP*A1*4*100*0**12*PA1~CAS*CO*29*100~DTM*232*20261006~".to_owned();
    let (one, two) = (paid("A1"), paid("A1") + &paid("A2"));
    for (why, payee, body, known, offices, expected) in [
        ("another office is paid", &birch, &one, &claims(), &both, 1),
        ("by its tax id alone", &"B*FI*04-3219971~".to_owned(), &one, &claims(), &both, 1),
        ("the tax id is the claim's", &with_tax_id("043219876"), &one, &claims(), &both, 0),
        ("both have one tax id", &birch, &one, &one_house, &both, 0),
        (
            "a claim bills by a number of the office",
            &format!("B*XX*{BIRCH}~"),
            &one,
            &one_house,
            &both,
            0,
        ),
        ("both bill by one number", &birch, &one, &billed_for_birch, &both, 0),
        ("it pays both, and is parted", &birch, &two, &claims(), &both, 0),
        ("its heading names the office", &birch, &headed, &claims(), &both, 0),
        ("nothing is paid", &birch, &denied, &claims(), &both, 0),
        ("who is paid is in no settings", &birch, &one, &claims(), &offices(&["cedar"]), 0),
        ("who sent it is in no settings", &birch, &one, &claims(), &offices(&["birch"]), 0),
        ("a stranger", &format!("S*XX*{STRANGER}~"), &one, &claims(), &both, 0),
    ] {
        let (items, payment) = decided((payee, body), known, offices);
        assert_eq!(items.len(), expected, "{why}");
        let is_broken = payment.broken.iter().any(|broken| broken.rule == PAID_ELSEWHERE);
        assert_eq!(is_broken, expected == 1, "{why}");
    }
}

#[test]
fn what_a_provider_adjustment_is_for_names_its_provider_and_its_office() {
    let of_entries = [(BIRCH.to_owned(), "birch".to_owned())].into();
    let offices = OurOffices { of_entries, ..OurOffices::default() };
    for (provider, expected) in [
        (BIRCH, "PLB01 1999001088 (office birch), PLB reference FEE9; segment"),
        (STRANGER, "PLB01 1999001096, PLB reference FEE9; segment"),
    ] {
        let body = format!("{}PLB*{provider}*20261231*CS:FEE9*5~", paid("A1"));
        let text = whole("I*55*C*CHK", &body);
        read_remittances(&text, |remittance| {
            let incoming = Incoming { offices: &offices, ..incoming(remittance) };
            let decision = decide(remittance, &claims(), &incoming, &LIMITS, &stamp());
            let items = decision.change.work.iter();
            let item = items.clone().find(|item| item.what.contains("PLB CS")).expect("an item");
            assert!(item.evidence.contains(expected), "{}", item.evidence);
            assert_eq!(item.alike.payer, "acme");
        });
    }
}
