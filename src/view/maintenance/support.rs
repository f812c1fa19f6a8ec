use crate::status::summary::Summary;

/// Longest text of the support code, characters: a denser code is not read from a hand's distance.
pub(super) const MAX_SUPPORT: usize = 300;

/// What support needs to know, as words of the status files: nothing of it comes from a visitor.
pub(super) fn support(summary: &Summary) -> String {
    let missing: usize = summary.missing.values().map(Vec::len).sum();
    let delivery = summary.sync.status.as_ref().map(|status| &status.delivery);
    let trouble = delivery.and_then(|delivery| delivery.last_error.as_ref());
    let play = summary.play.status.as_ref();
    let fields = [
        ("borne", summary.borne.clone()),
        ("version", summary.version.to_owned()),
        (
            "generation",
            summary
                .catalogue
                .as_ref()
                .map_or(0, |it| it.generation)
                .to_string(),
        ),
        ("network", summary.network.clone()),
        (
            "central",
            trouble.map_or("ok", |failure| &failure.code).to_owned(),
        ),
        ("missing", missing.to_string()),
        (
            "free_mb",
            summary.disk.map_or(0, |disk| disk.free_mb).to_string(),
        ),
        ("synced", summary.clock_synced.to_string()),
        ("errors", play.map_or(0, |status| status.errors).to_string()),
        (
            "last",
            play.and_then(|status| status.last_error.clone())
                .unwrap_or_default(),
        ),
    ];
    let words: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    words.join(" ").chars().take(MAX_SUPPORT).collect()
}
