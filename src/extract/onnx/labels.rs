//! The labels of foreign models: BIO, IOB, BILOU or BIOES, or a class alone, with the class names of the usual data sets.

use crate::domain::analysis::Kind;
use crate::extract::kinds;
use std::ops::Range;

/// What the words of a class name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Things of this kind.
    Kind(Kind),
    /// Anything else; the words themselves tell events, laws and works.
    Misc,
    /// Numbers and times, which are no names.
    Nothing,
}

/// Where in a name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Begin,
    Inside,
    End,
    Whole,
}

/// A label; none is outside of every name.
pub(super) type Label = Option<(Position, Class)>;

/// Reads a model's labels; what is wrong with them.
pub(super) fn labels(words: &[String]) -> Result<Vec<Label>, String> {
    let labels: Vec<Label> = words.iter().map(|word| label(word)).collect();
    let is_named = |kind| {
        labels
            .iter()
            .flatten()
            .any(|(_, class)| *class == Class::Kind(kind))
    };
    let names_things = [Kind::Person, Kind::Organization, Kind::Location]
        .into_iter()
        .any(is_named);
    if names_things {
        return Ok(labels);
    }
    Err(format!(
        "none of its labels ({}) stands for people, organizations or places; a model trained to recognize names has labels like B-PER, I-ORG, LOC; where its config.json lacks them, state them in order: labels = [\"O\", \"B-PER\", …]",
        words.join(", ")
    ))
}

fn label(word: &str) -> Label {
    let word = word.trim().to_uppercase();
    if matches!(word.as_str(), "O" | "OUT" | "OUTSIDE" | "") {
        return None;
    }
    let (position, class) = match word.split_once(['-', '_']) {
        Some(("B", class)) => (Position::Begin, class),
        Some(("I" | "M", class)) => (Position::Inside, class),
        Some(("L" | "E", class)) => (Position::End, class),
        Some(("U" | "S" | "W", class)) => (Position::Whole, class),
        _ => (Position::Inside, word.as_str()),
    };
    Some((position, self::class(class)))
}

fn class(name: &str) -> Class {
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    Class::Kind(match bare.as_str() {
        "PER" | "PERS" | "PERSON" | "PEOPLE" | "PERDERIV" | "PERPART" => Kind::Person,
        "ORG" | "ORGANIZATION" | "ORGANISATION" | "CORP" | "CORPORATION" | "COMPANY"
        | "INSTITUTION" | "ORGDERIV" | "ORGPART" => Kind::Organization,
        "LOC" | "LOCATION" | "GPE" | "GEO" | "PLACE" | "CITY" | "COUNTRY" | "STATE"
        | "LOCDERIV" | "LOCPART" | "GPELOC" | "GPEORG" => Kind::Location,
        "FAC" | "FACILITY" | "BUILDING" => Kind::Facility,
        "NORP" | "NATIONALITY" | "RELIGION" | "GROUP" => Kind::Group,
        "EVENT" | "EVT" | "EVE" => Kind::Event,
        "LAW" => Kind::Law,
        "WORKOFART" | "WORK" | "ART" | "CREATIVEWORK" => Kind::Work,
        "PRODUCT" | "PROD" | "PRO" => Kind::Product,
        "DATE" | "TIME" | "TIM" | "MONEY" | "PERCENT" | "PERCENTAGE" | "QUANTITY" | "CARDINAL"
        | "ORDINAL" | "NUM" | "NUMBER" | "DURATION" => return Class::Nothing,
        _ => return Class::Misc,
    })
}

impl Class {
    /// The kind of a name of this class; none where it is no name.
    pub(super) fn kind(self, body: &str, bytes: &Range<usize>) -> Option<Kind> {
        match self {
            Self::Kind(kind) => Some(kind),
            Self::Misc => Some(kinds::kind_of("Misc", body, bytes)),
            Self::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_scheme_are_read() {
        for (word, expected) in [
            ("O", None),
            ("B-PER", Some((Position::Begin, Class::Kind(Kind::Person)))),
            (
                "I_ORG",
                Some((Position::Inside, Class::Kind(Kind::Organization))),
            ),
            ("L-GPE", Some((Position::End, Class::Kind(Kind::Location)))),
            (
                "U-FAC",
                Some((Position::Whole, Class::Kind(Kind::Facility))),
            ),
            (
                "B-WORK_OF_ART",
                Some((Position::Begin, Class::Kind(Kind::Work))),
            ),
            (
                "WORK_OF_ART",
                Some((Position::Inside, Class::Kind(Kind::Work))),
            ),
            ("LOC", Some((Position::Inside, Class::Kind(Kind::Location)))),
            ("S-MISC", Some((Position::Whole, Class::Misc))),
            ("B-DATE", Some((Position::Begin, Class::Nothing))),
        ] {
            assert_eq!(label(word), expected, "{word}");
        }
    }

    #[test]
    fn labels_that_name_nothing_are_refused() {
        let words = ["LABEL_0", "LABEL_1"].map(str::to_owned);
        assert!(labels(&words).unwrap_err().contains("LABEL_0, LABEL_1"));
    }
}
