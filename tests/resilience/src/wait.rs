//! The only place that waits: until a condition holds, never for a length of time.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How often a condition is looked at: well under what a person notices.
const EVERY: Duration = Duration::from_millis(50);

/// Asks `condition` until it gives a value; `what` names the awaited thing in the error.
///
/// # Errors
/// The deadline passes, or `condition` fails for good.
pub fn until<T>(
    what: &str,
    timeout: Duration,
    mut condition: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + timeout;
    loop {
        if let Some(value) = condition()? {
            return Ok(value);
        }
        if Instant::now() >= deadline {
            bail!("{what} : rien après {} s", timeout.as_secs_f32());
        }
        pause();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "another process gives no event to wait for: this one place looks again"
)]
fn pause() {
    std::thread::sleep(EVERY);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_value_once_the_condition_holds() {
        let mut asked = 0;
        let value = until("rien", Duration::from_secs(5), || {
            asked += 1;
            Ok((asked == 3).then_some(asked))
        });
        assert_eq!(value.unwrap(), 3);
    }

    #[test]
    fn names_what_never_came() {
        let never = until("le bus", Duration::ZERO, || Ok(None::<()>));
        assert!(never.unwrap_err().to_string().contains("le bus"));
    }
}
