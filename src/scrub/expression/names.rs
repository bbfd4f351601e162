//! What a condition may speak of: the claim by the names of its JSON form, and a few names more.
//!
//! A text that the claim does not carry is `""`; a number, a day or a party that it does not carry
//! is `null`.

use std::borrow::Cow;
use std::rc::Rc;

use x12::segment::Field;
use x12::value::{Day, DayRange, Quantity};
use x12::view::claim::{Attachment, Claim, Diagnosis, Line, OtherPayer, Subscriber};
use x12::view::parts::{Party, Procedure};

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    Text,
    Number,
    Day,
    Thing(&'static Shape),
    Texts,
    Things(&'static Shape),
}

/// Something with names of its own: a claim, a line, a party.
#[derive(Debug)]
pub struct Shape {
    /// What it is, with its article: `a service line`.
    pub what: &'static str,
    pub names: &'static [Name],
}

/// One name.
#[derive(Debug)]
pub struct Name {
    pub name: &'static str,
    /// Where it stands in the claim, or how it is made.
    pub place: &'static str,
    pub of: Of,
    get: Get,
}

/// A value while a condition is asked.
#[derive(Clone, Debug)]
pub enum Value<'c> {
    Nothing,
    Text(Cow<'c, str>),
    /// In ten-thousandths.
    Number(i64),
    Day(Day),
    Truth(bool),
    Thing(Thing<'c>),
    /// Shared, so that a list is never copied with all that is in it.
    List(Rc<[Value<'c>]>),
}

/// What names are read off.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'c> {
    Claim(&'c Claim<'c>),
    Line(&'c Claim<'c>, &'c Line<'c>),
    Party(&'c Party<'c>),
    Subscriber(&'c Subscriber<'c>),
    Procedure(&'c Procedure<'c>),
    Diagnosis(&'c Diagnosis<'c>),
    OtherPayer(&'c OtherPayer<'c>),
    Attachment(&'c Attachment<'c>),
}

#[derive(Clone, Copy)]
enum Get {
    Claim(for<'c> fn(&'c Claim<'c>) -> Value<'c>),
    Line(for<'c> fn(&'c Claim<'c>, &'c Line<'c>) -> Value<'c>),
    Party(for<'c> fn(&'c Party<'c>) -> Value<'c>),
    Subscriber(for<'c> fn(&'c Subscriber<'c>) -> Value<'c>),
    Procedure(for<'c> fn(&'c Procedure<'c>) -> Value<'c>),
    Diagnosis(for<'c> fn(&'c Diagnosis<'c>) -> Value<'c>),
    OtherPayer(for<'c> fn(&'c OtherPayer<'c>) -> Value<'c>),
    Attachment(for<'c> fn(&'c Attachment<'c>) -> Value<'c>),
}

impl std::fmt::Debug for Get {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Get")
    }
}

/// How many ten-thousandths are one.
pub const ONE: i64 = 10_000;

impl Name {
    /// The value that a thing has under this name.
    pub fn read<'c>(&self, thing: Thing<'c>) -> Value<'c> {
        match (self.get, thing) {
            (Get::Claim(get), Thing::Claim(claim)) => get(claim),
            (Get::Line(get), Thing::Line(claim, line)) => get(claim, line),
            (Get::Party(get), Thing::Party(party)) => get(party),
            (Get::Subscriber(get), Thing::Subscriber(subscriber)) => get(subscriber),
            (Get::Procedure(get), Thing::Procedure(procedure)) => get(procedure),
            (Get::Diagnosis(get), Thing::Diagnosis(diagnosis)) => get(diagnosis),
            (Get::OtherPayer(get), Thing::OtherPayer(other)) => get(other),
            (Get::Attachment(get), Thing::Attachment(attachment)) => get(attachment),
            // `where_the_care_was_given` is the claim under another name.
            (_, _) => Value::Nothing,
        }
    }
}

