//! Direct quotations, with the verb that attributes them and the person or body it names.

use crate::domain::analysis::{Analysis, Kind, Quote};
use crate::domain::span::Span;

/// Fewer words than this are a turn of phrase, not a statement.
const MIN_WORDS: usize = 3;

/// How far from its quotation an attribution may stand, in code points.
const REACH: usize = 100;

const CUES: [&str; 14] = [
    "said",
    "says",
    "told",
    "added",
    "wrote",
    "asked",
    "warned",
    "insisted",
    "argued",
    "explained",
    "announced",
    "declared",
    "stated",
    "tweeted",
];

pub(super) fn find(body: &str, analysis: &Analysis) -> Vec<Quote> {
    if !body.contains(['"', '“']) {
        return Vec::new();
    }
    let characters: Vec<char> = body.chars().collect();
    let mut quotes = Vec::new();
    let mut open: Option<usize> = None;
    for (n, c) in characters.iter().enumerate() {
        match (c, open) {
            ('“', _) | ('"', None) => open = Some(n + 1),
            // An opening mark that is never closed ends with its paragraph.
            ('\n', _) => open = None,
            ('”' | '"', Some(start)) => {
                quotes.extend(quote(&characters, analysis, Span { start, end: n }));
                open = None;
            }
            _ => {}
        }
    }
    quotes
}

fn quote(characters: &[char], analysis: &Analysis, span: Span) -> Option<Quote> {
    let text: String = characters[span.start..span.end].iter().collect();
    if text.split_whitespace().count() < MIN_WORDS {
        return None;
    }
    let after = Span {
        start: span.end + 1,
        end: (span.end + 1 + REACH).min(characters.len()),
    };
    let before = Span {
        start: span.start.saturating_sub(REACH + 1),
        end: span.start - 1,
    };
    let attribution = attribution(characters, analysis, after, true)
        .or_else(|| attribution(characters, analysis, before, false));
    let (cue, speaker) = attribution.map_or((None, None), |(cue, speaker)| (Some(cue), speaker));
    Some(Quote {
        span,
        text,
        speaker,
        cue,
    })
}

/// The cue in the clause next to a quotation and the name nearest to the cue there.
fn attribution(
    characters: &[char],
    analysis: &Analysis,
    window: Span,
    is_after: bool,
) -> Option<(String, Option<usize>)> {
    let is_break = |c: &char| matches!(c, '.' | '\n' | '"' | '“' | '”');
    let text = characters.get(window.start..window.end)?;
    let clause = if is_after {
        let length = text.iter().position(is_break).unwrap_or(text.len());
        Span {
            start: window.start,
            end: window.start + length,
        }
    } else {
        let skipped = text.iter().rposition(is_break).map_or(0, |last| last + 1);
        Span {
            start: window.start + skipped,
            end: window.end,
        }
    };
    let words: String = characters[clause.start..clause.end].iter().collect();
    let cue = words
        .split(|c: char| !c.is_alphabetic())
        .find(|word| CUES.contains(word))?;
    let cue_at = clause.start + words[..words.find(cue)?].chars().count();
    let first = analysis
        .mentions
        .partition_point(|mention| mention.span.start < clause.start);
    let speaker = analysis.mentions[first..]
        .iter()
        .enumerate()
        .take_while(|(_, mention)| mention.span.end <= clause.end)
        .filter(|(_, mention)| matches!(mention.kind, Kind::Person | Kind::Organization))
        .min_by_key(|(_, mention)| mention.span.start.abs_diff(cue_at))
        .map(|(n, _)| first + n);
    Some((cue.to_owned(), speaker))
}
