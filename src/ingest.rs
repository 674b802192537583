//! The story of one file: read, parsed, analyzed, resolved, stored. [`prepare`] is pure and runs on any thread;
//! [`commit`] runs in the writer's transaction.

mod crew;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{Datelike, Utc};
use crossbeam_channel::{bounded, unbounded};

pub use crew::Crew;
use crew::{Queue, Ready};

use crate::domain::article::{Article, Published};
use crate::domain::document::Document;
use crate::domain::ledger::{
    Arrival, FileState, MAX_NAMED_FAILURES, MemberFailure, Outcome, Rejection,
};
use crate::extract::Extractor;
use crate::parse::{self, ParseError, Stopped};
use crate::resolve::resolve;
use crate::store::{ContentKey, NewArticle, Reading, Store, StoreError, Writer};
use crate::text::sketch::Sketch;

/// What takes the prepared parts of a file, one by one.
pub type HandOn<'a> = &'a mut dyn FnMut(Prepared) -> Result<(), Stopped>;

/// So many articles of one file are handed to the writer at a time: few, so that a bundle of any size needs little memory.
const MAX_PART: usize = 16;

/// A file that is ready for the archive, or, of a bundle, a part of it.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its ledger row.
    pub arrival: Arrival,
    /// Its articles.
    pub articles: Vec<NewArticle>,
    /// Members that gave none, while few are named.
    pub failures: Vec<MemberFailure>,
    /// How many members of the file gave none so far, in this part and those before it.
    pub n_failed: usize,
    /// Why it gives nothing more, if it should have.
    pub rejection: Option<Rejection>,
    /// Whether this is all of the file or the last part of it.
    pub is_last: bool,
}

impl Prepared {
    /// A file that cannot be read at all.
    #[must_use]
    pub fn unread(arrival: &Arrival, rejection: Rejection) -> Self {
        Self {
            rejection: Some(rejection),
            is_last: true,
            ..Self::part_of(arrival)
        }
    }

    fn part_of(arrival: &Arrival) -> Self {
        Self {
            arrival: arrival.clone(),
            articles: Vec::new(),
            failures: Vec::new(),
            n_failed: 0,
            rejection: None,
            is_last: false,
        }
    }
}

/// Takes a document through every stage before the archive and hands it on, in parts if it holds many articles. If the system is
/// in trouble meanwhile ([`Document::trouble`]), the last part is not handed on, and the document is to be read again.
pub fn prepare(document: &Document, crew: &Crew, hand_on: HandOn<'_>) -> Result<(), Stopped> {
    let mut part = Prepared::part_of(&arrival_of(document));
    let mut take = |ready| {
        if document.trouble().is_some() {
            // What is found from here on may be wrong.
            return Err(Stopped);
        }
        match ready {
            Ready::Article(article) => part.articles.push(*article),
            Ready::Failure(failure) => {
                part.n_failed += 1;
                if part.n_failed <= MAX_NAMED_FAILURES {
                    part.failures.push(failure);
                }
            }
        }
        if part.articles.len() + part.failures.len() < MAX_PART {
            return Ok(());
        }
        let next = Prepared {
            n_failed: part.n_failed,
            ..Prepared::part_of(&part.arrival)
        };
        hand_on(std::mem::replace(&mut part, next))
    };
    let mut queue = Queue::new(crew, &mut take);
    let options = Arc::clone(&crew.options);
    let result = parse::parse_in_pieces(document, &options, &mut |piece| queue.push(piece));
    let result = queue.finish(result);
    if document.trouble().is_some() {
        return Ok(());
    }
    match result {
        Ok(format) => part.arrival.format = Some(format),
        Err(ParseError::Rejected(rejection)) => part.rejection = Some(rejection),
        Err(ParseError::Stopped(stopped)) => return Err(stopped),
    }
    if !document.is_as_read() {
        part.rejection = Some(Rejection::Changed);
    }
    part.is_last = true;
    hand_on(part)
}

/// Whether a file that begins so can be read piece by piece, however large it is.
#[must_use]
pub fn is_bundle(head: &[u8]) -> bool {
    parse::is_bundle(head)
}

/// A larger file is slow to read, whatever it is.
const MAX_QUICK: u64 = 256 << 10;

/// Whether a file of so many bytes that begins so may take long to read, so that others should not wait for it.
#[must_use]
pub fn is_heavy(size: u64, head: &[u8]) -> bool {
    size > MAX_QUICK || parse::is_heavy(head)
}

/// Takes a document through the stages, unless the archive has all that a file of these bytes holds; [`commit`] will say so.
/// `archive` is a connection of the reading threads' own.
pub fn prepare_unless_known(
    document: &Document,
    archive: &Mutex<Store>,
    crew: &Crew,
    hand_on: HandOn<'_>,
) -> Result<(), Stopped> {
    let known = archive
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .read(|reader| reader.files_with(Some(document.hash), &document.path));
    // Where the look-up fails, the commit will tell.
    let is_known = known.is_ok_and(|known| known.iter().any(|file| is_original(file.state)));
    if is_known {
        return hand_on(Prepared {
            is_last: true,
            ..Prepared::part_of(&arrival_of(document))
        });
    }
    prepare(document, crew, hand_on)
}

