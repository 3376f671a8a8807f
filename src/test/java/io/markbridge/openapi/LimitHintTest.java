package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitHintTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.400Z");

  private final Map<String, String> headers =
      new HashMap<>(
          Map.of(
              "X-RateLimit-Resource-Limit", "10000",
              "X-RateLimit-Resource-Remaining", "42",
              "X-RateLimit-Resource-Until", "Sun, 22 Nov 2026 11:00:00 GMT"));

  private Optional<LimitHint> read(String operator, String date) throws IOException {
    OperatorPreset preset =
        OperatorPreset.load(new SiteFiles(Path.of("target", "no-site")), "uz").named(operator);
    return LimitHint.read(preset, headers::get, Optional.of(Instant.parse(date)), NOW);
  }

  @Test
  void headersThatThePresetNamesAreRead() throws IOException {
    assertThat(read("market", "2026-11-22T10:00:00Z"))
        .contains(new LimitHint(10_000, 42, Instant.parse("2026-11-22T11:00:00Z")));
    assertThat(read("uz", "2026-11-22T10:00:00Z")).as("OPEN API has none").isEmpty();
  }

  @Test
  void anotherClockIsTranslated() throws IOException {
    assertThat(read("market", "2026-11-22T10:30:00Z"))
        .map(LimitHint::until)
        .contains(Instant.parse("2026-11-22T10:30:00.400Z"));
  }

  @Test
  void whatCannotBeReadTellsNothing() throws IOException {
    headers.put("X-RateLimit-Resource-Until", "soon");
    assertThat(read("market", "2026-11-22T10:00:00Z")).isEmpty();
    headers.remove("X-RateLimit-Resource-Until");
    assertThat(read("market", "2026-11-22T10:00:00Z")).isEmpty();
  }
}
