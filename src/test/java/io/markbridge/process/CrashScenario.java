package io.markbridge.process;

import io.markbridge.crash.CrashPoint;
import io.markbridge.journal.JournalCommit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How a process is brought to a point; most lie on the way of ordinary documents. */
enum CrashScenario {
  ORDINARY,
  /** A document that is stored in several commits. */
  LARGE("BEGIN_RECEIVING", "STORE_PAYLOAD"),
  /** A large file that grows while it is read. */
  GROWING("REMOVE_RECEIVED"),
  /** The folder for what planning writes aside is none. */
  UNPLANNABLE("GIVE_DOCUMENT_BACK"),
  /** The point is armed before the process starts, with work left by a crash. */
  AT_START("RECOVER"),
  /** Once a minute and once an hour; here more often. */
  TIMER("RECOVER_EXPIRED", "APPLY_RETENTION"),
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
  /**
   * Not here: {@code REMEMBER_ORDERS} is written by tests of other things only, {@code
   * SETTLE_DOUBT} for calls that cannot be looked up, of which no preset has one, {@code
   * GIVE_SUBMISSION_BACK} by a race only: what is claimed while another request meets an outage;
   * {@code RESTORE} has tests of its own, with the journal's file replaced.
   */
  NEVER("REMEMBER_ORDERS", "SETTLE_DOUBT", "GIVE_SUBMISSION_BACK", "RESTORE");

  private final Set<String> names;

  CrashScenario(String... names) {
    this.names = Set.of(names);
  }

  /** A point and how to get there. */
  record Planned(String point, CrashScenario scenario) {}

  /** All points of the program: a new one is ordinary until it is said otherwise here. */
  static List<Planned> all() {
    Stream<Planned> commits =
        Stream.of(JournalCommit.values())
            .flatMap(
                commit ->
                    Stream.of(commit.before(), commit.after())
                        .map(point -> new Planned(point, of(commit.name()))));
    Stream<Planned> others =
        Stream.of(CrashPoint.values()).map(point -> new Planned(point.name(), of(point.name())));
    return Stream.concat(commits, others).toList();
  }

  private static CrashScenario of(String name) {
    return Arrays.stream(values())
        .filter(one -> one.names.contains(name))
        .findFirst()
        .orElse(ORDINARY);
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
