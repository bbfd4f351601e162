-- What a payer passed on goes on from the one that decided on it: asked anew where one did, and not only waited for.
UPDATE next_payers SET asked = asked + 1, is_due = 1 WHERE answer = 'passed-on' AND EXISTS (
    SELECT 1 FROM claim_payments JOIN payments ON payments.id = claim_payments.payment
    JOIN claims ON claims.id = claim_payments.claim
    WHERE claim_payments.claim = next_payers.claim AND claim_payments.word <> '' AND payments.payer <> ''
    AND payments.payer <> claims.payer AND claim_payments.status IN ('2', '3', '4', '20', '21', '22')
);
