//! How far a statement may be trusted: read by machine, read with doubt, or set
//! by a curator.

use serde::Serialize;

use crate::model::analysis::{Analysis, Source, VERIFIED};

/// How a statement came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::web) enum Mark {
    /// Read by machine, in a way that is mostly right.
    Read,
    /// Read by machine, in a way that is wrong too often to be relied on.
    Unverified,
    /// Set by a curator.
    Corrected,
}

impl Mark {
    /// Of a fact read with this confidence from this source.
    pub(in crate::web) fn of_fact(confidence: f32, source: Source) -> Self {
        match source {
            Source::Curator => Self::Corrected,
            _ => Self::by(confidence),
        }
    }

    /// Of an item or answer, or of the kind: `name` as corrections note it.
    pub(in crate::web) fn of(analysis: &Analysis, name: &str, confidence: f32) -> Self {
        if analysis.corrected.iter().any(|note| note.fact == name) {
            Self::Corrected
        } else {
            Self::by(confidence)
        }
    }

    fn by(confidence: f32) -> Self {
        if confidence < VERIFIED {
            Self::Unverified
        } else {
            Self::Read
        }
    }

    /// Whether a page warns of it.
    pub(in crate::web) fn is_unverified(self) -> bool {
        self == Self::Unverified
    }

    /// Whether a page says that it was set right.
    pub(in crate::web) fn is_corrected(self) -> bool {
        self == Self::Corrected
    }
}
