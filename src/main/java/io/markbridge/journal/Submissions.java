package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The submissions of the journal. */
public final class Submissions {
  private static final long LONGEST_UNTIL_IT_LEAVES = Duration.ofSeconds(30).toMillis();

  /** All of them, so that an index that begins with the state is used. */
  private static final String ANY_STATE =
      Arrays.stream(SubmissionState.values())
          .map(state -> "'" + state.name() + "'")
          .collect(Collectors.joining(", ", "(", ")"));

  private final Journal journal;
  private final Database database;

  Submissions(Journal journal) {
    this.journal = journal;
    this.database = journal.database();
  }

  /**
   * Begins a plan; leftovers of an earlier, unfinished one are removed by the first commit of this
   * one, which for most documents is the only one. Its codes stay: the same document has the same
   * ones.
   *
   * @param longestWait for documents that must come before it
   */
  public PlannedBodies begin(Document document, Duration longestWait) {
    return new PlannedBodies(journal, document, longestWait);
  }

  PlannedBodies begin(Document document) {
    return begin(document, Duration.ofHours(24));
  }

  /**
   * Commits the plan of a mapped document; from here on its submissions are sent.
   *
   * @param equalBefore the id of the equal document that the decision to send was made with
   * @throws JournalException when this process no longer holds the document: another one may have
   *     planned and sent it
   * @return whether it is planned; where not, another equal document came meanwhile, and nothing is
   *     changed
   */
  public boolean plan(
      Document document,
      String account,
      MappedDocument mapped,
      PlannedBodies bodies,
      PlannedBodies.Bucket bucket,
      String note,
      Optional<String> equalBefore) {
    Set<String> needed = bodies.codes().found();
    bodies.codes().storeMost();
    return database.write(
        JournalCommit.PLAN_DOCUMENT,
        transaction -> {
          // Two equal documents are not both the first, whoever plans them.
          transaction.lock("content " + account + " " + mapped.contentKey());
          Optional<String> equal =
              Documents.equalTo(transaction, mapped.contentKey(), account, document.id())
                  .map(Document::id);
          if (!equal.equals(equalBefore)) {
            return false;
          }
          Prerequisites prerequisites = new Prerequisites(journal, transaction);
          Set<String> candidates = new TreeSet<>(needed);
          if (!document.kind().equals(Optional.of("order"))) {
            candidates.addAll(mapped.usedOrders());
            candidates.addAll(prerequisites.ordersOfNumber(document, account, mapped));
          }
          List<Document> open = prerequisites.open(candidates);
          bodies.commit(transaction, mapped.parts(), account, bucket);
          OrderFactsStore.remember(transaction, journal, document.id(), mapped.remembered());
          planned(transaction, document, mapped.contentKey(), mapped.orderNumber(), note);
          prerequisites.add(document.id(), open, bodies.waitsUntil());
          return true;
        });
  }

  /** Commits the plan of a legacy call that has no body. */
  public void plan(Document document, List<NewSubmission> submissions, String note) {
    database.change(
        JournalCommit.PLAN_CALL,
        transaction -> {
          for (NewSubmission submission : submissions) {
            insert(transaction, document.id(), submission);
          }
          planned(transaction, document, null, Optional.empty(), note);
        });
  }

