package io.markbridge.journal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Commits each work by itself, several side by side: PostgreSQL keeps them apart and shares the
 * wait for the disk.
 *
 * <p>Work that certainly left nothing is run again: where the database gave it up for the sake of
 * another transaction, and where the connection broke before the commit was asked for. A connection
 * that breaks while the commit is on its way leaves open what became of it, so that failure is
 * thrown: whoever asked looks into the journal before doing it again.
 */
final class SeparateCommits implements Commits {
  private final DataSource writer;
  private final Dialect dialect;
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  SeparateCommits(DataSource writer, Dialect dialect) {
    this.writer = writer;
    this.dialect = dialect;
  }

  @Override
  public <T> T run(Database.Work<T> work) throws SQLException {
    if (inside.get()) {
      throw new IllegalStateException("a transaction of the journal inside another one");
    }
    inside.set(true);
    try {
      return Repeats.run(() -> once(work));
    } finally {
      inside.remove();
    }
  }

  private <T> T once(Database.Work<T> work) throws SQLException, Repeats.LeftNothingException {
    boolean asked = false;
    try (Connection connection = writer.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(new Transaction(connection, dialect));
        asked = true;
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error failure) {
        // Also where memory ran out: turning auto-commit on again would commit the half.
        rollBack(connection, failure);
        throw failure;
      } finally {
        endTransaction(connection);
      }
    } catch (SQLException failure) {
      if (Repeats.givenUp(failure) || (!asked && Repeats.broken(failure))) {
        throw new Repeats.LeftNothingException(failure);
      }
      throw failure;
    }
  }

  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      // The server rolls back what a lost connection began.
      failure.addSuppressed(broken);
    }
  }

  private static void endTransaction(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.setAutoCommit(true);
    }
  }
}
