//! Where a video goes on on a phone. Nothing in the address tells a visitor from another.

use media_manifest::catalogue::Phone;

/// The addresses of a video at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// For a QR code.
    pub url: String,
    /// To be typed.
    pub address: String,
}

/// The addresses of the video with this code, from a position in ms.
#[must_use]
pub fn handover(phone: &Phone, code: &str, at_ms: u64) -> Handover {
    let seconds = (at_ms / 1000).to_string();
    let filled = |form: &str| form.replace("{code}", code).replace("{seconds}", &seconds);
    Handover {
        url: filled(&phone.url),
        address: filled(&phone.address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_goes_on_at_the_second_and_the_typed_address_stays_short() {
        let phone = Phone {
            url: "https://video.example/{code}?t={seconds}".to_owned(),
            address: "video.example/{code}".to_owned(),
        };
        assert_eq!(
            handover(&phone, "cv1", 41_900),
            Handover {
                url: "https://video.example/cv1?t=41".to_owned(),
                address: "video.example/cv1".to_owned(),
            }
        );
    }
}
