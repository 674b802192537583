//! What the columns of a table may hold, read from its statement: SQLite keeps checks, but tells them in no pragma.

/// Each column with its check, in the words of SQL.
pub(super) fn checks(table: &str) -> Vec<(String, String)> {
    let code = without_comments(table);
    let Some(columns) = code.find('(').and_then(|at| inner(&code[at..])) else {
        return Vec::new();
    };
    parts(columns)
        .into_iter()
        .filter_map(|definition| {
            let name = definition.split_whitespace().next()?;
            let lower = definition.to_ascii_lowercase();
            let behind = |(at, word): (usize, &str)| definition[at + word.len()..].trim_start();
            let mut behind = lower.match_indices("check").map(behind);
            let check = inner(behind.find(|rest| rest.starts_with('('))?)?.split_whitespace();
            let check: Vec<&str> = check.collect();
            Some((name.trim_matches(['"', '`']).to_owned(), check.join(" ")))
        })
        .collect()
}

/// The values of a check that lists them, `kind in ('person', 'place')`; else the check itself.
pub(super) fn in_words(check: &str) -> String {
    let values = check
        .split_once(" in (")
        .and_then(|(_, list)| list.strip_suffix(')'));
    match values {
        Some(values) => format!("one of {}", values.replace('\'', "")),
        None => check.to_owned(),
    }
}

/// What stands between the bracket that opens the text and the one that closes it.
fn inner(text: &str) -> Option<&str> {
    let (at, ..) = unquoted(text).find(|(_, c, depth)| *c == ')' && *depth == 0)?;
    text.get(1..at)
}

/// The text cut at commas that stand in no bracket and no quotation.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, ..) in unquoted(text).filter(|(_, c, depth)| *c == ',' && *depth == 0) {
        parts.push(&text[start..at]);
        start = at + 1;
    }
    parts.push(&text[start..]);
    parts
}

/// The letters that stand in no quotation, with their places, and how many brackets are open behind each.
fn unquoted(text: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let (mut depth, mut is_quoted) = (0_usize, false);
    text.char_indices().filter_map(move |(at, c)| {
        match c {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        (!is_quoted).then_some((at, c, depth))
    })
}

fn without_comments(sql: &str) -> String {
    let code = sql
        .lines()
        .map(|line| line.split_once("--").map_or(line, |(code, _)| code));
    code.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_read_over_lines_brackets_and_commas() {
        let table = "create table t (
            id integer primary key check (id = 1), -- one, row (only
            kind text not null check (kind in ('a, b',
                                               'c')),
            \"end\" integer CHECK(length(x) > max(1, 2)), name text, unique (kind, name)
        ) strict";
        let found = checks(table);
        let expected = [
            ("id", "id = 1"),
            ("kind", "kind in ('a, b', 'c')"),
            ("end", "length(x) > max(1, 2)"),
        ];
        let expected = expected.map(|(name, check)| (name.to_owned(), check.to_owned()));
        assert_eq!(found, expected);
        assert_eq!(in_words(&found[1].1), "one of a, b, c");
        assert_eq!(in_words(&found[0].1), "id = 1");
        assert!(checks("create table t (").is_empty());
    }
}
