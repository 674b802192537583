//! What a picture shows, read from the records of its section: the same for the terminal and for figures.

use std::collections::HashMap;

use crate::domain::records::{Picture, Section, Value};

/// A picture with its data.
#[derive(Debug, PartialEq)]
pub(super) enum Drawing {
    /// Labels with a length each.
    Bars(Vec<(String, f64)>),
    /// Series over the same labels.
    Lines(Lines),
    /// Names and their ties.
    Ties(Ties),
    /// Places of the world.
    Map(Vec<Place>),
}

/// Series over the same labels.
#[derive(Debug, PartialEq)]
pub(super) struct Lines {
    /// Months or years, without a gap.
    pub labels: Vec<String>,
    /// A name and as many values as there are labels.
    pub series: Vec<(String, Vec<f64>)>,
}

/// Names and their ties.
#[derive(Debug, PartialEq, Default)]
pub(super) struct Ties {
    /// The names in the order in which they are met.
    pub nodes: Vec<Node>,
    /// Both ends, by their places among the nodes, and the strength.
    pub edges: Vec<(usize, usize, f64)>,
}

/// One name of a network.
#[derive(Debug, PartialEq)]
pub(super) struct Node {
    /// What it is called.
    pub name: String,
    /// The kind of thing it is; empty where the section does not say.
    pub kind: String,
    /// In how many articles it stands, or the sum of its ties where the section does not say.
    pub weight: f64,
}

/// A place of the world.
#[derive(Debug, PartialEq)]
pub(super) struct Place {
    /// What it is called.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How much is said of it.
    pub value: f64,
}

/// The picture of a section, where it has one and something to show.
pub(super) fn of(section: &Section) -> Option<Drawing> {
    let drawing = match section.picture? {
        Picture::Bars { label, value } => Drawing::Bars(bars(section, label, value)?),
        Picture::Lines => Drawing::Lines(lines(section)),
        Picture::Network { from, to, weight } => Drawing::Ties(ties(section, from, to, weight)?),
        Picture::Map { label, value } => Drawing::Map(places(section, label, value)?),
    };
    let is_empty = match &drawing {
        Drawing::Bars(bars) => bars.iter().all(|(_, value)| *value <= 0.0),
        Drawing::Lines(lines) => lines.labels.is_empty() || lines.series.is_empty(),
        Drawing::Ties(ties) => ties.edges.is_empty(),
        Drawing::Map(places) => places.is_empty(),
    };
    (!is_empty).then_some(drawing)
}

fn bars(section: &Section, label: &str, value: &str) -> Option<Vec<(String, f64)>> {
    let (label, value) = (section.column(label)?, section.column(value)?);
    let rows = section.records.rows.iter();
    let bars: Vec<(String, f64)> = rows
        .filter_map(|row| Some((words(&row[label]), row[value].as_number()?)))
        .collect();
    let labels: Vec<&str> = bars.iter().map(|(label, _)| label.as_str()).collect();
    let Some(steps) = without_gaps(&labels) else {
        return Some(bars);
    };
    let known: HashMap<&str, f64> = bars.iter().map(|(l, v)| (l.as_str(), *v)).collect();
    let value = |label: &String| known.get(label.as_str()).copied().unwrap_or_default();
    Some(
        steps
            .iter()
            .map(|label| (label.clone(), value(label)))
            .collect(),
    )
}

fn lines(section: &Section) -> Lines {
    let rows = &section.records.rows;
    let labels: Vec<String> = rows.iter().map(|row| words(&row[0])).collect();
    let refs: Vec<&str> = labels.iter().map(String::as_str).collect();
    let steps = without_gaps(&refs).unwrap_or_else(|| labels.clone());
    let place: HashMap<&str, usize> = refs.iter().enumerate().map(|(n, l)| (*l, n)).collect();
    let series = |(n, name): (usize, &String)| {
        let value = |label: &String| {
            let row = place.get(label.as_str()).map(|row| &rows[*row]);
            row.and_then(|row| row[n].as_number()).unwrap_or_default()
        };
        (name.clone(), steps.iter().map(value).collect())
    };
    let columns = section.records.columns.iter().enumerate().skip(1);
    Lines {
        series: columns.map(series).collect(),
        labels: steps,
    }
}

