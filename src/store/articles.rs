//! `articles`, `sources` and `authors`.

use rusqlite::{named_params, params};

use super::stories::Place;
use super::{StoreError, Writer};
use crate::domain::analysis::Analysis;
use crate::domain::article::{Article, Source, TitleOrigin};
use crate::domain::entity::Resolution;
use crate::domain::ledger::MemberFailure;
use crate::text::normalize::words_key;
use crate::text::sketch::Sketch;
use crate::text::terms::n_words;

/// A body shorter than this does not identify an article by itself: market notices repeat, their headlines do not.
const MIN_IDENTIFYING_WORDS: usize = 50;

/// The identity of an article's content: the words of its body, and of its title if the body is short, folded.
/// So another encoding, another wrapping or another format of the same text is the same article, and any other word makes
/// another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContentKey(String);

impl ContentKey {
    /// The key of an article whose body, without recognized boilerplate, is `essence`.
    #[must_use]
    pub fn of(article: &Article, essence: &str) -> Self {
        Self::of_text(&article.title, essence)
    }

    pub(super) fn of_text(title: &str, essence: &str) -> Self {
        let words = words_key(essence);
        let is_short = n_words(&words) < MIN_IDENTIFYING_WORDS;
        let mut hasher = blake3::Hasher::new();
        if is_short {
            hasher.update(words_key(title).as_bytes());
            hasher.update(b"\n");
        }
        hasher.update(words.as_bytes());
        let hex = hasher.finalize().to_hex();
        Self(hex[..32].to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// An article with all that was found in it, ready to be stored.
#[derive(Debug, Clone)]
pub struct NewArticle {
    /// Its identity.
    pub key: ContentKey,
    /// By which its like are found.
    pub sketch: Sketch,
    /// The recognizer that read it; none where there is none for its language.
    pub analyzer: Option<&'static str>,
    /// What the parser read.
    pub article: Article,
    /// What the recognizer found in the body.
    pub analysis: Analysis,
    /// Who and what is meant.
    pub resolution: Resolution,
}

impl Writer<'_> {
    /// Stores what a part of a file holds: articles, where the archive does not have them, and members that gave none.
    /// The file is entered with its first part; [`Writer::close_file`] follows the last.
    pub fn add_part(
        &mut self,
        file: i64,
        articles: &[NewArticle],
        failures: &[MemberFailure],
        now: &str,
    ) -> Result<(), StoreError> {
        let mut n_added = 0;
        for new in articles {
            let article = match self.reader().place_of(new)? {
                Place::Known(known) => {
                    self.enrich(known, &new.article)?;
                    known
                }
                Place::New { key, versions } => {
                    n_added += 1;
                    let article = self.add_article(file, &key, new, now)?;
                    self.add_to_story(article, &new.sketch, &versions)?;
                    article
                }
            };
            self.transaction
                .prepare_cached(
                    "insert into article_files (article_id, file_id)
                     values (?1, ?2)
                     on conflict do nothing",
                )?
                .execute([article, file])?;
        }
        self.add_failures(file, failures)?;
        self.count_articles(file, n_added)
    }

    /// What a second copy of an article knows and the first did not: a text without an outlet met again as a page with one.
    fn enrich(&mut self, known: i64, article: &Article) -> Result<(), StoreError> {
        let source = article
            .source
            .as_ref()
            .map(|source| self.source(source))
            .transpose()?;
        let published = article.published.as_ref();
        let tops = self.tops_printed(known)?;
        // The sums go by the day.
        let learns_day = published.is_some() && !self.has_day(known)?;
        if learns_day {
            self.count_mentions(known, -1)?;
        }
        self.transaction
            .prepare_cached(
                "update articles
                 set source_id = coalesce(source_id, :source),
                     subtitle = coalesce(subtitle, :subtitle),
                     byline = coalesce(byline, :byline),
                     dateline = coalesce(dateline, :dateline),
                     section = coalesce(section, :section),
                     url = coalesce(url, :url),
                     published_precision = iif(published_at is null, :precision, published_precision),
                     published_origin = iif(published_at is null, :origin, published_origin),
                     published_at = coalesce(published_at, :published_at)
                 where id = :id",
            )?
            .execute(named_params! {
                ":id": known,
                ":source": source,
                ":subtitle": article.subtitle,
                ":byline": article.byline,
                ":dateline": article.dateline,
                ":section": article.section,
                ":url": article.url,
                ":precision": published.map(|published| published.precision.as_str()),
                ":origin": published.map(|published| published.origin.as_str()),
                ":published_at": published.map(|published| &published.at),
            })?;
        if learns_day {
            self.count_mentions(known, 1)?;
        }
        self.learn_headline(known, article)?;
        self.add_authors(known, &article.authors)?;
        self.add_particulars(known, article)?;
        if self.tops_printed(known)? != tops {
            self.find_tops(known)?;
        }
        Ok(())
    }

    /// A printed headline replaces a title that was made up.
    fn learn_headline(&mut self, known: i64, article: &Article) -> Result<(), StoreError> {
        if matches!(
            article.title_origin,
            TitleOrigin::Headline | TitleOrigin::Metadata
        ) {
            let n_changed = self
                .transaction
                .prepare_cached(
                    "update articles
                     set title = ?2, title_origin = ?3
                     where id = ?1 and title_origin in ('first_sentence', 'file_name')",
                )?
                .execute(params![known, article.title, article.title_origin.as_str()])?;
            if n_changed > 0 {
                self.reindex_unspaced(known)?;
            }
        }
        Ok(())
    }

    fn has_day(&self, article: i64) -> Result<bool, StoreError> {
        let mut select = self
            .transaction
            .prepare_cached("select published_at is not null from articles where id = ?1")?;
        Ok(select.query_row([article], |row| row.get(0))?)
    }

    fn add_article(
        &mut self,
        file: i64,
        key: &str,
        new: &NewArticle,
        now: &str,
    ) -> Result<i64, StoreError> {
        let article = &new.article;
        let source = article
            .source
            .as_ref()
            .map(|source| self.source(source))
            .transpose()?;
        let published = article.published.as_ref();
        let mut insert = self.transaction.prepare_cached(
            "insert into articles (key, title, title_origin, subtitle, byline, dateline, source_id, section, language,
                 url, published_at, published_precision, published_origin, body, word_count, file_id, ingested_at,
                 extent, is_ocr, analyzer)
             values (:key, :title, :title_origin, :subtitle, :byline, :dateline, :source, :section, :language,
                 :url, :published_at, :published_precision, :published_origin, :body, :word_count, :file, :now, :extent, :is_ocr, :analyzer)",
        )?;
        insert.execute(named_params! {
            ":key": key,
            ":title": article.title,
            ":title_origin": article.title_origin.as_str(),
            ":subtitle": article.subtitle,
            ":byline": article.byline,
            ":dateline": article.dateline,
            ":source": source,
            ":section": article.section,
            ":language": article.language,
            ":url": article.url,
            ":published_at": published.map(|published| &published.at),
            ":published_precision": published.map(|published| published.precision.as_str()),
            ":published_origin": published.map(|published| published.origin.as_str()),
            ":body": article.body,
            ":word_count": n_words(&article.body) as i64,
            ":file": file,
            ":now": now,
            ":extent": article.extent.as_str(),
            ":is_ocr": article.is_ocr,
            ":analyzer": new.analyzer,
        })?;
        let id = self.transaction.last_insert_rowid();
        self.index_unspaced(
            id,
            &article.title,
            article.subtitle.as_deref(),
            &article.body,
        )?;
        self.add_authors(id, &article.authors)?;
        self.add_particulars(id, article)?;
        self.add_analysis(id, &new.analysis, &new.resolution)?;
        Ok(id)
    }

    pub(super) fn source(&mut self, source: &Source) -> Result<i64, StoreError> {
        // The no-op update makes the row come back when it was there; a domain learnt later is kept.
        let mut upsert = self.transaction.prepare_cached(
            "insert into sources (name, domain)
             values (?1, ?2)
             on conflict (name) do update set domain = coalesce(domain, excluded.domain)
             returning id",
        )?;
        Ok(upsert.query_row(params![source.name, source.domain], |row| row.get(0))?)
    }

    pub(super) fn add_authors(
        &mut self,
        article: i64,
        authors: &[String],
    ) -> Result<(), StoreError> {
        let mut upsert = self.transaction.prepare_cached(
            "insert into authors (name)
             values (?1)
             on conflict (name) do update set name = name
             returning id",
        )?;
        let mut link = self.transaction.prepare_cached(
            "insert into article_authors (article_id, author_id)
             values (?1, ?2)
             on conflict do nothing",
        )?;
        for author in authors {
            let id: i64 = upsert.query_row([author], |row| row.get(0))?;
            link.execute([article, id])?;
        }
        Ok(())
    }

    pub(super) fn add_particulars(&mut self, id: i64, article: &Article) -> Result<(), StoreError> {
        let mut add_keyword = self.transaction.prepare_cached(
            "insert into article_keywords (article_id, keyword)
             values (?1, ?2)
             on conflict do nothing",
        )?;
        for keyword in &article.keywords {
            add_keyword.execute(params![id, keyword])?;
        }
        let mut add_date = self.transaction.prepare_cached(
            "insert into published_candidates (article_id, at, precision, origin)
             values (?1, ?2, ?3, ?4)
             on conflict do nothing",
        )?;
        for date in &article.other_dates {
            add_date.execute(params![
                id,
                date.at,
                date.precision.as_str(),
                date.origin.as_str()
            ])?;
        }
        Ok(())
    }
}
