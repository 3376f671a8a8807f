-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- The codes of an order, one row for each reply. Where codes of an earlier document still lie there unread, this fails and is tried again.
insert into markbridge_outbox_answers (outbox_id, name, content)
values (to_number(:id), :name, :content)