impl Name {
    /// What is read off a thing that is not there.
    pub fn nothing<'c>(&self) -> Value<'c> {
        match self.of {
            Of::Text => Value::Text(Cow::Borrowed("")),
            Of::Number | Of::Day | Of::Thing(_) => Value::Nothing,
            Of::Texts | Of::Things(_) => Value::List(Rc::from([])),
        }
    }
}

impl Shape {
    /// The name, if this has it.
    pub fn find(&self, name: &str) -> Option<&'static Name> {
        self.names.iter().find(|known| known.name == name)
    }
}

impl PartialEq for &'static Shape {
    fn eq(&self, other: &&'static Shape) -> bool {
        std::ptr::eq(*self, *other)
    }
}

fn text(field: Field<'_>) -> Value<'_> {
    Value::Text(field.text())
}

fn text_or_none(field: Option<Field<'_>>) -> Value<'_> {
    field.map_or(Value::Text(Cow::Borrowed("")), text)
}

fn number(field: Field<'_>) -> Value<'_> {
    match (field.money(), Quantity::parse(field.bytes())) {
        (Some(money), _) => {
            money.cents().checked_mul(ONE / 100).map_or(Value::Nothing, Value::Number)
        }
        (None, Some(quantity)) => {
            quantity.thousandths().checked_mul(ONE / 1_000).map_or(Value::Nothing, Value::Number)
        }
        (None, None) => Value::Nothing,
    }
}

fn from<'c>(days: Option<DayRange>) -> Value<'c> {
    days.map_or(Value::Nothing, |days| Value::Day(days.from))
}

fn to<'c>(days: Option<DayRange>) -> Value<'c> {
    days.map_or(Value::Nothing, |days| Value::Day(days.to))
}

fn day_of<'c>(claim: &'c Claim<'c>, qualifier: &str) -> Value<'c> {
    from(claim.date(qualifier).and_then(|date| date.days()))
}

fn texts<'c>(fields: impl Iterator<Item = &'c Field<'c>>) -> Value<'c> {
    Value::List(fields.map(|&field| text(field)).collect())
}

fn party<'c>(party: Option<&'c Party<'c>>) -> Value<'c> {
    party.map_or(Value::Nothing, |party| Value::Thing(Thing::Party(party)))
}

fn diagnosis<'c>(claim: &'c Claim<'c>, lists: &[&str]) -> Value<'c> {
    let found = claim.diagnoses_of(lists).next();
    found.map_or(Value::Nothing, |found| Value::Thing(Thing::Diagnosis(found)))
}

fn birth<'c>(party: &'c Party<'c>) -> Value<'c> {
    party.birth.and_then(|birth| birth.day()).map_or(Value::Nothing, Value::Day)
}

const fn claim(
    name: &'static str,
    place: &'static str,
    of: Of,
    get: for<'c> fn(&'c Claim<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of, get: Get::Claim(get) }
}

const fn line(
    name: &'static str,
    place: &'static str,
    of: Of,
    get: for<'c> fn(&'c Claim<'c>, &'c Line<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of, get: Get::Line(get) }
}

const fn of_party(
    name: &'static str,
    place: &'static str,
    of: Of,
    get: for<'c> fn(&'c Party<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of, get: Get::Party(get) }
}

const fn of_subscriber(
    name: &'static str,
    place: &'static str,
    of: Of,
    get: for<'c> fn(&'c Subscriber<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of, get: Get::Subscriber(get) }
}

const fn of_procedure(
    name: &'static str,
    place: &'static str,
    of: Of,
    get: for<'c> fn(&'c Procedure<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of, get: Get::Procedure(get) }
}

const fn of_diagnosis(
    name: &'static str,
    place: &'static str,
    get: for<'c> fn(&'c Diagnosis<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of: Of::Text, get: Get::Diagnosis(get) }
}

