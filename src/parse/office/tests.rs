use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::domain::article::{Article, Format, PublishedOrigin, TitleOrigin};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
use crate::parse::{parse_all, parse_found, parse_one};

const SENTENCES: &str = "The ferry sailed from the harbour on Monday, officials said. It carried three hundred passengers and a brass band. The mayor, who had promised it for years, waved from the quay until it was out of sight.";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str, properties: &str) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            &format!(
                "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
            ),
        ),
        ("word/footnotes.xml", "<w:p><w:t>A footnote.</w:t></w:p>"),
        (
            "docProps/core.xml",
            &format!("<cp:coreProperties>{properties}</cp:coreProperties>"),
        ),
    ])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

#[test]
fn a_word_document_is_read_as_its_reader_sees_it() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let body = [
        paragraph("Ferry line reopens"),
        paragraph("By Ida Holm"),
        "<w:p><w:r><w:t>The </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:r><w:t>ferry &amp; its crew sail</w:t></w:r><w:r><w:t>ed, officials said.</w:t><w:footnoteReference/></w:r><w:drawing><wp:posOffset>120</wp:posOffset></w:drawing></w:p>".to_owned(),
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("Bergen"), cell("12")),
        paragraph("It was full."),
    ]
    .concat();
    let properties = "<dc:title>Document1</dc:title><dc:creator>Per Lund</dc:creator><dcterms:created>2016-01-05T09:30:00Z</dcterms:created>";
    let story = parse_one(&Document::new("a.docx", word(&body, properties))).unwrap();
    assert_eq!(
        (story.format, story.title.as_str()),
        (Format::Docx, "Ferry line reopens")
    );
    assert_eq!(story.authors, ["Ida Holm"]);
    let published = story.published.unwrap();
    assert_eq!(
        (published.at.as_str(), published.origin),
        ("2016-01-05T09:30:00Z", PublishedOrigin::Property)
    );
    assert_eq!(
        story.body,
        "The ferry & its crew sailed, officials said.\n\nBergen | 12\n\nIt was full."
    );
}

#[test]
fn properties_fill_in_what_the_text_does_not_say() {
    let properties = "<dc:title>The harbour</dc:title><dc:creator>Per Lund</dc:creator><cp:keywords>sea, harbour</cp:keywords>";
    let story = parse_one(&Document::new(
        "a.docx",
        word(&paragraph(SENTENCES), properties),
    ))
    .unwrap();
    assert_eq!(
        (story.title.as_str(), story.title_origin),
        ("The harbour", TitleOrigin::Metadata)
    );
    assert_eq!(story.authors, ["Per Lund"]);
    assert_eq!(story.keywords, ["sea", "harbour"]);
}

#[test]
fn a_table_that_is_the_page_is_read_as_paragraphs() {
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>",
        paragraph("Ferry line reopens"),
        paragraph(SENTENCES)
    );
    let story = parse_one(&Document::new("a.docx", word(&body, ""))).unwrap();
    assert_eq!(
        (story.title.as_str(), story.body.as_str()),
        ("Ferry line reopens", SENTENCES)
    );
}

#[test]
fn an_open_document_is_read_with_its_properties() {
    let text = "<office:document-content><office:automatic-styles><number:text>/</number:text></office:automatic-styles><office:body><office:text><text:h>Ferry line reopens</text:h><text:p>The<text:s/>ferry<text:note><text:p>A note.</text:p></text:note> sailed, officials said.</text:p><text:list><text:list-item><text:p>First</text:p></text:list-item></text:list></office:text></office:body></office:document-content>";
    let odt = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", text),
        (
            "meta.xml",
            "<office:meta><meta:initial-creator>Ida Holm</meta:initial-creator><meta:creation-date>2016-01-05T09:30:00</meta:creation-date></office:meta>",
        ),
    ]);
    let story = parse_one(&Document::new("a.odt", odt)).unwrap();
    assert_eq!(
        (story.format, story.title.as_str()),
        (Format::Odt, "Ferry line reopens")
    );
    assert_eq!(story.authors, ["Ida Holm"]);
    assert_eq!(story.published.unwrap().at, "2016-01-05");
    assert_eq!(story.body, "The ferry sailed, officials said.\n\nFirst");
}

