//! Direct quotations, with the words that attribute them and the person or body that speaks.
//!
//! A speaker needs evidence in the quotation's own sentence, or a chain from one that has it in which nothing else stands.
//! Words that name no speaker end a chain: a missing speaker is better than a wrong one.

mod ahead;
mod antecedents;
mod attribution;
mod behind;
mod marks;
mod people;
mod phrases;
mod shared;
mod subjects;
mod tokens;
mod verbs;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::analysis::{Analysis, Quote, QuoteRule};
use crate::domain::span::Span;

use attribution::{Ending, Printed};
use marks::Piece;
use people::People;
use subjects::Who;
use tokens::{Token, What};

/// Fewer words than this are a turn of phrase, not a statement.
const MIN_WORDS: usize = 3;

/// The longest rest of an attributing clause, in tokens.
const MAX_CLAUSE: usize = 30;

const MARKS: [char; 12] = ['"', '“', '”', '‘', '\'', '„', '‚', '«', '»', '‹', '›', '`'];

/// What attribution looks at.
struct Article<'a> {
    characters: &'a [char],
    analysis: &'a Analysis,
    pieces: &'a [Piece],
    tokens: Vec<Token>,
    people: People,
    /// Where titles stand, in order.
    titles: Vec<Span>,
    /// Who speaks the pieces that were attributed so far; none where the words beside one name nobody.
    spoken: RefCell<HashMap<usize, Option<usize>>>,
}

/// What is known of a piece.
#[derive(Debug, Clone, Default)]
struct Attribution {
    speaker: Option<usize>,
    cue: Option<Span>,
    rule: Option<QuoteRule>,
    /// One past the last token of words behind the piece that attribute it.
    end: usize,
}

pub(super) fn find(body: &str, analysis: &Analysis) -> Vec<Quote> {
    if !body.contains(MARKS) {
        return Vec::new();
    }
    let characters: Vec<char> = body.chars().collect();
    let pieces = marks::pieces(&characters);
    let article = Article {
        characters: &characters,
        analysis,
        pieces: &pieces,
        tokens: tokens::tokens(&characters, analysis, &pieces),
        people: People::of(&characters, analysis),
        titles: {
            let mut titles: Vec<Span> = analysis.roles.iter().map(|role| role.span).collect();
            titles.sort_unstable();
            titles
        },
        spoken: RefCell::default(),
    };
    let attributions = article.attributions();
    let text = |span: Span| characters[span.start..span.end].iter().collect::<String>();
    let quotes = pieces.iter().zip(attributions).map(|(piece, found)| Quote {
        span: piece.span,
        text: text(piece.span),
        speaker: found.speaker,
        cue: found.cue.map(text),
        cue_span: found.cue,
        rule: found.rule.filter(|_| found.speaker.is_some()),
    });
    quotes
        .filter(|quote| quote.text.split_whitespace().count() >= MIN_WORDS)
        .collect()
}

