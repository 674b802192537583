//! Letters that the index keeps as they are, ø and ł and ß: it folds accents, but these are letters of their own. A word is
//! therefore looked for in every spelling that the index holds, so that `okland` finds Økland and the other way round; and a
//! name with umlauts also as it is spelled out, `Müller` as Mueller, and the other way round.

use rusqlite::params;

use super::super::StoreError;
use super::matching::Matching;
use crate::domain::query::{Node, Phrase, Text};
use crate::text::normalize::{fold, spelled_out, umlauted};
use crate::text::terms::{has_unspaced, terms};

/// What may stand for letters in a folded word. FTS5 folds all other letters itself.
const LETTERS: [(&str, &str); 13] = [
    ("o", "ø"),
    ("l", "ł"),
    ("d", "đ"),
    ("d", "ð"),
    ("i", "ı"),
    ("h", "ħ"),
    ("n", "ŋ"),
    ("t", "ŧ"),
    ("ss", "ß"),
    ("ae", "æ"),
    ("oe", "œ"),
    ("th", "þ"),
    ("e", "ə"),
];

/// So many letters of a word are replaced at once, and so many spellings of it are looked up.
const MAX_REPLACED: usize = 4;
const MAX_TRIED: usize = 400;

/// The most articles that are read to see how they print a word.
const MAX_READ: i64 = 100;

/// So many spellings of a phrase are looked for.
const MAX_PHRASES: usize = 24;

