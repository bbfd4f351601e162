//! X12 health-care interchanges: read, check against the guides, view, answer, edit, write.
//!
//! For the claims, payments and acknowledgments of American health care: 837 (professional,
//! institutional, dental), 835, 999, 277CA, TA1. Bytes go in and values come out; there are no
//! files, no clock, no threads and no log in here, so the same bytes give the same answers.
//!
//! - **Read.** [`interchange::read`] takes a whole file. It never fails and never stops at the
//!   first fault: what is wrong is a list of [`Fault`](fault::Fault)s, and what belongs to no
//!   interchange is listed too.
//! - **Walk and check.** [`walk::walk`] lays a transaction set against its [`guide`]: which row is
//!   each segment, what is missing, what breaks the standard or the guide, to the element and the
//!   byte, each fault with the code that a 999 has for it.
//! - **View.** [`view`] looks at a walked set by the trade's names: a claim and its lines, a payment
//!   and its adjustments, what an acknowledgment says.
//! - **Answer.** [`answer`] writes TA1, 999 and 277CA; [`compose`] writes anything else.
//! - **Edit and write.** [`edit`] lays named changes over segments, [`mod@write`] gives the file
//!   again, byte for byte as it came but for those. [`json`] tells a file as JSON, and back.
//!
//! Values may name patients: what debugs as `[redacted]` ([`segment::Field`], [`phi::Phi`]) keeps
//! them out of logs. Faults hold places and never values.
//!
//! All of it on one claim with a slip:
//!
//! ```
//! use bytes::Bytes;
//! use x12::answer::x231::{self, Echo, SetJudgement};
//! use x12::compose::{Composer, Envelope};
//! use x12::delimiters::Delimiters;
//! use x12::edit::Edit;
//! use x12::value::{Day, Money};
//! use x12::view::claim::claims;
//! use x12::write::{SetEdits, write};
//! use x12::{guide, interchange, walk};
//!
//! // The charge of the line is no amount: there is a letter O in it.
//! let file = Bytes::from_static(b"\
//! ISA*00*          *00*          *ZZ*WILLOWCLINIC   *ZZ*CLAIMGATE      *260301*0915*^*00501*000000001*0*T*:~
//! GS*HC*WILLOWCLINIC*CLAIMGATE*20260301*0915*1*X*005010X222A1~
//! ST*837*0001*005010X222A1~
//! BHT*0019*00*BATCH1*20260301*0915*CH~
//! NM1*41*2*WILLOW CLINIC*****46*WILLOW01~
//! PER*IC*DANA REED*TE*2175550100~
//! NM1*40*2*CLAIMGATE*****46*CLAIMGATE~
//! HL*1**20*1~
//! NM1*85*2*WILLOW CLINIC*****XX*1999001302~
//! N3*100 MAIN STREET~
//! N4*SPRINGFIELD*IL*627010001~
//! REF*EI*990000001~
//! HL*2*1*22*0~
//! SBR*P*18*******CI~
//! NM1*IL*1*HAZEL*NORA****MI*MEM000001~
//! N3*7 ELM STREET~
//! N4*SPRINGFIELD*IL*62701~
//! DMG*D8*19800402*F~
//! NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*EXPLAN1~
//! CLM*A1*120***11:B:1*Y*A*Y*Y~
//! HI*ABK:J0190~
//! LX*1~
//! SV1*HC:99213*12O*UN*1***1~
//! DTP*472*D8*20260210~
//! SE*23*0001~
//! GE*1*1~
//! IEA*1*000000001~");
//!
//! // Read: the envelopes are well.
//! let reading = interchange::read(&file);
//! let interchange = &reading.interchanges[0];
//! assert!(interchange.faults.is_empty() && reading.strays.is_empty());
//! let group = &interchange.groups[0];
//! let set = &group.sets[0];
//!
//! // Walk and check: one fault, at its byte.
//! let guide = guide::find("005010X222A1", "837").expect("the professional claim");
//! let walked = walk::walk(interchange, set, guide);
//! let [fault] = walked.faults[..] else { panic!("one fault") };
//! assert_eq!((fault.kind.name(), fault.loop_id), ("character-invalid", "2400"));
//! assert_eq!(&file[fault.place.offset..][..3], b"12O");
//!
//! // View: the claim by the trade's names, for rules of your own.
//! let claim = claims(interchange, set, &walked).next().expect("a claim");
//! assert!(claim.patient_control_number.is("A1"));
//! assert_eq!(claim.total_charge.money(), Money::parse(b"120"));
//! assert_eq!(claim.lines[0].charge.money(), None);
//!
//! // Answer: the 999 that rejects it.
//! let envelope = Envelope {
//!     sender_qualifier: "ZZ".to_owned(),
//!     sender: "CLAIMGATE".to_owned(),
//!     receiver_qualifier: "ZZ".to_owned(),
//!     receiver: "WILLOWCLINIC".into(),
//!     application_sender: "CLAIMGATE".to_owned(),
//!     application_receiver: "WILLOWCLINIC".into(),
//!     day: Day::parse(b"20260302").expect("a day"),
//!     time: "0800".to_owned(),
//!     control_number: 1,
//!     wants_ta1: false,
//!     is_production: false,
//! };
//! let mut composer = Composer::new(&envelope, Delimiters::OURS);
//! let sets = [SetJudgement { faults: walked.faults.clone(), is_tolerated: false }];
//! let numbers = x231::group_numbers(interchange);
//! let numbered = (group, &numbers[0][..]);
//! x231::compose(&mut composer, &envelope, interchange, numbered, &[], &sets, Echo::Nothing);
//! let answer = String::from_utf8(composer.finish()).expect("text");
//! assert!(answer.contains("~IK3*SV1*21*2400*8~CTX*CLM01:A1~IK4*2*782*6~IK5*R*5~"));
//!
//! // Edit and write: the same file with the slip mended, and now it is well.
//! let charge = claim.lines[0].charge.place;
//! let edits = [Edit::Set {
//!     segment: charge.segment,
//!     element: charge.element,
//!     component: charge.component,
//!     value: "120".to_owned(),
//! }];
//! let mended = write(interchange, &[SetEdits { set, edits: &edits }]).expect("no delimiter in it");
//! let reading = interchange::read(&mended.into());
//! let interchange = &reading.interchanges[0];
//! let walked = walk::walk(interchange, &interchange.groups[0].sets[0], guide);
//! assert!(walked.faults.is_empty());
//! ```

#![warn(missing_docs)]

pub mod answer;
mod check;
pub mod compose;
pub mod cutting;
pub mod delimiters;
pub mod edit;
mod envelope;
pub mod fault;
pub mod foresight;
pub mod guide;
pub mod interchange;
pub mod json;
pub mod phi;
pub mod scan;
pub mod segment;
pub mod stream;
pub mod value;
pub mod view;
pub mod walk;
mod wrap;
pub mod write;
