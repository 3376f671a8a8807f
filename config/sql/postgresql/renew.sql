-- A payload takes long to read.
update markbridge_outbox
   set lease_until = now() + :lease * interval '1 second'
 where id = cast(:id as bigint) and state = 'NEW' and lease_owner = :owner and attempts = :attempt
