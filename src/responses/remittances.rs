//! Remittances of an arrival: reconciled, and told to the offices whose claims they pay.

use std::collections::{BTreeSet, HashSet};

use x12::interchange::{Interchange, Set};
use x12::phi::Phi;
use x12::segment::Field;
use x12::view::remittance::{Remittance, remittance};

use super::copies::Remitted;
use super::items::Became;
use super::payees::{self, Here};
use super::sent_back::{refunds_so_far, set_aside_so_far, steps_of_refunds};
use super::{
    Puzzle, again, content_of, copies, corrected, rates, refused_as, same_claims, told,
    unexplained, waiting,
};
use crate::change::{
    Change, ClaimId, ContentHash, NewPayment, NewProviderAdjustment, ProviderEntry,
};
use crate::denials::route::{Limits, shown};
use crate::intake::judge::Judged;
use crate::intake::{Intake, Knowledge, Route};
use crate::reconcile::matching::{KnownClaim, is_same_name, tax_id_of};
use crate::reconcile::offices::OurOffices;
use crate::reconcile::outcome::passed_to_id;
use crate::reconcile::{self, Agreed, Carried, Decision, Payee};

/// An 835: balanced, matched, posted; copied to the office whose claims it pays.
pub(crate) fn take_remittance(
    intake: &mut Intake<'_>,
    interchange: &Interchange,
    set: &Set,
    judged: &Judged,
) {
    if judged.guide.is_none() {
        let what = "a remittance of an unknown guide was not read".to_owned();
        let header = interchange.set_header(set);
        let (names, place) =
            (format!("ST02 {}", shown(&header.field(2).text())), header.place(0, 0));
        return unexplained(intake, Puzzle { claim: None, what, names, place });
    }
    let remittance = remittance(interchange, set, &judged.walked);
    intake.tally.remittances += 1;
    let content = content_of(interchange, set, |bytes| intake.knowledge.hash(bytes));
    let identity = reconcile::identity(&remittance, &content);
    // Under one number: the payer's correction of what did not add up is not the same again.
    let refused = refused_as(&identity, &content, judged);
    let (payer, _, _) = paid_by(intake, &remittance);
    let payees =
        payees::of(&remittance, &payer, (intake.knowledge, &Here::of(intake, &remittance, &payer)));
    intake.payees.extend(payees::named(&remittance));
    let identities = payees::identities(&remittance, (&identity, &content), &payees);
    if let Some((what, is_other)) =
        came_before(intake, &remittance, (&identities, &refused), &content)
    {
        let amount = remittance.amount.money().unwrap_or_default();
        let names = format!("trace {} of {amount}", shown(&remittance.trace.text()));
        unexplained(intake, Puzzle { claim: None, what, names, place: remittance.place });
        // What says other things may go on when a person says so.
        if let Some(item) = intake.change.work.last_mut().filter(|_| is_other) {
            item.action =
                "ask the payer which of the two holds; `claimgate queue post --another` posts this \
                           one too, but for what was posted before"
                    .to_owned();
            item.remitted = Some(remittance.place);
            item.amount = amount;
        }
        if is_other {
            set_aside(intake, &remittance, rejected_for(set, judged), refused);
        }
        return;
    }
    let given = (interchange, set, &remittance);
    post(intake, given, judged, (identity, &refused), &payees);
}

/// Keeps what says other things than the one whose number, day and amount it has, and posts nothing of it.
fn set_aside(
    intake: &mut Intake<'_>,
    remittance: &Remittance<'_>,
    rejected: Option<String>,
    refused: String,
) {
    let known = known_claims(intake, remittance);
    let (payer, _, is_named) = paid_by(intake, remittance);
    let denials = intake.knowledge.denials();
    let named = (payer.as_str(), intake.source.arrival, refused);
    let incoming = reconcile::Incoming {
        payee: payee_of(intake, remittance),
        is_trace_used: true,
        is_payer_strange: !is_named && is_payer_strange(intake, &payer, remittance),
        rejected,
        ..reconcile::Incoming::to_ours(named, Phi::new(intake.source.name.as_str()), &denials)
    };
    intake.change.payments.push(reconcile::set_aside(remittance, &known, &incoming));
}

