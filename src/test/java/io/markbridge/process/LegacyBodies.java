package io.markbridge.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Legacy requests as plants write them, with the fields that the new API no longer knows. */
final class LegacyBodies {
  static final String GTIN = "04780001000015";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LegacyBodies() {}

  static ObjectNode order(String poNumber, int quantity) {
    ObjectNode order = JSON.createObjectNode();
    order
        .put("factoryId", "F-1")
        .put("factoryName", "Завод")
        .put("factoryCountry", "UZ")
        .put("releaseMethodType", "PRODUCTION")
        .put("productionLineId", 17)
        .put("productCode", "P-1")
        .put("productDescription", "Пиво")
        .put("poNumber", poNumber);
    order
        .putArray("products")
        .addObject()
        .put("gtin", GTIN)
        .put("quantity", quantity)
        .put("serialNumberType", "OPERATOR")
        .putNull("serialNumbers")
        .put("templateId", 18);
    return order;
  }

  static ObjectNode report(Collection<String> codes) {
    ObjectNode report = JSON.createObjectNode();
    report
        .put("usageType", "VERIFIED")
        .put("brandcode", "B-1")
        .put("productionDate", LocalDate.now().minusDays(2) + "T00:00:00Z")
        .put("expirationDate", LocalDate.now().plusYears(1) + "T00:00:00Z")
        .put("seriesNumber", "S-1");
    ArrayNode sntins = report.putArray("sntins");
    codes.forEach(sntins::add);
    return report;
  }

  static ObjectNode aggregation() {
    ObjectNode aggregation = JSON.createObjectNode();
    aggregation.put("productionLineId", "17").putArray("aggregationUnits");
    return aggregation;
  }

  static ObjectNode unit(ObjectNode aggregation, String unitSerialNumber, List<String> codes) {
    ObjectNode unit = aggregation.withArray("aggregationUnits").addObject();
    unit.put("unitSerialNumber", unitSerialNumber)
        .put("aggregationType", "AGGREGATION")
        .put("aggregationUnitCapacity", codes.size())
        .put("aggregatedItemsCount", codes.size());
    codes.forEach(unit.putArray("sntins")::add);
    return aggregation;
  }

  /** A code of no order: for sandboxes that accept unknown codes. */
  static String code(long number) {
    return bare(number)
        + "\u001d91UZF0\u001d92"
        + String.format(Locale.ROOT, "%043d=", Math.floorMod(number * 7919, 1_000_000_007L));
  }

  static String bare(long number) {
    return "01" + GTIN + "21" + String.format(Locale.ROOT, "%013d", number);
  }

  static List<String> codes(long from, int count) {
    return IntStream.range(0, count).mapToObj(index -> code(from + index)).toList();
  }

  /** An SSCC without its 00. */
  static String sscc(long number) {
    return String.format(Locale.ROOT, "04780001%010d", number);
  }

  /** The part that the aggregation holds: everything before the crypto tail. */
  static String withoutTail(String code) {
    int separator = code.indexOf('\u001d');
    return separator < 0 ? code : code.substring(0, separator);
  }
}
