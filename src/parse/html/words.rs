//! The words that sites name their elements with: `article__share-bar` says "article", "share" and "bar".

use super::page::Page;

/// Elements that never hold what a reader reads as the article.
const NEVER: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "select",
    "option",
    "button",
    "input",
    "textarea",
    "iframe",
    "object",
    "svg",
    "canvas",
    "audio",
    "video",
    "map",
    "figcaption",
    "dialog",
    "menu",
    "nav",
    "head",
    "title",
    "link",
    "meta",
    "datalist",
    "progress",
    "frameset",
    "applet",
];

/// Elements that frame an article or stand beside it, unless most of the text is in them.
const AROUND: &[&str] = &["aside", "footer", "form", "header", "label"];

/// The words of an element's id and classes, each between spaces: ` article share bar `.
pub(super) fn of(page: &Page, at: usize) -> String {
    let mut words = String::from(" ");
    for name in [
        "id",
        "class",
        "data-component",
        "data-testid",
        "data-module",
        "data-type",
    ] {
        for token in page.attr(at, name).unwrap_or_default().split_whitespace() {
            push_token(token, &mut words);
        }
    }
    words
}

/// Splits `relatedArticles-box` at marks and at capitals. A topic that a blog engine writes into a class is not a word of the layout.
fn push_token(token: &str, words: &mut String) {
    let is_topic = [
        "tag-",
        "category-",
        "cat-",
        "topic-",
        "author-",
        "section-",
        "format-",
    ]
    .iter()
    .any(|prefix| token.starts_with(prefix) && words.contains(" post "));
    if is_topic || token.len() > 120 {
        return;
    }
    for part in token.split(|c: char| !c.is_alphanumeric()) {
        if part.is_empty() {
            continue;
        }
        if !part.contains(char::is_uppercase) || !part.contains(char::is_lowercase) {
            push_word(part, words);
        } else if is_camel_case(part) {
            for word in humps(part) {
                push_word(word, words);
            }
        } else {
            // With its capitals, so that it is equal to no word.
            words.push_str(part);
            words.push(' ');
        }
    }
}

fn push_word(word: &str, words: &mut String) {
    words.extend(word.chars().flat_map(char::to_lowercase));
    words.push(' ');
}

/// The pieces of `relatedArticlesBox` between its capitals.
fn humps(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let mut was_lower = false;
        let end = rest.char_indices().find_map(|(at, c)| {
            let is_start = c.is_uppercase() && was_lower;
            was_lower = c.is_lowercase();
            is_start.then_some(at)
        });
        let (hump, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!hump.is_empty()).then_some(hump)
    })
}

/// Whether the capitals in a name begin words. Those of a random id, `AdDsWC`, do not: its pieces are too short for words, lack a
/// vowel or mix cases.
fn is_camel_case(part: &str) -> bool {
    const MIN_WORD_CHARS: usize = 3;
    const SHORT: [&str; 16] = [
        "ad", "ads", "btn", "by", "hdr", "img", "in", "is", "no", "nr", "of", "on", "rss", "to",
        "tv", "txt",
    ];
    let is_word = |hump: &&str| {
        let rest = hump.trim_start_matches(char::is_uppercase);
        let is_one_case = matches!(rest, "" | "s") || hump.len() - rest.len() <= 1;
        let folded = hump.to_lowercase();
        let has_vowel = !hump.is_ascii() || folded.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        hump.len() >= MIN_WORD_CHARS && is_one_case && has_vowel || SHORT.contains(&&*folded)
    };
    let n_in_words: usize = humps(part).filter(is_word).map(str::len).sum();
    n_in_words * 3 > part.len() * 2
}

pub(super) fn is_never_text(tag: &str) -> bool {
    NEVER.contains(&tag)
}

pub(super) fn is_around(tag: &str) -> bool {
    AROUND.contains(&tag)
}

pub(super) fn contain(words: &str, word: &str) -> bool {
    words
        .match_indices(word)
        .any(|(at, _)| words[..at].ends_with(' ') && words[at + word.len()..].starts_with(' '))
}

/// Whether the words name the box that holds an article's text and nothing else.
pub(super) fn name_body(words: &str) -> bool {
    const BODIES: &[&str] = &[
        " article body ",
        " articlebody ",
        " story body ",
        " storybody ",
        " post body ",
        " post content ",
        " entry content ",
        " article content ",
        " articlecontent ",
        " article text ",
        " articletext ",
        " story content ",
        " story text ",
        " post text ",
        " body text ",
        " body copy ",
        " story copy ",
        " article copy ",
        " news text ",
        " news content ",
        " news body ",
        " content body ",
        " page content body ",
        " single content ",
        " post entry ",
        " article main ",
        " rich text ",
        " article entry ",
        " blog content ",
        " field name body ",
        " body content ",
        " entry text ",
        " td post content ",
        " main content ",
        " prose ",
    ];
    BODIES.iter().any(|body| words.contains(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_as_words() {
        let page = Page::parse("<p class='relatedArticles-box c_newsletter--wide' id=x>");
        let p = page.tagged(&["p"]).next().unwrap();
        assert_eq!(of(&page, p), " x related articles box c newsletter wide ");
    }

    #[test]
    fn random_ids_are_no_words() {
        for (id, words) in [
            ("AdDsWC", " AdDsWC "),
            ("shAReX", " shAReX "),
            ("tAgZ9w", " tAgZ9w "),
            ("NavQz7", " NavQz7 "),
            ("adSlotXl", " ad slot xl "),
            ("articleBody", " article body "),
            ("RelatedURLs", " related urls "),
            (
                "x1-RichTextComponentWrapper",
                " x1 rich text component wrapper ",
            ),
        ] {
            let mut found = String::from(" ");
            push_token(id, &mut found);
            assert_eq!(found, words, "{id}");
        }
    }
}
