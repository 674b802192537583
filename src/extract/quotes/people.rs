//! The people of an article: which names are one person's, how they are addressed, and what titles they have.

use std::collections::{HashMap, HashSet};

use super::verbs::is_small;
use crate::domain::analysis::{Analysis, Kind, Role};

const MEN: [&str; 4] = ["Mr", "Sir", "Lord", "Mister"];
const WOMEN: [&str; 6] = ["Mrs", "Ms", "Miss", "Dame", "Lady", "Madame"];

/// An article has fewer titles than this.
const MAX_ROLES: usize = 500;

/// The longest form of address, with its full stop and gap.
const LONGEST_FORM: usize = 8;

#[derive(Debug, Default)]
pub(super) struct People {
    /// The last word of each mention in small letters.
    families: Vec<String>,
    /// Those of them that are addressed as men.
    pub(super) men: HashSet<String>,
    pub(super) women: HashSet<String>,
    /// Titles by their last word, "minister" in "minister of transport".
    titles: HashMap<String, Vec<Title>>,
}

/// A title in small letters.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) words: Vec<String>,
    pub(super) bearer: usize,
}

impl People {
    pub(super) fn of(characters: &[char], analysis: &Analysis) -> Self {
        let mut people = Self::default();
        for role in analysis.roles.iter().take(MAX_ROLES) {
            people.add_title(role);
        }
        for mention in &analysis.mentions {
            let text = mention.text.to_lowercase();
            let text = text.trim_end_matches("'s").trim_end_matches("’s");
            let family = text.rsplit(' ').next().unwrap_or_default().to_owned();
            if mention.kind == Kind::Person {
                let start = mention.span.start;
                let before: String = characters[start.saturating_sub(LONGEST_FORM)..start]
                    .iter()
                    .collect();
                let form = before
                    .trim_end()
                    .trim_end_matches('.')
                    .rsplit(|c: char| !c.is_alphabetic())
                    .next()
                    .unwrap_or_default();
                let first = mention.text.split([' ', '.']).next().unwrap_or_default();
                if MEN.contains(&form) || MEN.contains(&first) {
                    people.men.insert(family.clone());
                }
                if WOMEN.contains(&form) || WOMEN.contains(&first) {
                    people.women.insert(family.clone());
                }
            }
            people.families.push(family);
        }
        people
    }

    fn add_title(&mut self, role: &Role) {
        let lower = role.title.to_lowercase();
        let words: Vec<String> = lower
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        let n_words = words.iter().position(|word| is_small(word));
        let head = n_words.unwrap_or(words.len()).checked_sub(1);
        if let Some(head) = head.map(|head| words[head].clone()) {
            let bearer = role.mention;
            self.titles
                .entry(head)
                .or_default()
                .push(Title { words, bearer });
        }
    }

    /// The titles whose last word that is.
    pub(super) fn titles(&self, head: &str) -> &[Title] {
        self.titles.get(head).map_or(&[], Vec::as_slice)
    }

    pub(super) fn family(&self, mention: usize) -> &str {
        &self.families[mention]
    }
}
