//! In how many articles each entity stands, counted from rows that come article by article.

/// The count so far.
#[derive(Debug, Default)]
pub(super) struct Presence {
    n_articles: i64,
    last: i64,
    /// By the id of the entity.
    seen: Vec<Seen>,
}

/// How often an entity was met.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) n_articles: i64,
    pub(super) n_mentions: i64,
    last: i64,
}

impl Presence {
    /// Takes a row; all rows of an article come in turn, and one without names has one row.
    pub(super) fn add(&mut self, article: i64, entity: Option<i64>) {
        self.n_articles += i64::from(article != self.last);
        self.last = article;
        let Some(entity) = entity.and_then(|id| usize::try_from(id).ok()) else {
            return;
        };
        if entity >= self.seen.len() {
            self.seen.resize(entity + 1, Seen::default());
        }
        let seen = &mut self.seen[entity];
        seen.n_mentions += 1;
        seen.n_articles += i64::from(seen.last != article);
        seen.last = article;
    }

    /// How many articles there were.
    pub(super) fn n_articles(&self) -> i64 {
        self.n_articles
    }

    /// How often an entity was met.
    pub(super) fn of(&self, entity: i64) -> Seen {
        let seen = usize::try_from(entity)
            .ok()
            .and_then(|id| self.seen.get(id));
        seen.copied().unwrap_or_default()
    }

    /// In how many articles each entity stands that was met.
    pub(super) fn counts(&self) -> Vec<(i64, i64)> {
        let met = (0..)
            .zip(&self.seen)
            .filter(|(_, seen)| seen.n_articles > 0);
        met.map(|(entity, seen)| (entity, seen.n_articles))
            .collect()
    }
}
