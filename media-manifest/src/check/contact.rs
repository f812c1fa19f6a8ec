//! Whom visitors are led to from the borne.

use crate::catalogue::{Adviser, Hours, Phone};

use super::{Report, limits, place, text};

/// What stands for a video in the address of the phone.
const CODE: &str = "{code}";

/// What stands for the seconds already seen.
const SECONDS: &str = "{seconds}";

/// Checks the adviser.
pub(super) fn adviser(report: &mut Report, adviser: &Adviser) {
    report.leave();
    text::required(report, "adviser.name", &adviser.name, limits::KEYWORD_CHARS);
    text::https(report, "adviser.url", &adviser.url);
    text::required(
        report,
        "adviser.address",
        &adviser.address,
        limits::ADDRESS_CHARS,
    );
    if adviser.reply_days > limits::REPLY_DAYS {
        report.add(
            "adviser.reply_days",
            format!("une réponse en {} jours", adviser.reply_days),
            format!("donnez un délai de {} jours au plus", limits::REPLY_DAYS),
        );
    }
    if adviser.closed.len() > limits::CLOSED {
        report.add(
            "adviser.closed",
            format!("{} jours de fermeture", adviser.closed.len()),
            format!("gardez les {} prochains", limits::CLOSED),
        );
    }
    hours(report, &adviser.hours);
}

fn hours(report: &mut Report, hours: &[Hours]) {
    if hours.len() > limits::HOURS {
        report.add(
            "adviser.hours",
            format!("{} plages d'heures", hours.len()),
            format!("gardez-en {} au plus", limits::HOURS),
        );
        return;
    }
    for (index, span) in hours.iter().enumerate() {
        report.enter(
            format!("conseiller, horaire numéro {}", index + 1),
            place("adviser.hours", index),
        );
        self::span(report, span);
    }
    report.leave();
}

fn span(report: &mut Report, span: &Hours) {
    let mut days = span.days.clone();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() || days.len() != span.days.len() {
        report.add(
            "days",
            "il n'y a pas de jour, ou deux fois le même",
            "écrivez par exemple days = [\"monday\", \"tuesday\"]",
        );
    }
    if span.from >= span.to {
        report.add(
            "to",
            format!(
                "la fin, {}, n'est pas après le début, {}",
                clock(span.to),
                clock(span.from)
            ),
            "corrigez l'une des deux heures ; une plage ne passe pas minuit",
        );
    }
}

fn clock(time: jiff::civil::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Checks how a video goes on on a phone.
pub(super) fn phone(report: &mut Report, phone: &Phone) {
    report.leave();
    text::required(
        report,
        "phone.address",
        &phone.address,
        limits::ADDRESS_CHARS,
    );
    for (field, address, marks) in [
        ("phone.url", &phone.url, &[CODE, SECONDS][..]),
        ("phone.address", &phone.address, &[CODE][..]),
    ] {
        let absent = marks.iter().find(|mark| !address.contains(**mark));
        if let Some(mark) = absent {
            report.add(
                field,
                format!("« {mark} » y manque"),
                "écrivez par exemple url = \"https://www.exemple.be/{code}?t={seconds}\" et \
                 address = \"exemple.be/{code}\"",
            );
        }
    }
    let address = phone.url.replace(CODE, "abc").replace(SECONDS, "1");
    text::https(report, "phone.url", &address);
}
