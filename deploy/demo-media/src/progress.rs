use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is being made and for how long: a bar on a terminal, plain lines elsewhere.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Progress over a number of videos.
    pub fn new(videos: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(videos as u64), ProgressDrawTarget::stderr());
        if let Ok(style) =
            ProgressStyle::with_template("[{elapsed_precise}] {bar:24} {pos}/{len} {wide_msg}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self { bar }
    }

    /// A video is begun.
    pub fn begin(&self, title: &str) {
        self.bar.set_message(title.to_owned());
    }

    /// A video is there; `kept` when it was there before.
    pub fn end(&self, title: &str, kept: bool) {
        self.bar.inc(1);
        if self.bar.is_hidden() && !kept {
            let seconds = self.bar.elapsed().as_secs();
            println!(
                "[{seconds:>4} s] {}/{} {title}",
                self.bar.position(),
                self.bar.length().unwrap_or_default()
            );
        }
    }

    /// Everything is there.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
