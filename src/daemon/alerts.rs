//! The user's hook: a program that is run for each new hit of a kept search or watchlist, beside the daemon's work and never in
//! its way. What was told is noted after each hit, so nothing is told twice, and what could not be told waits for the next start.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::{Notify, watch};

use crate::config::{AlertsConfig, Config};
use crate::store::{Alert, Store, StoreError};

/// After a hook failed, so long times the number of tries.
const PAUSE: Duration = Duration::from_secs(1);

/// Trouble with the archive is tried again after so long, if no article comes before.
const PATIENCE: Duration = Duration::from_mins(1);

/// A hook that runs when the daemon is asked to stop has so long to end.
const GRACE: Duration = Duration::from_secs(1);

/// The longest value in the hook's environment, in bytes: systems bound it, and JSON has it whole.
const MAX_VALUE: usize = 8_000;

/// What the daemon and its hook have in common.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Rings when articles were stored.
    pub(super) bell: Arc<Notify>,
    /// Whether all articles of this run are stored.
    is_last: Arc<AtomicBool>,
    /// Whether the daemon is asked to stop.
    halted: watch::Receiver<bool>,
}

impl Line {
    /// A line that ends when `halted` turns true.
    pub(super) fn new(halted: watch::Receiver<bool>) -> Self {
        Self {
            bell: Arc::default(),
            is_last: Arc::default(),
            halted,
        }
    }

    /// Lets the hook be run for what is stored, and no longer.
    pub(super) fn close(&self) {
        self.is_last.store(true, Ordering::Relaxed);
        self.bell.notify_one();
    }
}

/// Runs the hook for whatever is stored, until the line closes; at once, once the daemon is asked to stop.
pub(super) async fn serve(config: Config, line: Line, stop: Arc<AtomicBool>) {
    if config.alerts.command.is_empty() {
        return;
    }
    let mut teller = None;
    loop {
        let is_last = line.is_last.load(Ordering::Relaxed);
        let told = match &teller {
            Some(teller) => round(teller).await,
            None => match Teller::open(&config, &line, &stop) {
                Ok(opened) => round(teller.insert(opened)).await,
                Err(error) => Err(error),
            },
        };
        if let Err(error) = told {
            tracing::error!("alerts wait: {error:#}");
        }
        if is_last || stop.load(Ordering::Relaxed) {
            return;
        }
        // Time out or not: it is time to look.
        let _ = tokio::time::timeout(PATIENCE, line.bell.notified()).await;
    }
}

/// The hook and the archive it is told of.
struct Teller {
    config: AlertsConfig,
    archive: PathBuf,
    store: Arc<Mutex<Store>>,
    stop: Arc<AtomicBool>,
    halted: watch::Receiver<bool>,
}

/// Tells all that is due.
async fn round(teller: &Teller) -> Result<()> {
    let (due, last) = teller
        .with(|store| store.read(|reader| Ok((reader.due_alerts()?, reader.last_article()?))))
        .await?;
    for (watcher, articles) in &due {
        let watcher = *watcher;
        for article in articles.iter().copied() {
            let alerts = teller
                .with(move |store| store.read(|reader| reader.alerts(watcher, article)))
                .await?;
            for alert in &alerts {
                if !teller.tell(alert).await {
                    return Ok(());
                }
            }
            teller
                .with(move |store| store.write(|writer| writer.alerted(watcher, article)))
                .await?;
        }
    }
    if due.is_empty() {
        return Ok(());
    }
    teller
        .with(move |store| {
            store.write(|writer| {
                due.iter()
                    .try_for_each(|(watcher, _)| writer.alerted(*watcher, last))
            })
        })
        .await
}

impl Teller {
    fn open(config: &Config, line: &Line, stop: &Arc<AtomicBool>) -> Result<Self> {
        let archive = &config.archive.path;
        Ok(Self {
            config: config.alerts.clone(),
            archive: std::path::absolute(archive)?,
            store: Arc::new(Mutex::new(Store::open(archive)?)),
            stop: stop.clone(),
            halted: line.halted.clone(),
        })
    }

    /// Works on the archive where it may wait.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T> {
        let store = self.store.clone();
        let work = move || work(&mut store.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(tokio::task::spawn_blocking(work).await??)
    }

    /// Runs the hook until it succeeds, or has failed as often as it may; not, and false, once the daemon is asked to stop.
    async fn tell(&self, alert: &Alert) -> bool {
        let what = format!(
            "the alert on {} ({}) in article {}",
            alert.term, alert.name, alert.article_id
        );
        for attempt in 1..=self.config.attempts.max(1) {
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            match self.run(alert).await {
                Ok(()) => {
                    tracing::info!("told: {what}");
                    return true;
                }
                Err(error) => tracing::warn!("{what} failed (try {attempt}): {error:#}"),
            }
            if attempt < self.config.attempts {
                let _ = tokio::time::timeout(PAUSE * attempt, self.halted(Duration::ZERO)).await;
            }
        }
        tracing::error!("gave up {what}; `microfiche search --saved NAME --new` has it still");
        true
    }

    /// Ends so long after the daemon was asked to stop.
    async fn halted(&self, grace: Duration) {
        let mut halted = self.halted.clone();
        if halted.wait_for(|is_halted| *is_halted).await.is_err() {
            // Nobody is left who could ask.
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(grace).await;
    }

    async fn run(&self, alert: &Alert) -> Result<()> {
        let [program, arguments @ ..] = self.config.command.as_slice() else {
            return Ok(());
        };
        let mut command = Command::new(program);
        command
            .args(arguments)
            .envs(variables(alert))
            .env("MICROFICHE_ARCHIVE_PATH", &self.archive)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let mut hook = command
            .spawn()
            .with_context(|| format!("cannot run {program}"))?;
        let mut json = serde_json::to_vec(alert)?;
        json.push(b'\n');
        let run = async {
            if let Some(mut stdin) = hook.stdin.take() {
                // A hook need not read.
                let _ = stdin.write_all(&json).await;
            }
            hook.wait().await
        };
        let limit = Duration::from_millis(self.config.timeout_ms);
        let ended = tokio::select! {
            ended = tokio::time::timeout(limit, run) => ended,
            () = self.halted(GRACE) => bail!("{program} was stopped with the daemon"),
        };
        match ended {
            Ok(status) => {
                let status = status?;
                if !status.success() {
                    bail!("{program} ended with {status}");
                }
                Ok(())
            }
            Err(_) => bail!("{program} was stopped after {} ms", limit.as_millis()),
        }
    }
}

fn variables(alert: &Alert) -> [(&'static str, String); 9] {
    let value = |text: &str| text[..text.floor_char_boundary(MAX_VALUE)].replace('\0', " ");
    let optional = |text: &Option<String>| value(text.as_deref().unwrap_or_default());
    [
        ("ALERT_NAME", value(&alert.name)),
        ("ALERT_ORIGIN", value(alert.origin)),
        ("ALERT_TERM", value(&alert.term)),
        ("ALERT_SENTENCE", value(&alert.sentence)),
        ("ALERT_ARTICLE_ID", alert.article_id.to_string()),
        ("ALERT_TITLE", value(&alert.title)),
        ("ALERT_SOURCE", optional(&alert.source)),
        ("ALERT_PUBLISHED_AT", optional(&alert.published_at)),
        ("ALERT_URL", optional(&alert.url)),
    ]
}
