//! Which files are meant: those that are named, and all that lie in folders that are named.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::commands::Failure;
use crate::transport::look::is_excluded;

/// A file to be checked.
#[derive(Debug, PartialEq, Eq)]
pub struct Chosen {
    pub path: PathBuf,
    /// Whether it was named itself. What only lies in a folder need not be X12.
    pub is_named: bool,
}

/// The files, those of each folder in the order of their names. What is hidden or still being
/// written is left out of folders.
pub fn chosen(named: &[PathBuf]) -> Result<Vec<Chosen>, Failure> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            let failed = |source: io::Error| {
                Failure::Unusable(format!("{} cannot be read: {source}", path.display()))
            };
            add_folder(path, &mut files).map_err(failed)?;
        } else {
            files.push(Chosen { path: path.clone(), is_named: true });
        }
    }
    Ok(files)
}

fn add_folder(folder: &Path, files: &mut Vec<Chosen>) -> io::Result<()> {
    let entries: Result<Vec<fs::DirEntry>, io::Error> = fs::read_dir(folder)?.collect();
    let mut entries = entries?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries.iter().filter(|entry| !is_excluded(&entry.file_name())) {
        // A link to a folder may lead round in a circle: only what lies here itself is gone into.
        let kind = entry.file_type()?;
        let path = entry.path();
        if kind.is_dir() {
            add_folder(&path, files)?;
        } else if path.is_file() {
            files.push(Chosen { path, is_named: false });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_lies_in_a_folder_in_order_and_leaves_out_what_is_unfinished() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.edi", "a.edi", ".hidden", "c.tmp", "~d.edi", "e.EDI.PART"] {
            fs::write(folder.path().join(name), "ISA").expect("written");
        }
        fs::create_dir(folder.path().join("aa")).expect("made");
        fs::write(folder.path().join("aa/z.txt"), "").expect("written");
        let outside = folder.path().join("none.edi");
        let files = chosen(&[folder.path().to_owned(), outside.clone()]).expect("files");
        let names: Vec<String> = files
            .iter()
            .map(|file| file.path.strip_prefix(folder.path()).expect("here").display().to_string())
            .collect();
        assert_eq!(names, ["a.edi", "aa/z.txt", "b.edi", "none.edi"]);
        let named: Vec<bool> = files.iter().map(|file| file.is_named).collect();
        assert_eq!(named, [false, false, false, true]);
    }
}
