use crate::support::Desk;

const SCAN: &str = "Ferry sinks off Bergton

BERGTON, March 3, 2021 - The ferry sank on Tuesday evening, said its skipper, Ida Holm, who swam ashore.

Nobody else was on board. The harbour office will lift the wreck in spring.
";

/// A PDF of one page that shows nothing but a picture.
fn scan(picture: &[u8]) -> Vec<u8> {
    let drawing = b"q 600 0 0 800 0 0 cm /Im0 Do Q";
    let stream = |head: &str, content: &[u8]| {
        let head = format!("<<{head}/Length {}>>\nstream\n", content.len());
        [head.as_bytes(), content, b"\nendstream"].concat()
    };
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</Im0 5 0 R>>>>>>".to_vec(),
        stream("", drawing),
        stream(
            "/Type/XObject/Subtype/Image/Width 600/Height 800/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
            picture,
        ),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", n + 1).bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    pdf.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    pdf
}

fn with_ocr(settings: &str) -> Desk {
    let desk = Desk::new();
    desk.put("config.toml", format!("[parse.ocr]\n{settings}\n"));
    desk.put("scan.pdf", scan(SCAN.as_bytes()));
    desk
}

#[test]
fn a_scan_is_read_by_the_program_that_is_set_and_marked() {
    for settings in [
        "command = [\"cat\", \"{image}\"]",
        "command = \"cat {image}\"",
        "command = [\"head\", \"-q\", \"-n\", \"99\", \"{image}\"]",
    ] {
        let desk = with_ocr(settings);
        desk.stdout(&["ingest", "scan.pdf"]);
        assert_eq!(
            desk.count("select count(*) from articles where is_ocr and title like 'Ferry sinks%'"),
            1
        );
        let ledger = desk.stdout(&["report", "inbox", "--format", "ndjson"]);
        assert!(ledger.contains("\"ocr\":1"), "{ledger}");
    }
}

#[test]
fn a_scan_that_cannot_be_read_fails_with_the_reason() {
    for (settings, reason) in [
        ("", "set `command` under [parse.ocr]"),
        (
            "command = [\"no-such-program\"]",
            "no-such-program cannot be run",
        ),
        ("command = [\"false\"]", "false failed"),
        (
            "command = [\"sh\", \"-c\", \"sleep 600\", \"{image}\"]\ntimeout_ms = 200",
            "sh took more than 0.2 seconds",
        ),
        ("command = [\"true\"]", "no article text"),
    ] {
        let desk = with_ocr(settings);
        let refused = desk.refusal(&["ingest", "scan.pdf"]);
        assert!(refused.contains(reason), "{settings}: {refused}");
    }
}

#[test]
fn a_message_of_outlook_is_refused_with_what_to_do() {
    let desk = Desk::new();
    let name: Vec<u8> = "__substg1.0_1000001F"
        .bytes()
        .flat_map(|byte| [byte, 0])
        .collect();
    let message = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(),
        &[0; 600],
        &name,
    ]
    .concat();
    desk.put("letter.msg", message);
    let refused = desk.refusal(&["ingest", "letter.msg"]);
    assert!(refused.contains("save it as .eml"), "{refused}");
}
