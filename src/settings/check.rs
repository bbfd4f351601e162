//! What was written, checked and typed. Every problem is listed; nothing stops at the first.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use x12::answer::ta1::TOLERABLE;
use x12::guide::standard;
use x12::value::is_npi;

use crate::bank::{Columns, FORMS, Form};
use crate::clock::Zone;
use crate::limits;
use crate::scrub::profile::{OfficeTerms, Profile, Types};

use super::layers::Origins;
use super::names::{ChannelName, PartnerName, PayerName};
use super::overlaps::refuse_overlaps;
use super::plan::{
    BankPlan, BatchPlan, Identity, LimitsPlan, LogLevel, LogPlan, OfficeDirectories, OfficePlan,
    PayerDirectories, PayerPlan, Plan, ReceivingDirectories, TradingIds, WatchPlan, route_key,
};
use super::profile;
use super::written::{
    BankSettings, ClaimSettings, LimitSettings, PartnerSettings, PayerSettings, Settings,
    SnipSettings,
};
use super::{AllWritten, Problem, Written, tell};

/// Makes the plan. When anything is added to `problems`, the plan is not to be used.
pub(super) fn check(all: &AllWritten, problems: &mut Vec<Problem>) -> Plan {
    let main = &all.main;
    let mut checker = Checker { origins: &main.origins, problems };
    let mut plan = Plan {
        data_dir: all.data_dir.clone(),
        zone: checker.zone(&main.settings.time_zone),
        log: checker.log(&main.settings),
        web_address: checker.address("web.address", &main.settings.web.address),
        identity: checker.identity(&main.settings),
        watch: checker.watch(&main.settings),
        limits: checker.limits(&main.settings.limits),
        bank: checker.bank(&main.settings.bank, &all.data_dir),
        offices: Vec::new(),
        payers: Vec::new(),
        are_contracts_whole: true,
        contracts: Arc::default(),
        denials: Arc::default(),
        routes: HashMap::new(),
    };
    plan.offices = offices(all, problems);
    plan.payers = payers(all, problems);
    refuse_namesakes(all, &plan, problems);
    refuse_shared_providers(all, &plan, problems);
    plan.routes = routes(all, &plan.payers, problems);
    refuse_overlaps(all, &plan, problems);
    plan
}

fn offices(all: &AllWritten, problems: &mut Vec<Problem>) -> Vec<OfficePlan> {
    if all.partners.is_empty() {
        // Nobody was named: one office, so that the gateway works out of the box.
        let written = Written {
            settings: PartnerSettings::default(),
            origins: Origins::default(),
            stem: "office".into(),
            is_whole: true,
        };
        return vec![office(&written, &all.data_dir, problems)];
    }
    all.partners.iter().map(|written| office(written, &all.data_dir, problems)).collect()
}

fn office(
    written: &Written<PartnerSettings>,
    data_dir: &Path,
    problems: &mut Vec<Problem>,
) -> OfficePlan {
    let Written { settings, origins, stem, .. } = written;
    let mut checker = Checker { origins, problems };
    let name = checker.name(&settings.name, stem);
    let listen = match settings.channel.kind.as_str() {
        "directory" => {
            checker.no_address(&settings.channel.address);
            None
        }
        "tcp-listen" => Some(checker.address("channel.address", &settings.channel.address)),
        _ => {
            checker.problem(
                "channel.kind",
                "an office's channel is \"directory\" or \"tcp-listen\"; write one of them",
            );
            None
        }
    };
    // An office that has told us no ids is known by its channel alone.
    let any_sender = settings.isa_id.is_empty();
    let gs_id = if any_sender { "" } else { or(&settings.gs_id, &settings.isa_id) };
    let ids = TradingIds {
        isa_qualifier: checker.isa_qualifier("isa_qualifier", &settings.isa_qualifier),
        isa_id: if any_sender { String::new() } else { checker.isa_id("isa_id", &settings.isa_id) },
        gs_id: if any_sender { String::new() } else { checker.gs_id("gs_id", gs_id) },
    };
    let base = base(data_dir, "offices", &name, &settings.directory);
    OfficePlan {
        name: PartnerName::new(&name).expect(NAMED),
        channel: ChannelName::new(&name).expect(NAMED),
        ids,
        providers: checker.providers(&settings.providers),
        tolerated_notes: checker.notes("tolerated_notes", &settings.tolerated_notes),
        unsupported_sets: checker.unsupported_sets(&settings.unsupported_sets),
        directories: OfficeDirectories::under(&base),
        repeats_wrong_values: settings.repeat_wrong_values,
        bills_next_payers: settings.bill_next_payers,
        terms: OfficeTerms { types: checker.types(&settings.snip), repairs: settings.repairs },
        listen,
    }
}

