//! Tables for people: they fit the terminal, wrap by word, and show numbers and times as people write them. What is too wide
//! for a table is a list: each row a block of lines, each value behind its name.

use chrono::{DateTime, Local, TimeZone};
use comfy_table::presets::{ASCII_MARKDOWN, UTF8_FULL_CONDENSED};
use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table};
use unicode_width::UnicodeWidthStr;

use super::picture::by_thousands;
use super::words::heading;
use super::wrap::{Need, widths, wrapped};
use super::{Look, text};
use crate::domain::records::{Records, Value};
use crate::text::clean::{printable, printable_line};

/// The most lines of a cell; what is longer ends in "…". CSV and JSON give the whole.
const MAX_LINES: usize = 6;
/// Numbers of more digits than this are grouped: years are not.
const MAX_PLAIN: u64 = 9_999;
/// The most digits behind the point.
const MAX_DECIMALS: usize = 6;
/// Columns whose numbers name or place something rather than count it.
const PLAIN_COLUMNS: [&str; 9] = [
    "id", "year", "number", "start", "end", "pid", "rowid", "hash", "line",
];

/// What is drawn.
struct Sheet {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    is_number: Vec<bool>,
    /// Whether a list may leave out what has no value.
    is_report: bool,
}

/// The answer to somebody's own query, as wide as the terminal at most: every column, under its own name.
pub(super) fn of_query(records: &Records, look: Look) -> String {
    let all: Vec<usize> = (0..records.columns.len()).collect();
    let sheet = sheet(records, &all, look, &Local);
    drawn(&sheet, look)
}

/// A report's table: headings in words, without columns that are for programs or that say nothing.
pub(super) fn of_report(records: &Records, for_programs: &[&str], look: Look) -> String {
    let kept = worth_reading(records, for_programs);
    let mut sheet = sheet(records, &kept, look, &Local);
    sheet.is_report = true;
    for column in &mut sheet.headings {
        *column = heading(column);
    }
    drawn(&sheet, look)
}

/// The places of the columns that tell people something.
pub(super) fn worth_reading(records: &Records, for_programs: &[&str]) -> Vec<usize> {
    let has_value =
        |n: usize| records.rows.is_empty() || records.rows.iter().any(|row| row[n] != Value::Null);
    (0..records.columns.len())
        .filter(|n| has_value(*n) && !for_programs.contains(&records.columns[*n].as_str()))
        .collect()
}

fn sheet<Z: TimeZone>(records: &Records, kept: &[usize], look: Look, zone: &Z) -> Sheet
where
    Z::Offset: std::fmt::Display,
{
    let decimals: Vec<Option<usize>> = kept.iter().map(|n| decimals(records, *n)).collect();
    let row = |row: &Vec<Value>| {
        let cells = kept.iter().zip(&decimals);
        cells
            .map(|(n, decimals)| shown(&row[*n], &records.columns[*n], *decimals, look, zone))
            .collect()
    };
    Sheet {
        headings: kept.iter().map(|n| plain(&records.columns[*n])).collect(),
        rows: records.rows.iter().map(row).collect(),
        is_number: kept.iter().map(|n| is_number(records, *n)).collect(),
        is_report: false,
    }
}

fn drawn(sheet: &Sheet, look: Look) -> String {
    let Some(width) = look.width.map(usize::from) else {
        return grid(sheet, None, look);
    };
    let mut needs = vec![Need::default(); sheet.headings.len()];
    for row in std::iter::once(&sheet.headings).chain(&sheet.rows) {
        for (need, cell) in needs.iter_mut().zip(row) {
            need.hold(cell);
        }
    }
    let borders = 3 * needs.len() + 1;
    let room = width.checked_sub(borders);
    match room.and_then(|room| widths(&needs, room)) {
        Some(widths) => grid(sheet, Some(&widths), look),
        None => list(sheet, width, look),
    }
}

