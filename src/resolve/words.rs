//! Words that tell how a name is built: titles, legal forms, words that name nothing by themselves, given names.

use crate::text::normalize::fold;

/// What a form of address says of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

const MALE_ADDRESS: &[&str] = &["mr", "sir", "lord", "king", "prince"];
const FEMALE_ADDRESS: &[&str] = &[
    "mrs", "ms", "miss", "lady", "dame", "madam", "madame", "queen", "princess",
];

/// Titles that open a name as printed, and that tell two people of one surname apart.
const TITLES: &[&str] = &[
    "president",
    "chancellor",
    "premier",
    "minister",
    "secretary",
    "senator",
    "governor",
    "mayor",
    "judge",
    "justice",
    "general",
    "colonel",
    "major",
    "captain",
    "lieutenant",
    "sergeant",
    "admiral",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "bishop",
    "archbishop",
    "cardinal",
    "father",
    "sister",
    "professor",
    "doctor",
    "coach",
    "detective",
    "inspector",
    "officer",
    "congressman",
    "congresswoman",
    "representative",
    "ambassador",
    "chairman",
    "chairwoman",
    "director",
    "sheriff",
    "emperor",
    "sheikh",
    "ayatollah",
    "imam",
];

/// Words that stand between a title's parts: "Vice President", "Prime Minister".
const TITLE_PARTS: &[&str] = &[
    "vice", "prime", "foreign", "deputy", "former", "first", "chief",
];

/// Legal forms of companies, as key words.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "plc",
    "llc",
    "llp",
    "gmbh",
    "ag",
    "sa",
    "spa",
    "nv",
    "bv",
    "ab",
    "asa",
    "oyj",
    "kk",
    "pty",
    "kgaa",
    "se",
];

/// Words that name nothing by themselves, so that "National" is not short for "National Bank".
const GENERIC: &[&str] = &[
    "bank",
    "university",
    "ministry",
    "department",
    "council",
    "committee",
    "commission",
    "company",
    "corporation",
    "group",
    "party",
    "court",
    "union",
    "national",
    "united",
    "royal",
    "international",
    "american",
    "european",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "federal",
    "state",
    "supreme",
    "high",
    "new",
    "general",
    "first",
    "world",
    "global",
    "public",
    "social",
    "democratic",
    "republican",
    "people",
    "labour",
    "labor",
    "liberal",
    "conservative",
    "police",
    "army",
    "navy",
    "air",
    "airlines",
    "television",
    "broadcasting",
    "shipping",
    "insurance",
    "oil",
    "electric",
    "steel",
    "motor",
    "foreign",
    "finance",
    "defense",
    "defence",
    "health",
    "justice",
    "house",
    "senate",
    "parliament",
    "congress",
    "authority",
    "agency",
    "association",
    "federation",
    "institute",
    "school",
    "college",
    "hospital",
    "club",
    "city",
    "saint",
    "st",
];

/// Words that end the name of a body and make it whole: "Oslo University" is not short for "Oslo University Hospital".
const HEADS: &[&str] = &[
    "university",
    "ministry",
    "department",
    "council",
    "committee",
    "commission",
    "bank",
    "party",
    "court",
    "union",
    "hospital",
    "college",
    "school",
    "institute",
    "agency",
    "authority",
    "association",
    "federation",
    "police",
    "army",
    "navy",
    "parliament",
    "times",
    "post",
    "news",
];

/// Family names that stand first in the languages of East Asia, as keys.
const FAMILY_FIRST: &[&str] = &[
    "park", "kim", "lee", "choi", "jung", "jeong", "kang", "cho", "yoon", "yun", "jang", "lim",
    "han", "shin", "seo", "kwon", "hwang", "ahn", "moon", "xi", "li", "wang", "zhang", "liu",
    "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "guo", "lin",
    "deng", "mao", "jiang", "wen", "bo", "nguyen", "tran", "pham", "le", "hoang", "vo", "dang",
    "ban",
];

const FEMALE_NAMES: &str = "ada agnes aisha alexandra alice alison amanda amelia amina amy ana andrea angela anita ann anna anne \
    annika barbara beatrice brenda camilla carla carmen carol caroline catherine charlotte christina christine clara claire \
    claudia cynthia deborah diana donna dorothy edith elena eleanor elisabeth elizabeth ella ellen emily emma esther eva \
    fatima fiona frances gabriela grace greta hanna hannah heather heidi helen helena helga hillary ida ines ingrid irene iris \
    isabel jane janet jennifer jessica joan joanna judith julia julie karen karin kari katherine kathleen katja kate laura \
    lena leila lily linda lisa lucia lucy luisa lydia mai margaret maria marie marina marta martha mary melissa michelle \
    monica nadia nancy natalia nicole nina nora olga olivia pamela patricia paula petra priya rachel rebecca renata rita \
    rosa rose ruth sandra sara sarah sharon silvia sofia sonia sophie stephanie susan teresa theresa ursula valerie vera \
    victoria virginia wendy yasmin yoko zoe";
