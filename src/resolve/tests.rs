use super::*;
use crate::domain::analysis::{Mention, Origin};
use crate::domain::span::Span;

/// The entities of a body whose names are given as `(text, kind)` in order, each as `name = other names`.
fn entities(body: &str, names: &[(&str, Kind)]) -> Vec<String> {
    let mut from = 0;
    let mentions = names
        .iter()
        .map(|(text, kind)| {
            let start = from + body[from..].find(text).unwrap();
            from = start + text.len();
            Mention {
                span: Span { start, end: from },
                text: (*text).to_owned(),
                kind: *kind,
                sentence: 0,
                confidence: 1.0,
                origin: Origin::Model,
            }
        })
        .collect();
    let analysis = Analysis {
        mentions,
        ..Analysis::default()
    };
    let resolution = resolve(body, &analysis);
    assert_eq!(resolution.entity_of.len(), analysis.mentions.len());
    let names_of = |entity: &EntityInArticle| {
        let aliases: Vec<&str> = entity
            .aliases
            .iter()
            .map(|alias| alias.name.as_str())
            .collect();
        format!("{} = {}", entity.key, aliases.join(", "))
    };
    resolution.entities.iter().map(names_of).collect()
}

#[test]
fn a_surname_is_the_person_named_in_full() {
    let body = "Maria Lindqvist resigned. Ms Lindqvist's deputy praised Lindqvist.";
    let people = [
        ("Maria Lindqvist", Kind::Person),
        ("Lindqvist's", Kind::Person),
        ("Lindqvist", Kind::Person),
    ];
    assert_eq!(
        entities(body, &people),
        ["maria lindqvist = Lindqvist, Maria Lindqvist"]
    );
}

#[test]
fn two_people_with_one_surname_stay_apart() {
    let body = "Ana Reyes met Tomas Reyes. Reyes smiled.";
    let people = [
        ("Ana Reyes", Kind::Person),
        ("Tomas Reyes", Kind::Person),
        ("Reyes", Kind::Person),
    ];
    assert_eq!(
        entities(body, &people),
        [
            "ana reyes = Ana Reyes",
            "tomas reyes = Tomas Reyes",
            "reyes = Reyes"
        ]
    );
}

#[test]
fn an_acronym_in_brackets_is_its_full_name() {
    let body = "The Northern Rivers Authority (NRA) met. The NRA voted.";
    let names = [
        ("Northern Rivers Authority", Kind::Organization),
        ("NRA", Kind::Other),
        ("NRA", Kind::Other),
    ];
    assert_eq!(
        entities(body, &names),
        ["northern rivers authority = NRA, Northern Rivers Authority"]
    );
}

#[test]
fn what_stands_in_brackets_is_not_always_an_acronym() {
    let body = "The Northern Rivers Authority (Oslo) met.";
    let names = [
        ("Northern Rivers Authority", Kind::Organization),
        ("Oslo", Kind::Location),
    ];
    assert_eq!(entities(body, &names).len(), 2);
}

#[test]
fn a_part_of_a_word_is_not_a_part_of_a_name() {
    let names = [("Johann Grossmann", Kind::Person), ("Mann", Kind::Person)];
    assert_eq!(entities("Johann Grossmann and Mann", &names).len(), 2);
}
