//! The fields of a search: which there are, which was meant, and what their values say.

use isolang::Language;

use super::date::date;
use super::{Column, Test};
use crate::domain::analysis::Kind;
use crate::domain::likeness::nearest;

/// A field by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    In(Column),
    Entity,
    Kind,
    Source,
    Language,
    Date,
}

/// The fields, and other names for them.
const FIELDS: [(&str, Field); 11] = [
    ("title", Field::In(Column::Title)),
    ("body", Field::In(Column::Body)),
    ("entity", Field::Entity),
    ("kind", Field::Kind),
    ("source", Field::Source),
    ("lang", Field::Language),
    ("date", Field::Date),
    ("headline", Field::In(Column::Title)),
    ("outlet", Field::Source),
    ("language", Field::Language),
    ("published", Field::Date),
];

/// How many of these are named in messages; the rest are other names.
const N_NAMED: usize = 7;

pub(super) fn field(name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    FIELDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, field)| *field)
}

/// The fields that messages name.
pub(super) fn names() -> String {
    FIELDS[..N_NAMED]
        .iter()
        .map(|(name, _)| format!("{name}:"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The field whose name is most like that.
pub(super) fn nearest_field(name: &str) -> Option<&'static str> {
    nearest(
        &name.to_ascii_lowercase(),
        FIELDS[..N_NAMED].iter().map(|(name, _)| (*name, *name)),
    )
}

/// What a value of a field that is no column asks of an article; else what is wrong, and the value that was meant.
pub(super) fn test(field: Field, value: &str) -> Result<Test, (String, Option<String>)> {
    match field {
        Field::In(_) => Err(("words are looked for, not compared".into(), None)),
        Field::Entity => Ok(entity(value)),
        Field::Source => Ok(Test::Source(value.to_owned())),
        Field::Date => date(value).map_err(|problem| (problem, None)),
        Field::Kind => {
            let word = value.to_ascii_lowercase();
            let kinds = Kind::ALL.map(Kind::as_str);
            Kind::from_word(&word).map(Test::Kind).ok_or_else(|| {
                let meant = nearest(&word, kinds.into_iter().map(|kind| (kind, kind))).map(str::to_owned);
                (format!("there is no kind {value:?}; kinds are {}", kinds.join(", ")), meant)
            })
        }
        Field::Language => language(value)
            .map(Test::Language)
            .ok_or_else(|| (format!("{value:?} is no language; write its code or its name, as in lang:de or lang:German"), None)),
    }
}

/// `person:Michael Jordan` is a name with its kind.
fn entity(value: &str) -> Test {
    let with_kind = value
        .split_once(':')
        .and_then(|(kind, name)| Some((Kind::from_word(&kind.to_ascii_lowercase())?, name.trim())));
    match with_kind {
        Some((kind, name)) => Test::Entity {
            kind: Some(kind),
            name: name.to_owned(),
        },
        None => Test::Entity {
            kind: None,
            name: value.to_owned(),
        },
    }
}

/// The code under which articles of that language are kept.
fn language(value: &str) -> Option<String> {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let named = || {
        let mut letters = lower.chars();
        let first = letters.next()?.to_ascii_uppercase();
        Language::from_name(&format!("{first}{}", letters.as_str()))
    };
    let language = Language::from_639_1(&lower)
        .or_else(|| Language::from_639_3(&lower))
        .or_else(named)?;
    Some(
        language
            .to_639_1()
            .unwrap_or(language.to_639_3())
            .to_owned(),
    )
}
