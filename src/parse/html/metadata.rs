//! What a page states of itself in `<meta>`, `<link>` and JSON-LD: outlet, address, section, keywords, language.

use url::Url;

use super::json_ld::{JsonLd, plain};
use super::page::{Page, squeeze};
use crate::domain::article::Source;

/// More keywords than this are bait for search engines.
const MAX_KEYWORDS: usize = 40;

/// The page's own statements.
pub(super) struct Metadata {
    /// Names in lower case and contents of the `<meta>` elements, in order.
    metas: Vec<(String, String)>,
    /// What `<title>` says.
    pub(super) head_title: String,
    /// The language of the page's root.
    page_language: Option<String>,
    /// The article's address, or the page's.
    pub(super) url: Option<String>,
    /// Its JSON-LD.
    pub(super) json_ld: JsonLd,
}

impl Metadata {
    pub(super) fn read(page: &Page, source: &str) -> Self {
        let metas = metas(page);
        let head_title = page
            .tagged(&["title"])
            .find(|at| page.tag(page.parent(*at)) != "svg");
        let head_title = head_title.map(|at| page.text_of(at)).unwrap_or_default();
        let root = page.tagged(&["html"]).next();
        let page_language =
            root.and_then(|at| page.attr(at, "lang").or_else(|| page.attr(at, "xml:lang")));
        let mut metadata = Self {
            metas,
            page_language: page_language.map(str::to_owned),
            head_title,
            url: None,
            json_ld: JsonLd::read(page, "", ""),
        };
        metadata.url = metadata.find_url(page, source);
        let title = format!(
            "{} {}",
            metadata.head_title,
            metadata.meta(&["og:title"]).unwrap_or_default()
        );
        metadata.json_ld = JsonLd::read(page, &title, metadata.url.as_deref().unwrap_or_default());
        metadata
    }

    /// The first content under one of these names, the earlier name first.
    pub(super) fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.metas(name).next())
    }

    /// All contents under a name.
    pub(super) fn metas(&self, name: &str) -> impl Iterator<Item = String> {
        let found = self.metas.iter().filter(move |(key, _)| key == name);
        found
            .map(|(_, content)| plain(content))
            .filter(|content| !content.is_empty())
    }

    fn find_url(&self, page: &Page, source: &str) -> Option<String> {
        let canonical = page
            .tagged(&["link"])
            .find(|at| page.attr(*at, "rel") == Some("canonical"));
        let canonical = canonical
            .and_then(|at| page.attr(at, "href"))
            .map(str::to_owned);
        let stated = [
            canonical,
            self.meta(&["og:url"]),
            self.json_ld.url(),
            self.meta(&[
                "twitter:url",
                "al:web:url",
                "parsely-link",
                "dc.identifier",
                "citation_fulltext_html_url",
            ]),
            saved_from(source),
        ];
        let urls: Vec<Url> = stated
            .into_iter()
            .flatten()
            .filter_map(|url| absolute(&url))
            .collect();
        // An address without a path is the outlet's, not the article's.
        let is_own = |url: &&Url| url.path().len() > 1 || url.query().is_some();
        urls.iter()
            .find(is_own)
            .or(urls.first())
            .map(Url::to_string)
    }

    /// The host of the page without `www.`.
    pub(super) fn domain(&self) -> Option<String> {
        let url = Url::parse(self.url.as_deref()?).ok()?;
        Some(url.host_str()?.trim_start_matches("www.").to_owned())
    }

    /// The outlet: as it calls itself, else by its host.
    pub(super) fn source(&self) -> Option<Source> {
        let domain = self.domain();
        let publisher = self
            .json_ld
            .names("publisher")
            .into_iter()
            .map(|(name, _)| name);
        let stated = self
            .meta(&["og:site_name"])
            .into_iter()
            .chain(publisher)
            .chain(self.meta(&[
                "application-name",
                "apple-mobile-web-app-title",
                "article_publication_name",
                "cre",
                "dc.publisher",
                "publisher",
            ]));
        let name = stated
            .map(|name| name.trim_start_matches('@').trim().to_owned())
            .find(|name| !name.starts_with("http") && (2..=60).contains(&name.chars().count()))
            .or_else(|| domain.clone())?;
        let bare = name.trim_start_matches("www.").to_owned();
        Some(Source {
            name: if Some(&bare) == domain.as_ref() {
                bare
            } else {
                name
            },
            domain,
        })
    }

    pub(super) fn section(&self) -> Option<String> {
        let stated = self.json_ld.texts("articleSection").into_iter();
        let mut stated = stated.chain(self.meta(&[
            "article:section",
            "parsely-section",
            "sailthru.section",
            "section",
            "articlesection",
            "prism.section",
            "category",
        ]));
        stated.find(|section| !section.starts_with("http") && section.chars().count() <= 60)
    }

    pub(super) fn keywords(&self) -> Vec<String> {
        let lists = [
            self.json_ld.texts("keywords"),
            self.metas("article:tag").collect(),
            self.metas("news_keywords").collect(),
            self.metas("parsely-tags").collect(),
            self.metas("sailthru.tags").collect(),
            self.metas("keywords").collect(),
        ];
        let list = lists
            .into_iter()
            .find(|list| !list.is_empty())
            .unwrap_or_default();
        let mut keywords: Vec<String> = Vec::new();
        for keyword in list
            .iter()
            .flat_map(|words| words.split([',', ';']))
            .map(squeeze)
        {
            let is_machine_word = !keyword.starts_with(char::is_alphanumeric)
                || keyword.contains(['=', '{', '_'])
                || keyword.contains("://")
                || keyword.chars().count() > 60;
            let is_known = keywords
                .iter()
                .any(|known| known.to_lowercase() == keyword.to_lowercase());
            if !keyword.is_empty() && !is_machine_word && !is_known && keywords.len() < MAX_KEYWORDS
            {
                keywords.push(keyword);
            }
        }
        keywords
    }

    /// The language and country that the page states: `en-GB`.
    pub(super) fn locale(&self) -> String {
        let stated = self.page_language.clone();
        stated
            .filter(|language| language.len() > 2)
            .or_else(|| self.meta(&["og:locale", "content-language"]))
            .unwrap_or_default()
    }

    pub(super) fn language(&self) -> Option<String> {
        let stated = [
            self.page_language.clone(),
            self.json_ld.text("inLanguage"),
            self.meta(&[
                "content-language",
                "og:locale",
                "language",
                "dc.language",
                "inlanguage",
            ]),
        ];
        stated.into_iter().flatten().find_map(|code| {
            let code = code.split(['-', '_', ',']).next()?.trim().to_lowercase();
            ((2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_lowercase()))
                .then_some(code)
        })
    }
}

