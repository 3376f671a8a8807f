package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.Payload;
import io.markbridge.document.ProblemText;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Fixtures of the legacy tests. */
final class Fixtures {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The wording is another package's; the tests look at what surrounds it. */
  static final ProblemText TEXT = problem -> problem.code() + " " + problem.arguments();

  private Fixtures() {}

  static LegacyApi api() {
    try {
      return LegacyApi.load(SiteFiles.here(), "suz");
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static OperatorPreset preset(String name) {
    try {
      return OperatorPreset.load(SiteFiles.here(), name);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static JsonNode json(String name) {
    try (InputStream input = Fixtures.class.getResourceAsStream("/legacy/" + name)) {
      return JSON.readTree(input);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static Payload payload(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
