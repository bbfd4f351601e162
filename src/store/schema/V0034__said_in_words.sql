-- An item that says that no claim was made for the next payer has that as its rule, which only its words had.
UPDATE work SET rule = 'unbilled' WHERE category = 'next-payer' AND rule = ''
AND substr(what, 1, 38) = 'no claim was made for the next payer: ';

-- Until V0007 nobody kept that claims were suggested for a payment, and the item alone named them.
UPDATE claim_payments SET tier = '5 suggested' WHERE tier = '6 unknown' AND EXISTS (
    SELECT 1 FROM payments JOIN work ON work.arrival = payments.arrival
    WHERE payments.id = claim_payments.payment AND work.remitted = claim_payments.place_offset
    AND work.category = 'unmatched' AND instr(work.what, '; perhaps claim ') > 0
);
