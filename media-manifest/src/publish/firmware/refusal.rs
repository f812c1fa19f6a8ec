use std::path::PathBuf;

use crate::check::{limits, shown};
use crate::firmware::Version;

/// Why an update is not offered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FirmwareRefusal {
    /// The file is no bundle that bornes would take.
    #[error("{path} is no bundle: {reason}", path = path.display())]
    NotABundle {
        /// The file.
        path: PathBuf,
        /// What is wrong, in French.
        reason: &'static str,
    },
    /// The bundle says another version.
    #[error("the bundle has version {found:?}, not {asked}")]
    OtherVersion {
        /// Version asked for.
        asked: String,
        /// What the bundle says.
        found: String,
    },
    /// The bundle is for another product.
    #[error("the bundle is for {found}, not for {asked:?}")]
    OtherProduct {
        /// Product asked for.
        asked: String,
        /// What the bundle says.
        found: String,
    },
    /// What is offered already is as new, or newer.
    #[error("{product} has version {offered} already, {version} is not newer")]
    NotNewer {
        /// Product.
        product: String,
        /// Version asked for.
        version: Version,
        /// Version offered.
        offered: Version,
    },
    /// Nothing is offered to the product.
    #[error("nothing is offered to {product:?}")]
    NotOffered {
        /// Product.
        product: String,
    },
    /// The network has too many products.
    #[error("more than {} products", limits::RELEASES)]
    TooMany,
}

impl FirmwareRefusal {
    /// The refusal as a sentence for whoever publishes, with what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NotABundle { path, reason } => format!(
                "{} : ce n'est pas une mise à jour qu'une borne prendrait ({reason}). Que faire : \
                 donnez le fichier .raucb que « deploy/image/build » a fait.",
                path.display()
            ),
            Self::OtherVersion { asked, found } => format!(
                "Cette mise à jour est de la version {}, pas {asked}. Que faire : donnez l'autre \
                 fichier, ou corrigez --version.",
                shown(found)
            ),
            Self::OtherProduct { asked, found } => format!(
                "Cette mise à jour est faite pour « {found} », pas pour « {} ». Que faire : donnez \
                 l'autre fichier, ou corrigez --product.",
                shown(asked)
            ),
            Self::NotNewer {
                product,
                version,
                offered,
            } => format!(
                "« {product} » en est déjà à la version {offered} : les bornes ne prendraient pas la \
                 {version}. Que faire : construisez l'image avec une version plus grande, même pour \
                 revenir à un ancien contenu."
            ),
            Self::NotOffered { product } => format!(
                "Aucun système n'est offert à « {} ». Que faire : voyez ce qui l'est avec \
                 « media-manifest status ».",
                shown(product)
            ),
            Self::TooMany => format!(
                "Le réseau offre déjà un système à {} produits. Que faire : retirez-en un avec \
                 « media-manifest firmware --withdraw ».",
                limits::RELEASES
            ),
        }
    }
}
