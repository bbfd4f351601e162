//! Answers of partners, each short, and what is read out of them.

use bytes::Bytes;

use super::*;
use crate::interchange::read;

/// What stands in these answers is made up.
fn interchange(inside: &str) -> Interchange {
    let isa = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*OFFICE         *261028*0930*^*00501*000000009*0*T*:~";
    let text = format!("{isa}{}IEA*1*000000009~", inside.replace('\n', "~"));
    let mut reading = read(&Bytes::from(text));
    reading.interchanges.pop().expect("an interchange")
}

fn set(interchange: &Interchange) -> &Set {
    interchange.groups.first().and_then(|group| group.sets.first()).expect("a set")
}

fn texts(fields: &[Field<'_>]) -> Vec<String> {
    fields.iter().map(|field| field.text().into_owned()).collect()
}

#[test]
fn reads_ta1s() {
    let answer = interchange("TA1*000000007*261028*0930*E*014\nTA1*000000008*261028*0931*R*025\n");
    let found = ta1s(&answer);
    let accepted: Vec<_> = found.iter().map(Ta1::is_accepted).collect();
    assert_eq!(accepted, [true, false]);
    assert!(found[1].control_number.is("000000008") && found[1].notes[0].is("025"));
}

#[test]
fn reads_the_ta1s_of_one_interchange_together() {
    let answer = interchange(
        "TA1*000000007*261028*0930*E*014\nTA1*000000007*261028*0930*R*019\n\
         TA1*000000007*261028*0930*E*014\nTA1*000000007*261029*0930*A*000\n",
    );
    let found = ta1s(&answer);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].verdict.is("R") && !found[0].is_accepted());
    assert_eq!(texts(&found[0].notes), ["014", "019"]);
    assert!(found[1].is_accepted());
}

/// A group with one 999 or 997.
fn group_answer(inside: &str) -> Interchange {
    interchange(&format!("GS*FA*P*O*20261028*0930*1*X*005010X231A1\n{inside}GE*1*1\n"))
}

#[test]
fn reads_a_999() {
    let answer = group_answer(
        "ST*999*0001*005010X231A1\nAK1*HC*21*005010X222A1\n\
         AK2*837*0001*005010X222A1\nIK5*A\n\
         AK2*837*0002*005010X222A1\n\
         IK3*CLM*22*2300*8\nCTX*SITUATIONAL TRIGGER*HI*23**1:2\nCTX*CLM01:A1\n\
         IK4*5:3*1325*7*9\nIK4*2*782*1\nIK3*DTP*30**3\nIK5*R*5*4\n\
         AK9*P*2*2*1\nSE*13*0001\n",
    );
    let ack = implementation_ack(&answer, set(&answer));
    assert!(ack.control_number.is("21") && ack.verdict.is("P") && !ack.is_rejected());
    let [taken, rejected] = &ack.sets[..] else { panic!("{} sets", ack.sets.len()) };
    assert!(taken.is_accepted() && taken.notes.is_empty());
    assert!(rejected.is_rejected() && rejected.control_number.is("0002"));
    assert_eq!(texts(&rejected.codes), ["5", "4"]);
    let [clm, dtp] = &rejected.notes[..] else { panic!("{} notes", rejected.notes.len()) };
    assert_eq!(clm.position(), Some(22));
    assert!(clm.claim.is_some_and(|claim| claim.is("A1")) && clm.loop_id.is("2300"));
    let [code, missing] = &clm.elements[..] else { panic!("{}", clm.elements.len()) };
    assert!(code.position.is("5") && code.component.is("3") && code.value.is("9"));
    assert!(missing.component.is_empty() && missing.code.is("1") && missing.value.is_empty());
    assert!(dtp.code.is("3") && dtp.claim.is_none() && dtp.elements.is_empty());
}

