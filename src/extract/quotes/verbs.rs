//! The words around a quotation: verbs of saying in any form, what else can be a verb, and the small words that bound a subject.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Verbs that attribute, in their plain form.
const SAY: &str = "add admit advise acknowledge affirm agree allege announce answer argue ask assert assure attest begin believe \
    boast caution claim comment complain concede conclude confess confide confirm continue contend counter declare demand deny \
    disclose emphasise emphasize estimate exclaim explain fear feel forecast grumble hint hope imply indicate inform insist \
    interject joke lament maintain muse mention note object observe opine plead pledge point post predict proclaim promise propose \
    protest quip quote read reason recall reckon recollect recount reflect reiterate relate remark remember remind repeat reply \
    report respond retort reveal say shout signal speculate state stress submit suggest summarise summarize tell testify think \
    tweet underline underscore urge vow warn whisper wonder worry write yell scream";

/// Verbs whose object is quoted: "called it", "accused her of".
const CALL: &str = "accuse attack blame blast brand call condemn criticise criticize dedicate denounce deride describe dismiss dub \
    hail label liken mock praise refer slam speak talk thank welcome";

/// Forms that no rule makes.
const IRREGULAR: [(&str, &str); 19] = [
    ("said", "say"),
    ("told", "tell"),
    ("wrote", "write"),
    ("written", "write"),
    ("thought", "think"),
    ("felt", "feel"),
    ("began", "begin"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("sagte", "say"),
    ("sagt", "say"),
    ("erklärte", "explain"),
    ("meinte", "say"),
    ("betonte", "stress"),
    ("schrieb", "write"),
    ("dit", "say"),
    ("déclare", "declare"),
    ("déclaré", "declare"),
    ("explique", "explain"),
];

/// Verbs that no rule tells by their ending, for places where only a verb can stand.
const STRONG: &str = "went sang spat swore shot hit put cut read held broke spoke drew struck rang rose came gave made sent swept \
    shook took stood sat left turned wept rolled bit hung affirme affirmé ajoute ajouté expliqué raconte estime rief fragte fügte";

/// Words with a verb's ending that are none.
const NO_VERBS: &str = "as this his its was is has does yes perhaps always besides towards afterwards backwards plus versus thus \
    unless whereas across less news alas indeed need speed hundred red years months weeks days hours minutes times others \
    sometimes nowadays";

const AUXILIARIES: &str = "has had have having would will could should may might must did does do was were is are be been being \
    can cannot also later then once";

const PREPOSITIONS: &str = "of for to from with by at in on about against behind between than near under over into including \
    beside besides alongside around outside inside like without within among amongst through via toward towards upon across \
    regarding concerning during onto off past près de du des von zu bei";

const CLAUSES: &str = "that who whom whose which where when while after before because if though although since until unless as \
    and but or nor so yet whereas whether how why what";

const DETERMINERS: &str = "the a an this that these those his her its their our my one another some any each every no both all \
    several many most other der die das le la les un une";

const TIMES: &str = "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march \
    april may june july august september october november december later earlier recently afterwards again here there now then \
    last late early this next morning afternoon evening night week month year";

/// Names in these words are the speaker's: "her claim that …".
const SPEECH_NOUNS: &str = "claim claims comment comments remark remarks description promise pledge warning insistence words view \
    admission assertion suggestion statement complaint call";

/// Those who speak without a name.
const NAMELESS: &str = "spokesman spokeswoman spokesperson official source analyst dealer trader economist minister witness man woman \
    boy girl doctor judge officer player coach manager captain chairman chairwoman president chief executive director head leader \
    lawyer secretary mother father wife husband son daughter brother sister friend colleague neighbour neighbor chancellor \
    governor mayor banker broker farmer expert researcher professor star singer actor actress writer author student victim \
    defendant another other aide adviser advisor diplomat negotiator delegate senator lawmaker boss striker defender owner \
    commissioner ambassador teacher driver resident passenger worker soldier partner master clerk guard pilot striker keeper goalkeeper bishop archbishop priest \
    prince princess king queen duke engineer scientist doctor nurse juror prosecutor detective inspector caller reader";

const PRONOUNS: &str = "he she they we i you it who him them us me";

/// The lists in which a word may stand, each with its bit.
const LISTS: [(u16, &str); 9] = [
    (AUXILIARY, AUXILIARIES),
    (PREPOSITION, PREPOSITIONS),
    (CLAUSE, CLAUSES),
    (DETERMINER, DETERMINERS),
    (PRONOUN, PRONOUNS),
    (TIME, TIMES),
    (PERSON, NAMELESS),
    (NO_VERB, NO_VERBS),
    (IRREGULAR_VERB, STRONG),
];

const AUXILIARY: u16 = 1;
const PREPOSITION: u16 = 2;
const CLAUSE: u16 = 4;
const DETERMINER: u16 = 8;
const PRONOUN: u16 = 16;
const TIME: u16 = 32;
const PERSON: u16 = 64;
const NO_VERB: u16 = 128;
const IRREGULAR_VERB: u16 = 256;

/// Words that are no noun, adjective or verb.
const SMALL: u16 = AUXILIARY | PREPOSITION | CLAUSE | DETERMINER | PRONOUN;

static WORDS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (bit, list) in LISTS {
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= bit;
        }
    }
    words
});

