//! A gateway with a store of its own, and the ten things that an auditor asks of its ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bytes::Bytes;
use claimgate::audit::{Unexplained, audit};
use claimgate::change::{ArrivalId, ClaimId, DeliveryKind, DeliveryOutcome, Moment};
use claimgate::clock::Timestamp;
use claimgate::commands::store::Office;
use claimgate::commands::{Arguments, Command, queue};
use claimgate::denials::Category;
use claimgate::gateway::{Gateway, coordinate, deliver, dispatch, receive};
use claimgate::ledger::{Account, GIVES_WAY};
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::store::archive::Archive;
use claimgate::store::{self, Claim, Store, WorkFilter};
use claimgate::transport::Arrival;
use clap::Parser;
use x12::value::{Day, Money};

use crate::aged::aging;
use crate::chance::Chance;
use crate::truth::{self, Identity};

pub struct House {
    pub gateway: Gateway,
    arrivals: u32,
    /// What makes payments the same again.
    seen: BTreeSet<Identity>,
    /// BPR02 of what may be posted, by the number of its file.
    paid: BTreeMap<ArrivalId, Money>,
    /// What of the journal was looked at, and what its cash comes to.
    journal_to: i64,
    cash: BTreeMap<ArrivalId, Money>,
    files: BTreeMap<ArrivalId, Bytes>,
    /// How often all ten were asked.
    pub steps: u64,
    _place: tempfile::TempDir,
}

/// What leaves a house.
pub struct Sent {
    pub channel: String,
    pub kind: DeliveryKind,
    pub bytes: Bytes,
}

/// What is left at the end, whatever the order was.
#[derive(Debug, PartialEq, Eq)]
pub struct End {
    accounts: BTreeMap<(ClaimId, &'static str), Money>,
    states: BTreeMap<ClaimId, State>,
    carried: Vec<(String, String, String, Money)>,
    suspended: Vec<(String, Money)>,
    aging: String,
}

impl House {
    pub fn new() -> House {
        let place = tempfile::tempdir().expect("a directory");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        House {
            gateway: Gateway::new(plan, store::open("memory:").expect("a store"), archive),
            arrivals: 0,
            seen: BTreeSet::new(),
            paid: BTreeMap::new(),
            journal_to: 0,
            cash: BTreeMap::new(),
            files: BTreeMap::new(),
            steps: 0,
            _place: place,
        }
    }

    pub fn store(&self) -> &dyn Store {
        self.gateway.store.as_ref()
    }

    pub fn take_in(&mut self, partner: &str, name: &str, bytes: &Bytes, now: Timestamp) {
        self.arrivals += 1;
        let channel = ChannelName::new(partner).expect("a name");
        let name = format!("{}-{name}", self.arrivals);
        let arrival = Arrival::of_bytes(channel, name.clone(), bytes.clone(), now);
        let handled = receive::take_in(&self.gateway, &arrival, now).expect("taken in");
        assert_eq!(handled.meta["verdict"].as_str(), Some("taken"), "{name} of {partner}");
        for payment in truth::payments(bytes) {
            if payment.adds_up && self.seen.insert(payment.identity) {
                *self.paid.entry(handled.arrival).or_default() += payment.amount;
            }
        }
        self.check();
    }

    /// Claims for the payers that come next are made, and what is ready is put into batches.
    pub fn work(&mut self, now: Timestamp) {
        coordinate::turn(&self.gateway, now).expect("next payers");
        while 0 < coordinate::turn(&self.gateway, now).expect("next payers") {}
        dispatch::turn(&self.gateway, now).expect("batches");
    }

    /// What is due leaves.
    pub fn send(&mut self, now: Timestamp) -> Vec<Sent> {
        let store = self.gateway.store.clone();
        let mut sent = Vec::new();
        for (channel, _) in store.waiting_channels().expect("read") {
            let moment = Moment(now.micros());
            for delivery in store.undelivered(&channel, moment, u32::MAX).expect("read") {
                let outcome = DeliveryOutcome::Delivered;
                deliver::note(&self.gateway, &delivery, &outcome, now).expect("noted");
                let (kind, bytes) = (delivery.kind, delivery.bytes);
                sent.push(Sent { channel: channel.clone(), kind, bytes });
            }
        }
        sent
    }

