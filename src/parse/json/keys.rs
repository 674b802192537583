//! The keys under which JSON has an article's fields, folded to lower case without hyphens and underscores, best first.

pub(super) const TITLE: &[&str] = &[
    "headline",
    "headlines",
    "title",
    "webtitle",
    "articletitle",
    "newstitle",
];
pub(super) const SUBTITLE: &[&str] = &[
    "alternativeheadline",
    "subtitle",
    "subheadline",
    "subhead",
    "deck",
    "dek",
];
pub(super) const BODY: &[&str] = &[
    "articlebody",
    "bodies",
    "bodyhtml",
    "bodyxhtml",
    "bodytext",
    "maintext",
    "articletext",
    "articlecontent",
    "fulltext",
    "text",
    "content",
    "contenthtml",
    "contenttext",
    "contentelements",
    "body",
    "story",
    "storytext",
    "paragraphs",
    "plaintext",
    "cleanedtext",
    "rawtext",
];
pub(super) const SUMMARY: &[&str] = &[
    "description",
    "descriptiontext",
    "descriptionhtml",
    "descriptions",
    "summary",
    "excerpt",
    "abstract",
    "standfirst",
    "leadparagraph",
    "lead",
    "snippet",
    "teaser",
    "trailtext",
    "metadescription",
];
pub(super) const BYLINE: &[&str] = &["byline", "bylines", "by"];
pub(super) const AUTHOR: &[&str] = &[
    "author",
    "authors",
    "creator",
    "writer",
    "reporter",
    "authorname",
];
pub(super) const DATE: &[&str] = &[
    "datepublished",
    "publishedat",
    "publishdate",
    "publicationdate",
    "datepublish",
    "pubdate",
    "published",
    "publishedon",
    "publishedtime",
    "publishedate",
    "webpublicationdate",
    "releasedate",
    "firstcreated",
    "versioncreated",
    "contentcreated",
    "date",
    "datetime",
    "timestamp",
    "postedat",
    "createdat",
    "datecreated",
    "created",
    "seendate",
    "datemodified",
    "updated",
    "updatedat",
];
pub(super) const URL: &[&str] = &[
    "url",
    "link",
    "canonicalurl",
    "articleurl",
    "weburl",
    "permalink",
    "mainentityofpage",
    "sourceurl",
    "uri",
    "id",
];
pub(super) const SOURCE: &[&str] = &[
    "publisher",
    "provider",
    "sitename",
    "outlet",
    "sourcename",
    "newssource",
    "publication",
    "source",
    "infosource",
    "infosources",
    "sourcedomain",
    "hostname",
    "domain",
];
pub(super) const DOMAIN: &[&str] = &["sourcedomain", "hostname", "domain", "netloc", "siteurl"];
pub(super) const SECTION: &[&str] = &[
    "articlesection",
    "section",
    "sectionname",
    "category",
    "newscategory",
    "rubric",
    "newsdesk",
];
pub(super) const KEYWORDS: &[&str] = &[
    "keywords",
    "tags",
    "subject",
    "subjects",
    "metakeywords",
    "topics",
    "categories",
    "about",
];
pub(super) const LANGUAGE: &[&str] = &["language", "lang", "inlanguage", "metalang"];

/// Objects in which search engines and APIs wrap an article's fields.
pub(super) const WRAPPERS: [&str; 7] = [
    "_source",
    "article",
    "fields",
    "attributes",
    "item",
    "doc",
    "node",
];
/// What an object says of itself, best first: a value with a role, a person's name, what WordPress renders.
pub(super) const SAID: [&str; 15] = [
    "value", "name", "main", "original", "rendered", "text", "content", "body", "title",
    "webTitle", "literal", "@value", "label", "@id", "$date",
];
