package io.markbridge.legacy;

import io.markbridge.document.Problem;

/** Which legacy call a body is. */
public sealed interface Recognition {

  /** The body is one of this call. */
  record Known(LegacyCall call) implements Recognition {}

  /** The body is no JSON object, or nothing tells which call it is. */
  record Unknown(Problem problem) implements Recognition {}
}
