//! What a remittance does to claims and to the ledger: one decision, one change.

pub mod balance;
mod beside;
pub mod cases;
pub mod denied_lines;
pub mod expected;
pub mod findings;
mod gifts;
pub mod matching;
pub mod offices;
pub mod outcome;
pub mod parted;
mod payee;
pub mod pended;
mod posting;
mod provider;
pub mod refunds;
mod repeated;
#[cfg(test)]
mod rfi;
mod rolled_up;
pub mod rules;
pub mod said;
pub mod standing;
pub mod taken_back;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod told;
pub mod too_much;
pub mod turns;

use std::collections::{BTreeSet, HashSet};

use x12::phi::Phi;
use x12::segment::Field;
use x12::value::{DayRange, Money};
use x12::view::remittance::{ClaimPayment, Remittance};

use crate::change::detached::Posted;
use crate::change::refunds::RefundId;
use crate::change::{
    ArrivalId, Change, ClaimId, ContentHash, LATER_STATUSES, NewPayment, ProviderEntry, Stamp,
};
use crate::code_sets::library::Library;
use crate::contracts::terms::Book;
use crate::denials::route::Limits;
use crate::denials::table::Table;
use crate::ledger::{self, Account, Posting};

use matching::{Known, KnownClaim, Match, match_claim};
use offices::{NO_OFFICES, OurOffices, PaidElsewhere};
use outcome::Judge;
pub use posting::{NO_MORE_TAKEN_BACK, refunded};
pub use provider::{claims_called, names_in, returned_under};
use refunds::{NOTHING_SET_ASIDE, SentBack};

/// What the gateway knows of a remittance besides its segments.
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    pub arrival: ArrivalId,
    /// The name of the file that it came in.
    pub file: Phi<&'a str>,
    /// The payer by its name in the settings; empty when it is not known.
    pub payer: &'a str,
    /// What `identity` gave.
    pub identity: String,
    /// What this payer carried forward for the providers of its PLBs, by earlier remittances.
    pub carried: &'a [Carried],
    /// What was sent back to this payer for them, held against what earlier remittances say that came.
    pub refunds: &'a [SentBack],
    /// References of its returns (72) under which earlier remittances set something aside, by provider.
    pub set_aside: &'a BTreeSet<(String, Phi<String>)>,
    /// Whether the payee is one of ours, as far as it can be told without the claims.
    pub payee: Payee,
    /// The numbers of the payee, its own in this remittance first: a payer may name one by its NPI in one
    /// file and by its tax id in another.
    pub payees: &'a [String],
    /// The offices of ours that it may pay, and whose its PLB may be.
    pub offices: &'a OurOffices,
    /// Whether another payment of the payer to the payee has the same TRN02.
    pub is_trace_used: bool,
    /// Whether the payer is known by the channel alone, and neither TRN03 nor the name is one under which
    /// it paid before.
    pub is_payer_strange: bool,
    /// What the PLB of each payment under that number says.
    pub adjusted: &'a [Vec<ProviderEntry>],
    /// CLP01 that no claim has which was sent, each with the claim of ours that has it.
    pub unsent: &'a [(Phi<String>, ClaimId)],
    /// Payers that claims were passed on to: the number in NM1*TT, and the name in the settings.
    pub passed_to: &'a [(String, String)],
    /// Why its set was rejected with a 999: its first fault.
    pub rejected: Option<String>,
    /// A person lets go on what was held as a whole.
    pub is_let_go: bool,
    /// What payers owe by contract; `None` where nobody compares.
    pub agreed: Option<Agreed<'a>>,
    /// By what denials are routed.
    pub denials: &'a Table,
    /// How many items its change opens already.
    pub items_before: usize,
}

