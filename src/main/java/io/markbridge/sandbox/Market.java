package io.markbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.sandbox.MarketBooks.Item;
import io.markbridge.sandbox.MarketBooks.MarketOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** The marketplace beside OPEN API, on the same port: what a test makes and sees of it. */
public final class Market {
  /**
   * What the marketplace has of an order.
   *
   * @param codes what was sent for its units, by item
   * @param puts the calls that changed it, in order
   * @param removed how many items were taken out of it
   */
  public record Held(Map<Long, List<String>> codes, List<String> puts, int removed) {}

  private final Work work;
  private final MarketBooks books = new MarketBooks();
  private final MarketMeter meter;
  private final MarketGate gate;

  Market(Work work) {
    this.work = work;
    this.meter = new MarketMeter(work.switches());
    this.gate = new MarketGate(work, meter, new MarketCalls(work, books));
  }

  MarketGate gate() {
    return gate;
  }

  /** An order that a customer made. */
  public void order(long campaign, long order, Map<Long, Integer> counts) {
    synchronized (books) {
      MarketOrder made = books.make(Long.toString(campaign), Long.toString(order));
      counts.forEach((id, count) -> made.items.put(Long.toString(id), new Item(count)));
    }
  }

  /**
   * What the marketplace has of an order.
   *
   * @throws IllegalArgumentException when it has no such order
   */
  public Held held(long campaign, long order) {
    synchronized (books) {
      MarketOrder found =
          books
              .find(Long.toString(campaign), Long.toString(order))
              .orElseThrow(() -> new IllegalArgumentException("no order " + order));
      Map<Long, List<String>> codes = new LinkedHashMap<>();
      found.items.forEach(
          (id, item) -> {
            List<String> values = new ArrayList<>();
            item.instances.forEach(one -> values.add(one.elements().next().asText()));
            codes.put(Long.valueOf(id), values);
          });
      return new Held(codes, List.copyOf(found.puts), found.removed);
    }
  }

  /** Calls that passed, by the beginning of their period. */
  public NavigableMap<Instant, Integer> periods(long campaign, String call) {
    return meter.periods(Long.toString(campaign), call);
  }

  /** How many got 420, by campaign and call; {@code at once} where too many were on their way. */
  public Map<String, Integer> refused() {
    return meter.refused();
  }

  /** The most requests of a campaign that were there at once. */
  public int mostAtOnce(long campaign) {
    return meter.mostAtOnce().getOrDefault(Long.toString(campaign), 0);
  }

  /** {@code GET /sandbox/market}: the same for other processes. */
  Answer state(Call call) {
    return Answer.json(
        work,
        json -> {
          json.writeStartObject();
          json.writeNumberField("orders", books.size());
          json.writeObjectFieldStart("refused");
          for (Map.Entry<String, Integer> entry : refused().entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
          }
          json.writeEndObject();
          json.writeObjectFieldStart("mostAtOnce");
          for (Map.Entry<String, Integer> entry : meter.mostAtOnce().entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
          }
          json.writeEndObject();
          String campaign = call.query("campaign").orElse("");
          String name = call.query("call").orElse("");
          json.writeObjectFieldStart("periods");
          for (Map.Entry<Instant, Integer> entry : meter.periods(campaign, name).entrySet()) {
            json.writeNumberField(entry.getKey().toString(), entry.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /** {@code POST /sandbox/market/orders}: {@code {"campaignId","orderId","items":{"id":count}}}. */
  Answer make(Call call) throws RefusedException, IOException {
    JsonNode body = call.tree();
    Map<Long, Integer> counts = new LinkedHashMap<>();
    try {
      body.path("items")
          .properties()
          .forEach(item -> counts.put(Long.valueOf(item.getKey()), item.getValue().asInt()));
    } catch (NumberFormatException notAnId) {
      throw RefusedException.invalid("items", "counts by id");
    }
    order(body.path("campaignId").asLong(), body.path("orderId").asLong(), counts);
    return Answer.text(200, "application/json", "{}");
  }
}
