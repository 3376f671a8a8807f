package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.cli.check.CheckCommand;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalSchema;
import io.markbridge.journal.PostgresqlSource;
import io.markbridge.process.PostgresServer;
import io.markbridge.settings.Settings;
import io.markbridge.step.JournalMigration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

/** A journal of every earlier version, with documents in it, goes on as one of this version. */
class UpgradeTest {
  private static final String DOCUMENT = "019aa000-0000-7000-8000-000000000001";
  private static final String SUBMISSION = "019aa000-0000-7000-8000-000000000002";
  private static final String BODY = "{\"of\":\"the first version\"}";

  @TempDir Path directory;

  static Stream<Arguments> earlierVersions() {
    List<Arguments> all = new ArrayList<>();
    for (Dialect dialect : Dialect.values()) {
      for (int version = 1; version < JournalSchema.VERSION; version++) {
        all.add(Arguments.of(dialect, version));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("earlierVersions")
  void journalOfAnEarlierVersionGoesOn(Dialect dialect, int version) throws Exception {
    try (CommandHarness harness = new CommandHarness(directory)) {
      String url = empty(harness, dialect);
      migrate(url, "1");
      fill(url);
      migrate(url, Integer.toString(version));
      assertThatThrownBy(() -> harness.journal()).hasMessageContaining("an older version");
      assertThat(check(harness).status()).as(check(harness).output()).isZero();
      assertThat(check(harness).output())
          .containsPattern(
              "journal +WARNING +.*older version.*\\(schema "
                  + version
                  + "\\); the start of the bridge brings it up to date");
      upgrade(url, dialect);
      assertThat(check(harness).output()).containsPattern("journal +OK ");

      Journal journal = harness.journal();
      Document document = journal.documents().find(DOCUMENT).orElseThrow();
      assertThat(document.state()).isEqualTo(DocumentState.PLANNED);
      try (InputStream payload = journal.chunks().payload(DOCUMENT, BODY.length(), 0).open()) {
        assertThat(payload).hasContent(BODY);
      }
      Submission submission = journal.submissions().of(DOCUMENT).get(0);
      assertThat(submission.state()).isEqualTo(SubmissionState.PLANNED);
      assertThat(journal.documents().timeline(DOCUMENT)).hasSize(1);
      journal.documents().note(DOCUMENT, "upgraded", "");
      assertThat(journal.documents().timeline(DOCUMENT)).hasSize(2);
    }
  }

  /** As a site does it between the installation and the start of a new version. */
  private static CommandHarness.Result check(CommandHarness harness) {
    return CommandHarness.run(
        new CheckCommand(
            harness.workplace(Map.of("MARKBRIDGE_ACCOUNTS_DEFAULT_API_KEY", "key")),
            path -> 1L << 40,
            (host, port) -> {}));
  }

  private String empty(CommandHarness harness, Dialect dialect) throws IOException {
    if (dialect == Dialect.POSTGRESQL) {
      String url = PostgresServer.shared().newDatabase();
      harness.withDatabase(url);
      return url;
    }
    Files.createDirectories(harness.journalFile().getParent());
    return "jdbc:sqlite:" + harness.journalFile();
  }

  private static void migrate(String url, String target) {
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target(MigrationVersion.fromVersion(target))
        .load()
        .migrate();
  }

  /** As the start does it. */
  private static void upgrade(String url, Dialect dialect) {
    DataSource source = source(url, dialect);
    new JournalMigration(source, new Database(source, source, dialect)).bringUpToDate();
  }

  private static DataSource source(String url, Dialect dialect) {
    if (dialect == Dialect.POSTGRESQL) {
      return PostgresqlSource.of(url, Optional.empty(), Optional.empty(), false);
    }
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(url);
    return source;
  }

  /** As the first version wrote it: a document whose request is planned. */
  private static void fill(String url) throws Exception {
    String hex = java.util.HexFormat.of().formatHex(BODY.getBytes(StandardCharsets.UTF_8));
    String bytes = url.startsWith("jdbc:sqlite") ? "x'" + hex + "'" : "'\\x" + hex + "'";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into documents (id, source, source_path, reply_name, account, product_group, kind, parameters, given,"
              + " body_offset, state, size, received_at, next_attempt_at, attempts, lease_until, change_number,"
              + " replied_number) values ('"
              + DOCUMENT
              + "', 'file', 'pharma/old.json', 'pharma/old', 'default', 'pharma', 'order', '{}', '{}', 0, 'PLANNED', "
              + BODY.length()
              + ", 1700000000000, 0, 0, 0, 1, 0)");
      statement.execute(
          "insert into submissions (id, document_id, number, level, purpose, call, account, bucket, path_values,"
              + " query, state, size, codes, attempts, next_attempt_at, lease_until) values ('"
              + SUBMISSION
              + "', '"
              + DOCUMENT
              + "', 1, 0, 'STATEMENT', 'order', 'default', 'post', '{}', '{}', 'PLANNED', 0, 0, 0, 0, 0)");
      statement.execute(
          "insert into chunks (owner_id, ordinal, bytes) values ('"
              + DOCUMENT
              + "', 0, "
              + bytes
              + ")");
      statement.execute(
          "insert into timeline (id, document_id, at, event, detail) values"
              + " ('019aa000-0000-7000-8000-000000000003', '"
              + DOCUMENT
              + "', 1700000000000, 'received', 'then')");
    }
  }

  @Test
  void versionThatTheProgramKnowsIsTheNewestMigration() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(files.map(file -> "db/migration/" + file.getFileName()).sorted())
          .containsExactlyElementsOf(JournalSchema.MIGRATIONS);
      assertThat(JournalSchema.MIGRATIONS.get(JournalSchema.MIGRATIONS.size() - 1))
          .startsWith("db/migration/V" + JournalSchema.VERSION + "__");
    }
  }

  @Test
  void startRefusesAJournalOfANewerVersionAndTakesTheOthers() throws Exception {
    try (CommandHarness harness = new CommandHarness(directory)) {
      JournalAccess access =
          new JournalAccess(harness.workplace(), new Settings(harness.workplace().config()));
      assertThatCode(access::refuseNewer).as("no journal").doesNotThrowAnyException();
      String url = empty(harness, Dialect.SQLITE);
      migrate(url, "1");
      assertThatCode(access::refuseNewer).as("an older one").doesNotThrowAnyException();
      upgrade(url, Dialect.SQLITE);
      assertThatCode(access::refuseNewer).as("this version's").doesNotThrowAnyException();
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, 1)");
      }
      assertThatThrownBy(access::refuseNewer)
          .hasMessageContaining("a newer version of the program");
    }
  }
}
