//! The references in `docs/` say what the tables in the code say. `UPDATE=1 cargo test` writes
//! them anew; read the difference before committing it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use claimgate::commands::Arguments;
use claimgate::inspect::faults::references;
use claimgate::lifecycle::{EVENTS, STATES, advance, begin};
use claimgate::reconcile::rules::{Effect, RULES};
use claimgate::reports::REPORTS;
use claimgate::scrub::example::Clean;
use claimgate::scrub::example::trial::{conditions, told_by};
use claimgate::scrub::expression::FUNCTIONS;
use claimgate::scrub::expression::names::{CLAIM, LINE, Of, Shape};
use claimgate::scrub::{Rule, Severity, rules};
use claimgate::settings::profile::RULE_KEYS;
use claimgate::telemetry::metrics_reference;
use clap::CommandFactory;
use x12::guide;
use x12::guide::conditions::{Says, Target, Then, When};
use x12::guide::row::{Codes, Content, Element, Guide, Kind, Loop, Row, Slot, UNBOUNDED, Usage};

#[test]
fn the_rules_are_described() {
    let mut text = begun(
        "Rules",
        "What claims are scrubbed with. Rules of type 3 to 6 of the trade's SNIP list either reject a \
         claim (a 277CA says so), hold it in the correction queue, or warn; those of type 2 repair \
         its form. A rule is about professional (P), institutional (I) or dental (D) claims. What breaks \
         an envelope, X12 itself or an implementation guide stands [below](#faults-of-envelopes-and-guides). \
         `claimgate rules show CODE` prints one.",
    );
    text.push_str(
        "| code | name | type | claims | severity | 277CA status |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for rule in rules::ALL {
        let (name, severity) = (rule.name, rule.severity.name());
        line(
            &mut text,
            &format!(
                "| {} | {name} | {} | {} | {severity} | `{}` |",
                link_to(rule),
                rule.snip,
                rule.letters(),
                rule.status
            ),
        );
    }
    line(&mut text, "\n## By segment\n");
    for (tag, pointing) in rules_by_segment() {
        let links: Vec<String> = pointing.into_iter().map(link_to).collect();
        line(&mut text, &format!("- {tag}: {}", links.join(", ")));
    }
    for rule in rules::ALL {
        line(&mut text, &format!("\n## {} {}\n", rule.code, rule.name));
        line(&mut text, rule.what);
        line(&mut text, &format!("\nWhy it matters: {}.", rule.why));
        if let Some(unrepaired) = rule.unrepaired() {
            let verb = if unrepaired == Severity::Hold { "holds" } else { "lets go out" };
            line(&mut text, &format!("\nWhere repairs are off it {verb} the claim."));
        }
        let told = told_by(rule);
        let places: BTreeSet<String> = told.iter().map(|(spot, _)| format!("`{spot}`")).collect();
        let places: Vec<String> = places.into_iter().collect();
        line(&mut text, &format!("\nPoints at: {}.", places.join(", ")));
        let fixes: BTreeSet<&str> = told.iter().map(|(_, finding)| finding.fix.as_ref()).collect();
        for fix in fixes {
            line(&mut text, &format!("\nWhat to do: {fix}."));
        }
        line(&mut text, &format!("\nSource: {}.", rule.source));
        if !rule.needs.is_empty() {
            line(&mut text, &format!("\nNeeds the code sets: {}.", rule.needs.join(", ")));
        }
        let examples = rule.examples;
        let breaks = examples.iter().find(|example| example.finds > 0);
        let passes = examples.iter().find(|example| example.finds == 0);
        for (verdict, example) in [("Breaks it", breaks), ("Passes", passes)] {
            let Some(example) = example else { continue };
            let mut about = vec![example.claim.name().to_owned()];
            about.extend(conditions(rule, example));
            let changes = example.differences();
            line(&mut text, &format!("\n{verdict}, {}:\n", about.join("; ")));
            let changes = if changes.is_empty() { vec!["(unchanged)".to_owned()] } else { changes };
            line(&mut text, &format!("```diff\n{}\n```", changes.join("\n")));
        }
    }
    describe_faults(&mut text);
    is_current("docs/rules.md", &text);
}

