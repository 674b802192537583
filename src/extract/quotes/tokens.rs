//! A body as attribution sees it: names and quotations are one token each, so that what stands beside a quotation is a short row
//! of words.

use std::collections::HashMap;

use crate::domain::analysis::{Analysis, Kind};
use crate::domain::span::Span;
use crate::extract::lists::{Class, class_of};

use super::marks::Piece;
use super::verbs::{is_adverb, is_cue, is_small, is_time};

/// The longest ticker or markup in angle brackets, in letters.
const MAX_TICKER: usize = 14;

/// How many mentions back an organization's full name is looked for, so that a long text costs no more than a line for each name.
const MAX_LOOK_BACK: usize = 400;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A word or number.
    Word,
    /// The mention of that number.
    Name(usize),
    /// The quotation of that number.
    Quote(usize),
    Comma,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    /// The end of a sentence.
    Stop,
    /// The end of a paragraph.
    Break,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) span: Span,
    /// A word in small letters; empty for all else.
    pub(super) lower: String,
    /// A word with a capital letter, in a text that has small ones.
    pub(super) is_capital: bool,
    /// Followed by an apostrophe, with or without an s.
    pub(super) is_possessive: bool,
    /// A surname behind a given name that its fuller name lacks: "Per Dale", and "Dale" is Jon Dale's.
    pub(super) is_namesake: bool,
}

impl Token {
    pub(super) fn is(&self, word: &str) -> bool {
        self.what == What::Word && self.lower == word
    }

    pub(super) fn is_name(&self) -> bool {
        matches!(self.what, What::Name(_))
    }

    /// The end of a sentence or paragraph.
    pub(super) fn is_end(&self) -> bool {
        matches!(self.what, What::Stop | What::Break)
    }
}

/// People by their last word, as far as it is not the whole name.
fn families(analysis: &Analysis) -> HashMap<&str, usize> {
    let mut families = HashMap::new();
    for (n, mention) in analysis.mentions.iter().enumerate() {
        let last = mention.text.rsplit_once(' ').map(|(_, last)| last);
        if let Some(last) = last.filter(|last| mention.kind == Kind::Person && last.len() > 3) {
            families.entry(last).or_insert(n);
        }
    }
    families
}

pub(super) fn tokens(characters: &[char], analysis: &Analysis, pieces: &[Piece]) -> Vec<Token> {
    let n_upper = characters.iter().filter(|c| c.is_uppercase()).count();
    let n_lower = characters.iter().filter(|c| c.is_lowercase()).count();
    let mut reader = Reader {
        characters,
        analysis,
        is_capitals: n_upper > 4 * n_lower,
        families: families(analysis),
        tokens: Vec::new(),
    };
    let (mut piece, mut mention, mut at) = (0, 0, 0);
    while at < characters.len() {
        if pieces.get(piece).is_some_and(|next| next.outer.start <= at) {
            let outer = pieces[piece].outer;
            reader.push(What::Quote(piece), outer);
            at = outer.end.max(at);
            piece += 1;
            continue;
        }
        while analysis
            .mentions
            .get(mention)
            .is_some_and(|next| next.span.start < at)
        {
            mention += 1;
        }
        let limit = pieces
            .get(piece)
            .map_or(characters.len(), |next| next.outer.start);
        let name = analysis.mentions.get(mention).map(|next| next.span);
        let here = name.filter(|span| span.start == at && span.end <= limit);
        at = if let Some(Span { start, end }) = here {
            let given = reader.given_name(mention);
            let start = given.map_or(start, |(start, _)| start);
            reader.push(What::Name(reader.meant(mention)), Span { start, end });
            if let Some(last) = reader.tokens.last_mut() {
                last.is_namesake = given.is_some_and(|(_, is_namesake)| is_namesake);
            }
            reader.possessive(end)
        } else {
            let next = name.map_or(limit, |span| span.start);
            reader.next(at, next.clamp(at + 1, limit))
        };
    }
    reader.tokens
}