fn is_original(state: FileState) -> bool {
    matches!(state, FileState::Stored | FileState::Duplicate)
}

fn arrival_of(document: &Document) -> Arrival {
    Arrival {
        path: document.path.clone(),
        name: document.name.clone(),
        size: document.size,
        hash: Some(document.hash),
        format: None,
        identity: document.identity,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "whether a date has come is told by the clock"
)]
fn next_year() -> i32 {
    Utc::now().year() + 1
}

/// A date of publication after `last_year` is a mistake: the next date that the document gives takes its place.
fn doubt_future(article: &mut Article, last_year: i32) {
    let is_past = |date: &Published| {
        let year = date.at.get(..4).and_then(|year| year.parse::<i32>().ok());
        year.is_some_and(|year| year <= last_year)
    };
    if let Some(doubtful) = article.published.take_if(|date| !is_past(date)) {
        let next = article.other_dates.iter().position(is_past);
        article.published = next.map(|next| article.other_dates.remove(next));
        article.other_dates.insert(0, doubtful);
    }
}

/// Finds who and what an article speaks of.
#[must_use]
pub fn analyze(mut article: Article, extractor: &Extractor) -> NewArticle {
    doubt_future(&mut article, next_year());
    let language = article.language.as_deref();
    let reading = read_body(
        &article.body,
        language,
        article.published.as_ref(),
        extractor,
    );
    NewArticle {
        key: ContentKey::of(&article, &parse::essence(&article.body)),
        sketch: Sketch::of(&article.body),
        analyzer: reading.analyzer,
        analysis: reading.analysis,
        resolution: reading.resolution,
        article,
    }
}

/// Finds who and what a body speaks of, if there is a recognizer for its language.
#[must_use]
pub fn read_body(
    body: &str,
    language: Option<&str>,
    published: Option<&Published>,
    extractor: &Extractor,
) -> Reading {
    let is_readable = language.is_none_or(|language| extractor.reads(language));
    let mut analysis = if is_readable {
        extractor.analyze(body, published)
    } else {
        extractor.sentences_only(body)
    };
    let resolution = resolve(body, &analysis);
    // What the whole article says of a thing's kind goes before what the recognizer guessed at one place.
    for (mention, entity) in analysis.mentions.iter_mut().zip(&resolution.entity_of) {
        mention.kind = resolution.entities[*entity].kind;
    }
    Reading {
        analyzer: is_readable.then(|| extractor.name()),
        resolution,
        analysis,
    }
}

/// What became of a part that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// More parts of the file are to come.
    Pending,
    /// The ledger has this very file, which stays where it is: nothing was to do.
    Unchanged,
    /// The file is done: its row, and what became of it.
    Done(i64, Outcome),
}

/// Whether the database's refusal of one article undoes the whole transaction or that article alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// One transaction without savepoints: the fast way.
    Batch,
    /// A savepoint for each file, and for each article of a file that the database refuses.
    Article,
}

/// Runs `work` in one durable transaction. If the database refuses what one of the files holds, all is undone and run again
/// with a savepoint for each, so that the file that is at fault fails alone.
pub fn write_batch<T>(
    store: &mut Store,
    mut work: impl FnMut(&mut Writer<'_>, Isolation) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    match store.write(|writer| work(writer, Isolation::Batch)) {
        Err(error) if error.is_about_data() => {
            store.write(|writer| work(writer, Isolation::Article))
        }
        result => result,
    }
}

/// Stores a prepared file as [`commit`] does, with that isolation.
pub fn commit_isolated(
    writer: &mut Writer<'_>,
    prepared: &Prepared,
    isolation: Isolation,
    stays: impl Fn(FileState) -> bool,
    now: &str,
) -> Result<Fate, StoreError> {
    if isolation == Isolation::Batch {
        return commit(writer, prepared, stays, now);
    }
    let refusal = match writer.savepoint(|writer| commit(writer, prepared, &stays, now))? {
        Ok(fate) => return Ok(fate),
        Err(refusal) => refusal,
    };
    let mut rest = Prepared {
        articles: Vec::new(),
        ..prepared.clone()
    };
    for article in &prepared.articles {
        let alone = Prepared {
            articles: vec![article.clone()],
            ..Prepared::part_of(&prepared.arrival)
        };
        if let Err(refusal) = writer.savepoint(|writer| commit(writer, &alone, &stays, now))? {
            rest.failures.push(MemberFailure {
                member: format!("the article “{}”", article.article.title),
                rejection: Rejection::Unstorable(refusal.to_string()),
            });
        }
    }
    let is_single = prepared.is_last && prepared.articles.len() + prepared.failures.len() == 1;
    if rest.rejection.is_none() && (is_single || rest.failures.is_empty()) {
        rest.rejection = Some(Rejection::Unstorable(refusal.to_string()));
    }
    commit(writer, &rest, stays, now)
}

