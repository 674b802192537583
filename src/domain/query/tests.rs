use super::*;

/// A query in a form that shows how it was understood.
fn shown(node: &Node) -> String {
    let all = |nodes: &[Node]| nodes.iter().map(shown).collect::<Vec<_>>().join(" ");
    match node {
        Node::And(nodes) => format!("all[{}]", all(nodes)),
        Node::Or(nodes) => format!("any[{}]", all(nodes)),
        Node::Not(node) => format!("not[{}]", shown(node)),
        Node::Text(text) => {
            let phrase = |phrase: &Phrase| {
                format!(
                    "{}{}",
                    phrase.words.replace(' ', "_"),
                    if phrase.is_prefix { "*" } else { "" }
                )
            };
            let phrases: Vec<String> = text.phrases.iter().map(phrase).collect();
            let column = match text.column {
                Some(Column::Title) => "title=",
                Some(Column::Body) => "body=",
                None => "",
            };
            let near = if phrases.len() > 1 {
                format!("~{}", text.distance)
            } else {
                String::new()
            };
            format!("{column}{}{near}", phrases.join("+"))
        }
        Node::Filter(filter) => match &filter.test {
            Test::Entity { kind, name } => {
                format!(
                    "entity={}{}",
                    kind.map_or(String::new(), |kind| format!("{}/", kind.as_str())),
                    name.replace(' ', "_")
                )
            }
            Test::Capitals(text) => shown(&Node::Text(text.clone())),
            Test::Kind(kind) => format!("kind={}", kind.as_str()),
            Test::Source(name) => format!("source={}", name.replace(' ', "_")),
            Test::Language(code) => format!("lang={code}"),
            Test::Date { from, before } => format!(
                "date={}..{}",
                from.as_deref().unwrap_or_default(),
                before.as_deref().unwrap_or_default()
            ),
        },
    }
}

#[test]
fn acronyms_are_meant_in_both_forms() {
    for (query, understood) in [
        ("US trade", "all[any[US U.S] trade]"),
        ("-U.K.", "not[any[UK U.K]]"),
        ("\"US\"", "US"),
        ("title:UN", "any[title=UN title=U.N]"),
    ] {
        assert_eq!(shown(&parse(query).unwrap().root), understood, "{query}");
    }
}

#[test]
fn queries_are_read_as_people_type_them() {
    for (query, understood) in [
        ("harbour", "harbour"),
        ("harbour strike", "all[harbour strike]"),
        ("harbour AND strike", "all[harbour strike]"),
        ("a b OR c d", "any[all[a b] all[c d]]"),
        ("a (b OR c)", "all[a any[b c]]"),
        ("a NOT b", "all[a not[b]]"),
        ("a AND NOT b OR c", "any[all[a not[b]] c]"),
        (
            "a -b -\"c d\" -title:e",
            "all[a not[b] not[c_d] not[title=e]]",
        ),
        ("NOT b", "not[b]"),
        ("NOT NOT b", "not[not[b]]"),
        ("harbo*", "harbo*"),
        ("\"harbour str\"*", "harbour_str*"),
        ("“harbour strike” «quay»", "all[harbour_strike quay]"),
        (
            "U.S. O'Neill state-run AT&T 10:30 C++",
            "all[any[US U.S] O'Neill state-run AT&T 10:30 C++]",
        ),
        ("https://example.org/a", "https://example.org/a"),
        ("Marks & Spencer - profit", "all[Marks Spencer profit]"),
        (
            "title:ferry title: \"two words\" Title:x*",
            "all[title=ferry title=two_words title=x*]",
        ),
        ("title:(a OR b) c", "all[any[title=a title=b] c]"),
        ("NEAR(harbour strike, 5)", "harbour+strike~5"),
        (
            "NEAR(harbour \"dock workers\" stri*)",
            "harbour+dock_workers+stri*~10",
        ),
        ("body:NEAR(a b,3) near (c)", "all[body=a+b~3 near c]"),
        (
            "entity:\"Margaret Thatcher\" entity:Thatcher",
            "all[entity=Margaret_Thatcher entity=Thatcher]",
        ),
        (
            "entity:person:Jordan entity:location:\"East Jordan\"",
            "all[entity=person/Jordan entity=location/East_Jordan]",
        ),
        (
            "kind:LAW source:(AP OR \"Kyodo News\")",
            "all[kind=law any[source=AP source=Kyodo_News]]",
        ),
        (
            "lang:de OR lang:German OR language:deu",
            "any[lang=de lang=de lang=de]",
        ),
        ("東京 地震", "all[東京 地震]"),
    ] {
        match parse(query) {
            Ok(parsed) => assert_eq!(shown(&parsed.root), understood, "{query}"),
            Err(error) => panic!("{}", error.in_words(query)),
        }
    }
}

#[test]
fn dates_are_points_ranges_and_sides() {
    for (value, understood) in [
        ("2005", "date=2005..2005~"),
        ("2005-1", "date=2005..2005-01~"),
        ("2005-01-01..2005-12-31", "date=2005..2005~"),
        ("2005/01/31", "date=2005-01-31..2005-01~"),
        ("2005-01..2005-03", "date=2005..2005-03~"),
        ("2005..", "date=2005.."),
        ("..2005-03", "date=..2005-03~"),
        (">2005-06", "date=2005-06~.."),
        (">=2005-06", "date=2005-06.."),
        ("<2005-06", "date=..2005-06"),
        ("<=2005-06", "date=..2005-06~"),
        ("> 2005", "date=2005~.."),
    ] {
        let query = format!("date:{value}");
        assert_eq!(
            parse(&query).map(|query| shown(&query.root)),
            Ok(understood.to_owned()),
            "{value}"
        );
    }
}