const MALE_NAMES: &str = "adam ahmed albert alan alex alexander ali allan andrew andreas anders anthony antonio antony arthur ben \
    benjamin bernard bill bob boris brian bruce carl carlos charles chris christian christopher colin daniel david dennis \
    diego dmitry donald douglas ed edward emmanuel enrique eric erik ernest felix fernando francis francisco francois frank \
    fred frederick gary george gerald gordon graham greg gustav hans harold harry hassan henrik henry hugo ian igor ivan jack \
    jacob jakob james jan jean jeff jeremy jim joe johan john jonas jonathan jorge jose joseph juan karl keith ken kenneth \
    kevin klaus larry lars leo liam louis luis luke marc marco marcus mario mark martin matthew max michael miguel mike \
    mohamed mohammed neil nicholas nick nigel oliver omar oscar otto pablo pascal patrick paul pedro per peter philip pierre \
    rafael ralph raymond ricardo richard robert roberto roger ronald rudolf russell samuel scott sean sergei simon stefan \
    stephen steve steven stuart sven terry thomas tim timothy toby tom tomas tony victor viktor vincent vladimir walter \
    werner william yusuf";

/// What a form of address, without its full stop, says.
pub(super) fn gender_of_address(word: &str) -> Option<Gender> {
    let word = fold(word.trim_end_matches('.'));
    if FEMALE_ADDRESS.contains(&word.as_str()) {
        Some(Gender::Female)
    } else if MALE_ADDRESS.contains(&word.as_str()) {
        Some(Gender::Male)
    } else {
        None
    }
}

/// What a given name says, as far as it is told by this list.
pub(super) fn gender_of_name(key: &str) -> Option<Gender> {
    let given = key.split(' ').next()?;
    let is_in = |list: &str| list.split_whitespace().any(|name| name == given);
    match (is_in(FEMALE_NAMES), is_in(MALE_NAMES)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&fold(word).as_str())
}

pub(super) fn is_generic(word: &str) -> bool {
    GENERIC.contains(&word)
}

pub(super) fn is_head(word: &str) -> bool {
    HEADS.contains(&word)
}

/// A person's name without the titles that open it: `Prime Minister Shinzo Abe` is `Shinzo Abe`.
pub(super) fn without_titles(name: &str) -> &str {
    let mut rest = name;
    let mut bare = name;
    while let Some((first, after)) = rest.split_once(' ') {
        if is_title(first) {
            bare = after.trim_start();
        } else if !TITLE_PARTS.contains(&fold(first).as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    bare
}

/// A company's key without its legal form, and without "group" or "holdings" before one or behind two words.
pub(super) fn without_legal_form(key: &str) -> &str {
    let mut bare = key;
    while let Some((before, last)) = bare.rsplit_once(' ') {
        let is_group = matches!(last, "group" | "holdings" | "holding");
        let is_form = LEGAL_FORMS.contains(&last)
            || is_group && (bare.len() < key.len() || before.contains(' '))
            || last == "and" && bare.len() < key.len();
        if !is_form || (!before.contains(' ') && is_generic(before)) {
            break;
        }
        bare = before;
    }
    bare
}

/// Whether a name says itself that it is a company's: `Brandt Maschinen GmbH`.
pub(super) fn ends_in_legal_form(key: &str) -> bool {
    // "Bo Ag" may be somebody: only forms that are no names.
    key.rsplit_once(' ').is_some_and(|(_, last)| {
        matches!(
            last,
            "inc" | "corp" | "ltd" | "plc" | "llc" | "gmbh" | "limited" | "corporation"
        )
    })
}

/// Whether the family name stands first in a name printed so: `Park Geun-hye`, `Xi Jinping`.
pub(super) fn is_family_first(printed: &str) -> bool {
    let Some((first, rest)) = printed.split_once(' ') else {
        return false;
    };
    let hyphenated_given = rest
        .split_once('-')
        .is_some_and(|(_, second)| second.starts_with(char::is_lowercase) && !rest.contains(' '));
    hyphenated_given || (FAMILY_FIRST.contains(&fold(first).as_str()) && first.len() <= 6)
}