impl Article<'_> {
    fn attributions(&self) -> Vec<Attribution> {
        let quotes = self
            .tokens
            .iter()
            .enumerate()
            .filter_map(|(n, token)| match token.what {
                What::Quote(piece) => Some((piece, n)),
                _ => None,
            });
        let quotes: Vec<(usize, usize)> = quotes.collect();
        let mut found: Vec<Attribution> = vec![Attribution::default(); self.pieces.len()];
        for (n, (piece, token)) in quotes.iter().copied().enumerate() {
            let before = n.checked_sub(1).map(|before| quotes[before]);
            if self.is_title(token) {
                continue;
            }
            let own = self.own(token);
            let chained = before
                .filter(|(_, last)| {
                    own.is_none()
                        && self.goes_on(*last, token, self.pieces[piece].continues, &found)
                })
                .map(|(before, _)| continued(&found[before]));
            let told = || self.told_before(token);
            if let Some(attribution) = own.or(chained).or_else(told) {
                self.spoken.borrow_mut().insert(piece, attribution.speaker);
                found[piece] = attribution;
            }
        }
        self.carry_back(&quotes, &mut found);
        found
    }

    /// The attribution in a quotation's own sentence.
    fn own(&self, quote: usize) -> Option<Attribution> {
        let ahead = self.ahead(quote);
        let behind = self.behind(quote);
        let printed = match (ahead, behind) {
            (Some(ahead), Some(behind)) => match (ahead.who, behind.who) {
                // "Dahl said it was “…”, Lie wrote": one of the two may have quoted the other.
                (Who::Name(a), Who::Name(b)) if !self.is_same(a, b) => Printed {
                    who: Who::Nameless(behind.cue.0),
                    ..behind
                },
                (Who::Name(_), Who::Name(_) | Who::He(_)) => Printed {
                    end: behind.end,
                    ..ahead
                },
                _ => behind,
            },
            (Some(ahead), None) => ahead,
            (None, behind) => behind?,
        };
        let cue = Span {
            start: self.tokens[printed.cue.0].span.start,
            end: self.tokens[printed.cue.1 - 1].span.end,
        };
        let rule = match printed.who {
            Who::Name(_) if printed.is_label => QuoteRule::Label,
            Who::Name(_) => QuoteRule::Name,
            Who::He(_) => QuoteRule::Pronoun,
            Who::Nameless(_) => QuoteRule::Title,
        };
        Some(Attribution {
            speaker: self.resolved(printed.who, quote),
            cue: (!printed.is_label).then_some(cue),
            rule: Some(rule),
            end: printed.end,
        })
    }

    /// Whether a quotation without words of its own goes on with the one before it, at token `last`: only the words that
    /// attribute that one stand between.
    fn goes_on(&self, last: usize, quote: usize, continues: bool, found: &[Attribution]) -> bool {
        if continues {
            return true;
        }
        if self.is_part_of_sentence(quote) && self.clause_start(quote) == quote {
            return false;
        }
        let What::Quote(piece) = self.tokens[last].what else {
            return false;
        };
        let end = found[piece].end;
        if end > quote {
            return false;
        }
        let rest = &self.tokens[end.max(last + 1)..quote];
        let n_breaks = rest
            .iter()
            .filter(|token| token.what == What::Break)
            .count();
        // The rest of the clause that attributes the one before, if it stands behind it; else nothing.
        let n_words = rest.iter().position(Token::is_end).unwrap_or(rest.len());
        let is_clause = end > last + 1
            || rest[..n_words]
                .iter()
                .all(|token| token.what == What::Comma)
                && self.is_alone(last, found[piece].speaker);
        n_breaks <= 1
            && n_words <= MAX_CLAUSE
            && is_clause
            && rest[n_words..].iter().all(Token::is_end)
    }

    /// The speaker of a sentence that only one person tells, right before a quotation that says nothing of its own: "Dahl said the
    /// quay was old. “It will not last.”"
    fn told_before(&self, quote: usize) -> Option<Attribution> {
        let stop = quote.checked_sub(1)?;
        if self.tokens[stop].what != What::Stop
            || self.characters[self.tokens[stop].span.start] != '.'
            || self.is_part_of_sentence(quote)
            || !self.is_utterance(quote)
        {
            return None;
        }
        let start = self.clause_start(stop);
        let (speaker, cue) = self.sole_teller(start, stop)?;
        (!self.speaks_of(quote, speaker)).then(|| Attribution {
            speaker: Some(speaker),
            cue: Some(self.tokens[cue].span),
            rule: Some(QuoteRule::Continued),
            end: 0,
        })
    }

    /// Whether the words that lead up to a quotation name nobody but its speaker.
    fn is_alone(&self, quote: usize, speaker: Option<usize>) -> bool {
        self.tokens[self.clause_start(quote)..quote]
            .iter()
            .all(|token| match token.what {
                What::Name(mention) if self.is_person(mention) => {
                    speaker.is_some_and(|speaker| self.is_same(speaker, mention))
                }
                _ => true,
            })
    }

    /// Quotations whose speaker is named only behind the next one that they run into are theirs too.
    fn carry_back(&self, quotes: &[(usize, usize)], found: &mut [Attribution]) {
        for n in (1..quotes.len()).rev() {
            let ((before, last), (piece, token)) = (quotes[n - 1], quotes[n]);
            let is_adjacent =
                last + 1 == token && matches!(self.ending(last), Ending::Full | Ending::Cry);
            let runs_on = self.pieces[piece].continues || is_adjacent;
            let has_none = found[before].rule.is_none();
            if runs_on
                && has_none
                && found[piece].speaker.is_some()
                && !self.is_part_of_sentence(last)
            {
                found[before] = continued(&found[piece]);
            }
        }
    }

    fn last_character(&self, quote: usize) -> char {
        let What::Quote(piece) = self.tokens[quote].what else {
            return ' ';
        };
        let span = self.pieces[piece].span;
        let inner = &self.characters[span.start..span.end];
        let last = inner
            .iter()
            .rev()
            .find(|c| !matches!(c, '’' | '\'' | '”' | '"' | ')'));
        last.copied().unwrap_or(' ')
    }

    /// Whether a quotation has the marks of another language than English, whose verbs no list holds.
    fn is_foreign(&self, quote: usize) -> bool {
        let mark = self.characters[self.tokens[quote].span.start];
        matches!(mark, '«' | '»' | '„' | '‹' | '›' | '‚')
    }

    fn first_character(&self, quote: usize) -> char {
        let What::Quote(piece) = self.tokens[quote].what else {
            return ' ';
        };
        self.characters[self.pieces[piece].span.start]
    }
}

fn continued(attribution: &Attribution) -> Attribution {
    Attribution {
        rule: attribution
            .speaker
            .map(|_| QuoteRule::Continued)
            .or(attribution.rule),
        end: 0,
        ..attribution.clone()
    }
}

#[cfg(test)]
mod tests;
