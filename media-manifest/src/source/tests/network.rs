use std::fs;

use tempfile::tempdir;

use crate::source::{default_classification, read_classification};

#[test]
fn the_classification_that_comes_along_is_in_order() {
    let classification = default_classification().unwrap();
    assert_eq!(
        (classification.univers.len(), classification.rubriques.len()),
        (12, 7)
    );
    let (likes, audiences) = (&classification.likes, &classification.audiences);
    assert_eq!((likes.len(), audiences.len()), (6, 5));
    let mut colours: Vec<_> = likes.iter().map(|like| &like.colour).collect();
    colours.sort();
    colours.dedup();
    assert_eq!(colours.len(), 6);
    let adviser = classification.adviser.unwrap();
    assert_eq!((adviser.name.as_str(), adviser.reply_days), ("Miti", 2));
    assert_eq!(adviser.hours[0].days.len(), 5);
    assert!(classification.phone.unwrap().url.contains(".example/"));
}

#[test]
fn a_bad_classification_names_its_file() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("classement.toml");
    fs::write(&path, "format = 1\nunivers = 3\n").unwrap();
    let problems = read_classification(&path).unwrap_err();
    assert_eq!(problems[0].file, path.display().to_string());
    assert_eq!(problems[0].line, Some(2));
}

#[test]
fn a_rule_that_a_classification_breaks_has_its_line() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("classement.toml");
    let text = include_str!("../../../classification.toml");
    let line = |text: &str, of: &str| 1 + text[..text.find(of).unwrap()].matches('\n').count();
    for (right, wrong, field) in [
        ("to = \"12:00\"", "to = \"08:00\"", "to"),
        ("name = \"Parents\"", "name = \"\"", "name"),
        ("https://miti.be", "http://miti.be", "adviser.url"),
    ] {
        fs::write(&path, text.replace(right, wrong)).unwrap();
        let problems = read_classification(&path).unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|it| (it.line, it.field.as_str()))
            .collect();
        assert_eq!(found, [(Some(line(text, right)), field)]);
    }
}
