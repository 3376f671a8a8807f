-- What the legacy system should see; :state is TAKEN or ENDED. An older answer never comes over a newer one.
update markbridge_outbox
   set state = :state, outcome = :outcome, reply = :reply, status = :status, error = :error, answered_at = now(), change_number = :change
 where id = cast(:id as bigint) and document = :document and change_number < :change
