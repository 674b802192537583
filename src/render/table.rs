//! Tables for people: they fit the terminal, wrap by word, and show numbers and times as people write them.

use chrono::{DateTime, Local, TimeZone};
use comfy_table::presets::{ASCII_MARKDOWN, UTF8_FULL_CONDENSED};
use comfy_table::{
    Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Row, Table,
};
use unicode_width::UnicodeWidthStr;

use super::picture::by_thousands;
use super::{Look, text};
use crate::domain::records::{Records, Value};

/// The most lines of a cell; what is longer ends in "…". CSV and JSON give the whole.
const MAX_LINES: usize = 6;
/// Numbers of more digits than this are grouped: years are not.
const MAX_PLAIN: u64 = 9_999;
/// Columns whose numbers name or place something rather than count it.
const PLAIN_COLUMNS: [&str; 9] = [
    "id", "year", "number", "start", "end", "pid", "rowid", "hash", "line",
];

/// A table as wide as the terminal at most.
pub(super) fn of_terminal(records: &Records, look: Look) -> Table {
    drawn(records, look, &Local)
}

fn drawn<Z: TimeZone>(records: &Records, look: Look, zone: &Z) -> Table
where
    Z::Offset: std::fmt::Display,
{
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_truncation_indicator("…");
    let heading = |name: &String| {
        let cell = Cell::new(name);
        if look.is_colored {
            cell.add_attribute(Attribute::Bold)
        } else {
            cell
        }
    };
    table.set_header(records.columns.iter().map(heading));
    if look.is_colored {
        table.enforce_styling();
    }
    if let Some(width) = look.width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width);
    }
    for row in &records.rows {
        let cells = row
            .iter()
            .zip(&records.columns)
            .map(|(value, column)| shown(value, column, look, zone));
        let mut row = Row::from(cells);
        row.max_height(MAX_LINES);
        table.add_row(row);
    }
    align(&mut table, records);
    if let Some(width) = look.width {
        keep_short_columns(&mut table, records, width);
    }
    table
}

/// A table of Markdown, its values as they are.
pub(super) fn of_markdown(records: &Records) -> Table {
    let mut table = Table::new();
    table
        .load_style(ASCII_MARKDOWN)
        .set_header(&records.columns);
    for row in &records.rows {
        table.add_row(row.iter().map(text));
    }
    align(&mut table, records);
    table
}

fn align(table: &mut Table, records: &Records) {
    for (n, column) in table.column_iter_mut().enumerate() {
        let is_number =
            |row: &Vec<Value>| matches!(row[n], Value::Integer(_) | Value::Real(_) | Value::Null);
        if !records.rows.is_empty() && records.rows.iter().all(is_number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// Numbers, times and other short things stay in one line while they leave room for the rest.
fn keep_short_columns(table: &mut Table, records: &Records, width: u16) {
    const SHORT: u16 = 16;
    let widths = table.column_max_content_widths();
    let short = |n: usize| widths[n].max(records.columns[n].width() as u16) <= SHORT;
    let n_short: u16 = (0..widths.len())
        .filter(|n| short(*n))
        .map(|n| widths[n].max(records.columns[n].width() as u16) + 3)
        .sum();
    if u32::from(n_short) * 3 > u32::from(width) * 2 {
        return;
    }
    for (n, column) in table.column_iter_mut().enumerate() {
        if short(n) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
}

fn shown<Z: TimeZone>(value: &Value, column: &str, look: Look, zone: &Z) -> String
where
    Z::Offset: std::fmt::Display,
{
    match value {
        Value::Integer(number) if number.unsigned_abs() > MAX_PLAIN && counts(column) => {
            grouped(*number)
        }
        Value::Text(time) if look.is_local => {
            local(time, zone).unwrap_or_else(|| time.replace(['\t', '\r'], " "))
        }
        Value::Text(text) => text.replace(['\t', '\r'], " "),
        value => text(value),
    }
}

fn counts(column: &str) -> bool {
    !PLAIN_COLUMNS.contains(&column) && !column.ends_with("_id")
}

fn grouped(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    sign.to_owned() + &by_thousands(&number.unsigned_abs().to_string())
}

/// `2016-01-05T09:30:00Z` as the clock here showed it.
fn local<Z: TimeZone>(time: &str, zone: &Z) -> Option<String>
where
    Z::Offset: std::fmt::Display,
{
    if time.len() != 20 || !time.ends_with('Z') {
        return None;
    }
    let time = DateTime::parse_from_rfc3339(time).ok()?;
    Some(
        time.with_timezone(zone)
            .format("%Y-%m-%d %H:%M")
            .to_string(),
    )
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
        let table = drawn(&one(column, value), look, &zone).to_string();
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
        let drawn = of_terminal(&records, look).to_string();
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
        assert!(
            of_terminal(&records, look(true))
                .to_string()
                .contains("\x1b[1m")
        );
        assert!(
            !of_terminal(&records, look(false))
                .to_string()
                .contains('\x1b')
        );
    }
}
