//! `daemon`: what the daemon last said of itself.

use rusqlite::{OptionalExtension, named_params};

use super::{Reader, StoreError, Writer};

/// A word of the daemon's on itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaemonState {
    /// Its process.
    pub pid: u32,
    /// The inbox, printable.
    pub inbox: String,
    /// `idle`, `working`, `stopped` or `failed`.
    pub state: String,
    /// Files ready and not yet taken.
    pub waiting: usize,
    /// Its trouble, in words, if it has any.
    pub message: Option<String>,
    /// When it last said so.
    pub updated_at: String,
}

impl DaemonState {
    /// Whether both say the same, whenever they said it.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said_then = Self {
            updated_at: other.updated_at.clone(),
            ..self.clone()
        };
        said_then == *other
    }
}

impl Reader<'_> {
    /// What the daemon last said; none if there never was one.
    pub fn daemon(&self) -> Result<Option<DaemonState>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("select pid, inbox, state, waiting, message, updated_at from daemon")?;
        let state = statement.query_row([], |row| {
            Ok(DaemonState {
                pid: row.get("pid")?,
                inbox: row.get("inbox")?,
                state: row.get("state")?,
                waiting: row.get::<_, u32>("waiting")? as usize,
                message: row.get("message")?,
                updated_at: row.get("updated_at")?,
            })
        });
        Ok(state.optional()?)
    }
}

impl Writer<'_> {
    /// Says what the daemon does.
    pub fn set_daemon(&mut self, state: &DaemonState) -> Result<(), StoreError> {
        let mut upsert = self.transaction.prepare_cached(
            "insert into daemon (id, pid, version, inbox, state, waiting, message, started_at, updated_at)
             values (1, :pid, :version, :inbox, :state, :waiting, :message, :now, :now)
             on conflict (id) do update
             set started_at = case when pid = :pid then started_at else :now end,
                 pid = :pid, version = :version, inbox = :inbox, state = :state, waiting = :waiting,
                 message = :message, updated_at = :now",
        )?;
        upsert.execute(named_params! {
            ":pid": state.pid, ":version": env!("CARGO_PKG_VERSION"), ":inbox": state.inbox, ":state": state.state,
            ":waiting": state.waiting as i64, ":message": state.message, ":now": state.updated_at,
        })?;
        Ok(())
    }
}
