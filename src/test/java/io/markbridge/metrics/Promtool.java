package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.OnThisMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus' own tool, which the integration server has; see .ci/run. */
public final class Promtool {
  private Promtool() {}

  /** Runs tests of rules; fails with what it says. */
  public static void test(Path folder, String file) throws Exception {
    Optional<Path> promtool = path();
    OnThisMachine.needed(promtool.isPresent(), "promtool");
    Process process =
        new ProcessBuilder(promtool.get().toString(), "test", "rules", file)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
  }

  private static Optional<Path> path() {
    List<String> folders =
        Stream.concat(
                Stream.of(Path.of("target", "tools", "usr", "bin").toAbsolutePath().toString()),
                Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)))
            .toList();
    return folders.stream()
        .map(folder -> Path.of(folder, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
