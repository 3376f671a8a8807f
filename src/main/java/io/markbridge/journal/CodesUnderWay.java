package io.markbridge.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The codes of one document while it is planned: those that it brings become known to others, and
 * for those that it needs the earlier documents are found that bring them. Bounded memory, whatever
 * the document's size. Two codes with one digest make somebody wait for nothing, no more.
 */
final class CodesUnderWay {
  /** Sorted together, so that neighbours go to the same pages of the index: 1 MB. */
  private static final int RUN = 128 * 1024;

  /** One commit keeps other writers some hundredths of a second. */
  private static final int AT_ONCE = 5000;

  private static final int ASKED_AT_ONCE = 500;

  /** A document that needs more others than these waits for these. */
  private static final int MOST_FOUND = 1000;

  private static final String ADD =
      "insert into codes_under_way (digest, holder) values (?, ?) on conflict do nothing";

  private final Journal journal;
  private final String document;
  private final String account;
  private final long holder;
  private final MessageDigest sha256;
  private final long[] needed = new long[ASKED_AT_ONCE];
  private final Map<Long, String> holders = new HashMap<>();
  private final Set<String> found = new LinkedHashSet<>();
  private long[] brought = new long[64];
  private int broughtCount;
  private int neededCount;
  private boolean asked;
  private boolean anyEarlier;

  CodesUnderWay(Journal journal, String document, String account) {
    this.journal = journal;
    this.document = document;
    this.account = account;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    this.holder = digest("", document);
  }

  private long digest(String scope, String text) {
    sha256.update(scope.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  void bring(String code) {
    if (broughtCount == brought.length) {
      if (brought.length < RUN) {
        brought = Arrays.copyOf(brought, brought.length * 2);
      } else {
        store(0);
      }
    }
    brought[broughtCount++] = digest(account, code);
  }

  /** Commits what the plan's own commit would be too large for. */
  void storeMost() {
    store(AT_ONCE);
  }

  private void store(int keep) {
    Arrays.sort(brought, 0, broughtCount);
    while (broughtCount > keep) {
      journal.database().change(JournalCommit.STORE_CODES, this::storeSome);
      broughtCount = Math.max(0, broughtCount - AT_ONCE);
    }
  }

  /** Writes the last ones, as part of the given transaction, which may run twice. */
  void storeSome(Transaction transaction) throws SQLException {
    if (broughtCount == 0) {
      return;
    }
    transaction.update(
        "insert into code_holders (number, document_id) values (?, ?) on conflict do nothing",
        holder,
        document);
    int from = Math.max(0, broughtCount - AT_ONCE);
    transaction.updateAll(
        ADD,
        Arrays.stream(brought, from, broughtCount)
            .mapToObj(digest -> new Object[] {digest, holder})
            .toList());
  }

  void need(String code) {
    if (found.size() >= MOST_FOUND || !anyEarlier()) {
      return;
    }
    needed[neededCount++] = digest(account, code);
    if (neededCount == needed.length) {
      ask();
    }
  }

  /** Where no earlier document is under way, no code is looked up. */
  private boolean anyEarlier() {
    if (!asked) {
      asked = true;
      anyEarlier =
          !journal
              .database()
              .read(
                  "looking for codes under way",
                  transaction ->
                      transaction.list(
                          "select number from code_holders where document_id < ? limit 1",
                          row -> row.getLong(1),
                          document))
              .isEmpty();
    }
    return anyEarlier;
  }

  /** The earlier documents that bring codes which this one needs; they may have ended meanwhile. */
  Set<String> found() {
    ask();
    return found;
  }

  private void ask() {
    if (neededCount == 0) {
      return;
    }
    Object[] digests = Arrays.stream(needed, 0, neededCount).boxed().toArray();
    neededCount = 0;
    journal
        .database()
        .read(
            "looking for codes under way",
            transaction -> {
              for (long number :
                  transaction.list(
                      "select distinct holder from codes_under_way where digest in "
                          + places(digests.length),
                      row -> row.getLong(1),
                      digests)) {
                String other = holders.get(number);
                if (other == null) {
                  other = documentOf(transaction, number);
                  holders.put(number, other);
                }
                // Only earlier ones: two documents never wait for each other.
                if (!other.isEmpty() && other.compareTo(document) < 0) {
                  found.add(other);
                }
              }
              return null;
            });
  }

  private static String documentOf(Transaction transaction, long number) throws SQLException {
    return transaction
        .first(
            "select document_id from code_holders where number = ?",
            row -> row.getString(1),
            number)
        .orElse("");
  }

  static String places(int count) {
    return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  /**
   * Removes some codes of a document that has ended.
   *
   * @return whether none is left
   */
  static boolean forget(Transaction transaction, String document) throws SQLException {
    List<Long> numbers =
        transaction.list(
            "select number from code_holders where document_id = ?",
            row -> row.getLong(1),
            document);
    for (long number : numbers) {
      int removed =
          transaction.update(
              "delete from codes_under_way where holder = ? and digest in"
                  + " (select digest from codes_under_way where holder = ? limit ?)",
              number,
              number,
              AT_ONCE);
      if (removed == AT_ONCE) {
        return false;
      }
      transaction.update("delete from code_holders where number = ?", number);
    }
    return true;
  }
}
