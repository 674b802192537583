//! Who speaks: a name beside the verb, a pronoun that can mean one person only, or a title that one person holds.

use crate::domain::analysis::{Analysis, Kind, Mention, Quote};
use crate::domain::span::Span;

use super::marks::Piece;

/// How far from its quotation an attribution may stand, in code points.
const REACH: usize = 140;

/// How far back a pronoun may reach for the only person of an article, in code points.
const MEMORY: usize = 4000;

/// Those who speak without a name.
const NAMELESS: [&str; 17] = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "officials",
    "source",
    "sources",
    "analyst",
    "analysts",
    "dealer",
    "dealers",
    "trader",
    "traders",
    "economist",
    "minister",
    "witness",
    "another",
];

/// Verbs that attribute.
const CUES: [&str; 65] = [
    "saying",
    "adding",
    "underlined",
    "said",
    "says",
    "told",
    "tells",
    "added",
    "adds",
    "wrote",
    "writes",
    "asked",
    "asks",
    "warned",
    "warns",
    "insisted",
    "insists",
    "argued",
    "argues",
    "explained",
    "explains",
    "announced",
    "declared",
    "declares",
    "stated",
    "states",
    "tweeted",
    "posted",
    "replied",
    "responded",
    "answered",
    "claimed",
    "claims",
    "admitted",
    "acknowledged",
    "noted",
    "notes",
    "observed",
    "recalled",
    "remarked",
    "shouted",
    "yelled",
    "whispered",
    "joked",
    "quipped",
    "testified",
    "predicted",
    "promised",
    "pledged",
    "vowed",
    "urged",
    "complained",
    "lamented",
    "concluded",
    "continued",
    "commented",
    "confirmed",
    "denied",
    "suggested",
    "exclaimed",
    "cautioned",
    "stressed",
    "emphasized",
    "read",
    "according",
];

#[derive(Debug, Clone, Default)]
pub(super) struct Attribution {
    pub(super) cue: Option<String>,
    pub(super) speaker: Option<usize>,
}

/// What attribution looks at.
pub(super) struct Article<'a> {
    characters: &'a [char],
    analysis: &'a Analysis,
    pieces: &'a [Piece],
}

impl<'a> Article<'a> {
    pub(super) fn new(characters: &'a [char], analysis: &'a Analysis, pieces: &'a [Piece]) -> Self {
        Self {
            characters,
            analysis,
            pieces,
        }
    }

    /// The attribution beside a quotation: in the clause behind it, or else before it.
    pub(super) fn attribution(&self, span: Span, earlier: &[Quote]) -> Option<Attribution> {
        let after = Span {
            start: (span.end + 1).min(self.characters.len()),
            end: (span.end + 1 + REACH).min(self.characters.len()),
        };
        let before = Span {
            start: span.start.saturating_sub(REACH + 1),
            end: span.start.saturating_sub(1),
        };
        let behind = self.clause(after, true);
        let ahead = self.clause(before, false);
        self.read(behind, span, earlier)
            .or_else(|| self.read(ahead, span, earlier))
    }

    /// Whether a quotation goes on after a break that only attributes it: "…," said X. "…"
    pub(super) fn goes_on(&self, end: usize, start: usize) -> bool {
        let Some(between) = self.characters.get(end..start) else {
            return false;
        };
        if between.len() > REACH + 20 || between.contains(&'\n') {
            return false;
        }
        let text: String = between.iter().collect();
        let mut words = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .peekable();
        words.peek().is_none() || words.any(|word| CUES.contains(&word))
    }

