//! What a page offers, and what stands around it.
