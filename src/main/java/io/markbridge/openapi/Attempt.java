package io.markbridge.openapi;

import io.markbridge.document.Purpose;

/**
 * One attempt of a request: what decides, beside the answer, what follows from a failure.
 *
 * @param purpose why the request is made
 * @param effect whether sending it twice does something twice
 * @param atCeiling whether it failed so often while the operator was reachable that a person has to
 *     look
 */
public record Attempt(Purpose purpose, boolean effect, boolean atCeiling) {

  /** A question that somebody asks beside the journal, and asks again or not. */
  public static Attempt ofPerson() {
    return new Attempt(Purpose.QUERY, false, false);
  }
}
