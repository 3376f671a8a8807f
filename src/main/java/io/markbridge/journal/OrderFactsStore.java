package io.markbridge.journal;

import io.markbridge.mapping.OrderFacts;
import io.markbridge.mapping.OrderMemory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What earlier orders told; kept for ever, since reports come a year after their orders. */
public final class OrderFactsStore implements OrderMemory {
  private final Journal journal;
  private final Database database;

  OrderFactsStore(Journal journal) {
    this.journal = journal;
    this.database = journal.database();
  }

  /** Remembers orders that were made before the bridge, or elsewhere. */
  public void remember(List<OrderFacts> facts) {
    database.change(
        JournalCommit.REMEMBER_ORDERS, transaction -> remember(transaction, journal, null, facts));
  }

  static void remember(
      Transaction transaction, Journal journal, String document, List<OrderFacts> facts)
      throws SQLException {
    for (OrderFacts fact : facts) {
      transaction.update(
          "insert into order_memory (id, account, product_group, gtin, order_document, production_order_id, release_type,"
              + " manufacturer_country, business_place_id, remembered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          journal.newId(),
          fact.account(),
          fact.productGroup(),
          fact.gtin(),
          document == null ? fact.orderDocument().orElse(null) : document,
          fact.productionOrderId(),
          fact.releaseType(),
          fact.manufacturerCountry(),
          fact.businessPlaceId(),
          journal.now());
    }
  }

  /**
   * An order that was refused says nothing about later reports; the corrected one would contradict.
   */
  static void forget(Transaction transaction, String document) throws SQLException {
    transaction.update("delete from order_memory where order_document = ?", document);
  }

  /** Binds what a document's order told to the id that the operator gave it. */
  static void bind(Transaction transaction, String document, String operatorOrderId)
      throws SQLException {
    transaction.update(
        "update order_memory set operator_order_id = ? where order_document = ?",
        operatorOrderId,
        document);
  }

  @Override
  public List<OrderFacts> byProductionOrder(
      String account, String productGroup, String productionOrderId) {
    return list(
        "select * from order_memory where account = ? and product_group = ? and production_order_id = ? order by id",
        account,
        productGroup,
        productionOrderId);
  }

  /**
   * The memory for one document of an account. Where no codes of the account passed the bridge,
   * none is looked up: a report has up to a million of them.
   */
  public OrderMemory forAccount(String account) {
    boolean anyCodes =
        !database
            .read(
                "looking for codes of an account",
                transaction ->
                    transaction.list(
                        "select code from order_codes where account = ? limit 1",
                        row -> row.getString(1),
                        account))
            .isEmpty();
    return anyCodes ? this : new WithoutCodes(this);
  }

  private record WithoutCodes(OrderMemory memory) implements OrderMemory {
    @Override
    public List<OrderFacts> byProductionOrder(String account, String productGroup, String id) {
      return memory.byProductionOrder(account, productGroup, id);
    }

    @Override
    public Map<String, OrderFacts> byCodes(String account, Collection<String> codes) {
      return Map.of();
    }

    @Override
    public List<OrderFacts> byGtin(String account, String productGroup, String gtin) {
      return memory.byGtin(account, productGroup, gtin);
    }
  }

  @Override
  public Map<String, OrderFacts> byCodes(String account, Collection<String> codesWithoutTail) {
    Map<String, OrderFacts> orders = new HashMap<>();
    List<Object> parameters = new ArrayList<>(codesWithoutTail);
    parameters.add(account);
    database.read(
        "reading the orders of codes",
        transaction ->
            transaction.list(
                "select order_codes.code, order_memory.* from order_codes"
                    + " join order_memory on operator_order_id = order_id and order_memory.gtin = order_codes.gtin"
                    + " where order_codes.code in "
                    + CodesUnderWay.places(codesWithoutTail.size())
                    + " and order_codes.account = ? order by order_memory.id",
                row -> orders.putIfAbsent(row.getString("code"), read(row)),
                parameters.toArray()));
    return orders;
  }

  @Override
  public List<OrderFacts> byGtin(String account, String productGroup, String gtin) {
    return list(
        "select * from order_memory where account = ? and product_group = ? and gtin = ? order by id",
        account,
        productGroup,
        gtin);
  }

  /** All that is remembered, newest first. */
  public List<OrderFacts> list(int limit) {
    return list("select * from order_memory order by id desc limit ?", limit);
  }

  private List<OrderFacts> list(String sql, Object... parameters) {
    return database.read(
        "reading the order memory",
        transaction -> transaction.list(sql, OrderFactsStore::read, parameters));
  }

  private static OrderFacts read(ResultSet row) throws SQLException {
    long place = row.getLong("business_place_id");
    Optional<Long> businessPlace = row.wasNull() ? Optional.empty() : Optional.of(place);
    return new OrderFacts(
        row.getString("account"),
        row.getString("product_group"),
        row.getString("gtin"),
        Rows.text(row, "order_document"),
        Rows.text(row, "production_order_id"),
        Rows.text(row, "release_type"),
        Rows.text(row, "manufacturer_country"),
        businessPlace);
  }
}
