//! What makes two claims look alike, and which of several others a message names.

use x12::phi::Phi;
use x12::segment::Field;
use x12::value::{Day, Money};
use x12::view::claim::{Claim, Kind};
use x12::view::parts::Dated;

use crate::change::{ArrivalId, ClaimId, ContentHash};
use crate::coordination;
use crate::lifecycle::State;
use crate::scrub::earlier::{Operation, Original, Standing, Stay, Told, Visit, Whereabouts};
use crate::scrub::visits::{operations_of, stay_of, visits_of};
use crate::scrub::{Earlier, form};

/// What makes two claims look alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// The claim itself, when the store knows it already.
    pub own: Option<ClaimId>,
    /// The claim of the payer before: it says the same, and is no double.
    pub follows: Option<ClaimId>,
    /// Claims of ours that never left, and are withdrawn as this one takes their place: they bill nothing.
    pub instead_of: Vec<ClaimId>,
    /// Its own payer, by NM109 in 2010BB.
    pub payer_id: String,
    /// Who pays before its own payer, by the numbers that the claim gives them.
    pub payers_before: Vec<String>,
    /// CLM02 and the first day of service.
    pub charge: Money,
    pub service_from: Option<Day>,
    pub partner: String,
    /// CLM01.
    pub patient_control_number: Phi<String>,
    pub looks: Looks,
    /// Patient and billing provider, digested.
    pub patient: String,
    pub billing_npi: String,
    pub stay: Option<Stay>,
    /// REF*F8 of a claim that replaces or voids another.
    pub replaces: Option<String>,
}

/// What makes two claims of one file look alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Patient and billing provider, without regard to form.
    pub patient: Phi<Vec<u8>>,
    /// Patient, providers, days, procedures and charges, digested.
    pub fingerprint: String,
    pub visits: Vec<Visit>,
    pub operations: Vec<Operation>,
}

/// A claim that the store has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub id: ClaimId,
    pub partner: String,
    /// CLM01.
    pub patient_control_number: Phi<String>,
    pub state: State,
    pub was_sent: bool,
    pub came: Option<Came>,
}

/// How a person finds a claim again. The name of its file is left out: offices write patients' names into
/// such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    pub arrival: ArrivalId,
    pub service_from: Option<Day>,
}

/// Other claims that one resembles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Similar {
    /// The same service for the same patient.
    pub same_service: Option<Other>,
    /// The same partner and the same CLM01.
    pub same_control_number: Option<Other>,
    /// Visits of the same patient to the same billing provider.
    pub visits: Vec<(Other, Visit)>,
    /// Operations on the same patient.
    pub operations: Vec<(Other, Operation)>,
    /// Stays of the same patient in the same hospital.
    pub stays: Vec<(Other, Stay)>,
    /// What it replaces or voids.
    pub original: Option<(Other, Original)>,
    /// The claim of the payer before, when its office itself bills the one after it.
    pub follows: Option<ClaimId>,
}

impl Similar {
    /// What the rules may know of them, in words that this partner may read.
    pub fn in_words(&self, partner: &str) -> Earlier {
        let double = |other: &Other| other.as_double(partner);
        Earlier {
            same_service: self.same_service.as_ref().map(double),
            same_control_number: self.same_control_number.as_ref().map(double),
            visits: self.visits.iter().map(|(other, visit)| told(other, visit, partner)).collect(),
            operations: self
                .operations
                .iter()
                .map(|(other, what)| told(other, what, partner))
                .collect(),
            stays: self.stays.iter().map(|(other, stay)| told(other, stay, partner)).collect(),
            original: self.original.as_ref().map(|(other, what)| told(other, what, partner)),
        }
    }
}

fn told<T: Clone>(other: &Other, what: &T, partner: &str) -> Told<T> {
    Told { claim: other.in_words(partner), what: what.clone() }
}

impl Other {
    /// Offices know a claim by its CLM01; one of another office is none of theirs.
    fn in_words(&self, partner: &str) -> String {
        let id = self.id.0;
        match self.patient_control_number.expose().as_str() {
            number if self.is_of(partner) && !number.is_empty() => {
                format!("claim {number}")
            }
            _ => format!("claim {id}"),
        }
    }

    /// With what tells it from others of its number, for whoever looks which of the two is to stay.
    fn as_double(&self, partner: &str) -> Told<Whereabouts> {
        let claim = self.in_words(partner);
        if !self.is_of(partner) {
            return Told { claim, what: None };
        }
        let mut found_by = vec![format!("our number {}", self.id.0)];
        if let Some(Came { arrival, service_from }) = &self.came {
            found_by.extend(service_from.map(|day| format!("services from {day}")));
            found_by.push(format!("arrival {}", arrival.0));
        }
        Told { claim: format!("{claim} ({})", found_by.join(", ")), what: Some(self.state.name()) }
    }

