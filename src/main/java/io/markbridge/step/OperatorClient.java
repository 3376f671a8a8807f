package io.markbridge.step;

import io.markbridge.openapi.Attempt;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.operator.OperatorPreset;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/**
 * A person's question to the operator, through the same route, tokens and error reading as the
 * bridge's own.
 */
@ApplicationScoped
@Unremovable
public class OperatorClient {
  private final OperatorPreset preset;
  private final CamelContext camel;

  @Inject
  public OperatorClient(OperatorPreset preset, CamelContext camel) {
    this.preset = preset;
    this.camel = camel;
  }

  /**
   * @param call name in the preset
   * @param query not yet encoded; a value with line breaks repeats its key
   */
  public OperatorAnswer ask(
      String account, String call, Map<String, String> path, Map<String, String> query) {
    try (ProducerTemplate producer = camel.createProducerTemplate()) {
      return producer.requestBody(
          "direct:call-operator",
          new OperatorRequest(
              account, preset.call(call), path, query, Optional.empty(), Attempt.ofPerson()),
          OperatorAnswer.class);
    } catch (java.io.IOException closing) {
      throw new java.io.UncheckedIOException(closing);
    }
  }
}
