use std::collections::BTreeSet;
use std::path::Path;

use borne::settings::Settings;

use super::Finding;

/// The root of trust of the settings: it can be read, and is of the lineage that the borne follows.
///
/// A borne goes on from the root it has come to trust; the one of the settings serves only its first
/// contact. Another network's root in the settings changes nothing, and says nothing of it.
pub fn look(settings: &Settings) -> Finding {
    let path = &settings.sync.root;
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        format!(
            "{shown} : lecture impossible ({error}). Copiez-y le root.json du réseau (sync.root)."
        )
    })?;
    let delivered = keys(&bytes)
        .ok_or_else(|| format!("{shown} : ce n'est pas un root.json. Copiez celui du réseau."))?;
    let folder = settings.storage.data.join("trust");
    if is_of_another_lineage(&delivered, &folder) {
        return Err(format!(
            "{shown} n'est pas de la lignée que la borne suit depuis son premier contact ({folder}), \
             et ne sert donc à rien. Si la borne a changé de réseau, arrêtez la synchronisation, videz \
             ce dossier et lancez « borne sync --once » ; sinon, remettez l'ancien root.json.",
            folder = folder.display()
        ));
    }
    Ok(shown.to_string())
}

/// Roots of one network follow each other: two of them share keys, unless all were changed between.
fn is_of_another_lineage(delivered: &BTreeSet<String>, trust: &Path) -> bool {
    let held = std::fs::read(trust.join("root.json")).unwrap_or_default();
    keys(&held).is_some_and(|followed| followed.is_disjoint(delivered))
}

/// Identifiers of the keys that sign a root; `None` when it is none.
fn keys(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let json: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let signed = json.get("signed")?;
    if signed.get("_type")? != "root" {
        return None;
    }
    let keys = signed.pointer("/roles/root/keyids")?.as_array()?;
    Some(
        keys.iter()
            .filter_map(|key| key.as_str().map(str::to_owned))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(keys: &[&str]) -> Vec<u8> {
        let root = serde_json::json!({
            "signed": { "_type": "root", "roles": { "root": { "keyids": keys } } }
        });
        root.to_string().into_bytes()
    }

    #[test]
    fn a_root_of_another_network_is_told_from_a_later_one_of_the_same() {
        let trust = tempfile::TempDir::new().unwrap();
        let delivered = keys(&root(&["a", "b", "c"])).unwrap();
        assert!(!is_of_another_lineage(&delivered, trust.path()));
        for (held, other) in [
            (root(&["a", "b", "c"]), false),
            (root(&["c", "d", "e"]), false),
            (root(&["x", "y", "z"]), true),
            (b"nothing that can be read".to_vec(), false),
        ] {
            std::fs::write(trust.path().join("root.json"), &held).unwrap();
            let found = is_of_another_lineage(&delivered, trust.path());
            assert_eq!(found, other, "{}", String::from_utf8_lossy(&held));
        }
    }

    #[test]
    fn what_is_no_root_has_no_keys() {
        for text in ["", "{}", r#"{"signed":{"_type":"targets"}}"#, "[1]"] {
            assert_eq!(keys(text.as_bytes()), None, "{text}");
        }
    }
}
