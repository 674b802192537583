//! `report dossier NAME` as a document: what its sections say, in lines that each cite an article and a span.

use std::collections::{BTreeMap, HashSet};

use crate::domain::records::{Section, Value};
use crate::domain::scope::Scope;
use crate::render::document::{Citation, Document, Line, Part};
use crate::render::page::Head;
use crate::store::{Store, StoreError};

/// What the archive says of an entity. The kind has said who is meant; it does not say which company is wanted.
pub(super) fn sections(
    store: &Store,
    id: i64,
    scope: &mut Scope,
) -> Result<Vec<Section>, StoreError> {
    scope.kind = None;
    store.read(|reader| reader.dossier(id, scope))
}

/// The sections of a dossier as a document.
pub(super) fn document<'a>(
    store: &Store,
    sections: &[Section],
    head: Head<'a>,
    limit: usize,
) -> Result<Document<'a>, StoreError> {
    let mut lead = Vec::new();
    let mut parts = Vec::new();
    for section in sections {
        match section.key.as_str() {
            "entity" => lead.extend(rows(section).map(summary)),
            "known" => lead.extend(rows(section).map(known)),
            "months" | "years" if section.records.rows.len() > 1 => parts.push(Part {
                title: "Articles over time".into(),
                picture: Some(section.clone()),
                ..Part::default()
            }),
            "months" | "years" => {}
            _ => parts.push(part(section, limit)),
        }
    }
    complete(store, &mut parts)?;
    Ok(Document { head, lead, parts })
}

fn part(section: &Section, limit: usize) -> Part {
    let line: fn(Row<'_>) -> Line = match section.key.as_str() {
        "names" => name,
        "roles" => role,
        "chronology" => event,
        "quotes_by" => quote,
        "quotes_about" => quote_about,
        "articles" => article,
        _ => companion,
    };
    let mut lines: Vec<Line> = Vec::new();
    for mut line in rows(section).map(line) {
        match lines.last_mut() {
            // A role that was printed in several articles comes with the first and the last of them.
            Some(last) if section.key == "roles" && last.text == line.text => {
                last.citations.append(&mut line.citations);
            }
            _ => lines.push(line),
        }
    }
    let is_cut = section.records.rows.len() == limit && section.key != "articles";
    let cut = is_cut.then(|| format!("{limit} rows, more with --limit"));
    let notes: Vec<String> = section.note.clone().into_iter().chain(cut).collect();
    Part {
        title: section.title.clone(),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        picture: None,
        lines,
    }
}

/// A row of a section, asked by column.
#[derive(Clone, Copy)]
struct Row<'a> {
    section: &'a Section,
    row: &'a [Value],
}

fn rows(section: &Section) -> impl Iterator<Item = Row<'_>> {
    section
        .records
        .rows
        .iter()
        .map(move |row| Row { section, row })
}

impl Row<'_> {
    fn text(&self, column: &str) -> &str {
        let n = self.section.column(column);
        n.and_then(|n| self.row[n].as_text()).unwrap_or_default()
    }

    fn number(&self, column: &str) -> i64 {
        let n = self.section.column(column);
        n.and_then(|n| self.row[n].as_integer()).unwrap_or_default()
    }

    fn count(&self, column: &str, one: &str, many: &str) -> String {
        match self.number(column) {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        }
    }

    fn citations(&self) -> Vec<Citation> {
        vec![Citation {
            article: self.number("article_id"),
            start: self.number("start"),
            end: self.number("end"),
        }]
    }

    fn day(&self, column: &str) -> String {
        self.text(column).chars().take(10).collect()
    }

    /// `2016-01-05 to 2016-02-12`, or as much as is known.
    fn time(&self) -> String {
        let (first, last) = (self.day("first_seen"), self.day("last_seen"));
        match (first.is_empty(), first == last) {
            (true, _) => String::new(),
            (_, true) => first,
            _ => format!("{first} to {last}"),
        }
    }
}

fn summary(row: Row<'_>) -> String {
    let time = row.time();
    format!(
        "{}: {}, named {} in {}{}.",
        row.text("name"),
        row.text("kind"),
        row.count("n_mentions", "time", "times"),
        row.count("n_articles", "article", "articles"),
        if time.is_empty() {
            String::new()
        } else {
            format!(", {time}")
        }
    )
}

