//! Claims by whom they name, for payments that name no number of ours.

use claimgate::change::ClaimId;
use claimgate::store::Of;
use x12::phi::Phi;
use x12::value::DayRange;

use crate::sample::*;
use crate::suite::{add_claims, on_every_backend};

/// Claims are found by whom they named as they went out, by what they charged then.
#[test]
fn finds_claims_by_charge_and_by_whom_they_name() {
    on_every_backend(|store| {
        let ids = add_claims(store, 3);
        let days = DayRange { from: day(1), to: day(9) };
        let found = |charge: i64, of: Of<'_>| -> Vec<ClaimId> {
            let claims = store.claims_by_charge(cents(charge), days, of, 9).expect("read");
            claims.into_iter().map(|claim| claim.id).collect()
        };
        let [name, number] = ["ROE,J".to_owned(), format!("#W{}", ids[0].0)].map(Phi::new);
        assert!(found(10_001, Of::Person(&name)).is_empty(), "it did not go out");
        store.commit(&batch(2_000, 1, &ids[..2])).expect("committed");
        assert_eq!(found(10_001, Of::Person(&name)), ids[..1]);
        assert_eq!(found(10_002, Of::Person(&name)), ids[1..2]);
        assert_eq!(found(10_001, Of::Person(&number)), ids[..1]);
        assert!(found(10_002, Of::Person(&number)).is_empty());
        assert!(found(10_003, Of::Person(&name)).is_empty());
        assert!(found(10_001, Of::Unkept).is_empty());
        // The sample has as many lines as its number says.
        assert_eq!(found(10_001, Of::Anybody { lines: 1 }), ids[..1]);
        assert!(found(10_001, Of::Anybody { lines: 2 }).is_empty());
    });
}
