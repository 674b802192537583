use std::fs;
use std::path::Path;
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::support::Desk;

const DAHL: &str = "Minister Ola Dahl met Ida Holm in Paris on 5 January 2016. \"The ferry will sail,\" Dahl said.";
const HOLM: &str = "Mayor Ida Holm and Ola Dahl spoke in Tokyo on 10 March 2016 about the *ferry* line.\n\n\"Ola Dahl [sic] keeps his word,\" Holm said.";
const LIMA: &str = "In Lima, Ida Holm opened a harbour on 9 March 2016.";

/// Three articles with dates; one headline and one outlet that are markup to a careless page.
fn filled() -> Desk {
    let desk = Desk::new();
    let headline = "Ferry &lt;script&gt;alert(1)&lt;/script&gt;";
    let articles = [
        ("Fjord Post", headline, "2016-01-05", DAHL),
        ("Strait & Times", "The line", "2016-03-10", HOLM),
        ("Fjord Post", "A harbour", "2016-03-12", LIMA),
    ];
    let line = |(outlet, title, day, text): (&str, &str, &str, &str)| {
        let article = serde_json::json!({"headline": title, "articleBody": text, "datePublished": day,
            "publisher": {"name": outlet}});
        format!("{article}\n")
    };
    desk.put("all.ndjson", articles.map(line).concat());
    desk.stdout(&["ingest", "all.ndjson"]);
    desk
}