fn describe_faults(text: &mut String) {
    text.push_str(
        "\n## Faults of envelopes and guides\n\nThey are held against every transaction set, claims or \
         others, and reject it, its group or its interchange; what a TA1 or a 999 says of each, and where \
         a faulty claim is rejected alone, is told in [acknowledgments.md](acknowledgments.md). What a \
         guide asks of each segment and element stands in [guides](guides), what it makes depend on other \
         values in [dependencies.md](dependencies.md). Several faults may have one code.\n\n\
         | code | name | type | told in |\n| --- | --- | --- | --- |\n",
    );
    for fault in references() {
        let (code, name) = (&fault.code, fault.kind.name());
        let row = format!("| {code} | [{name}](#{name}) | {} | {} |", fault.snip, fault.told_in);
        line(text, &row);
    }
    for fault in references() {
        line(
            text,
            &format!("\n### {}\n\n{}: {}.\n", fault.kind.name(), fault.code, fault.kind.what()),
        );
        line(text, &format!("It breaks {}, and is told in: {}.\n", fault.breaks, fault.told_in));
        line(text, &format!("Why it matters: {}.\n", fault.kind.why()));
        line(text, &format!("What to do: {}.", fault.kind.fix()));
    }
}

#[test]
fn the_rules_of_remittances_are_described() {
    let mut text = begun(
        "Rules of remittances",
        "What a payer's 835 is held to; items of the queue, `remit`, `ledger` and the scorecard name what \
         it breaks. Whatever that is, the file is kept, read and shown. RFI are requests for interpretation \
         that X12 answered, by their numbers: a payer can be shown who says so. `claimgate rules show V33` \
         prints one.",
    );
    text.push_str("| rule | says | effect | RFI |\n| --- | --- | --- | --- |\n");
    for rule in &RULES {
        let (id, name, effect) = (rule.id, rule.name, rule.effect.name());
        let anchor = id.to_lowercase();
        line(
            &mut text,
            &format!("| [{id}](#{anchor}) | {name} | {effect} | {} |", rfis(rule.rfis)),
        );
    }
    for rule in &RULES {
        line(&mut text, &format!("\n## {}\n", rule.id));
        let becomes = match rule.effect {
            Effect::HoldsPayment => {
                "Nothing of a remittance that breaks it is posted by itself; `claimgate queue post` lets it go on."
            }
            Effect::HoldsClaim => {
                "A claim that breaks it is not posted by itself; its money waits in suspense, and its neighbours \
                 are posted."
            }
            Effect::Warns => "What breaks it is posted, and told.",
            Effect::Notes => "No fault: something that the office may want to know.",
            Effect::Reads => "Says how something is read; nothing can break it.",
        };
        line(&mut text, &format!("It says: {}. {becomes}\n", rule.name));
        line(&mut text, &format!("Why it matters: {}.", rule.why));
        if !rule.fix.is_empty() {
            line(&mut text, &format!("\nWhat to do: {}.", rule.fix));
        }
        if !rule.rfis.is_empty() {
            line(&mut text, &format!("\nX12's answers: RFI {}.", rfis(rule.rfis)));
        }
    }
    is_current("docs/remittance-rules.md", &text);
}

fn rfis(numbers: &[u16]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u16::to_string).collect();
    numbers.join(", ")
}

fn link_to(rule: &Rule) -> String {
    let (code, anchor) = (rule.code, format!("{}-{}", rule.code, rule.name).to_lowercase());
    format!("[{code}](#{anchor})")
}

/// The rules whose examples show a finding in a segment with this tag, or miss one.
fn rules_by_segment() -> BTreeMap<String, Vec<&'static Rule>> {
    let mut by_segment: BTreeMap<String, Vec<&'static Rule>> = BTreeMap::new();
    for &rule in rules::ALL {
        let tags: BTreeSet<String> =
            told_by(rule).into_iter().map(|(spot, _)| spot.segment).collect();
        for tag in tags {
            by_segment.entry(tag).or_default().push(rule);
        }
    }
    by_segment
}

const REFERENCE_BEGINS: &str =
    "<!-- From here on written by tests/docs.rs: UPDATE=1 cargo test --test docs -->";