/// Cells within lines.
fn grid(sheet: &Sheet, widths: Option<&[usize]>, look: Look) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Disabled);
    let fitted = |(n, text): (usize, &String)| {
        let width = widths.map_or(usize::MAX, |widths| widths[n]);
        wrapped(text, width, MAX_LINES).join("\n")
    };
    let headings = sheet.headings.iter().enumerate().map(|heading| {
        let cell = Cell::new(fitted(heading));
        if look.is_colored {
            cell.add_attribute(Attribute::Bold)
        } else {
            cell
        }
    });
    table.set_header(headings);
    if look.is_colored {
        table.enforce_styling();
    }
    for row in &sheet.rows {
        table.add_row(row.iter().enumerate().map(fitted));
    }
    align(&mut table, &sheet.is_number);
    table.to_string()
}

/// A line for each value, behind its name; an empty line between rows.
fn list(sheet: &Sheet, width: usize, look: Look) -> String {
    let longest = sheet.headings.iter().map(|heading| heading.width()).max();
    let of_names = longest.unwrap_or_default().min(width / 3).max(2);
    let of_values = width.saturating_sub(of_names + 2).max(2);
    let mut text = String::new();
    for (n, row) in sheet.rows.iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let told = |cell: &str| !(sheet.is_report && cell.is_empty());
        for (heading, cell) in sheet
            .headings
            .iter()
            .zip(row)
            .filter(|(_, cell)| told(cell))
        {
            let names = wrapped(heading, of_names, MAX_LINES);
            let values = wrapped(cell, of_values, MAX_LINES);
            for line in 0..names.len().max(values.len()) {
                let of = |lines: &[String]| lines.get(line).cloned().unwrap_or_default();
                let (name, value) = (of(&names), of(&values));
                let gap = " ".repeat(of_names.saturating_sub(name.width()) + 2);
                let name = if look.is_colored {
                    format!("\x1b[1m{name}\x1b[0m")
                } else {
                    name
                };
                text.push_str(format!("{name}{gap}{value}").trim_end());
                text.push('\n');
            }
        }
    }
    if sheet.rows.is_empty() {
        text = wrapped(&sheet.headings.join(", "), width, MAX_LINES).join("\n");
    }
    text.truncate(text.trim_end_matches('\n').len());
    text
}

/// A value on one line of Markdown, in one cell.
fn in_markdown(text: &str) -> String {
    printable_line(text).replace('|', "\\|")
}

/// A table of Markdown.
pub(super) fn of_markdown(records: &Records) -> Table {
    let mut table = Table::new();
    table
        .load_style(ASCII_MARKDOWN)
        .set_header(records.columns.iter().map(|name| in_markdown(name)));
    for row in &records.rows {
        table.add_row(row.iter().map(|value| in_markdown(&text(value))));
    }
    let columns = 0..records.columns.len();
    let is_number: Vec<bool> = columns.map(|n| is_number(records, n)).collect();
    align(&mut table, &is_number);
    table
}

