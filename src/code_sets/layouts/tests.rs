//! Layouts as small made-up files.
