//! The network is cut; a featured video plays from the cache.

use anyhow::Result;
use end_to_end::{process, targets};

use crate::tour::Tour;
use crate::{visit, watch};

/// The third video of the home screen: not one that the visit has already opened.
const FEATURED: u8 = 2;

/// Cuts the network and watches a video in two touches.
pub fn take(tour: &mut Tour) -> Result<()> {
    tour.step("reseau-coupe", |tour| {
        process::stop_pid(tour.demo.nginx_pid)?;
        tour.check("le serveur de fichiers est arrêté", true, "")?;
        visit::wake(tour)
    })?;
    tour.step("lecture-hors-ligne", |tour| {
        tour.touch(targets::featured(FEATURED))?;
        let (status, sound) = visit::playing(tour)?;
        watch::moves(tour, &status, sound)
    })?;
    tour.step("fin-hors-ligne", visit::leave_video)
}
