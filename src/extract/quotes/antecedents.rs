//! Whom "he" and "the minister" mean: the one person who can be meant, or nobody.

use crate::domain::analysis::Kind;

use super::Article;
use super::subjects::Who;
use super::tokens::What;
use super::verbs::{is_determiner, is_small, saying};

/// How many sentences a pronoun may reach back, and how many tokens.
const SENTENCES: usize = 6;
const TOKENS: usize = 160;

/// Those who speak without a name.
const NAMELESS: &str = "spokesman spokeswoman spokesperson official source analyst dealer trader economist minister witness man woman \
    boy girl doctor judge officer player coach manager captain chairman chairwoman president chief executive director head leader \
    lawyer secretary mother father wife husband son daughter brother sister friend colleague neighbour neighbor chancellor \
    governor mayor banker broker farmer expert researcher professor star singer actor actress writer author student victim \
    defendant another other aide adviser advisor diplomat negotiator delegate senator lawmaker boss striker defender owner \
    commissioner ambassador teacher driver resident passenger worker soldier partner master clerk guard pilot striker keeper goalkeeper bishop archbishop priest \
    prince princess king queen duke engineer scientist doctor nurse juror prosecutor detective inspector caller reader";

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
        match who {
            Who::Name(mention) => Some(mention),
            Who::He(token) => self.antecedent(token, quote),
            Who::Nameless(last) => self.described(last),
        }
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
                What::Name(mention) if self.is_person(mention) => Some((n, mention)),
                _ => None,
            })
            .collect();
        // The verdict on a quotation holds for what follows it: a speaker without a name hides those before.
        let spoken = (start..end).rev().find_map(|n| match self.tokens[n].what {
            What::Quote(piece) => self.spoken.borrow().get(&piece).copied(),
            _ => None,
        });
        if spoken == Some(None) {
            return Meant::Doubtful;
        }
        let other = if pronoun == "he" { "she" } else { "he" };
        if self.tokens[start..end].iter().any(|token| token.is(other)) {
            return Meant::Doubtful;
        }
        let Some((_, last)) = people.last().copied() else {
            return match spoken {
                Some(Some(mention)) if self.fits(mention, pronoun) => Meant::One(mention),
                Some(_) => Meant::Doubtful,
                None if self.has_nameless(start, end) => Meant::Doubtful,
                None => Meant::Nobody,
            };
        };
        let is_one = people
            .iter()
            .all(|(_, mention)| self.is_same(*mention, last));
        let teller = || {
            self.teller(start, end)
                .filter(|mention| self.is_person(*mention))
        };
        let meant = match spoken {
            Some(Some(mention)) if !is_one => Some(mention),
            _ if is_one && !self.has_nameless(start, end) => Some(last),
            None => teller(),
            _ => None,
        };
        let Some(meant) = meant else {
            return Meant::Doubtful;
        };
        if self.fits(meant, pronoun) {
            Meant::One(meant)
        } else {
            Meant::Doubtful
        }
    }

    /// The subject of a sentence's only verb of saying.
    fn teller(&self, start: usize, end: usize) -> Option<usize> {
        let mut verbs = (start..end)
            .filter(|n| self.is_governing(*n) && saying(&self.tokens[*n].lower).is_some());
        let verb = verbs.next()?;
        let subject = self.subject_before(verb, start);
        match subject.who {
            Who::Name(mention) if subject.start == start && verbs.next().is_none() => Some(mention),
            _ => None,
        }
    }

    fn is_person(&self, mention: usize) -> bool {
        self.analysis.mentions[mention].kind == Kind::Person
    }

    /// Whether somebody without a name is spoken of, other than as a name's own title: "a spokesman", "the minister".
    fn has_nameless(&self, start: usize, end: usize) -> bool {
        (start..end).any(|n| {
            let token = &self.tokens[n];
            let singular = token.lower.strip_suffix('s').unwrap_or(&token.lower);
            let is_person = token.what == What::Word
                && (token.lower.ends_with("sman")
                    || NAMELESS
                        .split_whitespace()
                        .any(|noun| noun == token.lower || noun == singular));
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
