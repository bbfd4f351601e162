//! The imported code sets on the disk: `codes/SET.table` in the data directory, each written whole
//! under another name and then renamed.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::code_sets::library::Library;
use crate::code_sets::table::Table;

/// What went wrong with the shelf.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("could not {doing} {path}: {source}")]
    Failed { doing: &'static str, path: PathBuf, source: std::io::Error },
    #[error("{path} is damaged, or of another version of claimgate; import the set again")]
    Damaged { path: PathBuf },
    #[error("{path} holds the set {set}, and is not called so; rename it, or import the set again")]
    Misnamed { path: PathBuf, set: String },
    #[error("{path} is no file that can be read; remove it")]
    NoFile { path: PathBuf },
}

/// Everything that was imported into a data directory, over what is built in. A directory that is
/// not there has nothing.
pub fn load(data: &Path) -> Result<Arc<Library>, Error> {
    let dir = data.join(FOLDER);
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Library::built_in()),
        Err(source) => return Err(Error::Failed { doing: "read", path: dir, source }),
    };
    let mut tables = Vec::new();
    for entry in entries {
        let cannot = |source| Error::Failed { doing: "read", path: dir.clone(), source };
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            let cannot = |source| Error::Failed { doing: "read", path: path.clone(), source };
            // To read a pipe might never end.
            if !fs::metadata(&path).map_err(cannot)?.is_file() {
                return Err(Error::NoFile { path });
            }
            let bytes = fs::read(&path).map_err(cannot)?;
            let damaged = || Error::Damaged { path: path.clone() };
            let table = Table::unpack(&bytes).ok_or_else(damaged)?;
            if path.file_stem().is_none_or(|name| name != table.about.set.as_str()) {
                return Err(Error::Misnamed { path, set: table.about.set });
            }
            tables.push(table);
        }
    }
    Ok(Library::with(tables))
}

/// Waits until no other process changes the shelf, and keeps others waiting while the file is held;
/// the system gives it back when the process ends, however it ends. Tells first when it has to wait.
pub fn take_turn(data: &Path, tell_wait: impl FnOnce()) -> Result<File, Error> {
    let dir = data.join(FOLDER);
    let path = dir.join(".lock");
    let turn = || -> std::io::Result<File> {
        fs::create_dir_all(&dir)?;
        let turn = File::create(&path)?;
        match turn.try_lock() {
            Ok(()) => return Ok(turn),
            Err(TryLockError::WouldBlock) => tell_wait(),
            // What cannot be tried may be waited for, and tells then what is wrong.
            Err(TryLockError::Error(_)) => {}
        }
        turn.lock()?;
        Ok(turn)
    };
    turn().map_err(|source| Error::Failed { doing: "lock", path: path.clone(), source })
}

/// Takes a table away; false when there is none.
pub fn remove(data: &Path, set: &str) -> Result<bool, Error> {
    let dir = data.join(FOLDER);
    let path = dir.join(format!("{set}.{ENDING}"));
    match fs::remove_file(&path).and_then(|()| File::open(&dir)?.sync_all()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(source) => Err(Error::Failed { doing: "remove", path, source }),
    }
}

/// Puts a table in the place of its earlier edition; how many bytes it takes. The earlier one stays
/// in force until the new one is on the disk.
pub fn put(data: &Path, table: &Table) -> Result<u64, Error> {
    let dir = data.join(FOLDER);
    let set = &table.about.set;
    let path = dir.join(format!("{set}.{ENDING}"));
    // Of this process alone, also where the disk knows no locks.
    let unfinished = dir.join(format!(".{set}.{}.tmp", std::process::id()));
    let bytes = table.pack();
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(&dir)?;
        let mut file = File::create(&unfinished)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        File::open(&dir)?.sync_all()
    };
    write().map_err(|source| {
        fs::remove_file(&unfinished).ok();
        Error::Failed { doing: "write", path: path.clone(), source }
    })?;
    Ok(bytes.len() as u64)
}

const FOLDER: &str = "codes";
const ENDING: &str = "table";
