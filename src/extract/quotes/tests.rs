use super::*;
use crate::domain::analysis::{Kind, Mention, Origin};
use crate::extract::Extractor;
use crate::text::token::tokenize;

/// Texts of the news, one a line, and who speaks each quotation, parted by `;`, nobody if nothing stands there. `¶` parts paragraphs.
const ATTRIBUTED: &str = include_str!("attributed.tsv");

/// The body's quotations as `text / cue / speaker`, with these people and bodies named in it, in order.
fn quotes(body: &str, named: &[&str]) -> Vec<String> {
    let mut analysis = Analysis::default();
    let mut from = 0;
    for text in named {
        let at = from + body[from..].find(text).unwrap();
        from = at + text.len();
        let start = body[..at].chars().count();
        analysis.mentions.push(Mention {
            span: Span {
                start,
                end: start + text.chars().count(),
            },
            text: (*text).to_owned(),
            kind: if text.contains("Board") {
                Kind::Organization
            } else {
                Kind::Person
            },
            sentence: 0,
            confidence: 1.0,
            origin: Origin::Model,
        });
    }
    analysis.sentences = crate::extract::sentences(body, &tokenize(body));
    analysis.roles = crate::extract::roles::find(body, &analysis.mentions);
    let found = find(body, &analysis);
    let speaker = |quote: &Quote| {
        quote
            .speaker
            .map_or("?", |n| analysis.mentions[n].text.as_str())
            .to_owned()
    };
    found
        .iter()
        .map(|quote| {
            let cue = quote.cue.as_deref().unwrap_or("?");
            format!("{} / {cue} / {}", quote.text, speaker(quote))
        })
        .collect()
}

#[test]
fn the_name_beside_the_verb_speaks() {
    for (body, named, expected) in [
        (
            "\"We will sail again,\" said Kari Dahl.",
            &["Kari Dahl"][..],
            "We will sail again, / said / Kari Dahl",
        ),
        (
            "Kari Dahl warned: “The quay is unsafe.”",
            &["Kari Dahl"],
            "The quay is unsafe. / warned / Kari Dahl",
        ),
        (
            "‘We will sail again,’ Mr. Dahl told reporters.",
            &["Dahl"],
            "We will sail again, / told / Dahl",
        ),
        (
            "Kari Dahl told Anders Lie: \"You are all wrong.\"",
            &["Kari Dahl", "Anders Lie"],
            "You are all wrong. / told / Kari Dahl",
        ),
        (
            "\"It is very cold here,\" the Ferry Board said.",
            &["Ferry Board"],
            "It is very cold here, / said / Ferry Board",
        ),
        (
            "\"It is very cold here,\" officials said.",
            &[],
            "It is very cold here, / said / ?",
        ),
    ] {
        assert_eq!(quotes(body, named), [expected], "{body}");
    }
}

#[test]
fn a_pronoun_speaks_for_the_only_one_it_can_mean() {
    let body = "Kari Dahl opened the quay.\n\n\"It took three years,\" she said.";
    assert_eq!(
        quotes(body, &["Kari Dahl"]),
        ["It took three years, / said / Kari Dahl"]
    );
    let body = "Anna Lie left.\n\nKari Dahl opened the quay. \"It took three years,\" she said.";
    assert_eq!(
        quotes(body, &["Anna Lie", "Kari Dahl"]),
        ["It took three years, / said / Kari Dahl"]
    );
    let body = "Kari Dahl met Anna Lie.\n\n\"It took three years,\" she said.";
    assert_eq!(
        quotes(body, &["Kari Dahl", "Anna Lie"]),
        ["It took three years, / said / ?"]
    );
}

#[test]
fn a_pronoun_reaches_back_to_the_only_person_of_the_article() {
    let far = "Kari Dahl opened the quay.\n\nIt is long.\n\nIt is wide.\n\n";
    let body = format!("{far}\"It took three years,\" she said.");
    assert_eq!(
        quotes(&body, &["Kari Dahl"]),
        ["It took three years, / said / Kari Dahl"]
    );
    let body =
        format!("{far}A spokeswoman came.\n\nRain fell.\n\n\"It took three years,\" she said.");
    assert_eq!(
        quotes(&body, &["Kari Dahl"]),
        ["It took three years, / said / ?"]
    );
}

