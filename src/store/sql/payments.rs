//! The write of money: payments, what persons did with what waits, and postings in their chain.

use x12::value::Money;

use super::commit::{move_on, must_write_one};
use super::values::Value;
use super::{deposits, rows, told};
use crate::change::deposits::{BankChange, DepositId, PaymentId, trace_key};
use crate::change::detached::{Detached, Waited};
use crate::change::{
    Awaits, BrokenRule, Change, ClaimId, Moment, NewClaimPayment, NewPayment,
    NewProviderAdjustment, Released, Tier, Word,
};
use crate::ledger::{self, Account, Posting};
use crate::store::chain::Chain;
use crate::store::sqlite::Session;
use crate::store::{Committed, Error, Result};

/// Writes all that a change says of money.
pub fn write(session: &Session<'_>, change: &Change, committed: &mut Committed) -> Result<()> {
    let is_about_money = !change.payments.is_empty()
        || !change.released.is_empty()
        || !change.detached.is_empty()
        || !change.postings.is_empty()
        || change.bank != BankChange::default();
    if !is_about_money {
        return Ok(());
    }
    let (chain, booked_at) = (super::money::chain(session)?, super::money::booked_at(session)?);
    let mut writer = Writer { session, chain, at: change.at, booked_at };
    for payment in &change.payments {
        add_payment(&mut writer, payment, change.at)?;
    }
    for released in &change.released {
        release(&mut writer, released)?;
    }
    for detached in &change.detached {
        detach(&mut writer, detached)?;
    }
    for posting in &change.postings {
        writer.post(Origin::Nothing, posting)?;
    }
    deposits::write(&mut writer, change, committed)?;
    let Chain { postings, digest } = writer.chain;
    let statement = "UPDATE ledger SET postings = ?, digest = ?, booked_at = ?";
    let values = [postings.into(), Value::Bytes(&digest), writer.booked_at.into()];
    session.exec(statement, &values).map(drop)
}

/// Where postings are written, with the chain that they lengthen.
pub struct Writer<'w, 's> {
    pub session: &'w Session<'s>,
    chain: Chain,
    /// The moment of the change.
    at: Moment,
    /// That of the last posting.
    booked_at: Moment,
}

/// What a posting comes from.
#[derive(Clone, Copy)]
enum Origin {
    /// A claim, which it names itself.
    Nothing,
    Payment(i64),
    Deposit(DepositId),
}

impl Writer<'_, '_> {
    /// Posts what a deposit says.
    pub fn post_all(&mut self, deposit: DepositId, postings: &[Posting]) -> Result<()> {
        postings.iter().try_for_each(|posting| self.post(Origin::Deposit(deposit), posting))
    }

    /// Posts what became of the money of a payment.
    pub fn post_of(&mut self, payment: PaymentId, postings: &[Posting]) -> Result<()> {
        postings.iter().try_for_each(|posting| self.post(Origin::Payment(payment.0), posting))
    }

    /// Posts what a person says of a payment, or of a claim that the postings name.
    pub fn post_by(&mut self, payment: Option<PaymentId>, postings: &[Posting]) -> Result<()> {
        let origin = payment.map_or(Origin::Nothing, |payment| Origin::Payment(payment.0));
        postings.iter().try_for_each(|posting| self.post(origin, posting))
    }

    fn post(&mut self, origin: Origin, posting: &Posting) -> Result<()> {
        self.chain.add(posting);
        // Of changes that are decided side by side, one that began earlier may be written later.
        self.booked_at = self.booked_at.max(self.at);
        add_posting(self.session, (origin, self.booked_at), posting)?;
        match posting.claim.filter(|_| ledger::is_void(posting)) {
            Some(claim) => must_be_charged(self.session, claim),
            None => Ok(()),
        }
    }
}

/// A charge is taken off once, whoever else took it off since the decision began.
fn must_be_charged(session: &Session<'_>, claim: ClaimId) -> Result<()> {
    let postings = super::money::postings(session, claim)?;
    let charged: Money = postings.iter().filter_map(ledger::charged).sum();
    if charged.is_negative() { Err(Error::Stale { what: "charge" }) } else { Ok(()) }
}

