//! What a site takes in and asks for next.
