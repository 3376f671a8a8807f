-- As which document a row was taken: after a crash the bridge asks which of its documents count.
select document from markbridge_outbox where id = cast(:id as signed)
