//! `claimgate show`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use x12::guide::row::{Content, Slot};
use x12::interchange::{Group, Interchange, Set};
use x12::segment::Segment;
use x12::value::Day;
use x12::walk::Placed;

use super::{Failure, Outcome, day_or_today, not_x12, parse_day, read_file};
use crate::inspect::{Note, Options, element_name, inspect, set_name};
use crate::intake::judge::judge;
use crate::scrub::rules::ALL;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimgate show batch.edi | less")]
pub struct ShowArguments {
    /// The file to lay out.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The day that date-dependent checks use; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    as_of: Option<Day>,
}

/// Lays a file out: loops indented, segments and elements named, findings in place.
pub fn run(arguments: &ShowArguments, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let bytes = read_file(&arguments.file)?;
    let options = Options { today: day_or_today(arguments.as_of), rules: ALL, only_rules: false };
    // Findings by the segment that they are at, in file order: its byte is its key.
    let mut notes: BTreeMap<usize, Vec<Note>> = BTreeMap::new();
    let summary = inspect(&bytes, &options, &mut |note| {
        notes.entry(note.place.offset).or_default().push(note);
    });
    let reading = x12::interchange::read(&bytes);
    if reading.interchanges.is_empty() {
        return Err(not_x12(&arguments.file, &bytes));
    }
    for interchange in &reading.interchanges {
        let mut page = Page { interchange, notes: &mut notes, out: &mut *out };
        page.write()?;
    }
    for stray in &reading.strays {
        writeln!(out, "bytes {} to {} belong to no interchange", stray.start, stray.end)?;
    }
    Ok(Outcome::from_findings(summary.to_act_on > 0))
}

struct Page<'a> {
    interchange: &'a Interchange,
    notes: &'a mut BTreeMap<usize, Vec<Note>>,
    out: &'a mut dyn Write,
}

impl Page<'_> {
    fn write(&mut self) -> Result<(), Failure> {
        let interchange = self.interchange;
        self.write_envelope(0, "interchange", &interchange.header())?;
        for ta1 in interchange.ta1s() {
            self.write_envelope(1, "interchange acknowledgment", &ta1)?;
        }
        for group in &interchange.groups {
            self.write_envelope(1, "functional group", &interchange.group_header(group))?;
            for set in &group.sets {
                self.write_set(group, set)?;
            }
            if let Some(trailer) = interchange.group_trailer(group) {
                self.write_envelope(1, "end of the group", &trailer)?;
            }
        }
        self.write_notes_until(interchange.span().end, 1)
    }

    fn write_envelope(
        &mut self,
        depth: usize,
        name: &str,
        segment: &Segment<'_>,
    ) -> Result<(), Failure> {
        // ISA02 and ISA04 are passwords in some channels.
        let is_header = segment.tag_bytes() == b"ISA";
        let elements: Vec<String> = segment
            .elements()
            .enumerate()
            .map(|(n, text)| match n {
                2 | 4 if is_header && text.iter().any(|&byte| byte != b' ') => {
                    "(hidden)".to_owned()
                }
                _ => String::from_utf8_lossy(text).into_owned(),
            })
            .collect();
        writeln!(self.out, "{:indent$}{}  {name}", "", elements.join("*"), indent = depth * 2)?;
        self.write_notes_until(segment.end() + 1, depth + 1)
    }

    fn write_set(&mut self, group: &Group, set: &Set) -> Result<(), Failure> {
        let interchange = self.interchange;
        let judged = judge(interchange, group, set);
        let name = judged.guide.map_or("transaction set", |guide| guide.name);
        writeln!(self.out, "    {} ({name})", set_name(interchange, group, set))?;
        let mut placed = judged.walked.placed.iter().peekable();
        let mut depth = 0;
        for segment in interchange.set_segments(set) {
            let own = placed.next_if(|known| known.number == segment.number());
            if let Some(own) = own {
                depth = usize::from(own.depth);
                if own.opens && own.depth > 0 {
                    let table = own.table;
                    let indent = 4 + depth * 2;
                    writeln!(self.out, "{:indent$}loop {} {}", "", table.id, table.name)?;
                }
            }
            self.write_segment(&segment, own, 6 + depth * 2)?;
        }
        Ok(())
    }

    fn write_segment(
        &mut self,
        segment: &Segment<'_>,
        placed: Option<&Placed>,
        indent: usize,
    ) -> Result<(), Failure> {
        let text = String::from_utf8_lossy(segment.bytes()).into_owned();
        let name = placed.map_or("(no place in the guide)", |placed| placed.slot.name);
        writeln!(self.out, "{:indent$}{:>4}  {text}  {name}", "", segment.number())?;
        if let Some(placed) = placed {
            self.write_elements(segment, placed.slot, indent + 6)?;
        }
        let end = segment.end() + 1;
        self.write_notes_until(end, (indent + 6) / 2)
    }

    fn write_elements(
        &mut self,
        segment: &Segment<'_>,
        slot: &Slot,
        indent: usize,
    ) -> Result<(), Failure> {
        let tag = slot.tag.text();
        for element in slot.elements {
            let n = usize::from(element.position);
            let text = segment.text(n);
            if text.is_empty() {
                continue;
            }
            let Content::Composite(parts) = element.content else {
                let text = String::from_utf8_lossy(text);
                writeln!(self.out, "{:indent$}{tag}{n:02} {}: {text}", "", element.name)?;
                continue;
            };
            for part in parts {
                let text = segment.part(n, usize::from(part.position));
                if !text.is_empty() {
                    let text = String::from_utf8_lossy(text);
                    let m = part.position;
                    writeln!(self.out, "{:indent$}{tag}{n:02}-{m} {}: {text}", "", part.name)?;
                }
            }
        }
        Ok(())
    }

    /// Writes the findings that lie before `end`.
    fn write_notes_until(&mut self, end: usize, depth: usize) -> Result<(), Failure> {
        let later = self.notes.split_off(&end);
        let due = std::mem::replace(self.notes, later);
        for note in due.into_values().flatten() {
            let place = element_name(&note.segment, &note.place);
            writeln!(
                self.out,
                "{:indent$}>> {} {} at {place}: {}; {}",
                "",
                note.severity.name(),
                note.code,
                note.what,
                note.fix,
                indent = depth * 2
            )?;
        }
        Ok(())
    }
}
