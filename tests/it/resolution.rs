use std::collections::HashMap;

use super::support::Desk;

use microfiche::domain::article::Article;
use microfiche::extract::Extractor;
use microfiche::ingest::analyze;

/// A text and its marked names: start, end, whom it means.
type Marked = (String, Vec<(usize, usize, String)>);

/// A name of the articles: whom it means, and whom the program thinks it means.
struct Gold {
    meant: String,
    found: String,
}

/// Reads `[text|who]` out of a marked text: the plain text, and the marks by code point.
fn unmarked(marked: &str) -> Marked {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for (n, part) in marked.split('[').enumerate() {
        let (name, rest) = part.split_once(']').filter(|_| n > 0).unwrap_or(("", part));
        if let Some((name, who)) = name.split_once('|') {
            let start = text.chars().count();
            text.push_str(name);
            marks.push((start, text.chars().count(), who.to_owned()));
        }
        text.push_str(rest);
    }
    (text, marks)
}

fn articles() -> Vec<Marked> {
    include_str!("../resolution/articles.txt")
        .split("\n== ")
        .skip(1)
        .map(|article| unmarked(article.split_once('\n').unwrap().1.trim_end()))
        .collect()
}

fn analyzed() -> Vec<Gold> {
    let extractor = Extractor::embedded().unwrap();
    let mut names = Vec::new();
    for (n, (body, marks)) in articles().into_iter().enumerate() {
        let article = Article {
            body,
            language: Some("en".into()),
            ..Article::default()
        };
        let new = analyze(article, &extractor);
        for (start, end, meant) in marks {
            let mention = new
                .analysis
                .mentions
                .iter()
                .position(|mention| mention.span.start < end && start < mention.span.end);
            // What the recognizer missed stands alone: it costs recall.
            let found = mention.map_or(format!("missed {n} {start}"), |mention| {
                let entity = &new.resolution.entities[new.resolution.entity_of[mention]];
                format!("{} {}", entity.kind.as_str(), entity.key)
            });
            names.push(Gold { meant, found });
        }
    }
    names
}

/// B-cubed: for each name, the share of the names with it that belong with it, and of those that belong that are with it.
fn b_cubed(names: &[Gold]) -> (f64, f64) {
    let count = |of: fn(&Gold) -> (&str, &str)| {
        let mut counts: HashMap<(&str, &str), f64> = HashMap::new();
        for name in names {
            *counts.entry(of(name)).or_default() += 1.0;
        }
        counts
    };
    let both = count(|name| (&name.meant, &name.found));
    let found = count(|name| ("", &name.found));
    let meant = count(|name| (&name.meant, ""));
    let share = |whole: &HashMap<(&str, &str), f64>, key: fn(&Gold) -> (&str, &str)| {
        let shares = names
            .iter()
            .map(|name| both[&(&*name.meant, &*name.found)] / whole[&key(name)]);
        shares.sum::<f64>() / names.len() as f64
    };
    (
        share(&found, |name| ("", &name.found)),
        share(&meant, |name| (&name.meant, "")),
    )
}

#[test]
fn names_across_articles_mean_the_right_entities() {
    let names = analyzed();
    let (precision, recall) = b_cubed(&names);
    let mut clusters: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
    for name in &names {
        *clusters
            .entry(&name.meant)
            .or_default()
            .entry(&name.found)
            .or_default() += 1;
    }
    for (meant, found) in clusters.iter().filter(|(_, found)| found.len() > 1) {
        println!("{meant}: {found:?}");
    }
    let (n_names, seen): (usize, Vec<Gold>) = (
        names.len(),
        analyzed()
            .into_iter()
            .filter(|name| !name.found.starts_with("missed"))
            .collect(),
    );
    println!(
        "of the {} of {n_names} that the recognizer sees: {:.3?}",
        seen.len(),
        b_cubed(&seen)
    );
    println!(
        "{} names, precision {precision:.3}, recall {recall:.3}",
        names.len()
    );
    assert!(precision >= 0.97, "precision {precision:.3}");
    assert!(recall >= 0.89, "recall {recall:.3}");
}

#[test]
fn what_is_known_of_a_place_stands_beside_it() {
    let desk = Desk::new();
    desk.put(
        "inbox/a.txt",
        "Talks in Tokyo\n\nJapanese officials met diplomats in Tokyo on Monday, the government of Japan said.\n",
    );
    desk.stdout(&["watch", "--once"]);
    let facts = "select entities.wikidata_id || ' ' || wholes.name || ' ' || wholes.wikidata_id || ' ' || entities.description
                 from entities
                 join entities as wholes on wholes.id = entities.part_of_id
                 where entities.key = 'tokyo'";
    let facts: String = desk.sql().query_row(facts, [], |row| row.get(0)).unwrap();
    assert_eq!(facts, "Q1490 Japan Q17 capital of Japan");
    let people = "select count(*) from v_entities where kind = 'group' and name = 'Japanese' and part_of = 'Japan' and country = 'JP'";
    assert_eq!(desk.count(people), 1);
    assert!(
        desk.stdout(&["report", "entity", "tokyo"])
            .contains("capital of Japan")
    );
}
