//! What reading a picture of a page means: the engine as an argument, and its
//! words put back into the shape that other pages have.
//!
//! In: a [`Picture`] and an [`Ocr`] engine. Out: words with their places. The
//! engine that we use stands in `tesseract`; the tests bring their own.

/// Reads words from pictures.
pub trait Ocr {
    /// The words of a picture in reading order.
    ///
    /// # Errors
    ///
    /// Fails when the engine does; the page is then kept as unread.
    fn words(&self, picture: &Picture) -> Result<Vec<OcrWord>, OcrError>;
}

/// A page as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// One byte a pixel, row by row from the top, 0 is black.
    pub grey: Vec<u8>,
}

/// A word that an engine read.
#[derive(Debug, Clone, PartialEq)]
pub struct OcrWord {
    /// As read.
    pub text: String,
    /// Left edge in pixels.
    pub left: f32,
    /// Upper edge in pixels.
    pub top: f32,
    /// In pixels.
    pub width: f32,
    /// In pixels.
    pub height: f32,
    /// The engine's confidence, from 0 to 1.
    pub confidence: f32,
    /// Words of one line share this number.
    pub line: u32,
}

/// Why an engine read nothing.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// It did not start or broke off.
    #[error("the OCR engine failed: {0}")]
    Failed(String),
    /// It did not finish in time.
    #[error("the OCR engine did not finish within {0} seconds")]
    TooSlow(u64),
}

impl Picture {
    /// Share of ink in a rectangle, from 0 to 1.
    pub(super) fn ink(&self, left: f32, top: f32, width: f32, height: f32) -> f32 {
        #[expect(clippy::cast_sign_loss, reason = "clamped at 0")]
        let at = |place: f32, limit: u32| (place.max(0.0) as u32).min(limit) as usize;
        let (from, to) = (at(left, self.width), at(left + width, self.width));
        let rows = at(top, self.height)..at(top + height, self.height);
        let count = (to.saturating_sub(from) * rows.len()).max(1);
        let dark: u64 = rows
            .filter_map(|row| {
                self.grey
                    .get(row * self.width as usize + from..row * self.width as usize + to)
            })
            .flatten()
            .map(|grey| u64::from(255 - grey))
            .sum();
        dark as f32 / (255.0 * count as f32)
    }

    /// The picture as a portable grey map, the simplest form that engines
    /// take.
    #[must_use]
    pub fn to_pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.grey);
        file
    }
}
