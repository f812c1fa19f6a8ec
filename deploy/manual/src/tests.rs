use clap::{Arg, ArgAction};

use super::*;
use crate::closing::{Part, parts};

const CODES: &str =
    "Codes de sortie :\n  0  tout va bien\n  3  à jour, mais il manque\n     une vidéo";

fn command() -> Command {
    let mode = Arg::new("mode")
        .long("mode")
        .action(ArgAction::Set)
        .value_parser(["doux", "fort"])
        .default_value("doux")
        .help("Comment faire");
    Command::new("outil")
        .version("1.2.3")
        .about("l'outil d'essai")
        .after_help(CODES)
        .subcommand(
            Command::new("faire")
                .about("Fait ce qui est demandé")
                .arg(mode),
        )
        .subcommand(
            Command::new("finir")
                .about("Finit")
                .after_help("Rien ne reste.\n\nCodes de sortie avec --tout :\n  7  fini"),
        )
        .subcommand(Command::new("caché").hide(true))
}

fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manual = Manual {
        command: command(),
        files: &[("/etc/outil.toml", "les réglages")],
    };
    manual.write(folder.path(), "2026-01-31").unwrap();
    folder
}

fn page(name: &str) -> String {
    let folder = written();
    fs::read_to_string(folder.path().join("share/man/fr/man1").join(name)).unwrap()
}

#[test]
fn a_list_of_codes_is_told_from_commands_and_from_running_text() {
    let text = format!(
        "Une phrase\nsur deux lignes.\n\nPour commencer :\n  outil faire \\\n      --mode fort\n\n{CODES}\nEncore."
    );
    let title = |title: &str| title.to_owned();
    assert_eq!(
        parts(&text),
        [
            Part::Paragraph("Une phrase sur deux lignes.".to_owned()),
            Part::Lines {
                title: title("Pour commencer"),
                lines: vec!["outil faire \\".to_owned(), "    --mode fort".to_owned()],
            },
            Part::List {
                title: title("Codes de sortie"),
                items: vec![
                    ("0".to_owned(), "tout va bien".to_owned()),
                    (
                        "3".to_owned(),
                        "à jour, mais il manque une vidéo".to_owned()
                    ),
                ],
            },
            Part::Paragraph("Encore.".to_owned()),
        ]
    );
}

#[test]
fn each_command_that_the_help_tells_has_a_page() {
    let folder = written();
    let mut names: Vec<_> = fs::read_dir(folder.path().join("share/man/fr/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["outil-faire.1", "outil-finir.1", "outil.1"]);
}

#[test]
fn a_page_is_dated_and_has_its_files_and_a_way_back() {
    let page = page("outil-faire.1");
    for said in [
        "2026-01-31",
        ".SH NOM\noutil\\-faire \\- Fait ce qui est demandé\n",
        "/etc/outil.toml",
        "\\fBoutil\\fR(1)",
    ] {
        assert!(page.contains(said), "{said} : {page}");
    }
}

#[test]
fn what_clap_says_in_english_is_french() {
    let page = page("outil-faire.1");
    assert!(
        page.contains("Comment faire [valeurs : doux, fort] [par défaut : doux]"),
        "{page}"
    );
    for english in [
        "Possible values",
        "[default",
        ".SH NAME",
        "SUBCOMMANDS",
        "EXTRA",
    ] {
        assert!(!page.contains(english), "{english} : {page}");
    }
}

#[test]
fn a_command_without_exit_codes_of_its_own_has_those_of_all() {
    assert!(
        page("outil-faire.1").contains(".SH \"CODES DE SORTIE\"\n.TP\n\\fB0\\fR\ntout va bien\n")
    );
    let own = page("outil-finir.1");
    assert!(own.contains(".SH \"CODES DE SORTIE AVEC --tout\""), "{own}");
    assert!(!own.contains("tout va bien"), "{own}");
    assert!(own.contains("Rien ne reste."), "{own}");
}

#[test]
fn completions_stand_where_each_shell_looks() {
    let folder = written();
    for file in [
        "share/bash-completion/completions/outil",
        "share/zsh/vendor-completions/_outil",
        "share/fish/vendor_completions.d/outil.fish",
    ] {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(text.contains("finir"), "{file} : {text}");
    }
}

#[test]
fn only_the_word_with_a_folder_and_a_date_asks_for_the_manual() {
    let folder = tempfile::tempdir().unwrap();
    let manual = || Manual {
        command: command(),
        files: &[],
    };
    let ask = |arguments: &[&str]| asked(arguments.iter().map(OsString::from), manual);
    assert!(ask(&["outil"]).is_none());
    assert!(ask(&["outil", "faire", "a", "b"]).is_none());
    assert!(ask(&["outil", "manual"]).is_none());
    let place = folder.path().to_str().unwrap();
    assert_eq!(
        ask(&["outil", "manual", place, "2026-01-31"]),
        Some(ExitCode::SUCCESS)
    );
    assert!(folder.path().join("share/man/fr/man1/outil.1").is_file());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fichier");
    fs::write(&file, "").unwrap();
    let manual = Manual {
        command: command(),
        files: &[],
    };
    let error = manual.write(&file, "2026-01-31").unwrap_err();
    assert!(error.path.starts_with(&file), "{error}");
}
