//! Lines to paragraphs: undoes hard wrapping and mail quoting, and leaves lines that stand on their own alone.

use super::labels;

/// Lines longer than this were not wrapped by hand or by a mail program.
const MAX_WRAP: usize = 100;
/// Nor was a text whose longest line is shorter than this.
const MIN_WRAP: usize = 40;

struct Line {
    indent: usize,
    /// Its words, parted by one space.
    text: String,
    /// Characters with the indent.
    width: usize,
}

/// The paragraphs of a text, each on one line. An empty line parts paragraphs, and so does a line's end, unless the text is
/// hard-wrapped or the sentence runs on.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines = lines(text);
    let wrap = wrap_width(&lines);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in &lines {
        if line.text.is_empty() {
            above = None;
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if above.is_some_and(|above| joins(above, line, wrap)) => {
                // A word that was parted at its hyphen.
                let is_parted = paragraph.ends_with('-')
                    && !paragraph.ends_with(" -")
                    && !paragraph.ends_with("--");
                if !is_parted || !starts_lower(&line.text) {
                    paragraph.push(' ');
                }
                paragraph.push_str(&line.text);
            }
            _ => paragraphs.push(line.text.clone()),
        }
        above = Some(line);
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Line> {
    let is_quoted = |line: &&str| line.trim_start().starts_with('>');
    let n_lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let n_quoted = text.lines().filter(is_quoted).count();
    let is_mail = n_quoted >= 3 && n_quoted * 3 >= n_lines;
    let unquoted = |line: &'_ str| -> String {
        let bare = line.trim_start();
        if !is_mail || !bare.starts_with('>') {
            return line.to_owned();
        }
        let bare = bare.trim_start_matches(['>', ' ']);
        bare.to_owned()
    };
    text.lines().map(|line| measured(&unquoted(line))).collect()
}

fn measured(line: &str) -> Line {
    let columns = |c: char| if c == '\t' { 4 } else { 1 };
    let indent = line
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(columns)
        .sum();
    let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let width = indent + text.chars().count();
    Line {
        indent,
        text,
        width,
    }
}

/// The width at which the text was wrapped, if it was: where many line ends cut a sentence.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let is_wrappable = |line: &&Line| line.width <= MAX_WRAP && line.text.contains(' ');
    let width = lines.iter().filter(is_wrappable).map(|line| line.width);
    let width = width.max()?;
    let (mut n_breaks, mut n_cuts) = (0, 0);
    for pair in lines.windows(2) {
        if pair[0].text.is_empty() || pair[1].text.is_empty() || pair[0].width > MAX_WRAP {
            continue;
        }
        n_breaks += 1;
        n_cuts += usize::from(runs_on(&pair[0].text, &pair[1].text));
    }
    (width >= MIN_WRAP && n_cuts > 0 && n_cuts * 4 >= n_breaks).then_some(width)
}

/// Whether `line` goes on where the line above it ended.
fn joins(above: &Line, line: &Line, wrap: Option<usize>) -> bool {
    if labels::opens(&line.text) || line.text.starts_with(['•', '*']) {
        return false;
    }
    let Some(wrap) = wrap.filter(|_| above.width <= MAX_WRAP) else {
        return runs_on(&above.text, &line.text);
    };
    if line.indent >= above.indent + 2 && !labels::opens(&above.text) {
        return false;
    }
    // The line above broke because the next word had no room; ragged wrapping is forgiven.
    let next = line.text.split(' ').next().unwrap_or_default();
    let is_full = (above.width + 1 + next.chars().count()) * 100 > wrap * 88;
    is_full || runs_on(&above.text, &line.text)
}

fn runs_on(above: &str, line: &str) -> bool {
    starts_lower(line)
        && above.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '’' | '\''))
}

fn starts_lower(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_found_however_they_are_set() {
        let wrapped = "The ferry between the two towns sailed again on Monday morning\n\
                       after four years in which nobody crossed the sound by ship at\n\
                       all.\n";
        let one = "The ferry between the two towns sailed again on Monday morning after four years in which nobody crossed \
                   the sound by ship at all.";
        let indented = format!("    {wrapped}    {wrapped}");
        let quoted: String = format!("{wrapped}\n{wrapped}")
            .lines()
            .map(|line| format!("> {line}\n"))
            .collect();
        for (text, paragraphs_expected) in [
            (wrapped.to_owned(), vec![one]),
            (format!("{wrapped}\n{wrapped}"), vec![one, one]),
            (format!("{wrapped}{wrapped}"), vec![one, one]),
            (indented, vec![one, one]),
            (quoted, vec![one, one]),
            (format!("{one}\n{one}\n"), vec![one, one]),
            (
                "Wheat 12 up\nRye 14 down\n".to_owned(),
                vec!["Wheat 12 up", "Rye 14 down"],
            ),
            ("\tA tab\tand\u{a0}more".to_owned(), vec!["A tab and more"]),
        ] {
            assert_eq!(paragraphs(&text), paragraphs_expected, "{text}");
        }
    }

    #[test]
    fn a_head_above_wrapped_text_keeps_its_lines() {
        let text = "Ferry line reopens\nBy Ida Holm\nJan. 5, 2016\n\nThe ferry between the two towns sailed again on Monday\n\
                    after four years in which nobody crossed the sound by\nship.\n";
        assert_eq!(
            paragraphs(text)[..3],
            ["Ferry line reopens", "By Ida Holm", "Jan. 5, 2016"]
        );
    }
}
