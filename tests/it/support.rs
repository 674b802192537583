//! A desk in a temporary folder: an inbox, an archive, and the program run on them.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

pub(crate) const STORY: &str = "Ferry line reopens\n\nBy Ida Holm\n\nBERGEN, Jan. 5, 2016 (AP) -- President Barack Obama met Angela Merkel in Paris on Monday, officials said.\n\nObama praised the ferry.\n";

/// Somebody who is not above permissions.
#[cfg(unix)]
const NOBODY: u32 = 65_534;

pub(crate) struct Desk {
    pub(crate) home: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("inbox")).unwrap();
        Self { home }
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.home.path().join(relative)
    }

    /// Writes a file, making the folders above it.
    pub(crate) fn put(&self, relative: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_microfiche"));
        command
            .current_dir(self.home.path())
            .args(args)
            .env("MICROFICHE_INBOX_SETTLE_MS", "150")
            .env("TZ", "UTC")
            .env_remove("COLUMNS")
            .stdin(Stdio::null());
        command
    }

    /// What a line of shell prints.
    pub(crate) fn shell(&self, line: &str) -> String {
        let mut shell = Command::new("sh");
        let output = shell
            .args(["-c", line])
            .env("TZ", "UTC")
            .current_dir(self.home.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program with `input` on its standard input.
    pub(crate) fn run_with_input(&self, args: &[&str], input: &str) -> Output {
        Self::fed(self.command(args), input)
    }

    /// The same, as on a terminal so wide.
    pub(crate) fn run_with_input_at(&self, columns: u16, args: &[&str], input: &str) -> Output {
        let mut command = self.command(args);
        command.env("COLUMNS", columns.to_string());
        Self::fed(command, input)
    }

    fn fed(mut command: Command, input: &str) -> Output {
        let pipes = command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = pipes.stdout(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read may have ended.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    /// Runs the program as somebody who is not above permissions, as root is.
    #[cfg(unix)]
    pub(crate) fn run_unprivileged(&self, args: &[&str]) -> Output {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};

        if fs::metadata(self.home.path()).unwrap().uid() != 0 {
            return self.run(args);
        }
        // The build folder may be root's alone.
        let program = self.path("microfiche");
        fs::copy(env!("CARGO_BIN_EXE_microfiche"), &program).unwrap();
        for folder in ["", "inbox"] {
            fs::set_permissions(self.path(folder), fs::Permissions::from_mode(0o777)).unwrap();
        }
        self.as_nobody(args)
    }

    /// Runs the program that [`Self::run_unprivileged`] has put there, once more, with the rights as they are now.
    #[cfg(unix)]
    pub(crate) fn as_nobody(&self, args: &[&str]) -> Output {
        use std::os::unix::fs::MetadataExt;
        use std::os::unix::process::CommandExt;

        if fs::metadata(self.home.path()).unwrap().uid() != 0 {
            return self.run(args);
        }
        let mut command = Command::new(self.path("microfiche"));
        let command = command.current_dir(self.home.path()).args(args);
        command.env("MICROFICHE_INBOX_SETTLE_MS", "150");
        command.uid(NOBODY).gid(NOBODY).output().unwrap()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    pub(crate) fn stdout(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(
            output.status.success(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// What the program says when it refuses.
    pub(crate) fn refusal(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
        String::from_utf8(output.stderr).unwrap()
    }

    /// Starts the program; it dies with what is returned.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        Running(self.command(args).stderr(Stdio::null()).spawn().unwrap())
    }

    pub(crate) fn sql(&self) -> Connection {
        Connection::open(self.path("archive.db")).unwrap()
    }

    /// One number from the archive; -1 while there is none.
    pub(crate) fn count(&self, query: &str) -> i64 {
        self.sql()
            .query_row(query, [], |row| row.get(0))
            .unwrap_or(-1)
    }

    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !is_so(self) {
            assert!(Instant::now() < deadline, "never: {what}");
            std::thread::yield_now();
        }
    }
}

/// The program at work.
pub(crate) struct Running(Child);

impl Running {
    /// Waits for the end; whether it ended well.
    pub(crate) fn end_well(mut self) -> bool {
        self.0.wait().unwrap().success()
    }

    /// As `kill -9` does.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Sends a signal by name and waits for the end; whether it ended well.
    #[cfg(unix)]
    pub(crate) fn end_by(mut self, signal: &str) -> bool {
        let pid = self.0.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.unwrap().success());
        self.0.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
