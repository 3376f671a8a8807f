package io.markbridge.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Percent-encoding of everything that a marking code can hold: {@code & < > + = "} and GS. */
public final class Percent {
  private Percent() {}

  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@code a=1&b=2}, encoded, in the map's order; a value with line breaks repeats its key. */
  public static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().lines().map(value -> encode(entry.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }
}
