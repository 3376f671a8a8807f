-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- The codes of an order, one row for each reply; written once, and not for a row that is gone.
insert into markbridge_outbox_answers (outbox_id, name, content)
select id, :name, :content from markbridge_outbox
 where id = to_number(:id)
   and not exists (select 1 from markbridge_outbox_answers where outbox_id = to_number(:id) and name = :name)