impl Matching<'_> {
    /// The query with each word in every spelling that the archive has.
    pub(super) fn with_spellings(&self, node: &Node) -> Result<Node, StoreError> {
        let all = |nodes: &[Node]| -> Result<Vec<Node>, StoreError> {
            nodes.iter().map(|node| self.with_spellings(node)).collect()
        };
        Ok(match node {
            Node::And(nodes) => Node::And(all(nodes)?),
            Node::Or(nodes) => Node::Or(all(nodes)?),
            Node::Not(node) => Node::Not(Box::new(self.with_spellings(node)?)),
            Node::Text(text) => self.spellings(text)?,
            Node::Filter(_) => node.clone(),
        })
    }

    fn spellings(&self, text: &Text) -> Result<Node, StoreError> {
        let mut choices: Vec<Vec<Phrase>> = vec![Vec::new()];
        for phrase in &text.phrases {
            let own = self.spellings_of(phrase)?;
            choices = choices
                .iter()
                .flat_map(|before| {
                    own.iter()
                        .map(|phrase| [before.as_slice(), std::slice::from_ref(phrase)].concat())
                })
                .take(MAX_PHRASES)
                .collect();
        }
        let mut nodes = choices.into_iter().map(|phrases| {
            Node::Text(Text {
                phrases,
                ..text.clone()
            })
        });
        Ok(match (nodes.next(), nodes.len()) {
            (Some(only), 0) => only,
            (first, _) => Node::Or(first.into_iter().chain(nodes).collect()),
        })
    }

    /// The phrase as typed, and in the other spellings of its words.
    fn spellings_of(&self, phrase: &Phrase) -> Result<Vec<Phrase>, StoreError> {
        let mut spellings = vec![phrase.words.clone()];
        if !has_unspaced(&phrase.words) {
            let plain = folded(&phrase.words);
            for typed in [Some(phrase.words.clone()), spelled_out(&phrase.words)] {
                let Some(typed) = typed else { continue };
                for spelling in self.in_letters(&typed, phrase.is_prefix)? {
                    // FTS5 takes the plain one for the typed one, unless letters were folded that it does not fold.
                    let is_typed = spelling == plain && is_folded_by_fts(&phrase.words);
                    if !is_typed && !spellings.contains(&spelling) {
                        spellings.push(spelling);
                    }
                }
            }
        }
        spellings.truncate(MAX_PHRASES);
        let with = |words: String| Phrase {
            words,
            ..phrase.clone()
        };
        Ok(spellings.into_iter().map(with).collect())
    }

    fn in_letters(&self, words: &str, is_prefix: bool) -> Result<Vec<String>, StoreError> {
        let terms = terms(words);
        let mut phrases = vec![String::new()];
        for (n, term) in terms.iter().enumerate() {
            let is_beginning = is_prefix && n + 1 == terms.len();
            let mut found = Vec::new();
            let folded = fold(&words[term.range.clone()]);
            for spelling in variants(&folded, is_beginning) {
                if self.has_word(&spelling, is_beginning)? {
                    found.push(spelling);
                }
            }
            for written in umlauted(&folded) {
                for spelling in variants(&fold(&written), is_beginning) {
                    if !found.contains(&spelling)
                        && self.prints_umlauts(&spelling, &folded, is_beginning)?
                    {
                        found.push(spelling);
                    }
                }
            }
            phrases = phrases
                .iter()
                .flat_map(|before| {
                    found.iter().map(move |word| match before.as_str() {
                        "" => word.clone(),
                        before => format!("{before} {word}"),
                    })
                })
                .take(MAX_PHRASES)
                .collect();
        }
        Ok(phrases)
    }

    /// Whether an article that holds a word prints it with umlauts, such that it spells out to what was typed: `muller` for
    /// `mueller`, but not `du` for `due`. The latest of the articles tell.
    fn prints_umlauts(
        &self,
        word: &str,
        typed: &str,
        is_beginning: bool,
    ) -> Result<bool, StoreError> {
        let phrase = phrase_of(word, is_beginning);
        let mut select = self.reader.connection.prepare_cached(
            "select title, body
             from articles
             where id in (select rowid from articles_fts where articles_fts match ?1 order by rowid desc limit ?2)",
        )?;
        let mut rows = select.query(params![phrase, MAX_READ])?;
        while let Some(row) = rows.next()? {
            for column in 0..2 {
                let text: String = row.get(column)?;
                let is_printed = terms(&text).iter().any(|term| {
                    spelled_out(&text[term.range.clone()])
                        .map(|spelled| fold(&spelled))
                        .is_some_and(|spelled| {
                            spelled == typed || is_beginning && spelled.starts_with(typed)
                        })
                });
                if is_printed {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn has_word(&self, word: &str, is_beginning: bool) -> Result<bool, StoreError> {
        let phrase = phrase_of(word, is_beginning);
        let mut select = self
            .reader
            .connection
            .prepare_cached("select 1 from articles_fts where articles_fts match ?1 limit 1")?;
        Ok(select.exists(params![phrase])?)
    }
}

fn phrase_of(word: &str, is_beginning: bool) -> String {
    format!("\"{word}\"{}", if is_beginning { " *" } else { "" })
}

fn folded(words: &str) -> String {
    let words = terms(words).into_iter().map(|term| term.folded);
    words.collect::<Vec<_>>().join(" ")
}

fn is_folded_by_fts(words: &str) -> bool {
    let words = words.to_lowercase();
    !LETTERS.iter().any(|(_, letter)| words.contains(letter))
}

/// A folded word, and with some of its letters as they may be printed; fewer replaced first. The beginning of a word may end
/// within what stands for a letter.
fn variants(folded: &str, is_beginning: bool) -> Vec<String> {
    let mut variants = vec![folded.to_owned()];
    if let Some(last) = folded.chars().next_back().filter(|_| is_beginning) {
        let cut = LETTERS
            .iter()
            .filter(|(plain, _)| plain.len() > 1 && plain.starts_with(last));
        let before = &folded[..folded.len() - last.len_utf8()];
        variants.extend(cut.map(|(_, letter)| format!("{before}{letter}")));
    }
    if folded.chars().all(|c| c.is_ascii_digit()) {
        return variants;
    }
    // What each was made from, from where on more may be replaced.
    let mut last: Vec<(String, usize)> = vec![(folded.to_owned(), 0)];
    for _replaced in 0..MAX_REPLACED {
        let mut next = Vec::new();
        for (word, from) in &last {
            for (plain, letter) in LETTERS {
                let places = word[*from..].match_indices(plain);
                next.extend(places.map(|(at, _)| {
                    let at = from + at;
                    let made = format!("{}{letter}{}", &word[..at], &word[at + plain.len()..]);
                    (made, at + letter.len())
                }));
            }
        }
        variants.extend(next.iter().map(|(word, _)| word.clone()));
        if variants.len() >= MAX_TRIED || next.is_empty() {
            break;
        }
        last = next;
    }
    variants.truncate(MAX_TRIED);
    variants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_word_has_the_spellings_of_its_letters() {
        let has = |folded: &str, word: &str| variants(folded, false).iter().any(|one| one == word);
        for (folded, printed) in [
            ("okland", "økland"),
            ("orkenlokken", "ørkenløkken"),
            ("strasse", "straße"),
            ("walesa", "wałesa"),
            ("thordur", "þorður"),
            ("aethel", "æthel"),
            ("leboeuf", "lebœuf"),
        ] {
            let bare: String = fold(printed);
            assert_eq!(bare, folded);
            let indexed = printed.replace(['ú', 'ü'], "u");
            assert!(has(folded, &indexed), "{folded} {indexed}");
        }
        assert_eq!(variants("2021", false), ["2021"]);
        assert!(variants("straus", true).contains(&"strauß".to_owned()));
        assert!(variants("hollandstilletidligheden", true).len() <= MAX_TRIED);
    }
}
