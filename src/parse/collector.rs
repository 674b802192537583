//! What parsers hand their articles to, and how they open the members of a bundle: within bounds of size and depth.

use std::io::Read;

use thiserror::Error;

use super::read;
use crate::domain::article::Article;
use crate::domain::document::{Document, Options};
use crate::domain::ledger::{MemberFailure, Rejection};
use crate::text::language::{declared, language_of};

/// Bundles within bundles, at most.
const MAX_DEPTH: usize = 4;

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
        if self.depth >= MAX_DEPTH {
            return Ok(self.failure(path, Rejection::TooDeep(MAX_DEPTH))?);
        }
        let limit = self.options.limits.member;
        let left = self.options.limits.bundle.saturating_sub(self.n_bytes);
        let mut bytes = Vec::new();
        let result = reader.take(limit.min(left) + 1).read_to_end(&mut bytes);
        self.n_bytes += bytes.len() as u64;
        if self.n_bytes > self.options.limits.bundle {
            return Err(Rejection::Bomb(self.options.limits.bundle).into());
        }
        if let Err(error) = result {
            return Ok(self.failure(path, Rejection::Unreadable(error.to_string()))?);
        }
        let size = bytes.len() as u64;
        if size > limit {
            return Ok(self.failure(path, Rejection::TooLarge { size, limit })?);
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
        match result {
            Ok(_) => Ok(()),
            Err(ParseError::Rejected(rejection)) if !matches!(rejection, Rejection::Bomb(_)) => {
                Ok(self.failure(&document.path, rejection)?)
            }
            Err(error) => Err(error),
        }
    }
}
