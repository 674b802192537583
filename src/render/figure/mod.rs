//! Figures: the picture of a section as SVG, alone or for a page, and as PNG.
//!
//! Drawn by hand: `plotters` has had no release for two years and knows neither classes, by which a page shows its figures light
//! or dark, nor networks and maps.

mod axes;
mod bars;
mod canvas;
mod forces;
mod labels;
mod lines;
mod map;
mod network;
pub(super) mod png;
pub(super) mod style;
mod view;
mod words;

use canvas::{Anchor, Canvas, fitted, width_of};

pub(super) use canvas::escaped;
use words::{about, told};

use super::picture::{self, Drawing};
use crate::domain::records::{Picture, Section};

/// How wide figures are, in points; pages scale them.
const WIDTH: f64 = 760.0;
/// The room left of everything.
const LEFT: f64 = 2.0;
/// So many series or kinds have a colour of their own.
const N_COLOURS: usize = 8;

/// What stands around a figure that stands alone.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The heading.
    pub heading: &'a str,
    /// Which archive, which part of it, and when.
    pub origin: &'a str,
}

/// The picture of a section as an SVG element for a page, whose style sheet colours it.
pub(super) fn inline(section: &Section, id: &str) -> Option<String> {
    let canvas = drawn(section, id)?;
    Some(format!(
        "<figure>\n<svg class=\"figure\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" aria-label=\"{}\">\n{}</svg>\n<figcaption>{}</figcaption>\n</figure>\n",
        canvas.width,
        canvas.height,
        escaped(&format!("{}: {}", section.title, told(section))),
        canvas.marks,
        escaped(&about(section))
    ))
}

/// The picture of a section as a file of its own, on white, with heading, note and origin.
#[must_use]
pub fn svg(section: &Section, frame: Frame<'_>) -> Option<String> {
    const MARGIN: f64 = 28.0;
    let figure = drawn(section, "map")?;
    let wide = figure.width + 2.0 * MARGIN;
    let mut sheet = Canvas::new(wide, 0.0);
    let head = fitted(frame.heading, 20.0, figure.width);
    sheet.text("head", (MARGIN, MARGIN + 16.0), Anchor::Start, &head);
    let about = match section.picture {
        // What is counted and along what: a report may have several such pictures.
        Some(Picture::Bars { label, .. }) if !matches!(label, "month" | "year") => {
            format!("{}: {}", section.title, about(section))
        }
        _ => about(section),
    };
    let mut top = MARGIN + 38.0;
    for line in wrapped(&about, figure.width) {
        sheet.text("note", (MARGIN, top), Anchor::Start, &line);
        top += 17.0;
    }
    top += 3.0;
    sheet.marks.push_str(&format!(
        "<g transform=\"translate({MARGIN} {top})\">\n{}</g>\n",
        figure.marks
    ));
    let mut y = top + figure.height + 26.0;
    let notes = section
        .note
        .iter()
        .map(String::as_str)
        .chain([frame.origin]);
    for line in notes.flat_map(|note| wrapped(note, figure.width)) {
        sheet.text("note", (MARGIN, y), Anchor::Start, &line);
        y += 17.0;
    }
    sheet.height = y + MARGIN - 17.0;
    let (width, height) = (sheet.width, sheet.height);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n<style>\n{}\n</style>\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{}</svg>\n",
        escaped(&format!("{head}: {about}")),
        escaped(&told(section)),
        style::rules(&style::LIGHT, ""),
        style::LIGHT.ground,
        sheet.marks
    ))
}

pub use png::{PngError, png};

fn drawn(section: &Section, id: &str) -> Option<Canvas> {
    Some(match picture::of(section)? {
        Drawing::Bars(bars) => bars::draw(&bars),
        Drawing::Lines(lines) => lines::draw(&lines),
        Drawing::Ties(ties) => network::draw(&ties),
        Drawing::Map(places) => map::draw(&places, id),
    })
}

/// A text in lines that fit.
fn wrapped(text: &str, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(&format!("{line} {word}"), 12.0) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
