package io.markbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.markbridge.mapping.SiteWords;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SettingTypes;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in the service's place, by the packaged unit; nobody is the service's user here. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd is Linux'")
class ServiceCommandTest {
  private static final Path UNIT = Path.of("packaging", "systemd", "markbridge.service");

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path unit;

  @BeforeEach
  void install() throws IOException {
    assumeThat(System.getProperty("user.name"))
        .as("only root can become the service's user")
        .isEqualTo("root");
    permit(folder, "rwxr-xr-x");
    permit(Files.createDirectory(folder.resolve("state")), "rwxr-xr-x");
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("erp-password"), "hush");
    permit(secrets, "rwx------");
    permit(secrets.resolve("erp-password"), "rw-------");
    Path program = folder.resolve("program");
    Files.writeString(
        program,
        """
        #!/bin/sh
        id -un; pwd; umask
        cat "$CREDENTIALS_DIRECTORY/secret_erp-password"; echo
        echo "$MARKBRIDGE_FILES_INBOX $MARKBRIDGE_FILES_FAILED $MARKBRIDGE_OPENAPI_URL$SECRET_OF_THE_CALLER$MARKBRIDGE_UNIT"
        cat %s 2>/dev/null || echo refused
        echo "$CREDENTIALS_DIRECTORY"
        printf '<%%s>' "$@"
        exit 7
        """
            .formatted(secrets.resolve("erp-password")));
    permit(program, "rwxr-xr-x");
    Path sbin = Files.createDirectory(folder.resolve("sbin"));
    for (String script : List.of("markbridge-command", "markbridge-backup")) {
      Path installed = sbin.resolve(script.replace("-command", ""));
      Files.copy(UNIT.resolveSibling(script), installed);
      permit(installed, "rwxr-xr-x");
    }
    unit = folder.resolve("markbridge.service");
    environment.put("MARKBRIDGE_UNIT", unit.toString());
    // Of whoever calls.
    environment.put("MARKBRIDGE_OPENAPI_URL", "http://127.0.0.1:9");
    environment.put("SECRET_OF_THE_CALLER", "not the service's");
    Files.writeString(
        unit,
        Files.readString(UNIT)
            .replace("User=markbridge", "User=nobody")
            .replace("Group=markbridge", "Group=65534")
            .replace("=/var/lib/markbridge", "=" + folder.resolve("state"))
            .replace("/etc/markbridge-secrets", secrets.toString())
            .replace("/opt/markbridge/bin/markbridge", program.toString()));
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void hasUserFolderSettingsAndSecretsOfTheService() throws Exception {
    List<String> told = new ArrayList<>();

    assertThat(run(told, "memory", "import", "my orders.csv")).isEqualTo(7);

    Path credentials = Path.of(told.get(6));
    assertThat(told)
        .containsExactly(
            "nobody",
            folder.resolve("state").toString(),
            "0007",
            "hush",
            "  http://127.0.0.1:9",
            "refused",
            credentials.toString(),
            "<memory><import><my orders.csv>");
    assertThat(credentials).doesNotExist();
  }

  @Test
  void whatALaterLineOfTheUnitSaysCounts() throws Exception {
    Files.writeString(
        unit,
        Files.readString(unit)
            + "\n[Service]\nEnvironment=\nEnvironment=\"MARKBRIDGE_FILES_INBOX=/two words\"\n"
            + "Environment=MARKBRIDGE_FILES_FAILED=a MARKBRIDGE_FILES_FAILED=b\n");
    List<String> told = new ArrayList<>();

    run(told);

    assertThat(told).contains("/two words b http://127.0.0.1:9");
  }

  /** As systemd.exec says of EnvironmentFile=. */
  @Test
  void filesOfVariablesWinOverTheUnitAndTheCallerOverBoth() throws Exception {
    Path file = folder.resolve("variables.env");
    Files.writeString(
        file,
        """
        # MARKBRIDGE_A=comment
        ; MARKBRIDGE_A=comment
        MARKBRIDGE_A = plain words\t
        MARKBRIDGE_B="it's \\"double\\" \\\\ $HOME `id`"
        MARKBRIDGE_C='single "x" $HOME'
        MARKBRIDGE_D=one\\
        line
        MARKBRIDGE_E=
        a line of nothing
        MARKBRIDGE_FILES_INBOX=/file
        MARKBRIDGE_OPENAPI_URL=http://file
        QUARKUS_LOG_LEVEL=DEBUG""");
    program("env | grep -E '^(MARKBRIDGE|QUARKUS|JAVA)_' | sort");
    Files.writeString(
        unit,
        Files.readString(unit)
            + "\n[Service]\nEnvironmentFile=-%s\nEnvironmentFile=-%s/*.env\n"
                .formatted(folder.resolve("not there"), folder));
    environment.put("JAVA_OPTIONS", "-Da='b c'");
    environment.put("JAVA_HOME", "/opt/java $(id)");
    List<String> told = new ArrayList<>();

    assertThat(run(told)).as("%s", told).isZero();

    assertThat(told)
        .containsExactly(
            "JAVA_OPTIONS=-Da='b c'",
            "MARKBRIDGE_A=plain words",
            "MARKBRIDGE_B=it's \"double\" \\ $HOME `id`",
            "MARKBRIDGE_C=single \"x\" $HOME",
            "MARKBRIDGE_D=oneline",
            "MARKBRIDGE_E=",
            "MARKBRIDGE_FILES_INBOX=/file",
            "MARKBRIDGE_OPENAPI_URL=http://127.0.0.1:9",
            "QUARKUS_LOG_LEVEL=DEBUG");
  }

