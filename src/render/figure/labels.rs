//! Finds room for names beside their points, the most important first.

use super::canvas::{Anchor, Canvas, width_of};

/// Room that is taken: left, top, right, bottom.
type Room = [f64; 4];

/// Names on a sheet that do not run over each other.
pub(super) struct Labels {
    /// The sheet's edges.
    edges: Room,
    taken: Vec<Room>,
    /// The middles of discs, and the room around them.
    discs: Vec<((f64, f64), Room)>,
    size: f64,
    /// Whether names stand right at their points or not at all.
    is_close: bool,
}

/// A point that wants a name.
pub(super) struct Point<'a> {
    pub at: (f64, f64),
    pub radius: f64,
    pub name: &'a str,
    pub class: &'a str,
    /// Whether it is named even where there is no free room.
    pub must: bool,
}

impl Labels {
    pub(super) fn new(edges: Room, size: f64) -> Self {
        Self {
            edges,
            taken: Vec::new(),
            discs: Vec::new(),
            size,
            is_close: false,
        }
    }

    /// Names stand right at their points, or not at all: on a map one beside another point would be taken for its name.
    pub(super) fn close(mut self) -> Self {
        self.is_close = true;
        self
    }

    /// Keeps names out of a part of the sheet.
    pub(super) fn keep_out(&mut self, room: Room) {
        self.taken.push(room);
    }

    /// Keeps names off a disc.
    pub(super) fn keep_off(&mut self, at: (f64, f64), radius: f64) {
        let radius = if self.is_close {
            radius + 0.5
        } else {
            radius * 0.8
        };
        let (x, y) = at;
        let room = [x - radius, y - radius, x + radius, y + radius];
        self.discs.push((at, room));
    }

    /// Writes a name where it covers least; whether there was room.
    pub(super) fn write(&mut self, canvas: &mut Canvas, point: &Point<'_>) -> bool {
        let width = width_of(point.name, self.size);
        let best = self
            .places(point, width)
            .into_iter()
            .map(|(at, anchor, room)| (self.cost(room, point.at), at, anchor, room))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((cost, at, anchor, room)) = best else {
            return false;
        };
        if cost > 0.5 && !point.must {
            return false;
        }
        self.taken.push(room);
        canvas.text(point.class, at, anchor, point.name);
        true
    }

    /// To the right, to the left, above, below, and at the corners, near first and then farther off.
    fn places(&self, point: &Point<'_>, width: f64) -> Vec<((f64, f64), Anchor, Room)> {
        let (x, y) = point.at;
        let high = self.size;
        let mut places = Vec::new();
        let far: &[f64] = if self.is_close {
            &[3.0]
        } else {
            &[4.0, 11.0, 20.0]
        };
        for far in far {
            let off = point.radius + far;
            let slant = off * 0.72;
            for (x, middle, anchor) in [
                (x + off, y, Anchor::Start),
                (x - off, y, Anchor::End),
                (x, y - off - high / 2.0, Anchor::Middle),
                (x, y + off + high / 2.0, Anchor::Middle),
                (x + slant, y - slant - high / 4.0, Anchor::Start),
                (x + slant, y + slant + high / 4.0, Anchor::Start),
                (x - slant, y - slant - high / 4.0, Anchor::End),
                (x - slant, y + slant + high / 4.0, Anchor::End),
            ] {
                let left = match anchor {
                    Anchor::Start => x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                let room = [
                    left,
                    middle - high * 0.55,
                    left + width,
                    middle + high * 0.55,
                ];
                places.push(((x, middle + high * 0.36), anchor, room));
            }
        }
        places
    }

    /// How much a name would cover, in points of area; outside the edges counts manifold.
    fn cost(&self, room: Room, own: (f64, f64)) -> f64 {
        let inside = overlap(room, self.edges);
        let outside = (room[2] - room[0]) * (room[3] - room[1]) - inside;
        let others = self.discs.iter();
        let others = others.filter(|(at, _)| !self.is_close || *at != own);
        let taken = self.taken.iter().chain(others.map(|(_, room)| room));
        let covered: f64 = taken.map(|taken| overlap(room, *taken)).sum();
        covered + outside.max(0.0) * 10.0
    }
}

fn overlap(a: Room, b: Room) -> f64 {
    let wide = a[2].min(b[2]) - a[0].max(b[0]);
    let high = a[3].min(b[3]) - a[1].max(b[1]);
    wide.max(0.0) * high.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_run_over_each_other() {
        let mut canvas = Canvas::new(400.0, 400.0);
        let mut labels = Labels::new([0.0, 0.0, 400.0, 400.0], 12.0);
        let at = [
            (200.0, 200.0),
            (206.0, 202.0),
            (198.0, 207.0),
            (203.0, 195.0),
        ];
        for at in at {
            let point = Point {
                at,
                radius: 4.0,
                name: "Bergen",
                class: "label",
                must: false,
            };
            assert!(labels.write(&mut canvas, &point));
        }
        for (n, one) in labels.taken.iter().enumerate() {
            for other in &labels.taken[n + 1..] {
                assert!(overlap(*one, *other) < 0.5, "{one:?} {other:?}");
            }
        }
    }
}
