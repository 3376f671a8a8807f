package io.markbridge.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What only one of several processes does at a time, since its files lie on one volume for all: it
 * leads for a term, which ends with its life or when it leaves. On SQLite the one process always
 * leads.
 */
public final class Leads {
  /** Reading the inbox and writing the replies. */
  public static final String FILES = "files";

  private static final List<String> ALL = List.of(FILES);

  private final Database database;
  private final Replicas replicas;
  private final String own;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /**
   * @param own the id of this process
   */
  Leads(Database database, Replicas replicas, String own) {
    this.database = database;
    this.replicas = replicas;
    this.own = own;
  }

  /**
   * One time of leading.
   *
   * @param number grows with each
   */
  public record Term(String name, long number) {}

  private record Held(Term term, Lifetime lifetime) {}

  /**
   * Renews what this process leads, and takes what nobody leads; after its life is renewed.
   *
   * @throws JournalException when the journal does not take it: the terms so far go on to their end
   */
  public void renew(Duration aliveFor) {
    if (!replicas.shared() || !replicas.alive(Duration.ZERO)) {
      return;
    }
    for (String name : ALL) {
      Lifetime.Moment began = replicas.began();
      Found found = database.write(JournalCommit.RENEW_LEADS, work -> renew(work, name, aliveFor));
      if (found.term().isPresent()) {
        held.put(name, new Held(found.term().get(), replicas.begun(began, aliveFor)));
      } else if (!found.busy()) {
        held.remove(name);
      }
    }
  }

  /**
   * @param busy another transaction has the row just now: nobody waits for one that sleeps
   */
  private record Found(Optional<Term> term, boolean busy) {}

  private Found renew(Transaction transaction, String name, Duration aliveFor) throws SQLException {
    String now = replicas.now();
    transaction.update(
        "insert into leads (name, replica, term, held_until) values (?, '', 0, 0) on conflict (name) do nothing",
        name);
    if (transaction
        .first(
            "select name from leads where name = ?" + transaction.dialect().skipLocked(),
            row -> name,
            name)
        .isEmpty()) {
      return new Found(Optional.empty(), true);
    }
    return new Found(
        transaction.first(
            "update leads set term = case when replica = ? and held_until > "
                + now
                + " then term else term + 1 end, replica = ?, held_until = "
                + now
                + " + ? where name = ? and (replica = ? or held_until <= "
                + now
                + ") returning term",
            row -> new Term(name, row.getLong(1)),
            own,
            own,
            aliveFor.toMillis(),
            name,
            own),
        false);
  }

  /**
   * The term in which this process leads now.
   *
   * @param atLeast for how long it surely goes on
   */
  public Optional<Term> held(String name, Duration atLeast) {
    if (!replicas.alive(atLeast)) {
      return Optional.empty();
    }
    return replicas.shared()
        ? Optional.ofNullable(held.get(name))
            .filter(one -> one.lifetime().lasts(atLeast))
            .map(Held::term)
        : Optional.of(new Term(name, 0));
  }

  /**
   * Lets a transaction pass only in this term; it stays so until the transaction ends.
   *
   * @throws SQLException when this process leads no more, or again in another term
   */
  void fence(Transaction transaction, Term term) throws SQLException {
    if (!replicas.shared()) {
      return;
    }
    boolean leads =
        transaction
            .first(
                "select name from leads where name = ? and replica = ? and term = ? and held_until > "
                    + replicas.now()
                    + " for share",
                row -> row.getString(1),
                term.name(),
                own,
                term.number())
            .isPresent();
    if (!leads) {
      throw new SQLException("another process has taken the lead of " + term.name());
    }
  }

  /** Others may lead at once. */
  void release(Transaction transaction) throws SQLException {
    transaction.update("update leads set held_until = 0 where replica = ?", own);
  }
}
