//! Articles, entities, mentions and ties as FollowTheMoney entities, which Aleph and the tools of OpenSanctions read.
//!
//! An id is a hash of what makes the thing what it is (an article's content, an entity's kind and key), so that it is the same
//! whichever archive it comes from. Laws, works, products and others have no schema there and are left out.

use std::io::{self, Write};

use isolang::Language;
use serde_json::{Map, Value as Json, json};

use crate::cli::progress::Progress;
use crate::domain::export::{Cell, Choice, Dataset};
use crate::store::{Reader, StoreError};

/// Forms of companies at the end of a name.
const COMPANY_ENDS: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "llc",
    "plc",
    "ag",
    "gmbh",
    "kg",
    "sa",
    "spa",
    "nv",
    "bv",
    "ab",
    "asa",
    "oyj",
    "kk",
    "llp",
    "pty",
    "company",
    "holdings",
];

/// First words of the names of public bodies.
const PUBLIC_STARTS: &[&str] = &[
    "ministry",
    "department",
    "parliament",
    "senate",
    "government",
    "ministère",
    "ministerio",
    "bundesministerium",
];

/// Writes what is asked for, one JSON object a line.
pub(super) fn write(
    reader: Reader<'_>,
    datasets: &[Dataset],
    choice: &Choice,
    out: &mut dyn Write,
    progress: &mut Progress,
) -> Result<(), StoreError> {
    for dataset in datasets {
        let mut put = |entity: Option<Entity>| {
            let Some(entity) = entity else { return Ok(()) };
            progress.count();
            serde_json::to_writer(&mut *out, &entity.json())?;
            out.write_all(b"\n")
        };
        match dataset {
            Dataset::Articles => reader.ftm_articles(choice, &mut |row| put(Some(article(row))))?,
            Dataset::Entities => reader.ftm_entities(choice, &mut |row| put(named(row)))?,
            Dataset::Mentions => reader.ftm_mentions(choice, &mut |row| put(mention(row)))?,
            Dataset::Graph => ties(reader, choice, &mut put)?,
            Dataset::Quotes | Dataset::Roles | Dataset::Dates => {}
        }
    }
    out.flush().map_err(StoreError::Output)
}

/// An entity of theirs: a property holds a list of texts.
struct Entity {
    id: String,
    schema: &'static str,
    properties: Map<String, Json>,
}

impl Entity {
    fn new(schema: &'static str, identity: &[&str]) -> Self {
        Self {
            id: id(identity),
            schema,
            properties: Map::new(),
        }
    }

    /// Adds a value, if there is one.
    fn with(mut self, property: &str, value: &str) -> Self {
        if !value.is_empty() {
            let values = self.properties.entry(property).or_insert_with(|| json!([]));
            if let Json::Array(values) = values {
                values.push(value.into());
            }
        }
        self
    }

    /// Adds the texts of a JSON array.
    fn with_all(self, property: &str, array: &str) -> Self {
        let values: Vec<String> = serde_json::from_str(array).unwrap_or_default();
        values
            .iter()
            .fold(self, |entity, value| entity.with(property, value))
    }

    fn json(self) -> Json {
        json!({"id": self.id, "schema": self.schema, "properties": self.properties})
    }
}

/// `mf-` and 160 bits; a zero byte parts what is hashed, so that no two things read alike.
fn id(identity: &[&str]) -> String {
    let hash = blake3::hash(identity.join("\0").as_bytes()).to_hex();
    format!("mf-{}", &hash[..40])
}

fn entity_id(kind: &str, key: &str) -> String {
    id(&["entity", kind, key])
}

