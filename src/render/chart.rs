//! Pictures made of letters, for the terminal: bars, sparklines, and networks as lists.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::picture::{self, Drawing, Lines, Place, Ties, grouped};
use crate::domain::records::Section;
use crate::text::clean::printable_line;

/// Terminal colours of series, in turn.
const COLOURS: [u8; 6] = [36, 33, 32, 35, 34, 31];

/// What a chart is drawn on.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// So many columns.
    pub width: usize,
    /// Whether it shows colours.
    pub has_colours: bool,
}

impl Terminal {
    fn painted(self, text: &str, n: usize) -> String {
        if self.has_colours && !text.trim().is_empty() {
            format!("\u{1b}[{}m{text}\u{1b}[0m", COLOURS[n % COLOURS.len()])
        } else {
            text.to_owned()
        }
    }
}

/// The picture of a section in letters, a line feed after each line; nothing where it has no picture.
#[must_use]
pub fn chart(section: &Section, terminal: Terminal) -> Option<String> {
    let lines = match picture::of(section)? {
        Drawing::Bars(rows) => bars(&rows, terminal),
        Drawing::Map(places) => bars(&by_name(places), terminal),
        Drawing::Lines(series) => sparklines(&series, terminal),
        Drawing::Ties(ties) => ties_listed(&ties, terminal),
    };
    Some(
        lines
            .iter()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect(),
    )
}

fn by_name(places: Vec<Place>) -> Vec<(String, f64)> {
    let row = |place: Place| (place.name, place.value);
    places.into_iter().map(row).collect()
}

/// A bar for each row, in eighths of a letter, its number behind it.
fn bars(rows: &[(String, f64)], terminal: Terminal) -> Vec<String> {
    let labels = rows.iter().map(|(label, _)| label.width()).max();
    let labels = labels.unwrap_or(0).min(terminal.width * 2 / 5);
    let numbers = rows.iter().map(|(_, value)| grouped(*value).len()).max();
    let room = terminal
        .width
        .saturating_sub(labels + numbers.unwrap_or(0) + 2)
        .max(1);
    let most = rows.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    let row = |(label, value): &(String, f64)| {
        let bar = bar(*value / most, room);
        format!(
            "{} {}{}{}",
            padded(label, labels),
            terminal.painted(&bar, 0),
            if bar.is_empty() { "" } else { " " },
            grouped(*value)
        )
    };
    rows.iter().map(row).collect()
}

/// A part of `room` letters, to an eighth; what is more than nothing is seen.
fn bar(part: f64, room: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part.clamp(0.0, 1.0) * room as f64 * 8.0).round() as usize;
    let eighths = eighths.max(usize::from(part > 0.0));
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

/// A row for each series, all to one scale, over their months.
fn sparklines(lines: &Lines, terminal: Terminal) -> Vec<String> {
    let names = lines.series.iter().map(|(name, _)| name.width()).max();
    let names = names.unwrap_or(0).min(terminal.width * 2 / 5);
    let sums: Vec<String> = lines
        .series
        .iter()
        .map(|(_, values)| grouped(values.iter().sum()))
        .collect();
    let wide = sums.iter().map(String::len).max().unwrap_or(0);
    let room = terminal.width.saturating_sub(names + wide + 2).max(8);
    let n = lines.labels.len();
    // Where months outnumber letters, a letter stands for several of them, and where there are few, a month has several.
    let per_letter = n.div_ceil(room);
    let letters = n.div_ceil(per_letter);
    let stretch = (room / letters).clamp(1, 8);
    let binned = |values: &[f64]| -> Vec<f64> {
        let bins = values.chunks(per_letter);
        bins.map(|bin| bin.iter().sum()).collect()
    };
    let series: Vec<Vec<f64>> = lines
        .series
        .iter()
        .map(|(_, values)| binned(values))
        .collect();
    let most = series.iter().flatten().copied().fold(0.0, f64::max);
    let mut out = Vec::new();
    for (n, ((name, _), values)) in lines.series.iter().zip(&series).enumerate() {
        let spark: String = values
            .iter()
            .flat_map(|value| std::iter::repeat_n(level(*value, most), stretch))
            .collect();
        let spark = terminal.painted(&spark, n);
        out.push(format!(
            "{} {spark} {:>wide$}",
            padded(name, names),
            sums[n]
        ));
    }
    let axis = axis(&lines.labels, letters * stretch);
    out.push(format!("{} {axis}", " ".repeat(names)));
    let each = match (per_letter, lines.labels[0].len()) {
        (1, 4) => "a year".to_owned(),
        (1, _) => "a month".to_owned(),
        (n, 4) => format!("{n} years"),
        (n, _) => format!("{n} months"),
    };
    out.push(format!(
        "{} █ {} articles in {each}; at the end, the sum",
        " ".repeat(names),
        grouped(most)
    ));
    out
}

fn level(value: f64, most: f64) -> char {
    const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    if value <= 0.0 || most <= 0.0 {
        return ' ';
    }
    let level = (value / most * 8.0).ceil() as usize;
    LEVELS[level.clamp(1, 8) - 1]
}

