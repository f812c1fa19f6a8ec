use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A service that answers visitors from afar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adviser {
    /// Name as shown: "Miti".
    pub name: String,
    /// Where it is asked, `https`, for a QR code.
    pub url: String,
    /// Its short address, to be typed: "miti.be".
    pub address: String,
    /// A question left outside the hours is answered within so many days.
    #[serde(default)]
    pub reply_days: u8,
    /// When somebody answers live. Belgian time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// Days on which nobody answers live, whatever the hours say.
    #[schemars(with = "Vec<String>")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Date>,
}

/// A span of time on some days of the week. Belgian time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Days of the week.
    pub days: Vec<Weekday>,
    /// Beginning: `09:00`.
    #[schemars(with = "String")]
    pub from: Time,
    /// End, later the same day; not part of the span.
    #[schemars(with = "String")]
    pub to: Time,
}

/// A day of the week.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Lundi.
    Monday,
    /// Mardi.
    Tuesday,
    /// Mercredi.
    Wednesday,
    /// Jeudi.
    Thursday,
    /// Vendredi.
    Friday,
    /// Samedi.
    Saturday,
    /// Dimanche.
    Sunday,
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Self {
        match day {
            jiff::civil::Weekday::Monday => Self::Monday,
            jiff::civil::Weekday::Tuesday => Self::Tuesday,
            jiff::civil::Weekday::Wednesday => Self::Wednesday,
            jiff::civil::Weekday::Thursday => Self::Thursday,
            jiff::civil::Weekday::Friday => Self::Friday,
            jiff::civil::Weekday::Saturday => Self::Saturday,
            jiff::civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

/// How a visitor goes on with a video on a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// Address of a video at a moment, `https`, for a QR code: `{code}` stands for the video's
    /// [`super::Video::code`], `{seconds}` for the seconds already seen.
    pub url: String,
    /// The short form of it, to be typed: "videobox.example/{code}".
    pub address: String,
}