/// A book of these chapters, with a table of contents that puts them under `World`.
fn book(metadata: &str, chapters: &[(&str, &str)]) -> Vec<u8> {
    let (mut items, mut spine, mut points) = (String::new(), String::new(), String::new());
    let mut parts = vec![("mimetype".to_owned(), "application/epub+zip".to_owned())];
    for (n, (label, body)) in chapters.iter().enumerate() {
        items += &format!(
            "<item id=\"c{n}\" href=\"text/c%20{n}.xhtml\" media-type=\"application/xhtml+xml\"/>"
        );
        spine += &format!("<itemref idref=\"c{n}\"/>");
        points += &format!(
            "<navPoint><navLabel><text>{label}</text></navLabel><content src=\"text/c%20{n}.xhtml#a\"/></navPoint>"
        );
        parts.push((
            format!("OEBPS/text/c {n}.xhtml"),
            format!("<?xml version=\"1.0\"?><html><head><title/></head><body>{body}</body></html>"),
        ));
    }
    parts.push((
        "META-INF/container.xml".into(),
        "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>"
            .into(),
    ));
    parts.push(("OEBPS/book.opf".into(), format!("<package><metadata>{metadata}</metadata><manifest><item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>{items}</manifest><spine>{spine}</spine></package>")));
    parts.push(("OEBPS/toc.ncx".into(), format!("<ncx><navMap><navPoint><navLabel><text>World</text></navLabel><content src=\"text/feed.xhtml\"/>{points}</navPoint></navMap></ncx>")));
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    package(&parts)
}

fn read(bytes: Vec<u8>) -> Vec<Article> {
    parse_all(&Document::new("paper.epub", bytes)).unwrap()
}

#[test]
fn a_newspaper_gives_an_article_for_each_chapter_with_text() {
    let metadata = "<dc:title>The Gazette [Tue, 05 Jan 2016]</dc:title><dc:creator>The Gazette</dc:creator><dc:publisher>calibre</dc:publisher><dc:date>2016-01-05T09:30:00+00:00</dc:date><dc:language>en-GB</dc:language>";
    let articles = read(book(
        metadata,
        &[
            ("Cover", "<img src=\"a.jpg\"/>"),
            (
                "Ferry reopens",
                &format!(
                    "<div class=\"calibre_navbar\">| Next | Menu |</div><h1>Ferry line reopens</h1><p>By Ida Holm</p><p>{SENTENCES}&nbsp;</p>"
                ),
            ),
            ("Bakers strike", &format!("<p>{SENTENCES}</p>")),
        ],
    ));
    let [ferry, bakers] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(
        (ferry.title.as_str(), ferry.authors.join(",").as_str()),
        ("Ferry line reopens", "Ida Holm")
    );
    assert_eq!(ferry.body, SENTENCES);
    assert_eq!(ferry.source.as_ref().unwrap().name, "The Gazette");
    assert_eq!(ferry.published.as_ref().unwrap().at, "2016-01-05T09:30:00Z");
    assert_eq!(
        (ferry.language.as_deref(), ferry.section.as_deref()),
        (Some("en"), Some("World"))
    );
    assert_eq!(
        (bakers.title.as_str(), bakers.authors.len()),
        ("Bakers strike", 0)
    );
}

#[test]
fn a_book_of_one_article_is_that_article() {
    let metadata = "<dc:title>Ferry line reopens</dc:title><dc:creator>Ida Holm</dc:creator><dc:publisher>The Gazette</dc:publisher><dc:source>https://gazette.example/a</dc:source>";
    let articles = read(book(metadata, &[("Start", &format!("<p>{SENTENCES}</p>"))]));
    let [story] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(
        (story.title.as_str(), story.authors.join(",").as_str()),
        ("Ferry line reopens", "Ida Holm")
    );
    assert_eq!(story.source.as_ref().unwrap().name, "The Gazette");
    assert_eq!(story.url.as_deref(), Some("https://gazette.example/a"));
}

