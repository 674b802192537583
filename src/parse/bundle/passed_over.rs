//! Members of a bundle that nobody means as articles: what file managers leave behind, and what belongs to a saved page
//! (pictures, styles, scripts). They are passed over in silence; all else that gives no article is a failure.

use super::super::sniff;

/// By extension: text that dresses a page or moves it.
const DRESS: [&str; 9] = [
    "css",
    "js",
    "mjs",
    "cjs",
    "map",
    "svg",
    "less",
    "scss",
    "webmanifest",
];

/// By extension: pictures, sound, film and fonts.
const MEDIA: [&str; 27] = [
    "jpg", "jpeg", "jfif", "png", "gif", "webp", "avif", "heic", "bmp", "tif", "tiff", "ico",
    "cur", "woff", "woff2", "ttf", "otf", "eot", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "mov",
    "webm", "swf",
];

/// Whether a member that begins so needs no word.
pub(in crate::parse) fn is_passed_over(path: &str, head: &[u8]) -> bool {
    is_litter(path) || is_asset(path, head)
}

fn is_litter(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    path.split(['/', '\\']).any(|folder| folder == "__MACOSX")
        || name.starts_with("._")
        || ["ds_store", "thumbs.db", "desktop.ini"]
            .contains(&name.trim_start_matches('.').to_lowercase().as_str())
}

/// The extension alone may lie: a story named `.jpg` is a story, a page named `.js` a page.
fn is_asset(path: &str, head: &[u8]) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let Some((_, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let extension = extension.to_lowercase();
    let is_readable = sniff::by_magic(head).is_some();
    let is_binary = head.contains(&0)
        || std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some());
    let is_page = String::from_utf8_lossy(&head[..head.len().min(200)])
        .to_lowercase()
        .contains("<html");
    !is_readable
        && !is_page
        && (DRESS.contains(&extension.as_str()) || MEDIA.contains(&extension.as_str()) && is_binary)
}
