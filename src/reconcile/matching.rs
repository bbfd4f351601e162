//! Which claim does this CLP speak of, and which line does this SVC? Never by amount alone.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use x12::phi::Phi;
use x12::segment::Field;
use x12::value::{Day, DayRange, Money, Quantity};
use x12::view::parts::{Party, Procedure, find_date, find_reference};
use x12::view::remittance::{ClaimPayment, Remittance, ServicePayment};

use super::findings::{calls_itself_first, is_after_another};
use super::standing::Said;
use super::taken_back::LineBefore;
use super::turns::{Books, Turns};
use crate::change::cases::Undecided;
use crate::change::refunds::KeptRefund;
use crate::change::{ClaimId, Tier, Word};
use crate::ledger::GivenUp;
use crate::lifecycle::State;

mod left;
mod likeness;
mod lines;
mod named;
mod suggested;
#[cfg(test)]
mod tests;

pub use left::left_to_others;
use likeness::{CUT_NAME_BYTES_MIN, Likeness, alike, has_same_initial};
pub use likeness::{is_same_name, letters_of, normal_number};
pub(super) use lines::numbered;
use lines::{LINE_TIERS, has_charge, has_code, has_day};
pub use lines::{LineMatch, LinePart, match_lines, of_bundled as lines_of_bundled};
pub use named::{Another, Difference, differences};
use suggested::{ByPerson, PatientBy};
pub use suggested::{people_of, person_keys};

/// A claim that a remittance may speak of, as the store knows it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is read of another part of the store")]
pub struct KnownClaim {
    pub id: ClaimId,
    /// The claim that has its charge and its postings: itself, or the first of those in whose place
    /// it went out.
    pub account: ClaimId,
    /// The office that it came from, by its name in the settings.
    pub partner: String,
    pub state: State,
    /// Whether another went out in its place.
    pub is_replaced: bool,
    /// What takes it back, when its office sent such.
    pub void: Option<Void>,
    /// The claim of the payer before, when it was made for the payer that follows.
    pub follows: Option<ClaimId>,
    /// Whether it names a payer that pays after its own.
    pub names_next_payer: bool,
    /// Who pays before its own payer: each by its name in the settings, or by NM109 in 2330B where it is none of them.
    pub payers_before: Vec<String>,
    /// Whether it asks what would be paid, and nothing is charged for it: CLM19.
    pub is_predetermination: bool,
    /// Whether it was asked before if it goes on to a payer after its own.
    pub is_asked_on: bool,
    /// CLM01 as it was sent.
    pub patient_control_number: Phi<String>,
    /// The numbers of its subscriber and patient, 2010BA and 2010CA NM109; empty when unknown.
    pub member_ids: Vec<Phi<String>>,
    /// Last and first names of its subscriber and patient.
    pub names: Vec<[Phi<String>; 2]>,
    /// The payer that it went to, by its name in the settings.
    pub payer: Option<String>,
    /// Numbers under which a payer knows it: CLP07 of earlier remittances, REF*1K of a 277CA.
    pub payer_control_numbers: Vec<String>,
    /// REF*F8 of one that went out in the place of another: both may be known by that number.
    pub original_number: String,
    /// CLM02.
    pub charge: Money,
    /// CLM05-3 as it was sent.
    pub frequency: String,
    pub service_from: Option<Day>,
    pub service_to: Option<Day>,
    /// 2010AA NM109; empty when unknown.
    pub billing_npi: String,
    /// 2010AA REF*EI or REF*SY; empty when unknown.
    pub billing_tax_id: String,
    /// SBR03 and SBR09: the group's number and the kind of plan; empty ones are left out.
    pub plans: Vec<String>,
    pub lines: Vec<KnownLine>,
    /// Its lines as they first came, where a person edited them; none otherwise.
    pub lines_before: Vec<LineBefore>,
    /// What its own payer said of it.
    pub earlier: Vec<Said>,
    /// What payers after its own said of it, each by its name in the settings.
    pub later: Vec<(String, Said)>,
    /// The claims that it went out in the place of, or that went out in its.
    pub family: Option<Family>,
    /// What was posted to its account, where something may have been given up of it.
    pub books: Books,
    /// Its denials and other payments than agreed that are still being worked.
    pub undecided: Vec<Undecided>,
    /// Where several payers decide on it: all who spoke of it, or of the claims before and after it.
    pub turns: Turns,
    /// What any of these denied or paid beyond what was left, and is still being worked.
    pub worked_on: Vec<Undecided>,
    /// What was sent back of its service, or stays with the office, in the order in which it was booked.
    pub refunds: Vec<KeptRefund>,
    /// The claims that all this was read of, each with its revision then.
    pub read: Vec<(ClaimId, u64)>,
}

