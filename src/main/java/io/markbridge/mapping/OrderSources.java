package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Outcome.Found;
import io.markbridge.mapping.Outcome.Refused;
import io.markbridge.mapping.Value.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What earlier orders said: by their number, by the code, by the GTIN where the site allows it. */
final class OrderSources {
  private static final String OF_CODE = "order of code";

  private OrderSources() {}

  static Map<String, ValueSource> all() {
    return Map.of(
        "order", ValueSource.of(OrderSources::order, rule -> "memory import orders.csv"),
        "order-of-code", ValueSource.of(OrderSources::orderOfCode, rule -> ""),
        "orders-of-gtin", ValueSource.of(OrderSources::ordersOfGtin, rule -> ""));
  }

  /** The order with the document's number; where its GTINs differ, the code tells which. */
  private static Outcome order(FieldContext context, Optional<MarkingCode> code) {
    List<OrderFacts> orders = context.document().ordersOfNumber();
    List<String> values = values(orders, context);
    if (values.size() <= 1) {
      return found(values, orders, "order", context);
    }
    if (code.isEmpty()) {
      return Outcome.PER_CODE;
    }
    List<OrderFacts> own =
        orders.stream()
            .filter(order -> code.get().gtin().equals(Optional.of(order.gtin())))
            .toList();
    return agreed(own, "order", context);
  }

  private static Outcome orderOfCode(FieldContext context, Optional<MarkingCode> code) {
    if (code.isEmpty()) {
      return Outcome.PER_CODE;
    }
    List<OrderFacts> orders = context.document().orderOf(code.get()).stream().toList();
    return found(values(orders, context), orders, OF_CODE, context);
  }

  /** All orders of the GTIN, where the setting {@code use-gtin-orders} allows it and they agree. */
  private static Outcome ordersOfGtin(FieldContext context, Optional<MarkingCode> code) {
    boolean allowed =
        context
            .document()
            .setting("use-gtin-orders")
            .filter(setting -> setting.value().equals("true"))
            .isPresent();
    if (!allowed) {
      return Outcome.NOTHING;
    }
    if (code.isEmpty()) {
      return Outcome.PER_CODE;
    }
    if (code.get().gtin().isEmpty()) {
      return Outcome.NOTHING;
    }
    List<OrderFacts> orders = context.document().ordersOfGtin(code.get().gtin().get());
    List<String> values = values(orders, context);
    // Orders that disagree tell nothing; the next source may.
    return values.size() == 1 ? found(values, orders, "orders of GTIN", context) : Outcome.NOTHING;
  }

  private static Outcome agreed(List<OrderFacts> orders, String source, FieldContext context) {
    List<String> values = values(orders, context);
    if (values.size() > 1) {
      return new Refused(
          context.problem(
              ProblemCode.VALUES_CONTRADICT,
              "$." + context.rule().name(),
              "first",
              values.get(0),
              "second",
              values.get(1)));
    }
    return found(values, orders, source, context);
  }

  private static Outcome found(
      List<String> values, List<OrderFacts> orders, String source, FieldContext context) {
    if (values.isEmpty()) {
      return Outcome.NOTHING;
    }
    Optional<String> document =
        orders.stream()
            .filter(order -> fact(order, context.rule()).isPresent())
            .findFirst()
            .flatMap(OrderFacts::orderDocument);
    // The operator has long made an order whose codes were fetched.
    document.filter(known -> !source.equals(OF_CODE)).ifPresent(context.document()::usedOrder);
    String id = document.map(known -> " " + known).orElse("");
    return new Found(new Text(values.get(0)), source + id, source + id);
  }

  private static List<String> values(List<OrderFacts> orders, FieldContext context) {
    return orders.stream()
        .flatMap(order -> fact(order, context.rule()).stream())
        .distinct()
        .toList();
  }

  private static Optional<String> fact(OrderFacts order, FieldRule rule) {
    return switch (rule.name()) {
      case "releaseType" -> order.releaseType();
      case "manufacturerCountry" -> order.manufacturerCountry();
      case "businessPlaceId" -> order.businessPlaceId().map(String::valueOf);
      default -> Optional.empty();
    };
  }
}