struct Reader<'a> {
    characters: &'a [char],
    analysis: &'a Analysis,
    is_capitals: bool,
    families: HashMap<&'a str, usize>,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn at(&self, n: usize) -> char {
        self.characters.get(n).copied().unwrap_or('\n')
    }

    fn push(&mut self, what: What, span: Span) {
        self.tokens.push(Token {
            what,
            span,
            lower: String::new(),
            is_capital: false,
            is_possessive: false,
            is_namesake: false,
        });
    }

    /// Marks the last token if an apostrophe follows; returns where to go on.
    fn possessive(&mut self, end: usize) -> usize {
        if !matches!(self.at(end), '\'' | '’') {
            return end;
        }
        let has_s = matches!(self.at(end + 1), 's' | 'S') && !self.at(end + 2).is_alphanumeric();
        let is_bare = matches!(self.at(end - 1), 's' | 'S' | 'z' | 'x') && self.at(end + 1) == ' ';
        if let Some(last) = self.tokens.last_mut().filter(|_| has_s || is_bare) {
            last.is_possessive = true;
        }
        end + 1 + usize::from(has_s)
    }

    /// Takes the word before a person for part of the name, if it may be: the recognizer cuts off rare given names, "Per-" of "Per-Erik
    /// Vik". Returns where it begins, and whether it makes another person of the name.
    fn given_name(&mut self, mention: usize) -> Option<(usize, bool)> {
        let own = &self.analysis.mentions[mention];
        let last = self.tokens.last()?;
        let gap = self.characters.get(last.span.end..own.span.start)?;
        let is_part = own.kind == Kind::Person
            && last.what == What::Word
            && last.is_capital
            && !last.is_possessive
            && !is_small(&last.lower)
            && !is_time(&last.lower)
            && !is_cue(&last.lower)
            && !is_adverb(&last.lower)
            && matches!(gap, [' ' | '-']);
        if !is_part {
            return None;
        }
        let start = last.span.start;
        let word: String = self.characters[start..last.span.end].iter().collect();
        let fuller = self.families.get(own.text.as_str());
        let before = self.tokens.len().checked_sub(2).map(|n| &self.tokens[n]);
        let is_opening =
            before.is_none_or(|token| token.is_end() || matches!(token.what, What::Quote(_)));
        let is_given = match class_of(&word) {
            Class::GivenName => true,
            Class::None => !is_opening && !word.contains('-'),
            _ => false,
        };
        let is_namesake =
            is_given && fuller.is_some_and(|n| !self.analysis.mentions[*n].text.starts_with(&word));
        self.tokens.pop();
        Some((start, is_namesake))
    }

    /// The mention, or the person whose surname it is though it was taken for a place or the like.
    fn meant(&self, mention: usize) -> usize {
        let own = &self.analysis.mentions[mention];
        let family = self.families.get(own.text.as_str()).copied();
        match own.kind {
            Kind::Person | Kind::Organization => mention,
            _ => {
                let fuller = || self.fuller_organization(&own.text, mention);
                family
                    .filter(|n| *n < mention)
                    .or_else(fuller)
                    .unwrap_or(mention)
            }
        }
    }

    /// The organization whose name begins with these words, among those before.
    fn fuller_organization(&self, text: &str, mention: usize) -> Option<usize> {
        let is_fuller = |n: &usize| {
            let other = &self.analysis.mentions[*n];
            let rest = other.text.strip_prefix(text);
            other.kind == Kind::Organization && rest.is_some_and(|rest| rest.starts_with(' '))
        };
        let before = mention.saturating_sub(MAX_LOOK_BACK)..mention;
        before.rev().find(is_fuller).filter(|_| text.contains(' '))
    }

    /// Reads what is neither name nor quotation; returns where to go on.
    fn next(&mut self, at: usize, limit: usize) -> usize {
        let one = Span {
            start: at,
            end: at + 1,
        };
        let c = self.characters[at];
        let what = match c {
            ',' => What::Comma,
            ':' => What::Colon,
            ';' => What::Semicolon,
            '(' | '[' => What::Open,
            ')' | ']' => What::Close,
            '—' | '–' => What::Dash,
            '-' if self.at(at + 1) == '-' || at > 0 && self.at(at - 1) == ' ' => What::Dash,
            '?' | '!' => What::Stop,
            '.' if self.ends_sentence(at) => What::Stop,
            '\n' => What::Break,
            '<' => return self.ticker(at),
            _ if c.is_alphanumeric() => return self.word(at, limit),
            _ => return at + 1,
        };
        let is_repeated = self
            .tokens
            .last()
            .is_some_and(|last| last.what == what && matches!(what, What::Break | What::Dash));
        if !is_repeated {
            self.push(what, one);
        }
        at + 1
    }

    fn word(&mut self, at: usize, limit: usize) -> usize {
        let mut end = at;
        while end < limit {
            let (c, next) = (self.characters[end], self.at(end + 1));
            let joins = match c {
                '-' | '\'' | '’' => next.is_alphanumeric() && end + 1 < limit,
                '.' | ',' | ':' => self.at(end - 1).is_ascii_digit() && next.is_ascii_digit(),
                _ => c.is_alphanumeric(),
            };
            if !joins
                || matches!(c, '\'' | '’')
                    && matches!(next, 's' | 'S')
                    && !self.at(end + 2).is_alphanumeric()
            {
                break;
            }
            end += 1;
        }
        let text: String = self.characters[at..end].iter().collect();
        // A surname that the recognizer overlooked; at the beginning of a sentence it may be another word.
        let is_opening = self.tokens.last().is_none_or(Token::is_end);
        let family = self.families.get(text.as_str()).copied();
        let named = family.filter(|n| !is_opening && self.analysis.mentions[*n].span.end <= at);
        self.push(
            named.map_or(What::Word, What::Name),
            Span { start: at, end },
        );
        if let Some(token) = self.tokens.last_mut().filter(|_| named.is_none()) {
            token.lower = text.to_lowercase();
            token.is_capital = !self.is_capitals && text.starts_with(char::is_uppercase);
        }
        self.possessive(end)
    }

    fn ticker(&self, at: usize) -> usize {
        let length = self.characters[at..]
            .iter()
            .take(MAX_TICKER)
            .position(|c| *c == '>');
        length.map_or(at + 1, |length| at + length + 1)
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let Some(next) =
            (at + 1..self.characters.len()).find(|n| !self.characters[*n].is_whitespace())
        else {
            return true;
        };
        let sentences = &self.analysis.sentences;
        let own = sentences.partition_point(|sentence| sentence.end <= at);
        match sentences.get(own) {
            Some(own) => next >= own.end,
            None => !self.characters[next].is_lowercase(),
        }
    }
}
