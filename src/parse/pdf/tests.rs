use std::fmt::Write;

use crate::domain::article::{Article, Format, TitleOrigin};
use crate::domain::document::{Document, Limits};
use crate::domain::ledger::Rejection;
use crate::parse::{parse, parse_one, within};

/// A file of these pages, each a drawing in PDF's language.
fn pdf(pages: &[String], info: &str) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/LastChar 126/Encoding/WinAnsiEncoding>>".to_owned(),
        format!("<<{info}>>"),
    ];
    let mut kids = String::new();
    for page in pages {
        let content = objects.len() + 2;
        write!(kids, "{} 0 R ", content - 1).unwrap();
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R/Resources<</Font<</F 3 0 R>>>>>>"));
        objects.push(format!(
            "<</Length {}>>\nstream\n{page}\nendstream",
            page.len()
        ));
    }
    objects[1] = format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len());
    of_objects(&objects)
}

fn of_objects(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (n, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
        write!(file, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n{places}trailer\n<</Size {}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1, objects.len() + 1).unwrap();
    file.into_bytes()
}

/// Lines in letters of `size` from the height `top` down.
fn lines(left: u32, top: u32, size: u32, lines: &[&str]) -> String {
    let mut drawing = String::new();
    for (n, line) in lines.iter().enumerate() {
        let height = top - n as u32 * (size + 2);
        writeln!(drawing, "BT /F {size} Tf {left} {height} Td ({line}) Tj ET").unwrap();
    }
    drawing
}

fn article(pages: &[String], info: &str) -> Article {
    parse_one(&Document::new("a.pdf", pdf(pages, info))).unwrap()
}

const LIMITS: Limits = Limits {
    member: 1 << 20,
    bundle: 1 << 20,
};

const STORY: [&str; 4] = [
    "BERGEN, Jan. 5, 2016 (AP) -- The ferry sailed from the har-",
    "bour on Monday, officials said in a long-term statement to all",
    "who would listen. It was full.",
    "  The mayor waved until it was gone for good, said the clerk.",
];

#[test]
fn paragraphs_are_rebuilt_and_parted_words_mended() {
    let page = lines(50, 700, 24, &["Ferry line reopens"])
        + &lines(50, 650, 10, &["By Ida Holm"])
        + &lines(50, 620, 10, &STORY[..3])
        + &lines(
            65,
            584,
            10,
            &[
                "The mayor waved until it was gone for good, and the long-",
                "term plan with it, said the clerk.",
            ],
        );
    let story = article(
        &[page],
        "/Title(Microsoft Word - ferry.doc)/Author(Per Lund)/CreationDate(D:20160106093000Z)",
    );
    assert_eq!(story.format, Format::Pdf);
    assert_eq!(
        (story.title.as_str(), story.title_origin),
        ("Ferry line reopens", TitleOrigin::Headline)
    );
    assert_eq!(story.authors, ["Ida Holm"]);
    assert_eq!(story.published.unwrap().at, "2016-01-05");
    assert_eq!(
        story.body,
        "The ferry sailed from the harbour on Monday, officials said in a long-term statement to all who would listen. It was full.\n\nThe mayor waved until it was gone for good, and the long-term plan with it, said the clerk."
    );
}

#[test]
fn running_heads_and_page_numbers_are_dropped() {
    let page = |n: u32, text: &[&str]| {
        lines(250, 780, 8, &["The Harbour Gazette"])
            + &lines(50, 700, 10, text)
            + &lines(300, 20, 8, &[&format!("Page {n} of 3")])
    };
    let text = [
        "The ferry sailed from the harbour on Monday, officials said, and",
        "nobody knew when it would come back or whether it",
    ];
    let story = article(
        &[
            page(1, &text),
            page(2, &["would come back at all, though many asked."]),
            page(3, &["It did on Friday, said the clerk who had waited."]),
        ],
        "",
    );
    assert!(
        !story.body.contains("Gazette") && !story.body.contains("Page"),
        "{}",
        story.body
    );
    assert!(
        story.body.contains("whether it would come back at all"),
        "{}",
        story.body
    );
}

#[test]
fn a_line_that_somebody_ended_ends_its_paragraph() {
    let page = lines(
        50,
        700,
        10,
        &[
            "Departures from the harbour",
            "The ferry sailed from the harbour on Monday, officials said, and",
            "nobody knew when it would come back or whether it would at all",
            "or what it would carry, a clerk said.",
            "Oslo",
            "It came back on Friday with three hundred passengers and a band.",
        ],
    );
    let story = article(&[page], "");
    assert_eq!(story.title, "Departures from the harbour");
    assert_eq!(
        story.body.split("\n\n").nth(1),
        Some("Oslo"),
        "{}",
        story.body
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let page = lines(
        50,
        700,
        10,
        &[
            "The ferry sailed from the",
            "harbour on Monday and was",
            "full, officials said in the",
        ],
    ) + &lines(
        320,
        700,
        10,
        &["evening. Nobody knew when", "it would come back."],
    );
    let story = article(&[page], "/Title(Ferry line reopens)");
    assert_eq!(story.title, "Ferry line reopens");
    assert_eq!(
        story.body,
        "The ferry sailed from the harbour on Monday and was full, officials said in the evening. Nobody knew when it would come back."
    );
}

#[test]
fn a_scan_is_told_to_be_one() {
    let rejection = parse_one(&Document::new(
        "a.pdf",
        pdf(&["0 0 m 10 10 l S".to_owned()], ""),
    ))
    .unwrap_err();
    assert_eq!(rejection, Rejection::Scan);
    assert!(rejection.to_string().contains("OCR"));
}

#[test]
fn a_drawing_that_contains_itself_is_an_answer() {
    let mut file = String::from_utf8(pdf(&["/X Do".to_owned()], "")).unwrap();
    file = file.replace("/Resources<</Font", "/Resources<</XObject<</X 7 0 R>>/Font");
    let form = "7 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream\nendobj\nxref";
    // The table of places is wrong now, so the library searches for the objects.
    let file = file
        .replacen("xref", form, 1)
        .replace("startxref", "startxref\n0\n%");
    assert!(parse_one(&Document::new("a.pdf", file.into_bytes())).is_err());
}

#[test]
fn broken_files_are_answers() {
    let whole = pdf(&[lines(50, 700, 10, &STORY)], "");
    for n in (0..whole.len()).step_by(whole.len() / 40) {
        let mut file = whole.clone();
        file[n] = 0;
        for file in [whole[..n].to_vec(), file] {
            let _ = parse(&Document::new("a.pdf", file), &within(LIMITS), &mut |_| {
                Ok(())
            });
        }
    }
    let deep = format!("%PDF-1.4\n1 0 obj\n{}", "[<<".repeat(100_000));
    assert!(parse_one(&Document::new("a.pdf", deep.into_bytes())).is_err());
}
