package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Outcome.Found;
import io.markbridge.mapping.Outcome.Refused;
import io.markbridge.mapping.Value.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What earlier orders said: by their number, by the code, by the GTIN where the site allows it. */
final class OrderSources {
  private static final String ORDER = "order";
  private static final String OF_CODE = "order of code";

  /** Sources that ask which order a code was fetched for. */
  static final Set<String> OF_CODES = Set.of(ORDER, "order-of-code");

  private OrderSources() {}

  static Map<String, ValueSource> all() {
    return Map.of(
        ORDER,
        ValueSource.of(OrderSources::order, rule -> "memory import orders.csv"),
        "order-of-code",
        ValueSource.of(OrderSources::orderOfCode, rule -> ""),
        "orders-of-gtin",
        ValueSource.of(OrderSources::ordersOfGtin, rule -> ""));
  }

  /**
   * The order with the document's number, of the code's GTIN; where it has other goods and nothing
   * else tells the code's order, that number is wrong. Where the code was fetched for an order that
   * is known here and says otherwise, the number is of another one: nothing is guessed.
   */
  private static Outcome order(FieldContext context, Optional<MarkingCode> code) {
    List<OrderFacts> orders = context.document().ordersOfNumber();
    if (values(orders, context).isEmpty()) {
      return Outcome.NOTHING;
    }
    if (code.isEmpty()) {
      return Outcome.PER_CODE;
    }
    // A packing unit inside another one has no GTIN: only the number tells its order.
    List<OrderFacts> own =
        orders.stream()
            .filter(order -> code.get().gtin().map(order.gtin()::equals).orElse(true))
            .toList();
    if (own.isEmpty() && context.document().orderOf(code.get()).isEmpty()) {
      return contradiction(
          told(one(orders, context, values(orders, context).get(0)), context),
          "GTIN " + code.get().gtin().orElseThrow() + " of a code, which that order has not",
          context);
    }
    List<String> values = values(own, context);
    Optional<OrderFacts> fetched =
        context.document().orderOf(code.get()).filter(order -> says(order, context));
    if (fetched.isPresent() && !values.isEmpty()) {
      String value = fact(fetched.get(), context.rule()).orElseThrow();
      return values.contains(value)
          ? found(List.of(value), List.of(fetched.get()), ORDER, context)
          : contradiction(
              told(one(own, context, values.get(0)), context),
              told(fetched.get(), context) + ", for which the code was fetched",
              context);
    }
    return values.size() > 1
        ? contradiction(
            told(one(own, context, values.get(0)), context),
            told(one(own, context, values.get(1)), context),
            context)
        : found(values, own, ORDER, context);
  }

  private static OrderFacts one(List<OrderFacts> orders, FieldContext context, String value) {
    return orders.stream()
        .filter(order -> fact(order, context.rule()).equals(Optional.of(value)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean says(OrderFacts order, FieldContext context) {
    return fact(order, context.rule()).isPresent();
  }

  /** What an order says, and which one it is. */
  private static String told(OrderFacts order, FieldContext context) {
    return fact(order, context.rule()).orElse("")
        + " (order "
        + order.productionOrderId().orElse("without a number")
        + ", GTIN "
        + order.gtin()
        + ", "
        + order.orderDocument().map(document -> "document " + document).orElse("memory import")
        + ")";
  }

  private static Outcome contradiction(String first, String second, FieldContext context) {
    return new Refused(
        context.problem(
            ProblemCode.VALUES_CONTRADICT,
            "$." + context.rule().name(),
            "first",
            first,
            "second",
            second,
            "where",
            ValueSource.named("given").where(context.rule())));
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
