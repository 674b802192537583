//! The daemon: one loop over one closed set of events. Its work, a pass over the inbox, is in [`desk`].

mod alerts;
mod book;
mod desk;
mod errand;
mod layout;
mod log;
mod lookout;
mod outbox;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use crate::config::Config;
use crate::inbox::doorbell::{self, Doorbell};
use crate::inbox::lock::{self, Lock, Locking};
use crate::inbox::tracker::{Tracker, Word};
use crate::store::StoreError;

use alerts::Line;
use book::Book;
use desk::{Desk, Pass};
use lookout::Lookout;

/// Bells that ring within this time are one.
const GATHER: Duration = Duration::from_millis(20);

/// All that can happen to the daemon.
#[derive(Debug)]
enum Event {
    /// Something moved in the inbox.
    Bell,
    /// It is time to look, bell or not.
    Poll,
    /// The process is asked to end.
    Shutdown,
}

/// What the daemon's threads share.
#[derive(Clone)]
struct Shared {
    /// Asks a pass to end between groups.
    stop: Arc<AtomicBool>,
    tracker: Arc<Tracker>,
    book: Arc<Book>,
    bells: UnboundedSender<Event>,
}

/// Watches the inbox until it is asked to end; with `once`, until the inbox holds nothing that is or becomes whole.
pub fn run(config: &Config, once: bool) -> Result<()> {
    let (inbox, archive) = (&config.inbox.path, &config.archive.path);
    layout::check(config)?;
    make_inbox(inbox)?;
    if lock::has_other_names(archive) {
        bail!(
            "the archive {} has a second name (a hard link), under which another program could write to it unseen; remove that name",
            archive.display()
        );
    }
    let _archive_lock = hold(lock::take(&lock::beside(archive)), archive, "archive")?;
    let inbox_lock = hold(lock::take_folder(inbox), inbox, "inbox")?;
    let (bells, events) = unbounded_channel();
    let (halt, halted) = watch::channel(false);
    let shared = Shared {
        stop: Arc::default(),
        tracker: Arc::default(),
        book: Arc::default(),
        bells,
    };
    let line = Line::new(halted);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tracing::info!("watching {} for {}", inbox.display(), archive.display());
    runtime.block_on(async {
        tokio::spawn(signals(shared.clone(), halt));
        let hook = alerts::serve(config.clone(), line.clone(), shared.stop.clone());
        let hook = tokio::spawn(hook);
        let loop_ = Loop {
            config,
            once,
            events,
            shared,
            inbox_lock,
            has_passing_trouble: false,
        };
        let served = Box::pin(loop_.serve(&line)).await;
        line.close();
        hook.await?;
        served
    })
}

fn make_inbox(inbox: &Path) -> Result<()> {
    if !inbox.exists() {
        std::fs::create_dir_all(inbox)
            .with_context(|| format!("cannot make the inbox {}", inbox.display()))?;
        tracing::info!("made the inbox {}", inbox.display());
    }
    Ok(())
}

fn hold(asked: std::io::Result<Locking>, path: &Path, what: &str) -> Result<Lock> {
    match asked.with_context(|| format!("cannot make the lock of {}", path.display()))? {
        Locking::Held(lock) => Ok(lock),
        Locking::Taken(pid) if pid.is_empty() => {
            bail!("another microfiche already works on this {what}; stop it first")
        }
        Locking::Taken(pid) => {
            bail!("another microfiche (process {pid}) already works on this {what}; stop it first")
        }
    }
}

/// The daemon's one loop.
struct Loop<'a> {
    config: &'a Config,
    once: bool,
    events: UnboundedReceiver<Event>,
    shared: Shared,
    inbox_lock: Lock,
    has_passing_trouble: bool,
}

