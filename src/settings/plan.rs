//! The settings, checked: what the daemon works from.

use std::collections::{BTreeSet, HashMap};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::bank::{Columns, Form};
use crate::clock::Zone;
use crate::code_sets::library::Library;
use crate::contracts::terms::Book;
use crate::denials::table::Table;
use crate::scrub::profile::{OfficeTerms, Profile};
use crate::scrub::{BUILT_IN_VERSION, Rulebook};

use super::names::{ChannelName, PartnerName, PayerName};
use super::profile::short_digest;

/// All that the operator decided.
#[derive(Clone, Debug)]
pub struct Plan {
    pub data_dir: PathBuf,
    pub zone: Zone,
    pub log: LogPlan,
    pub web_address: SocketAddr,
    pub identity: Identity,
    pub watch: WatchPlan,
    pub limits: LimitsPlan,
    pub bank: BankPlan,
    /// In the order of their files.
    pub offices: Vec<OfficePlan>,
    /// In the order of their files.
    pub payers: Vec<PayerPlan>,
    /// Nothing is wrong with the contracts.
    pub are_contracts_whole: bool,
    /// What payers owe by contract.
    pub contracts: Arc<Book>,
    /// By what denials are routed.
    pub denials: Arc<Table>,
    /// Payer id to its place in `payers`.
    pub(super) routes: HashMap<String, usize>,
}

impl Plan {
    /// The first payer or office, by the name of its file, that one plan has and the other has not,
    /// or that has other payer ids there.
    pub fn differs_in(&self, other: &Plan) -> Option<String> {
        let known = |plan: &Plan| -> BTreeSet<(String, Vec<String>)> {
            let payer = |payer: &PayerPlan| {
                let mut ids = payer.payer_ids.clone();
                ids.sort();
                (format!("payer {}", payer.name), ids)
            };
            let payers = plan.payers.iter().map(payer);
            let offices =
                plan.offices.iter().map(|one| (format!("office {}", one.name), Vec::new()));
            payers.chain(offices).collect()
        };
        let (own, others) = (known(self), known(other));
        own.symmetric_difference(&others).next().map(|(name, _)| name.clone())
    }
}

/// What is logged, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogPlan {
    pub level: LogLevel,
    /// One JSON object a line instead of text.
    pub json: bool,
}

/// The least grave line that is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
}

/// Who we are in what we send.
#[derive(Clone, Debug)]
pub struct Identity {
    pub name: String,
    pub ids: TradingIds,
    /// Further ids under which interchanges are for us, ISA08.
    pub other_isa_ids: Vec<String>,
    /// NM103 of loop 1000A.
    pub submitter_name: String,
    /// NM109 of loop 1000A.
    pub submitter_id: String,
    /// PER02 of loop 1000A.
    pub contact_name: String,
    /// PER04 of loop 1000A, ten digits.
    pub contact_phone: String,
}

/// How someone is called in envelopes. Our own and payers' are never empty; an office's may be,
/// and then whoever sends over its channel is taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TradingIds {
    /// ISA05 or ISA07.
    pub isa_qualifier: String,
    /// ISA06 or ISA08, without its padding.
    pub isa_id: String,
    /// GS02 or GS03.
    pub gs_id: String,
}

/// When a file in an inbox counts as complete.
#[derive(Clone, Copy, Debug)]
pub struct WatchPlan {
    pub scan_every: Duration,
    /// Size and time of change must stand still for this long.
    pub stable: Duration,
    /// A file that stands still without a closing IEA is taken as it is after this long.
    pub torn_timeout: Duration,
}

/// How much is taken at most.
#[derive(Clone, Copy, Debug)]
pub struct LimitsPlan {
    pub file_bytes_max: u64,
    /// Of an interchange over a socket, which is kept in memory until it is whole.
    pub interchange_bytes_max: usize,
    pub claims_per_set_max: u32,
    pub connections_max: usize,
    /// A connection that sends nothing for this long is closed.
    pub connection_idle: Duration,
}

/// What comes from the bank.
#[derive(Clone, Debug)]
pub struct BankPlan {
    pub channel: ChannelName,
    /// Where its files come in; `None` when nobody watches for them.
    pub directories: Option<ReceivingDirectories>,
    pub form: Form,
    pub columns: Columns,
    /// How many business days a remittance has after its deposit.
    pub remittance_days: u32,
    /// How many business days a deposit has after its remittance.
    pub deposit_days: u32,
    /// How many of them a check has.
    pub check_days: u32,
}

