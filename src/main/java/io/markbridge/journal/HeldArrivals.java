package io.markbridge.journal;

import io.markbridge.document.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Documents that are stored and wait until their source says that they count: a row of an outbox
 * may be claimed by several bridges with journals of their own, and only the one whose document the
 * row names may begin to work on it. They are RECEIVED, not planned, and stand among the arrivals.
 */
public final class HeldArrivals {
  /** When they are planned: not before someone says so. */
  static final long HELD = Long.MAX_VALUE;

  private final Journal journal;

  HeldArrivals(Journal journal) {
    this.journal = journal;
  }

  /** A small document with its bytes. */
  public record Small(Arrival arrival, byte[] bytes) {}

  /**
   * Stores small documents in one commit; none of them is planned yet.
   *
   * @return in their order
   */
  public List<Reception> accept(List<Small> some) throws IOException {
    List<Receiving> receiving = new ArrayList<>();
    List<InputStream> bytes = new ArrayList<>();
    for (Small one : some) {
      receiving.add(receiving(one.arrival()));
      bytes.add(new ByteArrayInputStream(one.bytes()));
    }
    return Receiving.acceptTogether(journal, receiving, bytes);
  }

  /**
   * Stores a document of any size; it is not planned yet.
   *
   * @throws IOException when the bytes cannot be read: then nothing is stored
   */
  public Reception accept(Arrival arrival, InputStream bytes) throws IOException {
    return receiving(arrival).accept(bytes);
  }

  private Receiving receiving(Arrival arrival) {
    return new Receiving(journal, arrival, transaction -> {}, HELD);
  }

  /** Those of one source, oldest first. */
  public List<Document> of(String source) {
    return journal
        .database()
        .read(
            "listing documents whose source has not spoken",
            transaction ->
                transaction.list(
                    "select documents.* from documents join arrivals on document_id = documents.id"
                        + " where source = ? and state = 'RECEIVED' and next_attempt_at = ? order by id",
                    Rows::document,
                    source,
                    HELD));
  }

  /**
   * They count: work on them begins, and their arrivals are forgotten.
   *
   * @return those that nobody else has released before
   */
  public Set<String> release(Collection<String> documents) {
    if (documents.isEmpty()) {
      return Set.of();
    }
    List<Object> values = new ArrayList<>(documents);
    values.add(HELD);
    String some = String.join(", ", Collections.nCopies(documents.size(), "?"));
    return journal
        .database()
        .write(
            JournalCommit.RELEASE_ROWS,
            transaction -> {
              List<String> released =
                  transaction.list(
                      "update documents set next_attempt_at = 0 where id in ("
                          + some
                          + ") and state = 'RECEIVED' and next_attempt_at = ? returning id",
                      row -> row.getString(1),
                      values.toArray());
              transaction.updateAll(
                  "delete from arrivals where document_id = ?",
                  documents.stream().map(id -> new Object[] {id}).toList());
              return Set.copyOf(released);
            });
  }

  /** They do not count: nothing of them stays. */
  public void discard(Collection<String> documents) {
    if (documents.isEmpty()) {
      return;
    }
    journal
        .database()
        .change(
            JournalCommit.DISCARD_ROWS,
            transaction -> {
              for (String id : documents) {
                int removed =
                    transaction.update(
                        "delete from documents where id = ? and state = 'RECEIVED' and next_attempt_at = ?",
                        id,
                        HELD);
                if (removed > 0) {
                  Chunks.remove(transaction, id);
                  transaction.update("delete from timeline where document_id = ?", id);
                  transaction.update("delete from arrivals where document_id = ?", id);
                }
              }
            });
  }
}
