//! Files that older parsers read, and their second reading: the articles of a file are matched with those that the current
//! parsers find in it. A match keeps its row, so numbers, decisions and citations stay; what is new is added; what the parsers
//! no longer find stays and is counted.

use std::collections::HashSet;

use rusqlite::{Row, named_params, params};

use super::articles::NewArticle;
use super::{Reader, StoreError, Writer};
use crate::domain::article::{Article, Precision, Published, PublishedOrigin};
use crate::text::normalize::name_key;
use crate::text::sketch::Sketch;

/// Texts that share this much of their wording are readings of one article.
const MIN_SAME_ARTICLE: f64 = 0.5;

/// A file that the current parsers have not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldFile {
    /// `files.id`.
    pub id: i64,
    /// Where it stood: relative to the inbox, or absolute.
    pub path: String,
    /// Where it lies now, relative to the archive's folder, if it was moved.
    pub filed_as: Option<String>,
    /// The hash of its bytes in hex.
    pub hash: String,
    /// The date that the user gave for its articles, if they got one so.
    pub given: Option<Published>,
}

/// How far the second reading of one file is: a bundle is read in parts.
#[derive(Debug, Clone, Default)]
pub struct Rereading {
    /// The articles that were found again.
    matched: HashSet<i64>,
    is_begun: bool,
}

/// What a second reading does to one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its row, if it has one.
    pub article: Option<i64>,
    /// Its title now.
    pub title: String,
    /// The fields that change; none if the article is new or stays as it is.
    pub fields: Vec<&'static str>,
    /// Words of the body before.
    pub words_before: usize,
    /// Words of the body now.
    pub words_now: usize,
}

impl Revision {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.article.is_some() && self.fields.is_empty()
    }
}

