-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- The codes of an order, one row for each reply; written once, and not for a row that is gone. A block, since Oracle takes no long text
-- into a clob by insert … select.
declare
  there number;
begin
  select count(*) into there from markbridge_outbox where id = to_number(:id);
  if there > 0 then
    insert into markbridge_outbox_answers (outbox_id, name, content) values (to_number(:id), :name, :content);
  end if;
exception
  when dup_val_on_index then
    null;
end;
