//! SQLite, opened one way: what is committed survives a power cut, what is damaged is noticed.

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rusqlite::Connection;

use super::StoreError;

/// Durability before speed (WAL with FULL lost no acknowledged commit in simulated power cuts, with
/// NORMAL it did); no trust in what the file says; no memory map, whose errors would be signals.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA busy_timeout = 5000;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
";

/// Who may write a database that is made: whoever the umask leaves. SQLite by itself leaves out the group,
/// and play and sync are two accounts of one group that write the same files. Its logs do as the file does.
const MODE: u32 = 0o666;

/// Opens a database, made when absent, and brings it to the last of `migrations`.
pub(super) fn open(path: &Path, migrations: &[&str]) -> Result<Connection, StoreError> {
    let failed = failure(path);
    make(path).map_err(StoreError::io(path))?;
    let mut connection = Connection::open(path).map_err(&failed)?;
    connection.execute_batch(PRAGMAS).map_err(&failed)?;
    migrate(&mut connection, path, migrations)?;
    Ok(connection)
}

/// An empty file, where there is none: to SQLite it is a database without tables.
fn make(path: &Path) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true).mode(MODE);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Wraps what SQLite says with the file's name.
pub(super) fn failure(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Database {
        path: path.clone(),
        source,
    }
}

/// Reads every page once.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let finding: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(failure(path))?;
    if finding == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: path.to_owned(),
        finding,
    })
}

fn migrate(
    connection: &mut Connection,
    path: &Path,
    migrations: &[&str],
) -> Result<(), StoreError> {
    let failed = failure(path);
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(&failed)?;
    let found: i64 = transaction
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(&failed)?;
    if found == 0 && has_tables(&transaction).map_err(&failed)? {
        // For example after the log of another database was found beside the file and taken over.
        return Err(StoreError::Damaged {
            path: path.to_owned(),
            finding: "the tables are those of another database".to_owned(),
        });
    }
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    let Some(due) = migrations.get(done..) else {
        return Err(StoreError::NewerSchema {
            path: path.to_owned(),
            found,
            known,
        });
    };
    for step in due {
        transaction.execute_batch(step).map_err(&failed)?;
    }
    transaction
        .pragma_update(None, "user_version", known)
        .map_err(&failed)?;
    transaction.commit().map_err(&failed)
}

fn has_tables(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT name FROM sqlite_schema)";
    connection.query_row(sql, [], |row| row.get(0))
}
