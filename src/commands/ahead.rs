//! A file that a person named, read a transaction set at a time by whoever writes in its order.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use bytes::Bytes;
use x12::foresight::{Foresight, Part, Sets};
use x12::interchange::{Group, Interchange, Set};
use x12::stream::SEGMENT_BYTES_MAX;

use super::{Failure, not_x12, open_file};
use crate::limits::SET_BYTES_MAX;

/// One of the readings of a file.
#[derive(Debug)]
pub enum Reader {
    File(File),
    /// What cannot be read twice, such as a pipe, is taken in first.
    Memory(Cursor<Bytes>),
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Reader::File(file) => file.read(buffer),
            Reader::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Reader::File(file) => file.seek(to),
            Reader::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// Opens a file, which may be of any size; gives its length, too.
pub fn open_ahead(path: &Path) -> Result<(Foresight<Reader>, u64), Failure> {
    let (mut first, len) = open_file(path)?;
    let is_file = first.metadata().is_ok_and(|metadata| metadata.is_file());
    if !is_file {
        let mut bytes = Vec::new();
        first.read_to_end(&mut bytes).map_err(|error| cannot_be_read(path, &error))?;
        let len = bytes.len() as u64;
        return Ok((in_memory(bytes.into()), len));
    }
    let open = || open_file(path).map(|(file, _)| Reader::File(file));
    let readers = [Reader::File(first), open()?, open()?, open()?];
    Ok((Foresight::new(readers, SET_BYTES_MAX), len))
}

/// The same of what is in memory.
pub fn in_memory(bytes: Bytes) -> Foresight<Reader> {
    let reader = || Reader::Memory(Cursor::new(bytes.clone()));
    Foresight::new([reader(), reader(), reader(), reader()], SET_BYTES_MAX)
}

/// Says so when a file was not read to its end.
pub fn all_was_read(file: &Foresight<Reader>, path: &Path) -> Result<(), Failure> {
    file.failure().map_or(Ok(()), |error| Err(cannot_be_read(path, error)))
}

/// Hears of a set: what is around it, by the outline, and the set itself, in an interchange and a
/// group of its own.
pub type EachSet<'a> =
    dyn FnMut((&Interchange, &Group), (&Interchange, &Group, &Set)) -> Result<(), Failure> + 'a;

/// Gives each remittance of a file to `each`. A file without any is of no use.
pub fn each_remittance(
    file: &mut Foresight<Reader>,
    of: (&Path, u64),
    each: &mut EachSet<'_>,
) -> Result<(), Failure> {
    each_set(file, of, ("835", "remittance (835)"), each)
}

/// Gives each set of a number to `each`. A file without any is of no use.
pub fn each_set(
    file: &mut Foresight<Reader>,
    (path, len): (&Path, u64),
    (number, what): (&str, &str),
    each: &mut EachSet<'_>,
) -> Result<(), Failure> {
    let (mut interchanges, mut sets) = (0, 0);
    let mut failed = None;
    while let Some(part) = file.next_part(&mut |_, _| {}) {
        let Part::Interchange(outline) = part else { continue };
        interchanges += 1;
        for around in &outline.groups {
            let told = file.next_group(&mut |interchange, group, set| {
                if interchange.set_header(set).text(1) != number.as_bytes() {
                    return Ok(());
                }
                sets += 1;
                let given = match set.is_passed_over() {
                    true => Err(too_large(path, interchange, set)),
                    false => each((&outline, around), (interchange, group, set)),
                };
                given.map_err(|failure| {
                    failed = Some(failure);
                    io::Error::other("no more is wanted")
                })
            });
            if told.is_err() {
                break;
            }
        }
        if let Some(failure) = failed {
            return Err(failure);
        }
    }
    all_was_read(file, path)?;
    if interchanges == 0 {
        return Err(not_x12(path, len));
    }
    if sets == 0 {
        let text = format!("{} holds no {what}", path.display());
        return Err(Failure::Unusable(text));
    }
    Ok(())
}

/// What to say of a set that is too large to be taken in one piece.
pub fn too_large(path: &Path, interchange: &Interchange, set: &Set) -> Failure {
    Failure::Unusable(format!(
        "{}: the transaction set at byte {} is larger than {} MiB, or has a segment larger than {} \
         MiB; `claimgate check` says which",
        path.display(),
        interchange.set_header(set).offset(),
        SET_BYTES_MAX >> 20,
        SEGMENT_BYTES_MAX >> 20
    ))
}

fn cannot_be_read(path: &Path, error: &io::Error) -> Failure {
    Failure::Unusable(format!("{} cannot be read: {error}", path.display()))
}
