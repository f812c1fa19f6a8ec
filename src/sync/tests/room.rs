use proptest::prelude::*;

use crate::sync::room::Need::{Absent, Held, Plays};
use crate::sync::room::{Need, left_out};

fn out(files: &[Need], room: u64) -> Vec<usize> {
    left_out(files, room).into_iter().collect()
}

#[test]
fn what_does_not_fit_is_left_out_from_the_end() {
    let none: [usize; 0] = [];
    assert_eq!(out(&[Absent(4), Absent(4), Absent(2)], 10), none);
    assert_eq!(out(&[Absent(4), Absent(4), Absent(4)], 10), [2]);
    assert_eq!(out(&[Absent(20), Absent(4)], 10), [0]);
}

#[test]
fn the_last_that_are_held_give_way_to_one_before_them_and_to_none_after() {
    assert_eq!(out(&[Absent(5), Held(4), Held(4)], 0), [1, 2]);
    assert_eq!(out(&[Absent(5), Held(4), Held(4)], 3), [2]);
    assert_eq!(out(&[Held(4), Held(4), Absent(5)], 0), [2]);
}

#[test]
fn nothing_gives_way_in_vain_and_what_plays_stays() {
    assert_eq!(out(&[Absent(9), Held(4), Held(4)], 0), [0]);
    assert_eq!(out(&[Absent(4), Plays, Held(4)], 0), [2]);
    assert_eq!(out(&[Absent(4), Plays], 0), [0]);
}

#[test]
fn a_disk_that_is_too_full_takes_nothing_away_that_is_there() {
    let none: [usize; 0] = [];
    assert_eq!(out(&[Held(4), Held(4)], 0), none);
}

proptest! {
    #[test]
    fn what_is_kept_fits_and_nothing_more_important_is_given_up_for_less(
        files in prop::collection::vec(
            prop_oneof![(1..50_u64).prop_map(Absent), (1..50_u64).prop_map(Held), Just(Plays)],
            0..12,
        ),
        room in 0..150_u64,
    ) {
        let gone = left_out(&files, room);
        let sum = |wanted: bool| files.iter().enumerate().filter_map(|(index, need)| match need {
            Absent(length) if wanted && !gone.contains(&index) => Some(*length),
            Held(length) if !wanted && gone.contains(&index) => Some(*length),
            _ => None,
        }).sum::<u64>();
        prop_assert!(sum(true) <= room + sum(false), "{gone:?}");
        for (index, need) in files.iter().enumerate() {
            if matches!(need, Held(_)) && gone.contains(&index) {
                let taker = files[..index].iter().enumerate()
                    .any(|(at, it)| matches!(it, Absent(_)) && !gone.contains(&at));
                prop_assert!(taker, "{index} gave way to nothing before it");
            }
            prop_assert!(!(matches!(need, Plays) && gone.contains(&index)));
        }
    }
}
