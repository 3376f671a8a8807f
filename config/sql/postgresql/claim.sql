-- One row of due.sql, in the same transaction.
update markbridge_outbox
   set lease_owner = :owner, lease_until = now() + :lease * interval '1 second', attempts = attempts + 1
 where id = cast(:id as bigint)
