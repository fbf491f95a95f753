//! Rectangles in reading direction: `x` grows rightwards, `y` downwards, in
//! points from the top left corner of the page as a reader holds it.

use pdfboss_core::geom::Rect;

/// A rectangle, `x0 <= x1` and `y0 <= y1`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

impl Area {
    pub(super) fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    pub(super) fn size(&self) -> f32 {
        self.width() * self.height()
    }

    pub(super) fn centre(&self) -> (f32, f32) {
        (
            f32::midpoint(self.x0, self.x1),
            f32::midpoint(self.y0, self.y1),
        )
    }

    /// Whether the point lies inside, with this much to spare outside.
    pub(super) fn holds(&self, (x, y): (f32, f32), slack: f32) -> bool {
        x >= self.x0 - slack && x <= self.x1 + slack && y >= self.y0 - slack && y <= self.y1 + slack
    }

    /// Whether all of the other lies inside, with this much to spare outside.
    pub(super) fn covers(&self, other: &Self, slack: f32) -> bool {
        self.holds((other.x0, other.y0), slack) && self.holds((other.x1, other.y1), slack)
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// Around all of them; `None` of none.
pub(super) fn around(areas: impl IntoIterator<Item = Area>) -> Option<Area> {
    areas.into_iter().reduce(|all, area| all.union(&area))
}

/// Turns a page's own coordinates into reading direction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    page: Rect,
    /// Clockwise quarter turns that make the text upright, in degrees.
    turn: i32,
}

impl Frame {
    pub(super) fn new(page: Rect, turn: i32) -> Self {
        Self {
            page: page.normalize(),
            turn: turn.rem_euclid(360),
        }
    }

    pub(super) fn turn(&self) -> i32 {
        self.turn
    }

    /// Width and height as a reader sees them.
    pub(super) fn size(&self) -> (f32, f32) {
        let (width, height) = (self.page.width(), self.page.height());
        if self.turn % 180 == 0 {
            (width, height)
        } else {
            (height, width)
        }
    }

    pub(super) fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let page = self.page;
        match self.turn {
            90 => (y - page.y0, x - page.x0),
            180 => (page.x1 - x, y - page.y0),
            270 => (page.y1 - y, page.x1 - x),
            _ => (x - page.x0, page.y1 - y),
        }
    }

    pub(super) fn area(&self, rect: Rect) -> Area {
        let (ax, ay) = self.point(rect.x0, rect.y0);
        let (bx, by) = self.point(rect.x1, rect.y1);
        Area {
            x0: ax.min(bx),
            y0: ay.min(by),
            x1: ax.max(bx),
            y1: ay.max(by),
        }
    }
}
