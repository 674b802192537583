//! A report as one page of HTML that needs nothing else: no network, no script; light or dark as the reader has it; fit for a
//! phone and for paper. All that comes from articles is escaped.

use std::collections::HashSet;

use chrono::Local;

use super::figure::style::{DARK, LIGHT, Palette, rules};
use super::figure::{escaped, inline};
use super::picture::grouped;
use super::table::{local, worth_reading};
use super::words::heading;
use crate::domain::records::{Records, Section, Value};

/// A longer table is folded where a picture shows the same.
const MOST_BESIDE_PICTURE: usize = 12;

/// What a page says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// What it is about.
    pub title: &'a str,
    /// What it was made of and when, each with its name: `Archive`, `archive.db`.
    pub facts: &'a [(&'a str, String)],
}

/// A report as a page; `articles` are those that its sections name: id, date, outlet, title, file.
#[must_use]
pub fn page(head: Head<'_>, sections: &[Section], articles: &Records) -> String {
    let listed: HashSet<i64> = articles
        .rows
        .iter()
        .filter_map(|row| row[0].as_integer())
        .collect();
    let mut parts = Vec::new();
    let mut taken = HashSet::new();
    for section in sections {
        let mut anchor = anchor(&section.key);
        while !taken.insert(anchor.clone()) {
            anchor.push('-');
        }
        parts.push((
            anchor,
            section.title.clone(),
            self::section(section, &listed),
        ));
    }
    if !articles.rows.is_empty() {
        let body = list_of_articles(articles);
        parts.push(("articles-named".into(), "Articles named above".into(), body));
    }
    shell(head, &parts)
}

/// A page of parts, each with anchor, title and its HTML.
pub(super) fn shell(head: Head<'_>, parts: &[(String, String, String)]) -> String {
    let title = escaped(head.title);
    let facts: String = head
        .facts
        .iter()
        .map(|(name, fact)| {
            format!(
                "<div><dt>{}</dt><dd>{}</dd></div>\n",
                escaped(name),
                escaped(fact)
            )
        })
        .collect();
    let links: String = parts
        .iter()
        .map(|(anchor, title, _)| format!("<a href=\"#{anchor}\">{}</a>\n", escaped(title)))
        .collect();
    let nav = match parts {
        [_] => String::new(),
        _ => format!("<nav aria-label=\"Sections\">\n{links}</nav>\n"),
    };
    let body: String = parts
        .iter()
        .map(|(anchor, title, body)| {
            format!(
                "<section id=\"{anchor}\">\n<h2><a href=\"#{anchor}\">{}</a></h2>\n{body}</section>\n",
                escaped(title)
            )
        })
        .collect();
    let style = style();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"microfiche {}\">\n<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<dl>\n{facts}</dl>\n</header>\n{nav}<main>\n{body}</main>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn section(section: &Section, listed: &HashSet<i64>) -> String {
    let mut html = String::new();
    if let Some(note) = &section.note {
        html.push_str(&format!("<p class=\"note\">{}</p>\n", escaped(note)));
    }
    let figure = figure(section);
    html.push_str(&figure);
    let n_rows = section.records.rows.len();
    if n_rows == 0 {
        html.push_str("<p class=\"note\">nothing</p>\n");
    } else if !figure.is_empty() && n_rows > MOST_BESIDE_PICTURE {
        html.push_str(&format!(
            "<details>\n<summary>The numbers</summary>\n{}</details>\n",
            table(section, listed)
        ));
    } else {
        html.push_str(&table(section, listed));
    }
    html
}

/// The picture of a section in a box that scrolls where the screen is narrow.
pub(super) fn figure(section: &Section) -> String {
    inline(section, &anchor(&section.key))
        .map(|svg| format!("<div class=\"sheet\">\n{svg}</div>\n"))
        .unwrap_or_default()
}

/// How the cells of a column look.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// A number that is counted.
    Count,
    /// The number of a thing.
    Number,
    /// The number of an article.
    Article,
    /// A word or a date, which is not broken.
    Short,
    /// A sentence or a title.
    Long,
}

fn look(section: &Section, n: usize) -> Look {
    const SHORT: usize = 24;
    let column = section.records.columns[n].as_str();
    let mut values = section.records.rows.iter().map(|row| &row[n]);
    if values.clone().all(|value| *value == Value::Null) {
        return Look::Short;
    }
    let is_number =
        |value: &Value| matches!(value, Value::Integer(_) | Value::Real(_) | Value::Null);
    if values.clone().all(is_number) {
        return match column {
            _ if section.article_column() == Some(n) => Look::Article,
            _ if column == "id" || column.ends_with("_id") || column == "line" => Look::Number,
            _ => Look::Count,
        };
    }
    let is_short = |value: &Value| super::text(value).chars().count() <= SHORT;
    if values.all(is_short) {
        Look::Short
    } else {
        Look::Long
    }
}

