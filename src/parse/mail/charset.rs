//! The letters of a message: header fields and parts whose stated character set is wrong, or that state none.

use std::borrow::Cow;
use std::sync::LazyLock;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders};
use regex::bytes::{Captures, Regex};

use crate::text::decode;

/// Encoded words in a row: what stands between them is no text.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static ENCODED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u)=\?[!->@-~]+\?[BbQq]\?[^?\r\n]*\?=(?:[ \t\r\n]+=\?[!->@-~]+\?[BbQq]\?[^?\r\n]*\?=)*",
    )
    .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)=\?([!->@-~]+)\?([BbQq])\?([^?\r\n]*)\?=").expect("the pattern is constant")
});

/// The message with a header in UTF-8: 8-bit letters and encoded words are read like any text, whatever set they state.
pub(super) fn with_plain_header(message: &[u8]) -> Cow<'_, [u8]> {
    let end = [&b"\n\n"[..], b"\n\r\n"]
        .iter()
        .filter_map(|end| memchr::memmem::find(message, end))
        .min()
        .unwrap_or(message.len());
    let (header, rest) = message.split_at(end);
    let is_utf8 = std::str::from_utf8(header).is_ok();
    if is_utf8 && memchr::memmem::find(header, b"=?").is_none() {
        return Cow::Borrowed(message);
    }
    let header = if is_utf8 {
        Cow::Borrowed(header)
    } else {
        Cow::Owned(decode::decode(header, None).into_owned().into_bytes())
    };
    let mut plain = ENCODED
        .replace_all(&header, |run: &Captures<'_>| reencoded(&run[0]))
        .into_owned();
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}

/// Encoded words as words in UTF-8; those of one set are one text, which may be cut within a letter.
fn reencoded(run: &[u8]) -> Vec<u8> {
    let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
    for word in WORD.captures_iter(run) {
        let label = String::from_utf8_lossy(&word[1]).to_lowercase();
        let label = label.split('*').next().unwrap_or_default().to_owned();
        let bytes = match &word[2] {
            b"B" | b"b" => base64_decode(&word[3]),
            _ => {
                let spaced: Vec<u8> = word[3]
                    .iter()
                    .map(|byte| if *byte == b'_' { b' ' } else { *byte })
                    .collect();
                // A space at the end of a line would be cut off.
                quoted_printable_decode(&[&spaced, &b"="[..]].concat())
                    .or_else(|| quoted_printable_decode(&spaced))
            }
        };
        let (Some(bytes), true) = (bytes, is_readable(&label)) else {
            return run.to_vec();
        };
        match texts.last_mut() {
            Some((last, text)) if *last == label => text.extend(bytes),
            _ => texts.push((label, bytes)),
        }
    }
    let mut words = b"=?utf-8?Q?".to_vec();
    for (label, bytes) in texts {
        for byte in decode::decode(&bytes, Some(&label)).bytes() {
            match byte {
                b' ' => words.push(b'_'),
                byte if byte.is_ascii_alphanumeric() => words.push(byte),
                byte => words.extend(format!("={byte:02X}").bytes()),
            }
        }
    }
    words.extend(b"?=");
    words
}

/// Sets that only the mail library knows are left to it.
fn is_readable(label: &str) -> bool {
    label.starts_with("unknown") || decode::encoding(label).is_some()
}

/// The text of a part.
pub(super) fn text_of<'m>(
    message: &'m Message<'_>,
    part: &'m MessagePart<'_>,
) -> Option<Cow<'m, str>> {
    let label = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    let as_read = part.text_contents();
    if label.is_some_and(|label| !is_readable(label)) {
        return as_read.map(Cow::Borrowed);
    }
    let raw = message
        .raw_message
        .get(part.offset_body as usize..part.offset_end as usize)?;
    let bytes = match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
    };
    match bytes {
        Some(Cow::Borrowed(bytes)) => Some(decode::decode(bytes, label)),
        Some(Cow::Owned(bytes)) => Some(Cow::Owned(decode::decode(&bytes, label).into_owned())),
        None => as_read.map(Cow::Borrowed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_fields_are_read_whatever_set_they_state() {
        for (field, subject) in [
            (&b"Caf\xe9 \x96 ferm\xe9"[..], "Café – fermé"),
            ("Café fermé".as_bytes(), "Café fermé"),
            (b"=?us-ascii?Q?Caf=C3=A9_ferm=C3=A9?=", "Café fermé"),
            (
                b"=?iso-8859-1?Q?Caf=C3=A9?= =?iso-8859-1?Q?_ouvert?=",
                "Café ouvert",
            ),
            (b"=?utf-8?Q?Caf=E9?=", "Café"),
            (b"=?windows-1252?B?k+npbA==?=", "“éél"),
            (b"=?utf-8?B?5rg=?=\r\n =?utf-8?B?rw==?=", "港"),
            (b"=?utf-8?Q?A_?= =?utf-8?Q?b?=", "A b"),
            (b"=?iso-2022-jp?B?GyRCOUEbKEI=?=", "港"),
            (b"=?koi8-r?B?8M/S1A==?= is open", "Порт is open"),
        ] {
            let raw = [
                &b"From: a@b.example\r\nSubject: "[..],
                field,
                b"\r\n\r\nText",
            ]
            .concat();
            let plain = with_plain_header(&raw);
            let message = mail_parser::MessageParser::default()
                .parse(&*plain)
                .unwrap();
            assert_eq!(message.subject(), Some(subject));
        }
    }
}
