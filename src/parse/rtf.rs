//! Rich text (RTF), as text editors save it: the words and paragraphs; notes, page heads, pictures, fields' codes, deleted and
//! hidden text are left out.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::office::Properties;
use super::{text, untitled};
use crate::domain::article::{Article, Format};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// Groups that hold no text of the story, by the word that opens them.
const HIDDEN: [&str; 24] = [
    "upr",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "fldinst",
    "listtable",
    "listoverridetable",
    "themedata",
    "datastore",
    "bkmkstart",
    "bkmkend",
    "xe",
];

/// Groups in groups, at most: deeper ones are text that only looks like groups.
const MAX_DEPTH: usize = 1_000;

pub(super) fn read(bytes: &[u8], document: &Document) -> Result<Article, Rejection> {
    let mut reader = Reader::new();
    reader.run(bytes);
    let paragraphs = reader
        .text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    let mut article = text::read_paragraphs(paragraphs, untitled(document), document)
        .ok_or(Rejection::NoArticle(Format::Rtf))?;
    article.format = Format::Rtf;
    let created = match reader.created {
        (year @ 1_900.., month @ 1..=12, day @ 1..=31) => format!("{year}-{month:02}-{day:02}"),
        _ => String::new(),
    };
    Properties::new(&reader.title, &reader.author, &created).complete(&mut article);
    Ok(article)
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Text,
    Title,
    Author,
    Nothing,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    target: Target,
    /// So many signs stand for programs that do not know a `\u` in front of them.
    n_substitutes: usize,
    /// Which font its letters are in.
    font: Option<i32>,
    /// Whether it lists the fonts.
    is_font_table: bool,
    /// Whether its letters were deleted, or moved elsewhere, by somebody whose changes are tracked.
    is_deleted: bool,
    /// Whether its letters are hidden.
    is_hidden: bool,
}

impl Group {
    const OUTERMOST: Self = Self {
        target: Target::Text,
        n_substitutes: 1,
        font: None,
        is_font_table: false,
        is_deleted: false,
        is_hidden: false,
    };
}

struct Reader {
    groups: Vec<Group>,
    /// Of the whole document.
    encoding: &'static Encoding,
    /// Of the fonts that have one of their own, by their numbers.
    fonts: HashMap<i32, &'static Encoding>,
    default_font: Option<i32>,
    /// Whether a `\*` stands in front: the destination that follows is left out unless it is known here.
    is_optional: bool,
    /// Bytes of the encoding, which may need several for a letter.
    bytes: Vec<u8>,
    /// Halves of letters beyond the basic plane.
    units: Vec<u16>,
    n_skip: usize,
    text: String,
    title: String,
    author: String,
    created: (i32, i32, i32),
    is_created: bool,
}

impl Reader {
    fn new() -> Self {
        Self {
            groups: vec![Group::OUTERMOST],
            encoding: WINDOWS_1252,
            fonts: HashMap::new(),
            default_font: None,
            is_optional: false,
            bytes: Vec::new(),
            units: Vec::new(),
            n_skip: 0,
            text: String::new(),
            title: String::new(),
            author: String::new(),
            created: (0, 0, 0),
            is_created: false,
        }
    }

