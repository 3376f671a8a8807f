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
  private static final int MOST_RUNS = 5;

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
      for (int run = 1; run < MOST_RUNS; run++) {
        try {
          return once(work);
        } catch (LeftNothingException again) {
          // The next run throws what hinders it too.
        }
      }
      return once(work);
    } catch (LeftNothingException failure) {
      throw failure.cause();
    } finally {
      inside.remove();
    }
  }

  private <T> T once(Database.Work<T> work) throws SQLException, LeftNothingException {
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
      if (givenUp(failure) || (!asked && broken(failure))) {
        throw new LeftNothingException(failure);
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

  /** Serialization failure, deadlock: the server has rolled back. */
  private static boolean givenUp(SQLException failure) {
    return "40001".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState());
  }

  /** No connection, or a server that shuts down. */
  private static boolean broken(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** Nothing of a work was committed, for a reason that may be gone now. */
  private static final class LeftNothingException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SQLException cause;

    private LeftNothingException(SQLException cause) {
      super(cause);
      this.cause = cause;
    }

    private SQLException cause() {
      return cause;
    }
  }
}
