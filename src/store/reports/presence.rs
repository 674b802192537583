//! In how many articles each entity stands, counted from rows that come article by article.

use std::collections::HashMap;

/// The count so far.
#[derive(Debug, Default)]
pub(super) struct Presence {
    n_articles: i64,
    last: i64,
    /// Of each entity: in how many articles, and the last of them.
    seen: HashMap<i64, (i64, i64)>,
}

impl Presence {
    /// Takes a row; all rows of an article come in turn, and one without names has one row.
    pub(super) fn add(&mut self, article: i64, entity: Option<i64>) {
        self.n_articles += i64::from(article != self.last);
        self.last = article;
        if let Some(entity) = entity {
            let seen = self.seen.entry(entity).or_default();
            if seen.1 != article {
                *seen = (seen.0 + 1, article);
            }
        }
    }

    /// How many articles there were, and in how many of them each entity stands.
    pub(super) fn counts(self) -> (i64, Vec<(i64, i64)>) {
        let counts = self.seen.into_iter().map(|(entity, (n, _))| (entity, n));
        (self.n_articles, counts.collect())
    }
}