#[test]
fn what_payers_ask_is_described() {
    // The words are written by hand; what follows them is made of the tables.
    let page = fs::read_to_string(root().join("docs/payers.md")).expect("the page");
    let words = page.split(REFERENCE_BEGINS).next().unwrap_or_default();
    let mut text = format!("{words}{REFERENCE_BEGINS}\n\n");
    text.push_str("## Keys of a rule\n\n| key | section | says |\n| --- | --- | --- |\n");
    for (key, sections, says) in RULE_KEYS {
        line(&mut text, &format!("| `{key}` | {sections} | {says} |"));
    }
    text.push_str("\n## What conditions call\n\n| call | gives |\n| --- | --- |\n");
    for (call, gives) in FUNCTIONS {
        line(&mut text, &format!("| `{call}` | {gives} |"));
    }
    text.push_str(
        "\n## What conditions may speak of\n\nThe names of the [JSON form](json.md), where it has \
         them. `claim` is the claim itself, `line` the line that is asked of, `today` the day.\n",
    );
    let mut shapes: Vec<&Shape> = vec![&CLAIM, &LINE];
    let mut done = 0;
    while let Some(&shape) = shapes.get(done) {
        done += 1;
        line(
            &mut text,
            &format!("\n### {}\n\n| name | kind | place |\n| --- | --- | --- |", shape.what),
        );
        for name in shape.names {
            let (kind, inner) = match name.of {
                Of::Text => ("text".to_owned(), None),
                Of::Number => ("number".to_owned(), None),
                Of::Day => ("day".to_owned(), None),
                Of::Texts => ("list of texts".to_owned(), None),
                Of::Thing(inner) => (inner.what.to_owned(), Some(inner)),
                Of::Things(inner) => (format!("list: {}", inner.what), Some(inner)),
            };
            line(&mut text, &format!("| `{}` | {kind} | {} |", name.name, name.place));
            shapes
                .extend(inner.filter(|inner| !shapes.iter().any(|known| known.what == inner.what)));
        }
    }
    text.push_str(
        "\n## The clean claims of examples\n\n`change` replaces what stands in them once.\n",
    );
    for (name, claim) in [
        ("professional", Clean::Professional),
        ("inpatient", Clean::Inpatient),
        ("outpatient", Clean::Outpatient),
        ("dental", Clean::Dental),
    ] {
        line(&mut text, &format!("\n### {name}\n\n```\n{}\n```", claim.text().trim_end()));
    }
    is_current("docs/payers.md", &text);
}

#[test]
fn the_reports_are_described() {
    let page = fs::read_to_string(root().join("docs/reports.md")).expect("the page");
    let words = page.split(REFERENCE_BEGINS).next().unwrap_or_default();
    let mut text = format!("{words}{REFERENCE_BEGINS}\n");
    for report in REPORTS {
        line(&mut text, &format!("\n## {}\n\n{}.\n", report.name(), report.title()));
        line(&mut text, &format!("- `--from` and `--to`: {}", report.days()));
        for definition in report.definitions() {
            line(&mut text, &format!("- {definition}"));
        }
        let names = |with_numbers| -> Vec<String> {
            let columns = report.columns(with_numbers);
            columns.iter().map(|column| format!("`{}`", column.name)).collect()
        };
        line(&mut text, &format!("\nColumns: {}.", names(false).join(", ")));
        let more = &names(true)[names(false).len()..];
        if !more.is_empty() {
            line(&mut text, &format!("With `--with-numbers` also {}.", more.join(", ")));
        }
    }
    is_current("docs/reports.md", &text);
}

#[test]
fn the_metrics_are_described() {
    let mut text = begun(
        "Metrics",
        "What `GET /metrics` tells, in the text form of Prometheus. Labels are taken from closed \
         lists and from the names in the settings, never from files.",
    );
    text.push_str("| metric | kind | labels | meaning |\n| --- | --- | --- | --- |\n");
    for metric in metrics_reference() {
        let labels = metric.labels.join(", ");
        line(
            &mut text,
            &format!(
                "| `{}` | {} | {labels} | {} |",
                metric.name,
                metric.kind.name(),
                metric.meaning
            ),
        );
    }
    is_current("docs/metrics.md", &text);
}

#[test]
fn the_lifecycle_is_described() {
    let mut text = begun(
        "The life of a claim",
        "Where each event takes a claim from each state. An empty field is an event that cannot \
         happen there: the claim stays as it is, and a person looks at what came. `=` means that \
         the event is recorded and the state stays. The first column is a claim that has just come.",
    );
    let names: Vec<&str> = STATES.iter().map(|state| state.name()).collect();
    line(&mut text, &format!("| event | (new) | {} |", names.join(" | ")));
    line(&mut text, &format!("|{}", " --- |".repeat(names.len() + 2)));
    for event in EVENTS {
        let first = begin(event).map_or("", |state| state.name());
        let cells: Vec<&str> = STATES
            .iter()
            .map(|&state| match advance(state, event) {
                Some(next) if next == state => "=",
                Some(next) => next.name(),
                None => "",
            })
            .collect();
        line(&mut text, &format!("| {} | {first} | {} |", event.name(), cells.join(" | ")));
    }
    is_current("docs/lifecycle.md", &text);
}

