-- A payload takes long to read.
update markbridge_outbox
   set lease_until = (julianday('now') - 2440587.5) * 86400.0 + :lease
 where id = cast(:id as integer) and state = 'NEW' and lease_owner = :owner and attempts = :attempt
