//! The imported code sets on the disk: `codes/SET.table` in the data directory, each written whole
//! under another name and then renamed.

use std::fs::{self, File};
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
            let bytes = fs::read(&path).map_err(cannot)?;
            let damaged = || Error::Damaged { path: path.clone() };
            tables.push(Table::unpack(&bytes).ok_or_else(damaged)?);
        }
    }
    Ok(Library::with(tables))
}

/// Puts a table in the place of its earlier edition; how many bytes it takes. The earlier one stays
/// in force until the new one is on the disk.
pub fn put(data: &Path, table: &Table) -> Result<u64, Error> {
    let dir = data.join(FOLDER);
    let set = &table.about.set;
    let (path, unfinished) = (dir.join(format!("{set}.{ENDING}")), dir.join(format!(".{set}.tmp")));
    let bytes = table.pack();
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(&dir)?;
        let mut file = File::create(&unfinished)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        File::open(&dir)?.sync_all()
    };
    write().map_err(|source| Error::Failed { doing: "write", path: path.clone(), source })?;
    Ok(bytes.len() as u64)
}

const FOLDER: &str = "codes";
const ENDING: &str = "table";
