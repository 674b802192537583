//! The words before a quotation that say whose it is: Kari Dahl said: "…"; Kari Dahl called it "…"; Kari Dahl: "…".

use super::Article;
use super::attribution::{Ending, Printed, printed};
use super::subjects::Who;
use super::tokens::What;
use super::verbs::{
    is_adverb, is_auxiliary, is_cue, is_determiner, is_participle, is_plain, is_preposition,
    is_pronoun, is_speech_noun, may_be_verb, opens_clause, saying,
};
use crate::domain::analysis::Kind;

/// The longest label before a colon, in tokens.
const LABEL: usize = 16;

impl Article<'_> {
    /// The attribution that leads up to a quotation in its own sentence.
    pub(super) fn ahead(&self, quote: usize) -> Option<Printed> {
        let floor = self.clause_start(quote);
        let last = quote.checked_sub(1).filter(|last| *last >= floor)?;
        let is_colon = self.tokens[last].what == What::Colon;
        if is_colon && let Some(label) = self.label(floor, last) {
            return Some(label);
        }
        let verb = (floor..quote)
            .rev()
            .find(|n| self.is_governing(*n))
            .filter(|verb| is_colon || self.reaches(*verb, quote));
        let unknown = || {
            let is_introduced =
                is_colon || self.tokens[last].what == What::Comma && self.is_utterance(quote);
            (floor + 1..quote).rev().find(|n| {
                let token = &self.tokens[*n];
                let is_near = is_colon || n + 1 == last;
                is_introduced
                    && is_near
                    && token.what == What::Word
                    && !token.is_capital
                    && may_be_verb(&token.lower)
                    && matches!(self.subject_before(*n, floor).who, Who::Name(_))
            })
        };
        let verb = match verb {
            Some(verb) => verb,
            None => match unknown() {
                Some(verb) => verb,
                None => return self.by_noun(floor, quote),
            },
        };
        let subject = self.clause_subject(verb, floor);
        let who = match subject.who {
            Who::Name(mention) if !self.may_quote(verb, mention, last) => Who::Nameless(verb),
            who => who,
        };
        Some(printed(who, (verb, self.cue_end(verb)), quote))
    }

    /// Whether the words behind this verb can be its subject's own: who denies that something is "…" may quote another, and so may an
    /// outlet that reports it.
    fn may_quote(&self, verb: usize, mention: usize, last: usize) -> bool {
        let is_set_off = matches!(self.tokens[last].what, What::Colon | What::Comma);
        let is_body = self.analysis.mentions[mention].kind == Kind::Organization;
        match saying(&self.tokens[verb].lower) {
            Some("deny") => is_set_off,
            Some("report" | "reveal") => is_set_off || !is_body,
            _ => true,
        }
    }

    fn cue_end(&self, verb: usize) -> usize {
        verb + 1 + usize::from(self.tokens[verb].is("according"))
    }

    /// Whether a quotation behind the word at `n` can depend on it.
    pub(super) fn is_governing(&self, n: usize) -> bool {
        let token = &self.tokens[n];
        if token.what != What::Word || token.is_possessive {
            return false;
        }
        let next_is = |word: &str| self.tokens.get(n + 1).is_some_and(|next| next.is(word));
        if token.lower == "according" || token.lower == "put" {
            return next_is("to") && token.lower == "according"
                || next_is("it") && token.lower == "put";
        }
        // "her claim that", "the report": a noun.
        let is_noun = n > 0 && {
            let before = &self.tokens[n - 1];
            before.is_possessive
                || is_determiner(&before.lower)
                    && !token.lower.ends_with('é')
                    && token.lower != "dit"
                || before.what == What::Word
                    && matches!(before.lower.as_str(), "of" | "in" | "for" | "with")
        };
        // "said in announcing the cuts that": the other verb governs.
        let is_aside =
            is_participle(&token.lower) && n > 0 && is_preposition(&self.tokens[n - 1].lower);
        !token.is_capital
            && is_cue(&token.lower)
            && (!is_plain(&token.lower) || self.may_be_plain(n))
            && !is_aside
            && !self.is_relative(n)
            && (!is_noun || is_participle(&token.lower))
    }

    /// Whether a verb can stand in its plain form here, "they claim" and "to claim"; elsewhere it is a noun.
    fn may_be_plain(&self, n: usize) -> bool {
        n.checked_sub(1).is_some_and(|before| {
            let word = &self.tokens[before].lower;
            word == "to"
                || is_auxiliary(word)
                || is_pronoun(word)
                || is_adverb(word)
                || word.ends_with('s') && !self.tokens[before].is_possessive
        })
    }

    /// "The letter that Dahl wrote was": the verb of a clause that describes the subject of another verb.
    fn is_relative(&self, n: usize) -> bool {
        let is_followed = self
            .tokens
            .get(n + 1)
            .is_some_and(|next| matches!(next.lower.as_str(), "was" | "is" | "were" | "are"));
        let is_what = (n.saturating_sub(4)..n).any(|m| self.tokens[m].is("what"));
        is_followed && !is_what
    }

    /// Whether nothing between a verb and a quotation begins a clause of its own: "Dahl said so, while Lie painted “…”".
    fn reaches(&self, verb: usize, quote: usize) -> bool {
        let between = verb + 1..quote;
        if self.tokens[verb].is("according") {
            return true;
        }
        !between.clone().any(|n| {
            let token = &self.tokens[n];
            let next = &self.tokens[n + 1];
            let joins = matches!(
                token.lower.as_str(),
                "and" | "but" | "while" | "whereas" | "although" | "though" | "as" | "or"
            );
            let turns = matches!(
                self.tokens[n - 1].what,
                What::Comma | What::Semicolon | What::Dash
            );
            let new_subject = (next.is_name()
                || is_pronoun(&next.lower)
                || is_determiner(&next.lower))
                && self.tokens[n + 1..quote].iter().take(8).any(|token| {
                    may_be_verb(&token.lower) && !token.is_possessive || is_auxiliary(&token.lower)
                });
            token.what == What::Semicolon
                || joins && turns && !next.is("that")
                || joins && new_subject && next.is_name()
        })
    }

    /// Whether a quotation is a whole sentence.
    pub(super) fn is_utterance(&self, quote: usize) -> bool {
        self.first_character(quote).is_uppercase()
            && (matches!(self.ending(quote), Ending::Full | Ending::Cry)
                || self
                    .tokens
                    .get(quote + 1)
                    .is_none_or(super::tokens::Token::is_end))
    }

    /// "Kari Dahl: “…”", "And from Kari Dahl, 34: “…”"; nothing but a name before the colon.
    fn label(&self, floor: usize, colon: usize) -> Option<Printed> {
        if colon - floor > LABEL {
            return None;
        }
        let mut at = floor;
        while matches!(
            self.tokens[at].lower.as_str(),
            "and" | "but" | "then" | "from" | "also" | "this" | "now"
        ) {
            at += 1;
        }
        let name = (at..colon).find(|n| self.person(*n).is_some())?;
        let is_title = self.tokens[at..name].iter().all(|token| match token.what {
            What::Word => {
                token.is_capital
                    || token.lower == "of"
                    || !may_be_verb(&token.lower)
                        && !opens_clause(&token.lower)
                        && !is_preposition(&token.lower)
            }
            What::Name(_) => !token.is_possessive || name > at,
            _ => false,
        });
        let rest = &self.tokens[name + 1..colon];
        let is_apposition = rest.first().is_none_or(|first| {
            matches!(first.what, What::Comma | What::Open) || first.is("of") || first.is("from")
        }) && !rest.iter().any(|token| {
            is_cue(&token.lower)
                || is_auxiliary(&token.lower)
                || may_be_verb(&token.lower) && !token.is_possessive && token.lower.ends_with("ed")
        });
        let mention = self.person(name)?;
        (is_title && is_apposition).then_some(Printed {
            who: Who::Name(mention),
            cue: (colon, colon + 1),
            end: colon + 1,
            is_label: true,
        })
    }

    /// "Kari Dahl's claim that “…”", "in the words of Kari Dahl “…”"
    fn by_noun(&self, floor: usize, quote: usize) -> Option<Printed> {
        let noun = (floor..quote).rev().find(|n| {
            let token = &self.tokens[*n];
            token.what == What::Word && is_speech_noun(&token.lower)
        })?;
        if !self.reaches(noun, quote) {
            return None;
        }
        let owner = noun.checked_sub(1).filter(|owner| *owner >= floor)?;
        let cue = (noun, noun + 1);
        let mention = match self.tokens[owner].what {
            What::Name(mention) if self.tokens[owner].is_possessive => Some(mention),
            _ => None,
        };
        if let Some(mention) = mention {
            return self
                .is_person(mention)
                .then(|| printed(Who::Name(mention), cue, quote));
        }
        let is_words = self.tokens[noun].is("words") && self.tokens[noun + 1].is("of");
        let subject = self.subject_behind(noun + 2).filter(|_| is_words)?;
        Some(printed(subject.who, cue, quote))
    }
}
