//! What stands in a byline, part by part: people's names, or desks, outlets, roles, places and addresses.

use std::sync::LazyLock;

use regex::Regex;

use super::page::squeeze;
use super::{fold, pattern};

/// Words that no person is called by alone.
const NO_FIRST_NAMES: &[&str] = &[
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
];

/// Words of [`NO_NAMES`] that end the name of an organization.
const ORGANIZATIONS: &[&str] = &[
    "agency",
    "agencies",
    "press",
    "bureau",
    "service",
    "services",
    "media",
    "network",
    "group",
    "inc",
    "llc",
    "ltd",
    "corp",
    "university",
    "institute",
    "council",
    "magazine",
    "newspaper",
    "tribune",
    "gazette",
    "journal",
    "herald",
    "staff",
    "desk",
    "newsroom",
    "team",
];

/// Words that end the name of an outlet where it stands behind a person's; people are called so too.
const OUTLETS: &[&str] = &[
    "post",
    "times",
    "daily",
    "weekly",
    "monthly",
    "today",
    "mirror",
    "observer",
    "guardian",
    "telegraph",
    "standard",
    "globe",
    "examiner",
    "chronicle",
    "inquirer",
    "courier",
    "dispatch",
    "bulletin",
    "sentinel",
    "review",
    "star",
    "sun",
    "leader",
    "argus",
    "republic",
    "newswire",
];

/// Words of [`NO_NAMES`] that stand before a name.
const ROLES: &[&str] = &[
    "staff",
    "senior",
    "chief",
    "reporter",
    "correspondent",
    "writer",
    "editor",
    "contributing",
    "contributor",
    "columnist",
    "associate",
    "assistant",
    "guest",
    "special",
    "freelance",
    "producer",
    "political",
    "sports",
    "business",
    "redakteur",
    "redakteurin",
    "корреспондент",
    "muhabir",
];

/// Words that no person is called by: desks, roles, services.
const NO_NAMES: &[&str] = &[
    "staff",
    "admin",
    "administrator",
    "editor",
    "editors",
    "editorial",
    "newsroom",
    "news",
    "desk",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "writer",
    "writers",
    "contributor",
    "contributors",
    "press",
    "agency",
    "agencies",
    "team",
    "bureau",
    "service",
    "services",
    "media",
    "network",
    "online",
    "digital",
    "web",
    "webdesk",
    "author",
    "authors",
    "columnist",
    "columnists",
    "producer",
    "producers",
    "photographer",
    "photographers",
    "director",
    "manager",
    "chief",
    "senior",
    "associate",
    "assistant",
    "reuters",
    "afp",
    "upi",
    "xinhua",
    "dpa",
    "pti",
    "ians",
    "ani",
    "kyodo",
    "facebook",
    "twitter",
    "instagram",
    "linkedin",
    "google",
    "youtube",
    "http",
    "https",
    "www",
    "com",
    "subscribe",
    "follow",
    "email",
    "share",
    "published",
    "updated",
    "posted",
    "redaktion",
    "redacción",
    "redação",
    "redacao",
    "redazione",
    "rédaction",
    "редакция",
    "unknown",
    "anonymous",
    "posts",
    "view",
    "magazine",
    "newspaper",
    "group",
    "inc",
    "llc",
    "ltd",
    "tv",
    "radio",
    "corp",
    "university",
    "institute",
    "photo",
    "photos",
    "video",
    "getty",
    "images",
    "tribune",
    "gazette",
    "journal",
    "herald",
    "contributing",
    "freelance",
    "associated",
    "photograph",
    "illustration",
    "graphic",
    "humans",
    "by",
    "health",
    "sports",
    "business",
    "politics",
    "technology",
    "science",
    "opinion",
    "council",
];
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:(?:story|text|words|article|report|analysis|opinion|review|column|written|posted|published|reported|created|submitted|authored|edited)\s+)?by|author|authors|writer|(?:publicado|escrito|texto|redactado) por|(?:publié|écrit|rédigé) par|(?:pubblicato|scritto) da|(?:geschrieben|veröffentlicht|erstellt) von|von|par|por|de|di|da|door|av|af|oleh|penulis|yazar|yazan|автор|авторы|текст|autor|autora|autores|auteur|autore|text|texto|texte|testo|tekst|words|tác giả)\s*[:\-–—]*\s+|^\W*(?:作者|记者|記者|撰文|文|글)\s*[::/]?\s*",
    )
});
static PARTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*(?:,|;|\||/|·|•|\n|\s&\s|\sand\s|\swith\s|\sund\s|\set\s|\sy\s|\se\s|\si\s|\sи\s|\sve\s|、|\sog\s|\soch\s|\s[-–—]\s|–|—)\s*",
    )
});

/// Credits for other things than the writing.
static NO_WRITING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:photo|photograph|photography|illustration|graphic|video|image|picture|foto|фото|edited|reviewed|fact.?checked)s?\s*(?:by|:|credit)",
    )
});

/// Where a name ends: a place, an address, a date, a role behind the name.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\s+(?:in|for|at|of the|from|on|is|published|updated|posted)(?:\s.*)?|\s*[(\[<@].*|\s+\S+@\S+.*|\s+https?:.*|\s+\d.*)$",
    )
});

