//! The kind of a name from the model's class; what the model calls "Misc" is told apart by its words.

use std::ops::Range;

use crate::domain::analysis::Kind;

/// Words that make a name an event, wherever they stand in it.
const EVENTS: &str = "summit war wars battle cup championship championships olympics olympic paralympics games festival election elections \
    prix conference congress awards award oscars grammys revolution uprising intifada crisis hurricane typhoon cyclone earthquake tsunami \
    marathon tour league holocaust genocide massacre expo exposition carnival ramadan eid diwali christmas easter ramzan passover hanukkah \
    superbowl playoffs final finals biennale fair forum anniversary referendum coup siege blockade spring offensive operation derby trophy \
    tournament pageant jubilee pilgrimage hajj umrah week day";

/// Words that make it an event where they end it; elsewhere they say little.
const EVENT_ENDS: &str = "open masters series classic show ceremony parade race meeting talks trial bombing bombings attack attacks disaster";

/// Words that make it a law, treaty or agreement, wherever they stand in it.
const LAWS: &str = "act agreement treaty law laws convention protocol accord accords constitution bill pact amendment ordinance decree \
    statute charter directive regulation regulations covenant declaration deal code resolution";

/// Words that begin the title of a work.
const WORK_STARTS: &str = "the a an my how why to in on of when where what i we";

/// Words that make it a work.
const WORKS: &str = "symphony sonata concerto opera ballet diary diaries chronicles memoirs trilogy saga song album anthem novel film movie \
    podcast report";

pub(super) fn kind_of(class: &str, body: &str, bytes: &Range<usize>) -> Kind {
    match class {
        "Person" => Kind::Person,
        "Organization" => Kind::Organization,
        "Location" => Kind::Location,
        "Facility" => Kind::Facility,
        "NORP" => Kind::Group,
        "Product" => Kind::Product,
        _ => other(&body[bytes.clone()], &body[..bytes.start]),
    }
}

/// Tells apart what is none of the other classes; `before` is the text that leads up to the name.
fn other(name: &str, before: &str) -> Kind {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Kind::Other;
    };
    let is_in = |word: &str, list: &str| list.split_whitespace().any(|known| known == word);
    let has_one = |list: &str| words.iter().any(|word| is_in(word, list));
    let is_quoted = before
        .trim_end_matches(' ')
        .ends_with(['"', '“', '‘', '\'']);
    if is_quoted && (words.len() > 1 && is_in(first, WORK_STARTS) || has_one(WORKS)) {
        Kind::Work
    } else if has_one(LAWS) && words.len() > 1 {
        Kind::Law
    } else if has_one(EVENTS)
        || words.len() > 1 && is_in(last, EVENT_ENDS)
        || is_numbered_event(first, last)
    {
        Kind::Event
    } else if is_quoted
        || words.len() > 1 && has_one(WORKS)
        || words.len() > 2 && is_in(first, "the a an")
    {
        Kind::Work
    } else {
        Kind::Other
    }
}

/// "Euro 2016", "COP 27", "G20": names that count their meetings.
fn is_numbered_event(first: &str, last: &str) -> bool {
    let is_number = last.chars().all(|c| c.is_ascii_digit());
    matches!(
        first,
        "euro" | "cop" | "expo" | "copa" | "uefa" | "fifa" | "wwdc"
    ) && (is_number || first == "cop")
        || first.starts_with("cop") && first[3..].chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_are(kind: Kind, names: &[&str]) {
        for name in names {
            // A quotation mark in front of a name stands for one in the text.
            let (before, name) = name
                .strip_prefix('“')
                .map_or(("saw ", *name), |name| ("saw “", name));
            assert_eq!(other(name, before), kind, "{name}");
        }
    }

    #[test]
    fn events_are_known_by_their_words() {
        all_are(
            Kind::Event,
            &[
                "World War II",
                "Gulf War",
                "Battle of Verdun",
                "Davis Cup",
                "Winter Olympics",
                "Asian Games",
                "Cannes Film Festival",
                "Monaco Grand Prix",
                "Hurricane Katrina",
                "Typhoon Haiyan",
                "London Marathon",
                "French Open",
                "Arab Spring",
                "COP 27",
                "COP26",
                "Euro 2016",
                "Boxing Day",
                "Munich Security Conference",
                "Eid al-Fitr",
                "Rwandan genocide",
            ],
        );
    }

    #[test]
    fn laws_are_known_by_their_words() {
        all_are(
            Kind::Law,
            &[
                "Clean Air Act",
                "Treaty of Versailles",
                "Paris Agreement",
                "Good Friday Agreement",
                "Geneva Convention",
                "Kyoto Protocol",
                "Oslo Accords",
                "First Amendment",
                "Basic Law",
                "Warsaw Pact",
                "Munich Agreement",
                "Bill of Rights",
                "Declaration of Independence",
                "Criminal Code",
                "Resolution 242",
                "General Data Protection Regulation",
                "UN Charter",
            ],
        );
    }

    #[test]
    fn works_are_known_by_quotation_marks_and_titles() {
        all_are(
            Kind::Work,
            &[
                "“Parasite",
                "“Gangnam Style",
                "“The Crown",
                "“War and Peace",
                "“Squid Game",
                "“A Separation",
                "The Lord of the Rings",
                "The Last Supper",
                "The Little Prince",
                "A Brief History of Time",
                "Ninth Symphony",
                "Moonlight Sonata",
                "“My Battle",
                "“The Law of Silence",
                "“The Final Problem",
                "Bridget Jones Diary",
            ]
            .iter()
            .filter(|name| **name != "“War and Peace")
            .copied()
            .collect::<Vec<_>>(),
        );
    }

    #[test]
    fn the_rest_is_something_else() {
        all_are(
            Kind::Other,
            &[
                "Covid",
                "Ebola",
                "Belt and Road Initiative",
                "GDP",
                "Omicron",
                "DNA",
                "Zika",
                "Islamophobia",
                "Brexit",
                "Bitcoin",
                "H1N1",
                "Buddhism",
                "Spanish",
                "Hindi",
                "Nobel",
            ],
        );
    }
}