    /// What has to hold after each file: of all accounts, and of what was posted since the last one.
    fn check(&mut self) {
        self.steps += 1;
        let balances = self.store().balances().expect("read");
        let of = |account: Account| -> Money {
            balances.iter().filter(|total| total.account == account).map(|it| it.amount).sum()
        };
        // 1: debits are credits.
        let sum: Money = balances.iter().map(|balance| balance.amount).sum();
        assert!(sum.is_zero(), "the ledger is out of balance by {sum}");
        // 8: what waits is on the account of suspense, and is listed.
        let waits: Money = self.store().suspended().expect("read").iter().map(|it| it.amount).sum();
        assert_eq!(-of(Account::Suspense), waits, "suspense");
        // 9: what is carried is what its entries add up to.
        let carried = self.store().all_carried().expect("read");
        for (account, reasons) in
            [(Account::Forwarded, &["FB"][..]), (Account::Takeback, &["WO", "WU"])]
        {
            let entries = carried.iter().filter(|one| reasons.contains(&one.reason.as_str()));
            let sum: Money = entries.map(|one| one.amount).sum();
            assert_eq!(of(account), sum, "{account:?}");
        }
        self.check_new_postings();
        // 2 and 6: each payment posts its BPR02, once.
        for (arrival, cash) in &self.cash {
            let paid = self.paid.get(arrival).copied().unwrap_or_default();
            assert_eq!(*cash, paid, "{arrival:?}");
        }
    }

    fn check_new_postings(&mut self) {
        let new = self.store().journal(self.journal_to, u32::MAX).expect("read");
        let mut touched = BTreeSet::new();
        for kept in &new {
            self.journal_to = kept.id;
            let (posting, claim) = (&kept.posting, kept.posting.claim);
            touched.extend(claim);
            if posting.account == Account::Cash {
                let arrival = kept.arrival.expect("cash is of a remittance");
                *self.cash.entry(arrival).or_default() += posting.amount;
            }
            // 5: it points at the segment that it comes from.
            let arrival = kept.arrival.unwrap_or_else(|| {
                let claim = claim.expect("a charge has its claim");
                self.store().claim(claim).expect("read").expect("a claim").arrival
            });
            let bytes = self.bytes_of(arrival);
            let offset = posting.source.offset;
            let before = bytes.get(..offset).expect("within the file");
            let start = before.iter().rposition(|byte| *byte == b'~').map_or(0, |at| at + 1);
            let segment = bytes.get(start..).expect("within the file").trim_ascii_start();
            let tag = segment.split(|byte| *byte == b'*').next().expect("a tag");
            let tags: [&[u8]; 5] = [b"CLM", b"CLP", b"SVC", b"CAS", b"PLB"];
            assert!(tags.contains(&tag), "{}", String::from_utf8_lossy(tag));
        }
        // 3: the charge of a claim is what was paid, adjusted, left to the patient, and is open.
        // 7: the patient owes by PR alone, or as much as gives way to what a later payer pays.
        for claim in touched {
            let postings = self.store().postings(claim).expect("read");
            let sum: Money = postings.iter().map(|posting| posting.amount).sum();
            assert!(sum.is_zero(), "claim {}", claim.0);
            let of_patient = postings.iter().filter(|it| it.account == Account::Patient);
            let others = of_patient.filter(|it| {
                !it.reason.starts_with("PR-") && it.reason != GIVES_WAY && it.reason != "paid"
            });
            let billed: Money = others.map(|posting| posting.amount).sum();
            assert!(billed <= Money::ZERO, "claim {}: {billed} is billed to the patient", claim.0);
        }
    }

