//! Places, peoples and bodies that newsrooms everywhere know: tables of facts, looked up by any of their names.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::analysis::Kind;
use crate::domain::entity::{EntityInArticle, Facts};
use crate::text::normalize::name_key;

/// A row of the tables.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) kind: Kind,
    name: &'static str,
    wikidata_id: &'static str,
    description: String,
    /// ISO 3166 of two letters, or empty.
    country: &'static str,
    coordinates: Option<(f64, f64)>,
    is_country: bool,
    /// Whether its bare name is shared: `Georgia` is a country and a state.
    is_shared: bool,
}

#[derive(Debug, Default)]
struct Tables {
    rows: Vec<Known>,
    /// Rows by the key of each of their names; the flag says that the name counts in capitals only (`WHO`).
    by_key: HashMap<String, Vec<(usize, bool)>>,
    countries: HashMap<&'static str, usize>,
    capitals: HashMap<&'static str, String>,
    /// Keys of the names, people and cities of each country, as signs that an article speaks of it.
    signs: HashMap<String, Vec<&'static str>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for row in rows(include_str!("known/countries.tsv")) {
        tables.country(&row);
    }
    for row in rows(include_str!("known/places.tsv")) {
        tables.place(&row);
    }
    for row in rows(include_str!("known/organizations.tsv")) {
        tables.organization(&row);
    }
    tables
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

fn names(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split('|').filter(|name| !name.is_empty())
}

fn degrees(latitude: &str, longitude: &str) -> Option<(f64, f64)> {
    Some((latitude.parse().ok()?, longitude.parse().ok()?))
}

impl Tables {
    fn country(&mut self, row: &[&'static str]) {
        let [
            name,
            country,
            wikidata_id,
            latitude,
            longitude,
            capital,
            demonyms,
            others,
            description,
        ] = row[..]
        else {
            return;
        };
        let known = Known {
            kind: Kind::Location,
            name,
            wikidata_id,
            description: if description.is_empty() {
                "country".to_owned()
            } else {
                description.to_owned()
            },
            country,
            coordinates: degrees(latitude, longitude),
            is_country: true,
            is_shared: name.contains(" ("),
        };
        self.countries.insert(country, self.rows.len());
        self.capitals.insert(country, name_key(capital));
        for sign in names(demonyms).chain(names(others)).chain([name, capital]) {
            if !sign.is_empty() {
                self.signs.entry(name_key(sign)).or_default().push(country);
            }
        }
        self.add(known, others);
        if let Some(people) = names(demonyms).next() {
            let known = Known {
                kind: Kind::Group,
                name: people,
                wikidata_id: "",
                description: format!("people of {name}"),
                country,
                coordinates: None,
                is_country: false,
                is_shared: false,
            };
            self.add(known, demonyms);
        }
    }

    fn place(&mut self, row: &[&'static str]) {
        let [
            name,
            country,
            wikidata_id,
            latitude,
            longitude,
            others,
            description,
        ] = row[..]
        else {
            return;
        };
        let known = Known {
            kind: Kind::Location,
            name,
            wikidata_id,
            description: if self.capitals.get(country) == Some(&name_key(name)) {
                let of = self.countries.get(country).map(|n| self.rows[*n].name);
                format!("capital of {}", of.unwrap_or(country))
            } else {
                description.to_owned()
            },
            country,
            coordinates: degrees(latitude, longitude),
            is_country: false,
            is_shared: name.contains(" ("),
        };
        if !known.is_shared && !country.is_empty() {
            for sign in names(others).chain([name]) {
                self.signs.entry(name_key(sign)).or_default().push(country);
            }
        }
        self.add(known, others);
    }

    fn organization(&mut self, row: &[&'static str]) {
        let [name, wikidata_id, description, others] = row[..] else {
            return;
        };
        let known = Known {
            kind: Kind::Organization,
            name,
            wikidata_id,
            description: description.to_owned(),
            country: "",
            coordinates: None,
            is_country: false,
            is_shared: false,
        };
        self.add(known, others);
    }

    fn add(&mut self, known: Known, others: &'static str) {
        let n = self.rows.len();
        let bare = known.name.split(" (").next().unwrap_or(known.name);
        self.rows.push(known);
        for name in [bare].into_iter().chain(names(others)) {
            let letters = || name.chars().filter(|c| c.is_alphabetic());
            let is_capitals = letters().count() <= 5 && letters().all(char::is_uppercase);
            let rows = self.by_key.entry(name_key(name)).or_default();
            if !rows.iter().any(|(row, _)| *row == n) {
                rows.push((n, is_capitals));
            }
        }
    }
}

impl Known {
    /// The entity it is, without names from an article.
    pub(super) fn entity(&self) -> EntityInArticle {
        let country = (!self.is_country)
            .then(|| TABLES.countries.get(self.country))
            .flatten();
        EntityInArticle {
            kind: self.kind,
            key: name_key(self.name),
            name: self.name.to_owned(),
            aliases: Vec::new(),
            facts: Some(Facts {
                wikidata_id: (!self.wikidata_id.is_empty()).then(|| self.wikidata_id.to_owned()),
                description: self.description.clone(),
                country: (!self.country.is_empty()).then(|| self.country.to_owned()),
                coordinates: self.coordinates,
                part_of: country.map(|n| Box::new(TABLES.rows[*n].entity())),
            }),
        }
    }
}

/// The known thing of a name, printed so. A name that several share is told by the countries the article speaks of, and
/// stays unknown where those don't tell.
pub(super) fn find(
    key: &str,
    is_capitals: bool,
    countries: impl FnOnce() -> Vec<&'static str>,
) -> Option<&'static Known> {
    let rows = TABLES.by_key.get(key)?;
    let mut fitting = rows
        .iter()
        .filter(|(_, wants_capitals)| is_capitals || !wants_capitals)
        .map(|(n, _)| &TABLES.rows[*n]);
    let first = fitting.next()?;
    if !first.is_shared {
        return Some(first);
    }
    let countries = countries();
    let mut told = [first]
        .into_iter()
        .chain(fitting)
        .filter(|known| countries.contains(&known.country));
    let one = told.next()?;
    told.next().is_none().then_some(one)
}

/// The countries of which these names are signs: their own names, their peoples, their cities.
pub(super) fn countries_of<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    keys.filter_map(|key| TABLES.signs.get(key))
        .flatten()
        .copied()
        .collect()
}

/// Whether a key is the name or the people of a country.
pub(super) fn is_of_a_country(key: &str) -> bool {
    TABLES.by_key.get(key).is_some_and(|rows| {
        rows.iter()
            .any(|(n, _)| TABLES.rows[*n].is_country || TABLES.rows[*n].kind == Kind::Group)
    })
}