/// A column that is shown.
struct Column {
    n: usize,
    words: String,
    look: Look,
    class: &'static str,
}

impl Column {
    fn of(section: &Section, n: usize) -> Self {
        let name = &section.records.columns[n];
        let look = look(section, n);
        Self {
            n,
            words: escaped(&heading(name)),
            look,
            class: match look {
                Look::Count | Look::Number | Look::Article => "n",
                Look::Short => "s",
                Look::Long => "l",
            },
        }
    }

    /// Whether its values say nothing without its name: numbers, and the ends of a time.
    fn needs_name(&self) -> bool {
        self.class == "n"
            || ["first ", "last "]
                .iter()
                .any(|end| self.words.starts_with(end))
    }
}

/// A table. Where rows are too long for a phone, cells are set one below the other there, with their names where they need them.
fn table(section: &Section, listed: &HashSet<i64>) -> String {
    const MOST_ABREAST: usize = 6;
    let records = &section.records;
    let kept = worth_reading(records, section.for_programs);
    let kept = kept.into_iter().filter(|n| tells(records, *n));
    let mut columns: Vec<Column> = kept.map(|n| Column::of(section, n)).collect();
    let has_sentences = columns.iter().any(|column| column.class == "l");
    let is_wide = has_sentences || columns.len() > MOST_ABREAST;
    let is_time = |words: &str| ["published", "date", "day", "month"].contains(&words);
    match columns.iter_mut().find(|column| column.words != "kind") {
        Some(first) if is_wide && first.class == "s" && !is_time(&first.words) => {
            first.class = "s lead";
        }
        _ => {}
    }
    let mut html = format!(
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table{}>\n<thead><tr>",
        escaped(&section.title),
        if is_wide { " class=\"wide\"" } else { "" }
    );
    for column in &columns {
        let (class, words) = (column.class, &column.words);
        html.push_str(&format!("<th scope=\"col\" class=\"{class}\">{words}</th>"));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &records.rows {
        html.push_str("<tr>");
        for column in &columns {
            let name = if is_wide && column.needs_name() {
                format!(" data-of=\"{}\"", column.words)
            } else {
                String::new()
            };
            html.push_str(&format!(
                "<td class=\"{}\"{name}>{}</td>",
                column.class,
                cell(&row[column.n], column.look, listed)
            ));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table></div>\n");
    html
}

/// Whether a column says something: kinds that are all one do not, since the heading tells them.
fn tells(records: &Records, n: usize) -> bool {
    let mut rows = records.rows.iter();
    let is_one = rows.all(|row| row[n] == records.rows[0][n]);
    !(records.columns[n] == "kind" && records.rows.len() > 2 && is_one)
}

fn cell(value: &Value, look: Look, listed: &HashSet<i64>) -> String {
    match (value, look) {
        (Value::Integer(id), Look::Article) if listed.contains(id) => {
            format!("<a href=\"#article-{id}\">{id}</a>")
        }
        (Value::Integer(_) | Value::Real(_), Look::Count) => {
            grouped(value.as_number().unwrap_or_default())
        }
        (Value::Text(text), _) => escaped(&moment(text)),
        _ => escaped(&super::text(value)),
    }
}

/// A moment by the clock of whoever makes the page, with the zone, since pages are passed on: 2016-02-02 08:00 +01:00.
#[must_use]
pub fn moment(text: &str) -> String {
    local(text, &Local, "%Y-%m-%d %H:%M %:z").unwrap_or_else(|| text.to_owned())
}

fn list_of_articles(articles: &Records) -> String {
    let mut html = String::from("<ol class=\"articles\">\n");
    for row in &articles.rows {
        let [id, date, source, title, file] =
            [0, 1, 2, 3, 4].map(|n| row.get(n).map(super::text).unwrap_or_default());
        let about: Vec<String> = [moment(&date), source, file]
            .iter()
            .filter(|part| !part.is_empty())
            .map(|part| escaped(part))
            .collect();
        html.push_str(&format!(
            "<li id=\"article-{0}\" value=\"{0}\"><cite>{1}</cite> <span class=\"about\">{2}</span></li>\n",
            escaped(&id),
            escaped(&title),
            about.join(" · ")
        ));
    }
    html.push_str("</ol>\n");
    html
}

/// A key as the target of a link.
fn anchor(key: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || c == '_';
    key.chars()
        .map(|c| if is_kept(c) { c } else { '-' })
        .collect()
}

fn style() -> String {
    let colours = |palette: &Palette| {
        format!(
            ":root{{--ground:{};--ink:{};--faint:{};--rule:{};--link:{}}}\n{}",
            palette.ground,
            palette.ink,
            palette.faint,
            palette.rule,
            palette.series[0],
            rules(palette, ".figure")
        )
    };
    format!(
        "{}@media screen and (prefers-color-scheme:dark){{\n{}}}\n{}",
        colours(&LIGHT),
        colours(&DARK),
        include_str!("page.css")
    )
}
