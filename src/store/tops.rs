//! `top_mentions`: the names of an article's body where they stand above it, in headline, byline and dateline. They are found
//! by comparing, not by the recognizer: most headlines capitalize every word, which leaves it nothing to go by.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::{StoreError, Writer};
use crate::domain::analysis::Kind;
use crate::text::normalize::bare_name;
use crate::text::offsets::Offsets;
use crate::text::phrases::{Found, Phrases, phrase_key};

/// Names that are words of headlines as well, where they stand alone: "Will Mayor Resign?".
const ALSO_WORDS: [&str; 24] = [
    "will", "may", "can", "us", "it", "who", "mark", "bill", "rose", "hope", "chase", "rob",
    "grant", "sue", "drew", "march", "august", "pat", "frank", "rich", "page", "price", "sun",
    "post",
];

/// A body's names by what may stand of them in a headline, and the mention that says whom each means.
#[derive(Debug, Default)]
struct Forms {
    list: Vec<(String, i64)>,
    phrases: Phrases,
}

/// A mention of the body: where it stands, whom it means, what it reads.
struct Named {
    start: i64,
    said: i64,
    kind: String,
    text: String,
}

impl Writer<'_> {
    /// Finds anew which names of an article's body stand above it.
    pub(super) fn find_tops(&mut self, article: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("delete from top_mentions where article_id = ?1")?
            .execute([article])?;
        let names = self.named(article)?;
        if names.is_empty() {
            return Ok(());
        }
        let forms = Forms::of(&names);
        let tops = self.tops_printed(article)?;
        let mut insert = self.transaction.prepare_cached(
            "insert into top_mentions (article_id, place, start, \"end\", text, mention_start)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (place, top) in ["headline", "byline", "dateline"].into_iter().zip(tops) {
            let top = top.unwrap_or_default();
            let mut offsets = Offsets::new(&top);
            for (found, mention) in forms.standing_in(&top) {
                let span = offsets.span(&found.range);
                let text = &top[found.range];
                let (start, end) = (span.start as i64, span.end as i64);
                insert.execute(params![article, place, start, end, text, mention])?;
            }
        }
        Ok(())
    }

    /// An article's headline, byline and dateline.
    pub(super) fn tops_printed(&self, article: i64) -> Result<[Option<String>; 3], StoreError> {
        let mut select = self
            .transaction
            .prepare_cached("select title, byline, dateline from articles where id = ?1")?;
        Ok(select.query_row([article], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?)
    }

    fn named(&self, article: i64) -> Result<Vec<Named>, StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select start, coalesce(said_entity_id, entity_id), kind, text from mentions where article_id = ?1
             union all
             select start, coalesce(said_entity_id, entity_id), kind, text from ignored_mentions where article_id = ?1",
        )?;
        let rows = select.query_map([article], |row| {
            Ok(Named {
                start: row.get(0)?,
                said: row.get(1)?,
                kind: row.get(2)?,
                text: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Forms {
    fn of(names: &[Named]) -> Self {
        // By form: the entities that are called so, and the first mention of one.
        let mut printed: BTreeMap<String, (BTreeSet<i64>, i64)> = BTreeMap::new();
        let mut add = |form: &str, name: &Named| {
            let (entities, mention) = printed
                .entry(form.to_owned())
                .or_insert_with(|| (BTreeSet::new(), name.start));
            *mention = name.start.min(*mention);
            entities.insert(name.said);
        };
        for name in names {
            let bare = bare_name(&name.text);
            add(bare, name);
            if name.kind == Kind::Person.as_str()
                && let Some((_, family)) = bare.rsplit_once(' ')
            {
                add(family, name);
            }
        }
        let mut forms = Self::default();
        for (form, (entities, mention)) in printed {
            // What may mean two things of the article is told of none.
            if entities.len() == 1 {
                forms.phrases.add(forms.list.len() as u32, &form, false);
                forms.list.push((form, mention));
            }
        }
        forms.phrases.finish();
        forms
    }

    /// What stands in a line, none inside a longer one, in order, each with its mention in the body.
    fn standing_in(&self, line: &str) -> Vec<(Found, i64)> {
        if line.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Found> = self
            .phrases
            .find(line)
            .into_iter()
            .filter(|found| self.is_name(line, found))
            .collect();
        found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
        let mut kept: Vec<Found> = Vec::new();
        for one in found {
            if kept
                .last()
                .is_none_or(|last| last.range.end <= one.range.start)
            {
                kept.push(one);
            }
        }
        let mention = |found: &Found| self.list[found.phrase as usize].1;
        kept.into_iter()
            .map(|found| (found.clone(), mention(&found)))
            .collect()
    }

    fn is_name(&self, line: &str, found: &Found) -> bool {
        let (form, _) = &self.list[found.phrase as usize];
        let text = &line[found.range.clone()];
        let key = phrase_key(text, false);
        let is_as_large =
            !form.starts_with(char::is_uppercase) || !text.starts_with(char::is_lowercase);
        let is_word = ALSO_WORDS.contains(&key.as_str())
            && (found.range.start == 0 || is_in_title_case(line));
        key == phrase_key(form, false) && is_as_large && (!is_word || form.contains(' '))
    }
}

/// Whether words that are no names are capitalized, too: half of the longer ones.
fn is_in_title_case(line: &str) -> bool {
    let longer = line
        .split_whitespace()
        .filter(|word| word.chars().count() > 3);
    let (mut n_capitals, mut n_words) = (0, 0);
    for word in longer {
        n_words += 1;
        n_capitals += usize::from(word.starts_with(char::is_uppercase));
    }
    2 * n_capitals > n_words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of the names stands in a line.
    fn found(names: &[(&str, Kind)], line: &str) -> String {
        let names: Vec<Named> = names
            .iter()
            .enumerate()
            .map(|(n, (text, kind))| Named {
                start: n as i64,
                said: n as i64,
                kind: kind.as_str().to_owned(),
                text: (*text).to_owned(),
            })
            .collect();
        let found = Forms::of(&names).standing_in(line).into_iter();
        let show = |(found, mention): (Found, i64)| format!("{}={mention}", &line[found.range]);
        found.map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn headlines_name_whom_the_body_names() {
        let names = [
            ("Theresa Holm", Kind::Person),
            ("the Port Authority", Kind::Organization),
            ("Grete May", Kind::Person),
            ("Anna Dahl", Kind::Person),
            ("Ola Dahl", Kind::Person),
        ];
        for (line, expected) in [
            ("Theresa Holm to quit", "Theresa Holm=0"),
            ("HOLM'S PORT AUTHORITY SUED", "HOLM=0 PORT AUTHORITY=1"),
            ("Dahl to quit, Holm stays", "Holm=0"),
            ("Ola Dahl quits", "Ola Dahl=4"),
            ("Port May Close As Strike Goes On", ""),
            ("The port says May must go", "May=2"),
            ("May ferries sail?", ""),
            ("Grete May Quits After Vote", "Grete May=2"),
            ("The theresa holms", ""),
        ] {
            assert_eq!(found(&names, line), expected, "{line}");
        }
    }
}
