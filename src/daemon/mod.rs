//! The daemon: one loop over one closed set of events. Its work, a pass over the inbox, is in [`desk`].

mod alerts;
mod desk;
mod errand;
mod log;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::config::Config;
use crate::inbox::doorbell::{self, Doorbell};
use crate::inbox::lock::{self, Lock, Locking};
use crate::store::StoreError;

use alerts::Line;
use desk::{Desk, Pass};

/// Bells that ring within this time are one.
const GATHER: Duration = Duration::from_millis(20);

/// All that can happen to the daemon.
#[derive(Debug)]
enum Event {
    /// Something moved in the inbox; maybe a file that is whole.
    Bell(Option<PathBuf>),
    /// It is time to look, bell or not.
    Poll,
    /// The process is asked to end.
    Shutdown,
}

/// Watches the inbox until it is asked to end; with `once`, until the inbox holds nothing that is or becomes whole.
pub fn run(config: &Config, once: bool) -> Result<()> {
    let inbox = &config.inbox.path;
    if !inbox.exists() {
        std::fs::create_dir_all(inbox)
            .with_context(|| format!("cannot make the inbox {}", inbox.display()))?;
        tracing::info!("made the inbox {}", inbox.display());
    }
    let _archive_lock = take_lock(&lock::beside(&config.archive.path), "archive")?;
    let _inbox_lock = take_lock(&lock::inside(inbox), "inbox")?;
    let stop = Arc::new(AtomicBool::new(false));
    let line = Line::default();
    let desk = Desk::open(config, Arc::clone(&stop), line.bell.clone())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tracing::info!(
        "watching {} for {}",
        inbox.display(),
        config.archive.path.display()
    );
    runtime.block_on(async {
        let hook = tokio::spawn(alerts::serve(config.clone(), line.clone(), stop.clone()));
        let served = Box::pin(serve(config, once, desk, stop)).await;
        line.close();
        hook.await?;
        served
    })
}

fn take_lock(path: &Path, what: &str) -> Result<Lock> {
    match lock::take(path).with_context(|| format!("cannot make the lock {}", path.display()))? {
        Locking::Held(lock) => Ok(lock),
        Locking::Taken(pid) => {
            bail!("another microfiche (process {pid}) already works on this {what}; stop it first")
        }
    }
}

async fn serve(config: &Config, once: bool, mut desk: Desk, stop: Arc<AtomicBool>) -> Result<()> {
    let (bells, mut events) = unbounded_channel();
    let doorbell = hang(config, &bells);
    tokio::spawn(signals(bells, stop.clone()));
    let mut hearing = Hearing::begin(config, doorbell.is_some() && !once);
    let mut has_passing_trouble = false;
    let mut whole = HashSet::new();
    let (settle, poll) = (
        Duration::from_millis(config.inbox.settle_ms),
        Duration::from_millis(config.inbox.poll_ms),
    );
    loop {
        let asked = std::mem::take(&mut whole);
        let (back, pass) = tokio::task::spawn_blocking(move || {
            let pass = desk.pass(&asked);
            (desk, pass)
        })
        .await?;
        desk = back;
        let pass = match pass {
            Err(error) if !once && is_passing(&error) => {
                tracing::error!("{error:#}; trying again every {} ms", poll.as_millis());
                desk.trouble = Some(format!("{error:#}"));
                has_passing_trouble = true;
                Pass::default()
            }
            pass => pass?,
        };
        if has_passing_trouble && pass.is_done {
            has_passing_trouble = false;
            desk.trouble = None;
        }
        if stop.load(Ordering::Relaxed) || once && !pass.is_settling && pass.n_taken == 0 {
            break;
        }
        if once && pass.n_taken > 0 {
            continue;
        }
        let pause = if pass.is_settling {
            settle.min(poll)
        } else {
            poll
        };
        match next(&mut events, pause, &mut whole).await {
            Event::Shutdown => break,
            Event::Bell(_) => hearing.heard(),
            Event::Poll => {
                if let Some(silence) = hearing.silence() {
                    tracing::warn!("{silence}");
                    desk.trouble = Some(silence);
                }
            }
        }
    }
    desk.close()?;
    tracing::info!("stopped");
    Ok(())
}

fn is_passing(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<StoreError>()
        .is_some_and(StoreError::is_passing)
}

/// Whether the file system tells of changes at all: network drives and containers often do not. A file made at start must
/// ring the bell; if by the first poll nothing has rung, polling is all there is, and that is said once.
struct Hearing {
    awaits: bool,
    silence: String,
}

impl Hearing {
    fn begin(config: &Config, has_doorbell: bool) -> Self {
        let inbox = &config.inbox.path;
        Self {
            awaits: has_doorbell && doorbell::press(inbox).is_ok(),
            silence: format!(
                "no events come from {} (a network drive or a container?); it is listed every {} ms instead",
                inbox.display(),
                config.inbox.poll_ms
            ),
        }
    }

    fn heard(&mut self) {
        self.awaits = false;
    }

    fn silence(&mut self) -> Option<String> {
        std::mem::take(&mut self.awaits).then(|| self.silence.clone())
    }
}

fn hang(config: &Config, bells: &UnboundedSender<Event>) -> Option<Doorbell> {
    let bells = bells.clone();
    let doorbell = Doorbell::hang(&config.inbox.path, move |path| {
        // The receiver is gone only when the daemon ends.
        let _ = bells.send(Event::Bell(path));
    });
    match doorbell {
        Ok(doorbell) => Some(doorbell),
        Err(error) => {
            tracing::warn!(
                "no events from {}: {error}; it is listed every {} ms",
                config.inbox.path.display(),
                config.inbox.poll_ms
            );
            None
        }
    }
}

/// The next event; bells that follow at once are gathered into it.
async fn next(
    events: &mut UnboundedReceiver<Event>,
    pause: Duration,
    whole: &mut HashSet<PathBuf>,
) -> Event {
    let first = tokio::time::timeout(pause, events.recv())
        .await
        .ok()
        .flatten()
        .unwrap_or(Event::Poll);
    let Event::Bell(path) = first else {
        return first;
    };
    whole.extend(path);
    tokio::time::sleep(GATHER).await;
    while let Ok(event) = events.try_recv() {
        match event {
            Event::Bell(path) => whole.extend(path),
            Event::Poll => {}
            Event::Shutdown => return Event::Shutdown,
        }
    }
    Event::Bell(None)
}

/// Waits for SIGINT or SIGTERM. The flag stops a pass between groups, the event the loop.
async fn signals(events: UnboundedSender<Event>, stop: Arc<AtomicBool>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
    stop.store(true, Ordering::Relaxed);
    let _ = events.send(Event::Shutdown);
}
