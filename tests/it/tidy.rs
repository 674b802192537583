use std::fs;
use std::path::{Path, PathBuf};

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
    ("render", &["domain"]),
    ("config", &["domain"]),
    (
        "daemon",
        &["domain", "inbox", "ingest", "store", "config", "extract"],
    ),
    (
        "cli",
        &[
            "domain", "daemon", "inbox", "ingest", "store", "render", "config", "extract", "parse",
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
    let (readme, map) = (
        fs::read_to_string(root.join("README.md")).unwrap(),
        fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap(),
    );
    for command in [
        "watch", "ingest", "inspect", "search", "show", "sql", "report", "status",
    ] {
        assert!(
            readme.contains(&format!("microfiche {command}")),
            "README lacks {command}"
        );
    }
    for path in map.split('`').filter(|part| {
        part.starts_with("src/") || part.starts_with("tests/") || part.starts_with("migrations/")
    }) {
        assert!(root.join(path).exists(), "ARCHITECTURE.md names {path}");
    }
}
