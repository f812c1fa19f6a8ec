use proptest::prelude::*;

use super::super::*;
use super::{SOUND, at, found, nobody, play};

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::Wake),
        Just(Action::Touch),
        Just(Action::OpenDoor(Door::Trade)),
        Just(Action::OpenDoor(Door::Business)),
        Just(Action::OpenShelf(Shelf::Suggestions)),
        (-2..3isize, 0..4usize).prop_map(|(by, pages)| Action::Turn { by, pages }),
        Just(play("demo/a")),
        Just(Action::Ended),
        Just(Action::Failed),
        Just(Action::Home),
        Just(Action::Back),
        Just(Action::Search),
        any::<char>().prop_map(Action::Type),
        Just(Action::Erase),
        (0..9usize).prop_map(found),
        Just(Action::Help),
        Just(Action::OpenComfort),
        proptest::sample::select(ComfortOption::ALL.to_vec()).prop_map(Action::Toggle),
        any::<i8>().prop_map(Action::Louder),
        Just(Action::Speak("en".to_owned())),
        Just(Action::Stay),
        Just(Action::Leave),
        Just(Action::Tick(Activity::Waiting)),
        Just(Action::Tick(Activity::Paused)),
        deeper_action(),
    ]
}

fn deeper_action() -> impl Strategy<Value = Action> {
    let judged = [
        Verdict::Accepted,
        Verdict::Refused,
        Verdict::Locked { seconds: 60 },
    ];
    prop_oneof![
        Just(Action::OpenFiche("demo/a".to_owned())),
        any::<u32>().prop_map(|ms| Action::ReadAt(ms.into())),
        Just(Action::OpenPhone {
            key: "demo/a".to_owned(),
            at_ms: 1_000
        }),
        Just(Action::OpenAdviser),
        Just(Action::OpenAgenda),
        Just(Action::ForAudience(Some("parents".to_owned()))),
        Just(Action::OpenSession("demo/seance".to_owned())),
        proptest::sample::select(vec![Area::Group, Area::Maintenance]).prop_map(Action::OpenCode),
        any::<char>().prop_map(Action::Digit),
        Just(Action::Enter),
        proptest::sample::select(judged.to_vec()).prop_map(Action::CodeJudged),
        (0..3usize).prop_map(|count| Action::BeginPlaylist {
            playlist: "demo/liste".to_owned(),
            videos: vec!["demo/a".to_owned(); count],
        }),
        Just(Action::NextVideo),
        (0..6usize, any::<i32>()).prop_map(|(answer, by)| Action::CountHands { answer, by }),
        any::<i32>().prop_map(Action::CountHeads),
        Just(Action::EndPlaylist),
        Just(Action::Try(Trial::Touch)),
        Just(Action::Faster),
        (0..=100u8).prop_map(|ceiling| Action::SoundRules(SoundPolicy {
            default: 0,
            ceiling
        })),
    ]
}

proptest! {
    #[test]
    fn whatever_a_visitor_does_the_borne_comes_back_and_forgets(
        actions in proptest::collection::vec(any_action(), 0..200)
    ) {
        let mut visit = nobody();
        let mut open = 0_i32;
        for (second, action) in (1..).zip(actions) {
            for effect in visit.update(at(second), action) {
                match effect {
                    Effect::Open { .. } => open += 1,
                    Effect::Close(_) => open -= 1,
                    _ => {}
                }
            }
            prop_assert!(visit.volume() <= visit.ceiling());
            prop_assert_eq!(open, i32::from(visit.is_open()));
        }
        visit.update(at(9_000), Action::SoundRules(SOUND));
        visit.update(at(10_000), Action::Tick(Activity::Waiting));
        visit.update(at(20_000), Action::Tick(Activity::Waiting));
        prop_assert_eq!(visit.place(), &Place::Veille);
        prop_assert_eq!(visit.comfort(), &Comfort::default());
        prop_assert_eq!(visit.volume(), SOUND.default);
        prop_assert_eq!(visit.speed_percent(), 100);
        prop_assert_eq!(visit.language(), "fr");
        prop_assert_eq!(visit.session(), None);
    }
}