/// One service that was sent in several claims, each in the place of another, and is charged once.
#[derive(Clone, Debug)]
pub struct Family {
    /// CLM02 of the last that went out and was no void.
    pub charge: Money,
    /// The others.
    pub others: Vec<Relative>,
}

/// Another claim of a family.
#[derive(Clone, Debug)]
pub struct Relative {
    pub id: ClaimId,
    /// The payer that it went to, by its name in the settings.
    pub payer: Option<String>,
    /// What that payer said of it.
    pub said: Vec<Said>,
    /// Items about it that have not ended, or not for good.
    pub undecided: Vec<Undecided>,
}

impl KnownClaim {
    /// What is charged for it, and for all of its family.
    pub fn charged(&self) -> Money {
        self.family.as_ref().map_or(self.charge, |family| family.charge)
    }

    /// What its service comes to in the books, by all claims of it.
    pub fn comes_to(&self) -> GivenUp {
        match self.turns.claims.is_empty() {
            true => self.books.now.given_up,
            false => self.turns.books.now.given_up,
        }
    }

    /// The claims that have postings of its service.
    pub fn accounts(&self) -> BTreeSet<ClaimId> {
        let members = self.turns.claims.iter().map(|member| member.claim);
        members.chain([self.account]).collect()
    }

    /// What a payer said of it that it did not go to, by its name in the settings.
    pub fn said_by_later<'c>(&'c self, payer: &'c str) -> impl Iterator<Item = &'c Said> {
        self.later.iter().filter(move |(name, _)| name == payer).map(|(_, said)| said)
    }

    /// What a payer said of it, its own or one after that.
    pub(super) fn said_by<'c>(&'c self, payer: &'c str) -> impl Iterator<Item = &'c Said> {
        let is_own = payer.is_empty() || self.payer.as_ref().is_none_or(|own| own == payer);
        let own = self.earlier.iter().filter(move |_| is_own);
        own.chain(self.said_by_later(payer))
    }

    /// The numbers under which such a payer knows it.
    pub(super) fn numbers_of_later<'c>(&'c self, payer: &'c str) -> impl Iterator<Item = &'c str> {
        self.said_by_later(payer).map(|said| said.payer_control_number.trim())
    }
}

/// A claim with CLM05-3 8 that went out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Void {
    /// It, when it is another claim than the one that it takes back.
    pub claim: Option<(ClaimId, State)>,
    /// A new claim is to take the place of what was taken back.
    pub is_new_to_come: bool,
    /// What the ledger has as charged, which is charged no more once the payer took the void.
    pub charged: Money,
}

/// A line of a known claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLine {
    /// LX01.
    pub number: u32,
    /// REF*6R as it was sent; empty when there was none.
    pub control_number: String,
    /// The procedure; empty when the line has a revenue code alone.
    pub code: String,
    /// SV201; empty in lines that are not institutional.
    pub revenue_code: String,
    pub modifiers: Vec<String>,
    /// The place of service; empty in lines that have none.
    pub place: String,
    pub charge: Money,
    /// What `quantity` counts: UN, or MJ for minutes.
    pub unit: String,
    pub quantity: Option<Quantity>,
    pub day: Option<Day>,
}

/// Who pays whom in a remittance.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// The payer by its name in the settings; empty when it is not known.
    pub payer: &'a str,
    /// N1*PE, when it is identified by a national provider identifier.
    pub payee_npi: Option<Field<'a>>,
    /// The tax number of N1*PE, as N104 or in REF*TJ.
    pub payee_tax_id: Option<Field<'a>>,
    /// TS301, where a payee is paid for several providers.
    pub provider: Option<Field<'a>>,
}

