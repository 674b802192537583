//! How tables look: told once, when the program starts.

use std::sync::OnceLock;

static CURRENT: OnceLock<Look> = OnceLock::new();

/// What the terminal, or the user, asks of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Cells wrap so that a table is no wider; without it, they are as wide as they are.
    pub width: Option<u16>,
    /// Whether headings are bold and lines dim.
    pub is_colored: bool,
    /// Whether times are shown in the zone of this machine.
    pub is_local: bool,
}

impl Look {
    /// Makes this the look of every table to come; the first call counts.
    pub fn set(self) {
        // A second call would come from a second run in one process, which has the same terminal.
        let _ = CURRENT.set(self);
    }

    /// The look that was set; plain before that.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.get().copied().unwrap_or_default()
    }

    /// The width of the terminal that the program prints to, where it does and that tells one.
    #[must_use]
    pub fn terminal_width() -> Option<u16> {
        comfy_table::Table::new().width().filter(|width| *width > 0)
    }
}
