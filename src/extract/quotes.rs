//! Direct quotations, with the verb that attributes them and the person or body that speaks.

mod marks;
mod speakers;

use crate::domain::analysis::{Analysis, Quote};

/// Fewer words than this are a turn of phrase, not a statement.
const MIN_WORDS: usize = 3;

pub(super) fn find(body: &str, analysis: &Analysis) -> Vec<Quote> {
    if !body.contains(['"', '“', '‘', '\'']) {
        return Vec::new();
    }
    let characters: Vec<char> = body.chars().collect();
    let pieces = marks::pieces(&characters);
    let article = speakers::Article::new(&characters, analysis, &pieces);
    let mut quotes: Vec<Quote> = Vec::new();
    // The attribution of the piece before, and where that piece ended.
    let mut before: Option<(usize, speakers::Attribution)> = None;
    for piece in &pieces {
        let text: String = characters[piece.span.start..piece.span.end]
            .iter()
            .collect();
        let own = article.attribution(piece.span, &quotes);
        let inherited = before
            .as_ref()
            .filter(|(end, _)| piece.continues || article.goes_on(*end, piece.span.start))
            .map(|(_, attribution)| attribution.clone());
        let attribution = match own {
            Some(own) if own.speaker.is_none() && piece.continues => inherited.or(Some(own)),
            own => own.or(inherited),
        };
        before = attribution
            .clone()
            .map(|attribution| (piece.span.end, attribution));
        if text.split_whitespace().count() < MIN_WORDS {
            continue;
        }
        let attribution = attribution.unwrap_or_default();
        quotes.push(Quote {
            span: piece.span,
            text,
            speaker: attribution.speaker,
            cue: attribution.cue,
        });
    }
    speakers::carry_back(&pieces, &mut quotes);
    quotes
}

#[cfg(test)]
mod tests;
