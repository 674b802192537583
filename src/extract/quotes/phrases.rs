//! The phrase around a name: where it begins, and whether the name is its head.

use super::Article;
use super::subjects::REACH;
use super::tokens::{Token, What};
use super::verbs::{
    is_adverb, is_auxiliary, is_cue, is_determiner, is_participle, is_person_noun, is_preposition,
    is_pronoun, is_small, is_time, may_be_verb,
};

/// Another word than the name is the head of its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governed;

impl Article<'_> {
    /// The token of the title printed before the name at `n`.
    fn title_start(&self, n: usize, floor: usize) -> Option<usize> {
        let What::Name(mention) = self.tokens[n].what else {
            return None;
        };
        let roles = &self.analysis.roles;
        // Roles stand in the order of their bearers.
        let first = roles.partition_point(|role| role.mention < mention);
        let role = roles[first..]
            .iter()
            .take_while(|role| role.mention == mention)
            .find(|role| role.span.end <= self.tokens[n].span.start)?;
        let start = self
            .tokens
            .partition_point(|token| token.span.end <= role.span.start);
        (start >= floor && start < n && self.tokens[n - 1].what != What::Comma).then_some(start)
    }

    /// Where the phrase of which the name at `n` is the head begins; an error where another word is its head.
    pub(super) fn phrase_start(&self, n: usize, floor: usize) -> Result<usize, Governed> {
        let mut at = self.title_start(n, floor).unwrap_or(n);
        while at > floor {
            let token = &self.tokens[at - 1];
            match token.what {
                What::Word if is_determiner(&token.lower) => {
                    // "Dahl and his lawyer Lie"
                    let is_governed = at >= floor + 2
                        && (self.governs(at - 2, floor)
                            || self.tokens[at - 2].is("and") && self.is_joint(at - 2, floor));
                    return if is_governed {
                        Err(Governed)
                    } else {
                        Ok(at - 1)
                    };
                }
                What::Word if matches!(token.lower.as_str(), "and" | "or" | "nor") => {
                    return if self.is_joint(at - 1, floor) {
                        Err(Governed)
                    } else {
                        Ok(at)
                    };
                }
                What::Word
                    if matches!(token.lower.as_str(), "who" | "whom" | "whose" | "which") =>
                {
                    return Err(Governed);
                }
                What::Word if is_time(&token.lower) => return Ok(at),
                // "director of research Kari Dahl"
                What::Word
                    if token.lower == "of"
                        && at >= floor + 2
                        && is_function(&self.tokens[at - 2].lower) => {}
                What::Word if is_preposition(&token.lower) => {
                    return if self.governs(at - 1, floor) {
                        Err(Governed)
                    } else {
                        Ok(at)
                    };
                }
                What::Word if is_pronoun(&token.lower) => return Err(Governed),
                What::Word if is_small(&token.lower) || is_number(token) => return Ok(at),
                What::Word if is_cue(&token.lower) && !token.is_capital => return Ok(at),
                What::Word | What::Name(_) => {}
                _ => return Ok(at),
            }
            at -= 1;
        }
        Ok(at)
    }

    /// Whether the preposition at `n` makes what follows depend on a word before it. One that opens the sentence doesn't: "In
    /// Oslo Kari Dahl said".
    fn governs(&self, n: usize, floor: usize) -> bool {
        let token = &self.tokens[n];
        let opens_sentence = token.is_capital && (n == floor || self.tokens[n - 1].is_end());
        is_preposition(&token.lower) && !opens_sentence
    }

    /// Whether the "and" at `n` joins two names: then neither speaks alone.
    fn is_joint(&self, n: usize, floor: usize) -> bool {
        let Some(before) = n.checked_sub(1).filter(|before| *before >= floor) else {
            return false;
        };
        let is_name = |n: usize| self.tokens[n].is_name() && !self.tokens[n].is_possessive;
        match self.tokens[before].what {
            What::Name(_) => is_name(before),
            What::Comma => (floor..before)
                .rev()
                .take(REACH)
                .any(|n| is_name(n) && self.tokens[n + 1].what == What::Comma),
            _ => false,
        }
    }

    /// Whether words that introduce the name at `n` stand between `from` and the comma before it: "the union's leader,".
    pub(super) fn introduces(&self, n: usize, from: usize) -> bool {
        let Some(comma) = n.checked_sub(1).filter(|comma| *comma > from) else {
            return false;
        };
        let words = &self.tokens[from..comma];
        let is_phrase = words.iter().all(|token| match token.what {
            What::Word => {
                !is_auxiliary(&token.lower)
                    && !is_pronoun(&token.lower)
                    && (!is_cue(&token.lower) || token.is_capital)
            }
            What::Name(_) => true,
            _ => false,
        });
        let opens = words[0].what == What::Word
            && (is_determiner(&words[0].lower) || words[0].is_capital)
            || words[0].is_name() && words.len() > 1;
        let ends = words.last().is_some_and(|last| {
            last.what == What::Word || self.person(comma - 1).is_none() || words.len() > 2
        });
        self.tokens[comma].what == What::Comma && is_phrase && opens && ends
    }

    /// Whether the name at `n` only describes the noun or name that follows: "Ferry Board chairman Kari Dahl".
    pub(super) fn is_modifier(&self, n: usize) -> bool {
        let Some(next) = self.tokens.get(n + 1) else {
            return false;
        };
        match next.what {
            What::Name(_) => true,
            What::Open => self.leads_to_person(n + 1),
            // "Dahl aide Anna Lie", but "Dahl aloud"
            What::Word if self.person(n).is_some() => {
                is_person_noun(&next.lower)
                    || !is_small(&next.lower) && self.tokens.get(n + 2).is_some_and(Token::is_name)
            }
            What::Word => {
                !is_small(&next.lower)
                    && !is_adverb(&next.lower)
                    && !is_time(&next.lower)
                    && !is_participle(&next.lower)
                    && !is_number(next)
                    && !matches!(
                        next.lower.as_str(),
                        "reporters" | "told" | "according" | "during" | "following"
                    )
            }
            _ => false,
        }
    }

    /// Whether words behind a parenthesis name a person by a function: "Harbour Bank (Holding) Ltd analyst Kari Dahl".
    pub(super) fn leads_to_person(&self, open: usize) -> bool {
        let rest = self.tokens[open..].iter().take(9);
        let words = rest.take_while(|token| !token.is_end() && token.what != What::Comma);
        let n_words = words.count();
        self.tokens[open..open + n_words]
            .windows(2)
            .any(|pair| is_person_noun(&pair[0].lower) && pair[1].is_name())
    }

    pub(super) fn joins_another(&self, n: usize) -> bool {
        let is_and = self.tokens.get(n).is_some_and(|token| token.is("and"));
        // "and Anna Lie", "and former minister Anna Lie"
        is_and
            && self.tokens[n + 1..]
                .iter()
                .take(6)
                .take_while(|token| {
                    matches!(token.what, What::Name(_) | What::Word) && !is_small(&token.lower)
                })
                .take_while(|token| !may_be_verb(&token.lower) || token.is_capital)
                .any(Token::is_name)
    }

    /// Whether a token is part of a title: "Secretary of State".
    pub(super) fn is_in_title(&self, n: usize) -> bool {
        let at = self.tokens[n].span;
        let next = self.titles.partition_point(|title| title.start <= at.start);
        next.checked_sub(1)
            .is_some_and(|title| self.titles[title].contains(at))
    }
}

fn is_function(word: &str) -> bool {
    matches!(
        word,
        "director"
            | "head"
            | "chief"
            | "minister"
            | "secretary"
            | "president"
            | "chairman"
            | "chairwoman"
            | "editor"
            | "professor"
            | "leader"
            | "manager"
            | "vice-president"
            | "governor"
            | "mayor"
            | "commissioner"
    )
}

fn is_number(token: &Token) -> bool {
    token.lower.starts_with(|c: char| c.is_ascii_digit())
}
