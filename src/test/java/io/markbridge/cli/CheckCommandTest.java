package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.FreePort;
import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.cli.check.CheckCommand;
import io.markbridge.cli.check.Reach;
import io.markbridge.mapping.OrderFacts;
import io.markbridge.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final long PLENTY = 100L << 30;
  private static final Map<String, String> LOGIN =
      Map.of(
          "MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN",
          "operator-login",
          "MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD",
          "hush-hush",
          "MARKBRIDGE_ACCOUNTS_DEFAULT_TIN",
          "301234567");

  @TempDir private Path directory;
  private CommandHarness harness;

  /** Everybody answers. */
  private Reach reach = (host, port) -> {};

  @BeforeEach
  void makeJournal() throws IOException {
    harness = new CommandHarness(directory).withJournal();
  }

  private Result check(Map<String, String> environment, long space, String... arguments) {
    return CommandHarness.run(
        new CheckCommand(harness.workplace(environment), folder -> space, reach), arguments);
  }

  private Result check(String... arguments) {
    return check(LOGIN, PLENTY, arguments);
  }

  private JsonNode result(Result result, String subject) {
    return StreamSupport.stream(result.json().spliterator(), false)
        .filter(node -> node.path("check").asText().equals(subject))
        .filter(node -> !node.path("result").asText().equals("OK"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(subject + " is fine in " + result.output()));
  }

  private void expectError(Result result, String subject, String... texts) {
    assertThat(result.status()).isEqualTo(1);
    JsonNode found = result(result, subject);
    assertThat(found.path("result").asText()).isEqualTo("ERROR");
    assertThat(found.toString()).contains(texts);
  }

  @Test
  void findsNothingWrongWithDefaultsAndALogin() {
    Result result = check();

    assertThat(result.output()).doesNotContain("ERROR", "WARNING", "hush-hush", "operator-login");
    assertThat(result.status()).isZero();
    assertThat(result.output())
        .containsPattern("CHECK +RESULT +FOUND +WHAT TO DO")
        .containsPattern("configuration +OK")
        .containsPattern("operator +OK +uz at xtrace.aslbelgisi.uz, zone \\+05:00")
        .containsPattern("mappings +OK +4 tables")
        .containsPattern("routes +OK +packaged")
        .containsPattern("account default +OK +has a login");
  }

  /** A seller has no account at the operator, and wants none. */
  @Test
  void campaignsAloneWantNothingOfTheOperator() throws IOException {
    harness.settings("markbridge: {groups: {water: {unknown-fields: drop}}}");
    Files.createDirectories(directory.resolve("inbox/tobacco"));

    Result result =
        check(
            Map.of(
                "MARKBRIDGE_MARKET_CAMPAIGNS_1001_API_KEY", "market-key",
                "MARKBRIDGE_MARKET_CAMPAIGNS_1001_MODEL", "DBS"),
            PLENTY);

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .containsPattern("account market:1001 +OK +has a key")
        .containsPattern("host of market +OK")
        .doesNotContain("ERROR", "WARNING", "default", "reports of", "host of uz", "market-key");
  }

  @Test
  void warnsWhereAParticipantIsComparedWithNothing() throws IOException {
    Map<String, String> withoutTin = new HashMap<>(LOGIN);
    withoutTin.remove("MARKBRIDGE_ACCOUNTS_DEFAULT_TIN");
    Result result = check(withoutTin, PLENTY, "--json");

    assertThat(result.status()).isZero();
    JsonNode found = result(result, "account default");
    assertThat(found.path("result").asText()).isEqualTo("WARNING");
    assertThat(found.path("found").asText()).contains("participantId", "7.2");
    assertThat(found.path("whatToDo").asText()).contains("markbridge.accounts.default.tin");
  }

  /** As the systemd unit hands them over. */
  @Test
  void findsSecretsThatTheServiceManagerHandsOver() throws IOException {
    harness.file("credentials/secret_login", "operator-login\n");
    harness.file("credentials/secret_password", "hush-hush\n");
    harness.settings(
        "markbridge:\n  accounts:\n    default:\n"
            + "      login-file: ${CREDENTIALS_DIRECTORY}/secret_login\n"
            + "      password-file: ${CREDENTIALS_DIRECTORY}/secret_password\n"
            + "      tin: \"301234567\"\n");

    Result result =
        check(Map.of("CREDENTIALS_DIRECTORY", directory.resolve("credentials").toString()), PLENTY);

    assertThat(result.output())
        .doesNotContain("ERROR", "WARNING", "hush-hush", "operator-login")
        .containsPattern("account default +OK +has a login");
  }

  @Test
  void namesTheNearestRightKey() throws IOException {
    harness.settings(
        "markbridge:\n  opertor: uz\n  groups:\n    tobacco:\n      busines-place-id: 17\n"
            + "  folders:\n    \"pharma/line 1\":\n      charset: windows-1251\n");

    Result result = check("--json");

    expectError(result, "configuration", "markbridge.");
    assertThat(result.output())
        .contains("did you mean markbridge.operator?")
        .contains("did you mean markbridge.groups.tobacco.business-place-id?")
        .doesNotContain("charset");
  }

  @Test
  void warnsOfUnknownVariablesAndKnowsTheOthers() {
    Result result =
        check(
            Map.of(
                "MARKBRIDGE_ACCOUNTS_ACME_OMS_ID", "x",
                "MARKBRIDGE_ACCOUNTS_ACME_API_KEY", "hush-hush",
                "MARKBRIDGE_OPENAPI_ULR", "https://example.org"),
            PLENTY);

    assertThat(result.output())
        .contains("did you mean MARKBRIDGE_OPENAPI_URL?")
        .doesNotContain("OMS_ID", "hush-hush");
    assertThat(result.status()).isZero();
  }

  @Test
  void refusesValuesOfAnotherForm() throws IOException {
    harness.settings("markbridge:\n  retry:\n    first: soon\n  send:\n    concurrency: many\n");

    Result result = check();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .contains("markbridge.retry.first", "500ms, 10s, 5m")
        .contains("markbridge.send.concurrency", "write a whole number from 1");
  }

  @Test
  void refusesSettingsThatAreNoYaml() throws IOException {
    harness.settings("markbridge: [\n");

    expectError(check("--json"), "configuration", "reading the settings");
  }

  @Test
  void warnsOfSettingsThatNobodyReads() throws IOException {
    harness.file("application.yaml", "markbridge:\n  operator: kz\n");

    assertThat(check().output()).contains("move it to config/application.yaml");
    assertThat(check().status()).isZero();
  }

  @Test
  void refusesBrokenPresetsTablesAndRoutes() throws IOException {
    harness.file("config/operators/uz.yaml", "name: uz\nurl: https://x.example\n");
    harness.file("config/legacy/suz.yaml", "calls: {a: {body: odd}}\n");
    harness.file("config/mappings/order.yaml", "kind: [\n");
    harness.file("routes/mine.yaml", "route: alone\n");

    Result result = check("--json");

    expectError(result, "operator", "no calls");
    expectError(result, "legacy API", "config/legacy/suz.yaml");
    expectError(result, "mappings", "config/mappings");
    expectError(result, "routes", "mine.yaml: it holds no list of routes");
  }

  @Test
  void refusesAnUnknownOperatorAndAnEmptyRoutesFolder() throws IOException {
    harness.settings("markbridge:\n  operator: xx\n");
    Files.createDirectory(directory.resolve("routes"));

    Result result = check("--json");

    expectError(result, "operator", "config/operators/xx.yaml");
    expectError(result, "routes", "has no routes");
  }

  @Test
  void refusesRoutesOfWhichOneIsMissing() throws IOException {
    for (String name : RoutesFolder.NAMES) {
      harness.file("routes/" + name, Files.readString(Path.of("routes", name)));
    }
    assertThat(check().output()).containsPattern("routes +OK +" + RoutesFolder.NAMES.size());

    Files.delete(directory.resolve("routes/reply-outbox.yaml"));
    expectError(check("--json"), "routes", "has no reply-outbox.yaml", "remove");
  }

  @Test
  void refusesFoldersThatAreFilesOrLieInEachOther() throws IOException {
    harness.settings("markbridge:\n  files:\n    replies: inbox/replies\n    done: note.txt\n");
    harness.file("note.txt", "");

    Result result = check("--json");

    expectError(result, "folder replies", "lie in each other");
    expectError(result, "folder done", "is no folder");
  }

  @Test
  void checksTheJournalAndItsRoom() throws IOException {
    expectError(check(LOGIN, 1 << 20, "--json"), "disk space", "1 MB free");
    assertThat(result(check(LOGIN, 1L << 30, "--json"), "disk space").path("result").asText())
        .isEqualTo("WARNING");
    Files.writeString(harness.journalFile(), "this is a letter, and no database at all");
    expectError(check("--json"), "journal", "it is no journal of this program");
    Files.delete(harness.journalFile());
    assertThat(check().status()).isZero();
    assertThat(harness.journalFile()).doesNotExist();
  }

  @Test
  void checksAJournalOnPostgresql() throws IOException {
    try (CommandHarness made = harness.withDatabase(PostgresServer.shared().newJournal())) {
      assertThat(check().status()).isZero();
      assertThat(check().output()).containsPattern("journal +OK +jdbc:postgresql://localhost");
    }
    expectError(check("--json"), "journal", "does not exist");
    try (CommandHarness empty = harness.withDatabase(PostgresServer.shared().newDatabase())) {
      assertThat(check().status()).isZero();
      assertThat(check().output()).contains("empty: run makes its tables");
    }
    harness.settings("markbridge:\n  journal:\n    password-file: none.txt\n");
    expectError(check("--json"), "journal", "reading the secret file none.txt");
  }

  /** A trial's folders in the file, and the real ones in a variable: real documents are taken. */
  @Test
  void warnsOfKeysThatAVariableHides() throws IOException {
    harness.settings("markbridge:\n  files: {inbox: trial/inbox, done: done}\n");
    Map<String, String> environment = new HashMap<>(LOGIN);
    environment.put("MARKBRIDGE_FILES_DONE", "done");
    environment.put("MARKBRIDGE_FILES_FAILED", "failures");
    assertThat(check(environment, PLENTY).output()).doesNotContain("WARNING");

    environment.put("MARKBRIDGE_FILES_INBOX", "inbox");
    Result result = check(environment, PLENTY);

    assertThat(result.status()).isZero();
    assertThat(result.output())
        .contains("the variable MARKBRIDGE_FILES_INBOX counts, and not markbridge.files.inbox of")
        .contains("application.yaml")
        .doesNotContain("MARKBRIDGE_FILES_DONE", "MARKBRIDGE_FILES_FAILED");
  }

  @Test
  void saysWhichVariablesAnAccountNeeds() throws IOException {
    expectError(
        check(Map.of(), PLENTY, "--json"),
        "account default",
        "MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN and MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD");

    harness.settings(
        "markbridge:\n  accounts:\n    first: {oms-id: a}\n    second: {password-file: none.txt}\n");
    Result several = check("--json");
    expectError(several, "account first", "MARKBRIDGE_ACCOUNTS_FIRST_API_KEY");
    expectError(several, "account second", "reading the secret file none.txt");
  }

  @Test
  void warnsOfGroupsWhoseReportsHaveNoSources() throws IOException {
    Files.createDirectories(directory.resolve("inbox/pharma"));
    harness.settings("markbridge:\n  groups:\n    tobacco: {business-place-id: 17}\n");

    Result result = check("--json");

    assertThat(result.status()).isZero();
    JsonNode pharma = result(result, "reports of pharma");
    assertThat(pharma.path("result").asText()).isEqualTo("WARNING");
    assertThat(pharma.path("found").asText())
        .contains("business place (6.7)", "release type (6.5)", "country (6.6)");
    assertThat(result(result, "reports of tobacco").path("found").asText())
        .doesNotContain("business place");
    assertThat(result(result, "reports of tobacco").path("whatToDo").asText())
        .contains("markbridge.groups.tobacco.release-type");

    OrderFacts facts =
        new OrderFacts(
            "default",
            "pharma",
            "04601234567893",
            Optional.empty(),
            Optional.empty(),
            Optional.of("PRODUCTION"),
            Optional.of("UZ"),
            Optional.of(17L));
    harness.journal().orderFacts().remember(List.of(facts));
    assertThat(check().output()).containsPattern("reports of pharma +OK");
  }

  @Test
  void refusesWordsThatWouldBeTakenAsOthers() throws IOException {
    harness.settings(
        "markbridge:\n  equal-orders: maybe\n  limits: {post: viele, pst: 3}\n"
            + "  groups:\n    tobacco: {report-on: PRINTD, manufacturer-country: Narnia}\n");

    Result result =
        check(Map.of("MARKBRIDGE_GROUPS_BEER_RELEASE_TYPE", "PRODUCT"), PLENTY, "--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .contains("markbridge.equal-orders (", "write one of hold, send")
        .contains("markbridge.limits.post (", "did you mean markbridge.limits.post?")
        .contains("markbridge.groups.tobacco.report-on (", "PRINTED, VERIFIED, FIRST")
        .contains("markbridge.groups.tobacco.manufacturer-country (", "countries.csv")
        .contains("(variable MARKBRIDGE_GROUPS_BEER_RELEASE_TYPE)");
    assertThat(result.output()).containsOnlyOnce("limits.pst");
  }

  @Test
  void asksWhichOfTwoReportsIsTheStatement() throws IOException {
    harness.settings(
        "markbridge:\n  groups:\n    tobacco: {release-type: PRODUCTION}\n"
            + "    beer: {report-on: VERIFIED}\n");

    String output = check("--json").output();

    assertThat(output)
        .contains("markbridge.groups.tobacco.report-on to PRINTED, VERIFIED or FIRST")
        .doesNotContain("markbridge.groups.beer.report-on");
  }

  @Test
  void namesTheNearestRightKeyInEveryNestedMap() throws IOException {
    harness.settings(
        """
        markbridge:
          accounts: {default: {omsid: a}}
          outbox: {erp: {statments: erp}}
          sftp: {plant: {known-host-file: k}}
          market: {campaigns: {"1001": {api-keyfile: x}}}
          folders: {"pharma/line 1": {char-set: UTF-8}}
          lines: {l1: {releasetype: X}}
        """);

    Result result =
        check(
            Map.of(
                "MARKBRIDGE_OUTBOX_ERP_PASWORD", "x",
                "MARKBRIDGE_SFTP_PLANT_NORTH_HOTS", "x",
                "MARKBRIDGE_MARKET_CAMPAIGNS_1001_APIKEY", "hush-hush"),
            PLENTY,
            "--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .contains(
            "did you mean markbridge.accounts.default.oms-id?",
            "did you mean markbridge.outbox.erp.statements?",
            "did you mean markbridge.sftp.plant.known-hosts-file?",
            "did you mean markbridge.market.campaigns.1001.api-key-file?",
            "did you mean markbridge.folders.pharma/line 1.charset?",
            "did you mean markbridge.lines.l1.release-type?",
            "did you mean MARKBRIDGE_OUTBOX_ERP_PASSWORD?",
            "did you mean MARKBRIDGE_SFTP_PLANT_NORTH_HOST?",
            "did you mean MARKBRIDGE_MARKET_CAMPAIGNS_1001_API_KEY?")
        .doesNotContain("hush-hush");
  }

  @Test
  void tellsFileAndRowOfAWrongMapping() throws IOException {
    String order = Files.readString(Path.of("config/mappings/order.yaml"));
    String table = "table: mapping/release-method-type";
    assertThat(order).contains(table, "column: business-place-id");

    harness.file(
        "config/mappings/order.yaml", order.replaceFirst("required: true", "requird: true"));
    expectError(
        check("--json"),
        "mappings",
        "config/mappings/order.yaml: row G3 (productGroup)",
        "nothing reads \\\"requird\\\"; did you mean \\\"required\\\"?");

    harness.file("config/mappings/order.yaml", order.replaceFirst("type: group", "type: grop"));
    expectError(check("--json"), "mappings", "row G3 (productGroup): there is no type named grop");

    harness.file("config/mappings/order.yaml", order.replace(table, "table: mapping/release"));
    expectError(
        check("--json"),
        "mappings",
        "config/mappings/order.yaml, row 3.1 (releaseMethodType): table names mapping/release",
        "add mapping/release to config/operators/uz.yaml");

    harness.file(
        "config/mappings/order.yaml", order.replace("column: business-place-id", "column: place"));
    expectError(
        check("--json"),
        "mappings",
        "row 3.4 (businessPlaceId): config/directories/business-places.csv has no column",
        "write one of factory-id, business-place-id");

    harness.file("config/mappings/order.yaml", "kind: order\nfields: [\n");
    expectError(check("--json"), "mappings", "reading config/mappings/order.yaml, line 2: ");
  }

  @Test
  void theTablesOfBothOperatorsNameNothingThatIsNotThere() throws IOException {
    for (String operator : List.of("uz", "kz")) {
      harness.settings("markbridge:\n  operator: " + operator + "\n");
      assertThat(check().output())
          .containsPattern("mappings +OK")
          .containsPattern("directories +OK +0 places, 0 products, 0 contractors");
    }
  }

  @Test
  void tellsFileAndLineOfAWrongRowOfADirectory() throws IOException {
    harness.file(
        "config/directories/business-places.csv",
        "# ours\nfactory-id;business-place-id\nF-1;17\nF-2;seventeen\nF-1;18\n;19\nF-4;\n");
    harness.file(
        "config/directories/products.csv",
        "gtin,shelf-life-day,country\n4.78E+12,30,UZ\n04780001000015,30,Narnia\n");

    Result result = check("--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .contains(
            "business-places.csv, line 4: business-place-id is \\\"seventeen\\\"",
            "business-places.csv, line 5: \\\"F-1\\\" stands in line 3 too",
            "business-places.csv, line 6: its first column is empty",
            "business-places.csv, line 7: it says nothing about \\\"F-4\\\"",
            "products.csv, header: nothing reads the column \\\"shelf-life-day\\\"",
            "did you mean shelf-life-days?",
            "products.csv, line 2: gtin is \\\"4.78E+12\\\"",
            "products.csv, line 3: country is \\\"Narnia\\\"")
        .doesNotContain("line 3: business-place-id");

    harness.file(
        "config/directories/business-places.csv", "factory-id,business-place-id\nF-1,\"17\n");
    expectError(check("--json"), "directories", "config/directories/business-places.csv");
  }

  @Test
  void saysWhichHostsAreNotReachedAndWhatToDo() throws IOException {
    Map<String, IOException> away =
        Map.of(
            "operator.example:443", new java.net.UnknownHostException("operator.example"),
            "market.example:8443", new java.net.ConnectException("Connection refused"),
            "sftp.example:2222", new java.net.SocketTimeoutException("connect timed out"),
            "db2.example:5432", new java.net.ConnectException("Connection refused"));
    List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
    reach =
        (host, port) -> {
          asked.add(host + ":" + port);
          if (away.containsKey(host + ":" + port)) {
            throw away.get(host + ":" + port);
          }
        };
    harness.settings(
        """
        markbridge:
          openapi: {url: "https://operator.example/"}
          market: {url: "https://market.example:8443", campaigns: {"1001": {api-key: k}}}
          sftp:
            plant: {host: sftp.example, port: 2222, username: u, password: p, host-key-fingerprint: "SHA256:%s"}
          outbox:
            erp: {url: "jdbc:postgresql://db1.example,db2.example:5432/erp"}
            mes: {url: "jdbc:mariadb://[::1]:3307/mes?user=u"}
        """
            .formatted("a".repeat(43)));

    Result result = check("--json");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "operator.example:443",
            "market.example:8443",
            "sftp.example:2222",
            "db1.example:5432",
            "db2.example:5432",
            "::1:3307");
    assertThat(result(result, "host of uz").toString())
        .contains("knows no host operator.example", "check markbridge.openapi.url");
    assertThat(result(result, "host of market").toString())
        .contains("market.example:8443 refuses connections", "markbridge.market.url");
    assertThat(result(result, "host of sftp plant").toString())
        .contains("sftp.example:2222 does not answer", "firewall", "markbridge.sftp.plant.host");
    assertThat(result(result, "host of outbox erp").toString())
        .contains("db2.example:5432 refuses", "markbridge.outbox.erp.url");
    assertThat(result.output()).contains("db1.example:5432 takes connections");
  }

  @Test
  void aRealHostThatListensIsReachedAndOneThatDoesNotIsNot() throws IOException {
    reach = Reach.real();
    try (java.net.ServerSocket listens =
        new java.net.ServerSocket(
            FreePort.reserve(), 1, java.net.InetAddress.getLoopbackAddress())) {
      harness.settings(
          "markbridge: {openapi: {url: \"http://127.0.0.1:" + listens.getLocalPort() + "\"}}\n");
      assertThat(check().output())
          .containsPattern("host of uz +OK +127.0.0.1:[0-9]+ takes connections");
    }
    assertThat(check().output()).containsPattern("host of uz +WARNING +127.0.0.1:[0-9]+ refuses");
  }

  @Test
  void readsTheStatementsOfEachOutboxBeforeTheStart() throws IOException {
    harness.settings(
        """
        markbridge:
          outbox:
            erp: {url: "jdbc:sqlite:%s", statements: erp}
            mes: {username: u}
        """
            .formatted(directory.resolve("none.db")));
    harness.file("config/sql/erp/due.sql", "select id from jobs where batch = :batsch");

    Result result = check("--json");

    expectError(result, "outbox mes", "it has no address", "markbridge.outbox.mes.url");
    expectError(result, "outbox erp", "config/sql/erp/due.sql", ":batsch", "config/sql/erp");
    assertThat(result.output()).contains("there is no file " + directory.resolve("none.db"));

    harness.file("config/sql/erp/due.sql", "select 1 as id");
    assertThat(check().output()).containsPattern("outbox erp +OK +its statements can be read");
  }

  @Test
  void nobodyIsLoggedInWithWrongSettings() throws IOException {
    harness.settings("markbridge:\n  opertor: uz\n");

    assertThat(check("--online").output())
        .containsPattern("online +WARNING +nobody was logged in anywhere");
  }
}
