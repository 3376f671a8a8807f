package io.markbridge.sandbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of the marketplace, named as its preset names them; paths with and without v2. */
enum MarketRoute {
  IDENTIFIERS("market-identifiers", "PUT", "/identifiers"),
  BOXES("market-boxes", "PUT", "/boxes"),
  CIS("market-cis", "PUT", "/cis(?:\\.json)?"),
  STATUS("market-status", "POST", "/identifiers/status"),
  ORDER("market-order", "GET", "(?:\\.json)?");

  private static final String ORDER_PATH = "(?:/v2)?/campaigns/([^/]+)/orders/([^/]+?)";

  private final String label;
  private final String method;
  private final Pattern path;

  MarketRoute(String label, String method, String end) {
    this.label = label;
    this.method = method;
    this.path = Pattern.compile(ORDER_PATH + end);
  }

  String label() {
    return label;
  }

  /** A call of the marketplace with the ids of its path, as they are written there. */
  record Visit(MarketRoute route, String campaign, String order) {}

  /** Whether a path is one of the marketplace's. */
  static boolean isMarket(String path) {
    return path.startsWith("/campaigns/") || path.startsWith("/v2/campaigns/");
  }

  static Optional<Visit> find(String method, String path) {
    for (MarketRoute route : values()) {
      Matcher matcher = route.path.matcher(path);
      if (route.method.equals(method) && matcher.matches()) {
        return Optional.of(new Visit(route, matcher.group(1), matcher.group(2)));
      }
    }
    return Optional.empty();
  }

  static boolean isCall(String name) {
    for (MarketRoute route : values()) {
      if (route.label.equals(name)) {
        return true;
      }
    }
    return false;
  }
}
