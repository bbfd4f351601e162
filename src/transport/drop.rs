//! An atomic drop: a file is in a directory whole, or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::Error;

/// Writes a file so that nobody sees it half, and so that it survives a power cut once this has
/// returned. Makes the directory when it is missing.
///
/// The same name again with the same bytes is fine; with other bytes it is an error.
pub fn drop_file(directory: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = directory.join(name);
    match fs::read(&path) {
        // A crash may have come between the rename and the sync of the directory.
        Ok(there) if there == bytes => return sync(directory),
        Ok(_) => return Err(Error::Occupied(path)),
        // Nothing there, or nothing that can be read; writing will tell.
        Err(_) => {}
    }
    replace_file(directory, name, bytes)
}

/// As `drop_file`, over whatever has that name.
pub(super) fn replace_file(directory: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    assert!(is_plain(name), "a file of ours has a name that is a path");
    let failed = |doing, place: &Path| {
        let place = place.to_path_buf();
        move |source| Error::File { doing, place, source }
    };
    fs::create_dir_all(directory).map_err(failed("make the directory", directory))?;
    let path = directory.join(name);
    // Whatever a crash left under this name is overwritten.
    let draft = directory.join(format!("{name}.tmp"));
    if let Err(error) = write(&draft, bytes) {
        // A draft that filled the disk would keep it full. If it cannot be removed, so be it.
        fs::remove_file(&draft).ok();
        return Err(failed("write", &path)(error));
    }
    fs::rename(&draft, &path).map_err(failed("write", &path))?;
    sync(directory)
}

/// Whether a directory is there and can be written.
pub(super) fn probe(directory: &Path) -> Result<(), Error> {
    let path = directory.join(".claimgate-probe.tmp");
    let written = fs::write(&path, b"may this be written?");
    // On a full disk it was made, and cannot be filled.
    let removed = fs::remove_file(&path);
    written.and(removed).map_err(|source| Error::File {
        doing: "write into",
        place: directory.into(),
        source,
    })
}

/// Makes what was renamed into or out of a directory durable.
pub(super) fn sync(directory: &Path) -> Result<(), Error> {
    let synced = File::open(directory).and_then(|directory| directory.sync_all());
    synced.map_err(|source| Error::File { doing: "sync", place: directory.into(), source })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', '\0'])
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn drops_whole_files_and_makes_the_directory() {
        let root = TempDir::new().expect("a directory");
        let acks = root.path().join("deep/acks");
        drop_file(&acks, "1.999", b"ISA").expect("written");
        drop_file(&acks, "1.999", b"ISA").expect("the same again");
        assert_eq!(fs::read(acks.join("1.999")).expect("a file"), b"ISA");
        assert_eq!(fs::read_dir(&acks).expect("a listing").count(), 1);
    }

    #[test]
    fn overwrites_what_a_crash_left_but_never_another_file() {
        let root = TempDir::new().expect("a directory");
        fs::write(root.path().join("1.999.tmp"), b"half of something longer").expect("a file");
        drop_file(root.path(), "1.999", b"ISA").expect("written");
        assert_eq!(fs::read(root.path().join("1.999")).expect("a file"), b"ISA");
        let error = drop_file(root.path(), "1.999", b"other").expect_err("occupied");
        assert!(error.to_string().contains("holds other bytes already"), "{error}");
    }

    #[test]
    fn says_what_to_do_when_it_cannot_write() {
        let root = TempDir::new().expect("a directory");
        let wall = root.path().join("wall");
        fs::write(&wall, b"").expect("a file");
        let error = drop_file(&wall, "1.999", b"ISA").expect_err("not a directory").to_string();
        assert!(error.contains("wall") && error.contains("move it away"), "{error}");
        assert!(probe(&wall).is_err());
        assert!(probe(&root.path().join("missing")).is_err());
        assert!(probe(root.path()).is_ok());
    }
}
