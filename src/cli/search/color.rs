//! Hits in colour. A table is laid out around marks that take no room, which then become the terminal's own codes.

/// What stands before and after a hit until it is painted: characters that are never seen.
pub(super) const MARKS: (char, char) = ('\u{2063}', '\u{2064}');

const ON: &str = "\u{1b}[1;31m";
const OFF: &str = "\u{1b}[0m";

/// The text with the terminal's codes for marks; a hit that goes over the end of a cell's line is painted up to there.
pub(super) fn painted(text: &str) -> String {
    let mut painted = String::with_capacity(text.len());
    let mut is_on = false;
    for c in text.chars() {
        let ends = matches!(c, '\n' | '│' | '┆') || c == MARKS.1;
        if ends && is_on {
            painted.push_str(OFF);
            is_on = false;
        }
        if c == MARKS.0 {
            painted.push_str(ON);
            is_on = true;
        } else if c != MARKS.1 {
            painted.push(c);
        }
    }
    painted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_is_painted_and_no_border() {
        let cells = "│ a \u{2063}hit\u{2064} and a \u{2063}long ┆ x │\n│ one\u{2064} ┆";
        let expected =
            "│ a \u{1b}[1;31mhit\u{1b}[0m and a \u{1b}[1;31mlong \u{1b}[0m┆ x │\n│ one ┆";
        assert_eq!(painted(cells), expected);
    }
}
