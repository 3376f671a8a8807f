package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.TimelineEntry;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/** The documents of the journal. */
public final class Documents {
  private static final long ONE_TURN = 1000;

  private final Journal journal;
  private final Database database;

  Documents(Journal journal) {
    this.journal = journal;
    this.database = journal.database();
  }

  /**
   * Stores a document. Once this returns it cannot be lost; the source may be removed.
   *
   * @return its id, and whether the same arrival had been stored before
   * @throws IOException when the bytes cannot be read, or are not as many as expected: then nothing
   *     is stored
   */
  public Reception accept(Arrival arrival, InputStream bytes) throws IOException {
    return new Receiving(journal, arrival, transaction -> {}).accept(bytes);
  }

  /**
   * The same for who collects in a term of leading; nothing is stored when the term is over.
   *
   * @throws JournalException when it is
   */
  public Reception accept(Arrival arrival, InputStream bytes, Leads.Term term) throws IOException {
    return new Receiving(journal, arrival, transaction -> journal.leads().fence(transaction, term))
        .accept(bytes);
  }

  /** Documents that wait for the word of their source: see {@link HeldArrivals}. */
  public HeldArrivals held() {
    return new HeldArrivals(journal);
  }

  /** The sources of accepted documents are gone: the same files may come again and are new then. */
  public void sourcesRemoved(java.util.Set<String> documents) {
    if (documents.isEmpty()) {
      return;
    }
    database.change(
        JournalCommit.FORGET_ARRIVALS,
        transaction ->
            transaction.updateAll(
                "delete from arrivals where document_id = ?",
                documents.stream().map(document -> new Object[] {document}).toList()));
  }

  /**
   * Documents whose source may still be there, since the process ended between accepting and
   * removing.
   */
  public List<Document> sourcesNotRemoved() {
    return database.read(
        "listing unfinished arrivals",
        transaction ->
            transaction.list(
                "select documents.* from documents join arrivals on document_id = documents.id order by id",
                Rows::document));
  }

  /**
   * Claims received documents in the order of their arrival. What another process holds is free
   * when that one no longer lives: see {@link Recovery}.
   *
   * @param leaseUntil milliseconds: when this process itself may claim it again, where it could not
   *     record what became of it
   */
  public List<Document> claimReceived(int limit, long leaseUntil) {
    return database.write(
        JournalCommit.CLAIM_DOCUMENTS,
        transaction ->
            transaction
                .list(
                    "update documents set lease_owner = ?, lease_until = ? where id in (with due as (select id from documents"
                        + " where state = 'RECEIVED' and next_attempt_at <= ? and (lease_owner is null or lease_owner = ? and lease_until <= ?) order by id limit ?"
                        + transaction.dialect().skipLocked()
                        + ") select id from due) returning *",
                    Rows::document,
                    journal.owner(),
                    leaseUntil,
                    journal.now(),
                    journal.owner(),
                    journal.now(),
                    limit)
                .stream()
                .sorted(java.util.Comparator.comparing(Document::id))
                .toList());
  }

  public Optional<Document> find(String id) {
    return database.read(
        "reading a document",
        transaction ->
            transaction.first("select * from documents where id = ?", Rows::document, id));
  }

  public List<TimelineEntry> timeline(String id) {
    return database.read("reading a timeline", transaction -> Timeline.of(transaction, id));
  }

  /** Adds to a document's timeline. */
  public void note(String id, String event, String detail) {
    database.change(
        JournalCommit.NOTE,
        transaction -> Timeline.add(transaction, journal, id, null, event, detail));
  }

  /** Keeps what recognising a document told. */
  static void describe(Transaction transaction, Document described) throws SQLException {
    transaction.update(
        "update documents set account = ?, product_group = ?, kind = ?, oms_id = ?, parameters = ?, charset = ?,"
            + " body_offset = ? where id = ?",
        described.account(),
        described.productGroup(),
        described.kind(),
        described.omsId(),
        JournalJson.map(described.parameters()),
        described.charset(),
        described.bodyOffset(),
        described.id());
  }

  /**
   * Holds a document until the transaction ends, for a decision about what it becomes: another
   * process may have taken it over, and decided otherwise, while this one slept.
   */
  private void holdReceived(Transaction transaction, String id) throws SQLException {
    int held =
        transaction.update(
            "update documents set lease_until = lease_until where id = ? and state = 'RECEIVED'"
                + " and (lease_owner is null or lease_owner = ?)",
            id,
            journal.owner());
    if (held == 0) {
      throw new SQLException("document " + id + " is not held by this process");
    }
  }

