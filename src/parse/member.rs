//! A member of a bundle, taken out of it but not yet read: reading is what costs, and any thread may do it.

use super::collector::{Collector, Found, ParseError, Place, Sink, Stopped};
use super::read;
use crate::domain::article::Article;
use crate::domain::document::{Document, Options};
use crate::domain::ledger::{MemberFailure, Rejection};

/// Adds to the articles of a member what only its bundle knows.
pub(super) type Amend = Option<Box<dyn Fn(&mut Article) + Send>>;

/// One thing that a document holds, in the order in which it stands there.
pub enum Piece {
    /// It has been read.
    Found(Found),
    /// It can be read by itself.
    Member(Member),
}

/// A member of a bundle.
pub struct Member {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    pub(super) amend: Amend,
    /// Where it stands; it counts among what was unpacked.
    pub(super) place: Place,
}

impl Member {
    /// Where it stands in its bundle.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// In bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// So many bytes of the whole bundle had been unpacked when this one was.
    #[must_use]
    pub fn n_unpacked(&self) -> u64 {
        self.place.n_bytes
    }

    /// So many bytes may the whole bundle unpack to.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.place.limit
    }

    /// Reads it, and says how much was unpacked from within it. It fails alone; an error here is the whole bundle's.
    pub fn read(
        self,
        options: &Options,
        sink: &mut dyn FnMut(Found) -> Result<(), Stopped>,
    ) -> Result<u64, ParseError> {
        let path = self.path.clone();
        match self.read_or_fail(options, sink) {
            Err(ParseError::Rejected(rejection)) if !matches!(rejection, Rejection::Bomb(_)) => {
                sink(Found::Failure(MemberFailure {
                    member: path,
                    rejection,
                }))?;
                Ok(0)
            }
            result => result,
        }
    }

    /// Reads it as all that there is: if it gives no article, the bundle gives none for the same reason.
    pub(super) fn read_or_fail(
        self,
        options: &Options,
        sink: &mut dyn FnMut(Found) -> Result<(), Stopped>,
    ) -> Result<u64, ParseError> {
        let Self {
            path,
            bytes,
            amend,
            place,
        } = self;
        let document = Document::new(path, bytes);
        let mut pass_on = |found| match found {
            Found::Article(mut article) => {
                if let Some(amend) = &amend {
                    amend(&mut article);
                }
                sink(Found::Article(article))
            }
            Found::Failure(mut failure) => {
                failure.member = format!("{}/{}", document.path, failure.member);
                sink(Found::Failure(failure))
            }
        };
        let sink = Sink::Found(&mut pass_on);
        let mut inner = Collector::within(options, place, sink);
        read(&document, &mut inner)?;
        Ok(inner.n_bytes() - place.n_bytes)
    }
}