fn metas(page: &Page) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for at in page.tagged(&["meta"]) {
        let Some(content) = page.attr(at, "content").or_else(|| page.attr(at, "value")) else {
            continue;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = page.attr(at, key) {
                metas.push((name.to_lowercase(), content.to_owned()));
            }
        }
    }
    metas
}

fn absolute(url: &str) -> Option<Url> {
    let url = if url.starts_with("//") {
        format!("https:{url}")
    } else {
        url.to_owned()
    };
    Url::parse(&url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
}

/// Browsers that save a page write its address into a comment.
fn saved_from(source: &str) -> Option<String> {
    let head = &source[..source.floor_char_boundary(4_000)];
    let (_, after) = head
        .split_once("saved from url=")
        .or_else(|| head.split_once("Page saved with SingleFile"))?;
    let start = after.find("http")?;
    let end = after[start..].find(char::is_whitespace)?;
    Some(after[start..start + end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(html: &str) -> Metadata {
        Metadata::read(&Page::parse(html), html)
    }

    #[test]
    fn an_outlet_is_called_what_it_calls_itself() {
        let page = metadata(
            "<link rel=canonical href='https://www.example.com/a'><meta property=og:site_name content='The Example'>",
        );
        assert_eq!(
            page.source(),
            Some(Source {
                name: "The Example".into(),
                domain: Some("example.com".into())
            })
        );
        let page = metadata("<link rel=canonical href='https://www.example.com/a'>");
        assert_eq!(page.source().unwrap().name, "example.com");
    }

    #[test]
    fn the_address_is_the_articles_own() {
        let page = metadata(
            "<link rel=canonical href='https://example.com/'><meta property=og:url content='https://example.com/2019/ferry'>",
        );
        assert_eq!(page.url.as_deref(), Some("https://example.com/2019/ferry"));
        let page = metadata("<!-- saved from url=(0026)https://example.com/ferry -->\n<p>Text");
        assert_eq!(page.url.as_deref(), Some("https://example.com/ferry"));
    }

    #[test]
    fn keywords_are_single_and_for_people() {
        let page = metadata("<meta name=news_keywords content='Ferry, Bergen, ferry, cat_id=4'>");
        assert_eq!(page.keywords(), ["Ferry", "Bergen"]);
    }
}
