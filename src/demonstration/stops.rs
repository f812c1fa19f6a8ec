//! A way through every screen of the demonstration, for pictures and measures.

use std::time::Duration;

use crate::view::Gallery;
use crate::visit::{
    Action, Area, Deed, Door, Field, Halt, Joining, Order, Shelf, Step as SetupStep, Trial, Verdict,
};

/// A screen, and how to get there.
#[derive(Clone, Debug)]
pub struct Stop {
    /// A word for it, fit for the name of a file.
    pub name: &'static str,
    /// What staff call it, in French.
    pub title: &'static str,
    /// What leads there from the attract loop, or from the first screen of a first start.
    pub way: Vec<Step>,
    /// It belongs to a borne that does not know who it is yet.
    pub first_start: bool,
}

/// One step of the way.
#[derive(Clone, Debug)]
pub enum Step {
    /// A visitor does something.
    Act(Action),
    /// Nobody does anything for so long.
    Wait(Duration),
}

impl Stop {
    /// Leads a screen there from the attract loop; on waking, a visitor chooses `first`.
    pub fn lead(&self, gallery: &Gallery, first: &[Action]) {
        gallery.act(Action::Leave);
        for step in &self.way {
            match step {
                Step::Act(Action::Wake) => {
                    gallery.act(Action::Wake);
                    first.iter().for_each(|choice| gallery.act(choice.clone()));
                }
                Step::Act(action) => gallery.act(action.clone()),
                Step::Wait(time) => gallery.wait(*time),
            }
            if matches!(
                step,
                Step::Act(Action::Play { .. } | Action::BeginPlaylist { .. })
            ) {
                gallery.settle();
            }
        }
        gallery.settle();
    }
}

/// Longer than the borne waits before it asks whether somebody is there.
const LONELY: Duration = Duration::from_secs(61);

/// Time in which the machine has been looked at.
const LOOKED: Duration = Duration::from_secs(4);

/// A video with everything.
const FILM: &str = "demo/analyste-financier";

/// Every screen, the attract loop first.
#[must_use]
pub fn stops() -> Vec<Stop> {
    let mut stops = vec![
        stop("veille", "Veille", []),
        from_home("accueil", "Accueil", []),
    ];
    stops.extend(choosing());
    stops.extend(watching());
    stops.extend(going_on());
    stops.extend(leading());
    stops.extend(tending());
    stops.extend(setting());
    let mut alone = from_home("inactivite", "Question d’inactivité", []);
    alone.way.push(Step::Wait(LONELY));
    stops.push(alone);
    stops.extend(installing());
    stops
}

fn choosing() -> Vec<Stop> {
    let shelf = |id: &str| Action::OpenShelf(Shelf::Rubrique(id.to_owned()));
    let typing = |text: &str| {
        let letters = text.chars().map(Action::Type);
        std::iter::once(Action::Search)
            .chain(letters)
            .collect::<Vec<_>>()
    };
    vec![
        from_home("univers", "Univers", [Action::OpenDoor(Door::Trade)]),
        from_home("rubriques", "Rubriques", [Action::OpenDoor(Door::Job)]),
        from_home("gouts", "Ce que j’aime", [Action::OpenDoor(Door::Unsure)]),
        from_home("liste", "Liste", [shelf("chercher")]),
        from_home(
            "liste-longue",
            "Longue liste",
            [Action::OpenShelf(Shelf::Suggestions)],
        ),
        from_home("liste-vide", "Liste vide", [shelf("creer-activite")]),
        from_home("chercher", "Chercher", [Action::Search]),
        from_home(
            "chercher-trouve",
            "Chercher, avec résultats",
            typing("entretien"),
        ),
        from_home("chercher-rien", "Chercher, sans résultat", typing("xyzxyz")),
        from_home("aide", "Aide", [Action::Help]),
        from_home("confort", "Confort", [Action::OpenComfort]),
    ]
}

fn watching() -> Vec<Stop> {
    vec![
        from_home("lecteur", "Lecteur", [play(FILM)]),
        from_home(
            "fiche",
            "Fiche",
            [play(FILM), Action::OpenFiche(FILM.to_owned())],
        ),
        from_home("maintenant", "Et maintenant", [play(FILM), Action::Ended]),
        from_home("indisponible", "Vidéo indisponible", [play("demo/absente")]),
    ]
}

fn going_on() -> Vec<Stop> {
    let phone = Action::OpenPhone {
        key: FILM.to_owned(),
        at_ms: 12_000,
    };
    let session = Action::OpenSession("demo/seance-2".to_owned());
    vec![
        from_home("telephone", "Téléphone", [phone]),
        from_home("conseiller", "Conseiller", [Action::OpenAdviser]),
        from_home("agenda", "Agenda", [Action::OpenAgenda]),
        from_home("seance", "Séance", [Action::OpenAgenda, session]),
    ]
}

