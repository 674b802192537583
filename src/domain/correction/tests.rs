use super::*;

fn person(key: &str) -> Identity {
    (Kind::Person, key.into())
}

fn decision(action: Action, key: &str, to: &str) -> Correction {
    Correction {
        action,
        kind: Kind::Person,
        key: key.into(),
        name: key.into(),
        to_kind: Some(Kind::Person),
        to_key: Some(to.into()),
        to_name: Some(to.into()),
    }
}

/// Each line is one decision, `a>b` merge, `a/b` split, `a+b` alias.
fn replayed(decisions: &str) -> Corrections {
    let read = |word: &str| {
        let at = word.find(['>', '/', '+']).unwrap();
        let action = match &word[at..=at] {
            ">" => Action::Merge,
            "/" => Action::Split,
            _ => Action::Alias,
        };
        decision(action, &word[..at], &word[at + 1..])
    };
    let decisions: Vec<Correction> = decisions.split_whitespace().map(read).collect();
    Corrections::replay(&decisions)
}

#[test]
fn a_name_means_what_the_last_word_on_it_says() {
    for (decisions, said, name, meant) in [
        ("a>b", "a", "a", "b"),
        ("a>b b>c", "a", "a", "c"),
        ("b>c a>b", "a", "a", "c"),
        ("a>b b>a", "a", "a", "b"),
        ("a>b b/a", "a", "a", "a"),
        ("a/x", "a", "x", "x"),
        ("a/x", "a", "a", "a"),
        ("a/x x>a", "a", "x", "a"),
        ("a/x a+x", "a", "x", "a"),
        ("a>b b/a a>c", "a", "a", "c"),
        ("a>b c+a", "a", "a", "c"),
        ("a/x a>b", "a", "x", "x"),
        ("a+x b/x", "x", "x", "a"),
    ] {
        let corrections = replayed(decisions);
        assert_eq!(
            corrections.meant(&person(said), name),
            person(meant),
            "{decisions}: {said} as {name}"
        );
    }
}

#[test]
fn a_kind_changed_there_and_back_is_as_before() {
    let mut there = decision(Action::Kind, "a", "a");
    there.to_kind = Some(Kind::Location);
    let mut back = there.clone();
    (back.kind, back.to_kind) = (Kind::Location, Some(Kind::Person));
    let location = (Kind::Location, "a".to_owned());
    assert_eq!(Corrections::replay([&there]).now(&person("a")), location);
    let both = Corrections::replay([&there, &back]);
    assert_eq!(both.now(&person("a")), person("a"));
    assert_eq!(both.now(&location), person("a"));
}

#[test]
fn only_what_differs_is_looked_at_again() {
    let (one, other) = (replayed("a>b c>d"), replayed("a>b"));
    assert_eq!(one.differing(&other), HashSet::from([person("c")]));
}
