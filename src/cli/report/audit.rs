//! `report audit`: a person judges what was drawn by chance, and learns how good the archive's names, quotations, titles and
//! dates are.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead};

use anyhow::{Result, bail};

use crate::domain::records::{Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Audited, Sampled, Store};

/// Draws that may fall on what is already drawn, for each, before the archive is held to have no more.
const TRIES: usize = 20;

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Of {
    /// Names, and whom they mean
    Names,
    /// Quotations with a speaker
    Quotes,
    /// Titles, and who bears them
    Roles,
    /// Dates in texts, and the day they mean
    Dates,
}

impl Of {
    fn audited(self) -> Audited {
        match self {
            Self::Names => Audited::Names,
            Self::Quotes => Audited::Quotes,
            Self::Roles => Audited::Roles,
            Self::Dates => Audited::Dates,
        }
    }

    /// What the keys mean.
    fn keys(self) -> &'static str {
        match self {
            Self::Names => {
                "y right · n no name, or the wrong kind or ends · e right name, wrong entity · s skip · q stop"
            }
            Self::Quotes => {
                "y right · n another speaks, or nobody is quoted · e right name, wrong entity · s skip · q stop"
            }
            Self::Roles => {
                "y right · n no title, the wrong ends, or another's · e right name, wrong entity · s skip · q stop"
            }
            Self::Dates => {
                "y right · n no date, or the wrong ends · e right words, wrong value · s skip · q stop"
            }
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Names => "mention",
            Self::Quotes => "quotation with a speaker",
            Self::Roles => "title",
            Self::Dates => "date",
        }
    }

    /// What was made of something found, for the judge.
    fn claim(self, found: &Sampled) -> String {
        match self {
            Self::Names | Self::Dates => format!("{} as {}", found.kind, found.meaning),
            Self::Quotes => format!("said by {} (rule: {})", found.meaning, found.kind),
            Self::Roles => format!("title of {}", found.meaning),
        }
    }
}

/// What was judged right and wrong.
#[derive(Debug, Default, Clone, Copy)]
struct Verdicts {
    right: u32,
    wrong_name: u32,
    wrong_entity: u32,
}

/// Asks about a number of finds, on stderr, and answers on stdout with the shares; `seed` makes the same draw again.
pub(super) fn audit(
    store: &Store,
    scope: &Scope,
    of: Of,
    n_sample: usize,
    seed: u64,
) -> Result<Vec<Section>> {
    let sample = drawn(store, scope, of.audited(), n_sample, seed)?;
    if sample.is_empty() {
        bail!(
            "there is no {} to judge; leave out --kind, --source or the dates",
            of.noun()
        );
    }
    Ok(vec![judged(&sample, of)?])
}

fn drawn(
    store: &Store,
    scope: &Scope,
    audited: Audited,
    n_sample: usize,
    mut seed: u64,
) -> Result<Vec<Sampled>> {
    let last = store.read(|reader| reader.last_number(audited))?;
    let mut sample: Vec<Sampled> = Vec::new();
    let mut drawn = HashSet::new();
    for _ in 0..n_sample * TRIES {
        if sample.len() == n_sample || last == 0 {
            break;
        }
        let number = i64::try_from(random(&mut seed) % last.unsigned_abs()).unwrap_or(0) + 1;
        let found = store.read(|reader| reader.sampled_from(audited, number, scope))?;
        sample.extend(found.filter(|found| drawn.insert(found.id)));
    }
    Ok(sample)
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn judged(sample: &[Sampled], of: Of) -> Result<Section> {
    let mut verdicts: BTreeMap<&str, Verdicts> = BTreeMap::new();
    let mut lines = io::stdin().lock().lines();
    tell!("{}", of.keys());
    'sample: for (n, found) in sample.iter().enumerate() {
        tell!(
            "\n{} of {} · {} ({})\n{}[{}]{}\n{}",
            n + 1,
            sample.len(),
            found.title,
            found.article,
            found.before,
            found.text,
            found.after,
            of.claim(found),
        );
        let verdict = verdicts.entry(found.kind.as_str()).or_default();
        loop {
            let Some(line) = lines.next().transpose()? else {
                break 'sample;
            };
            match line.trim() {
                "y" | "" => verdict.right += 1,
                "n" => verdict.wrong_name += 1,
                "e" => verdict.wrong_entity += 1,
                "s" => {}
                "q" => break 'sample,
                _ => {
                    tell!("y, n, e, s or q?");
                    continue;
                }
            }
            break;
        }
    }
    Ok(shares(&verdicts))
}

fn shares(verdicts: &BTreeMap<&str, Verdicts>) -> Section {
    let all = verdicts
        .values()
        .fold(Verdicts::default(), |sum, next| Verdicts {
            right: sum.right + next.right,
            wrong_name: sum.wrong_name + next.wrong_name,
            wrong_entity: sum.wrong_entity + next.wrong_entity,
        });
    let row = |(kind, verdict): (&str, Verdicts)| {
        let named = verdict.right + verdict.wrong_entity;
        let n = named + verdict.wrong_name;
        let share = |part: u32| Value::to_a_tenth(100.0 * f64::from(part) / f64::from(n));
        let (low, high) = wilson(named, n);
        vec![
            Value::Text(kind.to_owned()),
            Value::Integer(n.into()),
            share(named),
            Value::Text(format!("{low:.0}–{high:.0}")),
            share(verdict.right),
        ]
    };
    let kinds = verdicts.iter().map(|(kind, verdict)| (*kind, *verdict));
    let rows = kinds
        .chain([("all", all)])
        .filter(|(_, verdict)| verdict.right + verdict.wrong_name + verdict.wrong_entity > 0);
    let columns = [
        "kind",
        "n_judged",
        "precision_percent",
        "interval_95",
        "right_entity_percent",
    ];
    let mut section = Section::new("Precision", Records::new(&columns, rows.map(row).collect()));
    section.note =
        Some("the true precision lies within the interval 95 times in a hundred".to_owned());
    section
}

/// The 95 % interval of a share in percent (Wilson 1927).
fn wilson(part: u32, all: u32) -> (f64, f64) {
    const Z: f64 = 1.96;
    let (n, share) = (f64::from(all), f64::from(part) / f64::from(all));
    let middle = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 100.0 / (1.0 + Z * Z / n);
    ((middle - spread) * scale, (middle + spread) * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_verdicts_leave_a_wide_interval() {
        let (low, high) = wilson(9, 10);
        assert!(
            (low - 59.6).abs() < 0.1 && (high - 98.2).abs() < 0.1,
            "{low} {high}"
        );
        let (low, high) = wilson(900, 1_000);
        assert!(
            (low - 88.0).abs() < 0.1 && (high - 91.7).abs() < 0.1,
            "{low} {high}"
        );
    }
}
