package io.markbridge.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One document of each kind, as a plant drops them in one moment, and the answer that each must
 * have in the end. Rounds differ in their numbers, so that each is found again at the operator.
 */
final class CrashRound {
  private static final String GROUP = "beer/";
  private static final int CODES_ASKED = 5;

  /** Numbers that no other document has. */
  private static final long LONG_REPORTS = 10_000_000;

  private static final long LATE_UNITS = 100_000;

  /**
   * One document.
   *
   * @param side its side file, if it has one
   * @param wrong what is wrong with its answer, or empty
   */
  private record Drop(
      String file, String text, Optional<String> side, Function<FileDrop, String> wrong) {}

  private final int number;
  private final String prefix;
  private final Map<String, Drop> drops = new LinkedHashMap<>();

  /** Kinds that the caller drops. */
  private final List<String> later = new ArrayList<>();

  /** Orders whose files shrink. */
  private int shrinking;

  private String codesOrder;
  private String closedOrder;

  CrashRound(int number, DirectClient operator) throws Exception {
    this.number = number;
    this.prefix = GROUP + "r" + number + "-";
    statements();
    questions(operator);
    refusals();
  }

  private void statements() {
    add("order", ".json", LegacyBodies.order(poNumber(), 2).toString(), this::orderWrong);
    add("report", ".json", LegacyBodies.report(codes(0, 2)).toString(), sent("report"));
    List<String> packed = codes(10, 2).stream().map(LegacyBodies::withoutTail).toList();
    String units =
        LegacyBodies.unit(LegacyBodies.aggregation(), LegacyBodies.sscc(number), packed).toString();
    add("aggregation", ".json", units, sent("aggregation"));
    String unnumbered = LegacyBodies.order("", unnumberedQuantity()).without("poNumber").toString();
    drops.put(
        "unnumbered order",
        new Drop(
            prefix + "unnumbered.json",
            unnumbered,
            Optional.of("{\"businessPlaceId\": 17}"),
            files -> readyWrong(files, "unnumbered", unnumberedQuantity())));
  }

  private void questions(DirectClient operator) throws Exception {
    // Made at the operator beside the bridge: the bridge has fetched nothing of them.
    codesOrder = operator.order("beer", LegacyBodies.GTIN, 1000 + 2 * number);
    closedOrder = operator.order("beer", LegacyBodies.GTIN, 1001 + 2 * number);
    add(
        "codes query",
        ".http",
        http("GET", "codes", chosen(codesOrder) + "&quantity=" + CODES_ASKED + "&lastBlockId=0"),
        files -> reply(files, "codes query", reply -> reply.path("codes").size() == CODES_ASKED));
    add(
        "buffer close",
        ".http",
        http("POST", "buffer/close", chosen(closedOrder)),
        files -> reply(files, "buffer close", reply -> reply.path("omsId").isTextual()));
    add(
        "order list",
        ".http",
        http("GET", "orders", "orderId=" + codesOrder),
        files ->
            reply(
                files,
                "order list",
                reply ->
                    reply.path("orderInfos").findValuesAsText("orderId").contains(codesOrder)));
    add(
        "ping",
        ".http",
        http("GET", "ping", ""),
        files -> reply(files, "ping", reply -> reply.path("omsId").isTextual()));
  }

  private void refusals() {
    add(
        "rejected report",
        ".json",
        LegacyBodies.report(List.of("no code")).toString(),
        files ->
            files.read(name("rejected report") + ".error.json").isPresent()
                ? original(files.failed(name("rejected report") + ".json"))
                : "no error");
    add(
        "held drop-out",
        ".json",
        "{\"sntins\":[\""
            + LegacyBodies.bare(number)
            + "\"],\"dropoutReason\":\"DEFECT\",\"address\":\"Ташкент\",\"participantId\":\"300000001\"}",
        files -> held(files, "held drop-out"));
  }

  private void add(String kind, String suffix, String text, Function<FileDrop, String> wrong) {
    drops.put(kind, new Drop(name(kind) + suffix, text, Optional.empty(), wrong));
  }

  /** A document of more than one commit: it is white space that makes it large. */
  void addLarge() {
    String text = LegacyBodies.order(poNumber() + "-large", 3).toString();
    add(
        "large order",
        ".json",
        text + " ".repeat(9_000_000),
        files -> readyWrong(files, "large order", 3));
  }

  /** Drops all; each round begins with another kind, so that each is first at points in a row. */
  void drop(FileDrop files) {
    List<String> kinds = kinds();
    kinds.removeAll(later);
    for (String kind : kinds) {
      Drop drop = drops.get(kind);
      drop.side().ifPresent(side -> files.put(drop.file().replace(".json", ".meta.json"), side));
      files.put(drop.file(), drop.text());
    }
  }

