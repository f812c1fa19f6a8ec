//! The only HTTP client constructor.
