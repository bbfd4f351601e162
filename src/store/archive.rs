//! Bytes, kept once, addressed by their SHA-256. They are on the disk before anything is decided
//! about them, and never changed.
//!
//! A file is written under another name, forced to the disk, and only then given its own name; so
//! what has a name is whole.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::change::ContentHash;

/// What went wrong in the archive.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk refused.
    #[error("could not {doing} {path}: {source}; {remedy}", remedy = remedy(source))]
    Failed { doing: &'static str, path: PathBuf, source: std::io::Error },
    /// Nothing is kept under this hash.
    #[error("{path} is not in the archive; restore it from a backup")]
    Missing { path: PathBuf },
    /// What is kept is not what was put there.
    #[error(
        "{path} does not hold what was put there; check the disk, and restore it from a backup"
    )]
    Damaged { path: PathBuf },
    /// The store is gone, and what it knew is here.
    #[error(
        "{store} is gone or empty, and {archive} holds files that came before: a new store would take \
         them for new, send their claims twice, and use control numbers again; put the store back from \
         a backup (docs/operating.md says how); to begin anew on purpose, move {archive} away first"
    )]
    StoreLost { store: PathBuf, archive: PathBuf },
}

/// What the archive's verbs give.
pub type Result<T> = std::result::Result<T, Error>;

/// Digits of the hash that name a file's directory: 256 directories keep each of them small.
const SHARD_DIGITS: usize = 2;

/// Where files stand until they are whole. What a crash leaves here belongs to nothing.
const UNFINISHED: &str = "unfinished";

/// A directory of files named by what is in them. Several processes may share it.
#[derive(Debug)]
pub struct Archive {
    dir: PathBuf,
    /// How many files this process began, so that no two have the same name.
    begun: AtomicU64,
}

impl Archive {
    /// Opens an archive, and makes its directory if it is new.
    pub fn open(dir: &Path) -> Result<Archive> {
        let unfinished = dir.join(UNFINISHED);
        let cannot = |source| Error::Failed { doing: "make", path: unfinished.clone(), source };
        fs::create_dir_all(&unfinished).map_err(cannot)?;
        sync_dir(dir)?;
        Ok(Archive { dir: dir.to_owned(), begun: AtomicU64::new(0) })
    }

    /// Refuses to go on with a store that is not there any more: it is made before the first file is kept.
    pub fn refuse_lost(&self, store: &Path) -> Result<()> {
        let is_there = fs::metadata(store).is_ok_and(|file| file.len() > 0);
        if is_there || self.kept()?.is_empty() {
            return Ok(());
        }
        Err(Error::StoreLost { store: store.to_owned(), archive: self.dir.clone() })
    }

    /// What is kept, by name alone.
    pub fn kept(&self) -> Result<Vec<ContentHash>> {
        let names = |dir: &Path| -> Result<Vec<(String, PathBuf)>> {
            let cannot = |source| Error::Failed { doing: "read", path: dir.to_owned(), source };
            let entries = fs::read_dir(dir).map_err(cannot)?;
            let named = entries.map(|entry| {
                let entry = entry.map_err(cannot)?;
                Ok((entry.file_name().to_string_lossy().into_owned(), entry.path()))
            });
            named.collect()
        };
        let mut kept = Vec::new();
        for (shard, path) in names(&self.dir)? {
            if shard.len() == SHARD_DIGITS && path.is_dir() {
                let files = names(&path)?.into_iter().map(|(name, _)| name);
                kept.extend(files.filter(|name| is_hash(name)).map(ContentHash));
            }
        }
        Ok(kept)
    }

