//! Whether a repository has appeared in the folder to import from.

use std::path::Path;

use super::folder::{Folder, Mark};
use super::policy::LOOK_FOR_STICK;

/// Watches the folder of the settings.
pub(super) struct Watch {
    folder: Option<Folder>,
    seen: Option<Mark>,
    failed: bool,
}

impl Watch {
    pub(super) fn new(folder: Option<&Path>) -> Self {
        Self {
            folder: folder.map(Folder::new),
            seen: None,
            failed: false,
        }
    }

    /// Waits until a repository is there that has not been imported yet. Mounting a stick gives no
    /// event of its own in the folder: it is looked at again and again.
    pub(super) async fn appears(&mut self) -> Folder {
        loop {
            if let Some(folder) = self.news() {
                return folder;
            }
            tokio::time::sleep(LOOK_FOR_STICK).await;
        }
    }

    fn news(&mut self) -> Option<Folder> {
        let folder = self.folder.as_ref()?;
        let mark = folder.mark();
        if mark.is_none() {
            self.seen = None;
        }
        (mark.is_some() && mark != self.seen).then(|| folder.clone())
    }

    /// The repository there has been imported, or has failed.
    pub(super) fn done(&mut self, failed: bool) {
        self.seen = self.folder.as_ref().and_then(Folder::mark);
        self.failed = failed;
    }

    /// What has failed is tried again, beside the looks at the server.
    pub(super) fn forget_failure(&mut self) {
        if std::mem::take(&mut self.failed) {
            self.seen = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_repository_is_news_once_each_time_it_comes_and_again_after_a_failure() {
        let folder = tempfile::TempDir::new().unwrap();
        let metadata = folder.path().join("metadata");
        let mut watch = Watch::new(Some(folder.path()));
        assert!(watch.news().is_none());
        fs::create_dir(&metadata).unwrap();
        fs::write(metadata.join("timestamp.json"), b"{}").unwrap();
        assert!(watch.news().is_some());
        watch.done(false);
        watch.forget_failure();
        assert!(watch.news().is_none());
        watch.done(true);
        assert!(watch.news().is_none());
        watch.forget_failure();
        assert!(watch.news().is_some());
        watch.done(false);
        fs::rename(&metadata, folder.path().join("away")).unwrap();
        assert!(watch.news().is_none());
        fs::rename(folder.path().join("away"), &metadata).unwrap();
        assert!(watch.news().is_some());
        assert!(Watch::new(None).news().is_none());
    }
}
