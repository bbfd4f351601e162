-- What a payment says in its PLBs is looked up when another comes under the same number.
CREATE INDEX provider_adjustments_by_payment ON provider_adjustments (payment);
