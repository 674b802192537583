//! The words of bylines that are no part of a name, by what they do to a name beside them. All are folded: letters and digits
//! in lower case, accents kept.

use std::collections::HashSet;
use std::sync::LazyLock;

type Words = LazyLock<HashSet<&'static str>>;

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Words that no person is called by, wherever they stand: desks, agencies, platforms, labels.
static NOBODY: Words = LazyLock::new(|| {
    set("
    staff admin administrator editor editors editorial newsroom news desk newsdesk reporter reporters correspondent
    correspondents writer writers contributor contributors press agency agencies team bureau service services media network
    online digital web webdesk webmaster author authors columnist columnists producer producers photographer photographers
    director manager chief senior associate assistant reuters afp upi xinhua dpa apa sda tass pti ians ani kyodo ansa
    lusa ritzau ntb tt anp belga čtk stt facebook twitter instagram linkedin google youtube http https www com subscribe
    follow email share published updated posted unknown anonymous anon none null undefined posts view magazine newspaper group
    inc llc ltd tv radio corp university institute photo photos video getty images tribune gazette journal herald
    contributing freelance associated photograph illustration graphic humans by health sports business politics technology
    science opinion council tagged tags filed archive comments print listen advertisement sponsored promoted partner
    redaktion redaktionen redaksjonen redaksjon redactie redakcja redakce redakcia redacción redacció redação redacao redacion
    redaccion redazione rédaction redacţia redacția redaksi редакция редакція uredništvo redakcija szerkesztőség toimitus
    onlineredaktion nachrichtenredaktion sportredaktion newsteam σύνταξη
    agentur agenturen agence agences agencia agencias agência agências agenzia agenzie agentschap byrå bureau agencja ajans
    ajansı агентство агентства πρακτορείο haberleri haberler merkezi nachrichten notizie noticias notícias nieuws nyheter
    nyheder wiadomości aktualności новости ειδήσεις berita actualités
    veröffentlicht aktualisiert publié publiée modifié publicado publicada actualizado atualizado pubblicato aggiornato
    gepubliceerd bijgewerkt publicerad publicerat uppdaterad publisert oppdatert udgivet opdateret opublikowano
    zaktualizowano yayınlanma yayınlandı güncelleme güncellendi опубликовано обновлено δημοσιεύθηκε δημοσίευση ενημέρωση
    julkaistu päivitetty publikováno aktualizováno diterbitkan
    teilen drucken kommentare kommentar merken partager imprimer commentaires compartir compartilhar imprimir comentarios
    comentários guardar condividi stampa commenti delen reacties dela del udskriv lesezeit reading lecture lectura leitura
    lettura leestijd autor autora autoren auteur auteurs autore autori auteure autorzy författare forfatter yazar yazan автор
    авторы συγγραφέας συντάκτης συντάκτρια anonym anonyme anónimo anônimo anonimo unbekannt inconnu
    ")
});

/// Words of [`NOBODY`] and others that end the name of an organization.
static ORGANIZATIONS: Words = LazyLock::new(|| {
    set("
    agency agencies press bureau service services media network group inc llc ltd corp university institute council magazine
    newspaper tribune gazette journal herald staff desk newsroom team gmbh verlag zeitung blatt kurier tageblatt anzeiger
    rundschau nachrichten redaktion
    ")
});

/// Words that end the name of an outlet where it stands behind a person's; people are called so too.
static OUTLETS: Words = LazyLock::new(|| {
    set("
    post times daily weekly monthly today mirror observer guardian telegraph standard globe examiner chronicle inquirer
    courier dispatch bulletin sentinel review star sun leader argus republic newswire wire record register advertiser
    independent echo gazette zeitung blatt kurier tageblatt anzeiger rundschau tagblatt presse journal nouvelles diario
    periódico jornal giornale corriere dagblad krant courant avis avisen tidende tidning bladet posten gazetesi gazete
    газета ведомости вестник известия εφημερίδα
    ")
});

/// Words of a role: they end a name of two words or more, and open one.
static ROLES: Words = LazyLock::new(|| {
    set("
    staff reporter reporters correspondent correspondents writer writers editor editors contributor contributors columnist
    columnists producer producers critic critics analyst commentator blogger journalist journalists presenter anchor
    newsreader host intern trainee chief director manager freelancer stringer strategist researcher specialist bureau desk
    editorinchief editoratlarge news newsroom
    redaktor redaktorka redaktör redaktørka redaktør redaktörin redattore redattrice redacteur rédacteur rédactrice redactor
    redactora redator redatora redactrice hoofdredacteur eindredacteur inviato inviata corrispondente cronista
    giornalista editorialista opinionista collaboratore collaboratrice enviado enviada corresponsal periodista columnista
    colaborador colaboradora jornalista repórter colunista correspondente reportero reportera envoyé envoyée correspondant
    correspondante journaliste chroniqueur chroniqueuse éditorialiste pigiste collaborateur grand verslaggever
    verslaggeefster correspondente journalist columnist leiter leiterin büroleiter büroleiterin ressortleiter chefredakteur
    autorin gastautor gastautorin gastbeitrag medarbetare medarbejder medarbeider skribent krönikör ledarskribent
    journalista dziennikarz dziennikarka publicysta publicystka komentator felietonista wysłannik korespondent korespondentka
    muhabir muhabiri muhabirimiz editör editörü temsilcisi yazarı haber haberi köşe redaktörü spiker
    корреспондент корреспондентка журналист журналистка редактор обозреватель колумнист репортер репортёр собкор спецкор
    политолог ведущий ведущая кореспондент журналіст редакторка оглядач
    δημοσιογράφος ανταποκριτής ανταποκρίτρια συντάκτης συντάκτρια αρθρογράφος ρεπόρτερ απεσταλμένος απεσταλμένη
    toimittaja kirjeenvaihtaja novinář novinářka redaktorka zpravodaj zpravodajka újságíró szerkesztő tudósító jurnalist
    corespondent redacția novinar novinarka dopisnik dopisnica wartawan jurnalis kontributor reporterka
    reportér reportérka komentátor
    ")
});

/// Parts of words that make a role of any compound: `Wirtschaftskorrespondentin`, `Sportredakteur`.
const ROLE_PARTS: &[&str] = &[
    "korrespondent",
    "correspondent",
    "redakteur",
    "redaktør",
    "redaktör",
    "redaktion",
    "redacteur",
    "reporter",
    "journalist",
    "mitarbeiter",
    "medarbet",
    "verslaggever",
    "корреспондент",
    "обозревател",
    "журналист",
    "ανταποκριτ",
    "δημοσιογράφ",
    "muhabir",
];

/// What a role is of: the words between a name and its role, and what stands alone before one.
static BEATS: Words = LazyLock::new(|| {
    set("
    senior junior deputy vice assistant associate executive managing contributing special staff lead principal acting former
    guest freelance chief head co national international foreign global world regional local state city county capitol
    statehouse metro suburban rural community europe european asia asian africa african american us uk eu un
    political politics policy parliamentary legal law court courts crime police justice security defense defence military war
    investigative investigations data business economics economy finance financial money markets market banking consumer
    retail technology tech science health medical medicine environment environmental climate energy weather education
    schools transport transportation travel aviation maritime shipping religion faith social affairs home diplomatic royal
    labor labour industrial agriculture farming food wine restaurant dining culture cultural arts art music film movie
    television tv radio theater theatre book books literary fashion style lifestyle life features feature entertainment
    celebrity showbiz sports sport football soccer baseball basketball hockey golf tennis cricket rugby racing cycling boxing
    olympics motoring auto automotive cars gaming games breaking night weekend digital online web social media audience
    engagement multimedia visual video photo opinion editorial opinions news general assignment enterprise gardening property
    real estate housing planning immigration race gender trending nightlife outdoors nature wildlife consumer personal
    white house congress congressional pentagon westminster washington bureau newsletter podcast live video
    leitende leitender leitendes freie freier ständige ständiger politische politischer stellvertretende stellvertretender
    our stv unser unsere unserem unserer unseren notre nostra nostro nuestro nuestra nosso nossa onze vår vores vores eigener eigene
    wirtschafts politik wirtschaft sport kultur
    grand principal spécial spéciale permanent permanente politique économique économie especial política político economía
    internacional deportes cultura speciale politica economia internazionale esteri capo caporedattore nacional esportes
    politiek politieke economie buitenland binnenland buitenlandse utrikes inrikes utenriks innenriks politisk økonomi
    ekonomi kultur spor ekonomi siyaset dış baş specjalny polityczny naczelny główny zagraniczny
    специальный собственный политический экономический спортивный главный ведущий наш шеф научный
    ειδικός πολιτικός διπλωματικός αθλητικός οικονομικός διευθυντής
    ")
});

/// Words that follow names in bylines: buttons, dates, labels.
static FURNITURE: Words = LazyLock::new(|| {
    set("
    date published updated posted modified created last edited tagged tags tag filed under archive page profile bio about
    contact email follow share print save view see all more read min mins minute minutes hour hours ago comments comment
    listen tweet like subscribe reading time today yesterday story stories article articles posts newsletter alerts
    copy link via credit source special exclusive am pm est edt gmt utc ist cet bst
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda
    terça quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag
    lördag söndag mandag tirsdag lørdag søndag poniedziałek wtorek środa czwartek piątek sobota niedziela pazartesi salı
    çarşamba perşembe cuma cumartesi pazar понедельник вторник среда четверг пятница суббота воскресенье δευτέρα τρίτη
    τετάρτη πέμπτη παρασκευή σάββατο κυριακή
    stand uhr datum aktualisiert veröffentlicht erschienen erstellt teilen drucken merken folgen kommentare lesezeit minuten
    artikel profil archiv alle mehr zur person le mis publié modifié partager imprimer suivre lire heures lectura lettura
    publicado actualizado modificado compartir guardar seguir leer pubblicato aggiornato condividi segui leggi stampa ore
    atualizado compartilhar salvar gepubliceerd bijgewerkt delen volgen leestijd uur publicerad uppdaterad dela följ lästid
    publisert oppdatert lesetid udgivet opdateret læsetid opublikowano aktualizacja udostępnij yayınlanma güncelleme paylaş
    tarih saat опубликовано обновлено поделиться дата время δημοσιεύθηκε ενημερώθηκε ώρα photo photos foto fotos photographs
    fotografie illustration illustrations video grafik bild bilder fotó kuva фото φωτογραφία φωτογραφίες zdjęcia fotoğraf
    ")
});

/// Months: they end a name where a number follows.
static MONTHS: Words = LazyLock::new(|| {
    set("
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec januar jänner februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août
    septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
    diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro março maio junho julho
    setembro outubro novembro dezembro januari februari maart mei augustus maj augusti marts stycznia lutego marca kwietnia
    maja czerwca lipca sierpnia września października listopada grudnia ocak şubat mart nisan mayıs haziran temmuz ağustos
    eylül ekim kasım aralık января февраля марта апреля мая июня июля августа сентября октября ноября декабря ιανουαρίου
    φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
    ")
});

/// Places that correspondents write from and few people are called by. A place of two words stands as one.
static PLACES: Words = LazyLock::new(|| {
    set("
    newyork nuevayork nuevadelhi ciudaddeméxico novayork novaiorque losangeles sanfrancisco sandiego lasvegas neworleans newdelhi hongkong telaviv buenosaires riodejaneiro sãopaulo
    saopaulo mexicocity capetown abudhabi denhaag thehague saltlakecity kualalumpur hochiminh addisababa panamacity
    saintpetersburg stpetersburg sanjosé santiagodechile unitedstates unitedkingdom saudiarabia southafrica southkorea
    northkorea newzealand srilanka costarica czechrepublic northernireland washingtondc newjersey northcarolina
    southcarolina westvirginia newmexico newhampshire rhodeisland
    berlin munich münchen hamburg frankfurt köln düsseldorf stuttgart leipzig dresden hannover bremen nürnberg wien vienna
    zürich zurich genf geneva genève bern basel brüssel brussels bruxelles bruselas brussel bruxelas bryssel bruksela brüksel
    moskau moscow moscou moscú mosca moskou moskva moskova warschau warsaw varsovie varsovia varsavia warszawa prag prague
    praha praga budapest belgrad belgrade bukarest bucharest kiew kiev kyiv kiew athen athens athènes atenas atene αθήνα
    θεσσαλονίκη rom rome madrid barcelona lissabon lisbon lisboa lisbonne paris parigi parís lyon marseille strasbourg
    straßburg londres londra istanbul ankara izmir kairo cairo jerusalem teheran tehran bagdad baghdad beirut damaskus damascus
    riad riyadh dubai doha kabul islamabad karachi lahore delhi mumbai bangalore bengaluru kolkata chennai dhaka kathmandu
    peking beijing pékin pequim shanghai tokio tokyo seoul séoul singapur singapore bangkok jakarta manila hanoi sydney
    melbourne brisbane canberra auckland nairobi lagos abuja accra johannesburg pretoria dakar tunis algier algiers rabat
    chicago boston philadelphia seattle miami detroit atlanta denver toronto montreal montréal ottawa vancouver calgary havana
    bogotá bogota caracas quito montevideo brasília oslo bergen stockholm göteborg malmö kopenhagen copenhagen københavn
    aarhus helsinki reykjavik riga vilnius tallinn amsterdam rotterdam utrecht antwerpen gent luxemburg luxembourg dublin
    belfast edinburgh glasgow manchester birmingham milano napoli torino bologna firenze palermo kraków gdańsk wrocław poznań
    москва киев минск петербург новосибирск екатеринбург казань софия белград варшава берлин лондон париж вашингтон
    germany deutschland france frankreich italy italien spain spanien usa england scotland ireland poland turkey türkei russia
    russland ukraine china japan india australia canada brazil mexico egypt iran iraq syria afghanistan pakistan nigeria kenya
    ")
});

/// Words inside names that are written small.
static PARTICLES: Words = LazyLock::new(|| {
    set("de da do dos das di du del della dello la le las los lo van von vom zu zum zur der den dem het 't ten ter te op bin ibn al el y e
    af av und i of")
});

/// Words of sentences: no name is set in small letters with one of these.
static SENTENCE: Words = LazyLock::new(|| {
    set("
    the a an this that these those it is was are were be been to of in on at for from with about into over after before and or
    but not no your our their his her its my we you they he she far way more most all any some than then now here there who
    what when where why how which will would can could should has have had do does did by as if so up out day year time way
    means law night accident der die das den dem ein eine und oder mit von für auf aus im am le la les un une des et ou avec
    pour dans sur el los las un una y o con por para en il lo gli uno e di da su o os as um uma com em het een en of met
    voor op i och eller med för på og for til na w z do
    ")
});

/// Whether the word makes nobody's name of what it stands in.
pub(super) fn is_nobody(word: &str) -> bool {
    NOBODY.contains(word) || is_role_compound(word)
}

/// Whether a name that ends so is an organization's.
pub(super) fn ends_organization(word: &str) -> bool {
    ORGANIZATIONS.contains(word)
}

/// Whether a name that stands behind a person's and ends so is an outlet's.
pub(super) fn ends_outlet(word: &str) -> bool {
    OUTLETS.contains(word)
}

pub(super) fn is_role(word: &str) -> bool {
    ROLES.contains(word) || is_role_compound(word)
}

fn is_role_compound(word: &str) -> bool {
    word.len() > 8 && ROLE_PARTS.iter().any(|part| word.contains(part))
}

/// Whether a word before a role says what the role is of.
pub(super) fn is_beat(word: &str) -> bool {
    const ENDINGS: &[&str] = &["ing", "ical", "omic", "omics", "ology", "ional", "ment"];
    BEATS.contains(word) || word.len() > 6 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

pub(super) fn is_furniture(word: &str) -> bool {
    FURNITURE.contains(word)
}

pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(word)
}

pub(super) fn is_place(word: &str) -> bool {
    PLACES.contains(word)
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

pub(super) fn is_of_sentence(word: &str) -> bool {
    SENTENCE.contains(word)
}
