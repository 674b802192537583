use crate::support::Desk;

/// A long enough story, with what stands above and below it.
fn story(head: &str, foot: &str) -> String {
    let body: String = (1..12)
        .map(|n| format!("On day {n} the council of town {n} voted for a bridge that will cost {n} million.\n\n"))
        .collect();
    format!("{head}\n\n{body}{foot}\n")
}

fn page(outlet: &str, text: &str) -> String {
    let paragraphs: String = text
        .split("\n\n")
        .map(|text| format!("<p>{text}</p>"))
        .collect();
    format!(
        "<html><head><title>Bridge</title><meta property=\"og:site_name\" content=\"{outlet}\"></head><body><article>{paragraphs}</article></body></html>"
    )
}

#[test]
fn the_same_article_from_two_files_is_one_article_with_two_files() {
    let desk = Desk::new();
    let text = story("Councils vote for a bridge", "");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    desk.put("clips/a.txt", &text)
        .put("clips/b.txt", utf16)
        .put(
            "clips/c.txt",
            story(
                "Councils vote for a bridge",
                "Sign up for our morning letter",
            ),
        );
    desk.stdout(&["ingest", "clips"]);
    assert_eq!(desk.count("select count(*) from articles"), 1);
    assert_eq!(desk.count("select count(*) from article_files"), 3);
}

#[test]
fn what_a_second_copy_knows_is_added_to_the_first() {
    let desk = Desk::new();
    let text = story("", "");
    desk.put("a.txt", text.trim()).put(
        "b.md",
        format!("---\ntitle: Bridge voted\nsource: Town Gazette\ndate: 2019-03-02\n---\n{text}"),
    );
    desk.stdout(&["ingest", "a.txt"]);
    desk.stdout(&["ingest", "b.md"]);
    let row = "select title, source, published_at from v_articles";
    assert_eq!(
        desk.stdout(&["sql", "--format", "csv", row]),
        "title,source,published_at\nBridge voted,Town Gazette,2019-03-02\n"
    );
}

#[test]
fn copies_in_several_outlets_and_versions_of_one_are_one_story() {
    let desk = Desk::new();
    let text = story("", "");
    let corrected = text.replace("9 million", "19 million")
        + "\n\nAn earlier version of this article gave a wrong sum for one of the towns, its mayor said on Friday.";
    desk.put("clips/gazette.html", page("Town Gazette", &text))
        .put("clips/courier.html", page("County Courier", &text))
        .put("clips/gazette-later.html", page("Town Gazette", &corrected))
        .put(
            "clips/other.txt",
            "Ferry sails\n\nThe ferry sailed on Monday, and nobody was on it.",
        );
    desk.stdout(&["ingest", "clips"]);
    assert_eq!(desk.count("select count(*) from articles"), 4);
    assert_eq!(
        desk.count("select count(distinct story_id) from articles"),
        2
    );
    let report = desk.stdout(&["report", "stories", "--format", "ndjson"]);
    assert!(
        report.contains("\"n_articles\":3,\"n_outlets\":2"),
        "{report}"
    );
    assert_eq!(
        report.matches("\"version\":\"latest\"").count(),
        2,
        "{report}"
    );
    assert!(desk.stdout(&["show", "1"]).contains("The same story:"));
}

const QUAY: &str = "The harbour council of Aalsund met on Tuesday evening to settle how the eastern quay will be paid for. \
    Its chair, Odd Berntsen, told the members that the money set aside two years ago would not last until the spring, and \
    that the builders had asked for a further advance. Three members voted against the plan and one stayed away. The quay was \
    closed after a storm tore out part of its wall, and the ferries have used the fishing pier since then.";

fn clipping(headline: &str, day: u32, text: &str) -> String {
    format!("{headline}\n\nAalsund Post\n\nAALSUND, March {day}, 2021 - {text}")
}

/// Takes the clippings in, in one pass or one after the other.
fn archive_of(clippings: &[String], in_one_pass: bool) -> Desk {
    let desk = Desk::new();
    for (n, clipping) in clippings.iter().enumerate() {
        desk.put(&format!("clips/{n}.txt"), clipping);
        if !in_one_pass {
            desk.stdout(&["ingest", &format!("clips/{n}.txt")]);
        }
    }
    if in_one_pass {
        desk.stdout(&["ingest", "clips"]);
    }
    desk
}

