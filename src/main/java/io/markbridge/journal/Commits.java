package io.markbridge.journal;

import java.sql.SQLException;

/** How works become commits. */
interface Commits {
  /**
   * Runs work and returns when it is committed; when it throws, nothing of it stays.
   *
   * @throws IllegalStateException inside of another work
   */
  <T> T run(Database.Work<T> work) throws SQLException;
}