#[test]
fn other_office_files_are_refused_in_plain_words() {
    for (parts, words) in [
        (
            vec![("[Content_Types].xml", "x"), ("xl/workbook.xml", "x")],
            "this xlsx file is damaged",
        ),
        (
            vec![("[Content_Types].xml", "x"), ("ppt/presentation.xml", "x")],
            "a set of slides",
        ),
        (
            vec![
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", "x"),
            ],
            "a spreadsheet",
        ),
    ] {
        let rejection = parse_one(&Document::new("a", package(&parts))).unwrap_err();
        assert!(rejection.to_string().contains(words), "{rejection}");
    }
}

#[test]
fn broken_packages_are_answers() {
    let deep = "<w:p>".repeat(200_000) + "words";
    assert!(parse_one(&Document::new("a.docx", word(&deep, "<a"))).is_ok());
    let no_chapters = read_error(&book("", &[]));
    assert_eq!(no_chapters, Rejection::NoArticle(Format::Epub));
    for parts in [
        vec![
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<x"),
        ],
        vec![
            ("mimetype", "application/epub+zip"),
            (
                "META-INF/container.xml",
                "<rootfile full-path='../../etc/passwd'/>",
            ),
        ],
    ] {
        assert!(matches!(
            read_error(&package(&parts)),
            Rejection::Damaged { .. }
        ));
    }
}

fn read_error(bytes: &[u8]) -> Rejection {
    parse_all(&Document::new("a.epub", bytes.to_vec())).unwrap_err()
}

#[test]
fn codes_of_fields_and_hidden_words_are_no_text() {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let opens = run("open again.");
    for inner in [
        format!(
            "<w:r><w:object><o:OLEObject><o:LockedField>false</o:LockedField><o:FieldCodes>\\f 0</o:FieldCodes></o:OLEObject></w:object></w:r>{opens}"
        ),
        format!(
            "{begin}{}{separate}{opens}{end}",
            code("HYPERLINK http://bay.example")
        ),
        format!(
            "{begin}{}{begin}{}{separate}{}{end}{}{separate}{opens}{end}",
            code("IF "),
            code("MERGEFIELD x"),
            run("1"),
            code("= 1")
        ),
        format!("{begin}{}{end}{opens}", code("XE pier")),
        format!("<w:fldSimple w:instr=\"PAGE\">{opens}</w:fldSimple>"),
        format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{opens}"),
        "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>open again.</w:t></w:r>".to_owned(),
        "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>open again.</w:t></w:r>".to_owned(),
        format!("<w:del><w:r><w:delText>never</w:delText></w:r></w:del>{opens}"),
        format!("<w:moveFrom><w:r><w:t>never </w:t></w:r></w:moveFrom>{opens}"),
        format!(
            "<w:ins>{opens}</w:ins><w:del><w:r><w:delInstrText>PAGE</w:delInstrText></w:r></w:del>"
        ),
        format!(
            "<w:hyperlink>{opens}</w:hyperlink>{begin}{}",
            run("lost with its field")
        ),
        format!(
            "{opens}<w:drawing><wp:posOffset>120</wp:posOffset><a:ext uri=\"x\">7</a:ext></w:drawing>"
        ),
    ] {
        let body = format!(
            "{}<w:p>{}{inner}</w:p>",
            paragraph("Pier shut after storm"),
            run("It will ")
        );
        let story = parse_one(&Document::new("a.docx", word(&body, ""))).unwrap();
        assert_eq!(story.body, "It will open again.", "{inner}");
    }
}

