//! Pages of the years before metadata, and of other tongues: headline, day and authors stand in print alone.

use super::pages::{check, check_text};

#[test]
fn tables_lay_out_the_page() {
    check(
        "a paper of 2003",
        r"<html><head><title>Island Post - News - Ferry sails again after a year</title></head><body bgcolor=#ffffff><table width=760><tr><td colspan=3><img src=logo.gif><font size=1>Wednesday, November 25, 2026</font></td></tr>
        <tr><td width=120><a href=/news>News</a><br><a href=/sport>Sport</a><br><a href=/tv>TV</a></td><td width=480><font size=5><b>Ferry sails again after a year</b></font><br><font size=2><i>By PER LUND, Staff Writer</i><br>Monday, January 5, 2004</font><br><br><font face=Times>{0}<br><br>{1}<br><br>{2}</font></td>
        <td width=160><font size=1><a href=x>Bridge shut</a></font></td></tr><tr><td colspan=3><font size=1>Copyright 2004 Island Post</font></td></tr></table></body></html>",
        "Ferry sails again after a year",
        "2004-01-05",
        &["Per Lund"],
    );
    check(
        "paragraphs in cells",
        r"<title>Ferry sails again after a year</title><table><tr><td class=headline>Ferry sails again after a year</td></tr><tr><td class=byline>by Per Lund and Ane Moe</td></tr><tr><td class=date>05 Jan 2004</td></tr><tr><td class=story><p>{0}<p>{1}<p>{2}</td></tr></table><table><tr><td><a href=x>Print this page</a> | <a href=x>E-mail to a friend</a></td></tr></table>",
        "Ferry sails again after a year",
        "2004-01-05",
        &["Per Lund", "Ane Moe"],
    );
    check(
        "a dateline above the headline",
        r"<title>Ferry sails again after a year</title><div id=main><p class=small>Posted: Jan. 5, 2004</p><h2>Ferry sails again after a year</h2><h4>By Per Lund</h4><div>{0}</div><div>{1}</div><div>{2}</div></div>",
        "Ferry sails again after a year",
        "2004-01-05",
        &["Per Lund"],
    );
    check(
        "a byline and a day in one line",
        r"<title>Ferry sails again after a year : Island Post</title><div class=content><h1>Ferry sails again after a year</h1><p><b>By Per Lund</b>, Island Post | Jan. 5, 2004</p>{p}<p>Copyright 2004 The Island Post. All rights reserved.</p></div>",
        "Ferry sails again after a year",
        "2004-01-05",
        &["Per Lund"],
    );
    check(
        "numbers whose order the country tells",
        r"<link rel=canonical href=http://www.post.co.uk/a/ferry><title>Ferry sails again after a year</title><h1>Ferry sails again after a year</h1><span class=date>05/01/2004</span>{p}",
        "Ferry sails again after a year",
        "2004-01-05",
        &[],
    );
}

#[test]
fn bodies_in_pieces() {
    check(
        "several containers",
        r"<title>Ferry sails again</title><h1>Ferry sails again</h1><div class=text-block><p>{0}</p></div><div class=ad-slot>Advertisement</div><div class=text-block><p>{1}</p></div><div class=gallery><p class=caption>A boat</p></div><div class=text-block><p>{2}</p></div>",
        "Ferry sails again",
        "",
        &[],
    );
    check(
        "spans for paragraphs",
        r"<title>Ferry sails again</title><h1>Ferry sails again</h1><div id=content><span>{0}</span><br><br><span>{1}</span><br><br><span>{2}</span></div><div id=footer>Terms of use | Privacy</div>",
        "Ferry sails again",
        "",
        &[],
    );
}

const GERMAN: [&str; 2] = [
    "Die Fähre zwischen den beiden Inseln fährt seit Montag wieder, ein Jahr nach dem Sturm, der ihren Anleger zerstörte.",
    "„Wir haben lange genug gewartet“, sagte Ida Holm, die am Hafen die Bäckerei führt und vierzig Fahrgäste zählte.",
];
const SPANISH: [&str; 2] = [
    "El transbordador entre las dos islas volvió a zarpar el lunes, un año después de la tormenta que rompió su muelle.",
    "«Hemos esperado bastante», dijo Ida Holm, que lleva la panadería del puerto y contó cuarenta pasajeros a bordo.",
];
const FRENCH: [&str; 2] = [
    "Le bac entre les deux îles a repris la mer lundi, un an après la tempête qui avait brisé son embarcadère.",
    "« Nous avons assez attendu », a dit Ida Holm, qui tient la boulangerie du port et a compté quarante passagers.",
];
const RUSSIAN: [&str; 2] = [
    "Паром между двумя островами снова вышел в море в понедельник, через год после шторма, который сломал его причал.",
    "«Мы ждали достаточно долго», — сказала Ида Хольм, которая держит пекарню в порту и насчитала сорок пассажиров.",
];
const CHINESE: [&str; 2] = [
    "两个岛屿之间的渡轮周一重新启航,距离风暴摧毁码头已经过去整整一年,港口的居民一早就来到岸边等候第一班船。",
    "“我们已经等得够久了,”在港口经营面包店的店主说,她数了数,第一班船上一共有四十名乘客,其中一半是学生。",
];
const JAPANESE: [&str; 2] = [
    "二つの島を結ぶフェリーが月曜日に運航を再開した。嵐で桟橋が壊れてから一年がたち、港には朝早くから大勢の住民が集まった。",
    "「もう十分に待ちました」と港でパン屋を営む女性は話し、最初の便の乗客を四十人まで数えたと笑顔で付け加えた。",
];
const KOREAN: [&str; 2] = [
    "두 섬을 잇는 여객선이 월요일 다시 운항을 시작했다. 폭풍으로 부두가 부서진 지 꼭 일 년 만이며 항구에는 많은 주민이 모였다.",
    "항구에서 빵집을 운영하는 주인은 우리는 충분히 기다렸다고 말했으며 첫 배에 탄 승객을 마흔 명까지 세어 보았다고 했다.",
];

