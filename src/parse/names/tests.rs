use super::*;

#[test]
fn bylines_are_read_as_people() {
    for (byline, people) in [
        (
            "By Jane Doe and John Roe",
            &["Jane Doe", "John Roe"] as &[&str],
        ),
        ("By JANE DOE, Staff Writer", &["Jane Doe"]),
        ("Jane Doe, The Associated Press", &["Jane Doe"]),
        ("By Jane Doe | jdoe@example.com", &["Jane Doe"]),
        ("Jane Doe for Example News", &["Jane Doe"]),
        ("By Jane Doe in Oslo", &["Jane Doe"]),
        ("Written by: Jane van der Doe", &["Jane van der Doe"]),
        ("Senior Reporter Jane Doe", &["Jane Doe"]),
        ("By JANE DOE, AP National Security Writer", &["Jane Doe"]),
        (
            "Jane Doe, John Roe and Mary Major",
            &["Jane Doe", "John Roe", "Mary Major"],
        ),
        ("By John Doe, Jr.", &["John Doe Jr."]),
        ("Von Jana Meier und Jens Roth", &["Jana Meier", "Jens Roth"]),
        ("Publicado por: Juana Paz", &["Juana Paz"]),
        ("Автор: Иван Петров", &["Иван Петров"]),
        ("By Jane Doe Jane Doe", &["Jane Doe"]),
        ("By SOMEWHERE POST STAFF", &[]),
        ("European Space Agency", &[]),
        ("Example Staff", &[]),
        ("admin", &[]),
        ("https://www.facebook.com/example", &[]),
        ("Reuters", &[]),
    ] {
        assert_eq!(read(byline, &["example".into()]).people, people, "{byline}");
    }
}

/// What follows a name, in many languages and without a comma, is no part of it.
#[test]
fn roles_places_labels_and_dates_end_a_name() {
    for tail in [
        "archive page",
        "Tagged as",
        "Date",
        "3 min read",
        "Follow @idaholm",
        "ida@example.com",
        "for The Courier",
        "Posted March 5, 2024",
        "Updated 5 March 2024",
        "Travel News Reporter",
        "Chief Political Correspondent",
        "Gardening Correspondent",
        "Deputy Political Editor",
        "Senior Editor",
        "AP Sports Writer",
        "CNN Business",
        "and agencies",
        "Korrespondent",
        "Korrespondentin in Brüssel",
        "Redakteurin Wirtschaft",
        "Brüssel",
        "Lesezeit 3 Minuten",
        "Stand: 05.03.2024",
        "vor 2 Stunden",
        "correspondante à Bruxelles",
        "Publié le 5 mars 2024",
        "il y a 2 heures",
        "corresponsal en Bruselas",
        "Actualizado el 5 de marzo",
        "inviato a Roma",
        "da Bruxelles",
        "repórter especial",
        "redacteur politiek",
        "utrikeskorrespondent",
        "udlandsredaktør",
        "dziennikarka",
        "muhabir",
        "Güncelleme: 05.03.2024",
        "корреспондент в Москве",
        "Опубликовано 5 марта",
        "ανταποκρίτρια",
        "Δημοσιεύθηκε 5 Μαρτίου",
        "Αθήνα",
    ] {
        for line in [
            format!("Ida Holm {tail}"),
            format!("By Ida Holm, {tail}"),
            format!("Ida Holm\n{tail}"),
        ] {
            assert_eq!(read(&line, &[]).people, ["Ida Holm"], "{line}");
        }
    }
}