    fn run(&mut self, mut rest: &[u8]) {
        while let Some((byte, behind)) = rest.split_first() {
            rest = behind;
            match byte {
                b'{' => {
                    self.flush();
                    let group = self.group();
                    if self.groups.len() < MAX_DEPTH {
                        self.groups.push(group);
                    }
                }
                b'}' => {
                    self.flush();
                    if self.groups.len() > 1 {
                        self.groups.pop();
                    }
                    self.is_created = false;
                }
                b'\\' => rest = self.control(rest),
                b'\r' | b'\n' => {}
                byte => self.byte(*byte),
            }
        }
        self.flush();
    }

    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or(Group::OUTERMOST)
    }

    /// Changes the innermost group; what was read so far belongs to what it was.
    fn change(&mut self, change: impl FnOnce(&mut Group)) {
        self.flush();
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn set_target(&mut self, target: Target) {
        self.change(|group| group.target = target);
    }

    /// Reads what stands behind a backslash, and says what stands behind that.
    fn control<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let n_letters = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let Some(first) = rest.first() else {
            return rest;
        };
        if n_letters == 0 {
            match first {
                b'\'' => {
                    let hex = rest.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
                    if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                        self.byte(byte);
                    }
                    return rest.get(3..).unwrap_or_default();
                }
                b'*' => self.is_optional = true,
                b'~' => self.add(" "),
                b'_' => self.add("-"),
                b'\n' | b'\r' => self.add("\n"),
                b'\\' | b'{' | b'}' => self.byte(*first),
                _ => {}
            }
            return &rest[1..];
        }
        let word = std::str::from_utf8(&rest[..n_letters.min(40)]).unwrap_or_default();
        let behind = &rest[n_letters..];
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let n_sign = usize::from(behind.first() == Some(&b'-'));
        let n_digits = behind[n_sign..]
            .iter()
            .take_while(|byte| is_digit(byte))
            .count();
        let n_number = if n_digits == 0 { 0 } else { n_sign + n_digits };
        let (number, behind) = behind.split_at(n_number);
        let number = std::str::from_utf8(number).unwrap_or_default();
        let number = number.parse().ok();
        let behind = behind.strip_prefix(b" ").unwrap_or(behind);
        if word == "bin" {
            // So many bytes of data follow, whatever they look like.
            let n_bytes = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return behind.get(n_bytes..).unwrap_or_default();
        }
        self.word(word, number);
        behind
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if std::mem::take(&mut self.is_optional) && !matches!(word, "ud" | "fldinst") {
            self.set_target(Target::Nothing);
            return;
        }
        if self.format(word, number) {
            return;
        }
        match (word, number) {
            ("u", Some(unit)) => {
                self.decode_bytes();
                self.units.push(unit as u16);
                self.n_skip = self.group().n_substitutes;
            }
            ("uc", Some(n)) => {
                if let Some(group) = self.groups.last_mut() {
                    group.n_substitutes = n.clamp(0, 8) as usize;
                }
            }
            // Of a text in two forms the one in Unicode.
            ("ud", _) => self.set_target(Target::Text),
            ("title", None) => self.set_target(Target::Title),
            ("author", None) => self.set_target(Target::Author),
            ("creatim", None) => self.is_created = true,
            ("yr", Some(year)) if self.is_created => self.created.0 = year,
            ("mo", Some(month)) if self.is_created => self.created.1 = month,
            ("dy", Some(day)) if self.is_created => self.created.2 = day,
            ("par" | "line" | "sect" | "page" | "row", _) => self.add("\n"),
            ("tab" | "emspace" | "enspace", _) => self.add(" "),
            ("cell", _) => self.add(" | "),
            ("emdash", _) => self.add("—"),
            ("endash", _) => self.add("–"),
            ("lquote", _) => self.add("‘"),
            ("rquote", _) => self.add("’"),
            ("ldblquote", _) => self.add("“"),
            ("rdblquote", _) => self.add("”"),
            ("bullet", _) => self.add("•"),
            _ if HIDDEN.contains(&word) => self.set_target(Target::Nothing),
            _ => {}
        }
    }

    /// Words that say how letters are written: in which character set, deleted, hidden.
    fn format(&mut self, word: &str, number: Option<i32>) -> bool {
        let is_on = number != Some(0);
        let group = self.group();
        match (word, number) {
            ("ansicpg", Some(page)) => self.encoding = encoding(page),
            ("mac", None) => self.encoding = encoding(10_000),
            ("deff", font) => self.default_font = font,
            ("fonttbl", _) => self.change(|group| {
                group.target = Target::Nothing;
                group.is_font_table = true;
            }),
            ("f", font) => self.change(|group| group.font = font),
            ("fcharset", Some(set)) if group.is_font_table => {
                if let (Some(font), Some(encoding)) = (group.font, of_charset(set)) {
                    self.fonts.insert(font, encoding);
                }
            }
            ("cpg", Some(page)) if group.is_font_table => {
                if let Some(font) = group.font {
                    self.fonts.insert(font, encoding(page));
                }
            }
            ("deleted" | "mvf", _) => self.change(|group| group.is_deleted = is_on),
            ("v", _) => self.change(|group| group.is_hidden = is_on),
            ("plain", _) => {
                let font = self.default_font;
                self.change(|group| {
                    (group.is_deleted, group.is_hidden, group.font) = (false, false, font);
                });
            }
            _ => return false,
        }
        true
    }

    /// That of the font, if it has one of its own.
    fn encoding(&self) -> &'static Encoding {
        let font = self.group().font.or(self.default_font);
        let own = font.and_then(|font| self.fonts.get(&font));
        own.copied().unwrap_or(self.encoding)
    }

    fn byte(&mut self, byte: u8) {
        if self.n_skip > 0 {
            self.n_skip -= 1;
            return;
        }
        self.decode_units();
        self.bytes.push(byte);
    }

    fn add(&mut self, text: &str) {
        self.flush();
        self.put(text);
    }

    fn flush(&mut self) {
        self.n_skip = 0;
        self.decode_bytes();
        self.decode_units();
    }

    fn decode_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = self.encoding().decode_without_bom_handling(&bytes).0;
            self.put(&text);
        }
    }

    fn decode_units(&mut self) {
        if !self.units.is_empty() {
            let units = std::mem::take(&mut self.units);
            self.put(&String::from_utf16_lossy(&units));
        }
    }

    fn put(&mut self, text: &str) {
        let group = self.group();
        match group.target {
            _ if group.is_deleted || group.is_hidden => {}
            Target::Text => self.text.push_str(text),
            Target::Title => self.title.push_str(text),
            Target::Author => self.author.push_str(text),
            Target::Nothing => {}
        }
    }
}

