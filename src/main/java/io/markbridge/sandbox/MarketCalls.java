package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.sandbox.MarketBooks.Item;
import io.markbridge.sandbox.MarketBooks.MarketOrder;
import io.markbridge.sandbox.MarketRoute.Visit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What the marketplace does with a call that passed its gate. */
final class MarketCalls {
  private static final char SEPARATOR = '\u001d';

  private final Work work;
  private final MarketBooks books;

  MarketCalls(Work work, MarketBooks books) {
    this.work = work;
    this.books = books;
  }

  Answer answer(Visit visit, Spill body) throws MarketRefusal, IOException {
    synchronized (books) {
      return switch (visit.route()) {
        case IDENTIFIERS, CIS, BOXES -> put(visit, MarketBody.read(visit.route(), body));
        case STATUS -> status(order(visit));
        case ORDER -> told(visit, order(visit));
      };
    }
  }

  private MarketOrder order(Visit visit) throws MarketRefusal {
    return books
        .find(visit.campaign(), visit.order())
        .orElseThrow(
            () -> new MarketRefusal(404, "NOT_FOUND", "order " + visit.order() + " is not there"));
  }

  private Answer put(Visit visit, MarketBody.Content content) throws MarketRefusal {
    boolean any = work.switches().is(SwitchName.MARKET_ORDERS, "any");
    MarketOrder order = any ? books.make(visit.campaign(), visit.order()) : order(visit);
    if (any && order.items.isEmpty()) {
      content
          .items()
          .forEach(
              item ->
                  order.items.put(
                      item.id(),
                      new Item(Math.max(item.count(), Math.max(1, item.instances().size())))));
    }
    check(visit, order, content);
    for (MarketBody.Item item : content.items()) {
      Item own = order.items.get(item.id());
      own.instances = item.instances();
      own.given = work.now();
    }
    order.puts.add(visit.route().label());
    return visit.route() == MarketRoute.BOXES ? boxes(content) : items(visit, order, content);
  }

  private static void check(Visit visit, MarketOrder order, MarketBody.Content content)
      throws MarketRefusal {
    Map<String, Long> counts = new HashMap<>();
    for (MarketBody.Item item : content.items()) {
      Item own = order.items.get(item.id());
      if (own == null) {
        throw MarketRefusal.badRequest("item " + item.id() + " is not in the order");
      }
      if (item.instances().size() > own.count) {
        throw MarketRefusal.badRequest("item " + item.id() + " has " + own.count + " units");
      }
      counts.merge(item.id(), item.count(), Long::sum);
    }
    if (visit.route() != MarketRoute.BOXES) {
      return;
    }
    for (Map.Entry<String, Item> item : order.items.entrySet()) {
      if (counts.getOrDefault(item.getKey(), 0L) >= item.getValue().count) {
        continue;
      }
      if (!content.allowRemove()) {
        throw MarketRefusal.badRequest("item " + item.getKey() + " is missing in the boxes");
      }
      order.removed++;
    }
  }

  private Answer items(Visit visit, MarketOrder order, MarketBody.Content content) {
    return result(
        json -> {
          json.writeArrayFieldStart("items");
          for (MarketBody.Item item : content.items()) {
            json.writeStartObject();
            json.writeFieldName("id");
            json.writeNumber(item.id());
            facts(json, item.id(), order.items.get(item.id()).count);
            json.writeArrayFieldStart("instances");
            for (JsonNode instance : item.instances()) {
              json.writeStartObject();
              for (Map.Entry<String, JsonNode> field : instance.properties()) {
                String value = field.getValue().asText();
                boolean code = field.getKey().equals("cis");
                json.writeStringField(field.getKey(), code ? bare(value) : value);
                if (code) {
                  json.writeStringField("cisFull", value);
                }
              }
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void facts(JsonGenerator json, String id, long count) throws IOException {
    json.writeStringField("vat", "VAT_22");
    json.writeNumberField("count", count);
    json.writeNumberField("price", 1290);
    json.writeStringField("offerName", "Тапочки " + id);
    json.writeStringField("offerId", "SKU-" + id);
  }

  private Answer boxes(MarketBody.Content content) {
    return result(
        json -> {
          json.writeArrayFieldStart("boxes");
          for (int box = 1; box <= content.boxes(); box++) {
            json.writeStartObject();
            json.writeNumberField("boxId", 1000 + box);
            json.writeArrayFieldStart("items");
            for (MarketBody.Item item : content.items()) {
              json.writeStartObject();
              json.writeFieldName("id");
              json.writeNumber(item.id());
              json.writeNumberField("fullCount", item.count());
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private Answer status(MarketOrder order) {
    return result(
        json -> {
          json.writeArrayFieldStart("items");
          for (Map.Entry<String, Item> item : order.items.entrySet()) {
            json.writeStartObject();
            json.writeFieldName("id");
            json.writeNumber(item.getKey());
            checks(json, item.getValue(), "cis");
            checks(json, item.getValue(), "uin");
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void checks(JsonGenerator json, Item item, String field) throws IOException {
    if (item.instances.stream().noneMatch(instance -> instance.has(field))) {
      return;
    }
    boolean done =
        !work.now().isBefore(item.given.plus(work.switches().duration(SwitchName.MARKET_CHECK)));
    json.writeArrayFieldStart(field);
    for (JsonNode instance : item.instances) {
      if (!instance.has(field)) {
        continue;
      }
      String value = instance.path(field).asText();
      String pattern = work.switches().text(SwitchName.MARKET_INVALID_CODES);
      boolean invalid = !pattern.isEmpty() && value.matches(pattern);
      json.writeStartObject();
      json.writeStringField("value", value);
      json.writeStringField(
          "status",
          !done ? "IN_PROGRESS" : !invalid ? "OK" : field.equals("cis") ? "INVALID" : "FAILED");
      if (done && invalid) {
        json.writeStringField(
            "substatus", field.equals("cis") ? "CIS_NOT_FOUND_IN_GIS_MT" : "UIN_NO_DATA");
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private Answer told(Visit visit, MarketOrder order) {
    return Answer.json(
        work,
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("order");
          json.writeFieldName("id");
          json.writeNumber(visit.order());
          json.writeArrayFieldStart("items");
          for (Map.Entry<String, Item> item : order.items.entrySet()) {
            json.writeStartObject();
            json.writeFieldName("id");
            json.writeNumber(item.getKey());
            facts(json, item.getKey(), item.getValue().count);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private Answer result(Answer.Content content) {
    return Answer.json(
        work,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "OK");
          json.writeObjectFieldStart("result");
          content.write(json);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static String bare(String code) {
    int end = code.indexOf(SEPARATOR, 1);
    return end < 0 ? code : code.substring(0, end);
  }
}
