package io.markbridge.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Somebody else's client of the operator: what it makes the bridge has never heard of. */
final class DirectClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI operator;
  private final Optional<String> key;

  DirectClient(URI operator) {
    this(operator, Optional.empty());
  }

  /** A client whose calls are counted apart from those of a login. */
  static DirectClient withKey(URI operator, String key) {
    return new DirectClient(operator, Optional.of(key));
  }

  private DirectClient(URI operator, Optional<String> key) {
    this.operator = operator;
    this.key = key;
  }

  /** Makes an order that becomes ready, and gives its id. */
  String order(String productGroup, String gtin, int quantity)
      throws IOException, InterruptedException {
    ObjectNode order = JSON.createObjectNode();
    order
        .put("productGroup", productGroup)
        .put("businessPlaceId", 17)
        .put("releaseMethodType", "PRIMARY");
    order
        .putArray("products")
        .addObject()
        .put("gtin", gtin)
        .put("quantity", quantity)
        .put("serialNumberType", "OPERATOR")
        .put("cisType", "UNIT");
    return post("/api/orders", order, key.isPresent() ? key.get() : token())
        .path("orderId")
        .asText();
  }

  private String token() throws IOException, InterruptedException {
    ObjectNode login = JSON.createObjectNode().put("login", "demo").put("password", "demo");
    return post("/api/users/authenticate", login, "").path("accessToken").asText();
  }

  private JsonNode post(String path, JsonNode body, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(operator.resolve(path))
            .header("Content-Type", "application/json")
            .header("Accept", "*/*")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": HTTP " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
