package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.mapping.MappedDocument;
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
            SubmissionRows.insert(transaction, document.id(), submission);
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
    PlannedBodies.hold(transaction, journal, document.id());
    Documents.describe(transaction, document);
    transaction.update(
        "update documents set state = 'PLANNED', content_key = ?, order_number = ?, problems = null, lease_owner = null, lease_until = 0"
            + " where id = ?",
        contentKey,
        orderNumber,
        document.id());
    Timeline.add(transaction, journal, document.id(), null, "planned", note);
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
    return database.read(
        "reading submissions", transaction -> SubmissionRows.of(transaction, document));
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
}
