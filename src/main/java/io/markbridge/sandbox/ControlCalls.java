package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;

/** The sandbox's own paths, for other processes: state, switches, codes without waiting. */
final class ControlCalls {
  private static final int MOST_CODES = 150_000;

  private final OperatorState state;
  private final Work work;
  private final OrderCalls orders;
  private final Accounts accounts;
  private final StateWriter writer;

  ControlCalls(OperatorState state, OrderCalls orders, Accounts accounts, SandboxJournal journal) {
    this.state = state;
    this.work = state.work();
    this.orders = orders;
    this.accounts = accounts;
    this.writer = new StateWriter(journal);
  }

  Answer state(Call call) throws RefusedException {
    int limit = call.number("limit", 1000, 0, Integer.MAX_VALUE);
    return Answer.json(work, json -> writer.write(json, limit));
  }

  Answer show(Call call) {
    return Answer.json(work, this::switches);
  }

  Answer change(Call call) throws RefusedException, IOException {
    for (Map.Entry<String, JsonNode> entry : call.tree().properties()) {
      try {
        work.switches().set(entry.getKey(), entry.getValue().asText());
      } catch (IllegalArgumentException exception) {
        throw RefusedException.invalid(entry.getKey(), exception.getMessage());
      }
    }
    return Answer.json(work, this::switches);
  }

  private void switches(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> entry : work.switches().all().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  Answer expire(Call call) {
    accounts.expireTokens();
    return Answer.json(work, this::switches);
  }

  Answer issue(Call call) throws RefusedException, IOException {
    JsonNode body = call.tree();
    int quantity = body.path("quantity").asInt(0);
    String gtin = body.path("gtin").asText("");
    String group = body.path("productGroup").asText("");
    if (quantity < 1 || quantity > MOST_CODES) {
      throw RefusedException.invalid("quantity", "1 to " + MOST_CODES);
    }
    if (!gtin.matches("[0-9]{14}") || group.isEmpty()) {
      throw RefusedException.invalid("gtin", "gtin of 14 digits and productGroup");
    }
    IssuedOrder issued =
        issue(
            body.path("account").asText("demo"),
            group,
            gtin,
            body.path("cisType").asText("UNIT"),
            quantity);
    return Answer.json(
        work,
        json -> {
          json.writeStartObject();
          json.writeStringField("orderId", issued.orderId());
          json.writeArrayFieldStart("codes");
          for (String code : issued.codes()) {
            json.writeString(code);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  IssuedOrder issue(String account, String group, String gtin, String cisType, int quantity)
      throws RefusedException, IOException {
    synchronized (state) {
      OrderRequest.Product product = new OrderRequest.Product(gtin, quantity, cisType, List.of());
      String hash = new ContentHash().add("issued").add("" + state.all().size()).hex();
      OrderRequest request =
          new OrderRequest(group, "PRIMARY", "", "", true, List.of(product), hash);
      Order order = orders.accept(account, request, Duration.ZERO);
      Files.writeString(work.bodyOf(order.id()), "{}");
      SubOrder sub = order.subOrders().get(0);
      sub.take(quantity, work.now());
      return new IssuedOrder(order.id(), codes(sub));
    }
  }

  private static List<String> codes(SubOrder sub) {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return sub.code(index);
      }

      @Override
      public int size() {
        return sub.quantity();
      }
    };
  }
}