    /// Whether files can be kept here now.
    pub fn probe(&self) -> Result<()> {
        for place in [self.dir.clone(), self.dir.join(UNFINISHED)] {
            let number = self.begun.fetch_add(1, Ordering::Relaxed);
            let probe = place.join(format!("probe-{}-{number}", std::process::id()));
            let written = fs::write(&probe, b"may this be written?");
            // On a full disk it was made, and cannot be filled.
            let removed = fs::remove_file(&probe);
            let failed = |source| Error::Failed { doing: "write into", path: place, source };
            written.and(removed).map_err(failed)?;
        }
        Ok(())
    }

    /// Keeps bytes. They survive a power cut once this returns.
    pub fn put(&self, bytes: &Bytes) -> Result<ContentHash> {
        let hash = hash_of(bytes);
        let (shard, path) = self.place(&hash);
        if !is_kept(&path, bytes) {
            if !shard.is_dir() {
                let cannot = |source| Error::Failed { doing: "make", path: shard.clone(), source };
                fs::create_dir_all(&shard).map_err(cannot)?;
                sync_dir(&self.dir)?;
            }
            self.write(bytes, &path)?;
        }
        // Even when it was there already: another process may have named it a moment ago.
        sync_dir(&shard)?;
        Ok(hash)
    }

    /// The bytes of this hash, proven to be the same.
    pub fn get(&self, hash: &ContentHash) -> Result<Bytes> {
        let (_, path) = self.place(hash);
        match fs::read(&path) {
            Ok(bytes) if hash_of(&bytes) == *hash => Ok(bytes.into()),
            Ok(_) => Err(Error::Damaged { path }),
            Err(source) if source.kind() == ErrorKind::NotFound => Err(Error::Missing { path }),
            Err(source) => Err(Error::Failed { doing: "read", path, source }),
        }
    }

    /// The directory and the file of a hash.
    fn place(&self, hash: &ContentHash) -> (PathBuf, PathBuf) {
        let ContentHash(digits) = hash;
        assert!(is_hash(digits), "{digits:?} is no hash, and could name any file");
        let shard = self.dir.join(digits.get(..SHARD_DIGITS).expect("digits are ASCII"));
        let path = shard.join(digits);
        (shard, path)
    }

    fn write(&self, bytes: &[u8], path: &Path) -> Result<()> {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.dir.join(UNFINISHED).join(format!("{}-{number}", std::process::id()));
        let written = write_whole(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, path));
        written.map_err(|source| {
            // The disk may be full: give back what we took. If that fails too, it is the same
            // trouble, and only space is lost.
            drop(fs::remove_file(&unfinished));
            Error::Failed { doing: "write", path: path.to_owned(), source }
        })
    }
}

/// The SHA-256 of bytes.
pub fn hash_of(bytes: &[u8]) -> ContentHash {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(digits, "{byte:02x}").expect("writing to a String does not fail");
    }
    ContentHash(digits)
}

fn is_hash(digits: &str) -> bool {
    digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Only whole files have a name, but a failing disk may have damaged one since.
fn is_kept(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|kept| kept == bytes)
}

/// Writes a file for its owner alone: it holds patients' data.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name is only on the disk when its directory is.
fn sync_dir(dir: &Path) -> Result<()> {
    let synced = File::open(dir).and_then(|dir| dir.sync_all());
    synced.map_err(|source| Error::Failed { doing: "sync", path: dir.to_owned(), source })
}

