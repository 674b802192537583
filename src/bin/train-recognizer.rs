//! Trains the recognizer: `train-recognizer NEWS.tsv --vectors VECTORS --out models/news.bin [--hold-out N] [--score SET]…`.
//! With `--hold-out 5` every fifth document is kept out of training and scored.
#![expect(clippy::print_stdout, reason = "a trainer reports on stdout")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Parser;
use microfiche::extract::Extractor;
use microfiche::extract::ner::model::lexicon_of;
use microfiche::extract::ner::train::gold::{Gold, read};
use microfiche::extract::ner::train::score::score;
use microfiche::extract::ner::train::vectors::Vectors;
use microfiche::extract::ner::train::{export, phrases, train};

#[derive(Parser)]
struct Args {
    /// Token-tag files: `token<TAB>tag` lines, BIO tags
    tsv: Vec<PathBuf>,
    /// Where the model goes
    #[arg(long)]
    out: PathBuf,
    /// Word vectors of 100 numbers: lines as GloVe writes them, or JSON; without them the lexicon of `--lexicon` is used
    #[arg(long)]
    vectors: Option<PathBuf>,
    /// Names of places and people, for use with `--vectors`
    #[arg(long, default_value = "models/lists")]
    lists: PathBuf,
    /// A model whose words and phrases are kept
    #[arg(long, default_value = "models/news.bin")]
    lexicon: PathBuf,
    /// Keep every Nth document out of training and score it; 0 trains on all
    #[arg(long, default_value_t = 0)]
    hold_out: usize,
    /// Score the model on these token-tag files too
    #[arg(long)]
    score: Vec<PathBuf>,
    /// Print so many of the most frequent errors
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// Words that the lexicon keeps
    #[arg(long, default_value_t = 140_000)]
    words: usize,
    /// Features that the model keeps
    #[arg(long, default_value_t = 190_000)]
    features: usize,
    /// Passes over the data
    #[arg(long)]
    epochs: Option<usize>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let (mut kept, mut held_out) = (Vec::new(), Vec::new());
    for path in &args.tsv {
        for (n, document) in documents(path)?.into_iter().enumerate() {
            if args.hold_out > 0 && n % args.hold_out == args.hold_out - 1 {
                held_out.push(document);
            } else {
                kept.push(document);
            }
        }
    }
    println!(
        "{} documents to train on, {} held out",
        kept.len(),
        held_out.len()
    );
    let start = Instant::now();
    let lexicon = match &args.vectors {
        Some(path) => {
            let vectors = Vectors::read(&bytes(path)?, args.words)?.compress();
            export::lexicon(&vectors, &phrases::read(&args.lists)?)
        }
        None => lexicon_of(bytes(&args.lexicon)?.leak())?,
    };
    println!("lexicon: {:.0} s", start.elapsed().as_secs_f64());
    if !kept.is_empty() {
        let model = train(&kept, &lexicon, args.features, args.epochs)?;
        println!(
            "{} bytes, {:.0} s",
            model.len(),
            start.elapsed().as_secs_f64()
        );
        fs::write(&args.out, &model).with_context(|| format!("writing {}", args.out.display()))?;
    }
    let extractor = Extractor::with_model(bytes(&args.out)?.leak())?;
    if !held_out.is_empty() {
        report("held out", &extractor, &held_out, args.errors);
    }
    for path in &args.score {
        report(
            &path.display().to_string(),
            &extractor,
            &documents(path)?,
            args.errors,
        );
    }
    Ok(())
}

fn report(label: &str, extractor: &Extractor, documents: &[Gold], n_errors: usize) {
    println!("\n{label}\n{}", score(extractor, documents).table(n_errors));
}

fn documents(path: &Path) -> anyhow::Result<Vec<Gold>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(read(&text))
}

fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}
