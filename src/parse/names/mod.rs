//! Who a byline names, in every format: people apart from desks, outlets, roles, places and addresses. A name ends where
//! something stands that is no part of a name, by its shape or by the lists of [`words`].

mod label;
mod words;

use super::fragment::squeezed;

/// What a byline says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Credit {
    pub(super) people: Vec<String>,
    /// What is nobody's name: agencies, desks, roles, places.
    pub(super) others: Vec<String>,
}

/// Words that open the names of organizations.
const NO_FIRST_NAMES: &[&str] = &[
    "the",
    "guest",
    "bloomberg",
    "root",
    "user",
    "more",
    "special",
    "test",
    "wordpress",
    "ap",
    "cnn",
    "bbc",
    "nbc",
    "cbs",
    "abc",
    "cnbc",
    "about",
    "your",
    "our",
    "all",
    "read",
    "see",
];

/// A line longer than this is no byline.
const MAX_CHARS: usize = 300;

/// Letters and digits in lower case: two words that say the same are equal.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Splits a byline into people and others. Line ends part what stands in boxes of its own, such as a role; `outlet` is what the
/// outlet is called, folded.
pub(super) fn read(text: &str, outlet: &[String]) -> Credit {
    let mut credit = Credit::default();
    if text.contains("://") || text.starts_with('@') || text.chars().count() > MAX_CHARS {
        return credit;
    }
    let text = text.replace(", Jr", " Jr").replace(", Sr.", " Sr.");
    let text = label::without_pictures(&text);
    let text = label::cut(&text);
    let is_small = text.contains(char::is_lowercase) && !text.contains(char::is_uppercase);
    for part in label::parts(text) {
        credit.add(part, outlet, is_small);
    }
    // One word beside others is a place or an outlet: `Reuters, Washington`.
    if credit.people.len() + credit.others.len() > 1 {
        credit
            .people
            .retain(|name| name.contains(' ') || is_caseless(name));
    }
    credit
}

/// Whether a line is one name with a role behind it, and nothing else.
pub(super) fn is_with_role(line: &str) -> bool {
    let credit = read(line, &[]);
    let is_role = |other: &String| {
        let last = other.rsplit(' ').next().map(fold).unwrap_or_default();
        words::is_role(&last)
    };
    credit.people.len() == 1
        && credit.people[0].contains(' ')
        && credit.others.len() == 1
        && credit.others.iter().all(is_role)
}

/// `Holm, Ida` is Ida Holm.
pub(super) fn in_order(name: &str) -> String {
    let is_word = |part: &str| {
        let folded = fold(part);
        part.starts_with(char::is_uppercase)
            && !part.contains(' ')
            && part.contains(char::is_lowercase)
            && !(words::is_nobody(&folded) || words::is_place(&folded) || words::is_role(&folded))
    };
    match name.split_once(", ") {
        Some((last, first)) if is_word(last) && is_word(first) => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

impl Credit {
    /// Reads one part. Of its boxes the first that is a whole name is the name; if none is, they are the words of one.
    fn add(&mut self, part: &str, outlet: &[String], is_small: bool) {
        let boxes: Vec<&str> = part
            .lines()
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let mut names = boxes.iter().map(|part| Name::of(part, outlet, is_small));
        let whole = names.position(|name| name.is_person && name.text.contains(' '));
        let Some(whole) = whole else {
            self.add_name(&Name::of(&boxes.join(" "), outlet, is_small));
            return;
        };
        self.add_name(&Name::of(boxes[whole], outlet, is_small));
        for (n, other) in boxes.iter().enumerate() {
            if n != whole {
                self.add_other(other);
            }
        }
    }

    fn add_name(&mut self, name: &Name) {
        let last = name.text.rsplit(' ').next().map(fold).unwrap_or_default();
        let is_outlet = !self.people.is_empty() && words::ends_outlet(&last);
        if name.is_person && !is_outlet {
            let name = as_printed(&name.text);
            if !self.people.contains(&name) {
                self.people.push(name);
            }
        } else {
            self.add_other(&name.text);
        }
        self.add_other(&name.tail);
    }

    fn add_other(&mut self, text: &str) {
        let text = label::cut(text).trim();
        if text.contains(char::is_alphabetic) && !self.others.iter().any(|other| other == text) {
            self.others.push(text.to_owned());
        }
    }
}

/// A name with what follows it.
#[derive(Debug, Default)]
struct Name {
    text: String,
    tail: String,
    is_person: bool,
}

impl Name {
    fn of(part: &str, outlet: &[String], is_small: bool) -> Self {
        let part = squeezed(label::cut(part));
        let part = part
            .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')' | '(' | '@'));
        let all: Vec<&str> = without_repetition(part).split(' ').collect();
        let all = &all[n_leading(&all)..];
        let n_words = length(all, outlet, is_small);
        let (name, tail) = all.split_at(n_words);
        let text = name.join(" ");
        let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let text = if n_words < all.len() && text.len() > 4 && !is_initial(text) {
            text.trim_end_matches('.')
        } else {
            text
        };
        Self {
            is_person: !is_organization(name, tail, outlet) && is_person(text, outlet, is_small),
            text: text.to_owned(),
            tail: tail.join(" "),
        }
    }
}

