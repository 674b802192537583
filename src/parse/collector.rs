//! What parsers hand their articles to, and how they open the members of a bundle: within bounds of size and depth.

use std::borrow::Cow;
use std::io::Read;

use thiserror::Error;

use super::bundle;
use super::dateline;
use super::member::{Amend, Member, Piece};
use crate::domain::article::{Article, TitleOrigin};
use crate::domain::document::Options;
use crate::domain::ledger::{MemberFailure, Rejection};
use crate::text;
use crate::text::clean::clean_line;
use crate::text::language::{declared, language_of};

/// Bundles within bundles, at most.
const MAX_DEPTH: usize = 4;

/// The text of an article, at most: its analysis takes some thirty times that in memory. The longest novels are shorter.
const MAX_BODY_BYTES: usize = 4 << 20;

/// The source of one article, at most, with its markup and blanks.
const MAX_SOURCE_BYTES: usize = 2 * MAX_BODY_BYTES;

/// Refuses a source that is longer than any article, before it is read.
pub(super) fn check_length(source: &str) -> Result<(), Rejection> {
    if source.len() > MAX_SOURCE_BYTES {
        return Err(too_long(source.len()));
    }
    Ok(())
}

fn too_long(n_bytes: usize) -> Rejection {
    Rejection::Lacks(format!(
        "its text is {} million bytes long, more than any article; split it and drop the parts",
        n_bytes >> 20
    ))
}

/// What is packed may unpack to so many times its size: text packs to a tenth, and repetitive data to a hundredth …
const MAX_RATIO: u64 = 200;

/// … and, whatever its size, to this many times the largest member.
const MIN_MEMBERS: u64 = 2;

/// A member costs at least so much, in bytes: a million empty ones are no gift either.
const MEMBER_COST: u64 = 256;

/// So much of a member tells what it is.
const HEAD_BYTES: usize = 1_024;

/// One thing found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An article.
    Article(Box<Article>),
    /// A member that gave none.
    Failure(MemberFailure),
}

/// Nobody wants to hear more: the program is stopping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("stopped")]
pub struct Stopped;

/// Why a parser ended early.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseError {
    /// The document is no good; what was found before stands.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// It was asked to.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Who takes what is found.
pub(super) enum Sink<'a> {
    /// Takes members unread.
    Pieces(&'a mut dyn FnMut(Piece) -> Result<(), Stopped>),
    /// Has them read where they are met.
    Found(&'a mut dyn FnMut(Found) -> Result<(), Stopped>),
}

impl Sink<'_> {
    fn take(&mut self, found: Found) -> Result<(), Stopped> {
        match self {
            Self::Pieces(take) => take(Piece::Found(found)),
            Self::Found(take) => take(found),
        }
    }
}

/// Takes what parsers find.
pub(super) struct Collector<'a> {
    sink: Sink<'a>,
    options: &'a Options,
    place: Place,
}

/// Where a document stands in a bundle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// So many bundles are around it.
    pub(super) depth: usize,
    /// So much of the outermost one was unpacked so far.
    pub(super) n_bytes: u64,
    /// So much of it may be.
    pub(super) limit: u64,
}

impl Place {
    /// Of a file that stands by itself.
    fn outermost(options: &Options, size: u64) -> Self {
        let limits = &options.limits;
        let by_size = size
            .saturating_mul(MAX_RATIO)
            .saturating_add(limits.member.saturating_mul(MIN_MEMBERS));
        Self {
            depth: 0,
            n_bytes: 0,
            limit: limits.bundle.min(by_size),
        }
    }
}

impl<'a> Collector<'a> {
    /// For a file of so many bytes.
    pub(super) fn new(options: &'a Options, size: u64, sink: Sink<'a>) -> Self {
        Self::within(options, Place::outermost(options, size), sink)
    }

    /// For a member of a bundle.
    pub(super) fn within(options: &'a Options, place: Place, sink: Sink<'a>) -> Self {
        Self {
            sink,
            options,
            place,
        }
    }

    /// So many bytes may the outermost bundle unpack to.
    pub(super) fn limit(&self) -> u64 {
        self.place.limit
    }

    pub(super) fn n_bytes(&self) -> u64 {
        self.place.n_bytes
    }

