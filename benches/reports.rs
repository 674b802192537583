//! How long each report takes on a large archive: `cargo bench --bench reports -- 100000`.
//!
//! Generates that many articles over ten years with forty mentions each, few names common and most rare, as in the news, and
//! prints the median of five runs of every report: of the whole archive, for a name of middling fame and for one in two thirds of
//! all articles, and for that one in a period and in an outlet. With a path that ends in `.db` the archive is kept there, and taken
//! as it is where it stands already.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

use std::path::PathBuf;
use std::time::Instant;

use microfiche::domain::analysis::{
    Analysis, DateMention, DateType, Kind, Mention, Origin, Quote, QuoteRule, Role,
};
use microfiche::domain::article::{Article, Format, Precision, Published, PublishedOrigin, Source};
use microfiche::domain::entity::{Alias, EntityInArticle, Facts, NameOrigin, Resolution};
use microfiche::domain::ledger::Arrival;
use microfiche::domain::records::Section;
use microfiche::domain::scope::Scope;
use microfiche::domain::span::Span;
use microfiche::store::{ContentKey, NewArticle, Reader, Store, StoreError};
use microfiche::text::sketch::Sketch;

const N_ENTITIES: f64 = 300_000.0;
const N_MENTIONS: usize = 40;
const NOW: &str = "2022-01-01T00:00:00Z";

fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn share(seed: &mut u64) -> f64 {
    (random(seed) % 1_000_000) as f64 / 1_000_000.0
}

/// The sentences of every body: one for every five names.
const SENTENCE: &str = "The minister met the chairman in the city on Monday and said that the matter was closed for the year to come.";

/// Half of the names of an article are famous ones, half belong to its subject.
fn drawn(seed: &mut u64, subject: u64) -> u64 {
    if random(seed).is_multiple_of(2) {
        N_ENTITIES.powf(share(seed)) as u64
    } else {
        subject * 200 + 200_f64.powf(share(seed)) as u64
    }
}

fn entity(number: u64) -> EntityInArticle {
    let kinds = [
        Kind::Person,
        Kind::Organization,
        Kind::Person,
        Kind::Location,
        Kind::Person,
        Kind::Group,
    ];
    let (name, key) = (format!("Name {number}"), format!("name {number}"));
    let alias = Alias {
        name: name.clone(),
        key: key.clone(),
        origin: NameOrigin::Text,
    };
    let kind = kinds[(number % 6) as usize];
    // As many places as the program knows the position of.
    let facts = (kind == Kind::Location && number < 60_000).then(|| Facts {
        wikidata_id: None,
        description: "a place".to_owned(),
        country: None,
        coordinates: Some(((number % 120) as f64 - 60.0, (number % 360) as f64 - 180.0)),
        part_of: None,
    });
    EntityInArticle {
        kind,
        key,
        name,
        aliases: vec![alias],
        facts,
    }
}

fn day(n: u64, n_articles: u64) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2012, 1, 1).unwrap();
    (first + chrono::Days::new(3_650 * n / n_articles)).to_string()
}

fn article(n: u64, n_articles: u64) -> NewArticle {
    let mut seed = n;
    let subject = random(&mut seed) % 1_400 + 1;
    let article = Article {
        title: format!("Article {n}"),
        body: format!("{} {n}", [SENTENCE; N_MENTIONS / 5].join(" ")),
        language: Some("en".into()),
        source: Some(Source {
            name: format!("Outlet {}", (40.0 * share(&mut seed).powi(2)) as u64),
            domain: None,
        }),
        published: Some(Published {
            at: day(n, n_articles),
            precision: Precision::Day,
            origin: PublishedOrigin::Text,
        }),
        ..Article::default()
    };
    let numbers: Vec<u64> = (0..N_MENTIONS).map(|_| drawn(&mut seed, subject)).collect();
    let mut distinct = numbers.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let place = |number: &u64| distinct.binary_search(number).unwrap();
    let resolution = Resolution {
        entities: distinct.iter().copied().map(entity).collect(),
        entity_of: numbers.iter().map(place).collect(),
    };
    NewArticle {
        key: ContentKey::of(&article, &article.body),
        // Alike as these bodies are, each is to be a story of its own.
        sketch: Sketch::of(&article.title),
        analyzer: Some("news-en"),
        analysis: found(&numbers, &day(n, n_articles)),
        article,
        resolution,
    }
}

fn found(numbers: &[u64], day: &str) -> Analysis {
    let step = SENTENCE.len() + 1;
    let span = |start: usize, length: usize| Span {
        start,
        end: start + length,
    };
    let n_sentences = numbers.len() / 5;
    let mention = |(n, number): (usize, &u64)| Mention {
        span: span(n / 5 * step + n % 5 * 9, 8),
        text: "minister".into(),
        kind: entity(*number).kind,
        sentence: n / 5,
        confidence: 0.9,
        origin: Origin::Model,
    };
    let date = |n: usize| DateMention {
        span: span(n * step + 45, 6),
        text: "Monday".into(),
        value: Some(day.to_owned()),
        precision: Some(Precision::Day),
        date_type: DateType::Date,
    };
    Analysis {
        sentences: (0..n_sentences).map(|n| span(n * step, step - 1)).collect(),
        mentions: numbers.iter().enumerate().map(mention).collect(),
        dates: (0..n_sentences / 2).map(date).collect(),
        quotes: vec![Quote {
            span: span(0, step - 1),
            text: SENTENCE.into(),
            speaker: Some(0),
            cue: Some("said".into()),
            cue_span: None,
            rule: Some(QuoteRule::Name),
        }],
        roles: vec![Role {
            mention: 1,
            span: span(4, 8),
            title: format!("minister {}", numbers[0] % 10),
        }],
    }
}

