-- It is in the journal of this bridge. No row is changed where another bridge has claimed it meanwhile.
update markbridge_outbox
   set state = 'TAKEN', document = :document, codes_given = null, change_number = 0, taken_at = now()
 where id = cast(:id as bigint) and state = 'NEW' and lease_owner = :owner and attempts = :attempt
