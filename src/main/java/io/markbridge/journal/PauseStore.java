package io.markbridge.journal;

import java.time.Duration;
import java.util.List;

/** Pauses that all replicas know of, by the database's clock. */
public final class PauseStore {
  private final Journal journal;

  PauseStore(Journal journal) {
    this.journal = journal;
  }

  /**
   * A pause.
   *
   * @param lasts from now on
   */
  public record Paused(String name, Duration lasts, String reason) {}

  /** All that last now; none for a process that is no replica, such as a person's command. */
  public List<Paused> lasting() {
    if (!journal.replicas().joined()) {
      return List.of();
    }
    String now = journal.replicas().now();
    return journal
        .database()
        .read(
            "looking for pauses",
            transaction ->
                transaction.list(
                    "select name, paused_until - "
                        + now
                        + ", reason from pauses where paused_until > "
                        + now,
                    row ->
                        new Paused(
                            row.getString(1),
                            Duration.ofMillis(row.getLong(2)),
                            row.getString(3))));
  }

  /** Lasts so long from now on, or longer where it does so already. */
  public void pause(String name, Duration lasts, String reason) {
    if (!journal.replicas().joined()) {
      return;
    }
    String now = journal.replicas().now();
    journal
        .database()
        .change(
            JournalCommit.PAUSE,
            transaction ->
                transaction.update(
                    "insert into pauses (name, paused_until, reason) values (?, "
                        + now
                        + " + ?, ?) on conflict (name) do update set paused_until = excluded.paused_until,"
                        + " reason = excluded.reason where pauses.paused_until < excluded.paused_until",
                    name,
                    lasts.toMillis(),
                    reason));
  }
}
