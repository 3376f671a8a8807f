package io.markbridge.journal;

import io.markbridge.legacy.ReplyNames;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stores the bytes of one document and accepts it in one small commit. */
final class Receiving {
  private static final long LARGE = 4L * 1024 * 1024;

  private final Journal journal;
  private final Arrival arrival;
  private final String id;
  private final ChunkOutputStream.Batch batch;
  private final Database.Change fence;
  private final long workFrom;

  /**
   * @param fence part of the commit that accepts it: it throws when this process may not
   */
  Receiving(Journal journal, Arrival arrival, Database.Change fence) {
    this(journal, arrival, fence, 0);
  }

  /**
   * @param workFrom milliseconds: when it may be planned
   */
  Receiving(Journal journal, Arrival arrival, Database.Change fence, long workFrom) {
    this.journal = journal;
    this.arrival = arrival;
    this.fence = fence;
    this.workFrom = workFrom;
    this.id = journal.newId();
    this.batch = new ChunkOutputStream.Batch(journal.database());
  }

  /**
   * Several that are small, in one commit.
   *
   * @throws IOException when one of them cannot be read: then none is stored
   */
  static List<Reception> acceptTogether(
      Journal journal, List<Receiving> some, List<InputStream> bytes) throws IOException {
    List<ChunkOutputStream> streams = new ArrayList<>();
    for (int index = 0; index < some.size(); index++) {
      streams.add(some.get(index).read(bytes.get(index)));
    }
    return commit(
        journal,
        transaction -> {
          List<Reception> receptions = new ArrayList<>();
          for (int index = 0; index < some.size(); index++) {
            receptions.add(some.get(index).store(transaction, streams.get(index), false));
          }
          return receptions;
        });
  }

  private static <T> T commit(Journal journal, Database.Work<T> work) {
    return journal.database().write(JournalCommit.ACCEPT_DOCUMENT, work);
  }

  /** Whether it has to be stored by itself. */
  static boolean isLarge(Arrival arrival) {
    return arrival.expectedSize() > LARGE || arrival.expectedSize() == Arrival.UNKNOWN_SIZE;
  }

  Reception accept(InputStream bytes) throws IOException {
    boolean large = isLarge(arrival);
    if (large) {
      // Its chunks are committed before it is accepted; this row lets a restart find and remove
      // them.
      journal
          .database()
          .change(
              JournalCommit.BEGIN_RECEIVING,
              transaction -> insert(transaction, "RECEIVING", "", 0));
    }
    try {
      ChunkOutputStream stream = read(bytes);
      return commit(journal, transaction -> store(transaction, stream, large));
    } catch (IOException | JournalException failure) {
      if (large) {
        journal
            .database()
            .change(JournalCommit.REMOVE_RECEIVED, transaction -> remove(transaction, id));
      }
      throw failure;
    }
  }

  private ChunkOutputStream read(InputStream bytes) throws IOException {
    long size =
        arrival.expectedSize() == Arrival.UNKNOWN_SIZE ? Chunks.SIZE : arrival.expectedSize();
    int chunk = (int) Math.min(Chunks.SIZE, Math.max(512, size));
    ChunkOutputStream stream = new ChunkOutputStream(batch, id, chunk);
    copy(bytes, stream, new byte[(int) Math.min(64 * 1024, size + 1)]);
    stream.close();
    return stream;
  }

  private void copy(InputStream bytes, ChunkOutputStream stream, byte[] buffer) throws IOException {
    boolean known = arrival.expectedSize() != Arrival.UNKNOWN_SIZE;
    for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
      stream.write(buffer, 0, count);
      if (known && stream.size() > arrival.expectedSize()) {
        break;
      }
    }
    if (known && stream.size() != arrival.expectedSize()) {
      throw new IOException(
          "read "
              + stream.size()
              + " bytes of "
              + arrival.sourcePath()
              + " instead of "
              + arrival.expectedSize()
              + ": it is still being written");
    }
  }

  private Reception store(Transaction transaction, ChunkOutputStream stream, boolean large)
      throws SQLException {
    String hash = stream.hash();
    String identity = arrival.identity() + "|" + hash;
    fence.run(transaction);
    // Two replicas that found one file store it once.
    transaction.lock("arrival " + identity);
    Optional<String> earlier =
        transaction.first(
            "select document_id from arrivals where identity = ?",
            row -> row.getString(1),
            identity);
    if (earlier.isPresent()) {
      if (large) {
        remove(transaction, id);
      }
      return new Reception(earlier.get(), true);
    }
    batch.flush(transaction);
    if (large) {
      transaction.update("delete from documents where id = ?", id);
    }
    insert(transaction, "RECEIVED", hash, stream.size());
    transaction.update("insert into arrivals (identity, document_id) values (?, ?)", identity, id);
    Timeline.add(
        transaction,
        journal,
        id,
        null,
        "accepted",
        arrival.source()
            + " "
            + arrival.sourcePath()
            + ", "
            + stream.size()
            + " bytes, SHA-256 "
            + hash);
    return new Reception(id, false);
  }

  private void insert(Transaction transaction, String state, String hash, long size)
      throws SQLException {
    Optional<String> replyName = freeReplyName(transaction);
    transaction.update(
        "insert into documents (id, source, source_path, reply_name, reply_key, account, product_group, kind, parameters, given,"
            + " charset, body_offset, state, content_hash, size, received_at, next_attempt_at, attempts, lease_owner,"
            + " lease_until, change_number, replied_number, copied_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, 0, ?, ?, ?, ?, ?, 0, ?, 0, 1, 0, ?)",
        id,
        arrival.source(),
        arrival.sourcePath(),
        replyName,
        replyName.map(this::key),
        arrival.account(),
        arrival.productGroup(),
        arrival.kind(),
        JournalJson.map(arrival.given()),
        arrival.charset(),
        state,
        hash,
        size,
        journal.now(),
        workFrom,
        // Whose half it is, so that others do not remove it while its owner lives.
        state.equals("RECEIVING") ? journal.owner() : null,
        RestoredCopy.perhapsSentSince(transaction, arrival));
  }

  /**
   * A reply never overwrites another document's; see {@link ReplyNames} for what a name becomes
   * that is taken.
   */
  private Optional<String> freeReplyName(Transaction transaction) throws SQLException {
    if (arrival.replyName().isPresent()) {
      transaction.lock("reply name " + key(arrival.replyName().get()));
    }
    return arrival
        .replyName()
        .map(
            wanted -> {
              String folder = wanted.substring(0, wanted.lastIndexOf('/') + 1);
              String name = wanted.substring(folder.length());
              return folder
                  + ReplyNames.stem(name, id, stem -> taken(transaction, key(folder + stem)));
            });
  }

  private boolean taken(Transaction transaction, String key) {
    try {
      return transaction.count(
              "select count(*) from documents where reply_key = ? and id <> ?", key, id)
          > 0;
    } catch (SQLException failure) {
      throw new JournalException("looking for a free name of replies", failure);
    }
  }

  /**
   * Some file systems know no case, and the database's own lower() may know ASCII only. What lies
   * elsewhere takes no name away from the files here.
   */
  private String key(String replyName) {
    String elsewhere = arrival.source().equals("file") ? "" : arrival.source() + "|";
    return elsewhere + replyName.toLowerCase(Locale.ROOT);
  }

  static void remove(Transaction transaction, String document) throws SQLException {
    // Only a half: a commit that broke may have accepted it all the same.
    if (transaction.update("delete from documents where id = ? and state = 'RECEIVING'", document)
        > 0) {
      Chunks.remove(transaction, document);
    }
  }
}
