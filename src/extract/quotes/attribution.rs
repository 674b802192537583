//! What an attribution is, and what a quotation's own ending and words tell of it.

use super::Article;
use super::subjects::Who;
use super::tokens::What;

/// The longest sentence, in tokens; it keeps a text without full stops cheap.
const MAX_SENTENCE: usize = 250;

/// An attribution as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) who: Who,
    /// The tokens of the verb, or of the mark that stands for one.
    pub(super) cue: (usize, usize),
    /// One past its last token, where it stands behind the quotation.
    pub(super) end: usize,
    pub(super) is_label: bool,
}

/// How a quotation ends, which tells what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a comma: its sentence goes on.
    Comma,
    /// With a question or an exclamation, after which its sentence may go on.
    Cry,
    /// With a full stop.
    Full,
    /// With no mark: a part of a sentence.
    Open,
}

impl Article<'_> {
    pub(super) fn ending(&self, quote: usize) -> Ending {
        let is_comma = |token: usize| {
            self.tokens
                .get(token)
                .is_some_and(|token| token.what == What::Comma)
        };
        match self.last_character(quote) {
            ',' | '-' | '—' | '–' => Ending::Comma,
            _ if is_comma(quote + 1) => Ending::Comma,
            '?' | '!' => Ending::Cry,
            '.' | '…' => Ending::Full,
            _ => Ending::Open,
        }
    }

    /// Where the sentence that leads up to a quotation begins.
    pub(super) fn clause_start(&self, quote: usize) -> usize {
        let ends = |n: &usize| {
            let is_whole = matches!(self.tokens[*n].what, What::Quote(_))
                && matches!(self.ending(*n), Ending::Full | Ending::Cry)
                && self.starts_anew(n + 1);
            self.tokens[*n].is_end() || is_whole
        };
        let first = quote.saturating_sub(MAX_SENTENCE);
        (first..quote).rev().find(ends).map_or(first, |end| end + 1)
    }

    /// Whether a new sentence may begin at a token: it is no word in small letters.
    pub(super) fn starts_anew(&self, n: usize) -> bool {
        self.tokens.get(n).is_none_or(|token| match token.what {
            What::Word => token.is_capital,
            What::Comma | What::Semicolon => false,
            _ => true,
        })
    }

    /// Whether anything else of its sentence stands beside a quotation.
    pub(super) fn is_part_of_sentence(&self, quote: usize) -> bool {
        let follows = !self.starts_anew(quote + 1)
            || self.ending(quote) == Ending::Open
                && self.tokens.get(quote + 1).is_some_and(|next| {
                    matches!(next.what, What::Word | What::Name(_) | What::Dash)
                });
        follows || self.clause_start(quote) != quote
    }

    /// Whether a quotation is the title of a work: "Meet the Press".
    pub(super) fn is_title(&self, quote: usize) -> bool {
        let What::Quote(piece) = self.tokens[quote].what else {
            return false;
        };
        let span = self.pieces[piece].span;
        let text: String = self.characters[span.start..span.end].iter().collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        let capitals = words
            .iter()
            .filter(|word| word.starts_with(char::is_uppercase));
        let n_capitals = capitals.count();
        let is_title_word = |word: &&str| {
            word.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '&')
                || matches!(
                    *word,
                    "of" | "the"
                        | "a"
                        | "an"
                        | "in"
                        | "on"
                        | "and"
                        | "to"
                        | "for"
                        | "at"
                        | "from"
                        | "with"
                        | "by"
                        | "or"
                )
        };
        // A comma inside the marks may be the sentence's.
        let most = if text.ends_with(',') {
            n_capitals
        } else {
            words.len()
        };
        words.len() <= 10
            && n_capitals > 1
            && most == words.len()
            && !text.ends_with(['?', '!'])
            && words.iter().all(is_title_word)
            && text.chars().any(char::is_lowercase)
    }
}

pub(super) fn printed(who: Who, cue: (usize, usize), end: usize) -> Printed {
    Printed {
        who,
        cue,
        end,
        is_label: false,
    }
}
