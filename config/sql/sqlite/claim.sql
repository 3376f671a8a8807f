-- One row of due.sql, in the same transaction.
update markbridge_outbox
   set lease_owner = :owner, lease_until = (julianday('now') - 2440587.5) * 86400.0 + :lease, attempts = attempts + 1
 where id = cast(:id as integer)
