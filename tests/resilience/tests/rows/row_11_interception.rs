//! Row 11: somebody else answers.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resilience::process::{self, Running};
use resilience::programs::tool;
use resilience::reply::Reply;
use resilience::scene::Scene;
use resilience::server::Server;
use resilience::{address, stock::Stock};

use crate::{OTHER, VIDEO};

/// A borne whose server answers every request with this: nothing is stored, the status says why.
#[track_caller]
fn nothing_stored(code: &str, answer: impl Fn() -> Reply + Send + 'static) {
    let scene = Scene::with(&[("un", VIDEO)], move |_, _| Some(answer()));
    scene.must_fail_with(code);
    assert_eq!(scene.stock(), Stock::default());
}

#[test]
fn row_11_a_captive_portal_is_named_and_nothing_of_it_stored() {
    nothing_stored("portal", Reply::page);
    nothing_stored("portal", || {
        Reply::new(511, "").with("Content-Type", "text/html")
    });
}

#[test]
fn row_11_a_portal_between_catalogue_and_videos_changes_nothing_and_is_over_by_itself() {
    let portal = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&portal);
    let scene = Scene::with(&[("un", VIDEO)], move |request, _| {
        (switch.load(Ordering::SeqCst) && request.path.starts_with("/media/")).then(Reply::page)
    });
    scene.sync().must(0);
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    portal.store(true, Ordering::SeqCst);
    scene.must_fail_with("portal");
    scene.must_show(&["un"]);
    portal.store(false, Ordering::SeqCst);
    scene.sync().must(0);
    scene.must_show(&["un", "deux"]);
}

#[test]
fn row_11_a_portal_that_claims_to_send_video_is_noticed_by_its_content() {
    let scene = Scene::with(&[("un", VIDEO), ("deux", OTHER)], |request, _| {
        request
            .is_video()
            .then(|| Reply::page().with("Content-Type", "video/mp4"))
    });
    scene.sync().must(3);
    scene.must_show(&[]);
    assert_eq!(scene.stock().missing.len(), 2);
}

#[test]
fn row_11_nobody_is_followed_to_another_host_or_scheme() {
    let other = Server::start(|_, _| Reply::page());
    let target = other.url();
    for to in [
        target.as_str(),
        "file:///etc/passwd",
        "https://127.0.0.1/",
        "ftp://127.0.0.1/",
    ] {
        let to = to.to_owned();
        nothing_stored("redirected", move || Reply::elsewhere(&to));
    }
    assert_eq!(other.requests().len(), 0);
}

#[test]
fn row_11_a_video_is_not_had_from_elsewhere() {
    let scene = Scene::with(&[("un", VIDEO)], |request, _| {
        request
            .is_video()
            .then(|| Reply::elsewhere("file:///dev/zero"))
    });
    scene.sync().must(3);
    assert_eq!(scene.stock().missing["essai/un"], "redirected");
}

#[test]
fn row_11_a_redirection_in_circles_ends() {
    nothing_stored("redirected", || Reply::elsewhere("/again"));
}

#[test]
fn row_11_within_the_host_a_redirection_is_followed() {
    let scene = Scene::with(&[("un", VIDEO)], |request, _| match request.path.as_str() {
        "/moved" => Some(Reply::new(200, VIDEO)),
        _ => request.is_video().then(|| Reply::elsewhere("/moved")),
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
}

#[test]
fn row_11_a_connection_that_somebody_reads_is_refused() {
    let scene = Scene::new(&[("un", VIDEO)]);
    let reader = Reader::start(scene.folder());
    scene.borne.look_at(&reader.url);
    scene.must_fail_with("certificate");
    assert_eq!(scene.stock(), Stock::default());
}

#[test]
fn row_11_a_proxy_that_wants_a_password_is_named() {
    let proxy = Server::start(|_, _| Reply::new(407, "").with("Proxy-Authenticate", "Basic"));
    let scene = Scene::new(&[("un", VIDEO)]);
    let setting = format!("proxy = \"{}\"\n", proxy.url());
    scene.borne.look_with("http://videos.example/", &setting);
    scene.must_fail_with("proxy");
    assert!(
        proxy.requests()[0]
            .path
            .starts_with("http://videos.example/")
    );
    assert_eq!(scene.stock(), Stock::default());
}

#[test]
fn row_11_a_proxy_that_is_not_there_is_named() {
    let scene = Scene::new(&[("un", VIDEO)]);
    let nobody = address::free_address().unwrap();
    let setting = format!("proxy = \"http://{nobody}/\"\n");
    scene.borne.look_with("http://videos.example/", &setting);
    scene.must_fail_with("proxy");
}

/// A TLS server with a certificate that it has signed itself, as a reading proxy has.
struct Reader {
    url: String,
    _running: Running,
}

impl Reader {
    fn start(folder: &std::path::Path) -> Self {
        let openssl = tool("openssl", "openssl").unwrap();
        let mut request = Command::new(&openssl);
        request
            .current_dir(folder)
            .args(["req", "-x509", "-nodes", "-newkey", "rsa:2048"]);
        request.args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ]);
        request.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
        request.args(["-keyout", "key.pem", "-out", "certificate.pem"]);
        process::succeed(&mut request).unwrap();
        let address = address::free_address().unwrap();
        let mut serve = Command::new(&openssl);
        serve
            .current_dir(folder)
            .args(["s_server", "-quiet", "-www"]);
        serve.args(["-key", "key.pem", "-cert", "certificate.pem", "-accept"]);
        serve.arg(address.to_string());
        let mut running = Running::start("openssl", serve, folder).unwrap();
        address::answers("openssl", address, || running.must_be_alive()).unwrap();
        Self {
            url: format!("https://{address}/"),
            _running: running,
        }
    }
}
