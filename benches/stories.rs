//! What a new article costs in an archive of many: `cargo bench --bench stories -- 1000000`.
//!
//! Writes that many generated articles, one in ten a copy of an earlier one with small changes, and prints, at each power of
//! ten and at the end, the mean time of one more article, all of it: its place among its like, its rows, its full text.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

use std::time::Instant;

use microfiche::domain::analysis::Analysis;
use microfiche::domain::article::{Article, Format};
use microfiche::domain::entity::Resolution;
use microfiche::domain::ledger::Arrival;
use microfiche::store::{ContentKey, NewArticle, Store};
use microfiche::text::sketch::Sketch;

const GROUP: usize = 500;
const N_WORDS: u64 = 250;

/// SplitMix64: the same articles on every machine.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The words of article `n`: few words are common and many are rare, as in any language.
fn body(n: u64) -> String {
    let (mut seed, change) = if n % 10 == 9 { (n / 2, n) } else { (n, 0) };
    let words: Vec<String> = (0..N_WORDS)
        .map(|at| {
            let share = (random(&mut seed) % 1_000_000) as f64 / 1_000_000.0;
            let word = (50_000_f64.powf(share)) as u64;
            if change > 0 && at % 60 == 30 {
                format!("w{change}")
            } else {
                format!("w{word}")
            }
        })
        .collect();
    words.join(" ")
}

fn article(n: u64) -> NewArticle {
    let article = Article {
        title: format!("Article {n}"),
        body: body(n),
        ..Article::default()
    };
    NewArticle {
        key: ContentKey::of(&article, &article.body),
        sketch: Sketch::of(&article.body),
        analyzer: None,
        article,
        analysis: Analysis::default(),
        resolution: Resolution::default(),
    }
}

fn main() {
    let n_articles = std::env::args()
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(20_000_u64);
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("archive.db")).unwrap();
    let (mut n_done, mut report_at) = (0_u64, 10_000);
    while n_done < n_articles {
        let group: Vec<NewArticle> = (n_done..n_done + GROUP as u64).map(article).collect();
        let started = Instant::now();
        store
            .write(|writer| {
                for new in &group {
                    let file = writer.open_file(
                        &Arrival::unread(&new.article.title, 0),
                        "2020-01-01T00:00:00Z",
                    )?;
                    writer.add_part(
                        file,
                        std::slice::from_ref(new),
                        &[],
                        "2020-01-01T00:00:00Z",
                    )?;
                    writer.close_file(file, Some(Format::Text), None)?;
                }
                Ok(())
            })
            .unwrap();
        let each = started.elapsed().as_secs_f64() * 1e3 / GROUP as f64;
        n_done += GROUP as u64;
        if n_done >= report_at || n_done >= n_articles {
            println!("{n_done:>9} articles: {each:.3} ms for one more");
            report_at *= 10;
        }
    }
    let several =
        "select count(*) from (select 1 from articles group by story_id having count(*) > 1)";
    let limits = microfiche::store::QueryLimits {
        time: std::time::Duration::from_mins(10),
        rows: 1,
    };
    let stories = Store::open_read_only(store.path())
        .unwrap()
        .query(several, &[], limits)
        .unwrap();
    println!("stories of several articles: {:?}", stories.rows[0][0]);
}
