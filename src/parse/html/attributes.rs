//! Bounds on a page's attributes: the parser compares each of a tag's with all before it, so that one tag of 160,000 takes it half
//! a minute. Sound tags have a few dozen.

use std::borrow::Cow;

/// A tag of more attributes loses them all.
const MAX_OF_A_TAG: usize = 400;
/// The same for all tags behind so many attributes; sound pages have some ten thousand.
const MAX_OF_A_PAGE: usize = 1_000_000;
/// Elements whose text is no markup.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// The page without the attributes of tags that have too many.
pub(super) fn bounded(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut bounded = String::new();
    let (mut at, mut copied, mut n_all) = (0, 0, 0);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        if source[start..].starts_with("<!--") {
            at = memchr::memmem::find(&bytes[start..], b"-->")
                .map_or(bytes.len(), |end| start + end);
            continue;
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name_end = at + name_len(&bytes[at..]);
        let (end, n_attributes) = attributes(bytes, name_end);
        n_all += n_attributes;
        if n_attributes > MAX_OF_A_TAG || n_all > MAX_OF_A_PAGE && n_attributes > 0 {
            bounded.push_str(&source[copied..name_end]);
            copied = end;
        }
        let name = source[at..name_end].to_ascii_lowercase();
        at = end;
        if RAW.contains(&name.as_str()) {
            let close = format!("</{name}");
            at = find_ignoring_case(&bytes[end..], close.as_bytes())
                .map_or(bytes.len(), |close| end + close);
        }
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    bounded.push_str(&source[copied..]);
    Cow::Owned(bounded)
}

fn name_len(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
        .unwrap_or(bytes.len())
}

/// Where the tag ends whose name ends at `at`, before its `>`, and how many attributes it has.
fn attributes(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut n_attributes = 0;
    let (mut is_in_name, mut is_value_next) = (false, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'"' | b'\'' if is_value_next => {
                at += memchr::memchr(*byte, &bytes[at + 1..]).map_or(bytes.len(), |end| end + 1);
                (is_in_name, is_value_next) = (false, false);
            }
            b'=' if is_in_name => (is_in_name, is_value_next) = (false, true),
            byte if byte.is_ascii_whitespace() => is_in_name = false,
            b'/' if !is_value_next => is_in_name = false,
            _ if is_value_next => {
                let rest = &bytes[at..];
                at += rest
                    .iter()
                    .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')
                    .unwrap_or(rest.len());
                is_value_next = false;
                continue;
            }
            _ => {
                n_attributes += usize::from(!is_in_name);
                is_in_name = true;
            }
        }
        at += 1;
    }
    (at.min(bytes.len()), n_attributes)
}

fn find_ignoring_case(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'<', bytes).find(|at| {
        bytes
            .get(*at..at + needle.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(needle))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_too_many_attributes_loses_them() {
        let many: String = (0..100_000)
            .map(|n| format!(" a{n}='>' b{n}=c d{n}"))
            .collect();
        for (source, bounded_to) in [
            (
                format!("<p>é</p><div{many}>text</div>"),
                "<p>é</p><div>text</div>",
            ),
            (format!("<script>if (a <b{many}) {{}}</script>"), ""),
            (format!("<!-- <b{many}> --><p>"), ""),
            (format!("<p title='{many}'>"), ""),
            ("<p a=1 b c='2'>text<br/></p><".to_owned(), ""),
        ] {
            let expected = if bounded_to.is_empty() {
                &source
            } else {
                bounded_to
            };
            assert_eq!(bounded(&source), expected);
        }
        assert_eq!(bounded(&format!("<div{}", " a".repeat(500))), "<div");
    }
}
