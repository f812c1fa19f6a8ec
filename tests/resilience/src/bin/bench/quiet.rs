//! P8: a look that finds nothing new.

use anyhow::Result;
use resilience::borne::Borne;
use resilience::repository::Repository;
use resilience::server::Server;

use resilience::figure::Figure;

pub fn measure() -> Result<Vec<Figure>> {
    let repository = Repository::with(&[("un", b"a video")]);
    let server = Server::folder(repository.root(), |_, _| None);
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let borne = Borne::new(
        folder.path(),
        &data,
        &server.url(),
        &repository.first_root(),
    );
    borne.sync().must(0);
    let before = server.requests().len();
    borne.sync().must(0);
    let requests = server.requests().split_off(before);
    let bytes: u64 = requests
        .iter()
        .map(|request| {
            let file = repository.root().join(request.path.trim_start_matches('/'));
            file.metadata().map_or(0, |found| found.len())
        })
        .sum();
    let (count, bytes) = (requests.len() as f64, bytes as f64);
    Ok(vec![
        Figure::absolute(
            "P8 requests with nothing new",
            count,
            "requests",
            "1",
            count <= 1.0,
        ),
        Figure::absolute(
            "P8 bytes with nothing new",
            bytes,
            "B",
            "below 2000",
            bytes < 2_000.0,
        ),
    ])
}