fn add_payment(writer: &mut Writer<'_, '_>, payment: &NewPayment, at: Moment) -> Result<()> {
    let session = writer.session;
    let statement = "SELECT id FROM payments WHERE identity = ?";
    let posted = session.query_one(statement, &[(&payment.identity).into()], |row| row.int())?;
    let gives_way = payment.in_place_of.as_ref() == Some(&payment.identity);
    if posted.is_some() && !gives_way {
        return Err(Error::Stale { what: "payment" });
    }
    let key = trace_key(&payment.trace);
    // What of it was posted as cash is on its way to the bank.
    let cash = payment.postings.iter().filter(|posting| posting.account == Account::Cash);
    let cash: Money = cash.map(|posting| posting.amount).sum();
    let row = [
        ("arrival", payment.arrival.into()),
        ("identity", (&payment.identity).into()),
        ("payer", (&payment.payer).into()),
        ("payee", (&payment.payee).into()),
        ("trace", (&payment.trace).into()),
        ("trace_key", (&key).into()),
        ("payer_id", (&payment.payer_id).into()),
        ("payer_name", (&payment.payer_name).into()),
        ("way", payment.way.name().into()),
        ("awaited", cash.into()),
        ("paid_on", payment.paid_on.into()),
        ("amount", payment.amount.into()),
        ("is_balanced", payment.is_balanced.into()),
        ("posted_at", at.into()),
    ];
    let id = match &payment.in_place_of {
        Some(refused) => replace_refused(session, refused, &row)?,
        None => session.insert("payments", &row)?,
    };
    for claim in &payment.claims {
        add_claim_payment(session, id, claim)?;
    }
    for entry in &payment.provider_adjustments {
        add_provider_adjustment(session, (id, payment), entry)?;
    }
    for broken in &payment.broken {
        add_broken(session, id, broken)?;
    }
    for posting in &payment.postings {
        writer.post(Origin::Payment(id), posting)?;
    }
    Ok(())
}

/// The row of a payment of which nothing was posted takes what is said now; gives its number.
fn replace_refused(
    session: &Session<'_>,
    refused: &str,
    row: &[(&'static str, Value<'_>)],
) -> Result<i64> {
    let stale = Error::Stale { what: "a payment that was not posted" };
    let statement = "SELECT id FROM payments WHERE identity = ? \
         AND NOT EXISTS (SELECT 1 FROM postings WHERE postings.payment = payments.id)";
    let id = session.query_one(statement, &[refused.into()], |row| row.int())?.ok_or(stale)?;
    for table in ["claim_payments", "provider_adjustments", "broken_rules"] {
        session.exec(&format!("DELETE FROM {table} WHERE payment = ?"), &[id.into()])?;
    }
    let columns: Vec<String> = row.iter().map(|(column, _)| format!("{column} = ?")).collect();
    let statement = format!("UPDATE payments SET {} WHERE id = ?", columns.join(", "));
    let mut values: Vec<Value<'_>> = row.iter().map(|&(_, value)| value).collect();
    values.push(id.into());
    must_write_one(session, &statement, &values, "payment")?;
    Ok(id)
}

fn add_provider_adjustment(
    session: &Session<'_>,
    (id, payment): (i64, &NewPayment),
    entry: &NewProviderAdjustment,
) -> Result<()> {
    let [offset, segment, element, component, repeat] = rows::place_columns(entry.place);
    let row = [
        ("payment", id.into()),
        ("payer", (&payment.payer).into()),
        ("payee", (&entry.payee).into()),
        ("reason", (&entry.reason).into()),
        ("reference", entry.reference.expose().into()),
        ("amount", entry.amount.into()),
        ("claim", entry.claim.into()),
        ("origin", (&entry.origin).into()),
        offset,
        segment,
        element,
        component,
        repeat,
    ];
    session.insert("provider_adjustments", &row).map(drop)
}

fn add_broken(session: &Session<'_>, payment: i64, broken: &BrokenRule) -> Result<()> {
    let [offset, segment, element, component, repeat] = rows::place_columns(broken.place);
    let row = [
        ("payment", payment.into()),
        ("rule", (&broken.rule).into()),
        ("times", broken.times.into()),
        offset,
        segment,
        element,
        component,
        repeat,
        ("what", (&broken.what).into()),
    ];
    session.insert("broken_rules", &row).map(drop)
}

