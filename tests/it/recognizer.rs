use crate::support::Desk;

const STORY: &str = "Ferry\n\nKari Solberg, 50, met the Port Authority in Bergen on Monday. \"Bergen is ready,\" said Solberg.\n";

fn desk(settings: &str) -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", STORY)
        .put("config.toml", format!("[recognizer]\n{settings}"));
    desk
}

#[cfg(not(feature = "onnx"))]
#[test]
fn a_program_without_the_engine_says_how_to_get_it() {
    let desk = desk("engine = \"onnx\"\nmodel = \"model.onnx\"");
    for command in [&["ingest", "a.txt"][..], &["watch", "--once"]] {
        let said = desk.refusal(command);
        assert!(
            said.contains("model.onnx") && said.contains("--features onnx"),
            "{said}"
        );
    }
}

#[test]
fn an_engine_that_does_not_exist_is_a_wrong_setting() {
    let said = desk("engine = \"other\"").refusal(&["ingest", "a.txt"]);
    assert!(said.contains("engine") && said.contains("onnx"), "{said}");
}

#[cfg(feature = "onnx")]
mod onnx {
    use std::fmt::Write;

    use super::{STORY, desk};
    use crate::support::Desk;

    const ENGINE: &str = "engine = \"onnx\"\nmodel = \"model.onnx\"\n";

    const LABELS: [&str; 7] = ["O", "B-PER", "I-PER", "B-LOC", "B-ORG", "I-ORG", "B-DATE"];

    /// The words that the model knows, with their labels; what goes on with `##` is never looked at.
    const WORDS: [(&str, usize); 9] = [
        ("[PAD]", 0),
        ("[UNK]", 0),
        ("Kari", 1),
        ("Sol", 2),
        ("##berg", 0),
        ("Bergen", 3),
        ("Port", 4),
        ("Authority", 5),
        ("Monday", 6),
    ];

    fn varint(mut n: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while n > 127 {
            bytes.push(n as u8 | 128);
            n >>= 7;
        }
        bytes.push(n as u8);
        bytes
    }

    /// A field of a protobuf message that is a number.
    fn number(field: u64, n: u64) -> Vec<u8> {
        [varint(field << 3), varint(n)].concat()
    }

    /// A field that is a text or a message.
    fn bytes(field: u64, of: impl AsRef<[u8]>) -> Vec<u8> {
        let of = of.as_ref();
        [&varint(field << 3 | 2), &varint(of.len() as u64), of].concat()
    }

    fn value(name: &str, datum: u64, shape: &[&str]) -> Vec<u8> {
        let dims = shape.iter().map(|dim| bytes(1, bytes(2, dim)));
        let shape = bytes(2, dims.collect::<Vec<_>>().concat());
        let tensor = [number(1, datum), shape].concat();
        [bytes(1, name), bytes(2, bytes(1, tensor))].concat()
    }

    /// A model that looks up what each subword is: logits = Gather(table, input_ids).
    fn model(strength: f32) -> Vec<u8> {
        let cell = |word: usize, label: usize| {
            if WORDS[word].1 == label {
                strength
            } else {
                0.0
            }
        };
        let table = (0..WORDS.len())
            .flat_map(|word| (0..LABELS.len()).map(move |label| cell(word, label)))
            .flat_map(f32::to_le_bytes)
            .collect::<Vec<u8>>();
        let table = [
            number(1, WORDS.len() as u64),
            number(1, LABELS.len() as u64),
            number(2, 1),
            bytes(8, "table"),
            bytes(9, table),
        ];
        let gather = [
            bytes(1, "table"),
            bytes(1, "input_ids"),
            bytes(2, "logits"),
            bytes(3, "look up"),
            bytes(4, "Gather"),
        ];
        let graph = [
            bytes(1, gather.concat()),
            bytes(2, "tiny"),
            bytes(5, table.concat()),
            bytes(11, value("input_ids", 7, &["batch", "sequence"])),
            bytes(11, value("attention_mask", 7, &["batch", "sequence"])),
            bytes(12, value("logits", 1, &["batch", "sequence", "labels"])),
        ];
        let version = bytes(8, [bytes(1, ""), number(2, 13)].concat());
        [number(1, 8), bytes(7, graph.concat()), version].concat()
    }

