package io.markbridge.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** The one place where the databases of the journal differ. */
public enum Dialect {
  /** One writer at a time by its nature: rows need no locks. */
  SQLITE("", ""),
  /** Several replicas write side by side. */
  POSTGRESQL(" for update", " for update skip locked");

  private static final String SQLITE_URL = "jdbc:sqlite:";

  /** What PostgreSQL refuses in a text: the character 0, and halves of pairs without the other. */
  private static final Pattern NOT_STORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private final String forUpdate;
  private final String skipLocked;

  Dialect(String forUpdate, String skipLocked) {
    this.forUpdate = forUpdate;
    this.skipLocked = skipLocked;
  }

  /** The dialect of a JDBC address. */
  public static Dialect of(String jdbcUrl) {
    return jdbcUrl.startsWith(SQLITE_URL) ? SQLITE : POSTGRESQL;
  }

  /** What ends a select whose rows must stay as they are until the transaction ends. */
  String forUpdate() {
    return forUpdate;
  }

  /** Whether several processes may work on one journal. */
  boolean shared() {
    return this == POSTGRESQL;
  }

  /**
   * Milliseconds now, in SQL: the server's where machines with clocks of their own write.
   *
   * @param ownClock of this process
   */
  String now(long ownClock) {
    return this == POSTGRESQL
        ? "(extract(epoch from clock_timestamp()) * 1000)::bigint"
        : Long.toString(ownClock);
  }

  /** What ends the inner select of a claim. */
  String skipLocked() {
    return skipLocked;
  }

  /**
   * Waits until no other transaction holds this name, and holds it until this one ends: for
   * decisions about rows that are not there yet.
   */
  void lock(Transaction transaction, String name) throws SQLException {
    if (this == POSTGRESQL) {
      transaction.list("select pg_advisory_xact_lock(?)", row -> name, number(name));
    }
  }

  /** A text as this database can keep it. */
  String text(String text) {
    return this == POSTGRESQL ? NOT_STORABLE.matcher(text).replaceAll("\uFFFD") : text;
  }

  /** Two names of one number only wait for each other. */
  private static long number(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How many bytes the database takes, in SQL. */
  String bytes() {
    return this == SQLITE
        ? "select page_count * page_size from pragma_page_count(), pragma_page_size()"
        : "select pg_database_size(current_database())";
  }

  /** What ends a select whose rows must not change before the commit. */
  String lockShared() {
    return this == SQLITE ? "" : " for share";
  }

  /** What ends a select whose rows this commit alone may change. */
  String lockRows() {
    return this == SQLITE ? "" : " for update";
  }
}