/// A person's word on money that waits: the row of its CLP takes it, and its postings follow.
fn release(writer: &mut Writer<'_, '_>, released: &Released) -> Result<()> {
    let session = writer.session;
    let statement = "SELECT claim_payments.id, payments.id FROM claim_payments \
         JOIN payments ON payments.id = claim_payments.payment \
         WHERE payments.arrival = ? AND claim_payments.place_offset = ? \
         AND (claim_payments.suspended <> 0 OR claim_payments.waits <> 0) \
         AND claim_payments.suspended = ? ORDER BY claim_payments.id LIMIT 1";
    let at = rows::offset(released.offset);
    let values = [released.arrival.into(), at.into(), released.waited().into()];
    let found = session.query_one(statement, &values, |row| Ok((row.int()?, row.int()?)))?;
    let Some((id, payment)) = found else {
        return Err(Error::Stale { what: "money in suspense" });
    };
    let waited = told::standing(session, id)?;
    let waited_for = waited.claim;
    let waited = Waited { number: released.number_before.clone(), ..waited };
    let waited = told::text(&waited);
    let waits = if released.left.is_zero() { None } else { Some(Awaits::Person) };
    let statement = "UPDATE claim_payments SET suspended = ?, waits = ?, claim = COALESCE(?, claim), \
         word = ?, matched_by = ?, lines = ?, adjustments = COALESCE(?, adjustments), \
         tier = COALESCE(?, tier), \
         waited = CASE waited WHEN '' THEN ? ELSE waited END WHERE id = ?";
    let values = [
        released.left.into(),
        rows::awaited(waits).into(),
        released.claim.into(),
        released.word.map_or("", Word::name).into(),
        (&released.matched_by).into(),
        (&released.lines).into(),
        released.adjustments.as_ref().into(),
        released.tier.map(Tier::name).into(),
        (&waited).into(),
        id.into(),
    ];
    must_write_one(session, statement, &values, "money in suspense")?;
    // It waits for the claim no more.
    if let Some(claim) = waited_for.filter(|claim| released.claim != Some(*claim)) {
        move_on(session, claim)?;
    }
    for posting in &released.postings {
        writer.post(Origin::Payment(payment), posting)?;
    }
    Ok(())
}

/// A person's word on money that waited, taken back: the row of its CLP is as it was, and what was
/// posted is posted back.
fn detach(writer: &mut Writer<'_, '_>, detached: &Detached) -> Result<()> {
    let payment = told::detach(writer.session, detached)?;
    for posting in &detached.postings {
        writer.post(Origin::Payment(payment), posting)?;
    }
    Ok(())
}

fn add_claim_payment(session: &Session<'_>, payment: i64, said: &NewClaimPayment) -> Result<()> {
    let [offset, segment, element, component, repeat] = rows::place_columns(said.place);
    let row = [
        ("payment", payment.into()),
        ("claim", said.claim.into()),
        ("tier", said.tier.name().into()),
        ("matched_by", (&said.matched_by).into()),
        ("lines", (&said.lines).into()),
        ("word", said.word.map_or("", Word::name).into()),
        ("suspended", said.suspended.into()),
        ("waits", rows::awaited(said.waits).into()),
        ("status", (&said.status).into()),
        ("charge", said.charge.into()),
        ("paid", said.paid.into()),
        ("patient_responsibility", said.patient_responsibility.into()),
        ("payer_control_number", (&said.payer_control_number).into()),
        offset,
        segment,
        element,
        component,
        repeat,
        ("adjustments", (&said.adjustments).into()),
    ];
    session.insert("claim_payments", &row).map(drop)
}

fn add_posting(
    session: &Session<'_>,
    (origin, booked_at): (Origin, Moment),
    posting: &Posting,
) -> Result<()> {
    let (payment, deposit) = match origin {
        Origin::Nothing => (None, None),
        Origin::Payment(payment) => (Some(payment), None),
        Origin::Deposit(deposit) => (None, Some(deposit)),
    };
    let [offset, segment, element, component, repeat] = rows::place_columns(posting.source);
    let row = [
        ("payment", payment.into()),
        ("deposit", deposit.into()),
        ("posted_at", booked_at.into()),
        ("account", posting.account.name().into()),
        ("claim", posting.claim.into()),
        ("line", (&posting.line).into()),
        ("amount", posting.amount.into()),
        ("reason", (&posting.reason).into()),
        offset,
        segment,
        element,
        component,
        repeat,
    ];
    session.insert("postings", &row).map(drop)
}