  private void planned(
      Transaction transaction,
      Document document,
      String contentKey,
      Optional<String> orderNumber,
      String note)
      throws SQLException {
    hold(transaction, journal, document.id());
    Documents.describe(transaction, document);
    transaction.update(
        "update documents set state = 'PLANNED', content_key = ?, order_number = ?, problems = null, lease_owner = null, lease_until = 0"
            + " where id = ?",
        contentKey,
        orderNumber,
        document.id());
    Timeline.add(transaction, journal, document.id(), null, "planned", note);
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

  /** What waits to be sent now, the longest first. */
  public List<Waiting> waiting(Set<Purpose> purposes) {
    return waiting(purposes, journal.now());
  }

  /**
   * What waits to be sent until a time, the longest first.
   *
   * @param dueUntil milliseconds
   */
  public List<Waiting> waiting(Set<Purpose> purposes, long dueUntil) {
    return database.read(
        "looking for work", transaction -> SubmissionQueue.heads(transaction, purposes, dueUntil));
  }

  /** What draws from one limit of one account for one purpose. */
  public record Waiting(String account, String bucket, Purpose purpose) {}

  /**
   * Claims submissions that are due and commits them as SENDING: whatever happens afterwards, the
   * journal knows that they may have left.
   */
  public List<Submission> claim(Waiting waiting, int limit, long leaseUntil) {
    return claim(waiting, limit, 0, leaseUntil, journal.now(), 0);
  }

  /**
   * The same, also of what is due a little later, and counting on the way: a failure counts towards
   * giving up once the operator has shown, since that attempt left, that it works; and of an
   * account that has only so many requests on their way at once, whoever sends them.
   *
   * @param atOnce 0 where there is no such limit
   * @param dueUntil milliseconds
   * @param operatorWorkedAt milliseconds: when the operator last gave an answer that only a working
   *     one gives; or 0
   */
  public List<Submission> claim(
      Waiting waiting,
      int limit,
      int atOnce,
      long leaseUntil,
      long dueUntil,
      long operatorWorkedAt) {
    return database.write(
        JournalCommit.CLAIM_SUBMISSIONS,
        transaction -> {
          SubmissionQueue queue = new SubmissionQueue(journal, transaction, waiting);
          int room = atOnce == 0 ? limit : Math.min(limit, queue.room(atOnce));
          return room <= 0 ? List.of() : queue.claim(room, leaseUntil, dueUntil, operatorWorkedAt);
        });
  }

  /**
   * Gives back a claimed submission that never left: it is as if it had not been claimed. That it
   * was sent before and failed has been counted by the claim, so it has no such time any more. Also
   * when others held it for doubtful meanwhile.
   *
   * @param at milliseconds: not before
   */
  public void giveBack(Submission submission, long at) {
    database.change(
        JournalCommit.GIVE_SUBMISSION_BACK,
        transaction ->
            transaction.update(
                "update submissions set state = 'PLANNED', attempts = attempts - 1, sent_at = null,"
                    + " first_sent_at = case when attempts = 1 then null else first_sent_at end,"
                    + " next_attempt_at = ?, lease_owner = null, lease_until = 0"
                    + " where id = ? and attempts = ? and "
                    + ProgressRecorder.MINE,
                at,
                submission.id(),
                submission.attempts(),
                journal.owner()));
  }

  /**
   * Commits what an answer changed.
   *
   * @param submission as it was claimed: its holder and its attempt are what the write is fenced by
   * @return what became of it; anything but {@link Recorded#APPLIED} changed nothing of it
   */
  public Recorded record(Submission submission, Progress progress) {
    return database.write(
        JournalCommit.RECORD_ANSWER,
        transaction -> new ProgressRecorder(journal, transaction, submission).record(progress));
  }

  /**
   * Whether a claimed submission may leave now: it is still held by this process, in this attempt,
   * and this process surely lives for a while. Where the journal cannot tell, it may not.
   */
  public boolean mayLeave(Submission submission, Duration atLeast) {
    // What waited long for a token would leave later than a look-up believes.
    boolean fresh = journal.now() - submission.sentAt().orElse(0L) < LONGEST_UNTIL_IT_LEAVES;
    return fresh && journal.replicas().whileAlive(atLeast, () -> stillHeld(submission));
  }

  private boolean stillHeld(Submission submission) {
    try {
      return database.read(
              "looking who holds a submission",
              transaction ->
                  transaction.count(
                      "select count(*) from submissions where id = ? and state = 'SENDING' and lease_owner = ? and attempts = ?",
                      submission.id(),
                      journal.owner(),
                      submission.attempts()))
          > 0;
    } catch (JournalException unreachable) {
      return false;
    }
  }

  public List<Submission> of(String document) {
    return database.read("reading submissions", transaction -> of(transaction, document));
  }

  static List<Submission> of(Transaction transaction, String document) throws SQLException {
    return transaction.list(
        "select * from submissions where document_id = ? order by number, id",
        Rows::submission,
        document);
  }

  /** The same, so that none of them leaves before the transaction ends. */
  static List<Submission> held(Transaction transaction, String document) throws SQLException {
    return transaction.list(
        "select * from submissions where document_id = ? order by number, id"
            + transaction.dialect().forUpdate(),
        Rows::submission,
        document);
  }

  public Optional<Submission> find(String id) {
    return database.read(
        "reading a submission",
        transaction ->
            transaction.first("select * from submissions where id = ?", Rows::submission, id));
  }

  /** The statement that the operator gave this id, newest first where several accounts share it. */
  public Optional<Submission> byOperatorId(String operatorId) {
    return database.read(
        "looking for an id of the operator",
        transaction ->
            transaction.first(
                "select * from submissions where lower(operator_id) = lower(?) and purpose = 'STATEMENT' order by id desc limit 1",
                Rows::submission,
                operatorId));
  }

  /**
   * Whether another statement of the account about the same thing, by the values in its path, has
   * left or may have left.
   */
  public boolean anotherLeft(Submission statement) {
    return database.read(
            "looking for other statements about the same thing",
            transaction ->
                transaction.count(
                    "select count(*) from submissions where state in "
                        + ANY_STATE
                        + " and purpose = 'STATEMENT' and account = ? and path_values = ?"
                        + " and id <> ? and first_sent_at is not null",
                    statement.account(),
                    JournalJson.map(statement.pathValues()),
                    statement.id()))
        > 0;
  }

  /** How many submissions are in a state. */
  public long count(SubmissionState state) {
    return database.read(
        "counting submissions",
        transaction ->
            transaction.count("select count(*) from submissions where state = ?", state));
  }

  static void insert(Transaction transaction, String document, NewSubmission added)
      throws SQLException {
    int number =
        (int)
            transaction.count(
                "select coalesce(max(number), 0) + 1 from submissions where document_id = ?",
                document);
    String id = document + "/" + number;
    long size = 0;
    if (added.body().isPresent()) {
      byte[] body = added.body().get();
      size = body.length;
      Chunks.write(transaction, id, 0, body);
    }
    insert(
        transaction,
        id,
        document,
        new MappedPart(number, 0, added.call(), added.query(), size, 0),
        added,
        size,
        null);
  }

  static void insert(
      Transaction transaction,
      String id,
      String document,
      MappedPart part,
      NewSubmission added,
      long size,
      String hash)
      throws SQLException {
    // A look-up asks what was sent, and is never in doubt itself.
    Optional<Long> perhapsSentSince =
        added.purpose() == Purpose.LOOK_UP
            ? Optional.empty()
            : RestoredCopy.perhapsSentSince(transaction, document, added);
    transaction.update(
        "insert into submissions (id, document_id, parent_id, number, level, purpose, call, account, bucket, path_values,"
            + " query, state, failure_kind, first_sent_at, sent_at, size, codes, body_hash, attempts, next_attempt_at, lease_until)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0)",
        id,
        document,
        added.parentId(),
        part.number(),
        part.level(),
        added.purpose(),
        added.call(),
        added.account(),
        added.bucket(),
        JournalJson.map(added.pathValues()),
        JournalJson.map(added.query()),
        part.level() > 0
            ? SubmissionState.WAITING
            : perhapsSentSince.isPresent() ? SubmissionState.IN_DOUBT : SubmissionState.PLANNED,
        perhapsSentSince.map(since -> FailureKind.ANSWER_LOST),
        perhapsSentSince,
        // The lost journal may have sent it until just now.
        perhapsSentSince.map(since -> Math.max(since, added.at())),
        size,
        part.codes(),
        hash,
        added.at());
  }

  static void removeBodies(Transaction transaction, String document) throws SQLException {
    transaction.update(
        "delete from chunks where document_id = ? and owner_id <> ?", document, document);
    transaction.update("delete from submissions where document_id = ?", document);
    transaction.update("delete from prerequisites where document_id = ?", document);
  }

  /** Removes what was written of the bodies of a document that was not planned. */
  static void removeUnplanned(Transaction transaction, String document) throws SQLException {
    transaction.update(
        "delete from chunks where document_id = ? and owner_id <> ?"
            + " and not exists (select 1 from submissions where document_id = ?)",
        document,
        document,
        document);
  }

  /**
   * A document whose submissions are all at their end; whether somebody still looks for one of them
   * does not matter.
   */
  static boolean ended(List<Submission> submissions) {
    return submissions.stream()
        .filter(submission -> submission.purpose() != Purpose.LOOK_UP)
        .allMatch(submission -> submission.state().terminal());
  }

  /**
   * Whether something becomes of a submission by itself. One that waits for others does not: those
   * do. What is in doubt is looked up.
   */
  static boolean moves(Submission submission, List<Submission> all) {
    return switch (submission.state()) {
      case PREPARING, PLANNED, SENDING, IN_DOUBT -> true;
      case ACCEPTED ->
          all.stream()
              .noneMatch(
                  one ->
                      one.state() == SubmissionState.PARKED
                          && one.purpose() == Purpose.TRACKING
                          && one.parentId().equals(Optional.of(submission.id())));
      case WAITING, PARKED, DONE, PARTLY_DONE, REJECTED -> false;
    };
  }

  /** What a document's statements and queries amount to. */
  static DocumentState outcome(List<Submission> submissions) {
    boolean any = false;
    boolean refused = false;
    boolean partly = false;
    boolean states = submissions.stream().anyMatch(one -> one.purpose() == Purpose.STATEMENT);
    for (Submission submission : submissions) {
      if (submission.purpose() != Purpose.STATEMENT && submission.purpose() != Purpose.QUERY) {
        continue;
      }
      if (submission.purpose() == Purpose.QUERY && submission.state() == SubmissionState.REJECTED) {
        // A question is answered or not; that one of its requests was answered is no part of it.
        return DocumentState.REJECTED;
      }
      if (submission.purpose() == Purpose.QUERY && states) {
        // What had to be asked before the statement could be made.
        continue;
      }
      any |= submission.state() == SubmissionState.DONE;
      refused |= submission.state() == SubmissionState.REJECTED;
      partly |= submission.state() == SubmissionState.PARTLY_DONE;
    }
    if (partly || (any && refused)) {
      return DocumentState.PARTLY_DONE;
    }
    return refused ? DocumentState.REJECTED : DocumentState.DONE;
  }
}
