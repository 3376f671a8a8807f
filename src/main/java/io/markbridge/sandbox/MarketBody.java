package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the bodies of PUTs as strictly as can be: what the marketplace might bear is refused. */
final class MarketBody {
  private static final int LARGEST = 512 * 1024;
  private static final Set<String> INSTANCE = Set.of("cis", "uin", "rnpt", "gtd", "countryCode");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /**
   * What a PUT says of one item.
   *
   * @param count units, or -1 where the call does not say
   */
  record Item(String id, long count, List<JsonNode> instances) {}

  /** A whole PUT. */
  record Content(List<Item> items, boolean allowRemove, int boxes) {}

  private MarketBody() {}

  static Content read(MarketRoute route, Spill body) throws MarketRefusal, IOException {
    if (body.size() > LARGEST) {
      throw MarketRefusal.badRequest("body larger than 512 KB");
    }
    JsonNode root;
    try (InputStream input = body.open()) {
      root = JSON.readTree(input);
    } catch (JsonProcessingException notJson) {
      throw MarketRefusal.badRequest("not JSON: " + notJson.getOriginalMessage());
    }
    boolean boxes = route == MarketRoute.BOXES;
    only(root, boxes ? Set.of("boxes", "allowRemove") : Set.of("items"));
    List<Item> items = new ArrayList<>();
    if (!boxes) {
      items(route, array(root, "items"), items);
      return new Content(items, false, 0);
    }
    JsonNode list = array(root, "boxes");
    for (JsonNode box : list) {
      only(box, Set.of("items"));
      items(route, array(box, "items"), items);
    }
    if (items.isEmpty()) {
      throw MarketRefusal.badRequest("boxes without items");
    }
    return new Content(items, root.path("allowRemove").asBoolean(false), list.size());
  }

  private static void items(MarketRoute route, JsonNode list, List<Item> items)
      throws MarketRefusal {
    boolean boxes = route == MarketRoute.BOXES;
    for (JsonNode item : list) {
      only(item, boxes ? Set.of("id", "fullCount", "instances") : Set.of("id", "instances"));
      if (!item.path("id").isIntegralNumber()) {
        throw MarketRefusal.badRequest("id is int64");
      }
      List<JsonNode> instances = new ArrayList<>();
      if (!boxes || item.has("instances")) {
        for (JsonNode instance : array(item, "instances")) {
          instances.add(instance(route, instance));
        }
      }
      long count = item.path("fullCount").asLong(-1);
      if (boxes && (count < 1 || (!instances.isEmpty() && instances.size() != count))) {
        throw MarketRefusal.badRequest("fullCount and one instance for each unit");
      }
      items.add(new Item(item.path("id").asText(), count, instances));
    }
  }

  private static JsonNode instance(MarketRoute route, JsonNode instance) throws MarketRefusal {
    only(instance, route == MarketRoute.CIS ? Set.of("cis") : INSTANCE);
    if (instance.size() != 1) {
      throw MarketRefusal.badRequest("an instance has one field");
    }
    String value = instance.elements().next().asText();
    if (value.isEmpty() || value.contains("\\u001d")) {
      throw MarketRefusal.badRequest("the separator is escaped twice, or the value is empty");
    }
    return instance;
  }

  private static void only(JsonNode node, Set<String> names) throws MarketRefusal {
    if (node == null || !node.isObject()) {
      throw MarketRefusal.badRequest("not an object");
    }
    for (var field : node.properties()) {
      if (!names.contains(field.getKey())) {
        throw MarketRefusal.badRequest("unknown field " + field.getKey());
      }
    }
  }

  private static JsonNode array(JsonNode node, String name) throws MarketRefusal {
    if (!node.path(name).isArray()) {
      throw MarketRefusal.badRequest(name + " is required");
    }
    return node.path(name);
  }
}
