//! A map of places, equirectangular, true to scale at its middle: land, a grid of degrees, and a disc for each place, its area
//! after the articles that speak of it.

use super::WIDTH;
use super::canvas::{Anchor, Canvas, outline};
use super::labels::{Labels, Point};
use super::view::View;
use crate::render::picture::{Place, grouped};

/// Natural Earth's land at 1:110 million.
const LAND: &str = include_str!("land.txt");
const SIZE: f64 = 12.0;
/// Of so many places the names are tried.
const MOST_NAMED: usize = 200;

/// The whole, and below it, larger, the part in which names would run over each other.
pub(super) fn draw(places: &[Place], key: &str) -> Canvas {
    let most = places.iter().map(|place| place.value).fold(1.0, f64::max);
    let mut places: Vec<&Place> = places.iter().collect();
    places.sort_by(|a, b| b.value.total_cmp(&a.value));
    let view = View::of(&places);
    let (whole, unnamed) = panel(&view, &places, most, None, key);
    let Some(part) = view.crowded(&unnamed) else {
        return whole;
    };
    let (mut canvas, _) = panel(&view, &places, most, Some(&part), key);
    let inside: Vec<&Place> = places
        .into_iter()
        .filter(|place| part.holds(place))
        .collect();
    let (larger, _) = panel(&part, &inside, most, None, &format!("{key}-part"));
    let y = canvas.height + 24.0;
    canvas.text("tick", (0.0, y), Anchor::Start, "The framed part, larger:");
    canvas.below(&larger, y + 12.0);
    canvas
}

/// A map of a view, with a frame around the part that another shows; and the places that found no room for their name.
fn panel<'a>(
    view: &View,
    places: &[&'a Place],
    most: f64,
    part: Option<&View>,
    key: &str,
) -> (Canvas, Vec<&'a Place>) {
    let mut canvas = Canvas::new(WIDTH, view.high);
    canvas.marks.push_str(&format!(
        "<clipPath id=\"clip-{key}\"><rect width=\"{WIDTH}\" height=\"{:.1}\"/></clipPath>\n<g clip-path=\"url(#clip-{key})\">\n",
        view.high
    ));
    canvas.rect("sea", (0.0, 0.0), (WIDTH, view.high), "");
    land(&mut canvas, view);
    grid(&mut canvas, view);
    canvas.marks.push_str("</g>\n");
    let unnamed = discs(&mut canvas, view, places, most, part);
    (canvas, unnamed)
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
            let top = points.iter().map(|p| p.1).fold(f64::MAX, f64::min);
            let bottom = points.iter().map(|p| p.1).fold(f64::MIN, f64::max);
            if right >= 0.0 && left <= WIDTH && bottom >= 0.0 && top <= view.high {
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
    let across = view.across();
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

/// The discs, the largest below all others, and the names that find room right at theirs.
fn discs<'a>(
    canvas: &mut Canvas,
    view: &View,
    places: &[&'a Place],
    most: f64,
    part: Option<&View>,
) -> Vec<&'a Place> {
    let radius = |value: f64| 2.0 + 13.0 * (value.max(0.0) / most).sqrt();
    let at = |place: &Place| view.at(place.latitude, place.longitude);
    let mut labels = Labels::new([4.0, 4.0, WIDTH - 4.0, view.high - 4.0], SIZE).close();
    for place in places {
        let tip = format!("{}: {}", place.name, grouped(place.value));
        canvas.circle("place", at(place), radius(place.value), &tip);
        labels.keep_off(at(place), radius(place.value));
    }
    if let Some(part) = part {
        let south = part.north - part.high / part.scale.1;
        let (left, top) = view.at(part.north, part.west);
        let (right, bottom) = view.at(south, part.west + part.across());
        canvas.rect("frame", (left, top), (right - left, bottom - top), "");
        labels.keep_out([left, top, right, bottom]);
    }
    let mut unnamed = Vec::new();
    for (n, place) in places.iter().enumerate() {
        if part.is_some_and(|part| part.holds(place)) {
            continue;
        }
        let point = Point {
            at: at(place),
            radius: radius(place.value) * 0.9,
            name: &place.name,
            class: "name",
            must: false,
        };
        if n >= MOST_NAMED || !labels.write(canvas, &point) {
            unnamed.push(*place);
        }
    }
    unnamed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(places: &[(&str, f64, f64)]) -> String {
        let place = |(name, latitude, longitude): &(&str, f64, f64)| Place {
            name: (*name).to_owned(),
            latitude: *latitude,
            longitude: *longitude,
            value: 1.0,
        };
        let places: Vec<Place> = places.iter().map(place).collect();
        draw(&places, "map").marks
    }

    const FAR: [(&str, f64, f64); 2] = [("Lima", -12.0, -77.0), ("Sydney", -33.9, 151.2)];
    const NEAR: [(&str, f64, f64); 8] = [
        ("Bonn", 50.7, 7.1),
        ("Cologne", 50.9, 7.0),
        ("Mainz", 50.0, 8.3),
        ("Ghent", 51.0, 3.7),
        ("Bruges", 51.2, 3.2),
        ("Basel", 47.6, 7.6),
        ("Metz", 49.1, 6.2),
        ("Trier", 49.8, 6.6),
    ];

    #[test]
    fn where_names_crowd_a_part_is_shown_larger() {
        let map = drawn(&[&FAR[..], &NEAR[..]].concat());
        assert_eq!(map.matches("class=\"frame\"").count(), 1);
        for (name, ..) in FAR {
            assert_eq!(map.matches(&format!(">{name}</text>")).count(), 1, "{name}");
        }
        let named = NEAR
            .iter()
            .filter(|(name, ..)| map.contains(&format!(">{name}</text>")));
        assert!(named.count() >= 6, "{map}");
        for whole in [&FAR[..], &NEAR[..]] {
            assert!(!drawn(whole).contains("frame"));
        }
    }
}
