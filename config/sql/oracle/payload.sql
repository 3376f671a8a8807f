-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- One piece of a payload that did not fit into due.sql: :count characters from :start on, counted from 1.
select dbms_lob.substr(payload, least(:count, 8000), :start)
  from markbridge_outbox
 where id = to_number(:id)