fn fill(store: &mut Store, n_articles: u64) {
    for group in (0..n_articles).step_by(500) {
        let end = (group + 500).min(n_articles);
        let articles: Vec<NewArticle> = (group..end).map(|n| article(n, n_articles)).collect();
        store
            .write(|writer| {
                let file = writer.open_file(&Arrival::unread(&format!("{group}.txt"), 0), NOW)?;
                writer.add_part(file, &articles, &[], NOW)?;
                writer.close_file(file, Some(Format::Text), None)?;
                Ok(())
            })
            .unwrap();
    }
}

type Report = fn(Reader<'_>, i64, &Scope) -> Result<Vec<Section>, StoreError>;

const REPORTS: [(&str, Report); 19] = [
    ("overview", |reader, _, scope| {
        reader.overview(scope, "2021-12-25")
    }),
    ("entities", |reader, _, scope| {
        reader.top_entities(&Kind::ALL, scope)
    }),
    ("entity", |reader, id, scope| reader.entity(id, scope)),
    ("dossier", |reader, id, scope| reader.dossier(id, scope)),
    ("compare", |reader, id, scope| {
        reader.compare(&[id, id + 7], scope)
    }),
    ("pair", |reader, id, scope| reader.pair(id, id + 7, scope)),
    ("network", |reader, _, scope| {
        reader.network(None, scope).map(|_| Vec::new())
    }),
    ("network of a name", |reader, id, scope| {
        reader.network(Some(id), scope).map(|_| Vec::new())
    }),
    ("timeline", |reader, _, scope| reader.timeline(scope)),
    ("timeline of a name", |reader, id, scope| {
        reader.timeline_of(id, scope)
    }),
    ("trends", |reader, _, scope| {
        let last_month = Scope {
            since: Some("2021-12-01".into()),
            ..scope.clone()
        };
        reader.trends(&last_month)
    }),
    ("sources", |reader, _, scope| reader.sources(scope)),
    ("stories", |reader, _, scope| reader.stories(scope)),
    ("quotes", |reader, _, scope| reader.quotes(scope)),
    ("quotes of a name", |reader, id, scope| {
        reader.quotes_of(id, scope)
    }),
    ("roles", |reader, _, scope| reader.roles(scope)),
    ("roles of a name", |reader, id, scope| {
        Ok(vec![reader.roles_of(id, scope)?])
    }),
    ("places", |reader, _, scope| reader.places(scope)),
    ("health", |reader, _, scope| {
        reader.inflow(scope, "2022-01-02")
    }),
];

/// All of the archive, one of its ten years, eight of them, and the largest outlet, which has a sixth of the articles.
fn scopes() -> [Scope; 4] {
    let whole = Scope {
        limit: 10,
        ..Scope::default()
    };
    let period = |since: &str, until: &str| Scope {
        since: Some(since.to_owned()),
        until: Some(until.to_owned()),
        ..whole.clone()
    };
    let outlet = Scope {
        source: Some("Outlet 0".to_owned()),
        ..whole.clone()
    };
    [
        whole.clone(),
        period("2016", "2016"),
        period("2013", "2020"),
        outlet,
    ]
}

fn median_ms(store: &Store, id: i64, report: Report, scope: &Scope) -> f64 {
    let once = || {
        let started = Instant::now();
        store.read(|reader| report(reader, id, scope)).unwrap();
        started.elapsed().as_secs_f64() * 1e3
    };
    let mut times: Vec<f64> = (0..5).map(|_| once()).collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

fn main() {
    let argument = |text: String| text.parse().ok();
    let n_articles = std::env::args().find_map(argument).unwrap_or(2_000_u64);
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::args()
        .map(PathBuf::from)
        .find(|path| path.extension().is_some_and(|extension| extension == "db"));
    let path = kept.unwrap_or_else(|| folder.path().join("archive.db"));
    if !path.exists() {
        let started = Instant::now();
        fill(&mut Store::open(&path).unwrap(), n_articles);
        println!(
            "{n_articles} articles, {} mentions, written in {:.0} s",
            n_articles * N_MENTIONS as u64,
            started.elapsed().as_secs_f64()
        );
    }
    let store = Store::open_read_only(&path).unwrap();
    let named = |name: &str| store.read(|reader| reader.entities_named(name)).unwrap()[0].id;
    let (middling, famous) = (named("Name 500"), named("Name 1"));
    println!(
        "{:<24}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "median ms", "rarer name", "famous name", "of a year", "of 8 years", "of an outlet"
    );
    let [whole, year, years, outlet] = scopes();
    for (name, report) in REPORTS {
        let of = |id, scope| median_ms(&store, id, report, scope);
        println!(
            "{name:<24}{:>12.1}{:>12.1}{:>12.1}{:>12.1}{:>12.1}",
            of(middling, &whole),
            of(famous, &whole),
            of(famous, &year),
            of(famous, &years),
            of(famous, &outlet)
        );
    }
}
