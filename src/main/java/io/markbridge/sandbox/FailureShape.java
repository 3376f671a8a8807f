package io.markbridge.sandbox;

import java.util.Optional;

/**
 * Every shape of failure seen in the wild (section Errors of the contract), sent on demand by the
 * switch {@code fail}. The status 0 marks shapes that do something to the connection instead.
 */
enum FailureShape {
  PERMISSION_201(
      "400-permission-201",
      400,
      "{\"globalErrors\":[{\"error\":\"No permission for operation\",\"errorCode\":201}]}"),
  INVALID_PARAMETER(
      "400-invalid-parameter",
      400,
      "[{\"code\":\"invalid-input-parameter\",\"context\":{\"parameter\":\"sandbox\"}}]"),
  ACCESS_DENIED("access-denied", 403, "{\"code\":\"access-denied\"}"),
  ERROR_ID(
      "errorId", 400, "[{\"errorId\":1001,\"context\":{\"description\":\"Sandbox failure\"}}]"),
  UNAUTHORISED("401", 401, ""),
  INACTIVE_TOKEN(
      "401-inactive-token",
      401,
      "{\"code\":\"authentication-failed\",\"context\":{\"_cause\":\"inactive-token\"}}"),
  FORBIDDEN("403", 403, ""),
  NOT_FOUND("404", 404, "[{\"code\":\"not-found\"}]"),
  NOT_ACCEPTABLE("406-empty", 406, ""),
  TOO_MANY("429", 429, ""),
  TOO_MANY_RETRY_AFTER("429-retry-after", 429, ""),
  SERVER_ERROR("500", 500, "{\"code\":\"internal-server-error\"}"),
  BAD_GATEWAY_HTML("502-html", 502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
  UNAVAILABLE("503", 503, ""),
  UNAVAILABLE_RETRY_AFTER("503-retry-after", 503, ""),
  GATEWAY_TIMEOUT("504", 504, ""),
  REDIRECT("307", 307, ""),
  EMPTY_200("empty-200", 200, ""),
  /** The true answer, of which only the first half arrives. */
  HALF_ANSWER("half-answer", 0, ""),
  /** The connection ends before anything was processed. */
  CUT_BEFORE("cut-before", 0, ""),
  /** Processed, then the connection ends without an answer. */
  CUT_AFTER("cut-after", 0, ""),
  /** The true answer, late. */
  SLOW("slow", 0, "");

  private final String label;
  private final int status;
  private final String body;

  FailureShape(String label, int status, String body) {
    this.label = label;
    this.status = status;
    this.body = body;
  }

  String label() {
    return label;
  }

  int status() {
    return status;
  }

  /** Whether the shape is an answer of its own, rather than something done to the connection. */
  boolean isAnswer() {
    return status != 0;
  }

  Answer answer() {
    String type = body.startsWith("<") ? "text/html" : "application/json";
    Answer answer = Answer.text(status, type, body);
    return switch (this) {
      case TOO_MANY_RETRY_AFTER, UNAVAILABLE_RETRY_AFTER -> answer.with("Retry-After", "1");
      case REDIRECT -> answer.with("Location", "/public/api/cod/public/codes");
      case PERMISSION_201,
          INVALID_PARAMETER,
          ACCESS_DENIED,
          ERROR_ID,
          UNAUTHORISED,
          INACTIVE_TOKEN,
          FORBIDDEN,
          NOT_FOUND,
          NOT_ACCEPTABLE,
          TOO_MANY,
          SERVER_ERROR,
          BAD_GATEWAY_HTML,
          UNAVAILABLE,
          GATEWAY_TIMEOUT,
          EMPTY_200,
          HALF_ANSWER,
          CUT_BEFORE,
          CUT_AFTER,
          SLOW ->
          answer;
    };
  }

  static Optional<FailureShape> byLabel(String label) {
    for (FailureShape shape : values()) {
      if (shape.label.equals(label)) {
        return Optional.of(shape);
      }
    }
    return Optional.empty();
  }
}
