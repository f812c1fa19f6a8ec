//! The schema, step by step; `user_version` counts the steps taken.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// The steps, oldest first. A step that has been released never changes.
const STEPS: &[&str] = &[include_str!("migrations/1.sql")];

/// Takes the steps that are missing, all or none.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken: usize = step.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if taken > STEPS.len() {
        return Err(StoreError::Newer {
            found: taken,
            known: STEPS.len(),
        });
    }
    for sql in &STEPS[taken..] {
        step.execute_batch(sql)?;
    }
    if taken < STEPS.len() {
        step.pragma_update(None, "user_version", STEPS.len())?;
    }
    Ok(step.commit()?)
}
