use crate::domain::article::{Article, Format, PublishedOrigin, TitleOrigin};
use crate::domain::document::{Document, Limits};
use crate::domain::ledger::Rejection;
use crate::parse::{Found, is_bundle, parse, parse_all, parse_one, within};

const SENTENCES: &str = "The ferry sailed from the harbour on Monday, officials said. It carried three hundred passengers and a brass band. The mayor, who had promised it for years, waved from the quay until it was out of sight. Nobody could say what the next crossing would cost, or whether there would be one.";

fn mail(text: &str) -> Vec<u8> {
    text.trim_start().replace('\n', "\r\n").into_bytes()
}

fn article(name: &str, text: &str) -> Article {
    parse_one(&Document::new(name, mail(text))).unwrap()
}

#[test]
fn a_newsletter_names_its_source_its_time_and_its_page() {
    let story = article(
        "a.eml",
        &format!(
            "
Received: by relay.example; Tue, 5 Jan 2016 09:30:02 +0000
From: The Harbour Gazette <news@mail.gazette.example>
To: ida@example.org
Subject: =?utf-8?Q?Ferry_line_reopens_=E2=80=93_at_last?=
Date: Tue, 5 Jan 2016 10:30:01 +0100
List-Id: Morning <morning.gazette.example>
Message-ID: <1@gazette.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Read this in your browser: https://gazette.example/n/1
--x
Content-Type: text/html; charset=utf-8

<html><body><p><a href=\"https://gazette.example/n/1?a=1&amp;b=2\">View this email in your <b>browser</b></a></p><h1>Ferry line</h1><p>{SENTENCES}</p><p>{SENTENCES}</p></body></html>
--x--
"
        ),
    );
    assert_eq!(story.format, Format::Email);
    assert_eq!(story.title, "Ferry line reopens – at last");
    assert_eq!(story.title_origin, TitleOrigin::Metadata);
    let source = story.source.unwrap();
    assert_eq!(source.name, "The Harbour Gazette");
    assert_eq!(source.domain.as_deref(), Some("gazette.example"));
    let published = story.published.unwrap();
    assert_eq!(
        (published.at.as_str(), published.origin),
        ("2016-01-05T09:30:01Z", PublishedOrigin::Sent)
    );
    assert_eq!(
        story.url.as_deref(),
        Some("https://gazette.example/n/1?a=1&b=2")
    );
    assert!(story.body.contains("brass band"), "{}", story.body);
    assert!(story.authors.is_empty());
}

#[test]
fn a_person_who_writes_is_the_author_and_her_signature_no_text() {
    let story = article(
        "a.eml",
        &format!(
            "
From: \"Ida Holm\" <ida@gazette.example>
To: desk@gazette.example
Subject: Fwd: [desk] Ferry line reopens
Date: Tue, 5 Jan 2016 10:30:01 +0100

BERGEN, Jan. 5, 2016 (AP) -- {SENTENCES}

-- 
Ida Holm, Harbour correspondent, +47 000
"
        ),
    );
    assert_eq!(story.title, "Ferry line reopens");
    assert_eq!(story.authors, ["Ida Holm"]);
    assert_eq!(story.dateline.as_deref(), Some("BERGEN, Jan. 5, 2016 (AP)"));
    assert!(story.body.ends_with("would be one."), "{}", story.body);
}

#[test]
fn sender_names_are_told_apart() {
    for (from, list, authors, source) in [
        (
            "Ida Holm at The Gazette <ida@gazette.example>",
            "List-Id: <x.y>\n",
            "Ida Holm",
            "The Gazette",
        ),
        (
            "Press Office <press@ministry.example>",
            "",
            "",
            "Press Office",
        ),
        ("Ida Holm <ida@gmail.com>", "", "Ida Holm", ""),
        ("news@gazette.example", "", "", "gazette.example"),
        (
            "<bot@gmail.com>",
            "List-Id: Morning Post <m.p>\n",
            "",
            "Morning Post",
        ),
    ] {
        let story = article(
            "a.eml",
            &format!(
                "From: {from}\n{list}Subject: S\nDate: Tue, 5 Jan 2016 10:30:01 +0100\n\n{SENTENCES}"
            ),
        );
        let name = story.source.map(|source| source.name).unwrap_or_default();
        assert_eq!(
            (story.authors.join(","), name),
            (authors.to_owned(), source.to_owned()),
            "{from}"
        );
    }
}

