//! Pieces of HTML and of plain text, as other formats carry them, to paragraphs. One pass and no tree, so that neither depth nor
//! size nor broken markup costs more than its length; whole pages are for `html`.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// Elements that end a paragraph where they begin and end: HTML's, and NITF's `hl2`, `block`, `nitf-table`.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "block",
    "blockquote",
    "body",
    "body.content",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hl1",
    "hl2",
    "hr",
    "li",
    "main",
    "nitf-table",
    "ol",
    "p",
    "pre",
    "q-block",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "title",
    "ul",
    "paragraph",
];

/// Elements whose text is no part of the story: pictures with their captions, players, controls.
const ASIDES: [&str; 20] = [
    "audio",
    "button",
    "canvas",
    "figcaption",
    "figure",
    "iframe",
    "math",
    "media",
    "media-caption",
    "media-reference",
    "nav",
    "object",
    "select",
    "svg",
    "template",
    "textarea",
    "video",
    "head",
    "metadata",
    "noscript",
];

/// Elements whose content is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// The longest name of a character reference, `CounterClockwiseContourIntegral`, fits.
const MAX_REFERENCE: usize = 40;

/// The paragraphs of a piece of HTML. One without any markup for paragraphs is parted at its empty lines.
pub(super) fn html_to_paragraphs(fragment: &str) -> Vec<String> {
    let (paragraphs, n_breaks) = read(fragment);
    if n_breaks > 0 || !has_empty_line(fragment) {
        return paragraphs;
    }
    parted(fragment).flat_map(|part| read(part).0).collect()
}

/// A piece of HTML on one line.
pub(super) fn html_to_line(fragment: &str) -> String {
    html_to_paragraphs(fragment).join(" ")
}

/// The paragraphs of plain text: parted by empty lines or, where there are none, one a line, unless the lines are cut to a width.
pub(super) fn text_to_paragraphs(text: &str) -> Vec<String> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let n_ended = lines()
        .filter(|line| {
            line.trim_end()
                .ends_with(['.', '!', '?', '"', '”', '’', ':', '»', '。'])
        })
        .count();
    let is_cut = lines().all(|line| line.chars().count() <= 100) && n_ended * 2 < lines().count();
    let paragraphs: Vec<String> = if is_cut || has_empty_line(text) {
        parted(text).map(squeezed).collect()
    } else {
        lines().map(squeezed).collect()
    };
    paragraphs
        .into_iter()
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// Whether text has HTML's markup in it.
pub(super) fn is_html(text: &str) -> bool {
    let marks = [
        "</", "/>", "<p>", "<p ", "<br>", "<div", "<img ", "<P>", "<BR>",
    ];
    marks.iter().any(|mark| text.contains(mark))
}

/// Words parted by one space.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_empty_line(text: &str) -> bool {
    let mut lines = text.trim().lines();
    lines.any(|line| line.trim().is_empty())
}

/// The stretches between empty lines.
fn parted(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            end += line.len();
            if line.trim().is_empty() {
                break;
            }
        }
        let part;
        (part, rest) = rest.split_at(end);
        Some(part)
    })
}

#[derive(Default)]
struct Paragraphs {
    done: Vec<String>,
    open: String,
    n_breaks: usize,
    /// Whether only white space came since a `<br>`: a second one ends the paragraph.
    after_br: bool,
    /// The aside that is open, how many of its name, and how many paragraphs were done before it.
    aside: Option<(String, usize, usize)>,
}

fn read(fragment: &str) -> (Vec<String>, usize) {
    let mut out = Paragraphs::default();
    let mut rest = fragment;
    while let Some(at) = rest.find('<') {
        out.text(&rest[..at]);
        rest = out.markup(&rest[at..]);
    }
    out.text(rest);
    out.end_paragraph();
    (out.done, out.n_breaks)
}

impl Paragraphs {
    /// Reads what begins with `<`; the rest comes back.
    fn markup<'a>(&mut self, rest: &'a str) -> &'a str {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let (data, rest) = data.split_once("]]>").unwrap_or((data, ""));
            self.push(data);
            return rest;
        }
        let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_tag && !rest.starts_with("<!") && !rest.starts_with("<?") && !rest.starts_with("</")
        {
            self.push("<");
            return &rest[1..];
        }
        let (tag, after) = rest.split_at(end_of_tag(rest));
        if !is_tag {
            return after;
        }
        let length = name
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
            .unwrap_or(name.len());
        // `xhtml:p` is `p`.
        let name = name[..length].to_ascii_lowercase();
        let name = name.rsplit(':').next().unwrap_or_default();
        let (is_end, is_empty) = (tag.starts_with("</"), tag.ends_with("/>"));
        if RAW.contains(&name) && !is_end && !is_empty {
            return after_end_tag(after, name);
        }
        self.tag(name, is_end, is_empty);
        after
    }

    fn tag(&mut self, name: &str, is_end: bool, is_empty: bool) {
        if let Some((aside, depth, n_before)) = &mut self.aside {
            if name == aside && !is_empty {
                *depth = if is_end { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.done.truncate(*n_before);
                    self.open.clear();
                    self.aside = None;
                }
                return;
            }
        } else if ASIDES.contains(&name) && !is_end {
            if !is_empty {
                self.end_paragraph();
                self.aside = Some((name.to_owned(), 1, self.done.len()));
            }
            return;
        }
        match name {
            "br" if self.after_br => self.end_paragraph(),
            "br" => {
                self.open.push(' ');
                (self.after_br, self.n_breaks) = (true, self.n_breaks + 1);
            }
            "td" | "th" => self.open.push(' '),
            _ if BLOCKS.contains(&name) => {
                self.n_breaks += 1;
                self.end_paragraph();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.push(&resolved(text));
    }

    fn push(&mut self, text: &str) {
        self.after_br &= text.trim().is_empty();
        self.open.push_str(text);
    }

    fn end_paragraph(&mut self) {
        self.after_br = false;
        if self.open.is_empty() {
            return;
        }
        let paragraph = squeezed(&super::decode::plain(self.open.as_str().into()));
        if !paragraph.is_empty() {
            self.done.push(paragraph);
        }
        self.open.clear();
    }
}

/// Where a tag ends, past its `>`; one in quotes does not count, unless a quote is left open.
fn end_of_tag(tag: &str) -> usize {
    let (mut quote, mut after_equals) = (None, false);
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        after_equals = byte == b'=' || after_equals && byte.is_ascii_whitespace();
    }
    tag.find('>').map_or(tag.len(), |at| at + 1)
}

