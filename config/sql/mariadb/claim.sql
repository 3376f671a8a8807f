-- One row of due.sql, in the same transaction.
update markbridge_outbox
   set lease_owner = :owner, lease_until = timestampadd(second, :lease, utc_timestamp(3)), attempts = attempts + 1
 where id = cast(:id as signed)