/// Splits a byline into people and others.
pub(super) fn read(text: &str, outlet: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut people, mut others) = (Vec::new(), Vec::new());
    if text.contains("://") || text.starts_with('@') || text.chars().count() > 300 {
        return (people, others);
    }
    if NO_WRITING.is_match(text) {
        return (people, others);
    }
    let text = text.replace(", Jr", " Jr").replace(", Sr.", " Sr.");
    let text = LABEL.replace(&text, "");
    for part in PARTED.split(&text) {
        let part = LABEL.replace(part, "");
        let name = squeeze(
            TAIL.replace(&part, "")
                .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')')),
        );
        let name = without_role(without_leading_role(without_repetition(&name)), outlet);
        if !name.chars().any(char::is_alphabetic) {
            continue;
        }
        let is_outlet = !people.is_empty()
            && name
                .rsplit(' ')
                .next()
                .is_some_and(|last| OUTLETS.contains(&fold(last).as_str()));
        if !is_outlet && is_person(&name, outlet) {
            people.push(as_printed(&name));
        } else if !others.contains(&name) {
            others.push(name);
        }
    }
    // One word beside others is a place or an outlet: `Reuters, Washington`.
    if people.len() + others.len() > 1 {
        people.retain(|name| name.contains(' ') || !name.is_ascii());
    }
    (people, others)
}

/// `Ida Holm Ida Holm` is one.
fn without_repetition(name: &str) -> &str {
    let middle = name.len() / 2;
    match (name.get(..middle), name.get(middle + 1..)) {
        (Some(first), Some(second)) if first == second && first.contains(' ') => first,
        _ => name,
    }
}

/// Cuts the role that stands before a name of two words or more.
fn without_leading_role(name: &str) -> &str {
    let mut rest = name;
    while let Some((first, after)) = rest.split_once(' ') {
        let is_role = ROLES.contains(&fold(first).as_str());
        if !is_role {
            break;
        }
        rest = after;
    }
    if rest.contains(' ') { rest } else { name }
}

/// Cuts what follows a name of two words or more: a role, an agency, the outlet.
fn without_role(name: &str, outlet: &[String]) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let ends = |n_words: usize| {
        let word = fold(words[n_words]);
        let rest = fold(&words[n_words..].concat());
        NO_NAMES.contains(&word.as_str())
            || outlet.contains(&rest)
            || words[n_words - 1].ends_with('.') && words[n_words - 1].len() > 4
    };
    if words
        .iter()
        .take(2)
        .any(|word| NO_NAMES.contains(&fold(word).as_str()) || fold(word) == "the")
    {
        return name.to_owned();
    }
    let n_words = (2..words.len())
        .find(|n_words| ends(*n_words))
        .unwrap_or(words.len());
    if n_words + 1 == words.len() && ORGANIZATIONS.contains(&fold(words[n_words]).as_str()) {
        return name.to_owned();
    }
    words[..n_words]
        .join(" ")
        .trim_end_matches(|c: char| c == '.' && n_words < words.len())
        .to_owned()
}

fn is_person(name: &str, outlet: &[String]) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let folded = fold(name);
    let is_cased = !name.chars().any(char::is_lowercase) && !name.chars().any(char::is_uppercase);
    let n_capitals = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    (1..=5).contains(&words.len())
        && (2..=50).contains(&name.chars().count())
        && !name.contains(|c: char| {
            c.is_numeric() || matches!(c, '@' | ':' | '_' | '=' | '!' | '?' | '#')
        })
        && (is_cased || n_capitals * 2 >= words.len() && n_capitals > 0)
        && !name
            .split([' ', '-', '.'])
            .map(fold)
            .any(|word| NO_NAMES.contains(&word.as_str()) || outlet.contains(&word))
        && !outlet
            .iter()
            .any(|outlet| *outlet == folded || folded.len() > 4 && outlet.contains(&folded))
        && !folded.starts_with("associatedpress")
        && !(words.len() == 1 && (name == name.to_uppercase() && !is_cased || folded.len() < 3))
        && !words[0].eq_ignore_ascii_case("the")
        && !NO_FIRST_NAMES.contains(&fold(words[0]).as_str())
}

/// JANE DOE is shouted; McKay and DeVito are not.
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
mod tests {
    use super::*;

    #[test]
    fn bylines_are_read_as_people() {
        for (byline, people) in [
            (
                "By Jane Doe and John Roe",
                &["Jane Doe", "John Roe"] as &[&str],
            ),
            ("By JANE DOE, Staff Writer", &["Jane Doe"]),
            ("Jane Doe, The Associated Press", &["Jane Doe"]),
            ("By Jane Doe | jdoe@example.com", &["Jane Doe"]),
            ("Jane Doe for Example News", &["Jane Doe"]),
            ("By Jane Doe in Oslo", &["Jane Doe"]),
            ("Written by: Jane van der Doe", &["Jane van der Doe"]),
            ("Senior Reporter Jane Doe", &["Jane Doe"]),
            ("By JANE DOE, AP National Security Writer", &["Jane Doe"]),
            (
                "Jane Doe, John Roe and Mary Major",
                &["Jane Doe", "John Roe", "Mary Major"],
            ),
            ("By John Doe, Jr.", &["John Doe Jr."]),
            ("Von Jana Meier und Jens Roth", &["Jana Meier", "Jens Roth"]),
            ("Publicado por: Juana Paz", &["Juana Paz"]),
            ("Автор: Иван Петров", &["Иван Петров"]),
            ("By Jane Doe Jane Doe", &["Jane Doe"]),
            ("By SOMEWHERE POST STAFF", &[]),
            ("European Space Agency", &[]),
            ("Example Staff", &[]),
            ("admin", &[]),
            ("https://www.facebook.com/example", &[]),
            ("Reuters", &[]),
        ] {
            assert_eq!(read(byline, &["example".into()]).0, people, "{byline}");
        }
    }
}