impl<'a> Parties<'a> {
    /// Whom a remittance from a payer of the settings pays for the claim of this index.
    pub fn of(remittance: &Remittance<'a>, payer: &'a str, claim: usize) -> Parties<'a> {
        let payee = remittance.payee.as_ref();
        let payee_npi = payee.and_then(|payee| payee.npi()).filter(|npi| !npi.is_empty());
        let payee_tax_id = payee.and_then(tax_id_of);
        let after = remittance.summaries.partition_point(|heading| heading.claims.start <= claim);
        let heading = after.checked_sub(1).and_then(|at| remittance.summaries.get(at));
        let heading = heading.filter(|heading| heading.claims.contains(&claim));
        let provider = heading.map(|heading| heading.provider);
        Parties { payer, payee_npi, payee_tax_id, provider }
    }
}

/// The tax number that a payee is named by, or has beside its name.
pub fn tax_id_of<'a>(payee: &Party<'a>) -> Option<Field<'a>> {
    let own = payee.id_qualifier.is("FI").then_some(payee.id);
    own.or_else(|| payee.reference("TJ")).filter(|id| !id.is_empty())
}

/// Whether two texts are one tax number, which some write with hyphens.
pub fn is_same_tax_id(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    !one.trim().is_empty() && digits(one) == digits(other)
}

/// Known claims, ready to be searched.
#[derive(Debug)]
pub struct Known<'a> {
    claims: &'a [KnownClaim],
    by_id: HashMap<ClaimId, usize>,
    by_control_number: BTreeMap<String, Vec<usize>>,
    by_payer_number: HashMap<&'a str, Vec<usize>>,
    /// By the name and the number of a payer that the claim did not go to.
    by_later_number: HashMap<(&'a str, &'a str), Vec<usize>>,
    by_charge: HashMap<Money, Vec<usize>>,
    /// By charge and by whom a claim names; made when a payment under no known number asks for it.
    by_person: OnceCell<ByPerson>,
}

impl<'a> Known<'a> {
    /// Known claims by the numbers and amounts that payers repeat.
    pub fn new(claims: &'a [KnownClaim]) -> Known<'a> {
        let mut known = Known {
            claims,
            by_id: HashMap::with_capacity(claims.len()),
            by_control_number: BTreeMap::new(),
            by_payer_number: HashMap::new(),
            by_later_number: HashMap::new(),
            by_charge: HashMap::new(),
            by_person: OnceCell::new(),
        };
        for (index, claim) in claims.iter().enumerate() {
            known.by_id.insert(claim.id, index);
            let number = normal_number(claim.patient_control_number.expose());
            known.by_control_number.entry(number).or_default().push(index);
            let original = Some(&claim.original_number).filter(|number| !number.is_empty());
            for number in claim.payer_control_numbers.iter().chain(original) {
                known.by_payer_number.entry(number.trim()).or_default().push(index);
            }
            for (payer, said) in &claim.later {
                let number = said.payer_control_number.trim();
                let claims = known.by_later_number.entry((payer.as_str(), number)).or_default();
                if claims.last() != Some(&index) {
                    claims.push(index);
                }
            }
            known.by_charge.entry(claim.charge).or_default().push(index);
        }
        known
    }

    /// All of them.
    pub fn claims(&self) -> &'a [KnownClaim] {
        self.claims
    }

    /// The claim of this number of ours.
    pub fn with_id(&self, id: ClaimId) -> Option<&'a KnownClaim> {
        self.by_id.get(&id).and_then(|&index| self.claims.get(index))
    }

    /// The claims that have exactly this number, ours or the payer's.
    pub fn with_number(&self, payer: &str, number: &str) -> Vec<&'a KnownClaim> {
        let mut found = self.with_control_number(number);
        found.retain(|claim| claim.patient_control_number.expose().trim() == number);
        found.extend(self.with_payer_number(payer, number));
        found
    }

    fn with_control_number(&self, number: &str) -> Vec<&'a KnownClaim> {
        self.picked(self.by_control_number.get(&normal_number(number)))
    }

    /// The claims that this payer, or the one that they went to, knows by a number.
    fn with_payer_number(&self, payer: &str, number: &str) -> Vec<&'a KnownClaim> {
        let mut claims = self.picked(self.by_payer_number.get(number));
        for claim in self.picked(self.by_later_number.get(&(payer, number))) {
            if claims.iter().all(|found| found.id != claim.id) {
                claims.push(claim);
            }
        }
        claims
    }

    fn picked(&self, indexes: Option<&Vec<usize>>) -> Vec<&'a KnownClaim> {
        indexes.into_iter().flatten().filter_map(|&index| self.claims.get(index)).collect()
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Match<'a> {
    /// It is this claim.
    Sure {
        claim: &'a KnownClaim,
        tier: Tier,
        /// What agreed, in words.
        by: String,
    },
    /// It may be one of these; a person decides.
    Suggested {
        claims: Vec<ClaimId>,
        /// What agrees and what does not.
        why: &'static str,
    },
    /// Nothing agrees.
    Unknown,
}

