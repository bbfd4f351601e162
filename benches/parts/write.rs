//! Claims cut out of their file, and put together into one interchange for their payer.

use claimgate::document::{cut, place_of};
use claimgate::intake::judge::judge;
use claimgate::outbound::{Outgoing, Parties, apart, assemble};
use claimgate::store::archive::hash_of;
use divan::Bencher;
use divan::counter::ItemsCount;
use x12::compose::Envelope;
use x12::view::claim::{Kind, claims};

use crate::sample;

const CLAIMS: u32 = 2_000;

#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    let file = sample::clean(CLAIMS);
    let content = hash_of(&file);
    let reading = x12::interchange::read(&file);
    let mut places = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                let claims = claims(interchange, set, &judged.walked);
                places.extend(
                    claims.map(|claim| place_of(interchange, set, &claim, content.clone())),
                );
            }
        }
    }
    let (envelope, parties) = (envelope(), parties());
    bencher.counter(ItemsCount::new(places.len())).bench(|| {
        let outgoing = places.iter().enumerate().map(|(key, place)| Outgoing {
            key,
            batch_type: "CH".to_owned(),
            document: cut(place, &file, &[]).expect("the claim stands in its file"),
        });
        let together = apart(outgoing.collect()).together.pop().unwrap_or_default();
        assemble(&envelope, &parties, Kind::Professional, together, 5_000)
    });
}

fn envelope() -> Envelope {
    Envelope {
        sender_qualifier: "ZZ".to_owned(),
        sender: "CLAIMGATE".to_owned(),
        receiver_qualifier: "ZZ".to_owned(),
        receiver: "ACMEHEALTH".into(),
        application_sender: "CLAIMGATE".to_owned(),
        application_receiver: "ACMEHEALTH".into(),
        day: sample::today(),
        time: "0930".to_owned(),
        control_number: 1,
        wants_ta1: true,
        is_production: false,
    }
}

fn parties() -> Parties {
    Parties {
        submitter_name: "CLAIMGATE".to_owned(),
        submitter_id: "CLAIMGATE".to_owned(),
        contact_name: "EDI DESK".to_owned(),
        contact_phone: "8005550100".to_owned(),
        receiver_name: "ACME HEALTH".to_owned(),
        receiver_id: "ACMEHEALTH".to_owned(),
    }
}
