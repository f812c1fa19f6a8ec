use std::path::Path;

use borne::clock::{Clock, Reading};
use borne::status::state::{Refused, gather};
use borne::status::summary::{Catalogue, Disk, Queue};
use borne::status::sync::{Import, Mirror};
use borne::status::{PlayerStatus, SyncStatus};
use jiff::Timestamp;
use tempfile::TempDir;

use super::*;

struct At(&'static str, bool);

impl Clock for At {
    fn read(&self) -> Reading {
        Reading {
            time: self.0.parse().unwrap(),
            synced: self.1,
            boot: "one".to_owned(),
            uptime_ms: 600_000,
        }
    }
}

fn settings(folder: &Path) -> borne::settings::Settings {
    let path = folder.join("borne.toml");
    let text = "[borne]\nid = \"mons-1\"\nsite = \"Mons\"\n[storage]\ndata = \"data\"\n\
                [sync]\nurl = \"http://localhost/\"\nroot = \"root.json\"\n";
    std::fs::write(&path, text).unwrap();
    borne::settings::load(Some(&path)).unwrap()
}

fn gathered(clock: &At) -> State {
    let folder = TempDir::new().unwrap();
    gather(&settings(folder.path()), clock)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A borne on which all is well.
pub fn sound() -> State {
    let mut state = gathered(&At("2026-11-22T08:30:00Z", true));
    state.summary.network = "ok".to_owned();
    state.summary.catalogue = Some(Catalogue {
        generation: 12,
        promoted_at: at("2026-11-21T08:00:00Z"),
        version: "demo=3".to_owned(),
        issued: Some("2026-11-20".parse().unwrap()),
        videos: 19,
    });
    state.summary.disk = Some(Disk {
        free_mb: 12_345,
        total_mb: 64_000,
        reserve_mb: 3_200,
    });
    state.summary.queue = Some(Queue {
        waiting: 35,
        rejected: 0,
    });
    state.summary.sync.status = Some(SyncStatus::default());
    state.activity = Some(SyncState::Waiting);
    state.last_contact = Some(at("2026-11-22T08:05:00Z"));
    state
}

pub fn text(state: &State) -> String {
    let lines = lines(state).into_iter();
    lines
        .map(|(label, value)| format!("{label}: {value}\n"))
        .collect()
}

fn failure(code: &str) -> Failure {
    Failure {
        code: code.to_owned(),
        partner: "demo".to_owned(),
        ..Failure::default()
    }
}

#[test]
fn a_new_borne_says_what_is_still_to_do() {
    let text = text(&gathered(&At("2026-11-22T08:30:00Z", true)));
    for expected in [
        "Borne: mons-1 Mons",
        "Écran: arrêté",
        "Synchronisation: arrêtée",
        "Dernier contact: jamais",
        "Réseau: pas encore essayé",
        "Catalogue: aucun : première synchronisation à faire",
        "Relecture: pas encore",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

#[test]
fn a_sound_borne_says_so_and_nothing_more() {
    let text = text(&sound());
    for expected in [
        "Dernier contact: 22/11/2026 09:05",
        "Réseau: en ordre",
        "Catalogue: du 20/11/2026, 19 vidéos, génération 12 en place depuis le 21/11/2026 09:00 (demo=3)",
        "Statistiques: 35 en attente, 0 refusées\n",
        "Disque: 12345 Mo libres sur 64000 (réserve : 3200 Mo)\n",
        "Horloge: synchronisée",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    for label in ["Retour", "Indisponible", "Refusé", "Import"] {
        assert!(!text.contains(label), "{label} in {text}");
    }
}

type Break = fn(&mut State);

/// Each change of a sound borne gives a text that holds this.
fn told(cases: &[(Break, &str)]) {
    for (change, expected) in cases {
        let mut state = sound();
        change(&mut state);
        let text = text(&state);
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

fn status(state: &mut State) -> &mut SyncStatus {
    state.summary.sync.status.get_or_insert_default()
}

#[test]
fn the_network_and_what_synchronisation_does_have_their_words() {
    told(&[
        (
            |it| it.summary.network = "portal".to_owned(),
            "Réseau: une page de connexion (portail)",
        ),
        (
            |it| it.summary.network = "slow".to_owned(),
            "Réseau: le serveur envoie le catalogue beaucoup trop",
        ),
        (
            |it| {
                let (url, code) = ("http://relais/".to_owned(), "offline".to_owned());
                it.mirror = Some(Mirror { url, code });
            },
            "Réseau: la copie http://relais/ répond à la place du dépôt : pas de connexion",
        ),
        (
            |it| it.activity = Some(SyncState::Checking),
            "en marche, lit le catalogue",
        ),
        (
            |it| it.activity = Some(SyncState::Downloading),
            "télécharge : 0 fichiers sur 0",
        ),
        (
            |it| it.activity = Some(SyncState::Importing),
            "importe d'une clé",
        ),
        (
            |it| status(it).delivery.last_error = Some(failure("revoked")),
            "0 refusées ; l'inscription de la borne a été retirée",
        ),
    ]);
}

#[test]
fn what_keeps_a_catalogue_or_a_video_away_has_its_words() {
    told(&[
        (
            |it| it.postponed = true,
            "Retour: un catalogue plus récent attend les heures",
        ),
        (
            |it| {
                let since = at("2026-11-22T08:00:00Z");
                let generation = 13;
                it.refused = Some(Refused { generation, since });
            },
            "Retour: le catalogue 13 est refusé depuis le 22/11/2026 09:00",
        ),
        (
            |it| {
                let keys = (0..7).map(|number| format!("demo/{number}")).collect();
                it.summary.missing.insert("disk_full".to_owned(), keys);
            },
            "demo/4 et 2 autres : le disque est plein",
        ),
        (
            |it| status(it).refused = vec![failure("expired")],
            "Refusé: catalogue de « demo » : la validité du catalogue est dépassée",
        ),
        (
            |it| {
                it.import = Some(Import {
                    folder: "/run/borne/usb".to_owned(),
                    error: Some(failure("unreadable")),
                    ..Import::default()
                });
            },
            "de /run/borne/usb : échec : la clé ou le dossier à importer ne se lit plus",
        ),
        (
            |it| it.import.get_or_insert_default().promoted = true,
            "nouveau catalogue en place",
        ),
    ]);
}

#[test]
fn disk_clock_and_screen_have_their_words() {
    told(&[
        (
            |it| it.summary.disk.as_mut().unwrap().free_mb = 3_300,
            "; presque plein",
        ),
        (|it| it.summary.disk = None, "Disque: inconnu"),
        (
            |it| it.scrub.get_or_insert_default().rotten = 2,
            "Relecture: en cours depuis le 01/01/1970 01:00, 2 fichiers abîmés",
        ),
        (
            |it| it.scrub.get_or_insert_default().finished = Some(at("2026-11-22T08:00:00Z")),
            "Relecture: terminée le 22/11/2026 09:00, rien d'abîmé",
        ),
        (
            |it| it.clock = ClockState::Unsynced,
            "Horloge: pas synchronisée",
        ),
        (
            |it| {
                let mut player = PlayerStatus::new(1, at("2026-11-22T08:00:00Z"), "gl".to_owned());
                player.errors = 3;
                player.last_error = Some("cef/soudeur: Stalled".to_owned());
                player.screen = "lecteur".to_owned();
                it.summary.play.status = Some(player);
                it.summary.play.running = true;
            },
            "Écran: en marche : lecteur, aucune vidéo, 3 échecs de lecture depuis le démarrage \
             (le dernier : cef/soudeur: Stalled)",
        ),
        (
            |it| {
                let mut player = PlayerStatus::new(1, at("2026-11-22T08:00:00Z"), "gl".to_owned());
                player.first_frame_ms = Some(81);
                player.frames_dropped = 2;
                player.decoder = Some("avdec_h264".to_owned());
                it.summary.play.status = Some(player);
            },
            "Lecture: première image après 81 ms, 2 images perdues, 0 ms d'arrêt (avdec_h264, gl)",
        ),
    ]);
}

#[test]
fn an_impossible_clock_is_told_from_one_that_is_not_synchronised() {
    let wrong = gathered(&At("1970-01-01T00:00:00Z", false));
    assert!(text(&wrong).contains("Horloge: fausse (01/01/1970 01:00)"));
    let unsynced = gathered(&At("2026-11-22T08:30:00Z", false));
    assert!(text(&unsynced).contains("Horloge: pas synchronisée"));
}

#[test]
fn machines_find_each_fact_under_its_name() {
    let json = serde_json::to_value(sound()).unwrap();
    assert_eq!(json["catalogue"]["version"], "demo=3");
    assert_eq!(json["catalogue"]["issued"], "2026-11-20");
    assert_eq!(json["catalogue"]["generation"], 12);
    assert_eq!(json["last_contact"], "2026-11-22T08:05:00Z");
    assert_eq!(json["network"], "ok");
    assert_eq!(json["clock"], "synced");
    assert_eq!(json["disk"]["reserve_mb"], 3_200);
    assert_eq!(json["queue"]["waiting"], 35);
    assert_eq!(json["activity"], "waiting");
    for absent in [
        "mirror",
        "refused",
        "import",
        "scrub",
        "previous_generation",
    ] {
        assert!(json[absent].is_null(), "{absent}");
    }
    assert!(json["missing"].as_object().unwrap().is_empty());
}
