//! Which files some program has open for writing, where the system tells (Linux, and of other users' programs only root): a file that was
//! opened before the daemon started, or whose events were lost, is not taken half.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::domain::identity::Identity;

/// The files that are open for writing now.
#[derive(Debug, Default)]
pub struct Writers {
    open: HashSet<(u64, u64)>,
}

impl Writers {
    /// Asks the system; nothing is known where it does not tell.
    #[must_use]
    pub fn now() -> Self {
        let mut writers = Self::default();
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        for process in processes {
            let is_process = process
                .file_name()
                .as_encoded_bytes()
                .iter()
                .all(u8::is_ascii_digit);
            if is_process {
                writers.add(&process.path());
            }
        }
        writers
    }

    /// Whether a program has this file open for writing.
    #[must_use]
    pub fn have(&self, file: &Identity) -> bool {
        self.open.contains(&file.place())
    }

    /// Processes end, and those of other users do not tell: what cannot be read is passed over.
    fn add(&mut self, process: &Path) {
        let descriptors = fs::read_dir(process.join("fd")).into_iter().flatten();
        for descriptor in descriptors.flatten() {
            let Ok(metadata) = fs::metadata(descriptor.path()) else {
                continue;
            };
            let info = process.join("fdinfo").join(descriptor.file_name());
            if metadata.is_file() && fs::read_to_string(info).is_ok_and(|info| can_write(&info)) {
                self.open.insert(Identity::of(&metadata).place());
            }
        }
    }
}

/// Whether `flags`, in octal, ends with the mode of one who writes (`O_WRONLY` is 1, `O_RDWR` 2).
fn can_write(info: &str) -> bool {
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
    flags.is_some_and(|flags| matches!(flags & 3, 1 | 2))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn files_that_are_written_are_told_from_those_that_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let identity = |file: &File| Identity::of(&file.metadata().unwrap());
        let written = File::create(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("b"), "").unwrap();
        let read = File::open(folder.path().join("b")).unwrap();
        let writers = Writers::now();
        assert!(writers.have(&identity(&written)));
        assert!(!writers.have(&identity(&read)));
        let written_no_more = identity(&written);
        drop(written);
        assert!(!Writers::now().have(&written_no_more));
    }
}
