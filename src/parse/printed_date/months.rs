//! The names of months and the words around a date, by language. Tables only; all forms are folded when they are first used.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::token::fold;

/// Names of the months as dates inflect them, by number. A name of several words joins them with `_`.
const NAMES: [(u32, &str); 12] = [
    (
        1,
        "january januar jänner janvier enero janeiro gennaio januari gener januarie ianuarie tammikuu tammikuuta \
         stycznia styczeń ledna leden januára január januárja siječnja siječanj jaanuar jaanuaril janvāris janvārī \
         sausio sausis ocak января январь січня січень януари јануар јануари јануара ιανουαρίου ιανουάριος يناير \
         كانون_الثاني جانفي ژانویه جنوری ינואר जनवरी জানুয়ারি জানুয়ারী มกราคม ม.ค tháng_một tháng_giêng",
    ),
    (
        2,
        "february februar feber février febrero fevereiro febbraio februari febrer februarie helmikuu helmikuuta \
         lutego luty února únor februára február februárja veljače veljača veebruar veebruaril februāris februārī \
         vasario vasaris şubat pebrero февраля февраль лютого лютий февруари фебруар фебруара φεβρουαρίου φεβρουάριος \
         فبراير شباط فيفري فوریه فروری פברואר फरवरी फ़रवरी ফেব্রুয়ারি ফেব্রুয়ারী กุมภาพันธ์ ก.พ tháng_hai",
    ),
    (
        3,
        "march märz mars marzo março maart marts març martie maaliskuu maaliskuuta marca marzec března březen marec \
         március márciusa ožujka ožujak märts märtsil kovo kovas mart maret marso марта март березня березень μαρτίου \
         μάρτιος مارس آذار مارچ מרץ מרס मार्च মার্চ มีนาคม มี.ค tháng_ba",
    ),
    (
        4,
        "april avril abril aprile aprilie huhtikuu huhtikuuta kwietnia kwiecień dubna duben apríla apríl április \
         aprila travnja travanj aprill aprillil aprīlis aprīlī balandžio balandis nisan апреля апрель квітня квітень \
         април априла απριλίου απρίλιος أبريل نيسان أفريل آوریل اپریل אפריל अप्रैल এপ্রিল เมษายน เม.ย tháng_tư",
    ),
    (
        5,
        "may mai mayo maio maggio mei maj maja maig toukokuu toukokuuta května květen mája máj május svibnja svibanj \
         maijs maijā gegužės gegužė mayıs мая май травня травень мај маја μαΐου μάιος μαΐος مايو أيار ماي مه مئی מאי \
         मई মে พฤษภาคม พ.ค tháng_năm",
    ),
    (
        6,
        "june juni juin junio junho giugno juny iunie kesäkuu kesäkuuta czerwca czerwiec června červen júna jún \
         június junija lipnja lipanj juuni juunil jūnijs jūnijā birželio birželis haziran hunyo июня июнь червня \
         червень юни јун јуни јуна ιουνίου ιούνιος يونيو حزيران جوان ژوئن جون יוני जून জুন มิถุนายน มิ.ย tháng_sáu \
         junij",
    ),
    (
        7,
        "july juli juillet julio julho luglio juliol iulie heinäkuu heinäkuuta lipca lipiec července červenec júla \
         júl július julija srpnja srpanj juuli juulil jūlijs jūlijā liepos liepa temmuz hulyo julai июля июль липня \
         липень юли јул јули јула ιουλίου ιούλιος يوليو تموز جويلية ژوئیه جولائی יולי जुलाई জুলাই กรกฎาคม ก.ค \
         tháng_bảy julij",
    ),
    (
        8,
        "august août agosto augustus augusti agost elokuu elokuuta sierpnia sierpień srpna srpen augusta augusztus \
         avgusta avgust kolovoza kolovoz augustil augusts augustā rugpjūčio rugpjūtis ağustos agustus ogos августа \
         август серпня серпень αυγούστου αύγουστος أغسطس آب أوت اوت اگست אוגוסט अगस्त আগস্ট สิงหาคม ส.ค tháng_tám",
    ),
    (
        9,
        "september septembre septiembre setiembre setembro settembre setembre septembrie syyskuu syyskuuta września \
         wrzesień září septembra szeptember rujna rujan septembril septembris septembrī rugsėjo rugsėjis eylül \
         setyembre сентября сентябрь вересня вересень септември септембар септембра σεπτεμβρίου σεπτέμβριος سبتمبر \
         أيلول سپتامبر ستمبر ספטמבר सितंबर सितम्बर সেপ্টেম্বর กันยายน ก.ย tháng_chín",
    ),
    (
        10,
        "october oktober octobre octubre outubro ottobre octombrie lokakuu lokakuuta października październik října \
         říjen októbra október oktobra oktoober oktoobril oktobris oktobrī spalio spalis ekim oktubre oktobar октября \
         октябрь жовтня жовтень октомври октобар октобра οκτωβρίου οκτώβριος أكتوبر تشرين_الأول اکتبر اکتوبر אוקטובר \
         अक्टूबर অক্টোবর ตุลาคม ต.ค tháng_mười",
    ),
    (
        11,
        "november novembre noviembre novembro noiembrie marraskuu marraskuuta listopada listopad listopadu novembra \
         studenoga studenog studeni novembril novembris novembrī lapkričio lapkritis kasım nobyembre novembar ноября \
         ноябрь листопада листопад ноември новембар новембра νοεμβρίου νοέμβριος نوفمبر تشرين_الثاني نوامبر نومبر \
         נובמבר नवंबर नवम्बर নভেম্বর พฤศจิกายน พ.ย tháng_mười_một",
    ),
    (
        12,
        "december dezember décembre diciembre dezembro dicembre desember desembre decembrie joulukuu joulukuuta \
         grudnia grudzień prosince prosinec decembra prosinca prosinac detsember detsembril decembris decembrī \
         gruodžio gruodis aralık desyembre decembar декабря декабрь грудня грудень декември децембар децембра \
         δεκεμβρίου δεκέμβριος ديسمبر كانون_الأول دسامبر دسمبر דצמבר दिसंबर दिसम्बर ডিসেম্বর ธันวาคม ธ.ค \
         tháng_mười_hai tháng_chạp",
    ),
];