  /** Gives claimed documents back that nobody began to plan. */
  public void giveBack(List<Document> claimed) {
    if (claimed.isEmpty()) {
      return;
    }
    database.change(
        JournalCommit.GIVE_DOCUMENTS_BACK,
        transaction ->
            transaction.updateAll(
                "update documents set lease_owner = null, lease_until = 0"
                    + " where id = ? and state = 'RECEIVED' and lease_owner = ?",
                claimed.stream()
                    .map(document -> new Object[] {document.id(), journal.owner()})
                    .toList()));
  }

  /**
   * Gives a document back to be planned again.
   *
   * @throws JournalException when another process has taken it over
   */
  public void planLater(String id, LongUnaryOperator at, String reason) {
    database.change(
        JournalCommit.GIVE_DOCUMENT_BACK,
        transaction -> {
          holdReceived(transaction, id);
          long attempts =
              1
                  + transaction
                      .first(
                          "select attempts from documents where id = ?", row -> row.getLong(1), id)
                      .orElse(0L);
          transaction.update(
              "update documents set next_attempt_at = ?, attempts = ?, lease_owner = null, lease_until = 0"
                  + " where id = ?",
              at.applyAsLong(attempts),
              attempts,
              id);
          Timeline.add(transaction, journal, id, null, "planning failed", reason);
        });
  }

  /**
   * Gives a document back for a second where an earlier one, which may bring what this one needs,
   * is yet to be planned by another process. Keeps still about it.
   *
   * @return whether it was given back
   */
  public boolean leaveToOlder(Document document) {
    boolean older =
        database.read(
                "looking for older documents",
                transaction ->
                    transaction.count(
                        "select count(*) from documents where state = 'RECEIVED' and id < ?"
                            + " and (account is null or account = ?) and (lease_owner is null or lease_owner <> ?)"
                            // One whose planning failed would hold up all others until its next
                            // attempt.
                            + " and (attempts = 0 and next_attempt_at < ? or next_attempt_at <= ?)",
                        document.id(),
                        document.account(),
                        journal.owner(),
                        HeldArrivals.HELD,
                        journal.now()))
            > 0;
    if (older) {
      database.change(
          JournalCommit.LEAVE_TO_OLDER,
          transaction ->
              transaction.update(
                  "update documents set next_attempt_at = ?, lease_owner = null, lease_until = 0"
                      + " where id = ? and lease_owner = ?",
                  journal.now() + ONE_TURN,
                  document.id(),
                  journal.owner()));
    }
    return older;
  }

  /** Ends a document that cannot be sent, or holds it for a person. */
  public void stop(Document document, DocumentState state, List<Problem> problems) {
    String id = document.id();
    database.change(
        JournalCommit.END_DOCUMENT,
        transaction -> {
          holdReceived(transaction, id);
          describe(transaction, document);
          // What was written of its bodies before the trouble was found.
          SubmissionRows.removeUnplanned(transaction, id);
          transaction.update(
              "update documents set state = ?, problems = ?, finished_at = ?, lease_owner = null, lease_until = 0,"
                  + " change_number = change_number + 1 where id = ?",
              state,
              JournalJson.problems(problems),
              state.terminal() ? journal.now() : null,
              id);
          Timeline.add(
              transaction,
              journal,
              id,
              null,
              state.name().toLowerCase(java.util.Locale.ROOT),
              JournalJson.problems(problems));
          if (state.terminal()) {
            ended(transaction, id, state);
          }
        });
  }

  /** What follows for others when a document ends that was never sent. */
  private void ended(Transaction transaction, String id, DocumentState state) throws SQLException {
    CodesUnderWay.forget(transaction, id);
    new Prerequisites(journal, transaction).ended(id, state);
  }