const fn of_other_payer(
    name: &'static str,
    place: &'static str,
    of: Of,
    get: for<'c> fn(&'c OtherPayer<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of, get: Get::OtherPayer(get) }
}

const fn of_attachment(
    name: &'static str,
    place: &'static str,
    get: for<'c> fn(&'c Attachment<'c>) -> Value<'c>,
) -> Name {
    Name { name, place, of: Of::Text, get: Get::Attachment(get) }
}

/// What every condition may speak of. The first part are keys of the JSON form.
pub static CLAIM: Shape = Shape {
    what: "a claim",
    names: &[
        claim("patient_control_number", "CLM01", Of::Text, |c| text(c.patient_control_number)),
        claim("total_charge", "CLM02", Of::Number, |c| number(c.total_charge)),
        claim("where_the_care_was_given", "CLM05, in 837P and 837D", Of::Thing(&CARE), |c| {
            Value::Thing(Thing::Claim(c))
        }),
        claim("type_of_bill", "CLM05, in 837I", Of::Thing(&BILL), |c| {
            Value::Thing(Thing::Claim(c))
        }),
        claim("assignment", "CLM07", Of::Text, |c| text(c.assignment)),
        claim("delay_reason", "CLM20", Of::Text, |c| text(c.delay_reason)),
        claim("onset_of_current_illness_date", "DTP*431", Of::Day, |c| day_of(c, "431")),
        claim("accident_date", "DTP*439", Of::Day, |c| day_of(c, "439")),
        claim("admission_date", "DTP*435", Of::Day, |c| day_of(c, "435")),
        claim("discharge_date", "DTP*096", Of::Day, |c| day_of(c, "096")),
        claim("admission_and_patient_status", "CL1, in 837I", Of::Thing(&STAY), |c| {
            Value::Thing(Thing::Claim(c))
        }),
        claim("attachments", "PWK", Of::Things(&ATTACHMENT), |c| {
            let each = c.attachments.iter().map(|one| Value::Thing(Thing::Attachment(one)));
            Value::List(each.collect())
        }),
        claim("referral_number", "REF*9F", Of::Text, |c| text_or_none(c.reference("9F"))),
        claim("prior_authorization_number", "REF*G1", Of::Text, |c| {
            text_or_none(c.reference("G1"))
        }),
        claim("payer_claim_control_number", "REF*F8", Of::Text, |c| {
            text_or_none(c.reference("F8"))
        }),
        claim("clia_number", "REF*X4", Of::Text, |c| text_or_none(c.reference("X4"))),
        claim("medical_record_number", "REF*EA", Of::Text, |c| text_or_none(c.reference("EA"))),
        claim("principal_diagnosis", "HI*ABK", Of::Thing(&DIAGNOSIS), |c| {
            diagnosis(c, &["ABK", "BK"])
        }),
        claim("admitting_diagnosis", "HI*ABJ", Of::Thing(&DIAGNOSIS), |c| {
            diagnosis(c, &["ABJ", "BJ"])
        }),
        claim("other_diagnoses", "HI*ABF", Of::Things(&DIAGNOSIS), |c| {
            let each =
                c.diagnoses_of(&["ABF", "BF"]).map(|one| Value::Thing(Thing::Diagnosis(one)));
            Value::List(each.collect())
        }),
        claim("conditions", "HI*BG, in 837I", Of::Texts, |c| {
            texts(c.institutional.iter().flat_map(|stay| &stay.conditions))
        }),
        claim("referring_provider", "2310A NM1*DN", Of::Thing(&PROVIDER), |c| {
            party(c.provider("DN"))
        }),
        claim("rendering_provider", "NM1*82 of the claim", Of::Thing(&PROVIDER), |c| {
            party(c.provider("82"))
        }),
        claim("attending_provider", "2310A NM1*71, in 837I", Of::Thing(&PROVIDER), |c| {
            party(c.provider("71"))
        }),
        claim("operating_physician", "NM1*72, in 837I", Of::Thing(&PROVIDER), |c| {
            party(c.provider("72"))
        }),
        claim("supervising_provider", "NM1*DQ of the claim", Of::Thing(&PROVIDER), |c| {
            party(c.provider("DQ"))
        }),
        claim("service_facility", "NM1*77 of the claim", Of::Thing(&PROVIDER), |c| {
            party(c.provider("77"))
        }),
        claim("other_coverages", "2320", Of::Things(&COVERAGE), |c| {
            let each = c.other_payers.iter().map(|one| Value::Thing(Thing::OtherPayer(one)));
            Value::List(each.collect())
        }),
        claim("lines", "2400", Of::Things(&LINE), |c| {
            Value::List(c.lines.iter().map(|one| Value::Thing(Thing::Line(c, one))).collect())
        }),
        // Levels above the claim: in the JSON form it stands in them.
        claim("billing_provider", "2010AA", Of::Thing(&PROVIDER), |c| party(Some(&c.billing))),
        claim("subscriber", "2000B and 2010BA", Of::Thing(&SUBSCRIBER), |c| {
            Value::Thing(Thing::Subscriber(&c.subscriber))
        }),
        claim("payer", "2010BB", Of::Thing(&PAYER), |c| party(c.payer.as_ref())),
        claim(
            "patient",
            "2010CA; the subscriber's 2010BA when it has none",
            Of::Thing(&PERSON),
            |c| party(c.person()),
        ),
        // Made for conditions.
        claim("kind", "P, I or D: which 837", Of::Text, |c| {
            Value::Text(Cow::Borrowed(c.kind.letter()))
        }),
        claim("frequency", "CLM05-3, in every 837", Of::Text, |c| text(c.frequency)),
        claim("service_from", "the first day of service", Of::Day, |c| from(c.service_days())),
        claim("service_to", "the last day of service", Of::Day, |c| to(c.service_days())),
        claim("patient_is_subscriber", "Y unless there is a 2000C, else N", Of::Text, |c| {
            Value::Text(Cow::Borrowed(if c.patient.is_some() { "N" } else { "Y" }))
        }),
        claim("diagnoses_coded", "every diagnosis code of the HI segments", Of::Texts, |c| {
            texts(c.all_diagnoses().map(|one| &one.code))
        }),
        claim("procedures_coded", "every procedure code of the lines", Of::Texts, |c| {
            texts(c.lines.iter().map(|line| &line.procedure.code))
        }),
    ],
};

