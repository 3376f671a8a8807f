-- Notes beside the row that these codes are given, before codes.sql in the same transaction: only where this changes a row are they written.
-- A line takes them away and removes them there, and nothing else would tell that they were given. Not for a row that is gone, nor for one that was taken again.
update markbridge_outbox
   set codes_given = concat(coalesce(codes_given, ' '), :name, ' ')
 where id = cast(:id as signed) and document = :document
   and instr(coalesce(codes_given, ' '), concat(' ', :name, ' ')) = 0