    fn is_of(&self, partner: &str) -> bool {
        self.partner == partner
    }

    /// Whether the payer has it, or is about to.
    pub const fn goes_out(&self) -> bool {
        match self.state {
            State::Ready
            | State::Batched
            | State::Sent
            | State::Acknowledged
            | State::Accepted
            | State::Paid
            | State::Denied => true,
            State::Rejected | State::Held | State::Returned | State::Closed => false,
        }
    }

    /// Whether a claim may be a double of this one.
    pub fn counts_for(&self, likeness: &Likeness) -> bool {
        let own = likeness.own;
        // A claim that was closed before it ever left bills nothing.
        let bills = match self.state {
            State::Rejected => false,
            State::Closed => self.was_sent,
            _ => true,
        };
        // Of two that wait, the later one is the double.
        let is_before = own.is_none_or(|own| self.id < own || (self.id > own && self.goes_out()));
        bills && is_before && !likeness.instead_of.contains(&self.id)
    }

    /// How far it has come, for whoever wants to replace it.
    pub const fn standing(&self) -> Standing {
        match self.state {
            State::Paid | State::Denied => Standing::Decided,
            // A claim may be closed here because what became of it was told elsewhere.
            State::Closed if self.was_sent => Standing::Decided,
            State::Returned => Standing::Returned,
            State::Rejected | State::Closed => Standing::Unsent,
            State::Held | State::Ready if !self.was_sent => Standing::Unsent,
            State::Held
            | State::Ready
            | State::Batched
            | State::Sent
            | State::Acknowledged
            | State::Accepted => Standing::Undecided,
        }
    }

    /// The smaller, the more this is the claim that a person should look at.
    const fn rank(&self) -> u8 {
        match self.state {
            State::Paid | State::Denied => 0,
            State::Batched | State::Sent | State::Acknowledged | State::Accepted => 1,
            State::Ready => 2,
            State::Held | State::Returned => 3,
            State::Closed | State::Rejected => 4,
        }
    }
}

/// Chooses among claims of the same fingerprint, or among those of the same partner and CLM01.
pub fn foremost(likeness: &Likeness, others: impl Iterator<Item = Other>) -> Option<Other> {
    let counting = others.filter(|other| other.counts_for(likeness));
    counting.min_by_key(|other| (other.rank(), other.id))
}

/// What a claim of a partner looks like.
pub fn likeness(claim: &Claim<'_>, partner: &str, hash: impl Fn(&[u8]) -> ContentHash) -> Likeness {
    let replaces = claim.reference("F8").filter(|_| claim.frequency.is_any(&["7", "8"]));
    let looks = looks(claim, &hash);
    Likeness {
        own: None,
        follows: None,
        instead_of: Vec::new(),
        payer_id: claim.payer.as_ref().map_or(String::new(), |payer| payer.id.text().into_owned()),
        payers_before: coordination::payers_before(claim),
        charge: claim.charge(),
        service_from: claim.service_days().map(|days| days.from),
        partner: partner.to_owned(),
        patient_control_number: Phi::new(control_number(claim)),
        patient: digest(&hash, looks.patient.expose()),
        looks,
        billing_npi: claim.billing.id.text().into_owned(),
        stay: stay_of(claim),
        replaces: replaces.map(|number| number.text().into_owned()),
    }
}

/// CLM01 without blanks around it, as it goes out: payers and people know the claim by this.
pub fn control_number(claim: &Claim<'_>) -> String {
    String::from_utf8_lossy(form::trimmed(&claim.patient_control_number)).into_owned()
}

/// What a claim looks like to the others of its file.
pub fn looks(claim: &Claim<'_>, hash: impl Fn(&[u8]) -> ContentHash) -> Looks {
    Looks {
        patient: Phi::new(whom_it_is_about(claim)),
        fingerprint: digest(hash, &what_is_billed(claim)),
        visits: visits_of(claim).map(|(_, visit)| visit).take(VISITS_MAX).collect(),
        operations: operations_of(claim).take(VISITS_MAX).collect(),
    }
}

fn digest(hash: impl Fn(&[u8]) -> ContentHash, text: &[u8]) -> String {
    let ContentHash(mut digits) = hash(text);
    digits.truncate(FINGERPRINT_CHARACTERS);
    digits
}

impl Likeness {
    /// Whether the patient's other claims bear on it.
    pub fn asks_for_past(&self) -> bool {
        !self.looks.visits.is_empty() || self.stay.is_some()
    }
}

