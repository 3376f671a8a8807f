package io.markbridge.journal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Which of the processes that work on one journal are alive (design decision 4). Each renews its
 * life by a heartbeat; what one holds that no longer lives is taken over. The database's clock
 * decides, so that the clocks of their machines may differ; each knows by itself until when its own
 * life surely lasts.
 *
 * <p>On SQLite there is one process, which a lock file guarantees: it lives until it leaves.
 */
public final class Replicas {
  private final Database database;
  private final String own;
  private final Clock clock;
  private final LongSupplier nanos;
  private volatile Lifetime life;
  private volatile DatabaseTime databaseTime;
  private volatile boolean left;

  /**
   * @param own the id of this process
   * @param nanos a time of this process that never jumps, in nanoseconds
   */
  Replicas(Database database, String own, Clock clock, LongSupplier nanos) {
    this.database = database;
    this.own = own;
    this.clock = clock;
    this.nanos = nanos;
    this.life = begun(began(), Duration.ZERO);
  }

  private record DatabaseTime(long millis, long atNanos) {}

  /**
   * The heartbeat: this process lives for so long from now on.
   *
   * @throws JournalException when the journal does not take it: the life so far goes on to its end
   */
  public void renew(Duration aliveFor) {
    if (!shared() || left) {
      return;
    }
    Lifetime.Moment began = began();
    boolean unbroken = database.write(JournalCommit.RENEW_LIFE, work -> renew(work, aliveFor));
    if (unbroken) {
      life.renew(began, aliveFor);
    } else {
      life = begun(began, aliveFor);
    }
  }

  private boolean renew(Transaction transaction, Duration aliveFor) throws SQLException {
    boolean unbroken =
        transaction.update(
                "update replicas set alive_until = "
                    + now()
                    + " + ? where id = ? and alive_until > "
                    + now(),
                aliveFor.toMillis(),
                own)
            > 0;
    if (!unbroken) {
      transaction.update(
          "insert into replicas (id, alive_until) values (?, "
              + now()
              + " + ?) on conflict (id) do update set alive_until = excluded.alive_until",
          own,
          aliveFor.toMillis());
    }
    long told = transaction.count("select " + now());
    databaseTime = new DatabaseTime(told, nanos.getAsLong());
    return unbroken;
  }

  /** Whether this process has become one of them; a person's command never does. */
  public boolean joined() {
    return databaseTime != null;
  }

  /** Whether this process surely lives for at least so long. */
  public boolean alive(Duration atLeast) {
    return !left && (!shared() || life.lasts(atLeast));
  }

  /**
   * Whether something is so, and this process was alive all the time while it was asked and stays
   * so for a while. One that slept meanwhile and was given up lives again after its next heartbeat,
   * but what it held before it may hold no more.
   */
  boolean whileAlive(Duration atLeast, BooleanSupplier something) {
    Lifetime before = life;
    return alive(atLeast) && something.getAsBoolean() && life == before && alive(atLeast);
  }

  /**
   * The database's time in nanoseconds as the last heartbeat told it, never ahead of it: the one
   * clock of all replicas.
   *
   * @throws IllegalStateException before the first heartbeat
   */
  public long databaseNanos() {
    DatabaseTime known = databaseTime;
    if (known == null) {
      throw new IllegalStateException("no heartbeat has told the time of the database yet");
    }
    return known.millis() * 1_000_000 + (nanos.getAsLong() - known.atNanos());
  }

  /** From here on this process claims, renews and sends nothing. */
  void leave() {
    left = true;
  }

  /** Removes those that no longer live: whatever they held is taken over in the same commit. */
  void forgetDead(Transaction transaction) throws SQLException {
    transaction.update("delete from replicas where alive_until <= " + now());
  }

  /** Removes this process. */
  void forgetOwn(Transaction transaction) throws SQLException {
    transaction.update("delete from replicas where id = ?", own);
  }

  /** Milliseconds now, in SQL. */
  String now() {
    return database.dialect().now(clock.millis());
  }

  /** A condition in SQL: what this column names is a process that no longer lives. */
  String dead(String column) {
    return "("
        + column
        + " <> '"
        + own
        + "' and not exists (select 1 from replicas where replicas.id = "
        + column
        + " and alive_until > "
        + now()
        + "))";
  }

  /** Whether several processes may work on this journal. */
  boolean shared() {
    return database.dialect().shared();
  }

  Lifetime.Moment began() {
    return new Lifetime.Moment(nanos.getAsLong(), clock.millis());
  }

  Lifetime begun(Lifetime.Moment began, Duration lasts) {
    return new Lifetime(nanos, clock, began, lasts);
  }
}
