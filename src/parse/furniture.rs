//! What a site puts around an article and people copy along with it: banners, share buttons, cookie lines, copyright.
//! Each pattern covers a whole line, for a headline may speak of cookies, comments and copyright too; what is not surely
//! furniture stays.

use std::sync::LazyLock;

use regex::RegexSet;

/// A longer line, in words, is text, legal lines aside.
const MAX_WORDS: usize = 25;
const MAX_LEGAL_WORDS: usize = 60;

/// Words on buttons; a line of nothing else is a row of them.
const BUTTONS: [&str; 30] = [
    "share",
    "tweet",
    "print",
    "email",
    "e-mail",
    "mail",
    "save",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "pinterest",
    "reddit",
    "telegram",
    "messenger",
    "copy",
    "link",
    "comment",
    "comments",
    "menu",
    "close",
    "search",
    "home",
    "login",
    "subscribe",
    "donate",
    "advertisement",
    "instagram",
    "youtube",
    "rss",
];

/// Furniture wherever it stands.
const ANYWHERE: [&str; 34] = [
    r"share (this|on|via|to)( (article|story|page|post|video|facebook|twitter|x|whatsapp|linkedin|email|social media|with.*))?( (on|via|to|with) .*)?",
    r"(share|save|print|email|e-mail|tweet|listen to|bookmark|gift) (this|article|story|page)( (article|story|page|post))?",
    r"follow (us|@\S+|[\w ]{2,40}) on (facebook|twitter|x|instagram|telegram|google news|whatsapp|youtube|linkedin).*",
    r"follow us",
    r"(sign up|subscribe|register)( now| today| here| free)?",
    r"(sign up|subscribe|register)( now| today| here)? (to|for) (our|the|my|a|free)( \S+){0,6} (newsletters?|updates|alerts|briefing|e-?mails?|podcast|channel|digest).*",
    r"(already )?a? ?subscriber\? (log|sign) in.*",
    r"(log|sign) ?in( (to|or) (read|continue|comment|view|subscribe|register|create|your).*)?",
    r"[-–— ]*(advertisement|advertising|advertorial|sponsored( content| post)?|promoted( content)?|paid (content|post|for by.*)|ad)[-–— ]*",
    r"[-–— ]*(story|article|post) continues (below|after)( (this |the )?(advertisement|ad|video))?[-–— ]*",
    r"(advertisement [-–—] )?scroll (down )?to continue.*",
    r"(we|this (web)?site|our (web)?site|our partners) (use|uses|set|store) (\S+ ){0,3}cookies\b.*",
    r"by (continuing|using|clicking|browsing|closing) .*\byou\b.*\b(cookies?|terms|privacy)\b.*",
    r"(accept|reject|manage|allow|decline)( all)?( cookies| and continue)( .{0,20})?",
    r"cookies? (policy|settings|preferences|notice|banner|consent)",
    r"(skip|jump) to( main)? (content|navigation|search|footer)",
    r"back to top|go to top|scroll to top|top of page",
    r"(read|show|load|view|see) (more|less|all|full (story|article|bio))[ .…»›>→]*",
    r"continue reading[ .…»›>→]*|continue reading the main story",
    r"read (more|also|next): .*",
    r"(view|add|leave|post|write|show|hide|read)( (a|all|your))?( \d+)? comments?( \(\d+\))?",
    r"(\d+|no) (comments?|shares?|views|likes|replies)",
    r"comments( are closed|:? \d+| \(\d+\))\.?",
    r"(click|tap) here( (to|for) .*)?",
    r"download (the|our)( [\w ]{1,30})? app.*",
    r"(image|photo|picture|media|video|figure) (source|caption|credit|copyright)s?\b.*",
    r"(play|watch) video|loading\W*|listen to (this )?(article|story).*|\d+ ?min(ute)?s?( read| listen)",
    r"(published|posted|updated|last updated|last modified)?:? ?(about |over |an? )?(\d+ )?(seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago",
    r"(published|updated|posted):? (just now|today|yesterday)",
    r"(©|\(c\)|copyright (©|\(c\)|(by )?.{0,40}\b(19|20)\d\d)).*",
    r"(.* )?all rights reserved\.?( .*)?",
    r"(terms (of (use|service)|and conditions)|privacy (policy|notice|settings)|contact us|about us|advertise with us|site ?map|careers|help|faq)",
    r"(home|news)( ?[>»›|/] ?[\w &]{2,25}){1,5}",
    r"\[?(on .{5,80} wrote:|-+ ?(original|forwarded) message ?-+|begin forwarded message:?|sent from my \w+( \w+)?\.?)\]?",
];

