-- NOT RUN: written after the vendor's documentation, never tried on a server.
-- Rows to claim, locked until the claim is committed; others pass over them. A row waits for every earlier row of its key that is not
-- taken yet. For an order that is kept until the answer, write: earlier.state <> 'ENDED'.
-- Every further column named "given.<field>" is a value of the new API that the old document could not say.
-- made_at: when the row was written, in milliseconds since 1970. After a restore of the journal older rows are looked up before they are sent.
select top (:batch) due.id,
       due.legacy_key,
       due.account,
       due.product_group,
       due.kind,
       due.request,
       due.attempts,
       datediff_big(millisecond, '1970-01-01', due.created_at) as made_at,
       datalength(due.payload) as payload_size,
       substring(cast(due.payload as nvarchar(max)) collate Latin1_General_100_BIN2, 1, :count) as piece,
       due.release_type as "given.releaseType",
       due.manufacturer_country as "given.manufacturerCountry",
       due.business_place_id as "given.businessPlaceId",
       due.production_date as "given.productionDate",
       due.expiration_date as "given.expirationDate",
       due.series_number as "given.seriesNumber"
  from markbridge_outbox as due with (updlock, readpast, rowlock)
 where due.state = 'NEW'
   and due.lease_until <= sysutcdatetime()
   and not exists (select 1 from markbridge_outbox as earlier
                    where earlier.legacy_key = due.legacy_key and earlier.id < due.id and earlier.state = 'NEW')
 order by due.id
