//! A name that matters to the user, as a list gives it.

/// One line of a watchlist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The user's own identifier.
    pub own_id: Option<String>,
    /// The name to show; the first of `names`.
    pub name: String,
    /// Every name to look for.
    pub names: Vec<String>,
    /// Names to look for only as they are written: the list says that they are ambiguous.
    pub weak_names: Vec<String>,
    /// The kind, in the list's own words.
    pub kind: Option<String>,
    /// Whatever else the user should see.
    pub note: Option<String>,
    /// Where it stands in its file, from 1.
    pub line: u64,
}
