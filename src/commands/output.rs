//! Where a command writes what it makes: to the terminal, or to a file that is there whole or not at
//! all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Failure;

/// What is written, as far as it has been.
pub enum Output<'a> {
    Terminal(&'a mut dyn Write),
    /// What is no file, such as a pipe, is written to as it is.
    Through(BufWriter<File>, PathBuf),
    New(NewFile),
}

/// Who may read what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    AsTheSystemHasIt,
    OwnerAlone,
}

/// A file that takes the place of another when it is whole.
pub struct NewFile {
    file: BufWriter<File>,
    temporary: PathBuf,
    whole: PathBuf,
    is_whole: bool,
}

impl<'a> Output<'a> {
    /// Opens the file of this name, or else takes the terminal.
    pub fn new(path: Option<&Path>, out: &'a mut dyn Write) -> Result<Output<'a>, Failure> {
        let Some(path) = path else { return Ok(Output::Terminal(out)) };
        Output::open(path, Reader::AsTheSystemHasIt)
    }

    /// Opens the file of this name for its owner alone, for it may name patients.
    pub fn private(path: &Path) -> Result<Output<'static>, Failure> {
        Output::open(path, Reader::OwnerAlone)
    }

    fn open(path: &Path, reader: Reader) -> Result<Output<'a>, Failure> {
        let opened = match fs::metadata(path).ok() {
            Some(there) if !there.is_file() => File::options()
                .write(true)
                .open(path)
                .map(|file| Output::Through(BufWriter::new(file), path.to_owned())),
            before => NewFile::begin(path, before, reader).map(Output::New),
        };
        opened.map_err(|error| not_written(path, &error))
    }

    /// Ends it. Before that, a file is not there, or is what it was.
    pub fn finish(self) -> Result<(), Failure> {
        let (written, path) = match self {
            Output::Terminal(_) => return Ok(()),
            Output::Through(mut file, path) => (file.flush(), path),
            Output::New(mut new) => (new.finish(), new.whole.clone()),
        };
        written.map_err(|error| not_written(&path, &error))
    }
}

impl NewFile {
    fn begin(path: &Path, before: Option<fs::Metadata>, reader: Reader) -> io::Result<NewFile> {
        // A link stays, and what it points to is written.
        let whole = match before {
            Some(_) => fs::canonicalize(path)?,
            None => path.to_owned(),
        };
        let mut name = OsString::from(".");
        name.push(whole.file_name().unwrap_or_default());
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = whole.with_file_name(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if reader == Reader::OwnerAlone {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let file = BufWriter::new(options.open(&temporary)?);
        let new = NewFile { file, temporary, whole, is_whole: false };
        if let Some(before) = before.filter(|_| reader == Reader::AsTheSystemHasIt) {
            new.file.get_ref().set_permissions(before.permissions())?;
        }
        Ok(new)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.temporary, &self.whole)?;
        self.is_whole = true;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.is_whole {
            // What is left of it names patients.
            fs::remove_file(&self.temporary).ok();
        }
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Terminal(out) => out.write(bytes),
            Output::Through(file, _) => file.write(bytes),
            Output::New(new) => new.file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Terminal(out) => out.flush(),
            Output::Through(file, _) => file.flush(),
            Output::New(new) => new.file.flush(),
        }
    }
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    Failure::World(format!("{} could not be written: {error}", path.display()))
}
