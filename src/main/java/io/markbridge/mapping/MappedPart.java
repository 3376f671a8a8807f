package io.markbridge.mapping;

import java.util.Map;

/**
 * One request that a document became.
 *
 * @param number counts from 1
 * @param level 0 for the first; a part of a higher level is sent only when all of the lower ones
 *     are accepted (aggregation)
 * @param call name of the call in the operator preset: {@code order}, {@code utilisation}, {@code
 *     aggregation}
 * @param query query parameters in order, not yet percent-encoded
 * @param size bytes written to the sink: for aggregation the inner document, which the sender wraps
 *     in base64
 * @param codes marking codes inside (orders: codes asked for)
 */
public record MappedPart(
    int number, int level, String call, Map<String, String> query, long size, long codes) {}