/// An article as the archive has it.
struct Stored {
    id: i64,
    key: String,
    title: String,
    url: Option<String>,
    body: String,
    /// Column and value of what a parser reads, but for the body.
    fields: Vec<(&'static str, Option<String>)>,
    has_other_files: bool,
}

impl Reader<'_> {
    /// The files whose originals may be read again: those that older parsers read than `parsers`, or all. A copy of the bytes of
    /// another file is left out.
    pub fn files_to_reread(self, parsers: i64, all: bool) -> Result<Vec<OldFile>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select files.id, files.path, filed_as, hash,
                    (select published_at
                     from article_files
                     join articles on articles.id = article_files.article_id
                     where article_files.file_id = files.id and published_origin = 'given'
                     limit 1) as given
             from files
             where state in ('stored', 'duplicate')
               and hash is not null
               and (?2 or parsers < ?1)
               and not exists (select 1 from files as same
                               where same.hash = files.hash and same.state = 'stored' and same.id <> files.id
                                 and (files.state = 'duplicate' or same.id < files.id))
             order by files.id",
        )?;
        let rows = statement.query_map(params![parsers, all], |row| {
            Ok(OldFile {
                id: row.get("id")?,
                path: row.get("path")?,
                filed_as: row.get("filed_as")?,
                hash: row.get("hash")?,
                given: row.get::<_, Option<String>>("given")?.map(given),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a second reading of (a part of) a file does to its articles.
    pub fn revisions(
        self,
        file: i64,
        found: &[NewArticle],
        reading: &mut Rereading,
    ) -> Result<Vec<Revision>, StoreError> {
        let mut stored = self.articles_of_file(file)?;
        let is_single = stored.len() == 1 && found.len() == 1;
        stored.retain(|article| !reading.matched.contains(&article.id));
        let mut revisions = Vec::with_capacity(found.len());
        for new in found {
            let same = if is_single {
                stored.first()
            } else {
                best_match(&stored, new)
            };
            let revision = same.map_or_else(|| added(new), |old| revised(old, new));
            if let Some(id) = revision.article {
                reading.matched.insert(id);
                stored.retain(|article| article.id != id);
            }
            revisions.push(revision);
        }
        Ok(revisions)
    }

    /// The number of articles that a file gave once and that were not found again.
    pub fn n_unmatched(self, file: i64, reading: &Rereading) -> Result<usize, StoreError> {
        let stored = self.articles_of_file(file)?;
        Ok(stored
            .iter()
            .filter(|article| !reading.matched.contains(&article.id))
            .count())
    }

    /// The articles that came from a file first.
    fn articles_of_file(self, file: i64) -> Result<Vec<Stored>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select articles.id, key, title, subtitle, byline, dateline, sources.name as source, section, language, url,
                    published_at, extent, body,
                    (select group_concat(name, '; ')
                     from (select name
                           from article_authors
                           join authors on authors.id = author_id
                           where article_id = articles.id
                           order by name)) as authors,
                    (select count(*) from article_files where article_id = articles.id) > 1 as has_other_files
             from articles
             left join sources on sources.id = source_id
             where file_id = ?1
             order by articles.id",
        )?;
        let rows = statement.query_map([file], stored)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Brings the articles of (a part of) a file in line with a second reading, and says what that changed.
    pub fn apply_revisions(
        &mut self,
        file: i64,
        found: &[NewArticle],
        reading: &mut Rereading,
        now: &str,
    ) -> Result<Vec<Revision>, StoreError> {
        if !reading.is_begun {
            // Articles that other files gave first and that an older program took for the same as this file's.
            self.transaction
                .prepare_cached(
                    "delete from article_files
                     where file_id = ?1
                       and article_id in (select id from articles where file_id <> ?1)",
                )?
                .execute([file])?;
            reading.is_begun = true;
        }
        let revisions = self.reader().revisions(file, found, reading)?;
        for (revision, new) in revisions.iter().zip(found) {
            match revision.article {
                None => self.add_part(file, std::slice::from_ref(new), &[], now)?,
                Some(_) if revision.is_empty() => {}
                Some(article) => self.revise(article, new, now)?,
            }
        }
        Ok(revisions)
    }

    /// Notes that the current parsers have read a file.
    pub fn mark_reread(&mut self, file: i64, parsers: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "update files
                 set parsers = ?2,
                     reason = iif(state = 'duplicate' and article_count > 0, null, reason),
                     state = iif(state = 'duplicate' and article_count > 0, 'stored', state)
                 where id = ?1",
            )?
            .execute(params![file, parsers])?;
        Ok(())
    }

    /// Replaces what an article says by a newer reading of the same file.
    fn revise(&mut self, id: i64, new: &NewArticle, now: &str) -> Result<(), StoreError> {
        let touched = self.entities_of(id)?;
        self.count_names(id, &touched, -1)?;
        self.count_mentions(id, -1)?;
        self.forget_reading(id)?;
        self.leave_story(id)?;
        let key = self.reader().key_for_revision(id, new)?;
        self.update_article(id, &key, new, now)?;
        for delete in [
            "delete from article_authors where article_id = ?1",
            "delete from article_keywords where article_id = ?1",
            "delete from published_candidates where article_id = ?1",
        ] {
            self.transaction.prepare_cached(delete)?.execute([id])?;
        }
        self.add_authors(id, &new.article.authors)?;
        self.add_particulars(id, &new.article)?;
        self.reindex_unspaced(id)?;
        self.add_analysis(id, &new.analysis, &new.resolution)?;
        let versions = self.reader().versions_of(id)?;
        self.add_to_story(id, &new.sketch, &versions)?;
        let corrections = self.corrections()?;
        self.settle_entities(&touched, &corrections)
    }

    /// What other files of the same article told stays if this one does not tell it; outlet and date stay in any case, since
    /// the user may have given them.
    fn update_article(
        &mut self,
        id: i64,
        key: &str,
        new: &NewArticle,
        now: &str,
    ) -> Result<(), StoreError> {
        let article: &Article = &new.article;
        let source = article
            .source
            .as_ref()
            .map(|source| self.source(source))
            .transpose()?;
        let published = article.published.as_ref();
        let mut update = self.transaction.prepare_cached(
            "update articles
             set key = :key, title = :title, title_origin = :title_origin, body = :body, word_count = :word_count,
                 extent = :extent, is_ocr = :is_ocr, analyzer = :analyzer, reread_at = :now,
                 subtitle = iif(:keeps, coalesce(:subtitle, subtitle), :subtitle),
                 byline = iif(:keeps, coalesce(:byline, byline), :byline),
                 dateline = iif(:keeps, coalesce(:dateline, dateline), :dateline),
                 section = iif(:keeps, coalesce(:section, section), :section),
                 url = iif(:keeps, coalesce(:url, url), :url),
                 language = coalesce(:language, language),
                 source_id = coalesce(:source, source_id),
                 published_precision = iif(:at is null, published_precision, :precision),
                 published_origin = iif(:at is null, published_origin, :origin),
                 published_at = coalesce(:at, published_at)
             where id = :id",
        )?;
        let keeps: bool = self
            .transaction
            .prepare_cached("select count(*) > 1 from article_files where article_id = ?1")?
            .query_row([id], |row| row.get(0))?;
        update.execute(named_params! {
            ":id": id,
            ":key": key,
            ":keeps": keeps,
            ":now": now,
            ":title": article.title,
            ":title_origin": article.title_origin.as_str(),
            ":body": article.body,
            ":word_count": words(&article.body) as i64,
            ":extent": article.extent.as_str(),
            ":is_ocr": article.is_ocr,
            ":analyzer": new.analyzer,
            ":subtitle": article.subtitle,
            ":byline": article.byline,
            ":dateline": article.dateline,
            ":section": article.section,
            ":url": article.url,
            ":language": article.language,
            ":source": source,
            ":at": published.map(|published| &published.at),
            ":precision": published.map(|published| published.precision.as_str()),
            ":origin": published.map(|published| published.origin.as_str()),
        })?;
        Ok(())
    }
}

/// The article of which `new` is another reading: by its words, else by address, headline or wording.
fn best_match<'a>(stored: &'a [Stored], new: &NewArticle) -> Option<&'a Stored> {
    let article = &new.article;
    let has_key = |old: &&Stored| old.key.split(':').next() == Some(new.key.as_str());
    let has_url = |old: &&Stored| old.url.is_some() && old.url == article.url;
    let title = name_key(&article.title);
    let likeness = |old: &Stored| {
        let overlap = new.sketch.overlap(&Sketch::of(&old.body));
        overlap.of_shorter
    };
    stored
        .iter()
        .find(has_key)
        .or_else(|| stored.iter().find(has_url))
        .or_else(|| {
            let mut titled = stored.iter().filter(|old| name_key(&old.title) == title);
            titled.next().filter(|_| titled.next().is_none())
        })
        .or_else(|| {
            let alike = stored.iter().map(|old| (likeness(old), old));
            alike
                .filter(|(share, _)| *share >= MIN_SAME_ARTICLE)
                .max_by(|(one, _), (other, _)| one.total_cmp(other))
                .map(|(_, old)| old)
        })
}