  @Test
  void fileOfVariablesThatHasToBeThereIsMissed() throws Exception {
    Files.writeString(
        unit, Files.readString(unit) + "\n[Service]\nEnvironmentFile=/not/there.env\n");
    List<String> told = new ArrayList<>();

    assertThat(run(told)).isEqualTo(1);

    assertThat(told).singleElement().asString().contains("EnvironmentFile=/not/there.env");
  }

  @Test
  void copiesAreTheServicesAndTheOldestLeaveAfterANewOne() throws Exception {
    program("echo \"$1\"; echo copy >\"$2\"");
    Path copies = copies("2026-11-20T023000", "2026-11-21T023000", "2026-11-19T023000");
    List<String> told = new ArrayList<>();

    assertThat(run(told, "markbridge-backup", List.of(copies.toString(), "2"))).isZero();

    assertThat(told.get(0)).isEqualTo("backup");
    List<String> left = names(copies);
    assertThat(left).hasSize(3).contains("markbridge-2026-11-21T023000.db", "other.db");
    String made =
        left.stream().filter(name -> !name.contains("11-21T")).sorted().findFirst().orElseThrow();
    assertThat(made).matches("markbridge-\\d{4}-\\d\\d-\\d\\dT\\d{6}\\.db");
    Path copy = copies.resolve(made);
    assertThat(Files.getOwner(copy).getName()).isEqualTo("nobody");
  }

  /** Each is a whole journal, and nobody sees it. */
  @Test
  void whatACopyThatWasCutOffHasLeftGoesWithTheNext() throws Exception {
    program("echo copy >\"$2\"");
    Path copies = copies("2026-11-21T023000");
    for (String left : List.of("", "-journal")) {
      Files.writeString(
          copies.resolve(".markbridge-2026-11-20T023000.db.4711@plant.tmp" + left), "all codes");
    }
    Files.writeString(copies.resolve(".other"), "of somebody else");
    List<String> told = new ArrayList<>();

    assertThat(run(told, "markbridge-backup", List.of(copies.toString(), "9"))).isZero();

    assertThat(told).isEmpty();
    assertThat(names(copies)).hasSize(4).contains(".other").noneMatch(name -> name.contains("tmp"));
  }

  /** It would take away what the other is just making. */
  @Test
  void secondCopyAtOnceIsRefused() throws Exception {
    Path copies = copies();
    // The other one, and itself once more while it is at work.
    program(
        "echo half >%1$s/.markbridge-2026-11-22T023000.db.1.tmp; %2$s %1$s 1; echo $?; echo whole >\"$2\""
            .formatted(copies, folder.resolve("sbin/markbridge-backup")));
    List<String> told = new ArrayList<>();

    assertThat(run(told, "markbridge-backup", List.of(copies.toString(), "1"))).isZero();

    assertThat(told).containsExactly("another copy is being made in " + copies, "1");
    assertThat(names(copies)).contains(".markbridge-2026-11-22T023000.db.1.tmp");
  }

  /** A terminal that goes away must not leave the secrets of the site in /run. */
  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM"})
  void secretsGoWhicheverSignalEndsIt(String signal) throws Exception {
    program("echo \"$CREDENTIALS_DIRECTORY\"; kill -" + signal + " $PPID");
    // Nobody may not signal root.
    Files.writeString(
        unit,
        Files.readString(unit)
            .replace("User=nobody", "User=root")
            .replace("Group=65534", "Group=root"));
    List<String> told = new ArrayList<>();

    assertThat(run(told)).isGreaterThan(128);

    assertThat(Path.of(told.get(0))).doesNotExist();
  }

