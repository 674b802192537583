//! Subjects that a verb shares with another of its sentence: "Dahl left and said", "Dahl left, saying", "quoted Dahl as saying".

use super::Article;
use super::subjects::{Subject, Who};
use super::tokens::What;
use super::verbs::{is_adverb, is_auxiliary, is_participle, may_be_verb, opens_clause};

impl Article<'_> {
    /// Whose verb it is, which may be said once for two verbs: "Dahl left and said", "Dahl left, saying".
    fn verb_subject(&self, verb: usize, floor: usize) -> Subject {
        let own = |who| Subject {
            who,
            start: floor,
            end: verb,
        };
        let mut before = verb;
        while before > floor && is_adverb(&self.tokens[before - 1].lower) {
            before -= 1;
        }
        if self.tokens[verb].is("according") {
            // Behind the comma begins the sentence.
            let subject = self.subject_behind(verb + 2).filter(|subject| {
                !self.tokens[verb..subject.end]
                    .iter()
                    .any(|token| token.what == What::Comma)
            });
            return subject.unwrap_or(own(Who::Nameless(verb)));
        }
        let Some(last) = before.checked_sub(1).filter(|last| *last >= floor) else {
            return own(Who::Nameless(verb));
        };
        let token = &self.tokens[last];
        if token.is("as") && is_participle(&self.tokens[verb].lower) {
            return self
                .quoted_as(last, floor)
                .unwrap_or(own(Who::Nameless(verb)));
        }
        if self.tokens[verb].is("saying")
            && let Some(subject) = self.quoted_as(verb, floor)
        {
            return subject;
        }
        let is_shared = matches!(token.lower.as_str(), "and" | "but" | "then")
            || is_participle(&self.tokens[verb].lower)
                && (matches!(token.what, What::Comma | What::Dash | What::Quote(_))
                    || token.is("before")
                    || token.is("after"));
        if !is_shared {
            return self.subject_before(verb, floor);
        }
        if let Some(earlier) = (floor..last).rev().find(|n| self.is_governing(*n)) {
            return self.clause_subject(earlier, floor);
        }
        self.sentence_subject(floor, last)
            .unwrap_or(own(Who::Nameless(verb)))
    }

    /// The subject of an earlier verb of the sentence, before or behind it.
    pub(super) fn clause_subject(&self, verb: usize, floor: usize) -> Subject {
        let behind_quote = verb.checked_sub(1).is_some_and(|last| {
            matches!(self.tokens[last].what, What::Quote(_) | What::Comma)
                && (floor..verb)
                    .rev()
                    .take(2)
                    .any(|n| matches!(self.tokens[n].what, What::Quote(_)))
        });
        if behind_quote && let Some(subject) = self.subject_behind(verb + 1) {
            return subject;
        }
        let found = self.verb_subject(verb, floor);
        // "The strike ended, said Dahl, “after long talks”."
        let is_inserted = verb > floor
            && self.tokens[verb - 1].what == What::Comma
            && matches!(found.who, Who::Nameless(_));
        let behind = self.subject_behind(verb + 1).filter(|subject| {
            let next = self.tokens.get(subject.end).map(|token| token.what);
            matches!(subject.who, Who::Name(_)) && next == Some(What::Comma)
        });
        behind.filter(|_| is_inserted).unwrap_or(found)
    }

    /// "The agency quoted Dahl as saying", "Dahl was quoted as saying"
    fn quoted_as(&self, r#as: usize, floor: usize) -> Option<Subject> {
        let quoted = (floor..r#as)
            .rev()
            .take(10)
            .find(|n| self.tokens[*n].is("quoted") || self.tokens[*n].is("cited"))?;
        let auxiliary = quoted
            .checked_sub(1)
            .filter(|n| *n >= floor)
            .filter(|n| is_auxiliary(&self.tokens[*n].lower));
        match auxiliary {
            Some(auxiliary) => Some(self.subject_before(auxiliary, floor)),
            None => self
                .subject_behind(quoted + 1)
                .filter(|subject| subject.end <= r#as),
        }
    }

    /// The name that opens a sentence and is the subject of its first verb, if no other clause follows up to `end`.
    fn sentence_subject(&self, floor: usize, end: usize) -> Option<Subject> {
        let verb = (floor + 1..end).find(|n| {
            let token = &self.tokens[*n];
            token.what == What::Word
                && !token.is_capital
                && !token.is_possessive
                && (may_be_verb(&token.lower)
                    || is_auxiliary(&token.lower) && !is_adverb(&token.lower))
                && matches!(self.subject_before(*n, floor).who, Who::Name(_))
        })?;
        let subject = self.subject_before(verb, floor);
        let has_another = (verb + 1..end).any(|n| {
            let next = &self.tokens[n + 1];
            self.tokens[n].is_name()
                && !self.tokens[n].is_possessive
                && next.what == What::Word
                && !next.is_capital
                && (may_be_verb(&next.lower) || is_auxiliary(&next.lower))
        });
        let opens = subject.start == floor
            || self.tokens[floor..subject.start]
                .iter()
                .all(|token| !token.is_name())
                && !opens_clause(&self.tokens[subject.start - 1].lower);
        (opens && !has_another).then_some(subject)
    }
}
