package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
  private static final String ORDER =
      "{\"products\":[{\"gtin\":\"04780012345679\",\"quantity\":5,"
          + "\"serialNumberType\":\"OPERATOR\"}],\"poNumber\":\"Заказ\"}";

  @TempDir Path directory;
  private MapperHarness harness;

  @BeforeEach
  void harness() {
    harness = new MapperHarness(directory).setting("business-place-id", "17");
  }

  private List<Problem> problems(byte[] bytes) throws Exception {
    List<Problem> problems =
        catchThrowableOfType(DocumentRejectedException.class, () -> harness.map("order", bytes))
            .problems();
    assertThat(harness.leftOvers()).isEmpty();
    return problems;
  }

  private List<Problem> problems(String json) throws Exception {
    return problems(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] with(byte[] mark, byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(mark);
    bytes.writeBytes(text);
    return bytes.toByteArray();
  }

  @Test
  void byteOrderMarksDecide() throws Exception {
    byte[][] forms = {
      ORDER.getBytes(StandardCharsets.UTF_8),
      with(
          new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
          ORDER.getBytes(StandardCharsets.UTF_8)),
      with(new byte[] {(byte) 0xff, (byte) 0xfe}, ORDER.getBytes(StandardCharsets.UTF_16LE)),
      with(new byte[] {(byte) 0xfe, (byte) 0xff}, ORDER.getBytes(StandardCharsets.UTF_16BE)),
    };
    for (byte[] form : forms) {
      assertThat(harness.map("order", form).body()).contains("\"poNumber\":\"Заказ\"");
    }
  }

  @Test
  void anotherCharsetOnlyWhereTheSiteSaysSo() throws Exception {
    Charset cyrillic = Charset.forName("windows-1251");
    assertThat(problems(ORDER.getBytes(cyrillic)).get(0).arguments())
        .containsEntry("reason", "encoding");
    harness.charset(cyrillic);
    assertThat(harness.map("order", ORDER.getBytes(cyrillic)).body()).contains("Заказ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | empty",
        "'  ' | empty",
        "'[]' | no-object",
        "'7' | no-object",
        "'{' | truncated",
        "'{\"products\":[{\"gtin\":\"01' | truncated",
        "'{\"products\":[]} {}' | trailing",
        "'{\"products\":[]},' | syntax",
        "'{products:[]}' | syntax",
        "'{\"products\":[],}' | syntax",
        "'<xml/>' | syntax",
      })
  void whatIsNoJsonIsToldWithItsReason(String text, String reason) throws Exception {
    Problem problem =
        problems(text).stream()
            .filter(one -> one.code() == ProblemCode.NOT_JSON)
            .findFirst()
            .orElseThrow();
    assertThat(problem.arguments()).containsEntry("reason", reason);
  }

  @Test
  void depthAndLengthAreBounded() throws Exception {
    assertThat(problems("{\"a\":" + "[".repeat(100_000)).get(0).arguments())
        .containsEntry("reason", "too-deep");
    assertThat(problems("{\"a\":\"" + "x".repeat(1_100_000) + "\"}").get(0).arguments())
        .containsEntry("reason", "too-long");
    String names = "{\"" + "n".repeat(60_000) + "\":1}";
    assertThat(problems(names).get(0).code()).isEqualTo(ProblemCode.NOT_JSON);
  }

  @Test
  void duplicateKeysAreRefusedWithTheirPath() throws Exception {
    String json =
        ORDER.replace("\"quantity\":5", "\"quantity\":5,\"quantity\":5,\"x\":{\"y\":null,\"y\":1}");
    assertThat(problems(json.replaceFirst("\\{", "{\"poNumber\":null,")))
        .extracting(problem -> problem.code() + problem.path())
        .containsExactly(
            "DUPLICATE_KEY$.products[0].quantity",
            "DUPLICATE_KEY$.products[0].x.y",
            "DUPLICATE_KEY$.poNumber");
  }

  @Test
  void numbersKeepTheirDigits() throws Exception {
    String json = ORDER.replace("\"Заказ\"", "123456789012345678901234567890.5000");
    assertThat(harness.map("order", json).body())
        .contains("\"poNumber\":\"123456789012345678901234567890.5000\"");
    assertThat(problems(ORDER.replace(":5", ":5.0")))
        .extracting(Problem::path)
        .containsExactly("$.products[0].quantity");
  }

  @Test
  void nullAndBlankEqualAbsent() throws Exception {
    String json =
        ORDER.replace("\"Заказ\"", "null,\"factoryId\":\"\",\"country\":null,\"isPaid\":null");
    assertThat(harness.map("order", json).body())
        .doesNotContain("poNumber")
        .doesNotContain("isPaid");
  }

  @Test
  void problemsAreBounded() throws Exception {
    StringBuilder json = new StringBuilder("{\"products\":[");
    for (int index = 0; index < 5000; index++) {
      json.append(index == 0 ? "" : ",").append("{\"gtin\":\"").append(index).append("\"}");
    }
    assertThat(problems(json + "]}")).hasSize(100);
  }

  @Test
  void lonesurrogatesAndControlCharactersDoNotBreakTheEngine() throws Exception {
    harness.map("order", ORDER.replace("Заказ", "\\ud800 \u001d\u0001"));
    harness.map("order", ORDER.replace("Заказ", "\\u0000"));
  }
}