fn book_in_order(chapters: &[(&str, &str)], spine: &[&str]) -> Vec<u8> {
    let items: String = chapters
        .iter()
        .map(|(name, _)| {
            format!("<item id='{name}' href='{name}.xhtml' media-type='application/xhtml+xml'/>")
        })
        .collect();
    let refs: String = spine
        .iter()
        .map(|name| format!("<itemref idref='{name}'/>"))
        .collect();
    let opf = format!(
        "<package><metadata><dc:title>Paper</dc:title></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
    );
    let container = "<container><rootfiles><rootfile full-path='a.opf'/></rootfiles></container>";
    let pages: Vec<(String, String)> = chapters
        .iter()
        .map(|(name, text)| {
            (
                format!("{name}.xhtml"),
                format!("<html><body><h1>{name}</h1><p>{text}</p></body></html>"),
            )
        })
        .collect();
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("a.opf", opf.as_str()),
    ];
    parts.extend(
        pages
            .iter()
            .map(|(name, page)| (name.as_str(), page.as_str())),
    );
    package(&parts)
}

#[test]
fn a_chapter_is_read_once_however_often_the_reading_order_names_it() {
    let spine = [["a", "b"]; 200].concat();
    let book = book_in_order(
        &[("a", SENTENCES), ("b", &SENTENCES.replace("ferry", "tram"))],
        &spine,
    );
    let articles = parse_all(&Document::new("a.epub", book)).unwrap();
    assert_eq!(articles.len(), 2);
}

#[test]
fn chapters_in_scripts_without_spaces_are_not_short() {
    let japanese = "港は嵐のため三日間閉鎖され、船は一隻も出なかった。市長は記者会見で、復旧にはさらに二週間かかる見込みだと述べた。".repeat(2);
    let thai = "ท่าเรือปิดเป็นเวลาสามวันเนื่องจากพายุไม่มีเรือออกจากท่านายกเทศมนตรีกล่าวในการแถลงข่าวว่าการซ่อมแซมจะใช้เวลาอีกสองสัปดาห์".repeat(2);
    let book = book_in_order(
        &[
            ("a", japanese.as_str()),
            ("b", thai.as_str()),
            ("c", "短い"),
        ],
        &["a", "b", "c"],
    );
    let articles = parse_all(&Document::new("a.epub", book)).unwrap();
    let bodies: Vec<_> = articles
        .iter()
        .map(|article| article.body.as_str())
        .collect();
    assert_eq!(bodies, [japanese, thai]);
}

/// A workbook of one sheet with these rows of inline texts.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |(column, text): (usize, &&str)| {
        let column = char::from(b'A' + column as u8);
        (
            column,
            format!("t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        )
    };
    let mut data = String::new();
    for (n, row) in rows.iter().enumerate() {
        let n = n + 1;
        data += &format!("<row r=\"{n}\">");
        for (column, rest) in row.iter().enumerate().map(cell) {
            data += &format!("<c r=\"{column}{n}\" {rest}");
        }
        data += "</row>";
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Clips\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>"),
        ),
    ])
}

#[test]
fn each_row_of_a_spreadsheet_is_an_article() {
    let document = Document::new(
        "clips.xlsx",
        workbook(&[
            &["Clippings of March"],
            &["Headline", "Date", "Source", "Text"],
            &[
                "Quay shut",
                "2021-03-03",
                "The Post",
                "The quay was shut for three days, and nobody sailed.",
            ],
            &[
                "Bread is dear",
                "2021-03-04",
                "",
                "Shop owners lost a third of their custom, they said.",
            ],
            &["No text", "2021-03-05", "", ""],
        ]),
    );
    let (articles, failures) = parse_found(&document).unwrap();
    let told: Vec<_> = articles
        .iter()
        .map(|article| {
            (
                article.title.as_str(),
                article.published.as_ref().unwrap().at.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("Quay shut", "2021-03-03"), ("Bread is dear", "2021-03-04")]
    );
    assert_eq!(articles[0].format, Format::Xlsx);
    assert_eq!(failures[0].member, "Clips, row 5");
}

#[test]
fn a_spreadsheet_of_anything_else_is_refused() {
    let rejection = |bytes| {
        parse_one(&Document::new("a.xlsx", bytes))
            .unwrap_err()
            .to_string()
    };
    let numbers = rejection(workbook(&[&["Year", "Catch"], &["1987", "12"]]));
    assert!(numbers.contains("no column of its first row"), "{numbers}");
}
