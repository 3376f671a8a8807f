package io.markbridge.journal;

import java.sql.SQLException;

/** Runs again what certainly left nothing in the database, for a reason that may be gone now. */
final class Repeats {
  private static final int MOST_RUNS = 5;

  private Repeats() {}

  /** Something that tells whether it left nothing. */
  @FunctionalInterface
  interface Run<T> {
    T run() throws SQLException, LeftNothingException;
  }

  /** A failure after which nothing stays. */
  static final class LeftNothingException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SQLException failure;

    LeftNothingException(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  static <T> T run(Run<T> run) throws SQLException {
    for (int runs = 1; ; runs++) {
      try {
        return run.run();
      } catch (LeftNothingException again) {
        if (runs == MOST_RUNS) {
          throw again.failure;
        }
      }
    }
  }

  /** Serialization failure, deadlock: the server has rolled back for the sake of another one. */
  static boolean givenUp(SQLException failure) {
    return "40001".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState());
  }

  /** No connection, or a server that shuts down. */
  static boolean broken(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return state.startsWith("08") || state.startsWith("57P");
  }
}
