//! The threads that read and analyze what stands in one file, so that a single large bundle keeps every core busy. What they
//! find comes back in the order of the file, however long each piece takes.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, never, unbounded};

use super::analyze;
use crate::domain::document::Options;
use crate::domain::ledger::{MemberFailure, Rejection};
use crate::extract::Extractor;
use crate::parse::{Found, ParseError, Piece, Stopped};
use crate::store::NewArticle;

/// So many pieces of one file are in hand at a time …
const MAX_PIECES: usize = 32;

/// … and so many bytes of them, unless a single one is larger.
const MAX_BYTES: usize = 8 << 20;

/// A member with many articles of its own waits with this many for its turn.
const MAX_AHEAD: usize = 16;

type Job = Box<dyn FnOnce() + Send>;

type Say<'a> = &'a mut dyn FnMut(Ready) -> Result<(), Stopped>;

/// Threads that wait for pieces of files; they end with it.
pub struct Crew {
    jobs: Sender<Job>,
    extractor: Arc<Extractor>,
    pub(super) options: Arc<Options>,
}

impl Crew {
    /// So many threads.
    #[must_use]
    pub fn new(n_threads: usize, extractor: Arc<Extractor>, options: Options) -> Self {
        // Without a bound, so that a file's first piece is never behind its later ones; each file bounds its own.
        let (jobs, queue) = unbounded::<Job>();
        for _ in 0..n_threads.max(1) {
            let queue = queue.clone();
            thread::spawn(move || queue.iter().for_each(|job| job()));
        }
        Self {
            jobs,
            extractor,
            options: Arc::new(options),
        }
    }
}

/// What has become of a piece.
pub(super) enum Ready {
    Article(Box<NewArticle>),
    Failure(MemberFailure),
}

enum Step {
    Ready(Ready),
    /// Nothing more, and so many bytes were unpacked from within it; or why the whole file is no good.
    End(Result<u64, Rejection>),
}

struct Pending {
    name: String,
    n_bytes: usize,
    /// Of the whole file, up to here and without what is within members.
    n_unpacked: u64,
    /// The whole file may unpack to so much.
    limit: u64,
    steps: Receiver<Step>,
}

/// The pieces of one file that are in hand, in its order.
pub(super) struct Queue<'a> {
    crew: &'a Crew,
    take: &'a mut dyn FnMut(Ready) -> Result<(), Stopped>,
    pending: VecDeque<Pending>,
    n_bytes: usize,
    n_pieces: usize,
    /// Of all that was unpacked from within members.
    n_within: u64,
    /// Why the file is no good from here on.
    rejection: Option<Rejection>,
}

impl<'a> Queue<'a> {
    pub(super) fn new(
        crew: &'a Crew,
        take: &'a mut dyn FnMut(Ready) -> Result<(), Stopped>,
    ) -> Self {
        Self {
            crew,
            take,
            pending: VecDeque::new(),
            n_bytes: 0,
            n_pieces: 0,
            n_within: 0,
            rejection: None,
        }
    }

    /// Puts a piece into other hands; waits where too much is in hand already.
    pub(super) fn push(&mut self, piece: Piece) -> Result<(), Stopped> {
        self.n_pieces += 1;
        match piece {
            // A file of one article is its own thread's work.
            Piece::Found(found) if self.n_pieces == 1 => {
                (self.take)(ready(found, &self.crew.extractor))
            }
            Piece::Found(found) => {
                let pending = Pending {
                    name: format!("article {}", self.n_pieces),
                    n_bytes: size(&found),
                    n_unpacked: 0,
                    limit: u64::MAX,
                    steps: never(),
                };
                self.start(pending, move |_, extractor, say| {
                    say(ready(found, extractor))?;
                    Ok(0)
                })
            }
            Piece::Member(member) => {
                let pending = Pending {
                    name: member.path().to_owned(),
                    n_bytes: member.size(),
                    n_unpacked: member.n_unpacked(),
                    limit: member.limit(),
                    steps: never(),
                };
                self.start(pending, move |options, extractor, say| {
                    member.read(options, &mut |found| say(ready(found, extractor)))
                })
            }
        }
    }

    fn start(
        &mut self,
        mut piece: Pending,
        work: impl FnOnce(&Options, &Extractor, Say<'_>) -> Result<u64, ParseError> + Send + 'static,
    ) -> Result<(), Stopped> {
        while self.pending.len() >= MAX_PIECES
            || !self.pending.is_empty() && self.n_bytes + piece.n_bytes > MAX_BYTES
        {
            self.take_first()?;
        }
        let (say, steps) = bounded(MAX_AHEAD);
        let (options, extractor) = (
            Arc::clone(&self.crew.options),
            Arc::clone(&self.crew.extractor),
        );
        let job = move || {
            let mut say_ready = |ready| say.send(Step::Ready(ready)).map_err(|_| Stopped);
            let end = catch_unwind(AssertUnwindSafe(|| {
                work(&options, &extractor, &mut say_ready)
            }));
            let end = match end.unwrap_or(Err(Rejection::OurFault.into())) {
                Ok(n_within) => Ok(n_within),
                Err(ParseError::Rejected(rejection)) => Err(rejection),
                Err(ParseError::Stopped(_)) => return,
            };
            // Nobody listens any more where the file has come to its end.
            say.send(Step::End(end)).ok();
        };
        self.crew.jobs.send(Box::new(job)).map_err(|_| Stopped)?;
        self.n_bytes += piece.n_bytes;
        piece.steps = steps;
        self.pending.push_back(piece);
        Ok(())
    }

    /// Waits for the piece whose turn it is.
    fn take_first(&mut self) -> Result<(), Stopped> {
        let Some(first) = self.pending.pop_front() else {
            return Ok(());
        };
        self.n_bytes -= first.n_bytes;
        let end = loop {
            match first.steps.recv() {
                Ok(Step::Ready(ready)) => (self.take)(ready)?,
                Ok(Step::End(end)) => break end,
                Err(_) => break Err(Rejection::OurFault),
            }
        };
        match end {
            Ok(n_within) => {
                self.n_within += n_within;
                if first.n_unpacked + self.n_within > first.limit {
                    return self.end(Rejection::Bomb(first.limit));
                }
                Ok(())
            }
            Err(bomb @ Rejection::Bomb(_)) => self.end(bomb),
            Err(rejection) => (self.take)(Ready::Failure(MemberFailure {
                member: first.name,
                rejection,
            })),
        }
    }

    fn end(&mut self, rejection: Rejection) -> Result<(), Stopped> {
        self.rejection = Some(rejection);
        Err(Stopped)
    }

    /// Waits for all that is still in hand; `result` is what the parser says of the file.
    pub(super) fn finish<T>(mut self, result: Result<T, ParseError>) -> Result<T, ParseError> {
        let mut taken = Ok(());
        while taken.is_ok() && self.rejection.is_none() && !self.pending.is_empty() {
            if matches!(result, Err(ParseError::Stopped(_))) {
                break;
            }
            taken = self.take_first();
        }
        match self.rejection {
            Some(rejection) => Err(rejection.into()),
            None => taken.map_err(ParseError::from).and(result),
        }
    }
}

fn ready(found: Found, extractor: &Extractor) -> Ready {
    match found {
        Found::Article(article) => Ready::Article(Box::new(analyze(*article, extractor))),
        Found::Failure(failure) => Ready::Failure(failure),
    }
}

fn size(found: &Found) -> usize {
    match found {
        Found::Article(article) => article.body.len(),
        Found::Failure(_) => 0,
    }
}
