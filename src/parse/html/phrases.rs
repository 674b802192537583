//! What lines of furniture say, in the words of the trade: lines that end an article, lines that stand in its way.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// Headings and labels that point elsewhere; the article may go on behind them.
const POINTERS: &[&str] = &[
    "read more",
    "read next",
    "read also",
    "also read",
    "see also",
    "related",
    "recommended",
    "you may also like",
    "you might also like",
    "leia também",
    "leia mais",
    "veja também",
    "te puede interesar",
    "lee también",
    "mehr zum thema",
    "lesen sie auch",
    "lire aussi",
    "à lire aussi",
    "leggi anche",
    "potrebbe interessarti anche",
    "читайте также",
    "lees ook",
    "læs også",
    "les også",
    "don't miss",
    "don’t miss",
    "trending",
    "up next",
    "related articles",
    "related stories",
    "related content",
    "most read",
    "sponsored content",
];

/// Headings and labels after which nothing of the article follows.
const ENDS: &[&str] = &[
    "related",
    "related articles",
    "related stories",
    "related content",
    "related news",
    "related topics",
    "related posts",
    "related links",
    "related coverage",
    "related reading",
    "related video",
    "related videos",
    "related items",
    "you may also like",
    "you might also like",
    "you may like",
    "you might like",
    "recommended",
    "recommended for you",
    "recommended stories",
    "more from",
    "more stories",
    "more news",
    "more on this story",
    "more on this topic",
    "read next",
    "read more",
    "up next",
    "next up",
    "most read",
    "most popular",
    "trending",
    "trending now",
    "popular stories",
    "popular posts",
    "latest news",
    "latest stories",
    "top stories",
    "editors' picks",
    "editor's picks",
    "comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "add a comment",
    "join the conversation",
    "join the discussion",
    "view comments",
    "show comments",
    "about the author",
    "about the authors",
    "about author",
    "share this",
    "share this article",
    "share this story",
    "share this post",
    "filed under",
    "sponsored content",
    "from around the web",
    "around the web",
    "promoted stories",
    "explore more",
];

/// The same in other tongues.
const ENDS_ABROAD: &[&str] = &[
    "leia também",
    "leia mais",
    "veja também",
    "notícias relacionadas",
    "artigos relacionados",
    "mais lidas",
    "comentários",
    "deixe um comentário",
    "artículos relacionados",
    "noticias relacionadas",
    "te puede interesar",
    "lee también",
    "lo más leído",
    "comentarios",
    "deja un comentario",
    "deja una respuesta",
    "mehr zum thema",
    "lesen sie auch",
    "das könnte sie auch interessieren",
    "auch interessant",
    "kommentare",
    "verwandte artikel",
    "verwandte themen",
    "ähnliche artikel",
    "lire aussi",
    "à lire aussi",
    "sur le même sujet",
    "articles similaires",
    "commentaires",
    "laisser un commentaire",
    "leggi anche",
    "articoli correlati",
    "potrebbe interessarti anche",
    "commenti",
    "lascia un commento",
    "читайте также",
    "комментарии",
    "lees ook",
    "læs også",
    "les også",
];
static IN_THE_WAY: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        // Pointers to other articles.
        r"^(?:(?:also )?(?:read|see|watch|listen|click|check out|explore|more|recommended|related|view)(?: (?:more|also|next|now|related|here|this|on|from|the|story|article|video|full)){0,3}|also|in pictures|photos|gallery|video|must[- ]reads?|don['’]t miss|up next|next|previous|see also|further reading|leia(?: também| mais)?|veja(?: também| mais)?|saiba mais|lee(?: también)?|ver más|lire(?: aussi)?|à lire|lesen sie(?: auch)?|mehr|leggi(?: anche)?|читайте(?: также)?)\s*(?::|>|»|–|—|\|)",
        // Calls to do something.
        r"^(?:sign up|subscribe|follow (?:us|me|him|her|them|[\p{L} .'’]{2,40} on)|share (?:this|on|via|with)|like us|download (?:the|our)|get (?:our|the) (?:app|latest|newsletter|best|day|top)|join (?:our|us|the conversation|now)|click (?:here|to|on)|tap (?:here|to)|log ?in|sign in|register|support (?:us|our)|donate|buy (?:now|tickets|it)|stay (?:up to date|informed|tuned)|send (?:us|tips|your)|contact (?:us|the (?:author|reporter|writer))|e-?mail (?:us|the)|write to|have (?:a|you)? ?(?:news )?(?:tip|story)|got a (?:news )?(?:tip|story)|do you have a|want (?:more|to|the)|enjoy(?:ed)? this|like (?:this|what you)|see (?:more|all|full)|show (?:more|all|less)|load(?:ing)?(?: more)?|view (?:all|more|comments|gallery|on|image|this|photos|slideshow)|print(?: this)?|copy link|skip (?:to|ad)|continue reading|story continues|article continues|keep reading|adverti[sz]ements?|advert$|related (?:news|roundup|articles?|stories|topics|content)|don.t miss$|scroll (?:down|to)|swipe|play video|watch (?:live|now|the video|video|more|below)|listen (?:to|now|live)|leave a|post a comment|add a comment|\d+ comments?\b|comments? \(?\d*)",
        // Legal and technical lines.
        r"^(?:©|\(c\)|copyright|all rights reserved|all (?:photos|images) (?:by|courtesy)|image(?:s)?(?: source| credit| copyright| caption)?\s*[:©]|photo(?:s|graph)?(?: credit| by| courtesy| source)?\s*:|photo(?:s|graph)? (?:by|courtesy|credit)|picture\s*:|pic(?:s)?\s*:|credit(?:s)?\s*:|source\s*:\s*\S+(?: \S+){0,3}$|foto(?:s)?\s*[:/]|crédito|getty images|reuters/|ap photo|file photo|media (?:playback|caption)|this (?:video|content|browser|site|page) (?:is|can|cannot|does)|your browser|javascript|cookies?\b|by clicking|by submitting|by signing|we use cookies|terms of|privacy policy|topics?\s*:|tags?(?:\s*:|\s.*,)|filed under|categor(?:y|ies)\s*:|labels?\s*:|keywords?\s*:|posted (?:in|on|by|at)|published (?:on|at|by|in)?\s*:?\s*(?:\w+ ?){0,2}\d|(?:last )?updated(?: on| at)?\s*:?\s*(?:\w+,? ?){0,3}\d|first published|(?:\d+ )?min(?:ute)?s? read|reading time|share$|tweet$|whatsapp$|facebook$|twitter$|email$|print$|save$)",
    ];
    pattern(&format!("(?i){}", patterns.join("|")))
});

