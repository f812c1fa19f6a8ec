use std::collections::BTreeSet;
use std::fs;

use serde_json::json;
use sha2::{Digest, Sha512};
use tempfile::tempdir;

use super::client;
use super::repository::{Memory, Repository};
use crate::trust::{Client, TrustError, policy};

const CONTENT: &[u8] = b"content";

async fn refreshed(repository: &Repository, folder: &tempfile::TempDir) -> Client<Memory> {
    let mut client = client(repository, folder.path());
    client.refresh().await.unwrap();
    repository.requests();
    client
}

fn publish(repository: &mut Repository, roles: &[&str]) {
    repository.publish(roles);
    repository.publish(&["targets", "snapshot", "timestamp"]);
}

#[tokio::test]
async fn roles_are_asked_in_order_depth_first_and_each_once() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.delegate("targets", "a", &["*"], false);
    repository.delegate("targets", "b", &["*"], false);
    repository.delegate("a", "c", &["*"], false);
    repository.delegate("c", "a", &["*"], false);
    publish(&mut repository, &["a", "b", "c"]);
    let mut client = refreshed(&repository, &folder).await;
    let error = client.find("missing").await.unwrap_err();
    assert!(matches!(error, TrustError::NoTarget { .. }), "{error}");
    assert_eq!(
        repository.requests(),
        [
            "metadata/1.a.json",
            "metadata/1.c.json",
            "metadata/1.b.json"
        ]
    );
}

#[tokio::test]
async fn past_a_terminating_delegation_nobody_else_is_asked() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.delegate("targets", "a", &["x/*"], true);
    repository.delegate("targets", "b", &["x/*"], false);
    repository.target("b", "x/file", CONTENT);
    publish(&mut repository, &["a", "b"]);
    let mut client = refreshed(&repository, &folder).await;
    assert!(matches!(
        client.find("x/file").await,
        Err(TrustError::NoTarget { .. })
    ));
    assert_eq!(repository.requests(), ["metadata/1.a.json"]);
}

#[tokio::test]
async fn a_partner_is_not_heard_on_the_folder_of_another() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.delegate("targets", "forem", &["forem/*"], true);
    repository.delegate("targets", "siep", &["siep/*"], true);
    repository.target("forem", "siep/catalogue.json", b"forged");
    publish(&mut repository, &["forem", "siep"]);
    let mut client = refreshed(&repository, &folder).await;
    let error = client.find("siep/catalogue.json").await.unwrap_err();
    assert!(matches!(error, TrustError::NoTarget { .. }));
    assert_eq!(repository.requests(), ["metadata/1.siep.json"]);
}

#[tokio::test]
async fn a_star_does_not_cross_a_folder() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.delegate("targets", "a", &["*.md", "r/*/*", "foo-?.tgz"], false);
    for name in [
        "README.md",
        "r/README.md",
        "r/x/v1",
        "foo-1.tgz",
        "foo-10.tgz",
    ] {
        repository.target("a", name, CONTENT);
    }
    publish(&mut repository, &["a"]);
    let mut client = refreshed(&repository, &folder).await;
    for (name, found) in [
        ("README.md", true),
        ("README.MD", false),
        ("r/README.md", false),
        ("r/x/v1", true),
        ("foo-1.tgz", true),
        ("foo-10.tgz", false),
    ] {
        assert_eq!(client.find(name).await.is_ok(), found, "{name}");
    }
}

#[tokio::test]
async fn no_name_of_a_role_leads_out_of_the_folder() {
    for (role, path) in [
        ("../x", "metadata/1...%2Fx.json"),
        ("/x", "metadata/1.%2Fx.json"),
        ("?", "metadata/1.%3F.json"),
        ("#", "metadata/1.%23.json"),
    ] {
        let (mut repository, outer) = (Repository::new(), tempdir().unwrap());
        repository.delegate("targets", role, &["*"], false);
        publish(&mut repository, &[role]);
        let folder = outer.path().join("trust");
        let mut client = client(&repository, &folder);
        client.refresh().await.unwrap();
        repository.requests();
        client.find("missing").await.unwrap_err();
        assert_eq!(repository.requests(), [path]);
        let outside: Vec<_> = fs::read_dir(outer.path()).unwrap().collect();
        assert_eq!(outside.len(), 1, "{role}");
        let names = fs::read_dir(&folder).unwrap();
        let names: BTreeSet<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        // Five roles, each with its copy, and that catalogues are to be read.
        assert_eq!(names.len(), 11, "{names:?}");
    }
}

