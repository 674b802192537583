//! Figures in words: what stands below them, and what is read to those who do not see them.

use crate::domain::records::{Picture, Section};
use crate::render::picture::{self, Drawing, are_times, grouped};
use crate::render::words::heading;

/// What is counted, and along what; of discs and lines, how much the greatest stands for.
pub(super) fn about(section: &Section) -> String {
    let words = |column: &str| match column {
        "n_telling" => "articles that tell of it".to_owned(),
        _ => heading(column),
    };
    match (section.picture, picture::of(section)) {
        (Some(Picture::Bars { label, value }), _) => {
            format!("{} by {}", words(value), words(label))
        }
        (Some(Picture::Lines), _) => {
            let along = section.records.columns.first();
            format!("articles by {}", along.map_or("time", String::as_str))
        }
        (_, Some(Drawing::Ties(ties))) => {
            let edges = ties.edges.iter().map(|edge| edge.2);
            let largest = ties.nodes.iter().map(|node| (node.weight, &node.name));
            format!(
                "a disc grows with the articles that name it (largest: {}), a line with the articles that name both (widest: {})",
                greatest(largest),
                grouped(edges.fold(0.0, f64::max))
            )
        }
        (_, Some(Drawing::Map(places))) => {
            let largest = places.iter().map(|place| (place.value, &place.name));
            format!(
                "the area of a disc grows with the articles that name the place (largest: {})",
                greatest(largest)
            )
        }
        _ => String::new(),
    }
}

/// `United Kingdom, 587`: what has most, and how much.
fn greatest<'a>(all: impl Iterator<Item = (f64, &'a String)>) -> String {
    all.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(value, name)| format!("{name}, {}", grouped(value)))
        .unwrap_or_default()
}

/// What a figure shows, for those who do not see it.
pub(super) fn told(section: &Section) -> String {
    let about = about(section);
    match picture::of(section) {
        Some(Drawing::Bars(bars)) => {
            let most = greatest(bars.iter().map(|(label, value)| (*value, label)));
            let labels: Vec<&str> = bars.iter().map(|(label, _)| label.as_str()).collect();
            let time = if are_times(&labels) {
                format!(" from {}", ends(&labels))
            } else {
                String::new()
            };
            format!("{about}, {} bars{time}; most: {most}", bars.len())
        }
        Some(Drawing::Lines(lines)) => {
            let sums = lines
                .series
                .iter()
                .map(|(name, values)| format!("{name}, {}", grouped(values.iter().sum())));
            let sums: Vec<String> = sums.collect();
            let labels: Vec<&str> = lines.labels.iter().map(String::as_str).collect();
            format!("{about}, {}; sums: {}", ends(&labels), sums.join("; "))
        }
        Some(Drawing::Ties(ties)) => {
            format!(
                "{} names and {} ties; {about}",
                ties.nodes.len(),
                ties.edges.len()
            )
        }
        Some(Drawing::Map(places)) => format!("{} places on a map; {about}", places.len()),
        None => about,
    }
}

fn ends(labels: &[&str]) -> String {
    let (first, last) = (labels.first(), labels.last());
    format!("{} to {}", first.unwrap_or(&""), last.unwrap_or(&""))
}
