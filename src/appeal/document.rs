//! A packet as JSON: what the page says, with the SHA-256 of every file and of the page, and a seal
//! over all of it.

use serde_json::{Value, json};

use super::base64::encode;
use super::evidence::{Excerpt, File};
use super::{Decision, Objection, Packet, Underpaid};

/// What the document calls itself.
pub const KIND: &str = "appeal-packet";

/// The form of the document; a reader of another one says so.
pub const FORM: u64 = 1;

/// The document, and its seal.
#[derive(Debug)]
pub struct Sealed {
    pub text: String,
    pub seal: String,
}

/// The page that belongs to a packet.
#[derive(Clone, Copy, Debug)]
pub struct Printed<'a> {
    pub name: &'a str,
    pub sha256: &'a str,
}

/// Writes a packet down. `is_whole` lays the files themselves into it, with all that they say of
/// others.
pub fn document(
    packet: &Packet,
    page: Printed<'_>,
    is_whole: bool,
    hash: &dyn Fn(&[u8]) -> String,
) -> Sealed {
    let files: Vec<Value> = packet.files.iter().map(|file| file_json(file, is_whole)).collect();
    let steps: Vec<Value> = packet
        .steps
        .iter()
        .map(|step| {
            json!({"at": step.at, "what": step.what, "numbers": step.numbers, "file": step.file})
        })
        .collect();
    let mut value = json!({
        "kind": KIND,
        "form": FORM,
        "case": packet.case,
        "claim": packet.claim,
        "made_at": packet.made_at,
        "made_by": packet.made_by,
        "payer": packet.payer.name,
        "payer_control_number": packet.payer_control_number,
        "patient_control_number": packet.bill.as_ref().map(|bill| bill.number.clone()),
        "charge_cents": packet.charge.cents(),
        "deadline": packet.deadline.map(|day| day.to_string()),
        "asks": packet.asks,
        "arguments": packet.arguments,
        "decision": packet.decision.as_ref().map(|decision| decision_json(decision, packet)),
        "before": packet.before.iter().map(before_json).collect::<Vec<Value>>(),
        "underpaid": packet.underpaid.iter().map(underpaid_json).collect::<Vec<Value>>(),
        "chain": steps,
        "files": files,
        "page": {"name": page.name, "sha256": page.sha256},
    });
    let seal = seal_of(&value, hash);
    value["seal"] = Value::from(seal.as_str());
    let text = serde_json::to_string_pretty(&value).expect("texts and numbers can be written");
    Sealed { text: text + "\n", seal }
}

/// The SHA-256 of a document without its seal and without the blanks between its signs.
pub fn seal_of(value: &Value, hash: &dyn Fn(&[u8]) -> String) -> String {
    let mut bare = value.clone();
    if let Some(object) = bare.as_object_mut() {
        object.shift_remove("seal");
    }
    hash(bare.to_string().as_bytes())
}

fn decision_json(decision: &Decision, packet: &Packet) -> Value {
    let objection = |one: &Objection| {
        let (amount, meaning) = (one.amount.to_string(), &one.meaning);
        json!({"of": one.of, "code": one.code, "amount": amount, "meaning": meaning})
    };
    let remark = |(code, meaning)| json!({"code": code, "meaning": meaning});
    let objections: Vec<Value> = packet.objections.iter().map(objection).collect();
    json!({
        "trace": decision.trace,
        "paid_on": decision.paid_on.map(|day| day.to_string()),
        "status": decision.claim.status,
        "charge": decision.claim.charge.to_string(),
        "paid": decision.claim.paid.to_string(),
        "denied": objections,
        "remarks": decision.remarks().into_iter().map(remark).collect::<Vec<Value>>(),
    })
}

/// What a payer before decided, on which the claim was made.
fn before_json(decision: &Decision) -> Value {
    json!({
        "payer": decision.payer.name,
        "trace": decision.trace,
        "paid_on": decision.paid_on.map(|day| day.to_string()),
        "status": decision.claim.status,
        "charge": decision.claim.charge.to_string(),
        "paid": decision.claim.paid.to_string(),
    })
}

fn underpaid_json(line: &Underpaid) -> Value {
    let Underpaid { of, procedure, contract, words, allowed, patient, expected, paid, short } =
        line;
    json!({
        "of": of,
        "procedure": procedure,
        "contract": contract,
        "price": words,
        "allowed": allowed.to_string(),
        "patient": patient.to_string(),
        "expected": expected.to_string(),
        "paid": paid.to_string(),
        "short": short.to_string(),
    })
}

fn file_json(file: &File, is_whole: bool) -> Value {
    let excerpt: Vec<Value> = file.excerpt.iter().map(excerpt_json).collect();
    let mut value = json!({
        "what": file.what,
        "at": file.at,
        "control_number": file.control_number,
        "length": file.bytes.len(),
        "sha256": file.sha256,
        "excerpt": excerpt,
    });
    if is_whole {
        value["base64"] = Value::from(encode(&file.bytes));
    }
    value
}

fn excerpt_json(excerpt: &Excerpt) -> Value {
    match std::str::from_utf8(&excerpt.bytes) {
        Ok(text) => json!({"offset": excerpt.offset, "text": text}),
        Err(_) => json!({"offset": excerpt.offset, "base64": encode(&excerpt.bytes)}),
    }
}