/// Short forms that the beginnings of the names do not give, or give for two months.
const SHORT: [(u32, &str); 12] = [
    (1, "jan jän gen ene янв січ"),
    (2, "feb fev fév febr févr lut фев лют"),
    (3, "mar mär mrz mrt maa мар бер"),
    (4, "apr abr avr kwi апр кві"),
    (5, "mag mai maj тра"),
    (6, "jun giu cze kes июн чер"),
    (7, "jul juil lug lip hei tem июл лип"),
    (8, "aug ago aoû sie elo avg авг сер"),
    (9, "sep sept set wrz eyl syy сен вер"),
    (10, "oct okt out ott paź loka eki окт жов"),
    (11, "nov lis kas noi nop ноя лис"),
    (12, "dec dez dic des déc gru ara дек гру"),
];

/// English words that begin like a month elsewhere: "13 Pro 2016" is no date.
const NO_MONTHS: &str = "pro led dub lie spa lap rug bal sau vas nob";

/// `15. listopada` is October to Croats, who put a dot behind the day; to Poles `15 listopada` is November.
const CROATIAN_OCTOBER: [&str; 2] = ["listopada", "listopad"];

/// Words that may stand between the parts of a date.
const LINKS: &str = "of de del di d ng den năm m g gada г год года року р พ.ศ ค.ศ";

/// The first years of the eras, less one: 令和1年 is 2019.
pub(super) const ERAS: [(&str, i32); 7] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
    ("民國", 1911),
    ("民国", 1911),
];

/// Words that stand in a line that states a date and says nothing else.
const LINE_WORDS: &str = "published posted updated last first modified date on at the of et pt ct ist am pm a p m h hrs time local \
    print issue dated st nd rd th edition original originally created released by \
    mon tue tues wed thu thur thurs fri sat sun \
    veröffentlicht erstellt aktualisiert zuletzt geändert stand am um uhr vom den datum \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
    publié publiée mis mise à jour le modifié modifiée heures \
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim \
    publicado publicada actualizado actualizada fecha el de del a_las horas hrs atualizado data em às \
    lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom \
    segunda terça quarta quinta sexta feira seg ter qua qui sex \
    pubblicato pubblicata aggiornato aggiornata il alle ore lunedì martedì mercoledì giovedì venerdì sabato domenica gio \
    gepubliceerd geplaatst bijgewerkt om uur op maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo \
    publisert publiceret publicerad udgivet oppdatert opdateret uppdaterad sist senast kl kl. klokken klockan den \
    mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag onsdag lördag söndag \
    opublikowano zaktualizowano dodano dnia poniedziałek wtorek środa czwartek piątek sobota niedziela godz r \
    опубликовано обновлено в года понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс г \
    julkaistu päivitetty klo maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai na \
    yayın tarihi güncelleme pazartesi salı çarşamba perşembe cuma cumartesi pazar";

fn forms<'t>(table: &'t [(u32, &'static str)]) -> impl Iterator<Item = (u32, String)> + 't {
    table.iter().flat_map(|(month, names)| {
        names
            .split_whitespace()
            .map(move |name| (*month, fold(name)))
    })
}

fn words(list: &str) -> Vec<String> {
    list.split_whitespace().map(fold).collect()
}

/// Every name and every beginning of one that belongs to one month alone.
static MONTHS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    const MIN_CHARS: usize = 3;
    /// Two months, or none.
    const AMBIGUOUS: u32 = 0;
    let mut months: HashMap<String, u32> = HashMap::new();
    for (month, name) in forms(&NAMES) {
        let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.skip(MIN_CHARS - 1) {
            let known = months.entry(name[..end].to_owned()).or_insert(month);
            if *known != month {
                *known = AMBIGUOUS;
            }
        }
    }
    months.extend(words(NO_MONTHS).into_iter().map(|word| (word, AMBIGUOUS)));
    months.extend(forms(&SHORT).map(|(month, name)| (name, month)));
    months.extend(forms(&NAMES).map(|(month, name)| (name, month)));
    months.retain(|_, month| *month != AMBIGUOUS);
    months
});

/// The month of a folded name, or of a beginning that only one month has. `has_dot` tells whether a day with a dot stands before it.
pub(super) fn month(name: &str, has_dot: bool) -> Option<u32> {
    if has_dot && CROATIAN_OCTOBER.contains(&name) {
        return Some(10);
    }
    // Hebrew writes "in" with the name.
    let bare = name.strip_prefix('ב').unwrap_or(name);
    MONTHS.get(name).or_else(|| MONTHS.get(bare)).copied()
}

/// Whether a folded word may stand between the parts of a date.
pub(super) fn is_link(word: &str) -> bool {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| words(LINKS));
    WORDS.iter().any(|link| link == word)
}

/// Whether a folded word says nothing beside a date: a day of the week, "published".
pub(super) fn is_line_word(word: &str) -> bool {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| words(LINE_WORDS));
    const WEEKDAYS: [&str; 7] = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"];
    let is_weekday = word
        .strip_suffix("day")
        .is_some_and(|day| WEEKDAYS.contains(&day));
    is_weekday || WORDS.iter().any(|known| known == word)
}