#[tokio::test]
async fn a_role_may_not_take_the_name_of_a_top_level_one() {
    for name in ["root", "snapshot", "", &"x".repeat(81)] {
        let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
        repository.role("targets")["delegations"]["roles"] = json!([{
            "name": name, "keyids": [], "threshold": 1, "paths": ["*"], "terminating": false,
        }]);
        repository.publish(&["targets", "snapshot", "timestamp"]);
        let refreshed = client(&repository, folder.path()).refresh().await;
        assert!(
            matches!(refreshed, Err(TrustError::Malformed { .. })),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_role_is_verified_with_the_keys_of_the_delegator_it_is_reached_through() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.delegate("targets", "a", &["a/*"], false);
    repository.delegate("targets", "b", &["b/*"], false);
    repository.delegate("a", "release", &["a/*"], false);
    repository.delegate("b", "release", &["b/*"], false);
    repository.keys.get_mut("release").unwrap().pop();
    repository.target("release", "a/file", CONTENT);
    repository.target("release", "b/file", b"forged");
    publish(&mut repository, &["release", "a", "b"]);
    let mut client = refreshed(&repository, &folder).await;
    assert_eq!(client.target("a/file").await.unwrap().into_inner(), CONTENT);
    let error = client.target("b/file").await.unwrap_err();
    assert!(matches!(error, TrustError::Signature { .. }), "{error}");
}

#[tokio::test]
async fn a_role_that_the_snapshot_does_not_list_is_not_asked_for() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.delegate("targets", "forem", &["forem/*"], true);
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let mut client = refreshed(&repository, &folder).await;
    let error = client.find("forem/catalogue.json").await.unwrap_err();
    assert!(matches!(error, TrustError::NotInSnapshot { .. }));
    assert!(repository.requests().is_empty());
}

#[tokio::test]
async fn too_many_delegations_are_left_at_the_limit() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    let names: Vec<_> = (0..=policy::DELEGATIONS_VISITED)
        .map(|n| format!("r{n}"))
        .collect();
    let key = repository.new_key();
    let delegations = &mut repository.role("targets")["delegations"];
    delegations["keys"][key.id()] = key.public();
    delegations["roles"] = names
        .iter()
        .map(|name| {
            json!({ "name": name, "keyids": [key.id()], "threshold": 1,
                    "paths": ["*"], "terminating": false })
        })
        .collect();
    for name in &names {
        let mut role = repository.roles["targets"].clone();
        role["delegations"] = json!({ "keys": {}, "roles": [] });
        repository.roles.insert(name.clone(), role);
        let seed = [u8::try_from(5).unwrap(); 32];
        let key = crate::publish::SigningKey::from_seed(&seed).unwrap();
        repository.keys.insert(name.clone(), vec![key]);
        repository.publish(&[name]);
    }
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let mut client = refreshed(&repository, &folder).await;
    let error = client.find("missing").await.unwrap_err();
    assert!(matches!(error, TrustError::Limit { .. }), "{error}");
    assert_eq!(repository.requests().len(), policy::DELEGATIONS_VISITED);
}

#[tokio::test]
async fn sha512_alone_will_do_and_an_unknown_hash_alone_will_not() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    let hash = hex::encode(Sha512::digest(CONTENT));
    repository.role("targets")["targets"] = json!({
        "folder/a b.json": { "length": 7, "hashes": { "sha512": &hash } },
        "b.json": { "length": 7, "hashes": { "other": &hash } },
    });
    repository.serve(&format!("targets/folder/{hash}.a%20b.json"), CONTENT);
    repository.serve("targets/b.json", CONTENT);
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let mut client = refreshed(&repository, &folder).await;
    assert_eq!(
        client.target("folder/a b.json").await.unwrap().into_inner(),
        CONTENT
    );
    let error = client.target("b.json").await.unwrap_err();
    assert!(matches!(error, TrustError::Mismatch { .. }));
}

#[tokio::test]
async fn without_consistent_snapshots_names_are_plain() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("root")["consistent_snapshot"] = false.into();
    repository.target("targets", "x/a.json", CONTENT);
    repository.publish(&["root", "targets", "snapshot", "timestamp"]);
    for role in ["targets", "snapshot"] {
        let bytes = repository.served(&format!("metadata/2.{role}.json"));
        repository.serve(&format!("metadata/{role}.json"), bytes);
    }
    repository.serve("targets/x/a.json", CONTENT);
    let mut client = refreshed(&repository, &folder).await;
    assert_eq!(
        client.target("x/a.json").await.unwrap().into_inner(),
        CONTENT
    );
    assert_eq!(repository.requests(), ["targets/x/a.json"]);
}

#[tokio::test]
async fn a_target_whose_name_climbs_is_not_fetched() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.target("targets", "a/../../b", CONTENT);
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let mut client = refreshed(&repository, &folder).await;
    assert!(matches!(
        client.target("a/../../b").await,
        Err(TrustError::NoTarget { .. })
    ));
    assert!(repository.requests().is_empty());
}
