use x12::segment::Field;
use x12::value::DayRange;
use x12::view::claim::{Claim, Line};

use crate::code_sets::library::{Bundles, Member};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-NCCI-01",
    name: "procedures-bundled",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:454",
    what: "A procedure is part of another one of the same day and provider, and no modifier parts them.",
    why: "payers pay for the other alone and deny this line as bundled",
    source: "CMS, National Correct Coding Initiative, pairs for practitioners",
    needs: &["ncci-ptp"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if let Some(bundles) = context.codes.bundles("ncci-ptp") {
        find_bundled(claim, bundles, findings);
    }
}

/// Reports each line whose procedure is part of that of another line.
pub(super) fn find_bundled(claim: &Claim<'_>, bundles: Bundles<'_>, findings: &mut Findings) {
    if claim.lines.len() < 2 {
        return;
    }
    let billed: Vec<Billed<'_, '_>> = claim
        .lines
        .iter()
        .take(LINES_COMPARED_MAX)
        .filter_map(|line| Billed::new(claim, line, bundles))
        .collect();
    for part in &billed {
        for whole in &billed {
            if part.member == whole.member || !part.is_beside(whole) {
                continue;
            }
            let on = part.days.from;
            let is_visit = is_visit(part);
            let is_parted = part.is_parted() || whole.is_parted_from(is_visit);
            let (parted, fix) = match bundles.parted_by_modifier(whole.member, part.member, on) {
                Some(false) => ("no modifier may part them", "drop the line"),
                Some(true) if is_parted => continue,
                Some(true) if is_visit => (
                    "a modifier may part them where the visit was for more than the procedure",
                    "drop the visit, or say what it was for: 25 for more than the procedure of \
                     that day, 57 when it decided on the operation, 24 for something else after one",
                ),
                Some(true) => (
                    "a modifier may part them where they were truly apart",
                    "drop the line, or say by 59, XE, XP, XS, XU or the part of the body what was \
                     apart",
                ),
                None => continue,
            };
            let code = part.line.procedure.code;
            let what = format!(
                "{} is part of {} on line {}; {parted}",
                code.text(),
                whole.line.procedure.code.text(),
                whole.line.number.text()
            );
            findings.report(code.place, what, fix);
            break;
        }
    }
}

/// More lines than professional claims may have; comparing each with each of hundreds takes long.
const LINES_COMPARED_MAX: usize = 200;

struct Billed<'a, 'b> {
    line: &'b Line<'a>,
    member: Member,
    days: DayRange,
    provider: Field<'a>,
}

impl<'a, 'b> Billed<'a, 'b> {
    /// `None` for what is in no pair.
    fn new(claim: &'b Claim<'a>, line: &'b Line<'a>, bundles: Bundles<'_>) -> Option<Self> {
        let member = bundles.member(line.procedure.code.bytes())?;
        let days = claim.days_of(line)?;
        let rendering = line.provider("82").or_else(|| claim.provider("82"));
        let provider = rendering.unwrap_or(&claim.billing).id;
        let is_hc = line.procedure.qualifier.is("HC");
        is_hc.then_some(Billed { line, member, days, provider })
    }

    /// On the same day, by the same provider.
    fn is_beside(&self, other: &Billed<'_, '_>) -> bool {
        self.days == other.days && self.provider.bytes() == other.provider.bytes()
    }

    fn is_parted(&self) -> bool {
        self.is_parted_from(false)
    }

    /// Whether it says that something else was apart from it. Where it was done says that of another
    /// procedure, and nothing of a visit.
    fn is_parted_from(&self, is_visit: bool) -> bool {
        let procedure = &self.line.procedure;
        procedure.has_any_modifier(DISTINCT)
            || (!is_visit && procedure.has_any_modifier(PARTS_OF_THE_BODY))
    }
}

fn is_visit(billed: &Billed<'_, '_>) -> bool {
    billed.line.procedure.number().is_some_and(|number| VISITS.contains(&number))
}

/// Evaluation and management, without care that nobody is seen for.
const VISITS: std::ops::RangeInclusive<u32> = 99_202..=99_499;

/// The modifiers by which NCCI lets a pair be parted: what was distinct, and parts of the body.
const DISTINCT: &[&str] =
    &["24", "25", "27", "57", "58", "59", "78", "79", "91", "XE", "XP", "XS", "XU"];

const PARTS_OF_THE_BODY: &[&str] = &[
    "E1", "E2", "E3", "E4", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "FA", "LC", "LD",
    "LM", "LT", "RC", "RI", "RT", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "TA",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60", "HC:80053*60"), ("HC:93000*40", "HC:80048*40")])
        .with_codes(),
    Example::fails(&[("HC:99213:25*60", "HC:80053*60"), ("HC:93000*40", "HC:80048:59*40")])
        .with_codes(),
    Example::fails(&[("HC:99213:25*60", "HC:99213*60")]).with_codes(),
    // That the procedure was on the right says nothing of the visit.
    Example::fails(&[("HC:99213:25*60", "HC:99213*60"), ("HC:93000*40", "HC:93000:RT*40")])
        .with_codes(),
    Example::passes(&[("HC:99213:25*60", "HC:99213*60"), ("HC:93000*40", "HC:93000:59*40")])
        .with_codes(),
    Example::passes(&[]).with_codes(),
    Example::passes(&[
        ("HC:99213:25*60", "HC:80053*60"),
        ("HC:93000*40", "HC:80048*40"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-2", "DTP*472*D8*20261007~\nREF*6R*A1-2"),
    ])
    .with_codes(),
    Example::passes(&[("HC:99213:25*60", "HC:80053*60"), ("HC:93000*40", "HC:80048*40")]),
];