#[test]
fn papers_of_other_tongues() {
    for (name, html, title, day, authors, text) in [
        (
            "german",
            r"<title>Fähre fährt wieder | Inselpost</title><article><span class=kicker>Verkehr</span><h1>Fähre fährt wieder</h1><p class=autor>Von Ida Meier und Jens Roth</p><p>5. März 2016, 09:30 Uhr</p>{p}</article>",
            "Fähre fährt wieder",
            "2016-03-05",
            &["Ida Meier", "Jens Roth"] as &[&str],
            &GERMAN,
        ),
        (
            "german, with its day above",
            r"<title>Fähre fährt wieder - Inselpost</title><p><span>Von</span> <span><a class=author-link href=x>Ida Meier</a></span> <span>publiziert am 30. Juli 2018</span></p><h1>Fähre fährt wieder</h1>{p}",
            "Fähre fährt wieder",
            "2018-07-30",
            &["Ida Meier"],
            &GERMAN,
        ),
        (
            "spanish",
            r"<html lang=es><title>El transbordador vuelve a zarpar</title><h1>El transbordador vuelve a zarpar</h1><div class=firma>Por Juana Paz</div><div class=fecha>5 de marzo de 2016</div><div class=cuerpo>{p}</div>",
            "El transbordador vuelve a zarpar",
            "2016-03-05",
            &["Juana Paz"],
            &SPANISH,
        ),
        (
            "portuguese in its frame",
            r"<title>Balsa volta a navegar</title><p class=titulo>Balsa volta a navegar</p><small><b>05/10/2018</b> - Publicado por: Clara Dias - Categoria: <a href=x>Mar</a></small><div>{p}</div>",
            "Balsa volta a navegar",
            "2018-10-05",
            &["Clara Dias"],
            &SPANISH,
        ),
        (
            "french",
            r"<html lang=fr><title>Le bac reprend la mer - Le Courrier</title><h1>Le bac reprend la mer</h1><p class=auteur>Par Marie Petit</p><p>Publié le 05/03/2016 à 09h30, mis à jour le 06/03/2016</p>{p}",
            "Le bac reprend la mer",
            "2016-03-05",
            &["Marie Petit"],
            &FRENCH,
        ),
    ] {
        check_text(name, html, title, day, authors, text);
    }
}

#[test]
fn papers_of_other_scripts() {
    for (name, html, title, day, authors, text) in [
        (
            "russian",
            r"<html lang=ru><title>Паром снова вышел в море | Островная газета</title><h1>Паром снова вышел в море</h1><div class=date>5 марта 2016, 09:30</div><div class=author>Автор: Иван Петров</div><div class=text>{p}</div>",
            "Паром снова вышел в море",
            "2016-03-05",
            &["Иван Петров"] as &[&str],
            &RUSSIAN,
        ),
        (
            "chinese",
            r"<html lang=zh><title>两岛之间渡轮重新启航_社会_海岛日报网</title><h1>两岛之间渡轮重新启航</h1><div class=info><span>2016年03月05日 09:30</span> <span>来源:海岛日报</span></div><div class=content>{p}</div>",
            "两岛之间渡轮重新启航",
            "2016-03-05",
            &[],
            &CHINESE,
        ),
        (
            "japanese",
            r"<html lang=ja><title>島のフェリーが運航再開:島の新聞</title><h1>島のフェリーが運航再開</h1><p class=time>2016年3月5日09時30分</p><div class=ArticleText>{p}</div>",
            "島のフェリーが運航再開",
            "2016-03-05",
            &[],
            &JAPANESE,
        ),
        (
            "korean",
            r"<html lang=ko><title>섬 여객선 다시 운항 시작 - 섬신문</title><dl><dt>섬 여객선 다시 운항 시작</dt></dl>기사입력 :[ 2016-03-05 15:24 ]<div class=newsArticle>{p}</div>",
            "섬 여객선 다시 운항 시작",
            "2016-03-05",
            &[],
            &KOREAN,
        ),
    ] {
        check_text(name, html, title, day, authors, text);
    }
}
