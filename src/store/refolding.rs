//! Brings stored keys in line with the folding of today: archives of older programs kept letters such as ø and ł in them.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::StoreError;
use crate::text::normalize::fold;

/// An entity whose new key another one has already stays as it is: it is found by its names, which all get new keys.
const REFOLD: &str = "
    update or ignore entities set key = base_letters(key) where key <> base_letters(key);
    update entity_names set key = base_letters(key) where key <> base_letters(key);
    update corrections set key = base_letters(key) where key <> base_letters(key);
    update corrections set to_key = base_letters(to_key) where to_key <> base_letters(to_key);
    update watchlist_names set key = base_letters(key) where is_exact = 0 and key <> base_letters(key);
";

/// Folds every key again; decisions hold for the entities that they were made for.
pub(super) fn refold(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("base_letters", 1, flags, |context| {
        let key = context.get_raw(0).as_str_or_null()?;
        Ok(key.map(fold))
    })?;
    connection.execute_batch(REFOLD)?;
    connection.remove_function("base_letters", 1)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::MIGRATIONS;

    #[test]
    fn keys_of_older_programs_are_folded_and_no_entity_is_lost() {
        let connection = Connection::open_in_memory().unwrap();
        for migration in MIGRATIONS {
            connection.execute_batch(migration).unwrap();
        }
        connection
            .execute_batch(
                "insert into entities (id, kind, key, name) values
                     (1, 'person', 'pal økland', 'Pål Økland'), (2, 'person', 'lech wałesa', 'Lech Wałęsa'),
                     (3, 'person', 'lech walesa', 'Lech Walesa'), (4, 'location', 'oslo', 'Oslo');
                 insert into entity_names (entity_id, name, key, origin) values
                     (1, 'Pål Økland', 'pal økland', 'text'), (2, 'Lech Wałęsa', 'lech wałesa', 'text');
                 insert into corrections (made_at, action, kind, key, name, to_kind, to_key, to_name) values
                     ('2020', 'merge', 'person', 'økland', 'Økland', 'person', 'pal økland', 'Pål Økland');",
            )
            .unwrap();
        refold(&connection).unwrap();
        let all =
            |sql: &str| -> String { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            all("select group_concat(key, '; ') from (select key from entities order by id)"),
            "pal okland; lech wałesa; lech walesa; oslo"
        );
        assert_eq!(
            all(
                "select group_concat(key, '; ') from (select key from entity_names order by entity_id)"
            ),
            "pal okland; lech walesa"
        );
        assert_eq!(
            all("select key || ' ' || to_key from corrections"),
            "okland pal okland"
        );
    }
}
