//! An article: what a parser makes of a document.

use serde::Serialize;

/// The form that a file has, found from its bytes first and its extension second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// An HTML page.
    Html,
    /// An e-mail: a newsletter or a forwarded story.
    Email,
    /// A page saved by a browser with all that belongs to it (.mht, .mhtml).
    Mhtml,
    /// A Word document (.docx).
    Docx,
    /// An OpenDocument text (.odt).
    Odt,
    /// Rich text.
    Rtf,
    /// A PDF with a text layer.
    Pdf,
    /// An electronic book or newspaper.
    Epub,
    /// A mailbox of e-mails.
    Mbox,
    /// A web archive.
    Warc,
    /// A zip archive of any of these.
    Zip,
    /// A tar archive of any of these.
    Tar,
    /// Something packed by gzip: a file, a tar archive, a web archive.
    Gzip,
    /// Something packed by zstd.
    Zstd,
    /// Something packed by bzip2.
    Bzip2,
    /// Something packed by xz.
    Xz,
    /// An RSS feed: 0.9x, 1.0 or 2.0.
    Rss,
    /// An Atom feed or entry.
    Atom,
    /// A JSON Feed.
    JsonFeed,
    /// JSON: schema.org, a scraper's output and the like.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// IPTC ninjs.
    Ninjs,
    /// IPTC NITF.
    Nitf,
    /// IPTC NewsML-G2 or NewsML 1.
    NewsMl,
    /// The SGML of the Reuters collections.
    Sgml,
    /// XML of no known kind, read by the names of its elements.
    Xml,
    /// A table of articles: CSV or TSV.
    Csv,
    /// A spreadsheet of articles.
    Xlsx,
    /// Wire messages: IPTC 7901 and ANPA 1312.
    Wire,
}

impl Format {
    /// Whether it is read from its bytes, not from decoded text.
    #[must_use]
    pub fn is_binary(self) -> bool {
        self.is_bundle()
            || matches!(
                self,
                Self::Email
                    | Self::Wire
                    | Self::Mhtml
                    | Self::Docx
                    | Self::Xlsx
                    | Self::Odt
                    | Self::Epub
                    | Self::Pdf
                    | Self::Rtf
            )
    }

    /// The word that stands in `files.format`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Email => "email",
            Self::Mhtml => "mhtml",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Mbox => "mbox",
            Self::Warc => "warc",
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::JsonFeed => "jsonfeed",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Ninjs => "ninjs",
            Self::Nitf => "nitf",
            Self::NewsMl => "newsml",
            Self::Sgml => "sgml",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Wire => "wire",
        }
    }

    /// Whether it holds other files and can be read piece by piece.
    #[must_use]
    pub fn is_bundle(self) -> bool {
        matches!(
            self,
            Self::Mbox
                | Self::Warc
                | Self::Zip
                | Self::Tar
                | Self::Gzip
                | Self::Zstd
                | Self::Bzip2
                | Self::Xz
        )
    }
}

/// Where a title came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleOrigin {
    /// It stands above the text as a headline.
    Headline,
    /// Metadata gives it (front matter, JSON-LD, OpenGraph, `<title>`).
    Metadata,
    /// There is none; it was made from the first sentence.
    FirstSentence,
    /// There is none and no sentence either; it is the file's name.
    #[default]
    FileName,
}

impl TitleOrigin {
    /// The word that stands in `articles.title_origin`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Metadata => "metadata",
            Self::FirstSentence => "first_sentence",
            Self::FileName => "file_name",
        }
    }
}

/// How exactly a point in time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// `2016`
    Year,
    /// `2016-01`
    Month,
    /// `2016-01-05`, in the outlet's own calendar
    Day,
    /// `2016-01-05T09:30:00Z`
    Second,
}

impl Precision {
    /// The word that stands in `articles.published_precision` and `dates.precision`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Second => "second",
        }
    }
}

/// Which rule supplied a publication date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishedOrigin {
    /// `datePublished` of a JSON-LD article.
    JsonLd,
    /// A `<meta>` element: OpenGraph, Dublin Core, parsely and the like.
    Meta,
    /// An element marked `itemprop="datePublished"`.
    Microdata,
    /// A `<time>` element.
    TimeElement,
    /// Digits in the page's address.
    Url,
    /// A key of the front matter.
    FrontMatter,
    /// The field that a feed, JSON object or agency format has for it.
    Field,
    /// The dateline, with its year stated.
    Dateline,
    /// A line of the text that states a date ("Published: 5 January 2016").
    Text,
    /// Digits in the file's name.
    FileName,
    /// When an e-mail was sent.
    Sent,
    /// A property of the file that its program wrote: of a book, an office document, a PDF.
    Property,
    /// When a crawler or browser saved the page; the story is at most that young.
    Capture,
    /// Said by the user of articles that do not say.
    Given,
}

impl PublishedOrigin {
    /// The word that stands in `articles.published_origin`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JsonLd => "json_ld",
            Self::Meta => "meta",
            Self::Microdata => "microdata",
            Self::TimeElement => "time_element",
            Self::Url => "url",
            Self::FrontMatter => "front_matter",
            Self::Field => "field",
            Self::Dateline => "dateline",
            Self::Text => "text",
            Self::FileName => "file_name",
            Self::Sent => "sent",
            Self::Property => "property",
            Self::Capture => "capture",
            Self::Given => "given",
        }
    }
}

/// When an article was published, as far as it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// ISO 8601, cut to its precision: `2016`, `2016-01`, `2016-01-05` or, in UTC, `2016-01-05T09:30:00Z`.
    pub at: String,
    /// How much of it is known.
    pub precision: Precision,
    /// The rule that supplied it.
    pub origin: PublishedOrigin,
}

/// The outlet or agency that an article came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// As people call it: `Kyodo`, `BBC News`, or the domain where no name is known.
    pub name: String,
    /// The host of its site without `www.`, where known.
    pub domain: Option<String>,
}

/// How much of an article a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it.
    #[default]
    Full,
    /// A summary or teaser, as many feeds carry.
    Summary,
    /// Its beginning, where the rest is for those who pay, or what a damaged file has left of it.
    Partial,
}

impl Extent {
    /// The word that stands in `articles.extent`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Summary => "summary",
            Self::Partial => "partial",
        }
    }
}

/// One article, read from a document but not yet analyzed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Article {
    /// The form that it was read from; in a bundle, that of the member.
    pub format: Format,
    /// The headline, or what stands in for one.
    pub title: String,
    /// Where the title came from.
    pub title_origin: TitleOrigin,
    /// The deck, standfirst or summary line.
    pub subtitle: Option<String>,
    /// The byline as printed: `By Jane Doe and John Roe`.
    pub byline: Option<String>,
    /// The people of the byline, one name each.
    pub authors: Vec<String>,
    /// The dateline as printed: `TOKYO, Jan. 5 (Kyodo)`.
    pub dateline: Option<String>,
    /// The outlet or agency.
    pub source: Option<Source>,
    /// The rubric: `World`, `Business`.
    pub section: Option<String>,
    /// ISO 639-1 code, or 639-3 where there is none of two letters.
    pub language: Option<String>,
    /// The article's own address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Other dates that the document gives for its publication and that disagree with `published`, best rule first.
    pub other_dates: Vec<Published>,
    /// Subjects and tags as the document states them.
    pub keywords: Vec<String>,
    /// How much of the article the document holds.
    pub extent: Extent,
    /// Whether a program read the text from pictures of its pages.
    pub is_ocr: bool,
    /// The text, paragraphs parted by one empty line; no headline, byline, dateline or site furniture.
    pub body: String,
}
