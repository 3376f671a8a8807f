package io.markbridge.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Packs of codes that the operator handed out: one chain per order and GTIN, each pack to exactly
 * one asker.
 */
public final class Packs {
  /**
   * @param previousPackId the pack before it in the chain, or empty for the first
   * @param submissionId its answer holds the codes
   * @param handedTo the document that got them
   */
  public record Pack(
      String packId,
      String orderId,
      String gtin,
      Optional<String> previousPackId,
      long quantity,
      String submissionId,
      Optional<String> handedTo,
      long fetchedAt) {}

  private final Journal journal;

  Packs(Journal journal) {
    this.journal = journal;
  }

  /** The packs of an order's GTIN in the order in which they were fetched. */
  public List<Pack> of(String orderId, String gtin) {
    return journal
        .database()
        .read(
            "reading packs",
            transaction ->
                transaction.list(
                    "select * from packs where lower(order_id) = lower(?) and gtin = ? order by fetched_at, submission_id",
                    Packs::read,
                    orderId,
                    gtin));
  }

  /**
   * A pack and its codes, as part of the commit that records the answer.
   *
   * @throws JournalException from that commit when the pack was handed to another document: the
   *     answer is to be looked at once more
   */
  public Database.Change storeForOne(Pack pack, String account, List<String> codesWithoutTail) {
    return transaction -> {
      // First: whoever stores the same pack at the same moment is waited for here.
      store(pack, account, codesWithoutTail).run(transaction);
      long others =
          transaction.count(
              "select count(*) from packs where order_id = ? and gtin = ? and pack_id = ? and handed_to <> ?",
              pack.orderId(),
              pack.gtin(),
              pack.packId(),
              pack.handedTo());
      if (others > 0) {
        throw new SQLException("pack " + pack.packId() + " was handed to another document");
      }
    };
  }

  /** A pack and its codes, whoever has it already. */
  public Database.Change store(Pack pack, String account, List<String> codesWithoutTail) {
    return transaction -> {
      transaction.update(
          "insert into packs (pack_id, order_id, gtin, previous_pack_id, quantity, submission_id, handed_to, fetched_at)"
              + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (order_id, gtin, pack_id) do nothing",
          pack.packId(),
          pack.orderId(),
          pack.gtin(),
          pack.previousPackId(),
          pack.quantity(),
          pack.submissionId(),
          pack.handedTo(),
          pack.fetchedAt());
      List<Object[]> rows = new ArrayList<>(codesWithoutTail.size());
      for (String code : codesWithoutTail) {
        rows.add(new Object[] {code, account, pack.orderId(), pack.gtin()});
      }
      transaction.updateAll(
          "insert into order_codes (code, account, order_id, gtin) values (?, ?, ?, ?) on conflict (code, account) do nothing",
          rows);
    };
  }

  /** Binds the order memory of a document to the order that the operator made of it. */
  public Database.Change bindOrder(String document, String operatorOrderId) {
    return transaction -> OrderFactsStore.bind(transaction, document, operatorOrderId);
  }

  private static Pack read(ResultSet row) throws SQLException {
    return new Pack(
        row.getString("pack_id"),
        row.getString("order_id"),
        row.getString("gtin"),
        Rows.text(row, "previous_pack_id"),
        row.getLong("quantity"),
        row.getString("submission_id"),
        Rows.text(row, "handed_to"),
        row.getLong("fetched_at"));
  }
}
