//! Trains the recognizer: `train-recognizer FILE.tsv --out models/news.bin [--hold-out N] [--epochs N]`.
//! With `--hold-out 5` every fifth document is kept out and written, as text and spans, nowhere: score it with `--score`.
#![expect(clippy::print_stdout, reason = "a trainer reports on stdout")]

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use microfiche::domain::analysis::Kind;
use microfiche::extract::Extractor;
use microfiche::extract::ner::model::CLASSES;
use microfiche::extract::ner::train::{Gold, read_tsv, train};

#[derive(Parser)]
struct Args {
    /// Token-tag file: `token<TAB>tag` lines, BIO tags
    tsv: PathBuf,
    /// Where the model goes
    #[arg(long)]
    out: PathBuf,
    /// Keep every Nth document out of training and score it; 0 trains on all
    #[arg(long, default_value_t = 0)]
    hold_out: usize,
    /// Passes over the data
    #[arg(long, default_value_t = 8)]
    epochs: usize,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let tsv =
        fs::read_to_string(&args.tsv).with_context(|| format!("reading {}", args.tsv.display()))?;
    let (mut kept, mut held_out) = (Vec::new(), Vec::new());
    for (n, document) in read_tsv(&tsv).into_iter().enumerate() {
        let is_held_out = args.hold_out > 0 && n % args.hold_out == args.hold_out - 1;
        if is_held_out {
            held_out.push(document)
        } else {
            kept.push(document)
        }
    }
    println!(
        "{} documents to train on, {} held out",
        kept.len(),
        held_out.len()
    );
    let bytes = train(&kept, args.epochs, |epoch, wrong| {
        println!("epoch {epoch}: {wrong} tokens wrong")
    });
    fs::write(&args.out, &bytes).with_context(|| format!("writing {}", args.out.display()))?;
    if !held_out.is_empty() {
        score(bytes, &held_out)?;
    }
    Ok(())
}

/// Exact spans and kinds through the whole recognizer, as users get them.
fn score(model: Vec<u8>, documents: &[Gold]) -> anyhow::Result<()> {
    let extractor = Extractor::with_model(model.leak())?;
    let mut counts = vec![[0_usize; 3]; CLASSES.len()];
    for document in documents {
        let analysis = extractor.analyze(&document.text, None);
        let starts: Vec<usize> = document
            .text
            .char_indices()
            .map(|(byte, _)| byte)
            .chain([document.text.len()])
            .collect();
        let found: HashSet<(usize, usize, usize)> = analysis
            .mentions
            .iter()
            .filter_map(|mention| {
                Some((
                    starts[mention.span.start],
                    starts[mention.span.end],
                    class(mention.kind)?,
                ))
            })
            .chain(analysis.dates.iter().map(|date| {
                (
                    starts[date.span.start],
                    starts[date.span.end],
                    CLASSES.len() - 1,
                )
            }))
            .collect();
        let gold: HashSet<(usize, usize, usize)> = document.names.iter().copied().collect();
        gold.intersection(&found)
            .for_each(|name| counts[name.2][0] += 1);
        found
            .difference(&gold)
            .for_each(|name| counts[name.2][1] += 1);
        gold.difference(&found)
            .for_each(|name| counts[name.2][2] += 1);
    }
    let mut all = [0; 3];
    for (class, [right, surplus, missing]) in CLASSES.iter().zip(&counts) {
        row(class, *right, *surplus, *missing);
        if *class != "Date" {
            all = [all[0] + right, all[1] + surplus, all[2] + missing];
        }
    }
    row("all but dates", all[0], all[1], all[2]);
    Ok(())
}

fn row(label: &str, right: usize, surplus: usize, missing: usize) {
    let share = |of: usize| 100.0 * right as f64 / (of.max(1)) as f64;
    let (precision, recall) = (share(right + surplus), share(right + missing));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    println!(
        "{label:14} precision {precision:5.1}  recall {recall:5.1}  F1 {f1:5.1}  of {}",
        right + missing
    );
}

fn class(kind: Kind) -> Option<usize> {
    let name = match kind {
        Kind::Person => "Person",
        Kind::Organization => "Organization",
        Kind::Location => "Location",
        Kind::Facility => "Facility",
        Kind::Group => "NORP",
        Kind::Product => "Product",
        Kind::Event | Kind::Law | Kind::Work | Kind::Other => "Misc",
    };
    CLASSES.iter().position(|class| *class == name)
}
