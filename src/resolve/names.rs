//! The names of an article: its mentions by kind and key, with the recognizer's slips of kind set right.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::known;
use super::words::{
    Gender, ends_in_legal_form, gender_of_address, is_title, without_legal_form, without_titles,
};
use crate::domain::analysis::{Kind, Mention};
use crate::domain::entity::NameOrigin;
use crate::text::normalize::{bare_name, fold, name_key};

/// Known names that are given names or surnames as well: a person called so stays one.
const ALSO_PEOPLE: [&str; 13] = [
    "ford", "chad", "jordan", "georgia", "israel", "paris", "florence", "sofia", "austin",
    "houston", "virginia", "victoria", "dominica",
];

/// A name as the article uses it, in all its printed forms.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) kind: Kind,
    /// The key under which an entity of that name alone would be known.
    pub(super) key: String,
    /// Printed forms and how often each stands.
    pub(super) printed: BTreeMap<String, usize>,
    pub(super) origin: NameOrigin,
    /// The index of the fuller name that this one is short for.
    pub(super) stands_for: Option<usize>,
    /// What forms of address and kinship next to it say.
    pub(super) gender: Option<Gender>,
    /// The title printed before it, folded.
    pub(super) title: Option<String>,
}

impl Name {
    /// The form printed most often; among equals one in mixed case.
    pub(super) fn best(&self) -> &str {
        let rank = |(name, count): &(&String, &usize)| {
            (
                **count,
                name.chars().any(char::is_lowercase),
                std::cmp::Reverse((*name).clone()),
            )
        };
        self.printed
            .iter()
            .max_by_key(rank)
            .map_or("", |(name, _)| name.as_str())
    }

    pub(super) fn is_capitals(&self) -> bool {
        let best = self.best();
        best.chars().any(char::is_uppercase) && !best.chars().any(char::is_lowercase)
    }
}

/// What stands directly before a mention.
#[derive(Debug, Default, Clone)]
pub(super) struct Lead {
    pub(super) gender: Option<Gender>,
    pub(super) title: Option<String>,
    is_address: bool,
    is_place_word: bool,
}

/// The names, and for each mention the index of its name.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) list: Vec<Name>,
    pub(super) of_mention: Vec<usize>,
    pub(super) leads: Vec<Lead>,
    index: HashMap<(Kind, String), usize>,
}

impl Names {
    pub(super) fn collect(characters: &[char], mentions: &[Mention]) -> Self {
        let leads: Vec<Lead> = mentions
            .iter()
            .map(|mention| lead(characters, mention))
            .collect();
        let kinds = kinds(&leads, mentions);
        let mut names = Self::default();
        for ((mention, kind), lead) in mentions.iter().zip(kinds).zip(leads) {
            let printed = printed(mention, kind);
            let key = key_of(printed, kind);
            let identity = (kind, key.clone());
            let n = *names.index.entry(identity).or_insert_with(|| {
                names.list.push(Name {
                    kind,
                    key,
                    printed: BTreeMap::new(),
                    origin: NameOrigin::Text,
                    stands_for: None,
                    gender: None,
                    title: None,
                });
                names.list.len() - 1
            });
            let name = &mut names.list[n];
            *name.printed.entry(printed.to_owned()).or_default() += 1;
            name.gender = name.gender.or(lead.gender);
            name.title = name.title.take().or_else(|| lead.title.clone());
            names.of_mention.push(n);
            names.leads.push(lead);
        }
        names
    }
}

fn printed(mention: &Mention, kind: Kind) -> &str {
    let bare = bare_name(&mention.text);
    let bare = if kind == Kind::Person {
        bare_name(without_titles(bare))
    } else {
        bare
    };
    if bare.is_empty() { &mention.text } else { bare }
}

fn key_of(printed: &str, kind: Kind) -> String {
    let key = name_key(printed);
    if kind == Kind::Organization {
        without_legal_form(&key).to_owned()
    } else {
        key
    }
}

/// The words before a mention or opening it that speak of the person.
fn lead(characters: &[char], mention: &Mention) -> Lead {
    let start = mention.span.start.min(characters.len());
    let before: String = characters[start.saturating_sub(24)..start].iter().collect();
    let mut lead = Lead::default();
    let same_line = before.rsplit('\n').next().unwrap_or_default();
    let words: Vec<&str> = same_line
        .split([' ', ',', '(', '"', '“'])
        .filter(|word| !word.is_empty())
        .collect();
    let opening = mention.text.split(' ').next().unwrap_or_default();
    let last = words.last().copied().unwrap_or_default();
    for word in [opening, last] {
        if let Some(gender) = gender_of_address(word) {
            lead.gender = Some(gender);
            lead.is_address = true;
        }
        if is_title(word) && word.starts_with(char::is_uppercase) {
            lead.title = Some(fold(word));
            lead.is_address = true;
        }
    }
    match last {
        "wife" | "mother" | "daughter" | "sister" | "widow" => lead.gender = Some(Gender::Female),
        "husband" | "father" | "son" | "brother" | "widower" => lead.gender = Some(Gender::Male),
        "in" | "near" | "In" | "Near" => lead.is_place_word = same_line.ends_with(' '),
        _ => {}
    }
    lead
}

