//! The first start, the machine in Maintenance and the dark screen, through the real screens.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;

use super::machines::Recorded;
use super::*;
use crate::demonstration;
use crate::host::{Answer, Kind, NetworkError, Refusal, Request, Stick, Via};
use crate::pin::{self, SALT_BYTES};
use crate::settings::{Hours, Synced};
use crate::visit::{Action, Area, Halt, Order, Verdict};

const SIZE: (u32, u32) = (1920, 1080);

/// A borne that does not know who it is.
pub(super) fn unsettled(machine: &Arc<Recorded>) -> (TempDir, Gallery) {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir_all(&data).unwrap();
    let mut settings = demonstration::settings(folder.path(), &data).unwrap();
    settings.borne.id.clear();
    let gallery = Gallery::on(&settings, SIZE, Arc::<Recorded>::clone(machine)).unwrap();
    (folder, gallery)
}

/// A borne in service, whose settings are changed first; "2468" opens Maintenance.
pub(super) fn settled(
    machine: &Arc<Recorded>,
    change: impl FnOnce(&mut Settings),
) -> (TempDir, Gallery) {
    let folder = TempDir::new().unwrap();
    let today = super::super::calendar::today();
    let mut settings = demonstration::borne(folder.path(), today).unwrap();
    settings.access.maintenance_pin_hash = pin::hash("2468", &[3; SALT_BYTES]).ok();
    change(&mut settings);
    let gallery = Gallery::on(&settings, SIZE, Arc::<Recorded>::clone(machine)).unwrap();
    (folder, gallery)
}

pub(super) fn touch(gallery: &Gallery, name: &str) {
    let (controls, _) = gallery.survey();
    let found = controls
        .iter()
        .find(|control| control.name.starts_with(name));
    let rect = found.unwrap_or_else(|| panic!("{name}: {controls:?}")).rect;
    let at = |from: f64, length: f64| (from + length / 2.0) as f32;
    gallery.touch(at(rect.x, rect.width), at(rect.y, rect.height));
    gallery.settle();
}

pub(super) fn says(gallery: &Gallery, text: &str) -> bool {
    let (_, letters) = gallery.survey();
    letters.iter().any(|letters| letters.text.contains(text))
}

pub(super) fn must_say(gallery: &Gallery, text: &str) {
    let (_, letters) = gallery.survey();
    let said: Vec<_> = letters.iter().map(|letters| &letters.text).collect();
    assert!(says(gallery, text), "{text}: {said:?}");
}

pub(super) fn types(gallery: &Gallery, text: &str) {
    for sign in text.chars() {
        gallery.act(Action::Type(sign));
    }
}

fn name_and_settle(gallery: &Gallery) {
    types(gallery, "cefo-mons-1");
    touch(gallery, "Continuer");
    must_say(gallery, "cefo-mons-1");
    touch(gallery, "Mettre en service");
    must_say(gallery, "La borne est en service");
}

fn at_machine(gallery: &Gallery) {
    gallery.act(Action::Wake);
    gallery.act(Action::OpenCode(Area::Maintenance));
    gallery.act(Action::CodeJudged(Verdict::Accepted));
    touch(gallery, "Réglages du PC");
    gallery.wait(LOOK);
    gallery.settle();
}

#[test]
fn a_cable_is_seen_and_a_name_is_enough() {
    let machine = Recorded::new([Answer::Done]);
    let (_folder, gallery) = unsettled(&machine);
    assert_eq!(gallery.screen_name(), "installation");
    touch(&gallery, "Français");
    must_say(&gallery, "192.168.1.20");
    touch(&gallery, "Continuer");
    name_and_settle(&gallery);
    assert!(
        matches!(machine.asked().as_slice(), [Request::Settle(site)] if site.id == "cefo-mons-1")
    );
}

#[test]
fn a_fixed_address_with_an_error_is_told_and_corrected() {
    let gateway = Refusal::Network(NetworkError::Gateway);
    let machine = Recorded::new([Answer::Refused(gateway), Answer::Done]);
    let (_folder, gallery) = unsettled(&machine);
    touch(&gallery, "Français");
    touch(&gallery, "Adresse fixe");
    for (field, text) in [
        ("Adresse de la borne", "192.168.1.30"),
        ("Masque", "24"),
        ("Passerelle", "10.0.0.1"),
        ("Serveur DNS", "192.168.1.1"),
    ] {
        touch(&gallery, field);
        types(&gallery, text);
    }
    touch(&gallery, "Valider");
    must_say(&gallery, "La passerelle doit être une autre machine");
    touch(&gallery, "Passerelle");
    gallery.act(Action::Clear);
    types(&gallery, "192.168.1.1");
    touch(&gallery, "Valider");
    must_say(&gallery, "C’est réglé.");
}

