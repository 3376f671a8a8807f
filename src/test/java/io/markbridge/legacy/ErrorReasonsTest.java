package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorReasonsTest {

  @Test
  void namesPlaceCodeAndTags() {
    JsonNode errors =
        Fixtures.parsed(
            "[{\"propertyName\":\"codes\",\"index\":3,\"errorCode\":\"invalid-status\","
                + "\"errorTags\":{\"status\":\"APPLIED\",\"seen\":[1]}},"
                + "{\"propertyName\":\"documentDate\",\"index\":null,\"errorCode\":\"too-late\"},"
                + "{\"errorCode\":17},{},\"odd\"]");
    assertThat(ErrorReasons.of(errors, List.of(), ErrorReasons.MAXIMUM))
        .isEqualTo(
            "codes[3]: invalid-status (status=APPLIED, seen=[1]); documentDate: too-late; 17");
  }

  @Test
  void writesAnIndexOnce() {
    JsonNode error =
        Fixtures.parsed(
            "{\"propertyName\":\"aggregationUnits[0].codes[1]\",\"index\":1,\"errorCode\":\"used\","
                + "\"errorTags\":{\"code\":\"01A\"}}");
    assertThat(ErrorReasons.of(List.of(error), List.of(), ErrorReasons.MAXIMUM))
        .isEqualTo("aggregationUnits[0].codes[1]: used (code=01A)");
    assertThat(ErrorReasons.withoutCode(error))
        .isEqualTo("aggregationUnits[0].codes[1] (code=01A)");
  }

  @Test
  void namesTheCodesThatFailed() {
    JsonNode results =
        Fixtures.parsed(
            "[{\"code\":\"01A\",\"state\":\"ERROR\",\"errorCode\":\"not-owner\"},"
                + "{\"code\":\"01B\",\"state\":\"SUCCESS\"},{\"code\":\"01C\",\"state\":\"WARNING\"}]");
    assertThat(ErrorReasons.of(List.of(), results, ErrorReasons.MAXIMUM))
        .isEqualTo("01A: not-owner; 01C: WARNING");
  }

  @Test
  void isBoundedAndCountsTheRest() {
    JsonNode error = Fixtures.parsed("{\"propertyName\":\"codes\",\"errorCode\":\"invalid\"}");
    String reason = ErrorReasons.of(Collections.nCopies(30_000, error), List.of(), 200);
    assertThat(reason).hasSizeLessThanOrEqualTo(200).matches(".*; … \\(\\+299\\d\\d\\)");
    JsonNode endless = Fixtures.parsed("{\"errorCode\":\"" + "x".repeat(5000) + "\"}");
    assertThat(ErrorReasons.of(List.of(endless, endless), List.of(), 200))
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("(+1)");
    assertThat(ErrorReasons.of(List.of(), List.of(), 200)).isEmpty();
  }
}
