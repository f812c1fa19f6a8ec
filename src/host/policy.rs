//! Limits of what is asked of the machine, each with its reason.

use std::time::Duration;

use super::Request;

/// Longest request, bytes: names, addresses and a passphrase are a few hundred.
pub const REQUEST_BYTES: u64 = 64 * 1024;

/// Longest answer, bytes: fifty wireless networks are ten thousand.
pub const ANSWER_BYTES: u64 = 256 * 1024;

/// Longest settings of a stick, bytes: the commented default file is a tenth of it.
pub const STICK_BYTES: u64 = 64 * 1024;

/// Time to say a request: it is written whole at once, and who does not holds up the next one.
pub const SAY: Duration = Duration::from_secs(5);

/// Time without a request after which the helper ends: it takes memory only while somebody sets up
/// the machine, and whoever does asks again every few seconds.
pub const IDLE: Duration = Duration::from_secs(30);

/// Time for a service of the system to answer. A scan of all channels takes up to ten seconds and
/// being let into a wireless network up to twenty.
pub const SERVICE: Duration = Duration::from_secs(30);

/// Time to wait for an answer: that of the services that it takes, and of a slow disk.
#[must_use]
pub const fn within(request: &Request) -> Duration {
    match request {
        Request::State => Duration::from_secs(10),
        Request::Scan => Duration::from_secs(45),
        // A scan, the wireless network, then the addresses.
        Request::Connect(_) => Duration::from_secs(100),
        Request::Settle(_)
        | Request::TakeStick
        | Request::Turn(_)
        | Request::Loudness { .. }
        | Request::Reset
        | Request::Restart
        | Request::PowerOff => Duration::from_secs(40),
    }
}
