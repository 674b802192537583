//! What a text says, without the lines that a site or an agency adds around it. Two texts of the same essence are one article.

use super::{byline, dateline, foot, furniture, printed_date};
use crate::domain::article::Article;

/// The body without recognized boilerplate at its ends: site furniture, byline, date line, dateline, agency sign-off, credits.
/// Parsers take these off where their format tells them apart; this does the same to what is left in a body.
#[must_use]
pub fn essence(body: &str) -> String {
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut paragraphs: Vec<String> = lines.map(str::to_owned).collect();
    let mut head = Article::default();
    furniture::trim(&mut paragraphs);
    let n_head = paragraphs
        .iter()
        .take(paragraphs.len().saturating_sub(1))
        .take_while(|line| {
            furniture::is_furniture(line)
                || printed_date::is_only_date(line)
                || byline::take(line, &mut head)
        })
        .count();
    paragraphs.drain(..n_head);
    dateline::take(&mut paragraphs, &mut head);
    foot::take(&mut paragraphs, &mut Article::default());
    furniture::trim(&mut paragraphs);
    if paragraphs.is_empty() {
        // Nothing else is there, so this is what it says.
        return body.to_owned();
    }
    paragraphs.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The council met on Monday.\n\nIt voted for the bridge, its chair said.";

    #[test]
    fn recognized_boilerplate_does_not_belong_to_the_essence() {
        let same = [
            format!("Share this article\n\n{TEXT}"),
            format!("By Jane Doe, AP\n\n{TEXT}"),
            format!("Published: 5 January 2016\n\n{TEXT}"),
            format!("BERGEN, Jan. 5 (AP) -- {TEXT}"),
            format!("{TEXT} (AP)"),
            format!("{TEXT}\n\n(Reporting by Jane Doe; Editing by John Roe)"),
            format!("{TEXT}\n\nRead more: Ferry line shut for a year"),
            format!("{TEXT}\n\nSign up for our morning letter"),
            format!("{TEXT}\n\n© 2016 The Bergen Courier. All rights reserved."),
        ];
        for text in same {
            assert_eq!(essence(&text), essence(TEXT), "{text}");
        }
    }

    #[test]
    fn any_other_words_do() {
        let other = [
            format!("The mayor resigned on Friday.\n\n{TEXT}"),
            format!("{TEXT}\n\nThe mayor resigned on Friday."),
            format!("{TEXT}\n\nCorrection: it was Anne Dahl, not Kari Holm."),
            format!("{TEXT}\n\nCorrection, Friday: the chair is Anne Dahl."),
            format!("{TEXT}\n\nThe chair, Anne Dahl, died on Friday."),
            format!("Mayor resigns\n\n{TEXT}"),
            format!("{TEXT}\n\nRegister of voters closed on Friday."),
            format!("{TEXT}\n\nMore arrests followed on Friday."),
            format!("{TEXT}\n\nUpdate: the bridge fell."),
            TEXT.replace("bridge", "tunnel"),
        ];
        for text in other {
            assert_ne!(essence(&text), essence(TEXT), "{text}");
        }
    }
}
