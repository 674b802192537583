//! A map of places, equirectangular, true to scale at its middle: land, a grid of degrees, and a disc for each place, its area
//! after the articles that speak of it.

use super::WIDTH;
use super::canvas::{Canvas, outline};
use super::labels::{Labels, Point};
use crate::render::picture::{Place, grouped};

/// Natural Earth's land at 1:110 million.
const LAND: &str = include_str!("land.txt");
const SIZE: f64 = 12.0;
/// No map shows less of the world than so many degrees, or the land would be too coarse.
const LEAST_DEGREES: f64 = 24.0;
/// Of so many places the names are tried.
const MOST_NAMED: usize = 60;

/// A part of the world and how it lies on the sheet.
struct View {
    west: f64,
    north: f64,
    /// Points per degree eastward and northward.
    scale: (f64, f64),
    high: f64,
}

impl View {
    /// What holds all places with some room around, in the shape of a sheet.
    fn of(places: &[Place]) -> Self {
        let bounds = |values: &dyn Fn(&Place) -> f64| {
            let values = places.iter().map(values);
            values.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)))
        };
        let (west, east) = bounds(&|place| place.longitude);
        let (south, north) = bounds(&|place| place.latitude);
        let is_world = east - west > 150.0 || north - south > 85.0;
        let (mut west, mut east, mut south, mut north) = if is_world {
            (-180.0, 180.0, south.min(-56.0), north.max(78.0))
        } else {
            (west, east, south, north)
        };
        let stretch = if is_world {
            1.0
        } else {
            (f64::midpoint(south, north).to_radians().cos()).max(0.3)
        };
        if !is_world {
            let pad = |from: f64, to: f64, least: f64| {
                let span = ((to - from) * 1.25).max(least);
                let middle = f64::midpoint(from, to);
                (middle - span / 2.0, middle + span / 2.0)
            };
            (west, east) = pad(west, east, LEAST_DEGREES / stretch);
            (south, north) = pad(south, north, LEAST_DEGREES * 0.55);
            // A sheet is between 0.45 and 0.75 as high as wide.
            let wide = (east - west) * stretch;
            let high = (north - south).clamp(wide * 0.45, f64::MAX);
            (south, north) = pad_to(south, north, high);
            let wide = wide.max(high / 0.75) / stretch;
            (west, east) = pad_to(west, east, wide);
        }
        let across = WIDTH / (east - west);
        Self {
            west,
            north,
            scale: (across, across / stretch),
            high: (north - south) * across / stretch,
        }
    }

    fn at(&self, latitude: f64, longitude: f64) -> (f64, f64) {
        (
            (longitude - self.west) * self.scale.0,
            (self.north - latitude) * self.scale.1,
        )
    }
}

fn pad_to(from: f64, to: f64, span: f64) -> (f64, f64) {
    let middle = f64::midpoint(from, to);
    (middle - span / 2.0, middle + span / 2.0)
}

pub(super) fn draw(places: &[Place], key: &str) -> Canvas {
    let view = View::of(places);
    let mut canvas = Canvas::new(WIDTH, view.high);
    canvas.marks.push_str(&format!(
        "<clipPath id=\"clip-{key}\"><rect width=\"{WIDTH}\" height=\"{:.1}\"/></clipPath>\n<g clip-path=\"url(#clip-{key})\">\n",
        view.high
    ));
    canvas.rect("sea", (0.0, 0.0), (WIDTH, view.high), "");
    land(&mut canvas, &view);
    grid(&mut canvas, &view);
    canvas.marks.push_str("</g>\n");
    discs(&mut canvas, &view, places);
    canvas
}

fn land(canvas: &mut Canvas, view: &View) {
    let rings = LAND.lines().filter(|line| !line.starts_with('#'));
    let mut data = String::new();
    for ring in rings {
        // The world goes round: what lies beyond the 180th meridian lies on the other side, too.
        for turn in [-360.0, 0.0, 360.0] {
            let degrees = ring.split(' ').filter_map(tenths);
            let points: Vec<(f64, f64)> = degrees
                .map(|(east, north)| view.at(north, east + turn))
                .collect();
            let left = points.iter().map(|p| p.0).fold(f64::MAX, f64::min);
            let right = points.iter().map(|p| p.0).fold(f64::MIN, f64::max);
            if right >= 0.0 && left <= WIDTH {
                data.push_str(&outline(&points));
                data.push('Z');
            }
        }
    }
    canvas.marks.push_str(&format!(
        "<path class=\"land\" fill-rule=\"evenodd\" d=\"{data}\"/>\n"
    ));
}

fn tenths(pair: &str) -> Option<(f64, f64)> {
    let (east, north) = pair.split_once(',')?;
    let degrees = |text: &str| text.parse::<f64>().ok().map(|tenths| tenths / 10.0);
    Some((degrees(east)?, degrees(north)?))
}

/// Meridians and parallels, some six across.
fn grid(canvas: &mut Canvas, view: &View) {
    let across = WIDTH / view.scale.0;
    let step = [2.0, 5.0, 10.0, 15.0, 30.0, 60.0]
        .into_iter()
        .find(|step| across / step <= 8.0)
        .unwrap_or(60.0);
    let first = |from: f64| (from / step).ceil() as i64;
    let last = |to: f64| (to / step).floor() as i64;
    for n in first(view.west)..=last(view.west + across) {
        let (x, _) = view.at(0.0, n as f64 * step);
        canvas.line("grid", (x, 0.0), (x, view.high));
    }
    let south = view.north - view.high / view.scale.1;
    for n in first(south)..=last(view.north) {
        let (_, y) = view.at(n as f64 * step, 0.0);
        canvas.line("grid", (0.0, y), (WIDTH, y));
    }
}

fn discs(canvas: &mut Canvas, view: &View, places: &[Place]) {
    let most = places.iter().map(|place| place.value).fold(1.0, f64::max);
    let radius = |value: f64| 2.0 + 13.0 * (value.max(0.0) / most).sqrt();
    let mut order: Vec<&Place> = places.iter().collect();
    order.sort_by(|a, b| b.value.total_cmp(&a.value));
    for place in &order {
        let tip = format!("{}: {}", place.name, grouped(place.value));
        let at = view.at(place.latitude, place.longitude);
        canvas.circle("place", at, radius(place.value), &tip);
    }
    let mut labels = Labels::new([4.0, 4.0, WIDTH - 4.0, view.high - 4.0], SIZE);
    for place in order.iter().take(12) {
        let at = view.at(place.latitude, place.longitude);
        labels.keep_off(at, radius(place.value).min(8.0));
    }
    for place in order.iter().take(MOST_NAMED) {
        let point = Point {
            at: view.at(place.latitude, place.longitude),
            radius: radius(place.value) * 0.8,
            name: &place.name,
            class: "name",
            must: false,
        };
        labels.write(canvas, &point);
    }
}