  /** What is wrong with the answers, by kind; empty when each is as it must be. */
  Map<String, String> wrong(FileDrop files) {
    Map<String, String> wrong = new LinkedHashMap<>();
    drops.forEach(
        (kind, drop) -> {
          String what = drop.wrong().apply(files);
          if (!what.isEmpty()) {
            wrong.put(kind, what);
          }
        });
    return wrong;
  }

  /**
   * What the operator has of this round other than once, by kind.
   *
   * @param packs codes in the journal's packs, by order
   */
  Map<String, String> wrongAt(Sandbox sandbox, Map<String, Integer> packs) {
    Map<String, String> wrong = new LinkedHashMap<>();
    Map<String, Integer> taken =
        sandbox.journal().orders().stream()
            .collect(Collectors.toMap(order -> order.orderId(), order -> order.codesTaken()));
    int kept = packs.getOrDefault(codesOrder, 0);
    if (kept != CODES_ASKED || taken.get(codesOrder) != CODES_ASKED) {
      wrong.put("codes query", taken.get(codesOrder) + " codes taken, " + kept + " kept");
    }
    count(wrong, "order", sandbox, poNumber(), drops.containsKey("repeated order") ? 2 : 1);
    if (drops.containsKey("large order")) {
      count(wrong, "large order", sandbox, poNumber() + "-large", 1);
    }
    for (int attempt = 0; attempt < shrinking; attempt++) {
      count(wrong, "shrinking order " + attempt, sandbox, poNumber() + "-shrinking-" + attempt, 1);
    }
    long unnumbered =
        sandbox.journal().orders().stream()
            .filter(order -> order.quantities().containsValue(unnumberedQuantity()))
            .peek(
                order -> {
                  if (order.codesTaken() != unnumberedQuantity()) {
                    wrong.put("unnumbered order", order.codesTaken() + " codes taken");
                  }
                })
            .count();
    if (unnumbered != 1) {
      wrong.put("unnumbered order", unnumbered + " orders");
    }
    return wrong;
  }

  private static void count(
      Map<String, String> wrong, String kind, Sandbox sandbox, String po, int expected) {
    long orders =
        sandbox.journal().orders().stream().filter(order -> order.poNumber().equals(po)).count();
    if (orders != expected) {
      wrong.put(kind, orders + " orders");
    }
  }

