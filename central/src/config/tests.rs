use super::*;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("/etc/central/central.toml"), text)
}

fn key_at_fault(text: &str) -> String {
    match parse(text) {
        Err(ConfigError::Key { key, .. }) => key,
        other => panic!("no key at fault: {other:?}"),
    }
}

const WHOLE: &str = "[server]\nlisten = \"127.0.0.1:0\"\n[storage]\ndata = \"data\"\n";

#[test]
fn relative_paths_start_from_the_file() {
    let config = parse(&format!(
        "{WHOLE}[catalogue]\nrepository = \"depot\"\nroot = \"/r.json\""
    ))
    .unwrap();
    assert_eq!(config.data, Path::new("/etc/central/data"));
    let repository = config.catalogue.unwrap();
    assert_eq!(repository.folder, Path::new("/etc/central/depot"));
    assert_eq!(repository.root, Path::new("/r.json"));
}

#[test]
fn an_error_names_its_key() {
    assert_eq!(key_at_fault(""), "server.listen");
    assert_eq!(
        key_at_fault("[server]\nlisten = \"nowhere\""),
        "server.listen"
    );
    assert_eq!(key_at_fault("[server]\nlisten = 80"), "server.listen");
    assert_eq!(
        key_at_fault("[server]\nlisten = \"127.0.0.1:1\""),
        "storage.data"
    );
    assert_eq!(key_at_fault("[server]\nlistne = \"x\""), "server.listne");
    assert_eq!(
        key_at_fault(&format!("{WHOLE}[catalogue]\nroot = \"r\"")),
        "catalogue.repository"
    );
}

#[test]
fn a_text_that_is_not_toml_is_refused_as_such() {
    assert!(matches!(parse("[server"), Err(ConfigError::Toml { .. })));
}

#[test]
fn the_file_of_the_debian_package_is_read_and_keeps_to_this_machine() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../deploy/debian/rootfs/central/etc/central/central.toml");
    let config = Config::read(&file).unwrap();
    assert!(config.listen.ip().is_loopback(), "{}", config.listen);
    assert!(config.https && config.behind_proxy);
    assert_eq!(config.data, Path::new("/var/lib/central"));
}