#[test]
fn a_title_speaks_for_the_one_who_holds_it() {
    let body = "Transport Minister Kari Dahl met union leader Anna Lie.\n\nThe day was long.\n\n\"It took three years,\" the minister said.";
    assert_eq!(
        quotes(body, &["Kari Dahl", "Anna Lie"]),
        ["It took three years, / said / Kari Dahl"]
    );
}

#[test]
fn a_quotation_may_go_on_after_its_attribution_and_in_the_next_paragraph() {
    let body = "\"We will sail,\" said Kari Dahl. \"The quay is safe.\"";
    assert_eq!(
        quotes(body, &["Kari Dahl"]),
        [
            "We will sail, / said / Kari Dahl",
            "The quay is safe. / said / Kari Dahl"
        ]
    );
    let body = "Kari Dahl said: “We will sail.\n\n“The quay is safe.”";
    assert_eq!(
        quotes(body, &["Kari Dahl"]),
        [
            "We will sail. / said / Kari Dahl",
            "The quay is safe. / said / Kari Dahl"
        ]
    );
}

#[test]
fn a_forgotten_mark_turns_nothing_inside_out() {
    let body = "She called it \"a fine day for all. Kari Dahl said: \"We will sail.\" Then they \"were bound to go home\" again.";
    assert_eq!(
        quotes(body, &["Kari Dahl"]),
        [
            "We will sail. / said / Kari Dahl",
            "were bound to go home / ? / ?"
        ]
    );
}

#[test]
fn a_turn_of_phrase_and_an_apostrophe_are_no_quotations() {
    for body in [
        "The \"cold war\" ended.",
        "The boys' team won 'em all, Dahl's coach said.",
        "An \"unclosed quotation mark here\nends.",
    ] {
        assert_eq!(quotes(body, &[]), Vec::<String>::new(), "{body}");
    }
}

/// Of the quotations of [`ATTRIBUTED`]: how many have a speaker, and what differs.
fn judged() -> (usize, Vec<String>, Vec<String>) {
    let extractor = Extractor::embedded().unwrap();
    let (mut n_spoken, mut wrong, mut missing) = (0, Vec::new(), Vec::new());
    let lines = ATTRIBUTED
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let (text, speakers) = line.split_once('\t').unwrap();
        let body = text.replace('¶', "\n\n");
        let analysis = extractor.analyze(&body, None);
        let mut expected = speakers.split(';').map(str::trim);
        for quote in &analysis.quotes {
            let speaker = quote
                .speaker
                .map_or("", |n| analysis.mentions[n].text.as_str());
            let expected = expected.next().unwrap_or("");
            n_spoken += usize::from(!expected.is_empty());
            match speaker {
                found if found == expected => {}
                "" => missing.push(line.to_owned()),
                found => wrong.push(format!("{line}: {found}")),
            }
        }
        missing.extend(
            expected
                .filter(|speaker| !speaker.is_empty())
                .map(|_| line.to_owned()),
        );
    }
    (n_spoken, wrong, missing)
}

#[test]
fn nobody_is_credited_with_words_of_another() {
    let (_, wrong, _) = judged();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn most_speakers_are_found() {
    let (n_spoken, _, missing) = judged();
    assert!(
        missing.len() * 20 <= n_spoken,
        "{} of {n_spoken}: {missing:#?}",
        missing.len()
    );
}

#[test]
fn every_speaker_comes_with_its_evidence() {
    let body = "Kari Dahl, the mayor, said: \"The quay is safe.\" \"It is new,\" she added.";
    let analysis = Extractor::embedded().unwrap().analyze(body, None);
    let evidence = |quote: &Quote| {
        let cue = quote.cue_span.map(|span| &body[span.start..span.end]);
        (quote.rule, cue.map(str::to_owned))
    };
    assert_eq!(
        analysis.quotes.iter().map(evidence).collect::<Vec<_>>(),
        [
            (Some(QuoteRule::Name), Some("said".to_owned())),
            (Some(QuoteRule::Pronoun), Some("added".to_owned())),
        ]
    );
}
