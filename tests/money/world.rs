//! A house, and the ten things that an auditor asks of its ledger.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use clap::Parser;

use claimgate::audit::audit;
use claimgate::change::cases::TOO_MUCH;
use claimgate::change::{ArrivalId, ClaimId, Moment};
use claimgate::clock::{self, Timestamp, Zone};
use claimgate::commands::export::all_carried;
use claimgate::commands::store::Office;
use claimgate::commands::{Arguments, Command, Failure, Outcome, bank, queue};
use claimgate::denials::Category;
use claimgate::gateway::{Gateway, deposits, dispatch, receive};
use claimgate::ledger::{self, Account, DECIDED_LATE, GIVES_WAY, WRITTEN_OFF};
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::store::archive::Archive;
use claimgate::store::{self, Claim, Delivery, KeptPosting, Store, Work, WorkFilter};
use claimgate::transport::Arrival;
use x12::value::Money;

use crate::aged;
use crate::crashing::Crashing;
use crate::made::{self, Made};
use crate::payers::{CLAIMS, Fate, Remitted, office_file};
use crate::told;

/// A claim with two lines, of 60.00 and 40.00.
fn with_two_lines(control_number: u32, claim: &Made) -> String {
    let text = made::interchange("CEDAR", control_number, std::slice::from_ref(claim));
    let (of_first, of_second) =
        (format!("REF*6R*{}L1~", claim.number), format!("REF*6R*{}L2~", claim.number));
    let day = made::days_ago(20).to_wire();
    let second =
        format!("*60*UN*1***1~\nDTP*472*D8*{day}~\n{of_first}\nLX*2~\nSV1*HC:93000*40*UN*1***1~");
    let text = text.replace("*100*UN*1***1~", &second);
    let (before, last) = text.rsplit_once(&of_first).expect("a line");
    let text = format!("{before}{of_second}{last}");
    let (start, end) = text.split_once("SE*").expect("a trailer");
    let (_, end) = end.split_once('*').expect("a count");
    let segments = start.matches("~\n").count() - 1;
    format!("{start}SE*{segments}*{end}")
}

fn open(place: &Path, url: &str) -> (Gateway, Arc<Crashing>) {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
    let plan = Settings::load(Some(&config), place).expect("settings");
    let archive = Archive::open(&place.join("archive")).expect("an archive");
    let crashing = Arc::new(Crashing::new(store::open(url).expect("a store")));
    (Gateway::new(plan, crashing.clone(), archive), crashing)
}

/// What a person decides about the money of remittances.
pub fn work_on_deposits(words: &[&str], office: &Office) -> Result<Outcome, Failure> {
    let all = ["claimgate", "bank"].iter().chain(words).chain(&["--by", "ann"]);
    let arguments = Arguments::try_parse_from(all).expect("a command");
    let Command::Bank(arguments) = arguments.command else { panic!("no bank command") };
    bank::work_on(&arguments, office, &mut Vec::new())
}

/// What a person does in the queue.
pub fn work_on(words: &[&str], office: &Office) -> Result<Outcome, Failure> {
    let all = ["claimgate", "queue"].iter().chain(words).chain(&["--by", "ann"]);
    let arguments = Arguments::try_parse_from(all).expect("a command");
    let Command::Queue(arguments) = arguments.command else { panic!("no queue command") };
    queue::work_on(&arguments, office, &mut Vec::new())
}

/// What is left on an account, of a claim or of none, in cents.
pub type Balances = BTreeMap<(Account, Option<i64>), i64>;

pub struct World {
    pub gateway: Gateway,
    pub crashing: Arc<Crashing>,
    pub now: Timestamp,
    /// BPR02 of what may be posted, by the number of its file.
    pub amounts: BTreeMap<ArrivalId, i64>,
    /// What the bank showed, by the number of its file.
    deposits: BTreeMap<ArrivalId, i64>,
    /// The store, where it is opened anew after a crash.
    url: String,
    place: tempfile::TempDir,
}

impl World {
    /// A house in memory, or one on the disk whose store is opened anew after each crash.
    pub fn new(is_on_disk: bool) -> World {
        let text = made::interchange("CEDAR", 1, &made::many("M", CLAIMS));
        World::of(&text, is_on_disk)
    }

    /// A house in memory of one claim with two lines, of 60.00 and 40.00.
    pub fn of_two_lines() -> World {
        World::of(&with_two_lines(1, &Made::new("M00001")), false)
    }

    /// A claim with the same two lines goes out in the place of one, whose payer knows it by this number.
    pub fn replace(&mut self, number: &str, original: &str) {
        let original = original.to_owned();
        let made = Made { frequency: "7", original, ..Made::new(number) };
        self.take_in("cedar", "anew", &with_two_lines(91, &made));
        self.release();
        assert_eq!(self.dispatch(), 1);
    }

