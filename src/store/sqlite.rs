//! SQLite: a file, its connections, and the few calls that the verbs are written with. Nothing of
//! SQLite is known outside this file and `schema/`.
//!
//! Several processes may have the file open: the daemon and the commands of an operator. A
//! transaction that writes therefore takes the write lock at its beginning and waits for it, so
//! that it never has to be given up half way.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, TransactionBehavior, ffi};

use super::sql::values::Value;
use super::{Error, Result};

/// How long to wait for another process's transaction. A commit of ten thousand claims takes well
/// under a second, so that this is for a disk that stalls.
const BUSY_WAIT_MS: u64 = 10_000;

/// Idle connections that are kept for reading; more are opened when more read at once.
const IDLE_READERS_MAX: usize = 4;

/// More statements than the verbs have.
const STATEMENTS_KEPT_MAX: usize = 128;

/// What a connection keeps of the file in memory, in KiB: a commit of ten thousand claims fits, so
/// that it is written once, in order.
const WRITER_CACHE_KIB: i64 = 65_536;

/// A damaged file may have thousands of damages.
const DAMAGES_MAX: u32 = 20;

/// More than most statements have that add a row.
const INSERT_BYTES: usize = 512;

/// Above this the journal is cut back after it was folded into the file.
const JOURNAL_BYTES_KEPT_MAX: i64 = 64 * 1024 * 1024;

mod schema {
    refinery::embed_migrations!("src/store/schema");
}

/// A SQLite file with one connection to write and a few to read.
pub struct Database {
    path: PathBuf,
    /// Which file it was when it was opened. Somebody may move it away, and the system lets us write on.
    file: Option<FileId>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Database {
    /// Opens a file, or makes it, and brings its tables up to date.
    pub fn open(path: &Path) -> Result<Database> {
        let cannot_open = |source| Error::Open { path: path.to_owned(), source };
        // Two processes that make the tables at once would each do it.
        let _turn = take_turn(path).map_err(|error| cannot_open(error.into()))?;
        make_private(path).map_err(|error| cannot_open(error.into()))?;
        let mut writer = connect(path).map_err(|error| cannot_open(error.into()))?;
        prepare_writer(&writer).map_err(|error| cannot_open(error.into()))?;
        migrate(&mut writer, path)?;
        let (writer, readers) = (Mutex::new(writer), Mutex::default());
        Ok(Database { path: path.to_owned(), file: file_id(path), writer, readers })
    }

    /// Whether what is written still comes to the file that everybody else finds.
    fn is_there(&self) -> Result<()> {
        if self.file.is_some() && file_id(&self.path) == self.file {
            return Ok(());
        }
        Err(Error::Gone { path: self.path.clone() })
    }

    /// Waits until no other process opens the file, and keeps others waiting as long as the turn is held.
    pub fn take_turn(&self) -> Result<File> {
        take_turn(&self.path)
            .map_err(|error| Error::Failed { doing: "waiting for a turn", source: error.into() })
    }

    /// Reads in one transaction: all of it sees the same moment.
    pub fn read<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Session<'_>) -> Result<T>,
    ) -> Result<T> {
        self.is_there()?;
        let failed = |error| failure(doing, error);
        let idle = lock(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => connect_reader(&self.path).map_err(failed)?,
        };
        let transaction = reader.transaction().map_err(failed)?;
        let answer = work(&Session { connection: &transaction, doing });
        drop(transaction);
        let mut idle = lock(&self.readers);
        if idle.len() < IDLE_READERS_MAX {
            idle.push(reader);
        }
        answer
    }

    /// What is wrong with the pages of the file. SQLite names tables, columns and pages, never values.
    pub fn damages(&self) -> Result<Vec<String>> {
        self.read("checking the file", |session| {
            let statement = format!("PRAGMA quick_check({DAMAGES_MAX})");
            let mut found = session.query(&statement, &[], |row| row.string())?;
            found.retain(|said| said != "ok");
            Ok(found)
        })
    }

    /// Writes all that `work` writes, or nothing when it fails. What it wrote is on the disk when
    /// this returns.
    pub fn write<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Session<'_>) -> Result<T>,
    ) -> Result<T> {
        let failed = |error| failure(doing, error);
        let mut writer = lock(&self.writer);
        self.is_there()?;
        let transaction =
            writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let answer = work(&Session { connection: &transaction, doing })?;
        transaction.commit().map_err(failed)?;
        // It may have gone in the meantime; then nobody is told of it.
        self.is_there()?;
        Ok(answer)
    }
}

/// A transaction that is open, and what it is for.
pub struct Session<'a> {
    connection: &'a Connection,
    doing: &'static str,
}

