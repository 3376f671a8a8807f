package io.markbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A plain client of the API, as a test needs it. */
final class Client {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String STORAGE = "/public/api/v1/doc/storage";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Status and body of an answer. */
  record Got(int status, String text, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException exception) {
        throw new UncheckedIOException("no JSON: " + text, exception);
      }
    }

    String code() {
      return json().path(0).path("code").asText();
    }

    String parameter() {
      return json().path(0).path("context").path("parameter").asText();
    }
  }

  private final URI uri;
  private String credential = "demo-key";

  Client(Sandbox sandbox) {
    uri = sandbox.uri();
  }

  Client with(String bearer) {
    credential = bearer;
    return this;
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri.resolve(path));
    builder.header("Accept", "*/*").header("Content-Type", "application/json");
    return credential.isEmpty() ? builder : builder.header("Authorization", "Bearer " + credential);
  }

  Got get(String path) throws IOException {
    return send(request(path).GET());
  }

  Got post(String path, String body) throws IOException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  /** A POST that must succeed. */
  JsonNode posted(String path, String body) throws IOException {
    Got got = post(path, body);
    if (got.status() != 200) {
      throw new AssertionError(path + " answered " + got.status() + " " + got.text());
    }
    return got.json();
  }

  /** A GET that must succeed. */
  JsonNode got(String path) throws IOException {
    Got got = get(path);
    if (got.status() != 200) {
      throw new AssertionError(path + " answered " + got.status() + " " + got.text());
    }
    return got.json();
  }

  Got send(HttpRequest.Builder builder) throws IOException {
    try {
      HttpResponse<String> response = HTTP.send(builder.build(), BodyHandlers.ofString());
      return new Got(response.statusCode(), response.body(), response);
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", exception);
    }
  }

  Got form(String path, String body) throws IOException {
    return send(
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  JsonNode login() throws IOException {
    return posted("/api/users/authenticate", "{\"login\":\"demo\",\"password\":\"demo\"}");
  }

  static String order(String group, String gtin, int quantity) {
    return """
        {"productGroup":"%s","businessPlaceId":17,"releaseMethodType":"PRIMARY","poNumber":"PO-1",
         "products":[{"gtin":"%s","quantity":%d,"serialNumberType":"OPERATOR","cisType":"UNIT"}]}
        """
        .formatted(group, gtin, quantity);
  }

  static String report(Iterable<String> codes) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "sntins",
            codes,
            "businessPlaceId",
            17,
            "releaseType",
            "PRODUCTION",
            "manufacturerCountry",
            "UZ",
            "productionDate",
            "2026-02-01T00:00:00Z",
            "expirationDate",
            "2099-01-01T00:00:00Z",
            "seriesNumber",
            "S-1"));
  }

  /** An inner aggregation document of one unit. */
  static String document(String unit, Iterable<String> codes) throws IOException {
    return "{\"aggregationUnits\":["
        + unit(unit, codes)
        + "],\"businessPlaceId\":17,\"documentDate\":\"2026-03-01T09:00:00+05:00\"}";
  }

  static String unit(String unit, Iterable<String> codes) throws IOException {
    return "{\"aggregationItemsCount\":2,\"aggregationUnitCapacity\":2,\"codes\":"
        + JSON.writeValueAsString(codes)
        + ",\"unitSerialNumber\":\""
        + unit
        + "\"}";
  }

  static String wrapped(String document) {
    return "{\"documentBody\":\""
        + Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8))
        + "\"}";
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  static String identity(String code) {
    return CodeShape.of(code).identity();
  }
}