fn payers(all: &AllWritten, problems: &mut Vec<Problem>) -> Vec<PayerPlan> {
    all.payers.iter().map(|written| payer(written, &all.data_dir, problems)).collect()
}

fn payer(
    written: &Written<PayerSettings>,
    data_dir: &Path,
    problems: &mut Vec<Problem>,
) -> PayerPlan {
    let Written { settings, origins, stem, .. } = written;
    let mut checker = Checker { origins, problems };
    let name = checker.name(&settings.name, stem);
    let days = |checker: &mut Checker<'_>, key: &str, days: u64| {
        checker.number(key, days, 1..=3_650, "days") as u32
    };
    let filing_limit_days = days(&mut checker, "filing_limit_days", settings.filing_limit_days);
    let corrected_claim_limit_days =
        days(&mut checker, "corrected_claim_limit_days", settings.corrected_claim_limit_days);
    let claims = checker.claims(&settings.claims);
    let plain = profile::Plain {
        name: &name,
        repairs: settings.repairs,
        types: checker.types(&settings.snip),
        claims: &claims,
        filing_limit_days,
        corrected_claim_limit_days,
    };
    let profile = checker.profile(&plain);
    PayerPlan {
        profile: Arc::new(profile),
        channel: ChannelName::new(&name).expect(NAMED),
        payer_ids: checker.payer_ids(&settings.payer_ids),
        ids: TradingIds {
            isa_qualifier: checker.isa_qualifier("isa_qualifier", &settings.isa_qualifier),
            isa_id: checker.isa_id("isa_id", &settings.isa_id),
            gs_id: checker.gs_id("gs_id", or(&settings.gs_id, &settings.isa_id)),
        },
        production: settings.production,
        unsupported_sets: checker.unsupported_sets(&settings.unsupported_sets),
        batch: BatchPlan {
            every: Duration::from_secs(checker.number(
                "batch.every_seconds",
                settings.batch.every_seconds,
                1..=86_400,
                "seconds",
            )),
            claims_max: checker.number(
                "batch.claims_max",
                settings.batch.claims_max,
                1..=1_000_000,
                "claims",
            ) as u32,
        },
        filing_limit_days,
        corrected_claim_limit_days,
        appeal_limit_days: days(&mut checker, "appeal_limit_days", settings.appeal_limit_days),
        overpayment_days: checker.number(
            "overpayment_days",
            settings.overpayment_days,
            0..=3_650,
            "days",
        ) as u32,
        frequencies: settings.claims.frequencies.clone(),
        dial: checker.dial(&settings.channel.kind, &settings.channel.address),
        directories: PayerDirectories::under(&base(data_dir, "payers", &name, &settings.directory)),
        acknowledges_remittances: settings.acknowledge_remittances,
        repeats_wrong_values: settings.repeat_wrong_values,
        name: PayerName::new(&name).expect(NAMED),
    }
}

/// A partner and a payer of the same name would share a channel's name in logs and metrics.
fn refuse_namesakes(all: &AllWritten, plan: &Plan, problems: &mut Vec<Problem>) {
    let mut known: HashMap<&ChannelName, String> = HashMap::new();
    known.insert(&plan.bank.channel, "the bank".to_owned());
    let offices = plan.offices.iter().map(|office| &office.channel);
    let names = offices.chain(plan.payers.iter().map(|payer| &payer.channel));
    for (index, name) in names.enumerate() {
        let file = file_of(all, plan, index);
        match known.get(name) {
            Some(other) => problems.push(Problem {
                file,
                key: "name".into(),
                what: format!(
                    "{other} is called {name} too, so their files could not be told \
                    apart; rename one"
                ),
            }),
            None => {
                known.insert(name, file);
            }
        }
    }
}

/// Whoever bills through several offices tells none of them apart.
fn refuse_shared_providers(all: &AllWritten, plan: &Plan, problems: &mut Vec<Problem>) {
    let mut known: HashMap<&str, &OfficePlan> = HashMap::new();
    for (office, written) in plan.offices.iter().zip(&all.partners) {
        for id in &office.providers {
            let Some(other) = known.insert(id, office) else { continue };
            problems.push(Problem {
                file: written.origins.of("providers").into(),
                key: "providers".into(),
                what: format!("{} has {id} too; leave out who bills through both", other.name),
            });
        }
    }
}

