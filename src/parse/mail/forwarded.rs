//! A message that somebody passed on: whose it was, when it was sent, and its text without what the forwarder put above.

use std::sync::LazyLock;

use regex::Regex;

/// A longer note above it makes it the forwarder's own.
const MAX_NOTE_WORDS: usize = 60;

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?mi)^[> \t]*(?:-{2,}[ \t]*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|mensaje reenviado)[^\n]*|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message réexpédié\s*:)[ \t]*$",
    )
    .expect("the pattern is constant")
});

/// What Outlook puts above what is passed on or answered.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?mi)^[ \t]*\**(?:From|Von|De)\s*:[^\n]+\n[ \t]*\**(?:Sent|Date|Gesendet|Envoyé|Enviado)(?:[ \t]+(?:on|am))?\s*:[^\n]+\n")
        .expect("the pattern is constant")
});

/// The message that was passed on.
pub(super) struct Forwarded {
    pub(super) sender: String,
    pub(super) date: String,
    pub(super) subject: String,
    pub(super) text: String,
}

/// Reads what was passed on; none if the text is the sender's own. `is_titled` tells whether the subject says that it was.
pub(super) fn read(text: &str, is_titled: bool) -> Option<Forwarded> {
    let text = text.replace("\r\n", "\n");
    let mark = MARK.find(&text).map(|mark| (mark.start(), mark.end()));
    let block = || {
        let block = BLOCK.find(&text).filter(|_| is_titled)?;
        Some((block.start(), block.start()))
    };
    let (start, end) = mark.or_else(block)?;
    if text[..start].split_whitespace().count() > MAX_NOTE_WORDS {
        return None;
    }
    let mut forwarded = Forwarded {
        sender: String::new(),
        date: String::new(),
        subject: String::new(),
        text: String::new(),
    };
    let mut rest = text[end..].trim_start();
    while let Some(line) = rest.lines().next() {
        let bare = line.trim_start_matches(['>', ' ', '\t']);
        let has_field = forwarded.take(bare);
        let is_done = !forwarded.sender.is_empty() && !has_field && bare.is_empty();
        if !has_field && !bare.is_empty() {
            break;
        }
        rest = rest[line.len()..].strip_prefix('\n').unwrap_or("");
        if is_done {
            break;
        }
    }
    rest.clone_into(&mut forwarded.text);
    let is_whole = !forwarded.sender.is_empty()
        && (!forwarded.date.is_empty() || !forwarded.subject.is_empty());
    is_whole.then_some(forwarded)
}

impl Forwarded {
    /// Takes a line of its header; false if it is none.
    fn take(&mut self, line: &str) -> bool {
        let Some((name, value)) = line.split_once(':') else {
            return false;
        };
        let value = value.trim_matches(['*', ' ', '\t']).to_owned();
        match name.trim_matches(['*', ' ', '\t']).to_lowercase().as_str() {
            "from" | "von" | "de" => self.sender = value,
            "date" | "sent" | "datum" | "gesendet" | "envoyé" | "enviado" | "fecha" => {
                self.date = value;
            }
            "subject" | "betreff" | "objet" | "asunto" => self.subject = value,
            "to" | "cc" | "bcc" | "reply-to" | "an" | "à" | "para" | "importance" => {}
            _ => return false,
        }
        true
    }
}
