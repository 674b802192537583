//! What parsers hand their articles to, and how they open the members of a bundle: within bounds of size and depth.

use std::io::Read;

use thiserror::Error;

use super::{bundle, read};
use crate::domain::article::{Article, TitleOrigin};
use crate::domain::document::{Document, Options};
use crate::domain::ledger::{MemberFailure, Rejection};
use crate::text::language::{declared, language_of};

/// Bundles within bundles, at most.
const MAX_DEPTH: usize = 4;

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

/// Takes what parsers find.
pub(super) struct Collector<'a> {
    sink: &'a mut dyn FnMut(Found) -> Result<(), Stopped>,
    options: &'a Options,
    depth: usize,
    /// Of all members so far.
    n_bytes: u64,
}

impl<'a> Collector<'a> {
    pub(super) fn new(
        options: &'a Options,
        sink: &'a mut dyn FnMut(Found) -> Result<(), Stopped>,
    ) -> Self {
        Self {
            sink,
            options,
            depth: 0,
            n_bytes: 0,
        }
    }

    pub(super) fn options(&self) -> &'a Options {
        self.options
    }

    /// Hands over an article. What its text is written in is surer than what its page says; short texts leave it to the page.
    pub(super) fn article(&mut self, mut article: Article) -> Result<(), Stopped> {
        if article.title.trim().is_empty() {
            // A sentence of nothing but marks makes no title; the text itself does.
            article.title = article.body.trim().chars().take(90).collect();
            article.title_origin = TitleOrigin::FirstSentence;
        }
        article.language =
            language_of(&article.body).or(article.language.as_deref().and_then(declared));
        (self.sink)(Found::Article(Box::new(article)))
    }

    /// Says that a member gave no article; the others go on.
    pub(super) fn failure(&mut self, member: &str, rejection: Rejection) -> Result<(), Stopped> {
        (self.sink)(Found::Failure(MemberFailure {
            member: member.to_owned(),
            rejection,
        }))
    }

    /// Reads a member of a bundle as a document of its own; `amend` adds to its articles what only the bundle knows. A member
    /// that cannot be read fails alone; an error here is the whole bundle's.
    pub(super) fn member(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
        amend: &mut dyn FnMut(&mut Article),
    ) -> Result<(), ParseError> {
        let path = printable(path);
        match self.content(&path, reader, amend) {
            Err(ParseError::Rejected(rejection)) if !matches!(rejection, Rejection::Bomb(_)) => {
                Ok(self.failure(&path, rejection)?)
            }
            result => result,
        }
    }

    /// Reads the one member that there is: if it gives no article, the bundle gives none for the same reason.
    pub(super) fn only_member(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
    ) -> Result<(), ParseError> {
        self.content(&printable(path), reader, &mut |_| {})
    }

    /// Counts what was unpacked, by the parser itself or for it, against the bound on all that a bundle holds.
    pub(super) fn count(&mut self, n_bytes: u64) -> Result<(), Rejection> {
        self.n_bytes += n_bytes;
        if self.n_bytes > self.options.limits.bundle {
            return Err(Rejection::Bomb(self.options.limits.bundle));
        }
        Ok(())
    }

    fn content(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
        amend: &mut dyn FnMut(&mut Article),
    ) -> Result<(), ParseError> {
        let limit = self.options.limits.member;
        let left = self.options.limits.bundle.saturating_sub(self.n_bytes);
        let mut bytes = Vec::new();
        let result = reader.take(limit.min(left) + 1).read_to_end(&mut bytes);
        self.count(bytes.len() as u64)?;
        if bundle::is_passed_over(path, &bytes[..bytes.len().min(HEAD_BYTES)]) {
            return Ok(());
        }
        if let Err(error) = result {
            return Err(match bundle::passed(&error) {
                Some(limit) => Rejection::Bomb(limit),
                None => Rejection::BrokenMember(error.to_string()),
            }
            .into());
        }
        let size = bytes.len() as u64;
        if size > limit {
            return Err(Rejection::TooLarge { size, limit }.into());
        }
        if self.depth >= MAX_DEPTH {
            return Err(Rejection::TooDeep(MAX_DEPTH).into());
        }
        self.document(&Document::new(path, bytes), amend)
    }

    fn document(
        &mut self,
        document: &Document,
        amend: &mut dyn FnMut(&mut Article),
    ) -> Result<(), ParseError> {
        let sink = &mut *self.sink;
        let mut pass_on = |found| match found {
            Found::Article(mut article) => {
                amend(&mut article);
                sink(Found::Article(article))
            }
            Found::Failure(mut failure) => {
                failure.member = format!("{}/{}", document.path, failure.member);
                sink(Found::Failure(failure))
            }
        };
        let mut inner = Collector {
            sink: &mut pass_on,
            options: self.options,
            depth: self.depth + 1,
            n_bytes: self.n_bytes,
        };
        let result = read(document, &mut inner);
        self.n_bytes = inner.n_bytes;
        result.map(drop)
    }
}

/// A member's name comes from strangers: no control character of it reaches a terminal.
fn printable(path: &str) -> String {
    path.replace(char::is_control, "\u{fffd}")
}
