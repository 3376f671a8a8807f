package io.markbridge.mapping;

import io.markbridge.mapping.SiteDefaults.SiteValue;
import io.markbridge.operator.OperatorPreset;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Everything that rules may ask while one document is mapped. */
final class DocumentContext {
  private final MappingRequest request;
  private final OperatorPreset preset;
  private final Directories directories;
  private final SiteDefaults defaults;
  private final OrderMemory memory;
  private final PlantDates dates;
  private final Map<String, Map<String, String>> presetTables = new HashMap<>();
  private final Map<String, List<OrderFacts>> ordersOfGtin = new HashMap<>();
  private final Map<String, List<Pattern>> forms = new HashMap<>();
  private final Set<String> usedOrders = new LinkedHashSet<>();
  private List<OrderFacts> ordersOfNumber;
  private final Map<String, Optional<OrderFacts>> ordersOfCodes = new HashMap<>();
  private String line = "";
  private String orderNumber = "";

  DocumentContext(
      MappingRequest request,
      OperatorPreset preset,
      Directories directories,
      SiteDefaults defaults,
      OrderMemory memory) {
    this.request = request;
    this.preset = preset;
    this.directories = directories;
    this.defaults = defaults;
    this.memory = memory;
    this.dates = new PlantDates(preset.zone());
  }

  MappingRequest request() {
    return request;
  }

  OperatorPreset preset() {
    return preset;
  }

  Directories directories() {
    return directories;
  }

  PlantDates dates() {
    return dates;
  }

  String writeDate(OffsetDateTime date) {
    return dates.write(date, preset.text("mapping/date-format").orElse("date-time"));
  }

  /** A table of the preset, read once. */
  Map<String, String> presetTable(String path) {
    return presetTables.computeIfAbsent(path, preset::table);
  }

  /** Regular expressions of the preset, compiled once. */
  List<Pattern> forms(String path) {
    return forms.computeIfAbsent(
        path, list -> preset.list(list).stream().map(Pattern::compile).toList());
  }

  /** The legacy production line, which tells the place before it is dropped (6.2). */
  void line(String line) {
    this.line = line;
  }

  /** The number of the order that a report belongs to. */
  void orderNumber(String orderNumber) {
    this.orderNumber = orderNumber;
  }

  /** The first of line, folder, group and account that says something. */
  Optional<SiteValue> setting(String name) {
    return defaults.find(name, line, request.folder(), request.productGroup(), request.account());
  }

  /** Line and folder only: where codes are applied. */
  Optional<SiteValue> nearSetting(String name) {
    return defaults.find(name, line, request.folder(), "", "");
  }

  /** Group and account only. */
  Optional<SiteValue> farSetting(String name) {
    return defaults.find(name, "", "", request.productGroup(), request.account());
  }

  /** Of the account alone. */
  Optional<String> accountSetting(String name) {
    return defaults.find(name, "", "", "", request.account()).map(SiteValue::value);
  }

  /** What the order with this document's number said, one entry a GTIN. */
  List<OrderFacts> ordersOfNumber() {
    if (orderNumber.isEmpty()) {
      return List.of();
    }
    if (ordersOfNumber == null) {
      ordersOfNumber =
          memory.byProductionOrder(request.account(), request.productGroup(), orderNumber);
    }
    return ordersOfNumber;
  }

  /** What the order said that a code was fetched for. */
  Optional<OrderFacts> orderOf(MarkingCode code) {
    if (!ordersOfCodes.containsKey(code.withoutTail())) {
      askOrdersOf(List.of(code));
    }
    return ordersOfCodes.get(code.withoutTail());
  }

  /** Asks for the orders of the next codes at once; those of earlier ones are forgotten. */
  void askOrdersOf(List<MarkingCode> codes) {
    ordersOfCodes.clear();
    Set<String> asked = new LinkedHashSet<>();
    codes.forEach(code -> asked.add(code.withoutTail()));
    if (asked.isEmpty()) {
      return;
    }
    Map<String, OrderFacts> found = memory.byCodes(request.account(), asked);
    asked.forEach(code -> ordersOfCodes.put(code, Optional.ofNullable(found.get(code))));
  }

  /** A value of the document comes from this order's document. */
  void usedOrder(String document) {
    usedOrders.add(document);
  }

  Set<String> usedOrders() {
    return Set.copyOf(usedOrders);
  }

  /** What all orders of a GTIN said. */
  List<OrderFacts> ordersOfGtin(String gtin) {
    return ordersOfGtin.computeIfAbsent(
        gtin, key -> memory.byGtin(request.account(), request.productGroup(), key));
  }
}
