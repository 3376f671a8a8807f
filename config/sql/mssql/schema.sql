-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- The bridge brings no driver for this database: add it to pom.xml and build.
-- An outbox for Markbridge in Microsoft SQL Server 2017 or newer. Made by: markbridge outbox-schema mssql

create table markbridge_outbox (
  id                   bigint identity primary key,
  -- What the legacy system writes.
  legacy_key           nvarchar(200),       -- its own key; rows of one key are taken in the order of their ids
  account              nvarchar(100),
  product_group        nvarchar(40),
  kind                 nvarchar(40),
  request              nvarchar(4000),      -- instead of a kind: a legacy call, GET /api/v2/beer/codes?orderId=…
  payload              nvarchar(max),       -- the body
  release_type         nvarchar(100),       -- what old documents never said; empty: not said
  manufacturer_country nvarchar(100),
  business_place_id    nvarchar(100),
  production_date      nvarchar(100),
  expiration_date      nvarchar(100),
  series_number        nvarchar(100),
  created_at           datetime2 not null default sysutcdatetime(),
  -- What the bridge writes.
  state                varchar(10) not null default 'NEW',   -- NEW, TAKEN (the bridge has it), ENDED (the answer is final)
  attempts             integer not null default 0,
  lease_owner          varchar(100),
  lease_until          datetime2 not null default '1970-01-01',
  document             varchar(100),        -- its id for markbridge show
  taken_at             datetime2,
  outcome              varchar(20),
  reply                nvarchar(max),       -- the legacy answer, JSON
  status               nvarchar(max),       -- where it stands, JSON
  error                nvarchar(max),       -- the legacy error, JSON
  codes_given          nvarchar(max),          -- names of the codes that were written beside the row: none comes twice
  change_number        bigint not null default 0,
  answered_at          datetime2
);
-- Not filtered (where state = 'NEW'): old clients, which set quoted_identifier off, could not write into the table then.
create index markbridge_outbox_state on markbridge_outbox (state, id);
create index markbridge_outbox_keys on markbridge_outbox (legacy_key, state, id);

create table markbridge_outbox_answers (
  outbox_id  bigint not null references markbridge_outbox (id) on delete cascade,
  name       nvarchar(200) not null,
  content    nvarchar(max) not null,
  written_at datetime2 not null default sysutcdatetime(),
  primary key (outbox_id, name)
);

-- The bridge's user may neither change what the legacy system wrote nor remove anything. Before: create user markbridge for login markbridge
grant select on markbridge_outbox to markbridge;
grant update on markbridge_outbox (state, attempts, lease_owner, lease_until, document, taken_at, outcome, reply, status, error, codes_given, change_number, answered_at)
  to markbridge;
grant select, insert on markbridge_outbox_answers to markbridge;
