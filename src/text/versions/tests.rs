use super::*;

fn is_version(one: (&str, &str, Option<&str>), other: (&str, &str, Option<&str>)) -> bool {
    let (ours, theirs) = (Sketch::of(one.1), Sketch::of(other.1));
    let ours = Told::new(one.1, &ours, one.0, None, one.2);
    let theirs = Told::new(other.1, &theirs, other.0, None, other.2);
    let answer = ours.is_version_of(&theirs);
    assert_eq!(
        answer,
        theirs.is_version_of(&ours),
        "it depends on the order"
    );
    answer
}

const QUAY: &str = "The harbour council of Aalsund met on Tuesday evening to settle how the eastern quay will be paid for. \
    Its chair, Odd Berntsen, told the members that the money set aside two years ago would not last until the spring, and that \
    the builders had asked for a further 40,000 crowns. Three members voted against the plan and one stayed away. The quay was \
    closed after a storm tore out part of its wall, and the ferries have used the fishing pier since then.";

#[test]
fn news_added_at_either_end_makes_a_version() {
    let day = Some("2021-03-03");
    let later = Some("2021-03-05");
    for text in [
        format!(
            "{QUAY} Berntsen was arrested for fraud on Wednesday night, police chief Tuva Lien said."
        ),
        format!("Odd Berntsen resigned on Friday and named Marta Klee his heir. {QUAY}"),
        QUAY.replace(
            "Three members",
            "Marta Klee said no, and so did Ole Dahl. Three members",
        ),
    ] {
        assert!(
            is_version(("Quay", QUAY, day), ("News", &text, later)),
            "{text}"
        );
        assert!(!is_version(
            ("Quay", QUAY, day),
            ("News", &text, Some("2021-05-05"))
        ));
    }
}

#[test]
fn a_number_corrected_under_the_same_headline_makes_a_version() {
    let corrected = QUAY.replace("40,000", "48,000");
    let day = Some("2021-03-03");
    assert!(is_version(("Quay", QUAY, day), ("QUAY", &corrected, day)));
    assert!(!is_version(("Quay", QUAY, day), ("Pier", &corrected, day)));
    assert!(!is_version(
        ("Quay", QUAY, day),
        ("Quay", &corrected, Some("2021-03-04"))
    ));
}

#[test]
fn texts_of_one_template_are_no_versions() {
    let price = |firm: &str, verb: &str, by: &str, to: &str| {
        format!(
            "{firm} said it is {verb} the price of its refined zinc by {by} cents to {to} cents a pound, with effect from the \
             close of business today. The change was made after a review of its markets, the company said in a short statement."
        )
    };
    let day = Some("2021-03-03");
    let first = price(
        "Borg Metals Inc, a unit of Lund Group,",
        "raising",
        "0.50",
        "66.25",
    );
    for other in [
        price(
            "Borg Metals Inc, a unit of Lund Group,",
            "lowering",
            "0.25",
            "66.00",
        ),
        price(
            "Borg Metals Inc, a unit of Lund Group,",
            "lowering",
            "0.50",
            "65.75",
        ),
        price(
            "Tveit Zinc Ltd, a unit of Moe Holdings,",
            "raising",
            "0.50",
            "66.25",
        ),
    ] {
        for other_day in [day, Some("2021-03-05"), None] {
            assert!(
                !is_version(("Price", &first, day), ("Prices", &other, other_day)),
                "{other}"
            );
        }
    }
    let payout = |fund: &str| {
        format!(
            "The {fund}Tax-Free Income Fund of Borg said it set its monthly payout at 7.1 cents a share, as before, payable on \
             March 31 to holders of record on March 16."
        )
    };
    let (one, other) = (payout(""), payout("High-Yield "));
    assert!(!is_version(
        ("Borg fund", &one, day),
        ("Borg fund payout", &other, day)
    ));
    let court = |name: &str, day: &str| {
        format!(
            "The district court of Bergton has opened proceedings over the estate of {name}, and asks all who have claims on it \
             to send them to the clerk in writing before the {day} of the month, since later claims may be refused without a \
             hearing. The first meeting of creditors is held in the large hall of the court at ten."
        )
    };
    let (one, other) = (court("Olav Prytz", "12th"), court("Siri Moe", "19th"));
    assert!(!is_version(("Estate", &one, day), ("Estate", &other, day)));
}

#[test]
fn datelines_of_other_days_part_templates_without_a_year() {
    let text = "The central bank left its key rate unchanged at the regular tender held this morning, and said that it will \
        take bids again in a week. Dealers had expected no change, they said. Money rates moved little after the tender, and the crown was firm.";
    let other = text
        .replace("Dealers had", "Most dealers in the market had")
        .replace("held this morning", "held today");
    let (ours, theirs) = (Sketch::of(text), Sketch::of(&other));
    let told = |dateline| Told::new(text, &ours, "Rate", Some(dateline), None);
    let later = Told::new(&other, &theirs, "Rate", Some("BERGTON, April 8"), None);
    assert!(told("BERGTON, April 8").is_version_of(&later));
    assert!(!told("BERGTON, April 1").is_version_of(&later));
}

#[test]
fn a_digest_is_no_version_of_what_it_lists() {
    let boats =
        |n: u32| format!("The boat of owner number {n} lay idle for {n} days in port {n}. ");
    let boats: String = (1..60).map(boats).collect();
    let digest = format!(
        "Ships were scarce in every port of the coast this week, brokers said. {boats}{QUAY}"
    );
    assert!(!is_version(
        ("Quay", QUAY, None),
        ("Ships this week", &digest, None)
    ));
    let whole = format!("{QUAY} {digest}");
    assert!(is_version(("Quay", QUAY, None), ("Quay", &whole, None)));
}
