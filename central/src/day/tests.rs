use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours_counted_on(day: Date) -> usize {
    let around = at(&format!("{}T00:00:00Z", day.yesterday().unwrap()));
    (0..72)
        .map(|hours| around + jiff::SignedDuration::from_hours(hours))
        .filter(|hour| Day::of(*hour) == Day::from_date(day))
        .count()
}

#[test]
fn the_day_clocks_go_forward_has_23_hours_and_the_day_they_go_back_25() {
    assert_eq!(hours_counted_on(date(2026, 3, 29)), 23);
    assert_eq!(hours_counted_on(date(2026, 10, 25)), 25);
    assert_eq!(hours_counted_on(date(2026, 6, 1)), 24);
}

#[test]
fn a_late_evening_counts_on_the_local_day() {
    assert_eq!(Day::of(at("2026-07-01T22:00:00Z")).date(), date(2026, 7, 2));
    assert_eq!(Day::of(at("2026-12-31T23:00:00Z")).date(), date(2027, 1, 1));
}

#[test]
fn an_hour_that_cannot_be_believed_counts_on_arrival_without_a_date() {
    let now = at("2026-11-21T10:00:00Z");
    for (hour, clock) in [
        ("1970-01-01T00:00:00Z", ClockTrust::Unknown),
        ("1970-01-01T00:00:00Z", ClockTrust::Synced),
        ("2099-01-01T00:00:00Z", ClockTrust::Corrected),
    ] {
        let placed = CountedDay::place(at(hour), clock, now);
        assert!(placed.undated, "{hour} {clock:?}");
        assert_eq!(placed.day, Day::of(now));
    }
    let placed = CountedDay::place(at("2026-11-20T10:00:00Z"), ClockTrust::Corrected, now);
    assert_eq!(
        placed,
        CountedDay {
            day: Day::from_date(date(2026, 11, 20)),
            undated: false
        }
    );
}

#[test]
fn months_start_on_their_first_day() {
    let day = Day::from_date(date(2026, 3, 31));
    assert_eq!(day.month().date(), date(2026, 3, 1));
    assert_eq!(day.months_before(11).date(), date(2025, 4, 1));
    assert_eq!(day.months_before(1).date(), date(2026, 2, 1));
}

proptest::proptest! {
    #[test]
    fn a_day_number_gives_its_date_back(number in 0_i32..60_000) {
        let day = Day(number);
        proptest::prop_assert_eq!(Day::from_date(day.date()), day);
    }
}
