package io.markbridge.legacy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.IOException;

/** Says why bytes are no JSON, in the words that the sentences know, with the place. */
final class JsonTrouble {
  private JsonTrouble() {}

  static Problem because(String reason) {
    return Problem.of(ProblemCode.NOT_JSON, "", "", "reason", reason);
  }

  /**
   * @param cause what the parser threw; its message quotes the body and is therefore not told
   */
  static Problem of(IOException cause) {
    if (!(cause instanceof JsonProcessingException json)) {
      return because("encoding");
    }
    JsonLocation location = json.getLocation();
    return Problem.of(
        ProblemCode.NOT_JSON,
        "",
        "",
        "reason",
        reason(json),
        "line",
        location == null ? "?" : Integer.toString(location.getLineNr()),
        "column",
        location == null ? "?" : Integer.toString(location.getColumnNr()));
  }

  private static String reason(JsonProcessingException cause) {
    String message = String.valueOf(cause.getOriginalMessage());
    if (cause instanceof StreamConstraintsException) {
      return message.contains("nesting") ? "too-deep" : "too-long";
    }
    if (cause instanceof JsonEOFException) {
      return "truncated";
    }
    return message.contains("UTF-8") ? "encoding" : "syntax";
  }
}