/// Finds the claim of a CLP. Numbers that the payer was seen to use come first, then CLM01 in
/// ever looser readings, then the payer's number alone; what is left is only suggested.
pub fn match_claim<'a>(
    payment: &ClaimPayment<'_>,
    known: &Known<'a>,
    parties: &Parties<'_>,
) -> Match<'a> {
    let question = Question::new(payment, parties);
    let mut by_payer = match question.payer_number.as_str() {
        number if normal_number(number).is_empty() => Vec::new(),
        number => known.with_payer_number(parties.payer, number),
    };
    by_payer.retain(|claim| question.may_speak_of(claim));
    let alike = |claim: &KnownClaim| alike(&question.number, claim.patient_control_number.expose());

    let mut both = by_payer.clone();
    // Some payers write CLM01 into CLP07, and offices number their claims alike.
    both.retain(|claim| {
        let is_its = question.is_known_to_payer(claim) && alike(claim).is_some();
        let is_one_number =
            normal_number(&question.payer_number) == normal_number(&question.number);
        let is_of_another_visit = is_one_number && question.is_of_other_days(claim);
        is_its && !is_of_another_visit && question.stranger(claim).is_none()
    });
    if let (Some(claim), narrowed) = question.choose(both) {
        let tier = Tier::BothNumbers;
        return Match::Sure { claim, tier, by: format!("payer's number and CLM01{narrowed}") };
    }

    let same = match normal_number(&question.number) {
        number if number.is_empty() => Vec::new(),
        _ => {
            let mut same = known.with_control_number(&question.number);
            same.retain(|claim| question.may_speak_of(claim));
            same
        }
    };
    for (likeness, words) in [
        (Likeness::Exact, "CLM01"),
        (Likeness::Letters, "CLM01 but for upper and lower case"),
        (Likeness::Zeros, "CLM01 but for leading zeros"),
    ] {
        let mut claims = same.clone();
        claims.retain(|claim| alike(claim) == Some(likeness));
        if !claims.is_empty() {
            return question.by_control_number(claims, words);
        }
    }
    question.by_payer_number(by_payer).unwrap_or_else(|| suggested::suggest(&question, known))
}

/// A CLP with what its search needs.
struct Question<'q, 'f> {
    payment: &'q ClaimPayment<'f>,
    parties: &'q Parties<'f>,
    number: String,
    payer_number: String,
    days: Option<DayRange>,
    charge: Option<Money>,
}

/// Whether a claim agrees with a question in one respect.
type Agrees = fn(&Question<'_, '_>, &KnownClaim) -> bool;

/// What tells claims of the same CLM01 apart, the surest first: corrected claims and replacements
/// keep the number of the first.
const TELLING: [(&str, Agrees); 14] = [
    ("having been sent", |_, claim| was_sent(claim.state)),
    ("the service days", |question, claim| !question.is_of_other_days(claim)),
    ("what is asked", |question, claim| question.is_estimate() == claim.is_predetermination),
    ("the payer", |question, claim| claim.payer.as_deref() == Some(question.parties.payer)),
    ("the payer's turn", |question, claim| question.has_turn(claim)),
    ("the member", |question, claim| question.has_patient(claim)),
    ("the payee", |question, claim| question.has_payee(claim)),
    ("what it takes back", |question, claim| question.takes_back(claim, true)),
    ("what was paid", |question, claim| question.takes_back(claim, false)),
    ("the payer's number", |question, claim| question.has_payer_number(claim)),
    // Payers write CLP09 as they like; what is decided on is what was sent.
    ("charge and services", |question, claim| question.has_all_of(claim)),
    ("the frequency", |question, claim| question.payment.frequency.is(&claim.frequency)),
    ("the charge", |question, claim| question.charge == Some(claim.charge)),
    ("being the last", |question, claim| question.payment.is_reversal() || !claim.is_replaced),
];

