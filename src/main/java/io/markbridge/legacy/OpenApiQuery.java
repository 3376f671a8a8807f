package io.markbridge.legacy;

import java.util.Map;

/**
 * A legacy query as a new one.
 *
 * @param call name of the call in the operator preset
 * @param path values of the path's placeholders, not encoded
 * @param query parameters in order, not encoded
 */
public record OpenApiQuery(String call, Map<String, String> path, Map<String, String> query) {}
