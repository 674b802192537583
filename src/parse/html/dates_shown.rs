//! The dates that a page shows: marked up as such, or printed near the headline in a line that says little else.

use chrono::Datelike;

use super::boxes;
use super::page::{Page, is_inline};
use crate::domain::article::PublishedOrigin as Origin;
use crate::parse::printed_date::{self, Counts, Order, Stated};

/// Beginnings of words for a later change, in the names of elements and in print.
const CHANGES: &[&str] = &[
    "updat",
    "modif",
    "last ",
    "lastmod",
    "aktualis",
    "actualiz",
    "atualiz",
    "actualis",
    "mis à jour",
    "aggiornat",
    "bijgewerkt",
    "обновлен",
    "изменен",
    "güncelle",
    "oppdater",
    "uppdater",
    "opdater",
    "zaktualiz",
    "diperbarui",
    "수정",
    "更新",
    "修改",
];

/// Beginnings of words that say that a date is the publication's.
const PUBLISHED: &[&str] = &[
    "publi",
    "pubdate",
    "posted",
    "first ",
    "entry",
    "created",
    "issued",
    "released",
    "dated",
    "date",
    "veröffentlicht",
    "erstellt",
    "datum",
    "pubblicat",
    "fecha",
    "data",
    "mis en ligne",
    "опубликован",
    "дата",
    "gepubliceerd",
    "geplaatst",
    "julkaistu",
    "udgivet",
    "opublikowan",
    "dodano",
    "yayın",
    "tarih",
    "eklenme",
    "tanggal",
    "diterbitkan",
    "ngày",
    "입력",
    "등록",
    "기사입력",
    "发布",
    "发表",
    "時間",
    "时间",
    "日期",
    "公開",
    "掲載",
    "تاريخ",
];

/// How far from the headline a date is the article's, in nodes of the page.
const MAX_DISTANCE: usize = 400;
/// The same above the headline, where the outlet prints today's date not much higher.
const MAX_DISTANCE_ABOVE: usize = 24;
/// A line of more characters is text.
const MAX_LINE_CHARS: usize = 140;
/// A line of more words is text, unless it is named for the date.
const MAX_WORDS: usize = 12;

/// Dates in the markup.
pub(super) struct Marked {
    /// Those of the publication, the surest first.
    pub(super) published: Vec<(String, Origin)>,
    /// The first near the headline that is marked as a change.
    pub(super) changed: Option<String>,
}

/// Dates in print.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Printed {
    /// In a line that says so, or that is named so.
    pub(super) sure: Option<Stated>,
    /// In a short line near the headline.
    pub(super) likely: Option<Stated>,
    /// The same, if it stands below the headline or in one box with it, where no outlet prints today's date.
    pub(super) beside: Option<Stated>,
    /// In a line that tells of a change: good for telling the outlet's day from that of UTC.
    pub(super) changed: Option<Stated>,
}

/// What a line says of its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Publication,
    Change,
    Nothing,
}

/// Dates in the markup: microdata first, then `<time>`, those near the headline.
pub(super) fn marked(page: &Page, headline: Option<usize>) -> Marked {
    let start = headline.map_or(0, |at| at.saturating_sub(MAX_DISTANCE_ABOVE));
    let is_near =
        |at: usize| headline.is_none_or(|headline| at >= start && at <= headline + MAX_DISTANCE);
    let mut found: Vec<(u8, usize, String, Origin)> = Vec::new();
    let mut changed = None;
    for at in 0..page.len() {
        let prop = page.attr(at, "itemprop").unwrap_or_default();
        let is_published = prop
            .split(' ')
            .any(|word| matches!(word, "datePublished" | "dateCreated"));
        let is_time = page.tag(at) == "time";
        if !is_published && !is_time
            || page.tag(at) == "meta"
            || boxes::is_other(page, at, headline)
        {
            continue;
        }
        let words = page.words(at);
        let names_it = is_published
            || page.has_attr(at, "pubdate")
            || ["publi", "posted", "entry", "pubdate", "created"]
                .iter()
                .any(|stem| words.contains(stem));
        let text = value(page, at);
        if prop.contains("dateModified") || !words.contains("publi") && is_change(page, at) {
            if is_near(at) {
                changed.get_or_insert(text);
            }
            continue;
        }
        let is_above = headline.is_some_and(|headline| at < headline);
        let (rank, origin) = match (is_published, names_it, is_near(at)) {
            (true, ..) => (0, Origin::Microdata),
            (_, true, true) => (1, Origin::TimeElement),
            (.., true) => (if is_above { 3 } else { 2 }, Origin::TimeElement),
            _ => continue,
        };
        found.push((rank, at, text, origin));
        if found.len() > 40 {
            break;
        }
    }
    found.sort_by_key(|(rank, at, ..)| (*rank, *at));
    let published = found.into_iter().take(3);
    Marked {
        published: published
            .map(|(_, _, text, origin)| (text, origin))
            .collect(),
        changed,
    }
}