/// Furniture at the foot only: at the head, the same words could be a headline.
const AT_THE_FOOT: [&str; 18] = [
    r"(\S+ ){1,3}banner",
    r"(read|see|find out|learn|hear|click for) more( .*[^.]| .*\bhere\.)?",
    r"(related|recommended|more|latest|top|trending|popular)( \S+)? (articles?|stories|story|topics?|content|coverage|news|links?|reading|posts|videos?|headlines)( .{0,40})?:?",
    r"(related|see also|also read|read also|more|up next|next|previous|watch|listen|tags|topics|filed under|in pictures): .*[^.]",
    r"more (on|from|about|in) .{1,39}[^.]",
    r"(most (read|viewed|popular|shared|commented|watched)|editors?['’]s? picks?|trending( now)?|up next|you (may|might) also (like|be interested in)|recommended( for you)?|what to read next|see also|related|sponsored links|around the web):?",
    r"follow .{2,60} on .{2,30}",
    r"(sign up|subscribe|register (now|today|here|for|to)|donate|support us|join us)\b.{0,90}",
    r"(join|start) the (conversation|discussion).*",
    r"(get|download|try|install) (our|the) .{0,40}\b(app|newsletter|edition)\b.*",
    r"copyright\b.*[^.]|copyright\b.*\b(19|20)\d\d\b.*",
    r"this (material|article|story|content|report) (may not be|was (originally |first )?published|has been (auto|syndicated|published|republished)|originally appeared|is (protected|copyright)).*",
    r"(the )?(bbc|site|company|publisher|[\w .]{2,30}) is not responsible for the content of external (inter)?(net )?sites.*",
    r"have a (story|news tip|tip|confidential tip)\b.*",
    r"(do you have|got) (a|any) (story|tip|news|information|more information).{0,60}\?.*",
    r"[-–—(\[* ]*(end|ends|end of (article|story|document))[-–—)\]* ]*|[-–—(\[*]+ ?(30|more) ?[-–—)\]*]+",
    r"(terms|privacy|cookies?|contact|about|accessibility|imprint|newsletters?|subscriptions?|advertise|careers|help|site ?map|legal)\b( ?[|•·/] ?.{1,40})+",
    r"corrections?( and clarifications)?:?|(disclaimer|comment policy|view original|print edition|permalink)( .{0,40})?",
];

/// Headings under which a site lists other stories.
const LIST_HEADING: &str = r"(related|recommended|more|latest|top|trending|most|popular)( \S+)? (articles?|stories|topics|content|coverage|links|reading|posts|headlines|read|viewed|popular)( .{0,30})?:?|read also:?|see also:?|you (may|might) also like:?|(more|related) on this story:?";

struct Patterns {
    anywhere: RegexSet,
    at_the_foot: RegexSet,
    list_heading: RegexSet,
}

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let set = |patterns: &[&str]| {
        RegexSet::new(
            patterns
                .iter()
                .map(|pattern| format!("(?i)^(?:{pattern})$")),
        )
        .expect("the patterns are constant")
    };
    Patterns {
        anywhere: set(&ANYWHERE),
        at_the_foot: set(&AT_THE_FOOT),
        list_heading: set(&[LIST_HEADING]),
    }
});

/// Whether a line is furniture wherever it stands.
pub(super) fn is_furniture(line: &str) -> bool {
    let n_words = line.split_whitespace().count();
    if !line.chars().any(char::is_alphanumeric) {
        return true;
    }
    let is_legal = n_words <= MAX_LEGAL_WORDS
        && (line.contains(['©'])
            || line.to_lowercase().contains("cookies")
            || line.to_lowercase().contains("rights reserved"));
    (n_words <= MAX_WORDS || is_legal)
        && (is_row_of_buttons(line) || PATTERNS.anywhere.is_match(line.trim()))
}

fn is_row_of_buttons(line: &str) -> bool {
    let mut words = line
        .split(|c: char| c.is_whitespace() || "|•·/,".contains(c))
        .filter(|word| !word.is_empty());
    words.all(|word| BUTTONS.contains(&word.to_lowercase().as_str()))
}

