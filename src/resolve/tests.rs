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

/// Checks the entities of a body by their keys, in order of first mention.
fn keys(body: &str, names: &[(&str, Kind)], expected: &[&str]) {
    let found = entities(body, names);
    let keys: Vec<&str> = found
        .iter()
        .map(|entity| entity.split(" = ").next().unwrap())
        .collect();
    assert_eq!(keys, expected, "{body}");
}

const P: Kind = Kind::Person;
const O: Kind = Kind::Organization;
const L: Kind = Kind::Location;

#[test]
fn an_address_or_a_title_tells_two_people_of_one_surname_apart() {
    keys(
        "Tom Harlow and his wife, Ruth Harlow, came. Mrs. Harlow sang, Mr. Harlow did not.",
        &[
            ("Tom Harlow", P),
            ("Ruth Harlow", P),
            ("Harlow", P),
            ("Harlow", P),
        ],
        &["tom harlow", "ruth harlow"],
    );
    keys(
        "Judge Ada Voss heard Senator Max Voss. Senator Voss left.",
        &[("Ada Voss", P), ("Max Voss", P), ("Voss", P)],
        &["ada voss", "max voss"],
    );
}

#[test]
fn a_family_name_may_stand_first() {
    keys(
        "Park Geun-hye met Lim Sung-nam. Park asked Lim.",
        &[
            ("Park Geun-hye", P),
            ("Lim Sung-nam", P),
            ("Park", P),
            ("Lim", P),
        ],
        &["park geun hye", "lim sung nam"],
    );
}

#[test]
fn an_initial_a_title_or_capitals_make_no_other_person() {
    keys(
        "Samuel L. Ortiz spoke. Samuel Ortiz left. President Ortiz and ORTIZ.",
        &[
            ("Samuel L. Ortiz", P),
            ("Samuel Ortiz", P),
            ("President Ortiz", P),
            ("ORTIZ", P),
        ],
        &["samuel l ortiz"],
    );
}

#[test]
fn a_company_is_one_with_and_without_its_legal_form() {
    keys(
        "Halden Foods Group plc fell. Halden Foods sank. Halden rose.",
        &[
            ("Halden Foods Group plc", O),
            ("Halden Foods", P),
            ("Halden", O),
        ],
        &["halden foods"],
    );
}

#[test]
fn a_company_named_after_its_founder_is_not_the_founder() {
    keys(
        "Henry Whitlock founded Whitlock Industries. Whitlock died in 1930. Whitlock pays well.",
        &[
            ("Henry Whitlock", P),
            ("Whitlock Industries", O),
            ("Whitlock", P),
            ("Whitlock", O),
        ],
        &["henry whitlock", "whitlock industries"],
    );
}

#[test]
fn a_whole_name_is_not_short_for_a_longer_one() {
    keys(
        "Oslo University and Oslo University Hospital. National and National Theatre.",
        &[
            ("Oslo University", O),
            ("Oslo University Hospital", O),
            ("National", O),
            ("National Theatre", O),
        ],
        &[
            "oslo university",
            "oslo university hospital",
            "national",
            "national theatre",
        ],
    );
}

#[test]
fn a_former_name_is_the_name_of_today() {
    keys(
        "Nordkraft, formerly known as Fjordkraft, grew. Fjordkraft was small.",
        &[("Nordkraft", O), ("Fjordkraft", O), ("Fjordkraft", O)],
        &["nordkraft"],
    );
}

#[test]
fn what_everyone_knows_has_one_name() {
    keys(
        "America, the U.S. and the USA; Britain and the UK; NATO; the UN; Brits and Britons.",
        &[
            ("America", L),
            ("U.S.", L),
            ("USA", O),
            ("Britain", L),
            ("UK", L),
            ("NATO", O),
            ("UN", O),
            ("Brits", Kind::Group),
            ("Britons", Kind::Group),
        ],
        &[
            "united states",
            "united kingdom",
            "nato",
            "united nations",
            "british",
        ],
    );
}

#[test]
fn a_shared_place_name_is_told_by_the_countries_around_it() {
    let place = |body: &str, other: &str, expected: &str| {
        keys(
            body,
            &[("Georgia", L), (other, L)],
            &[expected, &name_key(other)],
        );
    };
    place("Georgia asked Tbilisi.", "Tbilisi", "georgia country");
    place("Georgia and Florida vote.", "Florida", "georgia us state");
    place("Georgia and Narnia vote.", "Narnia", "georgia");
}

#[test]
fn a_town_typed_as_a_person_is_a_town_unless_somebody_is_called_so() {
    keys("Bergen froze.", &[("Bergen", P)], &["bergen"]);
    let analysis = |text: &str| {
        let mention = |start: usize, end: usize| Mention {
            span: Span { start, end },
            text: text[start..end].to_owned(),
            kind: P,
            sentence: 0,
            confidence: 1.0,
            origin: Origin::Model,
        };
        vec![mention(0, 6), mention(7, text.len())]
    };
    for (body, kind) in [("Bergen Ida Holm", L), ("Bergen Ida Bergen", P)] {
        let analysis = Analysis {
            mentions: analysis(body),
            ..Analysis::default()
        };
        assert_eq!(resolve(body, &analysis).entities[0].kind, kind, "{body}");
    }
}

#[test]
fn the_tables_are_whole() {
    for name in ["japan", "tokyo", "united nations", "japanese"] {
        assert!(known::find(name, false, Vec::new).is_some(), "{name}");
    }
    let tokyo = known::find("tokyo", false, Vec::new).unwrap().entity();
    let facts = tokyo.facts.unwrap();
    assert_eq!(facts.description, "capital of Japan");
    assert_eq!(facts.part_of.unwrap().key, "japan");
    for table in [
        include_str!("known/countries.tsv"),
        include_str!("known/places.tsv"),
        include_str!("known/organizations.tsv"),
    ] {
        let n_fields = table.lines().next().unwrap().split('\t').count();
        let mut ids: Vec<&str> = Vec::new();
        for line in table.lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), n_fields, "{line}");
            ids.extend(
                fields
                    .iter()
                    .filter(|field| field.starts_with('Q') && field[1..].parse::<u32>().is_ok()),
            );
        }
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n_ids, "an id stands twice");
    }
}
