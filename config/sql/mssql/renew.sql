-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- A payload takes long to read.
update markbridge_outbox
   set lease_until = dateadd(second, :lease, sysutcdatetime())
 where id = cast(:id as bigint) and state = 'NEW' and lease_owner = :owner and attempts = :attempt
