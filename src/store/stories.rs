//! `story_bands` and `articles.story_id`: whether a new article is one that the archive has, or tells a story that it has.

use rusqlite::{named_params, params};

use super::articles::NewArticle;
use super::{Reader, StoreError, Writer};
use crate::text::sketch::{Likeness, N_BANDS, Sketch};

/// Articles that share this much tell one story …
const MIN_LIKENESS: f64 = 0.5;

/// … or this much where it is not known that they are of one week.
const MIN_LIKENESS_UNDATED: f64 = 0.8;

/// Days between the publications of one story's articles, at most: daily market reports are alike, and are no one story.
const MAX_DAYS: i64 = 7;

/// So many of the articles that share a band are looked at …
const MAX_PER_BAND: i64 = 32;

/// … and so many of those that share the most bands are compared, so that boilerplate costs little.
const MAX_COMPARED: i64 = 8;

/// What the archive knows of a new article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// It is that very article, from another file.
    Known(i64),
    /// It is new, under that key, and tells those stories, which are then one.
    New {
        /// `articles.key`.
        key: String,
        /// `articles.story_id` of its like.
        stories: Vec<i64>,
    },
}

/// An article that may be the like of a new one.
struct Candidate {
    id: i64,
    story: i64,
    source: Option<String>,
    published_at: Option<String>,
    body: String,
}

impl Reader<'_> {
    /// Finds a new article's place. Two outlets that print the same words have an article each; a copy without an outlet is
    /// anybody's.
    pub(super) fn place_of(self, new: &NewArticle) -> Result<Place, StoreError> {
        let source = new
            .article
            .source
            .as_ref()
            .map(|source| source.name.as_str());
        let same_words = self.articles_with_words(new)?;
        if let Some((id, _)) = same_words
            .iter()
            .find(|(_, theirs)| are_compatible(source, theirs.as_deref()))
        {
            return Ok(Place::Known(*id));
        }
        let mut stories = Vec::new();
        for candidate in self.candidates(&new.sketch)? {
            let (is_near, least) = match (&new.article.published, &candidate.published_at) {
                (Some(ours), Some(theirs)) => (
                    self.days_between(&ours.at, theirs)? <= MAX_DAYS,
                    MIN_LIKENESS,
                ),
                _ => (true, MIN_LIKENESS_UNDATED),
            };
            match new.sketch.likeness(&Sketch::of(&candidate.body)) {
                Likeness::Same
                    if is_near && are_compatible(source, candidate.source.as_deref()) =>
                {
                    return Ok(Place::Known(candidate.id));
                }
                Likeness::Alike(share) if share < least => {}
                _ if is_near => stories.push(candidate.story),
                _ => {}
            }
        }
        let words = new.key.as_str();
        let key = match (same_words.is_empty(), source) {
            (false, Some(source)) => format!("{words}:{source}"),
            _ => words.to_owned(),
        };
        stories.sort_unstable();
        stories.dedup();
        Ok(Place::New { key, stories })
    }

    /// The articles of the very same words, with their outlets.
    fn articles_with_words(
        self,
        new: &NewArticle,
    ) -> Result<Vec<(i64, Option<String>)>, StoreError> {
        // A key is the hash of the words, and ':' with the outlet behind it from the second outlet on; ';' follows ':'.
        let mut statement = self.connection.prepare_cached(
            "select articles.id, sources.name
             from articles
             left join sources on sources.id = articles.source_id
             where articles.key >= ?1 and articles.key < ?1 || ';'
             order by articles.id",
        )?;
        let rows = statement.query_map([new.key.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn candidates(self, sketch: &Sketch) -> Result<Vec<Candidate>, StoreError> {
        let Some(bands) = sketch.bands() else {
            return Ok(Vec::new());
        };
        let mut in_band = self.connection.prepare_cached(
            "select article_id
             from story_bands
             where band = ?1 and hash = ?2
             order by article_id desc
             limit ?3",
        )?;
        let mut shared: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
        for (band, hash) in bands.iter().enumerate() {
            let ids =
                in_band.query_map(params![band as i64, hash, MAX_PER_BAND], |row| row.get(0))?;
            for id in ids {
                *shared.entry(id?).or_default() += 1;
            }
        }
        let mut ids: Vec<(usize, i64)> = shared.into_iter().map(|(id, n)| (n, id)).collect();
        ids.sort_unstable_by(|a, b| b.cmp(a));
        ids.truncate(MAX_COMPARED as usize);
        let mut article = self.connection.prepare_cached(
            "select articles.id, articles.story_id, sources.name as source, articles.published_at, articles.body
             from articles
             left join sources on sources.id = articles.source_id
             where articles.id = ?1",
        )?;
        let candidate = |(_, id): (usize, i64)| {
            Ok(article.query_row([id], |row| {
                Ok(Candidate {
                    id: row.get("id")?,
                    story: row.get("story_id")?,
                    source: row.get("source")?,
                    published_at: row.get("published_at")?,
                    body: row.get("body")?,
                })
            })?)
        };
        ids.into_iter().map(candidate).collect()
    }

    /// Days between two times of any precision; a year or month counts from its first day.
    fn days_between(self, one: &str, other: &str) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select abs(julianday(substr(:one || '-01-01', 1, 10)) - julianday(substr(:other || '-01-01', 1, 10)))",
        )?;
        let days: Option<f64> = statement
            .query_row(named_params! { ":one": one, ":other": other }, |row| {
                row.get(0)
            })?;
        Ok(days.map_or(0, |days| days as i64))
    }
}

impl Writer<'_> {
    /// Puts a new article into its story, which unites those of its like.
    pub(super) fn add_to_story(
        &mut self,
        article: i64,
        sketch: &Sketch,
        stories: &[i64],
    ) -> Result<(), StoreError> {
        let story = stories.first().copied().unwrap_or(article);
        for other in stories.iter().skip(1) {
            self.transaction
                .prepare_cached("update articles set story_id = ?2 where story_id = ?1")?
                .execute([*other, story])?;
        }
        self.transaction
            .prepare_cached("update articles set story_id = ?2 where id = ?1")?
            .execute([article, story])?;
        let mut insert = self.transaction.prepare_cached(
            "insert into story_bands (band, hash, article_id)
             values (?1, ?2, ?3)",
        )?;
        let bands: Option<[i64; N_BANDS]> = sketch.bands();
        for (band, hash) in bands.iter().flatten().enumerate() {
            insert.execute(params![band as i64, hash, article])?;
        }
        Ok(())
    }
}

fn are_compatible(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => true,
    }
}
