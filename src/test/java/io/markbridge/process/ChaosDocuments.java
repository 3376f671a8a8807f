package io.markbridge.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.sandbox.Duplicate;
import io.markbridge.sandbox.IssuedOrder;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Legacy documents of all kinds, each of which is to be accepted once, and what of them is at the
 * operator in the end.
 */
final class ChaosDocuments {
  private static final String GROUP = "beer";

  /** Twenty documents in their order; so many of each kind. */
  private static final List<Kind> MIX =
      List.of(
          Kind.ORDER,
          Kind.REPORT,
          Kind.AGGREGATION,
          Kind.REPORT,
          Kind.ORDER,
          Kind.CODES,
          Kind.REPORT,
          Kind.ORDER,
          Kind.AGGREGATION,
          Kind.REPORT,
          Kind.CLOSE,
          Kind.ORDER,
          Kind.REPORT,
          Kind.LEVELS,
          Kind.ORDER,
          Kind.REPORT,
          Kind.ORDER,
          Kind.AGGREGATION,
          Kind.LIST,
          Kind.ORDER);

  /** One number of an order is several orders, as in pharma. */
  private static final int ORDERS_OF_A_NUMBER = 3;

  private static final int CODES_OF_AN_ORDER = 4;

  enum Kind {
    ORDER,
    REPORT,
    AGGREGATION,
    /** Two boxes and their pallet: two requests, one after the other. */
    LEVELS,
    CODES,
    CLOSE,
    LIST
  }

  private final Sandbox sandbox;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<Kind, Integer> counts = new TreeMap<>();
  private final Set<String> orders = new HashSet<>();
  private final Set<String> closed = new HashSet<>();
  private final Set<String> forCodes = new HashSet<>();

  /** The orders that the questions are about are equal, and made on purpose. */
  private Map<Duplicate.Kind, Long> madeTwice = Map.of();

  private int units;
  private int aggregations;