  /** A variable of the unit would win over what the site writes into its file. */
  @Test
  void foldersAreNamedByTheInstalledSettingsAlone() throws Exception {
    Path file = UNIT.resolveSibling("application.yaml");
    Path config = Files.createDirectories(folder.resolve("site/config"));
    Files.copy(file, config.resolve("application.yaml"));
    SmallRyeConfig settings =
        SettingsSource.config(config.getParent(), Map.of("CREDENTIALS_DIRECTORY", "/run/secrets"));

    for (String name : List.of("inbox", "replies", "done", "failed")) {
      assertThat(new Settings(settings).folder(name)).hasToString("/srv/markbridge/" + name);
    }
    SettingTypes types =
        new SettingTypes(
            SiteWords.of(OperatorPreset.load(SiteFiles.here(), "uz"), SiteFiles.here()));
    assertThat(types.wrong(settings)).isEmpty();
    assertThat(Files.readString(UNIT))
        .contains("\nReadWritePaths=/srv/markbridge\n")
        .doesNotContain("\nEnvironment");
    for (String image : List.of("jvm", "native")) {
      assertThat(Files.readString(Path.of("packaging/container/Dockerfile." + image)))
          .doesNotContain("\nENV ");
    }
    assertThat(Files.readString(Path.of("docs", "install.md")))
        .contains("packaging/systemd/application.yaml /etc/markbridge/application.yaml");
  }

  @Test
  void copyThatFailsRemovesNone() throws Exception {
    program("echo no room; exit 1");
    Path copies = copies("2026-11-20T023000", "2026-11-21T023000");
    List<String> told = new ArrayList<>();

    assertThat(run(told, "markbridge-backup", List.of(copies.toString(), "1"))).isEqualTo(1);

    assertThat(told).containsExactly("no room");
    assertThat(names(copies)).hasSize(3);
  }

  /** Cron gives next to nothing, begins in another folder, and mails what is said. */
  @Test
  void nightlyCopyNeedsNothingOfWhoeverCallsIt() throws Exception {
    program("env | sort; pwd; echo copy >\"$2\"");
    Path copies = copies("2026-11-20T023000", "2026-11-21T023000");
    // Cron's own shell would find systemctl; the unit of this test is a file.
    String unitOfTheTest = "MARKBRIDGE_UNIT=" + unit;
    environment.clear();
    List<String> told = new ArrayList<>();

    assertThat(
            run(
                told,
                List.of(
                    "env",
                    "-i",
                    "-C",
                    "/",
                    "HOME=/root",
                    "LOGNAME=root",
                    "SHELL=/bin/sh",
                    "PATH=/usr/bin:/bin",
                    unitOfTheTest,
                    "/bin/sh",
                    "-c",
                    folder.resolve("sbin/markbridge-backup") + " " + copies + " 2 2>&1")))
        .as("%s", told)
        .isZero();

    assertThat(told)
        .contains("LANG=C.UTF-8")
        .contains(folder.resolve("state").toString())
        .endsWith("removed " + copies.resolve("markbridge-2026-11-20T023000.db"))
        .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("LOGNAME="));
    assertThat(names(copies)).hasSize(3).contains("markbridge-2026-11-21T023000.db", "other.db");
  }

  /** The unit runs what docs/install.md puts there, into the folder that it makes. */
  @Test
  void unitOfTheNightlyCopyIsInstalledAsItSays() throws Exception {
    String install = Files.readString(Path.of("docs", "install.md"));
    String line =
        Files.readAllLines(UNIT.resolveSibling("markbridge-backup.service")).stream()
            .filter(one -> one.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    String[] command = line.substring("ExecStart=".length()).split(" ");
    assertThat(command).hasSize(3);
    assertThat(install)
        .contains("packaging/systemd/markbridge-backup " + command[0])
        .contains("packaging/systemd/markbridge-command /usr/local/sbin/markbridge")
        .contains("install -d -o markbridge -g markbridge -m 0700 " + command[1])
        .contains("markbridge-backup.timer");
  }

  /** A folder of copies of these times, and a file that is none. */
  private Path copies(String... times) throws Exception {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    for (String time : times) {
      Files.writeString(copies.resolve("markbridge-" + time + ".db"), "old");
    }
    Files.writeString(copies.resolve("other.db"), "other");
    permit(copies, "rwx------");
    UserPrincipal nobody =
        copies.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(copies, nobody);
    return copies;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void program(String text) throws IOException {
    Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + text + "\n");
  }

  private int run(List<String> told, String... arguments) throws Exception {
    return run(told, "markbridge", List.of(arguments));
  }

  private int run(List<String> told, String script, List<String> arguments) throws Exception {
    // Whoever runs the tests may ignore signals, and its children with it.
    List<String> command =
        new ArrayList<>(
            List.of("env", "--default-signal", folder.resolve("sbin/" + script).toString()));
    command.addAll(arguments);
    return run(told, command);
  }

  private int run(List<String> told, List<String> command) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(MARKBRIDGE|QUARKUS|JAVA)_.*"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end");
    }
    told.addAll(Files.readAllLines(output));
    return process.exitValue();
  }
}