impl<'a> Incoming<'a> {
    /// A remittance to one of ours, of which one claim is looked at: of its payment nothing is asked.
    pub fn to_ours(
        (payer, arrival, identity): (&'a str, ArrivalId, String),
        file: Phi<&'a str>,
        denials: &'a Table,
    ) -> Self {
        Self {
            arrival,
            file,
            payer,
            identity,
            carried: &[],
            refunds: &[],
            set_aside: &NOTHING_SET_ASIDE,
            payee: Payee::Ours,
            payees: &[],
            offices: &NO_OFFICES,
            is_trace_used: false,
            is_payer_strange: false,
            adjusted: &[],
            unsent: &[],
            passed_to: &[],
            rejected: None,
            is_let_go: false,
            agreed: None,
            denials,
            items_before: 0,
        }
    }

    /// Whether a contract says what its payer owes.
    pub fn has_contract(&self) -> bool {
        self.agreed.is_some_and(|agreed| agreed.book.is_with(self.payer))
    }

    /// The claim that was never sent and has the number of a claim payment.
    fn unsent_claim(&self, payment: &ClaimPayment<'_>) -> Option<ClaimId> {
        let number = payment.patient_control_number.text();
        let its = self.unsent.iter().find(|(known, _)| known.expose() == number.trim());
        its.map(|(_, claim)| *claim)
    }

    /// What says which of its adjustments are denials.
    pub const fn judge(&self) -> Judge<'a> {
        Judge { table: self.denials, payer: self.payer }
    }
}

/// Whether a remittance pays one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    /// A claim was billed for its NPI, or an office of the settings has its number.
    Ours,
    /// It has an NPI for which no claim was ever billed.
    Stranger,
    /// It has no NPI: its tax number is compared with the claims'.
    Unsaid,
}

/// Contracts, and the code sets that they are priced by.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    pub book: &'a Book,
    pub codes: &'a Library,
}

/// What a payer carried for a provider under one reference, over all remittances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// PLB01, or who is paid where it is blank.
    pub payee: String,
    /// `Forwarded` or `Takeback`.
    pub account: Account,
    /// PLB03-2.
    pub reference: Phi<String>,
    /// What its entries add up to: negative while the payer has yet to take it.
    pub amount: Money,
}

impl Carried {
    /// What an entry of a PLB carries, or takes of what was carried; `None` for other reasons. A
    /// return (72) carries nothing: it stands beside what it pays.
    pub fn of_entry(
        reason: &str,
        payee: &str,
        reference: &Phi<String>,
        amount: Money,
    ) -> Option<Carried> {
        let account = match reason {
            "FB" => Account::Forwarded,
            "WO" | "WU" => Account::Takeback,
            _ => return None,
        };
        let payee = payee.to_owned();
        Some(Carried { payee, account, reference: reference.clone(), amount })
    }
}

/// What is to be written, and what to tell the operator.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    pub change: Change,
    pub summary: Summary,
    /// What waited for this, and is to be posted out of suspense by `attach`.
    pub unblocked: Vec<Unblocked>,
    /// V45: what is paid to an office for claims of others.
    pub paid_elsewhere: Option<PaidElsewhere>,
    /// Refunds of which the payer says, with this, that all came.
    pub refunds_met: Vec<RefundId>,
    /// Items about entries of PLBs: the byte of the entry, and the place of the item in the change.
    pub asked: Vec<(usize, usize)>,
}

/// A claim payment of an earlier remittance that waits no longer.
#[derive(Clone, Debug)]
pub struct Unblocked {
    /// As it stands after the decision, but for its state.
    pub claim: KnownClaim,
    /// Who said it, by its name in the settings.
    pub payer: String,
    /// The arrival and the identity of its remittance, and the byte of its CLP.
    pub arrival: ArrivalId,
    pub identity: String,
    pub offset: usize,
}

/// What frees money that waits in suspense.
#[derive(Clone, Copy, Debug)]
pub enum Freed<'a> {
    /// A person: the name, and why.
    Person(&'a str),
    /// What it waited for came.
    Itself,
}

/// What a person takes back.
#[derive(Clone, Copy, Debug)]
pub struct TakenBack<'a> {
    pub claim: &'a KnownClaim,
    /// All that is posted of the claim.
    pub posted: &'a [Posted],
    /// The identity of the remittance, and the byte of the CLP.
    pub at: (&'a str, usize),
    /// Who does it, and why.
    pub why: &'a str,
}

/// Counts of one remittance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// BPR02.
    pub amount: Money,
    /// Whether the remittance as a whole was posted.
    pub is_posted: bool,
    pub claims: usize,
    /// Claim payments whose claim we know for sure.
    pub matched: usize,
    pub unmatched: usize,
    pub paid: usize,
    pub denied: usize,
    pub reversed: usize,
    /// Claim payments that do not add up.
    pub out_of_balance: usize,
    pub unexplained: usize,
    /// Entries of PLBs that an office's rows know, and what they take.
    pub known: usize,
    pub known_amount: Money,
    /// Items for the correction queue, of all kinds.
    pub work: usize,
    /// Money that waits for its claim.
    pub suspense: Money,
}

