//! The part of the world that a map shows, and the part of it where names crowd.

use super::WIDTH;
use crate::render::picture::Place;

/// No map shows less of the world than so many degrees, or the land would be too coarse.
const LEAST_DEGREES: f64 = 24.0;
/// So many places without a name are worth a map of their own.
const CROWD: usize = 4;
/// So many of them, the largest, say where that is.
const MOST_TRIED: usize = 100;

/// A part of the world and how it lies on the sheet.
pub(super) struct View {
    pub west: f64,
    pub north: f64,
    /// Points per degree eastward and northward.
    pub scale: (f64, f64),
    /// How high it is on the sheet.
    pub high: f64,
}

impl View {
    /// What holds all places with some room around, in the shape of a sheet.
    pub(super) fn of(places: &[&Place]) -> Self {
        let bounds = |values: &dyn Fn(&Place) -> f64| {
            let values = places.iter().map(|place| values(place));
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

    pub(super) fn at(&self, latitude: f64, longitude: f64) -> (f64, f64) {
        (
            (longitude - self.west) * self.scale.0,
            (self.north - latitude) * self.scale.1,
        )
    }

    /// From left to right, in degrees.
    pub(super) fn across(&self) -> f64 {
        WIDTH / self.scale.0
    }

    /// Whether a place lies in it.
    pub(super) fn holds(&self, place: &Place) -> bool {
        let (x, y) = self.at(place.latitude, place.longitude);
        (0.0..=WIDTH).contains(&x) && (0.0..=self.high).contains(&y)
    }

    /// The part, a sixth as wide, in which most of these places lie; nothing where they are few or the map is close already.
    pub(super) fn crowded(&self, places: &[&Place]) -> Option<Self> {
        let places = &places[..places.len().min(MOST_TRIED)];
        let wide = (self.across() / 6.0).max(LEAST_DEGREES * 1.5);
        if self.across() < wide * 2.0 {
            return None;
        }
        let within = |west: f64, south: f64| -> Vec<&Place> {
            let is_in = |place: &&&Place| {
                (west..=west + wide).contains(&place.longitude)
                    && (south..=south + wide * 0.5).contains(&place.latitude)
            };
            places.iter().filter(is_in).copied().collect()
        };
        let corners = places.iter().flat_map(|west| {
            let south = places.iter().map(|place| place.latitude);
            south.map(|south| (west.longitude, south))
        });
        let best = corners
            .map(|(west, south)| within(west, south))
            .max_by_key(Vec::len)?;
        (best.len() >= CROWD).then(|| Self::of(&best))
    }
}

fn pad_to(from: f64, to: f64, span: f64) -> (f64, f64) {
    let middle = f64::midpoint(from, to);
    (middle - span / 2.0, middle + span / 2.0)
}
