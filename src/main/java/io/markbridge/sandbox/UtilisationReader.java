package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads and checks the body of a utilisation report (section 6); its codes are only counted. */
final class UtilisationReader {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Set<String> FIELDS =
      Set.of(
          "productGroup",
          "businessPlaceId",
          "releaseType",
          "manufacturerCountry",
          "productionDate",
          "expirationDate",
          "seriesNumber",
          "productionOrderId");
  private static final Set<String> RELEASE_TYPES = Set.of("PRODUCTION", "IMPORT", "CIRCULATION");
  private static final int LONGEST_SERIES = 20;

  /** A plain date is that day where the plants are; both operators live at +05:00. */
  private static final ZoneOffset PLANTS = ZoneOffset.ofHours(5);

  /** What a report says beside its codes. */
  record Read(String productGroup, int codes, String contentHash) {}

  private final Switches switches;
  private final Instant now;
  private final ContentHash hash = new ContentHash();
  private int codes = -1;

  UtilisationReader(Switches switches, Instant now) {
    this.switches = switches;
    this.now = now;
  }

  /**
   * @param queryGroup productGroup of the query, empty where there is none
   */
  Read read(InputStream body, String queryGroup) throws RefusedException, IOException {
    Map<String, JsonNode> fields = new TreeMap<>();
    try (JsonParser parser = JSON.getFactory().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusedException.invalid("body", "not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("sntins")) {
          codes = codes(parser);
        } else {
          fields.put(name, Fields.scalar(parser, name, FIELDS));
        }
      }
      if (parser.nextToken() != null) {
        throw RefusedException.invalid("body", "more than one JSON value");
      }
    } catch (JsonProcessingException exception) {
      throw RefusedException.invalid("body", "not JSON: " + exception.getOriginalMessage());
    }
    String group = group(fields, queryGroup);
    check(fields, group);
    return new Read(group, codes, hash.add(group).add(fields.toString()).hex());
  }

  private int codes(JsonParser parser) throws RefusedException, IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw RefusedException.invalid("sntins", "not an array");
    }
    int most = switches.number(SwitchName.MAXIMUM_REPORT_CODES);
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw RefusedException.invalid("sntins", "not a string at " + count);
      }
      hash.add(parser.getText());
      count++;
      if (count > most) {
        throw RefusedException.invalid("sntins", "1 to " + most);
      }
    }
    return count;
  }

  private String group(Map<String, JsonNode> fields, String queryGroup) throws RefusedException {
    if (switches.is(SwitchName.UTILISATION_GROUP_IN, "body")) {
      return Fields.text(fields, "productGroup");
    }
    if (fields.containsKey("productGroup")) {
      throw RefusedException.invalid("productGroup", "unknown field: belongs into the query");
    }
    if (queryGroup.isEmpty()) {
      throw RefusedException.invalid("productGroup", "required");
    }
    return queryGroup;
  }

  private void check(Map<String, JsonNode> fields, String group) throws RefusedException {
    if (codes < 1) {
      throw RefusedException.invalid("sntins", "required");
    }
    place(fields);
    Fields.oneOf(fields, "releaseType", RELEASE_TYPES);
    if (!Fields.isCountry(Fields.text(fields, "manufacturerCountry"))) {
      throw RefusedException.invalid("manufacturerCountry", "not ISO 3166 alpha-2");
    }
    boolean datesRequired = !switches.list(SwitchName.DATES_NOT_REQUIRED).contains(group);
    if (datesRequired || fields.containsKey("productionDate")) {
      if (date(fields, "productionDate").isAfter(now)) {
        throw RefusedException.invalid("productionDate", "in the future");
      }
    }
    if (datesRequired || fields.containsKey("expirationDate")) {
      if (!date(fields, "expirationDate").isAfter(now)) {
        throw RefusedException.invalid("expirationDate", "not in the future");
      }
    }
    boolean seriesRequired = switches.list(SwitchName.SERIES_REQUIRED).contains(group);
    if (seriesRequired || fields.containsKey("seriesNumber")) {
      if (Fields.text(fields, "seriesNumber").length() > LONGEST_SERIES) {
        throw RefusedException.invalid("seriesNumber", "1 to " + LONGEST_SERIES + " characters");
      }
    }
  }

  /** The contract gives no type here: an integer, or a string of digits. */
  private static void place(Map<String, JsonNode> fields) throws RefusedException {
    JsonNode node = fields.get("businessPlaceId");
    if (node != null && node.isTextual() && node.textValue().matches("[0-9]{1,18}")) {
      return;
    }
    Fields.whole(fields, "businessPlaceId");
  }

  private Instant date(Map<String, JsonNode> fields, String name) throws RefusedException {
    String value = Fields.text(fields, name);
    boolean dateOnly = value.length() == 10;
    String form = switches.text(SwitchName.DATE_FORM);
    if ((dateOnly && form.equals("date-time")) || (!dateOnly && form.equals("date"))) {
      throw RefusedException.invalid(name, "not a " + form);
    }
    try {
      return dateOnly
          ? LocalDate.parse(value).atStartOfDay(PLANTS).toInstant()
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException exception) {
      throw RefusedException.invalid(name, "neither date-time with zone nor date");
    }
  }
}
