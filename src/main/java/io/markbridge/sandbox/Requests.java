package io.markbridge.sandbox;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From the server's request to a {@link Call}: finds the route and decodes, strictly. */
final class Requests {
  private Requests() {}

  static Gate.Reply answer(Gate gate, HttpServerRequest request, Spill body) throws IOException {
    boolean pathKnown = false;
    for (Route route : Routes.ALL) {
      String id = route.match(request.path());
      if (id == null) {
        continue;
      }
      pathKnown = true;
      if (route.method().equals(request.method().name())) {
        return gate.pass(call(request, route, id, body));
      }
    }
    return gate.unknown(request.method().name(), request.path(), pathKnown ? 405 : 404);
  }

  private static Call call(HttpServerRequest request, Route route, String id, Spill body) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            header ->
                headers.merge(
                    header.getKey().toLowerCase(Locale.ROOT),
                    header.getValue(),
                    (first, second) -> first + ", " + second));
    return new Call(route, decode(id), query(request.query()), headers, body, "");
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw == null) {
      return query;
    }
    for (String pair : raw.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
    }
    return query;
  }

  /** What cannot be decoded stays as it is, and then fits no id and no parameter. */
  private static String decode(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException exception) {
      return raw;
    }
  }
}
