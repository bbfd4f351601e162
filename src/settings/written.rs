//! The settings as the operator writes them: plain text and numbers, each with its default.

use serde::{Deserialize, Serialize};

/// `config/claimgate.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub time_zone: String,
    pub log: LogSettings,
    pub web: WebSettings,
    pub identity: IdentitySettings,
    pub watch: WatchSettings,
    pub limits: LimitSettings,
    pub bank: BankSettings,
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    pub level: String,
    pub json: bool,
}

/// The page, the metrics and the health checks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebSettings {
    pub address: String,
}

/// Who we are in what we send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdentitySettings {
    pub name: String,
    pub isa_qualifier: String,
    pub isa_id: String,
    pub other_isa_ids: Vec<String>,
    pub gs_id: String,
    pub submitter_name: String,
    pub submitter_id: String,
    pub contact_name: String,
    pub contact_phone: String,
}

/// When a file in an inbox counts as complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatchSettings {
    pub scan_seconds: u64,
    pub stable_ms: u64,
    pub torn_timeout_seconds: u64,
}

/// How much is taken at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    pub file_bytes_max: u64,
    pub interchange_bytes_max: u64,
    pub claims_per_set_max: u64,
    pub connections_max: u64,
    pub connection_idle_seconds: u64,
}

/// Where the files of the bank come in, and how long the other side of a deposit is waited for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BankSettings {
    pub directory: String,
    pub form: String,
    pub remittance_days: u64,
    pub deposit_days: u64,
    pub check_days: u64,
    pub columns: ColumnSettings,
}

/// What the columns of a bank's table are called; empty for the usual names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ColumnSettings {
    pub date: String,
    pub amount: String,
    pub trace: String,
    pub payer: String,
    pub payer_id: String,
    pub text: String,
}

/// `config/partners/*.toml`: one trading partner that sends us files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PartnerSettings {
    pub name: String,
    pub isa_qualifier: String,
    pub isa_id: String,
    pub gs_id: String,
    pub providers: Vec<String>,
    pub tolerated_notes: Vec<String>,
    pub unsupported_sets: Vec<String>,
    pub directory: String,
    pub repeat_wrong_values: bool,
    pub bill_next_payers: bool,
    pub repairs: bool,
    pub channel: ChannelSettings,
    pub snip: SnipSettings,
}

/// What findings of each SNIP type do: `off`, `warn`, `hold`, `reject`, or empty to leave it to each
/// rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SnipSettings {
    pub type_3: String,
    pub type_4: String,
    pub type_5: String,
    pub type_6: String,
    pub type_7: String,
}

/// `config/payers/*.toml`: one payer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
pub struct PayerSettings {
    pub name: String,
    pub payer_ids: Vec<String>,
    pub production: bool,
    pub isa_qualifier: String,
    pub isa_id: String,
    pub gs_id: String,
    pub filing_limit_days: u64,
    pub corrected_claim_limit_days: u64,
    pub appeal_limit_days: u64,
    pub overpayment_days: u64,
    pub unsupported_sets: Vec<String>,
    pub directory: String,
    pub acknowledge_remittances: bool,
    pub repeat_wrong_values: bool,
    pub repairs: bool,
    pub channel: ChannelSettings,
    pub batch: BatchSettings,
    pub claims: ClaimSettings,
    pub snip: SnipSettings,
}

/// Which claims a payer takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
pub struct ClaimSettings {
    pub frequencies: Vec<String>,
    pub lines_max: u64,
    pub replacement_lines_max: u64,
    pub diagnoses_max: u64,
    pub patients: bool,
    pub zero_charges: bool,
    pub attachments: bool,
    pub secondary: bool,
    pub check_filing_limit: bool,
}

/// How files come and go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChannelSettings {
    pub kind: String,
    pub address: String,
}

/// When claims are put together into a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BatchSettings {
    pub every_seconds: u64,
    pub claims_max: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            time_zone: "UTC".into(),
            log: LogSettings::default(),
            web: WebSettings::default(),
            identity: IdentitySettings::default(),
            watch: WatchSettings::default(),
            limits: LimitSettings::default(),
            bank: BankSettings::default(),
        }
    }
}

impl Default for LogSettings {
    fn default() -> LogSettings {
        LogSettings { level: "info".into(), json: false }
    }
}

impl Default for WebSettings {
    fn default() -> WebSettings {
        WebSettings { address: "127.0.0.1:9837".into() }
    }
}

impl Default for IdentitySettings {
    fn default() -> IdentitySettings {
        IdentitySettings {
            name: "claimgate".into(),
            isa_qualifier: "ZZ".into(),
            isa_id: "CLAIMGATE".into(),
            other_isa_ids: Vec::new(),
            gs_id: "CLAIMGATE".into(),
            submitter_name: "CLAIMGATE".into(),
            submitter_id: "CLAIMGATE".into(),
            contact_name: "EDI DESK".into(),
            contact_phone: "8005550100".into(),
        }
    }
}

impl Default for WatchSettings {
    fn default() -> WatchSettings {
        WatchSettings { scan_seconds: 5, stable_ms: 2_000, torn_timeout_seconds: 300 }
    }
}

impl Default for LimitSettings {
    fn default() -> LimitSettings {
        LimitSettings {
            file_bytes_max: 268_435_456,
            interchange_bytes_max: 67_108_864,
            claims_per_set_max: 5_000,
            connections_max: 64,
            connection_idle_seconds: 300,
        }
    }
}

impl Default for BankSettings {
    fn default() -> BankSettings {
        BankSettings {
            directory: String::new(),
            form: "any".into(),
            remittance_days: 3,
            deposit_days: 3,
            check_days: 10,
            columns: ColumnSettings::default(),
        }
    }
}

impl Default for PartnerSettings {
    fn default() -> PartnerSettings {
        PartnerSettings {
            name: String::new(),
            isa_qualifier: "ZZ".into(),
            isa_id: String::new(),
            gs_id: String::new(),
            providers: Vec::new(),
            tolerated_notes: Vec::new(),
            unsupported_sets: Vec::new(),
            directory: String::new(),
            repeat_wrong_values: true,
            bill_next_payers: true,
            repairs: true,
            channel: ChannelSettings::default(),
            snip: SnipSettings::default(),
        }
    }
}

impl Default for PayerSettings {
    fn default() -> PayerSettings {
        PayerSettings {
            name: String::new(),
            payer_ids: Vec::new(),
            production: false,
            isa_qualifier: "ZZ".into(),
            isa_id: String::new(),
            gs_id: String::new(),
            filing_limit_days: 365,
            corrected_claim_limit_days: 365,
            appeal_limit_days: 180,
            overpayment_days: 0,
            unsupported_sets: Vec::new(),
            directory: String::new(),
            acknowledge_remittances: false,
            repeat_wrong_values: true,
            repairs: true,
            channel: ChannelSettings::default(),
            batch: BatchSettings::default(),
            claims: ClaimSettings::default(),
            snip: SnipSettings::default(),
        }
    }
}

impl Default for ChannelSettings {
    fn default() -> ChannelSettings {
        ChannelSettings { kind: "directory".into(), address: String::new() }
    }
}

impl Default for ClaimSettings {
    fn default() -> ClaimSettings {
        ClaimSettings {
            frequencies: Vec::new(),
            lines_max: 0,
            replacement_lines_max: 0,
            diagnoses_max: 0,
            patients: true,
            zero_charges: true,
            attachments: true,
            secondary: true,
            check_filing_limit: false,
        }
    }
}

impl Default for BatchSettings {
    fn default() -> BatchSettings {
        BatchSettings { every_seconds: 300, claims_max: 5_000 }
    }
}