  private ChaosDocuments(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Makes them, with the orders and codes that they speak of; the sandbox must have no limit. */
  static ChaosDocuments of(int count, Sandbox sandbox) throws IOException, InterruptedException {
    return of(count, sandbox, MIX);
  }

  /**
   * @param mix kinds, over and over
   */
  static ChaosDocuments of(int count, Sandbox sandbox, List<Kind> mix)
      throws IOException, InterruptedException {
    ChaosDocuments documents = new ChaosDocuments(sandbox);
    IssuedOrder issued = sandbox.issue(GROUP, LegacyBodies.GTIN, 2 * count);
    DirectClient others = DirectClient.withKey(sandbox.uri(), "demo-key");
    String order = "";
    for (int number = 0; number < count; number++) {
      Kind kind = mix.get(number % mix.size());
      int before = documents.counts.merge(kind, 1, Integer::sum) - 1;
      String name =
          GROUP + "/" + kind.name().toLowerCase(java.util.Locale.ROOT) + "-" + number + ".";
      switch (kind) {
        case ORDER -> documents.order(name, before);
        case REPORT ->
            documents.files.put(
                name + "json",
                LegacyBodies.report(issued.codes().subList(2 * before, 2 * before + 2)).toString());
        case AGGREGATION -> documents.aggregation(name, false);
        case LEVELS -> documents.aggregation(name, true);
        case CODES -> {
          if (before % CODES_OF_AN_ORDER == 0) {
            order = others.order(GROUP, LegacyBodies.GTIN, 100);
            documents.forCodes.add(order);
          }
          documents.question(name, "GET", "codes", order, "&quantity=2");
        }
        case CLOSE -> {
          String ended = others.order(GROUP, LegacyBodies.GTIN, 2);
          documents.closed.add(ended);
          documents.question(name, "POST", "buffer/close", ended, "");
        }
        case LIST -> documents.question(name, "GET", "buffer/status", issued.orderId(), "");
      }
    }
    documents.madeTwice = sandbox.journal().duplicateCounts();
    return documents;
  }

  private void order(String name, int before) {
    String poNumber = "PO-" + before / ORDERS_OF_A_NUMBER;
    int quantity = 1 + before % ORDERS_OF_A_NUMBER;
    orders.add(poNumber + " " + quantity);
    files.put(name + "json", LegacyBodies.order(poNumber, quantity).toString());
  }

  private void aggregation(String name, boolean pallet) {
    // Otherwise it gets the time of its acceptance: accepted again, by a journal that was restored,
    // it would not be the same as what the operator has, and wait for a person.
    ObjectNode aggregation =
        LegacyBodies.aggregation().put("documentDate", "2026-11-20T10:00:00+05:00");
    List<String> boxes = new ArrayList<>();
    for (int box = 0; box < 2; box++) {
      int unit = units++;
      String first = LegacyBodies.bare(5_000_000_000L + 2L * unit);
      String second = LegacyBodies.bare(5_000_000_000L + 2L * unit + 1);
      boxes.add(LegacyBodies.sscc(unit));
      LegacyBodies.unit(aggregation, LegacyBodies.sscc(unit), List.of(first, second));
    }
    if (pallet) {
      LegacyBodies.unit(aggregation, LegacyBodies.sscc(units++), boxes);
    }
    aggregations += pallet ? 2 : 1;
    files.put(name + "json", aggregation.toString());
  }

  private void question(String name, String method, String path, String order, String more) {
    files.put(
        name + "http",
        method
            + " /api/v2/"
            + GROUP
            + "/"
            + path
            + "?omsId="
            + URLEncoder.encode(BridgeProcess.OMS_ID, StandardCharsets.UTF_8)
            + "&orderId="
            + order
            + "&gtin="
            + LegacyBodies.GTIN
            + more
            + "\nclientToken: 00000000-0000-4000-8000-000000000001\n\n");
  }

  void drop(FileDrop inbox) {
    files.forEach(inbox::put);
  }

  int count() {
    return files.size();
  }

  Map<Kind, Integer> counts() {
    return counts;
  }

  /** What is not at the operator, or not in the replies, although it should be. */
  List<String> lost(FileDrop replies) {
    List<String> lost = new ArrayList<>();
    for (String file : files.keySet()) {
      String stem = file.substring(0, file.lastIndexOf('.') + 1);
      if (replies.read(stem + "reply.json").isEmpty()) {
        lost.add(
            "no reply to "
                + file
                + replies.read(stem + "error.json").map(error -> ": " + error).orElse(""));
      }
    }
    Map<String, Long> there = ordersThere();
    orders.stream().filter(one -> !there.containsKey(one)).forEach(one -> lost.add("order " + one));
    Map<String, AcceptedOrder> byId =
        sandbox.journal().orders().stream()
            .collect(Collectors.toMap(AcceptedOrder::orderId, Function.identity()));
    closed.stream()
        .filter(id -> !byId.get(id).status().equals("CLOSED"))
        .forEach(id -> lost.add("the end of order " + id));
    missing(lost, "reports", counts.getOrDefault(Kind.REPORT, 0), distinctReports());
    missing(lost, "aggregations", aggregations, distinctAggregations());
    return lost;
  }

  private static void missing(List<String> lost, String what, int expected, long found) {
    if (found < expected) {
      lost.add(expected - found + " " + what);
    }
  }

  /** What the operator, or a legacy system, has twice. */
  List<String> doubled(FileDrop replies) {
    List<String> doubled = new ArrayList<>();
    sandbox
        .journal()
        .duplicateCounts()
        .forEach(
            (kind, count) ->
                surplus(doubled, kind.name(), madeTwice.getOrDefault(kind, 0L), count));
    ordersThere().entrySet().stream()
        .filter(one -> one.getValue() > 1 || !orders.contains(one.getKey()))
        .forEach(one -> doubled.add("order " + one));
    surplus(
        doubled,
        "reports",
        counts.getOrDefault(Kind.REPORT, 0),
        sandbox.journal().reports().size());
    surplus(doubled, "aggregations", aggregations, sandbox.journal().documents().size());
    List<String> handedOut = handedOut(replies);
    surplus(doubled, "codes handed out", new HashSet<>(handedOut).size(), handedOut.size());
    surplus(doubled, "codes taken from the operator", handedOut.size(), codesTaken());
    return doubled;
  }

  private static void surplus(List<String> doubled, String what, long expected, long found) {
    if (found > expected) {
      doubled.add(found - expected + " " + what);
    }
  }

  private Map<String, Long> ordersThere() {
    return sandbox.journal().orders().stream()
        .filter(order -> order.poNumber().startsWith("PO-"))
        .map(order -> order.poNumber() + " " + order.quantities().get(LegacyBodies.GTIN))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private long distinctReports() {
    return sandbox.journal().reports().stream().map(one -> one.contentHash()).distinct().count();
  }

  private long distinctAggregations() {
    return sandbox.journal().documents().stream().map(one -> one.contentHash()).distinct().count();
  }

  private List<String> handedOut(FileDrop replies) {
    List<String> codes = new ArrayList<>();
    for (String file : files.keySet()) {
      if (file.startsWith(GROUP + "/codes-")) {
        replies
            .read(file.replace(".http", ".reply.json"))
            .map(reply -> reply.path("codes"))
            .map(JsonNode::elements)
            .ifPresent(all -> all.forEachRemaining(code -> codes.add(code.asText())));
      }
    }
    return codes;
  }

  private int codesTaken() {
    return sandbox.journal().orders().stream()
        .filter(order -> forCodes.contains(order.orderId()))
        .mapToInt(AcceptedOrder::codesTaken)
        .sum();
  }

  @Override
  public String toString() {
    return Arrays.toString(counts.entrySet().toArray());
  }
}
