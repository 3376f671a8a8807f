package io.markbridge.journal;

import io.markbridge.mapping.OrderFacts;
import java.util.List;

/** Brings orders that were made before the cut-over into the order memory (design decision 9). */
public final class OrderImport {
  /** Imports belong to no document and stand on a timeline of their own. */
  public static final String TIMELINE = "order-memory";

  private final Journal journal;

  public OrderImport(Journal journal) {
    this.journal = journal;
  }

  /**
   * Remembers what is not yet remembered in just these words, in one commit.
   *
   * @param source where it came from, for the timeline
   * @return how many were new
   */
  public int add(List<OrderFacts> facts, String source, Replay.Person person) {
    return journal
        .database()
        .write(
            JournalCommit.IMPORT_ORDERS,
            transaction -> {
              transaction.lock("import of orders");
              int added = 0;
              for (OrderFacts fact : facts) {
                added +=
                    transaction.update(
                        "insert into order_memory (id, account, product_group, gtin, production_order_id, release_type,"
                            + " manufacturer_country, business_place_id, remembered_at) select ?, ?, ?, ?, ?, ?, ?, ?, ?"
                            + " where not exists (select 1 from order_memory where account = ? and product_group = ?"
                            + " and gtin = ? and production_order_id is not distinct from ?"
                            + " and release_type is not distinct from ? and manufacturer_country is not distinct from ?"
                            + " and business_place_id is not distinct from ?)",
                        journal.newId(),
                        fact.account(),
                        fact.productGroup(),
                        fact.gtin(),
                        fact.productionOrderId(),
                        fact.releaseType(),
                        fact.manufacturerCountry(),
                        fact.businessPlaceId(),
                        journal.now(),
                        fact.account(),
                        fact.productGroup(),
                        fact.gtin(),
                        fact.productionOrderId(),
                        fact.releaseType(),
                        fact.manufacturerCountry(),
                        fact.businessPlaceId());
              }
              Timeline.add(
                  transaction,
                  journal,
                  TIMELINE,
                  null,
                  "orders imported",
                  added + " of " + facts.size() + " rows of " + source + ", " + person.told());
              return added;
            });
  }
}