/// CLP01 shorter than this is no trace of a longer number that the payer cut.
const CUT_NUMBER_CHARACTERS_MIN: usize = 8;

impl<'q, 'f> Question<'q, 'f> {
    fn new(payment: &'q ClaimPayment<'f>, parties: &'q Parties<'f>) -> Question<'q, 'f> {
        Question {
            payment,
            parties,
            number: payment.patient_control_number.text().trim().to_owned(),
            payer_number: payment.payer_control_number.text().trim().to_owned(),
            days: days_of(payment),
            // A reversal has the charge with a minus.
            charge: payment.charge.money().map(Money::abs),
        }
    }

    fn is_estimate(&self) -> bool {
        self.payment.status.is("25")
    }

    fn by_control_number<'a>(&self, claims: Vec<&'a KnownClaim>, words: &str) -> Match<'a> {
        let mut eligible = claims.clone();
        eligible.retain(|claim| self.has_payer(claim));
        if eligible.is_empty() {
            let why = "CLM01 agrees, but the claim went to another payer";
            return Match::Suggested { claims: ids(&claims), why };
        }
        let (left, narrowed) = self.narrow(eligible);
        let [claim] = left.as_slice() else {
            let why = "several claims have this CLM01, and nothing tells them apart";
            return Match::Suggested { claims: ids(&left), why };
        };
        if let Some(why) = self.objection(claim) {
            return Match::Suggested { claims: ids(&[claim]), why };
        }
        let tier = if narrowed.is_empty() { Tier::ControlNumber } else { Tier::OneOfSeveral };
        Match::Sure { claim, tier, by: format!("{words}{narrowed}") }
    }

    /// What speaks against a claim of the same CLM01: offices number their claims alike, and some give all claims
    /// of a patient one number.
    fn objection(&self, claim: &KnownClaim) -> Option<&'static str> {
        let no_service = "CLM01 agrees, but none of the services was billed";
        let no_day =
            "CLM01 agrees, but no day of service does: it may be another visit under that number";
        let other_services = (!self.has_any_service(claim)).then_some(no_service);
        let other_days = self.is_of_other_days(claim).then_some(no_day);
        self.stranger(claim).or(other_services).or(other_days)
    }

    /// Whether it names days of service, and none of those of a claim, as it is or as it first came.
    fn is_of_other_days(&self, claim: &KnownClaim) -> bool {
        let Some(days) = self.days else { return false };
        let mut before = claim.lines_before.iter().filter_map(|line| line.day);
        let was_on_them = before.any(|day| days.from <= day && day <= days.to);
        claim.service_from.is_some() && !self.has_days(claim) && !was_on_them
    }

    /// Why a claim is somebody else's.
    fn stranger(&self, claim: &KnownClaim) -> Option<&'static str> {
        if !self.has_patient(claim) {
            return Some("CLM01 agrees, but the patient does not");
        }
        // Whoever is paid for several providers may be named by another number of theirs.
        let is_alike = self.has_days(claim) && self.charge == Some(claim.charge);
        (!self.has_payee(claim) && !is_alike)
            .then_some("CLM01 agrees, but the payee does not, nor days and charge")
    }

    /// Payers cut CLM01, put something before it or return 0, so their own number may do alone.
    fn by_payer_number<'a>(&self, mut claims: Vec<&'a KnownClaim>) -> Option<Match<'a>> {
        let all = ids(&claims);
        claims.retain(|claim| self.is_known_to_payer(claim) && self.has_patient(claim));
        claims.retain(|claim| self.has_payee(claim) && self.has_any_service(claim));
        if let (Some(claim), narrowed) = self.choose(claims) {
            let tier = Tier::PayerNumber;
            return Some(Match::Sure { claim, tier, by: format!("payer's number{narrowed}") });
        }
        let why = "the payer's number is known, but the claim went to another payer, the payee, the \
                   patient or every service differs, or several claims have it";
        (!all.is_empty()).then_some(Match::Suggested { claims: all, why })
    }

    /// The one that is left of several, and what was needed for it, in words.
    fn choose<'a>(&self, claims: Vec<&'a KnownClaim>) -> (Option<&'a KnownClaim>, String) {
        let (left, words) = self.narrow(claims);
        (left.first().copied().filter(|_| left.len() == 1), words)
    }

    /// Narrows claims as far as anything tells them apart; gives what did, in words.
    fn narrow<'a>(&self, mut left: Vec<&'a KnownClaim>) -> (Vec<&'a KnownClaim>, String) {
        let mut words = String::new();
        for (what, agrees) in TELLING {
            if left.len() < 2 {
                break;
            }
            let mut agreeing = left.clone();
            agreeing.retain(|claim| agrees(self, claim));
            if !agreeing.is_empty() && agreeing.len() < left.len() {
                words.push_str(if words.is_empty() { ", of several by " } else { " and " });
                words.push_str(what);
                left = agreeing;
            }
        }
        (left, words)
    }

    /// Whoever pays as second or third was not the payer that we sent the claim to.
    fn has_payer(&self, claim: &KnownClaim) -> bool {
        // It takes back what it paid as such.
        let has_paid =
            self.payment.is_reversal() && claim.said_by_later(self.parties.payer).next().is_some();
        let may_be_later = is_after_another(self.payment)
            || calls_itself_first(self.payment)
            || self.may_be_denial_by_later(claim);
        // What goes to a third payer is no claim of the second.
        let is_before = claim.payers_before.iter().any(|before| before == self.parties.payer);
        may_be_later && !is_before || has_paid || self.is_of_payer(claim)
    }

    /// A payer that denies all need not say that it comes after another: a claim that goes on to one tells.
    fn may_be_denial_by_later(&self, claim: &KnownClaim) -> bool {
        let goes_on = claim.names_next_payer || claim.is_asked_on;
        self.payment.status.is("4") && goes_on && !self.parties.payer.is_empty()
    }

    /// Whether the claim went to whoever pays, or whoever pays gave it that number. Two payers may give
    /// claims the same numbers.
    fn is_known_to_payer(&self, claim: &KnownClaim) -> bool {
        let mut later = claim.numbers_of_later(self.parties.payer);
        self.is_of_payer(claim) || later.any(|number| number == self.payer_number)
    }

    fn is_of_payer(&self, claim: &KnownClaim) -> bool {
        let same = |name: &String| self.parties.payer.is_empty() || name == self.parties.payer;
        claim.payer.as_ref().is_none_or(same)
    }

    /// A claim that follows another has a payer that pays after the first.
    fn has_turn(&self, claim: &KnownClaim) -> bool {
        match self.payment.status.bytes() {
            b"1" | b"19" => claim.follows.is_none(),
            b"2" | b"3" | b"20" | b"21" => claim.follows.is_some(),
            _ => true,
        }
    }

    fn has_payee(&self, claim: &KnownClaim) -> bool {
        let KnownClaim { billing_npi: npi, billing_tax_id: tax_id, .. } = claim;
        let Parties { payee_npi, payee_tax_id, provider, .. } = self.parties;
        let same_tax_id = |id: Field<'_>| is_same_tax_id(tax_id, &id.text());
        // What is not known cannot differ.
        let is_silent = match (payee_npi, payee_tax_id) {
            (Some(_), _) => npi.is_empty(),
            (None, Some(_)) => tax_id.is_empty(),
            (None, None) => true,
        };
        is_silent
            || payee_npi.is_some_and(|payee| payee.is(npi))
            || payee_tax_id.is_some_and(same_tax_id)
            || provider.is_some_and(|provider| provider.is(npi))
    }

    /// The patient by a number, or else by name: payers put numbers of their own in place of ours. A family has one
    /// number, so that another's name speaks against it.
    fn has_patient(&self, claim: &KnownClaim) -> bool {
        self.patient_by(claim).is_some() && !self.names_another(claim)
    }

    /// By what the patient of a claim is the one that is paid for; `None` of another.
    fn patient_by(&self, claim: &KnownClaim) -> Option<PatientBy> {
        let by_number = self.has_member(claim);
        let by_name = self.has_name(claim, has_same_initial);
        match (by_number, by_name) {
            (Some(true), _) => Some(PatientBy::Number),
            (_, Some(true)) if self.has_name(claim, is_same_name) == Some(true) => {
                Some(PatientBy::Name)
            }
            (_, Some(true)) => Some(PatientBy::Initial),
            (None, None) => Some(PatientBy::Nothing),
            (Some(false), _) | (None, Some(false)) => None,
        }
    }

    fn people(&self) -> impl Iterator<Item = &Party<'f>> {
        people(self.payment)
    }

    /// `None` when either side has no number.
    fn has_member(&self, claim: &KnownClaim) -> Option<bool> {
        let mut stated = self.people().filter(|party| !party.id.is_empty()).peekable();
        let known = || claim.member_ids.iter().map(Phi::expose).filter(|id| !id.is_empty());
        stated.peek()?;
        known().next()?;
        let same = |party: &Party<'_>| {
            let stated = normal_number(&party.id.text());
            known().any(|id| normal_number(id) == stated)
        };
        Some(stated.any(same))
    }

    /// `None` when either side has no name; `is_same_first` compares first names.
    fn has_name(&self, claim: &KnownClaim, is_same_first: fn(&str, &str) -> bool) -> Option<bool> {
        let mut stated = self.people().filter(|party| !party.last_name.is_empty()).peekable();
        stated.peek()?;
        claim.names.first()?;
        let same = |party: &Party<'_>| {
            let (last, first) = (party.last_name.text(), party.first_name.text());
            let alike = |known: &[Phi<String>; 2]| {
                let [known_last, known_first] = known;
                is_same_name(known_last.expose(), &last)
                    && is_same_first(known_first.expose(), &first)
            };
            claim.names.iter().any(alike)
        };
        Some(stated.any(same))
    }

    /// Whether any service is one that was billed. Payers put other procedures in place of those that
    /// were sent, so that a charge of the same day does.
    fn has_any_service(&self, claim: &KnownClaim) -> bool {
        let services = &self.payment.services;
        let is_billed = |service: &ServicePayment<'_>| {
            is_default_code(&service.procedure)
                || claim.lines.iter().any(|line| {
                    let mut tiers = LINE_TIERS.iter();
                    tiers.any(|(_, _, agrees)| agrees(service, line))
                        || (has_charge(service, line) && has_day(service, line))
                })
        };
        services.is_empty() || claim.lines.is_empty() || services.iter().any(is_billed)
    }

    fn has_payer_number(&self, claim: &KnownClaim) -> bool {
        let original = find_reference(&self.payment.references, "F8");
        let replaced = Some(&claim.original_number).filter(|_| !self.payment.is_reversal());
        let own = claim.payer_control_numbers.iter().chain(replaced).map(String::as_str);
        own.chain(claim.numbers_of_later(self.parties.payer)).any(|number| {
            number.trim() == self.payer_number || original.is_some_and(|field| field.is(number))
        })
    }

    /// What a payer takes back is what it paid, never the void by which it was asked to; nor is it
    /// a replacement that it knows by no number of its own.
    fn may_speak_of(&self, claim: &KnownClaim) -> bool {
        let is_other = claim.account != claim.id;
        let is_void = claim.frequency == "8";
        let is_original = !claim.original_number.is_empty()
            && normal_number(&claim.original_number) == normal_number(&self.payer_number)
            && claim.earlier.is_empty();
        let is_anothers = is_other && (is_void || is_original);
        !self.payment.is_reversal() || !(is_anothers || self.is_said_before(claim))
    }

    /// Whether the payer spoke under this number of what was passed on to it, before the claim was made for it.
    fn is_said_before(&self, claim: &KnownClaim) -> bool {
        let is_its = |said: &Said| said.payer_control_number.trim() == self.payer_number;
        let mut later = claim.turns.later().filter(|(payer, _)| *payer == self.parties.payer);
        // A copy of it that waits is nothing that could be taken back.
        let mut posted = claim.earlier.iter().filter(|said| said.is_posted);
        let is_followed = claim.follows.is_some() && !posted.any(is_its);
        is_followed && later.any(|(_, said)| said.iter().any(is_its))
    }

    /// Whether a reversal takes back what its own payer said of a claim: by charge and money, and
    /// by its number where that is asked too.
    fn takes_back(&self, claim: &KnownClaim, with_number: bool) -> bool {
        let (charge, paid) = (self.payment.charge.money(), self.payment.paid.money());
        let is_it = |one: &Said| {
            one.word != Word::Reversed
                && charge == Some(-one.charge)
                && paid == Some(-one.paid)
                && (!with_number || one.payer_control_number.trim() == self.payer_number)
        };
        let mut said = claim.earlier.iter().chain(claim.said_by_later(self.parties.payer));
        !self.payment.is_reversal() || said.any(is_it)
    }

    fn has_days(&self, claim: &KnownClaim) -> bool {
        let (Some(days), Some(from)) = (self.days, claim.service_from) else { return false };
        days.from <= claim.service_to.unwrap_or(from) && from <= days.to
    }

    /// Whether it decides on a claim's charge and on each of its services.
    fn has_all_of(&self, claim: &KnownClaim) -> bool {
        let is_told = !self.payment.services.is_empty() && !claim.lines.is_empty();
        is_told && self.charge == Some(claim.charge) && self.has_same_codes(claim)
    }

    fn has_same_codes(&self, claim: &KnownClaim) -> bool {
        let services = &self.payment.services;
        if services.is_empty() || claim.lines.is_empty() {
            return true;
        }
        let mut left: Vec<&KnownLine> = claim.lines.iter().collect();
        let takes = |service: &ServicePayment<'_>| {
            let found = left.iter().position(|line| has_code(service, line));
            found.map(|at| left.swap_remove(at)).is_some()
        };
        services.len() == claim.lines.len() && services.iter().all(takes)
    }
}