fn article(row: &[Cell<'_>]) -> Entity {
    let text = |n: usize| row.get(n).map(Cell::text).unwrap_or_default();
    Entity::new("Article", &["article", text(0)])
        .with("title", text(1))
        .with("summary", text(2))
        .with("publisher", text(3))
        .with("keywords", text(5))
        .with("language", &language(text(6)))
        .with("sourceUrl", text(7))
        .with("publishedAt", text(8).trim_end_matches('Z'))
        .with("fileName", text(9))
        .with("bodyText", text(10))
        .with("retrievedAt", text(11).trim_end_matches('Z'))
        .with_all("author", text(12))
        .with_all("keywords", text(13))
}

/// FollowTheMoney tells languages by three letters.
fn language(code: &str) -> String {
    let code = code.split('-').next().unwrap_or_default();
    let known = Language::from_639_1(code).or_else(|| Language::from_639_3(code));
    known.map_or_else(String::new, |language| language.to_639_3().to_owned())
}

fn named(row: &[Cell<'_>]) -> Option<Entity> {
    let text = |n: usize| row.get(n).map(Cell::text).unwrap_or_default();
    let number = |n: usize| match row.get(n) {
        Some(Cell::Real(number)) => number.to_string(),
        _ => String::new(),
    };
    let (kind, key, name) = (text(0), text(1), text(2));
    let entity = Entity::new(schema(kind, name)?, &["entity", kind, key])
        .with("name", name)
        .with("wikidataId", text(3))
        .with("description", text(4))
        .with("country", &text(5).to_lowercase());
    let aliases: Vec<String> = serde_json::from_str(text(8)).unwrap_or_default();
    let entity = aliases.iter().fold(entity, |entity, alias| {
        // A surname or an acronym alone is not to be matched with everybody's.
        let is_weak = !alias.contains(char::is_whitespace);
        entity.with(if is_weak { "weakAlias" } else { "alias" }, alias)
    });
    Some(match entity.schema {
        "Address" => entity
            .with("full", name)
            .with("latitude", &number(6))
            .with("longitude", &number(7)),
        "Person" => entity.with_all("position", text(9)),
        _ => entity,
    })
}

/// What they call such a thing, if they have a word for it.
fn schema(kind: &str, name: &str) -> Option<&'static str> {
    let word = |word: Option<&str>| {
        let letters = word.unwrap_or_default().chars();
        let letters: String = letters.filter(|letter| letter.is_alphanumeric()).collect();
        letters.to_lowercase()
    };
    let first = word(name.split_whitespace().next());
    let last = word(name.split_whitespace().next_back());
    Some(match kind {
        "person" => "Person",
        "organization" if PUBLIC_STARTS.contains(&first.as_str()) => "PublicBody",
        "organization" if name.contains(' ') && COMPANY_ENDS.contains(&last.as_str()) => "Company",
        "organization" => "Organization",
        "group" => "LegalEntity",
        "location" | "facility" => "Address",
        "event" => "Event",
        _ => return None,
    })
}

fn mention(row: &[Cell<'_>]) -> Option<Entity> {
    let [article, kind, key, start, end, text, name] = row else {
        return None;
    };
    let schema = schema(kind.text(), name.text())?;
    let (start, end) = (start.integer().to_string(), end.integer().to_string());
    let mention = Entity::new("Mention", &["mention", article.text(), &start, &end])
        .with("document", &id(&["article", article.text()]))
        .with("name", text.text())
        .with("detectedSchema", schema);
    // Theirs resolve to people and bodies alone.
    Some(match schema {
        "Address" | "Event" => mention,
        _ => mention.with("resolved", &entity_id(kind.text(), key.text())),
    })
}

fn ties(
    reader: Reader<'_>,
    choice: &Choice,
    put: &mut dyn FnMut(Option<Entity>) -> io::Result<()>,
) -> Result<(), StoreError> {
    reader.export(Dataset::Graph, choice, &mut |row| {
        let [one, _, one_kind, other, _, other_kind, n_articles] = row else {
            return Ok(());
        };
        let side = |number: &Cell<'_>, kind: &Cell<'_>| {
            let (key, name) = reader
                .key_and_name(number.integer())
                .map_err(io::Error::other)?;
            let is_known = schema(kind.text(), &name).is_some();
            Ok::<_, io::Error>(is_known.then(|| entity_id(kind.text(), &key)))
        };
        let (Some(one), Some(other)) = (side(one, one_kind)?, side(other, other_kind)?) else {
            return Ok(());
        };
        let n_articles = n_articles.integer();
        let articles = if n_articles == 1 {
            "article"
        } else {
            "articles"
        };
        let tie = Entity::new("UnknownLink", &["tie", &one, &other])
            .with("subject", &one)
            .with("object", &other)
            .with(
                "role",
                &format!("named together in {n_articles} {articles}"),
            );
        put(Some(tie))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_of_the_schema_that_their_names_tell() {
        for (kind, name, meant) in [
            ("person", "Kari Solberg", Some("Person")),
            ("organization", "Ministry of Transport", Some("PublicBody")),
            ("organization", "Fjord Lines Ltd.", Some("Company")),
            ("organization", "Petroleum S.A.", Some("Company")),
            ("organization", "Harbour Union", Some("Organization")),
            ("organization", "AG", Some("Organization")),
            ("group", "Norwegians", Some("LegalEntity")),
            ("location", "Bergen", Some("Address")),
            ("facility", "Flesland Airport", Some("Address")),
            ("event", "North Sea Summit", Some("Event")),
            ("work", "The Quay", None),
            ("law", "Harbour Act", None),
        ] {
            assert_eq!(schema(kind, name), meant, "{name}");
        }
    }

    #[test]
    fn languages_have_three_letters() {
        for (code, meant) in [
            ("en", "eng"),
            ("pt-BR", "por"),
            ("deu", "deu"),
            ("", ""),
            ("?", ""),
        ] {
            assert_eq!(language(code), meant, "{code}");
        }
    }
}
