use std::fs;
use std::path::Path;

use crate::support::Desk;

/// The document with what the program prints under each `$ microfiche …` of its console blocks.
fn with_outputs(document: &str, desk: &Desk) -> String {
    let mut written = String::new();
    let mut is_output = false;
    for line in document.lines() {
        is_output &= line != "```";
        if is_output {
            continue;
        }
        written.push_str(line);
        written.push('\n');
        if let Some(command) = line.strip_prefix("$ microfiche ") {
            let format = if command.starts_with("show") {
                ""
            } else {
                " --format table"
            };
            let script = format!(
                "COLUMNS=100 {} {command}{format}",
                env!("CARGO_BIN_EXE_microfiche")
            );
            written.push_str(&desk.shell(&script));
            is_output = true;
        }
    }
    written
}

/// `UPDATE_README=1 cargo test readme` writes the outputs anew; read the difference.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let desk = Desk::new();
    // One after the other, so that each has the same id on every machine.
    for name in ["ferry.txt", "harbour.md", "summit.html"] {
        let bytes = fs::read(root.join("examples").join(name)).unwrap();
        desk.put(&format!("inbox/{name}"), bytes);
        desk.stdout(&["watch", "--once"]);
    }
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let printed = with_outputs(&readme, &desk);
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(root.join("README.md"), &printed).unwrap();
    }
    for (line, printed) in readme.lines().zip(printed.lines()) {
        assert_eq!(line, printed);
    }
    assert_eq!(readme.len(), printed.len());
}