fn after_end_tag<'a>(rest: &'a str, name: &str) -> &'a str {
    let end = rest.match_indices("</").find(|(at, _)| {
        let tag = rest.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    });
    end.map_or("", |(at, _)| &rest[at + end_of_tag(&rest[at..])..])
}

/// Text with its character references resolved.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (read, length) = reference(&rest[at..]);
        out.push_str(&read);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out.into()
}

/// The character that a reference at the start of `text` stands for, and the reference's length; what is none stays as it is.
fn reference(text: &str) -> (String, usize) {
    let head = &text.as_bytes()[..text.len().min(MAX_REFERENCE)];
    let literal = || ("&".to_owned(), 1);
    let Some(end) = head.iter().position(|byte| *byte == b';') else {
        return literal();
    };
    let name = &text[1..end];
    let read = match name.strip_prefix('#') {
        Some(number) => numbered(number),
        None => resolve_html5_entity(name).map(str::to_owned),
    };
    read.map_or_else(literal, |read| (read, end + 1))
}

/// The character of a number; those of 128 to 159 are meant as in Windows' code page, control characters are nothing.
pub(super) fn numbered(number: &str) -> Option<String> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let 0x80..=0x9f = code {
        let byte = [code as u8];
        return Some(encoding_rs::WINDOWS_1252.decode(&byte).0.into_owned());
    }
    let c = char::from_u32(code)?;
    Some(if c.is_control() && !c.is_whitespace() {
        String::new()
    } else {
        c.to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_paragraphs_is_kept_and_no_other() {
        let cases: [(&str, &[&str]); 12] = [
            (
                "<p>One.</p><p>Two &amp; a&nbsp;half.</p>",
                &["One.", "Two & a half."],
            ),
            (
                "One.<br>Still one.<br /><br/>Two.",
                &["One. Still one.", "Two."],
            ),
            ("A <b>bold</b> <a href='x>y'>claim</a>.", &["A bold claim."]),
            ("<ul><li>red<li>blue</ul>", &["red", "blue"]),
            (
                "<p>Text</p><figure><img alt=x><figcaption>A pier.</figcaption></figure>",
                &["Text"],
            ),
            ("<script>if (a</b) '</p>'</SCRIPT >x", &["x"]),
            (
                "<style>p {}</style><!-- no --><xhtml:p>yes</xhtml:p>",
                &["yes"],
            ),
            ("5 < 6 & 7 > 6, AT&T", &["5 < 6 & 7 > 6, AT&T"]),
            ("One\n\nTwo\nstill", &["One", "Two still"]),
            ("it&#8217;s &#146;quoted&#146; &#3;", &["it’s ’quoted’"]),
            ("<figure>never closed", &["never closed"]),
            ("<![CDATA[a < b]]>", &["a < b"]),
        ];
        for (fragment, expected) in cases {
            assert_eq!(html_to_paragraphs(fragment), expected, "{fragment}");
        }
    }

    #[test]
    fn plain_text_is_parted_as_its_writer_parted_it() {
        let cases: [(&str, &[&str]); 3] = [
            ("One.\nTwo.\n", &["One.", "Two."]),
            (
                "One line\r\nand its end.\n\nTwo.",
                &["One line and its end.", "Two."],
            ),
            (
                "cut to a width\nof few words\nfor a screen.",
                &["cut to a width of few words for a screen."],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(text_to_paragraphs(text), expected, "{text}");
        }
    }

    #[test]
    fn any_number_of_anything_takes_one_pass() {
        for part in [
            "<",
            "<p ",
            "&",
            "<!--",
            "<a b='",
            "<a b=\"'>",
            "<script>",
            "<figure>",
            "<![CDATA[",
            "\n\n",
            "</",
        ] {
            let _ = html_to_paragraphs(&part.repeat(200_000));
        }
    }
}
