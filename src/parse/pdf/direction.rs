//! Text that runs from right to left: a PDF holds its letters as they are seen, this puts them into the order in which they are read.

use unicode_normalization::char::is_combining_mark;

use super::letters::Letter;

/// What a letter does to the order of those beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter of a script that runs from left to right.
    Left,
    /// A letter of one that runs from right to left.
    Right,
    /// Figures run from left to right everywhere.
    Figure,
    Neutral,
}

/// Whether a letter's script runs from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and others.
pub(super) fn is_rtl(text: &str) -> bool {
    text.chars().any(|c| class(c) == Class::Right)
}

/// Whether a line or page of such letters is read from right to left as a whole.
pub(super) fn runs_left<'a>(letters: impl Iterator<Item = &'a Letter>) -> bool {
    let (mut n_right, mut n_left) = (0, 0);
    for c in letters.flat_map(|letter| letter.text.chars()) {
        match class(c) {
            Class::Right => n_right += 1,
            Class::Left => n_left += 1,
            _ => {}
        }
    }
    n_right > 0 && n_right >= n_left
}

/// The text of a line that holds such letters, in the order of reading.
pub(super) fn text(letters: &[&Letter], runs_left: bool) -> String {
    let units = units(letters);
    if runs_left {
        return read_from_right(&units);
    }
    let (mut out, mut at) = (String::new(), 0);
    while at < units.len() {
        if class_of(&units[at]) != Class::Right {
            out.push_str(&units[at]);
            at += 1;
            continue;
        }
        let is_over = |unit: &String| class_of(unit) == Class::Left;
        let stretch = &units[at..];
        let stretch = &stretch[..stretch.iter().position(is_over).unwrap_or(stretch.len())];
        let last = stretch
            .iter()
            .rposition(|unit| class_of(unit) == Class::Right);
        let n = last.map_or(1, |last| last + 1);
        out.push_str(&read_from_right(&stretch[..n]));
        at += n;
    }
    out
}

/// The letters from left to right, with a space where there is a gap; marks stand behind the letter that bears them.
fn units(letters: &[&Letter]) -> Vec<String> {
    let mut bases: Vec<Letter> = Vec::new();
    let mut marks = String::new();
    for letter in letters {
        if !letter.text.is_empty() && letter.text.chars().all(is_combining_mark) {
            match bases.last_mut() {
                Some(base) if letter.left >= base.left && letter.left <= base.right => {
                    base.text.push_str(&letter.text);
                }
                _ => marks.push_str(&letter.text),
            }
            continue;
        }
        let mut base = (*letter).clone();
        base.text.push_str(&std::mem::take(&mut marks));
        bases.push(base);
    }
    bases.sort_by(|a, b| a.left.total_cmp(&b.left));
    let (mut units, mut right, mut was_space) = (Vec::new(), f64::INFINITY, false);
    for base in bases {
        let is_space = base.text.trim().is_empty();
        if base.left > right + base.size * 0.15 && !is_space && !was_space {
            units.push(" ".to_owned());
        }
        if !is_space {
            right = base.right;
        }
        was_space = is_space;
        units.push(base.text);
    }
    units
}

/// Reverses what is seen, but for stretches that run from left to right.
fn read_from_right(units: &[String]) -> String {
    let mut pieces: Vec<String> = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let n = length_of_island(&units[at..]);
        if n > 0 {
            pieces.push(units[at..at + n].concat());
            at += n;
        } else {
            pieces.push(mirrored(&units[at]));
            at += 1;
        }
    }
    pieces.into_iter().rev().collect()
}

/// How many units from here on run from left to right: words of other scripts with what is between them, and figures.
fn length_of_island(units: &[String]) -> usize {
    let classes: Vec<Class> = units
        .iter()
        .map(|unit| class_of(unit))
        .take_while(|class| *class != Class::Right)
        .collect();
    let is_sign = |at: usize| {
        units
            .get(at)
            .is_some_and(|unit| ["%", "$", "€", "£", "₪"].contains(&unit.as_str()))
    };
    let first = usize::from(is_sign(0));
    let mut has_word = match classes.get(first) {
        Some(Class::Left) => true,
        Some(Class::Figure) => false,
        _ => return 0,
    };
    let mut end = first + 1;
    for (at, class) in classes.iter().enumerate().skip(end) {
        let gap = &units[end..at];
        let joins = match class {
            Class::Left => has_word || gap.is_empty(),
            Class::Figure => has_word || gap.is_empty() || is_separator(gap),
            _ => false,
        };
        if joins {
            end = at + 1;
            has_word |= *class == Class::Left;
        }
    }
    end + usize::from(!has_word && is_sign(end))
}

/// `12.5`, `10:30`, `5/1/2016`
fn is_separator(gap: &[String]) -> bool {
    matches!(gap, [one] if [".", ",", ":", "/", "-", "+"].contains(&one.as_str()))
}

fn mirrored(unit: &str) -> String {
    const PAIRS: [(&str, &str); 5] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»")];
    for (open, close) in PAIRS {
        if unit == open {
            return close.to_owned();
        }
        if unit == close {
            return open.to_owned();
        }
    }
    unit.to_owned()
}

fn class_of(unit: &str) -> Class {
    unit.chars()
        .map(class)
        .find(|class| *class != Class::Neutral)
        .unwrap_or(Class::Neutral)
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Class::Figure,
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}'
        | '\u{200f}' => Class::Right,
        c if c.is_alphabetic() => Class::Left,
        _ => Class::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters as they are seen, one beside the other.
    fn seen(text: &str) -> Vec<Letter> {
        let mut left = 0.0;
        text.chars()
            .map(|c| {
                left += 6.0;
                Letter {
                    text: c.to_string(),
                    left,
                    right: left + 6.0,
                    baseline: 0.0,
                    size: 10.0,
                }
            })
            .collect()
    }

    #[test]
    fn what_is_seen_is_put_into_the_order_of_reading() {
        for (seen_as, read_as) in [
            ("םולש", "שלום"),
            ("םלוע םולש", "שלום עולם"),
            ("2016 תנשב", "בשנת 2016"),
            ("New York ריעב", "בעיר New York"),
            ("םירטמ 12.5 לש", "של 12.5 מטרים"),
            ("COVID 19 תפגמ", "מגפת COVID 19"),
            ("(הנטק) ריע", "עיר (קטנה)"),
            ("5% הילע", "עליה 5%"),
            ("10 - 12", "10 - 12"),
            ("the word םולש is old", "the word שלום is old"),
            (
                "the words םלוע םולש, he said",
                "the words שלום עולם, he said",
            ),
            ("ءانيملا", "الميناء"),
            (".10:30 העשב", "בשעה 10:30."),
        ] {
            let letters = seen(seen_as);
            let letters: Vec<&Letter> = letters.iter().collect();
            assert_eq!(
                text(&letters, is_rtl(read_as) && !read_as.starts_with("the")),
                read_as,
                "{seen_as}"
            );
        }
    }

    #[test]
    fn the_order_of_drawing_does_not_matter() {
        let mut letters = seen("םלוע םולש");
        letters.retain(|letter| letter.text != " ");
        letters.reverse();
        let letters: Vec<&Letter> = letters.iter().collect();
        assert_eq!(text(&letters, true), "שלום עולם");
    }
}
