package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.mapping.MappedPart;
import io.markbridge.mapping.PartSink;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the bodies of a document's requests while they are written; nothing of it counts before the
 * plan is committed.
 */
public final class PlannedBodies implements PartSink {
  private static final int CHUNK = 64 * 1024;

  private record Body(String submission, ChunkOutputStream stream) {}

  private final Journal journal;
  private final String document;
  private final ChunkOutputStream.Batch batch;
  private final int chunk;
  private final Map<Integer, Body> bodies = new LinkedHashMap<>();
  private final CodesUnderWay codes;
  private final Duration longestWait;

  PlannedBodies(Journal journal, Document planned, Duration longestWait) {
    long expectedSize = planned.size();
    this.journal = journal;
    this.document = planned.id();
    this.codes = new CodesUnderWay(journal, document, planned.account().orElse(""));
    this.longestWait = longestWait;
    this.batch =
        new ChunkOutputStream.Batch(
            journal.database(),
            transaction -> {
              hold(transaction, journal, document);
              SubmissionRows.removeBodies(transaction, document);
            });
    this.chunk = (int) Math.max(1024, Math.min(CHUNK, expectedSize));
  }

  @Override
  public OutputStream open(int part) {
    String submission = document + "/" + part;
    ChunkOutputStream stream = new ChunkOutputStream(batch, submission, chunk);
    bodies.put(part, new Body(submission, stream));
    return stream;
  }

  @Override
  public void brings(String code) {
    codes.bring(code);
  }

  @Override
  public void needs(String code) {
    codes.need(code);
  }

  CodesUnderWay codes() {
    return codes;
  }

  /** When the document waits no longer for others. */
  long waitsUntil() {
    return journal.now() + longestWait.toMillis();
  }

  /** Writes what is still held back, and a row for each part. */
  void commit(Transaction transaction, Iterable<MappedPart> parts, String account, Bucket bucket)
      throws SQLException {
    batch.flush(transaction);
    codes.storeSome(transaction);
    for (MappedPart part : parts) {
      Body body = bodies.get(part.number());
      SubmissionRows.insert(
          transaction,
          body.submission(),
          document,
          part,
          new NewSubmission(
              java.util.Optional.empty(),
              Purpose.STATEMENT,
              part.call(),
              account,
              bucket.of(part.call()),
              bucket.inPath(part.call(), part.query()),
              bucket.inQuery(part.call(), part.query()),
              journal.now()),
          body.stream().size(),
          body.stream().hash());
    }
  }

  /** What the operator's preset says of a call. */
  @FunctionalInterface
  public interface Bucket {
    /** Which limit it draws from. */
    String of(String call);

    /** Of its parameters those that fill its path; the others go into the query. */
    default Map<String, String> inPath(String call, Map<String, String> parameters) {
      return Map.of();
    }

    private Map<String, String> inQuery(String call, Map<String, String> parameters) {
      Map<String, String> query = new LinkedHashMap<>(parameters);
      query.keySet().removeAll(inPath(call, parameters).keySet());
      return query;
    }
  }

  /** Nobody else plans it before the transaction ends. */
  static void hold(Transaction transaction, Journal journal, String document) throws SQLException {
    Optional<String> held =
        transaction.first(
            "select id from documents where id = ? and state = 'RECEIVED' and lease_owner = ?"
                + transaction.dialect().forUpdate(),
            row -> row.getString(1),
            document,
            journal.owner());
    if (held.isEmpty()) {
      throw new SQLException("document " + document + " is not held by this process");
    }
  }
}
