use std::fmt::Write;

use crate::domain::article::{Article, Format, TitleOrigin};
use crate::domain::document::{Document, Limits};
use crate::domain::ledger::Rejection;
use crate::parse::{parse, parse_found, parse_one, within};

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

/// A file with a composite font whose codes are Unicode's, and whose part states its widths so.
fn composite(widths: &str, page: &str, is_inline: bool) -> Vec<u8> {
    let part = format!(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 9 0 R {widths}>>"
    );
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end";
    let inner = if is_inline { part.as_str() } else { "7 0 R" };
    of_objects(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[5 0 R]>>".to_owned(),
        format!("<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[{inner}]/ToUnicode 8 0 R>>"),
        "<<>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R/Resources<</Font<</F 3 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{page}\nendstream", page.len()),
        part.clone(),
        format!("<</Length {}>>\nstream\n{map}\nendstream", map.len()),
        "<</Type/FontDescriptor/FontName/A>>".to_owned(),
        "[32 32 250 33 126 500]".to_owned(),
    ])
}

/// A line drawn letter by letter; a letter is as wide as half its height, a space half as wide.
fn spelt(left: f64, height: f64, text: &str) -> String {
    let mut drawing = format!("BT /F 12 Tf 1 0 0 1 {left} {height} Tm\n");
    for c in text.chars() {
        let width = if c == ' ' { 3.0 } else { 6.0 };
        writeln!(drawing, "<{:04x}> Tj {width} 0 Td", c as u32).unwrap();
    }
    drawing + "ET\n"
}

#[test]
fn words_stay_whole_however_their_widths_are_stated() {
    let page = spelt(72.0, 740.0, "Pier shut after storm")
        + &spelt(
            72.0,
            710.0,
            "The harbour board shut the pier on Monday, and nobody",
        );
    for (widths, is_inline) in [
        ("/DW 500/W[32 32 250]", false),
        ("/DW 0/W[32 32 250 33 126 500]", false),
        ("/DW 0/W[32 32 250 33 126 500]", true),
        ("/DW 0/W[32[250]33 126 500]", false),
        ("/W[33 126 500 32[250]]", false),
        ("/DW 0/W[32 32 250 33 90 500 91 126 500]", false),
        ("/DW 500.0/W[32[250.0]]", false),
        ("/DW 0/W 10 0 R", false),
        ("/W[32[250 500 500]35 126 500]", false),
        ("/DW 0/W[32 32 250 33 126 500.4 200 100 500]", false),
        ("/DW 500/W[32 32 250 1 (x)]", false),
        ("/DW 500/W[32 32 250 300 9999999999 500]", false),
    ] {
        let file = composite(widths, &page, is_inline);
        let story = parse_one(&Document::new("a.pdf", file)).unwrap();
        let text = format!("{} {}", story.title, story.body);
        assert!(text.contains("Pier shut after storm"), "{widths}: {text}");
        assert!(
            text.contains("The harbour board shut the pier on Monday, and nobody"),
            "{widths}: {text}"
        );
    }
}

#[test]
fn pages_may_be_turned() {
    let page = lines(50, 500, 10, &STORY);
    for turn in [
        "1 0 0 1 0 0",
        "0 1 -1 0 600 0",
        "-1 0 0 -1 600 800",
        "0 -1 1 0 0 800",
        "0.9998 0.0175 -0.0175 0.9998 0 0",
        "0.9986 -0.0523 0.0523 0.9986 0 0",
        "0.0175 0.9998 -0.9998 0.0175 600 0",
    ] {
        let story = article(&[format!("{turn} cm\n{page}")], "");
        assert!(story.body.starts_with("The ferry sailed from the harbour on Monday, officials said in a long-term statement"), "{turn}: {}", story.body);
        assert!(
            story.body.ends_with("said the clerk."),
            "{turn}: {}",
            story.body
        );
    }
    let stamp = "q 0.7 0.7 -0.7 0.7 300 300 cm\n".to_owned() + &lines(0, 0, 60, &["DRAFT"]) + "Q\n";
    let story = article(&[stamp + &page], "");
    assert!(
        !story.body.contains("DRAFT") && story.title != "DRAFT",
        "{}",
        story.body
    );
}