/// A longer line, in words, tells more than a picture shows.
const MAX_CAPTION_WORDS: usize = 60;

/// A longer line, in words, is a sentence of somebody's.
const MAX_WORDS: usize = 30;

/// What a label says of what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The article is over.
    End,
    /// Pointers to other articles follow.
    Pointer,
}

/// What a line says of what follows it, where it says so.
pub(super) fn label(line: &str) -> Option<Label> {
    let folded = line.to_lowercase();
    let bare = folded
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_series = [
        "more from ",
        "more in ",
        "more on ",
        "more great ",
        "more stories",
        "read more ",
    ]
    .iter()
    .any(|start| bare.starts_with(start));
    if POINTERS.contains(&bare) || is_series && bare.split(' ').count() < 8 {
        return Some(Label::Pointer);
    }
    (ENDS.contains(&bare) || ENDS_ABROAD.contains(&bare)).then_some(Label::End)
}

/// Whether a line is a picture's caption by its credit.
pub(super) fn is_caption(line: &str) -> bool {
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\bfile photo\b|\(ap photo|\((?:photo|image|picture|credit|photograph|illustration|courtesy|screenshot)[^)]*\)\W*$|\b(?:getty images|shutterstock|istock|via reuters|ap photo|via ap|afp via)[^.]{0,40}\W*$|\((?:[^()]{1,40}/)?(?:ap|afp|reuters|getty|epa|epa-efe|upi|nasa[^)]{0,30})\)$|^(?:photo|image|picture|credit|foto|фото)s?\b.{0,60}$",
        )
    });
    line.split(' ').count() <= MAX_CAPTION_WORDS && CREDIT.is_match(line) && !line.contains("” ")
}

/// Whether a text offers the outlet's services: two words of the trade at least.
pub(super) fn is_offer(text: &str) -> bool {
    const OFFERS: &[&str] = &[
        "subscribe",
        "subscription",
        "newsletter",
        "sign up",
        "inbox",
        "free trial",
        "click here",
        "download",
        "discount",
        "promo code",
        "use the code",
        "our app",
        "follow us",
        "issues for",
        "membership",
        "our emails",
        "unsubscribe",
        "privacy policy",
        "donate",
    ];
    let folded = text.to_lowercase();
    text.split(' ').count() <= MAX_CAPTION_WORDS
        && OFFERS
            .iter()
            .filter(|offer| folded.contains(**offer))
            .count()
            >= 2
}

/// Whether a text near the end tells who wrote the article.
pub(super) fn is_life(text: &str, authors: &[String]) -> bool {
    const SIGNS: &[&str] = &[
        "follow him",
        "follow her",
        "follow them",
        "follow me",
        "follow us",
        "follow @",
        "on twitter @",
        "on twitter:",
        "email him",
        "email her",
        "can be reached at",
        "reach him at",
        "reach her at",
        "contact him",
        "contact her",
    ];
    const TRADES: &[&str] = &[
        "writer",
        "reporter",
        "editor",
        "journalist",
        "correspondent",
        "contributor",
        "columnist",
        "freelance",
        "author of",
        "covers",
        "professor",
        "fellow",
        "curator",
        "producer",
        "blogger",
        "founder",
        "expert",
    ];
    let folded = text.to_lowercase();
    let names_author = authors.iter().any(|author| {
        folded.starts_with(&author.to_lowercase())
            || folded.starts_with(&format!("about {}", author.to_lowercase()))
    });
    text.split(' ').count() <= 90
        && (SIGNS.iter().any(|sign| folded.contains(sign))
            || names_author
                && (TRADES.iter().any(|trade| folded.contains(trade))
                    || text.split(' ').count() <= 4))
}

/// Whether a line is in the article's way: a pointer elsewhere, a call to act, a credit. A full sentence without a link is
/// the writer's own.
pub(super) fn is_in_the_way(line: &str, is_linked: bool) -> bool {
    const MAX_LABEL_WORDS: usize = 12;
    let n_words = line.split(' ').count();
    let is_sentence = n_words > MAX_LABEL_WORDS && line.ends_with(['.', '!', '?', '”', '"']);
    n_words <= MAX_WORDS
        && (is_linked || !is_sentence)
        && IN_THE_WAY.is_match(
            line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '('),
        )
}
