//! The words behind a quotation that say whose it is: "…," said Kari Dahl; "…," Kari Dahl said; "…" — Kari Dahl.

use super::Article;
use super::attribution::{Ending, Printed, printed};
use super::subjects::{Subject, Who};
use super::tokens::What;
use super::verbs::{
    is_adverb, is_auxiliary, is_cue, is_determiner, is_participle, is_plain, is_preposition,
    is_time, may_be_verb, opens_clause, saying, takes_listener,
};

/// The longest rest of a quotation's sentence, in tokens.
const MAX_REST: usize = 60;

/// The longest text after a name that signs a quotation, in tokens.
const SIGNATURE: usize = 16;

impl Article<'_> {
    /// The attribution behind a quotation, at it or at the end of their sentence.
    pub(super) fn behind(&self, quote: usize) -> Option<Printed> {
        self.right_behind(quote).or_else(|| self.closing(quote))
    }

    fn right_behind(&self, quote: usize) -> Option<Printed> {
        let ending = self.ending(quote);
        let is_whole = self.clause_start(quote) == quote;
        let mut at = quote + 1;
        if self.tokens.get(at)?.what == What::Comma {
            at += 1;
        }
        let first = self.tokens.get(at)?;
        match first.what {
            What::Dash => return self.signed(quote, at),
            What::Word | What::Name(_) => {}
            _ => return None,
        }
        if first.is("according") && self.tokens.get(at + 1).is_some_and(|next| next.is("to")) {
            let subject = self.subject_behind(at + 2)?;
            return Some(printed(subject.who, (at, at + 2), subject.end));
        }
        if matches!(first.lower.as_str(), "selon" | "so" | "laut") {
            let mention = self.person(at + 1);
            return mention.map(|name| printed(Who::Name(name), (at, at + 1), at + 2));
        }
        let is_verb = first.what == What::Word && !first.is_capital;
        if is_verb
            && self.is_foreign(quote)
            && let Some(found) = self.inverted_foreign(at)
        {
            return Some(found);
        }
        if is_verb && let Some(found) = self.inverted(at, ending, is_whole) {
            return Some(found);
        }
        self.straight(at, ending, is_whole)
    }

    /// "It is “a leap” for the town, said Kari Dahl."
    fn closing(&self, quote: usize) -> Option<Printed> {
        if self.starts_anew(quote + 1) && self.ending(quote) != Ending::Open {
            return None;
        }
        let rest = self.tokens[quote + 1..].iter().take(MAX_REST);
        let end = quote + 1 + rest.take_while(|token| !token.is_end()).count();
        let comma = (quote + 1..end)
            .rev()
            .find(|n| self.tokens[*n].what == What::Comma)?;
        let says = |word: &str| saying(word).is_some() && !is_plain(word);
        let verb = (comma + 1..end).find(|n| says(&self.tokens[*n].lower))?;
        let subject = if verb == comma + 1 {
            self.subject_behind(verb + 1)
                .filter(|subject| subject.end == end)?
        } else {
            let subject = self.subject_before(verb, comma + 1);
            Some(subject).filter(|subject| subject.start == comma + 1 && verb + 1 == end)?
        };
        Some(printed(subject.who, (verb, verb + 1), end))
    }

    /// "said Kari Dahl", "shot back Kari Dahl"
    fn inverted(&self, verb: usize, ending: Ending, is_whole: bool) -> Option<Printed> {
        let word = &self.tokens[verb].lower;
        let is_known = is_cue(word);
        let goes_on = is_whole && matches!(ending, Ending::Comma | Ending::Cry);
        if !(is_known || goes_on && may_be_verb(word)) {
            return None;
        }
        if is_participle(word) {
            return None;
        }
        let is_particle = |n: usize| {
            self.tokens.get(n).is_some_and(|token| {
                matches!(token.lower.as_str(), "back" | "in" | "out" | "on" | "up")
            }) && self
                .tokens
                .get(n + 1)
                .is_some_and(|next| next.is_name() || is_determiner(&next.lower))
        };
        let mut start = verb + 1;
        if is_particle(start) {
            start += 1;
        }
        let subject = self.subject_behind(start)?;
        let is_near = subject.end <= start + 8;
        match subject.who {
            Who::Name(_) if is_known || is_near => {}
            _ if is_known => {}
            _ => return None,
        }
        Some(printed(subject.who, (verb, start), subject.end))
    }

    /// "promet Jean Duval", "a promis Jean Duval", "rief Jon Dale"
    fn inverted_foreign(&self, verb: usize) -> Option<Printed> {
        let is_auxiliary = matches!(self.tokens[verb].lower.as_str(), "a" | "hat" | "ha");
        let name = verb + 1 + usize::from(is_auxiliary);
        let is_verb = self.tokens.get(name - 1).is_some_and(|token| {
            token.what == What::Word
                && !token.is_capital
                && token.lower.chars().count() > 2
                && !is_preposition(&token.lower)
                && !opens_clause(&token.lower)
                && !is_determiner(&token.lower)
        });
        let subject = self.subject_behind(name).filter(|_| is_verb)?;
        matches!(subject.who, Who::Name(_)).then(|| printed(subject.who, (verb, name), subject.end))
    }

    /// "Kari Dahl said", "the minister, Kari Dahl, told reporters"
    fn straight(&self, at: usize, ending: Ending, is_whole: bool) -> Option<Printed> {
        let clause = (at + 1..self.tokens.len()).take(50).take_while(|n| {
            !self.tokens[*n].is_end() && !matches!(self.tokens[*n].what, What::Quote(_))
        });
        for verb in clause {
            let token = &self.tokens[verb];
            if token.what != What::Word || token.is_capital || is_participle(&token.lower) {
                continue;
            }
            let is_known = is_cue(&token.lower);
            let goes_on = is_whole && ending == Ending::Comma;
            if !(is_known || goes_on && may_be_verb(&token.lower)) {
                continue;
            }
            let subject = self
                .described_name(at, verb)
                .unwrap_or_else(|| self.reported(verb, at));
            if subject.start != at {
                continue;
            }
            if matches!(subject.who, Who::Nameless(_)) && !(is_known && self.is_phrase(at, verb)) {
                continue;
            }
            if self.may_close(verb, ending, is_whole) {
                let mut end = verb + 1;
                while self
                    .tokens
                    .get(end)
                    .is_some_and(|token| token.what == What::Word)
                {
                    end += 1;
                }
                return Some(printed(subject.who, (verb, verb + 1), end));
            }
            if is_known {
                return None;
            }
        }
        None
    }

    /// "Kari Dahl, an analyst at the Harbour Bank told": the second comma was forgotten.
    fn described_name(&self, at: usize, verb: usize) -> Option<Subject> {
        let mention = self.person(at)?;
        let is_described = self.tokens[at + 1].what == What::Comma
            && matches!(self.tokens[at + 2].lower.as_str(), "a" | "an" | "the");
        let words = self.tokens.get(at + 3..verb)?;
        let is_plain = words.iter().all(|token| {
            token.is_name()
                || token.what == What::Word && !is_auxiliary(&token.lower) && !token.is("who")
        });
        (is_described && is_plain && is_cue(&self.tokens[verb].lower)).then_some(Subject {
            who: Who::Name(mention),
            start: at,
            end: verb,
        })
    }

    /// The subject before a verb, in "Dahl was quoted as saying" too.
    fn reported(&self, verb: usize, floor: usize) -> Subject {
        let is_quoted = self.tokens[verb].is("quoted")
            && self.tokens.get(verb + 1).is_some_and(|next| next.is("as"));
        let auxiliary = verb
            .checked_sub(1)
            .filter(|last| *last > floor && is_quoted && is_auxiliary(&self.tokens[*last].lower));
        self.subject_before(auxiliary.unwrap_or(verb), floor)
    }

    /// Whether words without a name can be a subject: "his wife", "a spokesman for the Board".
    fn is_phrase(&self, from: usize, to: usize) -> bool {
        let first = &self.tokens[from];
        (first.is_name()
            || first.what == What::Word
                && !is_preposition(&first.lower)
                && !opens_clause(&first.lower)
                && !is_auxiliary(&first.lower))
            && self.tokens[from..to].iter().all(|token| !token.is_end())
    }

    /// Whether a clause with this verb can belong to the quotation before it, and says nothing of its own: not "… said the bridge
    /// was closed".
    fn may_close(&self, verb: usize, ending: Ending, is_whole: bool) -> bool {
        let plain = saying(&self.tokens[verb].lower).unwrap_or_default();
        let rest: Vec<_> = self.tokens[verb + 1..]
            .iter()
            .take_while(|token| !token.is_end() && !matches!(token.what, What::Quote(_)))
            .take(30)
            .collect();
        let Some(next) = rest.first() else {
            return true;
        };
        if ending == Ending::Full {
            return false;
        }
        if takes_listener(plain) {
            let is_clear = ending == Ending::Comma && is_whole;
            let says_more = rest.iter().any(|token| {
                is_auxiliary(&token.lower) && !is_adverb(&token.lower) || token.is("that")
            });
            return is_clear || !says_more;
        }
        match next.what {
            What::Word => {
                is_preposition(&next.lower)
                    || is_time(&next.lower)
                    || is_adverb(&next.lower)
                    || is_participle(&next.lower)
                    || matches!(
                        next.lower.as_str(),
                        "as" | "when"
                            | "after"
                            | "before"
                            | "while"
                            | "and"
                            | "but"
                            | "because"
                            | "back"
                    )
                    || next.is("saying")
            }
            What::Name(_) | What::Colon => false,
            _ => true,
        }
    }

    /// "…" — Kari Dahl, at the end of a paragraph that the quotation opens.
    fn signed(&self, quote: usize, dash: usize) -> Option<Printed> {
        let opens = quote == 0 || self.tokens[quote - 1].what == What::Break;
        let mut name = dash + 1;
        while self.tokens.get(name)?.what == What::Word && self.tokens[name].is_capital {
            name += 1;
        }
        let mention = self.speaker(name)?;
        let rest: Vec<_> = self.tokens[name + 1..]
            .iter()
            .take_while(|token| token.what != What::Break)
            .take(SIGNATURE + 1)
            .collect();
        let is_plain = rest.len() <= SIGNATURE
            && rest
                .first()
                .is_none_or(|next| matches!(next.what, What::Comma | What::Stop | What::Open))
            && !rest
                .iter()
                .any(|token| is_auxiliary(&token.lower) || is_cue(&token.lower));
        (opens && is_plain).then_some(Printed {
            who: Who::Name(mention),
            cue: (dash, dash + 1),
            end: name + 1 + rest.len(),
            is_label: true,
        })
    }
}