#[test]
fn reads_a_997_by_the_same_view() {
    let answer = group_answer(
        "ST*997*0001\nAK1*HC*21\nAK2*837*0001\nAK3*CLM*22**8\nAK4*1*1028*1\nAK5*R*5\n\
         AK9*R*1*1*0*5\nSE*8*0001\n",
    );
    let ack = implementation_ack(&answer, set(&answer));
    assert!(ack.is_rejected() && ack.version.is_empty());
    assert_eq!(texts(&ack.codes), ["5"]);
    let [rejected] = &ack.sets[..] else { panic!("{} sets", ack.sets.len()) };
    assert!(rejected.is_rejected());
    assert!(rejected.notes[0].elements[0].data_number.is("1028"));
}

#[test]
fn reads_a_277ca() {
    let answer = interchange(
        "GS*HN*P*O*20261028*0930*1*X*005010X214\n\
         ST*277*0001*005010X214\nBHT*0085*08*P1*20261028*0930*TH\n\
         HL*1**20*1\nNM1*PR*2*ACME HEALTH*****PI*ACME1\nTRN*1*P1\n\
         DTP*050*D8*20261027\nDTP*009*D8*20261028\n\
         HL*2*1*21*1\nNM1*41*2*CEDAR*****46*CEDAR\nTRN*2*B1\n\
         STC*A1:19:PR*20261028*WQ*175.5\nQTY*90*1\nQTY*AA*1\nAMT*YU*75.5\nAMT*YY*100\n\
         HL*3*2*19*1\nNM1*85*2*CEDAR CLINIC*****XX*1999001013\nTRN*1*0\n\
         HL*4*3*PT\nNM1*QC*1*ROE*TIM****MI*W1\nTRN*2*A1\n\
         STC*A3:247*20261028*U*100********CALL US\nREF*D9*CG1\nDTP*472*D8*20261006\n\
         SVC*HC:99213:25*60*****1\nSTC*A7:454**U*******A6:128\nREF*FJ*A1-1\n\
         HL*5*3*PT\nNM1*QC*1*POE*ANN****MI*W2\nTRN*2*A2\n\
         STC*A2:20*20261028*WQ*75.5\nREF*1K*P77\nDTP*472*D8*20261007\n\
         SE*33*0001\nGE*1*1\n",
    );
    let guide = crate::guide::find("005010X214", "277").expect("the guide of the 277CA");
    let walked = crate::walk::walk(&answer, set(&answer), guide);
    let acks = claim_acks(&answer, set(&answer), &walked);
    assert!(acks.source.is_some_and(|source| source.id.is("ACME1")));
    let [batch] = &acks.batches[..] else { panic!("{} batches", acks.batches.len()) };
    assert!(batch.number.is("B1") && !batch.is_rejected());
    assert!(batch.charges_rejected.is_some_and(|charge| charge.is("100")));
    let [rejected, taken] = &acks.claims[..] else { panic!("{} claims", acks.claims.len()) };
    assert!(rejected.is_rejected() && !rejected.is_accepted());
    assert!(rejected.batch.is("B1") && rejected.patient_control_number.is("A1"));
    assert!(rejected.statuses[0].message.is("CALL US"));
    assert!(rejected.clearinghouse_trace().is_some_and(|trace| trace.is("CG1")));
    let [line] = &rejected.lines[..] else { panic!("{} lines", rejected.lines.len()) };
    assert!(line.line_control_number().is_some_and(|number| number.is("A1-1")));
    let codes: Vec<_> = line.statuses.iter().map(|status| status.code.text()).collect();
    assert_eq!(codes, ["454", "128"]);
    assert!(taken.is_accepted() && taken.payer_control_number().is_some_and(|it| it.is("P77")));
    assert_eq!(taken.charge(), Decimal::parse(b"75.5"));
    assert!(taken.service_date().is_some_and(|date| date.days().is_some()));
    assert!(taken.patient.as_ref().is_some_and(|patient| patient.id.is("W2")));
}
