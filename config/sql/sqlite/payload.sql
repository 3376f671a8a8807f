-- One piece of a payload that did not fit into due.sql: :count bytes from :start on, counted from 1.
select substr(cast(payload as blob), :start, :count)
  from markbridge_outbox
 where id = cast(:id as integer)