/// Whether two numbers of a payer are one: zeros in front and small letters are form.
pub fn is_same_payer_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches('0').to_ascii_uppercase();
    plain(one) == plain(other)
}

/// The billing provider, the insured's number, and who of the family it is. Names change with a marriage, and
/// are left out but for the first.
fn whom_it_is_about(claim: &Claim<'_>) -> Vec<u8> {
    let member = claim.subscriber.party.as_ref().map(|party| party.id);
    let person = claim.person();
    let birth = person.and_then(|person| person.birth);
    let first_name = person.map(|person| person.first_name);
    let values = [Some(claim.billing.id), member, birth];
    let [billing, member, birth] =
        values.map(|value| value.map_or(Vec::new(), |value| plain(value.bytes())));
    [billing, member, birth, first_name.map_or(Vec::new(), plain_name)].join(&b'|')
}

/// As many as a professional claim has lines by its guide; more are no claim.
const VISITS_MAX: usize = 50;

/// Half of a SHA-256 is more than enough to tell claims apart.
const FINGERPRINT_CHARACTERS: usize = 32;

/// Patient, billing and rendering providers, days, procedures with modifiers, and charges, without regard to
/// form: a claim must look as it did after its form was repaired.
fn what_is_billed(claim: &Claim<'_>) -> Vec<u8> {
    let mut text: Vec<u8> = Vec::new();
    let mut add = |value: Vec<u8>| {
        text.extend(value);
        text.push(b'|');
    };
    add(claim.payer.as_ref().map_or(Vec::new(), |payer| plain(payer.id.bytes())));
    add(plain(claim.billing.id.bytes()));
    add(claim.subscriber.party.as_ref().map_or(Vec::new(), |party| plain(party.id.bytes())));
    if let Some(person) = claim.person() {
        add(person.birth.map_or(Vec::new(), |birth| plain(birth.bytes())));
        add(plain_name(person.first_name));
    }
    add(plain_amount(claim.total_charge.bytes()));
    match claim.kind {
        Kind::Professional => {}
        Kind::Institutional => {
            let stay = claim.institutional.as_ref();
            add(stay.map_or(Vec::new(), |stay| plain(stay.facility_type.bytes())));
            let statement = stay.and_then(|stay| stay.statement);
            add(statement.map_or(Vec::new(), |statement| plain_days(&statement)));
        }
        Kind::Dental => {
            add(claim.date("472").map_or(Vec::new(), |date| plain_days(&date)));
        }
    }
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for line in &claim.lines {
        let mut line_text = plain(line.procedure.code.bytes());
        // Two doctors of one group may do the same on one day.
        let rendering = line.provider("82").or_else(|| claim.provider("82"));
        if let Some(rendering) = rendering.filter(|one| one.id.bytes() != claim.billing.id.bytes())
        {
            line_text.push(b'P');
            line_text.extend(plain(rendering.id.bytes()));
        }
        if let Some(revenue_code) = line.revenue_code {
            line_text.push(b'R');
            line_text.extend(plain(revenue_code.bytes()));
        }
        for tooth in line.dental.iter().flat_map(|dental| &dental.teeth) {
            line_text.push(b'T');
            line_text.extend(plain(tooth.number.bytes()));
            line_text.extend(tooth.surfaces.iter().flat_map(|surface| plain(surface.bytes())));
        }
        for modifier in &line.procedure.modifiers {
            line_text.push(b':');
            line_text.extend(plain(modifier.bytes()));
        }
        line_text.push(b'/');
        line_text.extend(plain_amount(line.charge.bytes()));
        for date in line.dates.iter().filter(|date| date.qualifier.is("472")) {
            line_text.push(b'/');
            line_text.extend(plain_days(date));
        }
        lines.push(line_text);
    }
    lines.sort();
    for line in lines {
        add(line);
    }
    text
}

/// A name in capitals without accents, as a repair writes it.
fn plain_name(name: Field<'_>) -> Vec<u8> {
    match form::plain_capitals(&name.text()) {
        Some(capitals) => plain(capitals.as_bytes()),
        None => plain(name.bytes()),
    }
}

/// Days, one of which is the same whether it is said alone or as a range.
fn plain_days(date: &Dated<'_>) -> Vec<u8> {
    match date.days() {
        Some(days) if days.from == days.to => days.from.to_wire().into_bytes(),
        Some(_) | None => plain(date.value.bytes()),
    }
}

/// Letters and digits alone.
fn plain(value: &[u8]) -> Vec<u8> {
    value.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_uppercase).collect()
}

