//! The records of a web archive: a version line, fields, an empty line, and so many bytes of content; or, in ARC, the older form,
//! one line that states address, date, type and length.

use std::io::{self, BufRead, Error, ErrorKind, Read};

/// The fields of one record; longer ones are no archive's.
const MAX_HEADER_BYTES: u64 = 1 << 20;

/// Lines between records are nobody's; binary ones may be long.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// How the address of the record begins that opens an ARC file.
pub(super) const ARC_OPENING: &str = "filedesc:";

/// What stands above a record's content.
pub(super) struct Record {
    /// Names in lower case.
    fields: Vec<(String, String)>,
    /// Of the content, in bytes.
    pub(super) length: u64,
    /// So many bytes in front of it are no record's.
    pub(super) n_skipped: u64,
    /// Whether it is one of the older form.
    pub(super) is_arc: bool,
}

impl Record {
    /// Reads the head of the next record; none at the end of the archive.
    pub(super) fn next(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = Vec::new();
        let (mut n_skipped, mut is_description) = (0, false);
        loop {
            line.clear();
            reader.take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
            if line.is_empty() {
                return Ok(None);
            }
            let text = line.trim_ascii_end();
            if let Some(record) = Self::of_arc(text, n_skipped) {
                if !record.address().starts_with(ARC_OPENING) {
                    return Ok(Some(record));
                }
                // What follows are lines on the archive itself, whose length old programs state wrongly.
                is_description = true;
                continue;
            }
            if text[text.len().saturating_sub(8)..].starts_with(b"WARC/") {
                break;
            }
            let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
            n_skipped += if is_description || text.iter().all(is_blank) {
                0
            } else {
                line.len() as u64
            };
        }
        let fields = fields(&mut reader.take(MAX_HEADER_BYTES))?;
        let length = value(&fields, "content-length").parse().unwrap_or(0);
        Ok(Some(Self {
            fields,
            length,
            n_skipped,
            is_arc: false,
        }))
    }

    /// `URL IP-address Archive-date Content-type [further fields] Archive-length`, where old programs leave spaces in addresses.
    fn of_arc(line: &[u8], n_skipped: u64) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let words: Vec<&str> = line.split(' ').collect();
        let is_date =
            |word: &&str| word.len() == 14 && word.bytes().all(|byte| byte.is_ascii_digit());
        let date = words.iter().skip(2).position(is_date)? + 2;
        if words.len() < date + 3
            || !words[0].contains(':')
            || !words[date - 1].contains(['.', ':', '-'])
        {
            return None;
        }
        let length = words.last()?.parse().ok()?;
        let at = words[date];
        let moment = format!(
            "{}-{}-{}T{}:{}:{}Z",
            &at[..4],
            &at[4..6],
            &at[6..8],
            &at[8..10],
            &at[10..12],
            &at[12..]
        );
        let fields = [
            ("warc-type", "response".to_owned()),
            ("warc-target-uri", words[..date - 1].join(" ")),
            ("warc-date", moment),
            ("content-type", "application/http".to_owned()),
        ];
        Some(Self {
            fields: fields.map(|(name, value)| (name.to_owned(), value)).into(),
            length,
            n_skipped,
            is_arc: true,
        })
    }

    /// A field's value by its name in lower case; empty where there is none.
    pub(super) fn field(&self, name: &str) -> &str {
        value(&self.fields, name)
    }

    /// Where its content came from; empty where it does not say.
    pub(super) fn address(&self) -> &str {
        self.field("warc-target-uri").trim_matches(['<', '>'])
    }
}

/// The first value of that name.
pub(super) fn value<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value)
}

/// `Name: value` lines up to the first empty one; folded lines are joined.
pub(super) fn fields(reader: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Err(Error::new(
                ErrorKind::UnexpectedEof,
                "it breaks off within the head of a record",
            ));
        }
        let text = String::from_utf8_lossy(&line);
        let is_folded = text.starts_with([' ', '\t']);
        let text = text.trim();
        if text.is_empty() {
            return Ok(fields);
        }
        match (text.split_once(':'), fields.last_mut()) {
            (_, Some((_, value))) if is_folded => {
                value.push(' ');
                value.push_str(text);
            }
            (Some((name, value)), _) => {
                fields.push((name.trim().to_lowercase(), value.trim().to_owned()));
            }
            _ => {}
        }
    }
}