  /** Ends a document with an answer that the bridge made itself, or that of an equal document. */
  public void answer(
      Document document,
      Optional<String> answer,
      Optional<String> answeredBy,
      String contentKey,
      String reason) {
    String id = document.id();
    database.change(
        JournalCommit.ANSWER_DOCUMENT,
        transaction -> {
          holdReceived(transaction, id);
          describe(transaction, document);
          SubmissionRows.removeUnplanned(transaction, id);
          transaction.update(
              "update documents set state = 'DONE', problems = null, answer = ?, answered_by = ?, content_key = ?, finished_at = ?,"
                  + " lease_owner = null, lease_until = 0, change_number = change_number + 1 where id = ?",
              answer,
              answeredBy,
              contentKey,
              journal.now(),
              id);
          Timeline.add(transaction, journal, id, null, "answered by the bridge", reason);
          ended(transaction, id, DocumentState.DONE);
        });
  }

  /** The newest other document that says the same, or empty. */
  public Optional<Document> equalTo(String contentKey, String account, String exceptId) {
    return database.read(
        "looking for an equal document",
        transaction -> equalTo(transaction, contentKey, account, exceptId));
  }

  static Optional<Document> equalTo(
      Transaction transaction, String contentKey, String account, String exceptId)
      throws SQLException {
    return transaction.first(
        "select * from documents where content_key = ? and account = ? and id <> ? and answered_by is null"
            + " order by id desc limit 1",
        Rows::document,
        contentKey,
        account,
        exceptId);
  }

  /** Documents after this id whose replies do not yet tell the newest, oldest first. */
  public List<Document> toReply(String sourceKind, String after, int limit) {
    return database.read(
        "listing replies to write",
        transaction ->
            transaction.list(
                "select * from documents where change_number > replied_number and state not in ('RECEIVING', 'RECEIVED')"
                    + " and (source = ? or source like ?) and id > ? order by id limit ?",
                Rows::document,
                sourceKind,
                sourceKind + ":%",
                after,
                limit));
  }

  /**
   * The reply that tells this change was written by who may lead no more: a later one may lie under
   * it, so whoever leads writes it again.
   */
  public void replyAgain(String id) {
    database.change(
        JournalCommit.REPLY_AGAIN,
        transaction ->
            transaction.update("update documents set replied_number = -1 where id = ?", id));
  }

  /** The reply that tells this change is written. */
  public void replied(String id, long changeNumber) {
    replied(Map.of(id, changeNumber));
  }

  /**
   * The same for several at once.
   *
   * @param changeNumbers by document
   */
  public void replied(Map<String, Long> changeNumbers) {
    database.change(
        JournalCommit.NOTE_REPLY,
        transaction ->
            transaction.updateAll(
                "update documents set replied_number = ? where id = ? and replied_number < ?",
                changeNumbers.entrySet().stream()
                    .map(one -> new Object[] {one.getValue(), one.getKey(), one.getValue()})
                    .toList()));
  }

  /** The newest documents, of one state or of all. */
  public List<Document> list(Optional<DocumentState> state, int limit) {
    return database.read(
        "listing documents",
        transaction ->
            transaction.list(
                "select * from documents where state in "
                    + states(state)
                    + " order by id desc limit ?",
                Rows::document,
                limit));
  }

  /** One state or all, as a list in SQL. */
  static String states(Optional<DocumentState> state) {
    return state.map(List::of).orElseGet(() -> List.of(DocumentState.values())).stream()
        .map(one -> "'" + one.name() + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** How many documents are in each state, as {@code state, count}. */
  public java.util.Map<DocumentState, Long> counts() {
    java.util.Map<DocumentState, Long> counts = new java.util.EnumMap<>(DocumentState.class);
    database
        .read(
            "counting documents",
            transaction ->
                transaction.list(
                    "select state, count(*) from documents group by state",
                    row ->
                        java.util.Map.entry(
                            DocumentState.valueOf(row.getString(1)), row.getLong(2))))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /**
   * Holds a document until the transaction ends: what is decided by all of its submissions is
   * decided by one after the other. Taken before any of its submissions is.
   */
  static void hold(Transaction transaction, String id) throws SQLException {
    if (transaction.dialect() == Dialect.POSTGRESQL) {
      transaction.list(
          "select id from documents where id = ?" + transaction.dialect().forUpdate(),
          row -> row.getString(1),
          id);
    }
  }

  /** The legacy side should see a change, also under the names of documents that say the same. */
  static void changed(Transaction transaction, String id) throws SQLException {
    transaction.update(
        "update documents set change_number = change_number + 1 where id = ? or answered_by = ?",
        id,
        id);
  }
}