    fn bytes_of(&mut self, arrival: ArrivalId) -> Bytes {
        if let Some(bytes) = self.files.get(&arrival) {
            return bytes.clone();
        }
        let kept = self.store().arrival(arrival).expect("read").expect("an arrival");
        let bytes = self.gateway.archive.get(&kept.content).expect("the bytes of it");
        self.files.insert(arrival, bytes.clone());
        bytes
    }

    /// 10: the journal read from its start comes to the digest that was kept, and every claim that
    /// came is somewhere. Gives what nobody explained.
    pub fn replay(&self) -> Vec<Unexplained> {
        let audited = audit(self.store(), (&self.gateway.denials(), Moment(i64::MAX)), |arrival| {
            self.gateway.archive.get(&arrival.content).map_err(|error| error.to_string())
        });
        let audited = audited.expect("audited");
        assert!(audited.disagreements.is_empty(), "{:?}", audited.disagreements);
        audited.unexplained
    }

    /// Persons let denials be, send them on to the next payer, or give up.
    pub fn work_on_denials(&self, chance: &mut Chance, now: Timestamp) {
        let office = Office {
            plan: self.gateway.plan.clone(),
            store: self.gateway.store.clone(),
            rulebook: claimgate::scrub::Rulebook::built_in(),
            archive: self.gateway.archive.clone(),
            now,
        };
        let category = Some(Category::Denied);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        for item in self.store().work(&filter).expect("read") {
            let (id, claim) = (item.id.0.to_string(), item.claim.map(|claim| claim.0.to_string()));
            let words = match (chance.below(8), claim.as_deref()) {
                (0 | 1, _) => vec!["resolve", &id, "--keep-claim"],
                (2, _) => vec!["resolve", &id],
                (3, Some(claim)) => vec!["give-up", claim],
                _ => continue,
            };
            let all = ["claimgate", "queue"].into_iter().chain(words);
            let all = all.chain(["--reason", "it is so", "--by", "ann"]);
            let arguments = Arguments::try_parse_from(all).expect("a command");
            let Command::Queue(arguments) = arguments.command else { panic!("no queue command") };
            // What may not be done is refused.
            queue::work_on(&arguments, &office, &mut Vec::new()).ok();
        }
    }

    /// All claims under a CLM01, in the order in which they came.
    pub fn claims(&self, number: &str) -> Vec<Claim> {
        let mut claims = self.store().claims_by_control_number(number).expect("read");
        claims.sort_by_key(|claim| claim.id);
        claims
    }

    /// What is left of all that was posted.
    pub fn end(&self, today: Day) -> End {
        let mut accounts: BTreeMap<(ClaimId, &'static str), Money> = BTreeMap::new();
        let mut states = BTreeMap::new();
        for kept in self.store().journal(0, u32::MAX).expect("read") {
            let posting = kept.posting;
            let Some(claim) = posting.claim else { continue };
            *accounts.entry((claim, posting.account.name())).or_default() += posting.amount;
            states.entry(claim).or_insert_with(|| {
                // What is taken back waits for its payer as if it had never been paid.
                match self.store().claim(claim).expect("read").expect("a claim").state {
                    State::Batched | State::Sent | State::Acknowledged => State::Accepted,
                    other => other,
                }
            });
        }
        accounts.retain(|_, amount| !amount.is_zero());
        let mut carried: Vec<(String, String, String, Money)> = Vec::new();
        for one in self.store().all_carried().expect("read") {
            carried.push((one.payer, one.payee, one.reference.expose().clone(), one.amount));
        }
        carried.retain(|(.., amount)| !amount.is_zero());
        carried.sort();
        let suspended = self.store().suspended().expect("read").into_iter();
        let mut suspended: Vec<(String, Money)> =
            suspended.map(|one| (one.identity, one.amount)).collect();
        suspended.sort();
        End { accounts, states, carried, suspended, aging: aging(self.store(), today) }
    }
}
