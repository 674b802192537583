//! What goes on and how far it is: one line on a terminal, for what takes longer than a second, gone when it is done. In a
//! pipe, a file or a log there is nothing.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::render::plain::Plain;
use crate::text::clean::printable;

/// What is done sooner needs no words.
const PATIENCE: Duration = Duration::from_secs(1);
/// The line is drawn anew so often, also while a statement runs.
const PACE: Duration = Duration::from_millis(200);

/// The line that is on the terminal, so that whatever else is said there can go around it.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// How far something is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Measure {
    /// Only the time that it has taken is known.
    Time,
    /// So many are done, and nobody knows of how many.
    Count,
    /// So many are to be done.
    Of(u64),
    /// So many bytes are to be done.
    Bytes(u64),
}

/// Work that is told of until this is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    /// How many were counted.
    pub(super) n: u64,
    teller: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Work that begins now.
    pub(super) fn new(what: impl Into<String>, measure: Measure) -> Self {
        Self::told(what.into(), measure, io::stderr().is_terminal(), None)
    }

    /// Work that shows by the growth of a file.
    pub(super) fn growing(what: impl Into<String>, file: PathBuf, n_bytes: u64) -> Self {
        let is_shown = io::stderr().is_terminal();
        Self::told(what.into(), Measure::Bytes(n_bytes), is_shown, Some(file))
    }

    /// Work whose result scrolls by on the terminal itself, or is asked of the user there, needs no line.
    pub(super) fn unless(is_seen: bool, what: impl Into<String>, measure: Measure) -> Self {
        let is_shown = !is_seen && io::stderr().is_terminal();
        Self::told(what.into(), measure, is_shown, None)
    }

    fn told(what: String, measure: Measure, is_shown: bool, file: Option<PathBuf>) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let mut progress = Self {
            bar,
            started: Instant::now(),
            n: 0,
            teller: None,
        };
        progress.turn_to(what, measure);
        if is_shown {
            let (stop, stopped) = bounded(0);
            let bar = progress.bar.clone();
            *shown() = Some(bar.clone());
            let tell = move || {
                let mut wait = PATIENCE;
                while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    if wait == PATIENCE {
                        bar.set_draw_target(ProgressDrawTarget::stderr());
                    }
                    let size = file.as_ref().and_then(|file| fs::metadata(file).ok());
                    if let Some(size) = size {
                        bar.set_position(size.len());
                    }
                    bar.tick();
                    wait = PACE;
                }
            };
            progress.teller = Some((stop, thread::spawn(tell)));
        }
        progress
    }

    /// From now on something else is done.
    pub(super) fn turn_to(&mut self, what: impl Into<String>, measure: Measure) {
        let (template, length) = match measure {
            Measure::Time => ("{msg} · {elapsed}", None),
            Measure::Count => ("{msg} · {human_pos} · {elapsed}", None),
            Measure::Of(n) => ("{msg} · {human_pos} of {human_len} · {eta} left", Some(n)),
            Measure::Bytes(n) => ("{msg} · {bytes} of {total_bytes} · {eta} left", Some(n)),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        match length {
            Some(n) => self.bar.set_length(n),
            None => self.bar.unset_length(),
        }
        self.n = 0;
        self.bar.set_position(0);
        self.bar.reset_eta();
        self.say(what);
    }

    /// What is done, in other words.
    pub(super) fn say(&self, what: impl Into<String>) {
        self.bar.set_message(what.into());
    }

    /// One more row of very many: the line learns of every 256th.
    pub(super) fn count(&mut self) {
        self.n += 1;
        if self.n.is_multiple_of(256) {
            self.bar.set_position(self.n);
        }
    }

    /// So many more.
    pub(super) fn add(&self, n: u64) {
        self.bar.inc(n);
    }

    /// The time since it began.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, teller)) = self.teller.take() {
            drop(stop);
            // A thread that only draws has nothing to say when it fails.
            let _ = teller.join();
            *shown() = None;
        }
        self.bar.finish_and_clear();
    }
}

fn shown() -> std::sync::MutexGuard<'static, Option<ProgressBar>> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says something on stderr, above the line if there is one.
#[expect(clippy::print_stderr, reason = "that is what it is for")]
pub(super) fn note(text: &str) {
    let text = printable(text);
    let bar = shown().clone();
    match bar {
        Some(bar) => bar.suspend(|| eprintln!("{text}")),
        None => eprintln!("{text}"),
    }
}

/// Standard error for the log, around the line.
#[derive(Debug)]
pub(super) struct Stderr {
    pub(super) is_colored: bool,
}

impl Write for Stderr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // An event comes whole; a line feed in it, from the name of a file, must not begin another.
        let text = String::from_utf8_lossy(bytes);
        let mut line = Plain::new(Vec::new(), self.is_colored);
        line.write_all(text.trim_end_matches('\n').replace('\n', " ").as_bytes())?;
        line.flush()?;
        let mut line = line.into_inner();
        line.push(b'\n');
        let bar = shown().clone();
        match bar {
            Some(bar) => bar.suspend(|| io::stderr().write_all(&line))?,
            None => io::stderr().write_all(&line)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
