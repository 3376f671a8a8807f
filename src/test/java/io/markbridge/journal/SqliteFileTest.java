package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a backup heals, and what the owner of a file heals. */
class SqliteFileTest {
  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      mode = Mode.MATCH_ANY,
      names = {
        "SQLITE_PERM",
        "SQLITE_AUTH(_.*)?",
        "SQLITE_READONLY(_.*)?",
        "SQLITE_CANTOPEN(_.*)?"
      })
  void whatMayNotBeOpenedIsAMatterOfRights(SQLiteErrorCode code) {
    assertThat(SqliteFile.lacksRights(new SQLiteException("no", code))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      mode = Mode.MATCH_ANY,
      names = {"SQLITE_NOTADB", "SQLITE_CORRUPT(_.*)?", "SQLITE_IOERR(_.*)?", "SQLITE_BUSY(_.*)?"})
  void whatIsReadAndWrongIsNot(SQLiteErrorCode code) {
    assertThat(SqliteFile.lacksRights(new SQLiteException("no", code))).isFalse();
  }

  @Test
  void whatOtherDatabasesSayIsNot() {
    assertThat(SqliteFile.lacksRights(new SQLException("no", "08006", 14))).isFalse();
    assertThat(SqliteFile.lacksRights(null)).isFalse();
  }
}
