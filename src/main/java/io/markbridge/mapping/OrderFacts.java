package io.markbridge.mapping;

import java.util.Optional;

/**
 * What an earlier order said that new reports must say again (design decision 9), for one of its
 * GTINs.
 *
 * @param orderDocument id of the order's document in the journal, or empty where it was imported
 * @param productionOrderId the order's {@code poNumber} or {@code productionOrderId}
 * @param releaseType already in new words: PRODUCTION, IMPORT, CIRCULATION
 * @param manufacturerCountry ISO alpha-2
 */
public record OrderFacts(
    String account,
    String productGroup,
    String gtin,
    Optional<String> orderDocument,
    Optional<String> productionOrderId,
    Optional<String> releaseType,
    Optional<String> manufacturerCountry,
    Optional<Long> businessPlaceId) {}
