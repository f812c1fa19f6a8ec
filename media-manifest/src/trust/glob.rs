use wildmatch::WildMatch;

/// Whether a target's name matches a delegation's pattern: `*` and `?` never match a `/`.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let patterns = pattern.split('/');
    let parts = name.split('/');
    patterns.clone().count() == parts.clone().count()
        && patterns
            .zip(parts)
            .all(|(pattern, part)| WildMatch::new(pattern).matches(part))
}
