//! What lines of furniture say, in the words of the trade: pointers, calls to act, captions, notices.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

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

/// Whether a line is a picture's caption by its credit.
pub(super) fn is_caption(line: &str) -> bool {
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\bfile photo\b|\(ap photo|\((?:photo|image|picture|credit|photograph|illustration|courtesy|screenshot)[^)]*\)\W*$|\b(?:getty images|shutterstock|istock|via reuters|ap photo|via ap|afp via)[^.]{0,40}\W*$|\((?:[^()]{1,40}/)?(?:ap|afp|reuters|getty|epa|epa-efe|upi|nasa[^)]{0,30})\)$|^(?:photo|image|picture|credit|foto|фото)s?\b.{0,60}$",
        )
    });
    line.split(' ').count() <= MAX_CAPTION_WORDS && CREDIT.is_match(line) && !line.contains("” ")
}

/// Whether a line is about the page and not of its story: how long it takes to read, how it is cited, who must agree before
/// something of another site is shown.
pub(super) fn is_notice(line: &str) -> bool {
    const MAX_WORDS: usize = 80;
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        let patterns = [
            r"^(?:reading time|read time|time to read|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|leestijd|læsetid|lesetid|lästid|lukuaika|czas czytania|время (?:на )?чтени[ея]|okuma süresi|阅读时间|読了時間)\b[^.!?]{0,40}$",
            r"^\W*(?:ca\. ?|about |approx\. ?)?\d+ ?[-–]? ?(?:\d+ ?)?(?:min(?:uten?|utos?|uti|uut|uter|utter|utes?|ut)?s?\b\.?|минут[аы]?|мин\.?|分钟?) ?(?:read|reading|listen|lesezeit|lesedauer|(?:de |to )?lecture|de lectura|de leitura|di lettura|leestijd|læsetid|lesetid|läsning|lästid|lukuaika|czytania|чтения|okuma|阅读|で読めます)$",
            r"^(?:citation|cite this(?: article| page| story)?|cite as|how to cite(?: this article)?|recommended citation|zitierhinweis|zitierweise|citer cet article|cómo citar|come citare|como citar)\b.*(?:retrieved|https?://|www\.|\bdoi\b|\b(?:19|20)\d\d\b|:$)",
            r"^(?:this document is subject to copyright|apart from any fair dealing|the content is provided for information purposes only|(?:more information|journal information|doi) ?:.*(?:\bdoi\b|10\.\d{4}))",
            r"(?:we ask for your permission before anything is loaded|(?:contains|includes) content provided by \S+(?: \S+){0,3}\. we ask|to (?:view|see|show|display) this (?:content|embed|post|video|tweet)[^.]{0,40}(?:accept|allow|enable|consent|agree)|(?:accept|allow|enable|agree to)[^.]{0,60} to (?:view|see|show|display) this (?:content|embed|post|video|tweet)|this (?:content|embed|post) (?:is|was|could not be) (?:hosted|blocked|loaded|displayed|not displayed)[^.]{0,80}(?:consent|cookie|privacy|preferences)|damit einverstanden, dass mir externe|an dieser stelle finden sie (?:einen )?extern|empfohlener (?:redaktioneller|externer) inhalt|(?:um|zum) (?:diesen|den|externe[nr]?) (?:inhalte?|beitrag|video)[^.]{0,40}(?:anzuzeigen|zu sehen|zu laden)|pour (?:afficher|voir|consulter|visionner) ce(?:tte)? (?:contenu|vidéo|publication)|ce contenu (?:est|a été|n['’]est) (?:bloqué|pas disponible)|para (?:ver|visualizar|mostrar) (?:este|esse|esta) (?:contenido|conteúdo|vídeo|publicación)|per (?:visualizzare|vedere) questo (?:contenuto|video)|om (?:deze|dit) (?:inhoud|content|bericht|video) te (?:tonen|bekijken|zien)|чтобы (?:посмотреть|увидеть) это)",
        ];
        pattern(&format!("(?i)(?:{})", patterns.join("|")))
    });
    line.split(' ').count() <= MAX_WORDS && !line.contains(['“', '„', '«']) && NOTICE.is_match(line)
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
        "abonnier",
        "anmelden",
        "posteingang",
        "inscrivez-vous",
        "abonnez-vous",
        "boîte mail",
        "suscríbete",
        "suscríbase",
        "boletín",
        "regístrate",
        "inscreva-se",
        "assine",
        "iscriviti",
        "подпишитесь",
        "рассылк",
        "nieuwsbrief",
        "schrijf je in",
        "nyhetsbrev",
        "nyhedsbrev",
        "tilmeld",
        "prenumerera",
        "zapisz się",
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
