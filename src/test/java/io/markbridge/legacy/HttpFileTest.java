package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFileTest {
  private static final String CODES =
      "/api/v2/pharma/codes?omsId=cdF1&orderId=B024-ae&gtin=04780001000015&quantity=10";

  private final HttpFile file = new HttpFile(Fixtures.api());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET " + CODES + " HTTP/1.1\n\n",
        "GET " + CODES,
        "get " + CODES,
        CODES,
        "https://suz.example:8443" + CODES + "\r\n",
        "\uFEFFGET " + CODES + " HTTP/2",
        "### codes\n# a comment\n// another\n@host = x\n\nGET " + CODES + "\n\n###\n",
        "GET " + CODES + "#top\nAccept: */*\n# note\nclientToken: 17\n\n\n### end\n# bye\n// bye\n",
        "GET /api/v2/pharma/codes\n  ?omsId=cdF1\n  &orderId=B024-ae\n  # note\n  &gtin=04780001000015\n"
            + "&quantity=%31%30\nAccept: */*\n",
        "GET /suz/api/v2/pharma/codes/?omsId=cdF1&orderId=B024-ae&gtin=04780001000015&quantity=10&"
            + "clientToken=secret&quantity=10",
      })
  void readsOneQuestion(String text) {
    HttpReading.Request request = request(text);
    assertThat(request.call().kind()).isEqualTo("codes");
    assertThat(request.productGroup()).contains("pharma");
    assertThat(request.omsId()).contains("cdF1");
    assertThat(request.parameters())
        .isEqualTo(Map.of("orderId", "B024-ae", "gtin", "04780001000015", "quantity", "10"));
    assertThat(request.bodyLength()).isZero();
    assertThat(request.charset()).isEmpty();
  }

  @Test
  void decodesValues() {
    HttpReading.Request request =
        request("GET /api/v2/beer/report/info?reportId=a%2Bb+c%26%D0%96%1D=&omsId=");
    assertThat(request.parameters()).containsEntry("reportId", "a+b c&Ж\u001D=");
    assertThat(request.omsId()).isEmpty();
  }

  @Test
  void neverKeepsTokens() {
    HttpReading.Request request =
        request(
            "GET "
                + CODES
                + "&accessToken=s3cret\nclientToken: s3cret\nAuthorization: Bearer s3cret\n\n");
    assertThat(request.toString()).doesNotContain("s3cret");
    assertThat(problem("GET " + CODES + "\nclientToken s3cret\n").toString())
        .doesNotContain("s3cret");
  }

  @Test
  void tellsWhereTheBodyIs() throws IOException {
    String text =
        "POST /api/v2/pharma/utilisation?omsId=1 HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
            + "{\"sntins\": [\"a\n# b\"],\n \"x\": \"##\"}\r\n\r\n###\r\n";
    assertThat(body(text, StandardCharsets.UTF_8))
        .isEqualTo("{\"sntins\": [\"a\n# b\"],\n \"x\": \"##\"}");
    assertThat(body(text, StandardCharsets.UTF_16LE)).endsWith("\"##\"}").startsWith("{");
    assertThat(body(text, StandardCharsets.UTF_16BE)).endsWith("\"##\"}").startsWith("{");
    assertThat(request("\uFEFF" + text, StandardCharsets.UTF_16BE).charset())
        .contains(StandardCharsets.UTF_16BE);
    assertThat(request("\uFEFF" + text, StandardCharsets.UTF_8).call().kind())
        .isEqualTo("utilisation");
  }

  @Test
  void takesTheEncodingThatAHeaderNames() {
    assertThat(
            request(
                    "POST /api/v2/pharma/orders\nContent-Type: application/json; charset=\"windows-1251\"\n\n{}")
                .charset())
        .contains(Charset.forName("windows-1251"));
    assertThat(
            request("POST /api/v2/pharma/orders\nContent-Type: a; charset=cp1251\n\n{}").charset())
        .contains(Charset.forName("windows-1251"));
    assertThat(
            request("POST /api/v2/pharma/orders\nContent-Type: a; charset=made-up\n\n{}").charset())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\nContent-Type: application/json\n\n",
        "\nContent-Type: application/json\n\n{}",
        "\nContent-Type: application/x-www-form-urlencoded\n\n",
        ""
      })
  void closesABufferWithAnyBody(String rest) {
    HttpReading.Request request =
        request("POST https://suz.example/api/v2/milk/buffer/close?omsId=1&orderId=2" + rest);
    assertThat(request.call().kind()).isEqualTo("buffer-close");
    assertThat(request.parameters()).isEqualTo(Map.of("orderId", "2"));
  }

  @Test
  void looksThroughALargeBodyWithoutKeepingIt() throws IOException {
    byte[] head =
        "POST /api/v2/pharma/utilisation\n\n{\"sntins\":[".getBytes(StandardCharsets.UTF_8);
    byte[] code = "\"010478000100001521AAAAAAAAAAAAA\",\n".getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\"\"]}".getBytes(StandardCharsets.UTF_8);
    Payload large =
        new Payload() {
          @Override
          public InputStream open() {
            return new RepeatedStream(head, code, 200_000, tail);
          }

          @Override
          public long size() {
            return head.length + 200_000L * code.length + tail.length;
          }
        };
    HttpReading.Request request = (HttpReading.Request) file.read(large);
    assertThat(request.bodyOffset()).isEqualTo(head.length - 11L);
    assertThat(request.bodyOffset() + request.bodyLength()).isEqualTo(large.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "GET a b",
        "GET " + CODES + "%2",
        "GET " + CODES + "%zz",
        "GET " + CODES + "&x=%FF",
        "GET {{host}}" + CODES,
        "GET " + CODES + "\nno header\n",
        "GET " + CODES + "\n\n###\nGET " + CODES,
        "GET " + CODES + "\n###\nGET " + CODES,
        "POST /api/v2/pharma/orders\n\n{}\n### next\nPOST /api/v2/pharma/orders\n\n{}",
        "POST /api/v2/pharma/orders\n\n< ./order.json",
      })
  void refusesWhatIsNotOneRequest(String text) {
    assertThat(problem(text).code()).isEqualTo(ProblemCode.FIELD_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /api/v2/pharma",
        "GET /api/v2/ping",
        "GET /api/v3/pharma/ping",
        "DELETE /api/v2/pharma/ping",
        "POST /api/v2/pharma/codes",
        "GET /api/v2/pharma/order/list",
      })
  void refusesCallsThatNobodyKnows(String text) {
    assertThat(problem(text).code()).isEqualTo(ProblemCode.CALL_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/v2/pharma/code?gtin=1, GET /api/v2/pharma/code, GET /api/v2/<group>/codes",
    "POST /api/v2/pharma/codes, POST /api/v2/pharma/codes, GET /api/v2/<group>/codes",
    "GET /api/v3/pharma/ping, GET /api/v3/pharma/ping, GET /api/v2/<group>/ping",
    "GET /api/v2/ping, GET /api/v2/ping, GET /api/v2/<group>/ping",
    "GET /api/v2/lp/report/status, GET /api/v2/lp/report/status, GET /api/v2/<group>/buffer/status",
  })
  void namesTheCallAndTheNearestKnownOne(String text, String call, String nearest) {
    assertThat(problem(text).arguments()).isEqualTo(Map.of("call", call, "nearest", nearest));
  }

  @Test
  void tellsWhatIsMissing() {
    Problem problem = problem("GET /api/v2/pharma/codes?orderId=1&gtin=&quantity=5");
    assertThat(problem.code()).isEqualTo(ProblemCode.FIELD_REQUIRED);
    assertThat(problem.path()).isEqualTo("$.gtin");
    assertThat(problem("GET " + CODES + "&gtin=2").code()).isEqualTo(ProblemCode.DUPLICATE_KEY);
    assertThat(problem("GET /api/v2/..%2f/ping").code()).isEqualTo(ProblemCode.GROUP_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v2/pharma/dropout\n\n{}",
        "GET /api/v2/pharma/aggregation/info",
        "GET /api/v2/pharma/receipts",
        "GET /api/v2/pharma/providers",
        "GET /api/v2/pharma/order/product",
        "POST /api/v2/integration/connection\nX-RegistrationKey: k\n\n{}",
      })
  void readsCallsThatAreNotServedWhateverTheyLack(String text) {
    assertThat(request(text).call().served()).isFalse();
  }

  @Test
  void readsAHeadOfLimitedSize() {
    assertThat(problem("GET " + CODES + "\nX: " + "x".repeat(70_000)).code())
        .isEqualTo(ProblemCode.FIELD_MALFORMED);
    assertThat(problem("GET " + CODES + "&x=" + "x".repeat(5_000)).code())
        .isEqualTo(ProblemCode.FIELD_MALFORMED);
  }

  @Property(tries = 1000)
  void neverThrows(@ForAll("files") String text, @ForAll byte[] tail) throws IOException {
    byte[] head = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[head.length + tail.length];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(tail, 0, bytes, head.length, tail.length);
    HttpReading reading = file.read(Payload.of(bytes));
    if (reading instanceof HttpReading.Request request) {
      assertThat(request.bodyOffset() + request.bodyLength()).isLessThanOrEqualTo(bytes.length);
      assertThat(
              new PayloadSlice(Payload.of(bytes), request.bodyOffset(), request.bodyLength())
                  .open()
                  .readAllBytes())
          .hasSize((int) request.bodyLength());
    }
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(
            "GET ",
            "POST ",
            "/api/v2/",
            "pharma",
            "/codes",
            "/ping",
            "/buffer/close",
            "?",
            "&",
            "orderId=1",
            "gtin=2",
            "%4",
            "%",
            "+",
            "=",
            "\n",
            "\r\n",
            "\n\n",
            "###",
            "#",
            "//",
            "<",
            "Header: x",
            ":",
            " ",
            "HTTP/1.1",
            "{}",
            "\uFEFF",
            "\u0000",
            "Ж",
            "https://h",
            "@a=b")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private String body(String text, Charset charset) throws IOException {
    String marked = charset == StandardCharsets.UTF_8 ? text : "\uFEFF" + text;
    byte[] bytes = marked.getBytes(charset);
    HttpReading.Request request = (HttpReading.Request) file.read(Payload.of(bytes));
    PayloadSlice slice =
        new PayloadSlice(Payload.of(bytes), request.bodyOffset(), request.bodyLength());
    try (InputStream input = slice.open()) {
      return new String(input.readAllBytes(), charset);
    }
  }

  private HttpReading.Request request(String text) {
    return request(text, StandardCharsets.UTF_8);
  }

  private HttpReading.Request request(String text, Charset charset) {
    HttpReading reading = read(text.getBytes(charset));
    assertThat(reading).isInstanceOf(HttpReading.Request.class);
    return (HttpReading.Request) reading;
  }

  private Problem problem(String text) {
    HttpReading reading = read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(reading).isInstanceOf(HttpReading.Unreadable.class);
    return ((HttpReading.Unreadable) reading).problem();
  }

  private HttpReading read(byte[] bytes) {
    try {
      return file.read(Payload.of(bytes));
    } catch (IOException cause) {
      throw new AssertionError(cause);
    }
  }
}