#[test]
fn a_page_that_cannot_be_read_fails_alone() {
    let page = |content: u32, drawings: &str| {
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R/Resources<</Font<</F 3 0 R>>/XObject<<{drawings}>>>>>>"
        )
    };
    let stream = |words: &str, drawing: &str| {
        format!(
            "<<{words}/Length {}>>\nstream\n{drawing}\nendstream",
            drawing.len()
        )
    };
    let file = of_objects(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 3/Kids[5 0 R 7 0 R 9 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/LastChar 126/Encoding/WinAnsiEncoding>>".to_owned(),
        "<<>>".to_owned(),
        page(6, ""),
        stream("", &lines(50, 700, 10, &STORY)),
        page(8, "/X 11 0 R"),
        stream("", "/X Do"),
        page(10, ""),
        stream("", &lines(50, 700, 10, &["It came back on Friday with three hundred passengers."])),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 11 0 R>>>>", "/X Do"),
    ]);
    let (articles, failures) = parse_found(&Document::new("a.pdf", file)).unwrap();
    assert!(
        articles[0].body.contains("It came back on Friday"),
        "{}",
        articles[0].body
    );
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].member, "page 2");
}

#[test]
fn text_from_right_to_left_is_read_in_its_order() {
    let read = [
        "סגירת הנמל אחרי הסערה",
        "מועצת הנמל סגרה את הרציף ביום שני לאחר הסערה ואמרה",
        "כי ייפתח שוב בשנת 2016 בעיר New York.",
    ];
    let seen = |line: &str| -> String {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        words.reverse();
        let turned = words.iter().map(|word| match word.is_ascii() {
            true if word.ends_with('.') => format!(".{}", word.trim_end_matches('.')),
            true => word.clone(),
            false => word.chars().rev().collect(),
        });
        turned
            .collect::<Vec<_>>()
            .join(" ")
            .replace(".York New", ".New York")
    };
    let page = |drawing: &dyn Fn(f64, &str) -> String| -> String {
        read.iter()
            .enumerate()
            .map(|(n, line)| drawing(700.0 - 14.0 * n as f64, line))
            .collect()
    };
    // As browsers draw it, from left to right; and letter by letter as it is read.
    let as_seen = page(&|height, line| spelt(72.0, height, &seen(line)));
    let as_read = page(&|height, line| {
        let seen = seen(line);
        let mut left = 72.0;
        let mut letters: Vec<String> = Vec::new();
        for c in seen.chars() {
            letters.push(spelt(left, height, &c.to_string()));
            left += if c == ' ' { 3.0 } else { 6.0 };
        }
        letters.reverse();
        letters.concat()
    });
    for page in [as_seen, as_read] {
        let story = parse_one(&Document::new(
            "a.pdf",
            composite("/DW 500/W[32 32 250]", &page, false),
        ))
        .unwrap();
        let text = format!("{} {}", story.title, story.body.replace('\n', " "));
        for line in read {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }
}

#[test]
fn what_unpacks_to_far_more_than_text_is_refused() {
    let packed = |bytes: &[u8]| {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut out, bytes).unwrap();
        out.finish().unwrap()
    };
    let once = packed(&vec![b' '; 16 << 20]);
    let thrice = packed(&packed(&once));
    let lzw = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8)
        .encode(&vec![b' '; 16 << 20])
        .unwrap();
    let padded = format!("/Filter/FlateDecode/X({})", "x".repeat(100_000));
    for (words, data) in [
        ("/Filter/FlateDecode", &once),
        ("/Filter[/FlateDecode/FlateDecode/FlateDecode]", &thrice),
        (
            "/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode/FlateDecode]",
            &thrice,
        ),
        ("/Type/ObjStm/Subtype/Image/Filter/FlateDecode", &once),
        ("/Type/XRef/Filter /Flate#44ecode", &once),
        ("/Filter/LZWDecode", &lzw),
        ("/Filter[/LZWDecode]/DecodeParms null", &lzw),
        (&padded, &once),
        (
            "/Filter [ /FlateDecode /FlateDecode /FlateDecode ] /DecodeParms [null null null]",
            &thrice,
        ),
        ("/Filter% comment\n/FlateDecode", &once),
    ] {
        let head = format!(
            "%PDF-1.4\n1 0 obj\n<<{words}/Length {}>>\nstream\n",
            data.len()
        );
        let file = [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat();
        let mut titles = 0;
        let result = parse(&Document::new("a.pdf", file), &within(LIMITS), &mut |_| {
            titles += 1;
            Ok(())
        });
        let reason = result.unwrap_err().to_string();
        assert!(
            reason.contains("unpack to more than"),
            "{words:.80}: {reason}"
        );
        assert_eq!(titles, 0);
    }
}
