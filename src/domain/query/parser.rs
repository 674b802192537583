//! Tokens to a query: OR binds weakest, then AND (written or not), then NOT and `-`.

use std::ops::Range;

use super::acronym;
use super::fields::{self, Field, field, nearest_field, test};
use super::lexer::{Token, What, tokens};
use super::{Column, Filter, Node, Phrase, Query, QueryError, Text};

/// Brackets within brackets; more is a slip, and the index has a bound of its own.
const MAX_DEPTH: usize = 20;

/// Words and fields of one query.
const MAX_TERMS: usize = 400;

/// How many words NEAR lets stand between, where it does not say.
const NEAR_DISTANCE: u32 = 10;

/// Reads a query, or says where it cannot be read.
pub fn parse(query: &str) -> Result<Query, QueryError> {
    read(query).map_err(|mut error| {
        // A slip may hide another.
        error.meant = error.meant.filter(|meant| read(meant).is_ok());
        error
    })
}

fn read(query: &str) -> Result<Query, QueryError> {
    let mut parser = Parser {
        query,
        tokens: tokens(query)?,
        next: 0,
        depth: 0,
        n_terms: 0,
        hints: Vec::new(),
    };
    let root = parser.any(None)?;
    if let Some(token) = parser.peek() {
        let at = token.at.clone();
        return Err(parser.error(at.clone(), "this bracket closes nothing", Some((at, ""))));
    }
    let Some(root) = root else {
        return Err(parser.error(0..0, "there is no word to look for", None));
    };
    Ok(Query {
        text: query.to_owned(),
        root,
        hints: parser.hints,
    })
}

struct Parser<'a> {
    query: &'a str,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    n_terms: usize,
    hints: Vec<String>,
}

