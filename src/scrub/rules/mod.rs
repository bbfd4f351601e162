//! The list of rules. To add one, copy the nearest file, and add its two lines here.

use crate::scrub::Rule;

mod accident_after_service;
mod accident_date_missing;
mod accident_not_told;
mod accident_occurrence_missing;
mod accident_state_missing;
mod accident_state_of_hospital_missing;
mod add_on_alone;
mod adjustment_reason_unknown;
mod admission_after_statement;
mod admission_date_missing;
mod admission_of_newborn;
mod admission_type_unknown;
mod admitting_diagnosis_missing;
mod ambulance_conditions_missing;
mod ambulance_drop_off_missing;
mod ambulance_miles_differ;
mod ambulance_modifier_wrong;
mod ambulance_pick_up_missing;
mod ambulance_transport_missing;
mod amount_badly_written;
mod amount_finer_than_cents;
mod amount_too_large;
mod anesthesia_modifier_missing;
mod anesthesia_not_in_minutes;
mod area_number_malformed;
mod assessment_day_missing;
mod attachment_number_missing;
mod attachment_number_on_request;
mod attachment_number_repeated;
mod attending_provider_missing;
mod authorization_is_referral;
mod authorization_number_with_signs;
mod batch_made_in_the_future;
mod billing_address_is_a_box;
mod billing_identifier_missing;
mod billing_zip_short;
mod birth_date_impossible;
mod blanks_around_value;
mod both_parts_billed;
mod both_sides_counted_twice;
mod both_sides_not_paid;
mod bundled_line_missing;
mod canada_not_named;
mod center_visit_without_payment_code;
mod certificate_out_of_use;
mod certifier_of_therapy_missing;
mod charge_negative;
mod chiropractic_start_missing;
mod chiropractic_without_subluxation;
mod claim_sent_before;
mod claim_total_differs;
mod code_in_lower_case;
mod code_list_with_gap;
mod condition_repeated;
mod condition_unknown;
mod control_number_reused;
mod country_missing;
mod country_unknown;
mod covered_days_differ;
mod currency_unknown;
mod date_with_separators;
mod day_of_death_missing;
mod death_status_of_hospice;
mod decision_in_the_future;
mod delivery_outcome_missing;
mod dental_procedure_malformed;
mod dental_procedure_not_in_effect;
mod dental_service_date_missing;
mod dependent_on_medicare;
mod diagnoses_exclude_each_other;
mod diagnosis_before_its_cause;
mod diagnosis_companion_missing;
mod diagnosis_list_out_of_time;
mod diagnosis_lists_mixed;
mod diagnosis_never_first;
mod diagnosis_not_billable;
mod diagnosis_not_in_effect;
mod diagnosis_of_another_age;
mod diagnosis_of_another_sex;
mod diagnosis_pointer_dangling;
mod diagnosis_pointer_repeated;
mod diagnosis_repeated;
mod diagnosis_unknown;
mod diagnosis_with_point;
mod dialysis_measures_missing;
mod dialysis_reading_missing;
mod dialysis_setting_missing;
mod discharge_before_admission;
mod discharge_hour_missing;
mod discharge_hour_while_staying;
mod distinct_modifier_misused;
mod drg_missing;
mod drg_unknown;
mod drug_code_malformed;
mod drug_code_missing;
mod drug_code_with_hyphens;
mod drug_list_uncommon;
mod drug_quantity_not_positive;
mod drug_unknown;
mod earlier_placement_missing;
mod equipment_modifier_missing;
mod equipment_priced_for_another;
mod external_cause_is_none;
mod external_cause_is_principal;
mod external_cause_of_another_visit;
mod facility_missing;
mod facility_repeats_billing;
mod facility_type_malformed;
mod filed_too_late;
mod filing_indicator_missing;
mod first_listed_diagnosis_is_second;
mod first_name_missing;
mod first_or_replacement_missing;
mod frequency_of_adjustment;
mod frequency_unknown;
mod group_name_beside_number;
mod group_number_with_signs;
mod hcpcs_not_in_effect;
mod home_of_care_missing;
mod hospice_certification_missing;
mod hospital_visit_outside_stay;
mod illness_after_service;
mod initial_encounter_on_aftercare;
mod injury_claim_number_missing;
mod injury_date_missing;
mod inpatient_procedure_of_outpatient;
mod inpatient_procedure_outside_stay;
mod inpatient_procedure_unknown;
mod insurance_type_of_first_payer;
mod laboratory_number_malformed;
mod laboratory_number_missing;
mod last_visit_missing;
mod line_adjudication_differs;
mod line_adjudication_of_unknown_payer;
mod line_authorization_repeated;
mod line_control_number_repeated;
mod line_date_missing;
mod line_date_outside_statement;
mod line_date_repeats_claim_date;
mod line_repeated;
mod mammography_number_missing;
mod manifestation_is_principal;
mod medicare_number_malformed;
mod medicare_number_with_hyphens;
mod medicare_secondary_type_missing;
mod medicare_takes_originals_only;
mod member_number_missing;
mod mileage_without_transport;
mod minutes_without_anesthesia;
mod modifier_malformed;
mod modifier_repeated;
mod modifier_unknown;
mod modifiers_contradict;
mod mouth_area_beside_tooth;
mod mouth_area_unknown;
mod name_badly_written;
mod new_patient_seen_before;
mod noncovered_more_than_charged;
mod noncovered_total_differs;
mod normal_delivery_with_complication;
mod not_paid_by_fee_schedule;
mod npi_deactivated;
mod npi_of_another_kind;
mod npi_wrong;
mod occurrence_after_statement;
mod occurrence_in_the_future;
mod occurrence_repeated;
mod occurrence_span_repeated;
mod occurrence_span_unknown;
mod occurrence_unknown;
mod operating_provider_missing;
mod orderer_of_test_missing;
mod ordering_provider_missing;
mod original_claim_number_missing;
mod original_claim_number_on_original;
mod original_is_another_claim;
mod original_not_decided;
mod original_number_differs;
mod orthodontic_months_missing;
mod orthodontic_placement_missing;
mod other_payer_date_at_both_levels;
mod other_payer_date_missing;
mod other_payer_is_payer;
mod other_payer_missing;
mod other_payer_paid_differs_from_lines;
mod other_payer_paid_missing;
mod other_payer_paid_negative;
mod other_payer_repeated;
mod other_payer_total_differs;
mod paid_before_service;
mod part_not_billed_apart;
mod patient_address_missing;
mod patient_birth_date_missing;
mod patient_is_subscriber;
mod patient_missing;
mod patient_paid_more_than_charged;
mod patient_share_at_both_levels;
mod patient_status_contradicts_frequency;
mod patient_status_unknown;
mod patient_weight_without_need;
mod pay_to_repeats_billing;
mod payer_turn_repeated;
mod payer_turn_skipped;
mod phone_badly_written;
mod phone_impossible;
mod physical_status_first;
mod place_of_care_missing;
mod place_of_hospice_missing;
mod place_of_service_unknown;
mod placeholder_for_number;
mod placement_in_the_future;
mod point_of_origin_missing;
mod point_of_origin_of_newborn;
mod point_of_origin_unknown;
mod postal_code_abroad;
mod predetermination_with_date;
mod present_on_admission_missing;
mod preventive_visit_at_wrong_age;
mod primary_payer_missing;
mod principal_procedure_missing;
mod procedure_badly_written;
mod procedure_covered_at_times;
mod procedure_ended;
mod procedure_longer_than_stay;
mod procedure_malformed;
mod procedure_not_covered;
mod procedure_of_department_missing;
mod procedure_of_other_sex;
mod procedure_out_of_range;
mod procedures_bundled;
mod procedures_bundled_in_hospital;
mod provider_identifier_missing;
mod purchased_service_half_told;
mod quadrant_missing;
mod qualifying_stay_missing;
mod rate_code_missing;
mod rate_code_unknown;
mod rate_line_missing;
mod readmitted_within_month;
mod reason_for_visit_missing;
mod referred_laboratory_missing;
mod referring_provider_on_line_only;
mod remark_unknown;
mod rendering_number_beside_npi;
mod rendering_repeats_billing;
mod replacement_lacks_lines;
mod repriced_units_not_positive;
mod reserved_character_in_name;
mod revenue_code_malformed;
mod revenue_code_of_total;
mod revenue_code_short;
mod revenue_code_unassigned;
mod room_days_differ;
mod room_missing;
mod room_of_outpatient;
mod rural_visit_unmarked;
mod screening_referral_missing;
mod second_surgeon_not_paid;
mod secondary_reason_of_another_age;
mod sequela_is_principal;
mod service_after_death;
mod service_before_birth;
mod service_in_the_future;
mod sex_as_a_word;
mod side_of_diagnosis_unspecified;
mod side_of_line_differs;
mod sides_contradict;
mod single_procedure_counted;
mod social_security_number_impossible;
mod staff_service_in_hospital;
mod state_in_lower_case;
mod state_missing;
mod state_unknown;
mod statement_before_admission;
mod subscriber_with_patient;
mod supervisor_is_rendering;
mod surgeon_of_outpatient_missing;
mod tax_number_made_up;
mod tax_number_malformed;
mod tax_number_prefix_unissued;
mod tax_number_with_hyphen;
mod taxonomy_in_lower_case;
mod taxonomy_malformed;
mod taxonomy_unknown;
mod technical_part_in_hospital;
mod teeth_counted_together;
mod therapy_disciplines_contradict;
mod therapy_modifier_missing;
mod tooth_does_not_fit_procedure;
mod tooth_has_no_such_surface;
mod tooth_missing;
mod tooth_surface_missing;
mod tooth_surfaces_differ_from_procedure;
mod tooth_unknown;
mod total_charge_zero;
mod trailing_separators;
mod type_of_bill_unassigned;
mod units_not_positive;
mod units_out_of_bounds;
mod units_paid_not_positive;
mod units_unlikely;
mod unlisted_procedure_unexplained;
mod upin_malformed;
mod vaccine_half_billed;
mod value_code_repeated;
mod value_code_unknown;
mod visit_modifier_on_other_service;
mod visit_repeated_that_day;
mod visit_within_operation;
mod waived_test_unlisted;
mod wrong_procedure_billed;
mod zip_malformed;
mod zip_missing;
mod zip_of_another_state;
mod zip_with_hyphen;

