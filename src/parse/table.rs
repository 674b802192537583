//! Tables of articles: CSV and TSV, one article a row, whose column names are those of JSON. Rows are read one by one; a bad one
//! fails alone and is named by its number.

use csv::ReaderBuilder;
use serde_json::{Map, Value};

use super::Collector;
use super::collector::ParseError;
use super::draft::Batch;
use super::json::{Column, Record, column_of};
use crate::domain::article::{Article, Format};
use crate::domain::document::{Document, Mapping};
use crate::domain::ledger::Rejection;

/// What parts columns, the commonest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The header of a table is looked for in so much of a text.
const HEAD_BYTES: usize = 64 << 10;

/// Extensions of tables.
const EXTENSIONS: [&str; 3] = ["csv", "tsv", "tab"];

/// A table by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Table {
    delimiter: u8,
}

/// Whether a text is a table of articles: its first row names a text and something else that articles have, and the second row
/// has as many cells. A file that is a table by its name and has no such header is refused.
pub(super) fn of(text: &str, extension: &str) -> Result<Option<Table>, Rejection> {
    let head = &text[..text.floor_char_boundary(HEAD_BYTES)];
    // Most texts are no tables: their first line alone tells so.
    let line = head.trim_start().lines().next().unwrap_or_default();
    let names_text = |delimiter: &&u8| {
        line.split(char::from(**delimiter))
            .filter_map(|cell| column_of(cell.trim().trim_matches('"')))
            .any(Column::is_text)
    };
    let tables = DELIMITERS
        .iter()
        .filter(names_text)
        .filter_map(|delimiter| {
            let mut reader = ReaderBuilder::new()
                .delimiter(*delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(head.as_bytes());
            let mut rows = reader.records().filter_map(Result::ok);
            let (header, first) = (rows.next()?, rows.next()?);
            let n_columns = n_known(header.iter())?;
            (first.len() == header.len()).then_some((n_columns, *delimiter))
        });
    match tables.max() {
        Some((_, delimiter)) => Ok(Some(Table { delimiter })),
        None if EXTENSIONS.contains(&extension) => Err(no_header()),
        None => Ok(None),
    }
}

/// How many columns of a table of articles are known by their names; none if it is no such table.
pub(super) fn n_known<'a>(header: impl Iterator<Item = &'a str>) -> Option<usize> {
    let columns: Vec<_> = header.filter_map(column_of).collect();
    let has_text = columns.iter().any(|column| column.is_text());
    (has_text && columns.len() >= 2).then_some(columns.len())
}

pub(super) fn no_header() -> Rejection {
    Rejection::Lacks(
        "it is a table, and no column of its first row is called text, body or content beside a title, date or address; \
         name the columns so and drop it again"
            .into(),
    )
}

/// Reads every row as an article.
pub(super) fn read(
    text: &str,
    table: Table,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mapping = &collector.options().json;
    let mut batch = Batch::new(collector);
    let mut reader = ReaderBuilder::new()
        .delimiter(table.delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    for (n, row) in reader.records().enumerate() {
        let name = format!("row {}", n + 2);
        let result = match row {
            Ok(row) if row.iter().all(|cell| cell.trim().is_empty()) => continue,
            Ok(row) if row.len() > header.len() => Err(damaged(format!(
                "it has {} cells under {} column names",
                row.len(),
                header.len()
            ))),
            Ok(row) => article(header.iter().zip(&row), Format::Csv, mapping, document),
            Err(error) => Err(damaged(error.to_string())),
        };
        batch.add(&name, result)?;
    }
    batch.finish("the table has no rows")
}

/// The article of a row, from the names of its columns and its cells.
pub(super) fn article<'a>(
    cells: impl Iterator<Item = (&'a str, &'a str)>,
    format: Format,
    mapping: &Mapping,
    document: &Document,
) -> Result<Article, Rejection> {
    let object: Map<String, Value> = cells
        .filter(|(_, cell)| !cell.trim().is_empty())
        .map(|(name, cell)| (name.trim().to_owned(), Value::String(cell.to_owned())))
        .collect();
    let record = Record::new(&object, mapping);
    if record.is_article() {
        record
            .draft()
            .and_then(|draft| draft.finish(format, document))
    } else {
        Err(record.lacks())
    }
}

fn damaged(message: String) -> Rejection {
    Rejection::Damaged {
        format: Format::Csv,
        message,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::document::Document;
    use crate::domain::ledger::Rejection;
    use crate::parse::{parse_all, parse_found};

    fn document(name: &str, text: &str) -> Document {
        Document::new(name, text.as_bytes().to_vec())
    }

    const QUAY: &str = "The quay was shut for three days, and nobody sailed.";

    #[test]
    fn each_row_is_an_article_whatever_parts_the_columns() {
        for (name, delimiter) in [
            ("a.csv", ","),
            ("a.csv", ";"),
            ("a.tsv", "\t"),
            ("a.txt", "|"),
        ] {
            let rows = [
                ["id", "Headline", "pub_date", "Author", "url", "Full Text"],
                [
                    "1",
                    "Quay shut",
                    "2021-03-03",
                    "Lena Prow",
                    "https://post.example/1",
                    &format!("\"{QUAY}\nIt is open \"\"again\"\".\""),
                ],
                [
                    "2",
                    "Bread is dear",
                    "2021-03-04",
                    "Ole Vik",
                    "https://post.example/2",
                    "Shop owners lost a third of their custom.",
                ],
            ];
            let text: Vec<String> = rows.iter().map(|row| row.join(delimiter)).collect();
            let articles = parse_all(&document(name, &text.join("\r\n"))).unwrap();
            let titles: Vec<&str> = articles
                .iter()
                .map(|article| article.title.as_str())
                .collect();
            assert_eq!(
                titles,
                ["Quay shut", "Bread is dear"],
                "{name} {delimiter:?}"
            );
            assert_eq!(articles[0].authors, ["Lena Prow"]);
            assert_eq!(articles[0].published.as_ref().unwrap().at, "2021-03-03");
            assert!(articles[0].body.starts_with(QUAY) && articles[0].body.contains("\"again\""));
        }
    }

    #[test]
    fn a_bad_row_fails_alone_and_is_named() {
        let text = format!(
            "title,date,text\nQuay shut,2021-03-03,{QUAY:?}\nNo text,2021-03-04,\nBread,2021-03-05,Dear.\n"
        );
        let (articles, failures) = parse_found(&document("a.csv", &text)).unwrap();
        assert_eq!(articles.len(), 2);
        assert_eq!(failures[0].member, "row 3");
    }

    #[test]
    fn a_table_of_other_things_is_refused_and_a_text_with_commas_is_a_text() {
        let refused = parse_all(&document(
            "rates.csv",
            "date,rate\n2021-03-03,4.5\n2021-03-04,4.6\n",
        ));
        assert!(matches!(refused, Err(Rejection::Lacks(reason)) if reason.contains("is a table")));
        let text =
            "Text, title and date\n\nThe board asked for text, title and date, and got none.";
        assert_eq!(parse_all(&document("a.txt", text)).unwrap().len(), 1);
    }
}
