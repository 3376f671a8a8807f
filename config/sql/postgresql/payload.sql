-- One piece of a payload that did not fit into due.sql: :count characters (bytes of a binary column) from :start on, counted from 1.
select substring(cast(payload as text) from :start for :count)
  from markbridge_outbox
 where id = cast(:id as bigint)
