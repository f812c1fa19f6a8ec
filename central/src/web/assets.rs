//! Style, icon and type, part of the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const STYLE: &[u8] = include_bytes!("../../assets/style.css");
const ICON: &[u8] = include_bytes!("../../assets/icon.svg");
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/atkinson-hyperlegible-next-400.woff2");
const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/atkinson-hyperlegible-next-600.woff2");
const EXTRABOLD: &[u8] = include_bytes!("../../assets/fonts/atkinson-hyperlegible-next-800.woff2");

/// Fonts never change under their name; the style may with the next version of the program.
const KEPT_FOR_A_YEAR: &str = "public, max-age=31536000, immutable";
const KEPT_FOR_AN_HOUR: &str = "public, max-age=3600";

pub(super) async fn serve(Path(name): Path<String>) -> Response {
    let (kind, kept, bytes) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", KEPT_FOR_AN_HOUR, STYLE),
        "icon.svg" => ("image/svg+xml", KEPT_FOR_AN_HOUR, ICON),
        "400.woff2" => ("font/woff2", KEPT_FOR_A_YEAR, REGULAR),
        "600.woff2" => ("font/woff2", KEPT_FOR_A_YEAR, SEMIBOLD),
        "800.woff2" => ("font/woff2", KEPT_FOR_A_YEAR, EXTRABOLD),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)],
        bytes,
    )
        .into_response()
}
