//! Places that stand in a row, `Bergton, Norway`: the model takes them for one name, and each is a place of its own.

use std::ops::Range;

/// The capital of the United States is written with its district; both together name one place.
const DISTRICT: [&str; 3] = ["D.C.", "D.C", "DC"];

/// The parts of a place's name, each of which names a place.
pub(super) fn parts(body: &str, name: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = name.start;
    for part in body[name.clone()].split(',') {
        let end = start + part.len();
        let range = start + (part.len() - part.trim_start().len())..end;
        match parts.last_mut() {
            Some(last) if DISTRICT.contains(&part.trim()) => last.end = end,
            _ if !range.is_empty() => parts.push(range),
            _ => {}
        }
        start = end + 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_row_are_places_each() {
        for (name, expected) in [
            ("Bergton", &["Bergton"][..]),
            ("Bergton, Norway", &["Bergton", "Norway"]),
            ("Odda, Vestland, Norway", &["Odda", "Vestland", "Norway"]),
            ("Washington, D.C.", &["Washington, D.C."]),
            ("Bergton,", &["Bergton"]),
        ] {
            let parts = parts(name, &(0..name.len()));
            let texts: Vec<&str> = parts.into_iter().map(|part| &name[part]).collect();
            assert_eq!(texts, expected);
        }
    }
}
