package io.markbridge.sandbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** A call that the operator refuses; carries the answer in one of the contract's error shapes. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  private RefusedException(String message, Answer answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  /** 400 with {@code invalid-input-parameter}, the parameter's name, and why. */
  static RefusedException invalid(String parameter, String description) {
    return new RefusedException(
        parameter + ": " + description,
        Answer.text(
            400,
            "application/json",
            "[{\"code\":\"invalid-input-parameter\",\"context\":{\"parameter\":\""
                + escape(parameter)
                + "\",\"description\":\""
                + escape(description)
                + "\"}}]"));
  }

  /** A status with {@code [{"code":…}]}. */
  static RefusedException code(int status, String code) {
    return new RefusedException(
        code, Answer.text(status, "application/json", "[{\"code\":\"" + escape(code) + "\"}]"));
  }

  /** A status with an empty body. */
  static RefusedException empty(int status) {
    return new RefusedException("status " + status, Answer.text(status, "", ""));
  }

  static RefusedException of(Answer answer) {
    return new RefusedException("status " + answer.status(), answer);
  }

  private static String escape(String text) {
    String brief = text.length() > 300 ? text.substring(0, 300) : text;
    return new String(JsonStringEncoder.getInstance().quoteAsString(brief));
  }
}
