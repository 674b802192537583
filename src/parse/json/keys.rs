//! The keys under which JSON has an article's fields, folded to lower case without hyphens and underscores, best first.

pub(in crate::parse) const TITLE: &[&str] = &[
    "headline",
    "headlines",
    "title",
    "webtitle",
    "articletitle",
    "newstitle",
];
pub(in crate::parse) const SUBTITLE: &[&str] = &[
    "alternativeheadline",
    "subtitle",
    "subheadline",
    "subhead",
    "deck",
    "dek",
];
pub(in crate::parse) const BODY: &[&str] = &[
    "articlebody",
    "articlebodyhtml",
    "articlehtml",
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
    "blocks",
    "html",
    "plaintext",
    "cleanedtext",
    "rawtext",
];
pub(in crate::parse) const SUMMARY: &[&str] = &[
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
pub(in crate::parse) const BYLINE: &[&str] = &["byline", "bylines", "by"];
pub(in crate::parse) const AUTHOR: &[&str] = &[
    "author",
    "authors",
    "creator",
    "writer",
    "reporter",
    "authorname",
    "primaryauthor",
    "postauthor",
    "contributors",
];
/// Places deeper inside where publishing systems keep the authors: Arc, WordPress, the Guardian.
pub(in crate::parse) const AUTHOR_PATHS: [&str; 3] =
    ["credits.by", "_embedded.author", "byline.person"];
/// … and the rubric: Arc, WordPress.
pub(in crate::parse) const SECTION_PATHS: [&str; 2] =
    ["taxonomy.primary_section", "_embedded.wp:term.0.0"];
/// Objects inside an article that hold a text of something else.
pub(in crate::parse) const OTHERS: [&str; 22] = [
    "author",
    "authors",
    "publisher",
    "creator",
    "image",
    "images",
    "video",
    "videos",
    "media",
    "gallery",
    "comments",
    "comment",
    "related",
    "relateditems",
    "breadcrumb",
    "breadcrumbs",
    "site",
    "user",
    "owner",
    "ads",
    "seo",
    "teaser",
];
pub(in crate::parse) const DATE: &[&str] = &[
    "datepublished",
    "publishedat",
    "publisheddate",
    "firstpublisheddate",
    "firstpublishedat",
    "firstpublishdate",
    "displaydate",
    "postdate",
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
pub(in crate::parse) const URL: &[&str] = &[
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
pub(in crate::parse) const SOURCE: &[&str] = &[
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
pub(in crate::parse) const DOMAIN: &[&str] =
    &["sourcedomain", "hostname", "domain", "netloc", "siteurl"];
pub(in crate::parse) const SECTION: &[&str] = &[
    "articlesection",
    "section",
    "sectionname",
    "category",
    "newscategory",
    "rubric",
    "newsdesk",
];
pub(in crate::parse) const KEYWORDS: &[&str] = &[
    "keywords",
    "tags",
    "subject",
    "subjects",
    "metakeywords",
    "topics",
    "categories",
    "about",
];
pub(in crate::parse) const LANGUAGE: &[&str] = &["language", "lang", "inlanguage", "metalang"];

/// Objects in which search engines and APIs wrap an article's fields.
pub(in crate::parse) const WRAPPERS: [&str; 11] = [
    "_source",
    "article",
    "fields",
    "attributes",
    "item",
    "doc",
    "node",
    "metadata",
    "meta",
    "head",
    "header",
];
/// What an object says of itself, best first: a value with a role, a person's name, what WordPress renders.
pub(in crate::parse) const SAID: [&str; 17] = [
    "value", "name", "main", "basic", "default", "original", "rendered", "text", "content", "body",
    "title", "webTitle", "literal", "@value", "label", "@id", "$date",
];
