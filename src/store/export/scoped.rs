//! The condition on `articles` by which an export chooses, put into statements when the program is compiled.

/// A whole statement: what goes before the condition, the schema in which the archive is, and what follows. The condition
/// asks for `:since`, `:until`, `:open`, `:source`, `:entity` and `:articles`; the plus keeps the order of rows before an index.
macro_rules! scoped {
    ($before:literal, $schema:literal, $after:literal) => {
        concat!(
            $before,
            "(+articles.published_at >= :since and +articles.published_at < :until
              and substr(:until, 1, length(articles.published_at) + 1) <> articles.published_at || '-'
              or :open and articles.published_at is null)
             and (:source is null
                  or articles.source_id in (select id from ",
            $schema,
            "sources where name = :source))
             and (:entity is null
                  or articles.id in (select article_id from ",
            $schema,
            "mentions where entity_id = :entity))
             and (:articles is null
                  or articles.id in (select value from json_each(:articles)))",
            $after
        )
    };
}

pub(super) use scoped;
