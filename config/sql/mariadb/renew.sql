-- A payload takes long to read.
update markbridge_outbox
   set lease_until = timestampadd(second, :lease, utc_timestamp(3))
 where id = cast(:id as signed) and state = 'NEW' and lease_owner = :owner and attempts = :attempt
