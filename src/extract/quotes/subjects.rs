//! Whose verb it is: the subject before a verb or, where the verb comes first, behind it. What is not certainly the subject is none.

use crate::domain::analysis::{Kind, Role};
use crate::extract::lists::{Class, class_of};

use super::Article;
use super::tokens::{Token, What};
use super::verbs::{
    is_adverb, is_auxiliary, is_cue, is_determiner, is_participle, is_passive_auxiliary,
    is_person_noun, is_preposition, is_pronoun, is_small, is_time, may_be_verb, opens_clause,
};

/// A subject with its appositions has at most so many tokens.
const REACH: usize = 45;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// A mention.
    Name(usize),
    /// "He": the token.
    He(usize),
    /// Words without a name: "the minister", "his wife". Their last token.
    Nameless(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) who: Who,
    /// Its first token.
    pub(super) start: usize,
    /// One past its last token.
    pub(super) end: usize,
}

impl Article<'_> {
    /// The subject of the verb at `verb`, which stands before it and not before `floor`.
    pub(super) fn subject_before(&self, verb: usize, floor: usize) -> Subject {
        let mut end = verb;
        if is_passive(&self.tokens, verb, floor) {
            return nameless(floor, verb);
        }
        while let Some(skipped) = self.adverbial(end, floor) {
            end = skipped;
        }
        let Some(last) = end.checked_sub(1).filter(|last| *last >= floor) else {
            return nameless(floor, verb);
        };
        let token = &self.tokens[last];
        let found = match token.what {
            What::Name(_) => self.named(last, floor),
            What::Comma => self.with_apposition(last, floor),
            What::Dash | What::Close => self.with_insertion(last, floor),
            What::Word if matches!(token.lower.as_str(), "he" | "she") => Some(Subject {
                who: Who::He(last),
                start: last,
                end,
            }),
            What::Word if token.lower == "who" => self.before_who(last, floor),
            _ => None,
        };
        found.unwrap_or_else(|| nameless(floor, end))
    }

    /// Where the adverb, auxiliary or time that ends at `end` begins.
    fn adverbial(&self, end: usize, floor: usize) -> Option<usize> {
        let word = |back: usize| {
            end.checked_sub(back)
                .filter(|n| *n >= floor)
                .map(|n| &self.tokens[n])
                .filter(|token| token.what == What::Word && !token.is_possessive)
                .map(|token| token.lower.as_str())
        };
        let last = word(1)?;
        // "went on to say"
        if last == "to" && word(2) == Some("on") {
            return Some(end - 3);
        }
        if is_time(last)
            && matches!(
                word(2),
                Some("on" | "in" | "last" | "this" | "late" | "early")
            )
        {
            return Some(end - 2);
        }
        (is_adverb(last) || is_auxiliary(last) || is_time(last) || last == "a").then_some(end - 1)
    }

    /// The name at `n` as a subject, or the one on which it depends: "Dahl of the Board".
    fn named(&self, n: usize, floor: usize) -> Option<Subject> {
        let start = self.phrase_start(n, floor);
        if let (Ok(start), Some(mention)) = (start, self.speaker(n)) {
            return Some(Subject {
                who: Who::Name(mention),
                start,
                end: n + 1,
            });
        }
        let mut at = n.checked_sub(1)?;
        if is_determiner(&self.tokens[at].lower) {
            at = at.checked_sub(1)?;
        }
        let depends = matches!(
            self.tokens[at].lower.as_str(),
            "of" | "from" | "at" | "with" | "in" | "for"
        );
        let head = at.checked_sub(1).filter(|head| *head >= floor)?;
        let mention = self.speaker(head).filter(|_| depends)?;
        let start = self.phrase_start(head, floor).ok()?;
        Some(Subject {
            who: Who::Name(mention),
            start,
            end: n + 1,
        })
    }

    /// The mention at a token, if it can speak.
    pub(super) fn speaker(&self, n: usize) -> Option<usize> {
        let token = self.tokens.get(n)?;
        let What::Name(mention) = token.what else {
            return None;
        };
        let is_speaker = match self.analysis.mentions[mention].kind {
            Kind::Person | Kind::Organization => true,
            // Beside a verb of saying, a given name and another is a person, whatever else it was taken for.
            Kind::Location | Kind::Facility | Kind::Other => self.looks_like_person(mention),
            _ => false,
        };
        (is_speaker && !token.is_possessive).then_some(mention)
    }

    fn looks_like_person(&self, mention: usize) -> bool {
        let mut words = self.analysis.mentions[mention].text.split(' ');
        let first = words.next().unwrap_or_default();
        class_of(first) == Class::GivenName
            && words.clone().count() == 1
            && words.all(|word| class_of(word) == Class::None)
    }

    pub(super) fn person(&self, n: usize) -> Option<usize> {
        self.speaker(n)
            .filter(|mention| self.analysis.mentions[*mention].kind == Kind::Person)
    }

    /// The token of the title printed before the name at `n`.
    fn title_start(&self, n: usize, floor: usize) -> Option<usize> {
        let What::Name(mention) = self.tokens[n].what else {
            return None;
        };
        let is_before =
            |role: &&Role| role.mention == mention && role.span.end <= self.tokens[n].span.start;
        let role = self.analysis.roles.iter().find(is_before)?;
        let start = self
            .tokens
            .partition_point(|token| token.span.end <= role.span.start);
        (start >= floor && start < n && self.tokens[n - 1].what != What::Comma).then_some(start)
    }

    /// Where the phrase of which the name at `n` is the head begins; an error where another word is its head.
    fn phrase_start(&self, n: usize, floor: usize) -> Result<usize, ()> {
        let mut at = self.title_start(n, floor).unwrap_or(n);
        while at > floor {
            let token = &self.tokens[at - 1];
            match token.what {
                What::Name(_) => {}
                What::Word if is_determiner(&token.lower) => {
                    let is_governed = at >= floor + 2 && self.governs(at - 2, floor);
                    return if is_governed { Err(()) } else { Ok(at - 1) };
                }
                What::Word if matches!(token.lower.as_str(), "and" | "or" | "nor") => {
                    return if self.is_joint(at - 1, floor) {
                        Err(())
                    } else {
                        Ok(at)
                    };
                }
                What::Word
                    if matches!(token.lower.as_str(), "who" | "whom" | "whose" | "which") =>
                {
                    return Err(());
                }
                What::Word if is_time(&token.lower) => return Ok(at),
                // "director of research Kari Dahl"
                What::Word
                    if token.lower == "of"
                        && at >= floor + 2
                        && is_function(&self.tokens[at - 2].lower) => {}
                What::Word if is_preposition(&token.lower) => {
                    return if self.governs(at - 1, floor) {
                        Err(())
                    } else {
                        Ok(at)
                    };
                }
                What::Word if is_pronoun(&token.lower) => return Err(()),
                What::Word if is_small(&token.lower) || is_number(token) => return Ok(at),
                What::Word if is_cue(&token.lower) && !token.is_capital => return Ok(at),
                What::Word => {}
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

    /// "Kari Dahl, the union's leader, said" and "the union's leader, Kari Dahl, said"; `comma` is the last.
    fn with_apposition(&self, comma: usize, floor: usize) -> Option<Subject> {
        let first = floor.max(comma.saturating_sub(REACH));
        let opening = (first..comma)
            .rev()
            .find(|n| {
                self.tokens[*n].is_end()
                    || matches!(self.tokens[*n].what, What::Semicolon | What::Colon)
            })
            .map_or(first, |n| n + 1);
        for n in (opening..comma).rev() {
            if self.tokens[n + 1].what != What::Comma {
                continue;
            }
            let Some(mention) = self.speaker(n) else {
                continue;
            };
            let is_person = self.person(n).is_some();
            if n + 1 == comma {
                let is_last = is_person && self.introduces(n, opening);
                if is_last {
                    return Some(Subject {
                        who: Who::Name(mention),
                        start: opening,
                        end: comma + 1,
                    });
                }
                continue;
            }
            let Ok(start) = self.phrase_start(n, opening) else {
                continue;
            };
            // An organization behind a comma may be part of the apposition.
            if is_person || start == opening || opens_clause(&self.tokens[start - 1].lower) {
                return Some(Subject {
                    who: Who::Name(mention),
                    start,
                    end: comma + 1,
                });
            }
        }
        None
    }

    /// Whether words that introduce the name at `n` stand between `from` and the comma before it: "the union's leader,".
    fn introduces(&self, n: usize, from: usize) -> bool {
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
            last.what == What::Word || !matches!(self.person(comma - 1), Some(_)) || words.len() > 2
        });
        self.tokens[comma].what == What::Comma && is_phrase && opens && ends
    }

    /// "Kari Dahl - the union's leader - said", "Kari Dahl (Labour) said"; `last` is the closing mark.
    fn with_insertion(&self, last: usize, floor: usize) -> Option<Subject> {
        let opening = match self.tokens[last].what {
            What::Close => What::Open,
            other => other,
        };
        let first = floor.max(last.saturating_sub(REACH));
        let open = (first..last)
            .rev()
            .take_while(|n| !self.tokens[*n].is_end())
            .find(|n| self.tokens[*n].what == opening)?;
        let found = self.named(open.checked_sub(1).filter(|n| *n >= floor)?, floor)?;
        Some(Subject {
            end: last + 1,
            ..found
        })
    }

    fn before_who(&self, who: usize, floor: usize) -> Option<Subject> {
        let last = who.checked_sub(1).filter(|last| *last >= floor)?;
        let last = match self.tokens[last].what {
            What::Comma => last.checked_sub(1).filter(|last| *last >= floor)?,
            _ => last,
        };
        self.person(last)?;
        self.named(last, floor)
    }

    /// The subject that begins at `start`, behind its verb: "said the minister, Kari Dahl". None if no subject can begin there.
    pub(super) fn subject_behind(&self, start: usize) -> Option<Subject> {
        let first = self.tokens.get(start)?;
        if first.what == What::Word && matches!(first.lower.as_str(), "he" | "she") {
            return Some(Subject {
                who: Who::He(start),
                start,
                end: start + 1,
            });
        }
        let is_opening = match first.what {
            What::Word => !is_preposition(&first.lower) && !opens_clause(&first.lower),
            What::Name(_) => true,
            _ => false,
        };
        if !is_opening {
            return None;
        }
        // Names behind a preposition belong to another word: "a spokesman for Kari Dahl".
        let mut is_governed = false;
        let mut at = start;
        while at < (start + REACH).min(self.tokens.len()) {
            let token = &self.tokens[at];
            match token.what {
                What::Name(_) if self.is_in_title(at) => {}
                What::Name(_) if !is_governed && !token.is_possessive && !self.is_modifier(at) => {
                    let joint = self.joins_another(at + 1);
                    let mention = self.speaker(at).filter(|_| !joint);
                    return Some(Subject {
                        who: mention.map_or(Who::Nameless(at), Who::Name),
                        start,
                        end: at + 1,
                    });
                }
                What::Name(_) => {}
                What::Word if is_preposition(&token.lower) => {
                    is_governed = !self.is_in_title(at);
                }
                What::Word
                    if at > start
                        && (is_auxiliary(&token.lower)
                            || opens_clause(&token.lower)
                            || is_pronoun(&token.lower)) =>
                {
                    break;
                }
                What::Word => {}
                // "said the minister, Kari Dahl."
                What::Comma => {
                    let named = self.person(at + 1).filter(|_| {
                        self.tokens.get(at + 2).is_none_or(|next| {
                            next.is_end()
                                || matches!(
                                    next.what,
                                    What::Comma | What::Quote(_) | What::Dash | What::Open
                                )
                                || next.what == What::Word
                                    && (is_preposition(&next.lower)
                                        || is_time(&next.lower)
                                        || next.is("who"))
                        })
                    });
                    let listed = self.joins_another(at + 2);
                    return Some(Subject {
                        who: named
                            .filter(|_| !listed)
                            .map_or(Who::Nameless(at.saturating_sub(1)), Who::Name),
                        start,
                        end: at + 1 + usize::from(named.is_some()),
                    });
                }
                _ => break,
            }
            at += 1;
        }
        Some(Subject {
            who: Who::Nameless(at.saturating_sub(1).max(start)),
            start,
            end: at,
        })
    }

    /// Whether the name at `n` only describes the noun or name that follows: "Ferry Board chairman Kari Dahl".
    fn is_modifier(&self, n: usize) -> bool {
        let Some(next) = self.tokens.get(n + 1) else {
            return false;
        };
        match next.what {
            What::Name(_) => true,
            // "Jardine Fleming (Securities) Ltd analyst Nick Edwards"
            What::Open => (n + 2..n + 8).any(|close| {
                self.tokens
                    .get(close)
                    .is_some_and(|token| token.what == What::Close)
                    && self.is_modifier(close)
            }),
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

    fn joins_another(&self, n: usize) -> bool {
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

    /// Whether the preposition at `n` is part of a title: "Secretary of State".
    fn is_in_title(&self, n: usize) -> bool {
        let at = self.tokens[n].span;
        self.analysis.roles.iter().any(|role| {
            role.span.contains(at)
                && role.span.end <= self.analysis.mentions[role.mention].span.start
        })
    }
}

fn nameless(start: usize, end: usize) -> Subject {
    Subject {
        who: Who::Nameless(end.saturating_sub(1).max(start)),
        start,
        end,
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

fn is_passive(tokens: &[Token], verb: usize, floor: usize) -> bool {
    let mut at = verb;
    while at > floor && is_adverb(&tokens[at - 1].lower) {
        at -= 1;
    }
    at > floor && is_passive_auxiliary(&tokens[at - 1].lower) && !is_participle(&tokens[verb].lower)
}
