//! What a payer's own rules cost.

use std::fmt::Write;
use std::time::Duration;

use claimgate::intake::judge::judge;
use claimgate::scrub::path::Filed;
use claimgate::settings::written::Settings;
use x12::view::claim::claims;

use crate::sample;
use crate::{Row, Target, median, processor_time};

const CLAIMS: u32 = 5_000;

const RUNS: usize = 9;

/// What twenty conditions ask, of claims and of lines.
const CONDITIONS: [&str; 20] = [
    "total_charge > 0 && total_charge < 1000000",
    "frequency in ['1', '7', '8']",
    "subscriber.member_number.matches('^[A-Z0-9]{2,}$')",
    "lines.all(one, one.charge >= 0)",
    "lines.exists(one, has(one.procedure.procedure))",
    "!(kind == 'P' && where_the_care_was_given.place_of_service == '99')",
    "billing_provider.npi.startsWith('1')",
    "rendering_provider == null || rendering_provider.npi != ''",
    "service_from <= service_to && service_to <= today",
    "days_between(service_to, today) < 10000",
    "sum(lines.map(one, one.charge)) == total_charge || total_charge > 0",
    "principal_diagnosis.diagnosis != ''",
    "lines.size() <= 50 && size(diagnoses_coded) <= 12",
    "lines.all(one, !(one.procedure.procedure == '99215') || '25' in one.procedure.modifiers)",
    "value('2010AA N4 N402') != ''",
    "line.charge < 100000",
    "line.units > 0 && line.units < 1000",
    "line.place != '99' || has(line.authorization)",
    "!(line.procedure.procedure >= '97110' && line.procedure.procedure <= '97546') || line.units < 9",
    "patient.date_of_birth == null || years_between(patient.date_of_birth, service_from) < 150",
];

/// Twenty rules of one payer, asked of claims that are read and looked at already.
pub fn of_a_payer() -> Vec<Row> {
    let mut file = String::from("payer_ids = [\"ACME1\"]\nisa_id = \"ACME\"\n");
    for (number, condition) in CONDITIONS.iter().enumerate() {
        write!(
            file,
            "[[rule]]\nname = \"rule-{number}\"\nmessage = \"m\"\nrequire = \"{condition}\"\n"
        )
        .expect("a text takes what is written to it");
    }
    let place = tempfile::tempdir().expect("a place for the settings");
    let payers = place.path().join("payers");
    std::fs::create_dir_all(&payers).expect("made");
    std::fs::write(payers.join("acme.toml"), file).expect("written");
    let main = place.path().join("claimgate.toml");
    std::fs::write(&main, "").expect("written");
    let plan = Settings::load(Some(&main), place.path()).expect("settings that are right");
    let profile = &plan.payers.first().expect("a payer").profile;

    let claims_file = sample::clean(CLAIMS);
    let reading = x12::interchange::read(&claims_file);
    let interchange = reading.interchanges.first().expect("an interchange");
    let group = interchange.groups.first().expect("a group");
    let walked: Vec<_> =
        group.sets.iter().map(|set| (set, judge(interchange, group, set).walked)).collect();
    let all: Vec<_> = walked
        .iter()
        .flat_map(|(set, walked)| {
            claims(interchange, set, walked).map(move |claim| (*set, walked, claim))
        })
        .collect();
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..RUNS {
        let began = processor_time().expect("the system tells");
        let mut found = Vec::new();
        for (set, walked, claim) in &all {
            profile.ask(&Filed { claim, interchange, set, walked }, sample::today(), &mut found);
        }
        times.push(processor_time().expect("the system tells").saturating_sub(began));
        assert!(found.is_empty(), "the claims are clean");
    }
    let rate = f64::from(CLAIMS) / median(times).as_secs_f64();
    vec![Row {
        name: "twenty CEL rules of a payer, one core",
        measured: rate,
        unit: "claims/s",
        target: Target::AtLeast(20_000.0),
    }]
}
