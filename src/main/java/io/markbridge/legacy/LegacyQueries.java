package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.legacy.LegacyWords.Table;
import io.markbridge.operator.OperatorPreset;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns queries of the old API into queries of the new one: sections 4, 5 and 8. */
public final class LegacyQueries {
  private static final Pattern MIDNIGHT =
      Pattern.compile("T00:00(:00(\\.0{1,9})?)?(Z|[+-]00:?00)?$");

  private final LegacyApi api;
  private final LegacyWords words;
  private final ZoneOffset zone;
  private final Map<String, String> groups;

  /** Takes the section {@code queries}; groups are renamed by the preset (G3). */
  public LegacyQueries(LegacyApi api, LegacyWords words, OperatorPreset preset) {
    this.api = api;
    this.words = words;
    this.zone = preset.zone();
    this.groups = preset.table("mapping/product-groups");
  }

  /**
   * The new query.
   *
   * @param kind {@code order-list}, {@code buffer-status}, {@code codes}, {@code codes-blocks},
   *     {@code codes-retry} (its first step: the packs), {@code buffer-close}, {@code
   *     report-info-utilisation} or {@code report-info-aggregation}
   * @param productGroup as the legacy side names it
   * @throws DocumentRejectedException when a filter's value cannot be read
   * @throws IllegalArgumentException when no query has this name
   */
  public OpenApiQuery toOpenApi(
      String kind, Optional<String> productGroup, Map<String, String> parameters)
      throws DocumentRejectedException {
    JsonNode table = api.node("queries").path(kind);
    if (table.isMissingNode()) {
      throw new IllegalArgumentException("the legacy API has no query named " + kind);
    }
    Map<String, String> path = new LinkedHashMap<>();
    Map<String, String> query = new LinkedHashMap<>();
    if (table.has("group") && productGroup.isPresent()) {
      String group = productGroup.get();
      query.put(table.path("group").asText(), groups.getOrDefault(group, group));
    }
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : table.path("parameters").properties()) {
      String value = parameters.getOrDefault(entry.getKey(), "");
      JsonNode rule = entry.getValue();
      if (value.isBlank() || LegacyApi.texts(rule.path("drop")).contains(value)) {
        continue;
      }
      try {
        Map<String, String> target = rule.path("path").asBoolean(false) ? path : query;
        target.putIfAbsent(rule.path("to").asText(), converted(entry.getKey(), value, rule));
      } catch (DocumentRejectedException rejected) {
        problems.addAll(rejected.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new DocumentRejectedException(problems);
    }
    return new OpenApiQuery(table.path("call").asText(), path, query);
  }

  /**
   * The old name of a parameter that the operator names.
   *
   * @param kind as in {@link #toOpenApi}, or what several of them begin with
   * @param parameters of the legacy call: of several old names the one that it has
   * @return the same name where none is behind it
   */
  public String legacyName(String kind, String name, Map<String, String> parameters) {
    List<String> names =
        api.node("queries").properties().stream()
            .filter(query -> query.getKey().equals(kind) || query.getKey().startsWith(kind + "-"))
            .flatMap(query -> query.getValue().path("parameters").properties().stream())
            .filter(parameter -> parameter.getValue().path("to").asText().equals(name))
            .map(Map.Entry::getKey)
            .toList();
    return names.stream()
        .filter(parameters::containsKey)
        .findFirst()
        .or(() -> names.stream().findFirst())
        .orElse(name);
  }

  /**
   * A pack's place among the packs of an order and GTIN.
   *
   * @param quantity how many codes it has
   * @param previous the pack before it, which the new API wants to be asked with; empty for the
   *     first
   */
  public record PackPlace(String packId, long quantity, Optional<String> previous) {}

  /**
   * The second step of {@code codes/retry}: the new API gives the pack <i>after</i> {@code
   * lastPackId} (5.1), so the one before the lost block is asked with. For the first pack there is
   * none: the caller compares the answer's {@code packId} with the one wanted.
   */
  public OpenApiQuery retry(Map<String, String> parameters, PackPlace place) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("orderId", parameters.getOrDefault("orderId", ""));
    query.put("gtin", parameters.getOrDefault("gtin", ""));
    query.put("quantity", Long.toString(place.quantity()));
    place.previous().ifPresent(previous -> query.put("lastPackId", previous));
    return new OpenApiQuery("codes", Map.of(), query);
  }

  /**
   * Finds a block among the packs.
   *
   * @param packs the answer of {@code GET /api/codes/packs}, its packs in any order
   * @return empty where no pack has this id
   */
  public Optional<PackPlace> place(JsonNode packs, String blockId) {
    List<JsonNode> ordered = new ArrayList<>();
    packs.path("packs").forEach(ordered::add);
    if (ordered.stream().allMatch(pack -> time(pack).isPresent())) {
      ordered.sort(Comparator.comparing(pack -> time(pack).orElseThrow()));
    }
    Optional<String> previous = Optional.empty();
    for (JsonNode pack : ordered) {
      String packId = pack.path("packId").asText();
      if (packId.equals(blockId)) {
        return Optional.of(new PackPlace(packId, pack.path("quantity").asLong(), previous));
      }
      previous = Optional.of(packId);
    }
    return Optional.empty();
  }

  private Optional<Instant> time(JsonNode pack) {
    return OperatorTime.instant(pack.path("packDateTime"), zone);
  }

  private String converted(String name, String value, JsonNode rule)
      throws DocumentRejectedException {
    if (rule.has("words")) {
      Table table =
          Table.valueOf(rule.path("words").asText().toUpperCase(Locale.ROOT).replace('-', '_'));
      Optional<String> word = words.operator(table, value);
      if (word.isEmpty()) {
        throw rejected(
            ProblemCode.VALUE_NOT_ALLOWED,
            name,
            value,
            "allowed",
            String.join(", ", words.legacyWords(table)));
      }
      return word.get();
    }
    return rule.has("date") ? date(name, value, rule.path("date").asText()) : value;
  }

  /** A date filter: a date alone, or midnight in UTC or without a zone, is the whole local day. */
  private String date(String name, String value, String side) throws DocumentRejectedException {
    Optional<Instant> day = OperatorTime.day(MIDNIGHT.matcher(value).replaceFirst(""), zone);
    Optional<Instant> time =
        day.isPresent() && side.equals("end")
            ? day.map(start -> start.plusSeconds(24 * 60 * 60).minusMillis(1))
            : day.or(() -> OperatorTime.dateTime(value, zone));
    if (time.isEmpty()) {
      throw rejected(
          ProblemCode.FIELD_MALFORMED,
          name,
          value,
          "expected",
          "2026-03-01, 01.03.2026, date-time or milliseconds (13 digits)");
    }
    return OffsetDateTime.ofInstant(time.get(), zone)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  private static DocumentRejectedException rejected(
      ProblemCode code, String name, String value, String argument, String said) {
    return new DocumentRejectedException(
        Problem.of(
            code, "$." + name, "4.1", "value", LegacyQuery.printable(value), argument, said));
  }
}
