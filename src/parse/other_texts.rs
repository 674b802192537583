//! Texts that are no articles: subtitles, calendars, logs, program code. They are refused with the reason.

use std::sync::LazyLock;

use regex::Regex;

/// Extensions of programs and settings.
const CODE: [&str; 44] = [
    "py",
    "js",
    "mjs",
    "ts",
    "tsx",
    "jsx",
    "rs",
    "c",
    "h",
    "cc",
    "cpp",
    "hpp",
    "cs",
    "java",
    "kt",
    "go",
    "rb",
    "php",
    "pl",
    "swift",
    "scala",
    "lua",
    "r",
    "sh",
    "bash",
    "zsh",
    "bat",
    "ps1",
    "sql",
    "css",
    "scss",
    "less",
    "ini",
    "cfg",
    "conf",
    "toml",
    "yaml",
    "yml",
    "lock",
    "env",
    "properties",
    "diff",
    "patch",
    "vue",
];

/// A line of a log begins with day and time.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static LOG_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d",
        r"|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \S+ \S+:",
        r"|\S+ \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:",
        r"|\[\d{10}(?:\.\d+)?\]|\d\d:\d\d:\d\d[.,]\d{3} )",
    ))
    .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:\d\d:)?\d\d:\d\d[.,]\d{3} +--> +(?:\d\d:)?\d\d:\d\d[.,]\d{3}")
        .expect("the pattern is constant")
});

/// So many lines tell what a text is.
const MAX_LINES: usize = 400;

/// What a text is if it is no article: the end of the sentence "it is …".
pub(super) fn kind_of(text: &str, extension: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let begins = |marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(MAX_LINES)
        .collect();
    let is_numbered = lines
        .first()
        .is_some_and(|line| line.bytes().all(|byte| byte.is_ascii_digit()));
    if begins(&["WEBVTT", "[Script Info]"])
        || (is_numbered || extension == "srt") && CUE.is_match(text)
    {
        return Some("a file of subtitles; export the transcript as text and drop that");
    }
    if begins(&["BEGIN:VCALENDAR", "BEGIN:VEVENT"]) {
        return Some("a calendar");
    }
    if begins(&["BEGIN:VCARD"]) {
        return Some("an address card");
    }
    if begins(&["-----BEGIN ", "ssh-rsa ", "ssh-ed25519 "]) {
        return Some("a key or certificate");
    }
    let n_stamped = lines.iter().filter(|line| LOG_LINE.is_match(line)).count();
    let is_named_log = matches!(extension, "log" | "out");
    if lines.len() >= 2 && n_stamped * 5 >= lines.len() * if is_named_log { 2 } else { 4 } {
        return Some("a log of a program");
    }
    if begins(&["diff --git ", "Index: ", "#!/", "<?php", "#include "])
        || CODE.contains(&extension)
        || is_code(&lines)
    {
        return Some("program code or settings");
    }
    None
}

/// Whether most lines end as statements do, and some stand alone as brackets do.
fn is_code(lines: &[&str]) -> bool {
    let n_ended = lines
        .iter()
        .filter(|line| line.ends_with(['{', '}', ';']))
        .count();
    let n_brackets = lines
        .iter()
        .filter(|line| matches!(**line, "{" | "}" | "};" | "})" | "});" | "],"))
        .count();
    lines.len() >= 6 && n_ended * 2 >= lines.len() && n_brackets >= 1
}

/// Whether bytes that are no UTF-8, and that were read by another encoding, are hardly a text: a few letters by chance.
pub(super) fn is_noise(text: &str) -> bool {
    const MAX_CHANCE: usize = 200;
    let n_words = text
        .split_whitespace()
        .filter(|word| {
            word.chars().count() >= 2
                && word
                    .chars()
                    .all(|c| c.is_alphanumeric() || ".,;:!?'\"-’“”".contains(c))
        })
        .count();
    text.chars().count() <= MAX_CHANCE && n_words < 3 && !crate::text::terms::has_unspaced(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_article_is_told_by_its_kind() {
        for (text, extension, kind) in [
            (
                "1\n00:00:01,000 --> 00:00:04,000\nOdd said so.\n",
                "txt",
                "subtitles",
            ),
            (
                "WEBVTT\n\n00:01.000 --> 00:04.000\nOdd said so.\n",
                "vtt",
                "subtitles",
            ),
            ("BEGIN:VCALENDAR\nVERSION:2.0\n", "ics", "calendar"),
            ("BEGIN:VCARD\nFN:Odd\n", "vcf", "address"),
            (
                "2021-03-03 10:00:00 INFO started\n2021-03-03 10:00:01 WARN disk\n",
                "log",
                "log",
            ),
            (
                "Mar  3 10:00:00 host sshd[3]: ok\nMar  3 10:00:01 host sshd[3]: ok\n",
                "txt",
                "log",
            ),
            (
                "1.2.3.4 - - [03/Mar/2021:10:00:00 +0000] \"GET /\"\n1.2.3.4 - - [03/Mar/2021:10:00:00 +0000] \"GET /\"\n",
                "",
                "log",
            ),
            ("def main():\n    print('x')\n", "py", "code"),
            ("#!/bin/sh\necho x\n", "txt", "code"),
            (
                "int main() {\n  int a;\n  a = 1;\n  b = 2;\n  return a;\n}\n",
                "txt",
                "code",
            ),
        ] {
            let told = kind_of(text, extension).unwrap_or_default();
            assert!(told.contains(kind), "{text}: {told}");
        }
    }

    #[test]
    fn articles_poems_and_interviews_are_none_of_these() {
        for text in [
            "Quay shut\n\nThe quay was shut for three days.",
            "10:00 The council meets.\n10:30 The chair speaks.\n11:00 It votes.",
            "Q: Is the money gone?\nA: It is;\nQ: And the quay?\nA: Shut.",
            "I went to the sea;\nthe sea was grey;\nI came again;\nit was the same;\nand so it stays;\nfor all our days;",
            "1. Odd Berntsen\n2. Grete Sandnes\n3. Tuva Lien",
            "2021-03-03 The quay was shut.\n2021-03-04 It was open.",
        ] {
            assert_eq!(kind_of(text, "txt"), None, "{text}");
        }
    }

    #[test]
    fn a_few_random_bytes_are_no_text() {
        assert!(is_noise("‡ÿ0þ\u{8d}q¶x"));
        assert!(!is_noise("Café shut after the storm"));
    }
}
