package io.markbridge.process;

import io.markbridge.crash.CrashPoint;
import io.markbridge.journal.JournalCommit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How a process is brought to a point; most lie on the way of ordinary documents. */
enum CrashScenario {
  ORDINARY,
  /** Documents that are stored, planned and forgotten in several commits. */
  LARGE("BEGIN_RECEIVING", "STORE_PAYLOAD", "STORE_CODES", "FORGET_CODES"),
  /** A large file that shrinks while it is read. */
  SHRINKING("REMOVE_RECEIVED"),
  /** The folder for what planning writes aside is none. */
  UNPLANNABLE("GIVE_DOCUMENT_BACK"),
  /** The point is armed before the process starts, with work left by a crash. */
  AT_START("RECOVER"),
  /** What comes by the clock alone; here more often. */
  TIMER("RECOVER_EXPIRED", "RENEW_LIFE", "RENEW_LEADS"),
  /** A document of many years ago. */
  OLD("APPLY_RETENTION"),
  /** An aggregation waits longer than it may for a report that the operator does not take yet. */
  LATE("END_WAIT"),
  /** The operator closes a limit. */
  OVER_LIMIT("PAUSE"),
  /** SIGTERM. */
  STOPPED("HAND_OVER"),
  /** The token of the account has ended. */
  TOKEN_ENDED("LOGIN_LEAVES", "LOGIN_ANSWERED"),
  /** Answers get lost, without a crash. */
  ANSWERS_LOST("BEGIN_LOOK_UP"),
  /** {@code replay ID} of a rejected document, beside the running bridge. */
  REPLAY("REPLAY"),
  /** {@code replay ID --as done} of a held document. */
  REPLAY_AS_DONE("REPLAY_AS_DONE"),
  /** {@code replay ID --as new} of a held order. */
  REPLAY_AS_NEW("REPLAY_AS_NEW"),
  /** {@code replay ID --as sent} of what could not be found out. */
  REPLAY_AS_SENT("REPLAY_AS_SENT"),
  /** {@code replay ID --as not-sent} of the same. */
  REPLAY_AS_NOT_SENT("REPLAY_AS_NOT_SENT"),
  /** {@code memory import}. */
  IMPORT("IMPORT_ORDERS"),
  /** Not on the way of any process here, for a reason. */
  NEVER;

  /** Why no process here gets to a commit, and which test looks at it instead. */
  private static final Map<String, String> NOT_ON_THE_WAY =
      Map.of(
          "REMEMBER_ORDERS", "only tests of other things write it",
          "SETTLE_DOUBT", "every call of the preset can be looked up, see LostOrdersTest",
          "RESTORE", "the journal's file must be an older copy, see RestoredJournalIT",
          "GIVE_SUBMISSION_BACK",
              "its limit is closed between its claim and its request, see OutageTest and ReplicasTest",
          "LEAVE_TO_OLDER", "a race of two replicas, see EarlierDocumentsTest",
          "RELEASE_ROWS", "there is no outbox here, see OutboxTest and OutboxKilledIT",
          "DISCARD_ROWS", "two bridges and one row, see OutboxTest",
          "REPLY_AGAIN", "a replica that lost its lead while it wrote a reply",
          "GIVE_DOCUMENTS_BACK",
              "a stop between two documents of one claim, see ClaimsTest and ReplicasTest");

  private static final Set<String> OF_REPLICAS = Set.of("RENEW_LIFE", "RENEW_LEADS", "PAUSE");

  private final Set<String> names;

  CrashScenario(String... names) {
    this.names = Set.of(names);
  }

  /**
   * A point and how to get there.
   *
   * @param reason why it is not on the way; empty where it is
   */
  record Planned(String point, CrashScenario scenario, String reason) {}

  /**
   * All points of the program: a new one is ordinary until it is said otherwise here.
   *
   * @param shared whether replicas may share the journal
   */
  static List<Planned> all(boolean shared) {
    Stream<Planned> commits =
        Stream.of(JournalCommit.values())
            .flatMap(
                commit ->
                    Stream.of(commit.before(), commit.after())
                        .map(point -> planned(point, commit.name(), shared)));
    Stream<Planned> others =
        Stream.of(CrashPoint.values()).map(point -> planned(point.name(), point.name(), shared));
    return Stream.concat(commits, others).toList();
  }

  private static Planned planned(String point, String name, boolean shared) {
    String reason =
        !shared && OF_REPLICAS.contains(name)
            ? "only where replicas share the journal, on PostgreSQL"
            : NOT_ON_THE_WAY.getOrDefault(name, "");
    CrashScenario scenario =
        Arrays.stream(values())
            .filter(one -> one.names.contains(name))
            .findFirst()
            .orElse(ORDINARY);
    return new Planned(point, reason.isEmpty() ? scenario : NEVER, reason);
  }

  /** Whether it is a command, and not the bridge, that ends. */
  boolean ofPerson() {
    return switch (this) {
      case REPLAY, REPLAY_AS_DONE, REPLAY_AS_NEW, REPLAY_AS_SENT, REPLAY_AS_NOT_SENT, IMPORT ->
          true;
      default -> false;
    };
  }
}
