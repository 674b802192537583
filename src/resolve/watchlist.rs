//! Reads lists of names: CSV under a header, JSON lines, or the FollowTheMoney entities in which OpenSanctions publishes. One
//! entry at a time, so that a list of any size needs little memory; what is wrong is said with its line.

use std::io::{BufRead, Read};

use csv::{ReaderBuilder, StringRecord, Trim};
use serde::Deserialize;

use super::decoded::Decoded;
use crate::domain::watchlist::Entry;
use crate::text::clean::clean_line;

/// No entry is longer; what is, is no list.
const MAX_LINE: u64 = 4 << 20;

/// No name is longer.
const MAX_NAME: usize = 1_000;

/// The entries, or what is wrong, with its line.
pub type Entries<'a> = Box<dyn Iterator<Item = Result<Entry, String>> + 'a>;

/// The columns of a CSV list, in the words that people head them with.
const COLUMNS: [(Column, &[&str]); 5] = [
    (Column::Name, &["name", "caption", "full name", "full_name"]),
    (
        Column::Aliases,
        &["aliases", "alias", "aka", "also known as", "also_known_as"],
    ),
    (Column::Id, &["id", "own_id", "identifier", "ref"]),
    (Column::Kind, &["kind", "type", "schema"]),
    (Column::Note, &["note", "notes", "comment", "description"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Aliases,
    Id,
    Kind,
    Note,
}

/// One line of JSON: an entry of ours, or a FollowTheMoney entity.
#[derive(Debug, Deserialize)]
struct JsonLine {
    id: Option<Scalar>,
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    kind: Option<String>,
    note: Option<String>,
    schema: Option<String>,
    caption: Option<String>,
    properties: Option<Properties>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Number(serde_json::Number),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    previous_name: Vec<String>,
    weak_alias: Vec<String>,
    wikidata_id: Vec<String>,
    country: Vec<String>,
}

/// Reads a list, whose form is told by its first line, in whatever encoding it is.
pub fn entries<'a>(list: impl BufRead + 'a) -> Result<Entries<'a>, String> {
    let mut list = Decoded::new(list).map_err(|error| error.to_string())?;
    let head = list.fill_buf().map_err(|error| error.to_string())?;
    let n_mark = if head.starts_with("\u{feff}".as_bytes()) {
        3
    } else {
        0
    };
    let first = head[n_mark..]
        .iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace());
    list.consume(n_mark);
    match first {
        None => Err("the list is empty".into()),
        Some(b'{') => Ok(Box::new(json_lines(list))),
        Some(b'[') => Err("line 1: the list is one JSON array; write one object a line, as in {\"name\": \"Ida Holm\"}".into()),
        Some(_) => rows(list),
    }
}

fn json_lines(mut list: impl BufRead) -> impl Iterator<Item = Result<Entry, String>> {
    let mut line = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        while !is_over {
            line += 1;
            let mut bytes = Vec::new();
            let read = list.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes);
            let result = match read {
                Err(error) => Err(error.to_string()),
                Ok(0) => return None,
                Ok(n) if n as u64 == MAX_LINE => Err("the line is too long for an entry".into()),
                Ok(_) if bytes.trim_ascii().is_empty() => continue,
                Ok(_) => serde_json::from_slice::<JsonLine>(&bytes)
                    .map_err(|error| format!("it cannot be read as JSON: {error}"))
                    .and_then(|json| json.entry(line)),
            };
            match result {
                Ok(None) => {}
                Ok(Some(entry)) => return Some(Ok(entry)),
                Err(problem) => {
                    is_over = true;
                    return Some(Err(format!("line {line}: {problem}")));
                }
            }
        }
        None
    })
}

