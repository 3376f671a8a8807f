package io.markbridge.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.MappingRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketDocumentTest {
  private static MarketDocument document(String body, Map<String, String> given) throws Exception {
    return MarketDocument.of(
        new MappingRequest(
            "market-cis",
            "",
            "market:1",
            Optional.empty(),
            "market",
            given,
            Optional.empty(),
            Instant.EPOCH,
            Payload.of(body.getBytes(StandardCharsets.UTF_8))));
  }

  private static Problem refused(String body, Map<String, String> given) throws Exception {
    MarketDocument document = document(body, given);
    return catchThrowableOfType(
            DocumentRejectedException.class, () -> document.refuseContradictions())
        .problems()
        .get(0);
  }

  /** A row for each unit: of those entries the marketplace would keep one. */
  @Test
  void anItemStandsOnce() throws Exception {
    Problem problem = refused("{\"items\":[{\"id\":7},{\"id\":8},{\"id\":\"7\"}]}", Map.of());
    assertThat(problem.code()).isEqualTo(ProblemCode.VALUES_CONTRADICT);
    assertThat(problem.path()).isEqualTo("$.items[2].id");
    assertThat(problem.arguments().get("first")).contains("items[0]", "item 7");
  }

  @Test
  void theOrderOfThePathIsThatOfTheBody() throws Exception {
    String body = "{\"campaignId\":1001,\"orderId\":\"5\",\"items\":[{\"id\":7},{\"id\":8}]}";
    Problem problem = refused(body, Map.of("campaignId", "1001", "orderId", "6"));
    assertThat(problem.path()).isEqualTo("$.orderId");
    assertThat(problem.arguments()).containsEntry("second", "body 5");
    MarketDocument same = document(body, Map.of("campaignId", "1001", "orderId", "5"));
    assertThatCode(same::refuseContradictions).doesNotThrowAnyException();
  }

  /** As a line writes it. */
  @Test
  void readsARawGroupSeparator() throws Exception {
    String body = "{\"items\":[{\"id\":7,\"count\":1,\"instances\":[{\"cis\":\"a\u001db\"}]}]}";
    assertThat(document(body, Map.of()).countsAll()).isTrue();
    String boxed = body.replace(",\"count\":1", "");
    assertThat(document(boxed, Map.of()).countsAll()).isFalse();
  }

  /** Asking again would not end; an answer that is something else is asked for again. */
  @Test
  void anOrderWithoutItemsHasNone() throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertThat(MarketOrder.items(json.readTree("{\"order\":{\"items\":[]}}"))).isEmpty();
    assertThatThrownBy(() -> MarketOrder.items(json.readTree("{\"order\":{}}")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
