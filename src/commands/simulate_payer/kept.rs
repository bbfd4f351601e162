//! What the simulated payer remembers, as it is kept in a file: rows of our own, in JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use x12::value::{Day, Money};

use crate::simulated_payer::bank::{Till, Transfer};
use crate::simulated_payer::decide::{Adjusted, Decided, Service};
use crate::simulated_payer::filed::{Code, Filed, FiledLine, Payee, Sender};
use crate::simulated_payer::{Account, Held, Recovery, State};

/// What is in the file: what the payer remembers, and what it was about to do.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    /// The form of this file.
    pub version: u32,
    state: StateRow,
    /// Answers that may not have been dropped yet: name and content.
    pub unsent: Vec<(String, String)>,
    /// Files of the bank that may not have been dropped yet.
    pub unshown: Vec<(String, String)>,
    /// Files that were answered, and may not have been removed yet.
    pub taken: Vec<String>,
}

/// What is about to happen in the directories.
#[derive(Clone, Debug, Default)]
pub(super) struct Plans {
    pub unsent: Vec<(String, String)>,
    pub unshown: Vec<(String, String)>,
    pub taken: Vec<String>,
}

/// The form that this program writes.
pub(super) const VERSION: u32 = 2;

impl Kept {
    pub fn new(state: &State, plans: Plans) -> Kept {
        let Plans { unsent, unshown, taken } = plans;
        Kept { version: VERSION, state: state.kept(), unsent, unshown, taken }
    }

    pub fn plans(&self) -> Plans {
        let Kept { unsent, unshown, taken, .. } = self;
        Plans { unsent: unsent.clone(), unshown: unshown.clone(), taken: taken.clone() }
    }

    /// `None` when a value in it is none.
    pub fn state(&self) -> Option<State> {
        State::told(&self.state)
    }
}

/// A value that has a form to be kept in.
trait Keep: Sized {
    type Row;

    fn kept(&self) -> Self::Row;

    /// `None` when the row is no such value.
    fn told(row: &Self::Row) -> Option<Self>;
}

/// Rows with the same fields as what they keep.
macro_rules! rows {
    ($($row:ident keeps $kept:ident { $($field:ident: $kind:ty,)* })*) => {$(
        #[derive(Debug, Default, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        struct $row {
            $($field: <$kind as Keep>::Row,)*
        }

        impl Keep for $kept {
            type Row = $row;

            fn kept(&self) -> $row {
                $row { $($field: self.$field.kept(),)* }
            }

            fn told(row: &$row) -> Option<$kept> {
                Some($kept { $($field: Keep::told(&row.$field)?,)* })
            }
        }
    )*};
}

rows! {
    StateRow keeps State {
        cycle: u32,
        number: u32,
        trace: String,
        claims: Vec<Held>,
        accounts: BTreeMap<String, Account>,
        till: Till,
    }
    TillRow keeps Till {
        files: u32,
        transfers: u32,
        trace: String,
        coming: Vec<Transfer>,
    }
    TransferRow keeps Transfer {
        number: u32,
        due: u32,
        amount: Money,
        trace: String,
        payee: String,
        payee_id: String,
    }
    HeldRow keeps Held {
        claim: Filed,
        outcome: String,
        next_step: usize,
        due: u32,
        replaces: Option<usize>,
        standing: Vec<Decided>,
    }
    AccountRow keeps Account {
        forwarded: Money,
        forwarded_by: String,
        recoveries: Vec<Recovery>,
    }
    RecoveryRow keeps Recovery {
        due: u32,
        amount: Money,
        reference: String,
    }
    FiledRow keeps Filed {
        sender: Sender,
        payee: Payee,
        number: String,
        frequency: String,
        original: String,
        charge: Money,
        member: String,
        last_name: String,
        first_name: String,
        facility: String,
        rank: u8,
        from: Option<Day>,
        prior: Money,
        lines: Vec<FiledLine>,
    }
    SenderRow keeps Sender {
        qualifier: String,
        id: String,
        is_production: bool,
    }
    PayeeRow keeps Payee {
        name: String,
        npi: String,
        tax_id: String,
    }
    FiledLineRow keeps FiledLine {
        number: u32,
        control_number: String,
        procedure: Code,
        revenue_code: String,
        charge: Money,
        quantity: String,
        day: Option<Day>,
        prior: Money,
    }
    CodeRow keeps Code {
        qualifier: String,
        code: String,
        modifiers: Vec<String>,
    }
    DecidedRow keeps Decided {
        number: String,
        status: String,
        charge: Money,
        paid: Money,
        payer_number: String,
        frequency: String,
        facility: String,
        member: String,
        last_name: String,
        first_name: String,
        from: Option<Day>,
        forward_to: String,
        interest: Money,
        adjustments: Vec<Adjusted>,
        remarks: Vec<String>,
        services: Vec<Service>,
    }
    AdjustedRow keeps Adjusted {
        group: String,
        reason: String,
        amount: Money,
    }
    ServiceRow keeps Service {
        procedure: Code,
        submitted: Option<Code>,
        revenue_code: String,
        charge: Money,
        paid: Money,
        quantity: String,
        day: Option<Day>,
        adjustments: Vec<Adjusted>,
        control_number: String,
        remarks: Vec<String>,
    }
}

/// What is kept as it is.
macro_rules! plain {
    ($($kind:ty),*) => {$(
        impl Keep for $kind {
            type Row = $kind;

            fn kept(&self) -> $kind {
                self.clone()
            }

            fn told(row: &$kind) -> Option<$kind> {
                Some(row.clone())
            }
        }
    )*};
}

plain!(String, bool, u8, u32, usize);

/// In cents.
impl Keep for Money {
    type Row = i64;

    fn kept(&self) -> i64 {
        self.cents()
    }

    fn told(row: &i64) -> Option<Money> {
        Some(Money::from_cents(*row))
    }
}

impl Keep for Day {
    type Row = String;

    fn kept(&self) -> String {
        self.to_wire()
    }

    fn told(row: &String) -> Option<Day> {
        Day::parse(row.as_bytes())
    }
}

impl<T: Keep> Keep for Option<T> {
    type Row = Option<T::Row>;

    fn kept(&self) -> Option<T::Row> {
        self.as_ref().map(Keep::kept)
    }

    fn told(row: &Option<T::Row>) -> Option<Option<T>> {
        match row {
            None => Some(None),
            Some(row) => T::told(row).map(Some),
        }
    }
}

impl<T: Keep> Keep for Vec<T> {
    type Row = Vec<T::Row>;

    fn kept(&self) -> Vec<T::Row> {
        self.iter().map(Keep::kept).collect()
    }

    fn told(row: &Vec<T::Row>) -> Option<Vec<T>> {
        row.iter().map(Keep::told).collect()
    }
}

impl<T: Keep> Keep for BTreeMap<String, T> {
    type Row = BTreeMap<String, T::Row>;

    fn kept(&self) -> BTreeMap<String, T::Row> {
        self.iter().map(|(name, value)| (name.clone(), value.kept())).collect()
    }

    fn told(row: &BTreeMap<String, T::Row>) -> Option<BTreeMap<String, T>> {
        row.iter().map(|(name, value)| Some((name.clone(), T::told(value)?))).collect()
    }
}