/// Stores a prepared file, or part of one, and says what became of it. `stays` tells whether a file that met that state
/// stays where it is, so that it is met again and again; one that failed is then tried again.
pub fn commit(
    writer: &mut Writer<'_>,
    prepared: &Prepared,
    stays: impl Fn(FileState) -> bool,
    now: &str,
) -> Result<Fate, StoreError> {
    let arrival = &prepared.arrival;
    let known = writer.reader().files_with(arrival.hash, &arrival.path)?;
    let same = known.iter().rev().find(|file| {
        file.state == FileState::Waiting || file.path == arrival.path && stays(file.state)
    });
    let original = known.iter().find(|file| is_original(file.state));
    let file = match (same, original) {
        (Some(same), _) if same.state == FileState::Waiting => {
            if same.path != arrival.path {
                writer.resume_file(same.id, arrival)?;
            }
            same.id
        }
        (Some(same), _) if same.state == FileState::Failed => {
            writer.reopen_file(same.id)?;
            same.id
        }
        (Some(_), _) => return Ok(Fate::Unchanged),
        (None, Some(_)) if !prepared.is_last => return Ok(Fate::Pending),
        (None, Some(original)) => {
            let of = original.path.clone();
            let outcome = Outcome::Duplicate { of };
            return Ok(Fate::Done(
                writer.record_file(arrival, &outcome, now)?,
                outcome,
            ));
        }
        (None, None) => writer.open_file(arrival, now)?,
    };
    writer.add_part(file, &prepared.articles, &prepared.failures, now)?;
    writer.count_failures(file, prepared.n_failed)?;
    if !prepared.is_last {
        return Ok(Fate::Pending);
    }
    let outcome = writer.close_file(file, arrival.format, prepared.rejection.as_ref())?;
    Ok(Fate::Done(file, outcome))
}

/// About this many articles share a transaction.
const MAX_GROUP: usize = 500;

/// A group waits so long for its next file; it never waits once the last file is in.
const MAX_WAIT: Duration = Duration::from_millis(50);

/// Takes many files through every stage: `prepare` on threads, `commit` for whole groups on this one. `commit` gets what is ready,
/// in any order but for the parts of one file, and says whether to go on. Files that are slow have `n_workers` threads of their own,
/// so that the others do not wait for them.
pub fn in_groups<T: Send, E>(
    work: impl Iterator<Item = T> + Send,
    n_workers: usize,
    is_slow: impl Fn(&T) -> bool + Send,
    prepare: impl Fn(T, HandOn<'_>) -> Result<(), Stopped> + Sync,
    mut commit: impl FnMut(Vec<Prepared>) -> Result<bool, E>,
) -> Result<(), E> {
    let (jobs, inbox) = bounded::<T>(2 * n_workers);
    // Without a bound, or the quick files behind slow ones would wait after all.
    let (slow_jobs, slow_inbox) = unbounded::<T>();
    // While one group is being committed, the next gathers, and the threads go on.
    let (done, ready) = bounded::<Prepared>(2 * MAX_GROUP);
    // A part may hold many articles: each of them takes a place.
    let (place, places) = bounded::<()>(2 * MAX_GROUP + 2 * n_workers * MAX_PART);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            work.into_iter().try_for_each(|job| {
                let lane = if is_slow(&job) { &slow_jobs } else { &jobs };
                lane.send(job)
            })
        });
        for n in 0..2 * n_workers {
            let inbox = if n < n_workers { &inbox } else { &slow_inbox };
            let (inbox, done, place, prepare) =
                (inbox.clone(), done.clone(), place.clone(), &prepare);
            scope.spawn(move || {
                let mut hand_on = |prepared: Prepared| {
                    let mut articles = prepared.articles.iter();
                    let entered = articles.try_for_each(|_| place.send(()));
                    entered.map_err(|_| Stopped)?;
                    done.send(prepared).map_err(|_| Stopped)
                };
                inbox.iter().try_for_each(|job| prepare(job, &mut hand_on))
            });
        }
        drop((inbox, slow_inbox, done, place));
        let leave = |prepared: &Prepared| {
            places.iter().take(prepared.articles.len()).for_each(drop);
        };
        while let Ok(first) = ready.recv() {
            // A durable commit costs the same for one file as for many: while more are coming, wait for company.
            let until = Instant::now() + MAX_WAIT;
            leave(&first);
            let mut n_articles = first.articles.len();
            let mut group = vec![first];
            while group.len().max(n_articles) < MAX_GROUP
                && let Ok(next) = ready.recv_deadline(until)
            {
                leave(&next);
                n_articles += next.articles.len();
                group.push(next);
            }
            if !commit(group)? {
                break;
            }
        }
        drop((ready, places));
        Ok(())
    })
}

#[cfg(test)]
mod tests;
