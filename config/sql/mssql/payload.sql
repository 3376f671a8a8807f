-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- One piece of a payload that did not fit into due.sql: :count characters from :start on, counted from 1.
select substring(payload, :start, :count)
  from markbridge_outbox
 where id = cast(:id as bigint)
