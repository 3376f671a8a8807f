package io.markbridge.journal;

import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What is to be mended where a journal in an SQLite file cannot be used. A backup heals the damaged
 * one alone: whoever restores it for any of the others loses what happened since.
 */
public enum SqliteTrouble {
  /** What the file holds is not whole. */
  DAMAGED,
  /** This process may not open or write it. */
  RIGHTS,
  /** The file system takes no writing. */
  READ_ONLY,
  /** Another process has locked it. */
  HELD,
  /** There is no room for what has to be written. */
  FULL,
  /** The disk or the file system fails. */
  DISK;

  /** An extended result code has the one that it is a case of in its low byte. */
  private static final int PRIMARY = 0xff;

  private static final long NO_ROOM = 64L * 1024;

  /** Empty for what says nothing about the file. */
  public static Optional<SqliteTrouble> of(Throwable failure) {
    return failure instanceof SQLiteException refused
        ? of(SQLiteErrorCode.getErrorCode(refused.getResultCode().code & PRIMARY))
        : Optional.empty();
  }

  private static Optional<SqliteTrouble> of(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_AUTH -> Optional.of(RIGHTS);
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> Optional.of(HELD);
      case SQLITE_FULL -> Optional.of(FULL);
      case SQLITE_IOERR -> Optional.of(DISK);
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> Optional.of(DAMAGED);
      // Of memory, of the program: nothing about the file.
      default -> Optional.empty();
    };
  }

  /**
   * The same with what is known of the disk: a full one and a read-only one fail in many ways.
   *
   * @param usable bytes that it can still take
   */
  public SqliteTrouble on(boolean readOnlyDisk, long usable) {
    if (readOnlyDisk && (this == RIGHTS || this == DISK)) {
      return READ_ONLY;
    }
    return this == DISK && usable < NO_ROOM ? FULL : this;
  }
}
