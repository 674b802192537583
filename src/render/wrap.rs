//! Text broken into lines where a typesetter may break it, and how wide the columns of a table can be.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A longer word is no reason to give up a table: it is broken.
const MOST_WORD: usize = 24;
/// What is longer is prose, which nobody reads in a narrower column than that.
const PROSE: usize = 40;
const LEAST_PROSE: usize = 20;

/// What a column asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Need {
    /// Its longest word.
    least: usize,
    /// Its longest line.
    whole: usize,
}

impl Need {
    /// Makes room for one more cell.
    pub(super) fn hold(&mut self, text: &str) {
        for line in text.lines() {
            let whole = line.width();
            self.whole = self.whole.max(whole);
            // A line that is no wider than the longest word so far has none that is longer.
            if whole > self.least {
                let words = pieces(line).map(|piece| piece.trim_end().width());
                let word = words.max().unwrap_or_default().min(MOST_WORD);
                self.least = self.least.max(word);
            }
        }
    }

    fn least(self) -> usize {
        if self.whole > PROSE {
            self.least.max(LEAST_PROSE)
        } else {
            self.least
        }
    }
}

/// How wide each column is, so that all have room: none narrower than its longest word, the short ones whole, the long ones
/// alike. Nothing, where there is no such way.
pub(super) fn widths(needs: &[Need], room: usize) -> Option<Vec<usize>> {
    let at = |level: usize| -> Vec<usize> {
        let width = |need: &Need| need.whole.min(level.max(need.least()));
        needs.iter().map(width).collect()
    };
    let fits = |level: usize| at(level).iter().sum::<usize>() <= room;
    if !fits(0) {
        return None;
    }
    let (mut fitting, mut too_wide) = (0, room + 1);
    while fitting + 1 < too_wide {
        let level = usize::midpoint(fitting, too_wide);
        if fits(level) {
            fitting = level;
        } else {
            too_wide = level;
        }
    }
    let mut widths = at(fitting);
    let mut left = room - widths.iter().sum::<usize>();
    for (width, need) in widths.iter_mut().zip(needs) {
        if left > 0 && *width < need.whole {
            *width += 1;
            left -= 1;
        }
    }
    Some(widths)
}

/// The lines of a text, at most `width` wide and at most `n_lines`; what is cut off ends in "…".
pub(super) fn wrapped(text: &str, width: usize, n_lines: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        if paragraph.width() <= width {
            lines.push(paragraph.to_owned());
            continue;
        }
        let mut line = String::new();
        for piece in pieces(paragraph) {
            if !line.is_empty() && line.width() + piece.trim_end().width() > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(piece);
            while line.trim_end().width() > width {
                let rest = line.split_off(end_of_line(&line, width));
                lines.push(std::mem::replace(&mut line, rest));
            }
            if lines.len() > n_lines {
                return cut(lines, width, n_lines);
            }
        }
        lines.push(line);
    }
    if lines.len() > n_lines {
        return cut(lines, width, n_lines);
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

fn cut(mut lines: Vec<String>, width: usize, n_lines: usize) -> Vec<String> {
    lines.truncate(n_lines);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    if let Some(last) = lines.last_mut() {
        if last.width() + 1 > width {
            // Whole words, unless the script has none.
            let word = last.rfind(' ').unwrap_or_default();
            last.truncate(if word * 2 > last.len() {
                word
            } else {
                last.len()
            });
        }
        while last.width() + 1 > width {
            last.pop();
        }
        last.push('…');
    }
    lines
}

/// The text cut at every place where a line may end.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = linebreaks(line).filter(|(_, kind)| {
        // The end of the text is told as a break that must be.
        matches!(
            kind,
            BreakOpportunity::Allowed | BreakOpportunity::Mandatory
        )
    });
    ends.map(move |(end, _)| {
        let piece = &line[start..end];
        start = end;
        piece
    })
}

/// Where a word ends that is too long for a line: behind the last sign that parts a path or a name, else where it is full.
fn end_of_line(word: &str, width: usize) -> usize {
    let mut so_wide = 0;
    let (mut full, mut parted) = (0, 0);
    for (at, c) in word.char_indices() {
        so_wide += c.width().unwrap_or_default();
        if so_wide > width {
            break;
        }
        full = at + c.len_utf8();
        if matches!(c, '/' | '-' | '_' | '.' | '=' | '&' | ',' | '(') {
            parted = full;
        }
    }
    if parted > 0 && parted * 3 > full {
        parted
    } else {
        full.max(word.chars().next().map_or(0, char::len_utf8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_what_is_long_is_cut() {
        for (text, width, lines) in [
            ("first published", 9, vec!["first", "published"]),
            ("first published", 15, vec!["first published"]),
            ("harbour", 4, vec!["harb", "our"]),
            ("03-hearing-copy.json", 14, vec!["03-hearing-", "copy.json"]),
            ("2025_03_long_name", 9, vec!["2025_03_", "long_name"]),
            ("神戸港で水素", 5, vec!["神戸", "港で", "水素"]),
            ("one\ntwo", 9, vec!["one", "two"]),
            ("", 9, vec![]),
            ("a b c d e f g", 1, vec!["a", "b", "c…"]),
        ] {
            assert_eq!(wrapped(text, width, 3), lines, "{text}");
        }
    }

    #[test]
    fn columns_share_the_room() {
        let need = |least, whole| Need { least, whole };
        for (needs, room, shared) in [
            (vec![need(4, 10), need(8, 30)], 60, Some(vec![10, 30])),
            (vec![need(4, 10), need(8, 30)], 30, Some(vec![10, 20])),
            (vec![need(8, 35), need(8, 30)], 41, Some(vec![21, 20])),
            (vec![need(8, 10), need(8, 30)], 15, None),
            (vec![need(8, 10), need(8, 300)], 27, None),
            (vec![], 9, Some(vec![])),
        ] {
            assert_eq!(widths(&needs, room), shared, "{needs:?}");
        }
    }
}
