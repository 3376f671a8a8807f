package io.markbridge.journal;

/** The one place where the databases of the journal differ. */
public enum Dialect {
  /** One writer at a time by its nature: rows need no locks. */
  SQLITE(""),
  /** Several replicas claim side by side. */
  POSTGRESQL(" for update skip locked");

  private final String skipLocked;

  Dialect(String skipLocked) {
    this.skipLocked = skipLocked;
  }

  /** What ends the inner select of a claim. */
  String skipLocked() {
    return skipLocked;
  }

  /** The dialect of a JDBC address. */
  public static Dialect of(String jdbcUrl) {
    return jdbcUrl.startsWith("jdbc:sqlite:") ? SQLITE : POSTGRESQL;
  }
}
