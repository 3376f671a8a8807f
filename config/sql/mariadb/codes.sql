-- The codes of an order, one row for each reply; written once, and not for a row that is gone.
insert ignore into markbridge_outbox_answers (outbox_id, name, content)
select id, :name, :content from markbridge_outbox where id = cast(:id as signed)
