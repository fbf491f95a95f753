//! Undoes the coding in which a body was sent, within limits: a few bytes on
//! the wire must not be able to fill the memory.

use std::io::{self, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

/// What we can undo; sent as `Accept-Encoding`.
pub const ACCEPTED_CODINGS: &str = "gzip, deflate";
/// No page or document shrinks further than this.
const RATIO_LIMIT: u64 = 200;
/// Bodies up to this length may, since they do no harm.
const HARMLESS_BYTES: u64 = 8 << 20;

/// Why a body could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// A coding that we did not ask for.
    #[error("the body is in coding `{coding}`, which was not asked for")]
    Unknown {
        /// As the server names it.
        coding: String,
    },
    /// The body unpacks to more than is kept, or to suspiciously much.
    #[error("the body unpacks to over {limit} bytes")]
    TooLarge {
        /// The limit in force.
        limit: u64,
    },
    /// The body is damaged or cut off.
    #[error("the body cannot be unpacked")]
    Damaged {
        /// The unpacker's own account.
        #[source]
        source: io::Error,
    },
}

/// Undoes the codings that `Content-Encoding` names, of which there may be none.
///
/// # Errors
///
/// Fails on a coding that was not asked for, on damage, and on a body that
/// unpacks to more than `max_bytes`, or to more than any page or document does.
pub fn undo_codings(body: Vec<u8>, codings: &str, max_bytes: u64) -> Result<Vec<u8>, CodingError> {
    let codings = codings
        .split(',')
        .map(str::trim)
        .filter(|coding| !coding.is_empty());
    // The last one named was applied last.
    codings.rev().try_fold(body, |body, coding| {
        match coding.to_ascii_lowercase().as_str() {
            "identity" => Ok(body),
            _ if body.is_empty() => Ok(body),
            "gzip" | "x-gzip" => unpack(MultiGzDecoder::new(body.as_slice()), &body, max_bytes),
            "deflate" => unpack(ZlibDecoder::new(body.as_slice()), &body, max_bytes),
            _ => Err(CodingError::Unknown {
                coding: coding.to_owned(),
            }),
        }
    })
}

fn unpack(packed: impl Read, body: &[u8], max_bytes: u64) -> Result<Vec<u8>, CodingError> {
    let suspicious = (body.len() as u64).saturating_mul(RATIO_LIMIT);
    let limit = suspicious.max(HARMLESS_BYTES).min(max_bytes);
    let mut unpacked = Vec::new();
    let read = packed.take(limit + 1).read_to_end(&mut unpacked);
    read.map_err(|source| CodingError::Damaged { source })?;
    if unpacked.len() as u64 > limit {
        return Err(CodingError::TooLarge { limit });
    }
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    #[test]
    fn codings_are_undone_in_their_order() {
        let text = b"serious case review".to_vec();
        assert_eq!(undo_codings(text.clone(), "", 99).expect("plain"), text);
        assert_eq!(
            undo_codings(text.clone(), "identity", 99).expect("plain"),
            text
        );
        assert_eq!(undo_codings(gzip(&text), "gzip", 99).expect("gzip"), text);
        assert_eq!(
            undo_codings(zlib(&text), "Deflate", 99).expect("deflate"),
            text
        );
        assert_eq!(
            undo_codings(gzip(&zlib(&text)), "deflate, gzip", 99).expect("both"),
            text
        );
        assert_eq!(undo_codings(Vec::new(), "gzip", 99).expect("nothing"), b"");
    }

    #[test]
    fn what_cannot_be_unpacked_within_limits_is_refused() {
        let bomb = gzip(&vec![0; 40 << 20]);
        assert!(matches!(
            undo_codings(bomb, "gzip", 1 << 30),
            Err(CodingError::TooLarge { .. })
        ));
        let long = gzip(&[7; 100]);
        assert!(matches!(
            undo_codings(long, "gzip", 99),
            Err(CodingError::TooLarge { limit: 99 })
        ));
        let mut cut = gzip(b"serious case review");
        cut.truncate(20);
        assert!(matches!(
            undo_codings(cut, "gzip", 99),
            Err(CodingError::Damaged { .. })
        ));
        let unknown = undo_codings(b"x".to_vec(), "br", 99);
        assert!(matches!(unknown, Err(CodingError::Unknown { .. })));
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).expect("written");
        packed.finish().expect("packed")
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).expect("written");
        packed.finish().expect("packed")
    }
}
