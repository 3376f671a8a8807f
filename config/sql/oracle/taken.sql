-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- It is in the journal of this bridge. No row is changed where another bridge has claimed it meanwhile.
update markbridge_outbox
   set state = 'TAKEN', document = :document, codes_given = null, change_number = 0, taken_at = sys_extract_utc(systimestamp)
 where id = to_number(:id) and state = 'NEW' and lease_owner = :owner and attempts = :attempt