fn routes(
    all: &AllWritten,
    payers: &[PayerPlan],
    problems: &mut Vec<Problem>,
) -> HashMap<String, usize> {
    let mut routes: HashMap<String, usize> = HashMap::new();
    for (index, payer) in payers.iter().enumerate() {
        for payer_id in &payer.payer_ids {
            let earlier = routes.insert(route_key(payer_id), index);
            let Some(earlier) = earlier.filter(|&earlier| earlier != index) else { continue };
            let file = all.payers[index].origins.of("payer_ids");
            tell(problems, file, "payer_ids", || {
                format!(
                    "{} takes claims for {payer_id} too, so there would be two roads; leave it \
                        with one of them",
                    payers[earlier].name
                )
            });
        }
    }
    routes
}

/// The file of the office or payer at `index`, offices counted first; after them comes the bank.
pub(super) fn file_of(all: &AllWritten, plan: &Plan, index: usize) -> String {
    let origins = match index.checked_sub(plan.offices.len()) {
        Some(payer) => {
            let payer = all.payers.get(payer).map(|written| &written.origins);
            payer.or(Some(&all.main.origins))
        }
        None => all.partners.get(index).map(|written| &written.origins),
    };
    origins.map_or("defaults".into(), |origins| origins.of("").to_owned())
}

