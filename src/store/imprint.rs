//! What tells two printings of the same words apart: headline, deck, day and outlet.

use rusqlite::Row;

use crate::domain::article::{Article, PublishedOrigin, TitleOrigin};
use crate::text::normalize::words_key;

/// What a printing states beside its text; none of what it does not state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Imprint {
    /// The words of the printed headline.
    headline: Option<String>,
    /// The words of the deck.
    deck: Option<String>,
    /// Whether the deck is a whole sentence, which says something even against a printing without a deck.
    is_sentence: bool,
    /// ISO 8601, cut to the day or to what is known.
    day: Option<String>,
    outlet: Option<String>,
}

impl Imprint {
    pub(super) fn of(article: &Article) -> Self {
        let published = article.published.as_ref();
        Self::new(
            &article.title,
            article.title_origin.as_str(),
            article.subtitle.as_deref(),
            published.map(|published| (published.at.as_str(), published.origin.as_str())),
            article.source.as_ref().map(|source| source.name.as_str()),
        )
    }

    /// From the columns `title, title_origin, subtitle, published_at, published_origin, source`.
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let title: String = row.get("title")?;
        let title_origin: String = row.get("title_origin")?;
        let subtitle: Option<String> = row.get("subtitle")?;
        let at: Option<String> = row.get("published_at")?;
        let origin: Option<String> = row.get("published_origin")?;
        let outlet: Option<String> = row.get("source")?;
        Ok(Self::new(
            &title,
            &title_origin,
            subtitle.as_deref(),
            at.as_deref().zip(origin.as_deref()),
            outlet.as_deref(),
        ))
    }

    fn new(
        title: &str,
        title_origin: &str,
        deck: Option<&str>,
        published: Option<(&str, &str)>,
        outlet: Option<&str>,
    ) -> Self {
        let is_printed = [TitleOrigin::Headline, TitleOrigin::Metadata]
            .iter()
            .any(|origin| origin.as_str() == title_origin);
        // When a page was captured or a document saved differs from copy to copy.
        let is_of_the_copy = |origin: &str| {
            [PublishedOrigin::Capture, PublishedOrigin::Property]
                .iter()
                .any(|of_the_copy| of_the_copy.as_str() == origin)
        };
        let stated = published.filter(|(_, origin)| !is_of_the_copy(origin));
        Self {
            headline: is_printed.then(|| words_key(title)),
            deck: deck.map(words_key),
            is_sentence: deck.is_some_and(|deck| deck.trim_end().ends_with('.')),
            day: stated.map(|(at, _)| at.get(..10).unwrap_or(at).to_owned()),
            outlet: outlet.map(words_key),
        }
    }

    /// Whether both state something and it differs. What one of them leaves open contradicts nothing.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let differ = |ours: &Option<String>,
                      theirs: &Option<String>,
                      same: fn(&str, &str) -> bool| {
            matches!((ours, theirs), (Some(ours), Some(theirs)) if !same(ours, theirs))
        };
        differ(&self.outlet, &other.outlet, |ours, theirs| ours == theirs)
            || differ(&self.day, &other.day, is_start)
            || differ(&self.deck, &other.deck, is_start)
            || self.is_sentence && other.deck.is_none()
            || other.is_sentence && self.deck.is_none()
            || differ(&self.headline, &other.headline, |ours, theirs| {
                ours == theirs
            }) && !self.is_headline_of(other)
                && !other.is_headline_of(self)
    }

    /// Whether this headline is the other's with the outlet behind it, as pages title themselves.
    fn is_headline_of(&self, other: &Self) -> bool {
        let (Some(ours), Some(theirs)) = (&self.headline, &other.headline) else {
            return false;
        };
        let outlets = [&self.outlet, &other.outlet];
        let rest = ours.strip_prefix(theirs.as_str()).map(str::trim_start);
        outlets
            .into_iter()
            .flatten()
            .any(|outlet| rest == Some(outlet))
    }

    /// A key for it.
    pub(super) fn key(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for stated in [&self.headline, &self.deck, &self.day, &self.outlet] {
            hasher.update(stated.as_deref().unwrap_or_default().as_bytes());
            hasher.update(b"\n");
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }
}

/// Whether one is the other or its beginning.
fn is_start(ours: &str, theirs: &str) -> bool {
    ours.starts_with(theirs) || theirs.starts_with(ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_both_printings_state_can_differ() {
        let imprint = |title, origin: TitleOrigin, published, outlet| {
            Imprint::new(title, origin.as_str(), None, published, outlet)
        };
        let first = imprint(
            "Ferry sails",
            TitleOrigin::Headline,
            Some(("2021-03-04T09:00:00Z", "json_ld")),
            Some("Gazette"),
        );
        for (same, other) in [
            (
                true,
                imprint("The ferry", TitleOrigin::FileName, None, None),
            ),
            (
                true,
                imprint(
                    "FERRY SAILS",
                    TitleOrigin::Metadata,
                    Some(("2021", "given")),
                    None,
                ),
            ),
            (
                true,
                imprint("Ferry sails | Gazette", TitleOrigin::Metadata, None, None),
            ),
            (
                true,
                imprint(
                    "Ferry sails",
                    TitleOrigin::Headline,
                    Some(("2024-01-01", "capture")),
                    None,
                ),
            ),
            (
                false,
                imprint("Ferry sank", TitleOrigin::Headline, None, None),
            ),
            (
                false,
                imprint(
                    "Ferry sails",
                    TitleOrigin::Headline,
                    Some(("2021-03-05", "text")),
                    None,
                ),
            ),
            (
                false,
                imprint("Ferry sails", TitleOrigin::Headline, None, Some("Courier")),
            ),
        ] {
            assert_eq!(!first.contradicts(&other), same, "{other:?}");
            assert_eq!(!other.contradicts(&first), same, "{other:?}");
        }
    }

    #[test]
    fn another_deck_is_another_printing_unless_it_goes_on() {
        let decked = |deck| Imprint::new("Ferry sails", "headline", Some(deck), None, None);
        let first = Imprint::new("Ferry sails", "headline", None, None, Some("Gazette"));
        assert!(!decked("A crew is found").contradicts(&first));
        assert!(!decked("A crew is found …").contradicts(&decked("A crew is found at last")));
        assert!(decked("A crew is found").contradicts(&decked("Its owner is arrested")));
        assert!(decked("Its owner was arrested on Friday.").contradicts(&first));
    }
}
