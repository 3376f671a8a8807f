package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large documents pass through a small heap: a child of its own, so that the limit is real. */
class MemoryTest {
  private static final int SECONDS = 300;

  @TempDir Path directory;

  private String child(String kind, long size) throws Exception {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeDocument.class.getName(),
                directory.toString(),
                kind,
                String.valueOf(size))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = java.nio.file.Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  @Test
  void twoHundredMegabytesOfAggregation() throws Exception {
    String text = child("aggregation", 200_000_000);
    assertThat(text).contains("rejected: no");
  }

  @Test
  void aReportOfAMillionCodes() throws Exception {
    String text = child("utilisation", 1_000_000);
    assertThat(text).contains("parts: 34").contains("codes: 1000000");
  }

  @Test
  void manyUnitsInUnits() throws Exception {
    assertThat(child("nested", 12_000_000)).contains("rejected: no").contains("codes: 400000");
  }

  @ParameterizedTest
  @CsvSource({
    "twice, CODE_TWICE",
    "huge-unit, OVER_LIMIT",
    "same, CODE_TWICE",
    "empty-objects, OVER_LIMIT"
  })
  void hostileOnesAreRefused(String kind, String code) throws Exception {
    assertThat(child(kind, 30_000_000)).contains(code);
  }
}
