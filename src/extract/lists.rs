//! Words that newsrooms everywhere know: facts, not the findings of one corpus.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a single word is known as. The number is a feature of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Class {
    /// Nothing is known of it.
    None,
    /// A country, or a word of its name.
    Country,
    /// A capital or large city.
    City,
    /// A people or its adjective.
    Demonym,
    /// A given name.
    GivenName,
    /// A title that stands before a person.
    Title,
    /// A word that ends the names of organizations.
    OrganizationHead,
    /// A word that ends the names of places and buildings.
    PlaceHead,
    /// A month.
    Month,
    /// A day of the week.
    Weekday,
}

const LISTS: [(Class, &str); 9] = [
    (Class::GivenName, include_str!("lists/given_names.txt")),
    (Class::PlaceHead, include_str!("lists/place_heads.txt")),
    (
        Class::OrganizationHead,
        include_str!("lists/organization_heads.txt"),
    ),
    (Class::Title, include_str!("lists/titles.txt")),
    (Class::City, include_str!("lists/cities.txt")),
    (Class::Country, include_str!("lists/countries.txt")),
    (Class::Demonym, include_str!("lists/demonyms.txt")),
    (
        Class::Month,
        "January February March April May June July August September October November December Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec",
    ),
    (
        Class::Weekday,
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    ),
];

// Later lists win: Jordan is a country before it is a given name.
static CLASSES: LazyLock<HashMap<String, Class>> = LazyLock::new(|| {
    let words = |(class, words): (Class, &'static str)| {
        words
            .split_whitespace()
            .map(move |word| (word.to_lowercase(), class))
    };
    LISTS.into_iter().flat_map(words).collect()
});

/// The class of a word, if it is written as a name or title may be; case matters only in that a small letter makes it a
/// title or a head at most.
#[must_use]
pub fn class_of(word: &str) -> Class {
    let class = CLASSES
        .get(&word.to_lowercase())
        .copied()
        .unwrap_or(Class::None);
    let is_lower = word.starts_with(char::is_lowercase);
    match class {
        Class::Title | Class::OrganizationHead | Class::PlaceHead => class,
        _ if is_lower => Class::None,
        _ => class,
    }
}