/// What the names of an article say of each other's kinds.
struct Evidence<'a> {
    /// How sure the recognizer is of each kind, by key.
    weights: HashMap<&'a str, BTreeMap<Kind, f64>>,
    /// What names of several words open with, and for people end with.
    parts: HashSet<(Kind, &'a str)>,
    /// Keys of companies without their legal forms.
    companies: HashSet<&'a str>,
}

impl<'a> Evidence<'a> {
    fn of(mentions: &[Mention], keys: &'a [String]) -> Self {
        let mut evidence = Self {
            weights: HashMap::new(),
            parts: HashSet::new(),
            companies: HashSet::new(),
        };
        for (mention, key) in mentions.iter().zip(keys) {
            let kinds = evidence.weights.entry(key).or_default();
            *kinds.entry(mention.kind).or_default() += mention.confidence.max(0.05);
            evidence
                .parts
                .extend(openings(key).map(|part| (mention.kind, part)));
            if mention.kind == Kind::Person {
                evidence
                    .parts
                    .extend(endings(key).map(|part| (mention.kind, part)));
            }
            if mention.kind == Kind::Organization || ends_in_legal_form(key) {
                evidence.companies.insert(without_legal_form(key));
            }
        }
        evidence
    }

    /// The recognizer's kind, unless the rest of the article or a table says otherwise.
    fn kind(&self, mention: &Mention, key: &str, lead: &Lead) -> Kind {
        let of_person = self.parts.contains(&(Kind::Person, key));
        let of_body = self.parts.contains(&(Kind::Organization, key));
        // Henry Ford and Ford Motor: only the recognizer can tell which one "Ford" is.
        if of_person && of_body {
            return mention.kind;
        }
        if mention.kind == Kind::Group
            && known_kind(mention, key, of_person) != Some(Kind::Organization)
            && (!of_person || is_known(mention, key))
        {
            return Kind::Group;
        }
        let is_company = ends_in_legal_form(key)
            || key.contains(' ') && self.companies.contains(without_legal_form(key));
        if is_company && !lead.is_address && matches!(mention.kind, Kind::Person | Kind::Other) {
            return Kind::Organization;
        }
        let is_short = !key.contains(' ');
        if is_short && (lead.is_address || of_person && !is_known(mention, key)) {
            return Kind::Person;
        }
        if let Some(kind) = known_kind(mention, key, of_person) {
            return kind;
        }
        let weights = self.weights.get(key);
        let best = weights
            .into_iter()
            .flatten()
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
            .map_or(mention.kind, |(kind, _)| *kind);
        let is_only = weights.is_some_and(|kinds| kinds.len() == 1);
        match best {
            Kind::Person if is_short && lead.is_place_word && is_only => Kind::Location,
            Kind::Person if is_short && of_body => Kind::Organization,
            best => best,
        }
    }
}

/// The kind of each mention.
fn kinds(leads: &[Lead], mentions: &[Mention]) -> Vec<Kind> {
    let keys: Vec<String> = mentions
        .iter()
        .map(|mention| name_key(printed(mention, mention.kind)))
        .collect();
    let evidence = Evidence::of(mentions, &keys);
    mentions
        .iter()
        .zip(&keys)
        .zip(leads)
        .map(|((mention, key), lead)| evidence.kind(mention, key, lead))
        .collect()
}

fn is_known(mention: &Mention, key: &str) -> bool {
    known::find(key, is_capitals(&mention.text), Vec::new).is_some()
}

fn known_kind(mention: &Mention, key: &str, of_person: bool) -> Option<Kind> {
    let known = known::find(key, is_capitals(&mention.text), Vec::new)?;
    let is_person = mention.kind == Kind::Person && (of_person || ALSO_PEOPLE.contains(&key));
    let may_be = match known.kind {
        Kind::Organization => !matches!(mention.kind, Kind::Work | Kind::Law | Kind::Event),
        Kind::Location => !matches!(mention.kind, Kind::Group | Kind::Facility | Kind::Product),
        _ => false,
    };
    (may_be && !is_person).then_some(known.kind)
}

fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !bare_name(text).chars().any(char::is_lowercase)
}

/// What a key of several words opens with, itself not among it; names are short, so a few words will do.
pub(super) fn openings(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices(' ').take(8).map(|(at, _)| &key[..at])
}

/// What a key of several words ends with, itself not among it.
pub(super) fn endings(key: &str) -> impl Iterator<Item = &str> {
    key.rmatch_indices(' ')
        .take(8)
        .map(|(at, _)| &key[at + 1..])
}