impl JsonLine {
    /// The entry; none where a FollowTheMoney entity has no name, as addresses and links between entities have none.
    fn entry(self, line: u64) -> Result<Option<Entry>, String> {
        let own_id = self.id.map(|id| match id {
            Scalar::Text(text) => text,
            Scalar::Number(number) => number.to_string(),
        });
        let Some(properties) = self.properties.filter(|_| self.schema.is_some()) else {
            let name = self.name.ok_or("there is no \"name\"")?;
            let entry = Entry {
                own_id,
                kind: self.kind,
                note: self.note,
                line,
                ..Entry::default()
            };
            return named(entry, &name, &self.aliases).map(Some);
        };
        let mut names = properties.name;
        let Some(name) = names.first().cloned() else {
            return Ok(None);
        };
        names.extend(properties.alias);
        names.extend(properties.previous_name);
        let note = [properties.country, properties.wikidata_id].concat();
        let entry = Entry {
            own_id,
            weak_names: properties.weak_alias,
            kind: self.schema,
            note: (!note.is_empty()).then(|| note.join(", ")),
            line,
            ..Entry::default()
        };
        let mut entry = named(entry, &name, &names)?;
        entry.name = self.caption.unwrap_or(entry.name);
        Ok(Some(entry))
    }
}

/// Puts the names in, the main one first; without a letter or digit in it there is nothing to look for. Aliases that are no
/// names are passed over: published lists hold some.
fn named(mut entry: Entry, name: &str, others: &[String]) -> Result<Entry, String> {
    let is_one = |name: &str| name.len() <= MAX_NAME && name.chars().any(char::is_alphanumeric);
    let name = clean_line(name.trim().into()).trim().to_owned();
    if !is_one(&name) {
        let shown: String = name.chars().take(60).collect();
        return Err(format!("{shown:?} is no name"));
    }
    entry.name.clone_from(&name);
    let kind = entry.kind.as_deref().unwrap_or_default().to_lowercase();
    let is_person = matches!(kind.as_str(), "person" | "individual" | "people");
    for given in std::iter::once(name.as_str()).chain(others.iter().map(|other| other.trim())) {
        let as_printed = is_person.then(|| forename_first(given)).flatten();
        for name in std::iter::once(given.to_owned()).chain(as_printed) {
            if is_one(&name) && !entry.names.contains(&name) {
                entry.names.push(name);
            }
        }
    }
    Ok(entry)
}

/// `Holm, Ida` as articles print it.
fn forename_first(name: &str) -> Option<String> {
    let (surname, forename) = name.split_once(',')?;
    (!forename.contains(',')).then(|| format!("{} {}", forename.trim(), surname.trim()))
}

fn rows<'a>(mut list: impl BufRead + 'a) -> Result<Entries<'a>, String> {
    let head = list.fill_buf().map_err(|error| error.to_string())?;
    let header = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: &u8| header.split(|byte| byte == mark).count();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(count)
        .unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(Trim::All)
        .flexible(true)
        .from_reader(list);
    let columns = columns(reader.headers().map_err(|error| problem(&error))?)?;
    let mut is_over = false;
    let read = move |record: Result<StringRecord, csv::Error>| {
        if is_over {
            return None;
        }
        let result = record
            .map_err(|error| problem(&error))
            .and_then(|record| row(&record, &columns));
        is_over = result.is_err();
        Some(result)
    };
    Ok(Box::new(reader.into_records().map_while(read)))
}