/// Every form of the verbs with its plain form.
static SAYING: LazyLock<HashMap<String, &str>> = LazyLock::new(|| forms_of(SAY));
static CALLING: LazyLock<HashMap<String, &str>> = LazyLock::new(|| forms_of(CALL));

fn forms_of(verbs: &'static str) -> HashMap<String, &'static str> {
    let mut forms = HashMap::new();
    for verb in verbs.split_whitespace() {
        let last = verb.chars().last().unwrap_or_default();
        let stem = &verb[..verb.len() - last.len_utf8()];
        let regular = match last {
            'e' => [
                verb.to_owned(),
                format!("{verb}s"),
                format!("{verb}d"),
                format!("{stem}ing"),
            ]
            .to_vec(),
            'y' => ["y", "ys", "ies", "ied", "ying", "yed"]
                .map(|ending| format!("{stem}{ending}"))
                .to_vec(),
            _ => ["", "s", "es", "ed", "ing"]
                .map(|ending| format!("{verb}{ending}"))
                .to_vec(),
        };
        let doubled = ["ed", "ing"].map(|ending| format!("{verb}{last}{ending}"));
        let irregular = IRREGULAR
            .iter()
            .filter(|(_, plain)| *plain == verb)
            .map(|(form, _)| (*form).to_owned());
        forms.extend(
            regular
                .into_iter()
                .chain(doubled)
                .chain(irregular)
                .map(|form| (form, verb)),
        );
    }
    forms
}

fn is(word: &str, bits: u16) -> bool {
    WORDS.get(word).is_some_and(|found| found & bits != 0)
}

/// The plain form of a verb of saying; the word in small letters.
pub(super) fn saying(word: &str) -> Option<&'static str> {
    SAYING.get(word).copied()
}

/// Whether a verb of saying stands in its plain form, which may be a noun: "state", "report". What people "say", they say.
pub(super) fn is_plain(word: &str) -> bool {
    let plain = SAYING.get(word).or_else(|| CALLING.get(word));
    plain.is_some_and(|plain| *plain == word)
        && !matches!(word, "say" | "read" | "believe" | "think" | "forecast")
}

/// Whether a quotation can depend on this word.
pub(super) fn is_cue(word: &str) -> bool {
    SAYING.contains_key(word) || CALLING.contains_key(word)
}

/// Whether a word can be a verb where only a verb can stand: "shrugged Nils Brandt".
pub(super) fn may_be_verb(word: &str) -> bool {
    if is(word, NO_VERB | SMALL) {
        return false;
    }
    is_cue(word)
        || word.len() > 3 && (word.ends_with("ed") || word.ends_with('s'))
        || is(word, IRREGULAR_VERB)
}

/// Verbs that tell somebody something; whom they name behind them is no speaker.
pub(super) fn takes_listener(plain: &str) -> bool {
    matches!(
        plain,
        "tell" | "ask" | "urge" | "warn" | "inform" | "remind" | "assure" | "advise" | "promise"
    )
}

pub(super) fn is_participle(word: &str) -> bool {
    word.len() > 5
        && word.ends_with("ing")
        && !matches!(
            word,
            "nothing"
                | "something"
                | "anything"
                | "everything"
                | "evening"
                | "morning"
                | "during"
                | "spring"
                | "string"
        )
}

pub(super) fn is_passive_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "was" | "were" | "been" | "be" | "being" | "is" | "are" | "got"
    )
}

pub(super) fn is_auxiliary(word: &str) -> bool {
    is(word, AUXILIARY)
}

pub(super) fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
        || matches!(
            word,
            "also"
                | "then"
                | "later"
                | "once"
                | "still"
                | "never"
                | "just"
                | "only"
                | "again"
                | "today"
                | "yesterday"
                | "even"
                | "too"
                | "recently"
                | "earlier"
                | "afterwards"
                | "however"
        )
}

pub(super) fn is_preposition(word: &str) -> bool {
    is(word, PREPOSITION)
}

pub(super) fn opens_clause(word: &str) -> bool {
    is(word, CLAUSE)
}

pub(super) fn is_determiner(word: &str) -> bool {
    is(word, DETERMINER)
}

pub(super) fn is_time(word: &str) -> bool {
    is(word, TIME)
}

pub(super) fn is_speech_noun(word: &str) -> bool {
    SPEECH_NOUNS.split(' ').any(|noun| noun == word)
}

pub(super) fn is_pronoun(word: &str) -> bool {
    is(word, PRONOUN)
}

/// A word that is no noun, adjective or verb.
pub(super) fn is_small(word: &str) -> bool {
    is(word, SMALL)
}

/// Whether a word says what somebody is: "spokesman", "officials".
pub(super) fn is_person_noun(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    word.ends_with("sman") || is(word, PERSON) || is(singular, PERSON)
}

/// Whether a word is a verb of saying and nothing else; "signals" and "hopes" may be nouns.
pub(super) fn is_telling(word: &str) -> bool {
    let is_noun = matches!(word, "claims" | "reveals" | "answers");
    let plain = saying(word).unwrap_or_default();
    !is_noun
        && matches!(
            plain,
            "say"
                | "tell"
                | "add"
                | "insist"
                | "admit"
                | "confirm"
                | "argue"
                | "warn"
                | "reveal"
                | "explain"
                | "believe"
                | "deny"
                | "suggest"
                | "announce"
                | "claim"
        )
}