    /// The stretch of a window that belongs to the quotation beside it.
    fn clause(&self, window: Span, is_after: bool) -> Span {
        let text = &self.characters[window.start..window.end.max(window.start)];
        let is_break = |n: usize| match text[n] {
            '\n' | '"' | '“' | '”' | '?' | '!' => true,
            // "Mr." and initials don't end a sentence.
            '.' => {
                let word: Vec<char> = text[..n]
                    .iter()
                    .rev()
                    .take_while(|c| c.is_alphabetic())
                    .copied()
                    .collect();
                !(1..=3).contains(&word.len()) || !word.last().is_some_and(|c| c.is_uppercase())
            }
            _ => false,
        };
        if is_after {
            let length = (0..text.len()).find(|n| is_break(*n)).unwrap_or(text.len());
            Span {
                start: window.start,
                end: window.start + length,
            }
        } else {
            let skipped = (0..text.len())
                .rev()
                .find(|n| is_break(*n))
                .map_or(0, |last| last + 1);
            Span {
                start: window.start + skipped,
                end: window.end.max(window.start),
            }
        }
    }

    fn read(&self, clause: Span, quote: Span, earlier: &[Quote]) -> Option<Attribution> {
        let text: String = self.characters[clause.start..clause.end].iter().collect();
        let mut at = 0;
        let (cue, cue_at) = text.split(|c: char| !c.is_alphabetic()).find_map(|word| {
            let here = at;
            at = here + word.chars().count() + 1;
            CUES.contains(&word)
                .then(|| (word.to_owned(), clause.start + here))
        })?;
        let speaker = self
            .named(&cue, cue_at, clause)
            .or_else(|| self.pronoun(&text, quote, earlier))
            .or_else(|| self.described(&text));
        let cue = if cue == "according" {
            "according to".to_owned()
        } else {
            cue
        };
        Some(Attribution {
            cue: Some(cue),
            speaker,
        })
    }

