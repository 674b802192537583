//! What columns are called where people read them: `n_articles` is "articles", `first_seen` "first seen".

/// Names whose words would mislead.
const OTHERS: [(&str, &str); 5] = [
    ("n_telling", "articles telling"),
    ("n_published", "published then"),
    ("n_articles_one", "with the one"),
    ("n_articles_other", "with the other"),
    ("interval_95", "95 % interval"),
];

/// The column's name in words.
pub(super) fn heading(column: &str) -> String {
    if let Some((_, words)) = OTHERS.iter().find(|(name, _)| *name == column) {
        return (*words).to_owned();
    }
    let name = column.strip_prefix("n_").unwrap_or(column);
    let name = name.strip_suffix("_at").unwrap_or(name);
    match name.strip_suffix("_percent") {
        Some(name) => format!("{} %", name.replace('_', " ")),
        None => name.replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_called_as_people_say() {
        for (column, words) in [
            ("n_articles", "articles"),
            ("first_seen", "first seen"),
            ("published_at", "published"),
            ("undated_percent", "undated %"),
            ("what it holds", "what it holds"),
            ("id", "id"),
        ] {
            assert_eq!(heading(column), words);
        }
    }
}
