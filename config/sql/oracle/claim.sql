-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- One row of due.sql, in the same transaction.
update markbridge_outbox
   set lease_owner = :owner, lease_until = sys_extract_utc(systimestamp) + numtodsinterval(:lease, 'second'), attempts = attempts + 1
 where id = to_number(:id)