/// The encoding of a font's character set; none where that is the document's.
fn of_charset(set: i32) -> Option<&'static Encoding> {
    Some(encoding(match set {
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    }))
}

fn encoding(page: i32) -> &'static Encoding {
    let label = match page {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        65_001 => "utf-8".to_owned(),
        10_000 => "macintosh".to_owned(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use crate::domain::article::Format;
    use crate::domain::document::Document;
    use crate::parse::parse_one;

    #[test]
    fn rich_text_is_read_with_its_letters_and_paragraphs() {
        let rtf = r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Times;}}{\info{\title Ferry}{\author Ida Holm}{\creatim\yr2016\mo1\dy5}}
{\header Page head}\f0\b Ferry line reopens\b0\par The caf\'e9 opened again, \u8220?officials\u8221? said.{\footnote A note.}\par
It was {\*\unknown not }full{\field{\*\fldinst HYPERLINK http://x}{\fldrslt  today}}.\par}";
        let story = parse_one(&Document::new("a.rtf", rtf.as_bytes().to_vec())).unwrap();
        assert_eq!(story.format, Format::Rtf);
        assert_eq!(story.title, "Ferry line reopens");
        assert_eq!(story.authors, ["Ida Holm"]);
        assert_eq!(story.published.unwrap().at, "2016-01-05");
        assert_eq!(
            story.body,
            "The café opened again, “officials” said.\n\nIt was full today."
        );
    }

    fn body(rtf: &[u8]) -> String {
        let head = b"{\\rtf1\\ansi\\ansicpg1252 Pier shut\\par ";
        let story = parse_one(&Document::new("a.rtf", [head, rtf, b"\\par}"].concat())).unwrap();
        assert_eq!(story.title, "Pier shut");
        story.body
    }

    const FONTS: &str = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fnil\fcharset204{\*\falt Arial Cyr} Arial;}{\f2\fcharset238 Arial;}{\f3\fcharset128 Mincho;}{\f4\cpg1253 X;}{\f5\fcharset161 A;}{\f6\fcharset186 B;}}";

    #[test]
    fn the_letters_of_each_font_are_of_its_own_character_set() {
        for (text, expected) in [
            (
                r"\f1 \'cf\'ee\'f0\'f2 \'e7\'e0\'ea\'f0\'fb\'f2",
                "Порт закрыт",
            ),
            (r"\f2 P\'f8\'edstav", "Přístav"),
            (r"{\f2 P\'f8\'edstav} caf\'e9", "Přístav café"),
            (r"\f1 \'cf\'ee{\f0 caf\'e9}\'f0\'f2", "Поcaféрт"),
            (r"\f2 P\'f8\plain  caf\'e9", "Př café"),
            (r"\f3 \'8d\'60\'82\'cd", "港は"),
            (r"\f4 \'eb\'e9\'ec\'dc\'ed\'e9", "λιμάνι"),
            (r"\f5 \'eb\'e9\'ec\'dc\'ed\'e9", "λιμάνι"),
            (r"\f6 \'eb", "ė"),
            (r"\loch\f0 caf\'e9 \hich\f1 \'cf", "café П"),
            (r"\f9 caf\'e9", "café"),
        ] {
            assert_eq!(
                body(format!("{FONTS}{text}.").as_bytes()),
                format!("{expected}."),
                "{text}"
            );
        }
    }

    #[test]
    fn deleted_and_hidden_text_is_left_out() {
        for text in [
            r"It will {\deleted never }open.",
            r"It will \deleted never \deleted0 open.",
            r"It will {\v hidden note}open.",
            r"It will \v hidden note\v0 open.",
            r"It will \v hidden\plain open.",
            r"It will {\b\deleted never {\i ever} }open.",
            r"It will {\deleted ne\'e9v\u233?er\par }open.",
            r"It will {\mvf\mvfauth1 elsewhere }open.",
            r"It {\*\bkmkstart a}{\v\*\unknown x}will {\field{\*\fldinst{\v  TOC }}{\fldrslt open}}.",
            r"It will {\upr{0pen}{\*\ud{open}}}.",
            r"{\pict\pngblip\bin8 {{{a}{{{}It will open.",
            r"It {\object{\*\objdata\bin3 }}}}}will open.",
            r"It will {\pict\bin0 }open.",
            r"{\*\pgdsctbl{\pgdsc0 x}}It will open.",
            r"{\*\a{\b{\i x}y}z}It will open.",
            r"It will{\*\annotation not{\i  ever}} open.",
        ] {
            assert_eq!(body(text.as_bytes()), "It will open.", "{text}");
        }
    }

    #[test]
    fn broken_rich_text_is_an_answer() {
        for rtf in [
            "{\\rtf".to_owned(),
            "{\\rtf1 a".to_owned() + &"{".repeat(100_000),
            "{\\rtf1 \\u\\'".to_owned(),
            "{\\rtf1 }}}}\\'zz\\u-1 x".to_owned(),
        ] {
            let _ = parse_one(&Document::new("a.rtf", rtf.into_bytes()));
        }
    }
}