#[test]
fn the_dependencies_are_described() {
    let mut text = begun(
        "Dependencies",
        "What a guide makes depend on a value elsewhere in the set: when this element says that, then \
         that segment or element has to be there, or may not be. [acknowledgments.md](acknowledgments.md) \
         says which codes a 999 has for them.",
    );
    for guide in guide::ALL {
        let mut conditions = guide::conditions::of(guide).peekable();
        if conditions.peek().is_none() {
            continue;
        }
        line(&mut text, &format!("\n## {} ({})\n", guide.id, guide.set));
        line(&mut text, "| name | when | then |\n| --- | --- | --- |");
        for condition in conditions {
            let (name, when) = (condition.name, &condition.when);
            let tag = when.tag.text();
            let then = consequence(&tag, &condition.then);
            line(&mut text, &format!("| {name} | {} | {then} |", trigger(when)));
        }
    }
    is_current("docs/dependencies.md", &text);
}

fn trigger(when: &When) -> String {
    let (tag, element) = (when.tag.text(), when.element);
    let parts: Vec<String> = when.parts.iter().map(u8::to_string).collect();
    let parts = if parts.is_empty() { String::new() } else { format!("-{}", parts.join(", -")) };
    let place = if when.in_loop.is_empty() { "any loop" } else { when.in_loop };
    match when.says {
        Says::OneOf(codes) => format!("{place} {tag}{element:02}{parts}: {}", codes.join(", ")),
        Says::Nothing => format!("{place} {tag}{element:02}{parts} is empty"),
    }
}

fn consequence(tag: &str, then: &Then) -> String {
    let segment = |target: &Target| {
        let qualifier = match target.qualifier {
            "" => String::new(),
            qualifier => format!(" {qualifier}"),
        };
        format!("{} {}{qualifier}", target.in_loop, target.tag.text())
    };
    let element = |element: &u8, part: &u8| match part {
        0 => format!("{tag}{element:02}"),
        part => format!("{tag}{element:02}-{part}"),
    };
    match then {
        Then::Segment(target) => format!("{} is required", segment(target)),
        Then::NoSegment(target) => format!("{} is not used", segment(target)),
        Then::NoSegmentUnless(target, other) => {
            format!("{} is not used, unless {} stands", segment(target), segment(other))
        }
        Then::Element(at, part) => format!("{} is required", element(at, part)),
        Then::OneOfParts(at, part, other) => {
            format!("{} or {} is required", element(at, part), element(at, other))
        }
        Then::NoElement(at, part) => format!("{} is not used", element(at, part)),
    }
}

#[test]
fn the_guides_are_described() {
    for guide in guide::ALL {
        is_current(&format!("docs/guides/{}.md", guide.id), &guide_text(guide));
    }
    for guide in guide::standard::ALL {
        let name = format!("docs/guides/{}-{}.md", guide.id, guide.set);
        is_current(&name, &standard_text(guide));
    }
    is_current("docs/guides/control.md", &control_text());
    is_current("docs/guides/base.md", &base_text());
    let folder = root().join("docs/guides");
    let files = fs::read_dir(folder).expect("the folder of guides").count();
    let known = guide::ALL.len() + guide::standard::ALL.len() + 2;
    assert_eq!(files, known, "docs/guides holds a file of a guide that is gone");
}

/// A set that has no guide here: loops and segments; their elements stand on the base's page.
fn standard_text(guide: &Guide) -> String {
    let mut text = begun(
        &format!("{} ({}): {}", guide.id, guide.set, guide.name),
        "Only the base standard is checked: the envelope, the order and number of segments, and each \
         element by [base.md](base.md). What the guide of this name narrows further (codes, \
         qualifiers, lengths, situations) is not. A segment that fits two places goes to the first \
         that is open, the innermost loop first. The names are ours.",
    );
    text.push_str("| loop | segment | usage | times | name |\n| --- | --- | --- | --- | --- |\n");
    list_loop(&mut text, &guide.table, 0);
    text
}