  /** Kinds of this round named in the report of the crash switch: by source path or by id. */
  List<String> kindsIn(String report, Map<String, String> idsByPath) {
    return drops.entrySet().stream()
        .filter(
            drop -> {
              String path = drop.getValue().file();
              String id = idsByPath.get(path);
              return report.contains(path.replaceAll("\\.[a-z]+$", ""))
                  || (id != null && report.contains(id));
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A report of more codes than one commit stores. */
  void addLong() {
    List<String> codes = LegacyBodies.codes(LONG_REPORTS + number * 10_000L, 6_000);
    add("long report", ".json", LegacyBodies.report(codes).toString(), sent("long report"));
  }

  /** The kind of a further order, written by the caller. */
  String shrinking() {
    String kind = "shrinking order " + shrinking;
    String text = LegacyBodies.order(poNumber() + "-shrinking-" + shrinking, 4).toString();
    addLater(kind, text, files -> readyWrong(files, kind, 4));
    shrinking++;
    return kind;
  }

  /** A further report, written by the caller. */
  String lateReport() {
    return addLater(
        "late report", LegacyBodies.report(codes(20, 2)).toString(), sent("late report"));
  }

  /** The aggregation of the codes of that report, written by the caller. */
  String lateAggregation() {
    List<String> packed = codes(20, 2).stream().map(LegacyBodies::withoutTail).toList();
    String unit = LegacyBodies.sscc(LATE_UNITS + number);
    return addLater(
        "late aggregation",
        LegacyBodies.unit(LegacyBodies.aggregation(), unit, packed).toString(),
        sent("late aggregation"));
  }

  private String addLater(String kind, String text, Function<FileDrop, String> wrong) {
    add(kind, ".json", text, wrong);
    later.add(kind);
    return file(kind);
  }

  String text(String kind) {
    return drops.get(kind).text();
  }

  /** Whether none has a reply. */
  boolean unanswered(FileDrop files) {
    return drops.keySet().stream()
        .allMatch(kind -> files.read(name(kind) + ".reply.json").isEmpty());
  }

  /** Whether all is as it must be. */
  boolean ended(FileDrop files) {
    return wrong(files).isEmpty();
  }

  /** Kinds of which nobody knows whether the operator has them. */
  Map<String, String> inDoubt(List<String> paths) {
    Map<String, String> inDoubt = new LinkedHashMap<>();
    drops.forEach(
        (kind, drop) -> {
          if (paths.contains(drop.file())) {
            inDoubt.put(kind, "in doubt");
          }
        });
    return inDoubt;
  }

  /** From now on the legacy side must have a reply for it. */
  void expectReply(String kind) {
    Drop drop = drops.get(kind);
    drops.put(
        kind,
        new Drop(
            drop.file(),
            drop.text(),
            drop.side(),
            files ->
                files.read(name(kind) + ".error.json").isPresent()
                    ? "still an error"
                    : files.read(name(kind) + ".reply.json").isPresent()
                        ? original(files.done(drop.file()))
                        : "no reply"));
  }

  /** The same order once more: it is held. */
  String repeated() {
    add("repeated order", ".json", orderText(), files -> readyWrong(files, "repeated order", 2));
    return file("repeated order");
  }

  String orderText() {
    return drops.get("order").text();
  }

  String file(String kind) {
    return drops.get(kind).file();
  }

  /** The id that the operator gave the order. */
  String orderAt(Sandbox sandbox) {
    return sandbox.journal().orders().stream()
        .filter(order -> order.poNumber().equals(poNumber()))
        .map(AcceptedOrder::orderId)
        .findFirst()
        .orElseThrow();
  }

  private List<String> kinds() {
    List<String> kinds = new ArrayList<>(drops.keySet());
    Collections.rotate(kinds, -number);
    return kinds;
  }

  /** Statements of this round at the operator: orders, reports, aggregations. */
  int size() {
    return drops.size();
  }

  private String orderWrong(FileDrop files) {
    return readyWrong(files, "order", 2);
  }

  private String readyWrong(FileDrop files, String kind, int quantity) {
    String stem = name(kind);
    String status = read(files, stem + ".status.json").path("orderStatus").asText();
    if (!status.equals("READY") && !status.equals("CLOSED")) {
      return "order status '" + status + "'";
    }
    if (files.read(stem + ".reply.json").isEmpty()) {
      return "no reply";
    }
    JsonNode codes = read(files, stem + ".codes-" + LegacyBodies.GTIN + "-1.json").path("codes");
    return codes.size() == quantity
        ? original(files.done(stem + ".json"))
        : codes.size() + " codes";
  }

  private Function<FileDrop, String> sent(String kind) {
    return files -> {
      String status = read(files, name(kind) + ".status.json").path("reportStatus").asText();
      if (!status.equals("SENT")) {
        return "report status '" + status + "'";
      }
      return files.read(name(kind) + ".reply.json").isPresent()
          ? original(files.done(name(kind) + ".json"))
          : "no reply";
    };
  }

  private String held(FileDrop files, String kind) {
    return files.read(name(kind) + ".error.json").isPresent()
        ? original(files.done(name(kind) + ".json"))
        : "no error";
  }

  private String reply(FileDrop files, String kind, Function<JsonNode, Boolean> right) {
    Optional<JsonNode> reply = files.read(name(kind) + ".reply.json");
    if (reply.isEmpty()) {
      Optional<JsonNode> error = files.read(name(kind) + ".error.json");
      return error.map(one -> "error " + one).orElse("no reply");
    }
    return right.apply(reply.get())
        ? original(files.done(name(kind) + ".http"))
        : "reply " + reply.get();
  }

  private static String original(java.nio.file.Path original) {
    return java.nio.file.Files.exists(original) ? "" : "no original at " + original;
  }

  private static JsonNode read(FileDrop files, String name) {
    return files.read(name).orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
  }

  String name(String kind) {
    return prefix + kind.replace(' ', '-').replace("unnumbered-order", "unnumbered");
  }

  private String poNumber() {
    return "PO-" + number;
  }

  private int unnumberedQuantity() {
    return 100 + number;
  }

  private List<String> codes(int from, int count) {
    return LegacyBodies.codes(number * 100L + from, count);
  }

  private static String chosen(String orderId) {
    return "orderId=" + orderId + "&gtin=" + LegacyBodies.GTIN;
  }

  private static String http(String method, String path, String query) {
    return method
        + " /api/v2/beer/"
        + path
        + "?omsId="
        + BridgeProcess.OMS_ID
        + (query.isEmpty() ? "" : "&" + query)
        + "\nclientToken: 00000000-0000-4000-8000-000000000001\n\n";
  }
}
