//! What a line at the prompt asks for. Knows no terminal.

use clap::ValueEnum;

use crate::domain::records::Value;
use crate::render::Format;
use crate::text::nearest::nearest;

/// The commands of the prompt, and what each does.
pub(super) const COMMANDS: [(&str, &str); 8] = [
    (".tables", "the tables and what they are for"),
    (".views", "the views"),
    (
        ".schema [TABLE]",
        "columns, indexes and an example of one table, or of all",
    ),
    (
        ".format NAME",
        "print as table, csv, json, ndjson or markdown",
    ),
    (".explain QUERY", "how SQLite would run a query"),
    (
        ".queries",
        "the queries of config.toml; @NAME key=value … runs one",
    ),
    (".help", "this list"),
    (".quit", "leave, as Ctrl-D does"),
];

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    Nothing,
    Query(String),
    Explain(String),
    Named(String, Vec<(String, Value)>),
    Tables,
    Views,
    Schema(Option<String>),
    Format(Format),
    Queries,
    Help,
    Quit,
    /// It cannot be understood, and why.
    Wrong(String),
}

impl Action {
    /// What the whole input, which may have several lines, asks for.
    pub(super) fn of(input: &str) -> Self {
        let input = input.trim();
        match input.chars().next() {
            None => Self::Nothing,
            Some('.') => Self::of_command(input.trim_end_matches(';').trim_end()),
            Some('@') => Self::of_named(input[1..].trim_end_matches(';').trim_end()),
            Some(_) if matches!(input.trim_end_matches(';'), "quit" | "exit") => Self::Quit,
            Some(_) if input.trim_end_matches(';') == "help" => Self::Help,
            Some(_) => Self::Query(input.to_owned()),
        }
    }

    fn of_command(input: &str) -> Self {
        let (command, rest) = input.split_once(char::is_whitespace).unwrap_or((input, ""));
        let rest = rest.trim();
        match command {
            ".tables" => Self::Tables,
            ".views" => Self::Views,
            ".schema" => Self::Schema((!rest.is_empty()).then(|| rest.to_owned())),
            ".format" => Format::from_str(rest, true).map_or_else(
                |_| Self::Wrong("the formats are table, csv, json, ndjson and markdown".into()),
                Self::Format,
            ),
            ".explain" if rest.is_empty() => Self::Wrong("write it as .explain QUERY".into()),
            ".explain" => Self::Explain(rest.to_owned()),
            ".queries" => Self::Queries,
            ".help" => Self::Help,
            ".quit" | ".exit" => Self::Quit,
            _ => Self::Wrong(match nearest(command, command_names()) {
                Some(meant) => format!("there is no {command}; did you mean {meant}?"),
                None => format!("there is no {command}; .help lists the commands"),
            }),
        }
    }

    fn of_named(input: &str) -> Self {
        let mut words = input.split_whitespace();
        let Some(name) = words.next() else {
            return Self::Queries;
        };
        let mut parameters = Vec::new();
        for word in words {
            match parameter(word) {
                Ok(parameter) => parameters.push(parameter),
                Err(advice) => return Self::Wrong(format!("{word}: {advice}")),
            }
        }
        Self::Named(name.to_owned(), parameters)
    }
}

/// Reads a parameter: `name=value` is text, `name:=value` a whole number.
pub(super) fn parameter(text: &str) -> Result<(String, Value), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("write it as name=value, or name:=value for a whole number")?;
    let Some(name) = name.strip_suffix(':') else {
        return Ok((name.to_owned(), Value::Text(value.to_owned())));
    };
    match value.parse() {
        Ok(number) => Ok((name.to_owned(), Value::Integer(number))),
        Err(_) => Err(format!("{value:?} is not a whole number")),
    }
}

/// The commands as they are typed.
pub(super) fn command_names() -> impl Iterator<Item = &'static str> {
    COMMANDS
        .iter()
        .filter_map(|(command, _)| command.split(' ').next())
}

/// Whether the input can be taken as it is, or goes on in the next line: a statement ends with `;`.
pub(super) fn is_whole(input: &str) -> bool {
    let trimmed = input.trim();
    let is_statement = !trimmed.is_empty()
        && !trimmed.starts_with(['.', '@'])
        && !matches!(Action::of(trimmed), Action::Quit | Action::Help);
    !is_statement || ends_with_semicolon(trimmed)
}

/// Whether the last thing is a `;` outside of texts, names and comments.
fn ends_with_semicolon(sql: &str) -> bool {
    let mut rest = sql;
    let mut ends = false;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '\'' | '"' | '`' => closing(rest, &first.to_string()),
            '[' => closing(rest, "]"),
            '-' if rest.starts_with("--") => {
                rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
                continue;
            }
            '/' if rest.starts_with("/*") => {
                let Some((_, behind)) = rest[2..].split_once("*/") else {
                    return false;
                };
                rest = behind;
                continue;
            }
            _ => Some(first.len_utf8()),
        };
        let Some(end) = end else {
            return false;
        };
        if !first.is_whitespace() {
            ends = first == ';';
        }
        rest = &rest[end..];
    }
    ends
}

/// Where what opens at the start is closed. A doubled quotation mark closes one text and opens the next.
fn closing(text: &str, mark: &str) -> Option<usize> {
    text[1..].find(mark).map(|at| 1 + at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_asks_for_one_thing() {
        let pair = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
        for (line, action) in [
            ("", Action::Nothing),
            ("  ", Action::Nothing),
            (".tables", Action::Tables),
            (" .views ; ", Action::Views),
            (".schema", Action::Schema(None)),
            (
                ".schema  mentions;",
                Action::Schema(Some("mentions".into())),
            ),
            (".format CSV", Action::Format(Format::Csv)),
            (".explain select 1", Action::Explain("select 1".into())),
            (".queries", Action::Queries),
            ("@", Action::Queries),
            (
                "@busiest kind=person y=2016 n:=3",
                Action::Named(
                    "busiest".into(),
                    vec![
                        pair("kind", "person"),
                        pair("y", "2016"),
                        ("n".into(), Value::Integer(3)),
                    ],
                ),
            ),
            (".help", Action::Help),
            ("help", Action::Help),
            (".quit", Action::Quit),
            ("exit;", Action::Quit),
            ("select 1;", Action::Query("select 1;".into())),
        ] {
            assert_eq!(Action::of(line), action, "{line}");
        }
        for (line, told) in [
            (".tabels", "did you mean .tables?"),
            (".frobnicate", ".help lists"),
            (".format xml", "the formats are"),
            (".explain", ".explain QUERY"),
            ("@busiest person", "name=value"),
            ("@busiest n:=many", "not a whole number"),
        ] {
            let Action::Wrong(message) = Action::of(line) else {
                panic!("{line}");
            };
            assert!(message.contains(told), "{message}");
        }
    }

    #[test]
    fn a_statement_goes_on_until_its_semicolon() {
        for (input, whole) in [
            ("", true),
            (".schema", true),
            ("@busiest", true),
            ("quit", true),
            ("select 1", false),
            ("select 1;", true),
            ("select 1; -- so", true),
            ("select 1; /* so", false),
            ("select 1 /* ; */", false),
            ("select 1 -- ;", false),
            ("select ';", false),
            ("select ';'\n", false),
            ("select 'it''s';", true),
            ("select \"a;b\", [c;d]\nfrom t;", true),
            ("sélect 'é';", true),
        ] {
            assert_eq!(is_whole(input), whole, "{input}");
        }
    }
}