/// The rows of a loop, and those of the loops inside it where they stand.
fn list_loop(text: &mut String, table: &Loop, depth: usize) {
    for (index, row) in table.rows.iter().enumerate() {
        let slot = match row {
            Row::Inner(inner) => {
                list_loop(text, inner, depth + 1);
                continue;
            }
            Row::Segment(slot) => slot,
        };
        let opens = depth > 0 && index == 0;
        let (of_loop, usage_of, max) = match opens {
            true => (table.id, table.usage, table.repeat_max),
            false => ("", slot.usage, slot.use_max),
        };
        let name = if opens { table.name } else { slot.name };
        let (indent, tag) = ("· ".repeat(depth), slot.tag.text());
        let (usage_of, max) = (usage(usage_of), times(max));
        line(text, &format!("| {of_loop} | {indent}{tag} | {usage_of} | {max} | {name} |"));
    }
}

fn control_text() -> String {
    let mut text = begun(
        "Control segments",
        "What stands around transaction sets. ISA, IEA and TA1 are answered with a TA1, GS and GE \
         with a 999. ISA is 106 bytes with its terminator; the separators are read from it. The \
         names are ours.",
    );
    for row in guide::control::ROWS {
        if let Row::Segment(slot) = row {
            tell_segment(&mut text, slot);
        }
    }
    text
}

fn base_text() -> String {
    let mut text = begun(
        "Segments of the base standard",
        "Every segment of X12 005010 that a set we read can hold, with all its elements: what each \
         guide narrows. M is mandatory, O is optional. Behind the number of an element stand its \
         form and its length. The dependencies: P all or none, R at least one, E at most one, C the \
         first calls for the others, L the first calls for one of the others. An element without a \
         number is one whose number we have from no source; numbers with an I are of the \
         interchange. The names are ours.",
    );
    for base in guide::base::BASES {
        let notes: Vec<String> = base.notes.iter().map(ToString::to_string).collect();
        line(&mut text, &format!("\n## {} {}\n", base.tag.text(), base.name));
        if !notes.is_empty() {
            line(&mut text, &format!("Dependencies: {}.\n", notes.join(", ")));
        }
        list_elements(&mut text, &base.tag.text(), base.elements);
    }
    for composite in guide::base::COMPOSITES {
        let notes: Vec<String> = composite.notes.iter().map(ToString::to_string).collect();
        line(&mut text, &format!("\n## C{:03} {}\n", composite.number, composite.name));
        if !notes.is_empty() {
            line(&mut text, &format!("Dependencies: {}.\n", notes.join(", ")));
        }
        list_elements(&mut text, &format!("C{:03}-", composite.number), composite.parts);
    }
    text
}

fn list_elements(text: &mut String, of: &str, elements: &'static [Element]) {
    text.push_str("| element | usage | number | form | name |\n| --- | --- | --- | --- | --- |\n");
    for element in elements {
        let usage = if element.usage == Usage::Required { "M" } else { "O" };
        let (number, form) = match element.content {
            Content::Simple(data) => {
                let number = match data.number {
                    0 => String::new(),
                    number if number > 10_000 => format!("I{:02}", number - 10_000),
                    number => number.to_string(),
                };
                (number, format!("{} {}..{}", form(data.kind), data.len_min, data.len_max))
            }
            Content::Composite(parts) => {
                let is_it = |it: &&&guide::segments::Composite| std::ptr::eq(it.parts, parts);
                let composite = guide::base::COMPOSITES.iter().find(is_it);
                let number = composite.map_or(String::new(), |it| format!("C{:03}", it.number));
                (number, "composite".to_owned())
            }
        };
        let repeats = match element.repeat_max {
            1 => String::new(),
            times => format!(", up to {times} times"),
        };
        let (at, name) = (format!("{of}{:02}", element.position), element.name);
        line(text, &format!("| {at} | {usage} | {number} | {form}{repeats} | {name} |"));
    }
}

#[test]
fn every_command_has_a_sentence_and_an_example() {
    let mut commands: Vec<clap::Command> =
        Arguments::command().get_subcommands().cloned().collect();
    let mut wrong = Vec::new();
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands().cloned());
        let name = command.get_name();
        let is_leaf = !command.has_subcommands();
        if command.get_about().is_none() || (is_leaf && command.get_after_help().is_none()) {
            wrong.push(name.to_owned());
        }
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "format") {
            if argument.get_help().is_none() {
                wrong.push(format!("{name} {}", argument.get_id()));
            }
        }
    }
    assert!(wrong.is_empty(), "help is missing: {wrong:?}");
}

fn guide_text(guide: &Guide) -> String {
    let mut text = begun(
        &format!("{} ({}): {}", guide.id, guide.set, guide.name),
        "What we read, check and write, in the order of the guide. R is required, S is situational; \
         what does not stand here is not used. The names are ours. A length in brackets is the \
         guide's own where it is tighter than the standard's.",
    );
    let mut told: Vec<*const Loop> = Vec::new();
    tell_loop(&mut text, &guide.table, "", &mut told);
    text
}

