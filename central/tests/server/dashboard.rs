//! What staff see on the dashboard.

use std::collections::BTreeMap;

use central::catalogue::{Shelf, Title};
use media_manifest::catalogue::Kind;
use reqwest::Client;
use serde_json::{Value, json};

use crate::common::{NOW, Server, batch, play_of};
use crate::login::logged_in;

const YESTERDAY: &str = "2026-11-20T10:00:00Z";
const LONG_AGO: &str = "2026-05-04T10:00:00Z";

async fn page(server: &Server, client: &Client, path: &str) -> String {
    client
        .get(server.url(path))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap()
}

/// Whether a row of the table of videos has so many playbacks.
fn has_plays(page: &str, video: &str, plays: u32) -> bool {
    let Some(row) = page.find(&format!("data-video=\"{video}\"")) else {
        return false;
    };
    let end = page[row..].find("</tr>").unwrap();
    page[row..row + end].contains(&format!("data-plays=\"{plays}\""))
}

fn event(seq: u64, kind: &str, fields: Value) -> Value {
    let mut event = json!({ "seq": seq, "hour": YESTERDAY, "clock": "synced", "type": kind });
    let Value::Object(fields) = fields else {
        panic!("fields are an object: {fields}");
    };
    event.as_object_mut().unwrap().extend(fields);
    event
}

fn title(title: &str) -> Title {
    Title {
        title: title.to_owned(),
        kind: Kind::Conseil,
        group: "CV et profil".to_owned(),
        colour: "#2B6A34".to_owned(),
    }
}

fn shelf() -> Shelf {
    Shelf {
        read_at: NOW.parse().ok(),
        version: "forem=3".to_owned(),
        videos: BTreeMap::from([
            ("forem/cv".to_owned(), title("Rédigez <votre> CV")),
            (
                "forem/iceberg".to_owned(),
                title("Le marché de l'emploi est comme un iceberg !"),
            ),
        ]),
    }
}

#[tokio::test]
async fn plays_show_by_video_and_by_borne_in_their_period() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server.borne("couvin").await;
    let events = [
        play_of(1, "forem/cv", YESTERDAY),
        play_of(2, "forem/cv", YESTERDAY),
        play_of(3, "forem/cv", LONG_AGO),
        play_of(4, "siep/etudes", YESTERDAY),
    ];
    server.deliver(&token, &batch("mons", &events)).await;
    server.later(180);
    let client = logged_in(&server).await;
    let month = page(&server, &client, "/").await;
    assert!(has_plays(&month, "forem/cv", 2), "{month}");
    assert!(has_plays(&month, "siep/etudes", 1));
    assert!(month.contains("data-borne=\"mons\" data-plays=\"3\""));
    assert!(month.contains("data-borne=\"couvin\" data-plays=\"0\""));
    assert!(month.contains("il y a 3 minutes") && month.contains("en ligne"));
    assert!(month.contains("pas encore de contact"));
    let year = page(&server, &client, "/?periode=12m").await;
    assert!(has_plays(&year, "forem/cv", 3));
}

#[tokio::test]
async fn a_play_without_a_date_counts_on_arrival_and_says_so() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let mut undated = play_of(1, "forem/cv", "1970-01-01T00:00:00Z");
    undated["clock"] = json!("unknown");
    server.deliver(&token, &batch("mons", &[undated])).await;
    let client = logged_in(&server).await;
    let page = page(&server, &client, "/?periode=7j").await;
    assert!(has_plays(&page, "forem/cv", 1));
    assert!(page.contains("dont 1 sans date"));
}

#[tokio::test]
async fn a_silent_borne_says_since_when() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server.deliver(&token, &batch("mons", &[])).await;
    server.later(5 * 86_400);
    let client = logged_in(&server).await;
    let page = page(&server, &client, "/").await;
    assert!(page.contains("data-state=\"silent\""));
    assert!(page.contains("silencieuse depuis 5 jours"));
    assert!(page.contains("0 en ligne sur 1"));
}

#[tokio::test]
async fn searches_without_result_and_unavailable_videos_are_listed() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let events = [
        event(
            1,
            "search",
            json!({ "results": "0", "clicked": false, "term": "boulanger" }),
        ),
        event(2, "search", json!({ "results": "0", "clicked": false })),
        event(
            3,
            "search",
            json!({ "results": "6+", "clicked": true, "term": "analyste" }),
        ),
        event(
            4,
            "unavailable",
            json!({ "video": "forem/cv", "reason": "corrupt" }),
        ),
    ];
    server.deliver(&token, &batch("mons", &events)).await;
    let client = logged_in(&server).await;
    let page = page(&server, &client, "/").await;
    assert!(page.contains("boulanger") && !page.contains("analyste"));
    assert!(page.contains("1 autre recherche sans résultat"));
    assert!(page.contains("Sur 3 recherches"));
    assert!(page.contains("fichier abîmé") && page.contains("1 fois, sur 1 borne"));
}

#[tokio::test]
async fn the_catalogue_gives_titles_and_what_was_never_watched() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server
        .deliver(&token, &batch("mons", &[play_of(1, "forem/cv", YESTERDAY)]))
        .await;
    server.app.titles.set(shelf());
    let client = logged_in(&server).await;
    let page = page(&server, &client, "/").await;
    assert!(
        !page.contains("<votre>") && page.contains("votre"),
        "titles are escaped"
    );
    let never = page.find("id=\"never-watched\"").unwrap();
    assert!(page[never..].contains("iceberg") && !page[never..].contains("votre"));
    assert!(page.contains("à jour"));
}

#[tokio::test]
async fn with_nothing_to_show_the_page_says_so_in_words() {
    let server = Server::start().await;
    let client = logged_in(&server).await;
    let page = page(&server, &client, "/?periode=nimporte").await;
    assert!(
        page.contains("Aucune lecture n'est arrivée")
            || page.contains("Aucune lecture n&#39;est arrivée")
    );
    assert!(page.contains("Aucune borne n'est encore inscrite"));
    assert!(page.contains("On ne peut pas le dire sans le catalogue publié"));
}
