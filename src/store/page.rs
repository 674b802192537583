//! One article with what was found in it.

use super::{Reader, StoreError};
use crate::domain::records::Section;

impl Reader<'_> {
    /// One article, its mentions in order, its dates and quotations; no section holds a row where there is no such article.
    pub fn article(self, id: i64) -> Result<Vec<Section>, StoreError> {
        Ok(vec![
            self.section("Article", "select * from v_articles where id = ?1", [id])?,
            self.section(
                "Mentions",
                "select start, \"end\", text, kind, entity, confidence from v_mentions where article_id = ?1 order by start",
                [id],
            )?,
            self.section("Dates", "select start, \"end\", text, value, precision, type from dates where article_id = ?1 order by start", [id])?,
            self.section(
                "Quotes",
                "select quotes.start, quotes.\"end\", quotes.text, entities.name as speaker, quotes.cue
                 from quotes
                 left join entities on entities.id = quotes.speaker_id
                 where quotes.article_id = ?1
                 order by quotes.start",
                [id],
            )?,
            self.section(
                "Same story",
                "select other.id, other.published_at, sources.name as source, other.title
                 from articles
                 join articles as other on other.story_id = articles.story_id and other.id <> articles.id
                 left join sources on sources.id = other.source_id
                 where articles.id = ?1
                 order by other.published_at desc, other.id desc",
                [id],
            )?,
        ])
    }
}