/// Every rule, in the order of its code: balances, conditions between segments, dates, diagnoses,
/// identifiers, codes, duplicates, lines of service, institutional
/// claims, dental claims, the form of segments. In each group codes count up.
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
    &subscriber_with_patient::RULE,
    &patient_missing::RULE,
    &patient_address_missing::RULE,
    &patient_birth_date_missing::RULE,
    &payer_turn_repeated::RULE,
    &primary_payer_missing::RULE,
    &other_payer_missing::RULE,
    &original_claim_number_missing::RULE,
    &original_claim_number_on_original::RULE,
    &medicare_secondary_type_missing::RULE,
    &insurance_type_of_first_payer::RULE,
    &group_name_beside_number::RULE,
    &accident_state_missing::RULE,
    &accident_date_missing::RULE,
    &admission_date_missing::RULE,
    &supervisor_is_rendering::RULE,
    &referring_provider_on_line_only::RULE,
    &other_payer_date_missing::RULE,
    &other_payer_date_at_both_levels::RULE,
    &billing_address_is_a_box::RULE,
    &authorization_is_referral::RULE,
    &line_authorization_repeated::RULE,
    &attachment_number_missing::RULE,
    &attachment_number_on_request::RULE,
    &ambulance_transport_missing::RULE,
    &ambulance_pick_up_missing::RULE,
    &ambulance_drop_off_missing::RULE,
    &ambulance_conditions_missing::RULE,
    &laboratory_number_missing::RULE,
    &mammography_number_missing::RULE,
    &chiropractic_start_missing::RULE,
    &dependent_on_medicare::RULE,
    &medicare_takes_originals_only::RULE,
    &rendering_repeats_billing::RULE,
    &facility_repeats_billing::RULE,
    &facility_missing::RULE,
    &pay_to_repeats_billing::RULE,
    &ordering_provider_missing::RULE,
    &patient_weight_without_need::RULE,
    &referred_laboratory_missing::RULE,
    &attachment_number_repeated::RULE,
    &payer_turn_skipped::RULE,
    &purchased_service_half_told::RULE,
    &screening_referral_missing::RULE,
    &equipment_priced_for_another::RULE,
    &injury_claim_number_missing::RULE,
    &injury_date_missing::RULE,
    &last_visit_missing::RULE,
    &orderer_of_test_missing::RULE,
    &accident_not_told::RULE,
    &patient_is_subscriber::RULE,
    &secondary_reason_of_another_age::RULE,
    &certifier_of_therapy_missing::RULE,
    &filing_indicator_missing::RULE,
    &service_in_the_future::RULE,
    &accident_after_service::RULE,
    &service_before_birth::RULE,
    &birth_date_impossible::RULE,
    &service_after_death::RULE,
    &filed_too_late::RULE,
    &batch_made_in_the_future::RULE,
    &discharge_before_admission::RULE,
    &date_with_separators::RULE,
    &illness_after_service::RULE,
    &hospital_visit_outside_stay::RULE,
    &decision_in_the_future::RULE,
    &paid_before_service::RULE,
    &diagnosis_pointer_dangling::RULE,
    &diagnosis_pointer_repeated::RULE,
    &diagnosis_repeated::RULE,
    &diagnosis_list_out_of_time::RULE,
    &diagnosis_lists_mixed::RULE,
    &external_cause_is_principal::RULE,
    &sequela_is_principal::RULE,
    &chiropractic_without_subluxation::RULE,
    &diagnosis_with_point::RULE,
    &diagnosis_unknown::RULE,
    &diagnosis_not_billable::RULE,
    &diagnosis_not_in_effect::RULE,
    &diagnoses_exclude_each_other::RULE,
    &diagnosis_before_its_cause::RULE,
    &diagnosis_companion_missing::RULE,
    &first_listed_diagnosis_is_second::RULE,
    &initial_encounter_on_aftercare::RULE,
    &external_cause_of_another_visit::RULE,
    &side_of_line_differs::RULE,
    &delivery_outcome_missing::RULE,
    &normal_delivery_with_complication::RULE,
    &npi_wrong::RULE,
    &billing_identifier_missing::RULE,
    &provider_identifier_missing::RULE,
    &tax_number_malformed::RULE,
    &tax_number_prefix_unissued::RULE,
    &social_security_number_impossible::RULE,
    &taxonomy_malformed::RULE,
    &laboratory_number_malformed::RULE,
    &medicare_number_malformed::RULE,
    &upin_malformed::RULE,
    &member_number_missing::RULE,
    &first_name_missing::RULE,
    &group_number_with_signs::RULE,
    &authorization_number_with_signs::RULE,
    &reserved_character_in_name::RULE,
    &zip_malformed::RULE,
    &zip_missing::RULE,
    &state_missing::RULE,
    &state_unknown::RULE,
    &country_missing::RULE,
    &billing_zip_short::RULE,
    &phone_impossible::RULE,
    &phone_badly_written::RULE,
    &zip_with_hyphen::RULE,
    &tax_number_with_hyphen::RULE,
    &medicare_number_with_hyphens::RULE,
    &taxonomy_in_lower_case::RULE,
    &state_in_lower_case::RULE,
    &canada_not_named::RULE,
    &name_badly_written::RULE,
    &blanks_around_value::RULE,
    &sex_as_a_word::RULE,
    &zip_of_another_state::RULE,
    &postal_code_abroad::RULE,
    &country_unknown::RULE,
    &placeholder_for_number::RULE,
    &tax_number_made_up::RULE,
    &procedure_malformed::RULE,
    &procedure_out_of_range::RULE,
    &procedure_badly_written::RULE,
    &place_of_service_unknown::RULE,
    &frequency_unknown::RULE,
    &frequency_of_adjustment::RULE,
    &modifier_malformed::RULE,
    &modifier_repeated::RULE,
    &drug_code_malformed::RULE,
    &drug_code_with_hyphens::RULE,
    &adjustment_reason_unknown::RULE,
    &code_in_lower_case::RULE,
    &remark_unknown::RULE,
    &code_list_with_gap::RULE,
    &currency_unknown::RULE,
    &line_control_number_repeated::RULE,
    &line_repeated::RULE,
    &other_payer_repeated::RULE,
    &claim_sent_before::RULE,
    &control_number_reused::RULE,
    &other_payer_is_payer::RULE,
    &units_not_positive::RULE,
    &units_out_of_bounds::RULE,
    &units_paid_not_positive::RULE,
    &repriced_units_not_positive::RULE,
    &drug_quantity_not_positive::RULE,
    &drug_code_missing::RULE,
    &visit_modifier_on_other_service::RULE,
    &distinct_modifier_misused::RULE,
    &sides_contradict::RULE,
    &anesthesia_modifier_missing::RULE,
    &anesthesia_not_in_minutes::RULE,
    &minutes_without_anesthesia::RULE,
    &ambulance_modifier_wrong::RULE,
    &ambulance_miles_differ::RULE,
    &unlisted_procedure_unexplained::RULE,
    &preventive_visit_at_wrong_age::RULE,
    &certificate_out_of_use::RULE,
    &drug_list_uncommon::RULE,
    &procedure_of_other_sex::RULE,
    &mileage_without_transport::RULE,
    &vaccine_half_billed::RULE,
    &physical_status_first::RULE,
    &therapy_modifier_missing::RULE,
    &technical_part_in_hospital::RULE,
    &both_sides_counted_twice::RULE,
    &equipment_modifier_missing::RULE,
    &both_parts_billed::RULE,
    &therapy_disciplines_contradict::RULE,
    &modifiers_contradict::RULE,
    &revenue_code_malformed::RULE,
    &revenue_code_short::RULE,
    &revenue_code_unassigned::RULE,
    &revenue_code_of_total::RULE,
    &facility_type_malformed::RULE,
    &type_of_bill_unassigned::RULE,
    &admission_type_unknown::RULE,
    &point_of_origin_missing::RULE,
    &point_of_origin_unknown::RULE,
    &point_of_origin_of_newborn::RULE,
    &patient_status_unknown::RULE,
    &patient_status_contradicts_frequency::RULE,
    &discharge_hour_while_staying::RULE,
    &discharge_hour_missing::RULE,
    &admission_after_statement::RULE,
    &line_date_outside_statement::RULE,
    &line_date_missing::RULE,
    &attending_provider_missing::RULE,
    &operating_provider_missing::RULE,
    &present_on_admission_missing::RULE,
    &admitting_diagnosis_missing::RULE,
    &reason_for_visit_missing::RULE,
    &external_cause_is_none::RULE,
    &condition_unknown::RULE,
    &occurrence_unknown::RULE,
    &occurrence_span_unknown::RULE,
    &value_code_unknown::RULE,
    &condition_repeated::RULE,
    &occurrence_repeated::RULE,
    &occurrence_span_repeated::RULE,
    &value_code_repeated::RULE,
    &occurrence_in_the_future::RULE,
    &covered_days_differ::RULE,
    &room_days_differ::RULE,
    &procedure_of_department_missing::RULE,
    &rate_code_missing::RULE,
    &rate_code_unknown::RULE,
    &drg_missing::RULE,
    &drg_unknown::RULE,
    &inpatient_procedure_unknown::RULE,
    &inpatient_procedure_outside_stay::RULE,
    &principal_procedure_missing::RULE,
    &day_of_death_missing::RULE,
    &qualifying_stay_missing::RULE,
    &assessment_day_missing::RULE,
    &noncovered_more_than_charged::RULE,
    &dialysis_measures_missing::RULE,
    &hospice_certification_missing::RULE,
    &room_of_outpatient::RULE,
    &rate_line_missing::RULE,
    &place_of_care_missing::RULE,
    &inpatient_procedure_of_outpatient::RULE,
    &room_missing::RULE,
    &death_status_of_hospice::RULE,
    &admission_of_newborn::RULE,
    &surgeon_of_outpatient_missing::RULE,
    &accident_occurrence_missing::RULE,
    &accident_state_of_hospital_missing::RULE,
    &area_number_malformed::RULE,
    &home_of_care_missing::RULE,
    &place_of_hospice_missing::RULE,
    &rural_visit_unmarked::RULE,
    &center_visit_without_payment_code::RULE,
    &dialysis_setting_missing::RULE,
    &dialysis_reading_missing::RULE,
    &occurrence_after_statement::RULE,
    &statement_before_admission::RULE,
    &manifestation_is_principal::RULE,
    &diagnosis_never_first::RULE,
    &diagnosis_of_another_age::RULE,
    &diagnosis_of_another_sex::RULE,
    &side_of_diagnosis_unspecified::RULE,
    &wrong_procedure_billed::RULE,
    &procedure_not_covered::RULE,
    &procedure_covered_at_times::RULE,
    &procedure_longer_than_stay::RULE,
    &dental_procedure_malformed::RULE,
    &dental_procedure_not_in_effect::RULE,
    &dental_service_date_missing::RULE,
    &predetermination_with_date::RULE,
    &tooth_unknown::RULE,
    &tooth_missing::RULE,
    &tooth_surface_missing::RULE,
    &tooth_surfaces_differ_from_procedure::RULE,
    &tooth_has_no_such_surface::RULE,
    &mouth_area_unknown::RULE,
    &quadrant_missing::RULE,
    &mouth_area_beside_tooth::RULE,
    &orthodontic_months_missing::RULE,
    &orthodontic_placement_missing::RULE,
    &earlier_placement_missing::RULE,
    &first_or_replacement_missing::RULE,
    &single_procedure_counted::RULE,
    &line_date_repeats_claim_date::RULE,
    &teeth_counted_together::RULE,
    &tooth_does_not_fit_procedure::RULE,
    &rendering_number_beside_npi::RULE,
    &placement_in_the_future::RULE,
    &trailing_separators::RULE,
    &hcpcs_not_in_effect::RULE,
    &procedure_ended::RULE,
    &modifier_unknown::RULE,
    &drug_unknown::RULE,
    &taxonomy_unknown::RULE,
    &npi_deactivated::RULE,
    &waived_test_unlisted::RULE,
    &npi_of_another_kind::RULE,
    &procedures_bundled::RULE,
    &procedures_bundled_in_hospital::RULE,
    &units_unlikely::RULE,
    &add_on_alone::RULE,
    &part_not_billed_apart::RULE,
    &staff_service_in_hospital::RULE,
    &both_sides_not_paid::RULE,
    &second_surgeon_not_paid::RULE,
    &not_paid_by_fee_schedule::RULE,
    &new_patient_seen_before::RULE,
    &visit_repeated_that_day::RULE,
    &readmitted_within_month::RULE,
    &visit_within_operation::RULE,
    &original_not_decided::RULE,
    &original_number_differs::RULE,
    &original_is_another_claim::RULE,
    &replacement_lacks_lines::RULE,
];
