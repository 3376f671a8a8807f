-- The longest due first, without sorting all that is due: after an outage there may be a hundred thousand.
drop index submissions_due;
create index submissions_due on submissions (state, purpose, account, bucket, next_attempt_at, document_id, number);