    fn of(text: &str, is_on_disk: bool) -> World {
        let place = tempfile::tempdir().expect("a directory");
        let url = match is_on_disk {
            true => format!("sqlite:{}", place.path().join("store.db").display()),
            false => "memory:".to_owned(),
        };
        let (gateway, crashing) = open(place.path(), &url);
        let (now, amounts, deposits) = (clock::now(), BTreeMap::new(), BTreeMap::new());
        let mut world = World { gateway, crashing, now, amounts, deposits, url, place };
        world.take_in("cedar", "claims", text);
        assert_eq!(world.dispatch(), 1);
        world
    }

    pub fn dispatch(&mut self) -> usize {
        self.now = Timestamp::from_micros(self.now.micros() + 120_000_000);
        dispatch::turn(&self.gateway, self.now).expect("batches")
    }

    /// More claims of the office go out.
    pub fn send(&mut self, claims: impl AsRef<[made::Made]>) {
        self.take_in("cedar", "more", &made::interchange("CEDAR", 90, claims.as_ref()));
        assert_eq!(self.dispatch(), 1);
    }

    /// What offices send once more, when the payer first spoke of their claims.
    pub fn send_anew(&mut self, fates: &[Fate]) {
        for (index, fate) in fates.iter().enumerate() {
            let number = format!("M{:05}", index + 1);
            if let Some(text) = office_file(fate, &number, index as u32 + 2) {
                self.take_in("cedar", &format!("anew-{number}"), &text);
                self.release();
                assert_eq!(self.dispatch(), 1, "{fate:?}");
                self.check();
            }
        }
    }

    /// A person lets go what is held, as a replacement of what is not decided on.
    pub fn release(&mut self) {
        for item in self.open_items().iter().filter(|item| item.category == Category::Held) {
            let id = item.id.0.to_string();
            assert!(self.work_on(&["release", &id, "--override-findings", "it is known"]));
        }
    }

    pub fn open_items(&self) -> Vec<Work> {
        let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
        self.store().work(&filter).expect("read")
    }

    /// What a person does in the queue; whether it is done.
    pub fn work_on(&mut self, words: &[&str]) -> bool {
        work_on(words, &self.office(self.gateway.store.clone())).is_ok()
    }

    /// What the queue prints.
    pub fn shown(&self, words: &[&str]) -> String {
        let all = ["claimgate", "queue"].iter().chain(words);
        let arguments = Arguments::try_parse_from(all).expect("a command");
        let Command::Queue(arguments) = arguments.command else { panic!("no queue command") };
        let mut told = Vec::new();
        let office = self.office(self.gateway.store.clone());
        queue::work_on(&arguments, &office, &mut told).expect("told");
        String::from_utf8(told).expect("a text")
    }

    /// Why a person cannot do it.
    pub fn refused(&self, words: &[&str]) -> Option<String> {
        let office = self.office(self.gateway.store.clone());
        work_on(words, &office).err().map(|why| why.to_string())
    }

    /// What a person works with.
    pub fn office(&self, store: Arc<dyn Store>) -> Office {
        Office {
            plan: self.gateway.plan.clone(),
            store,
            rulebook: claimgate::scrub::Rulebook::built_in(),
            archive: self.gateway.archive.clone(),
            now: self.now,
        }
    }

    /// The power is back.
    pub fn revive(&mut self) {
        self.crashing.revive();
        if self.url != "memory:" {
            (self.gateway, self.crashing) = open(self.place.path(), &self.url);
        }
    }

    pub fn store(&self) -> &dyn Store {
        self.gateway.store.as_ref()
    }

    pub fn take_in(&mut self, channel: &str, name: &str, text: &str) -> ArrivalId {
        let channel = ChannelName::new(channel).expect("a name");
        let bytes = Bytes::copy_from_slice(text.as_bytes());
        let arrival = Arrival::of_bytes(channel, name.to_owned(), bytes, self.now);
        if let Ok(handled) = receive::take_in(&self.gateway, &arrival, self.now) {
            // It may have gone right after the last write.
            if self.store().probe().is_err() {
                self.revive();
            }
            return handled.arrival;
        }
        // The power went; after it is back, the file still lies there.
        self.revive();
        receive::finish_unsettled(&self.gateway, self.now).expect("finished");
        receive::take_in(&self.gateway, &arrival, self.now).expect("taken in").arrival
    }

    /// The ten things, before and after deposits and remittances are brought together.
    pub fn look(&mut self) {
        if self.store().probe().is_err() {
            self.revive();
        }
        self.check();
        self.bring_together();
        self.check();
    }

