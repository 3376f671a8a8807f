package io.markbridge.sandbox;

import io.markbridge.sandbox.Route.Family;
import java.util.List;
import java.util.Set;

/** Every path of the sandbox; sections are those of the contract. */
final class Routes {
  private static final String STORAGE = "/public/api/v1/doc/storage";

  static final List<Route> ALL =
      List.of(
          // 1
          new Route("login", "POST", "/api/users/authenticate", Family.NONE, Set.of()),
          new Route("refresh", "POST", "/api/users/tokens/refresh", Family.NONE, Set.of()),
          // 3, 4
          new Route("order", "POST", "/api/orders", Family.API, Set.of()),
          new Route(
              "orders",
              "GET",
              "/api/orders",
              Family.API,
              Set.of(
                  "orderId",
                  "productGroup",
                  "status",
                  "contractorTin",
                  "dateFrom",
                  "dateTo",
                  "poNumber",
                  "cursor",
                  "limit")),
          new Route(
              "sub-orders",
              "GET",
              "/api/orders/sub-orders",
              Family.API,
              Set.of(
                  "orderId", "gtin", "cisType", "status", "dateFrom", "dateTo", "cursor", "limit")),
          new Route(
              "order-close", "POST", "/api/order/close", Family.API, Set.of("orderId", "gtin")),
          // 5
          new Route(
              "codes",
              "GET",
              "/api/codes",
              Family.API,
              Set.of("orderId", "gtin", "quantity", "lastPackId")),
          new Route("code-packs", "GET", "/api/codes/packs", Family.API, Set.of("orderId", "gtin")),
          // 6
          new Route("utilisation", "POST", "/api/utilisation", Family.API, Set.of("productGroup")),
          new Route("utilisation-status", "GET", "/api/utilisation/{id}", Family.API, Set.of()),
          // 7
          new Route(
              "aggregation", "POST", "/public/api/v1/doc/aggregation", Family.PUBLIC, Set.of()),
          // 8 to 11; search stands before status, whose path would match it too
          new Route(
              "document-search",
              "GET",
              STORAGE + "/docs/search",
              Family.PUBLIC,
              Set.of(
                  "documentId",
                  "productGroups",
                  "status",
                  "types",
                  "dateFrom",
                  "dateTo",
                  "limit",
                  "cursor")),
          new Route("document-status", "GET", STORAGE + "/docs/{id}", Family.PUBLIC, Set.of()),
          new Route("document-body", "GET", STORAGE + "/json/{id}", Family.PUBLIC, Set.of()),
          new Route(
              "document-errors",
              "GET",
              STORAGE + "/errors/{id}",
              Family.PUBLIC,
              Set.of("propertyName", "lastIndex", "limit")),
          new Route(
              "document-codes",
              "GET",
              STORAGE + "/docs/{id}/codes",
              Family.PUBLIC,
              Set.of("limit", "lastIndex")),
          // 12
          new Route(
              "public-codes", "POST", "/public/api/cod/public/codes", Family.PUBLIC, Set.of()),
          new Route(
              "private-codes", "POST", "/public/api/cod/private/codes", Family.PUBLIC, Set.of()),
          // ours: no path of the real API begins like this
          new Route("sandbox-state", "GET", "/sandbox/state", Family.CONTROL, Set.of("limit")),
          new Route("sandbox-switches", "POST", "/sandbox/switches", Family.CONTROL, Set.of()),
          new Route("sandbox-show", "GET", "/sandbox/switches", Family.CONTROL, Set.of()),
          new Route("sandbox-issue", "POST", "/sandbox/issue", Family.CONTROL, Set.of()),
          new Route("sandbox-expire", "POST", "/sandbox/expire-tokens", Family.CONTROL, Set.of()),
          new Route(
              "sandbox-market",
              "GET",
              "/sandbox/market",
              Family.CONTROL,
              Set.of("campaign", "call")),
          new Route(
              "sandbox-market-order", "POST", "/sandbox/market/orders", Family.CONTROL, Set.of()));

  private Routes() {}

  static boolean isCall(String name) {
    return ALL.stream()
        .anyMatch(route -> route.family() != Family.CONTROL && route.name().equals(name));
  }
}
