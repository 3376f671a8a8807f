package io.markbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every statement, said once to a real database of each kind, changes nothing. */
class OutboxTrialTest {
  private static final String OWN = "config/sql/erp/";

  @TempDir Path folder;

  private Map<String, String> tried(String url) throws IOException, SQLException {
    Map<String, String> settings =
        Map.of("markbridge.outbox.erp.url", url, "markbridge.outbox.erp.statements", "erp");
    Outbox outbox =
        Outbox.all(
                new Settings(
                    new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(settings, "test", 500))
                        .build()))
            .get(0);
    return new OutboxTrial(outbox, new SiteFiles(folder)).run();
  }

  private void write(String statement, String sql) throws IOException {
    Path file = folder.resolve("config/sql/erp/" + statement);
    Files.createDirectories(file.getParent());
    Files.writeString(file, sql);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL", "MARIADB"})
  void ownStatementsFitOwnTablesAndChangeNothing(OutboxDatabase database) throws Exception {
    TestOutbox outbox = TestOutbox.of(database, folder);
    String row = outbox.insert("key", "{}");

    assertThat(tried(outbox.url())).isEmpty();

    assertThat(outbox.value(row, "state")).isEqualTo("NEW");
    assertThat(outbox.value(row, "attempts")).isEqualTo("0");
    assertThat(outbox.value(row, "lease_owner")).isNull();
    assertThat(outbox.answers(row)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL", "MARIADB"})
  void aStatementThatDoesNotFitIsToldWithItsFile(OutboxDatabase database) throws Exception {
    TestOutbox outbox = TestOutbox.of(database, folder);
    write("due.sql", "select id, attempts, payload as piece from markbridge_outbox limit :batch");
    write("claim.sql", "update markbridge_outbx set lease_owner = :owner where id = :id");
    write("renew.sql", "update markbridge_outbox set lease_til = :lease where id = :id");
    write("row.sql", "update markbridge_outbox set document = document where id = :id");
    write("taken.sql", "selct 1");

    Map<String, String> refused = tried(outbox.url());

    assertThat(refused)
        .containsOnlyKeys(
            OWN + "due.sql",
            OWN + "claim.sql",
            OWN + "renew.sql",
            OWN + "row.sql",
            OWN + "taken.sql");
    assertThat(refused.get(OWN + "due.sql")).contains("no column payload_size");
    assertThat(refused.get(OWN + "claim.sql")).contains("markbridge_outbx");
    assertThat(refused.get(OWN + "renew.sql")).contains("lease_til");
    assertThat(refused.get(OWN + "row.sql")).contains("it changes rows");
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void missingRightsAreTold(OutboxDatabase database) throws Exception {
    TestOutbox outbox = TestOutbox.of(database, folder);
    outbox.execute("revoke insert on markbridge_outbox_answers from markbridge");

    assertThat(tried(outbox.url()))
        .containsOnlyKeys("config/sql/" + database.folder() + "/codes.sql");
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aDatabaseThatIsNotThereIsTold(OutboxDatabase database) {
    String url =
        database == OutboxDatabase.SQLITE
            ? "jdbc:sqlite:" + folder.resolve("none.db")
            : "jdbc:postgresql://127.0.0.1:1/none?user=u";

    assertThatThrownBy(() -> tried(url)).isInstanceOf(SQLException.class);
    assertThat(folder.resolve("none.db")).doesNotExist();
  }
}
