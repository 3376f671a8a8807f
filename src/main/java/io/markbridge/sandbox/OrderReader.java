package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads and checks the body of an order (section 3). */
final class OrderReader {
  private static final JsonFactory JSON =
      new ObjectMapper().getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Set<String> FIELDS =
      Set.of("productGroup", "businessPlaceId", "releaseMethodType", "isPaid", "poNumber");
  private static final Set<String> PRODUCT_FIELDS =
      Set.of("gtin", "quantity", "serialNumberType", "cisType");
  private static final Set<String> RELEASE_METHODS =
      Set.of("PRIMARY", "REMAINS", "COMISSION", "REMARK");
  private static final Set<String> CIS_TYPES = Set.of("UNIT", "GROUP", "SET");
  private static final Set<String> ONE_GTIN = Set.of("pharma", "medicine");
  private static final int MOST_PRODUCTS = 10;
  private static final int MOST_CODES = 2_000_000;
  private static final int LONGEST_SERIAL = 20;

  private OrderReader() {}

  static OrderRequest read(InputStream body) throws RefusedException, IOException {
    Map<String, JsonNode> fields = new TreeMap<>();
    List<OrderRequest.Product> products = new ArrayList<>();
    String contractorTin = "";
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusedException.invalid("body", "not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("products")) {
          products(parser, products);
        } else if (name.equals("contractorInfo")) {
          contractorTin = contractor(parser.readValueAsTree());
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
    return request(fields, products, contractorTin);
  }

  private static OrderRequest request(
      Map<String, JsonNode> fields, List<OrderRequest.Product> products, String contractorTin)
      throws RefusedException {
    String group = Fields.text(fields, "productGroup");
    boolean serviceProvider = !contractorTin.isEmpty();
    if (!serviceProvider || fields.containsKey("businessPlaceId")) {
      Fields.whole(fields, "businessPlaceId");
    }
    String method = Fields.oneOf(fields, "releaseMethodType", RELEASE_METHODS);
    boolean isPaid = Fields.optionalBoolean(fields, "isPaid");
    String poNumber = fields.containsKey("poNumber") ? Fields.text(fields, "poNumber") : "";
    if (products.isEmpty() || products.size() > MOST_PRODUCTS) {
      throw RefusedException.invalid("products", "1 to " + MOST_PRODUCTS);
    }
    if (ONE_GTIN.contains(group) && products.size() > 1) {
      throw RefusedException.invalid("products", "one GTIN an order in group " + group);
    }
    Set<String> gtins = new HashSet<>();
    ContentHash hash = new ContentHash().add(fields.toString()).add(contractorTin);
    for (OrderRequest.Product product : products) {
      if (!gtins.add(product.gtin())) {
        throw RefusedException.invalid("gtin", "twice in one order");
      }
      hash.add(product.gtin()).add("" + product.quantity()).add(product.cisType());
      product.serialNumbers().forEach(hash::add);
    }
    return new OrderRequest(
        group, method, contractorTin, poNumber, isPaid, List.copyOf(products), hash.hex());
  }

  private static void products(JsonParser parser, List<OrderRequest.Product> products)
      throws RefusedException, IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw RefusedException.invalid("products", "not an array");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (products.size() == MOST_PRODUCTS || !parser.isExpectedStartObjectToken()) {
        throw RefusedException.invalid("products", "1 to " + MOST_PRODUCTS + " objects");
      }
      products.add(product(parser));
    }
  }

  private static OrderRequest.Product product(JsonParser parser)
      throws RefusedException, IOException {
    Map<String, JsonNode> fields = new TreeMap<>();
    List<String> serials = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("serialNumbers")) {
        serials = serials(parser);
      } else {
        fields.put(name, Fields.scalar(parser, name, PRODUCT_FIELDS));
      }
    }
    String gtin = Fields.text(fields, "gtin");
    if (!gtin.matches("[0-9]{14}")) {
      throw RefusedException.invalid("gtin", "14 digits");
    }
    long quantity = Fields.whole(fields, "quantity");
    if (quantity < 1 || quantity > MOST_CODES) {
      throw RefusedException.invalid("quantity", "1 to " + MOST_CODES);
    }
    String maker = Fields.oneOf(fields, "serialNumberType", Set.of("SELF_MADE", "OPERATOR"));
    String cisType = Fields.oneOf(fields, "cisType", CIS_TYPES);
    if (maker.equals("SELF_MADE") == (serials == null)) {
      throw RefusedException.invalid("serialNumbers", "with SELF_MADE, and only then");
    }
    if (serials != null && serials.size() != quantity) {
      throw RefusedException.invalid("serialNumbers", "as many as quantity says");
    }
    return new OrderRequest.Product(
        gtin, (int) quantity, cisType, serials == null ? List.of() : List.copyOf(serials));
  }

  private static List<String> serials(JsonParser parser) throws RefusedException, IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw RefusedException.invalid("serialNumbers", "not an array");
    }
    List<String> serials = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String serial = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
      if (serial.isEmpty() || serial.length() > LONGEST_SERIAL || !seen.add(serial)) {
        throw RefusedException.invalid(
            "serialNumbers", "distinct strings of 1 to " + LONGEST_SERIAL + " characters");
      }
      serials.add(serial);
    }
    return serials;
  }

  private static String contractor(JsonNode node) throws RefusedException {
    String tin = node.path("contractorTin").asText("");
    String country = node.path("contractorCountryCode").asText("");
    if (!node.isObject() || node.size() != 2 || tin.isEmpty() || !Fields.isCountry(country)) {
      throw RefusedException.invalid("contractorInfo", "contractorTin and contractorCountryCode");
    }
    return tin;
  }
}