fn ties(section: &Section, from: &str, to: &str, weight: &str) -> Option<Ties> {
    let mut ties = Ties::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    let weights = section.column(weight)?;
    for row in &section.records.rows {
        let Some(weight) = row[weights].as_number() else {
            continue;
        };
        let mut ends = [0, 0];
        for (end, column) in ends.iter_mut().zip([from, to]) {
            let beside = |what: &str| section.column(&format!("{column}_{what}"));
            let id = words(&row[beside("id").or(section.column(column))?]);
            let node = || Node {
                name: section
                    .column(column)
                    .map_or_else(String::new, |n| words(&row[n])),
                kind: beside("kind").map_or_else(String::new, |n| words(&row[n])),
                weight: beside("n_articles")
                    .and_then(|n| row[n].as_number())
                    .unwrap_or_default(),
            };
            *end = *places.entry(id).or_insert_with(|| {
                ties.nodes.push(node());
                ties.nodes.len() - 1
            });
            if beside("n_articles").is_none() {
                ties.nodes[*end].weight += weight;
            }
        }
        ties.edges.push((ends[0], ends[1], weight));
    }
    Some(ties)
}

fn places(section: &Section, label: &str, value: &str) -> Option<Vec<Place>> {
    let [label, value] = [section.column(label)?, section.column(value)?];
    let [north, east] = [section.column("latitude")?, section.column("longitude")?];
    let place = |row: &Vec<Value>| {
        let place = Place {
            name: words(&row[label]),
            latitude: row[north].as_number()?,
            longitude: row[east].as_number()?,
            value: row[value].as_number()?,
        };
        let is_on_earth = place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0;
        is_on_earth.then_some(place)
    };
    Some(section.records.rows.iter().filter_map(place).collect())
}

fn words(value: &Value) -> String {
    super::text(value)
}

/// A month by its place since the year 0; a year by its January.
fn month_number(label: &str) -> Option<i64> {
    let (year, month) = match label.len() {
        4 => (label, 1),
        7 if label.as_bytes()[4] == b'-' => (label.get(..4)?, label.get(5..)?.parse().ok()?),
        _ => return None,
    };
    let year: u16 = year.parse().ok()?;
    (1..=12)
        .contains(&month)
        .then_some(i64::from(year) * 12 + month - 1)
}

/// Whether labels are months or years, one after the other: then they belong on an axis of time.
pub(super) fn are_times(labels: &[&str]) -> bool {
    let numbers: Option<Vec<i64>> = labels.iter().map(|label| month_number(label)).collect();
    let is_alike = labels.windows(2).all(|pair| pair[0].len() == pair[1].len());
    is_alike
        && numbers.is_some_and(|numbers| {
            !numbers.is_empty() && numbers.windows(2).all(|pair| pair[0] < pair[1])
        })
}

/// Every month or year from the first label to the last; nothing where labels are no such times or the time is too long.
fn without_gaps(labels: &[&str]) -> Option<Vec<String>> {
    const MOST: i64 = 2_000;
    if !are_times(labels) {
        return None;
    }
    let (first, last) = (month_number(labels[0])?, month_number(labels.last()?)?);
    let step = if labels[0].len() == 4 { 12 } else { 1 };
    if (last - first) / step > MOST {
        return None;
    }
    let label = |n: i64| match step {
        12 => format!("{:04}", n / 12),
        _ => format!("{:04}-{:02}", n / 12, n % 12 + 1),
    };
    let steps = (first..=last).step_by(step as usize);
    Some(steps.map(label).collect())
}

/// A number as people read it: 20,768; 1.5.
pub(super) fn grouped(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    let mut text = by_thousands(&format!("{:.0}", rounded.trunc().abs()));
    let tenths = (rounded.fract() * 10.0).round().abs();
    if tenths > 0.0 {
        text.push_str(&format!(".{tenths:.0}"));
    }
    if rounded < 0.0 {
        text.insert(0, '-');
    }
    text
}

/// Digits with a comma before each three: 1,234,567.
pub(super) fn by_thousands(digits: &str) -> String {
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_without_articles_are_shown() {
        let steps = without_gaps(&["2015-11", "2016-02"]).unwrap();
        assert_eq!(steps, ["2015-11", "2015-12", "2016-01", "2016-02"]);
        assert_eq!(without_gaps(&["2015", "2017"]).unwrap().len(), 3);
        for labels in [
            ["2016-02", "2016-01"],
            ["2016", "2016-01"],
            ["AP", "BBC"],
            ["0001-01", "9999-01"],
        ] {
            assert_eq!(without_gaps(&labels), None, "{labels:?}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [
            (0.0, "0"),
            (999.0, "999"),
            (20_768.0, "20,768"),
            (1_234_567.0, "1,234,567"),
            (1.25, "1.3"),
            (-1_000.5, "-1,000.5"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
