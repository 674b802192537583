//! Whom "he" and "the minister" mean: the one person who can be meant, or nobody.

use crate::domain::analysis::Kind;

use super::Article;
use super::subjects::Who;
use super::tokens::What;
use super::verbs::{
    is_auxiliary, is_cue, is_determiner, is_participle, is_person_noun, is_small, saying,
};

/// How many sentences a pronoun may reach back, and how many tokens.
const SENTENCES: usize = 6;
const TOKENS: usize = 160;

/// Words that make another title of one.
const GRADES: [&str; 12] = [
    "former",
    "deputy",
    "vice",
    "shadow",
    "assistant",
    "ex",
    "acting",
    "opposition",
    "under",
    "junior",
    "outgoing",
    "then",
];

impl Article<'_> {
    /// The mention that speaks; none if it isn't certain.
    pub(super) fn resolved(&self, who: Who, quote: usize) -> Option<usize> {
        // Nobody speaks of oneself by name.
        let is_other = |mention: &usize| !self.speaks_of(quote, *mention);
        match who {
            Who::Name(mention) => Some(mention),
            Who::He(token) => self.antecedent(token, quote).filter(is_other),
            Who::Nameless(last) => self.described(last).filter(is_other),
        }
    }

    /// Whether a quotation names somebody.
    pub(super) fn speaks_of(&self, quote: usize, mention: usize) -> bool {
        let span = self.tokens[quote].span;
        let mentions = &self.analysis.mentions;
        let first = mentions.partition_point(|other| other.span.start < span.start);
        let own = mentions[mention].text.split(' ').next();
        (first..mentions.len())
            .take_while(|other| mentions[*other].span.end <= span.end)
            .any(|other| {
                self.is_person(other)
                    && (self.is_same(other, mention) || Some(mentions[other].text.as_str()) == own)
            })
    }

    /// Whom "he" or "she" means: the last who was named, if nobody else can be.
    fn antecedent(&self, pronoun: usize, quote: usize) -> Option<usize> {
        let mut end = pronoun.min(quote);
        let floor = end.saturating_sub(TOKENS);
        let mut start = self.clause_start(end);
        let mut n_sentences = 0;
        while n_sentences < SENTENCES {
            match self.meant_in(start.max(floor), end, &self.tokens[pronoun].lower) {
                Meant::Nobody if start > floor => {}
                Meant::One(mention) => return Some(mention),
                _ => return None,
            }
            // The end of a paragraph makes no sentence.
            n_sentences += usize::from(end > start + 1);
            end = start;
            start = self.clause_start(end - 1);
        }
        None
    }

    /// Who is meant by a pronoun in the words between, without quotations.
    fn meant_in(&self, start: usize, end: usize, pronoun: &str) -> Meant {
        let people: Vec<(usize, usize)> = (start..end)
            .filter_map(|n| match self.tokens[n].what {
                What::Name(mention) if self.is_person(mention) && !self.is_aside(n, start) => {
                    Some((n, mention))
                }
                _ => None,
            })
            .collect();
        // The verdict on a quotation holds for what follows it: a speaker without a name hides those before.
        let spoken = (start..end).rev().find_map(|n| match self.tokens[n].what {
            What::Quote(piece) => self.spoken.borrow().get(&piece).copied(),
            _ => None,
        });
        let has_unattributed = spoken.is_none()
            && self.tokens[start..end]
                .iter()
                .any(|token| matches!(token.what, What::Quote(_)));
        if spoken == Some(None) {
            return Meant::Doubtful;
        }
        let other = if pronoun == "he" { "she" } else { "he" };
        if self.tokens[start..end].iter().any(|token| token.is(other)) {
            return Meant::Doubtful;
        }
        let fitting = |mention: usize| match self.fits(mention, pronoun) {
            true => Meant::One(mention),
            false => Meant::Doubtful,
        };
        let is_opened = self.tokens[start..end]
            .iter()
            .take(3)
            .take_while(|token| token.what == What::Word)
            .any(|token| token.is(pronoun));
        let Some((_, last)) = people.last().copied().filter(|_| !is_opened) else {
            return match spoken {
                Some(Some(mention)) => fitting(mention),
                Some(None) => Meant::Doubtful,
                // A sentence about the same one: "He told Radio Bergton that Lie was ill."
                None if is_opened => Meant::Nobody,
                None if self.has_nameless(start, end) => Meant::Doubtful,
                None => Meant::Nobody,
            };
        };
        let is_one = people
            .iter()
            .all(|(_, mention)| self.is_same(*mention, last));
        // "Dahl's third goal": another may have spoken of it.
        let is_owner =
            spoken.is_none() && people.iter().all(|(n, _)| self.tokens[*n].is_possessive);
        if spoken.is_none() && (self.is_told_unnamed(start, end) || has_unattributed) {
            return Meant::Doubtful;
        }
        let teller = || {
            self.teller(start, end)
                .filter(|mention| self.is_person(*mention))
        };
        let meant = match spoken {
            Some(Some(mention)) if !is_one => Some(mention),
            _ if is_one && !is_owner && !self.has_nameless(start, end) => Some(last),
            None if !is_owner => teller(),
            _ => None,
        };
        meant.map_or(Meant::Doubtful, fitting)
    }

    /// The subject that opens a sentence with a verb of saying, if no other name has such a verb in it: "Dahl told Lie that he was
    /// ill", "Dahl accused Lie".
    fn teller(&self, start: usize, end: usize) -> Option<usize> {
        let verbs = (start..end).filter(|n| self.is_governing(*n));
        let mut subjects = verbs
            .map(|verb| self.subject_before(verb, start))
            .filter(|subject| matches!(subject.who, Who::Name(_)));
        let first = subjects.next()?;
        let opens = self.tokens[start..first.start].iter().all(|token| {
            token.what == What::Word
                && !is_determiner(&token.lower)
                && !token.lower.ends_with("ing")
        });
        match first.who {
            Who::Name(mention) if opens && subjects.all(|other| other.who == first.who) => {
                Some(mention)
            }
            _ => None,
        }
    }

    /// Whether a sentence tells what somebody without a name said: "The striker said that Dahl was ill."
    fn is_told_unnamed(&self, start: usize, end: usize) -> bool {
        let verb = (start..end)
            .find(|n| self.is_governing(*n) && saying(&self.tokens[*n].lower).is_some())
            .filter(|verb| !is_participle(&self.tokens[*verb].lower));
        verb.is_some_and(|verb| {
            let is_behind = || {
                let subject = self.subject_behind(verb + 1);
                subject.is_some_and(|subject| matches!(subject.who, Who::Name(_)))
            };
            let is_comma = verb > start && self.tokens[verb - 1].what == What::Comma;
            matches!(self.clause_subject(verb, start).who, Who::Nameless(_))
                && !(is_comma && is_behind())
        })
    }

    /// Whether a name stands in a clause that only describes another: "Dahl, who beat Lie in May, …".
    fn is_aside(&self, n: usize, start: usize) -> bool {
        let opening = (start..n)
            .rev()
            .find(|m| self.tokens[*m].what == What::Comma);
        opening.is_some_and(|comma| {
            matches!(
                self.tokens[comma + 1].lower.as_str(),
                "who" | "whose" | "whom"
            )
        })
    }

    fn is_person(&self, mention: usize) -> bool {
        self.analysis.mentions[mention].kind == Kind::Person
    }

    /// Whether somebody without a name is spoken of, other than as a name's own title: "a spokesman", "the minister".
    fn has_nameless(&self, start: usize, end: usize) -> bool {
        (start..end).any(|n| {
            let token = &self.tokens[n];
            if self.is_national(n, start) {
                return true;
            }
            let is_person = token.what == What::Word && is_person_noun(&token.lower);
            if !is_person {
                return false;
            }
            let in_title = self
                .analysis
                .roles
                .iter()
                .any(|role| role.span.contains(token.span));
            // "the union's leader, Kari Dahl", "Kari Dahl, who was mayor"
            let is_named = in_title
                || self.tokens.get(n + 1).is_some_and(|next| next.is_name())
                || self
                    .tokens
                    .get(n + 1)
                    .is_some_and(|next| next.what == What::Comma)
                    && self.tokens.get(n + 2).is_some_and(|next| next.is_name());
            !is_named
                && (start..n)
                    .rev()
                    .take(5)
                    .any(|m| is_determiner(&self.tokens[m].lower))
        })
    }

    /// "The Australian has": somebody, by the country.
    fn is_national(&self, n: usize, start: usize) -> bool {
        let What::Name(mention) = self.tokens[n].what else {
            return false;
        };
        let mention = &self.analysis.mentions[mention];
        let has_verb = self.tokens.get(n + 1).is_none_or(|next| {
            next.what != What::Word
                || is_auxiliary(&next.lower)
                || is_cue(&next.lower)
                || next.lower.ends_with("ed")
        });
        n > start
            && mention.kind == Kind::Group
            && !mention.text.ends_with('s')
            && matches!(self.tokens[n - 1].lower.as_str(), "the" | "a" | "an")
            && has_verb
    }

    /// Whether a form of address contradicts a pronoun.
    fn fits(&self, mention: usize, pronoun: &str) -> bool {
        let family = self.family(mention);
        let mentions = &self.analysis.mentions;
        let forms = mentions
            .iter()
            .enumerate()
            .filter(|(n, other)| other.kind == Kind::Person && self.family(*n) == family);
        !forms.into_iter().any(|(_, other)| {
            let before: String = self.characters
                [other.span.start.saturating_sub(6)..other.span.start]
                .iter()
                .collect();
            let own = format!("{before}{}", other.text);
            let is_man = ["Mr ", "Mr. ", "Sir ", "Lord "]
                .iter()
                .any(|form| before.ends_with(form) || own.starts_with(form));
            let is_woman = ["Mrs ", "Mrs. ", "Ms ", "Ms. ", "Miss ", "Dame ", "Lady "]
                .iter()
                .any(|form| before.ends_with(form));
            if pronoun == "he" { is_woman } else { is_man }
        })
    }

    pub(super) fn is_same(&self, a: usize, b: usize) -> bool {
        a == b || self.family(a) == self.family(b)
    }

    fn family(&self, mention: usize) -> String {
        let text = self.analysis.mentions[mention].text.to_lowercase();
        let text = text.trim_end_matches("'s").trim_end_matches("’s");
        text.rsplit(' ').next().unwrap_or_default().to_owned()
    }

    /// "The minister said": the one person whose printed title ends with that word and holds the others. `last` is the token of
    /// that word.
    fn described(&self, last: usize) -> Option<usize> {
        let noun = self
            .tokens
            .get(last)
            .filter(|token| token.what == What::Word)?;
        let mut words = vec![noun.lower.as_str()];
        let mut at = last;
        loop {
            at = at.checked_sub(1)?;
            let token = &self.tokens[at];
            match token.what {
                What::Word if token.lower == "the" => break,
                What::Word if words.len() < 4 && !is_small(&token.lower) => {
                    words.push(&token.lower)
                }
                _ => return None,
            }
        }
        let holds = |title: &str| {
            let lower = title.to_lowercase();
            let held: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
            // "minister of transport": the minister.
            let head = held
                .iter()
                .position(|word| is_small(word))
                .unwrap_or(held.len());
            let is_other = |word: &&str| GRADES.contains(word) && !words.contains(word);
            head > 0
                && held[head - 1] == words[0]
                && words.iter().all(|word| held.contains(word))
                && !held.iter().any(is_other)
        };
        let mut holders = self.analysis.roles.iter().filter(|role| holds(&role.title));
        let first = holders.next()?.mention;
        let before = self.analysis.mentions[first].span.start < noun.span.start;
        (before && holders.all(|role| self.is_same(role.mention, first))).then_some(first)
    }
}

enum Meant {
    /// Nobody is spoken of.
    Nobody,
    One(usize),
    Doubtful,
}
