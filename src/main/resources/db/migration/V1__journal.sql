-- One line of migrations for SQLite and PostgreSQL: text, bigint milliseconds, boolean, bytea; ids are ours.

create table documents (
  id              text primary key,      -- ordered by arrival
  source          text not null,         -- file, sftp, outbox
  source_path     text not null,         -- path below the inbox with '/', or the row's key; replies mirror it
  reply_name      text,                  -- path below the replies' folder, unique, without suffix
  reply_key       text,                  -- the same in lower case: some file systems know no case
  account         text,
  product_group   text,
  kind            text,
  oms_id          text,                  -- as the legacy side wrote it, byte for byte
  parameters      text not null,         -- JSON: parameters of a legacy call
  given           text not null,         -- JSON: values of the side file or of columns
  charset         text,
  body_offset     bigint not null,       -- where the body begins (.http files)
  state           text not null,
  content_hash    text,                  -- SHA-256 of the bytes received
  content_key     text,                  -- equal for documents that say the same
  order_number    text,                  -- poNumber or productionOrderId
  answered_by     text,                  -- the equal document whose answer this one gets
  size            bigint not null,
  received_at     bigint not null,
  finished_at     bigint,
  problems        text,                  -- JSON: why it was rejected, held or parked
  answer          text,                  -- JSON: a legacy answer made by the bridge itself
  next_attempt_at bigint not null,
  attempts        bigint not null,
  lease_owner     text,
  lease_until     bigint not null,
  change_number   bigint not null,       -- grows with everything that the legacy side should see
  replied_number  bigint not null        -- the change that the reply on disk tells
);
create index documents_by_state on documents (state, id);
create index documents_by_content on documents (content_key);
create index documents_by_order_number on documents (order_number);
create unique index documents_by_reply_key on documents (reply_key);
create index documents_by_reply_name on documents (reply_name);
create index documents_by_answer on documents (answered_by) where answered_by is not null;
create index documents_to_reply on documents (id) where change_number > replied_number;

create table submissions (
  id              text primary key,      -- ordered by planning
  document_id     text not null references documents (id) on delete cascade,
  parent_id       text,                  -- the statement that a tracking submission follows
  number          bigint not null,
  level           bigint not null,       -- sent when all of the lower levels are accepted
  purpose         text not null,         -- STATEMENT, QUERY, TRACKING, DETAIL
  call            text not null,         -- name in the operator preset
  account         text not null,
  bucket          text not null,         -- the limit that it draws from
  path_values     text not null,         -- JSON
  query           text not null,         -- JSON
  state           text not null,
  operator_id     text,
  operator_status text,
  size            bigint not null,
  codes           bigint not null,
  body_hash       text,
  answer_id       text,                  -- owner of the chunks of the newest answer
  failure_kind    text,
  failures        text,                  -- JSON: errors of the operator, verbatim
  first_sent_at   bigint,
  attempts        bigint not null,
  next_attempt_at bigint not null,
  lease_owner     text,
  lease_until     bigint not null
);
create index submissions_by_document on submissions (document_id, number);
create index submissions_by_operator_id on submissions (lower(operator_id));
create index submissions_due on submissions (state, purpose, account, bucket, next_attempt_at);

create table chunks (
  owner_id text not null,                -- a document, a submission or an answer
  ordinal  bigint not null,
  bytes    bytea not null,
  primary key (owner_id, ordinal)
);

create table timeline (
  id            text primary key,
  document_id   text not null,
  submission_id text,
  at            bigint not null,
  event         text not null,
  detail        text not null
);
create index timeline_by_document on timeline (document_id, id);

-- Guards against reading one file twice after a crash; a row lives between accepting a file and removing it at its source.
create table arrivals (
  identity    text primary key,
  document_id text not null
);

create table order_memory (
  id                   text primary key,
  account              text not null,
  product_group        text not null,
  gtin                 text not null,
  order_document       text,
  operator_order_id    text,
  production_order_id  text,
  release_type         text,
  manufacturer_country text,
  business_place_id    bigint,
  remembered_at        bigint not null
);
create index order_memory_by_number on order_memory (account, product_group, production_order_id);
create index order_memory_by_document on order_memory (order_document);
create index order_memory_by_gtin on order_memory (account, product_group, gtin);
create index order_memory_by_order on order_memory (operator_order_id, gtin);

-- Codes handed out by the operator, pack by pack: one chain per order and GTIN.
create table packs (
  pack_id          text not null,
  order_id         text not null,
  gtin             text not null,
  previous_pack_id text,
  quantity         bigint not null,
  submission_id    text not null,        -- its answer holds the codes
  handed_to        text,                 -- the document that got them
  fetched_at       bigint not null,
  primary key (order_id, gtin, pack_id)
);

-- Legacy systems write ids in lower case.
create index packs_by_order on packs (lower(order_id), gtin);

-- Which order a code was fetched for.
create table order_codes (
  code     text not null,                -- without crypto tail
  account  text not null,
  order_id text not null,
  gtin     text not null,
  primary key (code, account)
);

-- Codes that the operator accepted out of a document that it took in part.
create table accepted_codes (
  account     text not null,
  kind        text not null,
  code        text not null,             -- without crypto tail
  document_id text not null,
  primary key (account, kind, code)
);
