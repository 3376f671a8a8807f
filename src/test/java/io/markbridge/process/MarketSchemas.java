package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The schemas of the marketplace's calls, written from its documentation. */
final class MarketSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> CALLS =
      Map.of(
          "PUT /identifiers", "market-identifiers",
          "PUT /boxes", "market-boxes",
          "PUT /cis", "market-cis",
          "POST /status", "market-status");

  private MarketSchemas() {}

  /** That a body has the shape of a schema in {@code market/}. */
  static void fits(String schema, JsonNode body) {
    try (InputStream input =
        MarketSchemas.class.getResourceAsStream("/market/" + schema + ".schema.json")) {
      JsonSchema known =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(input);
      assertThat(known.validate(body)).as("%s: %s", schema, body).isEmpty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static void fits(String schema, String body) {
    try {
      fits(schema, JSON.readTree(body));
    } catch (IOException notJson) {
      throw new AssertionError(schema + ": no JSON: " + body, notJson);
    }
  }

  /** What was cut on its way is half a JSON, or the proxy's own word. */
  private static boolean isNoAnswer(ServeEvent event) {
    try {
      return !JSON.readTree(event.getResponse().getBodyAsString()).isObject();
    } catch (IOException cut) {
      return true;
    }
  }

  /** That request and answer of what went both ways have the shapes of their call. */
  static void fit(ServeEvent event) {
    String path = event.getRequest().getUrl().split("\\?", 2)[0];
    String method = event.getRequest().getMethod().value();
    String end = path.substring(path.lastIndexOf('/'));
    String call = CALLS.getOrDefault(method + " " + end, "market-order");
    if (method.equals("PUT")) {
      fits(call + ".request", event.getRequest().getBodyAsString());
    }
    if (isNoAnswer(event)) {
      return;
    }
    int status = event.getResponse().getStatus();
    fits(status == 200 ? call + ".response" : "error", event.getResponse().getBodyAsString());
  }
}