fn value(page: &Page, at: usize) -> String {
    [
        "datetime",
        "content",
        "data-datetime",
        "data-published",
        "title",
    ]
    .iter()
    .find_map(|name| page.attr(at, name))
    .map_or_else(|| page.text_of(at), str::to_owned)
}

/// Whether an element, or what holds it closely, is named for a change or says that it tells of one.
fn is_change(page: &Page, at: usize) -> bool {
    let names_change = |at: usize| {
        page.words(at)
            .split(' ')
            .any(|word| starts_with(word, CHANGES))
            && !page.words(at).contains("publi")
    };
    names_change(at)
        || page.ancestors(at).take(2).any(names_change)
        || starts_with(&page.text_of(at).to_lowercase(), CHANGES)
        || starts_with(&before(page, at).to_lowercase(), CHANGES)
}

/// The text right before an element.
fn before(page: &Page, at: usize) -> &str {
    let previous = at.saturating_sub(1);
    if page.is_text(previous) {
        page.node(previous).text.trim()
    } else {
        ""
    }
}

fn starts_with(text: &str, stems: &[&str]) -> bool {
    !text.is_empty() && stems.iter().any(|stem| text.starts_with(stem))
}

/// The day that is printed near the headline, in a line of its own or in an element named for it.
pub(super) fn printed(page: &Page, headline: Option<usize>, order: Order) -> Printed {
    let mut found = Printed::default();
    let (mut below, mut above) = (None, None);
    let from = headline.unwrap_or(0).saturating_sub(MAX_DISTANCE_ABOVE);
    let to = headline.map_or(page.len(), |headline| {
        (headline + MAX_DISTANCE).min(page.len())
    });
    let (mut at, mut block_end) = (from, from);
    while at < to {
        let start = at;
        at += 1;
        if !page.is_text(start) || page.node(start).text.trim().is_empty() || start < block_end {
            continue;
        }
        let Some(block) = block_of(page, start) else {
            continue;
        };
        let Some((stated, said)) = in_line(page, start, block, &mut block_end, order) else {
            continue;
        };
        let is_headline =
            headline.is_some_and(|headline| (headline..page.end(headline)).contains(&start));
        if is_headline
            || boxes::is_other(page, start, headline)
            || is_masthead(page, start, headline)
        {
            continue;
        }
        if said == Said::Change {
            found.changed.get_or_insert(stated);
            continue;
        }
        let is_below = headline.is_some_and(|headline| start > headline);
        if said == Said::Publication || is_below && is_named(page, start) {
            found.sure = Some(stated);
            return found;
        }
        if is_below {
            below.get_or_insert(stated);
        } else if let Some(headline) = headline {
            // The nearest: outlets print today's date on top.
            above = Some((stated, shares_box(page, start, headline)));
        }
    }
    found.likely = below.or(above.map(|(stated, _)| stated));
    found.beside = below.or(above
        .filter(|(_, is_beside)| *is_beside)
        .map(|(stated, _)| stated));
    found
}

/// Whether a box smaller than the page's body holds both.
fn shares_box(page: &Page, at: usize, headline: usize) -> bool {
    let shared = page.ancestors(at).find(|at| headline < page.end(*at));
    shared.is_some_and(|shared| !matches!(page.tag(shared), "body" | "html"))
}

/// Whether a text stands in the head of the site, where today's date is printed.
fn is_masthead(page: &Page, at: usize, headline: Option<usize>) -> bool {
    const NAMES: &[&str] = &[
        "masthead", "site", "topbar", "navbar", "toolbar", "menu", "today", "current", "clock",
        "branding", "logo",
    ];
    page.ancestors(at)
        .take_while(|at| headline.is_none_or(|headline| headline >= page.end(*at)))
        .take_while(|at| !matches!(page.tag(*at), "article" | "main" | "body" | "html"))
        .any(|at| {
            page.words(at)
                .split(' ')
                .any(|word| NAMES.iter().any(|name| word.starts_with(name)))
        })
}

