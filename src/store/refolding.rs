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
