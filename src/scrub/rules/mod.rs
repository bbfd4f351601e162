//! The list of rules. To add one, copy the nearest file, and add its two lines here.

use crate::scrub::Rule;

mod amount_badly_written;
mod amount_finer_than_cents;
mod amount_too_large;
mod bundled_line_missing;
mod charge_negative;
mod claim_total_differs;
mod line_adjudication_differs;
mod line_adjudication_of_unknown_payer;
mod noncovered_total_differs;
mod other_payer_paid_differs_from_lines;
mod other_payer_paid_missing;
mod other_payer_paid_negative;
mod other_payer_total_differs;
mod patient_paid_more_than_charged;
mod patient_share_at_both_levels;
mod total_charge_zero;

/// Every rule, in the order of its code: balances, conditions between segments, dates, diagnoses,
/// identifiers, codes, duplicates, lines of service. In each group codes count up.
pub static ALL: &[&Rule] = &[
    &claim_total_differs::RULE,
    &other_payer_total_differs::RULE,
    &other_payer_paid_differs_from_lines::RULE,
    &line_adjudication_differs::RULE,
    &line_adjudication_of_unknown_payer::RULE,
    &total_charge_zero::RULE,
    &charge_negative::RULE,
    &patient_paid_more_than_charged::RULE,
    &bundled_line_missing::RULE,
    &other_payer_paid_negative::RULE,
    &patient_share_at_both_levels::RULE,
    &noncovered_total_differs::RULE,
    &amount_too_large::RULE,
    &other_payer_paid_missing::RULE,
    &amount_finer_than_cents::RULE,
    &amount_badly_written::RULE,
];
