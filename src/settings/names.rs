//! Names that the operator gives: directories and metric labels are made of them.

use std::fmt;
use std::sync::Arc;

use crate::limits;

/// Declares a kind of name, so that a payer is never taken for a partner.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// `None` unless it is lower-case letters, digits, `-` and `_`, a letter or digit
            /// first, and not too long.
            pub fn new(text: &str) -> Option<$name> {
                is_name(text).then(|| $name(Arc::from(text)))
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

name! {
    /// A trading partner that sends us files.
    PartnerName
}

name! {
    /// A payer that we send claims to.
    PayerName
}

name! {
    /// A way in or out: the name of the partner or payer at its other end.
    ChannelName
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let first = text.bytes().next().is_some_and(allowed);
    first
        && text.len() <= limits::NAME_BYTES_MAX
        && text.bytes().all(|byte| allowed(byte) || byte == b'-' || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_that_are_safe_in_paths_and_labels() {
        for good in ["office", "blue-cross_2", "0a"] {
            assert!(PayerName::new(good).is_some(), "{good}");
        }
        for bad in ["", "..", "-a", "A", "a/b", "a b", "é", &"x".repeat(41)] {
            assert!(PayerName::new(bad).is_none(), "{bad}");
        }
    }
}