/// The day in a line. Pages about older days are of younger ones.
fn day_on(line: &str, order: Order) -> Option<Stated> {
    const FIRST_YEAR: i32 = 1900;
    printed_date::day_in(line, order).filter(|stated| stated.day.year() >= FIRST_YEAR)
}

/// The order of the page's own dates in numbers, if some of them can be read in one way only.
pub(super) fn order_on(page: &Page) -> Order {
    let mut counts = Counts::default();
    for at in (0..page.len()).filter(|at| page.is_text(*at)) {
        let text = &page.node(at).text;
        if text.len() <= MAX_LINE_CHARS && text.contains(['/', '.', '-']) {
            counts.add(text);
        }
    }
    counts.order()
}

/// The nearest box of a text that is none of scripts and forms.
fn block_of(page: &Page, at: usize) -> Option<usize> {
    let block = page.ancestors(at).find(|at| !is_inline(page.tag(*at)))?;
    let is_text = !matches!(
        page.tag(block),
        "script"
            | "style"
            | "noscript"
            | "option"
            | "select"
            | "textarea"
            | "title"
            | "head"
            | "button"
            | "template"
    );
    is_text.then_some(block)
}

/// The date in a line: the whole block where that is one line, else the piece of text. Says whether the line calls it the
/// publication's.
fn in_line(
    page: &Page,
    at: usize,
    block: usize,
    block_end: &mut usize,
    order: Order,
) -> Option<(Stated, Said)> {
    const MAX_BLOCK_NODES: usize = 40;
    let own = page.node(at).text.trim();
    let whole = (page.end(block) - block <= MAX_BLOCK_NODES)
        .then(|| page.spaced_text_of(block))
        .filter(|whole| whole.chars().count() <= MAX_LINE_CHARS);
    if whole.is_some() {
        *block_end = page.end(block);
    }
    let line = whole.as_deref().unwrap_or(own);
    if line.chars().count() > MAX_LINE_CHARS || !line.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let whole_line = line;
    let folded = line.to_lowercase();
    let lower = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (line, said) = if starts_with(lower, PUBLISHED) {
        (before_change(line), Said::Publication)
    } else if !starts_with(lower, CHANGES) {
        (before_change(line), Said::Nothing)
    } else if let Some(at) = said_later(line) {
        // Updated 5 May 2016 | Published 4 May 2016
        (&line[at..], Said::Publication)
    } else {
        (line, Said::Change)
    };
    let (stated, said) = match day_on(line, order) {
        Some(stated) => (stated, said),
        None => (day_on(whole_line, order)?, Said::Change),
    };
    let n_words = line.split_whitespace().count();
    (n_words <= MAX_WORDS || is_named(page, at)).then_some((stated, said))
}

/// Where a line says after its beginning that a date is the publication's.
fn said_later(line: &str) -> Option<usize> {
    [
        "Publi", "publi", "PUBLI", "Original", "original", "Posted", "posted", "Created", "First ",
    ]
    .iter()
    .find_map(|word| line.find(word))
}

/// A line up to where it tells of a change.
fn before_change(line: &str) -> &str {
    let at = [
        "Updated",
        "updated",
        "UPDATED",
        "Modified",
        "modified",
        "aktualisiert",
        "Aktualisiert",
        "Mis à jour",
        "mis à jour",
        "actualizado",
        "Actualizado",
        "atualizado",
        "Atualizado",
    ]
    .iter()
    .filter_map(|word| line.find(word))
    .min();
    &line[..at.unwrap_or(line.len())]
}

/// Whether an element, or what holds it closely, is named for a date.
fn is_named(page: &Page, at: usize) -> bool {
    const NAMES: &[&str] = &[
        "date",
        "time",
        "timestamp",
        "publi",
        "posted",
        "byline",
        "meta",
        "dateline",
        "created",
        "info",
        "fecha",
        "data",
        "datum",
        "pubdate",
        "tarih",
        "tanggal",
    ];
    page.ancestors(at).take(3).any(|at| {
        page.tag(at) == "time"
            || page
                .words(at)
                .split(' ')
                .any(|word| NAMES.iter().any(|name| word.starts_with(name)))
    })
}
