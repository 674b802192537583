//! What can follow at the prompt: tables, views, columns, functions, keywords, commands. Knows no terminal.

use super::action::command_names;
use crate::domain::catalog::{Catalog, Table};

const KEYWORDS: [&str; 43] = [
    "select",
    "from",
    "where",
    "and",
    "or",
    "not",
    "in",
    "is",
    "null",
    "like",
    "regexp",
    "match",
    "between",
    "exists",
    "case",
    "when",
    "then",
    "else",
    "end",
    "as",
    "distinct",
    "join",
    "left",
    "on",
    "using",
    "group",
    "order",
    "by",
    "having",
    "limit",
    "offset",
    "asc",
    "desc",
    "union",
    "all",
    "except",
    "intersect",
    "with",
    "recursive",
    "over",
    "partition",
    "filter",
    "values",
];
const FUNCTIONS: [&str; 27] = [
    "fold(",
    "year(",
    "month(",
    "day(",
    "excerpt(",
    "regexp(",
    "count(",
    "sum(",
    "min(",
    "max(",
    "avg(",
    "group_concat(",
    "substr(",
    "length(",
    "lower(",
    "upper(",
    "replace(",
    "instr(",
    "trim(",
    "round(",
    "abs(",
    "coalesce(",
    "iif(",
    "strftime(",
    "julianday(",
    "row_number(",
    "snippet(",
];
const FORMATS: [&str; 5] = ["table", "csv", "json", "ndjson", "markdown"];

/// Everything that may be written.
pub(super) struct Words {
    pub(super) catalog: Catalog,
    /// The names of the queries of config.toml.
    pub(super) queries: Vec<String>,
}

impl Words {
    /// Where the word at the cursor begins, and what it may become.
    pub(super) fn complete(&self, input: &str, cursor: usize) -> (usize, Vec<String>) {
        let before = &input[..cursor];
        let start = before
            .rfind(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '@'))
            .map_or(0, |at| {
                at + before[at..].chars().next().map_or(1, char::len_utf8)
            });
        let word = &before[start..];
        if let Some((owner, column)) = word.split_once('.').filter(|(owner, _)| !owner.is_empty()) {
            let names = self
                .table_called(owner, input)
                .map(|table| table.columns.iter().map(|column| column.name.as_str()));
            let found = matching(column, names.into_iter().flatten());
            return (start + owner.len() + 1, found);
        }
        (
            start,
            self.of_word(word, before[..start].trim_start(), input),
        )
    }

    fn of_word(&self, word: &str, before: &str, input: &str) -> Vec<String> {
        let tables = || self.catalog.tables.iter().map(|table| table.name.as_str());
        if before.is_empty() && word.starts_with('.') {
            return matching(word, command_names());
        }
        if before.is_empty() && word.starts_with('@') {
            let names = self.queries.iter().map(|name| format!("@{name}"));
            return names.filter(|name| name.starts_with(word)).collect();
        }
        let last = before.split_whitespace().next_back().unwrap_or_default();
        match last.to_lowercase().as_str() {
            ".format" => matching(word, FORMATS),
            ".schema" | "from" | "join" => matching(word, tables()),
            _ if word.is_empty() => Vec::new(),
            _ => {
                let mut found = matching(word, self.columns(input));
                let others = tables().chain(KEYWORDS).chain(FUNCTIONS);
                found.extend(matching(word, others));
                let mut seen = std::collections::HashSet::new();
                found.retain(|name| seen.insert(name.clone()));
                found
            }
        }
    }

    /// The columns of the tables that the input names; of all while it names none.
    fn columns<'a>(&'a self, input: &str) -> Vec<&'a str> {
        let words: Vec<&str> = words(input).collect();
        let is_named = |table: &Table| words.contains(&table.name.as_str());
        let is_none_named = !self.catalog.tables.iter().any(is_named);
        let tables = self.catalog.tables.iter();
        tables
            .filter(|table| is_none_named || is_named(table))
            .flat_map(|table| table.columns.iter().map(|column| column.name.as_str()))
            .collect()
    }

    /// The table of that name, or that goes by it in the input: `from mentions as m`.
    fn table_called(&self, name: &str, input: &str) -> Option<&Table> {
        let words: Vec<&str> = words(input).collect();
        let aliased = || {
            (0..words.len()).find_map(|n| {
                let table = self.catalog.table(words[n])?;
                let behind = words.get(n + 1).copied()?;
                let alias = if behind.eq_ignore_ascii_case("as") {
                    words.get(n + 2).copied()?
                } else {
                    behind
                };
                (alias == name).then_some(table)
            })
        };
        self.catalog.table(name).or_else(aliased)
    }
}

fn words(input: &str) -> impl Iterator<Item = &str> {
    input
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

/// Those that begin with `word`, whatever its case; in capitals where it is.
fn matching<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let is_loud = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let folded = word.to_lowercase();
    let names = names.into_iter().filter(|name| name.starts_with(&folded));
    names
        .map(|name| {
            if is_loud {
                name.to_uppercase()
            } else {
                name.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn words_complete_where_they_may_stand() {
        let words = Words {
            catalog: Store::blank_catalog().unwrap(),
            queries: vec!["busiest".into()],
        };
        for (input, expected) in [
            (".sch", vec![".schema"]),
            (".schema corr", vec!["corrections"]),
            (".format nd", vec!["ndjson"]),
            ("@b", vec!["@busiest"]),
            ("sele", vec!["select"]),
            ("SELE", vec!["SELECT"]),
            ("select title from v_sto", vec!["v_stories"]),
            ("select x from entities where latit", vec!["latitude"]),
            ("select m.conf| from mentions as m", vec!["confidence"]),
            ("select mentions.sent", vec!["sentence"]),
            (
                "select s.cu| from quotes s",
                vec!["cue", "cue_start", "cue_end"],
            ),
            ("select exce", vec!["except", "excerpt("]),
            ("select zzz", vec![]),
            ("select nothing.a", vec![]),
            ("select 'é", vec![]),
        ] {
            let cursor = input.find('|').unwrap_or(input.len());
            let (start, found) = words.complete(&input.replace('|', ""), cursor);
            assert_eq!(found, expected, "{input}");
            assert!(start <= cursor);
        }
        assert_eq!(words.complete("select mentions.sent", 20).0, 16);
    }
}