fn columns(header: &StringRecord) -> Result<Vec<Option<Column>>, String> {
    let column = |word: &str| {
        let word = word.to_lowercase();
        let known = COLUMNS
            .iter()
            .find(|(_, words)| words.contains(&word.as_str()));
        known.map(|(column, _)| *column)
    };
    let columns: Vec<Option<Column>> = header.iter().map(column).collect();
    if !columns.contains(&Some(Column::Name)) {
        return Err(format!(
            "line 1: no column is headed \"name\"; the columns are {}",
            header
                .iter()
                .map(|word| format!("{word:?}"))
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    Ok(columns)
}

/// A line may lack its last cells, as hand-made lists do; one cell too many is a comma within a name.
fn row(record: &StringRecord, columns: &[Option<Column>]) -> Result<Entry, String> {
    let line = record.position().map_or(0, csv::Position::line);
    if record.len() > columns.len() {
        return Err(format!(
            "line {line}: it has {} fields, the header has {}; names with commas stand in quotes",
            record.len(),
            columns.len()
        ));
    }
    let mut entry = Entry {
        line,
        ..Entry::default()
    };
    let (mut name, mut aliases) = (String::new(), Vec::new());
    for (field, column) in record.iter().zip(columns) {
        let text = (!field.is_empty()).then(|| field.to_owned());
        match column {
            Some(Column::Name) => field.clone_into(&mut name),
            Some(Column::Aliases) => aliases.extend(field.split([';', '|']).map(str::to_owned)),
            Some(Column::Id) => entry.own_id = text,
            Some(Column::Kind) => entry.kind = text,
            Some(Column::Note) => entry.note = text,
            None => {}
        }
    }
    named(entry, &name, &aliases).map_err(|problem| format!("line {line}: {problem}"))
}

fn problem(error: &csv::Error) -> String {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            format!("line {line}: it is not UTF-8; save the list as UTF-8")
        }
        _ => format!("line {line}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> Result<Vec<String>, String> {
        let show = |entry: Entry| {
            let id = entry.own_id.unwrap_or_default();
            let (names, weak) = (entry.names.join("/"), entry.weak_names.join("/"));
            format!("{} {id} {} {names} {weak}", entry.line, entry.name)
        };
        entries(list.as_bytes())?
            .map(|entry| entry.map(show))
            .collect()
    }

    #[test]
    fn lists_of_every_form_are_read() {
        for (list, expected) in [
            (
                "name,aliases,id\nIda Holm,\"I. Holm; Ida H.\",7\n",
                "2 7 Ida Holm Ida Holm/I. Holm/Ida H. ",
            ),
            ("ID;Name\n7;\"Holm; Sons\"\n", "2 7 Holm; Sons Holm; Sons "),
            (
                "name,kind\n\"Holm, Ida\",person\n",
                "2  Holm, Ida Holm, Ida/Ida Holm ",
            ),
            ("\u{feff}name\nIda Holm", "2  Ida Holm Ida Holm "),
            ("name;id\n\u{ad}Ida Holm;7\n", "2 7 Ida Holm Ida Holm "),
            ("name,aliases,id\nIda Holm\n", "2  Ida Holm Ida Holm "),
            (
                "\n{\"name\":\"Ida Holm\",\"aliases\":[\"I. Holm\"],\"id\":7}\n",
                "2 7 Ida Holm Ida Holm/I. Holm ",
            ),
            (
                "{\"id\":\"Q1\",\"schema\":\"Address\",\"properties\":{\"country\":[\"no\"]}}\n{\"id\":\"Q2\",\"schema\":\"Person\",\"caption\":\"Ida HOLM\",\"properties\":{\"name\":[\"Holm, Ida\",\"Ida Holm\"],\"weakAlias\":[\"Ida\"]}}",
                "2 Q2 Ida HOLM Holm, Ida/Ida Holm Ida",
            ),
        ] {
            assert_eq!(read(list).unwrap(), [expected], "{list}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (list, said) in [
            ("", "empty"),
            ("who,what\nIda,7\n", "line 1: no column is headed \"name\""),
            ("name,id\nIda Holm,7\nOla,8,9\n", "line 3: it has 3 fields"),
            ("name,id\n,7\n", "line 2: \"\" is no name"),
            (
                "{\"name\":\"Ida Holm\"}\n{\"name\":\n",
                "line 2: it cannot be read as JSON",
            ),
            ("{\"id\":7}\n", "line 1: there is no \"name\""),
            ("[{\"name\":\"Ida\"}]", "one object a line"),
        ] {
            assert!(
                read(list).unwrap_err().contains(said),
                "{list}: {:?}",
                read(list)
            );
        }
    }
}
