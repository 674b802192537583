//! Rich text (RTF), as text editors save it: the words and paragraphs; notes, page heads, pictures and fields' codes are left out.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::office::Properties;
use super::{text, untitled};
use crate::domain::article::{Article, Format};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// Groups that hold no text of the story, by the word that opens them.
const HIDDEN: [&str; 24] = [
    "fonttbl",
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
}

struct Reader {
    groups: Vec<Group>,
    encoding: &'static Encoding,
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
            groups: vec![Group {
                target: Target::Text,
                n_substitutes: 1,
            }],
            encoding: WINDOWS_1252,
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
        self.groups.last().copied().unwrap_or(Group {
            target: Target::Text,
            n_substitutes: 1,
        })
    }

    fn set_target(&mut self, target: Target) {
        self.flush();
        if let Some(group) = self.groups.last_mut() {
            group.target = target;
        }
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
                b'*' => self.set_target(Target::Nothing),
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
        self.word(word, number.parse().ok());
        behind.strip_prefix(b" ").unwrap_or(behind)
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
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
            ("ansicpg", Some(page)) => self.encoding = encoding(page),
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
            let text = self.encoding.decode_without_bom_handling(&bytes).0;
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
        match self.group().target {
            Target::Text => self.text.push_str(text),
            Target::Title => self.title.push_str(text),
            Target::Author => self.author.push_str(text),
            Target::Nothing => {}
        }
    }
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
