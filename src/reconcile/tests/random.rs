//! What must hold of every remittance: claim payments that are composed at random.

use proptest::prelude::*;

use super::*;

/// A claim payment to be composed: amounts in cents.
#[derive(Clone, Debug)]
struct Composed {
    id: i64,
    adjustments: Vec<(&'static str, i64)>,
    /// What each service pays and what adjusts it.
    services: Vec<(i64, Vec<(&'static str, i64)>)>,
    /// What the claim pays when it has no services.
    paid: i64,
}

impl Composed {
    fn adjusted(list: &[(&'static str, i64)]) -> i64 {
        list.iter().map(|(_, cents)| cents).sum()
    }

    fn paid(&self) -> i64 {
        let services: i64 = self.services.iter().map(|(paid, _)| paid).sum();
        if self.services.is_empty() {
            self.paid
        } else {
            services - Self::adjusted(&self.adjustments)
        }
    }

    fn charge(&self) -> i64 {
        let services = self.services.iter();
        let adjusted: i64 = services.map(|(_, list)| Self::adjusted(list)).sum();
        self.paid() + adjusted + Self::adjusted(&self.adjustments)
    }

    /// Its segments; those of a reversal have every amount with the other sign.
    fn text(&self, is_reversal: bool) -> String {
        let sign = if is_reversal { -1 } else { 1 };
        let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
        let cas = |list: &[(&'static str, i64)]| -> String {
            list.iter().map(|(code, cents)| format!("CAS*{code}*{}~", wire(*cents))).collect()
        };
        let status = if is_reversal { 22 } else { 1 };
        let (charge, paid, id) = (wire(self.charge()), wire(self.paid()), self.id);
        let mut text = format!("CLP*A{id}*{status}*{charge}*{paid}**12*P{id}~");
        text.push_str(&cas(&self.adjustments));
        for (number, (paid, list)) in self.services.iter().enumerate() {
            let charge = wire(paid + Self::adjusted(list));
            let number = number + 1;
            text.push_str(&format!("SVC*HC:9921{number}*{charge}*{}**1~", wire(*paid)));
            text.push_str(&cas(list));
            text.push_str(&format!("REF*6R*A{id}-{number}~"));
        }
        text
    }
}

const ADJUSTMENT_CODES: &[&str] = &["CO*45", "CO*50", "PR*1", "PR*3", "OA*23", "PI*97", "CR*96"];

fn adjustments() -> impl Strategy<Value = Vec<(&'static str, i64)>> {
    prop::collection::vec((prop::sample::select(ADJUSTMENT_CODES), -5_000_i64..50_000), 0..4)
}

fn claims() -> impl Strategy<Value = Vec<Composed>> {
    let services = prop::collection::vec((-1_000_i64..100_000, adjustments()), 0..4);
    // Ids up to 3 are known claims; the others are not.
    let claim = (1_i64..6, adjustments(), services, -1_000_i64..100_000);
    let composed = claim.prop_map(|(id, adjustments, services, paid)| Composed {
        id,
        adjustments,
        services,
        paid,
    });
    prop::collection::vec(composed, 0..6)
}

/// A remittance that adds up: what it would lack goes into a PLB.
fn balanced(text: &str, claims_paid: i64, taken: i64) -> (String, i64) {
    let amount = (claims_paid - taken).max(0);
    let entry = Money::from_cents(claims_paid - amount).to_wire();
    let plb = format!("PLB*1999001013*20261231*FB:X*{entry}~");
    let payment = format!("I*{}*C*CHK", Money::from_cents(amount).to_wire());
    (whole(&payment, &format!("{text}{plb}")), amount)
}

proptest! {
    #[test]
    fn every_payment_posts_its_cash_and_nothing_more(claims in claims(), taken in 0_i64..10_000) {
        let text: String = claims.iter().map(|claim| claim.text(false)).collect();
        let paid: i64 = claims.iter().map(Composed::paid).sum();
        let (text, amount) = balanced(&text, paid, taken);
        let decision = decide_text(&text, &known()).remove(0);
        prop_assert!(decision.summary.is_posted);
        let sums = balances(postings(&decision));
        // Debits are credits, and cash is BPR02.
        prop_assert_eq!(sums.values().sum::<i64>(), 0);
        prop_assert_eq!(sums.get(&Account::Cash).copied().unwrap_or_default(), amount);
        // Every move follows from the one before it.
        let mut states: BTreeMap<i64, State> = BTreeMap::new();
        for (claim, _, from, to) in moves(&decision) {
            prop_assert_eq!(states.insert(claim, to).unwrap_or(State::Accepted), from);
        }
    }

    #[test]
    fn a_claims_charge_is_accounted_for(claims in claims()) {
        let text: String = claims.iter().map(|claim| claim.text(false)).collect();
        let (text, _) = balanced(&text, claims.iter().map(Composed::paid).sum(), 0);
        let decision = decide_text(&text, &known()).remove(0);
        for claim in known() {
            let sent = ledger::charge(claim.id, claim.charge, Place::default());
            let of_claim = postings(&decision).iter().filter(|made| made.claim == Some(claim.id));
            let sums = balances(sent.iter().chain(of_claim));
            let settled = sums.iter().filter(|(account, _)| **account != Account::Charges);
            prop_assert_eq!(settled.map(|(_, cents)| cents).sum::<i64>(), claim.charge.cents());
            let told = decision.change.payments[0].claims.iter();
            let posted = told.filter(|told| told.claim == Some(claim.id) && told.word.is_some());
            let decided: Money = posted.clone().map(|told| told.charge).sum();
            // What is left to other CLPs (OA-23 of a first payer, OA-94) is owed until they are there.
            let of_others =
                posted.flat_map(|told| ledger::marked_in(&told.adjustments, ledger::LEFT));
            let left: Money = of_others.map(|(_, _, amount)| amount).sum();
            let open = sums.get(&Account::Receivable).copied().unwrap_or_default();
            // What is decided once more takes nothing off.
            if decided <= claim.charge {
                prop_assert_eq!(open, (claim.charge - decided + left).cents());
            }
        }
    }

    #[test]
    fn a_reversal_restores_every_balance(claims in claims()) {
        let paid: i64 = claims.iter().map(Composed::paid).sum();
        let all = |is_reversal: bool| -> String {
            claims.iter().map(|claim| claim.text(is_reversal)).collect()
        };
        let (forth, _) = balanced(&all(false), paid, 0);
        let forth = decide_text(&forth, &known()).remove(0);
        let (back, _) = balanced(&all(true), -paid, 0);
        let back = back.replace("20261030~", "20261031~").replace("T1001", "T1002");
        let back = decide_text(&back, &after(&forth)).remove(0);
        prop_assert!(forth.summary.is_posted && back.summary.is_posted);
        let mut sums: BTreeMap<(Account, Option<i64>, String), i64> = BTreeMap::new();
        for posting in postings(&forth).iter().chain(postings(&back)) {
            let key = (posting.account, posting.claim.map(|id| id.0), posting.line.clone());
            *sums.entry(key).or_insert(0) += posting.amount.cents();
        }
        // The balance that was carried forward is the payment's, not the claims'.
        sums.retain(|(account, ..), _| !matches!(account, Account::Cash | Account::Forwarded));
        prop_assert!(sums.values().all(|cents| *cents == 0), "{:?}", sums);
    }

    #[test]
    fn no_text_is_too_much(body in "(CLP|SVC|CAS|PLB|REF|DTM|NM1|MOA)([*:~A-Z0-9.-]{0,40})") {
        for decision in decide_text(&whole("I*60*C*CHK", &format!("{body}~")), &known()) {
            prop_assert_eq!(balances(postings(&decision)).values().sum::<i64>(), 0);
        }
    }
}
