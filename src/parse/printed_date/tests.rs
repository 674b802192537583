use super::*;

fn at(text: &str, order: Order) -> String {
    let stated = read(text, order);
    stated.map_or_else(String::new, |stated| {
        stated.published(PublishedOrigin::Text).0.at
    })
}

#[test]
fn dates_are_read_as_machines_write_them() {
    for (text, expected) in [
        ("2016-06-29", "2016-06-29"),
        ("2016-6-29", "2016-06-29"),
        ("20160629", "2016-06-29"),
        ("2016-06", "2016-06"),
        ("2016", "2016"),
        ("2016-06-29T15:07:41Z", "2016-06-29T15:07:41Z"),
        ("2016-06-29T15:07Z", "2016-06-29T15:07:00Z"),
        ("2016-06-29T15:07:41.123+02:00", "2016-06-29T13:07:41Z"),
        ("2016-06-29T15:07:41,5+0200", "2016-06-29T13:07:41Z"),
        ("2016-06-29 15:07:41 +0200", "2016-06-29T13:07:41Z"),
        ("2016-06-29 15:07:41 UTC", "2016-06-29T15:07:41Z"),
        (
            "2016-06-29T15:07:41+02:00[Europe/Oslo]",
            "2016-06-29T13:07:41Z",
        ),
        ("20160629T101500Z", "2016-06-29T10:15:00Z"),
        ("20160629T101500-0500", "2016-06-29T15:15:00Z"),
        ("20160629101500", "2016-06-29T10:15:00Z"),
        ("2016-06-29T10:15:00", "2016-06-29"),
        ("2016-06-29 10:15", "2016-06-29"),
        ("2016/6/29 15:07:41", "2016-06-29"),
        ("2016.06.29", "2016-06-29"),
        ("D:20160629101500+02'00'", "2016-06-29T08:15:00Z"),
        ("/Date(1467212861000)/", "2016-06-29T15:07:41Z"),
        ("1467212861", "2016-06-29T15:07:41Z"),
        ("1467212861000", "2016-06-29T15:07:41Z"),
        ("Wed, 29 Jun 2016 15:07:41 GMT", "2016-06-29T15:07:41Z"),
        ("Wed, 29 Jun 16 15:07:41 EST", "2016-06-29T20:07:41Z"),
        ("Mon, 29 Jun 2016 15:07:41 CST", "2016-06-29T21:07:41Z"),
        ("Wed, 29 Jun 2016 9:07 GMT", "2016-06-29T09:07:00Z"),
        ("29 Jun 2016 15:07:41 -0000", "2016-06-29T15:07:41Z"),
        ("Wednesday, 29-Jun-16 15:07:41 GMT", "2016-06-29T15:07:41Z"),
        ("Wed, 29 Jun 2016 15:07:41 AEST", "2016-06-29T05:07:41Z"),
        ("Tue, 08 Sept 2020 18:30:00 EST", "2020-09-08T23:30:00Z"),
        (" 2-MAR-1987 08:01:09.1", "1987-03-02"),
        ("Wed Jun 29 15:07:41 2016", "2016-06-29"),
        ("Wed Jun 29 15:07:41 UTC 2016", "2016-06-29T15:07:41Z"),
        (
            "Wed Jun 29 2016 15:07:41 GMT+0200 (CEST)",
            "2016-06-29T13:07:41Z",
        ),
        ("29/Jun/2016:15:07:41 +0200", "2016-06-29"),
    ] {
        assert_eq!(at(text, Order::Unknown), expected, "{text}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of forms")]
fn a_day_is_read_in_every_language() {
    for text in [
        "29 June 2016",
        "June 29, 2016",
        "Jun 29th 2016",
        "the 29th of June, 2016",
        "Wed, Jun 29 2016",
        "29-Jun-2016",
        "29-Jun-16",
        "June 29 '16",
        "29.6.2016",
        "29. 6. 2016",
        "29.06.16",
        "29/06/2016",
        "6/29/2016",
        "06-29-2016",
        "29. Juni 2016",
        "Mittwoch, den 29. Juni 2016",
        "mer., 29 juin 2016",
        "mié, 29 de junio de 2016",
        "29 de junho de 2016",
        "mer, 29 giu 2016",
        "29 d'juny de 2016",
        "29 juni 2016",
        "ons 29. juni 2016",
        "29. kesäkuuta 2016",
        "29 czerwca 2016",
        "29. června 2016",
        "29. júna 2016",
        "2016. június 29.",
        "29. lipnja 2016.",
        "29. junija 2016",
        "29. juuni 2016",
        "2016. gada 29. jūnijs",
        "2016 m. birželio 29 d.",
        "29 iunie 2016",
        "29 Haziran 2016",
        "29 июня 2016 г.",
        "29 червня 2016",
        "29 юни 2016",
        "29. јуна 2016.",
        "29 Ιουνίου 2016",
        "29 يونيو 2016",
        "٢٩ يونيو ٢٠١٦",
        "۲۹ ژوئن ۲۰۱۶",
        "29 حزيران 2016",
        "29 ביוני 2016",
        "29 जून 2016",
        "২৯ জুন ২০১৬",
        "29 Juni 2016",
        "ngày 29 tháng 6 năm 2016",
        "29 tháng 6, 2016",
        "29 มิถุนายน 2559",
        "29 มิ.ย. 59",
        "2016年6月29日 星期三",
        "２０１６年６月２９日",
        "2016년 6월 29일",
        "2016. 6. 29.",
        "平成28年6月29日",
        "民國105年6月29日",
        "Published: 29 June 2016 at 09:30",
        "09:30 on 29 June 2016",
        "2016-Jun-29",
    ] {
        assert_eq!(at(text, Order::Unknown), "2016-06-29", "{text}");
    }
}

#[test]
fn months_of_every_language_have_their_number() {
    for (text, expected) in [
        ("dom, 02 ott 2022 18:55:00 GMT", "2022-10-02T18:55:00Z"),
        ("Mi, 05 Mai 2021 10:00:00 +0200", "2021-05-05T08:00:00Z"),
        ("mar., 14 févr. 2023 09:00:00 +0100", "2023-02-14T08:00:00Z"),
        ("mar 14 mar 2023", "2023-03-14"),
        ("1er août 2020", "2020-08-01"),
        ("15. listopada 2016.", "2016-10-15"),
        ("15 listopada 2016", "2016-11-15"),
        ("15. listopadu 2016", "2016-11-15"),
        ("3. července 2016", "2016-07-03"),
        ("3. srpna 2016", "2016-08-03"),
        ("3. srpnja 2016.", "2016-07-03"),
        ("12 كانون الثاني 2016", "2016-01-12"),
        ("12 كانون الأول 2016", "2016-12-12"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和6年3月2日", "2024-03-02"),
        ("29 Tháng Mười Hai, 2016", "2016-12-29"),
        ("5 Aralık 2016", "2016-12-05"),
        ("2 set 2016", "2016-09-02"),
        ("3 okt. 2016", "2016-10-03"),
        ("10 ม.ค. 2560", "2017-01-10"),
        ("10 มี.ค. 2560", "2017-03-10"),
    ] {
        assert_eq!(at(text, Order::Unknown), expected, "{text}");
    }
}

#[test]
fn what_is_not_sure_is_left_out() {
    for (text, order, expected) in [
        ("03/04/2016", Order::Unknown, "2016"),
        ("03/04/2016", Order::DayFirst, "2016-04-03"),
        ("03/04/2016", Order::MonthFirst, "2016-03-04"),
        ("03/04/16", Order::Unknown, ""),
        ("03.04.2016", Order::Unknown, "2016-04-03"),
        ("03.12.24", Order::Unknown, "2024-12-03"),
        ("3.12.24", Order::DayFirst, "2024-12-03"),
        ("24.12.03", Order::YearFirst, "2024-12-03"),
        (
            "11/19/19 06:56 AM EST",
            Order::Unknown,
            "2019-11-19T11:56:00Z",
        ),
        ("Sat, 30 Feb 2016 09:05:00 GMT", Order::Unknown, "2016-02"),
        ("30 February 2016", Order::Unknown, "2016-02"),
        ("2016-02-30", Order::Unknown, "2016-02"),
        ("2016-13-05", Order::Unknown, "2016"),
        ("31/02/2016", Order::Unknown, "2016-02"),
        ("99 November 2019", Order::Unknown, "2019-11"),
        ("June 2016", Order::Unknown, "2016-06"),
        ("2016年6月", Order::Unknown, "2016-06"),
        ("2016-06-29T00:30:00+25:00", Order::Unknown, "2016-06-29"),
        ("2016-06-29T00:30:00+14:30", Order::Unknown, "2016-06-29"),
        ("2016-06-29T00:30:00-13:00", Order::Unknown, "2016-06-29"),
        (
            "Wed, 29 Jun 2016 00:30:00 +9900",
            Order::Unknown,
            "2016-06-29",
        ),
        ("Jan. 5, 2016 9:30 p.m. ET", Order::Unknown, "2016-01-05"),
    ] {
        assert_eq!(at(text, order), expected, "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "soon",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "1234-05-06",
        "1970-01-01",
        "1970-01-01T00:00:00Z",
        "20161399",
        "99999999999999999999",
        "2016-99",
        "1234567890123456789",
        "Nobody 18, 2019",
        "marching 5 2016",
        "Mayor 18, 2019",
        "MacBook 13 Pro 2016",
        "about 2016 people",
        "version 1.2.2016.5",
        "1.2.24",
        "3 Sep 15 people came",
        "Volume 5, no year",
        "ü016-01",
    ] {
        assert_eq!(at(text, Order::Unknown), "", "{text}");
    }
    for text in ["Volume 5, June 2016", "Page 5 - June 2016"] {
        assert_eq!(at(text, Order::Unknown), "2016-06", "{text}");
    }
    assert_eq!(at("© 2016 June 29, 2019", Order::Unknown), "2019-06-29");
}

#[test]
fn the_day_is_the_outlets_own() {
    let stated = read("Thu, 03 Sep 2015 00:01:01 +0200", Order::Unknown).unwrap();
    let (published, instant) = stated.published(PublishedOrigin::Field);
    assert_eq!(published.at, "2015-09-03");
    assert_eq!(instant.unwrap().at, "2015-09-02T22:01:01Z");
}

#[test]
fn a_day_without_a_year_is_completed() {
    for (text, day) in [
        ("PITTSBURGH, April 2", "1987-04-02"),
        ("SPOKANE, Wash., March 2", "1987-03-02"),
        ("RICHMOND, Va. FEb 26", "1987-02-26"),
        ("TOKYO, Jan. 5 (Kyodo)", "1987-01-05"),
        ("Paris, 5 janv.", "1987-01-05"),
        ("BERN, 3. Mai", "1987-05-03"),
    ] {
        assert_eq!(in_year(text, 1987).unwrap().day.to_string(), day, "{text}");
    }
    assert_eq!(in_year("BERN, Feb 29", 1987), None);
    assert_eq!(in_year("BERN", 1987), None);
}

#[test]
fn a_headline_with_a_date_is_no_date_line() {
    for (line, is_date) in [
        ("Tuesday, January 5, 2016 9:30 AM EST", true),
        ("Published: 5 January 2016 at 09:30 GMT", true),
        ("Last updated on 2016-01-05T09:30Z", true),
        (
            "Veröffentlicht am Dienstag, 5. Januar 2016 um 9:30 Uhr",
            true,
        ),
        ("Publié le mardi 5 janvier 2016 à 9h30", true),
        ("03.12.24 | 14:07 Uhr", true),
        ("2016年1月5日", true),
        ("May hails deal of 5 January 2016", false),
        ("January 5, 2016: the day the ferry sank", false),
    ] {
        assert_eq!(is_only_date(line), is_date, "{line}");
    }
}

#[test]
fn a_line_of_a_time_says_nothing_else() {
    for (line, is_time) in [
        ("10:45 AM ET", true),
        ("14:07 Uhr", true),
        ("9.30 a.m.", true),
        ("kl. 14:07", true),
        ("18h30 (CET)", true),
        ("10:45 ferry sinks", false),
        ("10.45", true),
        ("3-1", false),
    ] {
        assert_eq!(is_only_time(line), is_time, "{line}");
    }
}

#[test]
fn addresses_hold_days() {
    let day = |url: &str| in_address(url).map(|stated| (stated.day.to_string(), stated.precision));
    let found = |day: &str, precision| Some((day.to_owned(), precision));
    for (url, expected) in [
        (
            "https://example.com/2019/11/18/ferry",
            found("2019-11-18", Precision::Day),
        ),
        (
            "https://example.com/news/ferry-20191118.html",
            found("2019-11-18", Precision::Day),
        ),
        (
            "https://example.com/2019/nov/18/ferry",
            found("2019-11-18", Precision::Day),
        ),
        (
            "https://example.com/2019/11/ferry",
            found("2019-11-01", Precision::Month),
        ),
        ("https://example.com/story-2019112233", None),
    ] {
        assert_eq!(day(url), expected, "{url}");
    }
}

#[test]
fn languages_and_other_dates_tell_the_order() {
    assert_eq!(Order::of_language("en-US"), Order::MonthFirst);
    assert_eq!(Order::of_language("en_GB"), Order::DayFirst);
    assert_eq!(Order::of_language("en"), Order::Unknown);
    assert_eq!(Order::of_language("fr"), Order::DayFirst);
    assert_eq!(Order::of_text("31/12/2015 and 03/04/2016"), Order::DayFirst);
    assert_eq!(
        Order::of_text("12/31/2015 and 03/04/2016"),
        Order::MonthFirst
    );
    assert_eq!(Order::of_text("03/04/2016"), Order::Unknown);
}

/// Cuts samples up and puts them together again, in every order of parts.
#[test]
fn any_string_is_an_answer() {
    const PARTS: [&str; 30] = [
        "2016", "29", "6", "06", "99", "0", "June", "juin", "6月", "29日", "年", "令和", "元年",
        "Tháng", "Mười", "-", "/", ".", ",", "'", ":", " ", "T", "Z", "+25:00", "+02", "ม.ค.",
        "２０", "٢", "é",
    ];
    for a in PARTS {
        for b in PARTS {
            for c in PARTS {
                for text in [
                    format!("{a}{b}{c}"),
                    format!("{a}{b}{c}{b}{a}"),
                    format!("{c} {a}{b}{a}{b}{c}"),
                ] {
                    let _ = (
                        read(&text, Order::DayFirst),
                        is_only_date(&text),
                        in_year(&text, 1987),
                    );
                }
            }
        }
    }
}
