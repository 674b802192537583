//! `story_links` and `articles.story_id`: stories are formed of articles that are linked to one central article (star
//! clusters, Aslam, Pelekhov and Rus 2004), not of all that a chain of links connects.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::{Reader, StoreError};

/// Beyond so many connected articles a new one joins a story as it stands, so that a notice of every day stays cheap.
const MAX_CONNECTED: usize = 256;

/// The links of each article.
type Links = BTreeMap<i64, BTreeSet<i64>>;

/// Links an article to its versions and forms the stories of all that are connected with it.
pub(super) fn link(
    connection: &Connection,
    article: i64,
    versions: &[i64],
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "insert into story_links (article_id, other_id)
         values (?1, ?2), (?2, ?1)
         on conflict do nothing",
    )?;
    for version in versions {
        insert.execute([article, *version])?;
    }
    if versions.is_empty() {
        return set_story(connection, article, article);
    }
    if !form(connection, article)? {
        let mut story = connection.prepare_cached("select story_id from articles where id = ?1")?;
        let story = story.query_row([versions[0]], |row| row.get(0))?;
        return set_story(connection, article, story);
    }
    Ok(())
}

/// Takes an article out of its story, and forms the stories of the rest anew.
pub(super) fn unlink(connection: &Connection, article: i64) -> Result<(), StoreError> {
    let mut others =
        connection.prepare_cached("select other_id from story_links where article_id = ?1")?;
    let rows = others.query_map([article], |row| row.get(0))?;
    let others = rows.collect::<Result<Vec<i64>, _>>()?;
    connection
        .prepare_cached("delete from story_links where article_id = ?1")?
        .execute([article])?;
    connection
        .prepare_cached("delete from story_links where other_id = ?1")?
        .execute([article])?;
    for other in others {
        form(connection, other)?;
    }
    set_story(connection, article, article)
}

/// Forms the stories of all that are connected with an article; false if they are too many.
fn form(connection: &Connection, article: i64) -> Result<bool, StoreError> {
    let Some(links) = connected(connection, article)? else {
        return Ok(false);
    };
    let ranked = ranked(connection, &links)?;
    for (member, story) in stars(&ranked, &links) {
        set_story(connection, member, story)?;
    }
    Ok(true)
}

/// All articles that links connect with one, with their links; none if they are too many.
fn connected(connection: &Connection, article: i64) -> Result<Option<Links>, StoreError> {
    let mut others =
        connection.prepare_cached("select other_id from story_links where article_id = ?1")?;
    let mut links = Links::new();
    let mut waiting = vec![article];
    while let Some(next) = waiting.pop() {
        if links.contains_key(&next) {
            continue;
        }
        if links.len() == MAX_CONNECTED {
            return Ok(None);
        }
        let rows = others.query_map([next], |row| row.get(0))?;
        let theirs = rows.collect::<Result<BTreeSet<i64>, _>>()?;
        waiting.extend(&theirs);
        links.insert(next, theirs);
    }
    Ok(Some(links))
}

/// The articles by the number of their links, then by day and key: an order in which the time of arrival plays no part.
fn ranked(connection: &Connection, links: &Links) -> Result<Vec<i64>, StoreError> {
    let mut select = connection.prepare_cached(
        "select published_at is null, published_at, key from articles where id = ?1",
    )?;
    let mut ranked = Vec::with_capacity(links.len());
    for (article, theirs) in links {
        let rank: (bool, Option<String>, String) =
            select.query_row([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        ranked.push((std::cmp::Reverse(theirs.len()), rank, *article));
    }
    ranked.sort_unstable();
    Ok(ranked.into_iter().map(|(.., article)| article).collect())
}

/// Each article with its story: the first in rank takes all that are linked to it, and so on with those that are left.
fn stars(ranked: &[i64], links: &Links) -> BTreeMap<i64, i64> {
    let mut stories = BTreeMap::new();
    for center in ranked {
        if stories.contains_key(center) {
            continue;
        }
        let mut members = vec![*center];
        let linked = links.get(center).into_iter().flatten();
        members.extend(linked.filter(|other| !stories.contains_key(*other)));
        let story = members.iter().min().copied().unwrap_or(*center);
        stories.extend(members.into_iter().map(|member| (member, story)));
    }
    stories
}

fn set_story(connection: &Connection, article: i64, story: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("update articles set story_id = ?2 where id = ?1 and story_id is not ?2")?
        .execute(params![article, story])?;
    Ok(())
}

/// Forms all stories of several articles anew, for an archive that has no links yet.
pub(super) fn rebuild(connection: &Connection) -> Result<(), StoreError> {
    let mut grouped = connection.prepare(
        "select id
         from articles
         where story_id in (select story_id from articles group by story_id having count(*) > 1)
         order by id",
    )?;
    let rows = grouped.query_map([], |row| row.get(0))?;
    let grouped = rows.collect::<Result<Vec<i64>, _>>()?;
    for article in &grouped {
        set_story(connection, *article, *article)?;
    }
    for article in grouped {
        let versions = Reader { connection }.versions_of(article)?;
        link(connection, article, &versions)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_chain_are_not_one_story() {
        let links = |pairs: &[(i64, i64)]| {
            let mut links = Links::new();
            for (one, other) in pairs {
                links.entry(*one).or_default().insert(*other);
                links.entry(*other).or_default().insert(*one);
            }
            links
        };
        let stories = |ranked: &[i64], pairs: &[(i64, i64)]| {
            let stories = stars(ranked, &links(pairs));
            stories.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(
            stories(&[2, 1, 3], &[(1, 2), (2, 3)]),
            [(1, 1), (2, 1), (3, 1)]
        );
        assert_eq!(
            stories(&[2, 3, 1, 4], &[(1, 2), (2, 3), (3, 4)]),
            [(1, 1), (2, 1), (3, 1), (4, 4)]
        );
    }

    #[test]
    fn an_older_archive_forms_its_stories_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = crate::store::Store::open(&folder.path().join("archive.db")).unwrap();
        let town = |n: u32| {
            format!("On day {n} the council of town {n} voted for a bridge of {n} million. ")
        };
        let text: String = (1..12).map(town).collect();
        let bodies = [
            text.clone(),
            format!("{text} The mayor, Odd Berntsen, resigned."),
            text.replace("million", "billion")
                .replace("day 1", "week 3")
                .replace("town 1", "village 4"),
        ];
        let stories = store.write(|writer| {
            let sql = writer.transaction;
            sql.execute(
                "insert into files (path, name, size, state, received_at) values ('a', 'a', 1, 'stored', '2020')",
                [],
            )?;
            for (n, body) in bodies.iter().enumerate() {
                sql.execute(
                    "insert into articles (key, title, title_origin, body, word_count, file_id, ingested_at)
                     values (?1, 'Votes', 'headline', ?2, 1, 1, '2020')",
                    params![n.to_string(), body],
                )?;
                writer.add_to_story(sql.last_insert_rowid(), &crate::text::sketch::Sketch::of(body), &[])?;
            }
            sql.execute("update articles set story_id = 1", [])?;
            rebuild(sql)?;
            let mut select = sql.prepare("select story_id from articles order by id")?;
            let stories = select.query_map([], |row| row.get(0))?;
            Ok(stories.collect::<Result<Vec<i64>, _>>()?)
        });
        assert_eq!(stories.unwrap(), [1, 1, 3]);
    }
}
