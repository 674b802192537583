//! Lines to paragraphs: where a gap, an indent, other letters or a short line say that one ends. Words parted at a line's end are
//! mended. The largest letters on the first page are the heading.

use std::collections::HashSet;

use super::layout::Line;

/// The text of a file, in reading order.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Prose {
    pub(super) heading: Option<String>,
    pub(super) paragraphs: Vec<String>,
}

/// A heading stands among the first paragraphs …
const MAX_ABOVE_HEADING: usize = 6;

/// … in letters so much larger than the text's.
const HEADING_SIZE: f64 = 1.15;

struct Paragraph {
    text: String,
    size: f64,
    page: usize,
}

pub(super) fn of(lines: &[Line]) -> Prose {
    let body_size = usual(lines.iter().map(|line| (line.size, line.text.len())));
    let pitch = pitch(lines);
    let parted = parted_words(lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut above: Option<&Line> = None;
    let right = right_edges(lines);
    for (line, right) in lines.iter().zip(&right) {
        let goes_on = above.is_some_and(|above| !begins(above, line, *right, pitch));
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on => join(&mut paragraph.text, &line.text, &parted),
            _ => paragraphs.push(Paragraph {
                text: line.text.clone(),
                size: line.size,
                page: line.page,
            }),
        }
        above = Some(line);
    }
    let largest = paragraphs
        .iter()
        .take(MAX_ABOVE_HEADING)
        .enumerate()
        .filter(|(_, one)| one.page == 0 && one.size > body_size * HEADING_SIZE)
        .max_by(|(a, one), (b, other)| one.size.total_cmp(&other.size).then(b.cmp(a)))
        .map(|(at, _)| at);
    let heading = largest.map(|at| paragraphs.remove(at).text);
    Prose {
        heading,
        paragraphs: paragraphs.into_iter().map(|one| one.text).collect(),
    }
}

/// Whether `line` begins a paragraph below `above`.
fn begins(above: &Line, line: &Line, right: f64, pitch: f64) -> bool {
    let size = above.size.max(line.size);
    if (above.size - line.size).abs() > size * 0.1 {
        return true;
    }
    let is_sentence_over = above
        .text
        .ends_with(['.', '!', '?', ':', '”', '"', '’', '»', ')']);
    let drop = line.baseline - above.baseline;
    // At the head of the next column or page it goes on where its sentence does.
    if line.page != above.page || drop < 0.0 {
        return is_sentence_over
            || line.text.starts_with(char::is_uppercase)
                && !above.text.ends_with(['-', ','])
                && is_short(above, right, size);
    }
    let is_indented = line.left > above.left + size * 0.8 && line.left < above.left + size * 6.0;
    drop > pitch * size * 1.25
        || is_indented
        || is_sentence_over && is_short(above, right, size)
        || ends_early(above, line, right, size)
}

fn is_short(line: &Line, right: f64, size: f64) -> bool {
    line.right < right - size * 3.0
}

/// Whether the next line's first word had room on this one: then somebody ended it there.
fn ends_early(above: &Line, line: &Line, right: f64, size: f64) -> bool {
    let first = line.text.split(' ').next().unwrap_or_default();
    let share = first.chars().count() as f64 / line.text.chars().count().max(1) as f64;
    let room = right - above.right;
    room > (line.right - line.left) * share + size * 2.0 && !above.text.ends_with('-')
}

/// For each line, the right edge of the column that the line above it stands in: the farthest but one of those near it that
/// begin where it does, in letters like its own.
fn right_edges(lines: &[Line]) -> Vec<f64> {
    const N_NEIGHBOURS: usize = 6;
    let edge = |at: usize| {
        let line = &lines[at];
        let near = at.saturating_sub(N_NEIGHBOURS)..(at + N_NEIGHBOURS).min(lines.len());
        let is_like = |other: &&Line| {
            (other.left - line.left).abs() < line.size * 4.0
                && (other.size - line.size).abs() < line.size * 0.1
                && other.page == line.page
        };
        let mut edges: Vec<f64> = lines[near]
            .iter()
            .filter(is_like)
            .map(|other| other.right)
            .collect();
        edges.sort_by(|a, b| b.total_cmp(a));
        let but_one = usize::from(edges.len() > 3);
        edges.get(but_one).copied().unwrap_or(line.right)
    };
    (0..lines.len())
        .map(|at| edge(at.saturating_sub(1)))
        .collect()
}

/// The usual distance of lines, in sizes of their letters.
fn pitch(lines: &[Line]) -> f64 {
    let drops = lines.windows(2).filter_map(|pair| {
        let drop = (pair[1].baseline - pair[0].baseline) / pair[1].size;
        let is_next = pair[0].page == pair[1].page && (0.8..2.5).contains(&drop);
        is_next.then_some(((drop * 20.0).round() / 20.0, 1))
    });
    match usual(drops) {
        pitch if pitch > 0.0 => pitch,
        _ => 1.2,
    }
}

/// The value of the most weight; 0 if there is none.
fn usual(values: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut weights: Vec<(f64, usize)> = Vec::new();
    for (value, weight) in values {
        let known = weights
            .iter()
            .position(|(known, _)| (known - value).abs() < 0.05);
        match known {
            Some(at) => weights[at].1 += weight,
            None if weights.len() < 200 => weights.push((value, weight)),
            None => {}
        }
    }
    weights
        .into_iter()
        .max_by_key(|(_, weight)| *weight)
        .map_or(0.0, |(value, _)| value)
}

/// Words that the file writes with a hyphen within a line: a hyphen of theirs at a line's end stays.
fn parted_words(lines: &[Line]) -> HashSet<String> {
    let words = lines.iter().flat_map(|line| line.text.split_whitespace());
    words
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| word.contains('-'))
        .collect()
}

fn join(text: &mut String, line: &str, parted: &HashSet<String>) {
    let is_broken = text.ends_with(['-', '\u{2010}', '\u{ad}'])
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && line.starts_with(char::is_lowercase);
    if !is_broken {
        // A hyphen that stays is followed by no space: `Anglo-` `American`.
        let is_compound =
            text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
        if !is_compound {
            text.push(' ');
        }
        text.push_str(line);
        return;
    }
    let start = text.rsplit(' ').next().unwrap_or_default();
    let end = line.split(' ').next().unwrap_or_default();
    let word = format!("{start}{end}");
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    if !parted.contains(&word) || text.ends_with('\u{ad}') {
        text.pop();
    }
    text.push_str(line);
}
