-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- A payload takes long to read.
update markbridge_outbox
   set lease_until = sys_extract_utc(systimestamp) + numtodsinterval(:lease, 'second')
 where id = to_number(:id) and state = 'NEW' and lease_owner = :owner and attempts = :attempt
