-- Notes beside the row that these codes are given, before codes.sql in the same transaction: only where this changes a row are they written.
-- A line takes them away and removes them there, and nothing else would tell that they were given. Not for a row that is gone, nor for one that was taken again.
update markbridge_outbox
   set codes_given = coalesce(codes_given, ' ') || :name || ' '
 where id = cast(:id as bigint) and document = :document
   and position(' ' || :name || ' ' in coalesce(codes_given, ' ')) = 0