    /// Deposits and remittances, with the power going in between.
    pub fn bring_together(&mut self) {
        if deposits::turn(&self.gateway, self.now).is_err() {
            self.revive();
            deposits::turn(&self.gateway, self.now).expect("brought together");
        }
        if self.store().probe().is_err() {
            self.revive();
        }
    }

    /// What is owed, by its age.
    pub fn aging(&self) -> String {
        aged::aging(self.store(), self.now.day(&Zone::UTC))
    }

    fn journal(&self) -> Vec<KeptPosting> {
        self.store().journal(0, u32::MAX).expect("read")
    }

    /// The ten things, and that what is owed by its age adds up to them.
    pub fn check(&self) {
        self.aging();
        let journal = self.journal();
        let mut accounts: BTreeMap<Account, i64> = BTreeMap::new();
        let mut cash: BTreeMap<ArrivalId, i64> = BTreeMap::new();
        for KeptPosting { arrival, posting, .. } in &journal {
            *accounts.entry(posting.account).or_insert(0) += posting.amount.cents();
            let is_given_up = ledger::is_given_up(posting);
            if let (Account::Cash, Some(arrival), false) = (posting.account, arrival, is_given_up) {
                *cash.entry(*arrival).or_insert(0) += posting.amount.cents();
            }
            // 7: the patient owes by PR alone.
            let is_share = posting.reason.starts_with("PR-") || posting.reason == GIVES_WAY;
            let is_of_patient = posting.account == Account::Patient;
            let is_billed = is_of_patient && Money::ZERO < posting.amount;
            assert!(!is_billed || is_share, "{}", posting.reason);
            self.check_source(*arrival, posting.claim, posting.source.offset);
        }
        // 1: debits are credits.
        assert_eq!(accounts.values().sum::<i64>(), 0, "{accounts:?}");
        // 2 and 6: each payment posts its BPR02, once.
        let of_remittances =
            cash.iter().filter(|(arrival, _)| !self.deposits.contains_key(arrival));
        for (arrival, cents) in of_remittances {
            assert_eq!(self.amounts.get(arrival), Some(cents), "{arrival:?}");
        }
        let of = |account| accounts.get(&account).copied().unwrap_or_default();
        // What the bank shows is on its account, and is either that of a remittance or unexplained.
        assert_eq!(of(Account::Bank), self.deposits.values().sum::<i64>());
        let deposited: i64 = self.deposits.keys().filter_map(|arrival| cash.get(arrival)).sum();
        assert_eq!(of(Account::Unexplained), -of(Account::Bank) - deposited);
        // 8: what waits is on the account of suspense, and is listed.
        let waits: Money =
            self.store().suspended().expect("read").iter().map(|one| one.amount).sum();
        assert_eq!(of(Account::Suspense), -waits.cents());
        // 9: what is carried is what its entries add up to, and what was sent back for it.
        let carried = all_carried(self.store()).expect("read");
        let taken_back = ["WO", "WU", "72", ledger::REFUND];
        for (account, reasons) in
            [(Account::Forwarded, &["FB"][..]), (Account::Takeback, &taken_back)]
        {
            let entries = carried.iter().filter(|one| reasons.contains(&one.reason.as_str()));
            let sum: Money = entries.map(|one| one.amount).sum();
            assert_eq!(of(account), sum.cents(), "{account:?}");
        }
        self.check_claims();
        self.check_paid_twice(&journal);
        self.reports_add_up();
        // 5 and 10: the journal read from its start comes to the digest that was kept.
        let audited =
            audit(self.store(), (&self.gateway.denials(), Moment(self.now.micros())), |arrival| {
                self.gateway.archive.get(&arrival.content).map_err(|error| error.to_string())
            });
        let audited = audited.expect("audited");
        assert!(audited.disagreements.is_empty(), "{:?}", audited.disagreements);
        let questions = aged::questions(self.store(), &audited.unexplained);
        assert!(questions.is_empty(), "{questions}");
    }

    /// What items say was paid twice is in credit.
    fn check_paid_twice(&self, journal: &[KeptPosting]) {
        let mut owed: BTreeMap<_, i64> = BTreeMap::new();
        for KeptPosting { posting, .. } in journal {
            if matches!(posting.account, Account::Receivable | Account::Patient) {
                let of = (posting.claim, posting.account);
                *owed.entry(of).or_insert(0) += posting.amount.cents();
            }
        }
        let credit: i64 = owed.values().map(|owed| (-owed).max(0)).sum();
        let mut twice = self.open_items();
        twice.retain(|item| item.category == Category::Overpaid && item.alike.rule == TOO_MUCH);
        let told: i64 = twice.iter().map(|item| item.amount.cents()).sum();
        assert!(told <= credit, "{told} is told, {credit} is in credit: {twice:#?}");
    }

