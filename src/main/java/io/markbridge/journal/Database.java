package io.markbridge.journal;

import io.markbridge.crash.CrashSwitch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** Runs work in transactions of the journal's database. */
public final class Database {
  private final DataSource reader;
  private final Dialect dialect;
  private final Commits commits;

  /**
   * @param writer for SQLite a pool of exactly one connection: it has one writer at a time
   * @param reader may be the same as the writer
   */
  public Database(DataSource writer, DataSource reader, Dialect dialect) {
    this.reader = reader;
    this.dialect = dialect;
    this.commits =
        switch (dialect) {
          case SQLITE -> new GroupCommit(writer, dialect);
          case POSTGRESQL -> new SeparateCommits(writer, dialect);
        };
  }

  /**
   * Work inside a transaction; it may be given up by an exception. It may be run again when nothing
   * of it stayed, so it changes nothing but the transaction.
   */
  @FunctionalInterface
  public interface Work<T> {
    T run(Transaction transaction) throws SQLException;
  }

  /** Work inside a transaction that gives nothing back. */
  @FunctionalInterface
  public interface Change {
    void run(Transaction transaction) throws SQLException;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Runs a change and commits it. */
  public void change(JournalCommit commit, Change change) {
    write(
        commit,
        transaction -> {
          change.run(transaction);
          return null;
        });
  }

  /** Runs work that writes and commits it; when it throws, nothing of it stays. */
  public <T> T write(JournalCommit commit, Work<T> work) {
    AtomicReference<Object> touched = new AtomicReference<>();
    T result =
        commit(
            commit,
            transaction -> {
              T made = work.run(transaction);
              touched.set(transaction.touched());
              CrashSwitch.reached(commit.before(), transaction.touched());
              return made;
            });
    CrashSwitch.reached(commit.after(), touched.get());
    return result;
  }

  private <T> T commit(JournalCommit commit, Work<T> work) {
    try {
      return commits.run(work);
    } catch (SQLException failure) {
      throw new JournalException(commit.doing(), failure);
    }
  }

  /** Runs work that only reads; again where its connection broke. */
  public <T> T read(String doing, Work<T> work) {
    try {
      return Repeats.run(() -> readOnce(work));
    } catch (SQLException failure) {
      throw new JournalException(doing, failure);
    }
  }

  private <T> T readOnce(Work<T> work) throws SQLException, Repeats.LeftNothingException {
    try (Connection connection = reader.getConnection()) {
      return work.run(new Transaction(connection, dialect));
    } catch (SQLException failure) {
      if (Repeats.broken(failure)) {
        throw new Repeats.LeftNothingException(failure);
      }
      throw failure;
    }
  }
}
