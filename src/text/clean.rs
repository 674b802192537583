//! Text as it is stored and shown: composed characters, line feeds for line ends, and nothing that only steers a terminal or a
//! layout.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What windows-1252 has in place of the control characters U+0080 to U+009F: they come from pages that mixed the two up.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The text without control characters (but line feeds and tabs), soft hyphens, and characters of no width that only lay text
/// out. Joiners stay in scripts and emoji where they mean something.
#[must_use]
pub fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = if text.contains(is_odd) {
        Cow::Owned(without_odd(&text))
    } else {
        text
    };
    if text.is_ascii() || is_nfc(&text) {
        return text;
    }
    Cow::Owned(text.nfc().collect())
}

/// The same on one line.
#[must_use]
pub fn clean_line(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = clean(text);
    if text.contains(['\n', '\t']) {
        return Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    text
}

/// Text as a terminal may print it: nothing that it would obey or that turns the order of letters. Line feeds stay.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    // The marks around hits of a search are spent before anything is printed, and steer nothing.
    let is_mark = |c: char| matches!(c, '\u{2063}' | '\u{2064}');
    let steers =
        |c: char| c != '\n' && (c.is_control() || is_layout(c) && !is_mark(c) || is_line_end(c));
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c {
        c if !steers(c) => Some(c),
        c if c.is_control() || is_line_end(c) => Some(' '),
        _ => None,
    };
    Cow::Owned(text.chars().filter_map(shown).collect())
}

/// Text for one line of a terminal: a line feed in it begins no line.
#[must_use]
pub fn printable_line(text: &str) -> Cow<'_, str> {
    match printable(text) {
        text if text.contains('\n') => Cow::Owned(text.replace('\n', " ")),
        text => text,
    }
}

/// Whether a character steers the order or the breaking of lines and is not seen itself.
#[must_use]
pub fn is_layout(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

fn is_odd(c: char) -> bool {
    match c {
        '\n' | '\t' | ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{33f}' => false,
        '\u{a0}' | '\u{202f}' | '\u{200c}' | '\u{200d}' => true,
        c => c.is_control() || is_layout(c) || is_line_end(c) || is_tag(c) || is_no_character(c),
    }
}

/// Letters of tags: they spell a flag behind a black flag, and hide text elsewhere.
fn is_tag(c: char) -> bool {
    ('\u{e0000}'..='\u{e007f}').contains(&c)
}

fn is_no_character(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c) || u32::from(c) & 0xfffe == 0xfffe
}