    /// What offices are told of remittances adds up to what they are paid; how many they are told of.
    pub fn reports_add_up(&self) -> usize {
        let channels = self.store().waiting_channels().expect("read");
        let left = channels.iter().flat_map(|(channel, _)| {
            let found = self.store().undelivered(channel, Moment(i64::MAX), u32::MAX);
            found.expect("read")
        });
        let left: Vec<Delivery> = left.collect();
        told::add_up(left.iter().map(|one| (one.channel.as_str(), one.name.as_str(), &one.bytes)))
    }

    /// 5: every posting points at the segment that it comes from.
    fn check_source(&self, arrival: Option<ArrivalId>, claim: Option<ClaimId>, offset: usize) {
        let arrival = arrival.unwrap_or_else(|| {
            let claim = claim.expect("a charge has its claim");
            self.store().claim(claim).expect("read").expect("a claim").arrival
        });
        let kept = self.store().arrival(arrival).expect("read").expect("an arrival");
        let bytes = self.gateway.archive.get(&kept.content).expect("the bytes of it");
        if self.deposits.contains_key(&arrival) {
            assert_eq!(bytes[..offset].iter().filter(|byte| **byte == b'\n').count(), 1);
            return;
        }
        let before = &bytes[..offset];
        let start = before.iter().rposition(|byte| *byte == b'~').map_or(0, |at| at + 1);
        let segment = String::from_utf8_lossy(&bytes[start..]).trim_start().to_owned();
        let tag = segment.split('*').next().unwrap_or_default();
        assert!(["CLM", "CLP", "SVC", "CAS", "PLB", "BPR", "ST"].contains(&tag), "{tag}");
    }

    /// 3: the charge of a claim is what was paid, adjusted, left to the patient, given up, and is open.
    /// Of claims for one service the first has the charge, unless it was voided.
    fn check_claims(&self) {
        let claims = self.claims();
        for claim in &claims {
            let (mut settled, mut charged, mut voided) = (0, 0, 0);
            let (mut owed, mut given_up) = (0, 0);
            for posting in self.store().postings(claim.id).expect("read") {
                let cents = posting.amount.cents();
                let is_of_own = matches!(posting.reason.as_str(), WRITTEN_OFF | DECIDED_LATE);
                if posting.account == Account::WriteOff && is_of_own {
                    given_up += cents;
                }
                if posting.account == Account::Receivable {
                    owed += cents;
                }
                let of =
                    if posting.account == Account::Charges { &mut charged } else { &mut settled };
                *of += cents;
                if posting.reason == "void" && posting.account == Account::Charges {
                    voided += cents;
                }
            }
            assert_eq!(settled, -charged, "claim {}", claim.id.0);
            // What was given up gives way before anything is paid beyond the charge.
            assert!(given_up == 0 || (0 < given_up && 0 <= owed), "claim {}", claim.id.0);
            let is_first = claim.replaces.is_none() && claim.follows.is_none();
            // What went out in its place, with another charge, is asked for by now.
            let anew = claims.iter().rfind(|other| other.replaces == Some(claim.id));
            let asked = -anew.unwrap_or(claim).charge.cents();
            let expected = if is_first && voided == 0 { asked } else { 0 };
            assert_eq!(charged, expected, "claim {}", claim.id.0);
        }
    }

    pub fn claims(&self) -> Vec<Claim> {
        let ids = (1..=CLAIMS as i64 * 2).map(ClaimId);
        ids.filter_map(|id| self.store().claim(id).expect("read")).collect()
    }

    /// The bank shows what a remittance paid, once or twice in the same file.
    pub fn show_deposit(&mut self, file: &Remitted, cycle: usize, is_again: bool) {
        let Some(table) = file.deposit(cycle) else { return };
        let arrival = self.take_in("bank", &format!("{cycle}.csv"), &table);
        self.deposits.insert(arrival, file.amount());
        self.check();
        self.bring_together();
        self.check();
        if is_again {
            self.take_in("bank", &format!("again-{cycle}.csv"), &table);
            self.bring_together();
            self.check();
        }
    }

    /// What is left: balances by account and claim, and the states of claims.
    pub fn end(&self) -> (Balances, Vec<State>) {
        let mut balances = BTreeMap::new();
        for KeptPosting { posting, .. } in self.journal() {
            let key = (posting.account, posting.claim.map(|claim| claim.0));
            *balances.entry(key).or_insert(0) += posting.amount.cents();
        }
        balances.retain(|_, cents| *cents != 0);
        // A claim whose payment is taken back waits for its payer as one that was never paid does.
        let state = |claim: Claim| match claim.state {
            State::Batched | State::Sent | State::Acknowledged => State::Accepted,
            other => other,
        };
        (balances, self.claims().into_iter().map(state).collect())
    }
}
