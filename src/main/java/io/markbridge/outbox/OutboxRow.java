package io.markbridge.outbox;

import java.util.Map;
import java.util.Optional;

/**
 * A claimed row.
 *
 * @param id its primary key as text
 * @param legacyKey the legacy system's own key
 * @param request a legacy call, method and path, where the row is one
 * @param given what the old document could not say, by new field name
 * @param madeAt when the legacy system wrote it, in milliseconds since 1970, where the table tells
 * @param attempt which one this is, counted from 1: with the owner it is the fence of the claim
 * @param size of the payload in bytes, about: of a text as the database stores it
 * @param piece the beginning of the payload
 */
public record OutboxRow(
    String id,
    Optional<String> legacyKey,
    Optional<String> account,
    Optional<String> productGroup,
    Optional<String> kind,
    Optional<String> request,
    Map<String, String> given,
    Optional<Long> madeAt,
    long attempt,
    long size,
    Piece piece) {}
