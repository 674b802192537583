//! What a report is asked about: a period, an outlet, a kind of name, and how many rows.

use super::analysis::Kind;

/// The part of the archive that a report speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Published on or after: `2016`, `2016-01`, `2016-01-05`.
    pub since: Option<String>,
    /// Published on or before, the whole of that year, month or day included.
    pub until: Option<String>,
    /// Only this outlet.
    pub source: Option<String>,
    /// Only names of this kind.
    pub kind: Option<Kind>,
    /// At most so many rows in a section.
    pub limit: usize,
}

impl Scope {
    /// The lower bound of `published_at` as text; the empty text where there is none.
    #[must_use]
    pub fn lower(&self) -> &str {
        self.since.as_deref().unwrap_or_default()
    }

    /// The upper bound of `published_at`, itself excluded, that holds all of the last year, month or day.
    #[must_use]
    pub fn upper(&self) -> String {
        format!("{}~", self.until.as_deref().unwrap_or_default())
    }

    /// Whether articles without a date belong to it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Whether it is all of the archive.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_open() && self.source.is_none()
    }
}
