//! A remittance that the simulated payer wrote, reconciled with the claims that it pays.

use claimgate::change::{ArrivalId, ClaimId, Moment, Stamp};
use claimgate::denials::route::Limits;
use claimgate::denials::table::BUILT_IN;
use claimgate::lifecycle::State;
use claimgate::reconcile::matching::{KnownClaim, KnownLine};
use claimgate::reconcile::turns::{Books, Turns};
use claimgate::reconcile::{Incoming, decide};
use divan::Bencher;
use divan::counter::ItemsCount;
use x12::interchange::Reading;
use x12::phi::Phi;
use x12::value::Quantity;
use x12::view::claim::Claim;
use x12::view::remittance::remittance;

use crate::sample;

const CLAIMS: u32 = 1_000;

#[divan::bench]
fn reconcile(bencher: Bencher<'_, '_>) {
    let file = sample::clean(CLAIMS);
    let mut known = Vec::new();
    each_claim(&x12::interchange::read(&file), |claim| {
        known.push(known_claim(known.len() as i64 + 1, claim));
    });
    let reading = x12::interchange::read(&sample::remittances(CLAIMS));
    let interchange = reading.interchanges.first().expect("the answer is an interchange");
    let set = interchange.groups.first().and_then(|group| group.sets.first());
    let set = set.expect("the answer holds a set");
    let guide = x12::guide::find("005010X221A1", "835").expect("the remittance guide");
    let walked = x12::walk::walk(interchange, set, guide);
    let found_in = ("acme", ArrivalId(1), "bench".to_owned());
    let incoming = Incoming::to_ours(found_in, Phi::new("835.x12"), &BUILT_IN);
    let stamp = Stamp { now: Moment(0), today: sample::today(), time: "0930".to_owned() };
    bencher.counter(ItemsCount::new(CLAIMS)).bench(|| {
        let remittance = remittance(interchange, set, &walked);
        let decision = decide(&remittance, &known, &incoming, &Limits::default(), &stamp);
        assert_eq!(decision.summary.matched, known.len());
        decision
    });
}

fn each_claim(reading: &Reading, mut take: impl FnMut(&Claim<'_>)) {
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let judged = claimgate::intake::judge::judge(interchange, group, set);
                for claim in x12::view::claim::claims(interchange, set, &judged.walked) {
                    take(&claim);
                }
            }
        }
    }
}

/// The claim as the gateway would know it after it was sent and accepted.
fn known_claim(id: i64, claim: &Claim<'_>) -> KnownClaim {
    let days = claim.service_days();
    let lines = claim.lines.iter().map(|line| KnownLine {
        number: line.number.text().parse().unwrap_or_default(),
        control_number: line.reference("6R").map_or(String::new(), |own| own.text().into()),
        code: line.procedure.code.text().into(),
        revenue_code: String::new(),
        modifiers: line.procedure.modifiers.iter().map(|one| one.text().into()).collect(),
        place: claim.place_of(line).text().into(),
        charge: line.charge.money().unwrap_or_default(),
        unit: line.unit.text().into(),
        quantity: Quantity::parse(line.quantity.bytes()),
        day: line.service_days().map(|days| days.from),
    });
    let people = [claim.subscriber.party.as_ref(), claim.person()].into_iter().flatten();
    let names = people.map(|person| {
        [person.last_name, person.first_name].map(|name| Phi::new(name.text().into_owned()))
    });
    KnownClaim {
        id: ClaimId(id),
        account: ClaimId(id),
        is_replaced: false,
        void: None,
        books: Books::default(),
        original_number: String::new(),
        names: names.collect(),
        billing_tax_id: String::new(),
        partner: "cedar".to_owned(),
        state: State::Accepted,
        follows: None,
        names_next_payer: false,
        payers_before: Vec::new(),
        is_predetermination: false,
        is_asked_on: false,
        patient_control_number: Phi::new(claim.patient_control_number.text().into()),
        member_ids: Vec::new(),
        payer: Some("acme".to_owned()),
        payer_control_numbers: Vec::new(),
        charge: claim.charge(),
        frequency: claim.frequency.text().into(),
        service_from: days.map(|days| days.from),
        service_to: days.map(|days| days.to),
        billing_npi: claim.billing.id.text().into(),
        plans: Vec::new(),
        lines: lines.collect(),
        lines_before: Vec::new(),
        earlier: Vec::new(),
        later: Vec::new(),
        family: None,
        undecided: Vec::new(),
        worked_on: Vec::new(),
        refunds: Vec::new(),
        turns: Turns::default(),
        read: Vec::new(),
    }
}
