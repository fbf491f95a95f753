//! Reads documents in processes of their own, so that a file which crashes,
//! hangs or swells costs one document and nothing else.
//!
//! In: payloads. Out: what [`extract`](crate::extract::extract) gives for
//! them, or a [`WorkerError`]. `child` limits itself before it reads a byte
//! and serves one payload after the other; `parent` keeps the clock, limits
//! what comes back and starts a new child when one is lost. `frames` is what
//! they say to each other.

mod child;
mod frames;
mod parent;

pub use child::serve_stdin;
pub use parent::{Launch, Worker, WorkerError};

/// What a worker may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Address space of the child, in bytes. The OCR engine, a process of its
    /// own, has as much again.
    pub memory_bytes: u64,
    /// CPU time of a child over its whole life, in seconds: ends one whose
    /// parent is gone. For one document the parent's clock is shorter.
    pub cpu_seconds: u64,
    /// Documents after which a child is replaced by a fresh one.
    pub documents: u32,
    /// Longest silence of the child, in seconds: it gives a sign of life with
    /// each page that goes to the OCR engine.
    pub silent_seconds: u64,
    /// Largest payload sent, in bytes.
    pub payload_bytes: u64,
    /// Largest answer taken, in bytes.
    pub answer_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes: 1 << 30,
            cpu_seconds: 1_200,
            documents: 50,
            silent_seconds: 90,
            payload_bytes: 100 << 20,
            answer_bytes: 256 << 20,
        }
    }
}
