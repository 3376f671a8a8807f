package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaFileTest {

  @Test
  void readsAFlatObject() throws IOException {
    String text =
        "\uFEFF{\"businessPlaceId\": 17, \"releaseType\": \"IMPORT\", \"isPaid\": true,"
            + " \"mrp\": 1.50, \"seriesNumber\": null}";
    MetaFile read = MetaFile.read(Fixtures.payload(text));
    assertThat(read.problems()).isEmpty();
    assertThat(read.values())
        .isEqualTo(
            Map.of(
                "businessPlaceId", "17", "releaseType", "IMPORT", "isPaid", "true", "mrp", "1.50"));
    assertThat(MetaFile.read(Payload.of(text.getBytes(StandardCharsets.UTF_16LE)))).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"a\":{\"b\":1}}`, FIELD_MALFORMED, $.a",
        "`{\"a\":[1]}`, FIELD_MALFORMED, $.a",
        "`{\"a\":\"x\\u0007\"}`, FIELD_MALFORMED, $.a",
        "`{\"a\":1,\"a\":1}`, DUPLICATE_KEY, $.a",
        "`{\"\":1}`, FIELD_MALFORMED, $.",
        "`{\"a\":1} {}`, NOT_JSON, ``",
        "`{\"a\":1`, NOT_JSON, ``",
        "`[]`, NOT_JSON, ``",
        "`17`, NOT_JSON, ``",
        "``, NOT_JSON, ``",
        "`a: 1`, NOT_JSON, ``",
      })
  void tellsWhatIsWrong(String text, ProblemCode code, String path) throws IOException {
    assertThat(MetaFile.read(Fixtures.payload(text)).problems())
        .hasSize(1)
        .first()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.path()).isEqualTo(path);
            });
  }

  @Test
  void hasLimits() throws IOException {
    assertThat(code("{\"a\":\"" + "x".repeat(1001) + "\"}")).isEqualTo(ProblemCode.FIELD_MALFORMED);
    assertThat(code("{\"a\":\"" + "x".repeat(70_000) + "\"}")).isEqualTo(ProblemCode.OVER_LIMIT);
    assertThat(code("{\"" + "x".repeat(101) + "\":1}")).isEqualTo(ProblemCode.FIELD_MALFORMED);
    StringBuilder many = new StringBuilder("{\"k\":1");
    for (int field = 0; field < 200; field++) {
      many.append(",\"k").append(field).append("\":1");
    }
    assertThat(code(many + "}")).isEqualTo(ProblemCode.OVER_LIMIT);
  }

  @Test
  void tellsEveryProblem() throws IOException {
    assertThat(MetaFile.read(Fixtures.payload("{\"a\":[],\"b\":{},\"c\":1}")).problems())
        .extracting(Problem::path)
        .containsExactly("$.a", "$.b");
  }

  @Property(tries = 500)
  void neverThrowsOnGarbage(@ForAll byte[] garbage) throws IOException {
    assertThat(MetaFile.read(Payload.of(garbage))).isNotNull();
  }

  private static ProblemCode code(String text) throws IOException {
    return MetaFile.read(Fixtures.payload(text)).problems().get(0).code();
  }
}
