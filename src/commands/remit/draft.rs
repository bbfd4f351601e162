//! `claimgate remit --draft`: a remittance for a payment on paper, for a person to complete.

use std::io::Write;

use bytes::Bytes;
use x12::compose::Envelope;
use x12::value::Day;

use crate::change::{ClaimId, ContentHash};
use crate::commands::convert::json_of;
use crate::commands::output::Output;
use crate::commands::store::Office;
use crate::commands::{Failure, Outcome, complain};
use crate::convert::draft::{Heading, Told, draft, told};
use crate::corrections;
use crate::settings::names::PayerName;
use crate::settings::plan::PayerPlan;
use crate::store::Claim;
use crate::store::archive::hash_of;

use super::RemitArguments;

/// A payment on paper: which claims it pays, and what names it.
struct Paper<'a> {
    claims: &'a [i64],
    check: &'a str,
    paid_on: Day,
    payer: Option<&'a str>,
}

/// Writes the draft of a remittance for claims of the store.
pub fn write(
    arguments: &RemitArguments,
    office: &Office,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let (Some(check), Some(paid_on)) = (arguments.check.as_deref(), arguments.paid_on) else {
        return Err(Failure::Unusable("a draft needs --check and --paid-on".to_owned()));
    };
    let (claims, payer) = (arguments.draft.as_slice(), arguments.payer.as_deref());
    let paper = Paper { claims, check, paid_on, payer };
    let bytes = paper.compose(office)?;
    let mut output = Output::new(arguments.output.as_deref(), out)?;
    // What is asked for is no value of its element, and stands in the document as it is.
    json_of(&bytes, &mut output)?;
    output.finish()?;
    complain(
        &"write in place of each \"?\" what the paper says, and take out the adjustments that it has not; \
          then `claimgate convert FILE.json --to x12`, and lay that into the payer's inbox",
    );
    Ok(Outcome::Clean)
}

impl Paper<'_> {
    fn compose(&self, office: &Office) -> Result<Bytes, Failure> {
        let store = office.store.as_ref();
        let mut claims = Vec::new();
        for &id in self.claims {
            let claim = store.claim(ClaimId(id))?;
            let claim = claim.filter(|claim| claim.times_sent > 0);
            let none = || Failure::Unusable(format!("there is no claim {id} that was sent"));
            claims.push(claim.ok_or_else(none)?);
        }
        let payer = self.payer(office, &claims)?;
        let mut all = Vec::new();
        for claim in &claims {
            all.push(said(office, claim, payer)?);
        }
        let Some(first) = all.first() else {
            return Err(Failure::Unusable("name the claims that are paid".to_owned()));
        };
        if all.iter().any(|one| one.payee != first.payee) {
            let why = "the claims were billed by several providers, and a check is to one; write one draft for each";
            return Err(Failure::Unusable(why.to_owned()));
        }
        let mut heading = self.heading(office, payer)?;
        let said = draft(&heading, (&first.payer, &first.payee), &all);
        heading.envelope.control_number = control_number(&said, office.now.micros());
        Ok(draft(&heading, (&first.payer, &first.payee), &all).into())
    }

    /// Who paid: as it is named, or the one that all claims went to.
    fn payer<'o>(&self, office: &'o Office, claims: &[Claim]) -> Result<&'o PayerPlan, Failure> {
        let own = claims.first().and_then(|claim| claim.payer.as_deref());
        let name = self.payer.or(own).unwrap_or_default();
        let is_other = |claim: &&Claim| claim.payer.as_deref() != Some(name);
        if let (None, Some(other)) = (self.payer, claims.iter().find(is_other)) {
            return Err(Failure::Unusable(format!(
                "claim {} went to {}, and others to {name}; a payment is one payer's: say which with --payer",
                other.id.0,
                other.payer.as_deref().unwrap_or("no payer")
            )));
        }
        let payer = PayerName::new(name).and_then(|name| office.plan.payer(&name));
        payer
            .ok_or_else(|| Failure::Unusable(format!("there is no payer '{name}' in the settings")))
    }

    fn heading(&self, office: &Office, payer: &PayerPlan) -> Result<Heading, Failure> {
        let (stamp, ours) = (office.stamp(), &office.plan.identity);
        let before = office.store.paid_as(payer.name.as_str(), None, 1)?.into_iter().next();
        let (payer_number, payer_name) =
            before.map(|paid| (paid.payer_id, paid.payer_name)).unwrap_or_default();
        let envelope = Envelope {
            sender_qualifier: payer.ids.isa_qualifier.clone(),
            sender: payer.ids.isa_id.clone(),
            receiver_qualifier: ours.ids.isa_qualifier.clone(),
            receiver: ours.ids.isa_id.clone().into(),
            application_sender: payer.ids.gs_id.clone(),
            application_receiver: ours.ids.gs_id.clone().into(),
            day: stamp.today,
            time: stamp.time.clone(),
            // What it says gives it one.
            control_number: 1,
            wants_ta1: false,
            is_production: payer.production,
        };
        let (check, paid_on) = (self.check.to_owned(), self.paid_on.to_wire());
        Ok(Heading { envelope, check, paid_on, payer_number, payer_name })
    }
}

/// An ISA13 that hardly another draft has, or a file of the payer: nine digits of the digest of what it says and of
/// the moment, for a desk writes the drafts of a day within one second.
fn control_number(said: &[u8], micros: i64) -> u32 {
    let ContentHash(digest) = hash_of(&[said, &micros.to_be_bytes()].concat());
    let drawn = digest.get(..DIGITS).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let number = drawn.unwrap_or_default() % CONTROL_NUMBERS;
    u32::try_from(number).unwrap_or_default().saturating_add(1)
}

/// From 1 to 999999999.
const CONTROL_NUMBERS: u64 = 999_999_999;

/// Enough of the digest that every number is as likely.
const DIGITS: usize = 15;

/// What a claim says to a payer: its own, or one that it names beside that.
fn said(office: &Office, claim: &Claim, payer: &PayerPlan) -> Result<Told, Failure> {
    let id = claim.id.0;
    let document = office.document(claim, &claim.edits)?;
    let is_own = claim.payer.as_deref() == Some(payer.name.as_str());
    let number = match is_own && !claim.payer_control_number.is_empty() {
        true => claim.payer_control_number.clone(),
        false => format!("PAPER{id}"),
    };
    let said = corrections::look(&document, office.stamp().today, |view| match is_own {
        true => told(view, None, number.clone()),
        false => payer.payer_ids.iter().find_map(|known| told(view, Some(known), number.clone())),
    });
    said.flatten().ok_or_else(|| {
        let name = &payer.name;
        Failure::Unusable(format!(
            "claim {id} neither went to {name} nor names it as another payer (2330B)"
        ))
    })
}
