//! Marks on a sheet, written as SVG: what is drawn says what it is by its class, and a style sheet says how that looks.

use quick_xml::escape::escape;

use crate::text::clean::is_layout;
use unicode_width::UnicodeWidthChar;

/// A sheet with marks on it.
#[derive(Debug, Default)]
pub(in crate::render) struct Canvas {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// The marks.
    pub marks: String,
}

/// Where a text stands against its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Anchor {
    Start,
    Middle,
    End,
}

impl Canvas {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            marks: String::new(),
        }
    }

    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        self.marks.push_str(&format!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\"{anchor}>{}</text>\n",
            escaped(text)
        ));
    }

    pub(super) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        self.marks.push_str(&format!(
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>\n"
        ));
    }

    /// A line whose width is a matter of its data.
    pub(super) fn stroke(&mut self, class: &str, from: (f64, f64), to: (f64, f64), width: f64) {
        self.marks.push_str(&format!(
            "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke-width=\"{width:.1}\"/>\n",
            from.0, from.1, to.0, to.1
        ));
    }

    pub(super) fn rect(&mut self, class: &str, (x, y): (f64, f64), (w, h): (f64, f64), tip: &str) {
        let rect = format!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\""
        );
        self.tipped("rect", &rect, tip);
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64, tip: &str) {
        let circle =
            format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"");
        self.tipped("circle", &circle, tip);
    }

    /// Puts another sheet below what there is.
    pub(super) fn below(&mut self, other: &Self, y: f64) {
        self.marks.push_str(&format!(
            "<g transform=\"translate(0 {y:.1})\">\n{}</g>\n",
            other.marks
        ));
        self.height = y + other.height;
    }

    /// A line through points.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let data = outline(points);
        self.marks
            .push_str(&format!("<path class=\"{class}\" d=\"{data}\"/>\n"));
    }

    /// A mark with what is said of it when the pointer rests there.
    fn tipped(&mut self, name: &str, opening: &str, tip: &str) {
        self.marks.push_str(opening);
        if tip.is_empty() {
            self.marks.push_str("/>\n");
        } else {
            let tip = escaped(tip);
            self.marks
                .push_str(&format!("><title>{tip}</title></{name}>\n"));
        }
    }
}

/// Points as the data of a path.
pub(super) fn outline(points: &[(f64, f64)]) -> String {
    let mut data = String::new();
    for (n, (x, y)) in points.iter().enumerate() {
        data.push_str(&format!("{}{x:.1} {y:.1}", if n == 0 { "M" } else { "L" }));
    }
    data
}

/// A text as it may stand in XML and HTML: escaped, and without the characters that neither knows.
pub(in crate::render) fn escaped(text: &str) -> String {
    let is_known = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c if is_layout(c) => false,
        _ => !c.is_control(),
    };
    let text: String = text.chars().filter(|c| is_known(*c)).collect();
    escape(text).into_owned()
}

/// About how wide a text is at a size, in the font of figures.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | 'J' | '.' | ',' | ':' | ';' | '\'' | '!' | ' ' | '|' | '·' => 0.28,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '[' | ']' => 0.37,
        'm' | 'M' | 'w' | 'W' | '%' | '@' => 0.9,
        'A'..='Z' => 0.66,
        _ => match c.width() {
            Some(0) | None => 0.0,
            Some(2) => 1.0,
            _ => 0.58,
        },
    }
}

/// A text that is at most so wide; where it is cut, it says so.
pub(super) fn fitted(text: &str, size: f64, most: f64) -> String {
    if width_of(text, size) <= most {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut width = em('…') * size;
    for c in text.chars() {
        width += em(c) * size;
        if width > most {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}
