-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- One piece of a payload that did not fit into due.sql: :count characters from :start on, counted from 1. The collation lets an emoji count
-- as two, as the bridge counts with this database, whatever the collation of the column.
select substring(cast(payload as nvarchar(max)) collate Latin1_General_100_BIN2, :start, :count)
  from markbridge_outbox
 where id = cast(:id as bigint)
