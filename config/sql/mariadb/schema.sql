-- An outbox for Markbridge in MariaDB 10.6 or MySQL 8, or newer. Made by: markbridge outbox-schema mariadb
-- The legacy system inserts rows and reads the answers; whoever owns the table runs this once.

create table markbridge_outbox (
  id                   bigint not null auto_increment primary key,
  -- What the legacy system writes.
  legacy_key           varchar(200) character set utf8mb4 collate utf8mb4_bin,   -- its own key; rows of one key are taken in the order of their ids
  account              varchar(100),        -- of several legal entities, which one; otherwise the setting or the omsId
  product_group        varchar(40),         -- beer, tobacco, …; otherwise the setting, or the path of the request
  kind                 varchar(40),         -- order, utilisation, …; empty: the payload tells
  request              varchar(4000),       -- instead of a kind: a legacy call, GET /api/v2/beer/codes?orderId=…
  payload              longtext,            -- the body, in whatever character set; json does as well
  release_type         varchar(100),        -- what old documents never said; empty: not said
  manufacturer_country varchar(100),
  business_place_id    varchar(100),
  production_date      varchar(100),
  expiration_date      varchar(100),
  series_number        varchar(100),
  created_at           timestamp(3) not null default current_timestamp(3),
  -- What the bridge writes.
  state                varchar(10) character set ascii not null default 'NEW',   -- NEW, TAKEN (the bridge has it), ENDED (the answer is final)
  attempts             integer not null default 0,
  lease_owner          varchar(100) character set ascii,
  lease_until          datetime(3) not null default '1970-01-01 00:00:00',
  document             varchar(100) character set ascii,   -- its id for markbridge show
  taken_at             timestamp(3) null,
  outcome              varchar(20),         -- DONE, PARTLY_DONE, REJECTED; PLANNED, HELD, PARKED until then
  reply                longtext,            -- the legacy answer, JSON
  status               longtext,            -- where it stands, JSON
  error                longtext,            -- the legacy error, JSON
  codes_given          longtext character set utf8mb4 collate utf8mb4_bin,   -- names of the codes that were written beside the row: none comes twice
  change_number        bigint not null default 0,
  answered_at          timestamp(3) null,
  key markbridge_outbox_state (state, id),
  key markbridge_outbox_keys (legacy_key, state, id)
) engine = InnoDB default character set utf8mb4;

-- Codes of orders, one row for each reply file <name>.codes-<gtin>-<n>.json; the legacy system may delete what it has read.
create table markbridge_outbox_answers (
  outbox_id  bigint not null,
  name       varchar(200) not null,
  content    longtext not null,
  written_at timestamp(3) not null default current_timestamp(3),
  primary key (outbox_id, name),
  foreign key (outbox_id) references markbridge_outbox (id) on delete cascade
) engine = InnoDB default character set utf8mb4;

-- The bridge's user may neither change what the legacy system wrote nor remove anything. Before: create user markbridge identified by '…'
grant select, update (state, attempts, lease_owner, lease_until, document, taken_at, outcome, reply, status, error, codes_given, change_number, answered_at)
  on markbridge_outbox to markbridge;
grant select, insert on markbridge_outbox_answers to markbridge;