/// The first and the last label below their ends; the first alone where there is no room.
fn axis(labels: &[String], width: usize) -> String {
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else {
        return String::new();
    };
    if labels.len() == 1 {
        return first.clone();
    }
    let between = width.saturating_sub(first.width() + last.width());
    if between == 0 {
        return format!("{first} – {last}");
    }
    format!("{first}{}{last}", " ".repeat(between))
}

/// Under each name those that it is tied to, the strongest first.
fn ties_listed(ties: &Ties, terminal: Terminal) -> Vec<String> {
    let mut order: Vec<usize> = (0..ties.nodes.len()).collect();
    order.sort_by(|a, b| ties.nodes[*b].weight.total_cmp(&ties.nodes[*a].weight));
    let mut out = Vec::new();
    for n in order {
        let node = &ties.nodes[n];
        let mut near: Vec<(usize, f64)> = Vec::new();
        for (from, to, weight) in &ties.edges {
            if *from == n {
                near.push((*to, *weight));
            } else if *to == n {
                near.push((*from, *weight));
            }
        }
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let name = cut(&node.name, terminal.width.saturating_sub(16).max(8));
        let kind = match node.kind.as_str() {
            "" => String::new(),
            kind => format!(" ({kind})"),
        };
        out.push(format!("{}{kind}", terminal.painted(&name, 0)));
        let wide = near.iter().map(|(_, weight)| grouped(*weight).len()).max();
        let wide = wide.unwrap_or(0);
        for (other, weight) in near {
            let name = cut(
                &ties.nodes[other].name,
                terminal.width.saturating_sub(wide + 4).max(8),
            );
            out.push(format!("  {:>wide$}  {name}", grouped(weight)));
        }
    }
    out
}

/// A text cut to so many columns, and where it is cut, saying so. A line end in a name is a space.
fn cut(text: &str, most: usize) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.width() <= most {
        return text;
    }
    let mut kept = String::new();
    let mut width = 1;
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width > most {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

fn padded(text: &str, columns: usize) -> String {
    let text = &*printable_line(text);
    let text = cut(text, columns);
    let lack = columns.saturating_sub(text.width());
    text + &" ".repeat(lack)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::records::{Picture, Records, Value};

    const TERMINAL: Terminal = Terminal {
        width: 40,
        has_colours: false,
    };

    fn section(columns: &[&str], rows: &[(&str, &[i64])], picture: Picture) -> Section {
        let row = |(label, numbers): &(&str, &[i64])| {
            let numbers = numbers.iter().map(|n| Value::Integer(*n));
            std::iter::once(Value::Text((*label).to_owned()))
                .chain(numbers)
                .collect()
        };
        let records = Records::new(columns, rows.iter().map(row).collect());
        Section::new("Counted", records).drawn(picture)
    }

    #[test]
    fn bars_fit_the_terminal_and_wide_letters_stay_aligned() {
        let picture = Picture::Bars {
            label: "source",
            value: "n",
        };
        let rows: &[(&str, &[i64])] = &[
            ("朝日新聞", &[20_768]),
            ("AP", &[5_000]),
            ("Nobody", &[0]),
            ("A paper with a very long name", &[1]),
        ];
        let chart = chart(&section(&["source", "n"], rows, picture), TERMINAL).unwrap();
        assert_eq!(
            chart,
            "朝日新聞         ████████████████ 20,768\n\
             AP               ███▉ 5,000\n\
             Nobody           0\n\
             A paper with a … ▏ 1\n"
        );
        assert!(chart.lines().all(|line| line.width() <= 40), "{chart}");
    }

    #[test]
    fn lines_share_one_scale_and_their_months() {
        let rows: &[(&str, &[i64])] = &[("2015-12", &[8, 1]), ("2016-02", &[4, 2])];
        let chart = chart(
            &section(&["month", "Holm", "Dahl"], rows, Picture::Lines),
            TERMINAL,
        )
        .unwrap();
        assert_eq!(
            chart,
            "Holm ████████        ▄▄▄▄▄▄▄▄ 12\n\
             Dahl ▁▁▁▁▁▁▁▁        ▂▂▂▂▂▂▂▂  3\n\
             \x20    2015-12          2016-02\n\
             \x20    █ 8 articles in a month; at the end, the sum\n"
        );
    }

    #[test]
    fn a_long_time_is_told_in_fewer_letters() {
        let months: Vec<String> = (0..240)
            .map(|n| format!("{}-{:02}", 1990 + n / 12, n % 12 + 1))
            .collect();
        let rows: Vec<(&str, &[i64])> = months
            .iter()
            .map(|month| (month.as_str(), [3].as_slice()))
            .collect();
        let chart = chart(
            &section(&["month", "Holm"], &rows, Picture::Lines),
            TERMINAL,
        )
        .unwrap();
        assert!(chart.contains("█ 24 articles in 8 months"), "{chart}");
        assert!(
            chart.starts_with(&format!("Holm {} 720\n", "█".repeat(30))),
            "{chart}"
        );
    }
}