/// A trading partner that sends us files.
#[derive(Clone, Debug)]
pub struct OfficePlan {
    pub name: PartnerName,
    pub channel: ChannelName,
    pub ids: TradingIds,
    /// NPIs and tax ids of those who bill through it alone.
    pub providers: Vec<String>,
    /// Notes of a TA1 in spite of which its interchanges are taken.
    pub tolerated_notes: Vec<String>,
    /// Sets, by their number, that are rejected instead of kept.
    pub unsupported_sets: Vec<String>,
    pub directories: OfficeDirectories,
    /// Whether a 999 repeats wrong values of the office's files.
    pub repeats_wrong_values: bool,
    /// Whether claims for the payers after the first are made here.
    pub bills_next_payers: bool,
    /// What it wants of findings.
    pub terms: OfficeTerms,
    /// Where the office connects to us. Without one its inbox is watched.
    pub listen: Option<SocketAddr>,
}

/// An office's directories.
#[derive(Clone, Debug)]
pub struct OfficeDirectories {
    pub receiving: ReceivingDirectories,
    pub acks: PathBuf,
    pub remits: PathBuf,
    pub reports: PathBuf,
}

/// Where files come in and what becomes of them. All on one filesystem: files are renamed from
/// one to the next.
#[derive(Clone, Debug)]
pub struct ReceivingDirectories {
    pub inbox: PathBuf,
    /// What we have taken out of the inbox and not yet settled.
    pub work: PathBuf,
    pub done: PathBuf,
    pub error: PathBuf,
}

/// A payer that we send claims to.
#[derive(Clone, Debug)]
pub struct PayerPlan {
    pub name: PayerName,
    pub channel: ChannelName,
    /// What offices call it in NM109 of loop 2010BB.
    pub payer_ids: Vec<String>,
    pub ids: TradingIds,
    /// ISA15 is P, not T.
    pub production: bool,
    pub batch: BatchPlan,
    /// Sets, by their number, that are rejected instead of kept.
    pub unsupported_sets: Vec<String>,
    pub filing_limit_days: u32,
    pub corrected_claim_limit_days: u32,
    pub appeal_limit_days: u32,
    /// To report and return what was overpaid; 0 for what the law says.
    pub overpayment_days: u32,
    /// What CLM05-3 may be; nothing for whatever it is.
    pub frequencies: Vec<String>,
    /// What it asks of claims beyond their guide.
    pub profile: Arc<Profile>,
    pub directories: PayerDirectories,
    /// Whether its remittances get a 999 even when all of them are taken.
    pub acknowledges_remittances: bool,
    /// Whether a 999 repeats wrong values of the payer's files.
    pub repeats_wrong_values: bool,
    /// `host:port` that we connect to. Without one files go through its directories.
    pub dial: Option<String>,
}

/// A payer's directories.
#[derive(Clone, Debug)]
pub struct PayerDirectories {
    pub receiving: ReceivingDirectories,
    pub outbox: PathBuf,
}

/// When claims are put together into a file.
#[derive(Clone, Copy, Debug)]
pub struct BatchPlan {
    pub every: Duration,
    pub claims_max: u32,
}

/// A way in or out, as transports see it.
#[derive(Clone, Debug)]
pub struct ChannelPlan {
    pub name: ChannelName,
    pub kind: Channel,
}

/// How a channel works.
#[derive(Clone, Debug)]
pub enum Channel {
    /// An office drops into its inbox and collects from its other directories.
    OfficeDirectory(OfficeDirectories),
    /// An office connects to us; what is no reply waits in its directories.
    OfficeListen { address: SocketAddr, directories: OfficeDirectories },
    /// A payer collects from its outbox and answers into its inbox.
    PayerDirectory(PayerDirectories),
    /// We connect to a payer, which answers over the same connection.
    PayerDial { address: String },
    /// A bank drops what it shows of our account, and is told nothing.
    BankDirectory(ReceivingDirectories),
}

impl Plan {
    /// The payer that claims for `payer_id` (NM109 of loop 2010BB) go to. Case and blanks around
    /// it do not count.
    pub fn route(&self, payer_id: &str) -> Option<&PayerPlan> {
        let index = *self.routes.get(&route_key(payer_id))?;
        self.payers.get(index)
    }

    /// What claims are scrubbed with: our rules, what payers ask, what offices want.
    pub fn rulebook(&self, codes: Arc<Library>) -> Rulebook {
        let payers = self.routes.iter().filter_map(|(id, &index)| {
            let payer = self.payers.get(index)?;
            Some((id.clone(), Arc::clone(&payer.profile)))
        });
        let offices = self.offices.iter();
        let offices = offices.map(|office| (office.name.to_string(), office.terms.clone()));
        let version = self.rules_version(&codes).into();
        let (payers, offices, senders) = (payers.collect(), offices.collect(), self.senders());
        Rulebook { version, payers, offices, senders, ..Rulebook::with(codes) }
    }

