package io.markbridge.openapi;

import io.markbridge.document.Payload;
import io.markbridge.operator.OperatorCall;
import java.util.Map;
import java.util.Optional;

/**
 * A request to the operator, ready for the route {@code call-operator}.
 *
 * @param body the JSON before any wrapping; empty for calls without one
 * @param attempt what decides, beside the answer, what follows from a failure
 */
public record OperatorRequest(
    String account,
    OperatorCall call,
    Map<String, String> pathValues,
    Map<String, String> query,
    Optional<Payload> body,
    Attempt attempt) {}
