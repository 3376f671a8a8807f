package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Payload;
import io.markbridge.document.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyRecognitionTest {
  private final BodyRecognition recognition = new BodyRecognition(Fixtures.api());

  @ParameterizedTest
  @ValueSource(strings = {"order", "utilisation", "aggregation", "dropout", "connection"})
  void recognisesBodies(String kind) {
    String body = Fixtures.json("bodies/" + kind + ".json").toString();
    assertThat(kind(body)).isEqualTo(kind);
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32LE"),
            StandardCharsets.UTF_8)) {
      assertThat(kind(("\uFEFF" + body).getBytes(charset))).isEqualTo(kind);
    }
  }

  /** As lines write it: the mapping takes it, so it must get there. */
  @Test
  void aRawGroupSeparatorBeforeTheKeyThatSettlesIsNoTrouble() throws IOException {
    String body = "{\"sntins\":[\"0104780001000015215ab\u001d93tail\"],\"usageType\":\"VERIFIED\"}";
    assertThat(kind(body)).isEqualTo("utilisation");
    Payload payload = Payload.of(body.getBytes(StandardCharsets.UTF_8));
    assertThat(BodyField.read(payload, Optional.empty(), "usageType", Set.of()))
        .contains("VERIFIED");
    Payload wrapped = Payload.of("{\"attributes\":{\"omsId\":7}}".getBytes(StandardCharsets.UTF_8));
    assertThat(BodyField.read(wrapped, Optional.empty(), "omsId", Set.of())).isEmpty();
    assertThat(BodyField.read(wrapped, Optional.empty(), "omsId", recognition.wrappers()))
        .contains("7");
  }

  /** The mapping takes what stands in it for the document's own. */
  @Test
  void looksIntoTheWrapper() {
    String wrapped = "\"attributes\":{\"address\":\"x\",\"deep\":{\"usageType\":1},%s}";
    String codes = "\"sntins\":[\"a\"]";
    String dropout = String.format(wrapped, "\"dropoutReason\":\"DEFECT\"");
    assertThat(kind("{" + codes + "," + dropout + "}")).isEqualTo("dropout");
    assertThat(kind("{" + dropout + "," + codes + "}")).isEqualTo("dropout");
    assertThat(kind("{" + codes + "," + String.format(wrapped, "\"x\":1") + "}"))
        .as("told by codes and address")
        .isEqualTo("dropout");
    assertThat(kind("{" + codes + ",\"attributes\":{\"brandcode\":1},\"z\":1}"))
        .isEqualTo("utilisation");
  }

  @Property(tries = 200)
  void keyOrderDoesNotMatter(@ForAll("orders") List<String> fields, @ForAll boolean dropout) {
    List<String> body = new ArrayList<>(fields);
    body.add(fields.size() / 2, dropout ? "\"dropoutReason\":\"OTHER\"" : "\"usageType\":\"V\"");
    assertThat(kind("{" + String.join(",", body) + "}"))
        .isEqualTo(dropout ? "dropout" : "utilisation");
  }

  @Provide
  Arbitrary<List<String>> orders() {
    return Arbitraries.shuffle(
        "\"sntins\":[\"a\",{\"products\":1}]",
        "\"participantId\":1",
        "\"productionOrderId\":\"p\"",
        "\"productionLineId\":{\"aggregationUnits\":[]}");
  }

  @Test
  void needsNoUsageType() {
    assertThat(kind("{\"sntins\":[]}")).isEqualTo("utilisation");
    assertThat(kind("{\"address\":\"a\",\"sntins\":[]}")).isEqualTo("dropout");
  }

  @Test
  void stopsWhenAKeySettles() {
    assertThat(kind("{\"products\": [")).isEqualTo("order");
    assertThat(kind("{\"sntins\":[1],\"usageType\":\"V\" garbage")).isEqualTo("utilisation");
  }

  @Test
  void skipsAHugeListWithoutKeepingIt() throws IOException {
    byte[] head = "{\"sntins\":[".getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\"\"],\"dropoutReason\":\"DEFECT\"}".getBytes(StandardCharsets.UTF_8);
    byte[] code = "\"010478000100001521AAAAAAAAAAAAA\",".getBytes(StandardCharsets.UTF_8);
    int codes = 300_000;
    Payload huge =
        new Payload() {
          @Override
          public InputStream open() {
            return new RepeatedStream(head, code, codes, tail);
          }

          @Override
          public long size() {
            return head.length + (long) code.length * codes + tail.length;
          }
        };
    assertThat(recognition.recognise(huge, Optional.empty()))
        .isInstanceOfSatisfying(
            Recognition.Known.class, known -> assertThat(known.call().kind()).isEqualTo("dropout"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\uFEFF",
        "{",
        "{\"sntins\":[",
        "hello",
        "{\"a\":tru}",
        "{'a':1}",
        "<html>",
        "\u0000\u0000",
        "{\"sntins\":[] \"x\"}"
      })
  void tellsWhatIsNoJson(String body) {
    assertThat(problem(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(ProblemCode.NOT_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, empty",
        "`{\"sntins\":[`, truncated",
        "`{\"a\":tru}`, syntax",
      })
  void tellsWhyItIsNoJson(String body, String reason) {
    assertThat(recognise(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Recognition.Unknown.class,
            unknown -> assertThat(unknown.problem().arguments()).containsEntry("reason", reason));
  }

  @Test
  void tellsDepthAndEncoding() {
    assertThat(
            ((Recognition.Unknown)
                    recognise(("{\"a\":" + "[".repeat(5000)).getBytes(StandardCharsets.UTF_8)))
                .problem()
                .arguments())
        .containsEntry("reason", "too-deep");
    assertThat(
            ((Recognition.Unknown)
                    recognise("{\"Завод\":1}".getBytes(Charset.forName("windows-1251"))))
                .problem()
                .arguments())
        .containsEntry("reason", "encoding")
        .containsEntry("line", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "17", "\"products\"", "{\"a\":{\"products\":[]}}"})
  void tellsWhatIsNoLegacyBody(String body) {
    assertThat(problem(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(ProblemCode.UNKNOWN_KIND);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"orderId\":1,\"items\":[]}`, $.campaignId",
        "`{\"items\":[],\"campaignId\":1}`, $.orderId",
        "`{\"campaignId\":1,\"orderId\":1}`, $.items",
      })
  void namesTheOneKeyThatACallLacks(String body, String path) {
    assertThat(recognise(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Recognition.Unknown.class,
            unknown -> {
              assertThat(unknown.problem().code()).isEqualTo(ProblemCode.FIELD_REQUIRED);
              assertThat(unknown.problem().path()).isEqualTo(path);
            });
  }

  @Test
  void refusesDepthAndManyKeys() {
    assertThat(problem(("{\"sntins\":" + "[".repeat(5000)).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(ProblemCode.NOT_JSON);
    StringBuilder many = new StringBuilder("{");
    for (int key = 0; key < 20_000; key++) {
      many.append("\"k").append(key).append("\":1,");
    }
    assertThat(problem(many.append("\"products\":1}").toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(ProblemCode.UNKNOWN_KIND);
  }

  @Test
  void readsWindows1251OnlyWhereSaid() throws IOException {
    byte[] body =
        "{\"factoryName\":\"Завод\",\"products\":[]}".getBytes(Charset.forName("windows-1251"));
    assertThat(problem(body)).isEqualTo(ProblemCode.NOT_JSON);
    assertThat(
            recognition.recognise(Payload.of(body), Optional.of(Charset.forName("windows-1251"))))
        .isInstanceOf(Recognition.Known.class);
  }

  @Property(tries = 500)
  void neverThrowsOnGarbage(@ForAll byte[] garbage) throws IOException {
    assertThat(recognition.recognise(Payload.of(garbage), Optional.empty())).isNotNull();
  }

  @Test
  void doesNotBlameTheBodyForABrokenDisk() {
    Payload broken =
        new Payload() {
          @Override
          public InputStream open() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public long size() {
            return 1;
          }
        };
    assertThatThrownBy(() -> recognition.recognise(broken, Optional.empty())).hasMessage("disk");
  }

  private String kind(String body) {
    return kind(body.getBytes(StandardCharsets.UTF_8));
  }

  private String kind(byte[] body) {
    return recognise(body) instanceof Recognition.Known known ? known.call().kind() : "unknown";
  }

  private ProblemCode problem(byte[] body) {
    return recognise(body) instanceof Recognition.Unknown unknown ? unknown.problem().code() : null;
  }

  private Recognition recognise(byte[] body) {
    try {
      return recognition.recognise(Payload.of(body), Optional.empty());
    } catch (IOException cause) {
      throw new AssertionError(cause);
    }
  }
}