fn leading() -> Vec<Stop> {
    let [code, accepted] = enter(Area::Group);
    let begin = Action::BeginPlaylist {
        playlist: "demo/choisir".to_owned(),
        videos: [
            "choisir-son-metier",
            "analyste-financier",
            "analyste-business",
        ]
        .map(|id| format!("demo/{id}"))
        .to_vec(),
    };
    vec![
        from_home("code", "Code", [code.clone(), Action::Digit('4')]),
        from_home("playlists", "Playlists", [code.clone(), accepted.clone()]),
        from_home(
            "groupe",
            "Mode groupe",
            [code, accepted, begin, Action::Ended],
        ),
    ]
}

fn tending() -> Vec<Stop> {
    let trial = |name, title, trial| {
        let [code, accepted] = enter(Area::Maintenance);
        from_home(name, title, [code, accepted, Action::Try(trial)])
    };
    vec![
        from_home("maintenance", "Maintenance", enter(Area::Maintenance)),
        trial("essai-toucher", "Essai du toucher", Trial::Touch),
        trial("essai-ecran", "Essai de l’écran", Trial::Screen),
        trial("essai-son", "Essai du son", Trial::Sound),
        trial("calibrage", "Calibrage", Trial::Calibration),
    ]
}

/// The machine under the borne, as Maintenance sets it.
fn setting() -> Vec<Stop> {
    let way = |orders: &[Order]| {
        let orders = orders.iter().copied().map(Action::Order);
        let open = enter(Area::Maintenance).into_iter();
        open.chain([Action::Order(Order::Open)])
            .chain(orders)
            .collect::<Vec<_>>()
    };
    let page = |name, title, order: &[Order]| {
        let mut stop = from_home(name, title, way(order));
        // The machine says how it stands before anything of it is opened.
        let seen = stop.way.len() - order.len();
        stop.way.insert(seen, Step::Wait(LOOKED));
        stop
    };
    vec![
        page("machine", "Réglages du PC", &[]),
        page("reseau", "Réseau", &[Order::OpenNetwork]),
        page("tourner", "Tourner l’image", &[Order::OpenScreen]),
        page("volume", "Volume", &[Order::OpenSound]),
        page(
            "remise-a-zero",
            "Remise à zéro",
            &[Order::OpenHalt(Halt::Reset)],
        ),
        page("eteindre", "Éteindre", &[Order::OpenHalt(Halt::PowerOff)]),
    ]
}

/// What a borne asks when it is first started.
fn installing() -> Vec<Stop> {
    let go = |step| Action::SetUp(Deed::Go(step));
    let first = |name, title, way: Vec<Action>| {
        let mut stop = from_home(name, title, way);
        stop.way.insert(1, Step::Wait(LOOKED));
        stop.first_start = true;
        stop
    };
    let network = || vec![go(SetupStep::Network)];
    let on = |more: Vec<Action>| network().into_iter().chain(more).collect();
    let types = |text: &'static str| text.chars().map(Action::Type);
    let focus = |field| Action::SetUp(Deed::Focus(field));
    let apply = || Action::SetUp(Deed::Apply);
    let named: Vec<_> = std::iter::once(go(SetupStep::Identity))
        .chain(types("demonstration-1"))
        .collect();
    let coded: Vec<_> = (named.iter().cloned())
        .chain([focus(Field::Repository)])
        .chain(types("videos.example"))
        .chain([apply()])
        .chain(types("2580"))
        .collect();
    let checked = coded.iter().cloned().chain([apply()]).collect();
    let joining = Joining {
        name: "Démonstration".to_owned(),
        secured: true,
    };
    vec![
        first("service-langue", "Mise en service, langue", Vec::new()),
        first("service-reseau", "Mise en service, réseau", network()),
        first(
            "service-fixe",
            "Adresse fixe",
            on(vec![go(SetupStep::Fixed)]),
        ),
        first("service-wifi", "Wi-Fi", on(vec![go(SetupStep::Wireless)])),
        first(
            "service-passe",
            "Mot de passe du Wi-Fi",
            on(vec![
                go(SetupStep::Wireless),
                Action::SetUp(Deed::Join(joining)),
                Action::Type('a'),
                apply(),
            ]),
        ),
        first("service-proxy", "Proxy", on(vec![go(SetupStep::Proxy)])),
        first("service-borne", "Mise en service, la borne", on(named)),
        first("service-code", "Mise en service, le code", on(coded)),
        first("service-controle", "Mise en service, contrôle", on(checked)),
    ]
}

/// The code is taken for right: it is not what is looked at.
fn enter(area: Area) -> [Action; 2] {
    [
        Action::OpenCode(area),
        Action::CodeJudged(Verdict::Accepted),
    ]
}

fn play(key: &str) -> Action {
    Action::Play {
        key: key.to_owned(),
        start_ms: 0,
    }
}

fn from_home(
    name: &'static str,
    title: &'static str,
    way: impl IntoIterator<Item = Action>,
) -> Stop {
    stop(name, title, std::iter::once(Action::Wake).chain(way))
}

fn stop(name: &'static str, title: &'static str, way: impl IntoIterator<Item = Action>) -> Stop {
    Stop {
        name,
        title,
        way: way.into_iter().map(Step::Act).collect(),
        first_start: false,
    }
}
