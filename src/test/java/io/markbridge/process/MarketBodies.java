package io.markbridge.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Documents of a seller's system, as the deprecated call took them. */
final class MarketBodies {
  static final ObjectMapper JSON = new ObjectMapper();

  private MarketBodies() {}

  /** A code in the documented form, with its tail; as JSON it has one backslash. */
  static String code(int number) {
    return bare(number) + "\u001d93Zjqw";
  }

  static String bare(int number) {
    return "010304109478744321%07d".formatted(number);
  }

  /** A document without items. */
  static ObjectNode document(long campaign, long order) {
    ObjectNode document = JSON.createObjectNode().put("campaignId", campaign).put("orderId", order);
    document.putArray("items");
    return document;
  }

  /** The document with one item more. */
  static ObjectNode item(ObjectNode document, long id, String... codes) {
    ArrayNode instances =
        document.withArray("items").addObject().put("id", id).putArray("instances");
    for (String code : codes) {
      instances.addObject().put("cis", code);
    }
    return document;
  }
}
