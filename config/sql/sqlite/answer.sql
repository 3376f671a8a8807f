-- What the legacy system should see; :state is TAKEN or ENDED. An older answer never comes over a newer one.
update markbridge_outbox
   set state = :state, outcome = :outcome, reply = :reply, status = :status, error = :error, answered_at = (julianday('now') - 2440587.5) * 86400.0, change_number = :change
 where id = cast(:id as integer) and document = :document and change_number < :change
