//! Figures as PNG. Latin, Greek and Cyrillic are set in a font that the program carries, so that they look alike everywhere, also
//! where no font is installed; other scripts need a font of the system.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use thiserror::Error;

/// Noto Sans, cut down to Latin, Greek and Cyrillic; its license lies beside it.
const FONT: &[u8] = include_bytes!("font/NotoSans.ttf");
/// Two pixels a point, as screens and print want it.
const SCALE: f32 = 2.0;
/// A figure of thousands of bars is drawn smaller rather than not at all.
const MOST_PIXELS: f32 = 40_000_000.0;

/// Why there is no PNG.
#[derive(Debug, Error)]
pub enum PngError {
    /// The figure is none, which is a fault of ours.
    #[error("the figure cannot be drawn: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// It has no size that can be drawn.
    #[error(
        "the figure is too large to be drawn; write it as .svg, or ask for fewer rows with --limit"
    )]
    Size,
    /// It cannot be packed.
    #[error("the figure cannot be packed: {0}")]
    Packing(String),
}

/// An SVG of ours as PNG.
pub fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    if svg.chars().any(is_of_another_script) {
        fonts.load_system_fonts();
    }
    let options = Options {
        font_family: "Noto Sans".to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = SCALE.min((MOST_PIXELS / (width * height)).sqrt());
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or(PngError::Size)?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    pixmap
        .encode_png()
        .map_err(|error| PngError::Packing(error.to_string()))
}

/// Whether a letter is none of those that the font has.
fn is_of_another_script(c: char) -> bool {
    !matches!(c, '\0'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{206f}' | '€' | '−')
}
