use super::*;
use crate::domain::analysis::Kind;

/// Checks the names of a body: every one that is expected is found, and none other.
fn names(body: &str, expected: &[(&str, Kind)]) {
    let analysis = Extractor::embedded().unwrap().analyze(body, None);
    let found: Vec<(&str, Kind)> = analysis
        .mentions
        .iter()
        .map(|m| (m.text.as_str(), m.kind))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn people_places_and_organizations_are_told_apart() {
    names(
        "Chancellor Angela Merkel met Emmanuel Macron in Paris on Friday.\n\nThe United Nations praised Germany.",
        &[
            ("Angela Merkel", Kind::Person),
            ("Emmanuel Macron", Kind::Person),
            ("Paris", Kind::Location),
            ("United Nations", Kind::Organization),
            ("Germany", Kind::Location),
        ],
    );
}

#[test]
fn offsets_count_code_points_in_any_text() {
    let extractor = Extractor::embedded().unwrap();
    for body in [
        "Café 😀 — “Zoë Ångström” of İstanbul said 東京.",
        "\u{301}\u{301}",
        "",
        "’s",
        "U.S.",
        "a.b.c.",
        "\"",
        "“”",
    ] {
        let characters: Vec<char> = body.chars().collect();
        for mention in extractor.analyze(body, None).mentions {
            let there: String = characters[mention.span.start..mention.span.end]
                .iter()
                .collect();
            assert_eq!(there, mention.text, "in {body:?}");
        }
    }
}

#[test]
fn relative_dates_are_resolved_against_the_day_of_publication() {
    use crate::domain::article::{Precision, PublishedOrigin};
    let published = Published {
        at: "2016-01-05".into(),
        precision: Precision::Day,
        origin: PublishedOrigin::Text,
    };
    let body = "On Monday and last month, before March 31, in 2012 and on 3 May 2015.";
    let analysis = Extractor::embedded()
        .unwrap()
        .analyze(body, Some(&published));
    let values: Vec<&str> = analysis
        .dates
        .iter()
        .filter_map(|date| date.value.as_deref())
        .collect();
    assert_eq!(
        values,
        ["2016-01-04", "2015-12", "2016-03-31", "2012", "2015-05-03"]
    );
}

#[test]
fn a_quotation_has_its_speaker_and_a_person_their_title() {
    let body = "\"We will not leave the table,\" said Prime Minister Shinzo Abe.";
    let analysis = Extractor::embedded().unwrap().analyze(body, None);
    let quote = &analysis.quotes[0];
    assert_eq!(quote.text, "We will not leave the table,");
    assert_eq!(analysis.mentions[quote.speaker.unwrap()].text, "Shinzo Abe");
    assert_eq!(analysis.roles[0].title, "Prime Minister");
}

#[test]
fn a_sentence_has_the_mark_that_opens_it_and_the_one_that_closes_it() {
    for (body, expected) in [
        (
            "\"We sail,\" said Kari Holm. \"The quay holds.\" Nobody spoke.",
            vec![
                "\"We sail,\" said Kari Holm.",
                "\"The quay holds.\"",
                "Nobody spoke.",
            ],
        ),
        (
            "It was late. (\"Too late,\" she said.) They left.",
            vec!["It was late.", "(\"Too late,\" she said.)", "They left."],
        ),
        (
            "Er sagte nichts. „Gut“, sagte sie.",
            vec!["Er sagte nichts.", "„Gut“, sagte sie."],
        ),
        (
            "They \"won\". It ended.\"So be it.",
            vec!["They \"won\".", "It ended.\"", "So be it."],
        ),
        ("\" \" Bergen.", vec!["\" \" Bergen."]),
    ] {
        let analysis = Extractor::embedded().unwrap().analyze(body, None);
        let letters: Vec<char> = body.chars().collect();
        let found: Vec<String> = analysis
            .sentences
            .iter()
            .map(|s| letters[s.start..s.end].iter().collect())
            .collect();
        assert_eq!(found, expected);
        for mention in &analysis.mentions {
            let sentence = analysis.sentences[mention.sentence];
            assert!(sentence.start <= mention.span.start && mention.span.end <= sentence.end);
        }
    }
}