/// `Ida Holm Ida Holm` is one.
fn without_repetition(name: &str) -> &str {
    let middle = name.len() / 2;
    match (name.get(..middle), name.get(middle + 1..)) {
        (Some(first), Some(second)) if first == second && first.contains(' ') => first,
        _ => name,
    }
}

/// How many words at the beginning say what somebody is: `Chief Political Correspondent Ida Holm`.
fn n_leading(all: &[&str]) -> usize {
    let mut n_leading = 0;
    for (n, word) in all.iter().enumerate() {
        let word = fold(word);
        if words::is_role(&word) {
            n_leading = n + 1;
        } else if !words::is_beat(&word) {
            break;
        }
    }
    if all.len() >= n_leading + 2 {
        n_leading
    } else {
        0
    }
}

/// How many words belong to the name at the beginning of `all`.
fn length(all: &[&str], outlet: &[String], is_small: bool) -> usize {
    let folded: Vec<String> = all.iter().map(|word| fold(word)).collect();
    let mut n_words = (0..all.len())
        .find(|at| {
            is_no_name(all, &folded, *at, is_small)
                || *at > 0 && is_behind(all, &folded, *at, outlet)
        })
        .unwrap_or(all.len());
    while n_words > 1
        && words::is_particle(&folded[n_words - 1])
        && all[n_words - 1] == folded[n_words - 1]
    {
        n_words -= 1;
    }
    n_words
}

/// Whether a word cannot stand in a name by its shape.
fn is_no_name(all: &[&str], folded: &[String], at: usize, is_small: bool) -> bool {
    let (word, folded) = (all[at], &folded[at]);
    let is_lower = word.starts_with(char::is_lowercase)
        && !word.contains(char::is_uppercase)
        && !word.starts_with("al-");
    word.contains(|c: char| c.is_numeric() || c == '@')
        || word.starts_with(['(', '[', '<', '"', '“', '„', '«'])
        || at > 0 && is_lower && !is_small && !words::is_particle(folded)
        || at > 0 && is_small && words::is_of_sentence(folded) && !words::is_particle(folded)
        || folded.is_empty() && at > 0
}

/// Whether a word that could stand in a name says something else behind one.
fn is_behind(all: &[&str], folded: &[String], at: usize, outlet: &[String]) -> bool {
    let word = folded[at].as_str();
    if words::is_furniture(word) && words::is_nobody(word)
        || words::is_particle(word) && is_placed(folded, at + 1)
    {
        return true;
    }
    if at < 2 {
        return false;
    }
    let before = all[at - 1];
    let has_digit = |at: usize| {
        folded
            .get(at)
            .is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()))
    };
    let is_outlet = (at + 1..=folded.len()).any(|end| outlet.contains(&folded[at..end].concat()));
    words::is_furniture(word)
        || words::is_role(word)
        || words::is_nobody(word)
        || word == "the"
        || words::is_beat(word) && folded[at..].iter().any(|word| words::is_role(word))
        || words::is_month(word) && (has_digit(at + 1) || has_digit(at + 2))
        || is_placed(folded, at)
        || is_outlet
        || is_acronym(all, at)
        || before.ends_with('.') && before.len() > 4 && !is_initial(before)
}

/// Whether a place stands there, and nothing after it that a name could go on with.
fn is_placed(folded: &[String], at: usize) -> bool {
    [1, 2].iter().any(|n_words| {
        let end = at + n_words;
        end <= folded.len() && words::is_place(&folded[at..end].concat())
    })
}

