//! How far an export is, told on a terminal when it takes longer than a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Rows counted as they pass.
#[derive(Debug)]
pub(super) struct Progress {
    started: Instant,
    pub(super) n_rows: u64,
    bar: Option<ProgressBar>,
    is_shown: bool,
    what: &'static str,
}

impl Progress {
    pub(super) fn new(what: &'static str) -> Self {
        Self {
            started: Instant::now(),
            n_rows: 0,
            bar: None,
            is_shown: std::io::stderr().is_terminal(),
            what,
        }
    }

    /// One more row; the clock is looked at every few hundred.
    pub(super) fn count(&mut self) {
        self.n_rows += 1;
        if !self.is_shown || !self.n_rows.is_multiple_of(256) {
            return;
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.n_rows);
        } else if self.started.elapsed() > Duration::from_secs(1) {
            let style = ProgressStyle::with_template("{pos} {msg} · {per_sec} · {elapsed}");
            let bar = ProgressBar::no_length();
            self.bar = Some(
                bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                    .with_message(self.what),
            );
        }
    }

    pub(super) fn finish(&self) -> Duration {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.started.elapsed()
    }
}