impl Session<'_> {
    /// Runs a statement that writes; gives how many rows it wrote.
    pub fn exec(&self, statement: &str, values: &[Value<'_>]) -> Result<usize> {
        let mut prepared = self.connection.prepare_cached(statement).map_err(self.failed())?;
        prepared.execute(rusqlite::params_from_iter(values)).map_err(self.failed())
    }

    /// Adds a row; gives its number.
    pub fn insert(&self, table: &str, row: &[(&'static str, Value<'_>)]) -> Result<i64> {
        // Rows come by the ten thousand, so that its text is made without growing.
        let mut statement = String::with_capacity(INSERT_BYTES);
        statement.push_str("INSERT INTO ");
        statement.push_str(table);
        statement.push_str(" (");
        for (index, (column, _)) in row.iter().enumerate() {
            statement.push_str(if index == 0 { "" } else { ", " });
            statement.push_str(column);
        }
        statement.push_str(") VALUES (");
        for index in 0..row.len() {
            statement.push_str(if index == 0 { "?" } else { ", ?" });
        }
        statement.push(')');
        let mut prepared = self.connection.prepare_cached(&statement).map_err(self.failed())?;
        let values = row.iter().map(|(_, value)| value);
        prepared.insert(rusqlite::params_from_iter(values)).map_err(self.failed())
    }

    /// Runs a statement that answers; `read` makes something of each row.
    pub fn query<T>(
        &self,
        statement: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&mut Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut prepared = self.connection.prepare_cached(statement).map_err(self.failed())?;
        let mut rows = prepared.query(rusqlite::params_from_iter(values)).map_err(self.failed())?;
        let mut answer = Vec::new();
        while let Some(row) = rows.next().map_err(self.failed())? {
            answer.push(read(&mut Row { row, next: 0, doing: self.doing })?);
        }
        Ok(answer)
    }

    /// Runs a statement that answers with one row at most.
    pub fn query_one<T>(
        &self,
        statement: &str,
        values: &[Value<'_>],
        read: impl FnMut(&mut Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut rows = self.query(statement, values, read)?;
        assert!(rows.len() <= 1, "a question for one row was answered with {}", rows.len());
        Ok(rows.pop())
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> Error + use<> {
        let doing = self.doing;
        move |error| failure(doing, error)
    }
}

/// A row of an answer, read from its first column to its last.
pub struct Row<'a> {
    row: &'a rusqlite::Row<'a>,
    next: usize,
    doing: &'static str,
}

impl Row<'_> {
    /// The next column, a number.
    pub fn int(&mut self) -> Result<i64> {
        self.maybe_int()?.ok_or(Error::Unreadable { what: "an empty number" })
    }

    /// The next column, a number or nothing.
    pub fn maybe_int(&mut self) -> Result<Option<i64>> {
        match self.value()? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(number) => Ok(Some(number)),
            ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => {
                Err(Error::Unreadable { what: "something else in place of a number" })
            }
        }
    }

    /// The next column, text.
    pub fn text(&mut self) -> Result<&str> {
        self.maybe_text()?.ok_or(Error::Unreadable { what: "an empty text" })
    }

    /// The next column, text of our own.
    pub fn string(&mut self) -> Result<String> {
        self.text().map(str::to_owned)
    }

    /// The next column, text or nothing.
    pub fn maybe_text(&mut self) -> Result<Option<&str>> {
        let unreadable = Error::Unreadable { what: "something else in place of text" };
        match self.value()? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).map(Some).map_err(|_| unreadable),
            ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => Err(unreadable),
        }
    }

    /// The next column, bytes.
    pub fn bytes(&mut self) -> Result<&[u8]> {
        match self.value()? {
            ValueRef::Blob(bytes) => Ok(bytes),
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) => {
                Err(Error::Unreadable { what: "something else in place of bytes" })
            }
        }
    }

    fn value(&mut self) -> Result<ValueRef<'_>> {
        let at = self.next;
        self.next += 1;
        self.row.get_ref(at).map_err(|error| failure(self.doing, error))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Int(number) => ToSqlOutput::Borrowed(ValueRef::Integer(number)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::Day(day) => ToSqlOutput::Owned(day.to_string().into()),
        })
    }
}

/// A lock that a panic left behind is as good as new: the transaction of that panic was rolled
/// back while it unwound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// SQLite's messages name tables and columns, never values.
fn failure(doing: &'static str, error: rusqlite::Error) -> Error {
    if let rusqlite::Error::SqliteFailure(code, _) = &error
        && code.extended_code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY
    {
        return Error::Dangling;
    }
    Error::Failed { doing, source: error.into() }
}

/// Makes the file, if it is new, for its owner alone: it will hold patients' data. SQLite gives
/// the journal the same permissions.
///
/// A file that is there already must not be opened here: to close it again would take the locks
/// away that other connections of this process hold on it.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// A file, whatever it is called: its device and its number there.
type FileId = (u64, u64);

/// Asks for no more than its name, for a file that is opened and closed here loses its locks.
#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;

    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn file_id(path: &Path) -> Option<FileId> {
    std::fs::metadata(path).ok().map(|_| (0, 0))
}

/// Waits until no other process opens the store, and keeps others waiting while the file is held.
fn take_turn(path: &Path) -> std::io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let turn = OpenOptions::new().write(true).create(true).truncate(false).open(name)?;
    turn.lock()?;
    Ok(turn)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    // Never makes a file: an empty one in the place of one that was moved away would be taken for it.
    let connection =
        Connection::open_with_flags(path, OpenFlags::default() - OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.busy_timeout(Duration::from_millis(BUSY_WAIT_MS))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT_MAX);
    connection.pragma_update(None, "foreign_keys", true)?;
    // Or a statement that is asked with other values is planned anew each time, to see whether a
    // partial index fits them; planning takes longer than answering.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

fn connect_reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = connect(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn prepare_writer(connection: &Connection) -> rusqlite::Result<()> {
    // Some network file systems cannot do it. All still holds there, but readers and the writer
    // wait for one another.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // What was acknowledged must survive a power cut, which NORMAL does not promise.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    connection.pragma_update(None, "journal_size_limit", JOURNAL_BYTES_KEPT_MAX)?;
    Ok(())
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    use refinery::error::Kind;

    // Grouped: a step and the note that it was taken are one transaction.
    match schema::migrations::runner().set_grouped(true).run(connection) {
        Ok(_) => Ok(()),
        Err(error) => Err(match error.kind() {
            Kind::MissingVersion(_) | Kind::DivergentVersion(..) => {
                Error::Unreadable { what: "tables of another version" }
            }
            _ => Error::Open { path: path.to_owned(), source: error.into() },
        }),
    }
}