#[test]
fn a_broken_query_says_where_it_broke_and_what_was_meant() {
    for (query, at, problem, meant) in [
        ("harbour AND", 8, "AND needs a term", Some("harbour")),
        ("OR harbour", 0, "OR needs a term", Some("harbour")),
        ("a AND AND b", 2, "AND needs a term", Some("a AND b")),
        ("a OR OR b", 2, "OR needs a term", Some("a OR b")),
        ("a NOT", 2, "NOT needs a term after it", Some("a")),
        ("a (b OR c", 2, "never closed", Some("a (b OR c)")),
        ("a b) c", 3, "closes nothing", Some("a b c")),
        (
            "say \"harbour strike",
            4,
            "never closed",
            Some("say \"harbour strike\""),
        ),
        ("ha*bour", 2, "a star stands at the end", Some("ha*")),
        ("*bour", 0, "a star stands at the end", Some("bour")),
        ("* x", 0, "a star needs the beginning", Some("x")),
        (
            "titel:ferry",
            0,
            "there is no field titel:",
            Some("title:ferry"),
        ),
        (
            "soruce:AP x",
            0,
            "there is no field soruce:",
            Some("source:AP x"),
        ),
        ("a zzz:b", 2, "there is no field zzz:", Some("a \"zzz:\"b")),
        ("ferry title:", 6, "title: needs a value", Some("ferry")),
        ("kind:persn", 5, "there is no kind", Some("kind:person")),
        ("lang:Klingonisch", 5, "is no language", None),
        ("a date:2005-13", 7, "not in the calendar", None),
        ("date:2005-02-30", 5, "not in the calendar", None),
        ("date:yesterday", 5, "is no time", None),
        ("date:2006..2005", 5, "nothing lies between", None),
        ("a || b", 2, "write OR", Some("a OR b")),
        ("NEAR(a, 5)", 0, "NEAR needs two", None),
        ("NEAR(a b", 4, "never closed", Some("NEAR(a b)")),
        ("NEAR(a (b))", 7, "stand words and phrases only", None),
        ("", 0, "no word to look for", None),
        ("&", 0, "no word to look for", None),
        ("()", 0, "no word to look for", None),
        ("entity:\"\"", 7, "a value is missing", None),
    ] {
        let error = parse(query).expect_err(query);
        assert!(
            error.problem.contains(problem),
            "{query}: {}",
            error.problem
        );
        assert_eq!(
            (error.at.start, error.meant.as_deref()),
            (at, meant),
            "{query}"
        );
    }
}

#[test]
fn near_without_its_bracket_is_no_word() {
    let error = parse("a NEAR b").unwrap_err();
    assert!(error.problem.starts_with("NEAR stands before its words"));
    assert_eq!(error.at, 2..6);
    assert!(parse("a \"NEAR\" b").is_ok() && parse("a near b").is_ok());
}

#[test]
fn the_caret_stands_under_the_place_whatever_the_width_of_letters() {
    let words = parse("東京 AND")
        .expect_err("dangling")
        .in_words("東京 AND");
    assert!(words.contains("\n  東京 AND\n       ^^^\n"), "{words}");
}

#[test]
fn operators_in_small_letters_are_words_and_a_hint() {
    let query = parse("harbour and strike").unwrap();
    assert_eq!(shown(&query.root), "all[harbour and strike]");
    assert!(query.hints[0].contains("write AND"), "{:?}", query.hints);
}

#[test]
fn a_query_is_narrowed_as_a_whole() {
    let query = parse("a OR b")
        .unwrap()
        .narrowed("source", "Kyodo News")
        .unwrap();
    assert_eq!(query.text, "(a OR b) source:\"Kyodo News\"");
    assert!(query.narrowed("date", "soon..").is_err());
}

#[test]
fn any_text_at_all_is_a_query_or_an_error() {
    let pieces = [
        "(", ")", "\"", "*", "-", "AND", "NOT", "OR", "NEAR", "NEAR(", ",", ":", "title:", "date:",
        "..", ">", "a", "é", "東", "“", " ", "\0", "\n", "^",
    ];
    let mut seed = 7_usize;
    for _ in 0..20_000 {
        let mut query = String::new();
        for _ in 0..seed % 9 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            query.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        seed = seed.wrapping_add(0x9e37_79b9).rotate_left(7);
        if let Err(error) = parse(&query) {
            assert!(error.in_words(&query).contains('^') || query.trim().is_empty());
            if let Some(meant) = error.meant {
                assert!(parse(&meant).is_ok(), "{query} → {meant}");
            }
        }
    }
    for deep in [
        "(".repeat(100_000),
        ")".repeat(100_000),
        "-".repeat(100_000),
        "NOT ".repeat(100_000),
        "a ".repeat(100_000),
    ] {
        assert!(parse(&deep).is_err());
    }
}
