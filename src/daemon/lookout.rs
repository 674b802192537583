//! Lists the inbox, before a pass and all through it, so that a file that comes while a large bundle is read does not wait for it.

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::book::Book;
use super::desk::clock;
use crate::config::InboxConfig;
use crate::domain::ledger::{FileState, Resident};
use crate::inbox::names::NameRules;
use crate::inbox::read::printable;
use crate::inbox::scan::{Settling, scan};
use crate::inbox::tracker::{Sightings, Tracker};

/// A look that follows another waits so many times as long as that one took: listing must not become the work.
const LEISURE: u32 = 5;

/// The shortest time between two looks.
const GATHER: Duration = Duration::from_millis(20);

/// A file to take: its name in the ledger, and where it stands.
pub(super) type Job = (String, PathBuf);

/// Who lists the inbox.
pub(super) struct Lookout {
    inbox: InboxConfig,
    names: NameRules,
    tracker: Arc<Tracker>,
    sightings: Sightings,
    book: Arc<Book>,
    stop: Arc<AtomicBool>,
    /// Listed and not yet handed out.
    queue: VecDeque<Job>,
    /// When to look again, if some files only need time.
    next_look: Option<Duration>,
    /// How long the last look took.
    look_took: Duration,
}

impl Lookout {
    pub(super) fn new(
        inbox: &InboxConfig,
        tracker: Arc<Tracker>,
        book: Arc<Book>,
        stop: Arc<AtomicBool>,
    ) -> Self {
        Self {
            names: NameRules::new(&inbox.unfinished, &inbox.ignored),
            inbox: inbox.clone(),
            tracker,
            sightings: Sightings::default(),
            book,
            stop,
            queue: VecDeque::new(),
            next_look: None,
            look_took: Duration::ZERO,
        }
    }

    /// A pass begins: looks, and tells whether there is anything to take.
    pub(super) fn begin(&mut self) -> bool {
        self.queue.clear();
        self.look()
    }

    /// Looks, and takes in hand what is whole; whether there is anything.
    fn look(&mut self) -> bool {
        let begun = Instant::now();
        let settling = Settling {
            tracker: &self.tracker,
            sightings: &mut self.sightings,
            names: &self.names,
            now: (clock(), begun),
            settle: Duration::from_millis(self.inbox.settle_ms),
        };
        let mut listing = scan(&self.inbox.path, settling);
        let there: HashSet<&PathBuf> = listing.ready.iter().collect();
        for path in &listing.ready {
            let name = printable(path.strip_prefix(&self.inbox.path).unwrap_or(path));
            match self.book.take(&name, path, begun) {
                Ok(true) => self.queue.push_back((name, path.clone())),
                Ok(false) => {}
                Err(reason) => listing.residents.push(Resident {
                    path: name,
                    size: 0,
                    state: FileState::Waiting,
                    reason,
                }),
            }
        }
        self.book.note(&there, listing.residents);
        self.next_look = listing.next_look;
        self.look_took = begun.elapsed();
        !self.queue.is_empty()
    }

    /// When to look again, if some files only need time.
    pub(super) fn next_look(&self) -> Option<Duration> {
        self.next_look
    }
}

/// The files of a pass: those that were listed, and those that come while any of them is in hand.
impl Iterator for Lookout {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        let poll = Duration::from_millis(self.inbox.poll_ms);
        while !self.stop.load(Ordering::Relaxed) && !self.book.is_closed() {
            if let Some(job) = self.queue.pop_front() {
                return Some(job);
            }
            // Gathers what comes at once.
            let pause = (self.look_took * LEISURE).max(GATHER);
            let until = Instant::now() + pause;
            let wait = self
                .next_look
                .map_or(poll, |next| next.min(poll))
                .max(pause);
            if !self.book.wait(wait, false) {
                return None;
            }
            let left = until.saturating_duration_since(Instant::now());
            if !left.is_zero() && !self.book.wait(left, true) {
                return None;
            }
            self.look();
        }
        None
    }
}