#[test]
fn labels_before_a_name_are_no_part_of_it() {
    for label in [
        "By",
        "BY",
        "by",
        "By:",
        "Written by",
        "Words and photos by",
        "Text:",
        "Text und Fotos:",
        "Von",
        "Ein Kommentar von",
        "Unsere Korrespondentin",
        "Redakteurin",
        "Par",
        "Écrit par",
        "Por",
        "Publicado por",
        "Texto:",
        "Di",
        "A cura di",
        "Door",
        "Av",
        "Af",
        "Skrevet af",
        "Tekst:",
        "Autor:",
        "Yazan:",
        "Haber:",
        "Oleh",
        "Автор:",
        "Текст:",
        "Γράφει η",
        "Κείμενο:",
        "Írta:",
        "Napsala",
    ] {
        let line = format!("{label} Ida Holm");
        assert_eq!(read(&line, &[]).people, ["Ida Holm"], "{line}");
    }
}

#[test]
fn several_names_are_parted_and_a_name_of_several_words_is_not() {
    for link in [
        " and ", " & ", " und ", " et ", " avec ", " y ", " e ", " en ", " och ", " og ", " i ",
        " ve ", " и ", " και ", " / ", ", ", "; ", " | ", ", und ",
    ] {
        let line = format!("By Ida Holm{link}Per Lund");
        assert_eq!(read(&line, &[]).people, ["Ida Holm", "Per Lund"], "{line}");
    }
    for name in [
        "José Ortega y Gasset",
        "Ana Costa e Silva",
        "María José García López",
        "Jan van der Berg",
        "Anne de La Tour",
        "Sinéad O'Connor",
        "J. K. Smith",
        "Mary-Jane Watson III",
        "Mohammed bin Salman",
        "Sara al-Hassan",
        "Luigi Di Maio",
        "Amy Law",
        "April May",
        "John Sport",
        "Łukasz Wójcik",
        "Ayşe Yılmaz",
        "Анна Петрова",
        "Μαρία Παπαδοπούλου",
    ] {
        assert_eq!(read(&format!("By {name}"), &[]).people, [name]);
        assert_eq!(read(&format!("{name}, Staff Writer"), &[]).people, [name]);
    }
    assert_eq!(
        read("by ida holm and per lund", &[]).people,
        ["Ida Holm", "Per Lund"]
    );
    assert_eq!(
        read("BY IDA HOLM AND PER LUND", &[]).people,
        ["Ida Holm", "Per Lund"]
    );
}

#[test]
fn labels_desks_and_agencies_are_nobody() {
    for line in [
        "Staff",
        "By Staff",
        "admin",
        "Redaktion",
        "Von der Redaktion",
        "By Newsroom",
        "Staff Reporter",
        "Par la rédaction",
        "La Redazione",
        "A cura della redazione",
        "Por Redacción",
        "Da redação",
        "Van onze redactie",
        "Redaktionen",
        "Redakcja",
        "Haber Merkezi",
        "Редакция",
        "By Reuters",
        "By Associated Press",
        "Veröffentlicht am 5.3.2024",
        "Published March 5, 2024",
        "Publié le 5 mars 2024",
        "Date",
        "Tagged as",
        "Author",
        "Photo: Per Lund",
        "Foto: Per Lund",
        "Bild: Per Lund",
        "Photograph by Per Lund",
        "Share this",
        "Read more",
        "3 min read",
        "Guest Author",
        "Editorial Team",
        "by the harbour wall",
        "per>Per Lund",
    ] {
        assert_eq!(read(line, &[]).people, Vec::<String>::new(), "{line}");
    }
}

#[test]
fn who_took_the_pictures_did_not_write() {
    for line in [
        "Text: Ida Holm Foto: Per Lund",
        "By Ida Holm | Photos by Per Lund",
        "Foto: Per Lund, Text: Ida Holm",
    ] {
        assert_eq!(read(line, &[]).people, ["Ida Holm"], "{line}");
    }
}

#[test]
fn catalogues_put_the_family_name_first() {
    for (name, read) in [
        ("Holm, Ida", "Ida Holm"),
        ("Reuters, Oslo", "Reuters, Oslo"),
        ("Ida Holm, Oslo", "Ida Holm, Oslo"),
    ] {
        assert_eq!(in_order(name), read);
    }
}