/// QC is the patient, IL the subscriber, 74 either of them as the payer corrects it.
fn people<'q, 'f>(payment: &'q ClaimPayment<'f>) -> impl Iterator<Item = &'q Party<'f>> {
    payment.parties.iter().filter(|party| party.entity.is_any(&["QC", "IL", "74"]))
}

/// More suggestions than a person would look through are none.
const SUGGESTIONS_MAX: usize = 10;

fn ids(claims: &[&KnownClaim]) -> Vec<ClaimId> {
    claims.iter().take(SUGGESTIONS_MAX).map(|claim| claim.id).collect()
}

const fn was_sent(state: State) -> bool {
    match state {
        State::Rejected | State::Held | State::Ready => false,
        State::Batched
        | State::Sent
        | State::Acknowledged
        | State::Accepted
        | State::Returned
        | State::Paid
        | State::Denied
        | State::Closed => true,
    }
}

/// First and last day that a CLP names: of its statement or of its services.
pub fn days_of(payment: &ClaimPayment<'_>) -> Option<DayRange> {
    let of_services = payment.services.iter().flat_map(|service| &service.dates);
    let dates = payment.dates.iter().chain(of_services);
    let dates = dates.filter(|date| date.qualifier.is_any(&["232", "233", "472", "150", "151"]));
    let mut days: Option<DayRange> = None;
    for range in dates.filter_map(|date| date.days()) {
        days = Some(match days {
            Some(so_far) => {
                DayRange { from: so_far.from.min(range.from), to: so_far.to.max(range.to) }
            }
            None => range,
        });
    }
    days
}

/// First and last day that a CLP names for the whole claim; none without both or either.
pub fn claim_days(payment: &ClaimPayment<'_>) -> Option<DayRange> {
    let day = |qualifier: &str| Some(find_date(&payment.dates, qualifier)?.days()?.from);
    let (from, to) = (day("232"), day("233"));
    let range = DayRange { from: from.or(to)?, to: to.or(from)? };
    (range.from <= range.to).then_some(range)
}

/// V29: the payer had no valid code for what was submitted, which stands in SVC06.
pub fn is_default_code(procedure: &Procedure<'_>) -> bool {
    procedure.code.is_any(&["99199", "D9999", "0949"])
}