/// A loop, and after it the loops inside it. A loop that stands in two places is told once.
fn tell_loop(text: &mut String, table: &Loop, within: &str, told: &mut Vec<*const Loop>) {
    let title = if table.id.is_empty() { "envelope of the set" } else { table.id };
    let within = if within.is_empty() { String::new() } else { format!(" in {within}") };
    line(text, &format!("\n## {title}{within}: {}\n", table.name));
    line(text, &format!("{}, {}.", usage(table.usage), times(table.repeat_max)));
    if told.contains(&std::ptr::from_ref(table)) {
        line(text, "\nAs above.");
        return;
    }
    told.push(table);
    for row in table.rows {
        match row {
            Row::Segment(slot) => tell_segment(text, slot),
            Row::Inner(inner) => line(text, &format!("\nHere: loop {}, {}.", inner.id, inner.name)),
        }
    }
    for row in table.rows {
        if let Row::Inner(inner) = row {
            tell_loop(text, inner, table.id, told);
        }
    }
}

fn tell_segment(text: &mut String, slot: &Slot) {
    let tag = slot.tag.text();
    let (usage, times) = (usage(slot.usage), times(slot.use_max));
    line(text, &format!("\n### {tag} {}\n\n{usage}, {times}{}.\n", slot.name, keys(slot)));
    if slot.elements.is_empty() {
        return;
    }
    text.push_str("| element | usage | name | form | values |\n| --- | --- | --- | --- | --- |\n");
    for element in slot.elements {
        let keys =
            slot.keys.iter().find(|key| (key.position, key.component) == (element.position, 0));
        let element = match (keys, element.codes) {
            (Some(key), Codes::Any) => Element { codes: Codes::Listed(key.codes), ..*element },
            _ => *element,
        };
        tell_element(text, &format!("{tag}{:02}", element.position), &element);
    }
}

/// Which qualifiers tell this segment from others with its tag.
fn keys(slot: &Slot) -> String {
    let mut text = String::new();
    for key in slot.keys.iter().filter(|key| key.position != 0) {
        let part = if key.component == 0 { String::new() } else { format!("-{}", key.component) };
        let at = format!("{}{:02}{part}", slot.tag.text(), key.position);
        write!(text, "; {at} is {}", key.codes.join(" or ")).expect("a String takes all");
    }
    text
}

fn tell_element(text: &mut String, at: &str, element: &Element) {
    let usage = match element.usage {
        Usage::Required => "R",
        Usage::Situational => "S",
    };
    let repeats = match element.repeat_max {
        1 => String::new(),
        times => format!(", up to {times} times"),
    };
    let (form, parts): (String, &[Element]) = match element.content {
        Content::Simple(data) => {
            let own = match element.guide_len_max {
                0 => String::new(),
                len => format!(" (at most {len})"),
            };
            (format!("{} {}..{}{own}", form(data.kind), data.len_min, data.len_max), &[])
        }
        Content::Composite(parts) => ("composite".to_owned(), parts),
    };
    let values = match element.codes {
        Codes::Any => String::new(),
        Codes::Listed(codes) => codes.join(" "),
        Codes::Set(name) => format!("code set {name}"),
    };
    line(text, &format!("| {at} | {usage} | {} | {form}{repeats} | {values} |", element.name));
    for part in parts {
        tell_element(text, &format!("{at}-{}", part.position), part);
    }
}

const fn usage(usage: Usage) -> &'static str {
    match usage {
        Usage::Required => "Required",
        Usage::Situational => "Situational",
    }
}

const fn form(kind: Kind) -> &'static str {
    match kind {
        Kind::AN => "text",
        Kind::ID => "code",
        Kind::DT => "date",
        Kind::TM => "time",
        Kind::N0 => "whole number",
        Kind::R => "number",
    }
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        UNBOUNDED => "any number of times".to_owned(),
        count => format!("up to {count} times"),
    }
}

fn begun(title: &str, about: &str) -> String {
    format!(
        "# {title}\n\n<!-- Written by tests/docs.rs from the code: UPDATE=1 cargo test --test docs -->\n\n{about}\n\n"
    )
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Compares a document with what it should say, or writes it when `UPDATE` is set.
fn is_current(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder to write in");
        fs::write(&file, text).expect("a document to write");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == text,
        "{path} is stale: run UPDATE=1 cargo test --test docs, and read the difference"
    );
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
