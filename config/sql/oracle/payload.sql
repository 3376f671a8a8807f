-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- One piece of a payload that did not fit into due.sql: :count characters from :start on, counted from 1. Not dbms_lob.substr: that gives
-- no more than a varchar2 holds, and a piece that is shorter than :count is taken for the last one.
select substr(payload, :start, :count)
  from markbridge_outbox
 where id = to_number(:id)
