package io.markbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands in the service's place, by the packaged unit; nobody is the service's user here. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd is Linux'")
class ServiceCommandTest {
  private static final Path COMMAND =
      Path.of("packaging", "systemd", "markbridge-command").toAbsolutePath();
  private static final Path UNIT = Path.of("packaging", "systemd", "markbridge.service");

  @TempDir Path folder;
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
        echo "$MARKBRIDGE_FILES_INBOX $MARKBRIDGE_FILES_FAILED $MARKBRIDGE_OPENAPI_URL"
        cat %s 2>/dev/null || echo refused
        echo "$CREDENTIALS_DIRECTORY"
        printf '<%%s>' "$@"
        exit 7
        """
            .formatted(secrets.resolve("erp-password")));
    permit(program, "rwxr-xr-x");
    unit = folder.resolve("markbridge.service");
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
            "/srv/markbridge/inbox /srv/markbridge/failed ",
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

    assertThat(told).contains("/two words b ");
  }

  private int run(List<String> told, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("MARKBRIDGE_UNIT", unit.toString());
    // Of whoever calls; the service knows nothing of it.
    builder.environment().put("MARKBRIDGE_OPENAPI_URL", "http://127.0.0.1:9");
    Process process = builder.start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end");
    }
    told.addAll(Files.readAllLines(output));
    return process.exitValue();
  }
}
