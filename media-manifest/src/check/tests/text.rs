use crate::check::{is_id, is_language};

#[test]
fn identifiers_and_languages_have_their_form() {
    for (text, is) in [
        ("a", true),
        ("cv-2", true),
        ("", false),
        ("É", false),
        ("A", false),
        ("a_b", false),
    ] {
        assert_eq!(is_id(text), is, "{text}");
    }
    for (text, is) in [
        ("fr", true),
        ("nl-BE", true),
        ("sgn-BE-FR", true),
        ("f", false),
        ("FR", false),
        ("fr_BE", false),
        ("fr-", false),
    ] {
        assert_eq!(is_language(text), is, "{text}");
    }
}