/// Holds an 835 whose set was rejected with a 999, so that its money is seen, and a person may let go on
/// what can be read of it; gives whether it can be read so far.
pub(crate) fn hold_rejected(
    intake: &mut Intake<'_>,
    interchange: &Interchange,
    set: &Set,
    judged: &Judged,
) -> bool {
    let is_ours = judged.guide.is_some() && interchange.set_header(set).text(1) == b"835";
    let says_amount = || remittance(interchange, set, &judged.walked).amount.money().is_some();
    let is_read = is_ours && says_amount();
    if is_read {
        take_remittance(intake, interchange, set, judged);
    }
    is_read
}

/// V39: why a set was rejected.
fn rejected_for(set: &Set, judged: &Judged) -> Option<String> {
    let fault = set.faults.first().or(judged.faults.first());
    let fault = fault.filter(|_| judged.verdict.is_rejected())?;
    Some(format!("{fault} (segment {})", fault.place.segment))
}

/// Posts a remittance that was not posted before, or refuses it under a name of its own.
fn post(
    intake: &mut Intake<'_>,
    (interchange, set, remittance): (&Interchange, &Set, &Remittance<'_>),
    judged: &Judged,
    (identity, refused): (String, &String),
    payees: &[String],
) {
    let known = known_claims(intake, remittance);
    let (payer, limits, is_named) = paid_by(intake, remittance);
    let providers = reconcile::providers(remittance);
    let carried = carried_so_far(intake, &payer, &providers);
    let (contracts, rulebook) = (intake.knowledge.contracts(), intake.rulebook);
    let denials = intake.knowledge.denials();
    let incoming = reconcile::Incoming {
        arrival: intake.source.arrival,
        file: Phi::new(intake.source.name.as_str()),
        payer: &payer,
        identity,
        carried: &carried,
        refunds: &refunds_so_far(intake, &payer, &providers),
        set_aside: &set_aside_so_far(intake, &payer, remittance),
        payee: payee_of(intake, remittance),
        payees,
        offices: &our_offices(intake.knowledge, &providers),
        is_trace_used: is_trace_used(intake, (&payer, payees), remittance),
        is_payer_strange: !is_named && is_payer_strange(intake, &payer, remittance),
        adjusted: &adjusted_under(intake, (&payer, payees), remittance),
        unsent: &unsent(intake.knowledge, remittance, &known),
        passed_to: &passed_to(intake.knowledge, remittance),
        rejected: rejected_for(set, judged),
        is_let_go: false,
        agreed: Some(Agreed { book: &contracts, codes: &rulebook.codes }),
        denials: &denials,
        items_before: intake.change.work.len(),
    };
    let mut decision = reconcile::decide(remittance, &known, &incoming, &limits, intake.stamp);
    if !decision.summary.is_posted {
        for payment in &mut decision.change.payments {
            payment.identity.clone_from(refused);
        }
    }
    let from = (&*remittance.trace.text(), remittance.place);
    rates::learn(intake, &mut decision.change, from);
    report_remittance(intake, &decision.summary);
    follow_moves(intake, &decision.change);
    tell_offices(intake, (interchange, set, remittance), judged, (&decision, &known));
    for payment in &decision.change.payments {
        intake.said.note(intake.change.payments.len(), payment);
    }
    let told = (&decision.change, known.as_slice());
    let origin = intake.origin().told();
    let from = (intake.source.arrival, origin.as_str());
    let work = corrected::work(intake.knowledge, told, remittance, from, &intake.change.work);
    decision.change.work.extend(work);
    tell_correction(intake, remittance, (&payer, payees), &mut decision);
    let steps = steps_of_refunds(intake, &decision.refunds_met);
    decision.change.work_moves.extend(steps);
    let became = Became::of(&mut decision.change);
    let change = &mut intake.change;
    change.read.extend(decision.change.read);
    change.moves.extend(decision.change.moves);
    change.routes.extend(decision.change.routes);
    change.payments.extend(decision.change.payments);
    change.payer_numbers.extend(decision.change.payer_numbers);
    change.work.extend(decision.change.work);
    intake.items.add(change, became);
    change.compared.extend(decision.change.compared);
    change.next_payers.extend(decision.change.next_payers);
    waiting::post_unblocked(intake, decision.unblocked, (&payer, &limits));
}

/// Whose a remittance is: what each office gets of it, and is told.
fn tell_offices(
    intake: &mut Intake<'_>,
    (interchange, set, remittance): (&Interchange, &Set, &Remittance<'_>),
    judged: &Judged,
    (decision, known): (&Decision, &[KnownClaim]),
) {
    let (change, set) = (&decision.change, (interchange, set));
    let (owners, payee) = copies::owners(intake.knowledge, (change, known), set, remittance);
    // What X12 does not allow no office could read either.
    let remitted = match judged.verdict.is_rejected() {
        true => None,
        false => copies::remitted(decision, set, remittance, (&owners, &payee)),
    };
    let given = remitted.as_ref().map(Remitted::offsets).unwrap_or_default();
    intake.remitted.extend(remitted);
    let of = told::Of { remittance, decision, known, owners: &owners, given: &given };
    let parts = told::parts(&of, intake.change.work.len());
    intake.parts.extend(parts);
}

/// What comes later in the file finds claims where they stand by then.
fn follow_moves(intake: &mut Intake<'_>, change: &Change) {
    for one in &change.moves {
        intake.set_state(one.claim, one.to);
    }
}

/// Of a remittance that does not add up and the one that puts it right: the item of the first closes, and says
/// so where it comes last.
fn tell_correction(
    intake: &Intake<'_>,
    remittance: &Remittance<'_>,
    of: (&str, &[String]),
    decision: &mut Decision,
) {
    if decision.summary.is_posted {
        decision.change.work_moves.extend(same_claims::held_before(intake, remittance, of));
        return;
    }
    if same_claims::posted_instead(remittance, of, "", intake.knowledge).is_some() {
        let at = Some(remittance.place);
        for item in decision.change.work.iter_mut().filter(|item| item.remitted == at) {
            item.action = "another remittance of its payer is posted under its number and about its claims: close \
                           this one with `claimgate queue resolve`; where both are paid, `claimgate queue post \
                           --another`"
                .to_owned();
        }
    }
}

/// What to say of a remittance that came before, by one of its identities, and whether it says other
/// things than the first; `None` of a new one.
fn came_before(
    intake: &Intake<'_>,
    remittance: &Remittance<'_>,
    (identities, refused): (&[String], &str),
    content: &ContentHash,
) -> Option<(String, bool)> {
    let first_file = |identity: &str| {
        let mut of_this_file = intake.change.payments.iter();
        let is_here = of_this_file.any(|payment| payment.identity == identity);
        let own = is_here.then(|| intake.source.content.clone());
        own.or_else(|| intake.knowledge.remitted_in(identity))
    };
    // What it is called by when nothing of it is posted has all that it says.
    if first_file(refused).is_some() {
        let what = "a remittance came once more that was held before; it was not posted";
        return Some((what.to_owned(), false));
    }
    let (identity, first_file) =
        identities.iter().find_map(|identity| Some((identity, first_file(identity)?)))?;
    let hash = |bytes: &[u8]| intake.knowledge.hash(bytes);
    let differs = intake
        .knowledge
        .file(&first_file)
        .and_then(|file| again::difference((remittance, content), (identity, &file), hash));
    Some(match differs {
        None => {
            ("a remittance came that was posted before; it was not posted again".to_owned(), false)
        }
        Some(differs) => {
            let what = format!(
                "a remittance came under the number, day and amount of one that came before, and \
                 says other things; it was not posted: {differs}"
            );
            (what, true)
        }
    })
}

/// The claims that a remittance may speak of, where they stand after what came before in the file.
fn known_claims(intake: &mut Intake<'_>, remittance: &Remittance<'_>) -> Vec<KnownClaim> {
    let mut known = spoken_of(intake.knowledge, remittance);
    add_numbered_here(intake, &mut known, remittance);
    for claim in &mut known {
        waiting::bring_up_to_date(intake, claim);
    }
    known
}

/// A PLB may name a claim by a number that an earlier remittance of the same file brought.
fn add_numbered_here(
    intake: &Intake<'_>,
    known: &mut Vec<KnownClaim>,
    remittance: &Remittance<'_>,
) {
    let here = &intake.change.payer_numbers;
    if here.is_empty() || remittance.provider_adjustments.is_empty() {
        return;
    }
    let names: HashSet<String> =
        reconcile::keys_of_adjustments(remittance).into_iter().map(|(_, number)| number).collect();
    let named: Vec<&(ClaimId, String)> =
        here.iter().filter(|(_, number)| names.contains(number)).collect();
    let ids: BTreeSet<ClaimId> = named.iter().map(|(id, _)| *id).collect();
    let is_new = |id: &ClaimId| known.iter().all(|claim| claim.id != *id);
    let ids: Vec<ClaimId> = ids.into_iter().filter(is_new).collect();
    known.extend(intake.knowledge.payable_by_id(&ids));
    for (id, number) in named {
        if let Some(claim) = known.iter_mut().find(|claim| claim.id == *id) {
            claim.payer_control_numbers.push(number.clone());
        }
    }
}

/// The claims that a remittance may speak of: by its numbers, or else by charge, day and patient, to be
/// suggested.
pub(super) fn spoken_of(knowledge: &dyn Knowledge, remittance: &Remittance<'_>) -> Vec<KnownClaim> {
    let mut known = knowledge.payable(&reconcile::keys(remittance));
    let strangers = reconcile::strangers(remittance, &known);
    if !strangers.is_empty() {
        let seen: HashSet<ClaimId> = known.iter().map(|claim| claim.id).collect();
        let alike = knowledge.alike(&strangers).into_iter();
        known.extend(alike.filter(|claim| !seen.contains(&claim.id)));
    }
    known
}

/// The claims that were never sent, by the numbers of theirs that no other claim has.
pub(super) fn unsent(
    knowledge: &dyn Knowledge,
    remittance: &Remittance<'_>,
    known: &[KnownClaim],
) -> Vec<(Phi<String>, ClaimId)> {
    let numbers = reconcile::strange_numbers(remittance, known).into_iter();
    let found = numbers.filter_map(|number| {
        let claim = knowledge.unsent(number.expose())?;
        Some((number, claim))
    });
    found.collect()
}

/// The payer of a remittance, the days that it gives, and whether the remittance names it. Whoever is not
/// in the settings is taken for the owner of the channel.
fn paid_by(intake: &Intake<'_>, remittance: &Remittance<'_>) -> (String, Limits, bool) {
    match named_payer(intake.knowledge, remittance) {
        Some(route) => (route.payer, route.limits, true),
        None => (intake.terms.partner.clone(), intake.terms.limits, false),
    }
}

/// The payer that a remittance names. One file may hold remittances of several payers, each with its id
/// in REF*2U or N1*PR, or by TRN03 where the settings have that among the payer's ids.
pub(super) fn named_payer(knowledge: &dyn Knowledge, remittance: &Remittance<'_>) -> Option<Route> {
    let party = remittance.payer.as_ref();
    let ids = party.into_iter().flat_map(|payer| [payer.reference("2U"), Some(payer.id)]).flatten();
    let ids = ids.chain([remittance.trace_payer]).filter(|id| !id.is_empty());
    ids.map(|id| knowledge.route(id.text().trim())).find_map(|route| route)
}

/// The payers of the settings that are said to have claims now, which are not the payer's own.
pub(super) fn passed_to(
    knowledge: &dyn Knowledge,
    remittance: &Remittance<'_>,
) -> Vec<(String, String)> {
    let claims = remittance.claims.iter().filter(|claim| claim.status.is("23"));
    let numbers: BTreeSet<String> = claims.map(passed_to_id).collect();
    let named = |number: String| Some((knowledge.route(&number)?.payer, number));
    numbers.into_iter().filter_map(named).map(|(name, number)| (number, name)).collect()
}

/// V41: a payer may change its number or its name, but not both at once; of its first payment nothing is
/// known to compare with.
fn is_payer_strange(intake: &Intake<'_>, payer: &str, remittance: &Remittance<'_>) -> bool {
    let number = remittance.trace_payer.text().trim().to_owned();
    let name = remittance.payer.as_ref().map(|payer| payer.last_name.text().trim().to_owned());
    let Some(name) = name.filter(|name| !name.is_empty() && !number.is_empty()) else {
        return false;
    };
    let here = intake.change.payments.iter().filter(|one| one.payer == payer && one.is_posted());
    let mut known: Vec<[String; 2]> =
        here.map(|one| [one.payer_id.clone(), one.payer_name.clone()]).collect();
    let is_it = |[known_number, known_name]: &[String; 2]| {
        *known_number == number || is_same_name(known_name, &name)
    };
    if known.iter().any(is_it) || !intake.knowledge.paid_as(payer, Some(&number)).is_empty() {
        return false;
    }
    known.extend(intake.knowledge.paid_as(payer, None));
    let has_both = |[number, name]: &[String; 2]| !number.is_empty() && !name.is_empty();
    known.iter().any(has_both) && !known.iter().any(is_it)
}

/// What was carried for providers by earlier files, and by earlier remittances of this one.
fn carried_so_far(intake: &Intake<'_>, payer: &str, providers: &[String]) -> Vec<Carried> {
    let kept = providers.iter().flat_map(|provider| intake.knowledge.carried(payer, provider));
    let mut carried: Vec<Carried> = kept.collect();
    let earlier = intake.change.payments.iter().filter(|one| one.payer == payer);
    let entries = earlier.flat_map(|payment| &payment.provider_adjustments);
    for entry in entries.filter(|entry| providers.contains(&entry.payee)) {
        let NewProviderAdjustment { payee, reason, reference, amount, .. } = entry;
        carried.extend(Carried::of_entry(reason, payee, reference, *amount));
    }
    carried
}

/// The offices of the settings that name their providers, and whose the providers of a PLB are.
pub(super) fn our_offices(knowledge: &dyn Knowledge, providers: &[String]) -> OurOffices {
    let office = |provider: &String| Some((provider.clone(), knowledge.office_of(provider)?));
    let of_entries = providers.iter().filter_map(office).collect();
    OurOffices { providers: knowledge.providers(), of_entries }
}

/// Whether the payee is one of ours, by the settings and by what was ever billed.
fn payee_of(intake: &Intake<'_>, remittance: &Remittance<'_>) -> Payee {
    let Some(payee) = &remittance.payee else { return Payee::Unsaid };
    let npi = payee.npi().filter(|npi| !npi.is_empty());
    let ids = npi.into_iter().chain(tax_id_of(payee));
    let mut ids = ids.map(|id| id.text().trim().to_owned());
    let is_billed_for = |npi: Field<'_>| intake.knowledge.is_billed_for(npi.text().trim());
    match npi {
        _ if ids.any(|id| intake.knowledge.office_of(&id).is_some()) => Payee::Ours,
        Some(npi) if is_billed_for(npi) => Payee::Ours,
        Some(_) => Payee::Stranger,
        None => Payee::Unsaid,
    }
}

/// V09: other payments under one number. The same payment would not have come this far.
fn is_trace_used(
    intake: &Intake<'_>,
    (payer, payees): (&str, &[String]),
    remittance: &Remittance<'_>,
) -> bool {
    let trace = remittance.trace.text();
    let same = |one: &NewPayment| {
        one.payer == payer && payees.contains(&one.payee) && one.trace == trace.as_ref()
    };
    let is_kept = |payee: &String| intake.knowledge.is_trace_used(payer, payee, &trace);
    intake.change.payments.iter().any(same) || payees.iter().any(is_kept)
}

/// V35: what each PLB said under the same number, in earlier files and in this one.
fn adjusted_under(
    intake: &Intake<'_>,
    (payer, payees): (&str, &[String]),
    remittance: &Remittance<'_>,
) -> Vec<Vec<ProviderEntry>> {
    if remittance.provider_adjustments.is_empty() {
        return Vec::new();
    }
    let trace = remittance.trace.text();
    let same = |one: &&NewPayment| {
        one.payer == payer && payees.contains(&one.payee) && one.trace == trace.as_ref()
    };
    let here = intake.change.payments.iter().rev().filter(same);
    let here = here.take(UNDER_ONE_NUMBER_MAX as usize);
    let mut adjusted: Vec<Vec<ProviderEntry>> = here.map(NewPayment::provider_entries).collect();
    adjusted.extend(payees::adjusted_under((payer, payees), &trace, intake.knowledge));
    adjusted
}

/// Some payers give every payment of nothing the same number: the latest of them are compared.
pub(super) const UNDER_ONE_NUMBER_MAX: u32 = 1_000;

fn report_remittance(intake: &mut Intake<'_>, summary: &reconcile::Summary) {
    let posted = if summary.is_posted { "posted" } else { "not posted" };
    intake.report.line(
        3,
        &format!(
            "remittance of {}: {posted}; {} claims, {} matched, {} paid, {} denied, {} reversed, \
             {} unmatched, {} out of balance",
            summary.amount,
            summary.claims,
            summary.matched,
            summary.paid,
            summary.denied,
            summary.reversed,
            summary.unmatched,
            summary.out_of_balance
        ),
    );
    if summary.known > 0 {
        let (amount, count) = (summary.known_amount, summary.known);
        let line = format!("known by denials.toml: {amount} in {count} of the PLB; no item");
        intake.report.line(4, &line);
    }
}