fn align(table: &mut Table, is_number: &[bool]) {
    for (column, is_number) in table.column_iter_mut().zip(is_number) {
        if *is_number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

fn is_number(records: &Records, n: usize) -> bool {
    let is_number =
        |row: &Vec<Value>| matches!(row[n], Value::Integer(_) | Value::Real(_) | Value::Null);
    !records.rows.is_empty() && records.rows.iter().all(is_number)
}

/// So many digits stand behind the point in every row, so that points stand below each other; nothing where some number
/// would vanish.
fn decimals(records: &Records, n: usize) -> Option<usize> {
    let mut most = 0;
    for row in &records.rows {
        if let Value::Real(number) = row[n] {
            let is_small = number != 0.0 && number.abs() < 0.001;
            if is_small || !number.is_finite() || number.abs() >= 1e15 {
                return None;
            }
            let digits = number.to_string();
            let behind = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
            most = most.max(behind.min(MAX_DECIMALS));
        }
    }
    Some(most)
}

fn shown<Z: TimeZone>(
    value: &Value,
    column: &str,
    decimals: Option<usize>,
    look: Look,
    zone: &Z,
) -> String
where
    Z::Offset: std::fmt::Display,
{
    match value {
        Value::Integer(number) if number.unsigned_abs() > MAX_PLAIN && counts(column) => {
            grouped(&number.to_string())
        }
        Value::Real(number) => match decimals {
            Some(decimals) if number.abs() > MAX_PLAIN as f64 && counts(column) => {
                grouped(&format!("{number:.decimals$}"))
            }
            Some(decimals) => format!("{number:.decimals$}"),
            None => text(value),
        },
        Value::Text(time) if look.is_local => {
            local(time, zone, "%Y-%m-%d %H:%M").unwrap_or_else(|| plain(time))
        }
        Value::Text(text) => plain(text),
        value => text(value),
    }
}

/// Text without what a terminal would obey.
fn plain(text: &str) -> String {
    printable(text).into_owned()
}

fn counts(column: &str) -> bool {
    !PLAIN_COLUMNS.contains(&column) && !column.ends_with("_id")
}

/// `-12345.6` as -12,345.6.
fn grouped(number: &str) -> String {
    let (sign, number) = match number.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("", number),
    };
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    format!("{sign}{}{rest}", by_thousands(whole))
}

/// `2016-01-05T09:30:00Z` as the clock here showed it, in a form of `chrono`.
pub(super) fn local<Z: TimeZone>(time: &str, zone: &Z, form: &str) -> Option<String>
where
    Z::Offset: std::fmt::Display,
{
    if time.len() != 20 || !time.ends_with('Z') {
        return None;
    }
    let time = DateTime::parse_from_rfc3339(time).ok()?;
    Some(time.with_timezone(zone).format(form).to_string())
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn one(column: &str, value: Value) -> Records {
        Records::new(&[column], vec![vec![value]])
    }

    fn cell(column: &str, value: Value) -> String {
        let zone = FixedOffset::east_opt(3_600).unwrap();
        let look = Look {
            is_local: true,
            ..Look::default()
        };
        let table = drawn(&sheet(&one(column, value), &[0], look, &zone), look);
        let line = table.lines().nth(3).unwrap();
        line.trim_matches(['│', ' ']).to_owned()
    }

    #[test]
    fn numbers_and_times_are_shown_as_people_write_them() {
        for (column, number, shown) in [
            ("n_articles", 12_345, "12,345"),
            ("n_articles", -1_234_567, "-1,234,567"),
            ("n_articles", 2_016, "2016"),
            ("id", 12_345, "12345"),
            ("article_id", 12_345, "12345"),
            ("start", 12_345, "12345"),
            ("n", i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(cell(column, Value::Integer(number)), shown);
        }
        for (time, shown) in [
            ("2016-01-05T09:30:00Z", "2016-01-05 10:30"),
            ("2016-12-31T23:30:59Z", "2017-01-01 00:30"),
            ("2016-01-05", "2016-01-05"),
            ("2016-99-05T09:30:00Z", "2016-99-05T09:30:00Z"),
        ] {
            assert_eq!(cell("at", Value::Text(time.into())), shown);
        }
        assert_eq!(cell("x", Value::Null), "");
    }

    #[test]
    fn a_table_fits_wraps_by_word_and_cuts_what_is_long() {
        let body = "harbour ".repeat(200);
        let records = Records {
            columns: vec!["id".into(), "body".into()],
            rows: vec![
                vec![Value::Integer(123_456), Value::Text(body)],
                vec![
                    Value::Integer(7),
                    Value::Text("東京 の港 Café e\u{301}🚢 ".repeat(9)),
                ],
            ],
            truncated: false,
        };
        let look = Look {
            width: Some(60),
            ..Look::default()
        };
        let drawn = of_query(&records, look);
        let widths: Vec<usize> = drawn.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{drawn}");
        assert!(widths[0] <= 60, "{drawn}");
        assert!(drawn.contains("│ 123456 ┆ harbour harbour"), "{drawn}");
        assert!(!drawn.contains("harbou "), "{drawn}");
        assert_eq!(drawn.matches('…').count(), 1, "{drawn}");
        assert!(drawn.lines().count() <= 4 + 2 * MAX_LINES, "{drawn}");
    }

    #[test]
    fn color_is_for_those_who_ask() {
        let records = one("name", Value::Null);
        let look = |is_colored| Look {
            is_colored,
            ..Look::default()
        };
        assert!(of_query(&records, look(true)).contains("\x1b[1m"));
        assert!(!of_query(&records, look(false)).contains('\x1b'));
    }
}