#[test]
fn a_wrong_passphrase_is_told_hidden_and_corrected() {
    let machine = Recorded::new([Answer::Refused(Refusal::NotLetIn), Answer::Done]);
    let (_folder, gallery) = unsettled(&machine);
    touch(&gallery, "Français");
    touch(&gallery, "Wi-Fi");
    touch(&gallery, "CEFO");
    types(&gallery, "motdepasse");
    assert!(!says(&gallery, "motdepasse"));
    touch(&gallery, "Montrer le mot de passe");
    must_say(&gallery, "motdepasse");
    touch(&gallery, "Valider");
    must_say(&gallery, "a refusé la borne");
    types(&gallery, "!");
    touch(&gallery, "Valider");
    must_say(&gallery, "C’est réglé.");
    let passphrases: Vec<_> = machine
        .asked()
        .into_iter()
        .filter_map(|request| match request {
            Request::Connect(network) => match network.via {
                Via::Wireless { passphrase, .. } => passphrase.map(|it| it.0),
                Via::Cable => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(passphrases, ["motdepasse", "motdepasse!"]);
}

#[test]
fn without_a_wireless_card_its_choice_says_so_and_leads_nowhere() {
    let machine = Recorded::new([]);
    machine.change(|state| state.cards.retain(|card| card.kind == Kind::Cable));
    let (_folder, gallery) = unsettled(&machine);
    touch(&gallery, "Français");
    must_say(&gallery, "Aucune carte sans fil dans ce PC");
    let (controls, _) = gallery.survey();
    assert!(
        !controls
            .iter()
            .any(|control| control.name.starts_with("Wi-Fi"))
    );
}

#[test]
fn a_stick_is_offered_and_taken() {
    let machine = Recorded::new([Answer::Done]);
    machine.change(|state| {
        state.stick = Some(Stick {
            id: Some("cefo-mons-1".to_owned()),
            site: "CEFO Mons".to_owned(),
            problem: None,
        });
    });
    let (_folder, gallery) = unsettled(&machine);
    must_say(&gallery, "CEFO Mons");
    touch(&gallery, "Les prendre");
    must_say(&gallery, "La borne est en service");
    assert_eq!(machine.asked(), [Request::TakeStick]);
}

#[test]
fn a_pc_that_is_not_ours_is_left_alone() {
    let (_folder, settings) = {
        let folder = TempDir::new().unwrap();
        let today = super::super::calendar::today();
        let settings = demonstration::borne(folder.path(), today).unwrap();
        (folder, settings)
    };
    let gallery = Gallery::open(&settings, SIZE.0, SIZE.1).unwrap();
    at_machine(&gallery);
    must_say(&gallery, "n’est pas géré par la borne");
    let (controls, _) = gallery.survey();
    assert!(
        !controls
            .iter()
            .any(|control| control.name == "Remise à zéro")
    );
}

#[test]
fn a_reset_asks_twice_and_takes_the_code_once_more() {
    let machine = Recorded::new([Answer::Done]);
    let (_folder, gallery) = settled(&machine, |_| {});
    at_machine(&gallery);
    touch(&gallery, "Remise à zéro");
    must_say(&gallery, "toutes les vidéos");
    touch(&gallery, "Tout effacer");
    assert_eq!(gallery.screen_name(), "code");
    assert_eq!(machine.asked(), []);
    for digit in "2468".chars() {
        gallery.act(Action::Digit(digit));
    }
    touch(&gallery, "Valider");
    assert_eq!(machine.asked(), [Request::Reset]);
    must_say(&gallery, "La borne s’arrête");
}

#[test]
fn a_turned_picture_that_nobody_keeps_turns_back_after_the_next_start() {
    let machine = Recorded::new([Answer::Done, Answer::Done]);
    let (folder, gallery) = settled(&machine, |_| {});
    at_machine(&gallery);
    gallery.act(Action::Order(Order::OpenScreen));
    touch(&gallery, "Tourner de 90°");
    assert_eq!(machine.asked(), [Request::Turn(90)]);
    drop(gallery);
    let data = folder.path().join("data");
    let settings = demonstration::settings(folder.path(), &data).unwrap();
    let again = Gallery::on(&settings, SIZE, Arc::<Recorded>::clone(&machine)).unwrap();
    assert_eq!(again.screen_name(), "garder");
    again.wait(Duration::from_secs(16));
    again.settle();
    assert_eq!(machine.asked(), [Request::Turn(90), Request::Turn(0)]);
    assert!(!data.join("play/turn.json").exists());
}

#[test]
fn a_restart_is_confirmed() {
    let machine = Recorded::new([Answer::Done]);
    let (_folder, gallery) = settled(&machine, |_| {});
    at_machine(&gallery);
    gallery.act(Action::Order(Order::OpenHalt(Halt::Restart)));
    touch(&gallery, "Redémarrer");
    assert_eq!(machine.asked(), [Request::Restart]);
}

#[test]
fn in_its_off_hours_the_screen_is_black_wakes_for_a_visit_and_is_black_again() {
    let always = || {
        let spans = ["00:00-12:00", "12:00-00:00"];
        spans.iter().filter_map(|span| Hours::parse(span)).collect()
    };
    let (_folder, gallery) = settled(&Recorded::new([]), |settings| {
        settings.clock.synced = Synced::Yes;
        settings.screen.off = always();
    });
    assert_eq!(gallery.screen_name(), "nuit");
    let (pixels, ..) = gallery.picture();
    assert!(pixels.iter().all(|value| *value == 0));
    gallery.touch(900.0, 500.0);
    assert_eq!(gallery.screen_name(), "accueil");
    gallery.act(Action::Leave);
    assert_eq!(gallery.screen_name(), "nuit");
    drop(gallery);
    let (_folder, unsure) = settled(&Recorded::new([]), |settings| {
        settings.clock.synced = Synced::No;
        settings.screen.off = always();
    });
    assert_eq!(unsure.screen_name(), "veille");
}
