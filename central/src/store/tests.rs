use rusqlite::Connection;

use super::*;

fn count(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM audit", [], |row| row.get(0))?)
}

fn line(connection: &Connection) -> Result<(), StoreError> {
    audit::add(connection, jiff::Timestamp::UNIX_EPOCH, "a", "b", "c")
}

#[tokio::test]
async fn a_closure_that_fails_undoes_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let failing = store.write(|connection| {
        line(connection)?;
        Err::<(), _>(StoreError::Unknown("test"))
    });
    let (first, failed, last) = tokio::join!(store.write(line), failing, store.write(line));
    first.unwrap();
    assert!(matches!(failed, Err(StoreError::Unknown("test"))));
    last.unwrap();
    assert_eq!(store.read(count).await.unwrap(), 2);
}

#[tokio::test]
async fn what_was_answered_is_there_after_the_store_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.write(line).await.unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.read(count).await.unwrap(), 1);
}

#[tokio::test]
async fn two_processes_may_write() {
    let folder = tempfile::tempdir().unwrap();
    let (server, command) = (
        Store::open(folder.path()).unwrap(),
        Store::open(folder.path()).unwrap(),
    );
    let (one, two) = tokio::join!(server.write(line), command.write(line));
    one.and(two).unwrap();
    assert_eq!(server.read(count).await.unwrap(), 2);
}

#[tokio::test]
async fn when_the_queue_is_full_a_write_says_so_and_does_not_wait() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (held, hold) = std::sync::mpsc::channel::<()>();
    let holding = store.write(move |_| {
        // Ends when the sender is dropped.
        let _ = hold.recv();
        Ok(())
    });
    let mut waiting = vec![Box::pin(holding) as std::pin::Pin<Box<dyn Future<Output = _>>>];
    for _ in 0..=WRITE_QUEUE {
        waiting.push(Box::pin(store.write(line)));
    }
    let mut refused = 0;
    for write in &mut waiting {
        if let Some(Err(StoreError::Busy)) = futures_util::FutureExt::now_or_never(write.as_mut()) {
            refused += 1;
        }
    }
    assert!(refused > 0, "the queue holds {WRITE_QUEUE}");
    drop(held);
}

#[test]
fn a_database_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(folder.path().join(FILE)).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(matches!(
        Store::open(folder.path()),
        Err(StoreError::Newer { found: 99, .. })
    ));
}

#[test]
fn the_writer_asks_the_disk_to_be_sure() {
    let folder = tempfile::tempdir().unwrap();
    let connection = connection::open_writer(&folder.path().join(FILE)).unwrap();
    let pragma = |name: &str| -> String {
        connection
            .query_row(&format!("PRAGMA {name}"), [], |row| {
                row.get::<_, rusqlite::types::Value>(0)
            })
            .map(|value| format!("{value:?}"))
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "Text(\"wal\")");
    for (name, value) in [
        ("synchronous", "Integer(2)"),
        ("busy_timeout", "Integer(5000)"),
        ("foreign_keys", "Integer(1)"),
        ("trusted_schema", "Integer(0)"),
        ("cell_size_check", "Integer(1)"),
        ("mmap_size", "Integer(0)"),
    ] {
        assert_eq!(pragma(name), value, "{name}");
    }
}