fn remedy(source: &std::io::Error) -> &'static str {
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full; free space, and nothing that was acknowledged is lost"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "let the gateway's user write there"
        }
        _ => "check the directory and the disk",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive() -> (tempfile::TempDir, Archive) {
        let dir = tempfile::tempdir().expect("a directory");
        let archive = Archive::open(&dir.path().join("archive")).expect("a new archive");
        (dir, archive)
    }

    #[test]
    fn gives_back_what_was_put() {
        let (_dir, archive) = archive();
        for bytes in [&b""[..], b"ISA*00*", &[0, 255, 10]] {
            let hash = archive.put(&Bytes::copy_from_slice(bytes)).expect("put");
            assert_eq!(hash, hash_of(bytes));
            assert_eq!(archive.get(&hash).expect("get"), bytes);
        }
    }

    #[test]
    fn names_bytes_as_others_do() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hash_of(b""), ContentHash(empty.to_owned()));
    }

    #[test]
    fn keeps_the_same_bytes_once_and_leaves_nothing_unfinished() {
        let (_dir, archive) = archive();
        let hash = archive.put(&Bytes::from_static(b"twice")).expect("put");
        let (shard, path) = archive.place(&hash);
        let before = fs::metadata(&path).expect("the file").modified().expect("its time");
        assert_eq!(archive.put(&Bytes::from_static(b"twice")).expect("put again"), hash);
        let after = fs::metadata(&path).expect("the file").modified().expect("its time");
        assert_eq!(before, after);
        assert_eq!(fs::read_dir(&shard).expect("the shard").count(), 1);
        let unfinished = archive.dir.join(UNFINISHED);
        assert_eq!(fs::read_dir(unfinished).expect("the directory").count(), 0);
    }

    #[test]
    fn says_when_bytes_are_missing_or_damaged() {
        let (_dir, archive) = archive();
        let missing = archive.get(&hash_of(b"never put"));
        assert!(matches!(missing, Err(Error::Missing { .. })));
        let hash = archive.put(&Bytes::from_static(b"good")).expect("put");
        fs::write(archive.place(&hash).1, b"bad!").expect("damage");
        assert!(matches!(archive.get(&hash), Err(Error::Damaged { .. })));
    }

    #[test]
    fn mends_a_file_that_was_damaged() {
        let (_dir, archive) = archive();
        let bytes = Bytes::from_static(b"all of it");
        let hash = archive.put(&bytes).expect("put");
        fs::write(archive.place(&hash).1, b"ill of it").expect("damage");
        archive.put(&bytes).expect("put again");
        assert_eq!(archive.get(&hash).expect("get"), bytes);
    }

    #[test]
    fn tells_path_trouble_and_remedy_when_the_disk_refuses() {
        let (_dir, archive) = archive();
        let unfinished = archive.dir.join(UNFINISHED);
        fs::remove_dir(&unfinished).expect("remove");
        fs::write(&unfinished, b"in the way").expect("block");
        let message = archive.put(&Bytes::from_static(b"x")).expect_err("refused").to_string();
        assert!(message.contains("could not write") && message.contains("check the directory"));
        for (kind, remedy) in [
            (ErrorKind::StorageFull, "free space"),
            (ErrorKind::PermissionDenied, "let the gateway's user write"),
            (ErrorKind::ReadOnlyFilesystem, "let the gateway's user write"),
        ] {
            let (doing, path) = ("write", PathBuf::from("/archive/ab"));
            let message = Error::Failed { doing, path, source: kind.into() }.to_string();
            assert!(message.contains("/archive/ab") && message.contains(remedy), "{message}");
        }
    }

    #[test]
    fn goes_on_with_no_store_that_was_lost() {
        let (dir, archive) = archive();
        let store = dir.path().join("claimgate.db");
        archive.refuse_lost(&store).expect("nothing came yet");
        let hash = archive.put(&Bytes::from_static(b"a file")).expect("put");
        assert_eq!(archive.kept().expect("read"), [hash]);
        for lost in [false, true] {
            if lost {
                fs::write(&store, b"").expect("emptied");
            }
            let message = archive.refuse_lost(&store).expect_err("refused").to_string();
            assert!(
                message.contains("from a backup") && message.contains("away first"),
                "{message}"
            );
        }
        fs::write(&store, b"SQLite").expect("a store");
        archive.refuse_lost(&store).expect("a store is there");
    }

    #[test]
    #[should_panic(expected = "could name any file")]
    fn refuses_a_hash_that_is_a_path() {
        drop(archive().1.get(&ContentHash("../../etc/passwd".to_owned())));
    }
}
