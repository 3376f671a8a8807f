package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole legacy documents and the bodies they become, one a line. */
class FixturesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "order-milk, order, milk, kz",
    "utilisation-tobacco, utilisation, tobacco, uz",
    "aggregation-pharma, aggregation, pharma, uz",
  })
  void becomes(String name, String kind, String group, String operator) throws Exception {
    MapperHarness.Result result =
        new MapperHarness(directory)
            .setting("business-place-id", "17")
            .group(group)
            .operator(operator)
            .map(kind, resource(name + ".json"));
    assertThat(result.bodies())
        .isEqualTo(
            List.of(
                new String(resource(name + ".expected.json"), StandardCharsets.UTF_8).split("\n")));
  }

  private static byte[] resource(String name) throws Exception {
    try (java.io.InputStream input = FixturesTest.class.getResourceAsStream("/fixtures/" + name)) {
      return input.readAllBytes();
    }
  }
}