static CARE: Shape = Shape {
    what: "where the care was given",
    names: &[
        claim("place_of_service", "CLM05-1", Of::Text, |c| text(c.place_of_service)),
        claim("claim_frequency", "CLM05-3", Of::Text, |c| text(c.frequency)),
    ],
};

static BILL: Shape = Shape {
    what: "a type of bill",
    names: &[
        claim("facility_type", "CLM05-1", Of::Text, |c| {
            text_or_none(c.institutional.as_ref().map(|stay| stay.facility_type))
        }),
        claim("claim_frequency", "CLM05-3", Of::Text, |c| text(c.frequency)),
    ],
};

static STAY: Shape = Shape {
    what: "an admission",
    names: &[
        claim("type_of_admission", "CL101", Of::Text, |c| {
            text_or_none(c.institutional.as_ref().map(|stay| stay.admission_type))
        }),
        claim("source_of_admission", "CL102", Of::Text, |c| {
            text_or_none(c.institutional.as_ref().map(|stay| stay.admission_source))
        }),
        claim("patient_status", "CL103", Of::Text, |c| {
            text_or_none(c.institutional.as_ref().map(|stay| stay.patient_status))
        }),
    ],
};

static ATTACHMENT: Shape = Shape {
    what: "an attachment",
    names: &[
        of_attachment("kind_of_document", "PWK01", |one| text(one.report)),
        of_attachment("way_it_travels", "PWK02", |one| text(one.transmission)),
        of_attachment("control_number", "PWK06", |one| text(one.control_number)),
    ],
};

