//! X12 health-care interchanges: read, check against the guides, view, edit, answer.
//!
//! Bytes become an [`Interchange`](interchange::Interchange), which holds where its segments are
//! and what is wrong with its envelopes. [`walk`](walk::walk) lays each transaction set against
//! its [`guide`] and collects every fault; [`view`] looks at the result by the trade's names;
//! [`answer`] writes what goes back. Reading never fails and never stops at the first fault, and
//! what nobody understands is kept.
//!
//! ```
//! use bytes::Bytes;
//! use x12::answer::x231::{self, Echo, SetJudgement};
//! use x12::compose::{Composer, Envelope};
//! use x12::delimiters::Delimiters;
//! use x12::value::{Day, Money};
//! use x12::view::claim::claims;
//! use x12::{guide, interchange, walk};
//!
//! // One claim in one transaction set, in which the charge of the line is no amount.
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
//! NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*EXPLAN1~
//! CLM*A1*120***11:B:1*Y*A*Y*Y~
//! HI*ABK:J0190~
//! LX*1~
//! SV1*HC:99213*12O*UN*1***1~
//! DTP*472*D8*20260210~
//! SE*20*0001~
//! GE*1*1~
//! IEA*1*000000001~");
//!
//! let reading = interchange::read(&file);
//! let interchange = &reading.interchanges[0];
//! assert!(interchange.faults.is_empty());
//! let group = &interchange.groups[0];
//! let set = &group.sets[0];
//!
//! let guide = guide::find("005010X222A1", "837").expect("the professional claim");
//! let walked = walk::walk(interchange, set, guide);
//! let fault = &walked.faults[0];
//! assert_eq!(fault.kind.name(), "character-invalid");
//! assert_eq!(&file[fault.place.offset..][..3], b"12O");
//!
//! let claim = claims(interchange, set, &walked).next().expect("a claim");
//! assert!(claim.patient_control_number.is("A1"));
//! assert_eq!(claim.total_charge.money(), Money::parse(b"120"));
//!
//! let envelope = Envelope {
//!     sender_qualifier: "ZZ".to_owned(),
//!     sender: "CLAIMGATE".to_owned(),
//!     receiver_qualifier: "ZZ".to_owned(),
//!     receiver: "WILLOWCLINIC".to_owned(),
//!     application_sender: "CLAIMGATE".to_owned(),
//!     application_receiver: "WILLOWCLINIC".to_owned(),
//!     day: Day::parse(b"20260302").expect("a day"),
//!     time: "0800".to_owned(),
//!     control_number: 1,
//!     wants_ta1: false,
//!     is_production: false,
//! };
//! let mut composer = Composer::new(&envelope, Delimiters::OURS);
//! let sets = [SetJudgement { faults: walked.faults.clone(), is_tolerated: false }];
//! x231::compose(&mut composer, &envelope, interchange, group, &[], &sets, Echo::Nothing);
//! let answer = String::from_utf8_lossy(&composer.finish()).into_owned();
//! assert!(answer.contains("~IK3*SV1*18*2400*8~CTX*CLM01:A1~IK4*2*782*6~IK5*R*5~"));
//! ```

pub mod answer;
mod check;
pub mod compose;
mod cutting;
pub mod delimiters;
pub mod edit;
mod envelope;
pub mod fault;
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
