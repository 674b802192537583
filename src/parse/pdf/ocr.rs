//! Scans: the picture of each page goes to a program that reads pictures, such as tesseract.

use std::fs;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;

use pdf_extract::Document;

use super::{damaged, pictures};
use crate::domain::document::Ocr;
use crate::domain::ledger::Rejection;

/// What stands for the picture in the arguments.
const IMAGE: &str = "{image}";

/// More pages are a book.
const MAX_PAGES: usize = 500;

/// What a program says of one page, at most.
const MAX_TEXT: u64 = 4 << 20;

/// The text of a scan, page by page, with one picture in memory at a time; pages without a picture have none.
pub(super) fn read(bytes: &[u8], ocr: &Ocr) -> Result<String, Rejection> {
    let document = guarded(|| open(bytes))??;
    let folder = tempfile::tempdir().map_err(Rejection::from)?;
    let (mut text, mut n_pictures) = (String::new(), 0);
    for (number, page) in document.get_pages() {
        let found = guarded(|| {
            let picture = pictures::largest(&document, page)?;
            Some(pictures::written(&document, picture))
        })?;
        let Some(picture) = found else {
            continue;
        };
        let picture = picture.ok_or_else(|| {
            Rejection::Ocr(format!(
                "the picture of page {number} is stored in a form that cannot be handed on"
            ))
        })?;
        let path = folder.path().join(format!("page.{}", picture.extension));
        fs::write(&path, &picture.bytes).map_err(Rejection::from)?;
        n_pictures += 1;
        let page = text_in(&path, ocr)
            .map_err(|problem| Rejection::Ocr(format!("page {number}: {problem}")))?;
        text.push_str(page.trim());
        text.push_str("\n\n");
    }
    if n_pictures == 0 {
        return Err(Rejection::Scan);
    }
    Ok(text)
}

/// The library panics on what it does not know.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Rejection> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| damaged("its pictures cannot be read"))
}

fn open(bytes: &[u8]) -> Result<Document, Rejection> {
    let mut document = Document::load_mem(bytes).map_err(|error| damaged(&error.to_string()))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Rejection::Locked);
    }
    if document.get_pages().len() > MAX_PAGES {
        return Err(Rejection::Lacks(format!(
            "it is a scan of more than {MAX_PAGES} pages; split it and drop the parts"
        )));
    }
    Ok(document)
}

/// Runs the program on one picture.
fn text_in(picture: &Path, ocr: &Ocr) -> Result<String, String> {
    let Some((program, arguments)) = ocr.command.split_first() else {
        return Err("no program is set".into());
    };
    let mut command = Command::new(program);
    let has_place = arguments.iter().any(|argument| argument.contains(IMAGE));
    for argument in arguments {
        command.arg(argument.replace(IMAGE, &picture.to_string_lossy()));
    }
    if !has_place {
        // As tesseract wants it.
        command.arg(picture).arg("stdout");
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command
        .spawn()
        .map_err(|error| format!("{program} cannot be run: {error}"))?;
    let id = child.id();
    let (done, result) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut output = Vec::new();
        let read = child.stdout.take().map_or(Ok(0), |stdout| {
            stdout.take(MAX_TEXT).read_to_end(&mut output)
        });
        // The time is up meanwhile: nobody listens.
        let _ = done.send(
            read.and_then(|_| child.wait())
                .map(|status| (status, output)),
        );
    });
    let result = result.recv_timeout(ocr.timeout);
    if result.is_err() {
        kill(id);
    }
    let _ = reader.join();
    let seconds = ocr.timeout.as_secs_f32();
    let (status, output) = result
        .map_err(|_| format!("{program} took more than {seconds} seconds"))?
        .map_err(|error| format!("{program}: {error}"))?;
    said(program, status, &output)
}

fn said(program: &str, status: ExitStatus, output: &[u8]) -> Result<String, String> {
    if status.success() {
        Ok(String::from_utf8_lossy(output).into_owned())
    } else {
        Err(format!("{program} failed ({status})"))
    }
}

/// Ends a program and all that it started.
#[cfg(unix)]
fn kill(id: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // It may have ended by itself just now.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill(_: u32) {}