static DIAGNOSIS: Shape = Shape {
    what: "a diagnosis",
    names: &[
        of_diagnosis("code_list", "C022-1", |one| text(one.qualifier)),
        of_diagnosis("diagnosis", "C022-2", |one| text(one.code)),
        of_diagnosis("present_on_admission", "C022-9, in 837I", |one| {
            text(one.present_on_admission)
        }),
    ],
};

static PROVIDER: Shape = Shape {
    what: "a provider",
    names: &[
        of_party("entity_type", "NM102", Of::Text, |one| text(one.kind)),
        of_party("last_name_or_organization", "NM103", Of::Text, |one| text(one.last_name)),
        of_party("npi", "NM109, when NM108 is XX", Of::Text, |one| text_or_none(one.npi())),
        of_party("specialty", "PRV03", Of::Text, |one| text_or_none(one.taxonomy)),
        of_party("tax_number", "REF*EI or REF*SY", Of::Text, |one| {
            text_or_none(one.reference("EI").or_else(|| one.reference("SY")))
        }),
        of_party("city", "N401", Of::Text, |one| {
            text_or_none(one.address.as_ref().map(|address| address.city))
        }),
        of_party("state", "N402", Of::Text, |one| {
            text_or_none(one.address.as_ref().map(|address| address.state))
        }),
        of_party("zip_code", "N403", Of::Text, |one| {
            text_or_none(one.address.as_ref().map(|address| address.zip))
        }),
    ],
};

static PAYER: Shape = Shape {
    what: "a payer",
    names: &[
        of_party("name", "NM103", Of::Text, |one| text(one.last_name)),
        of_party("identifier_qualifier", "NM108", Of::Text, |one| text(one.id_qualifier)),
        of_party("identifier", "NM109", Of::Text, |one| text(one.id)),
    ],
};

static PERSON: Shape = Shape {
    what: "a person",
    names: &[
        of_party("date_of_birth", "DMG02", Of::Day, birth),
        of_party("sex", "DMG03", Of::Text, |one| text_or_none(one.sex)),
        of_party("state", "N402", Of::Text, |one| {
            text_or_none(one.address.as_ref().map(|address| address.state))
        }),
        of_party("zip_code", "N403", Of::Text, |one| {
            text_or_none(one.address.as_ref().map(|address| address.zip))
        }),
    ],
};

static SUBSCRIBER: Shape = Shape {
    what: "a subscriber",
    names: &[
        of_subscriber("payer_responsibility", "SBR01", Of::Text, |one| text(one.responsibility)),
        of_subscriber("relationship_to_the_subscriber", "SBR02", Of::Text, |one| {
            text(one.relationship)
        }),
        of_subscriber("group_or_policy_number", "SBR03", Of::Text, |one| text(one.group_number)),
        of_subscriber("insurance_type", "SBR05", Of::Text, |one| text(one.insurance_type)),
        of_subscriber("claim_filing_indicator", "SBR09", Of::Text, |one| {
            text(one.filing_indicator)
        }),
        of_subscriber("member_number", "2010BA NM109", Of::Text, |one| {
            text_or_none(one.party.as_ref().map(|party| party.id))
        }),
        of_subscriber("date_of_birth", "2010BA DMG02", Of::Day, |one| {
            one.party.as_ref().map_or(Value::Nothing, birth)
        }),
        of_subscriber("sex", "2010BA DMG03", Of::Text, |one| {
            text_or_none(one.party.as_ref().and_then(|party| party.sex))
        }),
    ],
};