    /// The name nearest to the verb; whom somebody "told" is no speaker.
    fn named(&self, cue: &str, cue_at: usize, clause: Span) -> Option<usize> {
        let mentions = &self.analysis.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < clause.start);
        let is_told = matches!(
            cue,
            "told" | "tells" | "asked" | "asks" | "urged" | "warned"
        );
        let has_pronoun = |from: usize, to: usize| {
            let text: String = self.characters[from..to].iter().collect();
            text.split(|c: char| !c.is_alphabetic()).any(|word| {
                matches!(
                    word,
                    "he" | "she" | "He" | "She" | "they" | "They" | "I" | "we"
                )
            })
        };
        mentions[first..]
            .iter()
            .enumerate()
            .take_while(|(_, mention)| mention.span.end <= clause.end)
            .filter(|(_, mention)| matches!(mention.kind, Kind::Person | Kind::Organization))
            .filter(|(_, mention)| !is_told || mention.span.start < cue_at)
            // "He said in Oslo that Ms Dahl …": the pronoun is the subject.
            .filter(|(_, mention)| {
                let near = mention.span.start.abs_diff(cue_at);
                near <= 60
                    && !has_pronoun(
                        cue_at.saturating_sub(5).max(clause.start),
                        (cue_at + cue.chars().count() + 4).min(clause.end),
                    )
            })
            .min_by_key(|(_, mention)| {
                (
                    mention.kind != Kind::Person,
                    mention.span.start.abs_diff(cue_at),
                )
            })
            .map(|(n, _)| first + n)
    }

    /// "He said": the one person whom this paragraph names, or the one above it, or the article so far; or who spoke last.
    fn pronoun(&self, text: &str, quote: Span, earlier: &[Quote]) -> Option<usize> {
        let is_pronoun = |word: &str| matches!(word, "he" | "she" | "He" | "She");
        if !text.split(|c: char| !c.is_alphabetic()).any(is_pronoun) {
            return None;
        }
        let (paragraph, above) = self.paragraphs(quote.start);
        let people = self.people(paragraph, quote.start);
        if !people.is_empty() {
            return self.one_of(&people, quote);
        }
        let people = self.people(above, quote.start);
        let Some(last) = people.last().copied() else {
            return self.one_of(
                &self.people(quote.start.saturating_sub(MEMORY), quote.start),
                quote,
            );
        };
        let spoke = earlier
            .last()
            .filter(|quote| quote.span.start >= above)
            .and_then(|quote| quote.speaker)
            .filter(|speaker| self.is_same_name(*speaker, last));
        self.one_of(&people, quote).or(spoke)
    }

    /// The one person among these, unless somebody without a name may have spoken since: "a spokesman".
    fn one_of(&self, people: &[usize], quote: Span) -> Option<usize> {
        let last = *people.last()?;
        let end = self.analysis.mentions[last].span.end;
        let since: String = self.characters[end..quote.start].iter().collect();
        let words: Vec<&str> = since
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        let is_nameless = words.iter().enumerate().any(|(n, word)| {
            let is_one_of_many = words[n.saturating_sub(4)..n].iter().any(|before| {
                matches!(*before, "a" | "A" | "an" | "An" | "one" | "One" | "another")
            });
            NAMELESS.contains(word) && (is_one_of_many || word.ends_with('s') || *word == "another")
        });
        let is_one = people.iter().all(|n| self.is_same_name(*n, last));
        (is_one && !is_nameless).then_some(last)
    }

    /// Where the paragraph of a place begins, and the one above it; no further back than an article's paragraphs are long.
    fn paragraphs(&self, at: usize) -> (usize, usize) {
        let is_break =
            |n: &usize| self.characters[*n] == '\n' && self.characters.get(n + 1) != Some(&'\n');
        let limit = at.saturating_sub(2000);
        let mut breaks = (limit..at).rev().filter(is_break);
        let paragraph = breaks.next().unwrap_or(limit);
        (paragraph, breaks.next().unwrap_or(limit))
    }

    /// People named outside quotations in a stretch.
    fn people(&self, from: usize, to: usize) -> Vec<usize> {
        let mentions = &self.analysis.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < from);
        let is_quoted = |mention: &Mention| {
            let n = self
                .pieces
                .partition_point(|piece| piece.span.end <= mention.span.start);
            self.pieces
                .get(n)
                .is_some_and(|piece| piece.span.contains(mention.span))
        };
        (first..mentions.len())
            .take_while(|n| mentions[*n].span.end <= to)
            .filter(|n| mentions[*n].kind == Kind::Person && !is_quoted(&mentions[*n]))
            .collect()
    }

    fn is_same_name(&self, a: usize, b: usize) -> bool {
        let family = |n: usize| {
            let text = self.analysis.mentions[n].text.trim_end_matches(['s', 'S']);
            let text = text.trim_end_matches(['\'', '’']);
            text.rsplit(' ').next().map(str::to_lowercase)
        };
        family(a) == family(b)
    }

    /// "The minister said": the one person whose printed title ends so.
    fn described(&self, text: &str) -> Option<usize> {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
        let title = words
            .windows(2)
            .filter(|pair| pair[0] == "the" && !pair[1].is_empty())
            .map(|pair| pair[1])
            .next()?;
        let mut holders = self.analysis.roles.iter().take(500).filter(|role| {
            role.title
                .split(' ')
                .any(|word| word.to_lowercase() == title)
        });
        let first = holders.next()?.mention;
        holders
            .all(|role| self.is_same_name(role.mention, first))
            .then_some(first)
    }
}

/// Paragraphs of one quotation whose speaker is named only behind the last: the earlier ones are theirs too.
pub(super) fn carry_back(pieces: &[Piece], quotes: &mut [Quote]) {
    for n in (1..quotes.len()).rev() {
        let piece = pieces.binary_search_by_key(&quotes[n].span.start, |piece| piece.span.start);
        let continues = piece.is_ok_and(|found| pieces[found].continues);
        if continues && quotes[n - 1].speaker.is_none() && quotes[n].speaker.is_some() {
            quotes[n - 1].speaker = quotes[n].speaker;
            quotes[n - 1].cue = quotes[n - 1].cue.clone().or_else(|| quotes[n].cue.clone());
        }
    }
}
