//! What stands below a story: an agency's sign-off, the reporters' credit, tags, a late byline.

use std::sync::LazyLock;

use regex::Regex;

use super::byline;
use crate::domain::article::Article;

/// The lines at either end among which a copyright line gives a year.
const N_ENDS: usize = 6;

struct Patterns {
    /// The year of a copyright line.
    copyright: Regex,
    /// `(Reporting by Jane Doe and John Roe; Editing by …)`
    credit: Regex,
}

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    copyright: Regex::new(
        r"(?i)^(?:©|\(c\)|copyright)\W*(?:\(c\)\W*)?(?:by\W+)?(?P<y>(?:19|20)\d\d)\b",
    )
    .expect("the pattern is constant"),
    credit: Regex::new(
        r"^[(\[]?(?:Additional )?[Rr]eporting by (?P<names>[^;)\]]{3,200})[^)\]]{0,300}[)\]]?\.?$",
    )
    .expect("the pattern is constant"),
});

/// The year that a copyright line at either end states.
pub(super) fn copyright_year(paragraphs: &[String]) -> Option<String> {
    let ends = paragraphs
        .iter()
        .rev()
        .take(N_ENDS)
        .chain(paragraphs.iter().take(N_ENDS));
    ends.filter(|line| line.len() < 300)
        .find_map(|line| Some(PATTERNS.copyright.captures(line)?["y"].to_owned()))
}

/// Takes the foot off the paragraphs.
pub(super) fn take(paragraphs: &mut Vec<String>, article: &mut Article) {
    while paragraphs.len() > 1 {
        let Some(last) = paragraphs.last() else {
            return;
        };
        let is_taken = take_tags(last, article)
            || take_credit(last, article)
            || take_late_byline(last, article);
        if !is_taken {
            break;
        }
        paragraphs.pop();
    }
    take_sign_off(paragraphs, article);
}

fn take_tags(line: &str, article: &mut Article) -> bool {
    let tags = [
        "Tags:",
        "Topics:",
        "Keywords:",
        "Filed under:",
        "Filed Under:",
        "TAGS:",
    ]
    .iter()
    .find_map(|label| line.strip_prefix(label));
    let Some(tags) = tags.filter(|tags| tags.len() < 400) else {
        return false;
    };
    let tags = tags
        .split([',', ';', '|'])
        .map(|tag| tag.trim().trim_start_matches('#'));
    article
        .keywords
        .extend(tags.filter(|tag| !tag.is_empty()).map(str::to_owned));
    true
}

/// The credit is the byline of a story that has none; beside a byline it stays in the text.
fn take_credit(line: &str, article: &mut Article) -> bool {
    if article.byline.is_some() {
        return false;
    }
    let Some(captures) = PATTERNS.credit.captures(line) else {
        return false;
    };
    article.authors = byline::authors(&captures["names"], article);
    article.byline = Some(line.to_owned());
    true
}

fn take_late_byline(line: &str, article: &mut Article) -> bool {
    // An agency alone signs off, and is no byline.
    if let Some(source) = byline::agency(line) {
        article.source.get_or_insert(source);
        return true;
    }
    !line.ends_with('.') && byline::take(line, article)
}

/// "… last year. Reuter" and "… he said. (AP)" at the very end sign for the agency.
fn take_sign_off(paragraphs: &mut Vec<String>, article: &mut Article) {
    let Some(last) = paragraphs.last_mut() else {
        return;
    };
    let word = last.rsplit(' ').next().unwrap_or(last).to_owned();
    let before = last[..last.len() - word.len()].trim_end();
    let ends_sentence = before.ends_with(['.', '"', '”', '’', '!', '?', ')']);
    let bare = word.trim_end_matches(['.', '…']).to_lowercase();
    let is_sign = match bare.as_str() {
        // The agency's own sign until 1987; nobody else ends on it, but a sentence might on the founder's name.
        "reuter" => ends_sentence || word != "Reuter.",
        "reuters" => ends_sentence,
        _ => {
            word.starts_with(['(', '/', '—'])
                || ends_sentence && word == word.to_uppercase() && !word.contains('.')
        }
    };
    let Some(source) = byline::agency(word.trim_start_matches('—')).filter(|_| is_sign) else {
        return;
    };
    let length = before.len();
    last.truncate(length);
    if length == 0 {
        paragraphs.pop();
    }
    article.source.get_or_insert(source);
}
