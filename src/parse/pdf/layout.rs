//! Letters to lines: what stands on one baseline belongs together, a gap parts words, a jump to the left begins a line. Files draw
//! their columns one after the other, so the order of drawing is the order of reading. What stands on every page is left out.

use std::collections::HashMap;

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
    let mut lines: Vec<Line> = Vec::new();
    for letter in letters {
        match lines.last_mut() {
            Some(line) if continues(line, letter) => {
                let is_gap = letter.left > line.right + letter.size * 0.15;
                if is_gap && !line.text.ends_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(&letter.text);
                if !letter.text.trim().is_empty() {
                    line.right = letter.right;
                    line.size = line.size.max(letter.size);
                }
            }
            _ if letter.text.trim().is_empty() => {}
            _ => lines.push(Line {
                text: letter.text.clone(),
                left: letter.left,
                right: letter.right,
                baseline: letter.baseline,
                size: letter.size,
                page,
            }),
        }
    }
    for line in &mut lines {
        line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Raised letters, of notes and ordinals, stay on their line; a gap of many letters leads to another column.
fn continues(line: &Line, letter: &Letter) -> bool {
    let size = line.size.max(letter.size);
    (letter.baseline - line.baseline).abs() < size * 0.5
        && letter.left > line.right - size
        && letter.left < line.right + size * 6.0
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
