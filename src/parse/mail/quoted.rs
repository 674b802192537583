//! Older mail that an answer quotes: it is not the sender's words. It follows a line such as `On Monday, Jane Doe wrote:`, a
//! rule (`-----Original Message-----`), the header that Outlook repeats, or stands behind `>`.

use std::sync::LazyLock;

use regex::Regex;
use scraper::{Html, Selector};

/// Lines that a mail program puts above what is quoted below.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static ABOVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        // "On Tue, Jan 5, 2016 at 9:30 AM Odd Berntsen <odd@quay.example> wrote:", broken into two or three lines or not.
        r"(?im)^[ \t>*]*(?:(?:On|Am|Le|El|Il|Op|Den|Em|Em|Dnia|W dniu|Dne|Pe|Il giorno)\b[^\n]{4,200}(?:\n[^\n]{1,200}){0,2}?",
        r"\b(?:wrote|writes|schrieb|a écrit|escribió|escribio|ha scritto|scrisse|schreef|skrev|escreveu|napisał|napisał\(a\)|napsal|írta|kirjoitti)\b[^\n]{0,120}:[ \t]*$",
        r"|\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}[^\n]{0,120}<[^\n<>@]+@[^\n<>]+>[^\n]{0,20}:[ \t]*$",
        // "-----Original Message-----" in several languages.
        r"|-{3,}[ \t]*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original|ursprungligt meddelande|opprinnelig melding|oprindelig meddelelse|wiadomość oryginalna)[^\n]*-{3,}[ \t]*$",
        // Outlook: sender, then day.
        r"|\**(?:From|Von|De|Da|Van|Från|Fra|Od)\s*:\**[^\n]+\n+[ \t]*\**(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden|Skickat|Sendt|Wysłano)(?:[ \t]+(?:on|am))?\s*:[^\n]+$)",
    ))
    .expect("the pattern is constant")
});

/// Elements in which mail programs quote.
#[expect(
    clippy::expect_used,
    reason = "a constant selector; a test compiles it"
)]
static QUOTES: LazyLock<Selector> = LazyLock::new(|| {
    Selector::parse(
        "div.gmail_quote, blockquote[type=cite], blockquote.gmail_quote, .gmail_attr, .moz-cite-prefix, \
         div.yahoo_quoted, .protonmail_quote, .tutanota_quote, div[name=quote], #mailbox-conversation",
    )
    .expect("the selector is constant")
});

/// Elements behind which Outlook quotes to the end of the message.
#[expect(
    clippy::expect_used,
    reason = "a constant selector; a test compiles it"
)]
static MARKS: LazyLock<Selector> = LazyLock::new(|| {
    Selector::parse("#divRplyFwdMsg, #appendonsend, hr#stopSpelling, #reply-intro")
        .expect("the selector is constant")
});

/// A plain text without what it quotes; all of it if nothing else is there, or if the answers stand between the quotes.
pub(super) fn own_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let above = ABOVE.find(&text).map_or(text.len(), |above| above.start());
    let (head, quoted) = text.split_at(above);
    let is_unquoted = |line: &&str| !line.trim_start().starts_with('>');
    // Below the line, an answer may stand between the lines that it quotes.
    let has_marks = quoted.lines().skip(1).any(|line| !is_unquoted(&line));
    let mut own: Vec<&str> = head.lines().filter(is_unquoted).collect();
    if has_marks {
        let skipped = ABOVE.find(quoted).map_or(0, |above| above.end());
        own.extend(quoted[skipped..].lines().filter(is_unquoted));
    }
    let own = own.join("\n");
    if own.contains(char::is_alphanumeric) {
        own
    } else {
        text
    }
}

/// A page without what it quotes, or as it is if nothing else is in it.
pub(super) fn own_page(page: &str) -> Option<String> {
    let mut html = Html::parse_document(page);
    let mut quotes: Vec<_> = html.select(&QUOTES).map(|element| element.id()).collect();
    for mark in html.select(&MARKS) {
        quotes.push(mark.id());
        quotes.extend(mark.next_siblings().map(|sibling| sibling.id()));
    }
    if quotes.is_empty() {
        return None;
    }
    for id in quotes {
        if let Some(mut node) = html.tree.get_mut(id) {
            node.detach();
        }
    }
    let has_words = |text: &str| text.contains(char::is_alphanumeric);
    html.root_element()
        .text()
        .any(has_words)
        .then(|| html.html())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_the_line_of_an_answer_is_not_the_senders() {
        for above in [
            "On Tue, Jan 5, 2016 at 9:30 AM Odd Berntsen <odd@quay.example> wrote:",
            "On Tue, Jan 5, 2016 at 9:30 AM Odd Berntsen\n<odd@quay.example> wrote:",
            "Am 05.01.2016 um 09:30 schrieb Odd Berntsen:",
            "Le mar. 5 janv. 2016 à 09:30, Odd Berntsen <odd@quay.example> a écrit :",
            "El mar, 5 ene 2016 a las 9:30, Odd Berntsen (<odd@quay.example>) escribió:",
            "Il giorno mar 5 gen 2016 alle ore 09:30 Odd Berntsen ha scritto:",
            "Den tis 5 jan. 2016 kl 09:30 skrev Odd Berntsen <odd@quay.example>:",
            "2016-01-05 9:30 GMT+01:00 Odd Berntsen <odd@quay.example>:",
            "-----Original Message-----\nFrom: Odd Berntsen",
            "-----Ursprüngliche Nachricht-----\nVon: Odd Berntsen",
            "From: Odd Berntsen <odd@quay.example>\nSent: Tuesday, January 5, 2016 9:30 AM\nTo: Jamie",
            "Von: Odd Berntsen\nGesendet: Dienstag, 5. Januar 2016 09:30\nAn: Jamie",
        ] {
            let text = format!("The talks are done.\n\n{above}\nThe money is gone.\n");
            assert_eq!(own_text(&text).trim(), "The talks are done.", "{above}");
        }
    }

    #[test]
    fn answers_between_the_quoted_lines_are_the_senders() {
        let text = "On Monday, Odd Berntsen wrote:\n> Is the money gone?\nIt is.\n> And the quay?\nShut.\n";
        assert_eq!(own_text(text).trim(), "It is.\nShut.");
    }

    #[test]
    fn a_text_without_an_answer_stays() {
        for text in [
            "> All of it is quoted.\n> No word is new.",
            "On Monday the minister, who wrote:\na book, came home.",
            "From: the north came the fleet.\nIt sailed on.",
        ] {
            assert_eq!(own_text(text).trim(), text);
        }
    }

    #[test]
    fn quotes_of_a_page_go_by_the_marks_of_mail_programs() {
        for quote in [
            "<div class=\"gmail_quote\"><div class=gmail_attr>On Monday</div>The money is gone.</div>",
            "<blockquote type=\"cite\">The money is gone.</blockquote>",
            "<div id=\"divRplyFwdMsg\">From: Odd</div><div>The money is gone.</div>",
            "<hr id=\"stopSpelling\"><p>The money is gone.</p>",
        ] {
            let page = own_page(&format!(
                "<html><body><p>The talks are done.</p>{quote}</body></html>"
            ));
            let page = page.unwrap();
            assert!(page.contains("talks") && !page.contains("money"), "{page}");
        }
        assert_eq!(own_page("<p>The talks are done.</p>"), None);
    }
}