/// `Ida Holm AP`, but `Ida Holm III`.
fn is_acronym(all: &[&str], at: usize) -> bool {
    let word = all[at];
    let is_capital = word.chars().all(char::is_uppercase);
    is_capital
        && (2..=6).contains(&word.chars().count())
        && !matches!(word, "II" | "III" | "IV" | "JR" | "SR")
        && all[..at]
            .iter()
            .any(|word| word.contains(char::is_lowercase))
}

/// `J.` and `J.R.R.`
fn is_initial(word: &str) -> bool {
    let last = word.rsplit(' ').next().unwrap_or(word);
    last.split('.').all(|part| part.chars().count() <= 2)
}

/// `European Space Agency`: what follows two words makes an organization of them.
fn is_organization(name: &[&str], tail: &[&str], outlet: &[String]) -> bool {
    let generic = |word: &&str| {
        let word = fold(word);
        words::ends_organization(&word) || word == "news"
    };
    let tail_folded = fold(&tail.concat());
    !tail.is_empty()
        && name.len() >= 2
        && tail.iter().all(generic)
        && !outlet.contains(&tail_folded)
}

fn is_caseless(name: &str) -> bool {
    name.contains(char::is_alphabetic)
        && !name.contains(|c: char| c.is_lowercase() || c.is_uppercase())
}

fn is_person(name: &str, outlet: &[String], is_small: bool) -> bool {
    const MAX_WORDS: usize = 6;
    let all: Vec<&str> = name.split(' ').collect();
    let folded = fold(name);
    let is_capital = |word: &&&str| {
        word.contains(char::is_uppercase) || is_caseless(word) || word.starts_with("al-")
    };
    let n_capitals = all.iter().filter(is_capital).count();
    let n_real = all
        .iter()
        .filter(|word| !words::is_particle(&fold(word)) || word.contains(char::is_uppercase))
        .count();
    let is_shaped = if is_small {
        (2..=4).contains(&all.len()) && all.iter().all(|word| is_small_name(word))
    } else {
        (1..=MAX_WORDS).contains(&all.len())
            && n_real <= 5
            && n_capitals > 0
            && n_capitals >= n_real
    };
    let is_lone =
        |word: &str| words::is_furniture(word) || words::is_role(word) || words::is_beat(word);
    // `der Leyen` is the rest of a sentence.
    let is_cut = words::is_particle(all[0]) && n_capitals < 2 && !is_small;
    is_shaped
        && !is_cut
        && (2..=60).contains(&name.chars().count())
        && !name
            .contains(|c: char| c.is_numeric() || "@:_=!?#\"“”„«»…\\{}*<>[]|\u{fffd}".contains(c))
        && !name
            .split([' ', '-', '.'])
            .map(fold)
            .any(|word| words::is_nobody(&word) || outlet.contains(&word))
        && !outlet
            .iter()
            .any(|outlet| *outlet == folded || folded.len() > 4 && outlet.contains(&folded))
        && !words::is_place(&folded)
        && !all.iter().all(|word| is_lone(&fold(word)))
        && !(all.len() == 1
            && (name == name.to_uppercase() && !is_caseless(name)
                || folded.len() < 3 && !is_caseless(name)))
        && !NO_FIRST_NAMES.contains(&fold(all[0]).as_str())
}

/// A word of a name that is set in small letters.
fn is_small_name(word: &str) -> bool {
    let folded = fold(word);
    word.chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
        && (!words::is_of_sentence(&folded) || words::is_particle(&folded))
        && !words::is_furniture(&folded)
        && !words::is_role(&folded)
        && !words::is_beat(&folded)
}

/// JANE DOE is shouted, jane doe mumbled; McKay and DeVito are neither.
pub(super) fn as_printed(name: &str) -> String {
    let is_shouted =
        name == name.to_uppercase() && name.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let is_mumbled = name == name.to_lowercase();
    if !is_shouted && !is_mumbled {
        return name.to_owned();
    }
    let mut at_start = true;
    let chars = name.chars().flat_map(|c| {
        let c: Vec<char> = if at_start {
            c.to_uppercase().collect()
        } else {
            c.to_lowercase().collect()
        };
        at_start = matches!(c.first(), Some(' ' | '-' | '\'' | '’' | '.'));
        c
    });
    chars.collect()
}

#[cfg(test)]
mod tests;
