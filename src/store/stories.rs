//! `story_bands` and the place of a new article: whether the archive has it, and of which articles it is a version.

use rusqlite::params;

use super::articles::NewArticle;
use super::imprint::Imprint;
use super::{Reader, StoreError, Writer, clusters};
use crate::text::normalize::words_key;
use crate::text::sketch::{N_BANDS, Sketch};
use crate::text::versions::Told;

/// So many of the articles that share a band are looked at …
const MAX_PER_BAND: i64 = 32;

/// … and so many of those that share the most bands are compared, so that boilerplate costs little.
const MAX_COMPARED: usize = 8;

/// So many printings of the same words are linked to a new one; a notice may run every day for years.
const MAX_PRINTINGS: usize = 8;

/// Texts that share less cannot have the same words.
const MIN_SAME: f64 = 0.95;

/// What the archive knows of a new article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// It is that very article, from another file.
    Known(i64),
    /// It is new, under that key, and a version of those articles.
    New {
        /// `articles.key`.
        key: String,
        /// `articles.id`.
        versions: Vec<i64>,
    },
}

/// An article of which a new one may be a version.
struct Candidate {
    id: i64,
    imprint: Imprint,
    title: String,
    dateline: Option<String>,
    published_at: Option<String>,
    body: String,
    sketch: Sketch,
}

impl Candidate {
    fn told(&self) -> Told<'_> {
        Told::new(
            &self.body,
            &self.sketch,
            &self.title,
            self.dateline.as_deref(),
            self.published_at.as_deref(),
        )
    }
}

impl Reader<'_> {
    /// Finds a new article's place. The same words under another headline, day or outlet are an article of their own, a version
    /// of the first; a copy that leaves some of these open is anybody's.
    pub(super) fn place_of(self, new: &NewArticle) -> Result<Place, StoreError> {
        let article = &new.article;
        let imprint = Imprint::of(article);
        let mut printings = self.printings(new)?;
        let published = article.published.as_ref();
        let told = Told::new(
            &article.body,
            &new.sketch,
            &article.title,
            article.dateline.as_deref(),
            published.map(|published| published.at.as_str()),
        );
        let mut versions = Vec::new();
        if printings
            .iter()
            .all(|(_, theirs)| theirs.contradicts(&imprint))
        {
            for candidate in self.candidates(&new.sketch)? {
                if has_same_words(&told, &candidate) {
                    printings.push((candidate.id, candidate.imprint));
                } else if told.is_version_of(&candidate.told()) {
                    versions.push(candidate.id);
                }
            }
        }
        let same = printings
            .iter()
            .find(|(_, theirs)| !theirs.contradicts(&imprint));
        if let Some((id, _)) = same {
            return Ok(Place::Known(*id));
        }
        let key = self.free_key(new.key.as_str(), &imprint)?;
        let printings = printings.iter().map(|(id, _)| *id);
        versions.extend(printings.take(MAX_PRINTINGS));
        versions.sort_unstable();
        versions.dedup();
        Ok(Place::New { key, versions })
    }

    /// The articles of the very same words, the oldest first.
    fn printings(self, new: &NewArticle) -> Result<Vec<(i64, Imprint)>, StoreError> {
        // A key is the hash of the words, and ':' with that of the imprint behind it from the second printing on; ';' follows ':'.
        let mut statement = self.connection.prepare_cached(
            "select articles.id, title, title_origin, subtitle, published_at, published_origin,
                    sources.name as source
             from articles
             left join sources on sources.id = articles.source_id
             where articles.key >= ?1 and articles.key < ?1 || ';'
             order by articles.id",
        )?;
        let rows = statement.query_map([new.key.as_str()], |row| {
            Ok((row.get("id")?, Imprint::from_row(row)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The key of an article whose text has changed.
    pub(super) fn key_for_revision(self, id: i64, new: &NewArticle) -> Result<String, StoreError> {
        let mut select = self
            .connection
            .prepare_cached("select key from articles where id = ?1")?;
        let key: String = select.query_row([id], |row| row.get(0))?;
        if key.split(':').next() == Some(new.key.as_str()) {
            return Ok(key);
        }
        self.free_key(new.key.as_str(), &Imprint::of(&new.article))
    }

    /// A key for these words under this imprint that no article has.
    fn free_key(self, words: &str, imprint: &Imprint) -> Result<String, StoreError> {
        let mut is_taken = self
            .connection
            .prepare_cached("select exists (select 1 from articles where key = ?1)")?;
        let mut key = words.to_owned();
        // An article may have learnt another imprint since its key was made.
        for n in 0.. {
            if !is_taken.query_row([&key], |row| row.get(0))? {
                break;
            }
            key = format!("{words}:{}", imprint.key());
            if n > 0 {
                key = format!("{key}:{n}");
            }
        }
        Ok(key)
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
        ids.truncate(MAX_COMPARED);
        ids.into_iter().map(|(_, id)| self.candidate(id)).collect()
    }

    fn candidate(self, id: i64) -> Result<Candidate, StoreError> {
        let mut article = self.connection.prepare_cached(
            "select articles.id, title, title_origin, subtitle, dateline, published_at, published_origin,
                    sources.name as source, body
             from articles
             left join sources on sources.id = articles.source_id
             where articles.id = ?1",
        )?;
        Ok(article.query_row([id], |row| {
            let body: String = row.get("body")?;
            Ok(Candidate {
                id: row.get("id")?,
                imprint: Imprint::from_row(row)?,
                title: row.get("title")?,
                dateline: row.get("dateline")?,
                published_at: row.get("published_at")?,
                sketch: Sketch::of(&body),
                body,
            })
        })?)
    }

    /// The articles of which one that the archive has is a version.
    pub(super) fn versions_of(self, id: i64) -> Result<Vec<i64>, StoreError> {
        let article = self.candidate(id)?;
        let told = article.told();
        let mut versions = Vec::new();
        for candidate in self.candidates(&article.sketch)? {
            let is_version =
                || has_same_words(&told, &candidate) || told.is_version_of(&candidate.told());
            if candidate.id != id && is_version() {
                versions.push(candidate.id);
            }
        }
        Ok(versions)
    }
}

fn has_same_words(told: &Told<'_>, candidate: &Candidate) -> bool {
    told.sketch.overlap(&candidate.sketch).of_either >= MIN_SAME
        && words_key(told.body) == words_key(&candidate.body)
}

impl Writer<'_> {
    /// Takes an article out of its story, whose text is about to change; [`Self::add_to_story`] puts it back.
    pub(super) fn leave_story(&mut self, article: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("delete from story_bands where article_id = ?1")?
            .execute([article])?;
        clusters::unlink(self.transaction, article)
    }

    /// Puts a new article into the story of its versions, and makes it findable for those to come.
    pub(super) fn add_to_story(
        &mut self,
        article: i64,
        sketch: &Sketch,
        versions: &[i64],
    ) -> Result<(), StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into story_bands (band, hash, article_id)
             values (?1, ?2, ?3)",
        )?;
        let bands: Option<[i64; N_BANDS]> = sketch.bands();
        for (band, hash) in bands.iter().flatten().enumerate() {
            insert.execute(params![band as i64, hash, article])?;
        }
        clusters::link(self.transaction, article, versions)
    }
}