fn without_odd(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let before = clean.chars().next_back();
        match c {
            '\r' => {
                if !rest.as_str().starts_with('\n') {
                    clean.push('\n');
                }
            }
            '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\u{a0}' | '\u{202f}' => clean.push(' '),
            '\u{1b}' => rest = rest.as_str()[escape(rest.as_str())..].chars(),
            '\0' | '\u{8}' | '\u{1f}' | '\u{7f}' => {}
            '\u{80}'..='\u{9f}' => {
                let letter = WINDOWS[c as usize - 0x80];
                clean.extend((letter != '\0').then_some(letter));
            }
            '\u{200c}' | '\u{200d}' => {
                let is_meant = joins(before, rest.as_str().chars().next());
                clean.extend(is_meant.then_some(c));
            }
            c if is_tag(c) => {
                let is_flag = before.is_some_and(|c| c == '🏴' || is_tag(c));
                clean.extend(is_flag.then_some(c));
            }
            '\n' | '\t' => clean.push(c),
            // Some programs part words with control characters.
            c if c.is_control() => {
                let parts = before.is_some_and(|c| !c.is_whitespace())
                    && rest.as_str().starts_with(|c: char| !c.is_whitespace());
                clean.extend(parts.then_some(' '));
            }
            c if is_layout(c) || is_no_character(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// The length of what follows an escape and belongs to it.
fn escape(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    match bytes.first() {
        Some(b'[') => {
            let parameters = bytes[1..]
                .iter()
                .take_while(|byte| (0x20..0x40).contains(*byte))
                .count();
            let has_end = bytes
                .get(1 + parameters)
                .is_some_and(|byte| (0x40..0x7f).contains(byte));
            1 + parameters + usize::from(has_end)
        }
        // A command to the terminal, up to its end on the same line.
        Some(b']' | b'P' | b'_' | b'^') => {
            let line = rest.find('\n').unwrap_or(rest.len());
            let end = rest[..line].find(['\u{7}', '\u{1b}', '\u{9c}']);
            end.map_or(1, |end| {
                let is_string_end = rest[end..].starts_with("\u{1b}\\");
                end + if is_string_end {
                    2
                } else {
                    rest[end..].chars().next().map_or(0, char::len_utf8)
                }
            })
        }
        _ => 0,
    }
}

/// Whether a joiner between these means something: it shapes letters of Arabic and Indic scripts, and makes one emoji of two.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    let is_indic = |c: char| matches!(c, '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a800}'..='\u{abff}' | '\u{11000}'..='\u{11fff}');
    let is_cursive = |c: char| matches!(c, '\u{600}'..='\u{8ff}' | '\u{1800}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10d00}'..='\u{10d3f}' | '\u{1e900}'..='\u{1e95f}');
    let is_emoji = |c: char| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    is_indic(before)
        || is_cursive(before) && after.is_some_and(is_cursive)
        || is_emoji(before) && after.is_some_and(is_emoji)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out_and_what_means_something_stays() {
        for (text, kept) in [
            ("plain\ntext\there", "plain\ntext\there"),
            ("Ver\u{ad}fas\u{ad}sung", "Verfassung"),
            ("a\u{200b}b\u{2060}c\u{feff}d", "abcd"),
            ("\u{202e}evil\u{202c} \u{2066}x\u{2069}\u{200f}", "evil x"),
            ("Odd\u{1}Berntsen", "Odd Berntsen"),
            ("one \u{1} two", "one  two"),
            ("a\0b\u{8}c\u{7f}", "abc"),
            ("\u{1b}[31;1mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\.", "link."),
            ("\u{1b}Mup\u{1b}", "Mup"),
            ("a\r\nb\rc\u{2028}d\u{b}e", "a\nb\nc\nd\ne"),
            (
                "it\u{92}s \u{93}so\u{94} \u{96} \u{80}5\u{85}",
                "it’s “so” – €5…",
            ),
            ("Cafe\u{301}", "Café"),
            ("100\u{a0}km", "100 km"),
            ("می\u{200c}شود", "می\u{200c}شود"),
            ("ക്\u{200d} ", "ക്\u{200d} "),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            (
                "👩\u{200d}🚒 👩🏽\u{200d}⚖\u{fe0f}",
                "👩\u{200d}🚒 👩🏽\u{200d}⚖\u{fe0f}",
            ),
            ("Bern\u{200d}tsen\u{200c}", "Berntsen"),
            (
                "🏴\u{e0067}\u{e0062}\u{e007f} a\u{e0061}b",
                "🏴\u{e0067}\u{e0062}\u{e007f} ab",
            ),
            ("x\u{ffff}\u{fdd0}y", "xy"),
            ("東京\u{3000}大阪", "東京\u{3000}大阪"),
        ] {
            assert_eq!(clean(text.into()), kept, "{text:?}");
            assert_eq!(clean(kept.into()), kept, "again: {text:?}");
        }
        assert_eq!(clean_line(" a\n b\tc".into()), "a b c");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_printable() {
        for (text, printed) in [
            ("\u{1b}[2Jx", " [2Jx"),
            ("a\u{9b}31mb", "a 31mb"),
            ("a\tb\nc", "a b\nc"),
            ("\u{202e}abc\u{200b}", "abc"),
            ("می\u{200c}شود", "می\u{200c}شود"),
        ] {
            assert_eq!(printable(text), printed, "{text:?}");
        }
        assert_eq!(printable_line("a\nb"), "a b");
    }
}