/// Digits and the point, without zeros that say nothing.
fn plain_amount(value: &[u8]) -> Vec<u8> {
    let is_said = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    let mut digits: Vec<u8> = value.iter().filter(is_said).copied().collect();
    if digits.contains(&b'.') {
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        if digits.last() == Some(&b'.') {
            digits.pop();
        }
    }
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    digits.split_off(zeros)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use x12::view::claim::claims;

    use super::*;
    use crate::scrub::example::Clean;

    fn other(id: i64, state: State, was_sent: bool) -> Other {
        let number = Phi::new("A1".to_owned());
        let partner = "cedar".to_owned();
        let came = Some(Came { arrival: ArrivalId(4), service_from: Day::new(2026, 10, 6) });
        Other { id: ClaimId(id), partner, patient_control_number: number, state, was_sent, came }
    }

    fn chosen(own: Option<i64>, others: &[Other]) -> Option<i64> {
        let partner = "cedar".to_owned();
        let likeness = Likeness { own: own.map(ClaimId), partner, ..Likeness::default() };
        foremost(&likeness, others.iter().cloned()).map(|other| other.id.0)
    }

    #[test]
    fn a_claim_that_was_sent_is_named_before_one_that_waits_or_was_closed() {
        let closed = other(1, State::Closed, true);
        let (held, sent) = (other(2, State::Held, false), other(3, State::Sent, true));
        assert_eq!(chosen(None, &[closed.clone(), held.clone(), sent]), Some(3));
        assert_eq!(chosen(None, &[closed.clone(), held]), Some(2));
        assert_eq!(chosen(None, &[closed]), Some(1));
    }

    #[test]
    fn claims_that_never_leave_are_nobodys_double() {
        let others = [other(1, State::Closed, false), other(2, State::Rejected, false)];
        assert_eq!(chosen(None, &others), None);
    }

    #[test]
    fn a_claim_is_the_double_of_older_ones_and_of_what_goes_out() {
        let (older, later) = (other(1, State::Held, false), other(3, State::Held, false));
        assert_eq!(chosen(Some(2), &[older.clone(), later.clone()]), Some(1));
        assert_eq!(chosen(Some(1), &[older, later]), None);
        assert_eq!(chosen(Some(1), &[other(3, State::Ready, false)]), Some(3));
    }

    #[test]
    fn a_claim_of_another_office_is_not_told_by_its_number() {
        let other = other(7, State::Sent, true);
        assert_eq!(other.in_words("cedar"), "claim A1");
        assert_eq!(other.in_words("birch"), "claim 7");
        let double = other.as_double("cedar");
        assert_eq!(double.claim, "claim A1 (our number 7, services from 2026-10-06, arrival 4)");
        assert_eq!(double.what, Some("sent"));
        let double = other.as_double("birch");
        assert_eq!((double.claim.as_str(), double.what), ("claim 7", None));
    }

    /// What the first claim of a file is told apart by.
    fn told_apart_by(text: &str) -> [Vec<u8>; 3] {
        let reading = x12::interchange::read(&Bytes::copy_from_slice(text.as_bytes()));
        let interchange = &reading.interchanges[0];
        let set = &interchange.groups[0].sets[0];
        let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
        let walked = x12::walk::walk(interchange, set, guide);
        let claim = claims(interchange, set, &walked).next().expect("a claim");
        [what_is_billed(&claim), whom_it_is_about(&claim), control_number(&claim).into_bytes()]
    }

    #[test]
    fn a_claim_is_known_again_in_another_form() {
        let text = Clean::Professional.text();
        let expected = told_apart_by(text);
        for (from, to) in [
            ("DTP*472*D8*20261006", "DTP*472*RD8*20261006-20261006"),
            ("*JANE", "*JÁNE"),
            ("*JANE", "*jane"),
            ("HC:93000", "HC: 93000"),
            ("CLM*A1*", "CLM*  A1 *"),
            ("XX*1999001021", "XX* 1999001021"),
        ] {
            assert!(text.contains(from), "{from}");
            assert_eq!(told_apart_by(&text.replace(from, to)), expected, "{to}");
        }
        assert_ne!(told_apart_by(&text.replace("D8*20261006", "D8*20261007")), expected);
        // Another doctor of the group.
        assert_ne!(told_apart_by(&text.replace("1999001021", "1999001047")), expected);
    }

    #[test]
    fn the_form_of_a_value_makes_no_other_claim() {
        for (one, same) in [("185", "185.00"), ("0185.50", "$185.5"), ("1250", "1,250.00")] {
            assert_eq!(plain_amount(one.as_bytes()), plain_amount(same.as_bytes()), "{one}");
        }
        assert_ne!(plain_amount(b"100"), plain_amount(b"1"));
        assert_eq!(plain(b" 2026-10-06"), plain(b"20261006"));
    }
}