#[test]
fn a_new_fact_in_front_of_known_text_or_behind_it_is_kept_and_found() {
    let first = clipping("Chairman Berntsen under pressure", 3, QUAY);
    let mut clippings = vec![
        first.clone(),
        clipping(
            "Chairman Berntsen under pressure",
            4,
            &format!(
                "{QUAY}\n\nBerntsen was arrested for fraud on Wednesday night, police chief Tuva Lien said."
            ),
        ),
        clipping(
            "Berntsen resigns",
            5,
            &format!("Odd Berntsen resigned on Friday and named Marta Klee his heir. {QUAY}"),
        ),
        clipping(
            "Chairman Berntsen under pressure",
            3,
            &format!("{QUAY}\n\nCorrection: it was Anne Dahl, not Kari Holm."),
        ),
        clipping(
            "Chairman Berntsen under pressure",
            3,
            &QUAY.replace("Three members", "Seven members"),
        ),
    ];
    clippings.push(first.replace(
        "Aalsund Post\n\n",
        "Odd Berntsen handed in his keys on Friday.\n\n",
    ));
    clippings.push(first.replace("Aalsund Post", "Aalsund Post\n\nShare this article"));
    clippings.push(first + " (AP)\n\nRead more: Storm at sea\n\nCopyright 2021 Aalsund Post");
    for order in ["as written", "turned round"] {
        for in_one_pass in [true, false] {
            let desk = archive_of(&clippings, in_one_pass);
            assert_eq!(desk.count("select count(*) from articles"), 6, "{order}");
            assert_eq!(
                desk.count("select count(distinct story_id) from articles"),
                1,
                "{order}"
            );
            for fact in ["arrested", "Klee", "Dahl", "Seven", "Three", "keys"] {
                assert!(desk.stdout(&["search", fact]).contains(fact), "{fact}");
            }
        }
        clippings.reverse();
    }
}

#[test]
fn the_same_text_under_another_headline_day_or_outlet_is_a_version() {
    let desk = Desk::new();
    let text = |title: &str, day: u32, outlet: &str| {
        format!("---\ntitle: {title}\nsource: {outlet}\ndate: 2021-03-{day:02}\n---\n{QUAY}")
    };
    desk.put("clips/a.md", text("Basin shut, week 12", 22, "Post"))
        .put("clips/b.md", text("Basin shut, week 13", 22, "Post"))
        .put("clips/c.md", text("Basin shut, week 12", 29, "Post"))
        .put("clips/d.md", text("Basin shut, week 12", 22, "Gazette"))
        .put(
            "clips/e.md",
            text("Basin shut, WEEK 12", 22, "Post") + "\n\nRead more: Ferries",
        )
        .put("clips/f.txt", QUAY);
    desk.stdout(&["ingest", "clips"]);
    assert_eq!(desk.count("select count(*) from articles"), 4);
    assert_eq!(desk.count("select count(*) from article_files"), 6);
    let report = desk.stdout(&["report", "stories", "--format", "ndjson"]);
    assert!(
        report.contains("\"n_articles\":4,\"n_outlets\":2"),
        "{report}"
    );
    assert!(report.contains("week 13") && report.contains("2021-03-29"));
    assert!(desk.stdout(&["search", "\"week 13\""]).contains("week 13"));
    assert!(desk.stdout(&["show", "1"]).contains("The same story:"));
}

#[test]
fn texts_of_one_template_are_articles_of_their_own() {
    let price = |verb: &str, by: &str, to: &str| {
        format!(
            "Borg Metals Inc, a unit of Lund Group, said it is {verb} the price of its refined zinc by {by} cents to {to} cents \
             a pound, with effect from the close of business today. It gave no reason for the change in its short statement."
        )
    };
    let clippings = [
        clipping("Borg raises price", 3, &price("raising", "0.50", "66.25")),
        clipping("Borg lowers price", 4, &price("lowering", "0.25", "66.00")),
        clipping("Borg raises price", 9, &price("raising", "0.50", "66.50")),
    ];
    let desk = archive_of(&clippings, true);
    assert_eq!(
        desk.count("select count(distinct story_id) from articles"),
        3
    );
}

#[test]
fn reports_that_are_alike_every_month_are_no_one_story() {
    let desk = Desk::new();
    for month in ["01", "02"] {
        let text = story("", "").replace("voted", &format!("in month {month} voted"));
        desk.put(
            &format!("clips/{month}.md"),
            format!("---\ntitle: Votes\ndate: 2019-{month}-01\n---\n{text}"),
        );
    }
    desk.stdout(&["ingest", "clips"]);
    assert_eq!(
        desk.count("select count(distinct story_id) from articles"),
        2
    );
}

#[test]
fn a_language_without_a_model_is_kept_searchable_and_counted() {
    let desk = Desk::new();
    desk.put(
        "a.txt",
        "Fähre fährt wieder\n\nDie Fähre zwischen den beiden Städten fuhr am Montag wieder, drei Wochen nachdem der Sturm den Kai zerstört hatte, sagte der Hafen von Bremen.",
    );
    desk.stdout(&["ingest", "a.txt"]);
    assert_eq!(
        desk.count("select count(*) from articles where language = 'de' and analyzer is null"),
        1
    );
    assert_eq!(desk.count("select count(*) from mentions"), 0);
    assert!(desk.stdout(&["search", "Sturm"]).contains("Fähre"));
    assert!(
        desk.stdout(&["report", "--format", "ndjson"])
            .contains("\"not_analyzed\":1")
    );
}
