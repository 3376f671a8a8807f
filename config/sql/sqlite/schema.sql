-- An outbox for Markbridge in SQLite. Made by: markbridge outbox-schema sqlite
-- The legacy system inserts rows and reads the answers. SQLite knows no users: whoever may write the file may do everything.

create table markbridge_outbox (
  id                   integer primary key autoincrement,
  -- What the legacy system writes.
  legacy_key           text,                -- its own key; rows of one key are taken in the order of their ids
  account              text,                -- of several legal entities, which one; otherwise the setting or the omsId
  product_group        text,                -- beer, tobacco, …; otherwise the setting, or the path of the request
  kind                 text,                -- order, utilisation, …; empty: the payload tells
  request              text,                -- instead of a kind: a legacy call, GET /api/v2/beer/codes?orderId=…
  payload              text,                -- the body; a blob does as well
  release_type         text,                -- what old documents never said; empty: not said
  manufacturer_country text,
  business_place_id    text,
  production_date      text,
  expiration_date      text,
  series_number        text,
  created_at           text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  -- What the bridge writes; times are seconds since 1970.
  state                text not null default 'NEW',   -- NEW, TAKEN (the bridge has it), ENDED (the answer is final)
  attempts             integer not null default 0,
  lease_owner          text,
  lease_until          real not null default 0,
  document             text,                -- its id for markbridge show
  taken_at             real,
  outcome              text,                -- DONE, PARTLY_DONE, REJECTED; PLANNED, HELD, PARKED until then
  reply                text,                -- the legacy answer, JSON
  status               text,                -- where it stands, JSON
  error                text,                -- the legacy error, JSON
  codes_given          text,                   -- names of the codes that were written beside the row: none comes twice
  change_number        integer not null default 0,
  answered_at          real
);
create index markbridge_outbox_new on markbridge_outbox (id) where state = 'NEW';
create index markbridge_outbox_keys on markbridge_outbox (legacy_key, id) where state = 'NEW';

-- Codes of orders, one row for each reply file <name>.codes-<gtin>-<n>.json; the legacy system may delete what it has read.
create table markbridge_outbox_answers (
  outbox_id  integer not null references markbridge_outbox (id) on delete cascade,
  name       text not null,
  content    text not null,
  written_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  primary key (outbox_id, name)
);
