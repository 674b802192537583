//! What stands before, between and beside the names of a byline: labels in many languages, conjunctions, picture credits.

use std::sync::LazyLock;

use regex::Regex;

#[expect(
    clippy::expect_used,
    reason = "constant patterns; the tests compile each"
)]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// What a byline begins with.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) ^\W* (?:
            (?: (?: eine?|une?|una|uma?|an?|the|el|la|le|il|der|die|das|unser|exclusive ) \s+ )?
            (?: story|text|words|article|report|analysis|opinion|review|column|comment|feature|essay|interview
              | written|posted|published|reported|created|submitted|authored|edited|photographed
              | kommentar|analyse|gastbeitrag|gastkommentar|reportage|bericht|kolumne|glosse|leitartikel|artikel
              | récit|enquête|chronique|tribune|propos\s+recueillis|texte|publié|écrit|rédigé
              | crónica|reportaje|análisis|artículo|texto|reportagem|análise|crônica|escrito|publicado|redactado|escrita
              | articolo|commento|analisi|intervista|testo|pubblicato|scritto
              | geschrieben|veröffentlicht|erstellt|verfasst|aufgezeichnet|geschreven|tekst|skrevet|skriven|publicerad|ditulis )
            \s* (?: (?: and|und|&|\+|och|og|et|y|e|i|/|en ) \s*
              (?: photos?|fotos?|bilder|photographs|pictures|photographies|immagini|zdjęcia|foto|analysis|reporting ) \s* )?
            (?: by|von|par|por|de|di|da|door|af|av|oleh|: ) \b? :?
          | a\s+cura\s+di | by | von | par | por | de | di | da | door | av | af | oleh | przez | от | scris\s+de | του | της | των
          | γράφ(?:ει|ουν)\s+(?:ο|η|οι)
          | (?: author|authors|writer|reporter|penulis|yazar|yazan|hazırlayan|haber|автор|авторы|автори|текст|подготовил|подготовила|материал
              | autor|autora|autores|autorin|autoren|auteurs?|autrice|autore|autori|autrici|forfatter|författare|redaktor|opracowanie
              | text|texto|texte|testo|tekst|teksti|words|interview|reportage|bericht|von\s+unserer?m?r?
              | írta|szerző|napsala?|συντάκτης|συντάκτρια|κείμενο|ρεπορτάζ|επιμέλεια|tác\s+giả|kirjoittaja|skribent|journalist
              | text\s+(?:och|og|und|&)\s+(?:foto|bild(?:er)?) ) \s* (?: \(s\) )?
        ) (?: \s*[:\-–—]+\s* | \s+ )
        | ^\W* (?: 作者|记者|記者|撰文|文|글|기자|取材 ) \s* [::/]? \s*",
    )
});

/// What parts names from each other and from what follows them.
static PARTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*(?:,|;|\||/|·|•|\+|&|、|\s[-–—]\s|–|—)(?:\s*(?:and|with|und|mit|et|avec|y|e|og|och|en|ve|и)\s)?\s*|\s(?:and|with|und|mit|et|avec|и|с|та|ve|ile|og|och|med|oraz|és|ja|και|met|con|com|dan|sowie|ed|și|plus)\s\s*",
    )
});

/// Conjunctions that stand inside names as well: `Ortega y Gasset`.
static WITHIN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s(?:y|e|i|en|a|Y|E|I|EN)\s"));

/// A credit for something else than the writing.
static PICTURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) (?: ^|[^\p{L}] ) (?:
            (?: photos?|photographs?|photography|pictures?|images?|illustrations?|graphics?|video|fotos?|fotografie|fotografías?
              | bild(?:er)?|grafik|zdjęci[ae]|fotoğraf|фото(?:графии)?|φωτογραφί(?:α|ες)|kuvat?|fotó|immagini|imagen|imagens
              | crédits?(?:\s+photos?)?|edited|reviewed|fact.?checked|medically\s+reviewed|translated|übersetzung|übersetzt
              | traduction|traducción|traduzione|editing|bearbeitet|kamera|camera|montage|infografik|infographics?|produced )
            (?: \s+(?:by|von|par|por|di|de|da|af|av|door|courtesy|credit)\b | \s*[:/] | \s*©)
          | © ) .*? (?: (?P<next> [\s,;|/]+ (?:text|texte|texto|testo|tekst|words|story|текст) \s* : ) | $ )",
    )
});

/// Cuts the labels off the beginning.
pub(super) fn cut(text: &str) -> &str {
    const MAX_LABELS: usize = 3;
    let mut rest = text;
    for _ in 0..MAX_LABELS {
        match LABEL.find(rest) {
            Some(label) if label.end() < rest.len() => rest = &rest[label.end()..],
            _ => break,
        }
    }
    rest
}

/// Drops picture credits. `Text and photos by Ida Holm` is no such thing.
pub(super) fn without_pictures(text: &str) -> String {
    let kept = cut(text);
    PICTURES.replace_all(kept, "$next").into_owned()
}

/// The parts of a byline, one for each name or other thing.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in PARTED.split(text) {
        let mut rest = part;
        while let Some(link) = WITHIN
            .find_iter(rest)
            .find(|link| is_between_names(rest, link.start(), link.end()))
        {
            parts.push(&rest[..link.start()]);
            rest = &rest[link.end()..];
        }
        parts.push(rest);
    }
    parts
}

/// Whether two capitalized words stand on either side.
fn is_between_names(text: &str, start: usize, end: usize) -> bool {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let before = text[..start].split_whitespace().rev().take(2);
    let after = text[end..].split_whitespace().take(2);
    before.filter(|word| is_capital(word)).count() == 2
        && after.filter(|word| is_capital(word)).count() == 2
}
