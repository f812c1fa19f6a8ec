use std::time::Duration;

/// What metadata must come at, on average: a mobile link at its worst gives as much, and whoever
/// trickles bytes to keep a borne busy is left. Media may come as slowly as they like.
pub(super) const LEAST: Rate = Rate {
    grace: Duration::from_secs(60),
    bytes_s: 4_000,
};

/// A least rate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    /// Time before it counts.
    pub grace: Duration,
    /// Bytes a second, on average since the beginning.
    pub bytes_s: u64,
}

impl Rate {
    pub(super) fn is_missed(self, bytes: u64, elapsed: Duration) -> bool {
        let due = elapsed.as_nanos().saturating_mul(u128::from(self.bytes_s));
        elapsed >= self.grace && u128::from(bytes) * 1_000_000_000 < due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::server::{Reply, Server};
    use crate::http::{Fault, Http};

    #[test]
    fn metadata_must_come_at_a_least_rate_once_a_minute_has_passed() {
        let missed = |bytes, seconds| LEAST.is_missed(bytes, Duration::from_secs(seconds));
        assert!(!missed(0, 59));
        assert!(missed(60_000, 60));
        assert!(!missed(240_000, 60));
        assert!(missed(1_000_000, 1_000));
    }

    #[tokio::test]
    async fn a_body_that_comes_too_slowly_is_given_up() {
        let server = Server::start(|_| Reply::new(200, "trickle"));
        let read = async |http: &Http| {
            let answer = http.get(server.url.clone(), |request| request).await?;
            http.body(answer, 100).await
        };
        let mut http = Http::new(None).unwrap();
        assert_eq!(read(&http).await, Ok(Some(b"trickle".to_vec())));
        http.least = Rate {
            grace: Duration::ZERO,
            bytes_s: u64::MAX,
        };
        assert_eq!(read(&http).await, Err(Fault::Slow));
    }
}
