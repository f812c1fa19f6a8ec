//! What surrounds the videos, and the areas for animators and staff, through the real screens.

use tempfile::TempDir;

use super::*;
use crate::demonstration;
use crate::pin::{self, SALT_BYTES};
use crate::settings::Access;
use crate::visit::{Action, Area, Verdict};

/// A borne with the demonstration, where "2468" opens both areas unless there is no code.
fn borne(with_codes: bool) -> (TempDir, Gallery) {
    let folder = TempDir::new().unwrap();
    let today = super::super::calendar::today();
    let mut settings = demonstration::borne(folder.path(), today).unwrap();
    if with_codes {
        let hash = pin::hash("2468", &[3; SALT_BYTES]).unwrap();
        settings.access = Access {
            group_pin_hash: Some(hash.clone()),
            maintenance_pin_hash: Some(hash),
        };
    }
    let gallery = Gallery::open(&settings, 1920, 1080).unwrap();
    gallery.act(Action::Wake);
    (folder, gallery)
}

fn touch(gallery: &Gallery, name: &str) {
    let (controls, _) = gallery.survey();
    let found = controls.iter().find(|control| control.name == name);
    let rect = found.unwrap_or_else(|| panic!("{name}: {controls:?}")).rect;
    let at = |from: f64, length: f64| (from + length / 2.0) as f32;
    gallery.touch(at(rect.x, rect.width), at(rect.y, rect.height));
}

fn says(gallery: &Gallery, text: &str) -> bool {
    let (_, letters) = gallery.survey();
    letters.iter().any(|letters| letters.text.contains(text))
}

fn offers(gallery: &Gallery, name: &str) -> bool {
    let (controls, _) = gallery.survey();
    controls.iter().any(|control| control.name == name)
}

fn type_code(gallery: &Gallery, code: &str) {
    for digit in code.chars() {
        touch(gallery, &digit.to_string());
    }
    touch(gallery, "Valider");
    gallery.settle();
}

fn knock_five_times(gallery: &Gallery) {
    for _ in 0..5 {
        gallery.touch(120.0, 54.0);
    }
}

#[test]
fn every_place_says_what_it_is_for() {
    let (_folder, gallery) = borne(true);
    let phone = Action::OpenPhone {
        key: "demo/cv-clair".to_owned(),
        at_ms: 12_000,
    };
    let session = Action::OpenSession("demo/seance-2".to_owned());
    for (action, screen, text) in [
        (phone, "telephone", "Continuer sur mon téléphone"),
        (Action::OpenAdviser, "conseiller", "Parler à un conseiller"),
        (Action::OpenAgenda, "agenda", "Salle de démonstration"),
        (session, "seance", "demonstration.example"),
        (
            Action::OpenSession("demo/rien".to_owned()),
            "seance",
            "n’est plus à l’agenda",
        ),
        (Action::OpenCode(Area::Group), "code", "Mode groupe"),
    ] {
        gallery.act(Action::Home);
        gallery.act(action);
        assert_eq!(gallery.screen_name(), screen);
        assert!(says(&gallery, text), "{screen}: {text}");
    }
}

#[test]
fn a_page_of_the_agenda_is_turned_and_a_session_opened() {
    let (_folder, gallery) = borne(false);
    gallery.act(Action::OpenAgenda);
    let (before, _) = gallery.survey();
    touch(&gallery, "Suivant");
    let (after, _) = gallery.survey();
    assert_ne!(before, after);
    let row = after
        .iter()
        .find(|control| control.name.contains("Salle de"));
    touch(&gallery, &row.unwrap().name);
    assert_eq!(gallery.screen_name(), "seance");
}

#[test]
fn the_right_code_opens_group_mode_and_a_wrong_one_does_not() {
    let (_folder, gallery) = borne(true);
    gallery.act(Action::Help);
    touch(&gallery, "Mode groupe");
    assert_eq!(gallery.screen_name(), "code");
    type_code(&gallery, "1357");
    assert_eq!(gallery.screen_name(), "code");
    assert!(says(&gallery, "Ce code n’est pas le bon."));
    type_code(&gallery, "2468");
    assert_eq!(gallery.screen_name(), "playlists");
}

