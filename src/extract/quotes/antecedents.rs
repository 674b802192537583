//! Whom "he" and "the minister" mean: the one person who can be meant, or nobody.

use crate::domain::analysis::Kind;

use super::Article;
use super::people::Title;
use super::subjects::Who;
use super::tokens::{Token, What};
use super::verbs::{
    is_auxiliary, is_cue, is_determiner, is_participle, is_person_noun, is_small, is_telling,
    saying,
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
        // In "It was Dahl's “best day”, he said" another speaks of Dahl: what leads up to the quotation is his words too.
        let begin = self.clause_start(quote);
        let is_behind = pronoun > quote;
        let mut end = if is_behind { begin } else { pronoun };
        let named: Vec<usize> = (begin..quote).filter_map(|n| self.person_at(n)).collect();
        let is_other = |mention: &usize| {
            !is_behind || !named.iter().any(|other| self.is_same(*other, *mention))
        };
        let floor = end.saturating_sub(TOKENS);
        let mut start = self.clause_start(end);
        let mut n_sentences = 0;
        while n_sentences < SENTENCES {
            match self.meant_in(start.max(floor), end, &self.tokens[pronoun].lower) {
                Meant::Nobody if start > floor => {}
                Meant::One(mention) => return Some(mention).filter(is_other),
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
        let words = &self.tokens[start..end];
        let other = if pronoun == "he" { "she" } else { "he" };
        if words.iter().any(|token| token.is(other)) {
            return Meant::Doubtful;
        }
        let people: Vec<usize> = (start..end)
            .filter(|n| self.person_at(*n).is_some() && !self.is_aside(*n, start))
            .collect();
        let mut quotes = words.iter().rev().filter_map(|token| match token.what {
            What::Quote(piece) => Some(self.spoken.borrow().get(&piece).copied()),
            _ => None,
        });
        // The verdict on a quotation holds for what follows it: a speaker without a name hides those before.
        let has_quote = quotes.clone().next().is_some();
        let told = || self.told_unnamed(start, end);
        let meant = match quotes.find_map(|spoken| spoken) {
            Some(None) => return Meant::Doubtful,
            Some(Some(speaker)) => Some(speaker).filter(|speaker| self.is_among(*speaker, &people)),
            None => match told() {
                Some(nameless) => self.described(nameless),
                // A sentence about the same one: "He told Radio Bergton that Lie was ill."
                None if self.is_subject(pronoun, start, end, &people) => return Meant::Nobody,
                None if people.is_empty() && !self.has_nameless(start, end) => {
                    return Meant::Nobody;
                }
                None => self.named_in(start, end, &people).filter(|_| !has_quote),
            },
        };
        meant
            .filter(|mention| self.is_person(*mention) && self.fits(*mention, pronoun))
            .map_or(Meant::Doubtful, Meant::One)
    }

    /// Whether a sentence has a pronoun before any name, so that the names in it are others.
    fn is_subject(&self, pronoun: &str, start: usize, end: usize, people: &[usize]) -> bool {
        let first = people.first().copied().unwrap_or(end);
        self.tokens[start..first]
            .iter()
            .any(|token| token.is(pronoun))
    }

    /// Whether a sentence that names one person only names this one.
    fn is_among(&self, speaker: usize, people: &[usize]) -> bool {
        let mut named = people.iter().filter_map(|n| self.person_at(*n)).peekable();
        let Some(first) = named.peek().copied() else {
            return true;
        };
        self.is_same(first, speaker) || !named.all(|other| self.is_same(other, first))
    }

    /// The person whom a sentence without quotations is about.
    fn named_in(&self, start: usize, end: usize, people: &[usize]) -> Option<usize> {
        let last = self.person_at(*people.last()?)?;
        // "Dahl's third goal": another may have spoken of it.
        let is_owner = people.iter().all(|n| self.tokens[*n].is_possessive);
        if is_owner {
            return None;
        }
        let mut named = people.iter().filter_map(|n| self.person_at(*n));
        if named.all(|other| self.is_same(other, last)) && !self.has_nameless(start, end) {
            return Some(last);
        }
        self.teller(start, end)
            .filter(|mention| self.is_person(*mention))
    }

    fn person_at(&self, n: usize) -> Option<usize> {
        match self.tokens[n].what {
            What::Name(mention) => Some(mention).filter(|mention| self.is_person(*mention)),
            _ => None,
        }
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

    /// The only person of a sentence, who says it all, and the verb: "Dahl said the quay was old", "The quay was old, Dahl said".
    pub(super) fn sole_teller(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let mut verbs = (start..end)
            .filter(|n| self.is_governing(*n) && saying(&self.tokens[*n].lower).is_some());
        let verb = verbs.next()?;
        let has_quote = (start..end).any(|n| matches!(self.tokens[n].what, What::Quote(_)));
        if has_quote || verbs.next().is_some() || self.has_nameless(start, end) {
            return None;
        }
        let subject = self.subject_before(verb, start);
        let is_last = end <= verb + 2;
        let Who::Name(speaker) = subject.who else {
            return None;
        };
        let mut people = (start..end).filter_map(|n| self.person_at(n));
        let is_sole = people.all(|other| self.is_same(other, speaker));
        (self.is_person(speaker) && is_sole && (subject.start == start || is_last))
            .then_some((speaker, verb))
    }

    /// Of a sentence that tells what somebody without a name said, the last word for them: "The striker said that Dahl was ill."
    fn told_unnamed(&self, start: usize, end: usize) -> Option<usize> {
        let verb = (start..end)
            .find(|n| self.is_governing(*n) && is_telling(&self.tokens[*n].lower))
            .filter(|verb| !is_participle(&self.tokens[*verb].lower))?;
        let is_comma = verb > start && self.tokens[verb - 1].what == What::Comma;
        let behind = self.subject_behind(verb + 1).filter(|_| is_comma);
        let is_behind = behind.is_some_and(|subject| matches!(subject.who, Who::Name(_)));
        match self.clause_subject(verb, start).who {
            Who::Nameless(last) if !is_behind => Some(last),
            _ => None,
        }
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

    /// Whether a mention is a person.
    pub(super) fn is_person(&self, mention: usize) -> bool {
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
            // "the union's leader, Kari Dahl", "Kari Dahl, who was mayor"
            let is_named = self.is_in_title(n)
                || self.tokens.get(n + 1).is_some_and(Token::is_name)
                || self
                    .tokens
                    .get(n + 1)
                    .is_some_and(|next| next.what == What::Comma)
                    && self.tokens.get(n + 2).is_some_and(Token::is_name);
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
        let family = self.people.family(mention);
        let others = if pronoun == "he" {
            &self.people.women
        } else {
            &self.people.men
        };
        !others.contains(family)
    }

    pub(super) fn is_same(&self, a: usize, b: usize) -> bool {
        a == b || self.people.family(a) == self.people.family(b)
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
                    words.push(&token.lower);
                }
                _ => return None,
            }
        }
        let is_held = |title: &&Title| {
            let holds = |word: &&str| title.words.iter().any(|held| held == word);
            let is_other = |word: &&str| holds(word) && !words.contains(word);
            words.iter().all(holds) && !GRADES.iter().any(is_other)
        };
        let titles = self.people.titles(&noun.lower);
        let mut holders = titles.iter().filter(is_held).map(|title| title.bearer);
        let first = holders.next()?;
        let before = self.analysis.mentions[first].span.start < noun.span.start;
        (before && holders.all(|other| self.is_same(other, first))).then_some(first)
    }
}

enum Meant {
    /// Nobody is spoken of.
    Nobody,
    One(usize),
    Doubtful,
}