    /// A tokenizer that would cut texts after four subwords, as those of many models would, if it were let.
    fn tokenizer() -> String {
        let mut words = String::new();
        for (n, (word, _)) in WORDS.iter().enumerate() {
            write!(words, "{}\"{word}\":{n}", if n > 0 { "," } else { "" }).unwrap();
        }
        format!(
            r###"{{"version":"1.0","truncation":{{"direction":"Right","max_length":4,"strategy":"LongestFirst","stride":0}},
            "padding":null,"added_tokens":[],"normalizer":null,"pre_tokenizer":{{"type":"BertPreTokenizer"}},"post_processor":null,
            "decoder":null,"model":{{"type":"WordPiece","vocab":{{{words}}},"unk_token":"[UNK]",
            "continuing_subword_prefix":"##","max_input_chars_per_word":100}}}}"###
        )
    }

    fn config(labels: &[&str]) -> String {
        let labels = labels.iter().enumerate();
        let labels: Vec<String> = labels
            .map(|(n, word)| format!("\"{n}\":\"{word}\""))
            .collect();
        format!("{{\"id2label\":{{{}}}}}", labels.join(","))
    }

    fn with_model() -> Desk {
        let desk = desk(ENGINE);
        desk.put("model.onnx", model(9.0))
            .put("tokenizer.json", tokenizer())
            .put("config.json", config(&LABELS));
        desk
    }

    #[test]
    fn a_model_of_ones_own_finds_the_names() {
        let desk = with_model();
        desk.stdout(&["ingest", "a.txt"]);
        let names = "select group_concat(kind || ' ' || text || ' ' || entity, '|') from (select * from v_mentions order by start)";
        let names: String = desk.sql().query_row(names, [], |row| row.get(0)).unwrap();
        assert_eq!(
            names,
            "person Kari Solberg Kari Solberg|organization Port Authority Port Authority|location Bergen Bergen|location Bergen Bergen|person Solberg Kari Solberg"
        );
        let exact = "select count(*) from v_mentions join articles on articles.id = article_id
                     where substr(body, start + 1, \"end\" - start) = text and confidence between 0.999 and 0.9995";
        assert_eq!(desk.count(exact), 5);
        let speaker = "select count(*) from quotes join entities on entities.id = speaker_id where name = 'Kari Solberg'";
        assert_eq!(desk.count(speaker), 1);
    }

    #[test]
    fn names_of_long_texts_are_found_once_wherever_they_stand() {
        let desk = with_model();
        let mut body = String::from("Ferry\n\n");
        for n in 0..700 {
            body.push_str(if n % 7 == 0 { "Bergen " } else { "ferry " });
            body.push_str(if n % 90 == 89 { "sails.\n\n" } else { "" });
        }
        desk.put("long.txt", body).stdout(&["ingest", "long.txt"]);
        assert_eq!(desk.count("select count(*) from mentions"), 100);
    }

    #[test]
    fn another_model_reads_the_articles_again() {
        let desk = with_model();
        desk.stdout(&["ingest", "a.txt"]);
        let own = "select count(*) from articles where analyzer glob 'onnx-????????????/*'";
        assert_eq!(desk.count(own), 1);
        let said = |desk: &Desk| String::from_utf8(desk.run(&["reanalyze"]).stderr).unwrap();
        assert!(said(&desk).contains("0 articles read again"));
        desk.put("model.onnx", model(5.0));
        assert!(said(&desk).contains("1 articles read again"));
        desk.put("config.toml", "");
        assert!(said(&desk).contains("1 articles read again"));
        assert_eq!(desk.count(own), 0);
    }

    #[test]
    fn languages_that_are_not_named_are_not_read() {
        let desk = with_model();
        desk.put("config.toml", format!("[recognizer]\n{ENGINE}languages = [\"de\"]"))
            .put("b.html", format!("<html lang=en><h1>Ferry sails</h1><article><p>{STORY}</p><p>{STORY} again</p></article></html>"))
            .put("c.html", "<html lang=de><h1>Die Fähre fährt</h1><article><p>Die Fähre fährt wieder, sagte Kari Solberg am Montag in Bergen, und die Leute freuten sich sehr über das neue Schiff, das am Kai lag.</p></article></html>");
        desk.stdout(&["ingest", "b.html", "c.html"]);
        let read = "select count(*) from articles where (analyzer is not null) = (language = 'de')";
        assert_eq!(desk.count(read), 2);
    }

    #[test]
    fn what_cannot_be_used_is_named_with_what_to_do() {
        for (file, content, settings, said) in [
            ("x", "", "engine = \"onnx\"", "model = \"path/model.onnx\""),
            (
                "x",
                "",
                "engine = \"onnx\"\nmodel = \"none.onnx\"",
                "cannot read the model none.onnx",
            ),
            (
                "model.onnx",
                "no model",
                ENGINE,
                "model.onnx cannot be used",
            ),
            (
                "tokenizer.json",
                "{}",
                ENGINE,
                "tokenizer.json cannot be used",
            ),
            ("config.json", "{", ENGINE, "config.json is no JSON"),
            ("config.json", "{}", ENGINE, "labels = ["),
            (
                "config.json",
                &config(&["LABEL_0", "LABEL_1"]),
                ENGINE,
                "none of its labels (LABEL_0, LABEL_1)",
            ),
            ("config.json", &config(&LABELS[..3]), ENGINE, "its 3 labels"),
            (
                "x",
                "",
                &format!("{ENGINE}tokenizer = \"none.json\""),
                "cannot read the tokenizer none.json",
            ),
        ] {
            let desk = with_model();
            desk.put(file, content)
                .put("config.toml", format!("[recognizer]\n{settings}"));
            let refusal = desk.refusal(&["ingest", "a.txt"]);
            assert!(refusal.contains(said), "{said} in {refusal}");
        }
    }
}
