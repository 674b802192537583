//! `watchlist_hits`: where the names of watchlists stand.

use std::ops::Range;

use rusqlite::{OptionalExtension, params};

use super::{StoreError, Writer};
use crate::domain::span::Span;
use crate::text::offsets::Offsets;
use crate::text::phrases::{Found, Phrases, is_printing_of};

/// A name of a list where it stands in a body.
struct Hit {
    list: i64,
    entry: i64,
    span: Span,
    range: Range<usize>,
}

/// A mention of the article.
struct Standing {
    id: i64,
    span: Span,
    origin: String,
}

/// What is known of an article's text, asked once for all its hits.
struct Surroundings<'a> {
    body: &'a str,
    mentions: Vec<Standing>,
    dates: Vec<Span>,
    sentences: Vec<Span>,
}

impl Writer<'_> {
    /// Stores what of `phrases` stands in a body; how many hits.
    pub(super) fn add_hits_of(
        &self,
        article: i64,
        body: &str,
        phrases: &Phrases,
    ) -> Result<usize, StoreError> {
        let found = phrases.find(body);
        if found.is_empty() {
            return Ok(0);
        }
        let mut around = self.surroundings(article, body)?;
        let hits = self.hits(found, &around)?;
        let mut insert = self.transaction.prepare_cached(
            "insert into watchlist_hits (list_id, entry_id, article_id, start, \"end\", text, sentence, mention_origin)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for hit in &hits {
            let n = around
                .mentions
                .binary_search_by_key(&hit.span, |mention| mention.span);
            let origin = match n {
                Ok(n) => Some(self.mark_mention(article, &mut around.mentions[n])?),
                Err(_) => None,
            };
            insert.execute(params![
                hit.list,
                hit.entry,
                article,
                hit.span.start as i64,
                hit.span.end as i64,
                &body[hit.range.clone()],
                around.sentence_of(hit.span) as i64,
                origin
            ])?;
        }
        Ok(hits.len())
    }

    fn surroundings<'a>(
        &self,
        article: i64,
        body: &'a str,
    ) -> Result<Surroundings<'a>, StoreError> {
        let span = |row: &rusqlite::Row<'_>| {
            Ok(Span {
                start: row.get::<_, u32>("start")? as usize,
                end: row.get::<_, u32>("end")? as usize,
            })
        };
        let spans = |query: &str| -> Result<Vec<Span>, StoreError> {
            let mut select = self.transaction.prepare_cached(query)?;
            let rows = select.query_map([article], span)?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let mut select = self.transaction.prepare_cached(
            "select id, start, \"end\", origin
             from mentions
             where article_id = ?1
             order by start, \"end\"",
        )?;
        let mentions = select.query_map([article], |row| {
            Ok(Standing {
                id: row.get(0)?,
                span: span(row)?,
                origin: row.get(3)?,
            })
        })?;
        Ok(Surroundings {
            body,
            mentions: mentions.collect::<Result<_, _>>()?,
            dates: spans("select start, \"end\" from dates where article_id = ?1 order by start")?,
            sentences: spans(
                "select start, \"end\" from sentences where article_id = ?1 order by number",
            )?,
        })
    }

    /// Marks the mention that stands right there, and gives its origin before.
    fn mark_mention(&self, article: i64, mention: &mut Standing) -> Result<String, StoreError> {
        if mention.origin != "watchlist" {
            self.transaction
                .prepare_cached("update mentions set origin = 'watchlist' where id = ?1")?
                .execute([mention.id])?;
            return Ok(std::mem::replace(&mut mention.origin, "watchlist".into()));
        }
        let (start, end) = (mention.span.start as i64, mention.span.end as i64);
        let before: Option<String> = self
            .transaction
            .prepare_cached(
                "select mention_origin
                 from watchlist_hits
                 where article_id = ?1 and start = ?2 and \"end\" = ?3 and mention_origin is not null
                 limit 1",
            )?
            .query_row([article, start, end], |row| row.get(0))
            .optional()?;
        Ok(before.unwrap_or_else(|| mention.origin.clone()))
    }

    /// The names that really stand there, none inside a longer one of the same list; in text order.
    fn hits(&self, found: Vec<Found>, around: &Surroundings<'_>) -> Result<Vec<Hit>, StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select watchlist_names.name, watchlist_names.is_exact, watchlist_entries.id, watchlist_entries.list_id
             from watchlist_names
             join watchlist_entries on watchlist_entries.id = watchlist_names.entry_id
             where watchlist_names.id = ?1",
        )?;
        let mut hits: Vec<Hit> = Vec::new();
        let mut offsets = Offsets::new(around.body);
        for found in found {
            let row = select.query_row([found.phrase], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            });
            let (name, is_exact, entry, list): (String, bool, i64, i64) = row?;
            let text = &around.body[found.range.clone()];
            let span = offsets.span(&found.range);
            let is_word = is_exact && !text.contains(char::is_whitespace);
            if is_printing_of(text, &name, is_exact) && (!is_word || around.is_name(text, span)) {
                hits.push(Hit {
                    list,
                    entry,
                    span,
                    range: found.range,
                });
            }
        }
        hits.sort_by_key(|hit| {
            (
                hit.range.start,
                std::cmp::Reverse(hit.range.end),
                hit.list,
                hit.entry,
            )
        });
        hits.dedup_by_key(|hit| (hit.range.clone(), hit.entry));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            let last = kept.iter().rev().find(|last| last.list == hit.list);
            let is_inside = last
                .is_some_and(|last| hit.range.start < last.range.end && hit.range != last.range);
            if !is_inside {
                kept.push(hit);
            }
        }
        Ok(kept)
    }
}

impl Surroundings<'_> {
    /// Whether a word of a list is a name where it stands, and not a word of the language or a part of another name: a
    /// mention is just that word; or nothing else has it, it opens no sentence, and the text does not use it in small letters.
    fn is_name(&self, word: &str, span: Span) -> bool {
        let n = self
            .mentions
            .partition_point(|mention| mention.span.end <= span.start);
        if let Some(mention) = self.mentions.get(n)
            && mention.span.start < span.end
        {
            return mention.span == span;
        }
        let is_dated = self
            .dates
            .iter()
            .any(|date| date.start <= span.start && span.end <= date.end);
        // Capitals tell "IT" from "it".
        let is_of_language = word.starts_with(char::is_lowercase)
            || word.contains(char::is_lowercase) && has_word(self.body, &word.to_lowercase());
        // Where there is no recognizer for the language, nothing else could tell.
        let opens = !self.mentions.is_empty() && self.opens_sentence(span);
        !is_dated && !is_of_language && !opens
    }

    /// Whether there are but marks between a sentence's start and the word.
    fn opens_sentence(&self, span: Span) -> bool {
        let sentence = self.sentences.get(self.sentence_of(span));
        sentence.is_some_and(|sentence| span.start <= sentence.start + 1)
    }

    fn sentence_of(&self, span: Span) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.start <= span.start)
            .saturating_sub(1)
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        is_edge(text[..at].chars().next_back()) && is_edge(text[at + word.len()..].chars().next())
    })
}
