-- What finding out lost answers, replicas and the order of things need.

-- When a request last left, or may have left: what it may have made is not older.
alter table submissions add column sent_at bigint;
-- Failures while the operator was reachable: only these count towards giving up.
alter table submissions add column failed_attempts bigint not null default 0;
create index submissions_by_parent on submissions (parent_id);
create index submissions_in_doubt on submissions (next_attempt_at) where state = 'IN_DOUBT';

-- Bodies and answers are named after their submission; what belongs to one document is found by this column.
alter table chunks add column document_id text;
update chunks set document_id = substr(owner_id, 1, 36);
create index chunks_by_document on chunks (document_id);

-- The processes that work on this journal. What one of them holds that is no longer alive is taken over.
create table replicas (
  id          text primary key,
  alive_until bigint not null
);

-- What only one of them does at a time: reading the inbox, writing replies.
create table leads (
  name       text primary key,
  replica    text not null,
  term       bigint not null,            -- grows whenever it changes hands or was lost between
  held_until bigint not null
);

-- Limits of the operator that replicas share; what a state holds is the library's matter.
create table buckets (
  id    text primary key,
  state bytea
);

-- Limits that the operator has closed for a while, and logins that it refused, for all replicas.
create table pauses (
  name         text primary key,
  paused_until bigint not null,
  reason       text not null
);

-- A document that waits for others: for the report of its codes, for its order.
create table prerequisites (
  document_id     text not null,
  prerequisite_id text not null,
  waits_until     bigint not null,
  primary key (document_id, prerequisite_id)
);
create index prerequisites_by_prerequisite on prerequisites (prerequisite_id);

-- Codes that documents under way report, and units that they make, as 64 bits each: there may be a million in one document. Gone
-- soon after it has ended.
create table codes_under_way (
  digest bigint not null,
  holder bigint not null,
  primary key (digest, holder)
);
create index codes_under_way_by_holder on codes_under_way (holder);

-- Whose codes they are: a number costs less than an id beside each of them.
create table code_holders (
  number      bigint primary key,
  document_id text not null unique
);

-- What `backup` made, inside the copy only; the first start on a copy fills restored_at.
create table copies (
  made_at     bigint primary key,
  restored_at bigint
);

-- What a copy held, or what may have come before it was restored: its requests may have left after this time.
alter table documents add column copied_at bigint;

-- Calls with an effect, of restored copies: how one that is planned later is known to be in doubt.
create table copied_calls (
  name            text primary key,
  repeatable_with text not null
);
