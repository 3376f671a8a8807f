package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a backup heals, and what it does not. */
class SqliteFileTest {
  private static final long ROOM = 1L << 30;

  /** Each with all the cases that SQLite tells of it. */
  @ParameterizedTest
  @CsvSource({
    "SQLITE_PERM, RIGHTS",
    "SQLITE_AUTH, RIGHTS",
    "SQLITE_READONLY, RIGHTS",
    "SQLITE_CANTOPEN, RIGHTS",
    "SQLITE_BUSY, HELD",
    "SQLITE_LOCKED, HELD",
    "SQLITE_PROTOCOL, HELD",
    "SQLITE_FULL, FULL",
    "SQLITE_IOERR, DISK",
    "SQLITE_NOTADB, DAMAGED",
    "SQLITE_CORRUPT, DAMAGED"
  })
  void whatSqliteSaysIsToldApart(String code, SqliteTrouble trouble) {
    Pattern cases = Pattern.compile(code + "(_.*)?");
    assertThat(SQLiteErrorCode.values())
        .filteredOn(one -> cases.matcher(one.name()).matches())
        .isNotEmpty()
        .allSatisfy(
            one -> assertThat(SqliteTrouble.of(new SQLiteException("no", one))).contains(trouble));
  }

  @Test
  void whatOtherDatabasesSayIsNoneOfThese() {
    assertThat(SqliteTrouble.of(new SQLException("no", "08006", 14))).isEmpty();
    assertThat(SqliteTrouble.of(null)).isEmpty();
  }

  @Test
  void fullDiskIsToldHoweverItFails() {
    assertThat(SqliteTrouble.DISK.on(false, 0)).isEqualTo(SqliteTrouble.FULL);
    assertThat(SqliteTrouble.DISK.on(false, ROOM)).isEqualTo(SqliteTrouble.DISK);
    assertThat(SqliteTrouble.FULL.on(false, ROOM)).isEqualTo(SqliteTrouble.FULL);
  }

  @Test
  void readOnlyDiskIsNoMatterOfAnOwner() {
    assertThat(SqliteTrouble.RIGHTS.on(true, ROOM)).isEqualTo(SqliteTrouble.READ_ONLY);
    assertThat(SqliteTrouble.DISK.on(true, 0)).isEqualTo(SqliteTrouble.READ_ONLY);
    assertThat(SqliteTrouble.RIGHTS.on(false, 0)).isEqualTo(SqliteTrouble.RIGHTS);
  }

  @ParameterizedTest
  @EnumSource(
      value = SqliteTrouble.class,
      names = {"DAMAGED", "HELD"})
  void whatTheDiskDoesNotSayStays(SqliteTrouble trouble) {
    assertThat(trouble.on(true, 0)).isEqualTo(trouble);
  }

  @Test
  void journalThatAnotherProcessHoldsIsNotDamaged(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("markbridge.db");
    SqliteFile.create(file);
    try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = other.createStatement()) {
      statement.execute("begin exclusive");
      UnusableJournalException refused =
          catchThrowableOfType(
              UnusableJournalException.class,
              () -> SqliteFile.check(file, Long.MAX_VALUE, Duration.ofMillis(1)));
      assertThat(refused.trouble()).isEqualTo(SqliteTrouble.HELD);
      assertThat(refused).hasMessageContaining("locked");
    }
  }
}