struct Checker<'a> {
    origins: &'a Origins,
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn problem(&mut self, key: &str, what: impl Into<String>) {
        let what = what.into();
        tell(self.problems, self.origins.of(key), key, || self.origins.at_value(key, &what));
    }

    /// What the payer's own file says of claims.
    fn profile(&mut self, plain: &profile::Plain<'_>) -> Profile {
        let file = self.origins.of("").to_owned();
        profile::read(&file, self.origins.text(), plain, self.problems)
    }

    /// With numbers that a claim can have.
    fn claims(&mut self, written: &ClaimSettings) -> ClaimSettings {
        let mut most = |key, value| self.number(key, value, 0..=9_999, "of a claim");
        ClaimSettings {
            lines_max: most("claims.lines_max", written.lines_max),
            replacement_lines_max: most(
                "claims.replacement_lines_max",
                written.replacement_lines_max,
            ),
            diagnoses_max: most("claims.diagnoses_max", written.diagnoses_max),
            ..written.clone()
        }
    }

    fn types(&mut self, snip: &SnipSettings) -> Types {
        let types = [
            ("snip.type_3", &snip.type_3),
            ("snip.type_4", &snip.type_4),
            ("snip.type_5", &snip.type_5),
            ("snip.type_6", &snip.type_6),
            ("snip.type_7", &snip.type_7),
        ];
        Types(types.map(|(key, written)| {
            let switch = profile::switch_of(written);
            if switch.is_none() && !written.is_empty() {
                let what = "write off, warn, hold or reject; empty leaves it to each rule";
                self.problem(key, what);
            }
            switch
        }))
    }

    fn zone(&mut self, name: &str) -> Zone {
        Zone::find(name).unwrap_or_else(|| {
            self.problem(
                "time_zone",
                format!(
                    "{name:?} is no zone that this machine knows; \
                write UTC or one such as America/Chicago, and see that the machine's zone files \
                    are installed"
                ),
            );
            Zone::UTC
        })
    }

    fn log(&mut self, settings: &Settings) -> LogPlan {
        let text = settings.log.level.as_str();
        let level = LogLevel::ALL.into_iter().find(|level| level.name() == text);
        let level = level.unwrap_or_else(|| {
            self.problem(
                "log.level",
                format!("{text:?} is no level; write error, warn, info or debug"),
            );
            LogLevel::Info
        });
        LogPlan { level, json: settings.log.json }
    }

    fn identity(&mut self, settings: &Settings) -> Identity {
        let written = &settings.identity;
        let phone = &written.contact_phone;
        if phone.len() != 10 || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
            self.problem(
                "identity.contact_phone",
                "a telephone number is ten digits, area code first, nothing between",
            );
        }
        Identity {
            name: self.text("identity.name", &written.name, 1..=60),
            ids: TradingIds {
                isa_qualifier: self.isa_qualifier("identity.isa_qualifier", &written.isa_qualifier),
                isa_id: self.isa_id("identity.isa_id", &written.isa_id),
                gs_id: self.gs_id("identity.gs_id", &written.gs_id),
            },
            other_isa_ids: written
                .other_isa_ids
                .iter()
                .map(|id| self.isa_id("identity.other_isa_ids", id))
                .collect(),
            submitter_name: self.text("identity.submitter_name", &written.submitter_name, 1..=60),
            submitter_id: self.text("identity.submitter_id", &written.submitter_id, 2..=80),
            contact_name: self.text("identity.contact_name", &written.contact_name, 1..=60),
            contact_phone: phone.clone(),
        }
    }

    fn watch(&mut self, settings: &Settings) -> WatchPlan {
        let written = &settings.watch;
        let scan = self.number("watch.scan_seconds", written.scan_seconds, 1..=3_600, "seconds");
        let stable = self.number("watch.stable_ms", written.stable_ms, 10..=600_000, "ms");
        let key = "watch.torn_timeout_seconds";
        let torn = self.number(key, written.torn_timeout_seconds, 1..=86_400, "seconds");
        WatchPlan {
            scan_every: Duration::from_secs(scan),
            stable: Duration::from_millis(stable),
            torn_timeout: Duration::from_secs(torn),
        }
    }

    fn limits(&mut self, written: &LimitSettings) -> LimitsPlan {
        let file = "limits.file_bytes_max";
        let interchange = "limits.interchange_bytes_max";
        let claims = "limits.claims_per_set_max";
        let connections = "limits.connections_max";
        let idle = "limits.connection_idle_seconds";
        let bytes = 1_024..=limits::FILE_BYTES_MAX;
        let claims_max = 1..=limits::CLAIMS_PER_SET_MAX;
        LimitsPlan {
            file_bytes_max: self.number(file, written.file_bytes_max, bytes.clone(), "bytes"),
            // At most 32 bits, see FILE_BYTES_MAX.
            interchange_bytes_max: self.number(
                interchange,
                written.interchange_bytes_max,
                bytes,
                "bytes",
            ) as usize,
            claims_per_set_max: self.number(
                claims,
                written.claims_per_set_max,
                claims_max,
                "claims",
            ) as u32,
            connections_max: self.number(
                connections,
                written.connections_max,
                1..=10_000,
                "connections",
            ) as usize,
            connection_idle: Duration::from_secs(self.number(
                idle,
                written.connection_idle_seconds,
                1..=86_400,
                "seconds",
            )),
        }
    }

    fn bank(&mut self, written: &BankSettings, data_dir: &Path) -> BankPlan {
        let form = Form::named(&written.form).unwrap_or_else(|| {
            let known = FORMS.map(Form::name).join(", ");
            let what =
                format!("{:?} is no form of a bank's file; write one of {known}", written.form);
            self.problem("bank.form", what);
            Form::Any
        });
        let mut days =
            |key, days| self.number(key, days, 0..=BANK_DAYS_MAX, "business days") as u32;
        let remittance_days = days("bank.remittance_days", written.remittance_days);
        let deposit_days = days("bank.deposit_days", written.deposit_days);
        let check_days = days("bank.check_days", written.check_days);
        let directory = (!written.directory.is_empty()).then(|| data_dir.join(&written.directory));
        let columns = written.columns.clone();
        BankPlan {
            channel: ChannelName::new(BANK).expect("lower-case letters"),
            directories: directory.map(|base| ReceivingDirectories::under(&base)),
            form,
            columns: Columns {
                date: columns.date,
                amount: columns.amount,
                trace: columns.trace,
                payer: columns.payer,
                payer_id: columns.payer_id,
                text: columns.text,
            },
            remittance_days,
            deposit_days,
            check_days,
        }
    }

    /// The name written, or else the file's. A name that cannot be used is reported.
    fn name(&mut self, written: &str, stem: &str) -> String {
        let name = or(written, stem);
        if PartnerName::new(name).is_some() {
            return name.to_owned();
        }
        self.problem(
            "name",
            format!(
                "{name:?} is used as a directory and in metrics; write \
            lower-case letters, digits, - and _, at most {} of them",
                limits::NAME_BYTES_MAX
            ),
        );
        // Stands in while the rest is checked; numbered, so that two of them do not clash.
        format!("unnamed-{}", self.problems.len())
    }

    fn number(&mut self, key: &str, value: u64, range: RangeInclusive<u64>, unit: &str) -> u64 {
        if !range.contains(&value) {
            let (least, most) = (range.start(), range.end());
            self.problem(key, format!("{value} {unit} is out of bounds; write {least} to {most}"));
        }
        value.clamp(*range.start(), *range.end())
    }

    fn text(&mut self, key: &str, value: &str, range: RangeInclusive<usize>) -> String {
        // X12's basic characters and lower case; our own delimiters never stand in data.
        let allowed = |byte: u8| matches!(byte, b' '..=b'}') && !b"*:^~".contains(&byte);
        if !range.contains(&value.len()) || value.trim() != value || !value.bytes().all(allowed) {
            let (least, most) = (range.start(), range.end());
            self.problem(
                key,
                format!(
                    "{value:?} cannot stand in an envelope; write {least} to \
                {most} plain characters without *, :, ^ and ~"
                ),
            );
        }
        value.to_owned()
    }

    fn isa_id(&mut self, key: &str, value: &str) -> String {
        self.text(key, value, 1..=15)
    }

    fn gs_id(&mut self, key: &str, value: &str) -> String {
        self.text(key, value, 2..=15)
    }

    fn isa_qualifier(&mut self, key: &str, value: &str) -> String {
        if !ISA_QUALIFIERS.contains(&value) {
            self.problem(
                key,
                format!("{value:?} is no kind of id; write one of {}", ISA_QUALIFIERS.join(", ")),
            );
        }
        value.to_owned()
    }

    fn address(&mut self, key: &str, value: &str) -> SocketAddr {
        value.parse().unwrap_or_else(|_| {
            self.problem(
                key,
                format!(
                    "{value:?} is no address to listen on; write one such as \
                127.0.0.1:9837, or 0.0.0.0:9837 for every network"
                ),
            );
            SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0)
        })
    }

    fn no_address(&mut self, value: &str) {
        if !value.is_empty() {
            self.problem(
                "channel.address",
                "a directory has no address, so it would do nothing; \
                remove it or change channel.kind",
            );
        }
    }

    fn dial(&mut self, kind: &str, address: &str) -> Option<String> {
        match kind {
            "directory" => {
                self.no_address(address);
                None
            }
            "tcp-dial" => {
                let port = address.rsplit_once(':').filter(|(host, _)| !host.is_empty());
                let port = port.and_then(|(_, port)| port.parse::<u16>().ok());
                if port.is_none_or(|port| port == 0) {
                    self.problem(
                        "channel.address",
                        format!("{address:?} is no address to connect to; write host:port"),
                    );
                }
                Some(address.to_owned())
            }
            _ => {
                self.problem(
                    "channel.kind",
                    "a payer's channel is \"directory\" or \"tcp-dial\"; write one of them",
                );
                None
            }
        }
    }

    fn notes(&mut self, key: &str, written: &[String]) -> Vec<String> {
        for note in written.iter().filter(|note| !TOLERABLE.contains(&note.as_str())) {
            self.problem(
                key,
                format!("{note:?} cannot be tolerated; write some of {}", TOLERABLE.join(", ")),
            );
        }
        written.to_vec()
    }

    fn unsupported_sets(&mut self, written: &[String]) -> Vec<String> {
        let is_kept = |set: &String| standard::ALL.iter().any(|guide| guide.set == set);
        for unknown in written.iter().filter(|set| !is_kept(set)) {
            self.problem(
                "unsupported_sets",
                format!(
                    "{unknown:?} is no set that is only kept, so that it would still be taken; \
                     list any of 270, 271, 276, 277, 278, 820 and 834"
                ),
            );
        }
        written.to_vec()
    }

    fn providers(&mut self, written: &[String]) -> Vec<String> {
        let is_tax_id = |id: &str| id.len() == 9 && id.bytes().all(|digit| digit.is_ascii_digit());
        for wrong in written.iter().filter(|id| !is_npi(id.as_bytes()) && !is_tax_id(id)) {
            self.problem(
                "providers",
                format!("{wrong:?} is neither an NPI nor the nine digits of a tax id"),
            );
        }
        written.to_vec()
    }

    fn payer_ids(&mut self, written: &[String]) -> Vec<String> {
        if written.is_empty() {
            self.problem(
                "payer_ids",
                "without one no claim reaches this payer; write the ids \
                that claims carry in 2010BB NM109",
            );
        }
        written.iter().map(|id| self.text("payer_ids", id, 2..=80)).collect()
    }
}

/// The bank's channel; no office and no payer is called so.
const BANK: &str = "bank";

/// A year of them.
const BANK_DAYS_MAX: u64 = 250;

const NAMED: &str = "Checker::name gives names only";

/// ISA05 and ISA07 of the 5010 guides.
const ISA_QUALIFIERS: [&str; 9] = ["01", "14", "20", "27", "28", "29", "30", "33", "ZZ"];

fn or<'a>(written: &'a str, otherwise: &'a str) -> &'a str {
    if written.is_empty() { otherwise } else { written }
}

fn base(data_dir: &Path, kind: &str, name: &str, written: &str) -> PathBuf {
    if written.is_empty() { data_dir.join(kind).join(name) } else { data_dir.join(written) }
}