type Parsed = Result<Option<Node>, QueryError>;

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += usize::from(token.is_some());
        token
    }

    fn takes(&mut self, what: &What) -> Option<Range<usize>> {
        let at = self.peek().filter(|token| token.what == *what)?.at.clone();
        self.next += 1;
        Some(at)
    }

    /// An error; `meant` says what to put in the place of which part.
    fn error(
        &self,
        at: Range<usize>,
        problem: impl Into<String>,
        meant: Option<(Range<usize>, &str)>,
    ) -> QueryError {
        let replaced = |(part, by): (Range<usize>, &str)| {
            let whole = format!(
                "{}{by}{}",
                &self.query[..part.start],
                &self.query[part.end..]
            );
            whole.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        QueryError {
            at,
            problem: problem.into(),
            meant: meant.map(replaced),
        }
    }

    /// Terms joined by OR. `within` is the field before the bracket that they stand in.
    fn any(&mut self, within: Option<Field>) -> Parsed {
        let mut nodes: Vec<Node> = self.all(within)?.into_iter().collect();
        while let Some(at) = self.takes(&What::Or) {
            if nodes.is_empty() {
                return Err(self.lone("OR", at));
            }
            match self.all(within)? {
                Some(node) => nodes.push(node),
                None => return Err(self.lone("OR", at)),
            }
        }
        Ok(joined(nodes, Node::Or))
    }

    /// Terms joined by AND, or standing side by side.
    fn all(&mut self, within: Option<Field>) -> Parsed {
        let mut nodes: Vec<Node> = Vec::new();
        loop {
            let and = self.takes(&What::And);
            if let Some(at) = &and
                && nodes.is_empty()
            {
                return Err(self.lone("AND", at.clone()));
            }
            let is_term = self
                .peek()
                .is_some_and(|token| !matches!(token.what, What::Or | What::Close | What::And));
            match (is_term, and) {
                (true, _) => nodes.extend(self.unary(within)?),
                (false, Some(at)) => return Err(self.lone("AND", at)),
                (false, None) => return Ok(joined(nodes, Node::And)),
            }
        }
    }

    /// An operator that lacks a side.
    fn lone(&self, word: &str, at: Range<usize>) -> QueryError {
        let needs = if word == "NOT" {
            "a term after it"
        } else {
            "a term on either side"
        };
        let problem = format!("{word} needs {needs}; as a word it is written \"{word}\"");
        self.error(at.clone(), problem, Some((at, "")))
    }

    fn unary(&mut self, within: Option<Field>) -> Parsed {
        let at = match self.peek() {
            Some(Token {
                what: What::Not | What::Minus,
                at,
            }) => at.clone(),
            _ => return self.primary(within),
        };
        let is_word = self.take().is_some_and(|token| token.what == What::Not);
        self.deeper(&at)?;
        let ends = self
            .peek()
            .is_none_or(|token| matches!(token.what, What::Or | What::Close | What::And));
        if ends {
            return Err(self.lone(if is_word { "NOT" } else { "-" }, at));
        }
        let node = self.unary(within)?;
        self.depth -= 1;
        Ok(node.map(|node| Node::Not(Box::new(node))))
    }

    fn deeper(&mut self, at: &Range<usize>) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(
                at.clone(),
                format!("more than {MAX_DEPTH} brackets stand in each other here"),
                None,
            ));
        }
        Ok(())
    }

    fn primary(&mut self, within: Option<Field>) -> Parsed {
        let Some(token) = self.take() else {
            return Ok(None);
        };
        self.n_terms += 1;
        if self.n_terms > MAX_TERMS {
            return Err(self.error(
                token.at,
                format!("a search has at most {MAX_TERMS} terms"),
                None,
            ));
        }
        match token.what {
            What::Open => self.group(token.at, within),
            What::Field(name) => self.field(&name, token.at, within),
            What::Near => self.near(token.at, within),
            What::Word(word) => self.word(&word, token.at, within),
            What::Quoted(words) => {
                let is_prefix = self.takes(&What::Star).is_some();
                self.value(phrase(words, is_prefix), token.at, within)
            }
            // No term begins with these; the callers have looked.
            What::Star | What::Close | What::And | What::Or | What::Not | What::Minus => Ok(None),
        }
    }

    fn group(&mut self, open: Range<usize>, within: Option<Field>) -> Parsed {
        self.deeper(&open)?;
        let node = self.any(within)?;
        self.depth -= 1;
        if self.takes(&What::Close).is_none() {
            let end = self.query.len();
            return Err(self.error(open, "this bracket is never closed", Some((end..end, ")"))));
        }
        Ok(node)
    }

    fn field(&mut self, name: &str, at: Range<usize>, within: Option<Field>) -> Parsed {
        let Some(field) = field(name) else {
            // `entity:person:Jordan`
            if within == Some(Field::Entity) {
                return self.value_after(name, at, within);
            }
            let quoted = format!("\"{name}:\"");
            let meant = nearest_field(name).map(|near| format!("{near}:"));
            let problem = format!(
                "there is no field {name}:; there are {}; as words they stand in quotes",
                fields::names()
            );
            let by = meant.as_deref().unwrap_or(&quoted);
            return Err(self.error(at.clone(), problem, Some((at, by))));
        };
        let has_value = self.peek().is_some_and(|token| {
            matches!(
                token.what,
                What::Open | What::Word(_) | What::Quoted(_) | What::Field(_) | What::Near
            )
        });
        if !has_value {
            let problem = format!("{name}: needs a value right behind it");
            return Err(self.error(at.clone(), problem, Some((at, ""))));
        }
        self.primary(Some(field))
    }

    /// A value that holds a colon.
    fn value_after(&mut self, beginning: &str, at: Range<usize>, within: Option<Field>) -> Parsed {
        match self.take() {
            Some(Token {
                what: What::Word(rest) | What::Quoted(rest),
                at: end,
            }) => {
                let phrase = phrase(format!("{beginning}:{rest}"), false);
                self.value(phrase, at.start..end.end, within)
            }
            _ => Err(self.error(at, format!("a name is missing after {beginning}:"), None)),
        }
    }

    fn word(&mut self, word: &str, at: Range<usize>, within: Option<Field>) -> Parsed {
        if matches!(word, "and" | "or" | "not") && within.is_none() {
            self.hints.push(format!(
                "{word:?} was looked for as a word; to join terms write {}",
                word.to_uppercase()
            ));
        }
        let is_filter = !matches!(within, None | Some(Field::In(_)));
        // `date:> 2005` and `date:2005 .. 2006`
        if within == Some(Field::Date)
            && word.chars().all(|c| "<>=≤≥".contains(c))
            && let Some(Token {
                what: What::Word(day),
                at: end,
            }) = self.peek().cloned()
        {
            self.next += 1;
            return self.word(&format!("{word}{day}"), at.start..end.end, within);
        }
        let bare = word.strip_suffix('*').unwrap_or(word);
        if let Some(star) = bare.find('*')
            && !is_filter
        {
            let place = at.start + star..at.start + star + 1;
            let by = if star == 0 { "" } else { "* " };
            let problem = "a star stands at the end of a word and means how it may go on";
            let part = if star == 0 {
                place.clone()
            } else {
                place.start..at.end
            };
            return Err(self.error(place, problem, Some((part, by))));
        }
        if !is_filter && let Some((plain, pointed)) = acronym::forms(word) {
            let plain = Phrase {
                words: plain,
                is_acronym: true,
                ..Phrase::default()
            };
            let plain = self.value(plain, at.clone(), within)?;
            let pointed = self.value(phrase(pointed, false), at, within)?;
            return Ok(Some(Node::Or(plain.into_iter().chain(pointed).collect())));
        }
        let words = if is_filter { word } else { bare };
        let is_prefix = !is_filter && bare.len() < word.len();
        let phrase = phrase(words.to_owned(), is_prefix);
        self.value(phrase, at, within)
    }

    /// A word or quotation, in the field that it stands in.
    fn value(&mut self, phrase: Phrase, at: Range<usize>, within: Option<Field>) -> Parsed {
        let has_word = phrase.words.chars().any(char::is_alphanumeric);
        let column = match within {
            None => None,
            Some(Field::In(column)) => Some(column),
            Some(field) => return self.filter(field, &phrase.words, at, has_word).map(Some),
        };
        if has_word {
            return Ok(Some(text(column, vec![phrase], NEAR_DISTANCE)));
        }
        match phrase.words.as_str() {
            "&&" | "||" | "|" => {
                let operator = if phrase.words == "&&" { "AND" } else { "OR" };
                let problem = format!("{} joins nothing; write {operator}", phrase.words);
                Err(self.error(at.clone(), problem, Some((at, operator))))
            }
            _ if phrase.is_prefix => Err(self.error(
                at.clone(),
                "a star needs the beginning of a word before it",
                Some((at, "")),
            )),
            // Marks alone are in no index: `Marks & Spencer`.
            _ => Ok(None),
        }
    }

    fn filter(
        &self,
        field: Field,
        value: &str,
        at: Range<usize>,
        has_word: bool,
    ) -> Result<Node, QueryError> {
        if !has_word {
            return Err(self.error(at, "a value is missing here", None));
        }
        match test(field, value) {
            Ok(test) => Ok(Node::Filter(Filter { test, at })),
            Err((problem, meant)) => {
                let meant = meant.as_deref().map(|meant| (at.clone(), meant));
                Err(self.error(at, problem, meant))
            }
        }
    }

    fn bracket_of_near(&mut self, near: &Range<usize>) -> Result<Range<usize>, QueryError> {
        let problem = "NEAR stands before its words in brackets, as in NEAR(harbour strike, 5); as a word it stands in quotes";
        let open = self.takes(&What::Open);
        open.ok_or_else(|| self.error(near.clone(), problem, None))
    }

    /// `NEAR(harbour strike, 5)`
    fn near(&mut self, at: Range<usize>, within: Option<Field>) -> Parsed {
        let column = match within {
            None => None,
            Some(Field::In(column)) => Some(column),
            Some(_) => {
                return Err(self.error(
                    at,
                    "NEAR joins words of the text, not values of a field",
                    None,
                ));
            }
        };
        let open = self.bracket_of_near(&at)?;
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut distance = None;
        let mut is_number_due = false;
        loop {
            let Some(token) = self.take() else {
                let end = self.query.len();
                return Err(self.error(
                    open,
                    "this bracket is never closed",
                    Some((end..end, ")")),
                ));
            };
            match token.what {
                What::Close => break,
                What::Quoted(words) => {
                    let is_prefix = self.takes(&What::Star).is_some();
                    phrases.push(phrase(words, is_prefix));
                }
                What::Word(word) => {
                    for (n, part) in word.split(',').enumerate() {
                        is_number_due |= n > 0;
                        match part.parse::<u32>() {
                            _ if part.is_empty() => {}
                            Ok(number) if is_number_due => distance = Some(number),
                            _ => phrases.push(phrase(
                                part.trim_end_matches('*').to_owned(),
                                part.ends_with('*'),
                            )),
                        }
                    }
                }
                _ => return Err(self.error(token.at, "between the brackets of NEAR stand words and phrases only, then a comma and a number", None)),
            }
        }
        phrases.retain(|phrase| phrase.words.chars().any(char::is_alphanumeric));
        if phrases.len() < 2 {
            return Err(self.error(
                at,
                "NEAR needs two words or phrases, as in NEAR(harbour strike, 5)",
                None,
            ));
        }
        Ok(Some(text(
            column,
            phrases,
            distance.unwrap_or(NEAR_DISTANCE),
        )))
    }
}

fn phrase(words: String, is_prefix: bool) -> Phrase {
    Phrase {
        words,
        is_prefix,
        ..Phrase::default()
    }
}

fn text(column: Option<Column>, phrases: Vec<Phrase>, distance: u32) -> Node {
    Node::Text(Text {
        column,
        phrases,
        distance,
    })
}

fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 => None,
        1 => nodes.pop(),
        _ => Some(join(nodes)),
    }
}
