//! Whose verb it is: the subject before a verb or, where the verb comes first, behind it. What is not certainly the subject is none.

use crate::domain::analysis::{Kind, Mention};
use crate::extract::lists::{Class, class_of};

use super::Article;
use super::tokens::{Token, What};
use super::verbs::{
    is_adverb, is_auxiliary, is_determiner, is_participle, is_passive_auxiliary, is_preposition,
    is_pronoun, is_time, opens_clause,
};

/// Words that are a name with less certainty than this speak for nobody.
const LEAST_CONFIDENCE: f64 = 0.3;

/// The longest subject with its appositions, in tokens.
pub(super) const REACH: usize = 45;

/// Words that begin the names of places.
const PLACES: &str = "North South East West New Old San Santa Santo Los Las El La Le Saint St Port Cape Mount Lake Fort Upper Lower \
    Great Hong Tel Abu Buenos Sri Saudi Kuala Addis Sierra Burkina Costa Rio Phnom Ho Nova Guinea Downing Wall Capitol Silicon Fleet";

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
            return end.checked_sub(3).filter(|start| *start >= floor);
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
        let Mention {
            ref text,
            kind,
            confidence,
            ..
        } = self.analysis.mentions[mention];
        let is_speaker = match kind {
            Kind::Person | Kind::Organization => true,
            // What speaks and is no known place is a person, whatever else it was taken for.
            Kind::Location | Kind::Facility | Kind::Other => {
                let is_the = n > 0 && is_determiner(&self.tokens[n - 1].lower);
                !is_the && self.looks_like_person(mention)
            }
            _ => false,
        };
        let is_sure = confidence >= LEAST_CONFIDENCE && !is_office(text) && !token.is_namesake;
        (is_speaker && is_sure && !token.is_possessive).then_some(mention)
    }

    fn looks_like_person(&self, mention: usize) -> bool {
        let words: Vec<&str> = self.analysis.mentions[mention].text.split(' ').collect();
        let is_name = |word: &&str| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
                && word.chars().any(char::is_lowercase)
                && matches!(class_of(word), Class::None | Class::GivenName)
        };
        let is_place = PLACES.split(' ').any(|place| place == words[0]);
        matches!(words.len(), 2 | 3) && words.iter().all(is_name) && !is_place
    }

    pub(super) fn person(&self, n: usize) -> Option<usize> {
        self.speaker(n)
            .filter(|mention| self.analysis.mentions[*mention].kind != Kind::Organization)
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
        let found = |who, end| Some(Subject { who, start, end });
        match first.what {
            What::Word if matches!(first.lower.as_str(), "he" | "she") => {
                return found(Who::He(start), start + 1);
            }
            What::Word if is_preposition(&first.lower) || opens_clause(&first.lower) => {
                return None;
            }
            What::Word | What::Name(_) => {}
            _ => return None,
        }
        // Names behind a preposition belong to another word: "a spokesman for Kari Dahl".
        let mut is_governed = false;
        let mut at = start;
        while at < (start + REACH).min(self.tokens.len()) {
            let token = &self.tokens[at];
            match token.what {
                What::Name(_) if self.is_head(at) && !is_governed => {
                    let joint = self.joins_another(at + 1);
                    let mention = self.speaker(at).filter(|_| !joint);
                    return found(mention.map_or(Who::Nameless(at), Who::Name), at + 1);
                }
                What::Word if is_preposition(&token.lower) => {
                    is_governed = !self.is_in_title(at);
                }
                What::Word if at > start && ends_subject(&token.lower) => break,
                What::Word | What::Name(_) => {}
                What::Comma => return Some(self.named_behind(at, start)),
                // "Harbour Bank (Holding) Ltd analyst Kari Dahl"
                What::Open | What::Close if at > start && self.leads_to_person(at) => {}
                _ => break,
            }
            at += 1;
        }
        found(Who::Nameless(at.saturating_sub(1).max(start)), at)
    }

    /// "said the minister, Kari Dahl."; the comma is at `comma`.
    fn named_behind(&self, comma: usize, start: usize) -> Subject {
        let may_follow = |next: &Token| match next.what {
            What::Word => is_preposition(&next.lower) || is_time(&next.lower) || next.is("who"),
            What::Comma | What::Quote(_) | What::Dash | What::Open => true,
            _ => next.is_end(),
        };
        let named = self
            .person(comma + 1)
            .filter(|_| self.tokens.get(comma + 2).is_none_or(may_follow));
        let is_listed = self.joins_another(comma + 2);
        Subject {
            who: named
                .filter(|_| !is_listed)
                .map_or(Who::Nameless(comma.saturating_sub(1)), Who::Name),
            start,
            end: comma + 1 + usize::from(named.is_some()),
        }
    }

    fn is_head(&self, n: usize) -> bool {
        !self.tokens[n].is_possessive && !self.is_modifier(n) && !self.is_in_title(n)
    }
}

fn nameless(start: usize, end: usize) -> Subject {
    Subject {
        who: Who::Nameless(end.saturating_sub(1).max(start)),
        start,
        end,
    }
}

fn is_passive(tokens: &[Token], verb: usize, floor: usize) -> bool {
    let mut at = verb;
    while at > floor && is_adverb(&tokens[at - 1].lower) {
        at -= 1;
    }
    at > floor && is_passive_auxiliary(&tokens[at - 1].lower) && !is_participle(&tokens[verb].lower)
}

/// Last words of names that are an office's or a document's: "U.S. Official", "Beige Book".
const NO_SPEAKERS: &str = "official spokesman spokeswoman spokesperson source analyst dealer trader economist minister book report survey \
    review act bill index charter treaty accord communique constitution memo memorandum";

/// Whether words that the recognizer took for a name name nobody who can speak.
fn is_office(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let last = last.trim_end_matches('s');
    text.contains(' ') && NO_SPEAKERS.split_whitespace().any(|word| word == last)
}

fn ends_subject(word: &str) -> bool {
    is_auxiliary(word) || opens_clause(word) || is_pronoun(word)
}
