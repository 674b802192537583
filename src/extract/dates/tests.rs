use super::*;
use crate::domain::article::PublishedOrigin;

/// Each expression of a text with its value, for an article of Tuesday, 5 January 2016.
fn dates(body: &str) -> Vec<String> {
    let published = Published {
        at: "2016-01-05".into(),
        precision: Precision::Day,
        origin: PublishedOrigin::Text,
    };
    find(body, Some(&published))
        .into_iter()
        .map(|date| format!("{} = {}", date.text, date.value.unwrap_or("?".into())))
        .collect()
}

#[test]
fn expressions_have_the_value_their_words_give() {
    for (body, expected) in [
        ("It happened last month.", "last month = 2015-12"),
        ("They met on Monday.", "Monday = 2016-01-04"),
        ("They will meet on Thursday.", "Thursday = 2016-01-07"),
        ("It opens next Tuesday.", "next Tuesday = 2016-01-12"),
        (
            "It is free on the last Friday of this month.",
            "the last Friday of this month = 2016-01-29",
        ),
        (
            "The second Sunday in March is a feast.",
            "The second Sunday in March = 2016-03-13",
        ),
        ("It opened in about 2010 he said.", "2010 = 2010"),
        (
            "It is due by the middle of this month.",
            "the middle of this month = 2016-01",
        ),
        ("Before March 31, all sign.", "March 31 = 2016-03-31"),
        ("In early 2015 it rained.", "early 2015 = 2015"),
        ("Profit rose in Q3 2016.", "Q3 2016 = 2016-07/2016-09"),
        ("In the 1990s it grew.", "the 1990s = 1990/1999"),
        ("He left two weeks ago.", "two weeks ago = 2015-12-22"),
        ("She has led since 2010.", "2010 = 2010"),
        ("He returns on the 5th.", "the 5th = 2016-01-05"),
        (
            "It runs Jan. 5-7 in Oslo.",
            "Jan. 5-7 = 2016-01-05/2016-01-07",
        ),
        ("It fell last year.", "last year = 2015"),
        ("They travel this summer.", "this summer = 2016-06/2016-08"),
        ("Fires on New Year's Eve.", "New Year's Eve = 2015-12-31"),
        ("It began at 3:30 p.m. sharp", "3:30 p.m. = T15:30"),
        ("He ruled for three years.", "three years = P3Y"),
        ("They meet every Monday.", "every Monday = R/P1W"),
        ("Sales fell in December.", "December = 2015-12"),
        ("It was last week.", "last week = 2015-12-28/2016-01-03"),
        ("In the 2014-15 season", "2014-15 = 2014/2015"),
        (
            "It was built in the 19th century.",
            "the 19th century = 1801/1900",
        ),
        ("On 13/2/2015 it rained", "13/2/2015 = 2015-02-13"),
        ("On 3/2/2015 it rained", "3/2/2015 = ?"),
    ] {
        assert_eq!(dates(body), [expected], "{body}");
    }
}

#[test]
fn amounts_and_ages_are_no_dates() {
    for body in [
        "It cost $2000.",
        "It is 10,000 years of age.",
        "Some 2,016 people came.",
        "A 12-year-old won.",
        "He may leave.",
        "On the 5th floor",
        "Flight 2019 left at 2020 hours.",
        "Room 1984 is free; some 1900 people came.",
        "About 2000 farmers marched.",
        "They won 2015.5 points",
    ] {
        assert_eq!(dates(body), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn without_a_day_of_publication_relative_expressions_have_no_value() {
    let found = find("On Monday and two days ago, and in 2012.", None);
    let values: Vec<_> = found.iter().map(|date| date.value.as_deref()).collect();
    assert_eq!(values, [None, None, Some("2012")]);
}
