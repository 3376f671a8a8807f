package io.markbridge.sandbox;

import java.util.Set;

/**
 * Names of the legacy API that the new one crossed out or renamed; seeing one is always an error.
 */
final class LegacyNames {
  static final Set<String> ALL =
      Set.of(
          "omsId",
          "clientToken",
          "factoryId",
          "factoryName",
          "factoryAddress",
          "factoryCountry",
          "templateId",
          "stickerId",
          "productionLineId",
          "productCode",
          "productDescription",
          "expectedStartDate",
          "attributes",
          "contactPerson",
          "createMethodType",
          "serviceProviderId",
          "lastBlockId",
          "blockId",
          "usageType",
          "brandcode",
          "sourceReportId",
          "participantId",
          "aggregationType",
          "aggregatedItemsCount",
          "dateDoc",
          "reportStatus");

  private LegacyNames() {}
}
