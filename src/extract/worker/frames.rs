//! The frames that parent and child exchange: a tag, a length, that many
//! bytes.
//!
//! In: a stream. Out: [`Frame`]s. A payload goes as two frames, the capture as
//! JSON and then the bytes.

use std::io::{self, Read, Write};

/// What a frame holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// A capture, as JSON.
    Capture(Vec<u8>),
    /// The bytes of the capture before it.
    Body(Vec<u8>),
    /// The child is still at work.
    Alive,
    /// A document, as JSON.
    Document(Vec<u8>),
    /// Why there is no document, as text.
    Refusal(Vec<u8>),
}

impl Frame {
    /// Writes the frame and flushes.
    pub(super) fn write(&self, into: &mut impl Write) -> io::Result<()> {
        let (tag, bytes): (u8, &[u8]) = match self {
            Self::Capture(bytes) => (b'C', bytes),
            Self::Body(bytes) => (b'B', bytes),
            Self::Alive => (b'A', &[]),
            Self::Document(bytes) => (b'D', bytes),
            Self::Refusal(bytes) => (b'R', bytes),
        };
        into.write_all(&[tag])?;
        into.write_all(&(bytes.len() as u64).to_le_bytes())?;
        into.write_all(bytes)?;
        into.flush()
    }

    /// Reads the next frame; `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// Fails when the stream breaks off, when the tag is not known, and when
    /// the frame is longer than the limit.
    pub(super) fn read(from: &mut impl Read, limit: u64) -> io::Result<Option<Self>> {
        let mut tag = [0];
        if from.read(&mut tag)? == 0 {
            return Ok(None);
        }
        let mut length = [0; 8];
        from.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        if length > limit {
            let what = format!("a frame of {length} bytes, the limit is {limit}");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
        }
        let mut bytes = Vec::new();
        if from.take(length).read_to_end(&mut bytes)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match tag[0] {
            b'C' => Ok(Some(Self::Capture(bytes))),
            b'B' => Ok(Some(Self::Body(bytes))),
            b'A' => Ok(Some(Self::Alive)),
            b'D' => Ok(Some(Self::Document(bytes))),
            b'R' => Ok(Some(Self::Refusal(bytes))),
            tag => {
                let what = format!("a frame with the unknown tag {tag}");
                Err(io::Error::new(io::ErrorKind::InvalidData, what))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_went() {
        let frames = [
            Frame::Capture(b"{}".to_vec()),
            Frame::Body(vec![0; 1000]),
            Frame::Alive,
        ];
        let mut stream = Vec::new();
        for frame in &frames {
            frame.write(&mut stream).unwrap();
        }
        let mut from = stream.as_slice();
        for frame in frames {
            assert_eq!(Frame::read(&mut from, 2_000).unwrap(), Some(frame));
        }
        assert_eq!(Frame::read(&mut from, 2_000).unwrap(), None);
    }

    #[test]
    fn a_frame_over_the_limit_or_cut_short_is_refused() {
        let mut stream = Vec::new();
        Frame::Body(vec![0; 100]).write(&mut stream).unwrap();
        assert!(Frame::read(&mut stream.as_slice(), 99).is_err());
        assert!(Frame::read(&mut &stream[..50], 100).is_err());
        assert!(Frame::read(&mut &b"X\0\0\0\0\0\0\0\0"[..], 100).is_err());
    }
}