#[test]
fn attachments_are_members_and_the_note_that_carries_them_is_none() {
    let articles = parse_all(&Document::new(
        "a.eml",
        mail(&format!(
            "
From: Ida Holm <ida@gazette.example>
Subject: two texts
Date: Tue, 5 Jan 2016 10:30:01 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x

See attached.
--x
Content-Type: text/plain; name=\"ferry.txt\"
Content-Disposition: attachment; filename=\"ferry.txt\"

Ferry line reopens

{SENTENCES}
--x
Content-Type: image/png; name=\"logo.png\"
Content-Disposition: attachment; filename=\"logo.png\"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--x--
"
        )),
    ))
    .unwrap();
    let [ferry] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(
        (ferry.title.as_str(), ferry.format),
        ("Ferry line reopens", Format::Text)
    );
    assert_eq!(ferry.published.as_ref().unwrap().at, "2016-01-05T10:30:01Z");
}

#[test]
fn a_mailbox_gives_an_article_for_each_message() {
    let message = |subject: &str| {
        format!(
            "From ida@example.org Tue Jan  5 09:30:00 2016\nFrom: Ida Holm <ida@example.org>\nSubject: {subject}\nDate: Tue, 5 Jan 2016 09:30:00 +0000\n\n{SENTENCES}\n\n>From here on it rained, {subject}.\nFrom Monday on it snowed.\n\n"
        )
    };
    let mailbox = message("One") + &message("Two");
    assert!(is_bundle(mailbox.as_bytes()));
    let articles = parse_all(&Document::new("inbox", mailbox.into_bytes())).unwrap();
    let titles: Vec<&str> = articles
        .iter()
        .map(|article| article.title.as_str())
        .collect();
    assert_eq!(titles, ["One", "Two"]);
    assert!(
        articles[0]
            .body
            .contains("\n\nFrom here on it rained, One."),
        "{}",
        articles[0].body
    );
}

