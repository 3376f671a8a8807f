-- The codes of an order, one row for each reply; written once, and not for a row that is gone.
insert into markbridge_outbox_answers (outbox_id, name, content)
select id, :name, :content from markbridge_outbox where id = cast(:id as bigint)
on conflict (outbox_id, name) do nothing
