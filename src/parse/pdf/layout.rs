//! Letters to lines: what stands on one baseline belongs together, a gap parts words, a jump to the left begins a line. Files draw
//! their columns one after the other, so the order of drawing is the order of reading. What stands on every page is left out.

use std::collections::HashMap;

use super::direction;
use super::letters::{Letter, Letters};

/// A line as it stands on its page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    pub(super) page: usize,
}

/// So many lines at the top and at the bottom of a page may be its head and foot.
const N_MARGIN: usize = 3;

/// The lines of all pages, without running heads and page numbers.
pub(super) fn lines(pages: &[Letters]) -> Vec<Line> {
    let pages: Vec<Vec<Line>> = pages
        .iter()
        .enumerate()
        .map(|(number, letters)| of_page(letters, number))
        .collect();
    let heads = running_heads(&pages);
    pages
        .into_iter()
        .flat_map(|lines| {
            let margin = margin(&lines);
            let is_head = |at: usize, line: &Line| {
                margin.contains(&at)
                    && (heads.contains(&pattern(&line.text)) || is_page_number(&line.text))
            };
            let kept = lines
                .iter()
                .enumerate()
                .filter(|(at, line)| !is_head(*at, line));
            kept.map(|(_, line)| line.clone()).collect::<Vec<_>>()
        })
        .collect()
}

fn of_page(letters: &[Letter], page: usize) -> Vec<Line> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for letter in letters {
        match rows.last_mut() {
            Some(row) if row.continues(letter) => row.add(letter),
            _ if letter.text.trim().is_empty() => {}
            _ => rows.push(Row::new(letter)),
        }
    }
    // A line with more words of another script is still read as its page is.
    let runs_left = direction::runs_left(letters.iter());
    let mut lines: Vec<Line> = rows.iter().map(|row| row.line(page, runs_left)).collect();
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// The letters of a line, in the order of drawing.
struct Row<'a> {
    letters: Vec<&'a Letter>,
    left: f64,
    /// Of the letter drawn last.
    right: f64,
    /// Of all its letters.
    farthest: f64,
    baseline: f64,
    size: f64,
    is_rtl: bool,
}

impl<'a> Row<'a> {
    fn new(letter: &'a Letter) -> Self {
        Self {
            letters: vec![letter],
            left: letter.left,
            right: letter.right,
            farthest: letter.right,
            baseline: letter.baseline,
            size: letter.size,
            is_rtl: direction::is_rtl(&letter.text),
        }
    }

    /// Raised letters, of notes and ordinals, stay on their line; a gap of many letters leads to another column. Letters of
    /// scripts that run from right to left are drawn in any order.
    fn continues(&self, letter: &Letter) -> bool {
        let size = self.size.max(letter.size);
        let (low, high) = if self.is_rtl || direction::is_rtl(&letter.text) {
            (self.left - size * 6.0, self.farthest + size * 6.0)
        } else {
            (self.right - size, self.right + size * 6.0)
        };
        (letter.baseline - self.baseline).abs() < size * 0.5
            && letter.left > low
            && letter.left < high
    }

    fn add(&mut self, letter: &'a Letter) {
        self.letters.push(letter);
        if !letter.text.trim().is_empty() {
            self.left = self.left.min(letter.left);
            self.right = letter.right;
            self.farthest = self.farthest.max(letter.right);
            self.size = self.size.max(letter.size);
            self.is_rtl |= direction::is_rtl(&letter.text);
        }
    }

    fn line(&self, page: usize, page_runs_left: bool) -> Line {
        let runs_left =
            self.is_rtl && (page_runs_left || direction::runs_left(self.letters.iter().copied()));
        let text = if self.is_rtl {
            direction::text(&self.letters, runs_left)
        } else {
            self.text()
        };
        // Lines that are read from the right begin there: seen in a mirror they are like all others.
        let (left, right) = if runs_left {
            (-self.farthest, -self.left)
        } else {
            (self.letters[0].left, self.right)
        };
        Line {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            left,
            right,
            baseline: self.baseline,
            size: self.size,
            page,
        }
    }

    fn text(&self) -> String {
        let (mut text, mut right) = (String::new(), f64::INFINITY);
        for letter in &self.letters {
            let is_gap = letter.left > right + letter.size * 0.15;
            if is_gap && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(&letter.text);
            if !letter.text.trim().is_empty() {
                right = letter.right;
            }
        }
        text
    }
}

/// Which of a page's lines stand at its top and bottom.
fn margin(lines: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*a].baseline.total_cmp(&lines[*b].baseline));
    let n_bottom = order.len().saturating_sub(N_MARGIN);
    let mut margin = order.split_off(n_bottom);
    order.truncate(N_MARGIN);
    margin.extend(order);
    margin
}

/// What stands in the margin of most pages, its numbers aside.
fn running_heads(pages: &[Vec<Line>]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for lines in pages {
        let mut patterns: Vec<String> = margin(lines)
            .into_iter()
            .map(|at| pattern(&lines[at].text))
            .collect();
        patterns.sort();
        patterns.dedup();
        for pattern in patterns {
            *counts.entry(pattern).or_default() += 1;
        }
    }
    // Left and right pages may differ, so a third of them is enough.
    let enough = (pages.len() / 3).max(2);
    counts.retain(|_, count| *count >= enough);
    counts.into_keys().collect()
}

fn pattern(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_numeric() { '0' } else { c });
    let pattern: String = letters.collect::<String>().to_lowercase();
    pattern.replace("00", "0").replace("00", "0")
}

/// `7`, `- 7 -`, `Page 7 of 12`, `7/12`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_number =
        |word: &String| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_filler = |word: &String| {
        matches!(
            word.as_str(),
            "page" | "of" | "seite" | "von" | "p" | "s" | "pagina" | "de"
        )
    };
    (1..=4).contains(&words.len())
        && words.iter().any(is_number)
        && words.iter().all(|word| is_number(word) || is_filler(word))
        && !(words.len() == 1 && words[0].len() == 4)
}
