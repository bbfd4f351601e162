//! The list of rules. To add one, copy the nearest file, and add its two lines here.

use crate::scrub::Rule;

mod claim_total_differs;

/// Every rule, in the order of its code.
pub static ALL: &[&Rule] = &[&claim_total_differs::RULE];
