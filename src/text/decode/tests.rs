use encoding_rs::{
    EUC_JP, EUC_KR, GBK, ISO_2022_JP, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253,
};

use super::decode;

const FRENCH: &str = "Le cœur du port – « Rien n’est sûr », dit René Lebœuf. Le prix est de 5 € …\n\nLa fête a été annulée à cause de la tempête, a déclaré la mairie.\n";
const RUSSIAN: &str = "Порт закрыт после шторма.\n\nПаром между двумя городами снова пошёл в понедельник, сообщил порт города.\n";
const GREEK: &str = "Το λιμάνι έκλεισε μετά την καταιγίδα.\n\nΤο πλοίο ανάμεσα στις δύο πόλεις ταξίδεψε ξανά τη Δευτέρα.\n";
const CZECH: &str = "Přístav je uzavřen.\n\nLoď mezi dvěma městy vyplula v pondělí, řekl „starosta“ Škoda – úřad žádá náhradu.\n";
const JAPANESE: &str = "港の工事費\n\n三週間前の嵐で岸壁が壊れた二つの町を結ぶフェリーが月曜日に運航を再開したと港が発表した。\n";
const CHINESE: &str = "港口关闭\n\n三周前的风暴毁坏了码头，连接两座城市的渡轮星期一恢复运营，港口方面表示。市长说，修复工作还需要两个星期。\n";
const KOREAN: &str = "항구가 폐쇄되었다\n\n두 도시를 잇는 여객선이 월요일에 운항을 재개했다고 항구가 발표했다. 시장은 복구에 두 주가 더 걸린다고 말했다.\n";

fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to).collect()
}

fn utf32(text: &str, to: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| to(u32::from(c))).collect()
}

#[test]
fn encodings_are_read_whatever_the_label_says() {
    let labels = [
        None,
        Some("utf-8"),
        Some("us-ascii"),
        Some("iso-8859-1"),
        Some("windows-1252"),
        Some("utf-16"),
        Some("x-nonsense"),
    ];
    for (text, encoding) in [
        (FRENCH, WINDOWS_1252),
        (RUSSIAN, WINDOWS_1251),
        (GREEK, WINDOWS_1253),
        (CZECH, WINDOWS_1250),
        (JAPANESE, SHIFT_JIS),
        (JAPANESE, EUC_JP),
        (JAPANESE, ISO_2022_JP),
        (CHINESE, GBK),
        (KOREAN, EUC_KR),
    ] {
        let (bytes, _, has_lost) = encoding.encode(text);
        assert!(!has_lost, "{}", encoding.name());
        for label in labels {
            // Nothing in single bytes of a Latin script contradicts another one's label.
            if encoding == WINDOWS_1250
                && matches!(label, Some(label) if label.contains("12") || label.contains("8859") || label.contains("ascii"))
            {
                continue;
            }
            assert_eq!(
                decode(&bytes, label),
                text,
                "{} as {label:?}",
                encoding.name()
            );
        }
        assert_eq!(decode(&bytes, Some(encoding.name())), text);
        assert_eq!(decode(text.as_bytes(), Some(encoding.name())), text);
    }
}

#[test]
fn wide_encodings_are_read_with_and_without_their_marks() {
    for text in [
        FRENCH,
        RUSSIAN,
        GREEK,
        CZECH,
        JAPANESE,
        CHINESE,
        KOREAN,
        "Quay, 5 🚢.\n",
    ] {
        for mark in ["", "\u{feff}"] {
            let marked = format!("{mark}{text}");
            for bytes in [
                utf16(&marked, u16::to_le_bytes),
                utf16(&marked, u16::to_be_bytes),
                utf32(&marked, u32::to_le_bytes),
                utf32(&marked, u32::to_be_bytes),
            ] {
                assert_eq!(decode(&bytes, Some("utf-8")), text);
                // A tool that appended a line end of one byte.
                let appended = [&bytes[..], b"\n"].concat();
                assert!(decode(&appended, None).starts_with(text));
            }
        }
    }
}

#[test]
fn a_bad_byte_costs_one_character() {
    for bad in [0xff, 0xfe, 0x80, 0xc3, 0xc0] {
        for text in [FRENCH, RUSSIAN, JAPANESE, KOREAN] {
            let at = text.find('\n').unwrap();
            let bytes = [&text.as_bytes()[..at], b" ", &[bad], &text.as_bytes()[at..]].concat();
            let read = decode(&bytes, Some("utf-8"));
            let (before, after) = read.split_at(at + 1);
            assert_eq!(before.trim_end(), &text[..at]);
            let mut after = after.chars();
            assert!(matches!(after.next(), Some('\u{fffd}' | '€')), "{bad:x}");
            assert_eq!(after.as_str(), &text[at..]);
        }
    }
    assert_eq!(
        decode(b"Shops stay open. \xff They do.", None),
        "Shops stay open. \u{fffd} They do."
    );
    let mut bytes = GBK.encode(CHINESE).0.into_owned();
    bytes.insert(20, 0xff);
    let read = decode(&bytes, Some("gb2312"));
    assert!(read.contains("渡轮星期一恢复运营"), "{read}");
}

#[test]
fn lines_of_utf8_and_of_another_encoding_are_both_whole() {
    for (foreign, encoding) in [
        (FRENCH, WINDOWS_1252),
        (RUSSIAN, WINDOWS_1251),
        (CZECH, WINDOWS_1250),
    ] {
        let (bytes, _, _) = encoding.encode(foreign);
        for own in ["André Müller’s café – “open”.\n", "Straße, Łódź, Øre.\n"] {
            let mixed = [own.as_bytes(), &bytes[..], own.as_bytes()].concat();
            for label in [None, Some("utf-8"), Some(encoding.name())] {
                assert_eq!(
                    decode(&mixed, label),
                    format!("{own}{foreign}{own}"),
                    "{label:?}"
                );
            }
        }
    }
    let line = ["é “so” à the é’s it".as_bytes(), b"\x92s Ren\xe9e."].concat();
    assert_eq!(decode(&line, None), "é “so” à the é’s it’s Renée.");
}

#[test]
fn marks_of_windows_are_read_under_the_label_of_iso() {
    assert_eq!(
        decode(b"\x84\x8akoda\x93 \xb9el \x96 dom\xf9", Some("iso-8859-2")),
        "„Škoda“ šel – domů"
    );
    assert_eq!(decode(b"it\x92s \x80 5", Some("iso-8859-15")), "it’s € 5");
}

#[test]
fn a_page_states_its_encoding_in_its_head_alone() {
    let (russian, _, _) = WINDOWS_1251.encode("Порт");
    let page = |head: &str| [head.as_bytes(), &russian, b"</title>"].concat();
    for head in [
        "<meta charset=windows-1251><title>",
        "<script src=x charset=\"utf-8\"></script><META http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\"><title>",
        "<?xml version='1.0' encoding='windows-1251'?><title>",
    ] {
        assert!(
            decode(&page(head), None).ends_with("Порт</title>"),
            "{head}"
        );
    }
}
