package io.markbridge.outbox;

import java.sql.SQLException;

/** A statement of an outbox failed: the message says which file it came from. */
public final class StatementException extends SQLException {
  private static final long serialVersionUID = 1L;

  private StatementException(String file, SQLException cause) {
    super(
        file + " failed: " + cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
  }

  /**
   * @param file below the site's folder: {@code config/sql/…}
   * @param failure of a batch, what the database said is behind it; its own message may hold all
   *     values of the batch
   */
  static StatementException of(String file, SQLException failure) {
    SQLException said = failure.getNextException();
    return new StatementException(file, said == null ? failure : said);
  }
}
