package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Looking ids up, and writing them. */
final class Ids {
  private Ids() {}

  /** {@code {"<name>":"<id>"}}. */
  static Answer answer(Work work, String name, String id) {
    return Answer.json(
        work,
        json -> {
          json.writeStartObject();
          json.writeStringField(name, id);
          json.writeEndObject();
        });
  }

  /** A field, left out where the value is empty. */
  static void optional(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  static Order order(OperatorState state, String id, String account) throws RefusedException {
    return find(state, id, account, Order.class, "order-not-found");
  }

  static <T extends Stored> T find(
      OperatorState state, String id, String account, Class<T> kind, String code)
      throws RefusedException {
    return state
        .find(id, account)
        .filter(kind::isInstance)
        .map(kind::cast)
        .orElseThrow(() -> RefusedException.code(404, code));
  }

  static SubOrder subOrder(Order order, String gtin) throws RefusedException {
    return order
        .subOrder(gtin)
        .orElseThrow(() -> RefusedException.code(404, "sub-order-not-found"));
  }
}
