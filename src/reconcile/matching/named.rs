//! What speaks against a claim that a person names: the money of one patient belongs on no other's statement.

use x12::phi::Phi;
use x12::view::remittance::Remittance;

use super::{
    KnownClaim, Parties, Question, has_same_initial, is_same_name, is_same_tax_id, letters_of,
};

/// Who is another in a payment than in a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Another {
    Patient,
    Payee,
    Payer,
}

impl Another {
    /// Its name in commands.
    pub const fn name(self) -> &'static str {
        match self {
            Another::Patient => "patient",
            Another::Payee => "payee",
            Another::Payer => "payer",
        }
    }
}

/// What differs, by its place and not by its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    pub of: Another,
    pub what: &'static str,
}

/// What of the payment at a byte, a CLP or what is left beyond them, is not the claim's. What one side
/// does not tell cannot differ. `None` when nothing stands there.
pub fn differences(
    remittance: &Remittance<'_>,
    offset: usize,
    claim: &KnownClaim,
    payer: &str,
) -> Option<Vec<Difference>> {
    let index = remittance.claims.iter().position(|found| found.place.offset == offset);
    let is_remainder = remittance.amount.place.offset == offset;
    let parties = Parties::of(remittance, payer, index.unwrap_or(usize::MAX));
    let mut found = Vec::new();
    match index.and_then(|index| remittance.claims.get(index)) {
        Some(payment) => {
            let question = Question::new(payment, &parties);
            found.extend(question.other_patient(claim));
            found.extend(other_payee(&parties, claim));
            found.extend(question.other_payer(claim));
        }
        None if is_remainder => {
            found.extend(other_payee(&parties, claim));
            found.extend((!parties.may_pay(claim)).then_some(OTHER_PAYER));
        }
        None => return None,
    }
    Some(found)
}

const OTHER_NAME: Difference =
    Difference { of: Another::Patient, what: "the patient's name (NM1*QC NM103, NM104)" };
const OTHER_NUMBER: Difference =
    Difference { of: Another::Patient, what: "the member's number (NM1*QC or IL NM109)" };
const OTHER_NPI: Difference =
    Difference { of: Another::Payee, what: "the payee's NPI (N1*PE N104)" };
const OTHER_TAX_ID: Difference =
    Difference { of: Another::Payee, what: "the payee's tax number (N1*PE N104 or REF*TJ)" };
const OTHER_PAYER: Difference =
    Difference { of: Another::Payer, what: "the payer (N1*PR, by the settings)" };

/// How far the name of the patient agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    Other,
    /// The first name: people marry.
    First,
    /// The last name, and no more is told than an initial.
    Last,
    Both,
}

impl Question<'_, '_> {
    /// Brothers have one number, and two of one name have two: number and name are both asked.
    fn other_patient(&self, claim: &KnownClaim) -> Vec<Difference> {
        let is_same_number = self.has_member(claim);
        let (is_other_name, is_other_number) = match (self.names_of_patient(claim), is_same_number)
        {
            (None | Some(Names::Last), number) => (false, number == Some(false)),
            // Payers put numbers of their own in place of ours; then the days tell.
            (Some(Names::Both), number) => (false, number == Some(false) && !self.has_days(claim)),
            (Some(Names::First), number) => (number != Some(true), number == Some(false)),
            (Some(Names::Other), number) => (true, number == Some(false)),
        };
        let mut found = Vec::new();
        found.extend(is_other_name.then_some(OTHER_NAME));
        found.extend(is_other_number.then_some(OTHER_NUMBER));
        found
    }

    /// Whether it names another than patient and subscriber of a claim.
    pub(super) fn names_another(&self, claim: &KnownClaim) -> bool {
        let names = claim.names.iter().filter_map(|person| self.names_of(person)).max();
        names == Some(Names::Other)
    }

    /// `None` when either side has no name.
    fn names_of_patient(&self, claim: &KnownClaim) -> Option<Names> {
        self.names_of(claim.names.last()?)
    }

    /// How far the patient's name agrees with a person's. The subscriber stands for the patient where nobody else is
    /// named.
    fn names_of(&self, person: &[Phi<String>; 2]) -> Option<Names> {
        let [last, first] = person.each_ref().map(Phi::expose);
        let is_named = self.people().any(|one| one.entity.is("QC") && !one.last_name.is_empty());
        let asked: &[&str] = if is_named { &["QC", "74"] } else { &["IL", "74"] };
        let stated = self.people().filter(|one| one.entity.is_any(asked));
        let stated = stated.filter(|one| !one.last_name.is_empty() && !last.trim().is_empty());
        let compare = |stated_last: &str, stated_first: &str| {
            let is_short = [first, stated_first].iter().any(|name| name.trim().len() < 2);
            let is_same_first = is_beginning(first, stated_first);
            match (is_same_name(last, stated_last), is_short) {
                (true, true) if has_same_initial(first, stated_first) => Names::Last,
                (true, false) if is_same_first => Names::Both,
                (false, false) if is_same_first => Names::First,
                (true | false, true | false) => Names::Other,
            }
        };
        stated.map(|one| compare(&one.last_name.text(), &one.first_name.text())).max()
    }

    fn other_payer(&self, claim: &KnownClaim) -> Option<Difference> {
        // What a later payer takes back before anybody knows that it paid.
        let is_later = self.payment.is_reversal() && claim.names_next_payer;
        (!is_later && !self.has_payer(claim)).then_some(OTHER_PAYER)
    }
}

/// First names are cut, and second ones are written behind them.
fn is_beginning(one: &str, other: &str) -> bool {
    let (one, other) = (letters_of(one), letters_of(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// The provider that billed is the office's, by either of its numbers.
fn other_payee(parties: &Parties<'_>, claim: &KnownClaim) -> Option<Difference> {
    let Parties { payee_npi, payee_tax_id, provider, .. } = *parties;
    let npi = claim.billing_npi.as_str();
    let tax_id = payee_tax_id.filter(|_| !claim.billing_tax_id.trim().is_empty());
    let own_npi = payee_npi.filter(|_| !npi.is_empty());
    let agrees = own_npi.is_some_and(|payee| payee.is(npi))
        || tax_id.is_some_and(|payee| is_same_tax_id(&claim.billing_tax_id, &payee.text()))
        || provider.is_some_and(|provider| !npi.is_empty() && provider.is(npi));
    match (agrees, own_npi, tax_id) {
        (true, ..) | (false, None, None) => None,
        (false, Some(_), _) => Some(OTHER_NPI),
        (false, None, Some(_)) => Some(OTHER_TAX_ID),
    }
}

impl Parties<'_> {
    /// Whether the claim went to whoever pays, or that one spoke of it, or may do so after its own.
    fn may_pay(&self, claim: &KnownClaim) -> bool {
        let is_own = claim.payer.as_ref().is_none_or(|name| name == self.payer);
        let has_spoken = claim.said_by_later(self.payer).next().is_some();
        self.payer.is_empty() || is_own || has_spoken || claim.names_next_payer
    }
}
