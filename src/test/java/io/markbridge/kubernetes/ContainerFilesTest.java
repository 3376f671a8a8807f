package io.markbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the container files start, and the edge node's script for copies, with stand-ins. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "containers are Linux'")
class ContainerFilesTest {
  private static final String FOLDERS =
      "files: {inbox: /exchange/inbox, replies: /exchange/replies, done: /exchange/done, failed: /exchange/failed}";
  private static final String PROGRAM = "/opt/markbridge/bin/markbridge";

  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 129, "INT", 130, "TERM", 143);

  @TempDir Path folder;

  private Path script(String name, String text) throws IOException {
    Path script = folder.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private List<String> run(int status, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECTL", folder.resolve("kubectl").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isEqualTo(status);
    return told.lines().toList();
  }

  /** The legacy system's group takes replies away out of folders that the bridge makes. */
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void theProgramIsTheProcessWithTheGroupsUmaskAndItsArguments(String kind) throws Exception {
    String entrypoint =
        Files.readAllLines(Path.of("packaging/container/Dockerfile." + kind)).stream()
            .filter(line -> line.startsWith("ENTRYPOINT "))
            .findFirst()
            .orElseThrow()
            .substring("ENTRYPOINT ".length());
    assertThat(entrypoint).contains(PROGRAM);
    Path program = script("program", "umask; echo $$; printf '<%s>' \"$@\"");
    List<String> command =
        new ArrayList<>(
            Arrays.asList(
                new ObjectMapper()
                    .readValue(entrypoint.replace(PROGRAM, program.toString()), String[].class)));
    command.addAll(List.of("convert", "two words", "$HOME"));
    Path own = script("own", "echo $$; exec \"$@\"");
    command.add(0, own.toString());

    List<String> told = run(0, command);

    assertThat(told).hasSize(4).element(1).isEqualTo("0007");
    assertThat(told.get(2)).as("it hears the signals itself").isEqualTo(told.get(0));
    assertThat(told.get(3)).isEqualTo("<convert><two words><$HOME>");
  }

  /** What is shown is reached, and has the time that the service has. */
  @Test
  void shownContainerIsReachedAndMayFinish() throws IOException {
    String shown = Files.readString(Path.of("packaging/container/Dockerfile.jvm"));

    assertThat(shown)
        .contains("\nEXPOSE 9480\n")
        .contains("-e MARKBRIDGE_HTTP_HOST=0.0.0.0 -p 127.0.0.1:9480:9480 ")
        .contains("--stop-timeout 40 ");
    assertThat(Files.readString(Path.of("k8s/base/deployment.yaml")))
        .contains("terminationGracePeriodSeconds: 40");
    // The folders that its comment names are those of the image.
    assertThat(shown.lines().filter(line -> line.startsWith("#   markbridge: {files:")))
        .singleElement()
        .asString()
        .contains(FOLDERS);
    assertThat(Files.readString(Path.of("k8s/base/configuration.yaml"))).contains(FOLDERS);
  }

  /** Nothing of Kubernetes passes the umask by. */
  @Test
  void deploymentStartsWhatTheContainerFileSays() throws IOException {
    assertThat(Files.readString(Path.of("k8s/base/deployment.yaml")))
        .doesNotContain("command:")
        .doesNotContain("args:");
  }

  /** A kubectl that runs commands of the pod in a folder of this machine. */
  private Path node(String cat) throws Exception {
    Path pod = Files.createDirectories(folder.resolve("pod/data"));
    Path program = script("program", "mkdir -p data/backup; echo \"$1\"; echo whole >\"$2\"");
    script(
        "kubectl",
        """
        [ "$1 $2 $3 $4 $5" = "-n markbridge exec deploy/markbridge --" ] || exit 9
        shift 5
        cd %s
        case "$1" in
          %s) shift; exec %s "$@" ;;
          cat) %s ;;
          *) exec "$@" ;;
        esac"""
            .formatted(pod.getParent(), PROGRAM, program, cat));
    Path copies = Files.createDirectory(folder.resolve("copies"));
    for (String day : List.of("2026-11-19", "2026-11-20", "2026-11-21")) {
      Files.writeString(copies.resolve("markbridge-" + day + "T023000.db"), "old");
    }
    return copies;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void copyOfTheEdgeNodeComesOverAndTheOldestLeave() throws Exception {
    Path copies = node("exec \"$@\"");

    List<String> told = run(0, List.of("sh", "k8s/overlays/edge/backup", copies.toString(), "2"));

    assertThat(told).first().isEqualTo("backup");
    List<String> left = names(copies);
    assertThat(left).hasSize(2);
    assertThat(left.stream().filter(name -> !name.equals("markbridge-2026-11-21T023000.db")))
        .singleElement()
        .satisfies(
            name -> {
              assertThat(copies.resolve(name)).hasContent("whole");
              assertThat(
                      PosixFilePermissions.toString(
                          Files.getPosixFilePermissions(copies.resolve(name))))
                  .isEqualTo("rw-------");
            });
    assertThat(folder.resolve("pod/data")).isEmptyDirectory();
  }

  @Test
  void whatACopyThatWasCutOffHasLeftGoesWithTheNext() throws Exception {
    Path copies = node("exec \"$@\"");
    Files.writeString(copies.resolve(".markbridge-2026-11-20T023000.db"), "half, with codes");

    run(0, List.of("sh", "k8s/overlays/edge/backup", copies.toString(), "9"));

    assertThat(names(copies)).hasSize(4).noneMatch(name -> name.startsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM"})
  void copyThatIsCutOffBySignalsLeavesNothing(String signal) throws Exception {
    Path copies = node("printf who; kill -" + signal + " $PPID");

    // Whoever runs the tests may ignore some of them, and its children with it.
    run(
        SIGNALS.get(signal),
        List.of(
            "env", "--default-signal", "sh", "k8s/overlays/edge/backup", copies.toString(), "1"));

    assertThat(names(copies)).hasSize(3).noneMatch(name -> name.startsWith("."));
    assertThat(folder.resolve("pod/data")).isEmptyDirectory();
  }

  @Test
  void copyThatDoesNotComeOverWholeRemovesNone() throws Exception {
    Path copies = node("printf who");

    run(1, List.of("sh", "k8s/overlays/edge/backup", copies.toString(), "1"));

    assertThat(names(copies)).hasSize(3).allMatch(name -> name.startsWith("markbridge-2026-11"));
    assertThat(folder.resolve("pod/data")).isEmptyDirectory();
  }
}