    /// Offices by their ISA06, those alone that share it with no other.
    fn senders(&self) -> HashMap<String, String> {
        let is_of_one = |id: &str| {
            let mut same = self.offices.iter().filter(|office| office.ids.isa_id == id);
            !id.is_empty() && same.next().is_some() && same.next().is_none()
        };
        let known = self.offices.iter().filter(|office| is_of_one(&office.ids.isa_id));
        known.map(|office| (office.ids.isa_id.clone(), office.name.to_string())).collect()
    }

    /// The program's version, and a digest of all that payers, offices and imported code sets add.
    fn rules_version(&self, codes: &Library) -> String {
        let mut text = String::new();
        for payer in &self.payers {
            let Profile { types, switches, repairs, rules, payer: name } = payer.profile.as_ref();
            let rules: Vec<_> = rules.iter().map(|rule| (&rule.version, rule.severity)).collect();
            let ids = &payer.payer_ids;
            text.push_str(&format!("{name} {ids:?} {types:?} {switches:?} {repairs} {rules:?}\n"));
        }
        for office in &self.offices {
            text.push_str(&format!("{} {:?}\n", office.name, office.terms));
        }
        for table in codes.all_imported() {
            text.push_str(&format!("{} {}\n", table.about.set, table.about.edition));
        }
        let digest = short_digest(Sha256::new_with_prefix(text));
        format!("{BUILT_IN_VERSION}, {digest}")
    }

    /// The office of that name.
    pub fn office(&self, name: &PartnerName) -> Option<&OfficePlan> {
        self.offices.iter().find(|office| office.name == *name)
    }

    /// The payer of that name.
    pub fn payer(&self, name: &PayerName) -> Option<&PayerPlan> {
        self.payers.iter().find(|payer| payer.name == *name)
    }

    /// The office at the other end of a channel, if it is an office.
    pub fn office_of(&self, channel: &ChannelName) -> Option<&OfficePlan> {
        self.offices.iter().find(|office| office.channel == *channel)
    }

    /// The payer at the other end of a channel, if it is a payer.
    pub fn payer_of(&self, channel: &ChannelName) -> Option<&PayerPlan> {
        self.payers.iter().find(|payer| payer.channel == *channel)
    }

    /// Every way in or out.
    pub fn channels(&self) -> Vec<ChannelPlan> {
        let offices = self.offices.iter().map(|office| ChannelPlan {
            name: office.channel.clone(),
            kind: match office.listen {
                Some(address) => {
                    Channel::OfficeListen { address, directories: office.directories.clone() }
                }
                None => Channel::OfficeDirectory(office.directories.clone()),
            },
        });
        let payers = self.payers.iter().map(|payer| ChannelPlan {
            name: payer.channel.clone(),
            kind: match &payer.dial {
                Some(address) => Channel::PayerDial { address: address.clone() },
                None => Channel::PayerDirectory(payer.directories.clone()),
            },
        });
        let bank = self.bank.directories.iter().map(|directories| ChannelPlan {
            name: self.bank.channel.clone(),
            kind: Channel::BankDirectory(directories.clone()),
        });
        offices.chain(payers).chain(bank).collect()
    }
}

impl LogLevel {
    /// Every level, the gravest first.
    pub const ALL: [LogLevel; 4] =
        [LogLevel::Error, LogLevel::Warn, LogLevel::Info, LogLevel::Debug];

    /// The word in the settings.
    pub const fn name(self) -> &'static str {
        match self {
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
        }
    }
}

impl ReceivingDirectories {
    pub(super) fn under(base: &Path) -> ReceivingDirectories {
        ReceivingDirectories {
            inbox: base.join("inbox"),
            work: base.join(".work"),
            done: base.join("done"),
            error: base.join("error"),
        }
    }
}

impl OfficeDirectories {
    pub(super) fn under(base: &Path) -> OfficeDirectories {
        OfficeDirectories {
            receiving: ReceivingDirectories::under(base),
            acks: base.join("acks"),
            remits: base.join("remits"),
            reports: base.join("reports"),
        }
    }
}

impl PayerDirectories {
    pub(super) fn under(base: &Path) -> PayerDirectories {
        PayerDirectories {
            receiving: ReceivingDirectories::under(base),
            outbox: base.join("outbox"),
        }
    }
}

/// How payer ids are compared.
pub(super) fn route_key(payer_id: &str) -> String {
    payer_id.trim().to_ascii_uppercase()
}