#[test]
fn five_wrong_codes_lock_the_area_for_the_next_visitor_too() {
    let (_folder, gallery) = borne(true);
    gallery.act(Action::OpenCode(Area::Group));
    for _ in 0..5 {
        type_code(&gallery, "1357");
    }
    assert!(says(&gallery, "Trop d’essais."));
    gallery.act(Action::Leave);
    gallery.act(Action::Wake);
    gallery.act(Action::OpenCode(Area::Group));
    type_code(&gallery, "2468");
    assert_eq!(gallery.screen_name(), "code");
    gallery.act(Action::OpenCode(Area::Maintenance));
    gallery.act(Action::Home);
    gallery.act(Action::OpenCode(Area::Maintenance));
    type_code(&gallery, "2468");
    assert_eq!(gallery.screen_name(), "maintenance");
}

#[test]
fn five_touches_of_the_logo_lead_to_maintenance_only_where_there_is_a_code() {
    let (_folder, gallery) = borne(true);
    knock_five_times(&gallery);
    assert_eq!(gallery.screen_name(), "code");
    drop(gallery);
    let (_folder, without) = borne(false);
    knock_five_times(&without);
    assert_eq!(without.screen_name(), "accueil");
    without.act(Action::Help);
    assert!(!offers(&without, "Mode groupe"));
}

#[test]
fn a_group_is_asked_its_hands_are_counted_and_then_its_heads() {
    let (_folder, gallery) = borne(true);
    gallery.act(Action::OpenCode(Area::Group));
    gallery.act(Action::CodeJudged(Verdict::Accepted));
    let (rows, _) = gallery.survey();
    let row = rows
        .iter()
        .find(|row| row.name.starts_with("Choisir un métier"));
    touch(&gallery, &row.unwrap().name);
    assert_eq!(gallery.screen_name(), "lecteur");
    gallery.act(Action::Ended);
    assert!(says(&gallery, "Par quoi commenceriez-vous"));
    for _ in 0..3 {
        touch(&gallery, "Essayer\u{a0}: un de plus");
    }
    touch(&gallery, "Essayer\u{a0}: un de moins");
    let hands = |stage: &super::super::stage::Stage| stage.visit.session().map(|it| it.hands[2]);
    assert_eq!(gallery.session.handle.look(hands), Some(Some(2)));
    for _ in 0..2 {
        touch(
            &gallery,
            if offers(&gallery, "Vidéo suivante") {
                "Vidéo suivante"
            } else {
                "Continuer"
            },
        );
        gallery.act(Action::Ended);
    }
    touch(&gallery, "Continuer");
    assert!(says(&gallery, "Combien étiez-vous"));
    touch(&gallery, "Dix personnes de plus");
    touch(&gallery, "Terminer");
    assert_eq!(gallery.screen_name(), "playlists");
}

#[test]
fn each_trial_is_entered_and_left() {
    let (_folder, gallery) = borne(true);
    gallery.act(Action::OpenCode(Area::Maintenance));
    gallery.act(Action::CodeJudged(Verdict::Accepted));
    for (trial, text) in [
        ("Toucher", "Passez le doigt partout"),
        ("Couleurs", "Touchez"),
        ("Son", "à gauche, puis à droite"),
        ("Taille", "width_mm = 476"),
    ] {
        touch(&gallery, trial);
        assert_eq!(gallery.screen_name(), "essai");
        assert!(says(&gallery, text), "{trial}");
        gallery.act(Action::Back);
        assert_eq!(gallery.screen_name(), "maintenance");
    }
}

#[test]
fn a_machine_without_sound_says_so_in_the_trial() {
    let (_folder, gallery) = borne(true);
    gallery.act(Action::OpenCode(Area::Maintenance));
    gallery.act(Action::CodeJudged(Verdict::Accepted));
    touch(&gallery, "Son");
    touch(&gallery, "Jouer le son");
    gallery.settle();
    assert!(says(&gallery, "Aucune sortie de son ne répond."));
}
