//! `borne doctor`: does a hand reach and hit what is on the screen, and does an eye read it?

use std::collections::BTreeMap;

use borne::ergonomics::{
    Finding, LEAST_TARGET_MM, SPACING_MM, Screen, Shortfall, TARGET_MM, Variant,
};

/// What fails, one line each: a control that fails in the same way on several screens is named once,
/// texts of one size are named together.
pub fn lines(findings: &[(Variant, Finding)]) -> Vec<String> {
    let mut order = Vec::new();
    let mut groups: BTreeMap<(String, String), Group> = BTreeMap::new();
    for (variant, finding) in findings {
        let what = wording(finding);
        let key = (setting(*variant).to_owned(), what.fault.clone());
        // Controls are told apart by name, texts only by their size.
        let key = if what.by_size {
            key
        } else {
            (key.0, what.name.clone() + &key.1)
        };
        let group = groups.entry(key.clone()).or_insert_with(|| {
            order.push(key);
            Group {
                setting: setting(*variant),
                fault: what.fault.clone(),
                ..Group::default()
            }
        });
        add(&mut group.screens, finding.screen.clone());
        add(&mut group.names, what.name);
    }
    order
        .iter()
        .filter_map(|key| groups.get(key))
        .map(Group::line)
        .collect()
}

/// The screen in one line.
pub fn describe(screen: &Screen) -> String {
    format!(
        "image de {} × {} mm, bord inférieur à {} mm du sol, yeux à {} mm",
        mm(screen.width_mm),
        mm(screen.height_mm),
        mm(screen.lower_edge_mm),
        mm(screen.reading_distance_mm)
    )
}

#[derive(Default)]
struct Group {
    setting: &'static str,
    screens: Vec<String>,
    names: Vec<String>,
    fault: String,
}

impl Group {
    fn line(&self) -> String {
        let screens = several(&self.screens, "écrans");
        let names = several(&self.names, "textes");
        format!("{screens}{}, {names} : {}", self.setting, self.fault)
    }
}

/// The first, and how many others.
fn several(names: &[String], what: &str) -> String {
    let first = names.first().map_or("", String::as_str);
    match names.len() {
        0 | 1 => first.to_owned(),
        2 => format!("{first} et 1 autre"),
        more => format!("{first} et {} autres {what}", more - 1),
    }
}

fn add(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}

struct Wording {
    name: String,
    fault: String,
    by_size: bool,
}

fn wording(finding: &Finding) -> Wording {
    let (fault, by_size) = match &finding.shortfall {
        Shortfall::Narrow { mm: width } => (target(*width, "large"), false),
        Shortfall::Flat { mm: height } => (target(*height, "haut"), false),
        Shortfall::Close { to, mm: gap } => (
            format!(
                "{} mm jusqu’à {}, il en faut {}",
                mm(*gap),
                quoted(to),
                mm(SPACING_MM)
            ),
            false,
        ),
        Shortfall::High { mm: height, limit } => (
            format!(
                "commence à {} mm du sol, la main atteint {} mm au plus",
                mm(*height),
                mm(*limit)
            ),
            false,
        ),
        Shortfall::Deep { mm: height, limit } => (
            format!(
                "finit à {} mm du sol, la main n’atteint rien sous {} mm",
                mm(*height),
                mm(*limit)
            ),
            false,
        ),
        Shortfall::Small { mm: height, needed } => (
            format!(
                "capitales de {} mm, il en faut {}",
                mm(*height),
                mm(*needed)
            ),
            true,
        ),
    };
    Wording {
        name: quoted(&finding.what),
        fault,
        by_size,
    }
}

fn target(length: f64, way: &str) -> String {
    let worse = if length < LEAST_TARGET_MM {
        format!(", et jamais moins de {}", mm(LEAST_TARGET_MM))
    } else {
        String::new()
    };
    format!(
        "{} mm de {way}, il en faut {}{worse}",
        mm(length),
        mm(TARGET_MM)
    )
}

const fn setting(variant: Variant) -> &'static str {
    match variant {
        Variant::Usual => "",
        Variant::LargeText => " (grand texte)",
        Variant::LowReach => " (écran bas)",
    }
}

/// Longest text that is quoted whole, characters.
const QUOTED: usize = 40;

fn quoted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= QUOTED {
        return format!("« {text} »");
    }
    let short: String = text.chars().take(QUOTED).collect();
    format!("« {}… »", short.trim_end())
}

/// A length in French: one decimal, none where it is zero.
fn mm(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").unwrap_or(&text).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(screen: &str, what: &str, shortfall: Shortfall) -> (Variant, Finding) {
        let finding = Finding {
            screen: screen.to_owned(),
            what: what.to_owned(),
            shortfall,
        };
        (Variant::Usual, finding)
    }

    #[test]
    fn every_shortfall_is_told_with_its_millimetres() {
        let table = [
            (
                Shortfall::Flat { mm: 18.4 },
                "Accueil, « Retour » : 18,4 mm de haut, il en faut 20",
            ),
            (
                Shortfall::Narrow { mm: 12.0 },
                "Accueil, « Retour » : 12 mm de large, il en faut 20, et jamais moins de 15",
            ),
            (
                Shortfall::Close {
                    to: "Aide".to_owned(),
                    mm: 0.5,
                },
                "Accueil, « Retour » : 0,5 mm jusqu’à « Aide », il en faut 2",
            ),
            (
                Shortfall::High {
                    mm: 1255.0,
                    limit: 1220.0,
                },
                "Accueil, « Retour » : commence à 1255 mm du sol, la main atteint 1220 mm au plus",
            ),
            (
                Shortfall::Deep {
                    mm: 390.0,
                    limit: 380.0,
                },
                "Accueil, « Retour » : finit à 390 mm du sol, la main n’atteint rien sous 380 mm",
            ),
            (
                Shortfall::Small {
                    mm: 4.64,
                    needed: 4.8,
                },
                "Accueil, « Retour » : capitales de 4,6 mm, il en faut 4,8",
            ),
        ];
        for (shortfall, expected) in table {
            assert_eq!(
                lines(&[finding("Accueil", "Retour", shortfall)]),
                [expected]
            );
        }
    }

    #[test]
    fn the_same_fault_on_several_screens_is_one_line() {
        let flat = || Shortfall::Flat { mm: 18.4 };
        let mut low = finding("Liste", "Retour", flat());
        low.0 = Variant::LowReach;
        let found = [
            finding("Accueil", "Retour", flat()),
            finding("Liste", "Retour", flat()),
            finding("Aide", "Retour", flat()),
            finding("Aide", "Fin", flat()),
            low,
        ];
        assert_eq!(
            lines(&found),
            [
                "Accueil et 2 autres écrans, « Retour » : 18,4 mm de haut, il en faut 20",
                "Aide, « Fin » : 18,4 mm de haut, il en faut 20",
                "Liste (écran bas), « Retour » : 18,4 mm de haut, il en faut 20",
            ]
        );
    }

    #[test]
    fn texts_of_one_size_are_one_line() {
        let small = || Shortfall::Small {
            mm: 4.64,
            needed: 4.8,
        };
        let found = [
            finding("Accueil", "Nouveau", small()),
            finding("Accueil", "0:34", small()),
            finding("Accueil", "0:28", small()),
        ];
        assert_eq!(
            lines(&found),
            ["Accueil, « Nouveau » et 2 autres textes : capitales de 4,6 mm, il en faut 4,8"]
        );
    }
}