/// Whether a line at the foot of a text is furniture.
fn is_foot(line: &str) -> bool {
    // A sentence of somebody's: it is quoted, or goes on after a comma and ends.
    let is_sentence = line.ends_with(['.', '”', '"', '?', '!']) && line.contains([',', '“', '"']);
    is_furniture(line)
        || line.split_whitespace().count() <= MAX_WORDS
            && (!is_sentence || line.to_lowercase().starts_with("copyright"))
            && PATTERNS.at_the_foot.is_match(line.trim())
}

/// Takes furniture off both ends. The first line that is none is kept whatever follows it: it may be all there is.
pub(super) fn trim(paragraphs: &mut Vec<String>) {
    let n_leading = paragraphs
        .iter()
        .take_while(|paragraph| is_furniture(paragraph))
        .count();
    paragraphs.drain(..n_leading);
    cut_list(paragraphs);
    while paragraphs.len() > 1
        && paragraphs
            .last()
            .is_some_and(|paragraph| is_foot(paragraph))
    {
        paragraphs.pop();
    }
}

/// Cuts "Related stories" and the headlines under it, if nothing but headlines follows.
fn cut_list(paragraphs: &mut Vec<String>) {
    const MAX_LISTED: usize = 15;
    let is_listed = |line: &String| {
        line.split_whitespace().count() <= MAX_LISTED && !line.ends_with(['.', '”', '"'])
            || is_foot(line)
    };
    let n_listed = paragraphs
        .iter()
        .rev()
        .take_while(|line| is_listed(line))
        .count();
    let from = paragraphs.len() - n_listed;
    let heading = paragraphs[from..]
        .iter()
        .position(|line| PATTERNS.list_heading.is_match(line));
    if let Some(heading) = heading.filter(|heading| from + heading > 0) {
        paragraphs.truncate(from + heading);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_headlines_that_speak_of_it() {
        for line in [
            "Share this",
            "Share this article",
            "Share on Facebook",
            "Facebook Twitter WhatsApp",
            "ADVERTISEMENT",
            "We use cookies to make this site work, and to see how you use it.",
            "Accept all cookies",
            "Read more",
            "Read more: Ferry line shut for a year",
            "12 comments",
            "Skip to main content",
            "Image source, Harbour Board",
            "Published 2 hours ago",
            "© 2016 The Bergen Courier. All rights reserved.",
            "Copyright 2016 The Bergen Courier",
            "Sign up for our daily newsletter",
            "3 min read",
            "* * *",
            "Home > News > Norway",
            "Privacy policy",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "Google sues over advertising",
            "Advertising boss quits",
            "Copyright ruling stuns authors",
            "Fans unfurl banner",
            "Cookie prices rise",
            "Bakers subscribe to new code",
            "Share prices fall",
            "Comments by mayor anger council",
            "Sign up for war, prisoners told",
            "Read more books, minister tells pupils",
            "Ferry shut two years ago",
            "Follow the money, says mayor",
            "Related firms merge",
            "Home prices slide",
            "Subscribe or perish, papers say",
            "Sponsored bill fails",
            "By using cookies, bakers win",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn the_foot_is_cleared_and_the_text_stays() {
        let trimmed = |lines: &[&str]| {
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            trim(&mut lines);
            lines
        };
        let story = ["Ferry line reopens", "It sailed on Monday."];
        for foot in [
            vec!["Storm banner"],
            vec![
                "Related stories",
                "Ferry sinks in storm",
                "Bridge to be built",
            ],
            vec![
                "Subscribe to our newsletter",
                "Copyright The Bergen Courier",
            ],
            vec!["-30-"],
            vec![
                "Read more about the harbour here",
                "Tags: ferries, harbours",
            ],
        ] {
            assert_eq!(
                trimmed(&[&story[..], &foot[..]].concat()),
                story,
                "{foot:?}"
            );
        }
        let kept = [
            "Bakers strike",
            "“No cookies until Friday,” said their leader, who \"meant it\".",
        ];
        assert_eq!(trimmed(&kept), kept);
        assert_eq!(trimmed(&["Fans unfurl banner"]), ["Fans unfurl banner"]);
    }
}
