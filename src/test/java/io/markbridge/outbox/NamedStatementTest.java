package io.markbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NamedStatementTest {
  @Test
  void parametersAreNotLookedForInTextsCommentsAndCasts() {
    NamedStatement statement =
        NamedStatement.read(
            "-- :no; it's a comment\nselect ':no' as \"a:no\", `b:no` /* :no */, x::text from t\n where a = :one and b < :two and c = :one;\n");

    assertThat(statement.parameters()).containsExactly("one", "two", "one");
    assertThat(statement.sql())
        .isEqualTo(
            "select ':no' as \"a:no\", `b:no`  , x::text from t\n where a = ? and b < ? and c = ?");
  }

  @Test
  void aBlockKeepsTheSemicolonAtItsEnd() {
    assertThat(NamedStatement.read("-- once\ndeclare n number; begin f(:id); end;\n").sql())
        .isEqualTo("declare n number; begin f(?); end;");
    assertThat(NamedStatement.read("BEGIN f(:id); END;").sql()).isEqualTo("BEGIN f(?); END;");
    assertThat(NamedStatement.read("update t set beginning = 1 ; ").sql())
        .isEqualTo("update t set beginning = 1 ");
  }

  @ParameterizedTest
  @EnumSource(OutboxDatabase.class)
  void everyDatabaseHasEveryStatement(OutboxDatabase database) throws IOException {
    Statements statements = new Statements(SiteFiles.here(), database, Optional.empty());
    for (Statements.Name name : Statements.Name.values()) {
      assertThat(statements.get(name).sql()).as(name.name()).isNotBlank();
    }
  }

  @Test
  void aSitesOwnStatementWinsAndMayNameWhatThereIsOnly(@TempDir Path folder) throws IOException {
    Path own = Files.createDirectories(folder.resolve("config/sql/erp"));
    Files.writeString(own.resolve("row.sql"), "select d from mine where k = :id");
    Statements statements =
        new Statements(new SiteFiles(folder), OutboxDatabase.SQLITE, Optional.of("erp"));
    assertThat(statements.get(Statements.Name.ROW).sql())
        .isEqualTo("select d from mine where k = ?");
    assertThat(statements.get(Statements.Name.CLAIM).sql()).contains("markbridge_outbox");

    Files.writeString(
        own.resolve("claim.sql"), "update mine set o = :owner, x = :hwo where k = :id");
    assertThatThrownBy(
            () -> new Statements(new SiteFiles(folder), OutboxDatabase.SQLITE, Optional.of("erp")))
        .hasMessage(
            "reading config/sql/erp/claim.sql: no value for :hwo; there are :id, :lease, :owner");
  }
}