    pub(super) fn options(&self) -> &'a Options {
        self.options
    }

    /// Hands over an article. What its text is written in is surer than what its page says; short texts leave it to the page.
    pub(super) fn article(&mut self, mut article: Article) -> Result<(), Stopped> {
        clean(&mut article);
        if article.title.trim().is_empty() {
            // A sentence of nothing but marks makes no title; the text itself does.
            article.title = article.body.trim().chars().take(90).collect();
            article.title_origin = TitleOrigin::FirstSentence;
        }
        if article.body.len() > MAX_BODY_BYTES {
            return self.failure(&article.title, too_long(article.body.len()));
        }
        let fallback = &self.options.fallback;
        article.source = article.source.or_else(|| fallback.source.clone());
        if let Some(given) = &fallback.published {
            article.published = Some(dateline::completed(&article, given));
        }
        article.language =
            language_of(&article.body).or(article.language.as_deref().and_then(declared));
        self.sink.take(Found::Article(Box::new(article)))
    }

    /// Says that a member gave no article; the others go on.
    pub(super) fn failure(&mut self, member: &str, rejection: Rejection) -> Result<(), Stopped> {
        self.sink.take(Found::Failure(MemberFailure {
            member: member.to_owned(),
            rejection,
        }))
    }

    /// Takes a member of a bundle, to be read as a document of its own; `amend` adds to its articles what only the bundle
    /// knows. A member that cannot be read fails alone; an error here is the whole bundle's.
    pub(super) fn member(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
        amend: Amend,
    ) -> Result<(), ParseError> {
        let path = printable(path);
        match self.content(&path, reader, amend) {
            Ok(None) => Ok(()),
            Ok(Some(member)) => self.hand_on(member),
            Err(rejection @ Rejection::Bomb(_)) => Err(rejection.into()),
            Err(rejection) => Ok(self.failure(&path, rejection)?),
        }
    }

    fn hand_on(&mut self, member: Member) -> Result<(), ParseError> {
        match &mut self.sink {
            Sink::Pieces(take) => take(Piece::Member(member))?,
            Sink::Found(take) => self.place.n_bytes += member.read(self.options, take)?,
        }
        Ok(())
    }

    /// Reads the one member that there is: if it gives no article, the bundle gives none for the same reason.
    pub(super) fn only_member(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
    ) -> Result<(), ParseError> {
        if let Some(member) = self.content(&printable(path), reader, None)? {
            let sink = &mut self.sink;
            self.place.n_bytes +=
                member.read_or_fail(self.options, &mut |found| sink.take(found))?;
        }
        Ok(())
    }

    /// Counts what was unpacked, by the parser itself or for it, against the bound on all that a bundle holds.
    pub(super) fn count(&mut self, n_bytes: u64) -> Result<(), Rejection> {
        self.place.n_bytes += n_bytes;
        if self.place.n_bytes > self.place.limit {
            return Err(Rejection::Bomb(self.place.limit));
        }
        Ok(())
    }

    /// Unpacks a member; none if nobody means it as an article.
    fn content(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
        amend: Amend,
    ) -> Result<Option<Member>, Rejection> {
        let limit = self.options.limits.member;
        let left = self.place.limit.saturating_sub(self.place.n_bytes);
        let mut bytes = Vec::new();
        let result = reader.take(limit.min(left) + 1).read_to_end(&mut bytes);
        self.count((bytes.len() as u64).max(MEMBER_COST))?;
        if bundle::is_passed_over(path, &bytes[..bytes.len().min(HEAD_BYTES)]) {
            return Ok(None);
        }
        if let Err(error) = result {
            return Err(match bundle::passed(&error) {
                Some(limit) => Rejection::Bomb(limit),
                None => Rejection::BrokenMember(error.to_string()),
            });
        }
        let size = bytes.len() as u64;
        if size > limit {
            return Err(Rejection::TooLarge { size, limit });
        }
        if self.place.depth >= MAX_DEPTH {
            return Err(Rejection::TooDeep(MAX_DEPTH));
        }
        Ok(Some(Member {
            path: path.to_owned(),
            bytes,
            amend,
            place: Place {
                depth: self.place.depth + 1,
                ..self.place
            },
        }))
    }
}

/// Takes out of every field what is no text, whatever format it came in.
fn clean(article: &mut Article) {
    let line = |text: &mut String| {
        if let Cow::Owned(clean) = clean_line(text.as_str().into()) {
            *text = clean;
        }
    };
    if let Cow::Owned(clean) = text::clean::clean(article.body.as_str().into()) {
        article.body = clean;
    }
    line(&mut article.title);
    let fields = [
        &mut article.subtitle,
        &mut article.byline,
        &mut article.dateline,
        &mut article.section,
        &mut article.language,
        &mut article.url,
    ];
    fields.into_iter().flatten().for_each(line);
    if let Some(source) = &mut article.source {
        line(&mut source.name);
        source.domain.iter_mut().for_each(line);
    }
    for list in [&mut article.authors, &mut article.keywords] {
        list.iter_mut().for_each(line);
        list.retain(|entry| !entry.trim().is_empty());
    }
}

/// A member's name comes from strangers: no control character of it reaches a terminal.
fn printable(path: &str) -> String {
    path.replace(char::is_control, "\u{fffd}")
}