fn added(new: &NewArticle) -> Revision {
    Revision {
        article: None,
        title: new.article.title.clone(),
        fields: Vec::new(),
        words_before: 0,
        words_now: words(&new.article.body),
    }
}

fn revised(old: &Stored, new: &NewArticle) -> Revision {
    let article = &new.article;
    let mut authors = article.authors.clone();
    authors.sort();
    authors.dedup();
    let now = [
        ("title", Some(article.title.clone())),
        ("subtitle", article.subtitle.clone()),
        ("byline", article.byline.clone()),
        ("dateline", article.dateline.clone()),
        ("section", article.section.clone()),
        ("url", article.url.clone()),
        ("authors", (!authors.is_empty()).then(|| authors.join("; "))),
        ("extent", Some(article.extent.as_str().to_owned())),
        ("language", article.language.clone()),
        (
            "source",
            article.source.as_ref().map(|source| source.name.clone()),
        ),
        (
            "published_at",
            article
                .published
                .as_ref()
                .map(|published| published.at.clone()),
        ),
    ];
    // These stay if the new reading lacks them.
    let stays = |name: &str| {
        old.has_other_files && name != "authors"
            || matches!(name, "language" | "source" | "published_at")
    };
    let mut fields: Vec<&'static str> = Vec::new();
    for ((name, value), (_, before)) in now.iter().zip(&old.fields) {
        let is_kept = value.is_none() && stays(name);
        if value != before && !is_kept {
            fields.push(name);
        }
    }
    if article.body != old.body {
        fields.push("body");
    }
    Revision {
        article: Some(old.id),
        title: article.title.clone(),
        fields,
        words_before: words(&old.body),
        words_now: words(&article.body),
    }
}

fn words(body: &str) -> usize {
    body.split_whitespace().count()
}

fn given(at: String) -> Published {
    let precision = match at.len() {
        4 => Precision::Year,
        7 => Precision::Month,
        _ => Precision::Day,
    };
    Published {
        at,
        precision,
        origin: PublishedOrigin::Given,
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    const FIELDS: [&str; 11] = [
        "title",
        "subtitle",
        "byline",
        "dateline",
        "section",
        "url",
        "authors",
        "extent",
        "language",
        "source",
        "published_at",
    ];
    let fields = FIELDS
        .iter()
        .map(|name| Ok((*name, row.get(*name)?)))
        .collect::<rusqlite::Result<_>>()?;
    Ok(Stored {
        id: row.get("id")?,
        key: row.get("key")?,
        title: row.get("title")?,
        url: row.get("url")?,
        body: row.get("body")?,
        fields,
        has_other_files: row.get("has_other_files")?,
    })
}
