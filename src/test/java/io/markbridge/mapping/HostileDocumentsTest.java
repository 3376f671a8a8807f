package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.DocumentRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever comes, a document is mapped to valid JSON or rejected; nothing else ever happens. */
class HostileDocumentsTest {
  private static final List<String> KINDS = List.of("order", "utilisation", "aggregation");
  private static final List<String> NAMES =
      List.of(
          "products",
          "gtin",
          "quantity",
          "serialNumberType",
          "serialNumbers",
          "cisType",
          "templateId",
          "factoryId",
          "factoryCountry",
          "country",
          "poNumber",
          "productionOrderId",
          "serviceProviderId",
          "releaseMethodType",
          "isPaid",
          "attributes",
          "sntins",
          "usageType",
          "productionDate",
          "expirationDate",
          "seriesNumber",
          "releaseType",
          "manufacturerCountry",
          "businessPlaceId",
          "productionLineId",
          "aggregationUnits",
          "unitSerialNumber",
          "aggregationType",
          "aggregatedItemsCount",
          "aggregationUnitCapacity",
          "shouldBeUnbundled",
          "participantId",
          "dateDoc",
          "surprise");
  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "5",
          "1e400",
          "12345678901234567890123",
          "\"\"",
          "\" \"",
          "\"UZ\"",
          "\"PRODUCTION\"",
          "\"IMPORT\"",
          "\"OPERATOR\"",
          "\"SELF_MADE\"",
          "\"UNIT\"",
          "\"PRINTED\"",
          "\"2026-08-17\"",
          "\"2026-08-17T00:00:00Z\"",
          "\"31.02.2026\"",
          "\"04780012345679\"",
          "\"0104780012345679215abcdefghijkl\"",
          "\"0104780012345679215abcdefghijkl\\u001d93AbCd\"",
          "\"000000000000000001\"",
          "\"00000000000000000001\"",
          "\"\\ud800\"",
          "\"\\\\u001d\"",
          "\"\u001d\"",
          "\"код\"",
          "17");

  private static Path directory;
  private static TableMapper mapper;

  @BeforeContainer
  static void mapper() throws IOException {
    directory = Files.createTempDirectory("hostile");
    mapper = new MapperHarness(directory).setting("business-place-id", "17").mapper();
  }

  @AfterContainer
  static void delete() throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(directory)) {
      paths = found.sorted(Comparator.reverseOrder()).toList();
    }
    assertThat(paths.stream().filter(Files::isRegularFile)).isEmpty();
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> scalar = Arbitraries.of(SCALARS);
    Arbitrary<String> flat =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, scalar), net.jqwik.api.Tuple.of(1, array(scalar)));
    Arbitrary<String> entry = Arbitraries.oneOf(flat, object(flat), array(scalar));
    Arbitrary<String> inner = Arbitraries.oneOf(flat, array(entry), object(entry));
    return object(inner);
  }

  private static Arbitrary<String> array(Arbitrary<String> entries) {
    return entries.list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]");
  }

  private static Arbitrary<String> object(Arbitrary<String> values) {
    Arbitrary<String> field =
        Combinators.combine(Arbitraries.of(NAMES), values)
            .as((name, value) -> "\"" + name + "\":" + value);
    return field.list().ofMaxSize(8).map(list -> "{" + String.join(",", list) + "}");
  }

  @Provide
  Arbitrary<String> plausible() {
    Arbitrary<String> orders =
        Combinators.combine(fields(), fields())
            .as(
                (product, order) ->
                    "{\"products\":[{\"gtin\":\"04780012345679\",\"quantity\":2,"
                        + "\"serialNumberType\":\"OPERATOR\""
                        + product
                        + "}]"
                        + order
                        + "}");
    Arbitrary<String> reports =
        fields()
            .map(
                more ->
                    "{\"sntins\":[\"0104780012345679215abcdefghijkl\"],"
                        + "\"productionDate\":\"2026-08-17\",\"expirationDate\":\"2028-08-17\","
                        + "\"releaseType\":\"PRODUCTION\",\"manufacturerCountry\":\"UZ\",\"seriesNumber\":1"
                        + more
                        + "}");
    Arbitrary<String> units =
        Combinators.combine(fields(), fields())
            .as(
                (unit, document) ->
                    "{\"aggregationUnits\":[{\"sntins\":[\"000000000000000002\"],"
                        + "\"unitSerialNumber\":\"000000000000000001\""
                        + unit
                        + "}]"
                        + document
                        + "}");
    return Arbitraries.oneOf(orders, reports, units);
  }

  private static Arbitrary<String> fields() {
    return Combinators.combine(Arbitraries.of(NAMES), Arbitraries.of(SCALARS))
        .as((name, value) -> ",\"" + name + "\":" + value)
        .list()
        .ofMaxSize(2)
        .map(list -> String.join("", list));
  }

  @Property
  void anyDocumentIsMappedOrRejected(
      @ForAll("documents") String json, @ForAll("kinds") String kind) {
    mapOrReject(kind, json.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void anAlmostRightDocumentIsMappedOrRejected(@ForAll("plausible") String json) {
    String kind =
        json.startsWith("{\"products")
            ? "order"
            : json.startsWith("{\"sn") ? "utilisation" : "aggregation";
    mapOrReject(kind, json.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void aDamagedDocumentIsMappedOrRejected(
      @ForAll("plausible") String json,
      @ForAll int place,
      @ForAll byte damage,
      @ForAll boolean cut,
      @ForAll("kinds") String kind) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    int at = Math.floorMod(place, bytes.length);
    bytes[at] = damage;
    mapOrReject(kind, cut ? java.util.Arrays.copyOf(bytes, at) : bytes);
  }

  @Property
  void anyBytesAreMappedOrRejected(@ForAll byte[] bytes, @ForAll("kinds") String kind) {
    mapOrReject(kind, bytes);
  }

  @Provide
  Arbitrary<String> kinds() {
    return Arbitraries.of(KINDS);
  }

  private static void mapOrReject(String kind, byte[] bytes) {
    try {
      MapperHarness.Result result = MapperHarness.map(mapper, kind, bytes);
      for (String body : result.bodies()) {
        assertThat(new ObjectMapper().readTree(body).isObject()).isTrue();
      }
      assertThat(result.document().contentKey()).hasSize(64);
    } catch (DocumentRejectedException exception) {
      assertThat(exception.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(Problems.MOST);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