static COVERAGE: Shape = Shape {
    what: "another coverage",
    names: &[
        of_other_payer("payer_responsibility", "SBR01", Of::Text, |one| text(one.responsibility)),
        of_other_payer("group_or_policy_number", "SBR03", Of::Text, |one| text(one.group_number)),
        of_other_payer("insurance_type", "SBR05", Of::Text, |one| text(one.insurance_type)),
        of_other_payer("claim_filing_indicator", "SBR09", Of::Text, |one| {
            text(one.filing_indicator)
        }),
        of_other_payer("paid_by_the_other_payer", "AMT*D", Of::Number, |one| {
            one.paid().map_or(Value::Nothing, number)
        }),
        of_other_payer("other_payer", "2330B", Of::Thing(&PAYER), |one| party(one.payer.as_ref())),
        of_other_payer("paid_on", "2330B DTP*573", Of::Day, |one| {
            let paid = one.dates.iter().find(|date| date.qualifier.is("573"));
            from(paid.and_then(|date| date.days()))
        }),
    ],
};

pub static LINE: Shape = Shape {
    what: "a service line",
    names: &[
        line("line_number", "LX01", Of::Text, |_, one| text(one.number)),
        line("procedure", "SV101, SV202 or SV301", Of::Thing(&PROCEDURE), |_, one| {
            Value::Thing(Thing::Procedure(&one.procedure))
        }),
        line("revenue_code", "SV201", Of::Text, |_, one| text_or_none(one.revenue_code)),
        line("charge", "SV102, SV203 or SV302", Of::Number, |_, one| number(one.charge)),
        line("unit", "SV103 or SV204", Of::Text, |_, one| text(one.unit)),
        line("units", "SV104, SV205 or SV306", Of::Number, |_, one| number(one.quantity)),
        line("place_of_service", "SV105 or SV303", Of::Text, |_, one| text(one.place_of_service)),
        line("diagnosis_pointers", "SV107 or SV311", Of::Texts, |_, one| {
            texts(one.pointers.iter())
        }),
        line("control_number", "REF*6R", Of::Text, |_, one| text_or_none(one.reference("6R"))),
        line("clia_number", "REF*X4", Of::Text, |_, one| text_or_none(one.reference("X4"))),
        line("prior_authorization_number", "REF*G1", Of::Text, |_, one| {
            text_or_none(one.reference("G1"))
        }),
        line("rendering_provider", "2420 NM1*82", Of::Thing(&PROVIDER), |_, one| {
            party(one.provider("82"))
        }),
        line("ordering_provider", "2420 NM1*DK", Of::Thing(&PROVIDER), |_, one| {
            party(one.provider("DK"))
        }),
        line("referring_provider", "2420 NM1*DN", Of::Thing(&PROVIDER), |_, one| {
            party(one.provider("DN"))
        }),
        // Made for conditions.
        line("place", "SV105 or SV303, else CLM05-1", Of::Text, |c, one| {
            text(if one.place_of_service.is_empty() {
                c.place_of_service
            } else {
                one.place_of_service
            })
        }),
        line("service_from", "the first day of the line, else of the claim", Of::Day, |c, one| {
            from(c.days_of(one))
        }),
        line("service_to", "the last day of the line, else of the claim", Of::Day, |c, one| {
            to(c.days_of(one))
        }),
        line("ndc", "LIN03, when LIN02 is N4", Of::Text, |_, one| {
            let is_ndc = one.drug_list.is_some_and(|list| list.is("N4"));
            text_or_none(one.drug.filter(|_| is_ndc))
        }),
        line("authorization", "REF*G1 of the line, else of the claim", Of::Text, |c, one| {
            text_or_none(one.reference("G1").or_else(|| c.reference("G1")))
        }),
    ],
};

static PROCEDURE: Shape = Shape {
    what: "a procedure",
    names: &[
        of_procedure("code_list", "C003-1", Of::Text, |one| text(one.qualifier)),
        of_procedure("procedure", "C003-2", Of::Text, |one| text(one.code)),
        of_procedure("modifiers", "C003-3 to 6", Of::Texts, |one| texts(one.modifiers.iter())),
        of_procedure("description", "C003-7", Of::Text, |one| text(one.description)),
    ],
};
