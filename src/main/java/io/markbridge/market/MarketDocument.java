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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Whether it says one thing: the marketplace keeps what it is told last, of an item that stands
   * twice only a part (Y2), and the order of the path is not that of the body (Y4).
   *
   * @throws DocumentRejectedException when it does not
   */
  void refuseContradictions() throws DocumentRejectedException {
    for (String name : List.of("campaignId", "orderId")) {
      String given = request.given().getOrDefault(name, "").strip();
      String own = tree.path(name).asText("").strip();
      if (!given.isEmpty() && !own.isEmpty() && !given.equals(own)) {
        throw contradiction("$." + name, "Y4", "path or side file " + given, "body " + own);
      }
    }
    Map<String, Integer> first = new HashMap<>();
    for (int index = 0; index < tree.path("items").size(); index++) {
      String id = tree.path("items").path(index).path("id").asText();
      Integer earlier = id.isEmpty() ? null : first.putIfAbsent(id, index);
      if (earlier != null) {
        throw contradiction(
            "$.items[" + index + "].id",
            "Y2",
            "items[" + earlier + "] with the instances of item " + id,
            "items[" + index + "] with others of it; an item stands once, with all its instances");
      }
    }
  }

  private static DocumentRejectedException contradiction(
      String path, String row, String first, String second) {
    return new DocumentRejectedException(
        Problem.of(ProblemCode.VALUES_CONTRADICT, path, row, "first", first, "second", second));
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
    Set<String> named = new HashSet<>();
    for (int index = 0; index < items.size(); index++) {
      ObjectNode item = (ObjectNode) items.get(index);
      String id = item.path("id").asText();
      if (!order.containsKey(id)) {
        throw new DocumentRejectedException(
            Problem.of(
                ProblemCode.NOT_IN_ORDER,
                "$.items[" + index + "].id",
                "Y2",
                "id",
                "item " + id,
                "order",
                request.given().getOrDefault("orderId", tree.path("orderId").asText())));
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
