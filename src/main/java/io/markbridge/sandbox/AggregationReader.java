package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks the form of an aggregation document (section 7) as a stream, and counts. */
final class AggregationReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of("businessPlaceId", "documentDate", "ownerTin", "productionOrderId");
  private static final Set<String> UNIT_FIELDS =
      Set.of(
          "aggregationItemsCount",
          "aggregationUnitCapacity",
          "shouldBeUnbundled",
          "unitSerialNumber");
  private static final int LONGEST_CODE = 200;

  /**
   * @param limit the limit that is broken, or FINE
   * @param unit which unit breaks it
   */
  record Read(int units, long codes, CodeVerdict limit, int unit) {}

  private final Switches switches;
  private int units;
  private long codes;
  private CodeVerdict limit = CodeVerdict.FINE;
  private int limitUnit = ErrorList.WHOLE;

  AggregationReader(Switches switches) {
    this.switches = switches;
  }

  Read read(Path document) throws RefusedException, IOException {
    boolean found = false;
    Map<String, JsonNode> fields = new TreeMap<>();
    try (InputStream file = Files.newInputStream(document);
        CompactInput input = new CompactInput(file);
        JsonParser parser = JSON.getFactory().createParser(input)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusedException.invalid("documentBody", "not a JSON object");
      }
      String previous = "";
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = sorted(previous, parser.currentName());
        previous = name;
        parser.nextToken();
        if (name.equals("aggregationUnits")) {
          units(parser);
          found = true;
        } else {
          fields.put(name, Fields.scalar(parser, name, FIELDS));
        }
      }
      if (parser.nextToken() != null) {
        throw RefusedException.invalid("documentBody", "more than one JSON value");
      }
      if (!input.fault().isEmpty()) {
        throw RefusedException.invalid("documentBody", input.fault());
      }
    } catch (JsonProcessingException exception) {
      throw RefusedException.invalid("documentBody", "not JSON: " + exception.getOriginalMessage());
    }
    if (!found || units == 0) {
      throw RefusedException.invalid("aggregationUnits", "required");
    }
    check(fields);
    if (units > switches.number(SwitchName.MAXIMUM_UNITS)) {
      limit = CodeVerdict.TOO_MANY_UNITS;
      limitUnit = ErrorList.WHOLE;
    }
    return new Read(units, codes, limit, limitUnit);
  }

  private static void check(Map<String, JsonNode> fields) throws RefusedException {
    Fields.whole(fields, "businessPlaceId");
    try {
      OffsetDateTime.parse(Fields.text(fields, "documentDate"));
    } catch (DateTimeException exception) {
      throw RefusedException.invalid("documentDate", "not a date-time with zone");
    }
    for (String name : Set.of("ownerTin", "productionOrderId")) {
      if (fields.containsKey(name)) {
        Fields.text(fields, name);
      }
    }
  }

  private void units(JsonParser parser) throws RefusedException, IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw RefusedException.invalid("aggregationUnits", "not an array");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.isExpectedStartObjectToken()) {
        throw RefusedException.invalid("aggregationUnits", "not an object at " + units);
      }
      unit(parser);
      units++;
    }
  }

  private void unit(JsonParser parser) throws RefusedException, IOException {
    Map<String, JsonNode> fields = new TreeMap<>();
    int count = 0;
    String previous = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = sorted(previous, parser.currentName());
      previous = name;
      parser.nextToken();
      if (name.equals("codes")) {
        count = codes(parser);
      } else {
        fields.put(name, Fields.scalar(parser, name, UNIT_FIELDS));
      }
    }
    if (count == 0) {
      throw RefusedException.invalid("codes", "required in unit " + units);
    }
    Fields.whole(fields, "aggregationItemsCount");
    Fields.whole(fields, "aggregationUnitCapacity");
    Fields.optionalBoolean(fields, "shouldBeUnbundled");
    Fields.text(fields, "unitSerialNumber");
    codes += count;
    boolean first = limit == CodeVerdict.FINE;
    if (first && count > switches.number(SwitchName.MAXIMUM_UNIT_CODES)) {
      limit = CodeVerdict.TOO_MANY_CODES_IN_UNIT;
      limitUnit = units;
    }
  }

  private int codes(JsonParser parser) throws RefusedException, IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw RefusedException.invalid("codes", "not an array");
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean fits =
          parser.currentToken() == JsonToken.VALUE_STRING
              && parser.getTextLength() > 0
              && parser.getTextLength() <= LONGEST_CODE;
      if (!fits) {
        throw RefusedException.invalid(
            "codes", "not a string of 1 to " + LONGEST_CODE + " characters in unit " + units);
      }
      count++;
    }
    return count;
  }

  private static String sorted(String previous, String name) throws RefusedException {
    if (name.compareTo(previous) <= 0) {
      throw RefusedException.invalid(name, "keys not sorted A-Z, or twice: after " + previous);
    }
    return name;
  }
}