impl Loop<'_> {
    async fn serve(mut self, line: &Line) -> Result<()> {
        let Some(mut desk) = self.open(line).await? else {
            return Ok(());
        };
        let (config, once) = (self.config, self.once);
        let mut doorbell = hang(config, &self.shared);
        let mut hearing = Hearing::begin(config, doorbell.is_some() && !once);
        let Shared {
            tracker,
            book,
            stop,
            ..
        } = self.shared.clone();
        let mut lookout = Lookout::new(&config.inbox, tracker, book, stop.clone());
        loop {
            if !self.inbox_lock.is_on(&config.inbox.path) {
                doorbell = self.move_in()?;
            }
            let (back, pass) = tokio::task::spawn_blocking(move || {
                let pass = desk.pass(&mut lookout);
                ((desk, lookout), pass)
            })
            .await?;
            (desk, lookout) = back;
            let pass = self.weigh(pass, &mut desk)?;
            let is_clear = pass.next_look.is_none() && pass.n_taken == 0;
            if stop.load(Ordering::Relaxed) || once && is_clear {
                break;
            }
            if once && pass.n_taken > 0 {
                continue;
            }
            let pause = self.pause(pass);
            match next(&mut self.events, pause).await {
                Event::Shutdown => break,
                Event::Bell => hearing.heard(),
                Event::Poll => {
                    if let Some(silence) = hearing.silence() {
                        tracing::warn!("{silence}");
                        desk.trouble = Some(silence);
                    }
                }
            }
        }
        drop(doorbell);
        desk.close()?;
        tracing::info!("stopped");
        Ok(())
    }

    /// Opens the archive; while the disk is full or somebody else holds it, waits. None, if the daemon is asked to end first.
    async fn open(&mut self, line: &Line) -> Result<Option<Desk>> {
        let Shared { stop, book, .. } = &self.shared;
        let poll = Duration::from_millis(self.config.inbox.poll_ms);
        loop {
            let desk = Desk::open(self.config, stop.clone(), line.bell.clone(), book.clone());
            match desk {
                Err(error) if !self.once && is_passing(&error) => {
                    tracing::error!("{error:#}; trying again every {} ms", poll.as_millis());
                }
                desk => return desk.map(Some),
            }
            if matches!(next(&mut self.events, poll).await, Event::Shutdown) {
                return Ok(None);
            }
        }
    }

    /// Trouble that passes ends a pass, and not the daemon.
    fn weigh(&mut self, pass: Result<Pass>, desk: &mut Desk) -> Result<Pass> {
        match pass {
            Err(error) if !self.once && is_passing(&error) => {
                let poll = self.config.inbox.poll_ms;
                tracing::error!("{error:#}; trying again every {poll} ms");
                desk.trouble = Some(format!("{error:#}"));
                self.has_passing_trouble = true;
                Ok(Pass::default())
            }
            Err(error) => Err(error),
            Ok(pass) => {
                if std::mem::take(&mut self.has_passing_trouble) {
                    desk.trouble = None;
                }
                Ok(pass)
            }
        }
    }

    fn pause(&self, pass: Pass) -> Duration {
        let poll = Duration::from_millis(self.config.inbox.poll_ms);
        pass.next_look.map_or(poll, |next| next.min(poll))
    }

    /// The inbox was removed, and maybe made again: events and lock are of the old folder.
    fn move_in(&mut self) -> Result<Option<Doorbell>> {
        let inbox = &self.config.inbox.path;
        tracing::warn!("the inbox {} was moved or removed", inbox.display());
        make_inbox(inbox)?;
        self.inbox_lock = hold(lock::take_folder(inbox), inbox, "inbox")?;
        self.shared.tracker.hear(Word::Lost, Instant::now());
        Ok(hang(self.config, &self.shared))
    }
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

fn hang(config: &Config, shared: &Shared) -> Option<Doorbell> {
    let shared = shared.clone();
    let doorbell = Doorbell::hang(&config.inbox.path, move |word| {
        // Files are opened all the time, by the daemon too.
        let is_news = !matches!(word, Word::Opened(_));
        shared.tracker.hear(word, Instant::now());
        if is_news {
            shared.book.ring();
            // The receiver is gone only when the daemon ends.
            let _ = shared.bells.send(Event::Bell);
        }
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
async fn next(events: &mut UnboundedReceiver<Event>, pause: Duration) -> Event {
    let first = tokio::time::timeout(pause, events.recv())
        .await
        .ok()
        .flatten()
        .unwrap_or(Event::Poll);
    if !matches!(first, Event::Bell) {
        return first;
    }
    tokio::time::sleep(GATHER).await;
    while let Ok(event) = events.try_recv() {
        if matches!(event, Event::Shutdown) {
            return Event::Shutdown;
        }
    }
    Event::Bell
}

/// Waits for SIGINT or SIGTERM. The flag stops a pass between groups, the event the loop, `halt` the hook.
async fn signals(shared: Shared, halt: watch::Sender<bool>) {
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
    shared.stop.store(true, Ordering::Relaxed);
    shared.book.ring();
    halt.send_replace(true);
    let _ = shared.bells.send(Event::Shutdown);
}
