use std::time::Duration;

use crate::store::media::Space;
use crate::sync::policy::{BACK_OFF_MOST, back_off, interval, quarantine, reserve};

#[test]
fn pauses_double_from_thirty_seconds_to_six_hours_and_are_drawn_from_nothing_up() {
    assert_eq!(back_off(1, 1.0), Duration::from_secs(30));
    assert_eq!(back_off(3, 1.0), Duration::from_secs(120));
    assert_eq!(back_off(50, 1.0), BACK_OFF_MOST);
    assert_eq!(back_off(u32::MAX, 0.5), BACK_OFF_MOST / 2);
    assert_eq!(back_off(9, 0.0), Duration::ZERO);
}

#[test]
fn looks_are_at_most_a_quarter_early() {
    let setting = Duration::from_secs(100);
    assert_eq!(interval(setting, 0.0), setting);
    assert_eq!(interval(setting, 1.0), Duration::from_secs(75));
}

#[test]
fn a_wrong_file_is_asked_for_at_least_daily() {
    assert_eq!(quarantine(1), Duration::from_secs(3_600));
    assert_eq!(quarantine(2), Duration::from_secs(7_200));
    assert!(quarantine(u32::MAX) <= Duration::from_secs(24 * 3_600));
}

#[test]
fn a_twentieth_of_the_disk_stays_free_at_least_one_gigabyte() {
    let disk = |total| Space { free: 0, total };
    assert_eq!(reserve(disk(100_000_000_000), None), 5_000_000_000);
    assert_eq!(reserve(disk(8_000_000_000), None), 1_000_000_000);
    assert_eq!(reserve(disk(8_000_000_000), Some(3)), 3_000_000);
}
