package io.markbridge.sandbox;

import java.time.Instant;

/** Anything that the operator took in and keeps as a document. */
sealed interface Stored permits Order, Report, Aggregation {
  String id();

  /** ORDER, UTILISATION, AGGREGATION. */
  String type();

  String account();

  /** Empty where the document does not say. */
  String productGroup();

  Instant createDate();

  /** SHA-256 of what it says, in hexadecimal. */
  String contentHash();

  /** CREATED, VALIDATING, IN_PROCESS, PARTIALLY_PROCESSED, SUCCESS, ERROR. */
  String status(Instant now);

  /** Whether look-ups find it already. */
  default boolean isVisible(Instant now) {
    return true;
  }
}