/// The texts of a file that must be XML from its first to its last byte.
fn texts(path: &Path) -> String {
    let svg = fs::read_to_string(path).unwrap();
    let mut reader = Reader::from_str(&svg);
    let mut texts = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => texts.push_str(&text),
            Event::GeneralRef(name) => texts.push_str(&format!("&{};", &*name)),
            Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn figures_are_whole_and_say_what_they_show() {
    let desk = filled();
    for (report, labels) in [
        (
            vec!["overview"],
            vec![
                "Overview",
                "by month",
                "2016-02",
                "3 bars from 2016-01",
                "archive.db",
            ],
        ),
        (
            vec!["compare", "Ola Dahl", "Ida Holm"],
            vec!["Ola Dahl (2)", "Ida Holm (3)", "2016-01"],
        ),
        (
            vec!["network", "Ida Holm"],
            vec!["Network of Ida Holm", "Ola Dahl", "largest: Ida Holm, 3"],
        ),
        (vec!["places"], vec!["Paris", "Tokyo", "Lima"]),
        (
            vec!["entities", "--kind", "person"],
            vec!["Ida Holm", "Ola Dahl", "articles by name"],
        ),
    ] {
        desk.stdout(&[&["report"], &report[..], &["--output", "figure.svg"]].concat());
        let texts = texts(&desk.path("figure.svg"));
        for label in labels {
            assert!(texts.contains(label), "{report:?} lacks {label}: {texts}");
        }
    }
    // The overview has a second picture, of the outlets.
    let outlets = texts(&desk.path("figure-2.svg"));
    assert!(outlets.contains("Strait &amp; Times"), "{outlets}");
}

#[test]
fn the_same_network_gives_the_same_picture() {
    let desk = filled();
    let marks = || {
        desk.stdout(&["report", "network", "--output", "n.svg"]);
        let svg = fs::read_to_string(desk.path("n.svg")).unwrap();
        svg.lines()
            .filter(|line| line.starts_with("<circle"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let first = marks();
    assert!(first.len() > 2);
    assert_eq!(first, marks());
}

#[test]
fn a_png_is_one_and_needs_no_font() {
    let desk = filled();
    // The letters are drawn, not left out: a figure with them takes more bytes than the same without.
    desk.stdout(&["report", "places", "--output", "map.png"]);
    let png = fs::read(desk.path("map.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    desk.stdout(&["report", "places", "--limit", "1", "--output", "map.png"]);
    assert!(fs::read(desk.path("map.png")).unwrap().len() < png.len());
}

#[test]
fn what_cannot_be_drawn_or_written_is_said() {
    let desk = filled();
    for (args, words) in [
        (["report", "quotes", "--output", "q.svg"], "nothing to draw"),
        (["report", "overview", "--output", "o.docx"], ".svg or .png"),
        (
            ["report", "overview", "--output", "none/o.svg"],
            "cannot write none/o.svg",
        ),
    ] {
        let refusal = desk.refusal(&args);
        assert!(refusal.contains(words), "{refusal}");
    }
    assert!(
        desk.refusal(&["report", "--chart", "--format", "csv"])
            .contains("--format")
    );
}

#[test]
fn a_page_is_read_aloud_and_on_a_phone() {
    let desk = filled();
    desk.stdout(&["report", "entity", "Ola Dahl", "--html", "page.html"]);
    let page = fs::read_to_string(desk.path("page.html")).unwrap();
    for part in [
        "<html lang=\"en\">",
        "<title>Ola Dahl</title>",
        "role=\"img\" aria-label=\"Months: articles by month, 3 bars from 2016-01 to 2016-03; most: ",
        "role=\"region\" tabindex=\"0\" aria-label=\"Quotes about\"><table class=\"wide\">",
        "<th scope=\"col\" class=\"l\">quote</th>",
        "<td class=\"n\" data-of=\"article id\">",
        "<td class=\"s\" data-of=\"first seen\">2016-01-05</td>",
    ] {
        assert!(page.contains(part), "{part} lacks in {page}");
    }
}

#[test]
fn a_page_stands_alone_and_text_stays_text() {
    let desk = filled();
    for report in [
        vec!["overview"],
        vec!["entity", "Ola Dahl"],
        vec!["places"],
        vec!["dossier", "Ola Dahl"],
        vec!["stories"],
    ] {
        desk.stdout(&[&["report"], &report[..], &["--html", "page.html"]].concat());
        let page = fs::read_to_string(desk.path("page.html")).unwrap();
        assert!(
            !page.contains("<script") && !page.contains("<link") && !page.contains(" src="),
            "{page}"
        );
        assert!(
            !page.contains("http://") && !page.contains("https://"),
            "{page}"
        );
        assert!(
            page.contains("prefers-color-scheme:dark") && page.contains("archive.db"),
            "{page}"
        );
        for anchor in page
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                page.contains(&format!("id=\"{anchor}\"")),
                "{report:?}: {anchor}"
            );
        }
    }
    desk.stdout(&["report", "entity", "Ola Dahl", "--html", "page.html"]);
    let page = fs::read_to_string(desk.path("page.html")).unwrap();
    assert!(
        page.contains("Ferry &lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"#article-1\">1</a>") && page.contains("<svg class=\"figure\""),
        "{page}"
    );
}

/// A line's text as it was before it became Markdown, and its citations: article, start, end.
fn read_line(line: &str) -> (String, Vec<(i64, usize, usize)>) {
    let mut text = line;
    let mut citations = Vec::new();
    while let Some((rest, cited)) = text
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once(" ["))
    {
        let (article, span) = cited.split_once(':').unwrap();
        let (start, end) = span.split_once('–').unwrap();
        citations.push((
            article.parse().unwrap(),
            start.parse().unwrap(),
            end.parse().unwrap(),
        ));
        text = rest;
    }
    (text.replace('\\', ""), citations)
}

#[test]
fn every_line_of_a_dossier_can_be_read_where_it_says() {
    let desk = filled();
    let markdown = desk.stdout(&["report", "dossier", "Ola Dahl", "--format", "markdown"]);
    let mut n_lines = 0;
    let mut heading = "";
    for line in markdown.lines() {
        heading = line.strip_prefix("## ").unwrap_or(heading);
        let Some(line) = line.strip_prefix("- ") else {
            continue;
        };
        n_lines += 1;
        let (said, citations) = read_line(line);
        assert!(!citations.is_empty(), "{heading}: {line}");
        for (article, start, end) in citations {
            let body = "select substr(body, ?2, ?3) from articles where id = ?1";
            let values = (article, start as i64 + 1, (end - start) as i64);
            let text: String = desk
                .sql()
                .query_row(body, values, |row| row.get(0))
                .unwrap();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_quoted_there = match heading {
                "Articles" => text.contains("Dahl"),
                "Mentioned with" => !text.is_empty(),
                _ => said.contains(&text),
            };
            assert!(is_quoted_there, "{heading}: {line} is {text:?}");
        }
    }
    assert!(n_lines >= 9, "{markdown}");
    for part in [
        "Names",
        "Roles",
        "Chronology",
        "Mentioned with",
        "Quotes by",
        "Quotes about",
        "Articles",
    ] {
        assert!(
            markdown.contains(&format!("## {part}\n")),
            "{part}: {markdown}"
        );
    }
    assert!(
        markdown.contains("- **1** 2016-01-05 · Fjord Post · “Ferry \\<script\\>"),
        "{markdown}"
    );
}

#[test]
fn a_dossier_is_written_as_its_file_is_named() {
    let desk = filled();
    desk.stdout(&["report", "dossier", "Ola Dahl", "--output", "d.md"]);
    let printed = desk.stdout(&["report", "dossier", "Ola Dahl", "--format", "markdown"]);
    let written = fs::read_to_string(desk.path("d.md")).unwrap();
    let without_time = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("Archive:"))
            .collect::<String>()
    };
    assert_eq!(without_time(&written), without_time(&printed));
    desk.stdout(&["report", "dossier", "Ola Dahl", "--output", "d.html"]);
    assert!(
        fs::read_to_string(desk.path("d.html"))
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
}

#[test]
fn the_terminal_shows_bars_lines_and_ties() {
    let desk = filled();
    let chart = |args: &[&str]| desk.stdout(&[&["report"], args, &["--chart"]].concat());
    let overview = chart(&["overview"]);
    assert!(
        overview.contains(&format!(
            "Months\n2016-01 {} 1\n2016-02 0\n2016-03 {} 2\n",
            "█".repeat(35),
            "█".repeat(70)
        )),
        "{overview}"
    );
    let entities = chart(&["entities"]);
    assert!(entities.contains("Top people\nIda Holm █"), "{entities}");
    assert!(
        entities.contains("Top works, Top products, Top others\n  nothing"),
        "{entities}"
    );
    let compared = chart(&["compare", "Ola Dahl", "Ida Holm"]);
    assert!(
        compared.contains("Months\nOla Dahl ▄▄▄▄▄▄▄▄        ▄▄▄▄▄▄▄▄ 2\nIda Holm ▄▄▄▄▄▄▄▄        ████████ 3\n         2016-01          2016-03\n"),
        "{compared}"
    );
    let network = chart(&["network", "Ida Holm"]);
    assert!(
        network.contains("Ida Holm (person)\n  2  Ola Dahl\n"),
        "{network}"
    );
    assert!(!overview.contains('\u{1b}') && !network.contains('\u{1b}'));
}

#[test]
fn places_are_those_of_the_scope() {
    let desk = filled();
    let names = |args: &[&str]| {
        let args = [&["report", "places", "--format", "csv"], args].concat();
        let csv = desk.stdout(&args);
        let names = csv.lines().filter(|line| line.contains(',')).skip(1);
        let mut names: Vec<String> = names
            .map(|line| line.split(',').next().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&[]), ["Lima", "Paris", "Tokyo"]);
    assert_eq!(names(&["--since", "2016-02"]), ["Lima", "Tokyo"]);
    assert_eq!(names(&["--source", "Strait & Times"]), ["Tokyo"]);
}

#[test]
fn the_font_for_pictures_keeps_its_license() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/figure/font");
    let license = fs::read_to_string(folder.join("OFL.txt")).unwrap();
    assert!(license.contains("SIL OPEN FONT LICENSE"));
    assert!(fs::metadata(folder.join("NotoSans.ttf")).unwrap().len() < 400_000);
    // The program runs where no fonts are: it never asks for their folders unless another script is written.
    let help = Command::new(env!("CARGO_BIN_EXE_microfiche"))
        .args(["report", "--help"])
        .output()
        .unwrap();
    assert!(String::from_utf8(help.stdout).unwrap().contains("--output"));
}
