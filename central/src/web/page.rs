//! What every page shares: its frame, and what is said when it cannot be shown.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use tracing::error;

use crate::app::App;
use crate::entropy::EntropyError;
use crate::store::StoreError;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum PageError {
    #[error("no such page")]
    NotFound,
    #[error("the form is not one of ours, or too old")]
    Form,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    #[error("the page could not be rendered: {0}")]
    Render(#[from] askama::Error),
}

#[derive(Template)]
#[template(path = "erreur.html")]
struct ErrorPage {
    site: &'static str,
    title: &'static str,
    text: &'static str,
}

impl PageError {
    const fn words(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Page introuvable",
                "Cette adresse ne mène à aucune page. Revenez au tableau de bord.",
            ),
            Self::Form => (
                StatusCode::FORBIDDEN,
                "Formulaire refusé",
                "Ce formulaire n'est plus valable. Rouvrez la page et recommencez.",
            ),
            Self::Store(_) | Self::Entropy(_) | Self::Render(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Page indisponible",
                "Le serveur ne peut pas montrer cette page pour l'instant. Réessayez dans une minute ; \
                 si cela dure, prévenez la personne qui s'occupe du serveur.",
            ),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, title, text) = self.words();
        if status.is_server_error() {
            error!(error = %self, "a page could not be shown");
        }
        let page = ErrorPage {
            site: "VIDÉO borne",
            title,
            text,
        }
        .render();
        match page {
            Ok(page) => (status, Html(page)).into_response(),
            Err(_) => (status, text).into_response(),
        }
    }
}

pub(super) async fn not_found(State(_): State<App>) -> PageError {
    PageError::NotFound
}
