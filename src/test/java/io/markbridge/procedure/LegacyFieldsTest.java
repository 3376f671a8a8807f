package io.markbridge.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.mapping.MappingTables;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyFieldsTest {

  @ParameterizedTest
  @CsvSource({
    "aggregation, aggregationUnits[0].codes[12], aggregationUnits[0].sntins[12]",
    "aggregation, aggregationUnits[3].codes, aggregationUnits[3].sntins",
    "aggregation, aggregationUnits[1].aggregationItemsCount, aggregationUnits[1].aggregatedItemsCount",
    "aggregation, aggregationUnits[1].unitSerialNumber, aggregationUnits[1].unitSerialNumber",
    "aggregation, aggregationUnits[2], aggregationUnits[2]",
    "aggregation, documentDate, dateDoc",
    "aggregation, businessPlaceId, businessPlaceId",
    "order, products[4].gtin, products[4].gtin",
    "order, contractorInfo.contractorTin, serviceProviderId",
    "order, poNumber, poNumber",
    "utilisation, sntins[7], sntins[7]",
    "utilisation, nothing.known[1], nothing.known[1]",
    "unknown, codes[1], codes[1]",
  })
  void tellsTheNameThatTheLegacySideWrote(String kind, String path, String legacy)
      throws IOException {
    LegacyFields fields = new LegacyFields(MappingTables.load(SiteFiles.here()).rows());
    assertThat(fields.legacy(kind, path)).isEqualTo(legacy);
  }
}