#[test]
fn a_message_without_text_is_named_by_its_subject() {
    let mailbox = "From a Tue Jan  5 09:30:00 2016\nFrom: a@b.example\nSubject: Lunch\nDate: Tue, 5 Jan 2016 09:30:00 +0000\n\n\n";
    let mut failures = Vec::new();
    let limits = Limits {
        member: 1 << 20,
        bundle: 1 << 20,
    };
    parse(
        &Document::new("inbox", mailbox.as_bytes().to_vec()),
        &within(limits),
        &mut |found| {
            if let Found::Failure(failure) = found {
                failures.push((failure.member, failure.rejection));
            }
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(
        failures,
        [(
            "message 1 (Lunch).eml".to_owned(),
            Rejection::NoArticle(Format::Email)
        )]
    );
}

#[test]
fn a_page_saved_whole_is_read_with_its_address_and_the_time_of_saving() {
    let story = article(
        "ferry.mhtml",
        &format!(
            "
From: <Saved by Blink>
Snapshot-Content-Location: https://gazette.example/ferry
Subject: Ferry line reopens
Date: Tue, 5 Jan 2016 09:30:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type=\"text/html\"; boundary=\"x\"

--x
Content-Type: text/html
Content-ID: <frame@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://gazette.example/ferry

<html><head><title>Ferry line</title></head><body><article><h1>Ferry line</h1><p>The caf=C3=A9 opened=
 again. {SENTENCES}</p><p>{SENTENCES}</p></article></body></html>
--x
Content-Type: image/png
Content-Location: https://gazette.example/a.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--x--
"
        ),
    );
    assert_eq!(story.format, Format::Mhtml);
    assert_eq!(story.url.as_deref(), Some("https://gazette.example/ferry"));
    let published = story.published.unwrap();
    assert_eq!(
        (published.at.as_str(), published.origin),
        ("2016-01-05T09:30:00Z", PublishedOrigin::Capture)
    );
    assert!(story.body.contains("café opened again"), "{}", story.body);
}

#[test]
fn a_text_that_speaks_of_mail_is_a_text() {
    for text in [
        "From: here to eternity\n\nThe film is shown again, the cinema said.",
        "Subject: a column\n\nWhat is a subject, asks our columnist, and waits.",
        "From Monday at 10:30 on, the ferry sails\nThe harbour said so.",
    ] {
        assert_eq!(article("a.txt", text).format, Format::Text, "{text}");
    }
}

#[test]
fn broken_messages_are_answers() {
    let nested = (0..2_000).fold(String::new(), |nested, n| {
        nested + &format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")
    });
    for text in [
        "From: a@b.c\nDate: x\nSubject: \n".to_owned(),
        format!("From: a@b.c\nDate: x\nSubject: y\n{nested}"),
        "From: a@b.c\nDate: x\nSubject: y\nContent-Transfer-Encoding: base64\n\n\0\0\0".to_owned(),
        "MIME-Version: 1.0\nContent-Type: multipart/related".to_owned(),
    ] {
        let _ = parse_all(&Document::new("a.eml", text.clone().into_bytes()));
        let _ = parse_all(&Document::new("a.mht", text.into_bytes()));
    }
}

#[test]
fn a_story_that_was_passed_on_is_its_senders() {
    let head = "From: Per Lund <per@desk.example>\nTo: desk@desk.example\nSubject: Fwd: Ferry line reopens\nDate: Fri, 8 Jan 2016 10:30:01 +0100\n\n";
    for block in [
        "---------- Forwarded message ---------\nFrom: Ida Holm <ida@gazette.example>\nDate: Tue, Jan 5, 2016 at 9:30 AM\nSubject: Ferry line reopens\nTo: <per@desk.example>\n\n\n",
        "FYI\n\nBegin forwarded message:\n\nFrom: Ida Holm <ida@gazette.example>\nSubject: Ferry line reopens\nDate: 5 January 2016 at 09:30:00 CET\nTo: per@desk.example\n\n",
        "Worth a look?\n\nFrom: Ida Holm <ida@gazette.example>\nSent: Tuesday, January 5, 2016 9:30 AM\nTo: Per Lund\nSubject: Ferry line reopens\n\n",
    ] {
        let story = article(
            "a.eml",
            &format!("{head}{block}{SENTENCES}\n\n{SENTENCES}\n"),
        );
        assert_eq!(story.title, "Ferry line reopens", "{block}");
        assert_eq!(story.authors, ["Ida Holm"], "{block}");
        let published = story.published.unwrap();
        assert_eq!(&published.at[..10], "2016-01-05", "{block}");
        assert!(story.body.starts_with("The ferry sailed"), "{}", story.body);
        assert!(!story.body.contains("Lund"), "{}", story.body);
    }
}

#[test]
fn an_answer_above_a_quoted_message_is_its_writers() {
    let text = format!(
        "From: Per Lund <per@desk.example>\nTo: ida@gazette.example\nSubject: Re: Ferry line\nDate: Fri, 8 Jan 2016 10:30:01 +0100\n\n{SENTENCES}\n\nFrom: Ida Holm <ida@gazette.example>\nSent: Tuesday, January 5, 2016 9:30 AM\nTo: Per Lund\nSubject: Ferry line\n\n{SENTENCES}\n"
    );
    assert_eq!(article("a.eml", &text).authors, ["Per Lund"]);
}
