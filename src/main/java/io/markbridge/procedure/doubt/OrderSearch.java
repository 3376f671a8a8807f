package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Submission;
import io.markbridge.journal.NewSubmission;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.procedure.Bridge;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Orders: by the number of the production order, which is not unique, and the group; then by GTINs
 * and quantities of the sub-orders (open-api.md section 4).
 */
final class OrderSearch extends Search {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NUMBER = "poNumber";
  private static final String GROUP = "productGroup";

  OrderSearch() {
    super(new Listing("orders", "orderInfos", "orderId"));
  }

  /** What an order of ours says: its number, its group, its goods. */
  private record Said(Map<String, String> fields, Goods goods) {}

  /** GTINs, how many of each, and of which kind where that is told. */
  private static final class Goods {
    final Map<String, Long> quantities = new TreeMap<>();
    final Map<String, String> kinds = new TreeMap<>();

    void add(String gtin, long quantity, String kind) {
      quantities.merge(gtin, quantity, Long::sum);
      if (!kind.isBlank()) {
        kinds.put("cisType " + gtin, kind);
      }
    }

    Content content() {
      return new Content(quantities.isEmpty() ? "" : quantities.toString(), kinds);
    }
  }

  @Override
  Map<String, String> filter(Doubt doubt) throws IOException {
    return said(doubt.bridge(), doubt.lost()).fields();
  }

  @Override
  Map<String, String> expected(Doubt doubt) throws IOException {
    return filter(doubt);
  }

  @Override
  NewSubmission contentQuestion(Doubt doubt, Trail trail, String id) {
    return doubt.ask("sub-orders", trail.values(), Map.of("orderId", id), null);
  }

  @Override
  String asked(Submission step) {
    return step.query().get("orderId");
  }

  @Override
  Optional<Content> content(Doubt doubt, OperatorAnswer answer, JsonNode body) throws IOException {
    JsonNode subOrders = body.path("subOrderInfos");
    Goods goods = new Goods();
    for (JsonNode subOrder : subOrders) {
      long quantity = subOrder.path("availableCodes").asLong();
      if (quantity == 0) {
        // Not worked on yet: how many there will be is not told.
        return Optional.empty();
      }
      goods.add(subOrder.path("gtin").asText(), quantity, subOrder.path("cisType").asText(""));
    }
    boolean cutOff =
        subOrders.size() >= PAGE
            && subOrders.size() < said(doubt.bridge(), doubt.lost()).goods().quantities.size();
    return subOrders.isEmpty() || cutOff ? Optional.empty() : Optional.of(goods.content());
  }

  @Override
  Content content(Bridge bridge, Submission statement) throws IOException {
    Said said = said(bridge, statement);
    Content goods = said.goods().content();
    Map<String, String> others = new TreeMap<>(goods.others());
    others.putAll(said.fields());
    return new Content(goods.subject(), others);
  }

  @Override
  boolean comparable(Submission lost, Submission other) {
    return true;
  }

  /** Own serial numbers may be many: they are read over, never held. */
  private static Said said(Bridge bridge, Submission order) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    Goods goods = new Goods();
    try (InputStream body = bridge.journal().chunks().payload(order.id(), order.size(), 0).open();
        JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(NUMBER) || name.equals(GROUP)) {
          fields.put(name, parser.getText());
        } else if (name.equals("products")) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            product(parser, goods);
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return new Said(fields, goods);
  }

  private static void product(JsonParser parser, Goods goods) throws IOException {
    String gtin = "";
    String kind = "";
    long quantity = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "gtin" -> gtin = parser.getText();
        case "cisType" -> kind = parser.getText();
        case "quantity" -> quantity = parser.getValueAsLong();
        default -> parser.skipChildren();
      }
    }
    goods.add(gtin, quantity, kind);
  }
}
