package io.markbridge.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.legacy.LegacyJson;
import io.markbridge.mapping.MappingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A document whose items may lack what boxes need: it is small, and held whole. */
final class MarketDocument {
  /** Many times what a body may have; more is refused unread. */
  private static final long LARGEST = 8L * 1024 * 1024;

  private static final List<String> COUNTS = List.of("fullCount", "count");
  private static final ObjectMapper JSON =
      new ObjectMapper(LegacyJson.factory().build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final MappingRequest request;
  private final JsonNode tree;

  private MarketDocument(MappingRequest request, JsonNode tree) {
    this.request = request;
    this.tree = tree;
  }

  /**
   * @throws DocumentRejectedException when it is too large
   */
  static MarketDocument of(MappingRequest request) throws DocumentRejectedException, IOException {
    if (request.payload().size() > LARGEST) {
      throw new DocumentRejectedException(
          Problem.of(
              ProblemCode.OVER_LIMIT,
              "",
              "Y5",
              "count",
              request.payload().size() + " bytes",
              "limit",
              LARGEST + " bytes"));
    }
    return new MarketDocument(request, read(request.payload(), request.charset()));
  }

  /** What is no JSON is told by the mapping. */
  private static JsonNode read(Payload payload, Optional<Charset> charset) throws IOException {
    try (InputStream input = payload.open()) {
      return charset.isPresent()
          ? JSON.readTree(new InputStreamReader(input, charset.get()))
          : JSON.readTree(input);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** Whether it says of each of its items how many there are: then it names the whole order. */
  boolean countsAll() {
    for (JsonNode item : tree.path("items")) {
      if (COUNTS.stream().noneMatch(item::hasNonNull)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same with the counts of the order, and with its other items.
   *
   * @throws DocumentRejectedException when it names an item that the order does not have
   */
  MarketDocument completedBy(Map<String, JsonNode> order) throws DocumentRejectedException {
    ObjectNode completed = tree.deepCopy();
    ArrayNode items = completed.withArray("items");
    java.util.Set<String> named = new java.util.HashSet<>();
    for (int index = 0; index < items.size(); index++) {
      ObjectNode item = (ObjectNode) items.get(index);
      String id = item.path("id").asText();
      if (!order.containsKey(id)) {
        throw new DocumentRejectedException(
            Problem.of(ProblemCode.ID_UNKNOWN, "$.items[" + index + "].id", "Y2", "id", id));
      }
      named.add(id);
      if (COUNTS.stream().noneMatch(item::hasNonNull)) {
        item.set("count", order.get(id).path("count"));
      }
    }
    order.forEach(
        (id, item) -> {
          if (!named.contains(id) && item.path("count").asLong() > 0) {
            ObjectNode other = items.addObject();
            other.set("id", item.path("id"));
            other.set("count", item.path("count"));
          }
        });
    return new MarketDocument(request, completed);
  }

  /** As the mapping takes it. */
  MappingRequest request() throws IOException {
    return new MappingRequest(
        request.kind(),
        request.productGroup(),
        request.account(),
        request.accountTin(),
        request.folder(),
        request.given(),
        Optional.empty(),
        request.acceptedAt(),
        Payload.of(JSON.writeValueAsBytes(tree)),
        request.documentId());
  }
}