fn known(row: Row<'_>) -> String {
    let mut facts = vec![row.text("description").to_owned()];
    for (column, words) in [
        ("part_of", "part of"),
        ("country", "country"),
        ("wikidata_id", "Wikidata"),
    ] {
        if !row.text(column).is_empty() {
            facts.push(format!("{words} {}", row.text(column)));
        }
    }
    format!("Known without the articles: {}.", facts.join(", "))
}

fn name(row: Row<'_>) -> Line {
    Line {
        text: format!(
            "{} ({})",
            row.text("name"),
            row.count("n_articles", "article", "articles")
        ),
        citations: row.citations(),
        ..Line::default()
    }
}

fn role(row: Row<'_>) -> Line {
    let place = if row.text("place") == "quotation" {
        ", in a quotation"
    } else {
        ""
    };
    Line {
        lead: row.time(),
        text: format!(
            "{} ({}{place})",
            row.text("role"),
            row.count("n_articles", "article", "articles")
        ),
        citations: row.citations(),
        article: None,
    }
}

fn event(row: Row<'_>) -> Line {
    Line {
        lead: row.text("date").to_owned(),
        text: row.text("sentence").to_owned(),
        citations: row.citations(),
        article: None,
    }
}

fn companion(row: Row<'_>) -> Line {
    Line {
        text: format!(
            "{} ({}), together in {}",
            row.text("name"),
            row.text("kind"),
            row.count("n_articles", "article", "articles")
        ),
        citations: row.citations(),
        ..Line::default()
    }
}

fn quote(row: Row<'_>) -> Line {
    let cue = row.text("cue");
    let cue = if cue.is_empty() {
        String::new()
    } else {
        format!("{cue}: ")
    };
    Line {
        lead: row.day("date"),
        text: format!("{cue}“{}”", row.text("quote")),
        citations: row.citations(),
        article: None,
    }
}

fn quote_about(row: Row<'_>) -> Line {
    let speaker = row.text("speaker");
    let speaker = if speaker.is_empty() {
        "somebody"
    } else {
        speaker
    };
    Line {
        text: format!("{speaker}: “{}”", row.text("quote")),
        ..quote(row)
    }
}

fn article(row: Row<'_>) -> Line {
    let id = row.number("article_id");
    let particulars = [
        row.day("date"),
        row.text("source").to_owned(),
        format!("“{}”", row.text("title")),
        match row.number("n_mentions") {
            0 => String::new(),
            _ => row.count("n_mentions", "mention", "mentions"),
        },
        row.text("file").to_owned(),
    ];
    let said = particulars.iter().filter(|part| !part.is_empty());
    Line {
        lead: id.to_string(),
        text: said.map(String::as_str).collect::<Vec<_>>().join(" · "),
        citations: row.citations(),
        article: Some(id),
    }
}

/// Articles that are cited though no mention stands in them join the list of articles.
fn complete(store: &Store, parts: &mut Vec<Part>) -> Result<(), StoreError> {
    let lines = || parts.iter().flat_map(|part| &part.lines);
    let listed: HashSet<i64> = lines().filter_map(|line| line.article).collect();
    let mut lacking: BTreeMap<i64, Citation> = BTreeMap::new();
    for citation in lines().flat_map(|line| &line.citations) {
        if !listed.contains(&citation.article) {
            lacking.entry(citation.article).or_insert(*citation);
        }
    }
    let ids: Vec<i64> = lacking.keys().copied().collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut cited = Section::new(
        "Other articles cited",
        store.read(|reader| reader.articles_cited(&ids))?,
    );
    "article_id".clone_into(&mut cited.records.columns[0]);
    let mut lines: Vec<Line> = rows(&cited).map(article).collect();
    for line in &mut lines {
        let known = line.article.and_then(|id| lacking.get(&id));
        line.citations = known.copied().into_iter().collect();
    }
    parts.push(Part {
        title: cited.title,
        lines,
        ..Part::default()
    });
    Ok(())
}
