//! Logging in: the right password, the wrong one, guessing, and forms that are not ours.

use central::store::{audit, staff};
use reqwest::{Client, Response, StatusCode};

use crate::common::{PASSWORD, Server, client};

/// The hidden field of the form on a page.
pub fn form(page: &str) -> String {
    let start = page.find("name=\"form\" value=\"").expect("a form") + 19;
    page[start..start + 64].to_owned()
}

pub async fn attempt(server: &Server, client: &Client, name: &str, password: &str) -> Response {
    let page = client
        .get(server.url("/connexion"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let fields = [
        ("form", form(&page)),
        ("name", name.into()),
        ("password", password.into()),
    ];
    client
        .post(server.url("/connexion"))
        .form(&fields)
        .send()
        .await
        .unwrap()
}

/// A client that is logged in.
pub async fn logged_in(server: &Server) -> Client {
    server.person("claire").await;
    let client = client();
    let response = attempt(server, &client, "claire", PASSWORD).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    client
}

async fn dashboard(server: &Server, client: &Client) -> StatusCode {
    client.get(server.url("/")).send().await.unwrap().status()
}

#[tokio::test]
async fn the_right_password_opens_the_dashboard_until_the_session_is_left() {
    let server = Server::start().await;
    let client = logged_in(&server).await;
    let page = client.get(server.url("/")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let fields = [("form", form(&page.text().await.unwrap()))];
    let left = client
        .post(server.url("/deconnexion"))
        .form(&fields)
        .send()
        .await
        .unwrap();
    assert_eq!(left.headers()["location"], "/connexion");
    assert_eq!(dashboard(&server, &client).await, StatusCode::SEE_OTHER);
    let lines = server
        .app
        .store
        .read(|connection| audit::latest(connection, 3))
        .await
        .unwrap();
    let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(actions, ["deconnexion", "connexion", "compte-ajoute"]);
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_get_the_same_answer() {
    let server = Server::start().await;
    server.person("claire").await;
    let client = client();
    let mut answers = Vec::new();
    for name in ["claire", "inconnu"] {
        let response = attempt(&server, &client, name, "pas le bon mot").await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        let page = response.text().await.unwrap();
        answers.push(page.replace(&form(&page), "").replace(name, ""));
    }
    answers[0] = answers[0].replace("claire", "");
    assert_eq!(answers[0], answers[1]);
    assert_eq!(dashboard(&server, &client).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_is_slowed_down_even_for_the_right_password_later() {
    let server = Server::start().await;
    server.person("claire").await;
    let client = client();
    for _ in 0..5 {
        let response = attempt(&server, &client, "claire", "pas le bon mot").await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    }
    let waiting = attempt(&server, &client, "claire", PASSWORD).await;
    assert_eq!(waiting.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(waiting.text().await.unwrap().contains("15 minutes"));
    server.later(15 * 60);
    let right = attempt(&server, &client, "claire", PASSWORD).await;
    assert_eq!(right.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_its_token_is_refused() {
    let server = Server::start().await;
    server.person("claire").await;
    let client = client();
    client.get(server.url("/connexion")).send().await.unwrap();
    let stranger = "0".repeat(64);
    for token in ["", stranger.as_str()] {
        let fields = [("form", token), ("name", "claire"), ("password", PASSWORD)];
        let response = client
            .post(server.url("/connexion"))
            .form(&fields)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn leaving_needs_the_token_of_the_session() {
    let server = Server::start().await;
    let client = logged_in(&server).await;
    let left = client
        .post(server.url("/deconnexion"))
        .form(&[("form", "")])
        .send()
        .await
        .unwrap();
    assert_eq!(left.status(), StatusCode::FORBIDDEN);
    assert_eq!(dashboard(&server, &client).await, StatusCode::OK);
}

#[tokio::test]
async fn a_session_ends_with_the_day_and_with_a_new_password() {
    let server = Server::start().await;
    let client = logged_in(&server).await;
    server.later(12 * 60 * 60);
    assert_eq!(dashboard(&server, &client).await, StatusCode::SEE_OTHER);
    attempt(&server, &client, "claire", PASSWORD).await;
    assert_eq!(dashboard(&server, &client).await, StatusCode::OK);
    server
        .write(|connection, now| staff::set_password(connection, "claire", "hash", now))
        .await;
    assert_eq!(dashboard(&server, &client).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn behind_https_cookies_never_travel_in_clear() {
    let server = Server::start_with(|config| config.https = true).await;
    let page = client().get(server.url("/connexion")).send().await.unwrap();
    let cookie = page.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-"), "{cookie}");
    for part in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(page.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn every_page_forbids_what_it_does_not_need() {
    let server = Server::start().await;
    for path in ["/connexion", "/", "/nulle-part", "/assets/style.css"] {
        let response = client().get(server.url(path)).send().await.unwrap();
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }
}
