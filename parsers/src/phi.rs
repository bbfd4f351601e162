//! Protected health information, kept from every message.
//!
//! ```
//! use x12::phi::Phi;
//!
//! let member = Phi::new("MEM000001");
//! assert_eq!(format!("claim of {member}"), "claim of [redacted]");
//! ```

use std::fmt;

/// A value that prints as `[redacted]` in every build.
///
/// It compares, sorts and hashes as the value does.
///
/// ```
/// use x12::phi::Phi;
///
/// let name = Phi::new("HAZEL".to_owned());
/// assert_eq!(format!("{name:?}"), "[redacted]");
/// assert_eq!(name.expose().len(), 5);
/// assert_eq!(name.into_inner(), "HAZEL");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Phi<T>(T);

impl<T> Phi<T> {
    /// Marks a value.
    pub const fn new(value: T) -> Phi<T> {
        Phi(value)
    }

    /// The value itself: for a store, a page for its owner, or the wire; never for a message.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Gives the value up.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> fmt::Display for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
