package io.markbridge.process;

import java.time.Duration;

/**
 * What a network or an operator does to one request.
 *
 * @param status of an answer of the proxy's own
 * @param time of a delay; whole seconds of a Retry-After, zero where there is none
 */
record Fault(Kind kind, int status, Duration time) {
  enum Kind {
    NONE(true),
    /** Forwarded late. */
    DELAY(true),
    /** The connection ends before anything is forwarded. */
    CUT_BEFORE(false),
    /** Forwarded, worked on, and the connection ends without an answer. */
    CUT_AFTER(true),
    /** Half of the answer, then the connection ends. */
    HALF_ANSWER(true),
    /** An error instead of forwarding. */
    ERROR_BEFORE(false),
    /** Forwarded, worked on, and an error instead of the answer. */
    ERROR_AFTER(true),
    /** 429 instead of forwarding. */
    TOO_MANY(false),
    /** A web page with 200 instead of forwarding, as a captive portal does. */
    HTML_BEFORE(false),
    /** Forwarded, worked on, and a web page with 200 instead of the answer. */
    HTML_AFTER(true),
    /** The request is forwarded byte by byte. */
    SLOW_REQUEST(true),
    /** The answer comes byte by byte. */
    SLOW_ANSWER(true);

    private final boolean forwarded;

    Kind(boolean forwarded) {
      this.forwarded = forwarded;
    }

    boolean forwarded() {
      return forwarded;
    }
  }

  static Fault none() {
    return of(Kind.NONE);
  }

  /** A fault that needs neither status nor time. */
  static Fault of(Kind kind) {
    return new Fault(kind, 0, Duration.ZERO);
  }

  static Fault delay(Duration time) {
    return new Fault(Kind.DELAY, 0, time);
  }

  static Fault errorBefore(int status) {
    return new Fault(Kind.ERROR_BEFORE, status, Duration.ZERO);
  }

  static Fault errorAfter(int status) {
    return new Fault(Kind.ERROR_AFTER, status, Duration.ZERO);
  }

  /**
   * @param retryAfter zero: without the header
   */
  static Fault tooMany(Duration retryAfter) {
    return new Fault(Kind.TOO_MANY, 429, retryAfter);
  }
}
