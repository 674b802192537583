//! The fields that structured formats share, as they write them: dates, languages, addresses.

use super::fragment;
use super::printed_date::{self, Order, Stated};

/// Languages that are named otherwise than by their code of two letters: code, code of three letters (two forms), name.
const LANGUAGES: [(&str, &[&str]); 24] = [
    ("en", &["eng", "english"]),
    ("de", &["deu", "ger", "german", "deutsch"]),
    ("fr", &["fra", "fre", "french"]),
    ("es", &["spa", "spanish"]),
    ("it", &["ita", "italian"]),
    ("pt", &["por", "portuguese"]),
    ("nl", &["nld", "dut", "dutch"]),
    ("sv", &["swe", "swedish"]),
    ("da", &["dan", "danish"]),
    ("no", &["nor", "norwegian"]),
    ("fi", &["fin", "finnish"]),
    ("pl", &["pol", "polish"]),
    ("cs", &["ces", "cze", "czech"]),
    ("hu", &["hun", "hungarian"]),
    ("el", &["ell", "gre", "greek"]),
    ("tr", &["tur", "turkish"]),
    ("ru", &["rus", "russian"]),
    ("uk", &["ukr", "ukrainian"]),
    ("ar", &["ara", "arabic"]),
    ("he", &["heb", "hebrew"]),
    ("hi", &["hin", "hindi"]),
    ("zh", &["zho", "chi", "chinese"]),
    ("ja", &["jpn", "japanese"]),
    ("ko", &["kor", "korean"]),
];

/// Text on one line, if there is any.
pub(super) fn line(text: &str) -> Option<String> {
    let line = fragment::squeezed(&super::decode::plain(text.into()));
    (!line.is_empty()).then_some(line)
}

/// A date that a field states.
pub(super) fn date(text: &str) -> Option<Stated> {
    date_in(text, Order::Unknown)
}

/// The same where the document tells the order of its dates in numbers.
pub(super) fn date_in(text: &str, order: Order) -> Option<Stated> {
    printed_date::read(text, order)
}

/// The code of a language that is given by code or name: `en` for `en-GB`, `eng` and `English`.
pub(super) fn language(text: &str) -> Option<String> {
    let word = text
        .trim()
        .split(['-', '_', ',', ' '])
        .next()?
        .to_lowercase();
    if let Some((code, _)) = LANGUAGES
        .iter()
        .find(|(_, names)| names.contains(&word.as_str()))
    {
        return Some((*code).to_owned());
    }
    let is_code = matches!(word.len(), 2 | 3) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_code && word != "und").then_some(word)
}

/// A web address, if it is one.
pub(super) fn url(text: &str) -> Option<String> {
    let text = text.trim();
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    (is_web && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// The host of an address, or of what is one without `http://`, without `www.`.
pub(super) fn domain(address: &str) -> Option<String> {
    let address = address.trim();
    let host = if address.contains("://") {
        url::Url::parse(address).ok()?.host_str()?.to_owned()
    } else {
        address
            .trim_start_matches('/')
            .split('/')
            .next()?
            .to_lowercase()
    };
    let host = host.trim_start_matches("www.");
    (host.contains('.') && !host.contains(char::is_whitespace)).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_hosts_have_one_form() {
        assert_eq!(
            ["en-GB", "eng", "English", "gsw", "?"]
                .map(language)
                .map(Option::unwrap_or_default),
            ["en", "en", "en", "gsw", ""]
        );
        assert_eq!(
            [
                "https://www.Example.org/a?b",
                "example.org",
                "http://[",
                "no host"
            ]
            .map(domain)
            .map(Option::unwrap_or_default),
            ["example.org", "example.org", "", ""]
        );
    }
}