/// Numbers to look claims up by: CLP01 and CLP07, either may be empty. What a PLB takes back is
/// asked for under both.
pub fn keys(remittance: &Remittance<'_>) -> Vec<(String, String)> {
    let text = |field: &Field<'_>| field.text().trim().to_owned();
    let mut keys: Vec<(String, String)> = remittance
        .claims
        .iter()
        .map(|claim| (text(&claim.patient_control_number), text(&claim.payer_control_number)))
        .collect();
    for entry in remittance.provider_adjustments.iter().filter(|entry| provider::is_takeback(entry))
    {
        let reference = text(&entry.reference);
        let names = provider::names_in(&reference).into_iter();
        keys.extend(names.map(|name| (name.to_owned(), name.to_owned())));
    }
    let mut seen = HashSet::new();
    keys.retain(|key| *key != (String::new(), String::new()) && seen.insert(key.clone()));
    keys
}

/// The numbers by which PLBs of any reason may name claims of earlier remittances, as `keys` gives them.
pub fn keys_of_adjustments(remittance: &Remittance<'_>) -> Vec<(String, String)> {
    let entries = remittance.provider_adjustments.iter();
    let references: Vec<String> =
        entries.map(|entry| entry.reference.text().trim().to_owned()).collect();
    let names = references.iter().flat_map(|reference| names_in(reference));
    let mut keys: Vec<(String, String)> =
        names.map(|name| (name.to_owned(), name.to_owned())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether a payment comes from a payer to which the claim's own one passed it on.
pub fn is_later_payer(payer: &str, own_payer: Option<&str>, status: &str) -> bool {
    let is_other = own_payer.is_some_and(|own| own != payer && !payer.is_empty());
    is_other && LATER_STATUSES.contains(&status)
}

/// The claims whose charge is taken off, as the payer took their voids.
pub fn voided(postings: &[Posting]) -> impl Iterator<Item = ClaimId> {
    postings.iter().filter(|made| ledger::is_void(made)).filter_map(|made| made.claim)
}

/// Who is paid, N1*PE, by its number.
pub fn payee(remittance: &Remittance<'_>) -> String {
    told::payee_of(remittance)
}

/// For whom something may be carried: the providers of its PLBs, each once.
pub fn providers(remittance: &Remittance<'_>) -> Vec<String> {
    let entries = remittance.provider_adjustments.iter();
    let mut providers: Vec<String> =
        entries.map(|entry| provider::provider_of(entry, remittance)).collect();
    providers.sort_unstable();
    providers.dedup();
    providers
}

/// A claim payment under numbers that no known claim has: by what is looked up what it may be of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    pub charge: Money,
    pub days: DayRange,
    /// Whom it names, each as the store finds them.
    pub people: BTreeSet<Phi<String>>,
    /// How many services it has where it names nobody; 0 where it has none.
    pub lines: u32,
}

/// What the claims of a remittance under strange numbers may be is looked up by. Each is asked for once.
pub fn strangers(remittance: &Remittance<'_>, known: &[KnownClaim]) -> Vec<Stranger> {
    let known = Known::new(known);
    let parties =
        matching::Parties { payer: "", payee_npi: None, payee_tax_id: None, provider: None };
    let mut strangers: Vec<Stranger> = Vec::new();
    for claim in &remittance.claims {
        // What is only suggested among the claims of this file may be another one.
        let is_sure = matches!(match_claim(claim, &known, &parties), Match::Sure { .. });
        let days = (!is_sure).then(|| matching::days_of(claim)).flatten();
        if let (Some(days), Some(charge)) = (days, claim.charge.money()) {
            let people = matching::people_of(claim);
            let lines = if people.is_empty() { claim.services.len() } else { 0 };
            let lines = u32::try_from(lines).unwrap_or(u32::MAX);
            strangers.push(Stranger { charge: charge.abs(), days, people, lines });
        }
    }
    let order = |one: &Stranger, other: &Stranger| {
        let what = |one: &Stranger| (one.charge, one.days.from, one.days.to, one.lines);
        what(one).cmp(&what(other)).then_with(|| one.people.cmp(&other.people))
    };
    strangers.sort_by(order);
    strangers.dedup();
    strangers.truncate(STRANGERS_MAX);
    strangers
}

/// CLP01 of claim payments that no known claim has, each once: claims of ours that were never sent may have them.
pub fn strange_numbers(remittance: &Remittance<'_>, known: &[KnownClaim]) -> Vec<Phi<String>> {
    let normal = |number: &Phi<String>| matching::normal_number(number.expose());
    let taken: HashSet<String> =
        known.iter().map(|claim| normal(&claim.patient_control_number)).collect();
    let numbers = remittance.claims.iter().map(|claim| claim.patient_control_number.text());
    let numbers: BTreeSet<String> = numbers.map(|number| number.trim().to_owned()).collect();
    let numbers = numbers.into_iter().map(Phi::new);
    let strange = numbers.filter(|number| {
        let number = normal(number);
        !number.is_empty() && !taken.contains(&number)
    });
    strange.take(STRANGE_NUMBERS_MAX).collect()
}

/// A payer that knows none of our numbers is not guessed at for a whole file of any size. Each is a few looks
/// at an index.
const STRANGERS_MAX: usize = 10_000;

/// So is one whose numbers are all strange.
const STRANGE_NUMBERS_MAX: usize = 200;

/// What makes two remittances the same payment. TRN02 alone does not: some payers give every
/// payment of nothing the same number, so those differ by their content, the digest of their set.
pub fn identity(remittance: &Remittance<'_>, content: &ContentHash) -> String {
    let payee = remittance.payee.as_ref().map(|payee| payee.id.text());
    identity_as(remittance, &payee.unwrap_or_default(), content)
}

/// The same where the payee is named by this number.
pub fn identity_as(remittance: &Remittance<'_>, payee: &str, content: &ContentHash) -> String {
    let amount = remittance.amount.money().unwrap_or_default();
    let mut parts = vec![
        remittance.trace_payer.text().into_owned(),
        remittance.trace.text().into_owned(),
        remittance.paid_on.text().into_owned(),
        amount.to_wire(),
        payee.to_owned(),
    ];
    if amount.is_zero() {
        parts.push(content.0.clone());
    }
    parts.join("/")
}

/// What names a remittance that was recorded and not posted: its number stays free for the
/// payer's correction, which has other content.
pub fn refused_identity(identity: &str, content: &ContentHash) -> String {
    format!("{identity}/{}", content.0)
}

/// Whether a remittance of this amount was recorded under a name of what was not posted.
pub fn is_refused(identity: &str, amount: Money) -> bool {
    let is_content =
        |part: &&str| part.len() > 40 && part.bytes().all(|one| one.is_ascii_hexdigit());
    let identity = identity.strip_suffix("/rejected").unwrap_or(identity);
    let contents = identity.rsplit('/').take_while(is_content).count();
    // The identity of one without money has its content already.
    contents > usize::from(amount.is_zero())
}

/// What it does that the money of a CLP, which waits in suspense, is posted to a claim. The CLP is
/// found by the byte that it stands at; `None` when none stands there.
pub fn attach(
    remittance: &Remittance<'_>,
    at: (usize, &KnownClaim),
    incoming: &Incoming<'_>,
    by: Freed<'_>,
    when: (&Limits, &Stamp),
) -> Option<Change> {
    posting::attach(remittance, at, incoming, by, when)
}

/// What it does that a claim payment, which a person posted, is taken back, and waits again. The CLP is found
/// by the byte that it stands at; `None` when none stands there.
pub fn detach(
    remittance: &Remittance<'_>,
    back: &TakenBack<'_>,
    incoming: &Incoming<'_>,
    when: (&Limits, &Stamp),
) -> Option<Change> {
    posting::detach(remittance, back, incoming, when)
}

/// What waits of a claim, and has nothing to wait for any more: for whoever attached or wrote off what it
/// waited for. Each is to be posted before the next is asked for.
pub fn free(claim: &KnownClaim) -> Vec<Unblocked> {
    posting::free(claim)
}

/// What a remittance does to claims and to the ledger. `known` are the claims under its `keys`.
///
/// A remittance that does not add up is recorded and not posted. Of one that does, claims which
/// do not add up and claims which we cannot name leave their money in suspense.
pub fn decide(
    remittance: &Remittance<'_>,
    known: &[KnownClaim],
    incoming: &Incoming<'_>,
    limits: &Limits,
    stamp: &Stamp,
) -> Decision {
    posting::decide(remittance, known, incoming, limits, stamp)
}

/// What is kept of a remittance that is set aside, for another has its number, day and amount.
pub fn set_aside(
    remittance: &Remittance<'_>,
    known: &[KnownClaim],
    incoming: &Incoming<'_>,
) -> NewPayment {
    posting::set_aside(remittance, known, incoming)
}
