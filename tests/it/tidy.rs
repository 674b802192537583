use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Who may import whom; `domain` is everyone's.
const IMPORTS: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("text", &["domain"]),
    ("parse", &["domain", "text"]),
    ("extract", &["domain", "text"]),
    ("resolve", &["domain", "text"]),
    ("store", &["domain", "text"]),
    ("inbox", &["domain"]),
    (
        "ingest",
        &["domain", "parse", "extract", "resolve", "text", "store"],
    ),
    ("render", &["domain", "text"]),
    ("config", &["domain"]),
    (
        "daemon",
        &["domain", "inbox", "ingest", "store", "config", "extract"],
    ),
    (
        "cli",
        &[
            "domain", "text", "daemon", "inbox", "ingest", "store", "render", "config", "extract",
            "parse", "resolve",
        ],
    ),
    ("lib", &[]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let named = |path: PathBuf| {
        (
            path.strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned(),
            fs::read_to_string(path).unwrap(),
        )
    };
    found.into_iter().map(named).collect()
}

#[test]
fn imports_go_one_way() {
    for (path, code) in all_sources() {
        let module = path.split(['/', '.']).next().unwrap();
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == module) else {
            continue;
        };
        for import in code
            .lines()
            .filter_map(|line| line.trim().strip_prefix("use crate::"))
        {
            let target = import.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            assert!(
                target == module || allowed.contains(&target),
                "{path} imports {target}"
            );
        }
    }
}

#[test]
fn files_are_short_and_open_with_what_they_are_for() {
    for (path, code) in all_sources() {
        assert!(code.lines().count() <= 500, "{path} is over 500 lines");
        assert!(
            code.starts_with("//!") || path.ends_with("tests.rs"),
            "{path} has no module doc"
        );
    }
}

#[test]
fn the_documents_name_what_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    for path in map.split('`').filter(|part| {
        part.starts_with("src/") || part.starts_with("tests/") || part.starts_with("migrations/")
    }) {
        assert!(root.join(path).exists(), "ARCHITECTURE.md names {path}");
    }
}

#[test]
fn every_command_has_help_with_examples_and_stands_in_the_readme() {
    let readme = include_str!("../../README.md");
    let help = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_microfiche"))
            .args(args)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let overview = help(&["--help"]);
    let (_, commands) = overview.split_once("Commands:\n").unwrap();
    let commands = commands.split("\n\n").next().unwrap();
    let names = commands
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        let help = help(&[name, "--help"]);
        assert!(
            help.matches(&format!("microfiche {name}")).count() >= 2,
            "{name}: {help}"
        );
        assert!(
            readme.contains(&format!("microfiche {name}")),
            "README lacks {name}"
        );
    }
}

#[test]
fn migrations_are_numbered_without_a_gap_and_all_embedded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = fs::read_dir(root.join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let runner = fs::read_to_string(root.join("src/store/schema.rs")).unwrap();
    for (n, name) in names.iter().enumerate() {
        assert!(
            name.starts_with(&format!("{:04}_", n + 1)) && runner.contains(name.as_str()),
            "{name}"
        );
    }
}

#[test]
fn all_that_is_said_on_stderr_passes_where_it_is_made_harmless() {
    for (path, code) in all_sources() {
        let speaks = ["cli/progress.rs", "cli/mod.rs"].contains(&path.as_str());
        assert!(
            speaks || !code.contains("eprint"),
            "{path} prints by itself; use tell!"
        );
    }
}
